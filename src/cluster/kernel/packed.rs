//! f32 rows in blocks, ready for searching.
//!
//! A column that lies farther from zero than it is wide is shifted by its mean, and all
//! columns share one power of two as scale where their range would not survive squaring
//! in f32; both are undone in centres and inertia. So values of 1e200, or of 1e9 with a
//! spread of 1, are searched as well as any. What f32 cannot resolve is measured as
//! `lost` when f64 rows are packed, and the caller decides by it.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use super::LANES;
use super::arrange::{Arrange, Facts, arrange_all, not_finite};
use super::path::{Path, Work, on};
use super::points::{CHUNK, Points};
use super::spread;
use super::sums::Grid;
use super::vector::{Lane32, Vector};

/// Largest exponents of absolute values that are squared in f32 as they are.
const SAFE: i32 = 40;

/// How many rows ahead memory is asked for where rows are gathered.
const GATHERED: usize = 8;

/// f32 rows in blocks of 16, with optional weights.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    /// `n / 16` blocks of `16 d` numbers; what is left of a vector that rows came in stays
    /// behind them, unused.
    blocks: Vec<f32>,
    /// The rows that do not fill a block, the last one repeated; empty where there are none.
    tail: Vec<f32>,
    n: usize,
    d: usize,
    weights: Option<Vec<f64>>,
    /// `packed = (row - shift) * scale`.
    shift: Vec<f64>,
    scale: f64,
    grid: Grid,
    lost: f64,
    /// Once somebody has asked.
    mean_variance: Once,
    /// What does the arithmetic.
    pub(crate) path: Path,
}

/// Neighbouring rows, their blocks, and something that there is one of for each row.
pub(crate) struct Part<'a, T> {
    /// The number of its first row.
    pub(crate) first: usize,
    pub(crate) lanes: &'a [Lane32],
    pub(crate) rows: &'a mut [T],
    /// What a pass adds up over the part.
    pub(crate) sum: f64,
}

impl<T> Part<'_, T> {
    /// How many blocks the rows fill, the last one perhaps in part.
    pub(crate) fn n_blocks(&self) -> usize {
        self.rows.len().div_ceil(LANES)
    }
}

impl Packed {
    /// Packs f32 rows in the memory that they come in. `Err` is the position of a value
    /// that is not finite.
    pub(crate) fn from_f32(mut values: Vec<f32>, d: usize, path: Path) -> Result<Self, usize> {
        let n = values.len() / d;
        let full = n / LANES * LANES;
        let mut tail = Vec::new();
        if full < n {
            tail.reserve_exact(LANES * d);
            for row in 0..LANES {
                let row = (full + row).min(n - 1);
                tail.extend_from_slice(&values[row * d..(row + 1) * d]);
            }
        }
        let mut facts: Vec<Facts> = values[..full * d]
            .par_chunks_mut(CHUNK * d)
            .map(|rows| on(path, Arrange { rows, d }))
            .collect();
        if full < n {
            facts.push(on(path, Arrange { rows: &mut tail, d }));
        }
        if let Some(chunk) = facts.iter().position(|facts| !facts.finite) {
            return Err(not_finite(&values[..full * d], &tail, chunk, d));
        }
        let ranges = Facts::ranges(&facts, d);
        let mut packed = Self {
            blocks: values,
            tail,
            n,
            d,
            weights: None,
            grid: Grid::new(&[], n, 1.0),
            shift: vec![0.0; d],
            scale: 1.0,
            lost: 0.0,
            mean_variance: Once::default(),
            path,
        };
        packed.place(&ranges);
        Ok(packed)
    }

    /// Packs a copy of f64 rows with their weights.
    pub(crate) fn from_points(points: &Points, path: Path) -> Self {
        let (n, d) = (points.n(), points.d());
        let (shift, largest) = points.shift_and_reach();
        let scale = scale_for(&largest);
        let mut values = vec![0.0f32; n * d];
        let lost = values
            .par_chunks_mut(CHUNK * d)
            .enumerate()
            .map(|(chunk, out)| {
                let mut lost = 0.0;
                for (row, out) in out.chunks_exact_mut(d).enumerate() {
                    let row = points.row(chunk * CHUNK + row);
                    for ((out, x), shift) in out.iter_mut().zip(row).zip(&shift) {
                        let exact = (x - shift) * scale;
                        *out = exact as f32;
                        let difference = exact - f64::from(*out);
                        lost += difference * difference;
                    }
                }
                lost
            })
            .collect::<Vec<f64>>()
            .into_iter()
            .sum();
        let weights = points.weights().map(<[f64]>::to_vec);
        let heaviest = weights.as_ref().map_or(1.0, |w| w.iter().copied().fold(0.0, f64::max));
        let grid = Grid::new(&scaled(&largest, scale), n, heaviest);
        let tail = arrange_all(&mut values, n, d, path);
        let mean_variance = Once::default();
        Self { blocks: values, tail, n, d, weights, shift, scale, grid, lost, mean_variance, path }
    }

