//! `engine = "linfa"`: clusters by linfa-clustering's DBSCAN.
//!
//! linfa-nn's k-d tree is not balanced and is built by recursion, so rows are shuffled
//! first; it sorts every neighbourhood, so dense data are refused earlier than by the
//! own engine. Its clusters of cores are taken over; cluster ids and customers at the
//! border follow the rules of this module.

use linfa::ParamGuard;
use linfa::traits::Transformer;
use linfa_clustering::Dbscan;
use linfa_nn::{CommonNearestNeighbour, distance::L2Dist};
use ndarray::Axis;
use rand::seq::SliceRandom;

use crate::cluster::ClusterError;
use crate::cluster::neighbours::Distinct;
use crate::matrix::Matrix;
use crate::seed::Seed;

/// The most neighbours over all customers, each sorted into a heap by linfa-nn.
const MAX_NEIGHBOURS: f64 = 2e8;
/// Customers whose neighbours are counted to estimate the sum.
const SAMPLE: usize = 200;

/// The component of each core among the distinct rows.
pub(super) fn components(
    matrix: &Matrix,
    distinct: &Distinct,
    core: &[bool],
    eps: f64,
    min_points: usize,
    seed: Seed,
) -> Result<Vec<u32>, ClusterError> {
    refuse_if_too_dense(matrix, eps, seed)?;
    let mut order: Vec<usize> = (0..matrix.n_rows()).collect();
    order.shuffle(&mut seed.stream("dbscan shuffle", 0));
    let shuffled = matrix.values().select(Axis(0), &order);
    // linfa's tolerance includes rows at exactly that distance in its k-d tree.
    let params = Dbscan::params_with(min_points.max(2), L2Dist, CommonNearestNeighbour::KdTree)
        .tolerance(eps)
        .check()
        .map_err(|error| ClusterError::Linfa { k: 0, reason: error.to_string() })?;
    let labels = params.transform(&shuffled);
    let mut component = vec![u32::MAX; core.len()];
    for (&row, label) in order.iter().zip(&labels) {
        let i = distinct.of[row] as usize;
        if core[i] {
            // With min_points = 1 a lone customer is a core that linfa's minimum of 2
            // calls noise: a component of its own, numbered behind linfa's.
            component[i] = label.map_or((matrix.n_rows() + i) as u32, |id| id as u32);
        }
    }
    Ok(component)
}

fn refuse_if_too_dense(matrix: &Matrix, eps: f64, seed: Seed) -> Result<(), ClusterError> {
    let points = crate::cluster::kernel::Points::new(matrix);
    let n = points.n();
    let sample = SAMPLE.min(n);
    let mut rng = seed.stream("dbscan cost", 1);
    let neighbours: usize = rand::seq::index::sample(&mut rng, n, sample)
        .into_iter()
        .map(|row| {
            let distances = points.distances_to(points.row(row));
            distances.into_iter().filter(|distance| *distance <= eps * eps).count()
        })
        .sum();
    let estimate = neighbours as f64 * n as f64 / sample as f64;
    if estimate <= MAX_NEIGHBOURS {
        return Ok(());
    }
    Err(ClusterError::TooDense {
        eps,
        millions: (estimate / 1e6).round() as u64,
        limit: (MAX_NEIGHBOURS / 1e6) as u64,
    })
}
