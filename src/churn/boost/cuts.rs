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
//! Ke et al. (2017), LightGBM: a highly efficient gradient boosting decision tree, NIPS,
//! section 2 (histograms); Fisher (1958), On grouping for maximum homogeneity, Journal of
//! the American Statistical Association 53 (an order by the mean makes thresholds enough);
//! Micci-Barreca (2001), A preprocessing scheme for high-cardinality categorical
//! attributes, SIGKDD Explorations 3(1) (the shrunken mean).

use serde::{Deserialize, Serialize};

use crate::stats::number;

/// Cuts of a number are learnt from at most about so many rows, evenly spread.
const SAMPLE: usize = 200_000;
/// A level's mean outcome counts as much as this many customers of the overall mean.
const SHRINK: f64 = 20.0;

/// One column as it is given.
#[derive(Clone, Copy)]
pub(in super::super) enum Raw<'a> {
    /// Numbers; NaN is missing.
    Number(&'a [f64]),
    /// Codes of levels; a code of the given number of levels or more is missing.
    Levels(&'a [u32], usize),
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

impl Cuts {
    /// Learns the cuts of a column on some of its rows; at most `most` bins beside bin 0.
    pub(super) fn learn(raw: Raw, rows: &[usize], outcomes: &[bool], most: usize) -> Self {
        match raw {
            Raw::Number(values) => Self::Number(of_number(values, rows, most)),
            Raw::Levels(codes, n_levels) => {
                Self::Levels(of_levels(codes, n_levels, rows, outcomes, most))
            }
        }
    }

    /// How many bins there are, bin 0 included.
    pub(super) fn n_bins(&self) -> usize {
        match self {
            Self::Number(cuts) => cuts.len() + 2,
            Self::Levels(bins) => usize::from(bins.iter().copied().max().unwrap_or(0)) + 1,
        }
    }

    /// The bin of a number.
    pub(super) fn of_number(cuts: &[f64], value: f64) -> u16 {
        if value.is_nan() {
            return 0;
        }
        // Fewer than 2^16 cuts: checked where they are learnt and where they are read.
        1 + cuts.partition_point(|&cut| cut < value) as u16
    }

    /// The bin of the value at `row`; bin 0 where the column is of the other kind.
    pub(super) fn bin(&self, raw: Raw, row: usize) -> u16 {
        match (self, raw) {
            (Self::Number(cuts), Raw::Number(values)) => Self::of_number(cuts, values[row]),
            (Self::Levels(bins), Raw::Levels(codes, _)) => {
                bins.get(codes[row] as usize).copied().unwrap_or(0)
            }
            _ => 0,
        }
    }
}

/// Cuts half-way between neighbouring values, so that bins hold equal shares as far as
/// ties allow.
fn of_number(values: &[f64], rows: &[usize], most: usize) -> Vec<f64> {
    let step = rows.len().div_ceil(SAMPLE).max(1);
    let picked = rows.iter().step_by(step).map(|&row| values[row] + 0.0);
    let mut sorted: Vec<f64> = picked.filter(|value| !value.is_nan()).collect();
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

/// The bin of each level, in the order of the shrunken mean outcome.
fn of_levels(
    codes: &[u32],
    n_levels: usize,
    rows: &[usize],
    outcomes: &[bool],
    most: usize,
) -> Vec<u16> {
    let mut counts = vec![(0_usize, 0_usize); n_levels];
    let (mut n, mut events) = (0, 0);
    for (&row, &outcome) in rows.iter().zip(outcomes) {
        if let Some(count) = counts.get_mut(codes[row] as usize) {
            count.0 += 1;
            count.1 += usize::from(outcome);
            n += 1;
            events += usize::from(outcome);
        }
    }
    let mean = number(events) / number(n.max(1));
    let shrunken = |&(n, events): &(usize, usize)| {
        (number(events) + SHRINK * mean) / (number(n) + SHRINK)
    };
    let mut seen: Vec<usize> = (0..n_levels).filter(|&level| counts[level].0 > 0).collect();
    seen.sort_by(|&a, &b| shrunken(&counts[a]).total_cmp(&shrunken(&counts[b])).then(a.cmp(&b)));
    let mut bins = vec![0; n_levels];
    let n_seen = seen.len();
    for (place, level) in seen.into_iter().enumerate() {
        // More levels than bins: neighbours share one.
        let bin = if n_seen <= most { place } else { place * most / n_seen };
        bins[level] = 1 + bin as u16;
    }
    bins
}
