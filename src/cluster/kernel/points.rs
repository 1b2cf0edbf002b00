//! f64 rows in blocks of 16 lanes.
//!
//! The loops are plain Rust that the compiler turns into the vectors of each path;
//! multiplication and addition are rounded apart on all of them, so that a frozen model
//! gives the same bits.

use std::borrow::Cow;

use rayon::prelude::*;

use super::LANES;
use super::path::{Path, Work, on};
use super::vector::Vector;
use crate::matrix::Matrix;

/// Rows per chunk: the unit of parallel work and of sums, the same on every machine.
pub(crate) const CHUNK: usize = 4096;

/// One dimension of a block.
pub(crate) type Lane = [f64; LANES];

/// Rows in both layouts, with optional weights.
#[derive(Debug, Clone)]
pub(crate) struct Points<'a> {
    /// Row-major, `n * d`.
    rows: Cow<'a, [f64]>,
    /// `ceil(n / 16) * d` lanes; the last block repeats the last row.
    blocks: Vec<Lane>,
    n: usize,
    d: usize,
    weights: Option<Vec<f64>>,
}

impl<'a> Points<'a> {
    /// The rows of a matrix, each with weight 1.
    pub(crate) fn new(matrix: &'a Matrix) -> Self {
        let view = matrix.values();
        let (n, d) = view.dim();
        // A matrix is row-major by construction; the copy is for other views only.
        let rows = match view.to_slice() {
            Some(slice) => Cow::Borrowed(slice),
            None => Cow::Owned(view.iter().copied().collect()),
        };
        Self::from_rows(rows, n, d, None)
    }

    /// Rows of width `d`, row-major; `weights` are non-negative, one per row.
    pub(crate) fn from_rows(
        rows: Cow<'a, [f64]>,
        n: usize,
        d: usize,
        weights: Option<Vec<f64>>,
    ) -> Self {
        let mut blocks = vec![[0.0; LANES]; n.div_ceil(LANES) * d];
        blocks.par_chunks_mut(d.max(1)).enumerate().for_each(|(b, block)| {
            for lane in 0..LANES {
                let row = (b * LANES + lane).min(n - 1);
                for (t, dimension) in block.iter_mut().enumerate() {
                    dimension[lane] = rows[row * d + t];
                }
            }
        });
        Self { rows, blocks, n, d, weights }
    }

    /// The same rows with weights.
    pub(crate) fn weighted(mut self, weights: Vec<f64>) -> Self {
        self.weights = Some(weights);
        self
    }

