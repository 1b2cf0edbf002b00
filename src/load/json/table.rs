//! The records of a JSON table: names in the order in which they occur first, values in
//! one buffer.

use std::collections::HashMap;

use super::super::error::{LoadError, Place};
use super::super::made::{Origin, Writer};
use super::super::params::Limits;

/// A value of a record: where its text lies in the buffer of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub column: usize,
    pub start: usize,
    pub end: usize,
    pub is_text: bool,
}

/// What has been read of a JSON table.
#[derive(Debug, Default)]
pub(super) struct Table {
    names: Vec<String>,
    known: HashMap<String, usize>,
    /// For each column the record, from 1, that had it last.
    last: Vec<usize>,
    pub buffer: Vec<u8>,
    pub cells: Vec<Cell>,
    /// Where the cells of each record end, and the place of the record.
    pub ends: Vec<(usize, u64)>,
}

impl Table {
    /// The column of a name, and whether the record at hand has it already.
    pub(super) fn column(
        &mut self,
        name: &str,
        limits: &Limits,
        file: &str,
    ) -> Result<(usize, bool), LoadError> {
        let record = self.ends.len() + 1;
        if let Some(&column) = self.known.get(name) {
            let last = std::mem::replace(&mut self.last[column], record);
            return Ok((column, last == record));
        }
        let column = self.names.len();
        if column >= limits.max_columns {
            return Err(LoadError::TooBig {
                file: file.to_owned(),
                what: "columns",
                found: column as u64 + 1,
                allowed: limits.max_columns as u64,
            });
        }
        self.names.push(name.to_owned());
        self.last.push(record);
        self.known.insert(name.to_owned(), column);
        Ok((column, false))
    }

    /// The table as text, and where its lines come from.
    pub(super) fn write(
        &self,
        place: fn(u64) -> Place,
        limits: &Limits,
        file: &str,
    ) -> Result<(Vec<u8>, Origin), LoadError> {
        let mut out = Writer::new(file, place);
        out.begin(1);
        for name in &self.names {
            if name.is_empty() { out.quoted(b"") } else { out.field(name.as_bytes()) }
        }
        out.end();
        let mut row: Vec<Option<Cell>> = vec![None; self.names.len()];
        let mut start = 0;
        for &(end, at) in &self.ends {
            row.fill(None);
            for cell in &self.cells[start..end] {
                row[cell.column] = Some(*cell);
            }
            start = end;
            out.begin(at);
            for cell in &row {
                match cell {
                    Some(cell) if cell.is_text => out.quoted(&self.buffer[cell.start..cell.end]),
                    Some(cell) if cell.start < cell.end => {
                        out.plain(&self.buffer[cell.start..cell.end]);
                    }
                    // A blank line is no record, a quoted nothing is one.
                    _ if row.len() == 1 => out.quoted(b""),
                    _ => out.plain(b""),
                }
            }
            out.end();
            // Few records can be wide and empty, many columns then make much text.
            if out.n_bytes() > limits.max_bytes {
                let (found, allowed) = (out.n_bytes(), limits.max_bytes);
                let file = file.to_owned();
                return Err(LoadError::TooBig { file, what: "bytes", found, allowed });
            }
        }
        Ok(out.finish())
    }
}
