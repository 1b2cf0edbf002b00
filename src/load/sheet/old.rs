//! Old Excel workbooks (.xls) before they are decoded. The decoder makes one range of all
//! cells of a sheet; a column number that lies, as after one flipped bit, would make that
//! range too big for the memory, which cannot be caught. So the cells are walked first.
//!
//! # References
//!
//! Microsoft, [MS-CFB] Compound File Binary File Format, sections 2.2 to 2.6; [MS-XLS]
//! Excel Binary File Format, section 2.3, records.

/// Excel 97 to 2003 have this many columns.
const MAX_COLUMNS: u16 = 256;
/// Records that hold a cell: each begins with the row and the column, 16 bits each.
const CELLS: [u16; 13] = [
    0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E, 0x00FD, 0x00BD, 0x00BE, 0x0003, 0x0004,
    0x0406,
];
const END: u32 = 0xFFFF_FFFA;

/// Whether the compound file has a workbook whose cells all lie within the columns that
/// exist.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    workbook(bytes).is_some_and(|stream| cells_are_sound(&stream))
}

fn cells_are_sound(stream: &[u8]) -> bool {
    let mut rest = stream;
    while let [id_0, id_1, size_0, size_1, body @ ..] = rest {
        let id = u16::from_le_bytes([*id_0, *id_1]);
        let size = usize::from(u16::from_le_bytes([*size_0, *size_1]));
        let Some(record) = body.get(..size) else { return true };
        if CELLS.contains(&id) {
            match record {
                [_, _, low, high, ..] if u16::from_le_bytes([*low, *high]) < MAX_COLUMNS => {}
                _ => return false,
            }
            // A record of several cells ends with its last column.
            let several = id == 0x00BD || id == 0x00BE;
            if several && u16::from_le_bytes([record[size - 2], record[size - 1]]) >= MAX_COLUMNS {
                return false;
            }
        }
        rest = &body[size..];
    }
    true
}

/// The stream of the workbook.
fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(word(bytes, 48)?, usize::MAX)?;
    let entries: Vec<&[u8]> = directory.chunks_exact(128).collect();
    let named = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entries.iter().find(|entry| {
            let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
            length == name.len() + 2 && entry.starts_with(&name)
        })
    };
    let entry = named("Workbook").or_else(|| named("WORKBOOK")).or_else(|| named("Book"))?;
    let (start, size) = (word(entry, 116)?, usize::try_from(word(entry, 120)?).ok()?);
    if size >= usize::try_from(word(bytes, 56)?).ok()? {
        return file.chain(start, size);
    }
    // Small streams lie in pieces of 64 bytes in the stream of the root.
    let small = file.chain(word(entries.first()?, 116)?, usize::MAX)?;
    let table = file.chain(word(bytes, 60)?, usize::MAX)?;
    let table: Vec<u32> = table.chunks_exact(4).filter_map(|entry| word(entry, 0)).collect();
    follow(start, &table, size, |at| small.get(at.checked_mul(64)?..)?.get(..64))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Joins the pieces of a chain, at most `size` bytes.
fn follow<'a>(
    start: u32,
    table: &[u32],
    size: usize,
    piece: impl Fn(usize) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let (mut joined, mut at) = (Vec::new(), start);
    for _ in 0..=table.len() {
        if at >= END || joined.len() >= size {
            joined.truncate(size);
            return Some(joined);
        }
        let number = usize::try_from(at).ok()?;
        joined.extend_from_slice(piece(number)?);
        at = *table.get(number)?;
    }
    None
}

/// A compound file: sectors, and for each the one that follows it.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16::from_le_bytes(*bytes.get(30..)?.first_chunk()?);
        let sector = match shift {
            9 | 12 => 1_usize << shift,
            _ => return None,
        };
        let mut file = Self { bytes, sector, table: Vec::new() };
        let mut sectors: Vec<u32> = (0..109).filter_map(|at| word(bytes, 76 + at * 4)).collect();
        let mut next = word(bytes, 68)?;
        for _ in 0..=bytes.len() / sector {
            if next >= END {
                break;
            }
            let more = file.piece(usize::try_from(next).ok()?)?;
            sectors.extend(more.chunks_exact(4).filter_map(|entry| word(entry, 0)));
            next = sectors.pop()?;
        }
        for at in sectors.into_iter().filter(|&at| at < END) {
            let piece = file.piece(usize::try_from(at).ok()?)?;
            file.table.extend(piece.chunks_exact(4).filter_map(|entry| word(entry, 0)));
            if file.table.len() > bytes.len() {
                return None;
            }
        }
        Some(file)
    }

    fn piece(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        // The last sector of a file may be cut short.
        Some(&rest[..rest.len().min(self.sector)])
    }

    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        follow(start, &self.table, size, |number| self.piece(number))
    }
}

/// A small workbook as Excel 97 wrote it, for tests: texts, and numbers that may have the
/// format of days.
#[cfg(test)]
pub(in super::super) mod testing {
    /// A cell.
    pub(in super::super::super) enum Cell {
        Nothing,
        Text(&'static str),
        Number(f64),
        Day(f64),
    }

