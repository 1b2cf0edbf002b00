//! Methods and numbers of segments side by side, for a person who decides.
//!
//! What it answers: how many segments k-means finds evidence for, what every other
//! method makes of the same customers, how the segments of one number come out of those
//! of the number before, and how many customers change their segment under decisions
//! that could have been made otherwise. The evidence and the choice are those of
//! [`discover`]; the indices beside them are shown and decide nothing.
//!
//! Cost: that of `discover` for the range of k, of each other method, and of one fit of at
//! most 100,000 customers for each decision and seed; gap and prediction strength are taken
//! of at most 5,000 customers.
//!
//! # Errors
//!
//! Those of k-means; a method that cannot be used here is a line with its reason. With
//! more than 50,000 customers mixtures, k-prototypes and HDBSCAN are not tried, because
//! their hundred refits take long; a run with the method does it.
//!
//! # References
//!
//! - Schonlau 2002, The clustergram, The Stata Journal 2(4): the flows.
//! - Schubert 2023, Stop using the elbow criterion for k-means, SIGKDD Explorations 25(1).

mod indices;
mod methods;
mod recommend;
mod reference;
#[cfg(test)]
mod tests;

use linfa::ParamGuard;

use super::explore::{Discovery, Task, discover};
use super::kernel::Points;
use super::kmeans::{End, KMeansParams, fit_both_ways, n_distinct_up_to, pack};
use super::quality::matching::agreement;
use super::{Checked, ClusterError, Method};
use crate::finding::Finding;
use crate::matrix::Matrix;
use crate::normalise::NormaliseError;
use crate::results::{Choice, Flow, Indices, MethodTried, Recommendation, Sensitivity};
use crate::seed::Seed;

/// Customers that gap, prediction strength and silhouettes are taken of.
const SAMPLE: usize = 5_000;
/// With more customers than this only the quick methods are tried.
const MANY: usize = 50_000;
const QUICK: [Method; 1] = [Method::Dbscan];
/// Other seeds that the chosen number is fitted from.
const SEEDS: u64 = 3;
/// The most customers that other decisions and other seeds are tried on. Among so many the
/// draw itself moves less than one customer in a hundred.
const TRIED: usize = 100_000;

/// Prepares the base of customers, given by their rows.
pub type Preparation<'a> = dyn Fn(&[usize]) -> Result<Matrix, NormaliseError> + Sync + 'a;

/// A decision that could have been made otherwise, and the base that it gives.
pub struct Variation<'a> {
    /// What would be decided, such as `without Age`.
    pub decision: String,
    /// Learns the preparation on customers, given by their rows, and prepares the base of
    /// them in that order.
    pub prepare: Box<Preparation<'a>>,
}

/// Everything that was found out.
#[derive(Debug, Clone)]
pub struct Survey {
    /// k-means over the range, with the segments it would take.
    pub discovery: Discovery,
    /// The indices of each candidate.
    pub indices: Vec<Indices>,
    /// Every method, k-means first.
    pub methods: Vec<MethodTried>,
    /// The segment of each customer by each method that gave any, k-means aside.
    pub labels: Vec<(String, Vec<Option<u32>>)>,
    /// How the segments of one number come out of those of the number before.
    pub flows: Vec<Flow>,
    /// How many customers move under other decisions.
    pub sensitivity: Vec<Sensitivity>,
    /// The lowest share of customers who keep their segment from another seed.
    pub seed_agreement: f64,
    /// What to take.
    pub recommendation: Recommendation,
    /// What the reader should know.
    pub findings: Vec<Finding>,
}

impl Survey {
    /// The evidence for the numbers of segments.
    #[must_use]
    pub fn choice(&self) -> &Choice {
        &self.discovery.choice
    }
}

