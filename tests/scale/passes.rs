//! Each question on Sail and on Spark, against the answer that is computed here.

use kohort::backend::passes::{self, CentroidModel, PLACE, PartialSums, x};
use kohort::backend::spark::SparkBackend;
use kohort::backend::{
    Backend, BackendError, Fixed, Grouping, HashSample, Holds, Input, Output, Relation,
    RelationColumn, Scoring, Sink, Summed, Written,
};
use kohort::expression::{As, Cells, Expr, Query};

use crate::here::{D, Here, made, names, relation};
use crate::servers::{Sail, Spark, soak};

/// Segments.
pub(crate) const K: usize = 8;

/// The columns, scaled by numbers that every engine gets.
fn prepared() -> Query {
    let mut query = Query::new("id");
    let read =
        names().into_iter().map(|name| (name.clone(), Expr::Real(Box::new(Expr::column(name)))));
    query.layer("kohort_read", read.collect());
    let scaled = names().into_iter().enumerate();
    let scaled = scaled.map(|(at, name)| (x(at), Expr::column(name).less(4.7).by(3.1)));
    query.layer("kohort_matrix", scaled.collect());
    query
}

pub(crate) fn model(rows: u64, centres: Vec<f64>) -> CentroidModel {
    CentroidModel {
        prepared: prepared(),
        centres,
        width: D,
        sums: Fixed::for_sums(rows, 4.0).unwrap(),
        squares: Fixed::for_sums(rows, 64.0 * D as f64).unwrap(),
    }
}

/// Centres to begin with: customers of a sample, which is the same everywhere.
pub(crate) fn first_centres(backend: &dyn Backend, relation: &Relation) -> Vec<f64> {
    let sample = HashSample { columns: names(), seed: 7, most: K };
    let sample = backend.hash_sample(relation, &sample).unwrap();
    let column = |name: &String| match sample.columns.column(name, As::Number) {
        Some(Cells::Number { values, .. }) => values.clone(),
        _ => panic!("{name} is not in the sample"),
    };
    let columns: Vec<Vec<f64>> = names().iter().map(column).collect();
    (0..K).flat_map(|row| columns.iter().map(move |c| (c[row] - 4.7) / 3.1)).collect()
}

/// Passes of k-means; each one's sums.
pub(crate) fn lloyd(
    backend: &dyn Backend,
    relation: &Relation,
    mut centres: Vec<f64>,
    n_passes: usize,
) -> Vec<PartialSums> {
    let mut all = Vec::new();
    for _ in 0..n_passes {
        let sums = passes::partial_sums(backend, relation, &model(relation.rows, centres.clone()))
            .unwrap();
        centres = sums.means(&centres);
        all.push(sums);
    }
    all
}

/// The segment of each customer: one more than the place of the nearest centre.
pub(crate) fn scoring(model: &CentroidModel, rows: u64, run: &str) -> Scoring {
    let segment = Expr::column(PLACE).plus(Expr::whole(1));
    Scoring {
        query: model.nearest(&[]),
        columns: vec![Output {
            name: "segment".to_owned(),
            value: segment,
            written: Written::Whole,
        }],
        run: run.to_owned(),
        rows,
    }
}

/// Writes the customers into a folder that the engine sees, and opens it.
pub(crate) fn customers(backend: &SparkBackend, folder: &std::path::Path, n: u64) -> Relation {
    let columns = names().into_iter().map(|name| Output {
        name: name.clone(),
        value: Expr::column(name),
        written: Written::Number(None),
    });
    let scoring = Scoring {
        query: Query::new("id"),
        columns: columns.collect(),
        run: "made".to_owned(),
        rows: n,
    };
    let sink = Sink { place: folder.join("customers").display().to_string() };
    let receipt = backend.score_write(&relation(&made(n, 8), n), &scoring, &sink).unwrap();
    let opened = backend.open(&Input::customers(receipt.place, "id")).unwrap();
    assert_eq!((opened.rows, opened.columns.len()), (n, D + 1));
    opened
}

