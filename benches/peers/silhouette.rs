//! The mean silhouette of given labels: exact, `--by f32`, or `--sample 2000` of the rows.

use std::time::Instant;

use kohort::cluster::quality::silhouette::{mean_silhouette, quick_silhouette, sampled_silhouette};
use kohort::seed::Seed;
use ndarray::Array2;
use serde_json::{Value, json};

use crate::npy::{self, Values};
use crate::options::Options;

pub(crate) fn run(options: &Options) -> Value {
    let (values, n, d) = npy::read(&options.path("--matrix").expect("--matrix X.npy"));
    let values = match values {
        Values::F32(values) => values.into_iter().map(f64::from).collect(),
        Values::F64(values) => values,
    };
    let rows = Array2::from_shape_vec((n, d), values).unwrap();
    let labels = npy::read_labels(&options.path("--labels").expect("--labels L.npy"));
    let labels: Vec<u32> = labels.into_iter().map(|label| label.try_into().unwrap()).collect();
    options.on_threads(|| {
        let start = Instant::now();
        let (value, low, high) = match options.number("--sample") {
            None if options.text("--by") == Some("f32") => {
                (quick_silhouette(rows.view(), &labels), None, None)
            }
            None => (mean_silhouette(rows.view(), &labels), None, None),
            Some(m) => {
                let sampled = sampled_silhouette(rows.view(), &labels, m, Seed::new(1));
                (sampled.map(|s| s.mean), sampled.map(|s| s.low), sampled.map(|s| s.high))
            }
        };
        let seconds = start.elapsed().as_secs_f64();
        json!({ "seconds": seconds, "silhouette": value, "low": low, "high": high })
    })
}
