//! Reading tables: CSV (also packed with gzip or zstd) and Parquet become columns of
//! known kinds, and a Polars frame of exactly the columns and types that are asked for.
//!
//! A text is cut into parts that are read at once. First it is looked at: the structure is
//! checked, strictly, and so is every value of every column. Then the cells of the wanted
//! columns go straight into typed columns. What cannot be read without a guess is an error that says where, what was
//! expected and how to settle it; a doubt about the values of one column is raised when
//! that column is read as what is in doubt, so that a column nobody uses stops nobody.
//!
//! # References
//!
//! Shafranovich, Y. (2005). Common Format and MIME Type for CSV Files. RFC 4180.

mod accounting;
mod bytes;
mod column;
mod counter;
mod day;
mod dialect;
mod direct;
mod distinct;
mod encoding;
mod error;
mod header;
mod magic;
mod missing;
mod number;
mod params;
mod parquet;
mod part;
mod quick;
mod read;
mod record;
mod scan;
mod seen;
mod settle;
mod shape;
mod stream;
mod stretch;
mod tally;
mod typed;
mod wanted;
pub mod sql;

use std::path::Path;

use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};

pub use accounting::Accounting;
pub use error::{LoadError, Place, Spelling};
pub use params::{CsvParams, Limits};
pub use seen::{Kind, SeenColumn};
pub use stream::{stream, stream_within};

use crate::finding::{Finding, Severity};
use params::Settings;
use settle::Reading;

/// What a column is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadAs {
    /// `String`; surrounding blanks are taken off.
    Text,
    /// `Float64`, finite.
    Number,
    /// `Date`.
    Day,
}

/// One column asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its name.
    pub column: String,
    /// Its type in the frame.
    pub read_as: ReadAs,
}

/// One row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it stands.
    pub at: Place,
    /// Why, without its values.
    pub reason: String,
}

/// What is known of the file itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The path as the user wrote it.
    pub shown_as: String,
    /// Its size as it lies.
    pub bytes: u64,
    /// SHA-256 of the file as it lies, in hexadecimal.
    pub sha256: String,
    /// `csv` or `parquet`, and how it is packed.
    pub format: String,
    /// How it is written, in words; empty for Parquet.
    pub dialect: String,
}

/// A table that has been checked and can be read.
#[derive(Debug)]
pub struct Source {
    content: Content,
    settings: Settings,
    facts: FileFacts,
    columns: Vec<SeenColumn>,
    readings: Vec<Reading>,
    accounting: Accounting,
    rejects: Vec<Reject>,
    findings: Vec<Finding>,
}

#[derive(Debug)]
enum Content {
    Csv {
        text: Vec<u8>,
        layout: record::Layout,
        parts: Vec<part::Part>,
    },
    Parquet(DataFrame),
    /// Read from the file again and again, never held.
    Groups(stream::Groups),
}

/// Reads a file whole and looks at every value, within the default [`Limits`].
///
/// `shown_as` is the name used in messages; up to `max_bad_rows` rows of a wrong
/// structure are left out and counted.
///
/// # Errors
///
/// Everything in [`LoadError`] that concerns the file, its structure and its header.
///
/// # Examples
///
/// ```
/// use kohort::load::{self, CsvParams, Kind, ReadAs, Wanted};
///
/// let folder = std::env::temp_dir().join("kohort-load-example");
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("customers.csv");
/// std::fs::write(&path, "id;spend\nA1;12,50\nA2;8,00\n")?;
///
/// let source = load::open(&path, "customers.csv", &CsvParams::default(), 0)?;
/// assert_eq!(source.columns()[1].kind, Kind::Decimal);
/// let wanted = [Wanted { column: "spend".to_owned(), read_as: ReadAs::Number }];
/// assert_eq!(source.read(&wanted)?.height(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn open(
    path: &Path,
    shown_as: &str,
    csv: &CsvParams,
    max_bad_rows: u64,
) -> Result<Source, LoadError> {
    open_within(path, shown_as, csv, max_bad_rows, &Limits::default())
}

/// As [`open`], within other limits.
///
/// # Errors
///
/// As [`open`].
pub fn open_within(
    path: &Path,
    shown_as: &str,
    csv: &CsvParams,
    max_bad_rows: u64,
    limits: &Limits,
) -> Result<Source, LoadError> {
    if sql::is_url(shown_as) || path.to_str().is_some_and(sql::is_url) {
        return Err(sql::SqlError::UrlWritten { key: "the path of a table".to_owned() }.into());
    }
    let settings = csv.check()?;
    let raw = bytes::read(path, shown_as, limits)?;
    from_raw(raw, shown_as, settings, max_bad_rows, limits)
}

