//! The Hessian of the logistic loss, `X' W X + lambda`, in blocks that stay in the cache.

use ndarray::Array2;
use rayon::prelude::*;

use super::logistic::{CHUNK, Sample};
use crate::kernel::path::{Path, Work, on};
use crate::kernel::vector::Vector;
use crate::stats::exponential::{BLOCK, exponentials};

/// Rows whose products are summed before they are added to those of the others.
const HALF: usize = BLOCK / 2;
/// Columns of a register tile.
const TILE: usize = 4;

/// The Hessian at `beta`, shape `(d + 1, d + 1)`, intercept last and not penalised.
pub(super) fn at(sample: &Sample, beta: &[f64], lambda: f64) -> Array2<f64> {
    let parts: Vec<Vec<f64>> =
        sample.rows.par_chunks(CHUNK).map(|rows| of(sample, rows, beta)).collect();
    sum(&parts, sample.d, lambda)
}

/// The Hessian of `d` columns, from the products of parts of the rows.
pub(super) fn sum(parts: &[Vec<f64>], d: usize, lambda: f64) -> Array2<f64> {
    let (d1, width) = (d + 1, width(d));
    let mut sum = nothing(d);
    for part in parts {
        add(&mut sum, part);
    }
    let mut hessian = Array2::zeros((d1, d1));
    for i in 0..d1 {
        for j in 0..=i {
            // Only tiles on and below the diagonal are filled.
            hessian[[i, j]] = sum[i * width + j];
            hessian[[j, i]] = sum[i * width + j];
        }
    }
    for j in 0..d {
        hessian[[j, j]] += lambda;
    }
    // Where every probability is 0 or 1 the intercept would have no curvature at all.
    hessian[[d, d]] += 1e-9;
    hessian
}

/// The columns and the intercept in whole tiles.
fn width(d: usize) -> usize {
    (d + 1).div_ceil(TILE) * TILE
}

/// `X' W X` of no rows.
pub(super) fn nothing(d: usize) -> Vec<f64> {
    vec![0.0; width(d) * width(d)]
}

/// Adds the products of other rows.
pub(super) fn add(sum: &mut [f64], part: &[f64]) {
    sum.iter_mut().zip(part).for_each(|(total, value)| *total += value);
}

/// `X' W X` of some rows, tiles on and below the diagonal.
pub(super) fn of(sample: &Sample, rows: &[usize], beta: &[f64]) -> Vec<f64> {
    on(Path::Best, Part { sample, rows, beta, width: width(sample.d) })
}

struct Part<'a> {
    sample: &'a Sample<'a>,
    rows: &'a [usize],
    beta: &'a [f64],
    width: usize,
}

impl Work for Part<'_> {
    type Out = Vec<f64>;

    #[expect(clippy::inline_always, reason = "compiled for each set of instructions")]
    #[inline(always)]
    fn run<V: Vector>(self, _: V) -> Vec<f64> {
        let Self { sample, rows, beta, width } = self;
        let mut sum = vec![0.0; width * width];
        let mut scaled = vec![0.0; BLOCK * width];
        let mut small = [0.0; BLOCK];
        for block in rows.chunks(BLOCK) {
            for (small, &row) in small.iter_mut().zip(block) {
                *small = -sample.log_odds(row, beta).abs();
            }
            exponentials(&mut small);
            for ((target, &row), &small) in scaled.chunks_exact_mut(width).zip(block).zip(&small) {
                // p (1 - p) = exp(-|e|) / (1 + exp(-|e|))^2, and its root is exact in form.
                let weight = small.sqrt() / (1.0 + small);
                for (z, x) in target.iter_mut().zip(sample.row(row)) {
                    *z = weight * x;
                }
                target[sample.d] = weight;
            }
            // In halves: the sums of a tile are of so many rows.
            for used in scaled[..block.len() * width].chunks(HALF * width) {
                for i in (0..width).step_by(TILE) {
                    for j in (0..=i).step_by(TILE) {
                        add_tile(used, width, i, j, &mut sum);
                    }
                }
            }
        }
        sum
    }
}

/// Adds the products of columns `i..i+4` with `j..j+4`, summed over the rows.
#[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
#[inline(always)]
fn add_tile(scaled: &[f64], width: usize, i: usize, j: usize, sum: &mut [f64]) {
    let mut tile = [[0.0; TILE]; TILE];
    for row in scaled.chunks_exact(width) {
        let (a, b) = (&row[i..i + TILE], &row[j..j + TILE]);
        for (line, &left) in tile.iter_mut().zip(a) {
            for (cell, &right) in line.iter_mut().zip(b) {
                *cell += left * right;
            }
        }
    }
    for (u, line) in tile.iter().enumerate() {
        for (v, cell) in line.iter().enumerate() {
            sum[(i + u) * width + j + v] += cell;
        }
    }
}
