//! The model as SQL: SQLite, given the same columns, puts every customer where kohort does.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use kohort::features::wanted_for;
use kohort::load::{self, CsvParams};
use kohort::pipeline::score::read_model;
use kohort::schema::Schema;
use polars::prelude::{AnyValue, Column, DataType};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;

use crate::support::{json, kohort, real, rows, run, small_table, soak};

/// A database with the mathematical functions of SQLite's own build, which the bundled one is
/// compiled without. They are those of the model, so that bits are equal.
fn database() -> Connection {
    type Function = fn(f64) -> f64;
    let base = Connection::open_in_memory().unwrap();
    let functions: [(&str, Function); 5] = [
        ("ln", libm::log),
        ("asinh", libm::asinh),
        ("sqrt", libm::sqrt),
        ("cos", libm::cos),
        ("sin", libm::sin),
    ];
    for (name, function) in functions {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        base.create_scalar_function(name, 1, flags, move |call| {
            Ok(call.get::<Option<f64>>(0)?.map(function))
        })
        .unwrap();
    }
    base
}

/// A cell as SQLite keeps it.
fn cell(value: &AnyValue) -> Value {
    match value {
        AnyValue::Null => Value::Null,
        AnyValue::Float64(x) if x.is_nan() => Value::Null,
        AnyValue::Float64(x) => Value::Real(*x),
        AnyValue::String(text) => Value::Text((*text).to_owned()),
        AnyValue::StringOwned(text) => Value::Text(text.to_string()),
        other => panic!("{other:?}"),
    }
}

/// The columns that a model reads, in a table called `customers`.
fn fill(base: &mut Connection, table: &Path, schema: &Schema) {
    let source = load::open(table, "table", &CsvParams::default(), 0).unwrap();
    let wanted = wanted_for(schema, source.columns(), None).unwrap();
    let frame = source.read(&wanted).unwrap();
    let columns: Vec<Column> = frame
        .columns()
        .iter()
        .map(|column| match column.dtype() {
            DataType::String => column.clone(),
            DataType::Date => column.cast(&DataType::String).unwrap(),
            _ => column.cast(&DataType::Float64).unwrap(),
        })
        .collect();
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("\"{}\"", column.name().replace('"', "\"\"")))
        .collect();
    base.execute_batch(&format!("create table customers ({})", names.join(", "))).unwrap();
    let all = base.transaction().unwrap();
    {
        let marks = vec!["?"; names.len()].join(", ");
        let mut insert = all.prepare(&format!("insert into customers values ({marks})")).unwrap();
        for row in 0..frame.height() {
            let cells: Vec<Value> =
                columns.iter().map(|column| cell(&column.get(row).unwrap())).collect();
            insert.execute(rusqlite::params_from_iter(cells)).unwrap();
        }
    }
    all.commit().unwrap();
}

/// What the statement says: the segment of each id.
fn by_sql(folder: &Path, table: &Path) -> BTreeMap<String, (String, String)> {
    let path = folder.display().to_string();
    let call = kohort(&["model", &path, "--to", "sql", "--dialect", "sqlite"]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let model = read_model(&folder.join("model")).unwrap();
    let mut base = database();
    fill(&mut base, table, &model.schema);
    let mut statement = base.prepare(&call.stdout).unwrap();
    let found = statement
        .query_map([], |row| {
            let segment: Option<i64> = row.get(1)?;
            let name: Option<String> = row.get(2)?;
            let id = segment.map_or_else(String::new, |id| id.to_string());
            Ok((row.get::<_, String>(0)?, (id, name.unwrap_or_default())))
        })
        .unwrap();
    found.map(Result::unwrap).collect()
}

/// Runs a table, and compares the statement's segments with those of the run.
fn same(table: &Path, features: &str, more: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let run = run(table, folder.path(), more);
    let inside = run.join(features);
    let read = if features.is_empty() { table } else { &inside };
    let sql = by_sql(&run, read);
    let customers = rows(&run.join("customers.csv"));
    let id = read_model(&run.join("model")).unwrap().schema.id;
    assert_eq!(sql.len(), customers.len(), "{} {more:?}", table.display());
    let differ = customers
        .iter()
        .filter(|row| {
            let (segment, name) = &sql[&row[&id]];
            (segment, name) != (&row["segment_id"], &row["segment"])
        })
        .count();
    assert_eq!(differ, 0, "{} {more:?}: of {} customers", table.display(), customers.len());
}

#[test]
fn sqlite_puts_every_customer_of_a_small_table_where_the_run_does() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("small.csv");
    std::fs::write(&table, small_table(400)).unwrap();
    for method in ["k-means", "latent-class", "k-prototypes"] {
        same(&table, "", &["--set", "segments.k=3", "--set", &format!("segments.method={method}")]);
    }
    let numbers = "features.cluster-on=[\"spend\",\"visits\",\"age\"]";
    let mixture = ["--set", "segments.k=3", "--set", "segments.method=gmm", "--set", numbers];
    same(&table, "", &mixture);
    for scale in ["robust", "min-max", "quantile", "none"] {
        same(&table, "", &["--set", "segments.k=3", "--set", &format!("normalise.scale={scale}")]);
    }
    same(&table, "", &["--set", "segments.k=3", "--set", "normalise.log=[\"spend\",\"age\"]"]);
}