/// Reads a table from standard input, within the default [`Limits`].
///
/// # Errors
///
/// As [`open`].
pub fn open_stdin(csv: &CsvParams) -> Result<Source, LoadError> {
    let (settings, limits) = (csv.check()?, Limits::default());
    let raw = bytes::read_from(std::io::stdin().lock(), "standard input", &limits)?;
    from_raw(raw, "standard input", settings, 0, &limits)
}

fn from_raw(
    raw: bytes::Raw,
    shown_as: &str,
    settings: Settings,
    max_bad_rows: u64,
    limits: &Limits,
) -> Result<Source, LoadError> {
    let format = if raw.is_parquet { "parquet" } else { "csv" };
    let packed = if raw.packing.is_empty() { String::new() } else { format!(", {}", raw.packing) };
    let facts = FileFacts {
        shown_as: shown_as.to_owned(),
        bytes: raw.n_bytes,
        sha256: raw.sha256,
        format: format!("{format}{packed}"),
        dialect: String::new(),
    };
    let mut source = if raw.is_parquet {
        from_parquet(raw.bytes, settings, facts, limits)?
    } else {
        from_csv(raw.bytes, settings, facts, limits, max_bad_rows)?
    };
    let missing: Vec<Finding> = source.columns.iter().filter_map(missing_finding).collect();
    source.findings.extend(missing);
    Ok(source)
}

fn from_parquet(
    bytes: Vec<u8>,
    settings: Settings,
    facts: FileFacts,
    limits: &Limits,
) -> Result<Source, LoadError> {
    let table = parquet::open(bytes, &settings, limits, &facts.shown_as)?;
    Ok(Source {
        content: Content::Parquet(table.frame),
        settings,
        facts,
        columns: table.columns,
        readings: table.readings,
        accounting: table.accounting,
        rejects: Vec::new(),
        findings: Vec::new(),
    })
}

fn from_csv(
    bytes: Vec<u8>,
    settings: Settings,
    mut facts: FileFacts,
    limits: &Limits,
    max_bad_rows: u64,
) -> Result<Source, LoadError> {
    let file = facts.shown_as.clone();
    let text = encoding::decode(bytes, settings.charset, &file)?;
    let layout = dialect::find(&text, &settings, limits, &file)?;
    let cut = (max_bad_rows, part::SIZE);
    let scanned = scan::scan(&text, &layout, &settings, limits, cut, &file)?;
    let header = if scanned.has_header { "a header" } else { "no header" };
    facts.dialect = format!("{} between the columns, {header}", dialect::word(layout.delimiter));
    Ok(Source {
        content: Content::Csv { text, layout, parts: scanned.parts },
        settings,
        facts,
        columns: scanned.columns,
        readings: scanned.readings,
        accounting: scanned.accounting,
        rejects: scanned.rejects,
        findings: scanned.findings,
    })
}

/// What is missing in a column, and how it is written.
fn missing_finding(column: &SeenColumn) -> Option<Finding> {
    if column.n_missing == 0 {
        return None;
    }
    let codes: Vec<String> =
        column.missing_codes.iter().map(|(code, n)| format!("{} {n}", code_word(code))).collect();
    let n_rows = column.n_missing + column.n_present;
    let message =
        format!("{} of {n_rows} values are missing ({})", column.n_missing, codes.join(", "));
    Some(
        Finding::new("missing-values", Severity::Note, message)
            .column(&column.name)
            .count(column.n_missing),
    )
}

/// A spelling of missing in words.
fn code_word(code: &str) -> String {
    match code.len() {
        0 => "empty".to_owned(),
        1 if code == " " => "one space".to_owned(),
        n if code.trim().is_empty() => format!("{n} blanks"),
        _ => format!("\"{code}\""),
    }
}

impl Source {
    /// The columns in the order of the input.
    #[must_use]
    pub fn columns(&self) -> &[SeenColumn] {
        &self.columns
    }

    /// What is known of the file itself.
    #[must_use]
    pub fn facts(&self) -> &FileFacts {
        &self.facts
    }

    /// Where every row went.
    #[must_use]
    pub fn accounting(&self) -> Accounting {
        self.accounting
    }

    /// The rows that were left out.
    #[must_use]
    pub fn rejects(&self) -> &[Reject] {
        &self.rejects
    }

    /// What was noticed.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Why a column cannot be read as the kind it looks like; `None` where it can.
    #[must_use]
    pub fn doubt(&self, column: &str) -> Option<&LoadError> {
        let at = self.columns.iter().position(|seen| seen.name == column)?;
        self.readings[at].problem.as_ref()
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod part_tests;
