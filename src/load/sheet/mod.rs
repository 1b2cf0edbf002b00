//! Workbooks: Excel (.xlsx, .xlsb, .xls) and `OpenDocument` (.ods) sheets become text.
//! Days are written as ISO days, whole numbers without decimals, so that an id that Excel
//! made a number reads `17850`; a cell that holds an error holds nothing.

mod old;
mod value;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx, open_workbook_from_rs,
};

use self::value::Value;
use super::error::{LoadError, Place};
use super::how::Sheet;
use super::made::{Made, Writer};
use super::params::Limits;
use crate::finding::{Finding, Severity};
use crate::said::facts;

#[cfg(test)]
pub(super) use old::testing;

/// The kind of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Book {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

impl Book {
    /// The format in one word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }
}

/// Makes text of one sheet: the wanted one, or the only visible one that holds anything.
///
/// # Errors
///
/// A damaged workbook, no such sheet, several sheets and none wanted, a sheet that is too
/// big or holds nothing.
pub(super) fn read(
    bytes: &[u8],
    book: Book,
    wanted: Option<&Sheet>,
    limits: &Limits,
    file: &str,
) -> Result<Made, LoadError> {
    // A damaged workbook can make the decoder panic; its message may hold data.
    catch_unwind(AssertUnwindSafe(|| decode(bytes, book, wanted, limits, file)))
        .unwrap_or_else(|_| Err(broken(book, file)))
}

fn broken(book: Book, file: &str) -> LoadError {
    let why = "it cannot be decoded".to_owned();
    LoadError::Unsound { file: file.to_owned(), kind: book.word(), why }
}

fn decode(
    bytes: &[u8],
    book: Book,
    wanted: Option<&Sheet>,
    limits: &Limits,
    file: &str,
) -> Result<Made, LoadError> {
    if book == Book::Xls && !old::is_sound(bytes) {
        return Err(broken(book, file));
    }
    let mut opened = Opened::open(bytes, book).ok_or_else(|| broken(book, file))?;
    let names = opened.names();
    let mut cells_of = |name: &str| opened.cells(name).ok_or_else(|| broken(book, file));
    let (name, grid) = match wanted {
        Some(wanted) => {
            let at = position(&names, wanted).ok_or_else(|| LoadError::NoSuchPart {
                file: file.to_owned(),
                what: "sheet",
                wanted: wanted.to_string(),
                there: list(names.iter().map(|(name, _)| name.as_str())),
            })?;
            (names[at].0.clone(), cells_of(&names[at].0)?)
        }
        None => only_one(&names, &mut cells_of, file)?,
    };
    if grid.cells.is_empty() {
        return Err(LoadError::Empty { file: file.to_owned() });
    }
    grid.write(book, &name, limits, file)
}

/// The visible sheets and then the hidden ones are looked at; exactly one holds cells.
fn only_one(
    names: &[(String, bool)],
    cells_of: &mut dyn FnMut(&str) -> Result<Grid, LoadError>,
    file: &str,
) -> Result<(String, Grid), LoadError> {
    for visible in [true, false] {
        let mut found = Vec::new();
        for (name, _) in names.iter().filter(|(_, is_visible)| *is_visible == visible) {
            let grid = cells_of(name)?;
            if !grid.cells.is_empty() {
                found.push((name.clone(), grid));
            }
        }
        if found.len() > 1 {
            return Err(LoadError::SeveralParts {
                file: file.to_owned(),
                what: "sheets",
                key: "sheet",
                there: list(found.iter().map(|(name, _)| name.as_str())),
            });
        }
        if let Some(found) = found.pop() {
            return Ok(found);
        }
    }
    Err(LoadError::Empty { file: file.to_owned() })
}

/// Names in a list that stays readable.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let all: Vec<&str> = names.collect();
    let shown = all.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    match all.len().checked_sub(MOST) {
        None | Some(0) => shown,
        Some(more) => format!("{shown} and {more} more"),
    }
}

fn position(names: &[(String, bool)], wanted: &Sheet) -> Option<usize> {
    match wanted {
        Sheet::Name(name) => names.iter().position(|(known, _)| known == name),
        Sheet::Number(number) => number.checked_sub(1).filter(|&at| at < names.len()),
    }
}

