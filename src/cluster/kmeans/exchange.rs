//! Out of a local optimum: one centre is taken away where it is missed least, and put
//! where one is missed most.
//!
//! Lloyd's iterations cannot move a centre from two that share a group to one that holds
//! two groups. A round draws rows in proportion to their weighted squared distance, finds
//! for each the centre whose place it would take best, from the distances to the nearest
//! and the second nearest, and iterates from the best exchange of all. It is kept where
//! the inertia falls.
//!
//! # References
//!
//! Lattanzi & Sohler 2019, A better k-means++ algorithm via local search, ICML. Deviation:
//! several rows per round, and Lloyd's iterations before an exchange is judged.

use rayon::prelude::*;

use super::fit::{Found, Space};
use super::params::KMeansValid;
use crate::cluster::lot::in_proportion;
use crate::seed::Stream;

/// Rows that a round tries.
const TRIED: usize = 8;
/// Rounds in a row without a fall before it ends.
const IDLE: usize = 10;
/// The most rounds.
const ROUNDS: usize = 64;
/// Iterations after which an exchange is judged.
const ITERATIONS: usize = 12;
/// A fall by less than this share is none.
const FALL: f64 = 1e-5;

/// Centres that are at least as good.
pub(super) fn exchange<S: Space>(
    space: &S,
    mut best: Found,
    params: &KMeansValid,
    tolerance: f64,
    rng: &mut Stream,
) -> Found {
    let (d, few) = (space.d(), params.at_most(ITERATIONS));
    let mut idle = 0;
    let mut near = Near::new(space, &best.centres);
    for _ in 0..ROUNDS {
        let Some((row, centre)) = near.best_exchange(space, params.k(), rng) else { break };
        let mut centres = best.centres.clone();
        centres[centre * d..(centre + 1) * d].copy_from_slice(&space.row(row));
        let next = space.refine(centres, &few, tolerance);
        if next.inertia < best.inertia * (1.0 - FALL) {
            (best, idle) = (next, 0);
            near = Near::new(space, &best.centres);
        } else {
            idle += 1;
            if idle == IDLE {
                break;
            }
        }
    }
    best
}

/// What is nearest to each row.
struct Near {
    /// The nearest centre, and the weighted squared distances to it and to the second one.
    centre: Vec<usize>,
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Near {
    fn new<S: Space>(space: &S, centres: &[f64]) -> Self {
        let n = space.n();
        let distances: Vec<Vec<f64>> =
            centres.par_chunks(space.d()).map(|centre| space.distances(centre)).collect();
        let (mut centre, mut first) = (vec![0; n], vec![f64::INFINITY; n]);
        let mut second = vec![f64::INFINITY; n];
        for (j, distances) in distances.iter().enumerate() {
            for (row, &distance) in distances.iter().enumerate() {
                if distance < first[row] {
                    (second[row], first[row], centre[row]) = (first[row], distance, j);
                } else if distance < second[row] {
                    second[row] = distance;
                }
            }
        }
        Self { centre, first, second }
    }

    /// The row and the centre in whose place it leaves the least inertia, of rows that are
    /// drawn; none where there is no inertia.
    fn best_exchange<S: Space>(
        &self,
        space: &S,
        k: usize,
        rng: &mut Stream,
    ) -> Option<(usize, usize)> {
        let total: f64 = self.first.iter().sum();
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let rows: Vec<usize> = (0..TRIED).map(|_| in_proportion(&self.first, rng)).collect();
        let left = |&row: &usize| {
            let (inertia, centre) = self.without(&space.distances(&space.row(row)), k);
            (inertia, row, centre)
        };
        let tried: Vec<(f64, usize, usize)> = rows.par_iter().map(left).collect();
        let best = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some((best.1, best.2))
    }

    /// With another centre at these distances: the inertia without the one that is missed
    /// least then, and which that is.
    fn without(&self, distances: &[f64], k: usize) -> (f64, usize) {
        let (mut with, mut missed) = (0.0, vec![0.0; k]);
        for (row, &distance) in distances.iter().enumerate() {
            let now = self.first[row].min(distance);
            with += now;
            missed[self.centre[row]] += self.second[row].min(distance) - now;
        }
        let mut least = (f64::INFINITY, 0);
        for (centre, &missed) in missed.iter().enumerate() {
            if missed < least.0 {
                least = (missed, centre);
            }
        }
        (with + least.0, least.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::kernel::Points;
    use crate::cluster::kmeans::{KMeansParams, fit_points};
    use crate::matrix::Matrix;
    use crate::seed::Seed;
    use linfa::ParamGuard;
    use ndarray::array;

    #[test]
    fn two_centres_in_one_group_and_one_in_two_are_put_right() {
        // Groups around 0, 10 and 20; two of the centres share the first one.
        let rows = array![[0.0], [1.0], [10.0], [11.0], [20.0], [21.0]];
        let matrix = Matrix::unnamed(rows).unwrap();
        let points = Points::new(&matrix);
        let params = KMeansParams::new(3).check().unwrap();
        let stuck = Space::refine(&points, vec![0.0, 1.0, 15.5], &params, 1e-4);
        assert!((stuck.inertia - 101.0).abs() < 1e-9);
        let near = Near::new(&points, &stuck.centres);
        assert_eq!(near.centre, [0, 1, 2, 2, 2, 2]);
        // With one at 10: rows 20 and 21 stay with 15.5 (20.25 + 30.25), 11 is 1 away, and
        // the centre at 0 is missed by its row, which then goes to 1.
        let (left, centre) = near.without(&points.distances_to(&[10.0]), 3);
        assert_eq!((left, centre), (20.25 + 30.25 + 1.0 + 1.0, 0));
        let mut rng = Seed::new(1).stream("exchange", 0);
        let found = exchange(&points, stuck, &params, 1e-4, &mut rng);
        assert!((found.inertia - 1.5).abs() < 1e-9, "{}", found.inertia);
    }

    #[test]
    fn where_every_row_is_a_centre_there_is_nothing_to_exchange() {
        let matrix = Matrix::unnamed(array![[0.0], [1.0], [2.0]]).unwrap();
        let params = KMeansParams::new(3).sample(1).check().unwrap();
        let best = fit_points(&Points::new(&matrix), &params);
        assert_eq!(best.partition.inertia, 0.0);
        let near = Near::new(&Points::new(&matrix), &best.partition.centres);
        let mut rng = Seed::new(1).stream("exchange", 0);
        assert_eq!(near.best_exchange(&Points::new(&matrix), 3, &mut rng), None);
    }
}
