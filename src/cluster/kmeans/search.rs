//! From starts to centres: restarts and exchanges on samples of a few thousand rows, then
//! growing samples, each with the centres of the one before.

use rayon::prelude::*;

use super::exchange::exchange;
use super::params::KMeansValid;
use super::space::{Found, Space};

/// Two inertias closer than this share of each other are the same solution.
const SAME_INERTIA: f64 = 1e-3;
/// Rows times columns times segments up to which a restart costs next to nothing.
const CHEAP: usize = 200_000;
/// Starts that exchanges are tried from.
pub(super) const CHAINS: usize = 10;
/// How many of them come first: where they lead to the same, the others are not needed.
const FIRST: usize = 3;
/// The rows times columns times segments that all starts together may have.
const AFFORDED: usize = 20_000_000;
/// Rounds of exchanges in a row without a fall before a start is left: of all starts together,
/// and of each at least and at most.
const IDLE: usize = 40;
const IDLE_EACH: (usize, usize) = (4, 10);
/// How much looser the stop rule is where a finish on more rows follows.
const LOOSER: f64 = 10.0;
/// Each stage of the finish works on this many times the rows of the one before.
const GROWTH: usize = 4;
/// A sample but the first two is at most one row in so many: it needs memory beside them.
const SHARE: usize = 8;
/// Centres whose inertia on a sample is within this share of the least are judged on more
/// rows: by samples of thousands, optima of skewed columns may differ so much either way.
const PLAINLY: f64 = 0.01;
/// Centres whose inertia differs by less than this share are taken for the same.
const ALIKE: f64 = 1e-4;
/// Iterations on all rows after which the centres that are left are judged, and the share of
/// the least inertia by which the others may lie above it then: 4, and 12 more of the nearest.
const JUDGED: [(usize, f64); 2] = [(4, 2.5e-3), (12, 0.0)];

/// What restarts and samples lead to.
pub(super) struct Search {
    pub(super) found: Found,
    pub(super) found_again: bool,
    pub(super) restarts: usize,
}

/// Restarts on a sample, then growing samples, each with the centres of the one before; all
/// rows where they fit into the first sample. Exchanges are tried from at most `chains` starts.
pub(super) fn search<S: Space>(space: &S, params: &KMeansValid, chains: usize) -> Search {
    let draw = |stage: u64, size: usize| {
        space.sample(size, &mut params.seed().stream("k-means sample", stage))
    };
    if space.n() <= params.sample() {
        return restart(space, params, params.tolerance());
    }
    let tolerance = params.tolerance() * LOOSER;
    let sample = draw(0, params.sample());
    let search = restart(&sample, params, tolerance);
    let mut size = params.sample() * GROWTH;
    let start = Start { space, sample: &sample, best: &search.found, params, tolerance };
    let is_sampled = 2 * size < space.n();
    let mut rows = if is_sampled { size } else { space.n() };
    let mut found = start.exchanged(chains, |found| {
        if is_sampled {
            finish(&draw(1, size), found, params, tolerance)
        } else {
            finish(space, found, params, tolerance)
        }
    });
    for stage in 2.. {
        let (before, most) = (size, space.n() / SHARE);
        size *= GROWTH;
        let is_open = found.len() > 1;
        if is_open {
            size = size.min(most);
        }
        if size > most || size < 2 * before {
            break;
        }
        let tolerance = if is_open { params.tolerance() } else { tolerance };
        found = contenders(finish(&draw(stage, size), found, params, tolerance), PLAINLY);
        rows = size;
    }
    if found.len() > 1 {
        found = race(space, found, params, tolerance);
        rows = space.n();
    }
    let found = found.into_iter().next().unwrap_or_default();
    // As much as that many rows make of all.
    let inertia = found.inertia * (space.n() as f64 / rows as f64);
    Search { found: Found { iterations: 0, inertia, ..found }, ..search }
}

/// Each iterated on these rows.
fn finish<S: Space>(
    rows: &S,
    found: Vec<Found>,
    params: &KMeansValid,
    tolerance: f64,
) -> Vec<Found> {
    let refine = |found: Found| rows.refine(found.centres, params, tolerance);
    found.into_par_iter().map(refine).collect()
}

