//! Arrow IPC files (Feather version 2). Their directory is checked against the bytes that
//! are there before Polars decodes them: a size that lies would otherwise be allocated,
//! which cannot be caught, and a batch that the directory leaves out would be rows that
//! are silently missing.
//!
//! # References
//!
//! Apache Arrow Columnar Format, version 1.5, sections "IPC File Format" and
//! "Encapsulated message format"; `FlatBuffers`, "Internals".

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{DataFrame, DataType};
use polars_io::SerReader;
use polars_io::ipc::IpcReader;

use super::error::LoadError;
use super::params::Limits;
use super::parquet::{is_supported, unsupported};

const MAGIC: &[u8] = b"ARROW1";
/// Batches are padded to at most this many bytes, and the mark of the end has eight.
const MAX_GAP: usize = 64 + 8;

/// Decodes a whole file.
///
/// # Errors
///
/// A broken file, one that is too big, a column of an unsupported type.
pub(super) fn decode(bytes: Vec<u8>, limits: &Limits, file: &str) -> Result<DataFrame, LoadError> {
    let directory = Directory::read(&bytes).ok_or_else(|| broken(file, "its directory"))?;
    let too_big = |what, found, allowed| {
        Err(LoadError::TooBig { file: file.to_owned(), what, found, allowed })
    };
    if directory.unpacked > limits.max_bytes {
        return too_big("bytes when unpacked", directory.unpacked, limits.max_bytes);
    }
    if directory.cells > limits.max_bytes {
        return too_big("cells", directory.cells, limits.max_bytes);
    }
    // A damaged batch can make the decoder panic; its message may hold data.
    let read = catch_unwind(AssertUnwindSafe(|| frame(bytes, limits, file)));
    let frame = read.map_err(|_| broken(file, "it cannot be decoded"))??;
    if frame.height() as u64 != directory.rows {
        return Err(broken(file, "its number of rows"));
    }
    Ok(frame)
}

fn broken(file: &str, why: &str) -> LoadError {
    LoadError::Unsound { file: file.to_owned(), kind: "Arrow", why: why.to_owned() }
}

fn frame(bytes: Vec<u8>, limits: &Limits, file: &str) -> Result<DataFrame, LoadError> {
    let mut reader = IpcReader::new(Cursor::new(bytes));
    let schema = reader.schema().map_err(|_| broken(file, "its schema cannot be read"))?;
    if schema.len() > limits.max_columns {
        return Err(LoadError::TooBig {
            file: file.to_owned(),
            what: "columns",
            found: schema.len() as u64,
            allowed: limits.max_columns as u64,
        });
    }
    for (name, field) in schema.iter() {
        let kind = DataType::from_arrow_field(field);
        if !is_supported(&kind) {
            return Err(unsupported(name, &kind, file));
        }
    }
    reader.set_rechunk(true).finish().map_err(|_| broken(file, "it cannot be decoded"))
}

/// What the directory says, as far as it has been compared with the file.
#[derive(Debug, Default)]
struct Directory {
    rows: u64,
    cells: u64,
    unpacked: u64,
}

impl Directory {
    /// Reads the footer and the head of every batch; `None` where they do not fit.
    fn read(bytes: &[u8]) -> Option<Self> {
        let body = bytes.strip_suffix(MAGIC)?;
        if !body.starts_with(MAGIC) {
            return None;
        }
        let (body, size) = body.split_last_chunk::<4>()?;
        let size = usize::try_from(i32::from_le_bytes(*size)).ok()?;
        let footer_at = body.len().checked_sub(size)?;
        let footer = Table::root(body.get(footer_at..)?)?;
        let mut directory = Self::default();
        let mut ends = Vec::new();
        for (field, is_batch) in [(2, false), (3, true)] {
            let Some((blocks, n)) = footer.vector(field, 24)? else { continue };
            for block in 0..n {
                let at = blocks + block * 24;
                let start = usize::try_from(footer.long(at)?).ok()?;
                let head = usize::try_from(footer.int(at + 8)?).ok()?;
                let data = usize::try_from(footer.long(at + 16)?).ok()?;
                let data_at = start.checked_add(head)?;
                let end = data_at.checked_add(data)?;
                let message = bytes.get(start..data_at)?;
                directory.batch(message, bytes.get(data_at..end)?, is_batch)?;
                ends.push((start, end));
            }
        }
        ends.sort_unstable();
        let first = ends.first().map_or(footer_at, |&(start, _)| start);
        let schema_end = schema_end(bytes.get(..first)?, size)?;
        let last = ends.iter().try_fold(schema_end, |before, &(start, end)| {
            (before <= start && start - before <= MAX_GAP).then_some(end)
        })?;
        (last <= footer_at && footer_at - last <= MAX_GAP).then_some(directory)
    }

