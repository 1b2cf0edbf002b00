//! Two indices of a sample that are drawn beside the evidence and never decide.
//!
//! Gap: `E log W*(k) - log W(k)`, W the sum of squared distances to the own centre, W* the
//! same of customers drawn evenly from the box around the sample along its principal
//! axes; its standard error is `sd(log W*) sqrt(1 + 1 / B)`, B = 20. It fails both ways,
//! which is why it decides nothing: on four groups in two of four columns it says one
//! segment more often than not, on independent yes-no items two or three.
//!
//! Prediction strength: both halves of the sample are cut into k; the least share, over
//! the segments of one half, of pairs of customers whom the centres of the other half
//! put together as well; the mean over both directions of three halvings.
//!
//! # References
//!
//! - Tibshirani, Walther & Hastie 2001, Estimating the number of clusters in a data set
//!   via the gap statistic, J. R. Statist. Soc. B 63(2), section 3, reference (b).
//! - Tibshirani & Walther 2005, Cluster validation by prediction strength, J. Comput.
//!   Graph. Statist. 14(3).

use linfa::ParamGuard;
use linfa_linalg::eigh::Eigh;
use ndarray::{Array2, ArrayView2, Axis};
use rand::Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::cluster::ClusterError;
use crate::cluster::kernel::{Packed, Points};
use crate::cluster::kmeans::{KMeansParams, finish, n_distinct_up_to, pack, search_points};
use crate::seed::Seed;

/// Clouds without segments.
const CLOUDS: usize = 20;
/// Halvings for the prediction strength.
const HALVINGS: usize = 3;
/// The stop rule of each cut, which is only compared with others.
const TOLERANCE: f64 = 1e-3;

/// What the sample says of one k.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drawn {
    /// The gap and its standard error.
    pub gap: Option<(f64, f64)>,
    /// The prediction strength, 0..1.
    pub strength: Option<f64>,
}

/// Gap and prediction strength of each k, on the rows of a sample.
///
/// # Errors
///
/// Parameters of k-means out of range.
pub(super) fn of_sample(
    rows: ArrayView2<'_, f64>,
    ks: &[usize],
    seed: Seed,
) -> Result<Vec<Drawn>, ClusterError> {
    let most = ks.iter().max().map_or(0, |most| most + 1);
    let own = Rows::new(rows, most);
    let clouds: Vec<Rows> =
        clouds(rows, seed).par_iter().map(|cloud| Rows::new(cloud.view(), most)).collect();
    let halves: Vec<(Rows, Rows)> = (0..HALVINGS)
        .map(|at| halve(rows, seed, at))
        .map(|(first, second)| (Rows::new(first.view(), most), Rows::new(second.view(), most)))
        .collect();
    ks.par_iter()
        .map(|&k| {
            Ok(Drawn { gap: gap(&own, &clouds, k, seed)?, strength: strength(&halves, k, seed)? })
        })
        .collect()
}

/// Rows as every k uses them.
struct Rows {
    points: Points<'static>,
    packed: Packed,
    /// How many are distinct, counted as far as matters.
    distinct: usize,
}

impl Rows {
    fn new(rows: ArrayView2<'_, f64>, most: usize) -> Self {
        let (n, d) = rows.dim();
        let points = Points::from_rows(rows.iter().copied().collect(), n, d, None);
        Self { packed: pack(&points), distinct: n_distinct_up_to(&points, most), points }
    }

    /// The centres and the inertia of the best of a few cuts into k.
    fn cut(&self, k: usize, starts: usize, seed: Seed) -> Result<(Vec<f64>, f64), ClusterError> {
        let params = KMeansParams::new(k).seed(seed).max_restarts(starts).tolerance(TOLERANCE);
        let params = params.check()?;
        let found = search_points(&self.points, &self.packed, &params);
        Ok((found.centres, found.inertia))
    }
}

fn gap(
    own: &Rows,
    clouds: &[Rows],
    k: usize,
    seed: Seed,
) -> Result<Option<(f64, f64)>, ClusterError> {
    if clouds.iter().chain([own]).any(|rows| rows.distinct <= k) {
        return Ok(None);
    }
    // Where there are no segments one start is as good as several; own rows are cut alike.
    let log = |rows: &Rows| Ok(libm::log(rows.cut(k, 1, seed)?.1));
    let logs: Vec<f64> = clouds.par_iter().map(log).collect::<Result<_, ClusterError>>()?;
    let count = logs.len() as f64;
    let mean = logs.iter().sum::<f64>() / count;
    let variance = logs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    Ok(Some((mean - log(own)?, (variance * (1.0 + 1.0 / count)).sqrt())))
}

