//! Columns that are made already, such as those of purchases, under a frozen schema.

use std::collections::BTreeMap;

use crate::schema::{Kind, Schema, SchemaColumn};
use crate::table::{Column, FeatureTable, Ids, MISSING_LEVEL, OTHER, Values};

use super::apply::Applied;
use super::encode::all_missing;
use super::error::FeatureError;

/// The schema's columns in its order, each from the made column of its name, or of its name
/// without the `prefix` that stands before a name which was taken. `made` has one value per
/// customer of `ids`. Columns that gave the schema give the bits of the run back.
///
/// # Errors
///
/// Never where every column has one value per customer.
pub fn known(
    ids: Ids,
    made: &[Column],
    schema: &Schema,
    prefix: &str,
) -> Result<Applied, FeatureError> {
    let n = ids.values.len();
    let mut missing_columns = Vec::new();
    let (mut unseen, mut out_of_range) = (BTreeMap::new(), BTreeMap::new());
    let mut missing = BTreeMap::new();
    let mut columns = Vec::with_capacity(schema.columns.len());
    for column in &schema.columns {
        let bare = column.name.strip_prefix(prefix).unwrap_or(&column.name);
        let named = |name: &str| made.iter().find(|made| made.name == name);
        let found = named(&column.name).or_else(|| named(bare));
        let fitting = found.and_then(|found| fitted(&found.values, &column.kind));
        let values = if let Some((values, n_unseen)) = fitting {
            let count = |to: &mut BTreeMap<String, u64>, n: u64| {
                if n > 0 {
                    to.insert(column.name.clone(), n);
                }
            };
            count(&mut unseen, n_unseen);
            count(&mut out_of_range, outside(&values, column));
            count(&mut missing, (values.n_missing() as u64).saturating_sub(n_unseen));
            values
        } else {
            missing_columns.push(column.name.clone());
            all_missing(&column.kind, n)
        };
        columns.push(column.column(values));
    }
    let table = FeatureTable::new(ids, columns, None)?;
    Ok(Applied { table, missing_columns, unseen, out_of_range, missing })
}

/// The values in the levels of the schema, and how many customers have a level that it does
/// not know; `None` where they are of another kind.
fn fitted(values: &Values, kind: &Kind) -> Option<(Values, u64)> {
    match (values, kind) {
        (Values::Number(_), Kind::Number) => Some((values.clone(), 0)),
        (Values::Category { codes, levels: own, .. }, Kind::Category { levels, ordered }) => {
            let place = |level: &String| levels.iter().position(|known| known == level);
            let other = levels.iter().position(|level| level == OTHER);
            let places: Vec<Option<usize>> =
                own.iter().map(|level| place(level).or(other)).collect();
            let mut unseen = 0;
            let codes = codes.iter().map(|&code| match places.get(code as usize) {
                None => MISSING_LEVEL,
                Some(Some(place)) => *place as u32,
                Some(None) => {
                    unseen += 1;
                    MISSING_LEVEL
                }
            });
            let codes = codes.collect();
            Some((Values::Category { codes, levels: levels.clone(), ordered: *ordered }, unseen))
        }
        _ => None,
    }
}

/// How many numbers lie outside the trained range.
fn outside(values: &Values, column: &SchemaColumn) -> u64 {
    match (values, column.low, column.high) {
        (Values::Number(values), Some(low), Some(high)) => {
            values.iter().filter(|value| **value < low || **value > high).count() as u64
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Family, Role};

    fn column(name: &str, values: Values) -> Column {
        let role = if matches!(values, Values::Number(_)) { Role::Number } else { Role::Category };
        Column {
            name: name.into(),
            role,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values,
        }
    }

    fn levels(codes: Vec<u32>, names: &[&str]) -> Values {
        let levels = names.iter().map(|&name| name.to_owned()).collect();
        Values::Category { codes, levels, ordered: false }
    }

    fn ids(n: usize) -> Ids {
        let values = (0..n).map(|i| format!("{i}").into()).collect();
        Ids { name: "id".into(), values, from_rows: false }
    }

    #[test]
    fn columns_of_the_run_come_back_in_the_order_of_the_schema() {
        let made = vec![
            column("spend", Values::Number(vec![1.0, 2.5, f64::NAN])),
            column("first_product", levels(vec![0, 1, MISSING_LEVEL], &["Box", "Tea"])),
        ];
        let table = FeatureTable::new(ids(3), made.clone(), None).unwrap();
        let schema = Schema::of(&table, None);
        let turned: Vec<Column> = made.into_iter().rev().collect();
        let applied = known(ids(3), &turned, &schema, "transactions_").unwrap();
        assert_eq!(format!("{:?}", applied.table), format!("{table:?}"));
        assert!(applied.missing_columns.is_empty() && applied.unseen.is_empty());
        assert_eq!(applied.missing["spend"], 1);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let run = vec![
            column("transactions_spend", Values::Number(vec![1.0, 2.0])),
            column("first_product", levels(vec![0, 1], &["Box", "Tea"])),
            column("age", Values::Number(vec![30.0, 40.0])),
        ];
        let schema = Schema::of(&FeatureTable::new(ids(2), run, None).unwrap(), None);
        let made = vec![
            column("spend", Values::Number(vec![1.5, 9.0])),
            column("first_product", levels(vec![0, 1], &["Cup", "Tea"])),
        ];
        let applied = known(ids(2), &made, &schema, "transactions_").unwrap();
        assert_eq!(applied.missing_columns, ["age"]);
        assert_eq!(applied.out_of_range["transactions_spend"], 1);
        assert_eq!(applied.unseen["first_product"], 1);
        assert!(!applied.missing.contains_key("first_product"));
        let Values::Category { codes, .. } = &applied.table.columns()[1].values else { panic!() };
        assert_eq!(codes, &[MISSING_LEVEL, 1]);
    }
}
