//! k-means: from given centres (`--init C.npy --iterations 20 --tolerance 0`) or by the
//! default fit (`--k 8 --seed 1`); `--engine linfa` does the same work by linfa-clustering,
//! `--by avx-512` or `--by portable` uses other instructions than the default.

use std::path::Path;
use std::time::Instant;

use kohort::cluster::kmeans::{KMeans, KMeansParams, PackedMatrix};
use kohort::matrix::Matrix;
use kohort::seed::Seed;
use linfa::prelude::*;
use linfa_clustering::KMeansInit;
use linfa_nn::distance::L2Dist;
use ndarray::Array2;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;
use serde_json::{Value, json};

use crate::npy::{self, Values};
use crate::options::Options;

struct Answer {
    seconds: f64,
    iterations: Option<usize>,
    inertia: f64,
    labels: Vec<i32>,
    instructions: String,
}

pub(crate) fn run(options: &Options) -> Value {
    let path = options.path("--matrix").expect("--matrix X.npy");
    let init = options.path("--init").map(|path| centres(&path));
    let answer = if options.text("--engine") == Some("linfa") {
        options.on_threads(|| by_linfa(&path, init, options))
    } else {
        options.on_threads(|| by_kohort(&path, init, options))
    };
    if let Some(path) = options.path("--labels-out") {
        npy::write_labels(&path, &answer.labels);
    }
    json!({
        "seconds": answer.seconds,
        "iterations": answer.iterations,
        "inertia": answer.inertia,
        "labels_sha256": npy::sha256(&answer.labels),
        "instructions": answer.instructions,
    })
}

/// The f32 rows of `--matrix`.
pub(crate) fn packed(options: &Options) -> PackedMatrix {
    let (values, _, d) = npy::read(&options.path("--matrix").expect("--matrix X.npy"));
    let Values::F32(values) = values else { panic!("an f32 matrix is needed") };
    PackedMatrix::new(values, d).unwrap()
}

pub(crate) fn centres(path: &Path) -> Array2<f64> {
    let (values, k, d) = npy::read(path);
    let values = match values {
        Values::F32(values) => values.into_iter().map(f64::from).collect(),
        Values::F64(values) => values,
    };
    Array2::from_shape_vec((k, d), values).unwrap()
}

fn by_kohort(path: &Path, init: Option<Array2<f64>>, options: &Options) -> Answer {
    let (values, n, d) = npy::read(path);
    let k = init.as_ref().map_or_else(|| options.number("--k").expect("--k"), Array2::nrows);
    let mut params = KMeansParams::new(k).seed(Seed::new(options.number("--seed").unwrap_or(1)));
    if let Some(iterations) = options.number("--iterations") {
        params = params.max_iterations(iterations);
    }
    if let Some(tolerance) = options.number("--tolerance") {
        params = params.tolerance(tolerance);
    }
    let params = params.check().unwrap();
    let start = Instant::now();
    let (model, instructions): (KMeans, &str) = match (values, init) {
        (Values::F32(values), init) => {
            let rows = PackedMatrix::new(values, d).unwrap();
            let rows = match options.text("--by") {
                Some(instructions) => rows.by(instructions),
                None => rows,
            };
            let model = match init {
                Some(init) => params.fit_packed_from(&rows, init.view()),
                None => params.fit_packed(&rows),
            };
            (model.unwrap(), rows.instructions())
        }
        (Values::F64(values), None) => {
            let rows = Array2::from_shape_vec((n, d), values).unwrap();
            (params.fit_matrix(&Matrix::unnamed(rows).unwrap(), None).unwrap(), "f64")
        }
        (Values::F64(_), Some(_)) => panic!("--init needs an f32 matrix"),
    };
    Answer {
        seconds: start.elapsed().as_secs_f64(),
        iterations: Some(model.iterations()),
        inertia: model.inertia(),
        labels: model.labels().iter().map(|&label| label as i32).collect(),
        instructions: instructions.to_owned(),
    }
}

/// linfa's stop rule is another one and it tells no iterations: with a tolerance of 0 it
/// uses all of them. Its default fit is one of ten starts; here it gets one, as
/// scikit-learn does.
fn by_linfa(path: &Path, init: Option<Array2<f64>>, options: &Options) -> Answer {
    let (values, n, d) = npy::read(path);
    let Values::F32(values) = values else { panic!("an f32 matrix is needed") };
    let rows = Array2::from_shape_vec((n, d), values).unwrap();
    let k = init.as_ref().map_or_else(|| options.number("--k").expect("--k"), Array2::nrows);
    let rng = Xoshiro256Plus::seed_from_u64(options.number("--seed").unwrap_or(1));
    let method = match init {
        Some(init) => KMeansInit::Precomputed(init.mapv(|x| x as f32)),
        None => KMeansInit::KMeansPlusPlus,
    };
    let iterations: u64 = options.number("--iterations").unwrap_or(300);
    // Its tolerance must be above 0.
    let tolerance = options.number("--tolerance").unwrap_or(1e-4f32).max(f32::MIN_POSITIVE);
    let start = Instant::now();
    let data = DatasetBase::from(rows);
    let params = linfa_clustering::KMeans::params_with(k, rng, L2Dist)
        .n_runs(1)
        .max_n_iterations(iterations)
        .tolerance(tolerance)
        .init_method(method);
    // It calls it an error when the iterations end before its stop rule holds.
    let (seconds, labels, inertia) = match params.fit(&data) {
        Ok(model) => {
            let labels = model.predict(&data);
            let seconds = start.elapsed().as_secs_f64();
            (seconds, labels.to_vec(), f64::from(model.inertia()) * n as f64)
        }
        Err(_) => (start.elapsed().as_secs_f64(), Vec::new(), f64::NAN),
    };
    Answer {
        seconds,
        iterations: None,
        inertia,
        labels: labels.into_iter().map(|label| label as i32).collect(),
        instructions: "linfa".to_owned(),
    }
}
