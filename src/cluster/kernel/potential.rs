//! One step of greedy k-means++ in one pass: every row learns how near the centre chosen
//! last is, and the potential that each candidate would leave is summed up.

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
    let last = Centres::new(last, packed.d());
    let candidates: Vec<Centres> =
        candidates.iter().map(|centre| Centres::new(centre, packed.d())).collect();
    let one = |part: &mut Part<f32>| {
        let weights = packed.weights().map(|weights| &weights[part.first..]);
        on(packed.path, Step { part, last: &last, candidates: &candidates, weights })
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
    last: &'a Centres,
    candidates: &'a [Centres],
    weights: Option<&'a [f64]>,
}

impl Work for Step<'_, '_> {
    type Out = [f64; MOST];

    #[inline(always)]
    fn run<V: Vector>(self, v: V) -> [f64; MOST] {
        let Self { part, last, candidates, weights } = self;
        let d = last.d();
        let mut sums = [[0.0f64; LANES]; MOST];
        for (block, closest) in part.rows.chunks_mut(LANES).enumerate() {
            let tile = Tile { lanes: part.lanes, at: block * d, d };
            let mut near = [0.0; LANES];
            near[..closest.len()].copy_from_slice(closest);
            lower(&mut near, &distances(v, tile, last, true));
            closest.copy_from_slice(&near[..closest.len()]);
            let mut weight = [1.0; LANES];
            if let Some(weights) = weights {
                let from = block * LANES;
                weight[..closest.len()].copy_from_slice(&weights[from..from + closest.len()]);
            }
            // Lanes without a row were 0 at first, so they add 0.
            for (candidate, sums) in candidates.iter().zip(&mut sums) {
                let mut near = near;
                lower(&mut near, &distances(v, tile, candidate, false));
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

/// Squared distances of one block to one centre.
#[inline(always)]
fn distances<V: Vector>(v: V, tile: Tile<'_>, centre: &Centres, fetch: bool) -> Lane32 {
    let mut out = [0.0; LANES];
    let fetch = if fetch { tile.ahead::<1>() } else { 0..0 };
    v.store(squared::<V, 1, 1>(v, tile, centre.single(), fetch)[0][0], &mut out);
    out
}

/// The squared distances of the rows of one chunk to their nearest centre, once `last`
/// counts.
pub(crate) fn with(packed: &Packed, closest: &mut [f32], chunk: usize, last: &[f64]) -> Vec<f32> {
    let mut parts = packed.parts(closest);
    let part = &mut parts[chunk];
    let mut near = part.rows.to_vec();
    let last = Centres::new(last, packed.d());
    let mut part = Part { first: part.first, lanes: part.lanes, rows: &mut near, sum: 0.0 };
    on(packed.path, Step { part: &mut part, last: &last, candidates: &[], weights: None });
    near
}
