//! How the columns of a table are read, frozen: what a stored model needs so that a
//! new table is read exactly as the one it was learnt from.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::fault::{Class, Fault};
use crate::table::{Block, BlockKind, Column, Family, FeatureTable, Role, Values};

/// The most columns a schema may have; a file that names more is damaged.
const MAX_COLUMNS: usize = 100_000;
/// The most levels a category may have.
const MAX_LEVELS: usize = 1_000_000;

/// How the values of a column are read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Kind {
    /// A number as it is.
    Number,
    /// Two spellings; numbers are compared as numbers, words without regard to case
    /// and outer spaces.
    Flag {
        /// The spelling that means no.
        no: String,
        /// The spelling that means yes.
        yes: String,
    },
    /// Named levels; [`crate::table::OTHER`] takes any level that is not listed.
    Category {
        /// The levels, in the order of their codes.
        levels: Vec<String>,
        /// Whether their order has a meaning.
        ordered: bool,
    },
    /// A calendar day, turned into whole days before the reference day. A day after
    /// it counts as 0.
    Day {
        /// The reference day, such as `2025-12-31`.
        reference: String,
    },
}

/// One column as the model knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaColumn {
    /// Its name; a new table is matched by it.
    pub name: String,
    /// Number, flag, category or date.
    pub role: Role,
    /// The kind of segmentation it speaks for.
    pub family: Family,
    /// The unit where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How many decimals the input writes.
    pub decimals: u8,
    /// The block it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Block>,
    /// How its values are read.
    pub kind: Kind,
    /// The smallest trained value, in raw units (days before the reference for days).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The largest trained value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
}

impl SchemaColumn {
    /// A column of a table that is read under the schema, with these values.
    #[must_use]
    pub fn column(&self, values: Values) -> Column {
        Column {
            name: self.name.clone(),
            role: self.role,
            family: self.family,
            unit: self.unit.clone(),
            decimals: self.decimals,
            block: self.block.clone(),
            values,
        }
    }
}

/// The label as the model knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaLabel {
    /// The label column.
    pub name: String,
    /// The spelling that means yes.
    pub positive: String,
    /// The spelling that means no.
    pub negative: String,
    /// Whether the outcome means leaving.
    pub is_churn: bool,
}

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// The name of the id column, or `row`.
    pub id: String,
    /// Whether the ids are row numbers.
    pub from_rows: bool,
    /// The label, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<SchemaLabel>,
    /// The feature columns, in the order of the trained table.
    pub columns: Vec<SchemaColumn>,
}

/// What is wrong with a schema that was read from a file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaError {
    /// Two columns share a name.
    #[error("two columns of the schema are called {column}")]
    DuplicateColumn {
        /// The name.
        column: String,
    },
    /// A column contradicts itself.
    #[error("column {column} of the schema cannot be read: {what}")]
    Column {
        /// The name.
        column: String,
        /// What contradicts.
        what: &'static str,
    },
    /// More than can be meant.
    #[error("the schema has {found} columns but at most {most} are allowed")]
    TooMany {
        /// How many it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
}

impl Fault for SchemaError {
    fn code(&self) -> &'static str {
        match self {
            Self::DuplicateColumn { .. } => "E-MDL-060",
            Self::Column { .. } => "E-MDL-061",
            Self::TooMany { .. } => "E-MDL-062",
        }
    }

    fn class(&self) -> Class {
        Class::Model
    }
}

impl Schema {
    /// What is needed to read a new table like `table`. `reference` is the day that
    /// its date columns count back from.
    #[must_use]
    pub fn of(table: &FeatureTable, reference: Option<Day>) -> Self {
        let reference = reference.map_or_else(String::new, |day| day.to_string());
        let columns = table
            .columns()
            .par_iter()
            .map(|column| {
                let kind = match &column.values {
                    Values::Number(_) if column.role == Role::Date => {
                        Kind::Day { reference: reference.clone() }
                    }
                    Values::Number(_) => Kind::Number,
                    Values::Flag { no, yes, .. } => Kind::Flag { no: no.clone(), yes: yes.clone() },
                    Values::Category { levels, ordered, .. } => {
                        Kind::Category { levels: levels.clone(), ordered: *ordered }
                    }
                };
                let (low, high) = match &column.values {
                    Values::Number(values) => range(values),
                    _ => (None, None),
                };
                SchemaColumn {
                    name: column.name.clone(),
                    role: column.role,
                    family: column.family,
                    unit: column.unit.clone(),
                    decimals: column.decimals,
                    block: column.block.clone(),
                    kind,
                    low,
                    high,
                }
            })
            .collect();
        Self {
            id: table.ids().name.clone(),
            from_rows: table.ids().from_rows,
            label: table.outcome().map(|outcome| SchemaLabel {
                name: outcome.name.clone(),
                positive: outcome.positive.clone(),
                negative: outcome.negative.clone(),
                is_churn: outcome.is_churn,
            }),
            columns,
        }
    }

    /// Checks that the schema means something, after it was read from a file.
    ///
    /// # Errors
    ///
    /// Two columns of one name, a role that contradicts how the column is read, a
    /// flag with one spelling, levels named twice, a day that is none, a range that is
    /// not finite or upside down, more columns or levels than can be meant.
    pub fn validate(&self) -> Result<(), SchemaError> {
        if self.columns.len() > MAX_COLUMNS {
            return Err(SchemaError::TooMany { found: self.columns.len(), most: MAX_COLUMNS });
        }
        let mut names = BTreeSet::new();
        for column in &self.columns {
            if !names.insert(column.name.as_str()) {
                return Err(SchemaError::DuplicateColumn { column: column.name.clone() });
            }
            if let Err(what) = column.check() {
                return Err(SchemaError::Column { column: column.name.clone(), what });
            }
        }
        Ok(())
    }
}

