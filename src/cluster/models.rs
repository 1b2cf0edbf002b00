//! The path of `discover` for methods that fit k segments as a whole: Gaussian mixture,
//! latent classes, k-prototypes. The evidence is that of k-means: size, trivial splits,
//! stability over whole refits, gaps, what the segments tell about customers held out.
//!
//! Mixtures have a likelihood besides. BIC and ICL are stated for each k; BIC judges where
//! there is no outcome and no describing column to judge by, among the ks that meet every
//! other criterion. A Gaussian mixture has the kind of covariance, full or diagonal, whose
//! BIC is lower.

use linfa::ParamGuard;

use super::choice::{Criterion, Evidence, Ranking};
use super::explore::{Discovery, Task, candidates, choice, radii, ranked, weigh};
use super::gap::{self, means};
use super::gmm::{Covariance, GmmError, GmmParams};
use super::identity::{Standing, order, totals};
use super::kernel::{Points, squared_distance};
use super::kmeans::Partition;
use super::kprototypes::KPrototypesParams;
use super::latent::{LatentError, LatentParams};
use super::stability::{self, Part};
use super::validity::{Court, Judge};
use super::variables::Gaps;
use super::{Assignment, Checked, ClusterError, Engine, Method, Segmentation, Shape, reason};
use crate::matrix::Matrix;
use crate::seed::Seed;

/// How much is spent on a fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// All starts.
    Whole,
    /// Few starts, and no more than to find the neighbourhood of the optimum: for refits.
    Brief(Option<Covariance>),
}

/// What a method says of k segments.
struct Fitted {
    shape: Shape,
    found_again: bool,
    /// BIC and ICL.
    criteria: Option<(f64, f64)>,
    covariance: Option<Covariance>,
}

/// One k, in its order at birth.
struct Settled {
    segmentation: Segmentation,
    assignments: Vec<Assignment>,
    partition: Partition,
    found_again: bool,
    criteria: Option<(f64, f64)>,
    covariance: Option<Covariance>,
}

