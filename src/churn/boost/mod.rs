//! Gradient boosting of symmetric trees on the logistic loss.
//!
//! What it answers: P(outcome = yes) where columns bend and act together, which a straight
//! line in the log-odds cannot follow. A tree asks the same question of all customers at
//! each depth, so that a row of answers is its leaf. That is a strong restraint: a
//! question has to pay in every branch at once, and on tables of customers such trees
//! predict better than free ones.
//!
//! How it is fitted: each tree is grown on a random share of the rows to lower the loss
//! of all trees before it. A question is scored by the cosine between the gradients and the
//! steps `s = G / (W + 1)` of its leaves, `sum G s / sqrt(sum W s^2)`, where G is the sum of
//! gradients and W that of weights half-way between the curvature (Newton) and 1/4, its
//! largest value: with the curvature alone, splits among customers whose outcome is all but
//! certain take the place of those that matter. Without the 1 the cosine chooses as the sum
//! of `G s` does; with it, it takes less from small leaves, and ranks better. A little chance
//! is added to the scores, less from tree to tree, so that of questions that are about as
//! good not the same is asked each time. Leaves are Newton steps over all rows,
//! `-G / (H + 1)`, times the rate. How many trees: see [`Watch`]; the other settings are
//! fixed, so there is no search to overfit.
//!
//! Cost: `O(n d)` additions per tree and depth at most, fewer by taking the larger child's
//! sums from the parent's. All sums are of whole numbers: threads change no bit, and
//! swapped classes mirror every bit of what numbers and flags say.
//!
//! # References
//!
//! Friedman (2001), Greedy function approximation: a gradient boosting machine, Annals of
//! Statistics 29(5), section 4.5; Friedman (2002), Stochastic gradient boosting,
//! Computational Statistics and Data Analysis 38(4); Prokhorenkova, Gusev, Vorobev,
//! Dorogush, Gulin (2018), `CatBoost`: unbiased boosting with categorical features, `NeurIPS`,
//! section 4 (symmetric trees); its parameters `score_function` and `random_strength` (cosine
//! and chance).

mod cuts;
mod gradient;
mod order;
mod shapley;
mod shard;
mod split;
#[cfg(test)]
mod tests;
mod trees;

use rayon::prelude::*;

pub(super) use cuts::{Cuts, Raw};
use gradient::Scale;
pub(super) use order::Order;
pub(super) use shapley::Shares;
use shard::{MOST_CODES, Shard, unpack};
use split::{Layout, Score};
pub(super) use trees::Forest;
use trees::{Split, Tree};

use crate::stats::{loss_of, number, sigmoid};

/// The most trees.
pub(super) const MOST_TREES: usize = 600;
/// To so many customers a tree asks four questions, above five: its sixteen leaves are as
/// much as they can tell apart.
const FEW: usize = 10_000;
/// The spread of what chance adds to the scores of the first tree.
const CHANCE: f64 = 0.1;
/// From so many rows on steps are twice as long and trees half as many: there the time
/// counts, and little is left to be gained by small steps.
const LARGE: usize = 100_000;
/// Added to every sum of curvatures, in units of one customer's.
const LAMBDA: f64 = 1.0;
/// The share of rows that a tree is grown on, and the most of them.
const SHARE: f64 = 0.7;
const MOST_DRAWN: f64 = 250_000.0;
/// Bins per column.
const BINS: usize = 128;
/// A watched fit ends when this many trees have not lowered the loss.
const PATIENCE: usize = 60;
/// Fewer rows than this are the work of one thread; folds run beside each other then.
const SMALL: usize = 32_768;
/// Rows per worker, at least.
const LEAST_ROWS: usize = 8192;

/// Rows that are not learnt from, on which the loss is watched tree after tree.
pub(super) struct Watch<'a> {
    /// The rows.
    pub(super) rows: &'a [usize],
    /// One outcome per row.
    pub(super) outcomes: &'a [bool],
}

