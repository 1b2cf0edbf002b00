//! Restarts on a sample, the finish on growing samples, and the finish on all rows.

use rand::Rng;
use rayon::prelude::*;

use super::dense;
use super::exchange::exchange;
use super::lloyd::{Partition, Run, lloyd_until};
use super::params::KMeansValid;
use super::{rest, seeding, seeding_f64};
use crate::cluster::kernel::{LANES, Packed, Path, Points, potential};
use crate::seed::Stream;

/// Two inertias closer than this share of each other are the same solution.
const SAME_INERTIA: f64 = 1e-3;
/// Rows times columns times segments up to which a restart costs next to nothing.
const CHEAP: usize = 200_000;
/// Starts that exchanges are tried from, and the rows times columns times segments that
/// all of them together may have.
const CHAINS: usize = 4;
const AFFORDED: usize = 20_000_000;
/// How much looser the stop rule is where a finish on more rows follows.
const LOOSER: f64 = 10.0;
/// Each stage of the finish works on this many times the rows of the one before.
const GROWTH: usize = 4;
/// A sample but the first two is at most one row in so many: it needs memory beside them.
const SHARE: usize = 8;
/// Samples from here on are of whole blocks of 16 neighbouring rows.
const BLOCKS: usize = 16_000;
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

/// Rows that can be searched for centres.
pub(super) trait Space: Sync + Sized {
    fn n(&self) -> usize;
    fn d(&self) -> usize;
    /// One row.
    fn row(&self, row: usize) -> Vec<f64>;
    /// The weighted squared distance of each row to a centre.
    fn distances(&self, centre: &[f64]) -> Vec<f64>;
    /// k centres to start from.
    fn start(&self, k: usize, rng: &mut Stream) -> Vec<f64>;
    /// Better centres.
    fn refine(&self, centres: Vec<f64>, params: &KMeansValid, tolerance: f64) -> Found;
    /// About `size` of the rows, from all of their order.
    fn sample(&self, size: usize, rng: &mut Stream) -> Self;
}

/// Centres that were searched for.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) centres: Vec<f64>,
    pub(crate) inertia: f64,
    pub(super) iterations: usize,
}

impl From<Run> for Found {
    fn from(run: Run) -> Self {
        let Partition { centres, inertia, .. } = run.partition;
        Self { centres, inertia, iterations: run.iterations }
    }
}

impl Space for Packed {
    fn n(&self) -> usize {
        self.n()
    }

    fn d(&self) -> usize {
        self.d()
    }

    fn row(&self, row: usize) -> Vec<f64> {
        self.row(row)
    }

    fn distances(&self, centre: &[f64]) -> Vec<f64> {
        let mut closest = vec![f32::INFINITY; self.n()];
        potential::step(self, &mut closest, centre, &[]);
        let weighted = |(row, &distance)| f64::from(distance) * self.weight(row);
        closest.iter().enumerate().map(weighted).collect()
    }

    fn start(&self, k: usize, rng: &mut Stream) -> Vec<f64> {
        seeding::greedy_plus_plus(self, k, rng)
    }

    fn refine(&self, centres: Vec<f64>, params: &KMeansValid, tolerance: f64) -> Found {
        dense::search(self, centres, params, tolerance, 0)
    }

    fn sample(&self, size: usize, rng: &mut Stream) -> Self {
        if size < BLOCKS {
            self.take(&strata(self.n(), size, rng))
        } else {
            self.take_blocks(&strata(self.n_blocks(), size / LANES, rng))
        }
    }
}

impl Space for Points<'_> {
    fn n(&self) -> usize {
        self.n()
    }

    fn d(&self) -> usize {
        self.d()
    }

    fn row(&self, row: usize) -> Vec<f64> {
        self.row(row).to_vec()
    }

    fn distances(&self, centre: &[f64]) -> Vec<f64> {
        let mut distances = self.distances_to(centre);
        for (row, distance) in distances.iter_mut().enumerate() {
            *distance *= self.weight(row);
        }
        distances
    }

    fn start(&self, k: usize, rng: &mut Stream) -> Vec<f64> {
        seeding_f64::greedy_plus_plus(self, k, rng)
    }

    fn refine(&self, centres: Vec<f64>, params: &KMeansValid, tolerance: f64) -> Found {
        lloyd_until(self, centres, params, tolerance, 0).into()
    }

    fn sample(&self, size: usize, rng: &mut Stream) -> Self {
        self.take(&strata(self.n(), size, rng))
    }
}

