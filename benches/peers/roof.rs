//! What the machine can do: bytes read per second and fused multiply-adds per second, by
//! all threads together.

use std::hint::black_box;
use std::time::Instant;

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::options::Options;

/// Numbers that do not fit into any cache.
const STREAM: usize = 1 << 27;

pub(crate) fn run(options: &Options) -> Value {
    options.on_threads(|| {
        let threads = rayon::current_num_threads();
        json!({ "read_gb_per_s": read(threads), "gfma_f32_per_s": fma(threads), "threads": threads })
    })
}

/// The best of seven passes over half a gigabyte.
fn read(threads: usize) -> f64 {
    let values: Vec<u64> = (0..STREAM as u64 / 2).collect();
    let pass = || {
        let start = Instant::now();
        let sum: u64 = values
            .par_chunks(values.len() / threads)
            .map(|values| {
                // 64 running sums: as many as the load units can keep busy.
                let mut sums = [0u64; 64];
                for values in values.as_chunks::<64>().0 {
                    for (sum, value) in sums.iter_mut().zip(values) {
                        *sum ^= value;
                    }
                }
                sums.iter().fold(0, |a, b| a ^ b)
            })
            .reduce(|| 0, |a, b| a ^ b);
        black_box(sum);
        values.len() as f64 * 8.0 / start.elapsed().as_secs_f64() / 1e9
    };
    (0..7).map(|_| pass()).fold(0.0, f64::max)
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
