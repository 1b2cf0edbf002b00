//! A table on its way out: the same columns as CSV and as Parquet.
//!
//! CSV is written by us, so that a number is printed the same way everywhere: RFC 4180
//! quoting, LF, nothing escaped for spreadsheets, so that files can be joined byte for byte.

use std::fmt::Write as _;
use std::io::Write;

use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{Column, DataFrame, NamedFrom, PolarsError, Series};
use polars_io::parquet::write::{BatchedWriter, ParquetCompression, ParquetWriter};
use rayon::prelude::*;

use super::ExportError;
use crate::format;
use crate::report::Entry;
use crate::table::Id;

/// Lines of CSV that are printed together.
const PART: usize = 1 << 14;

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Text; an empty text is written quoted, a missing one as nothing.
    Text(Vec<Option<String>>),
    /// Texts of which there are few: for each row its place among them.
    Coded(Vec<Option<u32>>, Vec<String>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers, printed with this many decimals; `None` decimals = shortest exact form.
    Decimal(Vec<Option<f64>>, Option<usize>),
    /// Numbers that are all known, printed in their shortest exact form.
    Known(Vec<f64>),
    /// Yes or no, printed `true` and `false`.
    Flag(Vec<Option<bool>>),
    /// A column of its contract that this run does not compute.
    Empty(usize),
}

