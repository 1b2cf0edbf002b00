//! How far rows lie from their mean, in one pass: what a stop rule is measured by.

use rayon::prelude::*;

use super::LANES;
use super::packed::{Packed, Part};
use super::path::{Work, on};
use super::vector::{Lane32, Vector};

/// The mean over columns of the weighted variance, as packed. Sums are in f64 of differences
/// to the heaviest row, the first of such, so that columns far from zero lose nothing; over
/// chunks in their order.
pub(super) fn mean_variance(packed: &Packed) -> f64 {
    let d = packed.d();
    let weights = packed.weights().unwrap_or_default().iter().enumerate();
    let heaviest =
        weights.fold((0, 0.0), |best, (row, &w)| if w > best.1 { (row, w) } else { best });
    let origin: Vec<f64> = packed.row(heaviest.0);
    let mut rows = vec![(); packed.n()];
    let mut parts = packed.parts(&mut rows);
    let of_part = |part: &mut Part<()>| {
        let weights = packed.weights().map(|weights| &weights[part.first..]);
        on(packed.path, Spread { part, origin: &origin, weights })
    };
    let parts: Vec<Moments> = parts.par_iter_mut().map(of_part).collect();
    let weight: f64 = parts.iter().map(|part| part.weight).sum();
    let variance = |t: usize| {
        let sum: f64 = parts.iter().map(|part| part.columns[t].0).sum();
        let squares: f64 = parts.iter().map(|part| part.columns[t].1).sum();
        let mean = sum / weight;
        (squares / weight - mean * mean).max(0.0)
    };
    (0..d).map(variance).sum::<f64>() / d as f64
}

/// Sums over some rows.
struct Moments {
    weight: f64,
    /// Of the differences to the origin, and of their squares.
    columns: Vec<(f64, f64)>,
}

struct Spread<'a, 'p> {
    part: &'a Part<'p, ()>,
    origin: &'a [f64],
    weights: Option<&'a [f64]>,
}

impl Work for Spread<'_, '_> {
    type Out = Moments;

    #[inline(always)]
    fn run<V: Vector>(self, v: V) -> Moments {
        let d = self.origin.len();
        let Part { lanes, rows, .. } = self.part;
        let mut sums = vec![([0.0; LANES], [0.0; LANES]); d];
        // Without weights, blocks that are full are all alike.
        let plain = if self.weights.is_none() { rows.len() / LANES } else { 0 };
        for (group, blocks) in lanes[..plain * d].chunks(GROUP * d).enumerate() {
            let next = &lanes[((group + 1) * GROUP * d).min(lanes.len())..];
            for (t, sums) in sums.iter_mut().enumerate() {
                *sums = column(v, blocks, next, (t, d), self.origin[t], *sums);
            }
        }
        let mut weight = (plain * LANES) as f64;
        for block in plain..rows.len().div_ceil(LANES) {
            for row in block * LANES..rows.len().min((block + 1) * LANES) {
                let own = self.weights.map_or(1.0, |weights| weights[row]);
                weight += own;
                for (t, (sum, squares)) in sums.iter_mut().enumerate() {
                    let lane = row % LANES;
                    let x = f64::from(lanes[block * d + t][lane]) - self.origin[t];
                    sum[lane] += own * x;
                    squares[lane] += own * (x * x);
                }
            }
        }
        let total = |(x, squares): &(Lane64, Lane64)| (x.iter().sum(), squares.iter().sum());
        Moments { weight, columns: sums.iter().map(total).collect() }
    }
}

/// Blocks that stay in the nearest memory while their columns are added up one after the other.
const GROUP: usize = 16;

type Lane64 = [f64; LANES];

/// Adds the t-th of d columns of some blocks, and asks for the memory of the `next` ones.
#[inline(always)]
fn column<V: Vector>(
    v: V,
    blocks: &[Lane32],
    next: &[Lane32],
    (t, d): (usize, usize),
    origin: f64,
    (mut sum, mut squares): (Lane64, Lane64),
) -> (Lane64, Lane64) {
    for (block, lanes) in blocks.chunks_exact(d).enumerate() {
        v.prefetch(next, block * d + t);
        // Copies and a loop each: so the compiler sees whole vectors.
        let mut x = lanes[t].map(f64::from);
        for lane in 0..LANES {
            x[lane] -= origin;
        }
        for lane in 0..LANES {
            sum[lane] += x[lane];
        }
        for lane in 0..LANES {
            squares[lane] += x[lane] * x[lane];
        }
    }
    (sum, squares)
}
