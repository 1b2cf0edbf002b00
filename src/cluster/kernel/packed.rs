//! f32 rows in blocks, ready for searching.
//!
//! A column that lies farther from zero than it is wide is shifted by its mean, and all
//! columns share one power of two as scale where their range would not survive squaring
//! in f32; both are undone in centres and inertia. So values of 1e200, or of 1e9 with a
//! spread of 1, are searched as well as any. What f32 cannot resolve is measured as
//! `lost` when f64 rows are packed, and the caller decides by it.

use rayon::prelude::*;

use super::assign::{assign, finish};
use super::path::{Path, Work, on};
use super::points::{CHUNK, LANES, Points};
use super::sums::Grid;
use super::tile::Centres;
use super::vector::{Lane32, Vector};

/// Largest exponents of absolute values that are squared in f32 as they are.
const SAFE: i32 = 40;

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
    /// What does the arithmetic.
    pub(crate) path: Path,
}

/// Neighbouring rows, their blocks, and something that there is one of for each row.
pub(crate) struct Part<'a, T> {
    /// The number of its first row.
    pub(crate) first: usize,
    pub(crate) lanes: &'a [Lane32],
    pub(crate) rows: &'a mut [T],
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
        let (shift, largest) = Facts::conclude(&facts, d);
        let scale = scale_for(&largest);
        let mut packed = Self {
            blocks: values,
            tail,
            n,
            d,
            weights: None,
            grid: Grid::new(&scaled(&largest, scale), n, 1.0),
            shift,
            scale,
            lost: 0.0,
            path,
        };
        packed.place();
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
        Self { blocks: values, tail, n, d, weights, shift, scale, grid, lost, path }
    }

    /// Applies shift and scale to values that came as they are.
    fn place(&mut self) {
        if self.scale == 1.0 && self.shift.iter().all(|&shift| shift == 0.0) {
            return;
        }
        let (d, scale, shift) = (self.d, self.scale, &self.shift);
        let full = self.n / LANES * LANES * d;
        self.blocks[..full]
            .par_chunks_mut(LANES * d)
            .chain(self.tail.par_chunks_mut(LANES * d))
            .for_each(|block| {
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
            .map(|(chunk, (rows, lanes))| Part { first: chunk * CHUNK, lanes, rows })
            .collect();
        if !last.is_empty() {
            parts.push(Part { first: full, lanes: self.tail.as_chunks().0, rows: last });
        }
        parts
    }

    /// The rows at the given positions, on the same grid.
    pub(crate) fn take(&self, rows: &[usize]) -> Self {
        let d = self.d;
        let mut values = vec![0.0; rows.len() * d];
        values.par_chunks_mut(CHUNK * d).zip(rows.par_chunks(CHUNK)).for_each(|(out, rows)| {
            for (out, &row) in out.chunks_exact_mut(d).zip(rows) {
                for (t, x) in out.iter_mut().enumerate() {
                    *x = self.value(row, t);
                }
            }
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
        Self { blocks, tail, n, d, weights, shift, scale, grid, lost, path }
    }

    /// The mean over columns of the weighted variance, as packed.
    pub(crate) fn mean_variance(&self) -> f64 {
        let mut labels = vec![0u8; self.n];
        let origin = vec![0.0; self.d];
        let weighted = self.weights.is_some();
        let sums = assign(self, &Centres::new(&origin, self.d), &mut labels, true);
        let mean = sums.means(&self.grid, weighted, self.d, &origin);
        let total = finish(self, &Centres::new(&mean, self.d), &mut labels);
        total / self.d as f64 / sums.sizes(&self.grid, weighted)[0]
    }

    /// How many blocks are full.
    pub(crate) fn n_blocks(&self) -> usize {
        self.n / LANES
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

/// Turns row-major rows into blocks in place and returns the block of the last ones.
fn arrange_all(values: &mut [f32], n: usize, d: usize, path: Path) -> Vec<f32> {
    let full = n / LANES * LANES;
    let mut tail = Vec::new();
    if full < n {
        for row in 0..LANES {
            let row = (full + row).min(n - 1);
            tail.extend_from_slice(&values[row * d..(row + 1) * d]);
        }
        on(path, Arrange { rows: &mut tail, d });
    }
    values[..full * d].par_chunks_mut(CHUNK * d).for_each(|rows| {
        on(path, Arrange { rows, d });
    });
    tail
}

/// What is known of the columns of some rows.
struct Facts {
    low: Vec<f32>,
    high: Vec<f32>,
    sum: Vec<f64>,
    rows: usize,
    finite: bool,
}

impl Facts {
    /// What each column is shifted by, and the largest absolute value after it. A column
    /// is shifted by its mean where that is larger than the column is wide.
    fn conclude(facts: &[Self], d: usize) -> (Vec<f64>, Vec<f64>) {
        let rows: usize = facts.iter().map(|facts| facts.rows).sum();
        (0..d)
            .map(|t| {
                let low = facts.iter().map(|facts| facts.low[t]).fold(f32::INFINITY, f32::min);
                let high =
                    facts.iter().map(|facts| facts.high[t]).fold(f32::NEG_INFINITY, f32::max);
                let (low, high) = (f64::from(low), f64::from(high));
                let mean = facts.iter().map(|facts| facts.sum[t]).sum::<f64>() / rows as f64;
                let mean = f64::from(mean as f32).clamp(low, high);
                let shift = if mean.abs() > high - low { mean } else { 0.0 };
                (shift, (high - shift).max(shift - low))
            })
            .unzip()
    }
}

/// Turns whole groups of 16 row-major rows into blocks, in place.
struct Arrange<'a> {
    rows: &'a mut [f32],
    d: usize,
}

impl Work for Arrange<'_> {
    type Out = Facts;

    #[inline(always)]
    fn run<V: Vector>(self, v: V) -> Facts {
        let d = self.d;
        let mut low = vec![[f32::INFINITY; LANES]; d];
        let mut high = vec![[f32::NEG_INFINITY; LANES]; d];
        let mut sum = vec![[0.0f64; LANES]; d];
        // Becomes NaN with the first value that is not finite.
        let mut poison = [0.0f32; LANES];
        let mut scratch = vec![[0.0f32; LANES]; d.next_multiple_of(8)];
        for rows in self.rows.chunks_exact_mut(LANES * d) {
            arrange(v, rows, d, &mut scratch);
            for t in 0..d {
                let lane = &scratch[t];
                let (low, high, sum) = (&mut low[t], &mut high[t], &mut sum[t]);
                for i in 0..LANES {
                    let x = lane[i];
                    low[i] = if x < low[i] { x } else { low[i] };
                    high[i] = if x > high[i] { x } else { high[i] };
                    sum[i] += f64::from(x);
                    poison[i] += x * 0.0;
                }
            }
            rows.copy_from_slice(scratch[..d].as_flattened());
        }
        Facts {
            low: low
                .iter()
                .map(|lane| lane.iter().copied().fold(f32::INFINITY, f32::min))
                .collect(),
            high: high
                .iter()
                .map(|lane| lane.iter().copied().fold(f32::NEG_INFINITY, f32::max))
                .collect(),
            sum: sum.iter().map(|lane| lane.iter().sum()).collect(),
            rows: self.rows.len() / d,
            finite: poison.iter().all(|poison| *poison == 0.0),
        }
    }
}

/// One group of 16 rows, dimension by dimension.
#[inline(always)]
fn arrange<V: Vector>(v: V, rows: &[f32], d: usize, scratch: &mut [Lane32]) {
    let mut eight = [[0.0f32; 8]; LANES];
    let mut from = 0;
    for lanes in scratch.as_chunks_mut::<8>().0 {
        if from + 8 <= d {
            for (eight, row) in eight.iter_mut().zip(rows.chunks_exact(d)) {
                eight.copy_from_slice(&row[from..from + 8]);
            }
        } else {
            for (eight, row) in eight.iter_mut().zip(rows.chunks_exact(d)) {
                eight[..d - from].copy_from_slice(&row[from..]);
            }
        }
        v.pack(&eight, lanes);
        from += 8;
    }
}

/// The row-major position of the first value that is not finite in a chunk.
fn not_finite(blocks: &[f32], tail: &[f32], chunk: usize, d: usize) -> usize {
    let start = chunk * CHUNK * d;
    let (lanes, first) = if start < blocks.len() {
        (&blocks[start..], chunk * CHUNK)
    } else {
        (tail, blocks.len() / d)
    };
    let bad = |&at: &usize| !lanes[at].is_finite();
    let at = (0..lanes.len()).filter(bad).min_by_key(|at| {
        let (block, rest) = (at / (LANES * d), at % (LANES * d));
        (block * LANES + rest % LANES, rest / LANES)
    });
    let at = at.unwrap_or(0);
    let (block, rest) = (at / (LANES * d), at % (LANES * d));
    (first + block * LANES + rest % LANES) * d + rest / LANES
}
