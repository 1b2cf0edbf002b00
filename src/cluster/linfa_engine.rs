//! `engine = "linfa"`: the search for centres by linfa-clustering.
//!
//! linfa-clustering 0.8.1 counts segments of the last of its runs, not of the best, and
//! states the mean inertia against the centres before the last update. So only its
//! final centres are taken; labels, sizes and inertia are worked out from them here.
//! Its k-means|| start depends on the scheduling of threads and is never used; its
//! gates let through too few distinct rows and values that are not finite, which the
//! caller has excluded.

use linfa::prelude::*;
use linfa_clustering::{KMeans, KMeansInit};
use linfa_nn::distance::L2Dist;
use rand::{RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use super::ClusterError;
use super::kernel::Points;
use super::kmeans::{Partition, finish};
use super::quality::adjusted_rand::adjusted_rand;
use super::quality::matching;
use crate::finding::{Finding, Severity};
use crate::matrix::Matrix;
use crate::said::{Fact, facts};
use crate::seed::Seed;

/// Says how far the segments by linfa are those by our own engine.
pub(crate) fn agreement(by_linfa: &[Option<u32>], by_kohort: &[Option<u32>]) -> Finding {
    let share = 100.0 * matching::agreement(by_linfa, by_kohort);
    let rand = adjusted_rand(by_linfa, by_kohort);
    let told = facts!(
        share = Fact::figure(format!("{share:.1}%")),
        rand = Fact::figure(format!("{rand:.3}")),
    );
    Finding::new("engines-agree", Severity::Note, told)
}

/// Independent starts.
const RUNS: usize = 10;

/// k segments of a matrix with at least k distinct rows.
pub(crate) fn fit(
    matrix: &Matrix,
    points: &Points,
    k: usize,
    seed: Seed,
) -> Result<Partition, ClusterError> {
    let failed = |reason: String| ClusterError::Linfa { k, reason };
    let start = seed.stream("linfa k-means", k as u64).next_u64();
    let model = KMeans::params_with(k, Xoshiro256Plus::seed_from_u64(start), L2Dist)
        .n_runs(RUNS)
        .max_n_iterations(300)
        .tolerance(1e-4)
        .init_method(KMeansInit::KMeansPlusPlus)
        .fit(&DatasetBase::from(matrix.values()))
        .map_err(|error| failed(error.to_string()))?;
    let centres: Vec<f64> = model.centroids().iter().copied().collect();
    if centres.iter().any(|value| !value.is_finite()) {
        return Err(failed("a centre is not finite".to_owned()));
    }
    let partition = finish(points, centres, k);
    let empty = partition.sizes.iter().filter(|size| **size <= 0.0).count();
    if empty > 0 {
        return Err(failed(format!("{empty} segments are empty")));
    }
    Ok(partition)
}