#[test]
fn sqlite_puts_every_customer_of_the_generated_sets_where_the_run_does() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    same(&data.join("shop/customers.csv"), "", &[]);
    same(&data.join("subscription/customers.csv"), "", &[]);
    same(&data.join("shop/transactions.csv"), "features.parquet", &[]);
    for rule in ["lifecycle", "loyalty", "rfm", "abc"] {
        let method = format!("segments.method={rule}");
        same(&data.join("shop/transactions.csv"), "features.parquet", &["--set", &method]);
    }
    // The discounts of lines are in no feature.
    let shopper =
        ["--set", "segments.method=shopper", "--set", "features.transactions.discount=\"\""];
    same(&data.join("shop/transactions.csv"), "features.parquet", &shopper);
    let by_both =
        ["--set", "segments.method=abc", "--set", "segments.abc-by=[\"value\",\"orders\"]"];
    same(&data.join("shop/transactions.csv"), "features.parquet", &by_both);
}

#[test]
fn sqlite_puts_every_customer_of_real_tables_where_the_run_does() {
    let tables = [
        ("telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv", "id=customerID"),
        ("wholesale/Wholesale customers data.csv", ""),
        ("mall_customers/Mall_Customers.csv", ""),
        ("mcdonalds/mcdonalds.csv", ""),
        ("cc_general/CC GENERAL.csv", ""),
        ("bank_churn/Churn_Modelling.csv", ""),
    ];
    // Those with thousands of customers take minutes without optimisation.
    let n = if soak() { tables.len() } else { 4 };
    for (path, id) in tables.into_iter().take(n) {
        let Some(table) = real(path) else { continue };
        let numbered = numbered(&table);
        let id = if id.is_empty() { "input.id=kohort_row" } else { "input.id=customerID" };
        same(numbered.path(), "", &["--set", id, "--set", "segments.k=5"]);
    }
    if let Some(table) = real("mcdonalds/mcdonalds.csv") {
        let numbered = numbered(&table);
        for method in ["latent-class", "k-prototypes"] {
            let method = format!("segments.method={method}");
            let more = ["--set", "input.id=kohort_row", "--set", "segments.k=4", "--set", &method];
            same(numbered.path(), "", &more);
        }
    }
}

/// The table with a column that numbers its rows, so that the rows of a base can be named.
fn numbered(table: &Path) -> tempfile::NamedTempFile {
    let text = String::from_utf8_lossy(&std::fs::read(table).unwrap()).into_owned();
    let mut lines = text.lines();
    let separator = if lines.clone().next().unwrap().contains(';') { ';' } else { ',' };
    let mut out = format!("kohort_row{separator}{}\n", lines.next().unwrap());
    for (at, line) in lines.enumerate() {
        let _ = writeln!(out, "r{at}{separator}{line}");
    }
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(file.path(), out).unwrap();
    file
}

#[test]
fn what_cannot_be_sql_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("small.csv");
    std::fs::write(&table, small_table(300)).unwrap();
    for method in ["dbscan", "hdbscan"] {
        let out = folder.path().join(method);
        let run = run(&table, &out, &["--set", &format!("segments.method={method}")]);
        let path = run.display().to_string();
        let call = kohort(&["model", &path, "--to", "sql"]);
        assert_eq!(call.code, 2, "{}", call.stderr);
        assert!(call.stderr.contains("E-MDL-075") && call.stderr.contains(method));
        assert_eq!(call.stdout, "");
        assert_eq!(kohort(&["model", &path, "--to", "json"]).code, 0);
    }
}

#[test]
fn each_dialect_and_the_readable_model() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("small.csv");
    std::fs::write(&table, small_table(300)).unwrap();
    let run = run(&table, &folder.path().join("out"), &["--set", "segments.k=3"]);
    let path = run.display().to_string();
    let of = |dialect: &str| {
        let call =
            kohort(&["model", &path, "--to", "sql", "--dialect", dialect, "--table", "crm.c"]);
        assert_eq!(call.code, 0);
        assert!(call.stdout.contains("FROM crm.c"), "{}", call.stdout);
        call.stdout
    };
    assert!(of("postgres").contains("::float8"));
    assert!(of("spark").contains("`visits`"));
    assert!(of("duckdb").contains("DOUBLE"));
    assert!(of("sqlite").contains("REAL"));
    let file = folder.path().join("model.json");
    let name = file.display().to_string();
    assert_eq!(kohort(&["model", &path, "--to", "json", "-o", &name]).code, 0);
    let model = json(&file);
    assert_eq!(model["segments"].as_array().unwrap().len(), 3);
    assert!(model["segments"][0]["centre"].is_object());
    assert_eq!(model["method"], "k-means");
}
