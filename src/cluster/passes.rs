//! The passes over all customers that k-means needs, each with an answer of bounded size:
//! what another engine would have to answer so that the customers need not move.
//!
//! - [`column_statistics`]: n, lowest, highest, mean and `M2 = sum (x - mean)^2` per column,
//!   by Chan's merge over chunks of 4,096 rows in their order;
//! - [`hash_sample`]: the rows whose hash of id and seed is lowest, at most `cap`: the same
//!   customers whatever their order;
//! - [`partial_sums`]: rows, sums and squared distances per nearest centre in fixed point:
//!   `round(x * 2^bits)` as whole numbers, which add up to the same in any order and over
//!   any partition. Distances are `sum (x - c)^2` in f64, multiplication and addition
//!   rounded apart, ties to the lowest centre.
//!
//! # Errors
//!
//! None: [`PartialSums::bits_for`] says how many bits leave no sum to overflow.
//!
//! # References
//!
//! - Chan, Golub & `LeVeque` 1983, Algorithms for computing the sample variance, The American
//!   Statistician 37(3), equation 1.5.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::kernel::{CHUNK, LANES, Points, nearest};
use crate::matrix::Matrix;
use crate::seed::Seed;

/// One column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnStatistics {
    /// Rows.
    pub n: usize,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// The mean.
    pub mean: f64,
    /// The sum of squared differences from the mean.
    pub m2: f64,
}

impl ColumnStatistics {
    fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let n = values.clone().count();
        let mean = values.clone().sum::<f64>() / n as f64;
        Self {
            n,
            low: values.clone().fold(f64::INFINITY, f64::min),
            high: values.clone().fold(f64::NEG_INFINITY, f64::max),
            mean,
            m2: values.map(|x| (x - mean) * (x - mean)).sum(),
        }
    }

    fn merge(self, other: Self) -> Self {
        let n = self.n + other.n;
        let apart = other.mean - self.mean;
        let share = other.n as f64 / n as f64;
        Self {
            n,
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            mean: self.mean + apart * share,
            m2: self.m2 + other.m2 + apart * apart * self.n as f64 * share,
        }
    }
}

/// The statistics of every column.
#[must_use]
pub fn column_statistics(matrix: &Matrix) -> Vec<ColumnStatistics> {
    let values = matrix.values();
    let chunks: Vec<Vec<ColumnStatistics>> = (0..matrix.n_rows().div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let end = ((chunk + 1) * CHUNK).min(matrix.n_rows());
            let rows = values.slice(ndarray::s![chunk * CHUNK..end, ..]);
            rows.columns()
                .into_iter()
                .map(|column| ColumnStatistics::of(column.to_vec().into_iter()))
                .collect()
        })
        .collect();
    let columns =
        chunks.into_iter().reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.merge(b)).collect());
    // A matrix has rows by construction.
    columns.unwrap_or_default()
}

/// The positions of at most `cap` customers, ascending: those whose first eight bytes of
/// the sha256 of seed and id are lowest, and below `share` of all hashes.
#[must_use]
pub fn hash_sample(ids: &[String], share: f64, cap: usize, seed: Seed) -> Vec<usize> {
    let mut hashed: Vec<(u64, usize)> = ids
        .par_iter()
        .enumerate()
        .map(|(row, id)| {
            let mut hash = Sha256::new();
            hash.update(seed.value().to_le_bytes());
            hash.update(id.as_bytes());
            let bytes: [u8; 32] = hash.finalize().into();
            let first = std::array::from_fn(|i| bytes[i]);
            (u64::from_be_bytes(first), row)
        })
        .filter(|(hash, _)| (*hash as f64) < share * 2.0f64.powi(64))
        .collect();
    if hashed.len() > cap {
        // Equal ids have equal hashes; the cap may then depend on the order.
        hashed.select_nth_unstable(cap);
        hashed.truncate(cap);
    }
    let mut rows: Vec<usize> = hashed.into_iter().map(|(_, row)| row).collect();
    rows.sort_unstable();
    rows
}

/// Sums per centre in whole multiples of `2^-bits`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialSums {
    /// Rows per centre.
    pub counts: Vec<i64>,
    /// Sums of the columns, row-major `k * d`.
    pub sums: Vec<i64>,
    /// Squared distances to the centre.
    pub squares: Vec<i64>,
    /// The fixed point.
    pub bits: i32,
}

impl PartialSums {
    /// Bits after the point that leave room for n rows of values and squared distances up
    /// to `largest`, at most 30.
    #[must_use]
    pub fn bits_for(n: usize, largest: f64) -> i32 {
        let rows = (usize::BITS - n.leading_zeros()) as i32;
        (62 - rows - libm::frexp(largest).1).min(30)
    }

    fn empty(k: usize, d: usize, bits: i32) -> Self {
        Self { counts: vec![0; k], sums: vec![0; k * d], squares: vec![0; k], bits }
    }

