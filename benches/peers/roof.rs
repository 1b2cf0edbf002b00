//! What the machine can do: bytes read per second and fused multiply-adds per second, by
//! all threads together; with `--matrix X.npy --init C.npy` also how near to that a dense
//! pass of k-means comes, which finds the nearest centre of every row.

use std::hint::black_box;
use std::time::Instant;

use kohort::cluster::kmeans::PackedMatrix;
use ndarray::Array2;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::kmeans;
use crate::options::Options;

/// Numbers of eight bytes that do not fit into any cache.
const STREAM: u64 = 1 << 26;
/// Passes that are timed together, and how often: in turn with a read, because what a machine
/// can read changes with what its neighbours do.
const PASSES: usize = 20;
const TIMES: usize = 7;

pub(crate) fn run(options: &Options) -> Value {
    options.on_threads(|| {
        let threads = rayon::current_num_threads();
        let (numbers, fma) = ((0..STREAM).collect::<Vec<u64>>(), fma(threads));
        let Some(init) = options.path("--init") else {
            let read = (0..TIMES).map(|_| read(&numbers, threads)).fold(0.0, f64::max);
            return json!({ "read_gb_per_s": read, "gfma_f32_per_s": fma, "threads": threads });
        };
        let centres = kmeans::centres(&init);
        let rows = kmeans::packed(options).by(options.text("--by").unwrap_or_default());
        let (n, d, k) = (rows.n_rows() as f64, rows.n_columns() as f64, centres.nrows() as f64);
        let arithmetic = n * d * k / fma / 1e9;
        let turn = |_| {
            let read = read(&numbers, threads);
            // Every value and every label is read once.
            let memory = n * (4.0 * d + 1.0) / read / 1e9;
            let pass = pass(&rows, &centres);
            [read, memory, pass, memory.max(arithmetic) / pass]
        };
        let turns: Vec<[f64; 4]> = (0..TIMES).map(turn).collect();
        let median = |at: usize| {
            let mut all: Vec<f64> = turns.iter().map(|turn| turn[at]).collect();
            all.sort_by(f64::total_cmp);
            all[TIMES / 2]
        };
        json!({
            "read_gb_per_s": median(0), "gfma_f32_per_s": fma, "threads": threads,
            "memory_seconds": median(1), "arithmetic_seconds": arithmetic,
            "pass_seconds": median(2), "share_of_roof": median(3),
        })
    })
}

/// The seconds of a pass in which no label changes.
fn pass(rows: &PackedMatrix, centres: &Array2<f64>) -> f64 {
    let seconds = |passes: usize| {
        let start = Instant::now();
        black_box(rows.passes(centres.view(), passes).unwrap());
        start.elapsed().as_secs_f64()
    };
    let first = seconds(1);
    (seconds(PASSES + 1) - first) / PASSES as f64
}

/// Bytes read per second, 1e9 of them.
fn read(numbers: &[u64], threads: usize) -> f64 {
    let start = Instant::now();
    let sum: u64 = numbers
        .par_chunks(numbers.len().div_ceil(threads))
        .map(|numbers| {
            // 64 running sums: as many as the load units can keep busy.
            let mut sums = [0u64; 64];
            for numbers in numbers.as_chunks::<64>().0 {
                for (sum, number) in sums.iter_mut().zip(numbers) {
                    *sum ^= number;
                }
            }
            sums.iter().fold(0, |a, b| a ^ b)
        })
        .reduce(|| 0, |a, b| a ^ b);
    black_box(sum);
    numbers.len() as f64 * 8.0 / start.elapsed().as_secs_f64() / 1e9
}

/// The best of five loops of multiply-adds that wait for nothing.
fn fma(threads: usize) -> f64 {
    const ROUNDS: usize = 4_000_000;
    let pass = || {
        let start = Instant::now();
        let done: usize = (0..threads)
            .into_par_iter()
            .map(|_| kohort::cluster::kmeans::multiply_adds(black_box(ROUNDS)))
            .sum();
        done as f64 / start.elapsed().as_secs_f64() / 1e9
    };
    (0..5).map(|_| pass()).fold(0.0, f64::max)
}