pub(super) fn discover(
    task: &Task,
    params: &Checked,
    seed: Seed,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Discovery, ClusterError> {
    let points = Points::new(task.matrix);
    let (ks, fixed) = candidates(&points, params.k(), params.auto_to())?;
    let method = params.method();
    progress("looking for segments");
    let fits = fit_all(task, method, &ks, seed)?;
    progress("checking how far the segments are found again in samples");
    let n = points.n();
    let kinds: Vec<(usize, Option<Covariance>)> =
        fits.iter().map(|fit| (fit.partition.sizes.len(), fit.covariance)).collect();
    let refit = |k: usize, seed: Seed, inside: Part, outside: Part| {
        let own = kinds.iter().find(|(tried, _)| *tried == k).and_then(|(_, kind)| *kind);
        refit(task, method, (k, own), seed, (inside, outside))
    };
    let (stability, gaps) = {
        let published: Vec<(usize, &[u32])> = fits
            .iter()
            .map(|fit| (fit.partition.sizes.len(), fit.partition.labels.as_slice()))
            .collect();
        let stability = stability::of_refits(task.prepare, &published, n, seed, &refit)?;
        (stability, gap::of_refits(task.prepare, &published, n, seed, &refit))
    };
    progress("judging the number of segments");
    let court = Court::convene(task.table, task.describing, task.outcome, seed);
    let partitions = fits.iter().map(|fit| (fit.partition.clone(), fit.found_again)).collect();
    let mut evidence = weigh(task, &points, partitions, stability, gaps, &court, seed);
    let judge = match court.judge() {
        Judge::Stability if fits.iter().all(|fit| fit.criteria.is_some()) => {
            judge_by_bic(&mut evidence, &fits, n);
            Judge::Bic
        }
        judge => judge,
    };
    let ranking = ranked(&evidence, params, judge, fixed);
    Ok(conclude(task, params, evidence, fits, &ranking, judge, fixed))
}

/// The fit of each k. Where a range is tried, a k that leaves a segment without customers
/// is passed over, unless all do.
fn fit_all(
    task: &Task,
    method: Method,
    ks: &[usize],
    seed: Seed,
) -> Result<Vec<Settled>, ClusterError> {
    let gaps = Gaps { table: task.table, rows: None };
    let mut fits = Vec::new();
    let mut empty = None;
    for &k in ks {
        let fitted = fit(method, k, task.matrix, &gaps, seed, Effort::Whole)
            .and_then(|fitted| settle(task, method, fitted, &gaps));
        match fitted {
            Ok(fit) => fits.push(fit),
            Err(error) if is_empty(&error) => empty = Some(error),
            Err(error) => return Err(error),
        }
    }
    match empty {
        Some(error) if fits.is_empty() => Err(error),
        _ => Ok(fits),
    }
}

fn is_empty(error: &ClusterError) -> bool {
    matches!(
        error,
        ClusterError::Gmm(GmmError::Empty { .. })
            | ClusterError::Latent(LatentError::Empty { .. } | LatentError::TooManySegments { .. })
    )
}

fn fit(
    method: Method,
    k: usize,
    matrix: &Matrix,
    gaps: &Gaps,
    seed: Seed,
    effort: Effort,
) -> Result<Fitted, ClusterError> {
    let brief = effort != Effort::Whole;
    match method {
        Method::LatentClass => {
            let mut params = LatentParams::new(k).seed(seed);
            if brief {
                params = params.starts(6).max_iterations(100).tolerance(1e-4);
            }
            let model = params.check()?.fit_matrix(matrix, Some(gaps))?;
            Ok(Fitted {
                shape: Shape::Classes(model.classes().clone()),
                found_again: model.found_again(),
                criteria: Some((model.bic(), model.icl())),
                covariance: None,
            })
        }
        Method::KPrototypes => {
            let mut params = KPrototypesParams::new(k).seed(seed);
            if brief {
                params = params.max_restarts(1).max_iterations(30);
            }
            let model = params.check()?.fit_matrix(matrix)?;
            Ok(Fitted {
                shape: Shape::Prototypes(model.prototypes().clone()),
                found_again: model.found_again(),
                criteria: None,
                covariance: None,
            })
        }
        _ => ellipses(k, matrix, seed, effort),
    }
}

/// The Gaussian mixture of the kind whose BIC is lower; a refit is of the kind published.
fn ellipses(k: usize, matrix: &Matrix, seed: Seed, effort: Effort) -> Result<Fitted, ClusterError> {
    let of = |covariance: Covariance| {
        let mut params = GmmParams::new(k).seed(seed).covariance(covariance);
        if let Effort::Brief(_) = effort {
            params = params.starts(4).sample(1_000).max_iterations(50).tolerance(1e-3);
        }
        params.check()?.fit_matrix(matrix)
    };
    let model = match effort {
        Effort::Brief(Some(kind)) => of(kind)?,
        _ => match (of(Covariance::Full), of(Covariance::Diagonal)) {
            (Ok(full), Ok(diagonal)) if diagonal.bic() < full.bic() => diagonal,
            (Ok(full), _) => full,
            (Err(_), Ok(diagonal)) => diagonal,
            (Err(error), Err(_)) => return Err(error.into()),
        },
    };
    Ok(Fitted {
        shape: Shape::Mixture(model.mixture().clone()),
        found_again: model.found_again(),
        criteria: Some((model.bic(), model.icl())),
        covariance: Some(model.covariance()),
    })
}

/// The labels of the second part by segments learnt on the first.
fn refit(
    task: &Task,
    method: Method,
    (k, kind): (usize, Option<Covariance>),
    seed: Seed,
    (inside, outside): (Part, Part),
) -> Option<Vec<u32>> {
    let gaps = Gaps { table: task.table, rows: Some(inside.rows) };
    let fitted = fit(method, k, inside.matrix, &gaps, seed, Effort::Brief(kind)).ok()?;
    let segments = Segmentation::from_parts(method, Engine::Kohort, fitted.shape).ok()?;
    let gaps = Gaps { table: task.table, rows: Some(outside.rows) };
    let found = segments.assign_known(outside.matrix, Some(&gaps)).ok()?;
    found.into_iter().map(|assignment| assignment.segment).collect()
}

/// Brings the segments into their order at birth and places the customers by it.
fn settle(
    task: &Task,
    method: Method,
    fitted: Fitted,
    gaps: &Gaps,
) -> Result<Settled, ClusterError> {
    let first = Segmentation::from_parts(method, Engine::Kohort, fitted.shape)?;
    let k = first.n_segments();
    let labels: Vec<Option<u32>> =
        first.assign_known(task.matrix, Some(gaps))?.iter().map(|found| found.segment).collect();
    let totals = totals(&labels[..], task.value, k);
    let known: Vec<u32> = labels.iter().map(|label| label.unwrap_or(0)).collect();
    let centres = means(task.matrix, &known, k);
    let d = task.matrix.n_columns();
    let standings: Vec<Standing> = (0..k)
        .map(|j| Standing {
            value: totals[j],
            customers: known.iter().filter(|&&label| label as usize == j).count() as f64,
            first: centres[j * d],
        })
        .collect();
    let order = order(&standings);
    let shape = match first.shape() {
        Shape::Classes(classes) => Shape::Classes(classes.reordered(&order)),
        Shape::Prototypes(prototypes) => Shape::Prototypes(prototypes.reordered(&order)),
        Shape::Mixture(mixture) => Shape::Mixture(mixture.reordered(&order)),
        other => other.clone(),
    };
    let segmentation = Segmentation::from_parts(method, Engine::Kohort, shape)?;
    let assignments = segmentation.assign_known(task.matrix, Some(gaps))?;
    // Every customer has a segment by these methods.
    let labels: Vec<u32> = assignments.iter().map(|found| found.segment.unwrap_or(0)).collect();
    let partition = partition(task.matrix, labels, k);
    let found = partition.sizes.iter().filter(|size| **size > 0.0).count();
    if found < k {
        // Customers as near to two prototypes go to the lower id, which may leave none.
        return Err(GmmError::Empty { k, found }.into());
    }
    Ok(Settled {
        segmentation,
        assignments,
        partition,
        found_again: fitted.found_again,
        criteria: fitted.criteria,
        covariance: fitted.covariance,
    })
}

/// The means of the matrix by label, and the squared distances to them: what makes the
/// figures comparable over methods.
fn partition(matrix: &Matrix, labels: Vec<u32>, k: usize) -> Partition {
    let d = matrix.n_columns();
    let centres = means(matrix, &labels, k);
    let mut sizes = vec![0.0; k];
    let mut inertia = 0.0;
    for (row, &label) in matrix.values().rows().into_iter().zip(&labels) {
        let j = label as usize;
        sizes[j] += 1.0;
        let row: Vec<f64> = row.iter().copied().collect();
        inertia += squared_distance(&row, &centres[j * d..(j + 1) * d]);
    }
    Partition { centres, labels, sizes, inertia }
}

/// What is ranked: half the negative BIC of a customer, which has no standard error here.
fn judge_by_bic(evidence: &mut [Evidence], fits: &[Settled], n: usize) {
    for (evidence, fit) in evidence.iter_mut().zip(fits) {
        evidence.validity = fit.criteria.map(|(bic, _)| (-0.5 * bic / n as f64, 0.0));
    }
}

fn conclude(
    task: &Task,
    params: &Checked,
    evidence: Vec<Evidence>,
    mut fits: Vec<Settled>,
    ranking: &Ranking,
    judge: Judge,
    fixed: bool,
) -> Discovery {
    let mut choice = choice(task, params, &evidence, ranking, judge, fixed);
    let chosen = fits[ranking.chosen].criteria;
    for ((candidate, evidence), fit) in choice.candidates.iter_mut().zip(&evidence).zip(&fits) {
        candidate.bic = fit.criteria.map(|(bic, _)| bic);
        candidate.icl = fit.criteria.map(|(_, icl)| icl);
        if judge == Judge::Bic {
            (candidate.validity, candidate.validity_se) = (None, None);
            let qualifies = Criterion::ALL.iter().all(|&criterion| {
                evidence.meets(criterion, params.min_share())
                    || ranking.dropped.contains(&criterion)
            });
            if let (Some((own, _)), Some((bic, _))) = (chosen, fit.criteria)
                && qualifies
                && bic > own
            {
                candidate.against = format!(
                    "BIC is higher than with {} segments: {bic:.0} against {own:.0}",
                    choice.k
                );
            }
        }
    }
    let own = &evidence[ranking.chosen];
    let fit = fits.swap_remove(ranking.chosen);
    Discovery {
        radii: radii(&fit.assignments, own.k),
        verdicts: own.verdicts(),
        stability: own.stability.mean.clone(),
        trivial: own.trivial.clone(),
        findings: reason::findings(own, &ranking.dropped),
        segmentation: fit.segmentation,
        assignments: fit.assignments,
        choice,
        candidate_labels: evidence.into_iter().map(|e| (e.k, e.partition.labels)).collect(),
        names: Vec::new(),
        within: Vec::new(),
        shown: crate::cluster::Shown::default(),
    }
}
