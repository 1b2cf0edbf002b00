//! The first look at a text table: its structure is checked record by record and every
//! column is looked at, several parts of the text at once. Nothing in the result tells
//! how the text was cut.

use rayon::prelude::*;

use super::accounting::Accounting;
use super::column::{Collector, Column};
use super::error::{LoadError, Place};
use super::header;
use super::params::{Limits, Settings};
use super::part::{self, Part};
use super::record::{Field, Layout, Next, Records, trim};
use super::settle::{self, Around, Reading};
use super::stretch::{Looker, Stretch};
use super::tally::{Tally, broken_error};
use super::{Reject, SeenColumn};
use crate::finding::{Finding, Severity};
use crate::said::{facts, said};

/// What the first look found.
pub(super) struct Scanned {
    pub columns: Vec<SeenColumn>,
    pub readings: Vec<Reading>,
    pub accounting: Accounting,
    pub rejects: Vec<Reject>,
    pub findings: Vec<Finding>,
    pub has_header: bool,
    /// The rows, part by part.
    pub parts: Vec<Part>,
}

/// Looks at every record, parts of about `size` bytes at once.
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
    (max_bad_rows, size): (u64, usize),
    file: &str,
) -> Result<Scanned, LoadError> {
    let top = top(text, layout, settings, limits, file)?;
    let looker = Looker {
        text,
        layout,
        settings,
        names: &top.names,
        header: top.header.as_deref(),
        max_bad_rows,
        keeps: true,
    };
    let starts = part::starts(text, layout, top.after.0, size);
    let mut stretches = part::each(&starts, text.len(), &|bytes| looker.look(bytes));
    let mut tally = top.tally(file, max_bad_rows);
    let parts = tally.replay(&mut stretches, top.names.len(), layout)?;
    let mut seen = unseen(top.names.len(), usize::MAX);
    append(&mut seen, stretches, &parts);
    let (columns, readings) = settled(&top.names, seen, layout.delimiter, settings, file);
    let (accounting, rejects) = counted(tally)?;
    let mut findings = top.findings;
    findings.extend(rejected_finding(&rejects));
    let has_header = top.header.is_some();
    Ok(Scanned { columns, readings, accounting, rejects, findings, has_header, parts })
}

/// What the first records of a text say.
pub(super) struct Top {
    pub names: Vec<String>,
    pub findings: Vec<Finding>,
    /// The header as it lies, trimmed, where there is one.
    pub header: Option<Vec<u8>>,
    /// Where the first record that is not the header begins, and its line.
    pub after: (usize, u64),
    header_line: Option<u64>,
}

impl Top {
    /// Before the first row.
    pub(super) fn tally<'a>(&self, file: &'a str, max_bad_rows: u64) -> Tally<'a> {
        Tally::new(file, max_bad_rows, self.header_line, self.after.1)
    }
}

/// Looks at the first records, of which more than [`header::SAMPLE`] are enough.
///
/// # Errors
///
/// No record, or a broken one; a header that is missing, incomplete or not unique; too many
/// columns.
pub(super) fn top(
    text: &[u8],
    layout: &Layout,
    settings: &Settings,
    limits: &Limits,
    file: &str,
) -> Result<Top, LoadError> {
    let first = first_record(text, layout, file)?;
    check_width(first.cells.len(), limits, file)?;
    let has_header = match settings.header {
        Some(declared) => declared,
        None if header::looks_like_data(&first.cells, &sample(text, layout)) => {
            return Err(LoadError::NoHeader { file: file.to_owned(), line: first.line });
        }
        None => true,
    };
    if !has_header {
        let names = (0..first.cells.len()).map(header::numbered).collect();
        let (findings, header, header_line) = (Vec::new(), None, None);
        return Ok(Top { names, findings, header, after: (0, 1), header_line });
    }
    let (names, findings) = header::names(&first.cells, file)?;
    let (header, header_line) = (Some(first.record.to_vec()), Some(first.line));
    Ok(Top { names, findings, header, after: first.after, header_line })
}

/// Columns of which nothing is seen yet; above `most` different values of a shape their
/// number is estimated.
pub(super) fn unseen(n_columns: usize, most: usize) -> Vec<Collector> {
    (0..n_columns).map(|_| Collector::within(most)).collect()
}

/// Appends what is seen of each column in further parts.
pub(super) fn append(seen: &mut [Collector], stretches: Vec<Stretch>, parts: &[Part]) {
    let mut by_column: Vec<Vec<Collector>> = seen.iter().map(|_| Vec::new()).collect();
    for stretch in stretches {
        for (all, collected) in by_column.iter_mut().zip(stretch.columns) {
            all.push(collected);
        }
    }
    seen.par_iter_mut().zip(by_column).for_each(|(whole, collected)| {
        for (next, part) in collected.into_iter().zip(parts) {
            whole.append(next, part.first_line);
        }
    });
}

/// Where the rows went, and those that were left out.
///
/// # Errors
///
/// None is left.
pub(super) fn counted(tally: Tally) -> Result<(Accounting, Vec<Reject>), LoadError> {
    let (rows, rejects, file) = (tally.rows, tally.rejects, tally.file.to_owned());
    let rejected = rejects.len() as u64;
    let used = rows - rejected;
    if used == 0 {
        return Err(LoadError::HeaderOnly { file });
    }
    let accounting = Accounting::new(rows, used, rejected, 0)
        .ok_or(LoadError::Internal { file, what: "the count of rows" })?;
    Ok((accounting, rejects))
}

fn rejected_finding(rejects: &[Reject]) -> Option<Finding> {
    let first = rejects.first()?;
    let place = match first.at {
        Place::Line(line) => said!("place-line", line = line),
        Place::Row(row) => said!("place-row", row = row),
    };
    let told = facts!(n = rejects.len(), first = place);
    Some(Finding::new("rejected-rows", Severity::Warning, told).count(rejects.len()))
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

/// Settles what each column is, when all of it is seen.
pub(super) fn settled(
    names: &[String],
    seen: Vec<Collector>,
    delimiter: u8,
    settings: &Settings,
    file: &str,
) -> (Vec<SeenColumn>, Vec<Reading>) {
    let columns: Vec<Column> = seen.into_par_iter().map(Collector::finish).collect();
    let around = Around {
        file,
        place: Place::Line,
        decimal: settings.decimal,
        proven: settle::proven(&columns),
        point_is_doubtful: delimiter == b';',
        day: settings.day,
        thousands: settings.thousands,
        zone: settings.zone,
        nulls: &settings.nulls,
    };
    names.iter().zip(&columns).map(|(name, column)| settle::settle(name, column, &around)).unzip()
}

/// The first record, trimmed cell by cell, and as it lies.
struct First<'a> {
    line: u64,
    /// Where the next record begins, and its line.
    after: (usize, u64),
    cells: Vec<Vec<u8>>,
    record: &'a [u8],
}

fn first_record<'a>(text: &'a [u8], layout: &Layout, file: &str) -> Result<First<'a>, LoadError> {
    let mut records = Records::new(text, layout);
    let mut fields = Vec::new();
    loop {
        match records.next(&mut fields).map_err(|broken| broken_error(broken, 0, layout, file))? {
            Next::Blank => {}
            Next::End => return Err(LoadError::Empty { file: file.to_owned() }),
            Next::StrayQuote => {
                return Err(LoadError::StrayQuote { file: file.to_owned(), line: records.line });
            }
            Next::Row => {
                let record = trim(&text[records.start..records.end]);
                let cells = cells(text, layout, &fields);
                let after = records.position();
                return Ok(First { line: records.line, after, cells, record });
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
