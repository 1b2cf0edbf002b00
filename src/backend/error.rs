//! Why an engine does not answer.

use crate::expression::EvaluateError;
use crate::fault::{Class, Fault};
#[cfg(feature = "frames")]
use crate::load::{LoadError, PiecesError};

/// Why an engine does not answer. A message holds no cell's value.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum BackendError {
    /// There is no such table.
    #[error("{table} is not there")]
    NoTable {
        /// The table.
        table: String,
    },
    /// The table may not be read.
    #[error("{table} may not be read: {why}")]
    Forbidden {
        /// The table.
        table: String,
        /// The engine's or the system's words.
        why: String,
    },
    /// The reader's own error, of files that are read here.
    #[cfg(feature = "frames")]
    #[error(transparent)]
    Load(LoadError),
    /// It has no rows.
    #[error("{table} has no rows")]
    NoRows {
        /// The table.
        table: String,
    },
    /// A column is not there.
    #[error("{table} has no column {column}")]
    NoColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A column holds something else than what it is used as.
    #[error("column {column} of {table} holds {found}, but is used as {used}")]
    Kind {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What it holds.
        found: &'static str,
        /// What it is used as.
        used: &'static str,
    },
    /// A column holds something else in one part of the table than in the first.
    #[error("column {column} of {table} holds something else in {part} than in the first part")]
    Changing {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The part.
        part: String,
    },
    /// Some rows have no id.
    #[error("{rows} rows of {table} have no {column}")]
    NoId {
        /// The table.
        table: String,
        /// The id column.
        column: String,
        /// How many.
        rows: u64,
    },
    /// The table is not what it was when it was opened.
    #[error("{table} has changed since it was opened")]
    Changed {
        /// The table.
        table: String,
    },
    /// A value is larger than what the statistics said.
    #[error("{rows} rows hold a value beyond the bound that the sums were made for")]
    Beyond {
        /// How many rows.
        rows: i64,
    },
    /// A sum of whole numbers does not fit into 64 bits.
    #[error("a sum does not fit into 64 bits")]
    Overflow,
    /// The values of a column are so large that sums leave too few bits for the usual ones.
    #[error(
        "{column} reaches {largest} times its usual size, which leaves {bits} bits after the point, fewer than {fewest}"
    )]
    TooWide {
        /// The prepared column.
        column: String,
        /// The largest value, in spreads.
        largest: String,
        /// The bits that are left.
        bits: i32,
        /// The fewest that do.
        fewest: i32,
    },
    /// No bound is known.
    #[error("{what} has no bound")]
    Unbounded {
        /// What.
        what: &'static str,
    },
    /// More rows than sums in 64 bits are made for.
    #[error("{rows} rows are more than sums in 64 bits are made for")]
    TooManyRows {
        /// How many.
        rows: u64,
    },
    /// More groups than were told.
    #[error("there are more than {most} groups")]
    TooManyGroups {
        /// The most.
        most: usize,
    },
    /// An expression that engines compute differently, or not at all.
    #[error("{what} is not computed alike by every engine")]
    Inexact {
        /// What.
        what: &'static str,
    },
    /// A question that is too large for the engine to take as one statement.
    #[error("{what}: {found} are asked for, but at most {most} are answered in one pass")]
    TooLarge {
        /// What.
        what: &'static str,
        /// How many.
        found: usize,
        /// The most.
        most: usize,
    },
    /// The sink holds what no run of this program wrote, or another run.
    #[error("{place} holds something else already")]
    SinkTaken {
        /// The place.
        place: String,
    },
    /// The sink may not be written.
    #[error("{place} cannot be written: {why}")]
    SinkForbidden {
        /// The place.
        place: String,
        /// The engine's or the system's words.
        why: String,
    },
    /// Another number of rows was written than counted.
    #[error("{written} rows were written, but {counted} were counted")]
    Counted {
        /// Rows written.
        written: u64,
        /// Rows counted by the last pass.
        counted: u64,
    },
    /// The pass was called off.
    #[error("the pass was called off")]
    Cancelled,
    /// The engine cannot be reached.
    #[error("{engine} cannot be reached: {why}")]
    Unreachable {
        /// The engine and its address.
        engine: String,
        /// The reason.
        why: String,
    },
    /// The connection broke; what was asked may be asked again.
    #[error("the connection to {engine} broke: {why}")]
    Broken {
        /// The engine.
        engine: String,
        /// The reason.
        why: String,
    },
    /// The engine does not let the user in.
    #[error("{engine} does not let this user in")]
    Login {
        /// The engine and its address.
        engine: String,
    },
    /// The engine took too long and was told to stop.
    #[error("{engine} did not finish {what} within {seconds} seconds and was told to stop")]
    Late {
        /// The engine and its address.
        engine: String,
        /// What it worked on.
        what: &'static str,
        /// The time it had.
        seconds: u64,
    },
    /// The engine failed.
    #[error("{engine} failed: {why}")]
    Engine {
        /// The engine.
        engine: String,
        /// Its error class and message, without a value.
        why: String,
    },
    /// A fault of the program itself.
    #[error("{what} is not as it must be")]
    Internal {
        /// What.
        what: &'static str,
    },
}

