//! `hdbscan --matrix X.npy --min-cluster-size S`, on request `--min-samples M --leaf 1`.

use std::time::Instant;

use kohort::cluster::hdbscan::{HdbscanParams, Selection};

use crate::npy;
use crate::options::Options;

pub(crate) fn run(options: &Options) -> serde_json::Value {
    let matrix = npy::matrix(options);
    let leaf = options.number("--leaf").unwrap_or(0) > 0;
    let params = HdbscanParams {
        min_samples: options.number("--min-samples"),
        selection: if leaf { Selection::Leaf } else { Selection::ExcessOfMass },
        ..HdbscanParams::new(options.number("--min-cluster-size").unwrap())
    };
    let params = params.check().unwrap();
    options.on_threads(|| {
        let before = npy::memory("VmRSS");
        #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let start = Instant::now();
        let found = params.fit(&matrix);
        let seconds = start.elapsed().as_secs_f64();
        let labels: Vec<i32> = found.labels.iter().map(|l| l.map_or(-1, |l| l as i32)).collect();
        npy::density_answer(options, seconds, found.n_clusters, &labels, before)
    })
}
