//! The probability as a tree of expressions is what the model itself predicts.

use serde_json::{Value, json};

use super::*;
use crate::churn::Propensity;
use crate::expression::{Cells, Chunk};
use crate::normalise::{NotApplicable, Params, Purpose};
use crate::table::{
    Column, Family, FeatureTable, Ids, MISSING_FLAG, MISSING_LEVEL, OTHER, Role, Values,
};

const N: usize = 3000;
/// The reference day of days, since 1970-01-01.
const REFERENCE: i32 = 20_000;

fn draw(row: usize, salt: usize) -> f64 {
    ((row * 7919 + salt * 104_729) % 10_007) as f64 / 10_007.0
}

fn gap(row: usize, salt: usize) -> bool {
    draw(row, salt + 50) < 0.15
}

fn column(name: &str, role: Role, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        role,
        family: Family::Behavioural,
        unit: None,
        decimals: 2,
        block: None,
        values,
    }
}

fn numbers(name: &str, of: impl Fn(usize) -> f64) -> Column {
    column(name, Role::Number, Values::Number((0..N).map(of).collect()))
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn category(name: &str, salt: usize, levels: &[&str], ordered: bool) -> Column {
    let code = |row: usize| {
        if gap(row, salt) {
            return MISSING_LEVEL;
        }
        (draw(row, salt) * levels.len() as f64) as u32
    };
    let values =
        Values::Category { codes: (0..N).map(code).collect(), levels: texts(levels), ordered };
    column(name, Role::Category, values)
}

/// Numbers that bend in every way that a regression knows, and all other kinds, with gaps.
fn table() -> FeatureTable {
    let or_gap =
        |row: usize, salt: usize, value: f64| if gap(row, salt) { f64::NAN } else { value };
    let tenure = |row: usize| (draw(row, 9) * 40.0).floor();
    let charged = |row: usize| {
        let months = tenure(row);
        if months == 0.0 { f64::NAN } else { months * (20.0 + draw(row, 10)) }
    };
    let flags =
        (0..N).map(|row| if gap(row, 8) { MISSING_FLAG } else { u8::from(draw(row, 8) < 0.3) });
    let flag = Values::Flag { codes: flags.collect(), no: "no".into(), yes: "yes".into() };
    let days = (0..N).map(|row| or_gap(row, 12, (draw(row, 12) * 900.0).floor()));
    let columns = vec![
        numbers("age", |row| or_gap(row, 1, 20.0 + 60.0 * draw(row, 1))),
        numbers("spend", |row| (9.0 * draw(row, 2)).exp() - 1.0),
        numbers("change", |row| or_gap(row, 3, (draw(row, 3) - 0.2).powi(7) * 1e6)),
        numbers("calls", |row| (draw(row, 11) * 6.0).floor()),
        numbers("idle", |row| or_gap(row, 4, (draw(row, 4) * 90.0 - 30.0).max(0.0))),
        numbers("tenure", tenure),
        numbers("charged", charged),
        category("plan", 5, &["basic", "it's", "gold", OTHER], false),
        category("city", 6, &["north", "south"], false),
        category("size", 7, &["s", "m", "l", "xl"], true),
        column("news", Role::Flag, flag),
        column("joined", Role::Date, Values::Number(days.collect())),
    ];
    let ids = Ids {
        name: "id".into(),
        values: (0..N).map(|row| format!("c{row}").into()).collect(),
        from_rows: false,
    };
    FeatureTable::new(ids, columns, None).unwrap()
}

/// The cells as an engine holds them. Every fiftieth customer has levels that no sample saw:
/// the pooled one of the plan, none of the city.
fn chunk(table: &FeatureTable) -> Chunk {
    let mut chunk = Chunk::new(N);
    for column in table.columns() {
        let cells = match &column.values {
            Values::Number(values) if column.role == Role::Date => {
                let day = |&before: &f64| (!before.is_nan()).then(|| REFERENCE - before as i32);
                Cells::Day(values.iter().map(day).collect())
            }
            Values::Number(values) => Cells::numbers(values.clone()),
            Values::Flag { codes, no, yes } => {
                let text =
                    |code: &u8| [no, yes].get(usize::from(*code)).map(|text| (*text).clone());
                Cells::Text(codes.iter().map(text).collect())
            }
            Values::Category { codes, levels, .. } => {
                let text = |(row, &code): (usize, &u32)| match levels.get(code as usize) {
                    Some(level) if level == OTHER => Some(format!("rare{row}")),
                    None if column.name == "city" && row.is_multiple_of(50) => {
                        Some("abroad".to_owned())
                    }
                    level => level.cloned(),
                };
                Cells::Text(codes.iter().enumerate().map(text).collect())
            }
        };
        assert!(chunk.add(&column.name, cells));
    }
    chunk
}

fn schema(table: &FeatureTable) -> Schema {
    Schema::of(table, crate::day::Day::from_epoch(REFERENCE).ok())
}

fn model(stored: Value) -> Propensity {
    let propensity: Propensity = serde_json::from_value(stored).unwrap();
    propensity.validate().unwrap();
    propensity
}

/// The farthest that the tree is from the model.
fn apart(table: &FeatureTable, propensity: &Propensity) -> f64 {
    let query = probability(&schema(table), propensity).unwrap();
    let last = [Expr::column(PROBABILITY)];
    assert!(exact::is_exact(&query, &last));
    let (chunk, own) = (chunk(table), propensity.predict(table).unwrap());
    let found = query.evaluate(&chunk, 0..N, &last).unwrap();
    let (low, high) = own.iter().fold((1.0_f64, 0.0_f64), |(l, h), &p| (l.min(p), h.max(p)));
    assert!(low < 0.2 && high > 0.8, "{low} {high}");
    let apart = own.iter().enumerate().map(|(row, p)| (p - found[0].number(row).unwrap()).abs());
    apart.fold(0.0, f64::max)
}

#[test]
fn a_logistic_regression_is_itself_as_a_tree_of_expressions() {
    let table = table();
    let columns: Vec<usize> = (0..table.columns().len()).collect();
    let rows: Vec<usize> = (0..N).collect();
    let params = Params::default().check().unwrap();
    let (purpose, folds) = (Purpose::Regression, NotApplicable::default());
    let (normaliser, _) =
        Normaliser::fit(&table, &columns, &rows, &params, purpose, &folds).unwrap();
    let names: Vec<&str> = normaliser.columns().iter().map(|c| c.name.as_str()).collect();
    for name in ["age (squared)", "age (missing)", "calls=2", "idle=0", "plan (missing)", "size=2"]
    {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
    let coefficients: Vec<f64> = (0..names.len()).map(|at| draw(at, 3) * 2.0 - 1.0).collect();
    let propensity = model(json!({
        "normaliser": normaliser,
        "coefficients": coefficients,
        "intercept": -0.7,
        "calibration_intercept": 0.12,
        "calibration_slope": 0.93,
    }));
    let apart = apart(&table, &propensity);
    assert!(apart < 1e-12, "{apart}");
}

/// Trees with questions of every kind, `high` being the slope for large odds.
fn forest(n_trees: usize, high: Option<f64>) -> Propensity {
    let levels = |levels: &[&str]| json!({ "category": levels });
    let columns = [
        ("age", json!("number"), json!({ "number": [25.0, 31.5, 40.0, 77.25] })),
        ("spend", json!("number"), json!({ "number": [1.5, 20.0, 300.0] })),
        ("change", json!("number"), json!({ "number": [-0.5, 0.0, 10.0, 2e5] })),
        ("plan", levels(&["gold", "basic", OTHER, "never"]), json!({ "levels": [3, 1, 2, 0] })),
        ("city", levels(&["south", "north"]), json!({ "levels": [1, 2] })),
        ("size", levels(&["s", "l", "xl"]), json!({ "levels": [2, 0, 1] })),
        ("news", json!("flag"), json!({ "levels": [2, 1] })),
        ("joined", json!("number"), json!({ "number": [100.0, 400.0] })),
        ("tenure", json!("number"), json!({ "number": [12.0] })),
    ];
    let n_bins = [6, 5, 6, 4, 3, 3, 3, 4, 3];
    let tree = |at: usize| {
        // No tree asks of the last column.
        let column = |depth: usize| (at * 5 + depth * 3) % (columns.len() - 1);
        let split = |depth: usize| {
            let column = column(depth);
            let bin = (at * 31 + depth * 17) % n_bins[column];
            json!({ "column": column, "bin": bin, "missing": (at + depth).is_multiple_of(3) })
        };
        let depth = 1 + at % 5;
        let leaves: Vec<f64> =
            (0..1_usize << depth).map(|leaf| draw(at * 37 + leaf, 5) * 1.6 - 0.8).collect();
        json!({
            "splits": (0..depth).map(split).collect::<Vec<_>>(),
            "leaves": leaves,
            "covers": vec![1; 1 << depth],
        })
    };
    let named = |(name, kind, _): &(&str, Value, Value)| json!({ "name": name, "kind": kind });
    let mut stored = json!({
        "columns": columns.iter().map(named).collect::<Vec<_>>(),
        "trees": {
            "cuts": columns.iter().map(|(.., cuts)| cuts).collect::<Vec<_>>(),
            "base": -0.4,
            "trees": (0..n_trees).map(tree).collect::<Vec<_>>(),
        },
        "calibration_intercept": -0.1,
        "calibration_slope": 0.8,
    });
    if let Some(high) = high {
        stored["calibration_high_slope"] = json!(high);
    }
    model(stored)
}

#[test]
fn boosted_trees_are_themselves_as_a_tree_of_expressions() {
    let table = table();
    for (n_trees, high) in [(60, None), (130, Some(1.7)), (1, Some(0.2))] {
        let propensity = forest(n_trees, high);
        let query = probability(&schema(&table), &propensity).unwrap();
        let asked = query.reads(&[Expr::column(PROBABILITY)]);
        assert!(asked.iter().all(|(name, _)| name != "tenure"));
        if n_trees > 1 {
            assert_eq!(asked.len(), 8);
            let apart = apart(&table, &propensity);
            assert!(apart < 1e-12, "{n_trees} {apart}");
        }
    }
}

#[test]
fn trees_beyond_the_limit_are_refused_and_those_within_are_a_megabyte() {
    let schema = schema(&table());
    let leaves = |n: usize| (0..n).map(|at| 1_usize << (1 + at % 5)).sum::<usize>();
    let most = (1..LEAVES).take_while(|&n| leaves(n) <= LEAVES).last().unwrap();
    let query = probability(&schema, &forest(most, Some(1.1))).unwrap();
    let last = [(PROBABILITY.to_owned(), Expr::column(PROBABILITY))];
    let text = query.print(&last, "t", Dialect::Spark);
    assert!(text.len() < 1_200_000, "{}", text.len());
    let found = leaves(most + 1);
    assert_eq!(
        probability(&schema, &forest(most + 1, None)).unwrap_err(),
        SqlError::Leaves { found, most: LEAVES }
    );
}