impl From<EvaluateError> for BackendError {
    fn from(error: EvaluateError) -> Self {
        match error {
            EvaluateError::NoColumn { column } => {
                Self::NoColumn { table: "a layer".into(), column }
            }
            EvaluateError::Inexact { what } => Self::Inexact { what },
            EvaluateError::Kind { what } => Self::Internal { what },
        }
    }
}

#[cfg(feature = "frames")]
impl From<LoadError> for BackendError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Changed { file } => Self::Changed { table: file },
            LoadError::HeaderOnly { file } => Self::NoRows { table: file },
            LoadError::NoColumn { file, column, .. } => Self::NoColumn { table: file, column },
            error => Self::Load(error),
        }
    }
}

#[cfg(feature = "frames")]
impl From<PiecesError> for BackendError {
    fn from(error: PiecesError) -> Self {
        match error {
            PiecesError::Load(error) => error.into(),
            PiecesError::Differs { column, file } => {
                Self::Changing { table: "the table".into(), column, part: file }
            }
        }
    }
}

impl Fault for BackendError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoTable { .. } => "E-ENG-001",
            Self::Forbidden { .. } => "E-ENG-002",
            #[cfg(feature = "frames")]
            Self::Load(error) => error.code(),
            Self::NoRows { .. } => "E-ENG-004",
            Self::NoColumn { .. } => "E-ENG-005",
            Self::Kind { .. } => "E-ENG-006",
            Self::Changing { .. } => "E-ENG-007",
            Self::NoId { .. } => "E-ENG-008",
            Self::Changed { .. } => "E-ENG-009",
            Self::Beyond { .. } => "E-ENG-010",
            Self::Overflow => "E-ENG-011",
            Self::Unbounded { .. } => "E-ENG-012",
            Self::TooManyRows { .. } => "E-ENG-013",
            Self::TooManyGroups { .. } => "E-ENG-014",
            Self::Inexact { .. } => "E-ENG-015",
            Self::TooLarge { .. } => "E-ENG-016",
            Self::TooWide { .. } => "E-ENG-017",
            Self::SinkTaken { .. } => "E-ENG-020",
            Self::SinkForbidden { .. } => "E-ENG-021",
            Self::Counted { .. } => "E-ENG-022",
            Self::Cancelled => "E-ENG-030",
            Self::Unreachable { .. } => "E-ENG-031",
            Self::Broken { .. } => "E-ENG-032",
            Self::Engine { .. } => "E-ENG-033",
            Self::Login { .. } => "E-ENG-034",
            Self::Late { .. } => "E-ENG-035",
            Self::Internal { .. } => "E-ENG-090",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Inexact { .. } | Self::TooLarge { .. } => Class::Config,
            Self::TooManyRows { .. }
            | Self::TooManyGroups { .. }
            | Self::Cancelled
            | Self::Unreachable { .. }
            | Self::Broken { .. }
            | Self::Late { .. }
            | Self::Engine { .. } => Class::Limit,
            Self::SinkTaken { .. } | Self::SinkForbidden { .. } | Self::Counted { .. } => {
                Class::Output
            }
            #[cfg(feature = "frames")]
            Self::Load(error) => error.class(),
            Self::Internal { .. } => Class::Internal,
            _ => Class::Input,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            #[cfg(feature = "frames")]
            Self::Load(error) => return error.hint(),
            Self::NoTable { .. } => "give a path or a table as the engine itself sees it",
            Self::Forbidden { .. } => "ask for the right to read it",
            Self::NoColumn { .. } => "name the column as it is spelt in the table",
            Self::Kind { .. } => {
                "store the column as what it is, or set its type in features.types"
            }
            Self::Changing { .. } => "store the column as one type in every part of the table",
            Self::TooWide { .. } => {
                "set normalise.clip above 0, or take the logarithm of the column"
            }
            Self::NoId { .. } => "leave out the rows without an id, or name another id column",
            Self::Changed { .. } | Self::Beyond { .. } | Self::Counted { .. } => {
                "run on a table that nobody writes, such as a snapshot of it"
            }
            Self::TooLarge { .. } => "ask for fewer segments, or leave columns out",
            Self::SinkTaken { .. } => "give another place, or remove what is there",
            Self::SinkForbidden { .. } => "give a place that may be written",
            Self::Unreachable { .. } => "check engine.url and whether the server is up",
            Self::Login { .. } => "check the token and what its user may do",
            Self::Late { .. } => "give it more time or more workers",
            Self::Broken { .. } => "run again: passes that were finished are not repeated",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}
