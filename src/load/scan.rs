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
    let looker = Looker {
        text,
        layout,
        settings,
        names: &names,
        header: has_header.then_some(first.record),
        max_bad_rows,
    };
    let (start, line) = if has_header { first.after } else { (0, 1) };
    let mut stretches = part::each(text, layout, start, size, &|bytes| looker.look(bytes));
    let mut tally = Tally::new(file, max_bad_rows, has_header.then_some(first.line), line);
    let parts = tally.replay(&mut stretches, names.len(), layout)?;
    let seen = append(stretches, &parts, names.len());
    let (columns, readings) = settle_all(&names, &seen, layout, settings, file);
    let (rows, rejects) = (tally.rows, tally.rejects);
    let rejected = rejects.len() as u64;
    let used = rows - rejected;
    if used == 0 {
        return Err(LoadError::HeaderOnly { file: file.to_owned() });
    }
    let accounting = Accounting::new(rows, used, rejected, 0)
        .ok_or_else(|| LoadError::Internal { file: file.to_owned(), what: "the count of rows" })?;
    findings.extend(rejected_finding(&rejects));
    Ok(Scanned { columns, readings, accounting, rejects, findings, has_header, parts })
}

/// What is seen of each column in all parts together.
fn append(stretches: Vec<Stretch>, parts: &[Part], n_columns: usize) -> Vec<Column> {
    let mut by_column: Vec<Vec<Collector>> = (0..n_columns).map(|_| Vec::new()).collect();
    for stretch in stretches {
        for (all, collected) in by_column.iter_mut().zip(stretch.columns) {
            all.push(collected);
        }
    }
    by_column
        .into_par_iter()
        .map(|collected| {
            let mut whole = Collector::default().rest();
            for (next, part) in collected.into_iter().zip(parts) {
                whole.append(next, part.first_line);
            }
            whole.finish()
        })
        .collect()
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
        nulls: &settings.nulls,
    };
    names.iter().zip(columns).map(|(name, column)| settle::settle(name, column, &around)).unzip()
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
