//! Stability: does a fit on other customers find the same segments?
//!
//! B = 100 times a subsample of `m = min(n / 2, 5000)` customers is drawn, the
//! preparation and the segments are learnt on it anew, up to 5,000 customers outside it
//! are put into the new segments, and each published segment is compared with its best
//! match there by Jaccard similarity. The mean over the draws is the stability.
//!
//! It is measured at a fixed size because it rises with the number of customers
//! wherever the optimum is unique, whether or not there are any gaps. From .75 a
//! segment is reproducible, below it is constructed; the word natural needs, besides, a
//! gap in density, which stability cannot show and which the gap test looks for.
//!
//! # References
//!
//! - Hennig 2007, Cluster-wise assessment of cluster stability, Comput. Stat. Data
//!   Anal. 52(1). Deviation: subsamples of a fixed size and held-out customers instead
//!   of bootstrap samples of the size of the data.
//! - Dolnicar & Leisch 2010, Evaluation of structure and reproducibility of cluster
//!   solutions using the bootstrap, Marketing Letters 21: the three words.

use linfa::ParamGuard;
use rayon::prelude::*;

use super::dbscan;
use super::hdbscan::{HdbscanParams, Members};
use super::kernel::Points;
use super::kmeans::{KMeansParams, n_distinct_up_to, pack, search_points};
use super::quality::jaccard::best_match;
use super::{ClusterError, Engine, Method, Segmentation, Shape};
use crate::matrix::Matrix;
use crate::normalise::NormaliseError;
use crate::results::Verdict;
use crate::seed::Seed;

/// How many subsamples.
pub const DRAWS: usize = 100;
/// The most customers in a subsample, and the most outside it that are compared.
pub(super) const SIZE: usize = 5_000;
/// From here a segment is reproducible.
pub const REPRODUCIBLE: f64 = 0.75;
/// Restarts and iterations of each refit, which needs no more than to find the
/// neighbourhood of the optimum.
const RESTARTS: usize = 1;
const ITERATIONS: usize = 30;
/// The stop rule of each refit.
const TOLERANCE: f64 = 1e-4;

/// Learns the preparation on the first rows and applies it to the first and the second.
pub type Prepare<'a> =
    dyn Fn(&[usize], &[usize]) -> Result<(Matrix, Matrix), NormaliseError> + Sync + 'a;

/// The stability of one partition, one entry per segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// Mean Jaccard similarity, 0..1; `None` where no draw had a customer of the segment.
    pub mean: Vec<Option<f64>>,
    /// Its standard error over the draws.
    pub error: Vec<f64>,
}

impl Stability {
    /// The weakest segment: its stability and its standard error; 0 where a segment was
    /// never seen.
    #[must_use]
    pub fn weakest(&self) -> (f64, f64) {
        self.mean
            .iter()
            .zip(&self.error)
            .map(|(mean, &error)| (mean.unwrap_or(0.0), error))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap_or((0.0, 0.0))
    }
}

/// The word for a stability, and for whether a gap surrounds the segment.
#[must_use]
pub fn verdict(stability: Option<f64>, surrounded: bool) -> Verdict {
    match stability {
        Some(mean) if mean >= REPRODUCIBLE && surrounded => Verdict::Natural,
        Some(mean) if mean >= REPRODUCIBLE => Verdict::Reproducible,
        _ => Verdict::Constructed,
    }
}

/// Customers in each subsample of `n`.
#[must_use]
pub fn size(n: usize) -> usize {
    (n / 2).clamp(1, SIZE)
}

/// k-means into each of `ks` segments, learnt anew on every draw.
///
/// # Errors
///
/// The preparation fails on every draw.
pub(crate) fn refitted_kmeans(
    prepare: &Prepare<'_>,
    ks: &[usize],
    n: usize,
    seed: Seed,
) -> Result<Refitted, ClusterError> {
    let refit = |b: usize, inside: Part, outside: Part| -> Vec<Vec<Option<u32>>> {
        let points = Points::new(inside.matrix);
        let packed = pack(&points);
        let outside = Points::new(outside.matrix);
        let distinct = n_distinct_up_to(&points, ks.iter().copied().max().unwrap_or(1));
        ks.iter()
            .map(|&k| {
                let params = KMeansParams::new(k)
                    .seed(draw_seed(seed, b, k))
                    .max_restarts(RESTARTS)
                    .max_iterations(ITERATIONS)
                    .tolerance(TOLERANCE);
                match params.check() {
                    Ok(params) if distinct >= k => {
                        let best = search_points(&points, &packed, &params);
                        let partition = super::kmeans::finish(&outside, best.centres, k);
                        partition.labels.into_iter().map(Some).collect()
                    }
                    // Too few distinct customers: no segment is found again.
                    _ => vec![None; outside.n()],
                }
            })
            .collect()
    };
    refitted(prepare, n, seed, refit)
}

