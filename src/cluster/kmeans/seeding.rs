//! Greedy k-means++ starts on f32 rows: each next centre is the best of `2 + floor(ln k)`
//! rows drawn in proportion to their weight times their squared distance.
//!
//! One pass over the rows per centre: it lets the centre chosen last count and tries the
//! candidates for the next one at once. The candidates are drawn before the pass, from
//! the potentials of the pass before: a chunk in proportion to its potential, then a row
//! in it.

use std::collections::BTreeMap;

use rand::Rng;

use crate::cluster::kernel::{CHUNK, LANES, Packed, potential};
use crate::cluster::lot::{in_proportion, pick};
use crate::seed::Stream;

/// k centres among the rows, row-major `k * d`, as packed.
pub(super) fn greedy_plus_plus(packed: &Packed, k: usize, rng: &mut Stream) -> Vec<f64> {
    let trials = (2 + libm::log(k as f64) as usize).min(potential::MOST);
    let mut closest = vec![f32::INFINITY; packed.n()];
    let mut last = packed.row(first(packed, rng));
    let mut centres = last.clone();
    if k == 1 {
        return centres;
    }
    // The potentials that the first centre leaves: it is its own candidate.
    let mut chunks: Vec<f64> =
        potential::step(packed, &mut closest, &last, std::slice::from_ref(&last))
            .iter()
            .map(|potentials| potentials[0])
            .collect();
    for _ in 1..k {
        // Candidates mostly come out of few chunks.
        let mut near = BTreeMap::new();
        let candidates: Vec<Vec<f64>> = (0..trials)
            .map(|_| {
                let (chunk, left) = draw(&chunks, rng);
                let near = near
                    .entry(chunk)
                    .or_insert_with(|| potential::with(packed, &mut closest, chunk, &last));
                packed.row(pick_row(packed, chunk, near, left))
            })
            .collect();
        let tried = potential::step(packed, &mut closest, &last, &candidates);
        let total = |candidate: usize| tried.iter().map(|chunk| chunk[candidate]).sum::<f64>();
        let mut best = (f64::INFINITY, 0);
        for candidate in 0..trials {
            let total = total(candidate);
            if total < best.0 {
                best = (total, candidate);
            }
        }
        chunks = tried.iter().map(|chunk| chunk[best.1]).collect();
        last.clone_from(&candidates[best.1]);
        centres.extend_from_slice(&last);
    }
    centres
}

/// The first row: in proportion to the weights.
fn first(packed: &Packed, rng: &mut Stream) -> usize {
    match packed.weights() {
        None => rng.gen_range(0..packed.n()),
        Some(weights) => in_proportion(weights, rng),
    }
}

/// A chunk drawn in proportion to its potential, and what is left of the draw there.
fn draw(chunks: &[f64], rng: &mut Stream) -> (usize, f64) {
    let total: f64 = chunks.iter().sum();
    pick(chunks.iter().copied(), rng.r#gen::<f64>() * total)
}

/// The row of a chunk where a draw ends.
fn pick_row(packed: &Packed, chunk: usize, near: &[f32], left: f64) -> usize {
    let full = packed.n() / LANES * LANES;
    let from = if chunk * CHUNK < full { chunk * CHUNK } else { full };
    let mass = near
        .iter()
        .enumerate()
        .map(|(row, &distance)| f64::from(distance) * packed.weight(from + row));
    from + pick(mass, left).0
}
