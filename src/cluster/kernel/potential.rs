//! One step of greedy k-means++ in one pass: every row learns how near the centre chosen
//! last is, and the potential that each candidate would leave is summed up.

use std::ops::Range;

use rayon::prelude::*;

use super::LANES;
use super::packed::{Packed, Part};
use super::path::{Work, on};
use super::tile::{Centres, Tile, squared};
use super::vector::{Lane32, Vector};

/// Candidates that one pass can try.
pub(crate) const MOST: usize = 16;

/// Lets `closest`, the squared distance of each row to its nearest centre, take `last` into
/// account. Returns per chunk and candidate `sum of w * min(closest, distance)`, added
/// lane by lane.
pub(crate) fn step(
    packed: &Packed,
    closest: &mut [f32],
    last: &[f64],
    candidates: &[Vec<f64>],
) -> Vec<[f64; MOST]> {
    let centres: Vec<f64> = last.iter().chain(candidates.iter().flatten()).copied().collect();
    let centres = Centres::new(&centres, packed.d());
    let one = |part: &mut Part<f32>| {
        let weights = packed.weights().map(|weights| &weights[part.first..]);
        on(packed.path, Step { part, centres: &centres, weights })
    };
    let mut parts = packed.parts(closest);
    if parts.len() <= 2 {
        parts.iter_mut().map(one).collect()
    } else {
        parts.par_iter_mut().map(one).collect()
    }
}

struct Step<'a, 'p> {
    part: &'a mut Part<'p, f32>,
    /// The one chosen last, and the candidates.
    centres: &'a Centres,
    weights: Option<&'a [f64]>,
}

impl Work for Step<'_, '_> {
    type Out = [f64; MOST];

    #[inline(always)]
    fn run<V: Vector>(self, v: V) -> [f64; MOST] {
        let Self { part, centres, weights } = self;
        let d = centres.d();
        let mut sums = [[0.0f64; LANES]; MOST];
        let mut distances = [[0.0; LANES]; MOST + 1];
        for (block, closest) in part.rows.chunks_mut(LANES).enumerate() {
            let tile = Tile { lanes: part.lanes, at: block * d, d };
            let mut near = [0.0; LANES];
            near[..closest.len()].copy_from_slice(closest);
            squared_all(v, tile, centres, &mut distances);
            lower(&mut near, &distances[0]);
            closest.copy_from_slice(&near[..closest.len()]);
            let mut weight = [1.0; LANES];
            if let Some(weights) = weights {
                let from = block * LANES;
                weight[..closest.len()].copy_from_slice(&weights[from..from + closest.len()]);
            }
            // Lanes without a row were 0 at first, so they add 0.
            for (distances, sums) in distances[1..centres.k()].iter().zip(&mut sums) {
                let mut near = near;
                lower(&mut near, distances);
                for lane in 0..LANES {
                    sums[lane] += f64::from(near[lane]) * weight[lane];
                }
            }
        }
        sums.map(|lanes| lanes.iter().sum())
    }
}

#[inline(always)]
fn lower(near: &mut Lane32, other: &Lane32) {
    for (near, &other) in near.iter_mut().zip(other) {
        *near = if other < *near { other } else { *near };
    }
}

/// Squared distances of one block to every centre.
#[inline(always)]
fn squared_all<V: Vector>(v: V, tile: Tile<'_>, centres: &Centres, out: &mut [Lane32]) {
    let (fours, rest) = centres.groups();
    let mut fetch = tile.ahead::<1>();
    let mut first = 0;
    for group in fours.chunks_exact(4 * tile.d) {
        store::<V, 4>(v, tile, group, fetch, &mut out[first..]);
        fetch = 0..0;
        first += 4;
    }
    match centres.k() - first {
        1 => store::<V, 1>(v, tile, rest, fetch, &mut out[first..]),
        2 => store::<V, 2>(v, tile, rest, fetch, &mut out[first..]),
        3 => store::<V, 3>(v, tile, rest, fetch, &mut out[first..]),
        _ => {}
    }
}

/// The same for C centres side by side.
#[inline(always)]
fn store<V: Vector, const C: usize>(
    v: V,
    tile: Tile<'_>,
    group: &[f32],
    fetch: Range<usize>,
    out: &mut [Lane32],
) {
    let found = squared::<V, 1, C>(v, tile, group.as_chunks().0, fetch);
    for c in 0..C {
        v.store(found[c][0], &mut out[c]);
    }
}

/// The squared distances of the rows of one chunk to their nearest centre, once `last`
/// counts.
pub(crate) fn with(packed: &Packed, closest: &mut [f32], chunk: usize, last: &[f64]) -> Vec<f32> {
    let mut parts = packed.parts(closest);
    let part = &mut parts[chunk];
    let mut near = part.rows.to_vec();
    let last = Centres::new(last, packed.d());
    let mut part = Part { first: part.first, lanes: part.lanes, rows: &mut near, sum: 0.0 };
    on(packed.path, Step { part: &mut part, centres: &last, weights: None });
    near
}