impl SchemaColumn {
    /// The contradiction in this column, if there is one.
    fn check(&self) -> Result<(), &'static str> {
        match (&self.kind, self.role) {
            (Kind::Number, Role::Number)
            | (Kind::Flag { .. }, Role::Flag)
            | (Kind::Category { .. }, Role::Category)
            | (Kind::Day { .. }, Role::Date) => {}
            _ => return Err("its role and its type contradict each other"),
        }
        match &self.kind {
            Kind::Number => {}
            Kind::Flag { no, yes } => {
                if no == yes {
                    return Err("yes and no are spelled the same");
                }
            }
            Kind::Category { levels, .. } => {
                if levels.is_empty() || levels.len() > MAX_LEVELS {
                    return Err("it has no levels or too many");
                }
                let distinct: BTreeSet<&str> = levels.iter().map(String::as_str).collect();
                if distinct.len() != levels.len() {
                    return Err("a level is listed twice");
                }
            }
            Kind::Day { reference } => {
                if reference.parse::<Day>().is_err() {
                    return Err("its reference is not a day");
                }
            }
        }
        if let Some(block) = &self.block {
            let numbers = block.kind != BlockKind::Items;
            if block.name.is_empty() || (numbers && !matches!(self.kind, Kind::Number)) {
                return Err("its block has no name or wants numbers");
            }
        }
        match (self.low, self.high) {
            (None, None) => Ok(()),
            (Some(low), Some(high)) if low.is_finite() && high.is_finite() && low <= high => Ok(()),
            _ => Err("its range is not a range"),
        }
    }
}

/// The smallest and the largest value that is present, none of them infinite.
fn range(values: &[f64]) -> (Option<f64>, Option<f64>) {
    // Several at a time; what is missing is neither smaller nor larger.
    let (mut lows, mut highs) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    let (heads, rest) = values.as_chunks::<LANES>();
    let mut last = [f64::NAN; LANES];
    last[..rest.len()].copy_from_slice(rest);
    for chunk in heads.iter().chain([&last]) {
        for ((low, high), &value) in lows.iter_mut().zip(&mut highs).zip(chunk) {
            *low = if value < *low { value } else { *low };
            *high = if value > *high { value } else { *high };
        }
    }
    let low = lows.into_iter().fold(f64::INFINITY, f64::min);
    let high = highs.into_iter().fold(f64::NEG_INFINITY, f64::max);
    // Of 0 and -0, which are equal, the first.
    let first = |end: f64| values.iter().copied().find(|&value| value == end);
    let told = |end: f64| if end == 0.0 { first(end) } else { Some(end) };
    if low > high { (None, None) } else { (told(low), told(high)) }
}

/// How many values are compared at a time.
const LANES: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, Ids, OTHER};

    fn table() -> FeatureTable {
        let column = |name: &str, role, values| Column {
            name: name.to_owned(),
            role,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values,
        };
        FeatureTable::new(
            Ids { name: "id".into(), values: vec!["a".into(), "b".into()], from_rows: false },
            vec![
                column("spend", Role::Number, Values::Number(vec![2.0, f64::NAN])),
                column(
                    "plan",
                    Role::Category,
                    Values::Category {
                        codes: vec![0, 1],
                        levels: vec!["gold".into(), OTHER.into()],
                        ordered: false,
                    },
                ),
                column("joined", Role::Date, Values::Number(vec![3.0, 0.0])),
            ],
            None,
        )
        .unwrap()
    }

    #[test]
    fn a_schema_survives_the_file_and_is_checked() {
        let schema = Schema::of(&table(), "2025-12-31".parse().ok());
        assert_eq!(schema.columns[0].high, Some(2.0));
        assert_eq!(schema.columns[2].kind, Kind::Day { reference: "2025-12-31".into() });
        schema.validate().unwrap();
        let json = serde_json::to_string(&schema).unwrap();
        assert_eq!(serde_json::from_str::<Schema>(&json).unwrap(), schema);
        assert!(serde_json::from_str::<Schema>(&json.replacen("from_rows", "other", 1)).is_err());

        let mut twice = schema.clone();
        twice.columns[1].name = "spend".into();
        assert_eq!(twice.validate().unwrap_err().code(), "E-MDL-060");
        let mut upside_down = schema.clone();
        upside_down.columns[0].low = Some(9.0);
        assert_eq!(upside_down.validate().unwrap_err().code(), "E-MDL-061");
        let block = |name: &str, kind| Some(Block { name: name.into(), kind });
        let mut placed = schema.clone();
        placed.columns[0].block = block("home", BlockKind::Latitude);
        placed.validate().unwrap();
        placed.columns[0].block = block("", BlockKind::Shares);
        assert_eq!(placed.validate().unwrap_err().code(), "E-MDL-061");
        let mut no_number = schema.clone();
        no_number.columns[1].block = block("home", BlockKind::Longitude);
        assert_eq!(no_number.validate().unwrap_err().code(), "E-MDL-061");
        let mut no_day = schema;
        no_day.columns[2].kind = Kind::Day { reference: "soon".into() };
        assert_eq!(no_day.validate().unwrap_err().class(), Class::Model);
    }
}
