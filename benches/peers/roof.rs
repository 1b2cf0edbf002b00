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

/// The rate at which one block and four centres that lie in the first cache are compared.
fn fma(threads: usize) -> f64 {
    use kohort::cluster::kmeans::{KMeansParams, PackedMatrix};
    use linfa::ParamGuard;
    // 2,048 rows of 128 columns are 1 MB; 64 segments, and no label ever changes.
    let (n, d, k) = (2048, 128, 64);
    let values: Vec<f32> = (0..n * d).map(|i| ((i * 7919) % 1009) as f32).collect();
    let rows = PackedMatrix::new(values, d).unwrap();
    let start: Vec<f64> = (0..k * d).map(|i| ((i * 31) % 1009) as f64).collect();
    let start = ndarray::Array2::from_shape_vec((k, d), start).unwrap();
    let iterations = 12;
    let params = KMeansParams::new(k).tolerance(0.0).max_iterations(iterations).check().unwrap();
    let pass = || {
        let clock = Instant::now();
        let passes: usize = (0..threads * 64)
            .into_par_iter()
            .map(|_| params.fit_packed_from(&rows, start.view()).unwrap().iterations() + 1)
            .sum();
        (passes * n * d * k) as f64 / clock.elapsed().as_secs_f64() / 1e9
    };
    (0..3).map(|_| pass()).fold(0.0, f64::max)
}
