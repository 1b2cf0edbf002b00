//! Fits that begin where another ended: a fit of new customers from earlier centres, and
//! how much such fits agree with each other when nothing has changed.
//!
//! From the means of an earlier labelling Lloyd's iterations find one solution; restarts
//! look for another, which is taken only where its inertia is lower by more than 0.1 %: two
//! solutions as good as each other would otherwise change places with the seed.
//!
//! How much two fits agree by chance is measured when segments are made: each of
//! [`DRAWS`] refits sees as many customers as there are (at most [`SIZE`]), drawn with
//! replacement, and begins from the published segments; each is compared with the next on
//! the same customers by the share that a one-to-one matching puts into the same segment.
//! Two draws differ from each other as two months' customers of one population do.
//!
//! # References
//!
//! - Ben-Hur, Elisseeff & Guyon 2002, A stability based method for discovering structure in
//!   clustered data, Pacific Symposium on Biocomputing: pairs of resampled fits compared.

use linfa::ParamGuard;
use rand::Rng;
use rayon::prelude::*;

use super::explore::Discovery;
use super::kernel::{Packed, Points};
use super::kmeans::{
    End, KMeansParams, KMeansValid, Partition, finish, fit_both_ways, fit_from, pack, search_from,
    search_points,
};
use super::quality::matching::agreement;
use super::{ClusterError, Engine, Method, Segmentation, Shape};
use crate::matrix::Matrix;
use crate::results::Refits;
use crate::seed::Seed;

/// Another solution has to lower the inertia by more than this share.
pub const BETTER: f64 = 1e-3;
/// How many refits.
pub const DRAWS: usize = 100;
/// The most customers of a refit, and the most that two are compared on.
pub const SIZE: usize = 10_000;
/// Restarts of each refit.
const RESTARTS: usize = 2;

/// The better of a solution from given centres and one from restarts, both at rest; see
/// above.
pub(super) fn from_centres(
    points: &Points,
    packed: &Packed,
    centres: Vec<f64>,
    best: Partition,
    params: &KMeansValid,
) -> (Partition, bool) {
    let warm = fit_from(points, packed, centres, best.inertia, params, End::Rest);
    if is_better(best.inertia, warm.inertia) { (best, false) } else { (warm, true) }
}

fn is_better(best: f64, warm: f64) -> bool {
    best < warm * (1.0 - BETTER)
}

/// The means by label, row-major; `None` where a label has no row.
pub(super) fn means(points: &Points, labels: &[Option<u32>], k: usize) -> Option<Vec<f64>> {
    let d = points.d();
    let (mut sums, mut counts) = (vec![0.0; k * d], vec![0.0; k]);
    for (row, label) in labels.iter().enumerate() {
        let Some(label) = label else { continue };
        let at = *label as usize;
        counts[at] += 1.0;
        for (sum, x) in sums[at * d..(at + 1) * d].iter_mut().zip(points.row(row)) {
            *sum += x;
        }
    }
    if counts.contains(&0.0) {
        return None;
    }
    for (at, sum) in sums.iter_mut().enumerate() {
        *sum /= counts[at / d];
    }
    Some(sums)
}

/// The labels of a new fit of k-means on these rows that begins from `labels`; segments
/// that nobody is in any more begin where restarts put them. `None` where the rows cannot
/// be fitted.
#[must_use]
pub fn again(
    matrix: &Matrix,
    labels: &[Option<u32>],
    k: usize,
    seed: Seed,
) -> Option<Vec<Option<u32>>> {
    let points = Points::new(matrix);
    let packed = pack(&points);
    let params = KMeansParams::new(k).seed(seed).check().ok()?;
    if super::kmeans::n_distinct_up_to(&points, k) < k {
        return None;
    }
    let best = fit_both_ways(&points, &packed, &params, End::Rest).partition;
    let found = match means(&points, labels, k) {
        Some(centres) => from_centres(&points, &packed, centres, best, &params).0,
        None => best,
    };
    Some(found.labels.into_iter().map(Some).collect())
}

