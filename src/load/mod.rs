//! Reading tables: text in any dialect and character set, workbooks, JSON, ARFF, Parquet
//! and Arrow files, plain or packed, one or several, become columns of known kinds, and a
//! Polars frame of exactly the columns and types that are asked for.
//!
//! ```text
//! bytes, archive, magic     what a file is, by its bytes
//! encoding, charset         a text as UTF-8
//! sheet, json, arff, made   other formats as text, and where each line comes from
//! dialect, spaces,          how the text is written,
//! edges, footer             and what is not of the table
//! scan, column, settle      every record and every value is looked at
//! kept                      small numbers and days, so that they are read once
//! read, parquet, arrow      the wanted columns as a frame
//! texts, windows, disk      the same of a text that is never held
//! cells, pieces             the wanted columns as they are, without one
//! open, several             the way through all of these, for one file and for many
//! ```
//!
//! A text is cut into parts that are read at once. First it is looked at: the structure is
//! checked, strictly, and so is every value of every column; small numbers and days are
//! kept. Then the cells of the wanted columns become typed columns: of a frame, or plain
//! ones, which orders and features take as they are. What cannot be read without a guess is an error
//! that says where, what was expected and how to settle it; a doubt about the values of one column is raised when
//! that column is read as what is in doubt, so that a column nobody uses stops nobody.
//!
//! # References
//!
//! Shafranovich, Y. (2005). Common Format and MIME Type for CSV Files. RFC 4180.

mod accounting;
mod archive;
mod arff;
mod arrow;
mod batch;
mod bytes;
mod cells;
mod charset;
mod clock;
mod column;
mod counter;
mod day;
mod dialect;
mod disk;
mod edges;
mod direct;
mod distinct;
mod dress;
mod encoding;
mod error;
mod footer;
mod groups;
mod header;
mod how;
mod json;
mod kept;
mod keyed;
mod look;
mod lying;
mod made;
mod magic;
mod memory;
mod missing;
mod named;
mod month;
mod naming;
mod number;
mod open;
mod params;
mod parquet;
mod part;
mod pieces;
mod proposed;
mod quick;
mod range;
mod read;
mod recall;
mod record;
mod repair;
mod scan;
mod seen;
mod settle;
mod several;
mod sheet;
mod spaces;
mod shape;
mod stream;
mod stretch;
mod tally;
mod texts;
mod twins;
mod typed;
pub(crate) mod views;
mod wanted;
mod windows;
pub mod sql;

use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};

pub use accounting::Accounting;
pub use cells::{Cells, Rows, Words};
pub use error::{LoadError, Place, Spelling};
pub use how::{How, Sheet};
pub use params::{CsvParams, Limits};
pub(crate) use pieces::cut_as;
pub use pieces::{PiecesError, in_pieces};
pub use repair::Repair;
pub use seen::{Kind, SeenColumn};
pub use several::expand;
pub use stream::{is_parquet, stream, stream_files};
pub(crate) use windows::Cut;

use crate::finding::Finding;
use params::Settings;
use settle::Reading;

/// What a column is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadAs {
    /// `String`; surrounding blanks are taken off.
    Text,
    /// As text; where all values of the column are whole numbers without leading zeros,
    /// `17850.0` becomes `17850`, so that both are one customer.
    Id,
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
    /// The file, as the user wrote its path.
    pub file: String,
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
    /// The format in one word, such as `csv` or `xlsx`, and how it is packed.
    pub format: String,
    /// How it is written, in words; empty for Parquet and Arrow.
    pub dialect: String,
    /// Where its rows went.
    pub accounting: Accounting,
}

