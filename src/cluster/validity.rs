//! Validity: what do segments tell about customers who were not used to learn it?
//!
//! Half of the customers teach the mean of a column in each segment; on the other half
//! it is measured how much better these means predict than the overall mean:
//! `1 - sum |y - segment mean|^2 / sum |y - overall mean|^2`. Both directions of three
//! random halvings are averaged. The column is the outcome where it has at least 50
//! events, else every descriptor, averaged: numbers as they are, flags and categories as
//! one 0/1 column per level. The standard error is over customers.
//!
//! A partition into more segments is not favoured by itself: what is learnt from chance
//! on one half does not hold on the other.

use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::labels::Labels;
use crate::seed::Seed;
use crate::table::{FeatureTable, MISSING_FLAG, MISSING_LEVEL, Values};

/// Random halvings.
const SPLITS: usize = 3;
/// Customers that descriptors are judged on.
const SAMPLE: usize = 20_000;
/// Customers that the outcome is judged on, evenly spread.
const WITNESSES: usize = 200_000;
/// Events, and customers without one, that make an outcome a judge.
pub const MIN_EVENTS: usize = 50;

/// Who judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judge {
    /// The share of the outcome's variance explained on customers held out.
    Outcome,
    /// The mean share over the descriptor columns.
    Descriptors,
    /// The stability of the weakest segment, for want of anything else.
    Stability,
    /// BIC, for want of anything else where segments have a likelihood.
    Bic,
}

impl Judge {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Descriptors => "descriptors",
            Self::Stability => "stability",
            Self::Bic => "bic",
        }
    }
}

/// A column to predict, on the rows that are judged.
#[derive(Debug, Clone)]
enum Target {
    /// NaN is missing.
    Number(Vec<f64>),
    /// `u32::MAX` is missing.
    Levels(Vec<u32>, usize),
}

/// The court: judge, columns and customers, the same for every partition.
#[derive(Debug, Clone)]
pub struct Court {
    judge: Judge,
    rows: Vec<usize>,
    targets: Vec<Target>,
    /// Per halving, which half each of `rows` is in.
    halves: Vec<Vec<bool>>,
}

impl Court {
    /// Chooses the judge: the outcome, else the columns at `describing`, else stability.
    #[must_use]
    pub fn convene(
        table: &FeatureTable,
        describing: &[usize],
        outcome: Option<&[Option<bool>]>,
        seed: Seed,
    ) -> Self {
        let mut court = Self {
            judge: Judge::Stability,
            rows: Vec::new(),
            targets: Vec::new(),
            halves: Vec::new(),
        };
        if let Some(outcome) = outcome.filter(|outcome| has_events(outcome)) {
            court.judge = Judge::Outcome;
            let known: Vec<usize> =
                (0..outcome.len()).filter(|&row| outcome[row].is_some()).collect();
            let step = known.len().div_ceil(WITNESSES).max(1);
            court.rows = known.into_iter().step_by(step).collect();
            let values = court.rows.iter().map(|&row| f64::from(outcome[row] == Some(true)));
            court.targets = vec![Target::Number(values.collect())];
        } else {
            court.rows = seed.rows("validity sample", 0, table.n_customers(), SAMPLE);
            court.targets = describing
                .iter()
                .filter_map(|&c| table.columns().get(c))
                .map(|column| target(&column.values, &court.rows))
                .filter(varies)
                .collect();
            if !court.targets.is_empty() {
                court.judge = Judge::Descriptors;
            }
        }
        for split in 0..SPLITS {
            let n = court.rows.len();
            let mut half: Vec<bool> = (0..n).map(|i| i < n / 2).collect();
            half.shuffle(&mut seed.stream("validity halves", split as u64));
            court.halves.push(half);
        }
        court
    }

    /// Who judges.
    #[must_use]
    pub fn judge(&self) -> Judge {
        self.judge
    }

    /// The share explained on customers held out and its standard error; `None` where
    /// there is nothing to predict. `labels` has one entry per customer; noise is a
    /// group of its own.
    #[must_use]
    pub fn hear(&self, labels: &(impl Labels + ?Sized), k: usize) -> Option<(f64, f64)> {
        if self.targets.is_empty() {
            return None;
        }
        let groups: Vec<usize> =
            self.rows.iter().map(|&row| labels.of(row).map_or(k, |label| label as usize)).collect();
        let heard: Vec<(f64, Vec<f64>)> = self
            .targets
            .par_iter()
            .map(|target| share_explained(target, &groups, k + 1, &self.halves))
            .collect();
        let columns = heard.len() as f64;
        let share = heard.iter().map(|(share, _)| share).sum::<f64>() / columns;
        let mut square = 0.0;
        for i in 0..groups.len() {
            let influence = heard.iter().map(|(_, rows)| rows[i]).sum::<f64>() / columns;
            square += influence * influence;
        }
        Some((share, square.sqrt()))
    }
}

