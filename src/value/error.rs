//! Why there is no value.

use super::params::LONGEST_HORIZON;
use crate::day::Day;
use crate::fault::{Class, Fault};

/// Why nothing is forecast. The words are one sentence, lower case, no final stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoForecast {
    /// The horizon after the cut-off is not over, so nobody knows what happened in it.
    #[error(
        "the {horizon} days after the cut-off {cut_off} are not over on {as_of}, so their outcome is not known"
    )]
    NotObserved {
        /// Days in the horizon.
        horizon: u32,
        /// The cut-off.
        cut_off: Day,
        /// The last day of the orders.
        as_of: Day,
    },
    /// There is too little, or nothing could be fitted.
    #[error("{0}")]
    TooLittle(String),
}

impl From<String> for NoForecast {
    fn from(reason: String) -> Self {
        Self::TooLittle(reason)
    }
}

/// Why there is no value.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum ValueError {
    /// The margin is not a positive number.
    #[error("value.margin is {margin} but must be above 0")]
    Margin {
        /// The margin.
        margin: f64,
    },
    /// The horizon is out of range.
    #[error("value.horizon-days is {days} but must be 1 to {LONGEST_HORIZON}")]
    Horizon {
        /// The horizon.
        days: u32,
    },
    /// A margin or a period without a column.
    #[error("value.margin names column {column} but value.column is empty")]
    MarginAlone {
        /// The margin's column.
        column: String,
    },
    /// A column is not in the table, or is not used.
    #[error("column {column} of [value] is not among the {n_columns} usable columns")]
    NoColumn {
        /// The column's name.
        column: String,
        /// How many usable columns there are.
        n_columns: usize,
    },
    /// A column does not hold numbers.
    #[error("column {column} of [value] holds no numbers")]
    NotNumeric {
        /// The column's name.
        column: String,
    },
}

impl Fault for ValueError {
    fn code(&self) -> &'static str {
        match self {
            Self::Margin { .. } => "E-VAL-001",
            Self::Horizon { .. } => "E-VAL-002",
            Self::MarginAlone { .. } => "E-VAL-003",
            Self::NoColumn { .. } => "E-VAL-010",
            Self::NotNumeric { .. } => "E-VAL-011",
        }
    }

    fn class(&self) -> Class {
        Class::Config
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Margin { .. } => {
                "give the share of an amount that is profit, such as 0.3".to_owned()
            }
            Self::Horizon { .. } => "give a number of days, or \"auto\"".to_owned(),
            Self::MarginAlone { .. } => "set value.column as well".to_owned(),
            Self::NoColumn { .. } => {
                "check the spelling, and that the column is neither ignored nor an id".to_owned()
            }
            Self::NotNumeric { .. } => "declare it as a number under [features.types]".to_owned(),
        })
    }
}