    /// The same rows times a number.
    pub(crate) fn scaled(&self, factor: f64) -> Points<'static> {
        let rows = self.rows.iter().map(|x| x * factor).collect();
        Points::from_rows(Cow::Owned(rows), self.n, self.d, self.weights.clone())
    }

    /// The rows at the given positions.
    pub(crate) fn take(&self, rows: &[usize]) -> Points<'static> {
        let mut values = Vec::with_capacity(rows.len() * self.d);
        for &row in rows {
            values.extend_from_slice(self.row(row));
        }
        let weights =
            self.weights.as_ref().map(|weights| rows.iter().map(|&row| weights[row]).collect());
        Points::from_rows(Cow::Owned(values), rows.len(), self.d, weights)
    }

    /// How many rows.
    pub(crate) fn n(&self) -> usize {
        self.n
    }

    /// How many columns.
    pub(crate) fn d(&self) -> usize {
        self.d
    }

    /// All rows, row-major.
    pub(crate) fn rows(&self) -> &[f64] {
        &self.rows
    }

    /// One row.
    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.rows[row * self.d..(row + 1) * self.d]
    }

    /// The weight of one row.
    pub(crate) fn weight(&self, row: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[row])
    }

    /// The weights, where there are any.
    pub(crate) fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// What each column is shifted by before it is rounded to f32, and the largest absolute
    /// value after that: the mean where the column lies farther from zero than it is wide,
    /// else 0, so that the small values of a column with one large one keep their digits.
    pub(crate) fn shift_and_reach(&self) -> (Vec<f64>, Vec<f64>) {
        let share = 1.0 / self.n as f64;
        let chunks: Vec<Vec<(f64, f64, f64)>> = self
            .rows
            .par_chunks(CHUNK * self.d)
            .map(|rows| {
                let mut facts = vec![(f64::INFINITY, f64::NEG_INFINITY, 0.0); self.d];
                for row in rows.chunks_exact(self.d) {
                    for ((low, high, mean), &x) in facts.iter_mut().zip(row) {
                        *low = low.min(x);
                        *high = high.max(x);
                        *mean += x * share;
                    }
                }
                facts
            })
            .collect();
        (0..self.d)
            .map(|t| {
                let column = chunks.iter().map(|facts| facts[t]);
                let (low, high, mean) = column
                    .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1), a.2 + b.2))
                    .unwrap_or((0.0, 0.0, 0.0));
                let shift = if mean.abs() > high - low { mean.clamp(low, high) } else { 0.0 };
                (shift, (high - shift).max(shift - low))
            })
            .unzip()
    }

    /// The sum of all weights.
    pub(crate) fn total_weight(&self) -> f64 {
        self.weights.as_ref().map_or(self.n as f64, |weights| weights.iter().sum())
    }

    /// The blocks, `ceil(n / 16) * d` lanes.
    pub(crate) fn blocks(&self) -> &[Lane] {
        &self.blocks
    }

    /// Squared distances of all rows to one centre.
    pub(crate) fn distances_to(&self, centre: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.n];
        out.par_chunks_mut(CHUNK).zip(self.blocks.par_chunks(CHUNK / LANES * self.d)).for_each(
            |(out, blocks)| {
                for (out, block) in out.chunks_mut(LANES).zip(blocks.chunks(self.d)) {
                    let distances = squared(block, centre);
                    out.copy_from_slice(&distances[..out.len()]);
                }
            },
        );
        out
    }
}

/// Squared distances of 16 rows to one centre.
pub(crate) fn squared(block: &[Lane], centre: &[f64]) -> Lane {
    struct Squared<'a>(&'a [Lane], &'a [f64]);
    impl Work for Squared<'_> {
        type Out = Lane;
        #[inline(always)]
        fn run<V: Vector>(self, _: V) -> Lane {
            plain_squared(self.0, self.1)
        }
    }
    on(Path::Best, Squared(block, centre))
}

/// The nearest centre of 16 rows and its squared distance; ties go to the lowest index.
/// The index is carried as f64 so that the selection stays in one vector width.
pub(crate) fn nearest(block: &[Lane], centres: &[f64], d: usize) -> (Lane, Lane) {
    struct Nearest<'a>(&'a [Lane], &'a [f64], usize);
    impl Work for Nearest<'_> {
        type Out = (Lane, Lane);
        #[inline(always)]
        fn run<V: Vector>(self, _: V) -> (Lane, Lane) {
            plain_nearest(self.0, self.1, self.2)
        }
    }
    on(Path::Best, Nearest(block, centres, d))
}

/// The two nearest centres of 16 rows: squared distances, and indices as numbers.
pub(crate) struct TwoNearest {
    pub(crate) first: Lane,
    pub(crate) first_at: Lane,
    /// Infinite where there is one centre.
    pub(crate) second: Lane,
    pub(crate) second_at: Lane,
}

/// The two nearest centres of 16 rows; ties go to the lowest index.
pub(crate) fn two_nearest(block: &[Lane], centres: &[f64], d: usize) -> TwoNearest {
    struct Two<'a>(&'a [Lane], &'a [f64], usize);
    impl Work for Two<'_> {
        type Out = TwoNearest;
        #[inline(always)]
        fn run<V: Vector>(self, _: V) -> TwoNearest {
            plain_two_nearest(self.0, self.1, self.2)
        }
    }
    on(Path::Best, Two(block, centres, d))
}

