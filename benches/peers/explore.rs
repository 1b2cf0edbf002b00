//! `explore --matrix X.npy --k 2..20`: numbers of segments with all their evidence.

use std::time::Instant;

use kohort::cluster::survey::survey;
use kohort::cluster::{K, Params, Task};
use kohort::seed::Seed;
use kohort::table::{FeatureTable, Ids};
use serde_json::{Value, json};

use crate::npy;
use crate::options::Options;

pub(crate) fn run(options: &Options) -> Value {
    let matrix = npy::matrix(options);
    let (from, to) = options.text("--k").and_then(|range| range.split_once("..")).unwrap();
    let k = K::Between(from.parse().unwrap(), to.parse().unwrap());
    let means = Params { k, ..Params::default() }.check().unwrap();
    // A table without columns: the matrix is all there is.
    let ids = Ids {
        name: "row".to_owned(),
        values: (0..matrix.n_rows()).map(|row| row.to_string().into()).collect(),
        from_rows: true,
    };
    let table = FeatureTable::new(ids, Vec::new(), None).unwrap();
    let prepare = |a: &[usize], b: &[usize]| Ok((matrix.take(a)?, matrix.take(b)?));
    let task = Task {
        matrix: &matrix,
        table: &table,
        base: &[],
        describing: &[],
        value: None,
        outcome: None,
        prepare: &prepare,
    };
    options.on_threads(|| {
        #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let start = Instant::now();
        let found = survey(&task, &means, &[], &[], Seed::new(1), &|_| {}).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let inertia: Vec<f64> = found.choice().candidates.iter().map(|c| c.inertia).collect();
        json!({ "seconds": seconds, "k": found.choice().k, "inertia": inertia })
    })
}