/// Customers drawn evenly from the box around the rows along their principal axes. In
/// the coordinates of these axes: k-means knows nothing of a rotation.
fn clouds(rows: ArrayView2<'_, f64>, seed: Seed) -> Vec<Array2<f64>> {
    let Some(mean) = rows.mean_axis(Axis(0)) else { return Vec::new() };
    let centred = &rows - &mean;
    let covariance = centred.t().dot(&centred) / rows.nrows() as f64;
    // Without axes the box stands on the columns.
    let turned = covariance.eigh().map_or(centred.clone(), |(_, axes)| centred.dot(&axes));
    let edges: Vec<(f64, f64)> = turned
        .columns()
        .into_iter()
        .map(|column| {
            column.iter().fold((f64::MAX, f64::MIN), |(low, high), &x| (low.min(x), high.max(x)))
        })
        .collect();
    (0..CLOUDS)
        .map(|at| {
            let mut rng = seed.stream("gap cloud", at as u64);
            Array2::from_shape_fn(rows.dim(), |(_, j)| {
                let (low, high) = edges[j];
                low + (high - low) * rng.r#gen::<f64>()
            })
        })
        .collect()
}

fn halve(rows: ArrayView2<'_, f64>, seed: Seed, at: usize) -> (Array2<f64>, Array2<f64>) {
    let mut order: Vec<usize> = (0..rows.nrows()).collect();
    order.shuffle(&mut seed.stream("prediction halves", at as u64));
    let (first, second) = order.split_at(order.len() / 2);
    (rows.select(Axis(0), first), rows.select(Axis(0), second))
}

fn strength(halves: &[(Rows, Rows)], k: usize, seed: Seed) -> Result<Option<f64>, ClusterError> {
    let mut sum = 0.0;
    for (first, second) in halves {
        if first.distinct < k || second.distinct < k {
            return Ok(None);
        }
        let (one, two) = (first.cut(k, 2, seed)?.0, second.cut(k, 2, seed)?.0);
        let labels =
            |rows: &Rows, centres: &[f64]| finish(&rows.points, centres.to_vec(), k).labels;
        sum += kept_together(&labels(first, &one), &labels(first, &two), k);
        sum += kept_together(&labels(second, &two), &labels(second, &one), k);
    }
    Ok((!halves.is_empty()).then(|| sum / (2 * halves.len()) as f64))
}

/// The least share, over the segments of `own`, of pairs that `other` keeps together; a
/// segment of one customer has no pair and counts as kept.
fn kept_together(own: &[u32], other: &[u32], k: usize) -> f64 {
    let mut joint = vec![0u64; k * k];
    for (&a, &b) in own.iter().zip(other) {
        joint[a as usize * k + b as usize] += 1;
    }
    let pairs = |n: u64| n as f64 * (n as f64 - 1.0);
    joint
        .chunks_exact(k)
        .map(|row| {
            let all = pairs(row.iter().sum());
            if all > 0.0 { row.iter().map(|&n| pairs(n)).sum::<f64>() / all } else { 1.0 }
        })
        .fold(1.0, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::battery::blobs;

    #[test]
    fn pairs_kept_together_by_hand() {
        // Segment 0 of four is cut into 3 + 1: 6 of 12 ordered pairs; segment 1 is kept.
        assert!((kept_together(&[0, 0, 0, 0, 1, 1], &[0, 0, 0, 1, 1, 1], 2) - 0.5).abs() < 1e-12);
        assert_eq!(kept_together(&[0, 1], &[1, 1], 2), 1.0);
    }

    #[test]
    fn three_clear_groups_have_the_largest_gap_and_full_strength_at_three() {
        let (matrix, _) = blobs(600, 2, 3);
        let ks = [2, 3, 4, 5];
        let found = of_sample(matrix.values(), &ks, Seed::new(1)).unwrap();
        let gaps: Vec<f64> = found.iter().map(|drawn| drawn.gap.unwrap().0).collect();
        assert!(gaps[1] > gaps[0] && gaps[1] > gaps[2], "{gaps:?}");
        assert!(found[1].strength.unwrap() > 0.99);
        assert!(found[3].strength.unwrap() < 0.8, "{found:?}");
        assert!(found.iter().all(|drawn| drawn.gap.unwrap().1 > 0.0));
    }

    #[test]
    fn too_few_distinct_customers_have_neither() {
        let rows = Array2::from_shape_fn((20, 1), |(i, _)| (i % 2) as f64);
        let found = of_sample(rows.view(), &[3], Seed::new(1)).unwrap();
        assert_eq!(found, [Drawn { gap: None, strength: None }]);
    }
}