    fn record(id: u16, body: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(&id.to_le_bytes());
        out.extend_from_slice(&u16::try_from(body.len()).unwrap().to_le_bytes());
        out.extend_from_slice(body);
    }

    fn begin(kind: u16, out: &mut Vec<u8>) {
        let body: Vec<u8> = [0x0600_u16, kind, 0x0DBB, 0x07CC, 0, 0, 6, 0]
            .into_iter()
            .flat_map(u16::to_le_bytes)
            .collect();
        record(0x0809, &body, out);
    }

    /// The stream of a workbook of one sheet called S.
    fn stream(rows: &[Vec<Cell>]) -> Vec<u8> {
        let mut out = Vec::new();
        begin(0x0005, &mut out);
        record(0x0042, &1200_u16.to_le_bytes(), &mut out);
        // Two formats of cells: general, and the day of format 14.
        for format in [0_u16, 14] {
            let mut body = vec![0; 20];
            body[2..4].copy_from_slice(&format.to_le_bytes());
            record(0x00E0, &body, &mut out);
        }
        let sheet_at = out.len() + 4 + 6 + 2 + 1 + 4;
        let mut body = u32::try_from(sheet_at).unwrap().to_le_bytes().to_vec();
        body.extend_from_slice(&[0, 0, 1, 0, b'S']);
        record(0x0085, &body, &mut out);
        record(0x000A, &[], &mut out);
        assert_eq!(out.len(), sheet_at);
        begin(0x0010, &mut out);
        for (row, cells) in (0_u16..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                let mut body = [row.to_le_bytes(), column.to_le_bytes()].concat();
                match cell {
                    Cell::Nothing => {}
                    Cell::Text(text) => {
                        body.extend_from_slice(&[0, 0]);
                        body.extend_from_slice(&u16::try_from(text.len()).unwrap().to_le_bytes());
                        body.push(0);
                        body.extend_from_slice(text.as_bytes());
                        record(0x0204, &body, &mut out);
                    }
                    Cell::Number(value) | Cell::Day(value) => {
                        let format = u16::from(matches!(cell, Cell::Day(_)));
                        body.extend_from_slice(&format.to_le_bytes());
                        body.extend_from_slice(&value.to_le_bytes());
                        record(0x0203, &body, &mut out);
                    }
                }
            }
        }
        record(0x000A, &[], &mut out);
        out
    }

    /// The workbook as a compound file.
    pub(in super::super::super) fn xls(rows: &[Vec<Cell>]) -> Vec<u8> {
        let mut stream = stream(rows);
        // Shorter streams would lie elsewhere.
        stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
        let n_sectors = u32::try_from(stream.len() / 512).unwrap();
        let mut out = vec![0_u8; 512];
        out[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        out[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
        let mut put = |at: usize, value: u32| out[at..at + 4].copy_from_slice(&value.to_le_bytes());
        // One sector of the table (0), one of the directory (1), then the stream.
        for (at, value) in
            [(44, 1), (48, 1), (56, 4096), (60, u32::MAX - 1), (68, u32::MAX - 1), (76, 0)]
        {
            put(at, value);
        }
        for at in 1..109 {
            put(76 + 4 * at, u32::MAX);
        }
        let mut table = vec![u32::MAX - 2, u32::MAX - 1];
        table.extend((3..2 + n_sectors).chain([u32::MAX - 1]));
        table.resize(128, u32::MAX);
        out.extend(table.into_iter().flat_map(u32::to_le_bytes));
        for (name, kind, start, size) in
            [("Root Entry", 5, u32::MAX - 1, 0), ("Workbook", 2, 2, n_sectors * 512)]
        {
            let mut entry = vec![0_u8; 128];
            let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry[..utf16.len()].copy_from_slice(&utf16);
            entry[64] = u8::try_from(utf16.len() + 2).unwrap();
            entry[66] = kind;
            entry[67] = 1;
            for at in [68, 72, 76] {
                entry[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
            }
            if kind == 5 {
                entry[76..80].copy_from_slice(&1_u32.to_le_bytes());
            }
            entry[116..120].copy_from_slice(&start.to_le_bytes());
            entry[120..124].copy_from_slice(&size.to_le_bytes());
            out.extend(entry);
        }
        out.resize(512 * 3, 0);
        out.extend(stream);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{Cell, xls};
    use super::*;

    #[test]
    fn a_cell_beyond_the_last_column_is_refused() {
        let rows = [vec![Cell::Text("id"), Cell::Number(1.0)]];
        let book = xls(&rows);
        assert!(is_sound(&book));
        let at = memchr::memmem::find(&book, &[0x03, 0x02, 14, 0]).unwrap();
        let mut damaged = book.clone();
        damaged[at + 7] = 0x40;
        assert!(!is_sound(&damaged));
        assert!(!is_sound(&book[..700]));
    }
}