fn has_events(outcome: &[Option<bool>]) -> bool {
    let count = |wanted| outcome.iter().filter(|&&value| value == Some(wanted)).count();
    count(true) >= MIN_EVENTS && count(false) >= MIN_EVENTS
}

fn target(values: &Values, rows: &[usize]) -> Target {
    match values {
        Values::Number(numbers) => Target::Number(rows.iter().map(|&row| numbers[row]).collect()),
        Values::Flag { codes, .. } => {
            let code = |&row: &usize| match codes[row] {
                MISSING_FLAG => MISSING_LEVEL,
                code => u32::from(code),
            };
            Target::Levels(rows.iter().map(code).collect(), 2)
        }
        Values::Category { codes, levels, .. } => {
            Target::Levels(rows.iter().map(|&row| codes[row]).collect(), levels.len())
        }
    }
}

/// Whether a column has two different values.
fn varies(target: &Target) -> bool {
    match target {
        Target::Number(values) => {
            let mut known = values.iter().filter(|value| !value.is_nan());
            known.next().is_some_and(|first| known.any(|value| value != first))
        }
        Target::Levels(codes, _) => {
            let mut known = codes.iter().filter(|&&code| code != MISSING_LEVEL);
            known.next().is_some_and(|first| known.any(|code| code != first))
        }
    }
}

/// The share explained on the half not learnt from, over all halvings, and the
/// influence of each row on it.
fn share_explained(
    target: &Target,
    groups: &[usize],
    n_groups: usize,
    halves: &[Vec<bool>],
) -> (f64, Vec<f64>) {
    let n = groups.len();
    let (mut gain, mut total) = (vec![0.0; n], vec![0.0; n]);
    for half in halves {
        for judged in [false, true] {
            let learnt = Means::learn(target, groups, n_groups, |i| half[i] != judged);
            for i in (0..n).filter(|&i| half[i] == judged) {
                if let Some((of_group, of_all)) = learnt.errors(target, i, groups[i]) {
                    gain[i] += of_all - of_group;
                    total[i] += of_all;
                }
            }
        }
    }
    let sum: f64 = total.iter().sum();
    if sum <= 0.0 {
        return (0.0, vec![0.0; n]);
    }
    let share = gain.iter().sum::<f64>() / sum;
    let influence = gain.iter().zip(&total).map(|(gain, total)| (gain - share * total) / sum);
    (share, influence.collect())
}

/// The mean of a target in each group and, last, over all.
struct Means {
    width: usize,
    average: Vec<f64>,
    /// Sum of squares of each group's means, for levels.
    squares: Vec<f64>,
    counts: Vec<f64>,
}

impl Means {
    fn learn(
        target: &Target,
        groups: &[usize],
        n_groups: usize,
        learnt: impl Fn(usize) -> bool,
    ) -> Self {
        let width = match target {
            Target::Number(_) => 1,
            Target::Levels(_, n_levels) => *n_levels,
        };
        let mut means = vec![0.0; (n_groups + 1) * width];
        let mut counts = vec![0.0; n_groups + 1];
        for i in (0..groups.len()).filter(|&i| learnt(i)) {
            let Some((at, value)) = entry(target, i) else { continue };
            for group in [groups[i], n_groups] {
                means[group * width + at] += value;
                counts[group] += 1.0;
            }
        }
        for (mean, count) in means.chunks_mut(width).zip(&counts) {
            for mean in mean {
                *mean /= f64::max(*count, 1.0);
            }
        }
        let squares = means.chunks(width).map(|m| m.iter().map(|x| x * x).sum()).collect();
        Self { width, average: means, squares, counts }
    }

    /// Squared errors of a row against its group's mean and against the overall mean;
    /// a group that was not seen is as good as the overall mean.
    fn errors(&self, target: &Target, i: usize, group: usize) -> Option<(f64, f64)> {
        let (at, value) = entry(target, i)?;
        let all = self.counts.len() - 1;
        let group = if self.counts[group] > 0.0 { group } else { all };
        let error = |group: usize| {
            let mean = self.average[group * self.width + at];
            match target {
                Target::Number(_) => (value - mean) * (value - mean),
                Target::Levels(..) => 1.0 - 2.0 * mean + self.squares[group],
            }
        };
        Some((error(group), error(all)))
    }
}

/// Where a row adds what: a number at 0, or 1 at its level; `None` where missing.
fn entry(target: &Target, i: usize) -> Option<(usize, f64)> {
    match target {
        Target::Number(values) => (!values[i].is_nan()).then_some((0, values[i])),
        Target::Levels(codes, _) => (codes[i] != MISSING_LEVEL).then_some((codes[i] as usize, 1.0)),
    }
}
