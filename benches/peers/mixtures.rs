//! Mixtures and mixed data.

use std::path::PathBuf;

use kohort::cluster::gmm::{Covariance, GmmParams};
use kohort::cluster::kprototypes::KPrototypesParams;
use kohort::matrix::{Matrix, MatrixColumn};
use linfa::ParamGuard;
use ndarray::Array2;
use serde_json::{Value, json};

use crate::npy;
use crate::options::Options;

fn matrix(options: &Options) -> Matrix {
    let path: PathBuf = options.path("--matrix").unwrap();
    let (values, n, d) = npy::read(&path);
    let values = match values {
        npy::Values::F64(values) => values,
        npy::Values::F32(values) => values.into_iter().map(f64::from).collect(),
    };
    Matrix::unnamed(Array2::from_shape_vec((n, d), values).unwrap()).unwrap()
}

/// `gmm --matrix X.npy --k K [--diagonal yes] [--starts S] [--tolerance T]
/// [--max-iterations I] [--ridge R] [--sample N]`.
pub(crate) fn gmm(options: &Options) -> Value {
    let matrix = matrix(options);
    let mut params = GmmParams::new(options.number("--k").unwrap())
        .starts(options.number("--starts").unwrap_or(10))
        .tolerance(options.number("--tolerance").unwrap_or(1e-5))
        .max_iterations(options.number("--max-iterations").unwrap_or(300))
        .ridge(options.number("--ridge").unwrap_or(1e-3))
        .sample(options.number("--sample").unwrap_or(5_000));
    if options.text("--diagonal").is_some() {
        params = params.covariance(Covariance::Diagonal);
    }
    let params = params.check().unwrap();
    options.on_threads(|| {
        #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let start = std::time::Instant::now();
        let model = params.fit_matrix(&matrix).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        json!({
            "work": "gmm", "seconds": seconds, "iterations": model.iterations(),
            "converged": model.converged(), "starts": model.starts(),
            "mean_log_likelihood": model.log_likelihood() / matrix.n_rows() as f64,
            "bic": model.bic(), "sizes": model.sizes(),
        })
    })
}

/// `kprototypes --matrix X.npy --k K --numbers P --levels L [--restarts R] [--sample N]`: the
/// columns after the first P are 0 or 1, L for each category.
pub(crate) fn kprototypes(options: &Options) -> Value {
    let matrix = matrix(options);
    let numbers: usize = options.number("--numbers").unwrap();
    let levels: usize = options.number("--levels").unwrap();
    let columns = (0..matrix.n_columns()).map(|j| MatrixColumn {
        name: format!("x{j}"),
        source: if j < numbers { format!("x{j}") } else { format!("c{}", (j - numbers) / levels) },
    });
    let matrix = Matrix::new(matrix.values().to_owned(), columns.collect()).unwrap();
    let params = KPrototypesParams::new(options.number("--k").unwrap())
        .max_restarts(options.number("--restarts").unwrap_or(64))
        .sample(options.number("--sample").unwrap_or(5_000))
        .check()
        .unwrap();
    options.on_threads(|| {
        #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let start = std::time::Instant::now();
        let model = params.fit_matrix(&matrix).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        json!({
            "work": "kprototypes", "seconds": seconds, "iterations": model.iterations(),
            "restarts": model.restarts(), "cost": model.cost(), "sizes": model.sizes(),
            "gamma": model.prototypes().gamma(),
        })
    })
}
