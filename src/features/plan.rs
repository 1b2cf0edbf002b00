//! The plan: what every column of the input is, and how it is to be read.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::load::{ReadAs, Wanted};
use crate::table::{Block, Column, Family, Role};

use super::error::FeatureError;
use super::names::nearest;
use super::params::Params;

/// What the config says.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The id column, `input.id`.
    pub id: Option<&'a str>,
    /// The label column, `churn.label`.
    pub label: Option<&'a str>,
    /// The value of the label that means yes, `churn.positive`.
    pub positive: Option<&'a str>,
    /// The `[features]` table.
    pub params: &'a Params,
}

/// What every column of the input is.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The id column; `None` where rows are numbered.
    pub id: Option<String>,
    /// The label, where there is one.
    pub label: Option<LabelPlan>,
    /// Every column of the input, in its order; the id and the label too.
    pub columns: Vec<ColumnPlan>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// What one column is.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnPlan {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The kind of segmentation it speaks for; `None` where it is no feature.
    pub family: Option<Family>,
    /// Whether it becomes a feature; never for the id and the label.
    pub used: bool,
    /// Why, in plain words.
    pub why: String,
    /// The unit where the name tells it.
    pub unit: Option<String>,
    /// How many decimals the input writes.
    pub decimals: u8,
    /// Whether the role was guessed and not configured.
    pub guessed: bool,
    /// How many rows have no value.
    pub n_missing: usize,
    /// The block that its name and values put it in; for shares the table decides.
    pub block: Option<Block>,
    /// A flag's spellings as `[no, yes]`; the levels of a category in their declared
    /// order; else empty.
    pub levels: Vec<String>,
}

impl ColumnPlan {
    /// A feature that is made from other tables: nothing of it was guessed.
    #[must_use]
    pub fn made(column: &Column, why: String) -> Self {
        Self {
            name: column.name.clone(),
            role: column.role,
            family: Some(column.family),
            used: true,
            why,
            unit: column.unit.clone(),
            decimals: column.decimals,
            guessed: false,
            n_missing: column.values.n_missing(),
            block: column.block.clone(),
            levels: Vec::new(),
        }
    }

    /// The id of a table that has no other column of its own.
    #[must_use]
    pub fn id(name: &str, why: &str) -> Self {
        Self {
            name: name.to_owned(),
            role: Role::Id,
            family: None,
            used: false,
            why: why.to_owned(),
            unit: None,
            decimals: 0,
            guessed: false,
            n_missing: 0,
            block: None,
            levels: Vec::new(),
        }
    }
}

/// The known outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelPlan {
    /// The column.
    pub column: String,
    /// The spelling that means yes.
    pub positive: String,
    /// The spelling that means no.
    pub negative: String,
    /// Whether it means leaving.
    pub is_churn: bool,
}

impl Plan {
    /// Checks that every column which the config names is in the table.
    ///
    /// # Errors
    ///
    /// The first name that is not, with the key that names it.
    pub fn knows(&self, key: &str, names: &[String]) -> Result<(), FeatureError> {
        let known = || self.columns.iter().map(|column| column.name.as_str());
        match names.iter().find(|name| !known().any(|column| column == name.as_str())) {
            None => Ok(()),
            Some(name) => Err(FeatureError::NoSuchColumn {
                key: key.to_owned(),
                column: name.clone(),
                meant: nearest(name, known()),
            }),
        }
    }

    /// What must be read: the id and the label and every feature, each in its type.
    #[must_use]
    pub fn wanted(&self) -> Vec<Wanted> {
        let read_as = |column: &ColumnPlan| match column.role {
            Role::Number => Some(ReadAs::Number),
            Role::Date => Some(ReadAs::Day),
            Role::Flag => Some(read_pair(&column.levels)),
            Role::Category => Some(ReadAs::Text),
            Role::Id => Some(ReadAs::Id),
            Role::Label => self
                .label
                .as_ref()
                .map(|label| read_pair(&[label.negative.clone(), label.positive.clone()])),
            Role::Constant | Role::Identifier | Role::Text => None,
        };
        self.columns
            .iter()
            .filter(|column| column.used || matches!(column.role, Role::Id | Role::Label))
            .filter_map(|column| {
                read_as(column).map(|read_as| Wanted { column: column.name.clone(), read_as })
            })
            .collect()
    }

    /// The used columns of each family, in the order of the input.
    #[must_use]
    pub fn families(&self) -> BTreeMap<Family, Vec<String>> {
        let mut families: BTreeMap<Family, Vec<String>> = BTreeMap::new();
        for column in self.columns.iter().filter(|column| column.used) {
            if let Some(family) = column.family {
                families.entry(family).or_default().push(column.name.clone());
            }
        }
        families
    }
}

/// How two spellings are read: as numbers where both are, so that 1 and 1.0 agree.
pub(super) fn read_pair(levels: &[String]) -> ReadAs {
    if levels.iter().all(|level| level.trim().parse::<f64>().is_ok()) {
        ReadAs::Number
    } else {
        ReadAs::Text
    }
}
