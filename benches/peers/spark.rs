//! The centres of a table that Spark holds: from nothing to the last pass, and what other
//! centres of the same table come to.
//!
//! `cargo bench --no-default-features --features spark --bench peers -- spark --url sc://HOST:PORT
//! --table PATH --id ID --k 8 --seed 1 --passes 10` reads every column of numbers;
//! `--centres C.npy` measures those in place of a fit. `peers_spark.py` beside it has the recipe.

use std::time::Instant;

use kohort::backend::fit::{Params, Start, bound, refine};
use kohort::backend::passes::{CentroidModel, partial_sums, x};
use kohort::backend::spark::{Address, SparkBackend, SparkParams};
use kohort::backend::{Backend, HashSample, Holds, Input, Relation};
use kohort::cluster::kmeans::{KMeansParams, PackedMatrix};
use kohort::expression::{Cells, Expr, Query};
use kohort::seed::Seed;
use linfa::prelude::*;
use serde_json::{Value, json};

use crate::npy::{self, Values};
use crate::options::Options;

pub(crate) fn run(options: &Options) -> Value {
    let address = Address::read(options.text("--url").expect("--url sc://HOST:PORT")).unwrap();
    let backend = SparkBackend::connect(SparkParams::new(address)).unwrap();
    let text = |name: &str| options.text(name).unwrap_or_else(|| panic!("{name}")).to_owned();
    let input = Input::customers(text("--table"), text("--id"));
    let start = Instant::now();
    let relation = backend.open(&input).unwrap();
    let names = numbers(&relation);
    if let Some(path) = options.path("--centres") {
        let (values, _, _) = npy::read(&path);
        let centres = match values {
            Values::F32(values) => values.into_iter().map(f64::from).collect(),
            Values::F64(values) => values,
        };
        return json!({ "inertia": cost(&backend, &relation, &beginning(&relation, centres)) });
    }
    let k = options.number("--k").expect("--k");
    let seed = options.number("--seed").unwrap_or(1);
    let passes = options.number("--passes").unwrap_or(10);
    let most = options.number("--sample").unwrap_or(100_000);
    let sample = HashSample { columns: names, seed, most };
    let sample = backend.hash_sample(&relation, &sample).unwrap();
    let columns: Vec<&Vec<f64>> = sample
        .columns
        .columns()
        .map(|(_, cells)| match cells {
            Cells::Number { values, .. } => values,
            _ => panic!("a column of the sample is not of numbers"),
        })
        .collect();
    let row = |row: usize| columns.iter().map(move |column| column[row] as f32);
    let rows: Vec<f32> = (0..sample.ids.len()).flat_map(row).collect();
    let rows = PackedMatrix::new(rows, columns.len()).unwrap();
    let sampled = start.elapsed().as_secs_f64();
    let params = KMeansParams::new(k).seed(Seed::new(seed)).check().unwrap();
    let found = options.on_threads(|| params.fit_packed(&rows).unwrap());
    let fitted = start.elapsed().as_secs_f64();
    let start_centres = found.centres().iter().copied().collect();
    let folder = std::env::temp_dir().join(format!("kohort-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let journal = folder.join("journal.jsonl");
    let params = Params { passes, ..Params::default() };
    let begin = beginning(&relation, start_centres);
    let refined = refine(&backend, &relation, &begin, &params, &journal, &|_, _| ()).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    std::fs::remove_dir_all(&folder).unwrap();
    let inertia = cost(&backend, &relation, &beginning(&relation, refined.model.centres.clone()));
    json!({
        "seconds": seconds,
        "sampled": sampled,
        "fitted": fitted,
        "passes": refined.passes.len(),
        "inertia": inertia,
        "rows": relation.rows,
    })
}

/// The columns of numbers, by name in the order of the alphabet.
fn numbers(relation: &Relation) -> Vec<String> {
    let columns = relation.columns.iter();
    let mut names: Vec<String> = columns
        .filter(|column| column.name != relation.id)
        .filter(|column| matches!(column.holds, Holds::Whole | Holds::Real))
        .map(|column| column.name.clone())
        .collect();
    names.sort();
    names
}

/// The columns as they are.
fn beginning(relation: &Relation, centres: Vec<f64>) -> Start {
    let names = numbers(relation);
    let mut prepared = Query::new(&relation.id);
    let columns = names.iter().enumerate();
    let real = |name: &String| Expr::Real(Box::new(Expr::column(name)));
    prepared.layer("kohort_matrix", columns.map(|(at, name)| (x(at), real(name))).collect());
    Start { prepared, names, beside: Vec::new(), centres, run: "peers".to_owned(), seed: 1 }
}

/// The sum of squared distances to the nearest centre.
fn cost(backend: &SparkBackend, relation: &Relation, start: &Start) -> f64 {
    let (model, ..): (CentroidModel, _, _) = bound(backend, relation, start).unwrap();
    partial_sums(backend, relation, &model).unwrap().inertia()
}