    /// Finds shift, scale and grid of values that came as they are, and applies them. A
    /// column is shifted by its mean where all of it lies farther from zero than it is wide.
    fn place(&mut self, ranges: &[(f64, f64)]) {
        for (t, &(low, high)) in ranges.iter().enumerate() {
            if low > high - low || -high > high - low {
                let column = (0..self.n).map(|row| f64::from(self.value(row, t)));
                let mean = column.sum::<f64>() / self.n as f64;
                self.shift[t] = f64::from(mean as f32).clamp(low, high);
            }
        }
        let reach = |(&(low, high), shift): (&(f64, f64), &f64)| (high - shift).max(shift - low);
        let largest: Vec<f64> = ranges.iter().zip(&self.shift).map(reach).collect();
        self.scale = scale_for(&largest);
        self.grid = Grid::new(&scaled(&largest, self.scale), self.n, 1.0);
        if self.scale == 1.0 && self.shift.iter().all(|&shift| shift == 0.0) {
            return;
        }
        let (d, scale, shift) = (self.d, self.scale, &self.shift);
        let full = self.n / LANES * LANES * d;
        let blocks = self.blocks[..full].par_chunks_mut(LANES * d).with_min_len(64);
        blocks.chain(self.tail.par_chunks_mut(LANES * d)).for_each(|block| {
            for (lane, shift) in block.chunks_exact_mut(LANES).zip(shift) {
                for x in lane {
                    *x = ((f64::from(*x) - shift) * scale) as f32;
                }
            }
        });
    }

    /// How many rows.
    pub(crate) fn n(&self) -> usize {
        self.n
    }

    /// How many columns.
    pub(crate) fn d(&self) -> usize {
        self.d
    }

    /// The grid of exact sums.
    pub(crate) fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The weights, where there are any.
    pub(crate) fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// The sum of squared differences between the f64 rows and what was packed, in the
    /// units of the packed rows.
    pub(crate) fn lost(&self) -> f64 {
        self.lost
    }

    /// The factor between distances as packed and as given.
    pub(crate) fn scale(&self) -> f64 {
        self.scale
    }

    /// Centres as given, from centres as packed.
    pub(crate) fn unpack(&self, centres: &[f64]) -> Vec<f64> {
        let shift = self.shift.iter().cycle();
        centres.iter().zip(shift).map(|(c, shift)| c / self.scale + shift).collect()
    }

    /// Centres as packed, from centres as given.
    pub(crate) fn pack(&self, centres: &[f64]) -> Vec<f64> {
        let shift = self.shift.iter().cycle();
        centres.iter().zip(shift).map(|(c, shift)| (c - shift) * self.scale).collect()
    }

    /// One value of one row, as packed.
    pub(crate) fn value(&self, row: usize, t: usize) -> f32 {
        let full = self.n / LANES;
        let (block, lane) = (row / LANES, row % LANES);
        if block < full {
            self.blocks[(block * self.d + t) * LANES + lane]
        } else {
            self.tail[t * LANES + lane]
        }
    }

    /// One row, as packed.
    pub(crate) fn row(&self, row: usize) -> Vec<f64> {
        (0..self.d).map(|t| f64::from(self.value(row, t))).collect()
    }