    /// Adds one batch: its head and the bytes of its buffers.
    fn batch(&mut self, message: &[u8], data: &[u8], is_batch: bool) -> Option<()> {
        let message = Table::root(unwrap_message(message)?)?;
        let kind = message.field(1)?.and_then(|at| message.bytes.get(at).copied());
        let mut batch = message.table(2)??;
        if !is_batch {
            if kind != Some(2) {
                return None;
            }
            batch = batch.table(1)??;
        } else if kind != Some(3) {
            return None;
        }
        let n_rows = match batch.field(0)? {
            Some(at) => u64::try_from(batch.long(at)?).ok()?,
            None => 0,
        };
        let (nodes, n_nodes) = batch.vector(1, 16)?.unwrap_or_default();
        let mut n_longest = n_rows;
        for node in 0..n_nodes {
            n_longest = n_longest.max(u64::try_from(batch.long(nodes + node * 16)?).ok()?);
        }
        let is_packed = batch.field(3)?.is_some();
        let (buffers, n_buffers) = batch.vector(2, 16)?.unwrap_or_default();
        for buffer in 0..n_buffers {
            let at = buffers + buffer * 16;
            let start = usize::try_from(batch.long(at)?).ok()?;
            let length = usize::try_from(batch.long(at + 8)?).ok()?;
            let content = data.get(start..start.checked_add(length)?)?;
            let unpacked = match content.first_chunk::<8>() {
                Some(size) if is_packed && *size != [0xFF; 8] => i64::from_le_bytes(*size),
                None if is_packed && length > 0 => return None,
                _ => i64::try_from(length).ok()?,
            };
            self.unpacked = self.unpacked.checked_add(u64::try_from(unpacked).ok()?)?;
        }
        if is_batch {
            self.rows = self.rows.checked_add(n_rows)?;
        }
        let cells = n_longest.checked_mul(n_nodes.max(1) as u64)?;
        self.cells = self.cells.checked_add(cells)?;
        Some(())
    }
}

/// Where the message of the schema, the first one of a file, ends; `head` is the file as
/// far as the first batch, and the footer has `footer` bytes.
fn schema_end(head: &[u8], footer: usize) -> Option<usize> {
    let at = 8;
    let first = i32::from_le_bytes(*head.get(at..)?.first_chunk()?);
    let (at, size) = match first {
        -1 => (at + 8, i32::from_le_bytes(*head.get(at + 4..)?.first_chunk()?)),
        size => (at + 4, size),
    };
    let end = at.checked_add(usize::try_from(size).ok()?)?;
    let is_reached = end <= head.len() && head.len() - end <= MAX_GAP;
    if first == -1 || is_reached { Some(end) } else { bare_schema_end(head, footer) }
}

/// The same where no length stands in front of the schema, as Python's polars 1.44 writes
/// it: the schema, of which the footer holds a copy, and no other message, goes as far as
/// the first batch.
fn bare_schema_end(head: &[u8], footer: usize) -> Option<usize> {
    const END: [u8; 8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];
    let body = head.get(8..)?;
    let body = body.strip_suffix(&END).unwrap_or(body);
    let message = Table::root(body)?;
    let kind = message.field(1)?.and_then(|at| message.bytes.get(at).copied());
    let holds_another = memchr::memmem::find(body, &END[..4]).is_some();
    (kind == Some(1) && !holds_another && body.len() <= footer + MAX_GAP).then_some(head.len())
}

/// A message without the size in front of it.
fn unwrap_message(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.strip_prefix(&[0xFF; 4]).unwrap_or(bytes);
    let (size, bytes) = bytes.split_first_chunk::<4>()?;
    bytes.get(..usize::try_from(i32::from_le_bytes(*size)).ok()?)
}

/// A `FlatBuffers` table. Every look-up is checked: the outer `None` is damage, an inner
/// one a field that is not there.
#[derive(Clone, Copy)]
struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
    fields: usize,
    n_fields: usize,
}

impl<'a> Table<'a> {
    fn root(bytes: &'a [u8]) -> Option<Self> {
        let at = u32::from_le_bytes(*bytes.first_chunk()?);
        Self::new(bytes, usize::try_from(at).ok()?)
    }

    fn new(bytes: &'a [u8], at: usize) -> Option<Self> {
        let back = i32::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
        let fields = usize::try_from(i64::try_from(at).ok()? - i64::from(back)).ok()?;
        let size = u16::from_le_bytes(*bytes.get(fields..)?.first_chunk()?);
        let n_fields = (usize::from(size) / 2).checked_sub(2)?;
        Some(Self { bytes, at, fields, n_fields })
    }

    /// Where a field lies.
    #[expect(clippy::option_option, reason = "damage and absence are two things")]
    fn field(&self, number: usize) -> Option<Option<usize>> {
        if number >= self.n_fields {
            return Some(None);
        }
        let entry = self.fields + 4 + 2 * number;
        let offset = u16::from_le_bytes(*self.bytes.get(entry..)?.first_chunk()?);
        Some((offset != 0).then(|| self.at + usize::from(offset)))
    }

    fn int(&self, at: usize) -> Option<i32> {
        Some(i32::from_le_bytes(*self.bytes.get(at..)?.first_chunk()?))
    }

    fn long(&self, at: usize) -> Option<i64> {
        Some(i64::from_le_bytes(*self.bytes.get(at..)?.first_chunk()?))
    }

    fn follow(&self, at: usize) -> Option<usize> {
        let offset = u32::from_le_bytes(*self.bytes.get(at..)?.first_chunk()?);
        at.checked_add(usize::try_from(offset).ok()?)
    }

    #[expect(clippy::option_option, reason = "damage and absence are two things")]
    fn table(&self, number: usize) -> Option<Option<Self>> {
        match self.field(number)? {
            Some(at) => Some(Some(Self::new(self.bytes, self.follow(at)?)?)),
            None => Some(None),
        }
    }

    /// Where the elements of a vector of `size` bytes each begin, and how many there are.
    #[expect(clippy::option_option, reason = "damage and absence are two things")]
    fn vector(&self, number: usize, size: usize) -> Option<Option<(usize, usize)>> {
        let Some(at) = self.field(number)? else { return Some(None) };
        let at = self.follow(at)?;
        let n = usize::try_from(u32::from_le_bytes(*self.bytes.get(at..)?.first_chunk()?)).ok()?;
        self.bytes.get(at + 4..(at + 4).checked_add(n.checked_mul(size)?)?)?;
        Some(Some((at + 4, n)))
    }
}