/// What a fit learns from.
pub(super) struct Lesson<'a> {
    /// The columns, each with a value per row of the table.
    pub(super) columns: &'a [Raw<'a>],
    /// The rows learnt from.
    pub(super) rows: &'a [usize],
    /// One outcome per row learnt from.
    pub(super) outcomes: &'a [bool],
    /// How many trees, at least 1; with a watch, at most.
    pub(super) trees: usize,
    /// How much of a Newton step a tree takes, see [`rate`].
    pub(super) rate: f64,
    /// Questions per tree, at least 1, see [`depth`].
    pub(super) depth: usize,
    /// What more of each column may do; empty where it is anything.
    pub(super) orders: &'a [Order],
    /// Decides which rows a tree is grown on.
    pub(super) salt: u64,
}

/// How much of a Newton step a tree takes, for a number of rows.
pub(super) fn rate(n_rows: usize) -> f64 {
    if n_rows < LARGE { 0.05 } else { 0.1 }
}

/// Questions per tree, for a number of customers with a known outcome.
pub(super) fn depth(n_known: usize) -> usize {
    if n_known <= FEW { 4 } else { 5 }
}

/// Fits; both classes must be present among the rows and a column must vary, else `None`.
/// With a watch, the trees after its least loss are taken off again.
pub(super) fn fit(lesson: &Lesson, watch: Option<&Watch>) -> Option<Forest> {
    let events = lesson.outcomes.iter().filter(|&&yes| yes).count();
    let others = lesson.outcomes.len() - events;
    let d = lesson.columns.len();
    if events == 0 || others == 0 || d == 0 || d > MOST_CODES / 4 {
        return None;
    }
    let base = libm::log(number(events)) - libm::log(number(others));
    let (mut model, layout, mut shards) = prepare(lesson, base);
    let scale = Scale::of(lesson.rows.len());
    let mut watched = watch.map(|watch| Watched::new(watch, &model, lesson.columns));
    let share = SHARE.min(MOST_DRAWN / number(lesson.rows.len()));
    for place in 0..lesson.trees {
        let salt = gradient::lots(place, lesson.salt);
        each(&mut shards, |shard| shard.begin(lesson.outcomes, scale, salt, share));
        let lots = (chance(place, lesson), salt);
        let Some(tree) = grow(&mut shards, &layout, scale, lesson, lots) else { break };
        if let Some(watched) = &mut watched {
            watched.look(&tree);
        }
        model.trees.push(tree);
        if watched.as_ref().is_some_and(|watched| watched.seen > watched.best + PATIENCE) {
            break;
        }
    }
    if let Some(watched) = watched {
        model.trees.truncate(watched.best.max(1));
    }
    (!model.trees.is_empty()).then_some(model)
}

/// The cuts of the columns and the rows in bins, shared out among the workers.
fn prepare(lesson: &Lesson, base: f64) -> (Forest, Layout, Vec<Shard>) {
    let d = lesson.columns.len();
    let most = BINS.min(MOST_CODES / d) - 1;
    let (rows, outcomes) = (lesson.rows, lesson.outcomes);
    let columns = lesson.columns.par_iter().map(|&raw| {
        let cuts = Cuts::learn(raw, rows, outcomes, most);
        let bins = cuts.of_learnt(raw, rows, outcomes);
        (cuts, bins)
    });
    let (cuts, bins): (Vec<Cuts>, Vec<Vec<u16>>) = columns.unzip();
    let layout = Layout::of(cuts.iter().map(Cuts::n_bins));
    let workers = if rows.len() < SMALL { 1 } else { rayon::current_num_threads() };
    let per = rows.len().div_ceil(workers).max(LEAST_ROWS.min(rows.len()));
    let shards = (0..rows.len().div_ceil(per)).into_par_iter().map(|worker| {
        let start = worker * per;
        let mut codes = vec![0; per.min(rows.len() - start) * d];
        for (j, bins) in bins.iter().enumerate() {
            for (row, codes) in codes.chunks_exact_mut(d).enumerate() {
                codes[j] = layout.first(j) + bins[start + row];
            }
        }
        Shard::new(start, codes, d, layout.n_codes(), base)
    });
    let shards = shards.collect();
    (Forest { cuts, base, trees: Vec::new() }, layout, shards)
}

