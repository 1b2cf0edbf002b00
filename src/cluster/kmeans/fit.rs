//! Fits of f64 rows and of packed ones: centres are searched for in f32 wherever that can tell
//! the rows apart, and finished on all rows.

use super::lloyd::{Partition, lloyd_until};
use super::params::KMeansValid;
use super::search::{CHAINS, search};
use super::space::Found;
use super::{dense, rest};
use crate::cluster::kernel::{Packed, Path, Points};

/// The largest share of the inertia that rounding to f32 may make up. Above it the rows of
/// a segment differ by little more than f32 can tell, and f64 does all of the work.
const LOST: f64 = 1e-8;

/// Rows from which on a fit that is only compared is brief.
pub(super) const MANY: usize = 200_000;

/// When the iterations of a fit end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// By the stop rule of scikit-learn.
    Tolerance,
    /// When hardly a row changes its segment.
    Rest,
    /// By the stop rule; of many rows after few passes over all of them, because it is only
    /// compared with other fits.
    Compared,
}

/// The best of all restarts, finished on all rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Best {
    pub(crate) partition: Partition,
    pub(crate) iterations: usize,
    pub(crate) converged: bool,
    pub(crate) found_again: bool,
    pub(crate) restarts: usize,
}

/// Fits f64 rows that have at least k distinct ones of positive weight. Rows whose squares
/// would not be finite, or would vanish, are fitted after multiplication by a power of two.
pub(crate) fn fit_points(points: &Points, params: &KMeansValid) -> Best {
    fit_both_ways(points, &pack(points), params, End::Tolerance)
}

/// The rows in f32, for several fits of the same rows.
pub(crate) fn pack(points: &Points) -> Packed {
    Packed::from_points(points, Path::Best)
}

/// The same with rows that are packed already.
pub(crate) fn fit_both_ways(
    points: &Points,
    packed: &Packed,
    params: &KMeansValid,
    end: End,
) -> Best {
    let scale = packed.scale();
    if scale == 1.0 {
        return fit_both(points, packed, params, end);
    }
    let scaled = points.scaled(scale);
    let best = fit_both(&scaled, &pack(&scaled), params, end);
    Best { partition: unscaled(best.partition, scale), ..best }
}

fn unscaled(mut partition: Partition, scale: f64) -> Partition {
    partition.centres.iter_mut().for_each(|x| *x /= scale);
    // Where the inertia itself is no f64 any more, the nearest one is stated.
    partition.inertia = (partition.inertia / scale / scale).min(f64::MAX);
    partition
}

fn fit_both(points: &Points, packed: &Packed, params: &KMeansValid, end: End) -> Best {
    let mut search = search(packed, params, chains(end, points.n()));
    let told = tells_apart(packed, search.found.inertia);
    if told {
        search.found.centres = packed.unpack(&search.found.centres);
    } else {
        search = super::search::search(points, params, CHAINS);
    }
    let run = rest::finish(points, told.then_some(packed), search.found.centres, params, end);
    Best {
        partition: run.partition,
        iterations: search.found.iterations + run.iterations,
        converged: run.converged,
        found_again: search.found_again,
        restarts: search.restarts,
    }
}

/// From how many starts a fit tries exchanges. Of many rows the one that is chosen is searched
/// for again, so those that compete are not searched for as long.
fn chains(end: End, n: usize) -> usize {
    if is_brief(end, n) { 1 } else { CHAINS }
}

/// Whether a fit is only compared with others, and of so many rows that it ends early.
pub(crate) fn is_brief(end: End, n: usize) -> bool {
    end == End::Compared && n >= MANY
}

/// Whether f32 can tell the rows of a segment apart, with rows that are packed as they are.
pub(super) fn tells_apart(packed: &Packed, inertia: f64) -> bool {
    packed.scale() == 1.0 && packed.lost() <= LOST * inertia
}

/// Iterates from given centres to the end that is asked for; `inertia` is about what a fit
/// of these rows has.
pub(crate) fn fit_from(
    points: &Points,
    packed: &Packed,
    mut centres: Vec<f64>,
    inertia: f64,
    params: &KMeansValid,
    end: End,
) -> Partition {
    let scale = packed.scale();
    if scale == 1.0 {
        let packed = tells_apart(packed, inertia).then_some(packed);
        return rest::finish(points, packed, centres, params, end).partition;
    }
    for x in &mut centres {
        *x *= scale;
    }
    unscaled(rest::finish(&points.scaled(scale), None, centres, params, end).partition, scale)
}

/// A fit that is only compared with others: [`fit_points`] without its finish in f64 and with
/// exchanges from the best start alone, wherever f32 can tell the rows apart.
pub(crate) fn search_points(points: &Points, packed: &Packed, params: &KMeansValid) -> Found {
    let found = search(packed, params, 1).found;
    if !tells_apart(packed, found.inertia) {
        let best = fit_both_ways(points, packed, params, End::Tolerance);
        let Partition { centres, inertia, .. } = best.partition;
        return Found { centres, inertia, iterations: best.iterations };
    }
    let mut found = if packed.n() > params.sample() {
        dense::search(packed, found.centres, params, params.tolerance(), 0)
    } else {
        found
    };
    found.centres = packed.unpack(&found.centres);
    found
}

/// The same from given centres; `inertia` is about what a fit of these rows has.
pub(crate) fn search_from(
    points: &Points,
    packed: &Packed,
    centres: Vec<f64>,
    inertia: f64,
    params: &KMeansValid,
) -> Found {
    let tolerance = params.tolerance();
    if !tells_apart(packed, inertia) {
        return lloyd_until(points, centres, params, tolerance, 0).into();
    }
    let mut found = dense::search(packed, packed.pack(&centres), params, tolerance, 0);
    found.centres = packed.unpack(&found.centres);
    found
}

/// Fits f32 rows that have at least k distinct ones of positive weight.
pub(crate) fn fit_packed(packed: &Packed, params: &KMeansValid) -> Best {
    let search = search(packed, params, CHAINS);
    let best = dense::fit(packed, search.found.centres, params);
    Best { found_again: search.found_again, restarts: search.restarts, ..best }
}
