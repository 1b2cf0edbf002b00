//! Reading at the speed of the machine: CSV to features, and orders by the hundred million,
//! each beside the same work by Python's polars in the same run.
//!
//! Every measurement is one process of its own, so that its peak memory is its own too.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use kohort::features::{self, Params, roles, transactions};
use kohort::load::{self, CsvParams, ReadAs, Source, Wanted};
use polars::prelude::DataFrame;

use crate::print_line;

const RUNS: usize = 5;

/// What one process did.
#[derive(Debug, Clone, Copy)]
struct Measured {
    rows: f64,
    seconds: f64,
    peak_kb: f64,
}

/// Runs one job in this process and prints rows, seconds and peak resident kilobytes.
pub(crate) fn job(name: &str, path: &Path) {
    #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
    let start = Instant::now();
    let rows = match name {
        "csv-features" => csv_features(path),
        "csv-read" => csv_read(path),
        "batches" => order_batches(&load::stream(path, "t", &CsvParams::default(), 0).unwrap()),
        _ => order_features(&load::stream(path, "t", &CsvParams::default(), 0).unwrap()),
    };
    let seconds = start.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    print_line(&format!("{rows} {seconds} {}", peak.split_whitespace().next().unwrap_or("0")));
}

/// From a table of customers to its feature table.
fn csv_features(path: &Path) -> u64 {
    let source = load::open(path, "t", &CsvParams::default(), 0).unwrap();
    let rows = source.accounting().used;
    let params = Params::default();
    let asked = roles::Asked { id: None, label: None, positive: None, params: &params };
    let plan = roles::guess(source.columns(), rows as usize, &asked).unwrap();
    let wanted = plan.wanted();
    let built = features::build_rows(source.rows(&wanted).unwrap(), &plan, None, 10).unwrap();
    built.table.n_customers() as u64
}

/// A table of which every column is read as what it looks like.
fn csv_read(path: &Path) -> u64 {
    let source = load::open(path, "t", &CsvParams::default(), 0).unwrap();
    let wanted: Vec<Wanted> = source
        .columns()
        .iter()
        .map(|seen| {
            let read_as = match seen.kind {
                load::Kind::Integer | load::Kind::Decimal => ReadAs::Number,
                load::Kind::Day { .. } => ReadAs::Day,
                load::Kind::Text | load::Kind::Empty => ReadAs::Text,
            };
            Wanted { column: seen.name.clone(), read_as }
        })
        .collect();
    source.read(&wanted).unwrap().height() as u64
}

/// From order lines to the features of every customer, batch by batch.
fn order_features(source: &Source) -> u64 {
    let params = transactions::Params::default();
    let asked = transactions::Asked { id: Some("customer_id"), params: &params };
    let plan = transactions::plan(source.columns(), &asked).unwrap();
    let mut builder = transactions::Builder::new(&plan, None).unwrap();
    builder.read(source).unwrap_or_else(|Stopped(error)| panic!("{error}"));
    let made = builder.finish(10, None).unwrap();
    assert!(made.columns.len() > 10 && made.counts.add_up());
    source.accounting().used
}

/// The columns of order lines that features need, batch by batch, and nothing made of them.
fn order_batches(source: &Source) -> u64 {
    let params = transactions::Params::default();
    let asked = transactions::Asked { id: Some("customer_id"), params: &params };
    let plan = transactions::plan(source.columns(), &asked).unwrap();
    let mut rows = 0;
    let mut take = |batch: DataFrame| -> Result<(), load::LoadError> {
        rows += batch.height() as u64;
        Ok(())
    };
    source.each_batch(&plan.wanted(), &mut take).unwrap();
    rows
}

/// The words of either error.
struct Stopped(String);

impl From<load::LoadError> for Stopped {
    fn from(error: load::LoadError) -> Self {
        Self(error.to_string())
    }
}

impl From<features::FeatureError> for Stopped {
    fn from(error: features::FeatureError) -> Self {
        Self(error.to_string())
    }
}

/// Runs `ours` and the peer by turns; prints both and their ratio.
fn side_by_side(title: &str, ours: &str, peer: &str, path: &Path) {
    let own = || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--job", ours]).arg(path);
        command
    };
    let other = || {
        let python = std::env::var_os("KOHORT_PEER_PYTHON").unwrap_or_else(|| "python3".into());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/polars_peer.py");
        let mut command = Command::new(python);
        command.arg(script).arg(peer).arg(path);
        command
    };
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        a.extend(measured(&mut own()));
        b.extend(measured(&mut other()));
    }
    let size = std::fs::metadata(path).map_or(0, |facts| facts.len());
    let Some(mine) = summary(&format!("{title}: kohort"), &mut a) else { return };
    print_line(&format!("{title}: file {} MB", size >> 20));
    match summary(&format!("{title}: python polars"), &mut b) {
        Some(theirs) => print_line(&format!(
            "{title}: {:.2} of the peer's rows per second, {:.2} times its time",
            theirs / mine,
            mine / theirs
        )),
        None => print_line(&format!(
            "{title}: peer SKIPPED (pip install polars==1.44.2, or set KOHORT_PEER_PYTHON)"
        )),
    }
}

/// Prints median, least and most; gives the median of the seconds.
fn summary(title: &str, runs: &mut [Measured]) -> Option<f64> {
    runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let (least, most) = (runs.first()?.seconds, runs.last()?.seconds);
    let median = runs[runs.len() / 2];
    let peak = runs.iter().map(|run| run.peak_kb).fold(0.0, f64::max) / 1024.0;
    print_line(&format!(
        "{title}: median {:.3} s (min {least:.3}, max {most:.3}), {:.0} rows/s, peak {peak:.0} MB",
        median.seconds,
        median.rows / median.seconds
    ));
    Some(median.seconds)
}

fn measured(command: &mut Command) -> Option<Measured> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.split_whitespace().map(|word| word.parse().unwrap_or(0.0));
    Some(Measured { rows: numbers.next()?, seconds: numbers.next()?, peak_kb: numbers.next()? })
}

/// Measures a table of customers, one of orders, and one of events, where they are given.
pub(crate) fn measure(
    customers: Option<PathBuf>,
    orders: Option<PathBuf>,
    events: Option<PathBuf>,
) {
    if let Some(path) = customers {
        side_by_side("CSV to features", "csv-features", "csv", &path);
    }
    if let Some(path) = orders {
        side_by_side("CSV of orders to features", "orders", "csv", &path);
    }
    if let Some(path) = events {
        side_by_side("Parquet of orders to batches", "batches", "group", &path);
        side_by_side("Parquet of orders to features", "orders", "group", &path);
        side_by_side("Parquet of orders to features, lazy peer", "orders", "group-lazy", &path);
    }
}
