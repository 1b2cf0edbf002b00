//! Why a feature table cannot be prepared.

use crate::fault::{Class, Fault};
use crate::matrix::MatrixError;

/// Why columns cannot become numbers, or a stored preparation cannot be used.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum NormaliseError {
    /// `clip` is not a share that leaves a middle.
    #[error("normalise.clip is {found} but must be from 0 to 0.25")]
    Clip {
        /// The value given.
        found: f64,
    },
    /// A weight is not a positive number.
    #[error("the weight of column {column} is {found} but must be above 0 and at most 1000000")]
    Weight {
        /// The column's name.
        column: String,
        /// The value given.
        found: f64,
    },
    /// `cluster-on` names neither a family nor a column.
    #[error(
        "features.cluster-on names {name}, which is neither a kind nor one of the {columns} columns"
    )]
    UnknownBase {
        /// The name given.
        name: String,
        /// How many columns there are.
        columns: usize,
    },
    /// No column is left for the base.
    #[error("none of the {columns} columns can make segments ({excluded} are excluded)")]
    NoBase {
        /// How many columns there are.
        columns: usize,
        /// How many of them are excluded.
        excluded: usize,
    },
    /// No rows to learn from.
    #[error("the preparation needs at least 1 customer, found 0")]
    NoRows,
    /// Every column was dropped.
    #[error("no usable column is left of {columns}: each is constant, almost empty or a duplicate")]
    NoColumns {
        /// How many columns were given.
        columns: usize,
    },
    /// Missing values under `impute = "error"`.
    #[error("column {column} has {missing} missing values and impute is \"error\"")]
    Missing {
        /// The column's name.
        column: String,
        /// How many values are missing.
        missing: usize,
    },
    /// Customers with missing values under `impute = "drop-row"`.
    #[error(
        "column {column} has {missing} missing values among the customers to prepare and impute is \"drop-row\""
    )]
    Incomplete {
        /// The column's name.
        column: String,
        /// How many values are missing.
        missing: usize,
    },
    /// The variance overflows.
    #[error("the range of column {column} is too large: its variance is above 1.8e308")]
    TooLarge {
        /// The column's name.
        column: String,
    },
    /// Columns that the preparation needs are not in the table.
    #[error("{} of {needed} needed columns are missing: {}", names.len(), names.join(", "))]
    MissingColumns {
        /// The names of the missing columns.
        names: Vec<String>,
        /// How many columns are needed.
        needed: usize,
    },
    /// A column is of another kind than when the preparation was learnt.
    #[error("column {column} is a {found} but was learnt as a {expected}")]
    WrongKind {
        /// The column's name.
        column: String,
        /// The kind in this table.
        found: &'static str,
        /// The kind it was learnt as.
        expected: &'static str,
    },
    /// A stored preparation contradicts itself.
    #[error("the stored preparation of column {column} is invalid: {what}")]
    Stored {
        /// The column's name.
        column: String,
        /// What is wrong.
        what: &'static str,
    },
    /// The numbers do not make a matrix.
    #[error("the prepared numbers do not make a matrix")]
    Matrix(#[from] MatrixError),
}

impl Fault for NormaliseError {
    fn code(&self) -> &'static str {
        match self {
            Self::Clip { .. } => "E-NRM-001",
            Self::Weight { .. } => "E-NRM-002",
            Self::UnknownBase { .. } => "E-NRM-003",
            Self::NoBase { .. } => "E-NRM-004",
            Self::NoRows => "E-NRM-005",
            Self::NoColumns { .. } => "E-NRM-006",
            Self::MissingColumns { .. } => "E-NRM-007",
            Self::WrongKind { .. } => "E-NRM-008",
            Self::Stored { .. } => "E-NRM-009",
            Self::Missing { .. } => "E-DQ-010",
            Self::Incomplete { .. } => "E-DQ-011",
            Self::TooLarge { .. } => "E-DQ-012",
            Self::Matrix(error) => error.code(),
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Clip { .. } | Self::Weight { .. } | Self::UnknownBase { .. } => Class::Config,
            Self::Stored { .. } => Class::Model,
            _ => Class::Input,
        }
    }

    fn hint(&self) -> Option<String> {
        let text = match self {
            Self::Clip { .. } => "leave normalise.clip out to clip 0.001 at each end",
            Self::Weight { .. } => "to leave a column out, list it in features.ignore",
            Self::UnknownBase { .. } => {
                "name behavioural, psychographic, firmographic, demographic, geographic or a column"
            }
            Self::NoBase { .. } => "list the columns to cluster on in features.cluster-on",
            Self::NoRows => "check that the table has customers and that the filter keeps some",
            Self::NoColumns { .. } => "add a column that differs between customers",
            Self::Missing { .. } => "fill the values in, or set normalise.impute = \"median\"",
            Self::Incomplete { .. } => {
                "set normalise.impute = \"median\", or leave out customers with missing values"
            }
            Self::TooLarge { .. } => "look for a wrong unit or a placeholder such as 1e308",
            Self::MissingColumns { .. } => "the columns are found by name: rename or add them",
            Self::WrongKind { .. } => "fix the type in features.types, or fit again",
            Self::Stored { .. } => "fit again: the model file was changed or damaged",
            Self::Matrix(error) => return error.hint(),
        };
        Some(text.to_owned())
    }
}