/// The stability of partitions by any method that makes k segments, given as k and the
/// label of every customer. `refit` learns k segments on the first rows and puts the
/// second into them; `None` where it cannot.
///
/// # Errors
///
/// The preparation fails on every draw.
pub(crate) fn of_refits(
    prepare: &Prepare<'_>,
    published: &[(usize, &[u32])],
    n: usize,
    seed: Seed,
    refit: &Refit<'_>,
) -> Result<Vec<Stability>, ClusterError> {
    let found = refitted(prepare, n, seed, |b, inside, outside| {
        published
            .iter()
            .map(|&(k, _)| match refit(k, draw_seed(seed, b, k), inside, outside) {
                Some(labels) => labels.into_iter().map(Some).collect(),
                None => vec![None; outside.matrix.n_rows()],
            })
            .collect()
    })?;
    let all = published.iter().enumerate();
    Ok(all.map(|(at, &(k, labels))| found.stability(at, k, |row| Some(labels[row]))).collect())
}

/// Rows of all customers, by their positions, as they were prepared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) rows: &'a [usize],
    pub(crate) matrix: &'a Matrix,
}

/// Learns k segments on the first part and says where the second belongs.
pub(crate) type Refit<'a> = dyn Fn(usize, Seed, Part, Part) -> Option<Vec<u32>> + Sync + 'a;

/// The stability of a DBSCAN partition: refits at the same eps, with `min_points`
/// scaled to the subsample. `None` where that leaves fewer than 3, because such a refit
/// would be another method.
///
/// # Errors
///
/// The preparation fails on every draw.
pub fn of_dbscan(
    prepare: &Prepare<'_>,
    labels: &[Option<u32>],
    k: usize,
    (eps, min_points): (f64, usize),
    seed: Seed,
) -> Result<Option<Stability>, ClusterError> {
    let n = labels.len();
    let scaled = (min_points as f64 * size(n) as f64 / n as f64).round() as usize;
    if scaled < 3 {
        return Ok(None);
    }
    let refit = |_: usize, inside: Part, outside: Part| {
        let found =
            dbscan::fit(inside.matrix, eps, scaled, Engine::Kohort, seed).ok().and_then(|found| {
                let shape = Shape::Cores {
                    eps,
                    min_points: scaled,
                    points: found.core_rows,
                    labels: found.core_labels,
                };
                Segmentation::from_parts(Method::Dbscan, Engine::Kohort, shape).ok()
            });
        let outside = Points::new(outside.matrix);
        vec![found.map_or_else(
            || vec![None; outside.n()],
            |found| found.assign_points(&outside).into_iter().map(|a| a.segment).collect(),
        )]
    };
    Ok(Some(refitted(prepare, n, seed, refit)?.stability(0, k, |row| labels[row])))
}

/// The stability of an HDBSCAN* partition: refits with `min_cluster_size` and
/// `min_samples` scaled to the subsample. `None` where that leaves segments of fewer than
/// 3, because such a refit would be another method.
///
/// # Errors
///
/// The preparation fails on every draw.
pub fn of_hdbscan(
    prepare: &Prepare<'_>,
    labels: &[Option<u32>],
    k: usize,
    params: &HdbscanParams,
    seed: Seed,
) -> Result<Option<Stability>, ClusterError> {
    let n = labels.len();
    let scale = |count: usize| (count as f64 * size(n) as f64 / n as f64).round() as usize;
    let min_cluster_size = scale(params.min_cluster_size);
    if min_cluster_size < 3 {
        return Ok(None);
    }
    let samples = params.min_samples.unwrap_or(params.min_cluster_size);
    let min_samples = Some(scale(samples).max(1));
    let params = HdbscanParams { min_cluster_size, min_samples, ..*params };
    let refit = |_: usize, inside: Part, outside: Part| {
        let inside = inside.matrix;
        let found = params.check().ok().and_then(|params| {
            let found = params.fit(inside);
            let ids: Vec<u32> = (0..found.n_clusters as u32).collect();
            let members = Members::of(inside, &found, params.min_samples(), &ids);
            let shape = Shape::Members(Box::new(members));
            Segmentation::from_parts(Method::Hdbscan, Engine::Kohort, shape).ok()
        });
        let outside = Points::new(outside.matrix);
        vec![found.map_or_else(
            || vec![None; outside.n()],
            |found| found.assign_points(&outside).into_iter().map(|a| a.segment).collect(),
        )]
    };
    Ok(Some(refitted(prepare, n, seed, refit)?.stability(0, k, |row| labels[row])))
}