#[inline(always)]
fn plain_two_nearest(block: &[Lane], centres: &[f64], d: usize) -> TwoNearest {
    let (far, none) = ([f64::INFINITY; LANES], [0.0; LANES]);
    let mut found = TwoNearest { first: far, first_at: none, second: far, second_at: none };
    for (j, centre) in centres.chunks_exact(d).enumerate() {
        let distances = plain_squared(block, centre);
        let j = j as f64;
        for i in 0..LANES {
            let (distance, first, second) = (distances[i], found.first[i], found.second[i]);
            let (is_first, is_second) = (distance < first, distance < second);
            let next = if is_second { distance } else { second };
            let next_at = if is_second { j } else { found.second_at[i] };
            found.second[i] = if is_first { first } else { next };
            found.second_at[i] = if is_first { found.first_at[i] } else { next_at };
            found.first[i] = if is_first { distance } else { first };
            found.first_at[i] = if is_first { j } else { found.first_at[i] };
        }
    }
    found
}

#[inline(always)]
fn plain_squared(block: &[Lane], centre: &[f64]) -> Lane {
    let mut sums = [0.0; LANES];
    for (lane, &c) in block.iter().zip(centre) {
        for i in 0..LANES {
            let difference = lane[i] - c;
            sums[i] += difference * difference;
        }
    }
    sums
}

#[inline(always)]
fn plain_nearest(block: &[Lane], centres: &[f64], d: usize) -> (Lane, Lane) {
    let mut best = [f64::INFINITY; LANES];
    let mut index = [0.0; LANES];
    for (j, centre) in centres.chunks_exact(d).enumerate() {
        let distances = plain_squared(block, centre);
        let j = j as f64;
        for i in 0..LANES {
            let closer = distances[i] < best[i];
            best[i] = if closer { distances[i] } else { best[i] };
            index[i] = if closer { j } else { index[i] };
        }
    }
    (best, index)
}

/// The squared distance between two rows, in the same order of operations.
#[inline]
pub(crate) fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (x, y)| {
        let difference = x - y;
        sum + difference * difference
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_has_the_same_bits_in_a_block_and_alone() {
        let rows: Vec<f64> = (0..37 * 3).map(|i| f64::from(i * 7919 % 101) / 7.0).collect();
        let points = Points::from_rows(Cow::Owned(rows), 37, 3, None);
        let centre = [0.1, 5.3, 2.7];
        let all = points.distances_to(&centre);
        for (row, distance) in all.iter().enumerate() {
            let alone = squared_distance(points.row(row), &centre);
            assert_eq!(distance.to_bits(), alone.to_bits());
        }
    }

    #[test]
    fn the_two_nearest_are_those_of_a_search_one_by_one() {
        let rows: Vec<f64> = (0..48).map(|i| f64::from(i * 7919 % 13)).collect();
        let points = Points::from_rows(Cow::Owned(rows), 16, 3, None);
        // Lattices have ties; one centre has no second.
        for k in [1, 2, 5, 9] {
            let centres: Vec<f64> = (0..3 * k).map(|i| f64::from(i * 31 % 11)).collect();
            let found = two_nearest(points.blocks(), &centres, 3);
            for row in 0..16 {
                let mut all: Vec<(f64, usize)> = centres
                    .chunks_exact(3)
                    .enumerate()
                    .map(|(j, centre)| (squared_distance(points.row(row), centre), j))
                    .collect();
                all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                assert_eq!((found.first[row], found.first_at[row] as usize), all[0]);
                match all.get(1) {
                    Some(&next) => {
                        assert_eq!((found.second[row], found.second_at[row] as usize), next);
                    }
                    None => assert_eq!(found.second[row], f64::INFINITY),
                }
            }
        }
    }

    #[test]
    fn ties_go_to_the_lowest_index() {
        let points = Points::from_rows(Cow::Owned(vec![0.0]), 1, 1, None);
        let (best, index) = nearest(points.blocks(), &[2.0, 1.0, -1.0], 1);
        assert_eq!((best[0], index[0]), (1.0, 1.0));
    }
}
