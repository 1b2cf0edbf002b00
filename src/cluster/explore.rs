//! From a matrix to segments with their evidence.

use std::collections::BTreeMap;

use ndarray::Array2;
use rayon::prelude::*;

use super::choice::{Evidence, Ranking, rank};
use super::kernel::Points;
use super::kmeans::{Partition, n_distinct_up_to, total_variance};
use super::quality::silhouette::mean_silhouettes;
use super::rules::RuleError;
use super::stability::{DRAWS, Prepare, Refitted, Stability, refitted_kmeans, size};
use super::trivial::Probe;
use super::validity::{Court, Judge};
use super::{
    Assignment, Checked, ClusterError, Engine, K, Method, Segmentation, Shape, density, fits, gap,
    hdbscan, linfa_engine, models, reason,
};
use crate::finding::Finding;
use crate::matrix::Matrix;
use crate::results::{Choice, Verdict};
use crate::seed::Seed;
use crate::table::FeatureTable;

/// Where `k = "auto"` begins; two are taken only where a gap surrounds both.
const FEWEST: usize = 2;
/// Customers that the silhouette is taken of.
const SILHOUETTE_SAMPLE: usize = 2_000;

/// What segments are to be found in, and what they are judged by. All per-customer
/// inputs have one entry per row of the matrix, in its order.
pub struct Task<'a> {
    /// The prepared base, shape `(n_customers, n_features)`.
    pub matrix: &'a Matrix,
    /// All raw columns.
    pub table: &'a FeatureTable,
    /// The columns of the table that made the matrix.
    pub base: &'a [usize],
    /// The columns that only describe.
    pub describing: &'a [usize],
    /// The value of each customer; orders the segments.
    pub value: Option<&'a [f64]>,
    /// The known outcome of each customer; judges the number of segments.
    pub outcome: Option<&'a [Option<bool>]>,
    /// Learns the preparation on the first rows and applies it to the first and to the
    /// second.
    pub prepare: &'a Prepare<'a>,
}

/// Segments with their evidence. Segments are in their order at birth.
#[derive(Debug, Clone)]
pub struct Discovery {
    /// The segments.
    pub segmentation: Segmentation,
    /// Where each customer belongs.
    pub assignments: Vec<Assignment>,
    /// The evidence for their number.
    pub choice: Choice,
    /// Mean Jaccard similarity per segment, 0..1; `None` where it cannot be measured.
    pub stability: Vec<Option<f64>>,
    /// How far each segment can be trusted.
    pub verdicts: Vec<Verdict>,
    /// Per segment the column that reproduces it, such as
    /// `segment is just: InternetService = No`.
    pub trivial: Vec<Option<String>>,
    /// Per segment the 99th percentile of the distance to the own centre; eps for
    /// DBSCAN.
    pub radii: Vec<f64>,
    /// For each k that was tried the segment of every customer, 0-based.
    pub candidate_labels: Vec<(usize, Vec<u32>)>,
    /// What the reader should know.
    pub findings: Vec<Finding>,
    /// What the segments are called where a rule or a condition defines them; empty where
    /// they were found.
    pub names: Vec<String>,
    /// The levels that each segment lies within, such as `Basic`; empty without parts.
    pub within: Vec<String>,
    /// What only figures show.
    pub shown: crate::cluster::Shown,
}

impl Discovery {
    /// Names by segment id, counted from 1: those that a person gave, else those of the
    /// rule or the condition; segments that were found have none here.
    #[must_use]
    pub fn names(&self, own: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let given = self.names.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let mut names: BTreeMap<String, String> =
            given.map(|(at, name)| ((at + 1).to_string(), name.clone())).collect();
        names.extend(own.iter().map(|(id, name)| (id.clone(), name.clone())));
        names
    }
}