/// A table that has been checked and can be read.
#[derive(Debug)]
pub struct Source {
    content: Content,
    settings: Settings,
    facts: FileFacts,
    files: Vec<FileFacts>,
    /// Whether the first record of a text named the columns.
    has_header: bool,
    /// Where the lines of a made text come from.
    origin: Option<made::Origin>,
    columns: Vec<SeenColumn>,
    readings: Vec<Reading>,
    accounting: Accounting,
    rejects: Vec<Reject>,
    findings: Vec<Finding>,
    repairs: Vec<Repair>,
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
    Groups(Vec<groups::Groups>),
    /// Texts that are read again and again, never held.
    Texts(Vec<disk::Disk>),
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
    let how = How { csv: csv.clone(), max_bad_rows, ..How::default() };
    open::file(path, shown_as, &how, limits).map(Source::told)
}

/// Reads a table from standard input, within the default [`Limits`].
///
/// # Errors
///
/// As [`open`].
pub fn open_stdin(csv: &CsvParams) -> Result<Source, LoadError> {
    let how = How { csv: csv.clone(), ..How::default() };
    let limits = Limits::default();
    let raw = bytes::read_from(std::io::stdin().lock(), "standard input", &limits)?;
    open::raw(raw, "standard input", &how, &limits).map(Source::told)
}

/// Reads one file or several as one table, within limits. Each file is given with the
/// name that is used in messages; [`expand`] makes the list of paths and patterns.
///
/// Several files need the same columns in any order; the first gives the order. The rows
/// follow each other file by file. A file that has names but no rows is noted.
///
/// # Errors
///
/// As [`open`], and files whose columns differ.
pub fn open_files(
    files: &[(PathBuf, String)],
    how: &How,
    limits: &Limits,
) -> Result<Source, LoadError> {
    match files {
        [(path, shown_as)] => open::file(path, shown_as, how, limits),
        files => several::open(files, how, limits),
    }
    .map(Source::told)
}

impl Source {
    /// With what is to be said of each column and what its reading repairs.
    fn told(mut self) -> Self {
        self.findings.extend(self.columns.iter().filter_map(missing::finding));
        for reading in &self.readings {
            self.findings.extend(reading.findings.iter().cloned());
            self.repairs.extend(reading.repairs.iter().cloned());
        }
        self
    }

    /// The columns in the order of the input.
    #[must_use]
    pub fn columns(&self) -> &[SeenColumn] {
        &self.columns
    }

    /// What is known of the file itself; of several files together.
    #[must_use]
    pub fn facts(&self) -> &FileFacts {
        &self.facts
    }

    /// What is known of each file, in the order of the input.
    #[must_use]
    pub fn files(&self) -> &[FileFacts] {
        &self.files
    }

    /// Whether it is read batch by batch: of its columns only the first rows were looked at.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        matches!(self.content, Content::Groups(_))
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

    /// What reading each column as what it looks like repairs, in the order of the
    /// columns. What is done to a column that is read as something else: see [`Repair`].
    #[must_use]
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// That rows are equal to an earlier row in every column, where there are any. This
    /// reads the input once more and holds 8 bytes a row; a table that is not held is not
    /// compared.
    ///
    /// # Errors
    ///
    /// A column of a Parquet file that cannot be written as text.
    pub fn twins(&self) -> Result<Option<Finding>, LoadError> {
        let n_repeated = match &self.content {
            Content::Csv { text, layout, parts } => {
                twins::in_text(text, layout, parts, self.columns.len())
            }
            Content::Parquet(frame) => twins::in_frame(frame, &self.facts.shown_as)?,
            Content::Groups(_) | Content::Texts(_) => 0,
        };
        Ok(twins::finding(n_repeated, self.accounting.used))
    }

    /// Why a column cannot be read as the kind it looks like; `None` where it can.
    #[must_use]
    pub fn doubt(&self, column: &str) -> Option<&LoadError> {
        let at = self.columns.iter().position(|seen| seen.name == column)?;
        self.readings[at].problem.as_ref()
    }
}

#[cfg(test)]
mod differential_tests;
#[cfg(test)]
mod format_tests;
#[cfg(test)]
mod disk_tests;
#[cfg(test)]
mod sweep_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod part_tests;
#[cfg(test)]
mod texts_tests;