/// The rows of a [`Watch`] while trees are added.
struct Watched<'a> {
    bins: Vec<Vec<u16>>,
    log_odds: Vec<f64>,
    outcomes: &'a [bool],
    /// Trees so far, and the number that had the least loss.
    seen: usize,
    best: usize,
    least: f64,
}

impl<'a> Watched<'a> {
    fn new(watch: &Watch<'a>, model: &Forest, columns: &[Raw]) -> Self {
        let bins = watch.rows.iter().map(|&row| model.bins(columns, row)).collect();
        let log_odds = vec![model.base; watch.rows.len()];
        let (seen, best, least) = (0, 0, f64::INFINITY);
        Self { bins, log_odds, outcomes: watch.outcomes, seen, best, least }
    }

    fn look(&mut self, tree: &Tree) {
        let mut loss = 0.0;
        for ((bins, x), &y) in self.bins.iter().zip(&mut self.log_odds).zip(self.outcomes) {
            *x += tree.leaves[tree.leaf(bins)];
            loss += loss_of(sigmoid(*x), y);
        }
        self.seen += 1;
        if loss < self.least {
            (self.best, self.least) = (self.seen, loss);
        }
    }
}

/// The same work for every worker's rows.
fn each(shards: &mut [Shard], work: impl Fn(&mut Shard) + Sync + Send) {
    match shards {
        [shard] => work(shard),
        shards => shards.par_iter_mut().for_each(work),
    }
}

/// What chance adds to the scores of a tree: half as much once the trees could have taken
/// each customer's gradient away, and so on.
fn chance(place: usize, lesson: &Lesson) -> f64 {
    let left = number(lesson.rows.len()) * libm::exp(-number(place) * lesson.rate);
    CHANCE * left / (1.0 + left)
}

/// One tree, and its part added to the log-odds of all rows; `None` where no column can
/// be split. `chance` is its spread and what decides it.
fn grow(
    shards: &mut [Shard],
    layout: &Layout,
    scale: Scale,
    lesson: &Lesson,
    (chance, salt): (f64, u64),
) -> Option<Tree> {
    let mut score = Score { scale, lambda: LAMBDA, orders: lesson.orders, chance, salt };
    let mut splits: Vec<Split> = Vec::with_capacity(lesson.depth);
    for depth in 1..=lesson.depth {
        score.salt = gradient::lots(depth, salt);
        let found = match &shards[..] {
            [shard] => split::best(&shard.sums, layout, score, false),
            shards => split::best(&total(shards), layout, score, true),
        };
        let Some(split) = found else { break };
        splits.push(split);
        let first = layout.first(split.column as usize);
        each(shards, |shard| shard.split(split, first, depth < lesson.depth));
    }
    if splits.is_empty() {
        return None;
    }
    let n_leaves = 1 << splits.len();
    each(shards, |shard| shard.leaf_sums(&splits, layout, n_leaves));
    let (mut sums, mut covers) = (vec![0; n_leaves], vec![0; n_leaves]);
    for shard in shards.iter() {
        for (leaf, &(sum, cover)) in shard.leaf_sums.iter().enumerate() {
            sums[leaf] += sum;
            covers[leaf] += cover;
        }
    }
    let step = |&sum: &i64| {
        let (g, h) = unpack(sum);
        -lesson.rate * scale.gradient(g) / (scale.curvature(h) + LAMBDA)
    };
    let mut leaves: Vec<f64> = sums.iter().map(step).collect();
    let weight = |&sum: &i64| scale.curvature(unpack(sum).1) + LAMBDA;
    let weights: Vec<f64> = sums.iter().map(weight).collect();
    order::put_in_order(&mut leaves, &weights, &splits, lesson.orders);
    each(shards, |shard| shard.add(&leaves));
    Some(Tree { splits, leaves, covers })
}

/// The sums of all workers.
fn total(shards: &[Shard]) -> Vec<i64> {
    let mut total = vec![0; shards.first().map_or(0, |shard| shard.sums.len())];
    for shard in shards {
        for (total, sum) in total.iter_mut().zip(&shard.sums) {
            *total += sum;
        }
    }
    total
}
