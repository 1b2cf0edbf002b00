//! Out of a local optimum: one centre is taken away where it is missed least, and put
//! where one is missed most.
//!
//! Lloyd's iterations cannot move a centre from two that share a group to one that holds
//! two groups. A round draws rows in proportion to their weighted squared distance, finds
//! for each the centre whose place it would take best, from the distances to the nearest
//! and the second nearest, and iterates from the best exchange of all. It is kept where
//! the inertia falls; otherwise the same exchange is not tried again until it has fallen.
//!
//! # References
//!
//! Lattanzi & Sohler 2019, A better k-means++ algorithm via local search, ICML. Deviations:
//! several rows per round; Lloyd's iterations before an exchange is judged; a row does not
//! take the place of its own centre; exchanges in vain are not repeated.

use rayon::prelude::*;

use super::params::KMeansValid;
use super::space::{Found, Space};
use crate::cluster::lot::Lots;
use crate::seed::Stream;

/// Rows that a round tries.
const TRIED: usize = 8;
/// The most rounds.
const ROUNDS: usize = 64;
/// Iterations after which an exchange is judged.
const ITERATIONS: usize = 12;
/// A fall by less than this share is none.
const FALL: f64 = 1e-5;

/// Centres that are at least as good; ends after so many rounds in a row without a fall.
pub(super) fn exchange<S: Space>(
    space: &S,
    mut best: Found,
    (params, tolerance): (&KMeansValid, f64),
    enough: usize,
    rng: &mut Stream,
) -> Found {
    let (d, few) = (space.d(), params.at_most(ITERATIONS));
    let (mut idle, mut in_vain) = (0, Vec::new());
    let mut near = Near::new(space, &best.centres);
    for _ in 0..ROUNDS {
        let next =
            near.best_exchange(space, &in_vain, rng).map(|Exchange { row, from, centre }| {
                in_vain.push((from, centre));
                let mut centres = best.centres.clone();
                centres[centre * d..(centre + 1) * d].copy_from_slice(&space.row(row));
                space.refine(centres, &few, tolerance)
            });
        if let Some(next) = next.filter(|next| next.inertia < best.inertia * (1.0 - FALL)) {
            (best, idle) = (next, 0);
            in_vain.clear();
            near = Near::new(space, &best.centres);
        } else {
            idle += 1;
            if idle == enough {
                break;
            }
        }
    }
    best
}

/// A row that takes the place of a centre.
#[derive(Debug, PartialEq, Eq)]
struct Exchange {
    row: usize,
    /// The centre nearest to the row.
    from: usize,
    /// The one that is taken away.
    centre: usize,
}

/// What is nearest to each row.
struct Near {
    /// The nearest centre, and the weighted squared distances to it and to the second one.
    centre: Vec<usize>,
    first: Vec<f64>,
    second: Vec<f64>,
    /// Rows by their distance to the nearest.
    lots: Lots,
    k: usize,
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
        let lots = Lots::new(&first);
        Self { centre, first, second, lots, k: distances.len() }
    }

    /// The one that leaves the least inertia, of rows that are drawn and without those in
    /// vain, each the centre nearest to a row and the one that it took the place of; none
    /// where there is no inertia.
    fn best_exchange<S: Space>(
        &self,
        space: &S,
        in_vain: &[(usize, usize)],
        rng: &mut Stream,
    ) -> Option<Exchange> {
        let total = self.lots.total();
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let rows: Vec<usize> = (0..TRIED).map(|_| self.lots.draw(rng)).collect();
        let left = |&row: &usize| {
            let from = self.centre[row];
            let may_go = |centre| centre != from && !in_vain.contains(&(from, centre));
            let (inertia, centre) = self.without(&space.distances(&space.row(row)), may_go)?;
            Some((inertia, Exchange { row, from, centre }))
        };
        let tried: Vec<Option<(f64, Exchange)>> = rows.par_iter().map(left).collect();
        let best = tried.into_iter().flatten().min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(best.1)
    }

    /// With another centre at these distances: the inertia without the one that is missed
    /// least then, and which that is, of those that may go.
    ///
    /// The centre nearest to the new one may not. Where it lies between two groups it seems
    /// to be missed little, because the new one takes over its rows of one group, and those
    /// of the other are about as far from the next centre; Lloyd's iterations would only move
    /// the new one back to where it was.
    fn without(&self, distances: &[f64], may_go: impl Fn(usize) -> bool) -> Option<(f64, usize)> {
        let (mut with, mut missed) = (0.0, vec![0.0; self.k]);
        for (row, &distance) in distances.iter().enumerate() {
            let now = self.first[row].min(distance);
            with += now;
            missed[self.centre[row]] += self.second[row].min(distance) - now;
        }
        let (centre, least) = missed
            .into_iter()
            .enumerate()
            .filter(|&(centre, _)| may_go(centre))
            .min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((with + least, centre))
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
        let left = near.without(&points.distances_to(&[10.0]), |centre| centre != 2);
        assert_eq!(left, Some((20.25 + 30.25 + 1.0 + 1.0, 0)));
        assert_eq!(near.without(&points.distances_to(&[10.0]), |_| false), None);
        let mut rng = Seed::new(1).stream("exchange", 0);
        let found = exchange(&points, stuck, (&params, 1e-4), 4, &mut rng);
        assert!((found.inertia - 1.5).abs() < 1e-9, "{}", found.inertia);
    }

    #[test]
    fn a_row_does_not_take_the_place_of_its_own_centre_nor_one_taken_in_vain() {
        let matrix = Matrix::unnamed(array![[0.0], [1.0], [10.0], [11.0], [20.0], [21.0]]).unwrap();
        let points = Points::new(&matrix);
        let near = Near::new(&points, &[0.5, 10.5, 20.5]);
        let mut in_vain = Vec::new();
        let mut rng = Seed::new(1).stream("exchange", 0);
        for _ in 0..200 {
            if let Some(found) = near.best_exchange(&points, &in_vain, &mut rng) {
                assert_eq!(found.from, near.centre[found.row]);
                assert_ne!(found.from, found.centre);
                assert!(!in_vain.contains(&(found.from, found.centre)));
                in_vain.push((found.from, found.centre));
            }
        }
        in_vain.sort_unstable();
        assert_eq!(in_vain, [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]);
    }

    #[test]
    fn where_every_row_is_a_centre_there_is_nothing_to_exchange() {
        let matrix = Matrix::unnamed(array![[0.0], [1.0], [2.0]]).unwrap();
        let params = KMeansParams::new(3).sample(1).check().unwrap();
        let best = fit_points(&Points::new(&matrix), &params);
        assert_eq!(best.partition.inertia, 0.0);
        let near = Near::new(&Points::new(&matrix), &best.partition.centres);
        let mut rng = Seed::new(1).stream("exchange", 0);
        assert_eq!(near.best_exchange(&Points::new(&matrix), &[], &mut rng), None);
    }
}
