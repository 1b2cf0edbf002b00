//! A frozen k-means model on customers in memory: preparation, the two nearest centres and
//! the margin of each. `--k 8`; fitted to the first 20,000 rows.

use std::time::Instant;

use kohort::cluster::kmeans::KMeansParams;
use kohort::cluster::{Engine, Method, Segmentation, Shape};
use kohort::normalise::{Normaliser, NotApplicable, Params, Purpose};
use kohort::table::{Column, Family, FeatureTable, Ids, Role, Values};
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use serde_json::{Value, json};

use crate::npy::{self, Values as Npy};
use crate::options::Options;

const FITTED: usize = 20_000;

pub(crate) fn run(options: &Options) -> Value {
    let (values, n, d) = npy::read(&options.path("--matrix").expect("--matrix X.npy"));
    let values: Vec<f64> = match values {
        Npy::F32(values) => values.into_iter().map(f64::from).collect(),
        Npy::F64(values) => values,
    };
    let k = options.number("--k").unwrap_or(8);
    let table = table(&values, n, d);
    let columns: Vec<usize> = (0..d).collect();
    let rows: Vec<usize> = (0..n).collect();
    options.on_threads(|| {
        let params = Params::default().check().unwrap();
        let shown = &rows[..FITTED.min(n)];
        let none = NotApplicable::default();
        let (normaliser, _) =
            Normaliser::fit(&table, &columns, shown, &params, Purpose::Distance, &none).unwrap();
        let prepared = normaliser.apply(&table, shown).unwrap();
        let data = DatasetBase::from(prepared.values().to_owned());
        let centres = KMeansParams::new(k).fit(&data).unwrap().centres().to_owned();
        let shape = Shape::Centres(centres);
        let frozen = Segmentation::from_parts(Method::KMeans, Engine::Kohort, shape).unwrap();
        let start = Instant::now();
        let matrix = normaliser.apply(&table, &rows).unwrap();
        let prepared = start.elapsed().as_secs_f64();
        let assigned = frozen.assign(&matrix).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let sizes = assigned.iter().fold(vec![0; k], |mut sizes, one| {
            sizes[one.segment.unwrap() as usize] += 1;
            sizes
        });
        json!({
            "seconds": seconds,
            "of_which_preparation": prepared,
            "rows_per_second": n as f64 / seconds,
            "sizes": sizes,
        })
    })
}

fn table(values: &[f64], n: usize, d: usize) -> FeatureTable {
    let column = |t: usize| Column {
        name: format!("x{t}"),
        role: Role::Number,
        family: Family::Behavioural,
        unit: None,
        decimals: 6,
        block: None,
        values: Values::Number(values.chunks_exact(d).map(|row| row[t]).collect()),
    };
    let ids = Ids {
        name: "row".into(),
        values: (0..n).map(|row| row.to_string().into()).collect(),
        from_rows: true,
    };
    FeatureTable::new(ids, (0..d).map(column).collect(), None).unwrap()
}