/// One random position out of each of `size` equal stretches of `0..n`: ascending, all
/// different, and every part of the order is there.
fn strata(n: usize, size: usize, rng: &mut Stream) -> Vec<usize> {
    let size = size.min(n);
    let edge = |i: usize| (i as u128 * n as u128 / size as u128) as usize;
    (0..size).map(|i| rng.gen_range(edge(i)..edge(i + 1))).collect()
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
        search = self::search(points, params, CHAINS);
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

/// What restarts and samples lead to.
struct Search {
    found: Found,
    found_again: bool,
    restarts: usize,
}

/// Restarts on a sample, then growing samples, each with the centres of the one before; all
/// rows where they fit into the first sample. Exchanges are tried from at most `chains` starts.
fn search<S: Space>(space: &S, params: &KMeansValid, chains: usize) -> Search {
    let draw = |stage: u64, size: usize| {
        space.sample(size, &mut params.seed().stream("k-means sample", stage))
    };
    if space.n() <= params.sample() {
        return restart(space, params, params.tolerance());
    }
    let tolerance = params.tolerance() * LOOSER;
    let sample = draw(0, params.sample());
    let mut search = restart(&sample, params, tolerance);
    let mut found = exchanged(&sample, search.found, params, tolerance, chains);
    let mut size = params.sample() * GROWTH;
    let mut stage = 1;
    while 2 * size < space.n() && (SHARE * size <= space.n() || stage == 1) {
        let sample = draw(stage, size);
        let refine = |found: Found| sample.refine(found.centres, params, tolerance);
        found = vec![least(found.into_par_iter().map(refine).collect())];
        size *= GROWTH;
        stage += 1;
    }
    search.found = Found { iterations: 0, ..least(found) };
    search
}

/// What exchanges make of the best restart and, where they cost little, of a few other
/// starts; more rows than these tell which is best.
fn exchanged<S: Space>(
    sample: &S,
    best: Found,
    params: &KMeansValid,
    tolerance: f64,
    chains: usize,
) -> Vec<Found> {
    if params.max_restarts() == 1 {
        return vec![best];
    }
    let chains = (AFFORDED / (sample.n() * sample.d() * params.k())).clamp(1, chains);
    let others = (1..chains).into_par_iter().map(|chain| {
        let mut rng = params.seed().stream("k-means exchange", chain as u64);
        let centres = sample.start(params.k(), &mut rng);
        let found = sample.refine(centres, params, tolerance);
        exchange(sample, found, params, tolerance, &mut rng)
    });
    let others: Vec<Found> = others.collect();
    let mut rng = params.seed().stream("k-means exchange", 0);
    let first = exchange(sample, best, params, tolerance, &mut rng);
    std::iter::once(first).chain(others).collect()
}

/// The one with the lowest inertia, the first of equal ones.
fn least(found: Vec<Found>) -> Found {
    let mut found = found.into_iter();
    let first = found.next().unwrap_or_default();
    found.fold(first, |best, next| if next.inertia < best.inertia { next } else { best })
}

/// Restarts until the best inertia was found often enough: twice, or four times where a
/// restart costs next to nothing, because a poor optimum can be found twice as well.
/// Restarts that are needed in any case run side by side.
fn restart<S: Space>(space: &S, params: &KMeansValid, tolerance: f64) -> Search {
    let start = |index: usize| {
        let mut rng = params.seed().stream("k-means restart", index as u64);
        let centres = space.start(params.k(), &mut rng);
        space.refine(centres, params, tolerance)
    };
    let mut best = start(0);
    if params.k() == 1 {
        return Search { found: best, found_again: true, restarts: 1 };
    }
    let enough = if space.n() * space.d() * params.k() <= CHEAP { 4 } else { 2 };
    let (mut found, mut restarts) = (1, 1);
    while found < enough && restarts < params.max_restarts() {
        let needed = (enough - found).min(params.max_restarts() - restarts);
        let batch: Vec<Found> = (restarts..restarts + needed).into_par_iter().map(start).collect();
        for next in batch {
            restarts += 1;
            let (lowest, now) = (best.inertia, next.inertia);
            if (now - lowest).abs() <= SAME_INERTIA * lowest.max(now) {
                found += 1;
            } else if now < lowest {
                found = 1;
            }
            if now < lowest {
                best = next;
            }
        }
    }
    Search { found: best, found_again: found > 1, restarts }
}