    /// The weight of one row.
    pub(crate) fn weight(&self, row: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[row])
    }

    /// Chunks of rows with their share of `each`, which has one entry per row.
    pub(crate) fn parts<'a, T>(&'a self, each: &'a mut [T]) -> Vec<Part<'a, T>> {
        let full = self.n / LANES * LANES;
        let lanes = self.blocks[..full * self.d].as_chunks().0;
        let (rows, last) = each.split_at_mut(full);
        let mut parts: Vec<Part<T>> = rows
            .chunks_mut(CHUNK)
            .zip(lanes.chunks(CHUNK / LANES * self.d))
            .enumerate()
            .map(|(chunk, (rows, lanes))| Part { first: chunk * CHUNK, lanes, rows, sum: 0.0 })
            .collect();
        if !last.is_empty() {
            let lanes = self.tail.as_chunks().0;
            parts.push(Part { first: full, lanes, rows: last, sum: 0.0 });
        }
        parts
    }

    /// The rows at the given positions, on the same grid.
    pub(crate) fn take(&self, rows: &[usize]) -> Self {
        let d = self.d;
        let mut values = vec![0.0; rows.len() * d];
        values.par_chunks_mut(CHUNK * d).zip(rows.par_chunks(CHUNK)).for_each(|(out, rows)| {
            on(self.path, Gather { packed: self, rows, out });
        });
        let weights = self.weights.as_ref().map(|w| rows.iter().map(|&row| w[row]).collect());
        let tail = arrange_all(&mut values, rows.len(), d, self.path);
        self.with(values, tail, rows.len(), weights)
    }

    /// The full blocks at the given positions, on the same grid.
    pub(crate) fn take_blocks(&self, blocks: &[usize]) -> Self {
        let width = LANES * self.d;
        let mut values = vec![0.0; blocks.len() * width];
        values.par_chunks_mut(width).zip(blocks).with_min_len(64).for_each(|(out, &block)| {
            out.copy_from_slice(&self.blocks[block * width..(block + 1) * width]);
        });
        let weights = self.weights.as_ref().map(|weights| {
            blocks
                .iter()
                .flat_map(|&block| weights[block * LANES..(block + 1) * LANES].iter().copied())
                .collect()
        });
        self.with(values, Vec::new(), blocks.len() * LANES, weights)
    }

    fn with(&self, blocks: Vec<f32>, tail: Vec<f32>, n: usize, weights: Option<Vec<f64>>) -> Self {
        let (shift, scale, grid) = (self.shift.clone(), self.scale, self.grid.clone());
        let (d, lost, path) = (self.d, self.lost * n as f64 / self.n as f64, self.path);
        let mean_variance = Once::default();
        Self { blocks, tail, n, d, weights, shift, scale, grid, lost, mean_variance, path }
    }

    /// The mean over columns of the weighted variance, as packed.
    pub(crate) fn mean_variance(&self) -> f64 {
        self.mean_variance.get(|| spread::mean_variance(self))
    }

    /// How many blocks are full.
    pub(crate) fn n_blocks(&self) -> usize {
        self.n / LANES
    }
}

/// Copies rows from all over the memory, one after the other, to `out`.
struct Gather<'a> {
    packed: &'a Packed,
    rows: &'a [usize],
    out: &'a mut [f32],
}

impl Work for Gather<'_> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vector>(self, v: V) {
        let Self { packed, rows, out } = self;
        let d = packed.d;
        let lanes: &[Lane32] = packed.blocks.as_chunks().0;
        for (i, out) in out.chunks_exact_mut(d).enumerate() {
            // Each dimension of a row lies in another cache line: those of a row further on are
            // asked for meanwhile.
            let ahead = rows[(i + GATHERED).min(rows.len() - 1)] / LANES * d;
            for (t, x) in out.iter_mut().enumerate() {
                v.prefetch(lanes, ahead + t);
                *x = packed.value(rows[i], t);
            }
        }
    }
}

/// A number that is kept once it is known. Threads that ask at the same time all work it out,
/// to the same bits, and none waits: a thread that waits for the pool inside of a lock takes up
/// other work meanwhile, and where that asks for the same lock nothing goes on any more.
#[derive(Debug)]
struct Once(AtomicU64);

impl Default for Once {
    fn default() -> Self {
        Self(AtomicU64::new(f64::NAN.to_bits()))
    }
}

impl Clone for Once {
    fn clone(&self) -> Self {
        Self(AtomicU64::new(self.0.load(Relaxed)))
    }
}

impl Once {
    fn get(&self, work: impl FnOnce() -> f64) -> f64 {
        let known = f64::from_bits(self.0.load(Relaxed));
        if !known.is_nan() {
            return known;
        }
        let value = work();
        self.0.store(value.to_bits(), Relaxed);
        value
    }
}

/// The power of two that brings the largest value into the range of squares in f32.
fn scale_for(largest: &[f64]) -> f64 {
    let largest = largest.iter().copied().fold(0.0, f64::max);
    let exponent = libm::frexp(largest).1;
    if largest == 0.0 || exponent.abs() <= SAFE { 1.0 } else { libm::ldexp(1.0, -exponent) }
}

fn scaled(largest: &[f64], scale: f64) -> Vec<f64> {
    largest.iter().map(|x| x * scale).collect()
}
