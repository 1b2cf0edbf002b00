//! A new table under a frozen schema: columns by name in any order, what is missing
//! or new is counted and never guessed.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PlSmallStr};

use crate::load::{Kind as Seen, ReadAs, SeenColumn, Wanted};
use crate::schema::{Kind, Schema, SchemaColumn};
use crate::table::{FeatureTable, Values};

use super::build::{expected, ids};
use super::encode::{all_missing, encode};
use super::error::FeatureError;
use super::frame::{self, Given};
use super::names::nearest;
use super::places;
use super::plan::read_pair;

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
        wanted.push(Wanted { column: name.to_owned(), read_as: ReadAs::Id });
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
            (ReadAs::Text | ReadAs::Id, _) | (_, Seen::Empty) => true,
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
    let names: Vec<&str> = frame.get_column_names().into_iter().map(PlSmallStr::as_str).collect();
    let id = id_of(schema, id);
    if let Some(name) = id
        && !names.contains(&name)
    {
        return Err(no_id(name, names.iter().copied()));
    }
    let (ids, rows) = ids(&Given::Frame(frame), id, &mut Vec::new())?;
    let mut applied = Counts::default();
    let mut columns = Vec::with_capacity(schema.columns.len());
    for column in &schema.columns {
        let values = if names.contains(&column.name.as_str()) {
            applied.read(frame, column, &rows)?
        } else {
            applied.missing_columns.push(column.name.clone());
            all_missing(&column.kind, rows.len())
        };
        columns.push(column.column(values));
    }
    places::clean(&mut columns);
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
        let encoded = encode(raw, &column.kind, rows).ok_or_else(|| FeatureError::Frame {
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
            Kind::Category { levels, .. } => {
                levels.iter().any(|level| level == crate::table::OTHER)
            }
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

#[cfg(test)]
mod tests {
    use polars::prelude::{DataType, IntoColumn, NamedFrom, Series, df};

    use super::super::build::{Built, build};
    use super::super::params::Params;
    use super::super::roles::{Asked, Plan, guess};
    use super::super::testing::seen;
    use super::*;
    use crate::day::Day;
    use crate::fault::Fault;
    use crate::features::build::DAY_AFTER_REFERENCE;
    use crate::table::{MISSING_FLAG, MISSING_LEVEL, OTHER};

    const IDS: [&str; 6] = ["b", "a", "C", "d", "a10", "a9"];
    const SPEND: [&str; 6] = ["1.5", "", "3", "4", "5.25", "6"];
    const PLAN: [&str; 6] = ["gold", "gold", "silver", "silver", "rare", ""];
    const ACTIVE: [&str; 6] = ["Yes", "no", "No", "yes", "", "Yes"];
    const JOINED: [&str; 6] =
        ["2025-01-01", "2025-01-11", "", "2024-12-31", "9999-12-31", "2025-01-02"];
    const CHURN: [&str; 6] = ["0", "1", "", "0", "1", "0"];

    fn options<'a>(values: &[&'a str]) -> Vec<Option<&'a str>> {
        values.iter().map(|value| (!value.is_empty()).then_some(*value)).collect()
    }

    fn numbers(values: &[&str]) -> Vec<Option<f64>> {
        values.iter().map(|value| value.parse().ok()).collect()
    }

    fn date(name: &str, values: &[&str]) -> polars::prelude::Column {
        let days: Vec<Option<i32>> =
            values.iter().map(|value| value.parse().ok().map(Day::since_epoch)).collect();
        Series::new(name.into(), days).cast(&DataType::Date).unwrap().into_column()
    }

    fn frame(rows: &[usize]) -> DataFrame {
        let pick = |values: &[&'static str; 6]| -> Vec<&'static str> {
            rows.iter().map(|&row| values[row]).collect()
        };
        let mut frame = df!(
            "customer_id" => options(&pick(&IDS)),
            "spend" => numbers(&pick(&SPEND)),
            "plan" => options(&pick(&PLAN)),
            "active" => options(&pick(&ACTIVE)),
            "Churn" => numbers(&pick(&CHURN)),
        )
        .unwrap();
        frame.with_column(date("joined", &pick(&JOINED))).unwrap();
        frame
    }

    fn columns() -> Vec<SeenColumn> {
        vec![
            seen("customer_id", &IDS),
            seen("spend", &SPEND),
            seen("plan", &PLAN),
            seen("active", &ACTIVE),
            seen("joined", &JOINED),
            seen("Churn", &CHURN),
        ]
    }

    fn plan() -> Plan {
        let params = Params::default();
        guess(&columns(), 6, &Asked { id: None, label: None, positive: None, params: &params })
            .unwrap()
    }

    fn built() -> Built {
        build(&frame(&[0, 1, 2, 3, 4, 5]), &plan(), None, 2).unwrap()
    }

    fn values<'a>(table: &'a FeatureTable, name: &str) -> &'a Values {
        &table.column(name).unwrap().1.values
    }

    fn bits(table: &FeatureTable, name: &str) -> Vec<u64> {
        let Values::Number(values) = values(table, name) else { panic!("{name} is no number") };
        values.iter().map(|value| value.to_bits()).collect()
    }

    #[test]
    fn rows_are_sorted_by_the_bytes_of_the_ids() {
        let built = built();
        assert_eq!(built.table.ids().values, ["C", "a", "a10", "a9", "b", "d"]);
        let Values::Number(spend) = values(&built.table, "spend") else { panic!() };
        assert!(spend[1].is_nan());
        assert_eq!([spend[0], spend[2], spend[3]], [3.0, 5.25, 6.0]);
        let outcome = built.table.outcome().unwrap();
        let known = [None, Some(true), Some(true), Some(false), Some(false), Some(false)];
        assert_eq!(outcome.values, known);
        assert!(outcome.is_churn);
    }

    #[test]
    fn rare_levels_are_pooled_and_spellings_of_a_flag_agree() {
        let built = built();
        let expected = Values::Category {
            codes: vec![1, 0, 2, MISSING_LEVEL, 0, 1],
            levels: vec!["gold".into(), "silver".into(), OTHER.into()],
            ordered: false,
        };
        assert_eq!(*values(&built.table, "plan"), expected);
        let rare = built.findings.iter().find(|finding| finding.code == "rare-levels").unwrap();
        assert_eq!(rare.count, Some(1));
        assert!(!rare.message.contains("rare,") && !rare.message.contains("\"rare\""));
        let Values::Flag { codes, yes, .. } = values(&built.table, "active") else { panic!() };
        assert_eq!(
            (codes.as_slice(), yes.as_str()),
            ([0, 0, MISSING_FLAG, 1, 1, 1].as_slice(), "Yes")
        );
    }

    #[test]
    fn days_count_back_from_the_latest_or_from_as_of() {
        let built = built();
        assert_eq!(built.reference_day.as_deref(), Some("2025-01-11"));
        let days = |table: &FeatureTable| -> Vec<Option<f64>> {
            let Values::Number(values) = values(table, "joined") else { panic!() };
            values.iter().map(|value| (!value.is_nan()).then_some(*value)).collect()
        };
        let expected = [None, Some(0.0), None, Some(9.0), Some(10.0), Some(11.0)];
        assert_eq!(days(&built.table), expected);
        let codes: Vec<&str> = built.findings.iter().map(|found| found.code.as_str()).collect();
        assert!(codes.contains(&"implausible-day"));

        let earlier =
            build(&frame(&[0, 1, 2, 3, 4, 5]), &plan(), "2025-01-01".parse().ok(), 2).unwrap();
        let expected = [None, Some(0.0), None, Some(0.0), Some(0.0), Some(1.0)];
        assert_eq!(days(&earlier.table), expected);
        let after =
            earlier.findings.iter().find(|finding| finding.code == DAY_AFTER_REFERENCE).unwrap();
        assert_eq!(after.count, Some(2));
    }

    #[test]
    fn the_order_of_the_rows_changes_nothing() {
        let (forward, backward) =
            (built(), build(&frame(&[5, 4, 3, 2, 1, 0]), &plan(), None, 2).unwrap());
        assert_eq!(forward.schema, backward.schema);
        for name in ["spend", "joined"] {
            assert_eq!(bits(&forward.table, name), bits(&backward.table, name));
        }
        assert_eq!(values(&forward.table, "plan"), values(&backward.table, "plan"));
    }

    #[test]
    fn duplicate_and_empty_ids_are_errors() {
        let error = build(&frame(&[0, 1, 2, 1, 0]), &plan(), None, 1).unwrap_err();
        assert_eq!(error.code(), "E-IN-050");
        assert!(error.to_string().contains("2 rows twice: data rows 2 and 4"), "{error}");
        let mut empty = frame(&[0, 1, 2]);
        let ids = Series::new("customer_id".into(), [Some("x"), None, Some("y")]);
        empty.with_column(ids.into_column()).unwrap();
        let error = build(&empty, &plan(), None, 1).unwrap_err();
        assert_eq!(error.code(), "E-IN-051");
        assert!(error.to_string().contains("data row 2"), "{error}");
    }

    #[test]
    fn near_duplicate_ids_are_two_customers_and_a_finding() {
        let mut near = frame(&[0, 1, 2]);
        let ids = Series::new("customer_id".into(), ["A1", "a1 ", "b"]);
        near.with_column(ids.into_column()).unwrap();
        let built = build(&near, &plan(), None, 1).unwrap();
        assert_eq!(built.table.n_customers(), 3);
        let count = |built: &Built| {
            built
                .findings
                .iter()
                .find(|finding| finding.code == "near-duplicate-ids")
                .unwrap()
                .count
        };
        assert_eq!(count(&built), Some(1));
        // The accent of its own behind the letter.
        let ids = Series::new("customer_id".into(), ["Andr\u{e9}", "Andre\u{301}", "b"]);
        near.with_column(ids.into_column()).unwrap();
        assert_eq!(count(&build(&near, &plan(), None, 1).unwrap()), Some(1));
    }

    #[test]
    fn strange_ids_come_back_as_given() {
        let strange = ["00123", "123", "=1+1", "a,\"b\"\nc", "😀", " x"];
        let mut odd = frame(&[0, 1, 2, 3, 4, 5]);
        odd.with_column(Series::new("customer_id".into(), strange).into_column()).unwrap();
        let mut sorted = strange;
        sorted.sort_unstable();
        assert_eq!(build(&odd, &plan(), None, 1).unwrap().table.ids().values, sorted);
    }

    #[test]
    fn scoring_the_training_rows_gives_the_same_bits() {
        let built = built();
        let schema = &built.schema;
        schema.validate().unwrap();
        let mut shuffled = frame(&[3, 1, 5, 0, 2, 4]);
        // Any order of the columns.
        shuffled = shuffled.select(["joined", "plan", "customer_id", "active", "spend"]).unwrap();
        let applied = apply(&shuffled, schema, None).unwrap();
        assert_eq!(applied.table.ids(), built.table.ids());
        for name in ["spend", "joined"] {
            assert_eq!(bits(&applied.table, name), bits(&built.table, name));
        }
        for name in ["plan", "active"] {
            assert_eq!(values(&applied.table, name), values(&built.table, name));
        }
        assert!(applied.table.outcome().is_none() && applied.missing_columns.is_empty());
        assert_eq!(applied.missing["spend"], 1);
        assert_eq!(applied.missing["joined"], 1);
        // The pooled level is not known to the model by name.
        assert_eq!(applied.unseen, BTreeMap::from([("plan".to_owned(), 1)]));
    }

    #[test]
    fn what_does_not_fit_is_counted_by_column() {
        let schema = built().schema;
        let mut new = df!(
            "number" => ["n1", "n2", "n3"],
            "spend" => [Some(99.0), Some(2.0), None],
            "active" => ["maybe", "yes", "no"],
        )
        .unwrap();
        new.with_column(date("joined", &["2025-03-01", "2025-01-11", ""])).unwrap();
        let applied = apply(&new, &schema, Some("number")).unwrap();
        assert_eq!(applied.missing_columns, ["plan"]);
        let one = |name: &str| (name.to_owned(), 1);
        assert_eq!(applied.out_of_range, BTreeMap::from([one("spend"), one("joined")]));
        assert_eq!(applied.unseen, BTreeMap::from([one("active")]));
        assert_eq!(applied.missing, BTreeMap::from([one("spend"), one("joined")]));
        assert!((0..3).all(|row| values(&applied.table, "plan").is_missing(row)));
        assert_eq!(applied.table.ids().name, "number");
        assert_eq!(apply(&new, &schema, None).unwrap_err().code(), "E-IN-016");
    }

    #[test]
    fn one_customer_alone_gets_the_same_values() {
        let built = built();
        for (row, id) in IDS.iter().enumerate() {
            let alone = apply(&frame(&[row]), &built.schema, None).unwrap();
            let at = built.table.ids().values.iter().position(|known| known == id).unwrap();
            for column in alone.table.columns() {
                let whole = values(&built.table, &column.name).take(&[at]);
                match (&column.values, &whole) {
                    (Values::Number(a), Values::Number(b)) => {
                        assert_eq!(a[0].to_bits(), b[0].to_bits());
                    }
                    (a, b) => assert_eq!(a, b),
                }
            }
        }
    }

    #[test]
    fn what_is_asked_of_a_new_table() {
        let schema = built().schema;
        let wanted = wanted_for(&schema, &columns(), None).unwrap();
        let names: Vec<&str> = wanted.iter().map(|wanted| wanted.column.as_str()).collect();
        assert_eq!(names, ["customer_id", "spend", "plan", "active", "joined"]);
        let mut changed = columns();
        changed[1] = seen("spend", &["a", "b", "c"]);
        let error = wanted_for(&schema, &changed, None).unwrap_err();
        assert_eq!(error.code(), "E-ROLE-005");
        changed.remove(0);
        assert_eq!(wanted_for(&schema, &changed, None).unwrap_err().code(), "E-IN-016");
    }

    #[test]
    fn ordered_levels_keep_their_order() {
        let params: Params =
            toml::from_str("[types]\nplan = [\"silver\", \"gold\", \"black\"]").unwrap();
        let asked = Asked { id: None, label: None, positive: None, params: &params };
        let plan = guess(&columns(), 6, &asked).unwrap();
        let built = build(&frame(&[0, 1, 2, 3, 4, 5]), &plan, None, 2).unwrap();
        let Values::Category { levels, ordered, codes } = values(&built.table, "plan") else {
            panic!()
        };
        assert_eq!(levels, &["silver", "gold", "black"]);
        assert!(*ordered);
        assert_eq!(codes, &[0, 1, MISSING_LEVEL, MISSING_LEVEL, 1, 0]);
        assert!(built.findings.iter().any(|finding| finding.code == "undeclared-level"));
    }
}
