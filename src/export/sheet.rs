//! A table on its way out: the same columns as CSV and as Parquet.
//!
//! CSV is written by us, so that a number is printed the same way everywhere: RFC 4180
//! quoting, LF, nothing escaped for spreadsheets, so that files can be joined byte for byte.

use std::fmt::Write as _;
use std::fs::File;

use polars::prelude::{Column, DataFrame, NamedFrom, Series};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use super::ExportError;
use crate::report::Entry;

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Text; an empty text is written quoted, a missing one as nothing.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers, printed with this many decimals; `None` decimals = shortest exact form.
    Decimal(Vec<Option<f64>>, Option<usize>),
    /// Yes or no, printed `true` and `false`.
    Flag(Vec<Option<bool>>),
    /// A column of its contract that this run does not compute.
    Empty(usize),
}

impl Cells {
    fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::Decimal(values, _) => values.len(),
            Self::Flag(values) => values.len(),
            Self::Empty(n) => *n,
        }
    }

    fn print(&self, row: usize, out: &mut String) {
        // Writing into a String cannot fail.
        let _ = match self {
            Self::Text(values) => {
                if let Some(text) = &values[row] {
                    quote(text, out);
                }
                Ok(())
            }
            Self::Whole(values) => values[row].map_or(Ok(()), |value| write!(out, "{value}")),
            Self::Decimal(values, decimals) => match (values[row], decimals) {
                (Some(value), Some(decimals)) => write!(out, "{:.decimals$}", unsigned_zero(value)),
                (Some(value), None) => write!(out, "{}", unsigned_zero(value)),
                (None, _) => Ok(()),
            },
            Self::Flag(values) => values[row].map_or(Ok(()), |value| write!(out, "{value}")),
            Self::Empty(_) => Ok(()),
        };
    }

    fn column(&self, name: &str) -> Column {
        let name = name.into();
        match self {
            Self::Text(values) => Series::new(name, values.as_slice()),
            Self::Whole(values) => Series::new(name, values.as_slice()),
            Self::Decimal(values, decimals) => {
                let rounded: Vec<Option<f64>> =
                    values.iter().map(|value| value.map(|value| round(value, *decimals))).collect();
                Series::new(name, rounded)
            }
            Self::Flag(values) => Series::new(name, values.as_slice()),
            Self::Empty(n) => Series::new(name, vec![None::<&str>; *n]),
        }
        .into()
    }
}

/// The number that the CSV shows, so that both formats hold the same.
fn round(value: f64, decimals: Option<usize>) -> f64 {
    let value = unsigned_zero(value);
    decimals.map_or(value, |decimals| format!("{value:.decimals$}").parse().unwrap_or(value))
}

fn unsigned_zero(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

fn quote(text: &str, out: &mut String) {
    let needs = text.is_empty()
        || text.starts_with(' ')
        || text.ends_with(' ')
        || text.contains([',', '"', '\n', '\r']);
    if needs {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

/// The records of a CSV text that this program wrote: RFC 4180, commas, LF.
#[must_use]
pub fn records(text: &str) -> Vec<Vec<String>> {
    let (mut all, mut record, mut field, mut quoted) =
        (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                all.push(std::mem::take(&mut record));
            }
            character => field.push(character),
        }
    }
    if !record.is_empty() || !field.is_empty() {
        record.push(field);
        all.push(record);
    }
    all
}

/// Named columns of equal length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    columns: Vec<(String, Cells)>,
}

impl Sheet {
    /// An empty sheet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column.
    pub fn push(&mut self, name: impl Into<String>, cells: Cells) {
        debug_assert!(self.columns.first().is_none_or(|(_, first)| first.len() == cells.len()));
        self.columns.push((name.into(), cells));
    }

    /// How many rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| cells.len())
    }

    /// The names of the columns, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    /// One cell, for a workbook; texts stay texts.
    #[must_use]
    pub fn entry(&self, row: usize, column: usize) -> Entry {
        let Some((_, cells)) = self.columns.get(column) else { return Entry::Empty };
        let cell = match cells {
            Cells::Text(values) => values.get(row).cloned().flatten().map(Entry::Text),
            Cells::Whole(values) => {
                values.get(row).copied().flatten().map(|value| Entry::Number(value as f64))
            }
            Cells::Decimal(values, decimals) => {
                let value = values.get(row).copied().flatten();
                value.map(|value| Entry::Number(round(value, *decimals)))
            }
            Cells::Flag(values) => {
                values.get(row).copied().flatten().map(|value| Entry::Text(value.to_string()))
            }
            Cells::Empty(_) => None,
        };
        cell.unwrap_or(Entry::Empty)
    }

    /// The sheet as CSV with a header.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        for (j, (name, _)) in self.columns.iter().enumerate() {
            if j > 0 {
                out.push(',');
            }
            quote(name, &mut out);
        }
        out.push('\n');
        for row in 0..self.n_rows() {
            for (j, (_, cells)) in self.columns.iter().enumerate() {
                if j > 0 {
                    out.push(',');
                }
                cells.print(row, &mut out);
            }
            out.push('\n');
        }
        out
    }

    /// Writes the sheet as Parquet.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write_parquet(&self, file: &mut File, path: &str) -> Result<(), ExportError> {
        let columns = self.columns.iter().map(|(name, cells)| cells.column(name)).collect();
        let mut frame = DataFrame::new(self.n_rows(), columns).map_err(|_| {
            ExportError::Encode { path: path.into(), message: "columns differ in length".into() }
        })?;
        ParquetWriter::new(file)
            .with_compression(ParquetCompression::Zstd(None))
            .with_row_group_size(Some(1 << 18))
            .finish(&mut frame)
            .map(|_| ())
            .map_err(|error| match error {
                polars::prelude::PolarsError::IO { error, .. } => {
                    ExportError::io(std::path::Path::new(path), &error)
                }
                _ => ExportError::Encode {
                    path: path.into(),
                    message: "the encoder refused it".into(),
                },
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_only_what_needs_it() {
        let mut sheet = Sheet::new();
        sheet.push("a,b", Cells::Text(vec![Some("x\"y".into()), None, Some(String::new())]));
        sheet.push("n", Cells::Decimal(vec![Some(-0.0), Some(1.5), None], Some(2)));
        assert_eq!(sheet.to_csv(), "\"a,b\",n\n\"x\"\"y\",0.00\n,1.50\n\"\",\n");
    }
}
