//! The feature table: what is known of each customer, in raw units, nothing
//! imputed and nothing one-hot encoded.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::fault::{Class, Fault};

pub use block::{Block, BlockKind, Unit, units};
pub use condition::{Condition, ConditionError};
pub use values::Values;

mod block;
mod condition;
mod values;

/// The code of a missing category.
pub const MISSING_LEVEL: u32 = u32::MAX;
/// The code of a missing flag; 0 is no and 1 is yes.
pub const MISSING_FLAG: u8 = 2;
/// The level that pools the rare levels of a category.
pub const OTHER: &str = "(other)";

/// What a column is, guessed from its name and values or declared.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Names the customer.
    Id,
    /// The known outcome, such as having left.
    Label,
    /// A quantity.
    Number,
    /// Two values, yes and no.
    Flag,
    /// Named levels.
    Category,
    /// A calendar day; used as days before the reference day.
    Date,
    /// One value in every row; not used.
    Constant,
    /// Different in almost every row, such as a surname or a row counter; not used.
    Identifier,
    /// Free text; not used.
    Text,
}

impl Role {
    /// The word used in files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Label => "label",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Category => "category",
            Self::Date => "date",
            Self::Constant => "constant",
            Self::Identifier => "identifier",
            Self::Text => "text",
        }
    }
}

/// The kind of segmentation a column speaks for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// What customers do and buy.
    Behavioural,
    /// Who they are: age, sex, income, education, household.
    Demographic,
    /// Where they are.
    Geographic,
    /// What they think and want: survey items, attitudes.
    Psychographic,
    /// For companies: industry, employees, revenue.
    Firmographic,
}

impl Family {
    /// All families in the order in which they are preferred as the base of segments.
    pub const ALL: [Self; 5] = [
        Self::Behavioural,
        Self::Psychographic,
        Self::Firmographic,
        Self::Demographic,
        Self::Geographic,
    ];

    /// The name used in the config and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Behavioural => "behavioural",
            Self::Demographic => "demographic",
            Self::Geographic => "geographic",
            Self::Psychographic => "psychographic",
            Self::Firmographic => "firmographic",
        }
    }
}

/// One usable column of the feature table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The name in the input.
    pub name: String,
    /// Number, flag, category or date.
    pub role: Role,
    /// The kind of segmentation it speaks for.
    pub family: Family,
    /// The unit where it is known, such as `days`.
    pub unit: Option<String>,
    /// How many decimals the input writes; used when values are shown.
    pub decimals: u8,
    /// The block it belongs to; `None` where it stands for itself.
    pub block: Option<Block>,
    /// One value per customer.
    pub values: Values,
}

/// The known outcome of each customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The name of the label column.
    pub name: String,
    /// The spelling that means yes (left).
    pub positive: String,
    /// The spelling that means no.
    pub negative: String,
    /// Whether the outcome means leaving; another outcome is called by its own name.
    pub is_churn: bool,
    /// `None` for an open customer, whose outcome is not known yet.
    pub values: Vec<Option<bool>>,
}

/// The id of a customer. Most ids have at most 24 bytes, and then hold no memory besides: a
/// million of them are 24 MB instead of 55.
pub type Id = compact_str::CompactString;

/// The ids of the customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// The name of the id column, or `row` where there is none.
    pub name: String,
    /// One id per customer, as given.
    pub values: Vec<Id>,
    /// Whether the ids are row numbers, because the table has no id.
    pub from_rows: bool,
}

/// Why a feature table cannot be made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableError {
    /// A column does not have one value per customer.
    #[error("column {column} has {found} values but there are {expected} customers")]
    Length {
        /// The column's name.
        column: String,
        /// How many values it has.
        found: usize,
        /// How many it needs.
        expected: usize,
    },
    /// A number is infinite.
    #[error("column {column} holds an infinite number in row {row}")]
    Infinite {
        /// The column's name.
        column: String,
        /// The row, counted from 0.
        row: usize,
    },
    /// Two columns share a name.
    #[error("two columns are called {column}")]
    DuplicateColumn {
        /// The name.
        column: String,
    },
}

impl Fault for TableError {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "E-TAB-001",
            Self::Infinite { .. } => "E-TAB-002",
            Self::DuplicateColumn { .. } => "E-TAB-003",
        }
    }

    fn class(&self) -> Class {
        Class::Input
    }
}

/// What is known of each customer: shape `(n_customers, n_columns)`, raw units.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureTable {
    ids: Ids,
    columns: Vec<Column>,
    outcome: Option<Outcome>,
}

impl FeatureTable {
    /// Checks that every column has one finite (or missing) value per customer.
    ///
    /// # Errors
    ///
    /// A column of another length, an infinite number, two columns of one name.
    pub fn new(
        ids: Ids,
        columns: Vec<Column>,
        outcome: Option<Outcome>,
    ) -> Result<Self, TableError> {
        let expected = ids.values.len();
        let mut names = std::collections::BTreeSet::new();
        let infinite = |column: &Column| match &column.values {
            // Without a way out in between it is done several at a time.
            Values::Number(values)
                if values.iter().fold(false, |any, value| any | value.is_infinite()) =>
            {
                values.iter().position(|value| value.is_infinite())
            }
            _ => None,
        };
        let infinite: Vec<Option<usize>> = columns.par_iter().map(infinite).collect();
        for (column, infinite) in columns.iter().zip(infinite) {
            if !names.insert(column.name.as_str()) {
                return Err(TableError::DuplicateColumn { column: column.name.clone() });
            }
            let found = column.values.len();
            if found != expected {
                return Err(TableError::Length { column: column.name.clone(), found, expected });
            }
            if let Some(row) = infinite {
                return Err(TableError::Infinite { column: column.name.clone(), row });
            }
        }
        if let Some(outcome) = &outcome
            && outcome.values.len() != expected
        {
            return Err(TableError::Length {
                column: outcome.name.clone(),
                found: outcome.values.len(),
                expected,
            });
        }
        Ok(Self { ids, columns, outcome })
    }

    /// The table of the given customers, in that order.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        let column =
            |column: &Column| Column { values: column.values.take(rows), ..column.clone() };
        Self {
            ids: Ids {
                values: rows.iter().map(|&row| self.ids.values[row].clone()).collect(),
                ..self.ids.clone()
            },
            columns: self.columns.iter().map(column).collect(),
            outcome: self.outcome.as_ref().map(|outcome| Outcome {
                values: rows.iter().map(|&row| outcome.values[row]).collect(),
                ..outcome.clone()
            }),
        }
    }

    /// The table with more columns behind its own, one value per customer each.
    ///
    /// # Errors
    ///
    /// As [`FeatureTable::new`].
    pub fn with(self, more: Vec<Column>) -> Result<Self, TableError> {
        let mut columns = self.columns;
        columns.extend(more);
        Self::new(self.ids, columns, self.outcome)
    }

    /// The table without the columns of these names.
    #[must_use]
    pub fn without(&self, names: &[String]) -> Self {
        Self {
            ids: self.ids.clone(),
            columns: self
                .columns
                .iter()
                .filter(|column| !names.contains(&column.name))
                .cloned()
                .collect(),
            outcome: self.outcome.clone(),
        }
    }

    /// How many customers.
    #[must_use]
    pub fn n_customers(&self) -> usize {
        self.ids.values.len()
    }

    /// The ids.
    #[must_use]
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The columns, in the order of the input.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column called `name` and its position.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<(usize, &Column)> {
        self.columns.iter().enumerate().find(|(_, column)| column.name == name)
    }

    /// The known outcomes, where the table has a label.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }
}
