//! Columns become small whole numbers: bins.
//!
//! Bin 0 is for what is missing or was never seen. A number is cut where a sample of its
//! values has equal shares of customers between two cuts; a category's levels are put in
//! the order of their mean outcome, drawn towards the overall mean where a level has few
//! customers, so that a threshold separates the levels that differ. Both are learnt on
//! the rows given and nowhere else.
//!
//! # References
//!
//! Ke et al. (2017), `LightGBM`: a highly efficient gradient boosting decision tree, NIPS,
//! section 2 (histograms); Fisher (1958), On grouping for maximum homogeneity, Journal of
//! the American Statistical Association 53 (an order by the mean makes thresholds enough);
//! Micci-Barreca (2001), A preprocessing scheme for high-cardinality categorical
//! attributes, SIGKDD Explorations 3(1) (the shrunken mean).

use serde::{Deserialize, Serialize};

use crate::churn::formula::Yes;
use crate::stats::number;

/// Cuts of a number are learnt from at most about so many rows, evenly spread.
const SAMPLE: usize = 200_000;
/// A level's mean outcome counts as much as this many customers of the overall mean.
const SHRINK: f64 = 20.0;
/// Folds of the outcomes of levels.
const FOLDS: usize = 5;
/// With so many customers per level, a level's own outcomes cannot be learnt by heart.
const PLENTY: usize = 200;
/// More cuts or bins than any column has.
const MOST_CUTS: usize = 4096;

/// One column as it is given.
#[derive(Clone, Copy)]
pub(in super::super) enum Raw<'a> {
    /// Numbers; NaN is missing.
    Number(&'a [f64]),
    /// Codes of levels; a code of the given number of levels or more is missing.
    Levels(&'a [u32], usize),
    /// 0 is no, 1 is yes, anything else missing.
    Flags(&'a [u8]),
}

/// How one column is cut into bins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in super::super) enum Cuts {
    /// Ascending: bin 1 holds what is at most the first, the last bin what is above all.
    Number(Vec<f64>),
    /// The bin of each level, 0 for one that was never seen.
    Levels(Vec<u16>),
}

impl Raw<'_> {
    /// The code of a level.
    fn code(self, row: usize) -> u32 {
        match self {
            Self::Number(_) => u32::MAX,
            Self::Levels(codes, _) => codes[row],
            Self::Flags(codes) => u32::from(codes[row]),
        }
    }
}

impl Cuts {
    /// Learns the cuts of a column on some of its rows, with their outcomes; at most
    /// `most` bins beside bin 0.
    pub(super) fn learn(raw: Raw, rows: &[usize], outcomes: &[bool], most: usize) -> Self {
        let n_levels = match raw {
            Raw::Number(values) => return Self::Number(of_number(values, rows, most)),
            Raw::Levels(_, n_levels) => n_levels,
            Raw::Flags(_) => 2,
        };
        let mut counts = Counts::none(n_levels);
        for (&row, &outcome) in rows.iter().zip(outcomes) {
            counts.add(raw.code(row), outcome);
        }
        Self::Levels(of_levels(&counts, most))
    }

    /// How many bins there are, bin 0 included.
    pub(super) fn n_bins(&self) -> usize {
        match self {
            Self::Number(cuts) => cuts.len() + 2,
            Self::Levels(bins) => usize::from(bins.iter().copied().max().unwrap_or(0)) + 1,
        }
    }

    /// The bin of the value at `row`; bin 0 where the column is of the other kind.
    pub(super) fn bin(&self, raw: Raw, row: usize) -> u16 {
        match (self, raw) {
            (Self::Number(cuts), Raw::Number(values)) => {
                let value = values[row];
                // Fewer than 2^16 cuts: so learnt, and checked where they are read.
                let above = cuts.partition_point(|&cut| cut < value) as u16;
                if value.is_nan() { 0 } else { 1 + above }
            }
            (Self::Levels(bins), _) => bins.get(raw.code(row) as usize).copied().unwrap_or(0),
            (Self::Number(_), _) => 0,
        }
    }

    /// The bins of the rows that the cuts were learnt on. Where levels have few customers,
    /// a row stands where its level would stand by the outcomes of other rows.
    pub(super) fn of_learnt(&self, raw: Raw, rows: &[usize], outcomes: &[bool]) -> Vec<u16> {
        match self {
            Self::Levels(bins) if rows.len() < PLENTY * bins.len() => {
                unseen(bins, raw, rows, outcomes)
            }
            _ => rows.iter().map(|&row| self.bin(raw, row)).collect(),
        }
    }

    /// Whether the cuts can have been learnt.
    pub(super) fn is_valid(&self) -> bool {
        match self {
            Self::Number(cuts) => {
                cuts.len() < MOST_CUTS
                    && cuts.iter().all(|cut| cut.is_finite())
                    && cuts.windows(2).all(|pair| pair[0] < pair[1])
            }
            Self::Levels(bins) => bins.iter().all(|&bin| usize::from(bin) < MOST_CUTS),
        }
    }

    /// The bin of each level; none for a number.
    pub(in super::super) fn bins(&self) -> &[u16] {
        match self {
            Self::Number(_) => &[],
            Self::Levels(bins) => bins,
        }
    }

    /// Where bins are above this one, of what is there and was seen.
    pub(super) fn above(&self, bin: u16) -> Yes {
        match (self, bin) {
            (_, 0) => Yes::Everywhere,
            // Bin 1 holds what is at most the first cut.
            (Self::Number(cuts), _) => {
                cuts.get(usize::from(bin) - 1).map_or(Yes::Nowhere, |&cut| Yes::Above(cut))
            }
            (Self::Levels(_), _) => Yes::Above(f64::from(bin)),
        }
    }

