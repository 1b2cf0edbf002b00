//! Mixtures and mixed data.

use std::path::PathBuf;

use kohort::cluster::gmm::{Covariance, GmmParams};
use kohort::matrix::Matrix;
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
