//! The first pass over a text table: its structure is checked record by record and
//! every column is looked at. Polars reads only what has passed here: it would fill
//! short rows silently, rename columns and print cells in its errors.

use super::accounting::Accounting;
use super::column::Column;
use super::error::{LoadError, Place};
use super::header;
use super::params::{Limits, Settings};
use super::record::{Broken, Field, Layout, Next, Records, trim};
use super::settle::{self, Around, Reading};
use super::{Reject, SeenColumn};
use crate::finding::{Finding, Severity};

/// What the first pass found.
pub(super) struct Scanned {
    pub columns: Vec<SeenColumn>,
    pub readings: Vec<Reading>,
    pub accounting: Accounting,
    pub rejects: Vec<Reject>,
    pub findings: Vec<Finding>,
    pub has_header: bool,
}

/// Looks at every record.
///
/// # Errors
///
/// A header that is missing, repeated, incomplete or not unique; a bad row beyond
/// `max_bad_rows`; a text that ends in a field; something too long; no rows.
pub(super) fn scan(
    text: &[u8],
    layout: &Layout,
    settings: &Settings,
    limits: &Limits,
    max_bad_rows: u64,
    file: &str,
) -> Result<Scanned, LoadError> {
    let first = first_record(text, layout, file)?;
    check_width(first.cells.len(), limits, file)?;
    let has_header = match settings.header {
        Some(declared) => declared,
        None if header::looks_like_data(&first.cells, &sample(text, layout)) => {
            return Err(LoadError::NoHeader { file: file.to_owned(), line: first.line });
        }
        None => true,
    };
    let (names, mut findings) = if has_header {
        header::names(&first.cells, file)?
    } else {
        ((0..first.cells.len()).map(header::numbered).collect(), Vec::new())
    };
    let mut pass = Pass {
        file,
        max_bad_rows,
        first: has_header.then_some(&first),
        columns: names.iter().map(|name| Column::called(name, settings)).collect(),
        rows: 0,
        rejects: Vec::new(),
    };
    pass.run(text, layout, settings)?;
    let (columns, readings) = settle_all(&names, &pass.columns, layout, settings, file);
    let rejected = pass.rejects.len() as u64;
    let used = pass.rows - rejected;
    if used == 0 {
        return Err(LoadError::HeaderOnly { file: file.to_owned() });
    }
    let accounting = Accounting::new(pass.rows, used, rejected, 0)
        .ok_or_else(|| LoadError::Internal { file: file.to_owned(), what: "the count of rows" })?;
    findings.extend(rejected_finding(&pass.rejects));
    Ok(Scanned { columns, readings, accounting, rejects: pass.rejects, findings, has_header })
}

fn rejected_finding(rejects: &[Reject]) -> Option<Finding> {
    let first = rejects.first()?;
    let message = format!("{} rows could not be read, first {}", rejects.len(), first.at);
    Some(
        Finding::new("rejected-rows", Severity::Warning, message)
            .count(rejects.len())
            .advice("correct these rows in the export"),
    )
}

fn check_width(found: usize, limits: &Limits, file: &str) -> Result<(), LoadError> {
    if found <= limits.max_columns {
        return Ok(());
    }
    Err(LoadError::TooBig {
        file: file.to_owned(),
        what: "columns",
        found: found as u64,
        allowed: limits.max_columns as u64,
    })
}

fn settle_all(
    names: &[String],
    columns: &[Column],
    layout: &Layout,
    settings: &Settings,
    file: &str,
) -> (Vec<SeenColumn>, Vec<Reading>) {
    let around = Around {
        file,
        place: Place::Line,
        decimal: settings.decimal,
        proven: settle::proven(columns),
        point_is_doubtful: layout.delimiter == b';',
        day: settings.day,
        thousands: settings.thousands,
        zone: settings.zone,
    };
    names.iter().zip(columns).map(|(name, column)| settle::settle(name, column, &around)).unzip()
}

/// The first record, trimmed cell by cell, and as it lies.
struct First<'a> {
    line: u64,
    cells: Vec<Vec<u8>>,
    record: &'a [u8],
}

fn first_record<'a>(text: &'a [u8], layout: &Layout, file: &str) -> Result<First<'a>, LoadError> {
    let mut records = Records::new(text, layout);
    let mut fields = Vec::new();
    loop {
        match records.next(&mut fields).map_err(|broken| broken_error(broken, layout, file))? {
            Next::Blank => {}
            Next::End => return Err(LoadError::Empty { file: file.to_owned() }),
            Next::StrayQuote => {
                return Err(LoadError::StrayQuote { file: file.to_owned(), line: records.line });
            }
            Next::Row => {
                let record = trim(&text[records.start..records.end]);
                let cells = cells(text, layout, &fields);
                return Ok(First { line: records.line, cells, record });
            }
        }
    }
}