/// A seed of its own for each draw and k.
fn draw_seed(seed: Seed, draw: usize, k: usize) -> Seed {
    use rand::RngCore;
    Seed::new(seed.stream("stability refit", (draw * 1_000_003 + k) as u64).next_u64())
}

/// What refits on every draw found.
pub(crate) struct Refitted {
    draws: Vec<Draw>,
}

/// One draw: the customers outside it and, per partition, the segment of each of them.
struct Draw {
    outside: Vec<usize>,
    labels: Vec<Vec<Option<u32>>>,
}

impl Refitted {
    /// The stability of k segments beside partition `at` of the refits; `label` is the
    /// published segment of a row.
    pub(crate) fn stability(
        &self,
        at: usize,
        k: usize,
        label: impl Fn(usize) -> Option<u32> + Sync,
    ) -> Stability {
        let draws: Vec<Vec<Option<f64>>> = self
            .draws
            .par_iter()
            .map(|draw| {
                let here: Vec<Option<u32>> = draw.outside.iter().map(|&row| label(row)).collect();
                best_match(&here, k, &draw.labels[at])
            })
            .collect();
        summary(&draws, k)
    }
}

/// Learns the preparation and the segments on every draw; `refit` gives per partition the
/// segment of each customer of its second part.
fn refitted(
    prepare: &Prepare<'_>,
    n: usize,
    seed: Seed,
    refit: impl Fn(usize, Part, Part) -> Vec<Vec<Option<u32>>> + Sync,
) -> Result<Refitted, ClusterError> {
    let m = size(n);
    let compared = (n - m).min(SIZE);
    if compared == 0 {
        return Ok(Refitted { draws: Vec::new() });
    }
    let draws: Vec<Result<Draw, NormaliseError>> = (0..DRAWS)
        .into_par_iter()
        .map(|b| {
            let mut rng = seed.stream("stability draw", b as u64);
            let mut inside = rand::seq::index::sample(&mut rng, n, m + compared).into_vec();
            let mut outside = inside.split_off(m);
            inside.sort_unstable();
            outside.sort_unstable();
            let (learnt, others) = prepare(&inside, &outside)?;
            let labels = refit(
                b,
                Part { rows: &inside, matrix: &learnt },
                Part { rows: &outside, matrix: &others },
            );
            Ok(Draw { outside, labels })
        })
        .collect();
    let mut done = Vec::new();
    let mut failed = None;
    for draw in draws {
        match draw {
            Ok(draw) => done.push(draw),
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        // A subsample can lack what the whole has, such as a value in a sparse column.
        Some(error) if done.is_empty() => Err(error.into()),
        _ => Ok(Refitted { draws: done }),
    }
}

fn summary(draws: &[Vec<Option<f64>>], k: usize) -> Stability {
    let mut out = Stability { mean: vec![None; k], error: vec![0.0; k] };
    for j in 0..k {
        let seen: Vec<f64> = draws.iter().filter_map(|draw| draw[j]).collect();
        if seen.is_empty() {
            continue;
        }
        let count = seen.len() as f64;
        let mean = seen.iter().sum::<f64>() / count;
        let variance = seen.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        out.mean[j] = Some(mean);
        out.error[j] = (variance / count).sqrt();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subsample_is_half_and_at_most_five_thousand() {
        assert_eq!([size(2), size(101), size(10_000), size(1_000_000)], [1, 50, 5_000, 5_000]);
    }

    #[test]
    fn reproducible_starts_at_three_quarters_and_natural_needs_a_gap_besides() {
        assert_eq!(verdict(Some(0.75), false), Verdict::Reproducible);
        assert_eq!(verdict(Some(0.75), true), Verdict::Natural);
        assert_eq!(verdict(Some(0.749), true), Verdict::Constructed);
        assert_eq!(verdict(None, true), Verdict::Constructed);
    }
}
