//! What can go wrong between a table and its features.

use crate::fault::{Class, Fault};
use crate::orders::OrderError;
use crate::table::TableError;

/// Why features cannot be made of a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeatureError {
    /// The config names a column that the table does not have.
    #[error("{key} names the column {column}, but the table has no such column")]
    NoSuchColumn {
        /// The key of the config, such as `input.id`.
        key: String,
        /// The name.
        column: String,
        /// The name it may have meant.
        meant: Option<String>,
    },
    /// One column is given two parts.
    #[error("column {column} is named as {first} and as {second}")]
    TwoParts {
        /// The name.
        column: String,
        /// The first key.
        first: String,
        /// The second key.
        second: String,
    },
    /// A column cannot be what the config says it is.
    #[error("column {column} is declared as {declared}, but {why}")]
    WrongType {
        /// The name.
        column: String,
        /// The declared type.
        declared: &'static str,
        /// Why not.
        why: String,
    },
    /// A sensitive column is to be used, but nobody says why.
    #[error("features.allow-sensitive names the column {column} without a reason")]
    NoReason {
        /// The name.
        column: String,
    },
    /// Purchase lines in several currencies.
    #[error(
        "the purchase lines are in {found} currencies, as the column {column} says, and are never added up"
    )]
    SeveralCurrencies {
        /// The column.
        column: String,
        /// How many.
        found: usize,
    },
    /// Nothing is left to work with.
    #[error("none of the {columns} columns can be used as a feature")]
    NoFeatures {
        /// How many columns the table has.
        columns: usize,
    },
    /// A new table writes a column in another way.
    #[error("column {column} holds {found} but the model reads it as {expected}")]
    Changed {
        /// The name.
        column: String,
        /// What is found.
        found: &'static str,
        /// What the model expects.
        expected: &'static str,
    },
    /// A column was not read, or with another type than asked.
    #[error("column {column} was not read as {expected}")]
    Frame {
        /// The name.
        column: String,
        /// The type that was asked for.
        expected: &'static str,
    },
    /// Two rows share an id.
    #[error(
        "the id column {column} names {repeated} rows twice: data rows {first} and {second} are the first pair"
    )]
    DuplicateIds {
        /// The id column.
        column: String,
        /// How many rows repeat an earlier id.
        repeated: usize,
        /// The earlier row of the first pair, counted from 1 without the header.
        first: usize,
        /// The later row.
        second: usize,
    },
    /// Rows without an id.
    #[error("{rows} rows have no value in the id column {column}: the first is data row {first}")]
    EmptyIds {
        /// The id column.
        column: String,
        /// How many rows.
        rows: usize,
        /// The first of them, counted from 1 without the header.
        first: usize,
    },
    /// An id column called like a column of the output.
    #[error("the id column is called {column}, which is the name of a column of the output")]
    IdName {
        /// The name.
        column: String,
    },
    /// A label with more than two values.
    #[error("the label column {column} has {found} different values, but an outcome has 2")]
    ThirdValue {
        /// The label column.
        column: String,
        /// How many it has.
        found: usize,
    },
    /// A label of which nobody knows which value means yes.
    #[error("which value of the label column {column} means yes is not known")]
    WhichIsYes {
        /// The label column.
        column: String,
    },
    /// The configured positive value does not occur.
    #[error("the configured positive value does not occur in the label column {column}")]
    PositiveAbsent {
        /// The label column.
        column: String,
    },
    /// A label without two values.
    #[error("the label column {column} has {found} different values, but an outcome has 2")]
    OneValue {
        /// The label column.
        column: String,
        /// How many it has.
        found: usize,
    },
    /// No column of order lines can be what every order line has.
    #[error("no column can be the {what} of an order")]
    NoSuchPart {
        /// The part, such as `customer` or `day`.
        what: &'static str,
        /// The key of the config that names it.
        key: &'static str,
    },
    /// Two columns of order lines could be the same part.
    #[error("both {first} and {second} could be the {what} of an order")]
    WhichColumn {
        /// The part.
        what: &'static str,
        /// The key of the config that names it.
        key: &'static str,
        /// The first column.
        first: String,
        /// The second column.
        second: String,
    },
    /// A column of order lines cannot be what the config says it is.
    #[error(
        "column {column} is named as the {what} of an order, but not all of its values are {expected}"
    )]
    PartType {
        /// The name.
        column: String,
        /// The part.
        what: &'static str,
        /// The key of the config that names it.
        key: &'static str,
        /// What its values should be.
        expected: &'static str,
    },
    /// The order lines cannot be summed up.
    #[error(transparent)]
    Orders(#[from] OrderError),
    /// The table that was built contradicts itself.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl Fault for FeatureError {
    fn code(&self) -> &'static str {
        match self {
            Self::DuplicateIds { .. } => "E-IN-050",
            Self::EmptyIds { .. } => "E-IN-051",
            Self::ThirdValue { .. } => "E-IN-052",
            Self::WhichIsYes { .. } => "E-IN-053",
            Self::PositiveAbsent { .. } => "E-IN-054",
            Self::OneValue { .. } => "E-IN-055",
            Self::NoSuchColumn { .. } => "E-IN-016",
            Self::IdName { .. } => "E-IN-056",
            Self::TwoParts { .. } => "E-ROLE-002",
            Self::WrongType { .. } => "E-ROLE-003",
            Self::NoFeatures { .. } => "E-ROLE-004",
            Self::Changed { .. } => "E-ROLE-005",
            Self::Frame { .. } => "E-ROLE-006",
            Self::NoSuchPart { .. } => "E-ROLE-010",
            Self::WhichColumn { .. } => "E-ROLE-011",
            Self::PartType { .. } => "E-ROLE-012",
            Self::Orders(error) => error.code(),
            Self::NoReason { .. } => "E-ROLE-007",
            Self::SeveralCurrencies { .. } => "E-DQ-030",
            Self::Table(error) => error.code(),
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::TwoParts { .. }
            | Self::WrongType { .. }
            | Self::PartType { .. }
            | Self::NoReason { .. }
            | Self::PositiveAbsent { .. } => Class::Config,
            Self::Orders(error) => error.class(),
            Self::Frame { .. } => Class::Internal,
            Self::Table(error) => error.class(),
            _ => Class::Input,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoSuchColumn { meant: Some(meant), .. } => format!("did you mean {meant}"),
            Self::NoSuchColumn { .. } => {
                "column names are compared letter by letter, upper and lower case too".to_owned()
            }
            Self::TwoParts { .. } => "name the column once".to_owned(),
            Self::WrongType { column, .. } => {
                format!("change or remove features.types.{column}")
            }
            Self::NoFeatures { .. } => {
                "a feature is a number, a flag, a category or a date that differs between customers"
                    .to_owned()
            }
            Self::SeveralCurrencies { .. } => {
                "convert the money to one currency, or give the lines of one currency only"
                    .to_owned()
            }
            Self::NoReason { .. } => {
                "write why the trait may be used; the reason stands in the run's config".to_owned()
            }
            Self::Changed { column, .. } => {
                format!("correct the values of {column}, or remove the column to have it treated as missing")
            }
            Self::DuplicateIds { column, .. } => format!(
                "give one row per customer, or name another id column with input.id, or put {column} into features.ignore to count rows instead"
            ),
            Self::IdName { column } => {
                format!("rename {column} in the table, such as to customer_id")
            }
            Self::EmptyIds { .. } => {
                "fill the ids or remove the rows; without an id a row cannot be traced".to_owned()
            }
            Self::ThirdValue { .. } => {
                "leave the outcome empty where it is not known yet, remove the rows with another value, or name another column with churn.label".to_owned()
            }
            Self::WhichIsYes { .. } => "say which value means yes with churn.positive".to_owned(),
            Self::PositiveAbsent { .. } => {
                "write churn.positive exactly as the column does".to_owned()
            }
            Self::OneValue { .. } => {
                "name another column with churn.label, or remove the setting".to_owned()
            }
            Self::NoSuchPart { key, .. } | Self::WhichColumn { key, .. } => {
                format!("name the column with {key}")
            }
            Self::PartType { key, .. } => format!("name another column with {key}"),
            Self::Orders(error) => return error.hint(),
            Self::Frame { .. } => return None,
            Self::Table(error) => return error.hint(),
        };
        Some(hint)
    }
}
