//! What can go wrong between order lines and customers.

use crate::fault::{Class, Fault};

use super::history::HistoryError;

/// Why order lines cannot be summed up by customer.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderError {
    /// A number that cannot be kept exactly.
    #[error("the {what} of some lines is too large to be summed exactly at {decimals} decimals")]
    TooLarge {
        /// `money` or `quantity`.
        what: &'static str,
        /// The decimals that are kept.
        decimals: u8,
    },
    /// No line has a day.
    #[error("none of the {lines} lines has a day between 1900-01-01 and 2079-06-06")]
    NoDays {
        /// How many lines there are.
        lines: u64,
    },
    /// No customer is left.
    #[error("none of the {lines} lines is a purchase of a customer on or before the as-of day")]
    NoPurchases {
        /// How many lines there are.
        lines: u64,
    },
    /// More different values than can be levels.
    #[error("the column of the {what} has more than {most} different values")]
    TooManyLevels {
        /// `product`, `category`, `channel` or `customer`.
        what: &'static str,
        /// The most that there may be.
        most: usize,
    },
    /// The columns of a batch do not fit together or the rules.
    #[error("a batch of lines lacks the {what} of some of its lines")]
    Batch {
        /// What is lacking.
        what: &'static str,
    },
    /// What a model keeps of orders is nothing that a run can have learnt.
    #[error("the {part} that the model keeps of orders cannot be used")]
    Stored {
        /// Which part.
        part: &'static str,
    },
    /// The histories contradict themselves.
    #[error(transparent)]
    History(#[from] HistoryError),
}

impl Fault for OrderError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "E-IN-037",
            Self::NoDays { .. } => "E-ORD-002",
            Self::NoPurchases { .. } => "E-ORD-003",
            Self::TooManyLevels { .. } => "E-ORD-004",
            Self::Batch { .. } => "E-ORD-005",
            Self::Stored { .. } => "E-MDL-070",
            Self::History(error) => error.code(),
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::TooLarge { .. } | Self::NoDays { .. } | Self::NoPurchases { .. } => Class::Input,
            Self::TooManyLevels { .. } => Class::Limit,
            Self::Batch { .. } => Class::Internal,
            Self::Stored { .. } => Class::Model,
            Self::History(error) => error.class(),
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::TooLarge { .. } => {
                "correct the largest values, or name another column in features.transactions"
            }
            Self::NoDays { .. } => "name the day of the order with features.transactions.date",
            Self::NoPurchases { .. } => {
                "look at input.as-of, at the column of the customer and at features.transactions.cancel-prefix"
            }
            Self::TooManyLevels { what, .. } if *what != "customer" => {
                "name another column in features.transactions, or an empty text for none"
            }
            Self::Stored { .. } => "write the model again with kohort run",
            Self::TooManyLevels { .. } | Self::Batch { .. } | Self::History(_) => return None,
        };
        Some(hint.to_owned())
    }
}