/// Finds the segments. `progress` is told in words what is being done.
///
/// # Errors
///
/// Inputs of different lengths; fewer distinct customers than segments, or fewer than
/// two; for DBSCAN those of its module. The methods that are rules need orders, which are
/// not here: see [`rules::segment`](super::rules::segment) and
/// [`by_rule`](super::by_rule).
pub fn discover(
    task: &Task,
    params: &Checked,
    seed: Seed,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Discovery, ClusterError> {
    check_lengths(task)?;
    match params.method() {
        Method::KMeans => discover_centres(task, params, seed, progress),
        Method::Dbscan => density::discover(task, params, seed, progress),
        Method::Gmm | Method::LatentClass | Method::KPrototypes => {
            models::discover(task, params, seed, progress)
        }
        Method::Hdbscan => hdbscan::discovery::discover(task, params, seed, progress),
        method => match method.rule() {
            Some(rule) => Err(RuleError::NeedsOrders { rule }.into()),
            None => discover_centres(task, params, seed, progress),
        },
    }
}

fn check_lengths(task: &Task) -> Result<(), ClusterError> {
    let expected = task.matrix.n_rows();
    let inputs = [
        ("the feature table", Some(task.table.n_customers())),
        ("value", task.value.map(<[f64]>::len)),
        ("the outcome", task.outcome.map(<[Option<bool>]>::len)),
    ];
    for (what, found) in inputs {
        if let Some(found) = found.filter(|&found| found != expected) {
            return Err(ClusterError::Length { what, found, expected });
        }
    }
    Ok(())
}

/// The ks to try, ascending, and whether a person fixed k.
pub(super) fn candidates(
    points: &Points,
    k: K,
    auto_to: usize,
) -> Result<(Vec<usize>, bool), ClusterError> {
    let (from, to, fixed) = match k {
        K::Auto => (FEWEST, auto_to, false),
        K::Exactly(k) => (k, k, true),
        // One segment is no segmentation: a range begins at two.
        K::Between(from, to) => (from.max(2), to.max(2), from == to),
    };
    let distinct = n_distinct_up_to(points, to.max(2));
    if distinct < 2 && from > 1 {
        return Err(ClusterError::TooFewDistinct { distinct });
    }
    if from > distinct && k != K::Auto {
        return Err(ClusterError::TooManySegments { k: from, distinct });
    }
    Ok(((from.min(distinct)..=to.min(distinct)).collect(), fixed))
}

fn discover_centres(
    task: &Task,
    params: &Checked,
    seed: Seed,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Discovery, ClusterError> {
    let points = Points::new(task.matrix);
    let (ks, fixed) = candidates(&points, params.k(), params.auto_to())?;
    progress("looking for segments");
    let found = fits::all(task, &points, &ks, params, seed)?;
    progress("checking how far the segments are found again in samples");
    let refitted = refitted_kmeans(task.prepare, &ks, points.n(), seed)?;
    progress("judging the number of segments");
    let court = Court::convene(task.table, task.describing, task.outcome, seed);
    let heard = |fits, first| hear(task, &points, fits, (&refitted, first), &court, seed);
    let mut evidence = heard(found, 0)?;
    let ranking = ranked(&evidence, params, court.judge(), fixed);
    let chosen = ranking.chosen;
    if let Some(own) = fits::at_rest(task, &points, &evidence[chosen], &ks, params, seed)? {
        evidence.splice(chosen..=chosen, heard(vec![own], chosen)?);
    }
    let mut found = conclude(task, params, &points, evidence, &ranking, court.judge(), fixed)?;
    if params.engine() == Engine::Linfa {
        let ours = fits::ours(task, &points, &[found.choice.k], None, seed)?;
        let ours = ours.into_iter().flat_map(|(ours, _)| ours.labels);
        let labels: Vec<_> = found.assignments.iter().map(|own| own.segment).collect();
        let ours: Vec<_> = ours.map(Some).collect();
        found.findings.push(linfa_engine::agreement(&labels, &ours));
    }
    Ok(found)
}

/// The evidence for fits; `refitted` are the refits and which of them belong to the first.
fn hear(
    task: &Task,
    points: &Points,
    fits: Vec<(Partition, bool)>,
    (refitted, first): (&Refitted, usize),
    court: &Court,
    seed: Seed,
) -> Result<Vec<Evidence>, ClusterError> {
    let published: Vec<(usize, &[u32])> =
        fits.iter().map(|(fit, _)| (fit.sizes.len(), fit.labels.as_slice())).collect();
    let stability = published
        .iter()
        .enumerate()
        .map(|(at, &(k, labels))| refitted.stability(first + at, k, |row| Some(labels[row])))
        .collect();
    let gaps = gap::of_kmeans(task.prepare, &published, points.n(), seed)?;
    Ok(weigh(task, points, fits, stability, gaps, court, seed))
}

/// Which k. Two are taken unasked only where they are natural.
pub(super) fn ranked(
    evidence: &[Evidence],
    params: &Checked,
    judge: Judge,
    fixed: bool,
) -> Ranking {
    if fixed {
        return Ranking { chosen: 0, runners_up: Vec::new(), dropped: Vec::new() };
    }
    let two = evidence.len() > 1 && evidence[0].k == FEWEST;
    let unasked = params.k() == K::Auto && two && !evidence[0].natural();
    // What mixtures say of density is their own: BIC asks the rows themselves.
    let natural = judge != Judge::Bic;
    let ranking = rank(evidence, usize::from(unasked), params.min_share(), natural);
    match params.start() {
        Some(start) => ranking.staying_at(start.k, evidence, params.min_share()),
        None => ranking,
    }
}

/// Everything that is known of each k.
pub(super) fn weigh(
    task: &Task,
    points: &Points,
    fits: Vec<(Partition, bool)>,
    stability: Vec<Stability>,
    gaps: Vec<Vec<bool>>,
    court: &Court,
    seed: Seed,
) -> Vec<Evidence> {
    let probe = Probe::new(task.table, seed);
    let total = total_variance(points);
    let n = points.n();
    let sample = seed.rows("silhouette sample", 0, n, SILHOUETTE_SAMPLE);
    let rows = task.matrix.values().select(ndarray::Axis(0), &sample);
    let in_sample = |(partition, _): &(Partition, bool)| -> Vec<u32> {
        sample.iter().map(|&row| partition.labels[row]).collect()
    };
    let in_sample: Vec<Vec<u32>> = fits.iter().map(in_sample).collect();
    let silhouettes = mean_silhouettes(rows.view(), &in_sample);
    fits.into_par_iter()
        .zip(stability)
        .zip(gaps)
        .zip(silhouettes)
        .map(|((((partition, found_again), stability), surrounded), silhouette)| {
            let k = partition.sizes.len();
            let labels = &partition.labels[..];
            let validity = match court.judge() {
                Judge::Stability => Some(stability.weakest()),
                _ => court.hear(labels, k),
            };
            Evidence {
                k,
                found_again,
                explained: if total > 0.0 { 1.0 - partition.inertia / total } else { 0.0 },
                silhouette,
                validity,
                trivial: probe.check(labels, k),
                stability,
                surrounded,
                partition,
            }
        })
        .collect()
}

fn conclude(
    task: &Task,
    params: &Checked,
    points: &Points,
    evidence: Vec<Evidence>,
    ranking: &Ranking,
    judge: Judge,
    fixed: bool,
) -> Result<Discovery, ClusterError> {
    let own = &evidence[ranking.chosen];
    let centres = Array2::from_shape_vec((own.k, points.d()), own.partition.centres.clone())
        .map_err(|error| ClusterError::Stored { reason: error.to_string() })?;
    let segmentation =
        Segmentation::from_parts(Method::KMeans, params.engine(), Shape::Centres(centres))?;
    let assignments = segmentation.assign_points(points);
    let choice = choice(task, params, &evidence, ranking, judge, fixed);
    let mut findings = reason::findings(own, &ranking.dropped);
    if params.engine() == Engine::Linfa {
        findings.retain(|finding| finding.code != "start-dependent");
    }
    Ok(Discovery {
        radii: radii(&assignments, own.k),
        verdicts: own.verdicts(),
        stability: own.stability.mean.clone(),
        trivial: own.trivial.clone(),
        segmentation,
        assignments,
        choice,
        candidate_labels: evidence.into_iter().map(|e| (e.k, e.partition.labels)).collect(),
        findings,
        names: Vec::new(),
        within: Vec::new(),
        shown: crate::cluster::Shown::default(),
    })
}

/// The choice as it is published.
pub(super) fn choice(
    task: &Task,
    params: &Checked,
    evidence: &[Evidence],
    ranking: &Ranking,
    judge: Judge,
    fixed: bool,
) -> Choice {
    let own = &evidence[ranking.chosen];
    let outcome = task.table.outcome().map_or("the outcome", |outcome| outcome.name.as_str());
    let min_share = params.min_share();
    Choice {
        method: params.method().name().to_owned(),
        engine: params.engine().name().to_owned(),
        k: own.k,
        fixed,
        reason: if fixed {
            reason::fixed(own, judge, outcome)
        } else {
            reason::chosen(evidence, ranking, judge, outcome, min_share)
        },
        judge: judge.name().to_owned(),
        candidates: evidence
            .iter()
            .map(|other| reason::candidate(other, own, min_share, &ranking.dropped))
            .collect(),
        runners_up: ranking.runners_up.iter().map(|&at| evidence[at].k).collect(),
        stability_draws: DRAWS,
        stability_size: size(task.matrix.n_rows()),
        eps: None,
        min_points: None,
        found_again: own.found_again,
        parts: Vec::new(),
    }
}

/// The 99th percentile (nearest rank) of the distances within each segment.
pub(super) fn radii(assignments: &[Assignment], k: usize) -> Vec<f64> {
    let mut distances: Vec<Vec<f64>> = vec![Vec::new(); k];
    for assignment in assignments {
        if let Some(j) = assignment.segment {
            distances[j as usize].push(assignment.distance);
        }
    }
    distances
        .into_iter()
        .map(|mut distances| {
            distances.sort_unstable_by(f64::total_cmp);
            let rank = (distances.len() * 99).div_ceil(100).max(1);
            distances.get(rank - 1).copied().unwrap_or(0.0)
        })
        .collect()
}