/// Everything that is asked, on an engine and here.
fn the_same(backend: &SparkBackend, folder: &std::path::Path, n: u64) {
    let here = Here::new(n);
    let there = customers(backend, folder, n);
    statistics(backend, &there, &here, n);
    let local = relation("here", n);
    let sample = HashSample { columns: names(), seed: 42, most: n as usize / 20 };
    let (found, expected) =
        (backend.hash_sample(&there, &sample).unwrap(), here.hash_sample(&local, &sample).unwrap());
    assert_eq!(found, expected);
    let centres = first_centres(backend, &there);
    assert_eq!(centres, first_centres(&here, &local));
    let found = lloyd(backend, &there, centres.clone(), 3);
    assert_eq!(found, lloyd(&here, &local, centres.clone(), 3));
    assert!(found[2].inertia() < found[0].inertia());
    let model = model(n, found[2].means(&centres));
    let edges = [-1.0, -0.5, 0.0, 0.25, 1.0];
    let histogram = |backend: &dyn Backend, relation: &Relation| {
        passes::histogram(backend, relation, &model.prepared, &Expr::column(x(3)), &edges).unwrap()
    };
    assert_eq!(histogram(backend, &there), histogram(&here, &local));
    segments(backend, &there, &here, &model, folder);
}

fn statistics(backend: &SparkBackend, there: &Relation, here: &Here, n: u64) {
    let columns: Vec<_> =
        names().into_iter().map(|name| (name.clone(), Expr::column(name))).collect();
    let (none, local) = (Query::new("id"), relation("here", n));
    let found = backend.column_statistics(there, &none, &columns).unwrap();
    let expected = here.column_statistics(&local, &none, &columns).unwrap();
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!((found.n, found.null, found.nan), (n, 0, 0));
        assert_eq!(found.range, expected.range);
        assert!((found.mean - expected.mean).abs() < 1e-9, "{found:?} {expected:?}");
        assert!((found.m2 / expected.m2 - 1.0).abs() < 1e-9, "{found:?} {expected:?}");
    }
    // Missing values are counted apart.
    let small = || Expr::column("f0").is("<", 0.0);
    let holes = Expr::case(vec![(small(), Expr::Null)], Expr::column("f0"));
    let holes = vec![("holes".to_owned(), holes)];
    let found = backend.column_statistics(there, &none, &holes).unwrap();
    let n_small = here.numbers(&none, &Expr::indicator(small()));
    let n_small = n_small.into_iter().flatten().sum::<f64>() as u64;
    assert!(n_small > 0);
    assert_eq!((found[0].n, found[0].null, found[0].nan), (n - n_small, n_small, 0));
}

/// The segment of every customer, written there and read back.
fn segments(
    backend: &SparkBackend,
    there: &Relation,
    here: &Here,
    model: &CentroidModel,
    folder: &std::path::Path,
) {
    let n = there.rows;
    let sink = Sink { place: folder.join("segments").display().to_string() };
    let scoring = scoring(model, n, "run-1");
    let receipt = backend.score_write(there, &scoring, &sink).unwrap();
    assert_eq!((receipt.rows, receipt.already), (n, false));
    // The same run again finds what it wrote.
    assert!(backend.score_write(there, &scoring, &sink).unwrap().already);
    // Another one of that name does not.
    let mut other = scoring.clone();
    "other".clone_into(&mut other.columns[0].name);
    let error = backend.score_write(there, &other, &sink).unwrap_err();
    assert!(matches!(error, BackendError::SinkTaken { .. }), "{error}");
    let written = backend.open(&Input::customers(receipt.place, "id")).unwrap();
    assert_eq!(written.columns.len(), 2);
    let all = HashSample { columns: vec!["segment".to_owned()], seed: 1, most: n as usize };
    let all = backend.hash_sample(&written, &all).unwrap();
    let Some(Cells::Number { values, .. }) = all.columns.column("segment", As::Number) else {
        panic!("no segments");
    };
    let expected = here.numbers(&scoring.query, &scoring.columns[0].value);
    assert_eq!(all.ids.len(), expected.len());
    for (id, found) in all.ids.iter().zip(values) {
        let at: usize = id[1..].parse().unwrap();
        assert_eq!(Some(*found), expected[at], "{id}");
    }
}