/// Compares. `means` are the parameters of k-means with the range of k; `others` those
/// of the other methods, each a line of its own.
///
/// # Errors
///
/// Those of k-means on this task.
pub fn survey(
    task: &Task,
    means: &Checked,
    others: &[Checked],
    variations: &[Variation<'_>],
    seed: Seed,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Survey, ClusterError> {
    let discovery = discover(task, means, seed, progress)?;
    progress("comparing numbers of segments");
    let indices = all_indices(task, &discovery, seed)?;
    let mut labels = Vec::new();
    let own: Vec<Option<u32>> = discovery.assignments.iter().map(|a| a.segment).collect();
    let sample = methods::sample(task.matrix, seed);
    let mut tried = vec![methods::tried(means, Ok(&discovery), &own, &sample)];
    for params in others {
        if task.matrix.n_rows() > MANY && !QUICK.contains(&params.method()) {
            tried.push(methods::not_tried(params, MANY));
            continue;
        }
        progress(&format!("trying {}", params.method().name()));
        let found = discover(task, params, seed, &|_| {});
        tried.push(methods::tried(params, found.as_ref(), &own, &sample));
        if let Ok(found) = found {
            let of: Vec<Option<u32>> = found.assignments.iter().map(|a| a.segment).collect();
            labels.push((methods::column(params), of));
        }
    }
    progress("trying other decisions");
    let k = discovery.choice.k;
    let on = seed.rows("survey decisions", 0, task.matrix.n_rows(), TRIED);
    let theirs: Vec<Option<u32>> = on.iter().map(|&row| own[row]).collect();
    let sensitivity = variations
        .iter()
        .map(|variation| sensitivity(variation, k, (&on, &theirs), seed))
        .collect::<Result<_, _>>()?;
    let seed_agreement = seed_agreement(task.matrix, k, (&on, &theirs), seed)?;
    let recommendation = recommend::recommend(&discovery, &tried, means.min_share());
    Ok(Survey {
        flows: flows(&discovery),
        findings: discovery.findings.clone(),
        discovery,
        indices,
        methods: tried,
        labels,
        sensitivity,
        seed_agreement,
        recommendation,
    })
}

fn all_indices(
    task: &Task,
    discovery: &Discovery,
    seed: Seed,
) -> Result<Vec<Indices>, ClusterError> {
    let ks: Vec<usize> = discovery.candidate_labels.iter().map(|(k, _)| *k).collect();
    let sample = methods::rows_of_sample(task.matrix.n_rows(), seed);
    let rows = task.matrix.values().select(ndarray::Axis(0), &sample);
    let drawn = reference::of_sample(rows.view(), &ks, seed)?;
    let all = indices::indices(task.matrix.values(), &discovery.candidate_labels);
    let both = all.into_iter().zip(drawn).map(|(indices, drawn)| Indices {
        gap: drawn.gap.map(|(gap, _)| gap),
        gap_se: drawn.gap.map(|(_, error)| error),
        prediction_strength: drawn.strength,
        ..indices
    });
    Ok(both.collect())
}

/// Customers per pair of segments of neighbouring numbers.
fn flows(discovery: &Discovery) -> Vec<Flow> {
    let mut flows = Vec::new();
    for pair in discovery.candidate_labels.windows(2) {
        let ((k, from), (more, to)) = (&pair[0], &pair[1]);
        let mut counts = vec![0u64; k * more];
        for (&a, &b) in from.iter().zip(to) {
            counts[a as usize * more + b as usize] += 1;
        }
        for (at, &customers) in counts.iter().enumerate().filter(|&(_, &count)| count > 0) {
            let (from, to) = (at / more, at % more);
            flows.push(Flow { k: *k, from: from as u32 + 1, to: to as u32 + 1, customers });
        }
    }
    flows
}

/// The labels of k-means; `None` where there are too few distinct customers.
fn fit(points: &Points, k: usize, seed: Seed) -> Result<Option<Vec<Option<u32>>>, ClusterError> {
    if n_distinct_up_to(points, k) < k {
        return Ok(None);
    }
    let params = KMeansParams::new(k).seed(seed).check()?;
    let partition = fit_both_ways(points, &pack(points), &params, End::Rest).partition;
    Ok(Some(partition.labels.into_iter().map(Some).collect()))
}

/// `own` are the segments of the customers at the rows `on`.
fn sensitivity(
    variation: &Variation<'_>,
    k: usize,
    (on, own): (&[usize], &[Option<u32>]),
    seed: Seed,
) -> Result<Sensitivity, ClusterError> {
    // A base that cannot be prepared so is a decision that nobody could have made.
    let moved = match (variation.prepare)(on) {
        Ok(matrix) => fit(&Points::new(&matrix), k, seed)?,
        Err(_) => None,
    };
    let moved = moved.map(|labels| 1.0 - agreement(own, &labels));
    Ok(Sensitivity { decision: variation.decision.clone(), moved })
}

fn seed_agreement(
    matrix: &Matrix,
    k: usize,
    (on, own): (&[usize], &[Option<u32>]),
    seed: Seed,
) -> Result<f64, ClusterError> {
    let taken = (on.len() < matrix.n_rows()).then(|| matrix.take(on)).transpose()?;
    let points = Points::new(taken.as_ref().unwrap_or(matrix));
    let mut lowest = 1.0_f64;
    for other in 1..=SEEDS {
        let seed = Seed::new(seed.value().wrapping_add(other));
        if let Some(labels) = fit(&points, k, seed)? {
            lowest = lowest.min(agreement(own, &labels));
        }
    }
    Ok(lowest)
}
