//! The DBSCAN path of `discover`: dense regions, their order at birth and their
//! evidence. Ids are given first, and customers at a border then follow the published
//! ids, so that assigning the training rows gives the published segments.

use super::dbscan;
use super::explore::{Discovery, Task};
use super::identity::{Standing, order, renumber, totals};
use super::kernel::Points;
use super::kmeans::n_distinct_up_to;
use super::stability::{DRAWS, of_dbscan, size, verdict};
use super::trivial::Probe;
use super::{
    Assignment, Checked, ClusterError, Engine, Method, Segmentation, Shape, Shown, linfa_engine,
    reason, shown,
};
use crate::finding::{Finding, Severity};
use crate::format::number;
use crate::results::Choice;
use crate::said::{Fact, facts, said};
use crate::seed::Seed;

/// More segments than this nobody can name, read or act on.
const MOST_SEGMENTS: usize = 100;

/// A search that is expected to take longer than this, in seconds of one core, is announced.
pub(crate) const LONG: f64 = 30.0;
/// The longest search that is begun, in seconds of one core.
pub(crate) const LIMIT: f64 = 900.0;

pub(crate) fn discover(
    task: &Task,
    params: &Checked,
    seed: Seed,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Discovery, ClusterError> {
    let points = Points::new(task.matrix);
    let distinct = n_distinct_up_to(&points, 2);
    if distinct < 2 {
        return Err(ClusterError::TooFewDistinct { distinct });
    }
    progress("looking for dense regions");
    let chosen = dbscan::choose(task.matrix, params.eps(), params.min_points(), seed)?;
    let (eps, min_points) = (chosen.eps, chosen.min_points);
    let search = dbscan::Search::new(task.matrix, eps, min_points);
    let seconds = search.seconds();
    search.refuse_if_too_long(seconds)?;
    if seconds >= LONG {
        let minutes = (seconds / 60.0).ceil();
        progress(&format!("looking for dense regions: up to {minutes} minutes of one core"));
    }
    let distances = search.distances(task.matrix, &shown::sample(points.n(), seed));
    let found = search.run(task.matrix, params.engine(), seed)?;
    let n = points.n();
    if found.n_clusters == 0 {
        return Err(ClusterError::AllNoise { eps, min_points, n_customers: n });
    }
    let others = chosen.percentiles.map(|radii| alternatives(task, radii, &found, seed));
    let k = found.n_clusters;
    if k > MOST_SEGMENTS {
        let (found, allowed) = (k, MOST_SEGMENTS);
        return Err(ClusterError::TooManyRegions { eps, min_points, found, allowed });
    }
    let segmentation = published(task, params, found)?;
    let assignments = segmentation.assign_points(&points);
    let labels: Vec<Option<u32>> = assignments.iter().map(|a| a.segment).collect();
    progress("checking how far the segments are found again in samples");
    let stability = of_dbscan(task.prepare, &labels, k, (eps, min_points), seed)?;
    let trivial = Probe::new(task.table, seed).check(&labels[..], k);
    let means = stability.map_or_else(|| vec![None; k], |stability| stability.mean);
    let measured = means.iter().any(Option::is_some);
    let n_noise = labels.iter().filter(|label| label.is_none()).count();
    Ok(Discovery {
        choice: Choice {
            method: Method::Dbscan.name().to_owned(),
            engine: params.engine().name().to_owned(),
            k,
            fixed: false,
            reason: why(k, n_noise, &assignments),
            judge: "stability".to_owned(),
            candidates: Vec::new(),
            runners_up: Vec::new(),
            stability_draws: if measured { DRAWS } else { 0 },
            stability_size: size(n),
            eps: Some(eps),
            min_points: Some(min_points),
            found_again: true,
            parts: Vec::new(),
        },
        verdicts: means.iter().map(|&mean| verdict(mean, false)).collect(),
        findings: {
            let mut all = findings(Method::Dbscan, n_noise, n, measured, &trivial);
            all.extend(others);
            if params.engine() == Engine::Linfa {
                let ours = dbscan::fit(task.matrix, eps, min_points, Engine::Kohort, seed)?;
                all.push(linfa_engine::agreement(&labels, &ours.labels));
            }
            all
        },
        stability: means,
        trivial,
        radii: vec![eps; k],
        segmentation,
        assignments,
        candidate_labels: Vec::new(),
        names: Vec::new(),
        within: Vec::new(),
        shown: Shown { distances, branches: Vec::new() },
    })
}

/// What eps was taken, and what two larger ones would yield.
fn alternatives(task: &Task, radii: [f64; 2], found: &dbscan::Density, seed: Seed) -> Finding {
    let told = |id: &str, percent: u64, found: &dbscan::Density| {
        let noise = found.labels.iter().filter(|label| label.is_none()).count();
        let noise = reason::percent(noise as f64 / found.labels.len() as f64);
        let eps = Fact::figure(number(found.eps));
        said!(id, percent = percent, eps = eps, n = found.n_clusters, noise = Fact::Figure(noise))
    };
    let mut said = vec![told("radius-knee", 0, found)];
    for (eps, percent) in radii.into_iter().zip([90_u64, 95]) {
        let other = dbscan::fit(task.matrix, eps, found.min_points, Engine::Kohort, seed);
        said.push(other.map_or_else(
            |_| said!("radius-too-wide", percent = percent, eps = Fact::figure(number(eps))),
            |other| told("radius-percentile", percent, &other),
        ));
    }
    Finding::new("eps-candidates", Severity::Note, facts!(radii = Fact::Parts(said)))
}

/// The segmentation with its ids in their order at birth.
fn published(
    task: &Task,
    params: &Checked,
    found: dbscan::Density,
) -> Result<Segmentation, ClusterError> {
    let new = in_birth_order(task, &found.labels, found.n_clusters);
    let shape = Shape::Cores {
        eps: found.eps,
        min_points: found.min_points,
        points: found.core_rows,
        labels: found.core_labels.into_iter().map(|old| new[old as usize]).collect(),
    };
    Segmentation::from_parts(Method::Dbscan, params.engine(), shape)
}

/// The id at birth of each of `k` clusters.
pub(crate) fn in_birth_order(task: &Task, labels: &[Option<u32>], k: usize) -> Vec<u32> {
    let values = totals(labels, task.value, k);
    let mut standings: Vec<Standing> =
        (0..k).map(|j| Standing { value: values[j], customers: 0.0, first: 0.0 }).collect();
    for (row, label) in labels.iter().enumerate() {
        if let Some(j) = label {
            let standing = &mut standings[*j as usize];
            standing.customers += 1.0;
            standing.first += task.matrix.values()[[row, 0]];
        }
    }
    for standing in &mut standings {
        standing.first /= standing.customers.max(1.0);
    }
    renumber(&order(&standings))
}

/// How many regions and which share is noise, in words.
pub(crate) fn quantities(k: usize, n_noise: usize, n: usize) -> (String, String) {
    let regions = if k == 1 { "one region".to_owned() } else { format!("{k} regions") };
    (regions, reason::percent(n_noise as f64 / n as f64))
}

fn why(k: usize, n_noise: usize, assignments: &[Assignment]) -> String {
    let (regions, noise) = quantities(k, n_noise, assignments.len());
    format!(
        "DBSCAN found {regions} in which customers lie close together; {noise} of the customers \
         are in none of them."
    )
}

/// What the reader should know of segments that leave noise.
pub(crate) fn findings(
    method: Method,
    n_noise: usize,
    n: usize,
    measured: bool,
    trivial: &[Option<String>],
) -> Vec<Finding> {
    let key = match method {
        Method::Hdbscan => "mostly-noise_hdbscan",
        _ => "mostly-noise_dbscan",
    };
    let mut findings = Vec::new();
    let share = n_noise as f64 / n as f64;
    if share > 0.5 {
        findings.push(
            Finding::new(
                key,
                Severity::Serious,
                facts!(share = Fact::figure(reason::percent(share))),
            )
            .count(n_noise),
        );
    }
    if !measured {
        findings.push(Finding::new("stability-not-measured", Severity::Note, facts!()));
    }
    findings.extend(reason::one_column(trivial));
    findings
}
