//! A new table under a frozen schema: columns by name in any order, what is missing
//! or new is counted and never guessed.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use crate::load::{Kind as Seen, ReadAs, SeenColumn, Wanted};
use crate::schema::{Kind, Schema, SchemaColumn};
use crate::table::{Column, FeatureTable, Values};

use super::build::{expected, ids};
use super::encode::{all_missing, encode};
use super::error::FeatureError;
use super::frame;
use super::names::nearest;
use super::roles::read_pair;

/// A new table as the model reads it, and what does not fit. All counts are rows; a
/// column without such rows is left out.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The table: the schema's columns in its order, rows sorted as [`super::build()`]
    /// sorts them, without an outcome.
    pub table: FeatureTable,
    /// Columns of the schema that the new table does not have; all their values count
    /// as missing.
    pub missing_columns: Vec<String>,
    /// Rows with a level that the model does not know, a pooled rare one included.
    pub unseen: BTreeMap<String, u64>,
    /// Rows with a number outside the trained range, or a day after the reference.
    pub out_of_range: BTreeMap<String, u64>,
    /// Rows without a value, in columns that are there.
    pub missing: BTreeMap<String, u64>,
}

/// What must be read of a new table: the id and every column of the schema it has.
/// `id` names its id column where that differs from the schema's.
///
/// # Errors
///
/// The id column is missing; a column holds text where the schema wants numbers or
/// days.
pub fn wanted_for(
    schema: &Schema,
    columns: &[SeenColumn],
    id: Option<&str>,
) -> Result<Vec<Wanted>, FeatureError> {
    let mut wanted = Vec::new();
    if let Some(name) = id_of(schema, id) {
        if !columns.iter().any(|column| column.name == name) {
            return Err(no_id(name, columns.iter().map(|column| column.name.as_str())));
        }
        wanted.push(Wanted { column: name.to_owned(), read_as: ReadAs::Text });
    }
    for column in &schema.columns {
        if id_of(schema, id) == Some(column.name.as_str()) {
            continue;
        }
        let Some(seen) = columns.iter().find(|seen| seen.name == column.name) else { continue };
        let read_as = match &column.kind {
            Kind::Number => ReadAs::Number,
            // One row with another word makes the whole column text; then words are compared.
            Kind::Flag { .. } if seen.kind == Seen::Text => ReadAs::Text,
            Kind::Flag { no, yes } => read_pair(&[no.clone(), yes.clone()]),
            Kind::Category { .. } => ReadAs::Text,
            Kind::Day { .. } => ReadAs::Day,
        };
        let fits = match (read_as, &seen.kind) {
            (ReadAs::Text, _) | (_, Seen::Empty) => true,
            (ReadAs::Number, kind) => matches!(kind, Seen::Integer | Seen::Decimal),
            (ReadAs::Day, kind) => matches!(kind, Seen::Day { .. }),
        };
        if !fits {
            return Err(FeatureError::Changed {
                column: column.name.clone(),
                found: found(&seen.kind),
                expected: expected(&column.kind),
            });
        }
        wanted.push(Wanted { column: column.name.clone(), read_as });
    }
    Ok(wanted)
}

/// Reads a new table under the schema. The rows of the training table give the bits
/// that [`super::build()`] gave them.
///
/// # Errors
///
/// The id column is missing, two rows with one id, rows without an id, a column that
/// was not read as [`wanted_for`] asks.
pub fn apply(
    frame: &DataFrame,
    schema: &Schema,
    id: Option<&str>,
) -> Result<Applied, FeatureError> {
    let names: Vec<&str> =
        frame.get_column_names().into_iter().map(|name| name.as_str()).collect();
    let id = id_of(schema, id);
    if let Some(name) = id
        && !names.contains(&name)
    {
        return Err(no_id(name, names.iter().copied()));
    }
    let (ids, rows) = ids(frame, id, &mut Vec::new())?;
    let mut applied = Counts::default();
    let mut columns = Vec::with_capacity(schema.columns.len());
    for column in &schema.columns {
        let values = if names.contains(&column.name.as_str()) {
            applied.read(frame, column, &rows)?
        } else {
            applied.missing_columns.push(column.name.clone());
            all_missing(&column.kind, rows.len())
        };
        columns.push(Column {
            name: column.name.clone(),
            role: column.role,
            family: column.family,
            unit: column.unit.clone(),
            decimals: column.decimals,
            values,
        });
    }
    let table = FeatureTable::new(ids, columns, None)?;
    let Counts { missing_columns, unseen, out_of_range, missing } = applied;
    Ok(Applied { table, missing_columns, unseen, out_of_range, missing })
}

/// The counts while they grow.
#[derive(Default)]
struct Counts {
    missing_columns: Vec<String>,
    unseen: BTreeMap<String, u64>,
    out_of_range: BTreeMap<String, u64>,
    missing: BTreeMap<String, u64>,
}

impl Counts {
    /// One column that is there.
    fn read(
        &mut self,
        frame: &DataFrame,
        column: &SchemaColumn,
        rows: &[usize],
    ) -> Result<Values, FeatureError> {
        let raw = frame::raw(frame, &column.name)?;
        let encoded = encode(&raw, &column.kind, rows).ok_or_else(|| FeatureError::Frame {
            column: column.name.clone(),
            expected: expected(&column.kind),
        })?;
        let count = |to: &mut BTreeMap<String, u64>, n: u64| {
            if n > 0 {
                to.insert(column.name.clone(), n);
            }
        };
        let outside = match (&encoded.values, column.low, column.high) {
            (Values::Number(values), Some(low), Some(high)) => {
                values.iter().filter(|value| **value < low || **value > high).count() as u64
            }
            _ => 0,
        };
        // A level that went to OTHER is not missing; one that became missing is unseen.
        let pooled = match &column.kind {
            Kind::Category { levels, .. } => levels.iter().any(|level| level == crate::table::OTHER),
            _ => false,
        };
        let unknown = if pooled { 0 } else { encoded.unseen };
        let absent = encoded.values.n_missing() as u64 - unknown - encoded.implausible;
        count(&mut self.unseen, encoded.unseen);
        count(&mut self.out_of_range, outside.max(encoded.after) + encoded.implausible);
        count(&mut self.missing, absent);
        Ok(encoded.values)
    }
}

/// The id column of a new table; `None` where rows are numbered.
fn id_of<'a>(schema: &'a Schema, id: Option<&'a str>) -> Option<&'a str> {
    id.or(if schema.from_rows { None } else { Some(&schema.id) })
}

fn no_id<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> FeatureError {
    FeatureError::NoSuchColumn {
        key: "the id".to_owned(),
        column: name.to_owned(),
        meant: nearest(name, names),
    }
}

fn found(kind: &Seen) -> &'static str {
    match kind {
        Seen::Empty => "nothing",
        Seen::Integer | Seen::Decimal => "numbers",
        Seen::Day { .. } => "days",
        Seen::Text => "text",
    }
}