/// A workbook that is open.
enum Opened<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    Xlsb(Box<Xlsb<Cursor<&'a [u8]>>>),
    Xls(Box<Xls<Cursor<&'a [u8]>>>),
    Ods(Box<Ods<Cursor<&'a [u8]>>>),
}

impl<'a> Opened<'a> {
    fn open(bytes: &'a [u8], book: Book) -> Option<Self> {
        let bytes = Cursor::new(bytes);
        Some(match book {
            Book::Xlsx => Self::Xlsx(Box::new(open_workbook_from_rs(bytes).ok()?)),
            Book::Xlsb => Self::Xlsb(Box::new(open_workbook_from_rs(bytes).ok()?)),
            Book::Xls => Self::Xls(Box::new(open_workbook_from_rs(bytes).ok()?)),
            Book::Ods => Self::Ods(Box::new(open_workbook_from_rs(bytes).ok()?)),
        })
    }

    /// The sheets that hold cells rather than charts, and whether each is visible.
    fn names(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        sheets
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .collect()
    }

    /// The cells of a sheet; read one by one where the format allows it, since a single
    /// cell in the last corner would make a range of the whole sheet.
    fn cells(&mut self, name: &str) -> Option<Grid> {
        let mut grid = Grid::default();
        match self {
            Self::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(name).ok()?;
                while let Some(cell) = cells.next_cell().ok()? {
                    grid.take(cell.get_position(), Value::from(cell.get_value()));
                }
            }
            Self::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(name).ok()?;
                while let Some(cell) = cells.next_cell().ok()? {
                    grid.take(cell.get_position(), Value::from(cell.get_value()));
                }
            }
            Self::Xls(book) => grid.take_range(&book.worksheet_range(name).ok()?),
            Self::Ods(book) => grid.take_range(&book.worksheet_range(name).ok()?),
        }
        grid.cells.sort_by_key(|cell| (cell.row, cell.column));
        Some(grid)
    }
}

/// One cell; its text lies in the buffer of the grid.
#[derive(Debug, Clone, Copy)]
struct Cell {
    row: u32,
    column: u32,
    start: usize,
    end: usize,
    is_text: bool,
}

#[derive(Debug, Default)]
struct Grid {
    cells: Vec<Cell>,
    buffer: Vec<u8>,
    /// Cells that hold an error, by their column.
    errors: BTreeMap<u32, usize>,
}

impl Grid {
    fn take_range(&mut self, range: &calamine::Range<Data>) {
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = (first_row + row as u32, first_column + column as u32);
            self.take(at, Value::from(value));
        }
    }

    fn take(&mut self, (row, column): (u32, u32), value: Value) {
        let start = self.buffer.len();
        let is_text = matches!(value, Value::Text(_));
        if !value.write(&mut self.buffer) {
            *self.errors.entry(column).or_default() += 1;
        }
        let end = self.buffer.len();
        if start < end {
            self.cells.push(Cell { row, column, start, end, is_text });
        }
    }

    fn write(
        &self,
        book: Book,
        name: &str,
        limits: &Limits,
        file: &str,
    ) -> Result<Made, LoadError> {
        let columns = || self.cells.iter().map(|cell| cell.column);
        let (first, last) = (columns().min().unwrap_or(0), columns().max().unwrap_or(0));
        let width = (last - first) as usize + 1;
        let too_big = |what, found, allowed| {
            Err(LoadError::TooBig { file: file.to_owned(), what, found, allowed })
        };
        if width > limits.max_columns {
            return too_big("columns", width as u64, limits.max_columns as u64);
        }
        let mut out = Writer::new(file, Place::Row);
        let mut next_row = self.cells.first().map_or(0, |cell| cell.row);
        for row in self.cells.chunk_by(|a, b| a.row == b.row) {
            while next_row < row[0].row {
                out.begin(u64::from(next_row) + 1);
                out.end();
                next_row += 1;
            }
            out.begin(u64::from(next_row) + 1);
            self.write_row(row, first, width, &mut out);
            out.end();
            next_row += 1;
            if out.n_bytes() > limits.max_bytes {
                return too_big("bytes", out.n_bytes(), limits.max_bytes);
            }
        }
        let (text, origin) = out.finish();
        let dialect = format!("sheet {name}");
        let findings = self.error_findings(name);
        Ok(Made {
            text,
            delimiter: b',',
            origin: Some(origin),
            format: book.word(),
            dialect,
            has_names: false,
            findings,
        })
    }

    fn write_row(&self, row: &[Cell], first: u32, width: usize, out: &mut Writer) {
        let mut row = row.iter().peekable();
        for at in 0..width {
            // The later of two cells in one place, which only a broken writer makes, wins.
            let mut here = None;
            while let Some(cell) = row.next_if(|cell| (cell.column - first) as usize <= at) {
                here = Some(cell);
            }
            match here {
                Some(cell) if cell.is_text => out.quoted(&self.buffer[cell.start..cell.end]),
                Some(cell) => out.plain(&self.buffer[cell.start..cell.end]),
                None => out.plain(b""),
            }
        }
    }

    fn error_findings(&self, name: &str) -> Vec<Finding> {
        let finding = |(&column, &n): (&u32, &usize)| {
            let told = facts!(n = n, letters = letters(column), sheet = name);
            Finding::new("error-cells", Severity::Warning, told).count(n)
        };
        self.errors.iter().map(finding).collect()
    }
}

/// The letters of a column, counted from 0: A to Z, AA and so on.
fn letters(column: u32) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        // The remainder is below 26, so the letter is one of A to Z.
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}