/// The customers in other parts and another order, as an engine moves them about.
fn moved(there: &Relation, how: &str) -> Relation {
    let name = match how.parse::<usize>() {
        Ok(parts) => format!("(SELECT /*+ REPARTITION({parts}) */ * FROM {})", there.name),
        Err(_) => format!("(SELECT * FROM {} {})", there.name, how.replace("THERE", &there.name)),
    };
    Relation { name, ..there.clone() }
}

fn however_they_are_moved(backend: &SparkBackend, there: &Relation) {
    let centres = first_centres(backend, there);
    let expected = lloyd(backend, there, centres.clone(), 1);
    for how in [
        "1",
        "3",
        "16",
        "WHERE f3 < 1 UNION ALL SELECT * FROM THERE WHERE NOT f3 < 1",
        "ORDER BY f7, id",
    ] {
        let found = lloyd(backend, &moved(there, how), centres.clone(), 1);
        assert_eq!(found, expected, "{how}");
    }
}

/// How many parts a table is read in.
fn parts(backend: &SparkBackend, there: &Relation) -> usize {
    let name = format!("(SELECT id, SPARK_PARTITION_ID() AS part FROM {})", there.name);
    let mut parts = Relation { name, ..there.clone() };
    parts.columns.push(RelationColumn { name: "part".to_owned(), holds: Holds::Whole });
    let grouping = Grouping {
        query: Query::new("id"),
        group: Expr::column("part"),
        values: Vec::new(),
        most: 1000,
    };
    backend.grouped_sums(&parts, &grouping).unwrap().0.len()
}

#[test]
fn sail_answers_as_this_program() {
    let Some(sail) = Sail::start() else { return };
    let backend = sail.connect();
    assert_eq!(backend.info().notes, Vec::<String>::new());
    the_same(&backend, sail.folder(), 20_000);
    let there = customers(&backend, sail.folder(), 20_000);
    however_they_are_moved(&backend, &there);
}

#[test]
fn a_million_customers_are_in_the_same_segments_on_sail() {
    if !soak() {
        return;
    }
    let Some(sail) = Sail::start() else { return };
    let backend = sail.connect();
    the_same(&backend, sail.folder(), 1_000_000);
    let there = customers(&backend, sail.folder(), 1_000_000);
    let plan = backend.plan(&there, &count()).unwrap();
    let groups = plan.split("file_groups={").nth(1).and_then(|rest| rest.split(' ').next());
    assert!(groups.and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n >= 4), "{plan}");
    however_they_are_moved(&backend, &there);
}

#[test]
fn a_million_customers_are_in_the_same_segments_on_spark() {
    if !soak() {
        return;
    }
    let Some(spark) = Spark::start() else { return };
    let mut params = spark.params();
    let small_parts = ("spark.sql.files.maxPartitionBytes".to_owned(), "4m".to_owned());
    params.settings.push(small_parts);
    let backend = SparkBackend::connect(params).unwrap();
    assert_eq!(backend.info().notes, Vec::<String>::new());
    the_same(&backend, spark.folder(), 1_000_000);
    let there = customers(&backend, spark.folder(), 1_000_000);
    assert!(parts(&backend, &there) >= 4);
    assert!(backend.plan(&there, &count()).unwrap().contains("Scan parquet"));
    however_they_are_moved(&backend, &there);
}

/// Rows by the first column's sign.
fn count() -> Grouping {
    let value = Summed {
        name: "f0".to_owned(),
        value: Expr::column("f0"),
        fixed: Fixed { bits: 20, largest: 100.0 },
    };
    let sign = Expr::case(vec![(Expr::column("f0").is("<", 0.0), Expr::whole(0))], Expr::whole(1));
    Grouping { query: Query::new("id"), group: sign, values: vec![value], most: 2 }
}