fn cells(text: &[u8], layout: &Layout, fields: &[Field]) -> Vec<Vec<u8>> {
    let mut scratch = Vec::new();
    fields.iter().map(|field| trim(field.raw(text, layout.quote, &mut scratch)).to_vec()).collect()
}

/// The records after the first, as far as they can be read.
fn sample(text: &[u8], layout: &Layout) -> Vec<Vec<Vec<u8>>> {
    let mut records = Records::new(text, layout);
    let (mut fields, mut rows) = (Vec::new(), Vec::new());
    while rows.len() <= header::SAMPLE {
        match records.next(&mut fields) {
            Ok(Next::Row) => rows.push(cells(text, layout, &fields)),
            Ok(Next::Blank | Next::StrayQuote) => {}
            Ok(Next::End) | Err(_) => break,
        }
    }
    rows.into_iter().skip(1).collect()
}

fn broken_error(broken: Broken, layout: &Layout, file: &str) -> LoadError {
    let file = file.to_owned();
    match broken {
        Broken::EndsInQuotes { opened } => LoadError::EndsInQuotes { file, opened },
        Broken::LongCell { line, found } => {
            LoadError::TooLong { file, line, what: "field", found, allowed: layout.max_cell }
        }
        Broken::LongLine { line, found } => {
            LoadError::TooLong { file, line, what: "line", found, allowed: layout.max_line }
        }
    }
}

struct Pass<'a> {
    file: &'a str,
    max_bad_rows: u64,
    first: Option<&'a First<'a>>,
    columns: Vec<Column>,
    rows: u64,
    rejects: Vec<Reject>,
}

impl Pass<'_> {
    fn run(&mut self, text: &[u8], layout: &Layout, settings: &Settings) -> Result<(), LoadError> {
        let file = self.file;
        let mut records = Records::new(text, layout);
        let (mut fields, mut scratch) = (Vec::with_capacity(self.columns.len()), Vec::new());
        let mut header_to_come = self.first.is_some();
        // Blank lines at the beginning and at the end are no rows.
        let (mut blanks, mut begun) = (Vec::new(), false);
        loop {
            let next = records.next(&mut fields);
            let line = records.line;
            match next.map_err(|broken| broken_error(broken, layout, file))? {
                Next::End => return Ok(()),
                Next::Blank if begun => {
                    blanks.push(line);
                    continue;
                }
                Next::Blank => continue,
                _ => begun = true,
            }
            for blank in blanks.drain(..) {
                self.bad(LoadError::BlankLine { file: file.to_owned(), line: blank }, blank)?;
            }
            if std::mem::take(&mut header_to_come) {
                continue;
            }
            if next == Ok(Next::StrayQuote) {
                self.bad(LoadError::StrayQuote { file: file.to_owned(), line }, line)?;
                continue;
            }
            if fields.len() != self.columns.len() {
                let error = self.ragged(line, fields.len(), records.unfinished)?;
                self.bad(error, line)?;
                continue;
            }
            self.refuse_header(&text[records.start..records.end], line)?;
            self.rows += 1;
            for (column, field) in self.columns.iter_mut().zip(&fields) {
                let raw = field.raw(text, layout.quote, &mut scratch);
                column.push(raw, line, &settings.nulls);
            }
        }
    }

    /// The error of a row with another number of fields; a last line that was cut off is
    /// never accepted.
    fn ragged(&self, line: u64, found: usize, unfinished: bool) -> Result<LoadError, LoadError> {
        let (file, expected) = (self.file.to_owned(), self.columns.len());
        if unfinished && found < expected {
            return Err(LoadError::EndsInLine { file, line, found, expected });
        }
        Ok(LoadError::Ragged { file, at: Place::Line(line), found, expected })
    }

    #[inline]
    fn refuse_header(&self, record: &[u8], line: u64) -> Result<(), LoadError> {
        match self.first {
            Some(first) if record.len() >= first.record.len() && trim(record) == first.record => {
                let file = self.file.to_owned();
                Err(LoadError::HeaderAgain { file, first: first.line, line })
            }
            _ => Ok(()),
        }
    }

    /// Counts a bad row, or stops with its error.
    fn bad(&mut self, error: LoadError, line: u64) -> Result<(), LoadError> {
        if self.max_bad_rows == 0 {
            return Err(error);
        }
        let found = self.rejects.len() as u64 + 1;
        let allowed = self.max_bad_rows;
        if found > allowed {
            let file = self.file.to_owned();
            return Err(LoadError::TooManyBadRows { file, found, allowed, line });
        }
        let reason = match &error {
            LoadError::Ragged { found, expected, .. } => {
                format!("{found} fields instead of {expected}")
            }
            LoadError::BlankLine { .. } => "a blank line".to_owned(),
            _ => "a stray quote".to_owned(),
        };
        self.rows += 1;
        self.rejects.push(Reject { at: Place::Line(line), reason });
        Ok(())
    }
}