    /// How many levels the column has; `None` for a number.
    pub(in super::super) fn n_levels(&self) -> Option<usize> {
        match self {
            Self::Number(_) => None,
            Self::Levels(bins) => Some(bins.len()),
        }
    }
}

/// Cuts half-way between neighbouring values, so that bins hold equal shares as far as
/// ties allow.
fn of_number(values: &[f64], rows: &[usize], most: usize) -> Vec<f64> {
    let step = rows.len().div_ceil(SAMPLE).max(1);
    let picked = rows.iter().step_by(step).map(|&row| values[row] + 0.0);
    let mut sorted: Vec<f64> = picked.filter(|value| value.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut distinct: Vec<(f64, usize)> = Vec::new();
    for value in sorted.iter().copied() {
        match distinct.last_mut() {
            Some((last, count)) if *last == value => *count += 1,
            _ => distinct.push((value, 1)),
        }
    }
    let mut cuts = Vec::new();
    let (mut left, mut bins_left, mut inside) = (sorted.len(), most.max(1), 0);
    for pair in distinct.windows(2) {
        inside += pair[0].1;
        let share = number(left) / number(bins_left);
        // Close the bin where that comes nearer to an equal share than one value more.
        let is_full = number(inside) + number(pair[1].1) / 2.0 > share;
        if bins_left > 1 && (distinct.len() <= most || is_full) {
            cuts.push(between(pair[0].0, pair[1].0));
            left -= inside;
            bins_left -= 1;
            inside = 0;
        }
    }
    cuts
}

/// A number from `low` to below `high`, about half-way.
fn between(low: f64, high: f64) -> f64 {
    let middle = low / 2.0 + high / 2.0;
    if middle >= low && middle < high { middle } else { low }
}

/// How often each level occurs, and how often with the outcome.
#[derive(Clone)]
struct Counts {
    levels: Vec<(usize, usize)>,
    n: usize,
    events: usize,
}

impl Counts {
    fn none(n_levels: usize) -> Self {
        Self { levels: vec![(0, 0); n_levels], n: 0, events: 0 }
    }

    fn add(&mut self, code: u32, outcome: bool) {
        if let Some(level) = self.levels.get_mut(code as usize) {
            let event = usize::from(outcome);
            level.0 += 1;
            level.1 += event;
            self.n += 1;
            self.events += event;
        }
    }

    /// The mean outcome of a level without what `other` counted, drawn to the overall mean.
    fn shrunken(&self, level: usize, other: Option<&Self>) -> f64 {
        let of = |counts: &Self| (counts.levels[level], counts.n, counts.events);
        let ((mut inside, mut with), mut n, mut events) = of(self);
        if let Some(other) = other {
            let ((a, b), c, d) = of(other);
            (inside, with, n, events) = (inside - a, with - b, n - c, events - d);
        }
        let mean = number(events) / number(n.max(1));
        (number(with) + SHRINK * mean) / (number(inside) + SHRINK)
    }
}

/// The bin of each level, in the order of the shrunken mean outcome.
fn of_levels(counts: &Counts, most: usize) -> Vec<u16> {
    let n_levels = counts.levels.len();
    let means: Vec<f64> = (0..n_levels).map(|level| counts.shrunken(level, None)).collect();
    let mut seen: Vec<usize> = (0..n_levels).filter(|&level| counts.levels[level].0 > 0).collect();
    seen.sort_by(|&a, &b| means[a].total_cmp(&means[b]).then(a.cmp(&b)));
    let mut bins = vec![0; n_levels];
    let n_seen = seen.len();
    for (place, level) in seen.into_iter().enumerate() {
        // More levels than bins: neighbours share one.
        let bin = if n_seen <= most { place } else { place * most / n_seen };
        bins[level] = 1 + bin as u16;
    }
    bins
}

/// The bin of each row that the model learns from: where its level would stand by the
/// outcomes of the rows of other folds. A level's own outcome has no part in it, so that
/// a level of few customers cannot be learnt by heart.
fn unseen(bins: &[u16], raw: Raw, rows: &[usize], outcomes: &[bool]) -> Vec<u16> {
    let fold = |place: usize| place % FOLDS;
    let mut folds = vec![Counts::none(bins.len()); FOLDS];
    let mut all = Counts::none(bins.len());
    for (place, (&row, &outcome)) in rows.iter().zip(outcomes).enumerate() {
        folds[fold(place)].add(raw.code(row), outcome);
        all.add(raw.code(row), outcome);
    }
    // The mean outcome of each bin, and half-way between neighbours.
    let n_bins = usize::from(bins.iter().copied().max().unwrap_or(0));
    let mut sums = vec![(0.0, 0.0_f64); n_bins];
    for (level, &bin) in bins.iter().enumerate().filter(|(_, bin)| **bin > 0) {
        let sum = &mut sums[usize::from(bin) - 1];
        *sum = (sum.0 + all.shrunken(level, None), sum.1 + 1.0);
    }
    let means: Vec<f64> = sums.iter().map(|sum| sum.0 / sum.1.max(1.0)).collect();
    let between: Vec<f64> = means.windows(2).map(|pair| pair[0].midpoint(pair[1])).collect();
    let tables: Vec<Vec<u16>> = folds
        .iter()
        .map(|own| {
            (0..bins.len())
                .map(|level| {
                    let mean = all.shrunken(level, Some(own));
                    let place = between.partition_point(|&cut| cut < mean) as u16;
                    if bins[level] == 0 { 0 } else { 1 + place }
                })
                .collect()
        })
        .collect();
    let bin = |place: usize, row: usize| tables[fold(place)].get(raw.code(row) as usize).copied();
    rows.iter().enumerate().map(|(place, &row)| bin(place, row).unwrap_or(0)).collect()
}
