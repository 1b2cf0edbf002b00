//! One piece of work on a matrix from a file, timed; the same work by the rivals is in
//! `peers.py` beside it.
//!
//! `cargo bench --no-default-features --bench peers -- kmeans --matrix X.npy --k 8` reads
//! f32 or f64 in C order and prints one line of JSON: seconds from the matrix in memory
//! to the final labels, and what was found. `--labels-out L.npy` keeps the labels, i32,
//! noise as -1.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

mod dbscan;
mod explore;
mod hdbscan;
mod kmeans;
mod mixtures;
mod npy;
mod options;
mod roof;
mod score;
mod silhouette;
#[cfg(feature = "spark")]
mod spark;
mod value;

use options::Options;

fn main() {
    let options = Options::from_environment();
    let answer = match options.work() {
        "kmeans" => kmeans::run(&options),
        "roof" => roof::run(&options),
        "dbscan" => dbscan::run(&options),
        "hdbscan" => hdbscan::run(&options),
        "explore" => explore::run(&options),
        "gmm" => mixtures::gmm(&options),
        "kprototypes" => mixtures::kprototypes(&options),
        "score" => score::run(&options),
        "silhouette" => silhouette::run(&options),
        #[cfg(feature = "spark")]
        "spark" => spark::run(&options),
        "value" => value::run(&options),
        other => panic!("no work called {other:?}"),
    };
    print_line(&answer.to_string());
}

#[expect(clippy::print_stdout, reason = "the answer of a benchmark")]
fn print_line(line: &str) {
    println!("{line}");
}
