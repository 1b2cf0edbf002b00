//! `dbscan --matrix X.npy --eps E --min-points M`.

use std::time::Instant;

use kohort::cluster::Engine;
use kohort::cluster::dbscan::fit;
use kohort::seed::Seed;

use crate::npy;
use crate::options::Options;

pub(crate) fn run(options: &Options) -> serde_json::Value {
    let matrix = npy::matrix(options);
    let eps = options.number("--eps").unwrap();
    let min_points = options.number("--min-points").unwrap();
    options.on_threads(|| {
        let before = npy::memory("VmRSS");
        #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let start = Instant::now();
        let found = fit(&matrix, eps, min_points, Engine::Kohort, Seed::new(1)).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let labels: Vec<i32> = found.labels.iter().map(|l| l.map_or(-1, |l| l as i32)).collect();
        npy::density_answer(options, seconds, found.n_clusters, &labels, before)
    })
}