/// How much refits of k-means segments on resampled customers agree; `None` where there are
/// too few customers.
#[must_use]
pub fn refits(matrix: &Matrix, labels: &[Option<u32>], k: usize, seed: Seed) -> Option<Refits> {
    let points = Points::new(matrix);
    let n = points.n();
    let size = n.min(SIZE);
    if k < 2 || size < 10 * k {
        return None;
    }
    let centres = means(&points, labels, k)?;
    let on = seed.rows("refits compared on", 0, n, size);
    let shown = points.take(&on);
    let draw = |at: usize| -> Option<Vec<Option<u32>>> {
        let mut rng = seed.stream("refit", at as u64);
        let mut rows: Vec<usize> = (0..size).map(|_| rng.gen_range(0..n)).collect();
        rows.sort_unstable();
        let drawn = points.take(&rows);
        let params = KMeansParams::new(k)
            .seed(Seed::new(rng.r#gen()))
            .max_restarts(RESTARTS)
            .tolerance(1e-3)
            .check()
            .ok()?;
        if super::kmeans::n_distinct_up_to(&drawn, k) < k {
            return None;
        }
        let packed = pack(&drawn);
        let best = search_points(&drawn, &packed, &params);
        let warm = search_from(&drawn, &packed, centres.clone(), best.inertia, &params);
        let found = if is_better(best.inertia, warm.inertia) { best } else { warm };
        Some(finish(&shown, found.centres, k).labels.into_iter().map(Some).collect())
    };
    let fits: Vec<Vec<Option<u32>>> =
        (0..DRAWS).into_par_iter().map(draw).collect::<Option<_>>()?;
    let mut shares: Vec<f64> = (0..DRAWS)
        .into_par_iter()
        .map(|at| agreement(&fits[at], &fits[(at + 1) % DRAWS]))
        .collect();
    shares.sort_unstable_by(f64::total_cmp);
    Some(Refits {
        draws: DRAWS as u32,
        size: size as u64,
        low: shares[DRAWS / 20],
        lowest: shares[0],
        median: shares[DRAWS / 2],
    })
}

impl Segmentation {
    /// The same segments in another order: segment `i` of the result is segment `order[i]`
    /// of this one. `None` for methods whose order is part of what they are (rules,
    /// HDBSCAN*, segments inside parts).
    #[must_use]
    pub fn reordered(&self, order: &[usize]) -> Option<Self> {
        let mut place = vec![0u32; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new as u32;
        }
        let shape = match self.shape() {
            Shape::Centres(centres) => Shape::Centres(centres.select(ndarray::Axis(0), order)),
            Shape::Cores { eps, min_points, points, labels } => Shape::Cores {
                eps: *eps,
                min_points: *min_points,
                points: points.clone(),
                labels: labels.iter().map(|&at| place[at as usize]).collect(),
            },
            Shape::Mixture(mixture) => Shape::Mixture(mixture.reordered(order)),
            Shape::Classes(classes) => Shape::Classes(classes.reordered(order)),
            Shape::Prototypes(prototypes) => Shape::Prototypes(prototypes.reordered(order)),
            Shape::Members(_) | Shape::Parts(_) | Shape::Rule { .. } => return None,
        };
        Self::from_parts(self.method(), self.engine(), shape).ok()
    }
}

impl Discovery {
    /// The same with its segments in another order, where the method has none of its own:
    /// segment `i` of the result is segment `order[i]` of this one.
    ///
    /// # Errors
    ///
    /// An order of another length.
    pub fn reordered(mut self, order: &[usize]) -> Result<Self, ClusterError> {
        let k = self.segmentation.n_segments();
        if order.len() != k {
            return Err(ClusterError::Stored { reason: "an order of another length".into() });
        }
        let Some(segmentation) = self.segmentation.reordered(order) else { return Ok(self) };
        let mut place = vec![0u32; k];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new as u32;
        }
        let to = |at: Option<u32>| at.map(|at| place[at as usize]);
        for assignment in &mut self.assignments {
            assignment.segment = to(assignment.segment);
            assignment.second = to(assignment.second);
        }
        for (other, labels) in &mut self.candidate_labels {
            if *other == k {
                for at in labels.iter_mut() {
                    *at = place[*at as usize];
                }
            }
        }
        for candidate in self.choice.candidates.iter_mut().filter(|candidate| candidate.k == k) {
            candidate.stability = picked(&candidate.stability, order);
            candidate.natural = picked(&candidate.natural, order);
        }
        self.stability = picked(&self.stability, order);
        self.verdicts = picked(&self.verdicts, order);
        self.trivial = picked(&self.trivial, order);
        self.radii = picked(&self.radii, order);
        self.names = picked(&self.names, order);
        self.within = picked(&self.within, order);
        self.segmentation = segmentation;
        Ok(self)
    }
}

fn picked<T: Clone>(list: &[T], order: &[usize]) -> Vec<T> {
    order.iter().filter_map(|&at| list.get(at).cloned()).collect()
}

/// Whether refits are of this kind of segments.
#[must_use]
pub fn can_refit(segmentation: &Segmentation) -> bool {
    segmentation.method() == Method::KMeans && segmentation.engine() == Engine::Kohort
}
