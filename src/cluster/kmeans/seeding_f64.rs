//! Greedy k-means++ starts: each next centre is the best of `2 + floor(ln k)` rows
//! drawn in proportion to their weight times their squared distance.

use rand::Rng;

use crate::cluster::kernel::Points;
use crate::seed::Stream;

/// k centres among the rows, row-major `k * d`.
pub(super) fn greedy_plus_plus(points: &Points, k: usize, rng: &mut Stream) -> Vec<f64> {
    let trials = 2 + libm::log(k as f64) as usize;
    let weights: Vec<f64> = (0..points.n()).map(|row| points.weight(row)).collect();
    let first = draw(&weights, rng);
    let mut centres = points.row(first).to_vec();
    let mut closest = points.distances_to(points.row(first));
    for _ in 1..k {
        let potential: Vec<f64> =
            closest.iter().zip(&weights).map(|(distance, weight)| distance * weight).collect();
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for _ in 0..trials {
            let row = draw(&potential, rng);
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

/// A row drawn in proportion to its mass; where there is no mass, row 0.
fn draw(mass: &[f64], rng: &mut Stream) -> usize {
    let total: f64 = mass.iter().sum();
    let mut left = rng.r#gen::<f64>() * total;
    let mut last = 0;
    for (row, &mass) in mass.iter().enumerate() {
        if mass > 0.0 {
            last = row;
            if left < mass {
                return row;
            }
            left -= mass;
        }
    }
    // Rounding can leave a rest: then it is the last row with any mass.
    last
}