    /// The sums of two partitions together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        let add = |a: &mut [i64], b: &[i64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        add(&mut self.counts, &other.counts);
        add(&mut self.sums, &other.sums);
        add(&mut self.squares, &other.squares);
        self
    }

    /// The next centres; a centre without rows stays where it is.
    #[must_use]
    pub fn means(&self, centres: &[f64]) -> Vec<f64> {
        let d = centres.len() / self.counts.len();
        let mut means = centres.to_vec();
        for (j, &count) in self.counts.iter().enumerate() {
            if count > 0 {
                let own = j * d..(j + 1) * d;
                for (mean, &sum) in means[own.clone()].iter_mut().zip(&self.sums[own]) {
                    *mean = libm::ldexp(sum as f64, -self.bits) / count as f64;
                }
            }
        }
        means
    }

    /// The sum of all squared distances.
    #[must_use]
    pub fn inertia(&self) -> f64 {
        libm::ldexp(self.squares.iter().sum::<i64>() as f64, -self.bits)
    }
}

/// Sums the rows up by their nearest centre; `centres` is row-major `k * d`.
#[must_use]
pub fn partial_sums(matrix: &Matrix, centres: &[f64], bits: i32) -> PartialSums {
    let points = Points::new(matrix);
    let (n, d) = (points.n(), points.d());
    let k = centres.len() / d;
    let fixed = |x: f64| libm::ldexp(x, bits).round() as i64;
    points
        .blocks()
        .par_chunks(CHUNK / LANES * d)
        .enumerate()
        .fold(
            || PartialSums::empty(k, d, bits),
            |mut sums, (chunk, blocks)| {
                for (b, block) in blocks.chunks_exact(d).enumerate() {
                    let first = chunk * CHUNK + b * LANES;
                    let (best, index) = nearest(block, centres, d);
                    for lane in 0..LANES.min(n - first) {
                        let j = index[lane] as usize;
                        sums.counts[j] += 1;
                        sums.squares[j] += fixed(best[lane]);
                        for (t, x) in block.iter().enumerate() {
                            sums.sums[j * d + t] += fixed(x[lane]);
                        }
                    }
                }
                sums
            },
        )
        .reduce(|| PartialSums::empty(k, d, bits), |a, b| a.and(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, Axis, array};

    fn rows(n: usize) -> Matrix {
        let value = |(i, t): (usize, usize)| ((i * 37 + t * 11) % 101) as f64 / 7.0 - 3.0;
        Matrix::unnamed(Array2::from_shape_fn((n, 3), value)).unwrap()
    }

    #[test]
    fn sums_by_hand() {
        // Rows 0, 1, 9 and centres 0 and 10, in halves: sums 1 and 9, squares 1 and 1.
        let matrix = Matrix::unnamed(array![[0.0], [1.0], [9.0]]).unwrap();
        let sums = partial_sums(&matrix, &[0.0, 10.0], 1);
        assert_eq!((sums.counts.as_slice(), sums.sums.as_slice()), (&[2, 1][..], &[2, 18][..]));
        assert_eq!((sums.inertia(), sums.means(&[0.0, 10.0])), (2.0, vec![0.5, 9.0]));
    }

    #[test]
    fn sums_over_any_partition_and_order_are_the_same_bits() {
        let matrix = rows(9001);
        let centres = [0.0, 1.0, 2.0, 5.0, 5.0, 5.0];
        let bits = PartialSums::bits_for(9001, 600.0);
        let all = partial_sums(&matrix, &centres, bits);
        let odd: Vec<usize> = (0..9001).rev().filter(|i| i % 3 == 1).collect();
        let even: Vec<usize> = (0..9001).filter(|i| i % 3 != 1).collect();
        let part = |at: &[usize]| partial_sums(&matrix.take(at).unwrap(), &centres, bits);
        assert_eq!(part(&odd).and(&part(&even)), all);
    }

    #[test]
    fn statistics_are_those_of_the_whole_column() {
        let matrix = rows(9001);
        for (t, found) in column_statistics(&matrix).into_iter().enumerate() {
            let column = matrix.values().index_axis(Axis(1), t).to_vec();
            let whole = ColumnStatistics::of(column.into_iter());
            assert_eq!((found.n, found.low, found.high), (9001, whole.low, whole.high));
            assert!((found.mean - whole.mean).abs() < 1e-12);
            assert!((found.m2 / whole.m2 - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_hash_sample_is_of_the_same_customers_in_any_order() {
        let ids: Vec<String> = (0..5000).map(|i| format!("c{i}")).collect();
        let mut turned = ids.clone();
        turned.reverse();
        for (share, cap) in [(0.1, 9999), (0.5, 100)] {
            let names = |ids: &[String]| {
                let rows = hash_sample(ids, share, cap, Seed::new(3));
                let mut names: Vec<String> = rows.iter().map(|&row| ids[row].clone()).collect();
                names.sort();
                names
            };
            assert_eq!(names(&ids), names(&turned));
        }
        // 500 of 5,000 are expected; four standard deviations are 85.
        assert!(hash_sample(&ids, 0.1, 9999, Seed::new(3)).len().abs_diff(500) < 85);
        assert_eq!(hash_sample(&ids, 0.5, 100, Seed::new(3)).len(), 100);
    }
}
