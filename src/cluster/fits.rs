//! k-means partitions of all customers, one per number of segments.
//!
//! Those that compete end by the stop rule, of many customers even sooner; the one that is
//! published goes on until it is at rest, so that a later fit that begins with it hands
//! nobody out anew. That can take a hundred passes where customers lie without a gap, and of
//! the others nobody would see it.

use linfa::ParamGuard;
use rayon::prelude::*;

use super::choice::Evidence;
use super::explore::Task;
use super::kernel::Points;
use super::kmeans::{End, KMeansParams, Partition, fit_both_ways, fit_from, is_brief, pack};
use super::params::Start;
use super::refits::{from_centres, means};
use super::{Checked, ClusterError, Engine, identity, linfa_engine};
use crate::seed::Seed;

/// The best partitions into each k segments, in their order at birth, and whether each was
/// found from two starts.
pub(super) fn all(
    task: &Task,
    points: &Points,
    ks: &[usize],
    params: &Checked,
    seed: Seed,
) -> Result<Vec<(Partition, bool)>, ClusterError> {
    if params.engine() == Engine::Kohort {
        return ours(task, points, ks, params.start(), seed);
    }
    let fit = |&k: &usize| {
        let partition = linfa_engine::fit(task.matrix, points, k, seed)?;
        // linfa does not say what its other runs found.
        Ok((identity::settle(partition, points, task.value), false))
    };
    ks.par_iter().map(fit).collect()
}

/// The same by kohort, from earlier segments where there are as many.
pub(super) fn ours(
    task: &Task,
    points: &Points,
    ks: &[usize],
    start: Option<&Start>,
    seed: Seed,
) -> Result<Vec<(Partition, bool)>, ClusterError> {
    let packed = pack(points);
    let centres = start.and_then(|start| Some((start.k, means(points, &start.labels, start.k)?)));
    let fit = |&k: &usize| {
        let params = KMeansParams::new(k).seed(seed).check()?;
        let end = if comes_to_rest(ks, k, start) { End::Rest } else { End::Compared };
        let best = fit_both_ways(points, &packed, &params, end);
        let (partition, found_again) = match &centres {
            Some((from, centres)) if *from == k => {
                let (partition, kept) =
                    from_centres(points, &packed, centres.clone(), best.partition, &params);
                (partition, kept || best.found_again)
            }
            _ => (best.partition, best.found_again),
        };
        Ok((identity::settle(partition, points, task.value), found_again))
    };
    ks.par_iter().map(fit).collect()
}

/// Whether the fit of k is published whatever the evidence, or begins from earlier segments.
fn comes_to_rest(ks: &[usize], k: usize, start: Option<&Start>) -> bool {
    ks.len() == 1 || start.is_some_and(|start| start.k == k)
}

/// The partition that was chosen, at rest; `None` where it is already, or linfa's. Of many
/// customers it is searched for again, more thoroughly.
pub(super) fn at_rest(
    task: &Task,
    points: &Points,
    chosen: &Evidence,
    ks: &[usize],
    params: &Checked,
    seed: Seed,
) -> Result<Option<(Partition, bool)>, ClusterError> {
    let k = chosen.k;
    if params.engine() == Engine::Linfa || comes_to_rest(ks, k, params.start()) {
        return Ok(None);
    }
    let early = &chosen.partition;
    let params = KMeansParams::new(k).seed(seed).check()?;
    let centres = early.centres.clone();
    let packed = pack(points);
    if is_brief(End::Compared, points.n()) {
        let best = fit_both_ways(points, &packed, &params, End::Rest);
        let rest = identity::settle(best.partition, points, task.value);
        return Ok(Some((rest, best.found_again)));
    }
    let rest = fit_from(points, &packed, centres, early.inertia, &params, End::Rest);
    Ok(Some((identity::settle(rest, points, task.value), chosen.found_again)))
}
