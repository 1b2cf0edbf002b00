//! Why the churn stage fails.

use crate::fault::{Class, Fault};
use crate::normalise::NormaliseError;

/// Why no churn model can be made or used. Too little data is no error: see
/// [`super::Fitted::NotComputed`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChurnError {
    /// A share in the config lies outside its range.
    #[error("churn.{key} is {value} but must be {range}")]
    Share {
        /// The key of the `[churn]` table.
        key: &'static str,
        /// What was given.
        value: f64,
        /// What is allowed, in words.
        range: &'static str,
    },
    /// An amount of money in the config cannot be.
    #[error("churn.{key} is {value} but must be a finite number, 0 or more")]
    Money {
        /// The key of the `[churn]` table.
        key: &'static str,
        /// What was given.
        value: f64,
    },
    /// Too few events to learn from were allowed.
    #[error("churn.min-events is {given} but must be at least {least}")]
    MinEvents {
        /// What was given.
        given: usize,
        /// The least that is allowed.
        least: usize,
    },
    /// Everybody would be inactive.
    #[error("churn.inactive-days is 0 but must be at least 1")]
    InactiveDays,
    /// A column is both vouched for and dropped.
    #[error("column {column} is in churn.accept and in churn.drop")]
    AcceptedAndDropped {
        /// The column.
        column: String,
    },
    /// A column is asked to rise and to fall.
    #[error("column {column} is in churn.increasing and in churn.decreasing")]
    BothOrders {
        /// The column.
        column: String,
    },
    /// Only boosting keeps an order.
    #[error("churn.model is logistic, which cannot keep the order asked of column {column}")]
    OrderOfLogistic {
        /// The column.
        column: String,
    },
    /// The columns could not be prepared.
    #[error(transparent)]
    Normalise(#[from] NormaliseError),
    /// A stored model does not fit together.
    #[error("the churn model has {coefficients} coefficients for {columns} columns")]
    Shape {
        /// How many coefficients.
        coefficients: usize,
        /// How many columns the preparation makes.
        columns: usize,
    },
    /// A stored model holds a number that cannot be.
    #[error("the churn model's {what} is not usable")]
    Number {
        /// Which number.
        what: &'static str,
    },
    /// The prepared matrix is not laid out as promised.
    #[error("the prepared matrix has {rows} rows for {expected} customers")]
    Rows {
        /// How many rows it has.
        rows: usize,
        /// How many it needs.
        expected: usize,
    },
}

impl Fault for ChurnError {
    fn code(&self) -> &'static str {
        match self {
            Self::Share { .. } => "E-CHU-001",
            Self::Money { .. } => "E-CHU-008",
            Self::BothOrders { .. } => "E-CHU-009",
            Self::OrderOfLogistic { .. } => "E-CHU-010",
            Self::MinEvents { .. } => "E-CHU-002",
            Self::AcceptedAndDropped { .. } => "E-CHU-003",
            Self::InactiveDays => "E-CHU-007",
            Self::Normalise(error) => error.code(),
            Self::Shape { .. } => "E-CHU-004",
            Self::Number { .. } => "E-CHU-005",
            Self::Rows { .. } => "E-CHU-006",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Share { .. }
            | Self::Money { .. }
            | Self::MinEvents { .. }
            | Self::InactiveDays
            | Self::BothOrders { .. }
            | Self::OrderOfLogistic { .. }
            | Self::AcceptedAndDropped { .. } => Class::Config,
            Self::Normalise(error) => error.class(),
            Self::Shape { .. } | Self::Number { .. } => Class::Model,
            Self::Rows { .. } => Class::Internal,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::AcceptedAndDropped { .. } => {
                Some("keep the column in one of the two lists".to_owned())
            }
            Self::BothOrders { .. } => Some("keep the column in one of the two lists".to_owned()),
            Self::OrderOfLogistic { .. } => {
                Some("set churn.model to boosting, or to auto, which then takes it".to_owned())
            }
            Self::Normalise(error) => error.hint(),
            _ => None,
        }
    }
}
