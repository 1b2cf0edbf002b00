//! Greedy k-means++ starts: each next centre is the best of `2 + floor(ln k)` rows
//! drawn in proportion to their weight times their squared distance.

use crate::cluster::kernel::Points;
use crate::cluster::lot::in_proportion;
use crate::seed::Stream;

/// k centres among the rows, row-major `k * d`.
pub(super) fn greedy_plus_plus(points: &Points, k: usize, rng: &mut Stream) -> Vec<f64> {
    let trials = 2 + libm::log(k as f64) as usize;
    let weights: Vec<f64> = (0..points.n()).map(|row| points.weight(row)).collect();
    let first = in_proportion(&weights, rng);
    let mut centres = points.row(first).to_vec();
    let mut closest = points.distances_to(points.row(first));
    for _ in 1..k {
        let potential: Vec<f64> =
            closest.iter().zip(&weights).map(|(distance, weight)| distance * weight).collect();
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for _ in 0..trials {
            let row = in_proportion(&potential, rng);
            let mut distances = points.distances_to(points.row(row));
            for (distance, &now) in distances.iter_mut().zip(&closest) {
                *distance = distance.min(now);
            }
            let total: f64 = distances.iter().zip(&weights).map(|(d, w)| d * w).sum();
            if best.as_ref().is_none_or(|(lowest, ..)| total < *lowest) {
                best = Some((total, row, distances));
            }
        }
        if let Some((_, row, distances)) = best {
            centres.extend_from_slice(points.row(row));
            closest = distances;
        }
    }
    centres
}
