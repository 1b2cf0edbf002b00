//! `value --matrix X.npy [--leaving any]`: BG/NBD on rows of repeats, days from the first
//! order to the last, and days observed; seconds are from the rows in memory to the
//! parameters.

use std::path::PathBuf;

use kohort::value::{BgNbd, Compressed, History, Leaving, Nbd};
use serde_json::{Value, json};

use crate::npy;
use crate::options::Options;

pub(crate) fn run(options: &Options) -> Value {
    let path: PathBuf = options.path("--matrix").unwrap();
    let (values, n, _) = npy::read(&path);
    let values = match values {
        npy::Values::F64(values) => values,
        npy::Values::F32(values) => values.into_iter().map(f64::from).collect(),
    };
    let histories: Vec<History> = values
        .chunks_exact(3)
        .map(|row| History {
            repeats: row[0] as u32,
            first_to_last_days: row[1] as u32,
            observed_days: row[2] as u32,
        })
        .collect();
    let leaving = if options.text("--leaving") == Some("any") {
        Leaving::AfterAny
    } else {
        Leaving::AfterRepeats
    };
    options.on_threads(|| {
        let start = std::time::Instant::now();
        let sample = Compressed::new(&histories);
        let (nbd, _) = Nbd::fit(&sample);
        let (_, peak) = BgNbd::fit(&sample, leaving, &nbd);
        let seconds = start.elapsed().as_secs_f64();
        json!({
            "work": "value", "seconds": seconds, "customers": n,
            "distinct": sample.histories().len(), "parameters": peak.parameters,
            "log_likelihood": peak.log_likelihood, "steps": peak.steps,
            "ending": format!("{:?}", peak.ending),
        })
    })
}