impl Cells {
    /// The ids of some customers.
    #[must_use]
    pub fn ids(ids: &[Id]) -> Self {
        Self::Text(ids.iter().map(|id| Some(id.as_str().to_owned())).collect())
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Coded(codes, _) => codes.len(),
            Self::Whole(values) => values.len(),
            Self::Decimal(values, _) => values.len(),
            Self::Known(values) => values.len(),
            Self::Flag(values) => values.len(),
            Self::Empty(n) => *n,
        }
    }

    /// The text of a row, where there is one.
    fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Text(values) => values.get(row)?.as_deref(),
            Self::Coded(codes, texts) => {
                texts.get((*codes.get(row)?)? as usize).map(String::as_str)
            }
            _ => None,
        }
    }

    fn print(&self, row: usize, out: &mut String) {
        match self {
            Self::Text(_) | Self::Coded(..) => {
                if let Some(text) = self.text(row) {
                    quote(text, out);
                }
            }
            Self::Whole(values) => {
                if let Some(value) = values[row] {
                    if value < 0 {
                        out.push('-');
                    }
                    format::whole(value.unsigned_abs(), out);
                }
            }
            Self::Decimal(values, decimals) => match (values[row], decimals) {
                (Some(value), Some(decimals)) => {
                    format::fixed(unsigned_zero(value), *decimals, out);
                }
                (Some(value), None) => shortest(value, out),
                (None, _) => {}
            },
            Self::Known(values) => shortest(values[row], out),
            Self::Flag(values) => match values[row] {
                Some(true) => out.push_str("true"),
                Some(false) => out.push_str("false"),
                None => {}
            },
            Self::Empty(_) => {}
        }
    }

    fn column(&self, name: &str) -> Column {
        let name = name.into();
        match self {
            Self::Text(values) => Series::new(name, values.as_slice()),
            Self::Coded(codes, _) => {
                let texts: Vec<Option<&str>> = (0..codes.len()).map(|row| self.text(row)).collect();
                Series::new(name, texts)
            }
            Self::Whole(values) => Series::new(name, values.as_slice()),
            Self::Decimal(values, decimals) => {
                let rounded: Vec<Option<f64>> =
                    values.iter().map(|value| value.map(|value| round(value, *decimals))).collect();
                Series::new(name, rounded)
            }
            Self::Known(values) => {
                let values: Vec<f64> = values.iter().map(|&value| unsigned_zero(value)).collect();
                Series::new(name, values)
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
    decimals.map_or(value, |decimals| format::rounded(value, decimals))
}

fn shortest(value: f64, out: &mut String) {
    // Writing into a String cannot fail.
    let _ = write!(out, "{}", unsigned_zero(value));
}

fn unsigned_zero(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

fn quote(text: &str, out: &mut String) {
    let needs = text.is_empty()
        || text.starts_with(' ')
        || text.ends_with(' ')
        || text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    if needs {
        out.push('"');
        for (at, part) in text.split('"').enumerate() {
            if at > 0 {
                out.push_str("\"\"");
            }
            out.push_str(part);
        }
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
            Cells::Text(_) | Cells::Coded(..) => {
                cells.text(row).map(|text| Entry::Text(text.to_owned()))
            }
            Cells::Whole(values) => {
                values.get(row).copied().flatten().map(|value| Entry::Number(value as f64))
            }
            Cells::Decimal(values, decimals) => {
                let value = values.get(row).copied().flatten();
                value.map(|value| Entry::Number(round(value, *decimals)))
            }
            Cells::Known(values) => {
                values.get(row).map(|&value| Entry::Number(unsigned_zero(value)))
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
        self.csv_parts(true).concat()
    }

    /// The sheet as CSV in parts that follow each other.
    fn csv_parts(&self, header: bool) -> Vec<String> {
        let mut parts = Vec::new();
        if header {
            let mut line = String::new();
            for (j, (name, _)) in self.columns.iter().enumerate() {
                if j > 0 {
                    line.push(',');
                }
                quote(name, &mut line);
            }
            line.push('\n');
            parts.push(line);
        }
        let starts: Vec<usize> = (0..self.n_rows()).step_by(PART).collect();
        parts.par_extend(starts.into_par_iter().map(|start| self.csv_of(start)));
        parts
    }

    /// The lines of the part that starts at a row.
    fn csv_of(&self, start: usize) -> String {
        let end = (start + PART).min(self.n_rows());
        let mut out = String::new();
        for row in start..end {
            for (j, (_, cells)) in self.columns.iter().enumerate() {
                if j > 0 {
                    out.push(',');
                }
                cells.print(row, &mut out);
            }
            out.push('\n');
            if row == start {
                // The other lines are about as long.
                out.reserve(out.len() * (end - start));
            }
        }
        out
    }

    /// Writes the sheet as CSV, where it is the first part of a table with a header.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write_csv(
        &self,
        first: bool,
        file: &mut impl Write,
        path: &str,
    ) -> Result<(), ExportError> {
        for part in self.csv_parts(first) {
            file.write_all(part.as_bytes())
                .map_err(|error| ExportError::io(std::path::Path::new(path), &error))?;
        }
        Ok(())
    }

    fn frame(&self, path: &str) -> Result<DataFrame, ExportError> {
        let columns: Vec<Column> =
            self.columns.par_iter().map(|(name, cells)| cells.column(name)).collect();
        DataFrame::new(self.n_rows(), columns).map_err(|_| ExportError::Encode {
            path: path.into(),
            message: "columns differ in length".into(),
        })
    }

    /// Writes the sheet as Parquet.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write_parquet(&self, file: impl Write, path: &str) -> Result<(), ExportError> {
        let mut parquet = ParquetFile::new(file, path);
        parquet.add(self)?;
        parquet.finish()
    }
}

/// A Parquet file in the making: one row group per sheet.
pub struct ParquetFile<'a, W: Write> {
    /// Until the first sheet tells of the columns.
    file: Option<W>,
    writer: Option<BatchedWriter<W>>,
    path: &'a str,
    compression: ParquetCompression,
}

/// The quickest of Zstandard: of numbers that were measured a higher level saves next to
/// nothing and takes twice the time.
pub(crate) fn compression() -> ParquetCompression {
    ParquetCompression::Zstd(ZstdLevel::try_new(1).ok())
}

impl<'a, W: Write> ParquetFile<'a, W> {
    /// Nothing is written yet.
    pub fn new(file: W, path: &'a str) -> Self {
        Self { file: Some(file), writer: None, path, compression: compression() }
    }

    /// The same without compression: for numbers that use all of their bits, of which next to
    /// nothing can be saved.
    #[must_use]
    pub fn uncompressed(self) -> Self {
        Self { compression: ParquetCompression::Uncompressed, ..self }
    }

    /// Adds the rows of a sheet; all have the same columns.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn add(&mut self, sheet: &Sheet) -> Result<(), ExportError> {
        let frame = sheet.frame(self.path)?;
        if let Some(file) = self.file.take() {
            let writer = ParquetWriter::new(file)
                .with_compression(self.compression)
                .batched(frame.schema())
                .map_err(|error| self.wrong(error))?;
            self.writer = Some(writer);
        }
        let written = self.writer.as_mut().map_or(Ok(()), |writer| writer.write_batch(&frame));
        written.map_err(|error| self.wrong(error))
    }

    /// Writes the footer.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn finish(self) -> Result<(), ExportError> {
        let finished = self.writer.as_ref().map_or(Ok(0), BatchedWriter::finish);
        finished.map(|_| ()).map_err(|error| self.wrong(error))
    }

    fn wrong(&self, error: PolarsError) -> ExportError {
        match error {
            PolarsError::IO { error, .. } => {
                ExportError::io(std::path::Path::new(self.path), &error)
            }
            _ => ExportError::Encode {
                path: self.path.into(),
                message: "the encoder refused it".into(),
            },
        }
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

    #[test]
    fn texts_of_which_there_are_few_are_written_as_others() {
        let texts = ["b,c".to_owned(), "d".to_owned()];
        let codes = vec![Some(1), None, Some(0), Some(1)];
        let each = codes.iter().map(|at| at.map(|at: u32| texts[at as usize].clone())).collect();
        let [mut coded, mut plain] = [Sheet::new(), Sheet::new()];
        coded.push("a", Cells::Coded(codes, texts.to_vec()));
        plain.push("a", Cells::Text(each));
        assert_eq!(coded.to_csv(), plain.to_csv());
        assert_eq!(coded.to_csv(), "a\nd\n\n\"b,c\"\nd\n");
        let parquet = |sheet: &Sheet| {
            let mut file = Vec::new();
            sheet.write_parquet(&mut file, "x").unwrap();
            file
        };
        assert_eq!(parquet(&coded), parquet(&plain));
        assert!((0..4).all(|row| coded.entry(row, 0) == plain.entry(row, 0)));
    }
}
