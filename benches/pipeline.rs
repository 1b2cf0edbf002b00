//! The whole program end to end: wall time, rows per second, peak memory, and quality.
//!
//! `cargo bench --bench pipeline -- --customers 100000` writes generated customers with 20
//! features and a churn label, runs `kohort run` on them as a user would, and prints
//! medians of five runs. `--table FILE` times a given table instead.

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kohort::seed::Seed;
use rand::RngCore;

mod load;

const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let after = |flag: &str| {
        arguments.iter().position(|a| a == flag).and_then(|at| arguments.get(at + 1)).cloned()
    };
    if let (Some(job), Some(path)) = (after("--job"), arguments.last()) {
        load::job(&job, Path::new(path));
        return;
    }
    if arguments.iter().any(|argument| argument == "--load") {
        let file = |flag| after(flag).map(PathBuf::from);
        load::measure(file("--customers-csv"), file("--orders-csv"), file("--events"));
        return;
    }
    let customers: usize = after("--customers").and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let threads = after("--threads").unwrap_or_else(|| "2".into());
    let work = std::env::temp_dir().join(format!("kohort-bench-{}", std::process::id()));
    std::fs::create_dir_all(&work).unwrap_or_else(|error| panic!("{error}"));
    let table = after("--table").map_or_else(|| generated(&work, customers), PathBuf::from);
    let mut walls = Vec::new();
    let mut peak = 0;
    for run in 0..RUNS {
        let (wall, memory) = one(&table, &work.join(format!("out-{run}")), &threads);
        walls.push(wall);
        peak = peak.max(memory);
    }
    walls.sort();
    let median = walls[RUNS / 2].as_secs_f64();
    let report =
        std::fs::read_to_string(work.join("out-0/current/report.json")).unwrap_or_default();
    let results: serde_json::Value = serde_json::from_str(&report).unwrap_or_default();
    let rows = results["data"]["used"].as_f64().unwrap_or(0.0);
    print_line(&format!(
        "pipeline/{rows}: median {median:.2} s (min {:.2}, max {:.2}), {:.0} rows/s, peak {} MB, \
         {} segments, ROC-AUC {}",
        walls[0].as_secs_f64(),
        walls[RUNS - 1].as_secs_f64(),
        rows / median,
        peak >> 10,
        results["segments"].as_array().map_or(0, Vec::len),
        results["churn"]["metrics"]["roc_auc"]["value"]
    ));
    let _ = std::fs::remove_dir_all(&work);
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn print_line(line: &str) {
    println!("{line}");
}

/// Wall time and peak resident kilobytes of one run, the program and its worker together.
fn one(table: &Path, out: &Path, threads: &str) -> (Duration, u64) {
    #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kohort"))
        .arg("run")
        .arg(table)
        .arg("--out")
        .arg(out)
        .args(["--quiet", "--threads", threads])
        .stdout(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{error}"));
    let mut peak = 0;
    loop {
        peak = peak.max(resident(child.id()));
        if let Ok(Some(status)) = child.try_wait() {
            assert!(status.success(), "the run failed");
            return (start.elapsed(), peak);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The high-water marks of a process and its children, in kilobytes.
fn resident(pid: u32) -> u64 {
    let mark = |pid: &str| {
        std::fs::read_to_string(format!("/proc/{pid}/status"))
            .ok()
            .and_then(|text| {
                let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
                line.split_whitespace().nth(1)?.parse::<u64>().ok()
            })
            .unwrap_or(0)
    };
    let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    let of_children: u64 = children.unwrap_or_default().split_whitespace().map(mark).sum();
    mark(&pid.to_string()) + of_children
}

/// Six overlapping Gaussian groups in 20 dimensions, six columns of them log-normal, and a
/// label that depends on two columns and one group.
fn generated(work: &Path, customers: usize) -> PathBuf {
    let mut stream = Seed::new(3).stream("bench", 0);
    let mut uniform = move || (stream.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut normal = move || {
        // Box and Muller (1958).
        let (u, v) = (1.0 - uniform(), uniform());
        ((-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos(), uniform())
    };
    let centres: Vec<[f64; 20]> =
        (0..6).map(|_| std::array::from_fn(|_| normal().0 * 1.2)).collect();
    let mut text = String::from("customer_id");
    for column in 0..20 {
        let _ = write!(text, ",f{column}");
    }
    text.push_str(",churn\n");
    for row in 0..customers {
        let group = (normal().1 * 6.0) as usize;
        let values: [f64; 20] = std::array::from_fn(|column| {
            let value = centres[group][column] + normal().0;
            if column < 6 { value.exp() } else { value }
        });
        let z = values[10] * 0.8 - values[11] * 0.5 + f64::from(group == 2) - 1.5;
        let left = normal().1 < 1.0 / (1.0 + (-z).exp());
        let _ = write!(text, "C{row:07}");
        for value in values {
            let _ = write!(text, ",{value:.4}");
        }
        let _ = writeln!(text, ",{}", u8::from(left));
    }
    let path = work.join("customers.csv");
    std::fs::write(&path, text).unwrap_or_else(|error| panic!("{error}"));
    path
}
