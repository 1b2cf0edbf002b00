//! What a search for dense regions leaves for figures.

use super::neighbours::{Distinct, Tree, kth_distances_to};
use crate::matrix::Matrix;
use crate::seed::Seed;

/// Customers whose neighbours are looked up for the figure; all others are candidates.
const SAMPLE: usize = 2_000;

/// What a search for dense regions leaves for figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// Of a sample of the customers, ascending: the distance within which so many lie as
    /// make a neighbourhood dense.
    pub distances: Vec<f64>,
    /// The regions at every density, parents first.
    pub branches: Vec<Branch>,
}

/// A region that exists between two distances.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The region that it split off from.
    pub parent: Option<usize>,
    /// Customers when it came to be.
    pub customers: u64,
    /// The distance below which it is one.
    pub from: f64,
    /// The distance at which it splits or dissolves.
    pub until: f64,
    /// The segment that it is, 0-based.
    pub segment: Option<u32>,
}

impl Branch {
    /// A branch that is no segment yet.
    pub(crate) fn new(parent: Option<usize>, customers: u64, from: f64, until: f64) -> Self {
        Self { parent, customers, from, until, segment: None }
    }
}

/// Of a sample of the customers the distance within which `min_points` customers lie, the
/// own one included; ascending.
pub(crate) fn distances(matrix: &Matrix, min_points: usize, seed: Seed) -> Vec<f64> {
    let (rows, d) = (matrix.row_major(), matrix.n_columns());
    let distinct = Distinct::new(rows, d);
    let tree = Tree::of(rows, d, &distinct.first);
    let weights: Vec<f64> =
        (0..tree.len()).map(|p| f64::from(distinct.counts[tree.original(p)])).collect();
    let n = matrix.n_rows();
    let mut rng = seed.stream("neighbours shown", 0);
    let drawn = rand::seq::index::sample(&mut rng, n, SAMPLE.min(n)).into_iter();
    let sample = Tree::of(rows, d, &drawn.map(|row| row as u32).collect::<Vec<u32>>());
    let mut found: Vec<f64> =
        kth_distances_to(&sample, &tree, &weights, min_points).into_iter().map(f64::sqrt).collect();
    found.sort_by(f64::total_cmp);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn distances_are_to_the_neighbour_that_makes_it_dense() {
        // 0, 1, 3, 6: with the own one, the second nearest is 1, 1, 2, 3 away.
        let rows = Array2::from_shape_vec((4, 1), vec![0.0, 1.0, 3.0, 6.0]).unwrap();
        let found = distances(&Matrix::unnamed(rows).unwrap(), 2, Seed::new(1));
        assert_eq!(found, [1.0, 1.0, 2.0, 3.0]);
    }
}
