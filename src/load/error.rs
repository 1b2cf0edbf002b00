//! Why a table cannot be read. No message holds a cell's value: only names of columns,
//! lines, counts and spellings of formats.

use std::fmt;

use crate::fault::{Class, Fault};

/// Where in the input: a line of a text file, a row of a Parquet file; both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line, the first line of the record where it has several.
    Line(u64),
    /// A row.
    Row(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Row(row) => write!(f, "row {row}"),
        }
    }
}

/// A spelling of numbers that is understood but not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `(12.50)`, `12.50-` or the typographic minus sign.
    Negative,
    /// `$5`, `5 EUR`.
    Currency,
    /// `12%`.
    Percent,
    /// `0x1F`, `1_000`, `1 000`.
    Programming,
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negative => "negative numbers in brackets, with a trailing or typographic minus",
            Self::Currency => "a currency sign",
            Self::Percent => "a per cent sign",
            Self::Programming => "a hexadecimal, underscored or spaced number",
        })
    }
}

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the message of each variant says what it and its fields are")]
pub enum LoadError {
    #[error("{file} is empty")]
    Empty { file: String },
    #[error("{file} has a header but no rows")]
    HeaderOnly { file: String },
    #[error("{file} cannot be read: {why}")]
    Unreadable { file: String, why: String },
    #[error("{file} is an address; only files on this machine are read")]
    Address { file: String },
    #[error("{file}, {at}: {found} fields, but the header has {expected}")]
    Ragged { file: String, at: Place, found: usize, expected: usize },
    #[error("{file} ends inside a quoted field, which was opened at line {opened}")]
    EndsInQuotes { file: String, opened: u64 },
    #[error("{file} ends in the middle of line {line}: {found} of {expected} fields are there")]
    EndsInLine { file: String, line: u64, found: usize, expected: usize },
    #[error("{file}, line {line} is blank, but rows follow it")]
    BlankLine { file: String, line: u64 },
    #[error("{file}, line {line}: a quote stands inside a field that does not begin with one")]
    StrayQuote { file: String, line: u64 },
    #[error("{file}: 1 column found; it looks as if {looks_like} separates the columns")]
    OneColumn { file: String, looks_like: &'static str },
    #[error("{file}: columns {first} and {second} are both called {name}")]
    DuplicateHeader { file: String, name: String, first: usize, second: usize },
    #[error("{file}: column {position} of {n_columns} has no name")]
    EmptyHeader { file: String, position: usize, n_columns: usize },
    #[error("{file} has no column called {column}")]
    NoColumn { file: String, column: String, nearest: Option<String> },
    #[error("{file}: line {line} does not name the columns, it looks like data")]
    NoHeader { file: String, line: u64 },
    #[error("{file}: the header of line {first} stands again in line {line}")]
    HeaderAgain { file: String, first: u64, line: u64 },
    #[error("{file}: {found} bad rows up to line {line}, but at most {allowed} are allowed")]
    TooManyBadRows { file: String, found: u64, allowed: u64, line: u64 },
    #[error("{file} is written in UTF-16, but UTF-8 is needed")]
    Utf16 { file: String },
    #[error("{file}, line {line}: the bytes at offset {offset} are not UTF-8")]
    NotUtf8 { file: String, line: u64, offset: usize },
    #[error("{file}, line {line}: a NUL byte at offset {offset}")]
    Nul { file: String, line: u64, offset: usize },
    #[error("{file} changed while it was read")]
    Changed { file: String },
    #[error(
        "{file}, column {column}: the decimal sign is not certain, first at {at}: a point and a \
         comma both could group thousands or begin the decimals"
    )]
    AmbiguousDecimals { file: String, column: String, at: Place },
    #[error("{file}, column {column}, {at}: {spelling}, in {n_odd} of {n_rows} values")]
    Spelled { file: String, column: String, at: Place, spelling: Spelling, n_odd: u64, n_rows: u64 },
    #[error("{file}, column {column}, {at}: not a number, as are {n_odd} of {n_rows} values")]
    NotNumber { file: String, column: String, at: Place, n_odd: u64, n_rows: u64 },
    #[error("{file}, column {column}, {at}: an infinite number, as are {n_odd} of {n_rows} values")]
    Infinite { file: String, column: String, at: Place, n_odd: u64, n_rows: u64 },
    #[error(
        "{file}, column {column}, {at}: a day that does not exist or lies outside 1800 to 2200"
    )]
    ImpossibleDay { file: String, column: String, at: Place },
    #[error("{file}, column {column}: its days can be read as {first} and as {second}")]
    AmbiguousDays { file: String, column: String, first: &'static str, second: &'static str },
    #[error("{file}, column {column}: its days are written in several ways: {counts}")]
    MixedDays { file: String, column: String, counts: String },
    #[error("{file}, column {column}, {at}: not a day, as are {n_odd} of {n_rows} values")]
    NotDay { file: String, column: String, at: Place, n_odd: u64, n_rows: u64 },
    #[error("{file} is not a sound Parquet file: {why}")]
    BrokenParquet { file: String, why: String },
    #[error("{file} looks like {looks_like}, not like {expected}")]
    SomethingElse { file: String, looks_like: &'static str, expected: &'static str },
    #[error("{file}, column {column} holds {holds}, which cannot be used")]
    UnsupportedType { file: String, column: String, holds: String },
    #[error("{file} is packed and its end is missing or damaged")]
    TruncatedArchive { file: String },
    #[error("{file} unpacks to more than {reached} bytes from {packed} bytes; {why}")]
    Bomb { file: String, reached: u64, packed: u64, why: String },
    #[error("{file} has {found} {what}, but at most {allowed} are read")]
    TooBig { file: String, what: &'static str, found: u64, allowed: u64 },
    #[error("{file}, line {line}: a {what} of {found} bytes, but at most {allowed} are read")]
    TooLong { file: String, line: u64, what: &'static str, found: usize, allowed: usize },
    #[error("input.csv.{key} must be {allowed}")]
    Setting { key: &'static str, allowed: String },
    #[error("{file}: {what} was not as expected after it had been checked")]
    Internal { file: String, what: &'static str },
    #[error(transparent)]
    Sql(#[from] super::sql::SqlError),
}

impl Fault for LoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "E-IN-001",
            Self::HeaderOnly { .. } => "E-IN-002",
            Self::Unreadable { .. } => "E-IN-003",
            Self::Address { .. } => "E-IN-004",
            Self::Ragged { .. } => "E-IN-010",
            Self::EndsInQuotes { .. } | Self::EndsInLine { .. } => "E-IN-011",
            Self::BlankLine { .. } => "E-IN-012",
            Self::StrayQuote { .. } => "E-IN-013",
            Self::OneColumn { .. } => "E-IN-014",
            Self::DuplicateHeader { .. } => "E-IN-015",
            Self::EmptyHeader { .. } | Self::NoColumn { .. } => "E-IN-016",
            Self::NoHeader { .. } => "E-IN-017",
            Self::HeaderAgain { .. } => "E-IN-018",
            Self::TooManyBadRows { .. } => "E-IN-019",
            Self::Utf16 { .. } => "E-IN-020",
            Self::NotUtf8 { .. } => "E-IN-021",
            Self::Nul { .. } => "E-IN-022",
            Self::Changed { .. } => "E-IN-030",
            Self::AmbiguousDecimals { .. } => "E-IN-031",
            Self::Spelled { spelling, .. } => match spelling {
                Spelling::Negative => "E-IN-032",
                Spelling::Currency => "E-IN-033",
                Spelling::Programming => "E-IN-034",
                Spelling::Percent => "E-IN-036",
            },
            Self::NotNumber { .. } => "E-IN-034",
            Self::Infinite { .. } => "E-IN-035",
            Self::ImpossibleDay { .. } => "E-IN-040",
            Self::AmbiguousDays { .. } | Self::MixedDays { .. } => "E-IN-041",
            Self::NotDay { .. } => "E-IN-042",
            Self::BrokenParquet { .. } => "E-IN-060",
            Self::SomethingElse { .. } => "E-IN-061",
            Self::UnsupportedType { .. } => "E-IN-062",
            Self::TruncatedArchive { .. } => "E-IN-063",
            Self::Bomb { .. } => "E-LIM-002",
            Self::TooBig { .. } => "E-LIM-003",
            Self::TooLong { .. } => "E-LIM-004",
            Self::Setting { .. } => "E-CFG-031",
            Self::Internal { .. } => "E-INT-010",
            Self::Sql(error) => error.code(),
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Bomb { .. } | Self::TooBig { .. } | Self::TooLong { .. } => Class::Limit,
            Self::Setting { .. } => Class::Config,
            Self::Internal { .. } => Class::Internal,
            Self::Sql(error) => error.class(),
            _ => Class::Input,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Empty { .. } | Self::HeaderOnly { .. } => "export the table again",
            Self::Unreadable { .. } => "check the path and its permissions",
            Self::Address { .. } => "download the file first and give its path",
            Self::Ragged { .. } => {
                "correct the row, quote fields that hold the delimiter, or set max-bad-rows to \
                 leave out such rows"
            }
            Self::EndsInQuotes { .. } => {
                "transfer the file again, or correct the quote; quote = \"\" under [input.csv] \
                 reads quotes as text"
            }
            Self::EndsInLine { .. } | Self::TruncatedArchive { .. } | Self::Changed { .. } => {
                "transfer the file again when it is complete"
            }
            Self::BlankLine { .. } => "remove the line, or set max-bad-rows to leave it out",
            Self::StrayQuote { .. } => {
                "write the quote twice inside a quoted field, or set quote = \"\" under [input.csv]"
            }
            Self::OneColumn { .. } => "set delimiter under [input.csv]",
            Self::DuplicateHeader { .. } | Self::EmptyHeader { .. } => "name every column once",
            Self::NoColumn { nearest, .. } => {
                return nearest.as_ref().map(|name| format!("did you mean {name}"));
            }
            Self::NoHeader { .. } => {
                "set header = false under [input.csv] (or --set input.csv.header=false) to call \
                 the columns column_1, column_2 and so on; header = true takes the line as names"
            }
            Self::HeaderAgain { .. } => "remove the repeated header; were two files joined",
            Self::TooManyBadRows { .. } => "correct the rows, or raise max-bad-rows",
            Self::Utf16 { .. } => "save it as UTF-8, for example: iconv -f UTF-16 -t UTF-8",
            Self::NotUtf8 { .. } => {
                "save it as UTF-8, or set encoding = \"latin1\" or \"windows-1252\" under \
                 [input.csv]"
            }
            Self::Nul { .. } => "export the table again as text",
            Self::AmbiguousDecimals { .. } => "set decimal = \".\" or \",\" under [input.csv]",
            Self::Spelled { .. } => {
                "write plain numbers, or declare the column a category or ignore it under \
                 [features]"
            }
            Self::NotNumber { .. } | Self::NotDay { .. } => {
                "if the text means missing add it to null-values under [input.csv]; else declare \
                 the column a category under [features.types]"
            }
            Self::Infinite { .. } => "leave the value empty, or add it to null-values",
            Self::ImpossibleDay { .. } => {
                "correct it, or add a placeholder to null-values under [input.csv]"
            }
            Self::AmbiguousDays { .. } => "set date-format under [input.csv]",
            Self::MixedDays { .. } => {
                "write all days of a column in one way, best as yyyy-mm-dd, or list the column \
                 under ignore in [features]"
            }
            Self::BrokenParquet { .. } => "write or transfer the file again",
            Self::SomethingElse { .. } => "save the table as CSV (UTF-8) or Parquet",
            Self::UnsupportedType { .. } => "leave the column out, or store numbers, text or days",
            Self::Bomb { .. } | Self::TooBig { .. } => "split the table, or unpack it first",
            Self::TooLong { .. } => "look for a quote that is never closed near that line",
            Self::Setting { .. } => return None,
            Self::Internal { .. } => "please report this",
            Self::Sql(error) => return error.hint(),
        };
        Some(hint.to_owned())
    }
}
