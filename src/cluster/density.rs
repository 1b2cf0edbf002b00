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
use super::{Assignment, Checked, ClusterError, Method, Segmentation, Shape, reason};
use crate::finding::{Finding, Severity};
use crate::results::Choice;
use crate::seed::Seed;

/// More segments than this nobody can name, read or act on.
const MOST_SEGMENTS: usize = 100;

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
    let found = dbscan::fit(task.matrix, eps, min_points, params.engine(), seed)?;
    let n = points.n();
    if found.n_clusters == 0 {
        return Err(ClusterError::AllNoise { eps, min_points, n_customers: n });
    }
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
    let trivial = Probe::new(task.table, seed).check(&labels, k);
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
        },
        verdicts: means.iter().map(|&mean| verdict(mean, false)).collect(),
        findings: findings(n_noise, n, measured, &trivial),
        stability: means,
        trivial,
        radii: vec![eps; k],
        segmentation,
        assignments,
        candidate_labels: Vec::new(),
        names: Vec::new(),
    })
}

/// The segmentation with its ids in their order at birth.
fn published(
    task: &Task,
    params: &Checked,
    found: dbscan::Density,
) -> Result<Segmentation, ClusterError> {
    let k = found.n_clusters;
    let values = totals(&found.labels, task.value, k);
    let mut standings: Vec<Standing> =
        (0..k).map(|j| Standing { value: values[j], customers: 0.0, first: 0.0 }).collect();
    for (row, label) in found.labels.iter().enumerate() {
        if let Some(j) = label {
            let standing = &mut standings[*j as usize];
            standing.customers += 1.0;
            standing.first += task.matrix.values()[[row, 0]];
        }
    }
    for standing in &mut standings {
        standing.first /= standing.customers.max(1.0);
    }
    let new = renumber(&order(&standings));
    let shape = Shape::Cores {
        eps: found.eps,
        min_points: found.min_points,
        points: found.core_rows,
        labels: found.core_labels.into_iter().map(|old| new[old as usize]).collect(),
    };
    Segmentation::from_parts(Method::Dbscan, params.engine(), shape)
}

fn why(k: usize, n_noise: usize, assignments: &[Assignment]) -> String {
    let regions = if k == 1 { "one region".to_owned() } else { format!("{k} regions") };
    let noise = reason::percent(n_noise as f64 / assignments.len() as f64);
    format!(
        "DBSCAN found {regions} in which customers lie close together; {noise} of the customers \
         are in none of them."
    )
}

fn findings(n_noise: usize, n: usize, measured: bool, trivial: &[Option<String>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let share = n_noise as f64 / n as f64;
    if share > 0.5 {
        findings.push(
            Finding::new(
                "mostly-noise",
                Severity::Serious,
                format!(
                    "DBSCAN did not segment this base: {} of the customers are in no segment",
                    reason::percent(share)
                ),
            )
            .count(n_noise)
            .advice("use method = \"k-means\", or a larger segments.eps"),
        );
    }
    if !measured {
        findings.push(Finding::new(
            "stability-not-measured",
            Severity::Note,
            "samples are too thin for the density asked for, so it was not measured whether the \
             segments are found again",
        ));
    }
    for (j, rule) in trivial.iter().enumerate() {
        if let Some(rule) = rule {
            let words = rule.replacen("segment is just", &format!("segment {} is just", j + 1), 1);
            findings.push(
                Finding::new("trivial-segment", Severity::Warning, words)
                    .advice("leave the column out of the base, or look inside its levels"),
            );
        }
    }
    findings
}
