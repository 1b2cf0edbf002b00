//! The HDBSCAN* path of `discover`. The smallest segment is `min-share` of the customers,
//! at least five; core distances reach `min-points`, `2 * columns` (5 to 50) where not
//! given.

use super::fit::Search;
use super::{HdbscanParams, Members};
use crate::cluster::density::{LIMIT, LONG, findings, in_birth_order, quantities};
use crate::cluster::explore::{Discovery, Task};
use crate::cluster::kernel::Points;
use crate::cluster::kmeans::n_distinct_up_to;
use crate::cluster::stability::{DRAWS, of_hdbscan, size, verdict};
use crate::cluster::trivial::Probe;
use crate::cluster::{Auto, Checked, ClusterError, Method, Segmentation, Shape, Shown, shown};
use crate::results::Choice;
use crate::seed::Seed;

/// The fewest customers of a segment, however small the share.
const SMALLEST: usize = 5;

/// What the config asks for, on `n` customers in `d` columns.
fn params_for(params: &Checked, n: usize, d: usize) -> HdbscanParams {
    let size = ((params.min_share() * n as f64).ceil() as usize).max(SMALLEST);
    let samples = match params.min_points() {
        Auto::Is(samples) => samples,
        Auto::Auto => (2 * d).clamp(5, 50),
    };
    HdbscanParams { min_samples: Some(samples), ..HdbscanParams::new(size) }
}

fn refuse_if_too_long(seconds: f64) -> Result<(), ClusterError> {
    if seconds <= LIMIT {
        return Ok(());
    }
    let minutes = |seconds: f64| (seconds / 60.0).round() as u64;
    Err(ClusterError::HdbscanTooLong { minutes: minutes(seconds), limit: minutes(LIMIT) })
}

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
    progress("looking for dense regions at every density");
    let n = points.n();
    let asked = params_for(params, n, points.d()).check()?;
    let search = Search::new(task.matrix);
    let seconds = asked.seconds(&search);
    refuse_if_too_long(seconds)?;
    if seconds >= LONG {
        let minutes = (seconds / 60.0).ceil();
        progress(&format!("looking for dense regions: up to {minutes} minutes of one core"));
    }
    let found = asked.run(search);
    let k = found.n_clusters;
    let (min_cluster_size, min_points) = (asked.params().min_cluster_size, asked.min_samples());
    if k == 0 {
        return Err(ClusterError::NoRegion { min_cluster_size, min_points, n_customers: n });
    }
    let new = in_birth_order(task, &found.labels, k);
    let members = Members::of(task.matrix, &found, asked.min_samples(), &new);
    let radii = members.births.clone();
    let mut shown =
        Shown { distances: shown::of_cores(&found.cores, &found.counts), branches: found.branches };
    for segment in shown.branches.iter_mut().filter_map(|branch| branch.segment.as_mut()) {
        *segment = new[*segment as usize];
    }
    let shape = Shape::Members(Box::new(members));
    let segmentation = Segmentation::from_parts(Method::Hdbscan, params.engine(), shape)?;
    let assignments = segmentation.assign_points(&points);
    let labels: Vec<Option<u32>> = assignments.iter().map(|a| a.segment).collect();
    progress("checking how far the segments are found again in samples");
    let stability = of_hdbscan(task.prepare, &labels, k, asked.params(), seed)?;
    let trivial = Probe::new(task.table, seed).check(&labels[..], k);
    let means = stability.map_or_else(|| vec![None; k], |stability| stability.mean);
    let measured = means.iter().any(Option::is_some);
    let n_noise = labels.iter().filter(|label| label.is_none()).count();
    let (regions, noise) = quantities(k, n_noise, n);
    Ok(Discovery {
        choice: Choice {
            method: Method::Hdbscan.name().to_owned(),
            engine: params.engine().name().to_owned(),
            k,
            fixed: false,
            reason: format!(
                "HDBSCAN found {regions} of at least {min_cluster_size} customers who lie closer \
                 together than those around them; {noise} of the customers are in none of them."
            ),
            judge: "stability".to_owned(),
            candidates: Vec::new(),
            runners_up: Vec::new(),
            stability_draws: if measured { DRAWS } else { 0 },
            stability_size: size(n),
            eps: None,
            min_points: Some(min_points),
            found_again: true,
            parts: Vec::new(),
        },
        verdicts: means.iter().map(|&mean| verdict(mean, false)).collect(),
        findings: findings(Method::Hdbscan, n_noise, n, measured, &trivial),
        stability: means,
        trivial,
        radii,
        segmentation,
        assignments,
        candidate_labels: Vec::new(),
        names: Vec::new(),
        within: Vec::new(),
        shown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::{Engine, Params};

    #[test]
    fn linfa_has_no_hdbscan() {
        let params = Params { method: Method::Hdbscan, engine: Engine::Linfa, ..Params::default() };
        assert!(matches!(
            params.check(),
            Err(ClusterError::EngineLacks { method: Method::Hdbscan })
        ));
    }

    #[test]
    fn a_search_of_more_than_a_quarter_of_an_hour_is_refused() {
        assert!(refuse_if_too_long(899.0).is_ok());
        let error = refuse_if_too_long(7_200.0).unwrap_err();
        assert!(matches!(error, ClusterError::HdbscanTooLong { minutes: 120, limit: 15 }));
        // Not so a few thousand customers.
        let matrix =
            crate::matrix::Matrix::unnamed(ndarray::Array2::from_shape_fn((3_000, 4), |(i, j)| {
                ((i * (j * 7 + 3)) % 1_009) as f64
            }));
        let asked = HdbscanParams::new(20).check().unwrap();
        let seconds = asked.seconds(&Search::new(&matrix.unwrap()));
        assert!(seconds > 0.0 && seconds < 30.0, "{seconds}");
    }

    #[test]
    fn the_smallest_segment_is_the_smallest_share_but_five_customers() {
        let params = Params { min_share: 0.02, ..Params::default() }.check().unwrap();
        assert_eq!(params_for(&params, 10_000, 3).min_cluster_size, 200);
        let few = params_for(&params, 100, 3);
        assert_eq!((few.min_cluster_size, few.min_samples), (5, Some(6)));
    }
}