/// The best after some iterations on all rows; those that fall behind leave early.
fn race<S: Space>(
    space: &S,
    mut found: Vec<Found>,
    params: &KMeansValid,
    tolerance: f64,
) -> Vec<Found> {
    let mut before = 0;
    for (iterations, share) in JUDGED {
        let few = params.at_most(iterations);
        let further = |found: Found| {
            // What ended by the stop rule gains little by more.
            if found.iterations < before {
                found
            } else {
                space.refine(found.centres, &few, tolerance)
            }
        };
        // One after the other: each needs labels of all rows.
        found = contenders(found.into_iter().map(further).collect(), share);
        before = few.max_iterations();
        if found.len() == 1 {
            break;
        }
    }
    found
}

/// Where exchanges begin.
struct Start<'a, S> {
    space: &'a S,
    /// What restarts ran on, and the best of them.
    sample: &'a S,
    best: &'a Found,
    params: &'a KMeansValid,
    tolerance: f64,
}

impl<S: Space> Start<'_, S> {
    /// What exchanges make of the best restart and, where they cost little, of a few other
    /// starts, after all of it is finished on more rows; fewer starts where the first all lead
    /// to the same.
    fn exchanged(&self, chains: usize, finish: impl Fn(Vec<Found>) -> Vec<Found>) -> Vec<Found> {
        if self.params.max_restarts() == 1 || self.params.k() == 1 {
            return finish(vec![self.best.clone()]);
        }
        let each = self.sample.n() * self.sample.d() * self.params.k();
        let chains = (AFFORDED / each).clamp(1, chains);
        let idle = (IDLE / chains).clamp(IDLE_EACH.0, IDLE_EACH.1);
        let mut found: Vec<Found> = Vec::new();
        for wave in [0..chains.min(FIRST), chains.min(FIRST)..chains] {
            found.extend(finish(wave.into_par_iter().map(|at| self.chain(at, idle)).collect()));
            let least = found.iter().map(|found| found.inertia).fold(f64::INFINITY, f64::min);
            if found.iter().all(|found| found.inertia <= least * (1.0 + ALIKE)) {
                break;
            }
        }
        contenders(found, PLAINLY)
    }

    /// One start and its exchanges. All but the first have a sample of their own: what fits
    /// one sample best need not be what fits all rows best.
    fn chain(&self, chain: usize, idle: usize) -> Found {
        let Self { space, sample, best, params, tolerance } = *self;
        let mut rng = params.seed().stream("k-means exchange", chain as u64);
        if chain == 0 {
            return exchange(sample, best.clone(), (params, tolerance), idle, &mut rng);
        }
        let own = space.sample(params.sample(), &mut rng);
        let start = own.start(params.k(), &mut rng);
        let found = own.refine(start, params, tolerance);
        exchange(&own, found, (params, tolerance), idle, &mut rng)
    }
}

/// Those whose inertia is above the least by at most a share of it, the best first, and of
/// those that are as good one.
fn contenders(mut found: Vec<Found>, share: f64) -> Vec<Found> {
    found.sort_by(|a, b| a.inertia.total_cmp(&b.inertia));
    let best = found.first().map_or(0.0, |found| found.inertia);
    // By the order of all numbers, so that the first stays whatever it is.
    found.retain(|found| found.inertia.total_cmp(&(best * (1.0 + share))).is_le());
    found.dedup_by(|next, kept| next.inertia - kept.inertia <= ALIKE * best);
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contenders_are_not_plainly_worse_and_differ() {
        let of = |inertia: f64| Found { inertia, ..Found::default() };
        let kept = contenders([2.03, 2.0, 2.01, 2.000_1, 2.02].map(of).into(), PLAINLY);
        assert_eq!(kept.iter().map(|found| found.inertia).collect::<Vec<_>>(), [2.0, 2.01, 2.02]);
        assert_eq!(contenders(vec![of(f64::NAN), of(f64::NAN)], PLAINLY).len(), 2);
        assert_eq!(contenders(vec![of(0.0), of(1.0), of(0.0)], PLAINLY).len(), 1);
    }
}
