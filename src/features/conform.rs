//! A table that was built anew in the columns of a frozen schema: the next run's customers
//! as the model knows them. Unlike [`apply`](super::apply), which reads a file, this takes
//! what was made from purchases and joined tables as well; days count back from the table's
//! own day.

use std::collections::BTreeMap;

use super::error::FeatureError;
use crate::schema::{Kind, Schema};
use crate::table::{FeatureTable, MISSING_FLAG, MISSING_LEVEL, OTHER, Values};

/// The table in the columns of the schema, and what did not fit.
#[derive(Debug)]
pub struct Conformed {
    /// The table; its outcome is kept.
    pub table: FeatureTable,
    /// Columns of the schema that the table lacks or holds as something else.
    pub missing_columns: Vec<String>,
    /// Columns of the table that the schema does not know.
    pub new_columns: Vec<String>,
    /// Values of unknown levels by column.
    pub unseen: BTreeMap<String, u64>,
}

/// Brings `table` into the columns of `schema`. Columns that it lacks are named and left
/// out. The table must not have pooled its rare levels.
///
/// # Errors
///
/// None that a table can cause: lengths and names stay as they are.
pub fn conform(table: &FeatureTable, schema: &Schema) -> Result<Conformed, FeatureError> {
    let mut columns = Vec::with_capacity(schema.columns.len());
    let (mut missing_columns, mut unseen) = (Vec::new(), BTreeMap::new());
    for known in &schema.columns {
        let values = table.column(&known.name).and_then(|(_, column)| {
            let mut strange = 0;
            let values = values(&column.values, &known.kind, &mut strange)?;
            if strange > 0 {
                unseen.insert(known.name.clone(), strange);
            }
            Some(values)
        });
        match values {
            Some(values) => columns.push(known.column(values)),
            None => missing_columns.push(known.name.clone()),
        }
    }
    let is_known = |name: &str| schema.columns.iter().any(|known| known.name == name);
    let new_columns = table.columns().iter().map(|column| column.name.clone());
    let new_columns = new_columns.filter(|name| !is_known(name)).collect();
    let table = FeatureTable::new(table.ids().clone(), columns, table.outcome().cloned())?;
    Ok(Conformed { table, missing_columns, new_columns, unseen })
}

/// The values of one column as the model knows them; `None` where they are of another kind.
fn values(values: &Values, kind: &Kind, strange: &mut u64) -> Option<Values> {
    match (values, kind) {
        (Values::Number(values), Kind::Number | Kind::Day { .. }) => {
            Some(Values::Number(values.clone()))
        }
        (Values::Flag { codes, no, yes }, Kind::Flag { no: known_no, yes: known_yes }) => {
            let place = |word: &String| {
                let folded = super::names::folded(word);
                if folded == super::names::folded(known_yes) {
                    1
                } else if folded == super::names::folded(known_no) {
                    0
                } else {
                    MISSING_FLAG
                }
            };
            let places = [place(no), place(yes)];
            let codes = codes.iter().map(|&code| {
                let found = places.get(usize::from(code)).copied().unwrap_or(MISSING_FLAG);
                *strange += u64::from(code < 2 && found == MISSING_FLAG);
                found
            });
            let codes = codes.collect();
            Some(Values::Flag { codes, no: known_no.clone(), yes: known_yes.clone() })
        }
        (Values::Category { codes, levels, .. }, Kind::Category { levels: known, ordered }) => {
            let place = |level: &String| known.iter().position(|other| other == level);
            let other = place(&OTHER.to_owned());
            let places: Vec<(Option<usize>, bool)> = levels
                .iter()
                .map(|level| (place(level).or(other), place(level).is_none()))
                .collect();
            let codes = codes.iter().map(|&code| {
                let Some((place, is_strange)) = places.get(code as usize) else {
                    return MISSING_LEVEL;
                };
                *strange += u64::from(*is_strange);
                place.and_then(|at| u32::try_from(at).ok()).unwrap_or(MISSING_LEVEL)
            });
            let codes = codes.collect();
            Some(Values::Category { codes, levels: known.clone(), ordered: *ordered })
        }
        // A column in which all are the same this time.
        (Values::Number(values), _) if values.iter().all(|value| value.is_nan()) => {
            Some(super::encode::all_missing(kind, values.len()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, Family, Ids, Role};

    fn table(values: Vec<(&str, Role, Values)>) -> FeatureTable {
        let n = 3;
        let ids = Ids {
            name: "id".into(),
            values: (0..n).map(|i| format!("c{i}").into()).collect(),
            from_rows: false,
        };
        let column = |(name, role, values): (&str, Role, Values)| Column {
            name: name.into(),
            role,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values,
        };
        FeatureTable::new(ids, values.into_iter().map(column).collect(), None).unwrap()
    }

    fn category(levels: &[&str], codes: Vec<u32>) -> Values {
        let levels = levels.iter().map(|level| (*level).to_owned()).collect();
        Values::Category { codes, levels, ordered: false }
    }

    #[test]
    fn levels_keep_their_codes_and_new_ones_are_pooled_and_counted() {
        let before =
            table(vec![("plan", Role::Category, category(&["a", "b", OTHER], vec![0, 1, 2]))]);
        let schema = Schema::of(&before, None);
        let now = table(vec![
            ("plan", Role::Category, category(&["b", "c", "a"], vec![1, 0, 2])),
            ("extra", Role::Number, Values::Number(vec![1.0; 3])),
        ]);
        let found = conform(&now, &schema).unwrap();
        assert_eq!(found.table.columns()[0].values, category(&["a", "b", OTHER], vec![2, 1, 0]));
        assert_eq!((found.unseen["plan"], found.new_columns), (1, vec!["extra".to_owned()]));
    }

    #[test]
    fn a_column_that_is_not_there_is_named() {
        let before = table(vec![("age", Role::Number, Values::Number(vec![1.0, 2.0, 3.0]))]);
        let schema = Schema::of(&before, None);
        let now = table(vec![("age", Role::Category, category(&["x"], vec![0, 0, 0]))]);
        assert_eq!(conform(&now, &schema).unwrap().missing_columns, ["age"]);
    }

    #[test]
    fn a_table_conforms_to_its_own_schema_unchanged() {
        let flag =
            Values::Flag { codes: vec![0, 1, MISSING_FLAG], no: "No".into(), yes: "Yes".into() };
        let own = table(vec![
            ("plan", Role::Category, category(&["a", "b"], vec![0, MISSING_LEVEL, 1])),
            ("active", Role::Flag, flag),
            ("spend", Role::Number, Values::Number(vec![0.0, 1.5, 2.0])),
        ]);
        let found = conform(&own, &Schema::of(&own, None)).unwrap();
        assert_eq!(found.table, own);
        assert!(found.missing_columns.is_empty() && found.unseen.is_empty());
    }
}
