//! `eps = "auto"` and `min-points = "auto"`.

use crate::cluster::neighbours::{Distinct, Tree, kth_distances_to};
use crate::cluster::{Auto, ClusterError};
use crate::matrix::Matrix;
use crate::seed::Seed;

/// The most columns in which distances to neighbours still tell a density.
const MAX_COLUMNS: usize = 10;
/// The largest share of customers that may be equal to another one.
const MAX_TIED: f64 = 0.30;
/// Customers whose neighbours are looked up; all others are candidates.
const SAMPLE: usize = 2_000;

/// The parameters that a fit uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// The radius.
    pub eps: f64,
    /// How many customers make a neighbourhood dense.
    pub min_points: usize,
    /// Where eps was found out: the radii in which 90 % and 95 % of the customers are dense,
    /// to be shown beside it.
    pub percentiles: Option<[f64; 2]>,
}

/// Takes what is given and finds out what is not.
///
/// # Errors
///
/// eps is to be found out with more than 10 columns or more than 30 % ties, or the
/// distances do not rise at all.
pub fn choose(
    matrix: &Matrix,
    eps: Auto<f64>,
    min_points: Auto<usize>,
    seed: Seed,
) -> Result<Chosen, ClusterError> {
    let d = matrix.n_columns();
    let min_points = match min_points {
        Auto::Is(min_points) => min_points,
        Auto::Auto => (2 * d).clamp(5, 50),
    };
    let (eps, percentiles) = match eps {
        Auto::Is(eps) => (eps, None),
        Auto::Auto => {
            let (knee, percentiles) = knee_of_distances(matrix, min_points, seed)?;
            (knee, Some(percentiles))
        }
    };
    Ok(Chosen { eps, min_points, percentiles })
}

/// The knee, and the 90th and 95th percentile, of the distances to the neighbour that makes
/// a customer dense.
fn knee_of_distances(
    matrix: &Matrix,
    min_points: usize,
    seed: Seed,
) -> Result<(f64, [f64; 2]), ClusterError> {
    let d = matrix.n_columns();
    if d > MAX_COLUMNS {
        return Err(ClusterError::AutoEpsColumns { columns: d, allowed: MAX_COLUMNS });
    }
    if min_points == 1 {
        return Err(ClusterError::AutoEpsAlone);
    }
    let distinct = Distinct::new(matrix.row_major(), d);
    let ties = |share: f64| ClusterError::AutoEpsTies {
        percent: (share * 100.0).round() as u64,
        allowed: (MAX_TIED * 100.0) as u64,
    };
    let tied = distinct.tied_share();
    if tied > MAX_TIED {
        return Err(ties(tied));
    }
    let tree = Tree::of(matrix.row_major(), d, &distinct.first);
    let weights = distinct.weights(&tree);
    let n = matrix.n_rows();
    let mut rng = seed.stream("dbscan eps", 0);
    let rows: Vec<u32> = rand::seq::index::sample(&mut rng, n, SAMPLE.min(n))
        .into_iter()
        .map(|row| row as u32)
        .collect();
    let sample = Tree::of(matrix.row_major(), d, &rows);
    let mut distances: Vec<f64> =
        kth_distances_to(&sample, &tree, &weights, min_points).into_iter().map(f64::sqrt).collect();
    distances.sort_by(f64::total_cmp);
    let rank = |percent: usize| distances[(distances.len() * percent).div_ceil(100) - 1];
    let percentiles = [rank(90), rank(95)];
    // The farthest hundredth would flatten the rest of the curve.
    distances.truncate((distances.len() - distances.len() / 100).max(1));
    let knee = Some(knee(&distances)).filter(|eps| *eps > 0.0).ok_or_else(|| ties(tied))?;
    Ok((knee, percentiles))
}

/// The value at which an ascending curve leaves its chord most: kneedle without
/// smoothing, for a curve that bends upwards.
fn knee(ascending: &[f64]) -> f64 {
    let last = ascending.len() - 1;
    let (low, high) = (ascending[0], ascending[last]);
    if high <= low {
        return high;
    }
    let mut best = (f64::NEG_INFINITY, high);
    for (i, &value) in ascending.iter().enumerate() {
        let above = i as f64 / last as f64 - (value - low) / (high - low);
        if above > best.0 {
            best = (above, value);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn the_knee_is_where_the_curve_bends_upwards() {
        // By hand: five steps of 1 and then a jump; the chord from 1 to 20 is left most
        // at the fifth value.
        assert_eq!(knee(&[1.0, 1.0, 1.1, 1.2, 1.5, 20.0]), 1.5);
        assert_eq!(knee(&[2.0, 2.0, 2.0]), 2.0);
    }

    #[test]
    fn eps_is_refused_above_ten_columns() {
        let matrix =
            Matrix::unnamed(Array2::from_shape_fn((30, 11), |(i, j)| (i * 7 + j * 3) as f64));
        let error = choose(&matrix.unwrap(), Auto::Auto, Auto::Auto, Seed::new(1)).unwrap_err();
        assert!(matches!(error, ClusterError::AutoEpsColumns { columns: 11, allowed: 10 }));
    }

    #[test]
    fn eps_is_refused_with_many_ties() {
        let matrix = Matrix::unnamed(Array2::from_shape_fn((100, 2), |(i, _)| (i / 2) as f64));
        let error = choose(&matrix.unwrap(), Auto::Auto, Auto::Auto, Seed::new(1)).unwrap_err();
        assert!(matches!(error, ClusterError::AutoEpsTies { percent: 100, allowed: 30 }));
    }

    #[test]
    fn min_points_is_twice_the_columns_but_at_least_five() {
        let matrix = Matrix::unnamed(Array2::zeros((3, 2))).unwrap();
        let chosen = choose(&matrix, Auto::Is(1.0), Auto::Auto, Seed::new(1)).unwrap();
        assert_eq!(chosen, Chosen { eps: 1.0, min_points: 5, percentiles: None });
        let matrix = Matrix::unnamed(Array2::zeros((3, 8))).unwrap();
        let chosen = choose(&matrix, Auto::Is(1.0), Auto::Auto, Seed::new(1)).unwrap();
        assert_eq!(chosen.min_points, 16);
    }

    #[test]
    fn what_is_found_out_comes_with_its_percentiles() {
        let rows = Array2::from_shape_fn((200, 1), |(i, _)| (i * i) as f64);
        let chosen =
            choose(&Matrix::unnamed(rows).unwrap(), Auto::Auto, Auto::Is(2), Seed::new(1)).unwrap();
        // The nearest neighbour of i^2 is 2 i - 1 away (1 from 0): the 180th and the 190th
        // of 1, 1, 3, 5, .. are 357 and 377.
        assert_eq!(chosen.percentiles, Some([357.0, 377.0]));
    }
}
