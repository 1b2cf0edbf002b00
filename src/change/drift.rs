//! How a column has shifted, by size of the shift and not by its significance.
//!
//! The population stability index is `sum (p - q) ln (p / q)` over bins: of numbers by the
//! deciles of the distinct earlier values, of categories by level. Without any drift it is
//! on average `(B - 1)(1/n + 1/m)` with B bins, n and m customers; that is taken off. An
//! empty bin counts half a customer. Below 500 customers on a side the index says more of
//! the size of the sample than of drift, and is not given.
//!
//! A column that only ages (tenure, days since the first order) shifts by the time between
//! the runs: it is recognised by its change in the customers of both runs, and the time is
//! taken off before anything is compared.
//!
//! # References
//!
//! - Yurdakul & Naranjo 2020, Statistical properties of the population stability index, The
//!   Journal of Risk Model Validation 14(3): its expectation without drift.

use std::collections::BTreeMap;

use crate::results::FeatureDrift;
use crate::stats::{quantile, quantile_sorted};

/// Fewer customers than this on a side are too few to say.
pub const LEAST: usize = 500;
/// Bins of a number.
const BINS: usize = 10;
/// Up to here a shift is none, and from here it is large.
const SOME: f64 = 0.10;
/// From here a shift is large.
pub const LARGE: f64 = 0.25;
/// The share of the customers of both runs by whose change a column is known to age.
const AGEING: f64 = 0.99;

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Sample {
    /// Numbers; NaN is missing.
    Numbers(Vec<f64>),
    /// Levels; `None` is missing.
    Levels(Vec<Option<String>>),
}

impl Sample {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Levels(values) => values.len(),
        }
    }

    fn n_known(&self) -> usize {
        match self {
            Self::Numbers(values) => values.iter().filter(|value| !value.is_nan()).count(),
            Self::Levels(values) => values.iter().flatten().count(),
        }
    }

    fn missing(&self) -> f64 {
        if self.len() == 0 {
            return 0.0;
        }
        1.0 - self.n_known() as f64 / self.len() as f64
    }
}

/// The shift of a column. `pairs` are the rows of the customers of both runs, before and
/// now; `elapsed` whether time has passed between the runs. `None` where a number has
/// become a category or the other way round.
#[must_use]
pub fn drift(
    column: &str,
    before: &Sample,
    now: &Sample,
    pairs: &[(usize, usize)],
    elapsed: bool,
) -> Option<FeatureDrift> {
    let mut found = FeatureDrift {
        column: column.to_owned(),
        in_base: false,
        n_before: before.n_known() as u64,
        n_now: now.n_known() as u64,
        psi: None,
        wasserstein: None,
        unseen: None,
        missing_change: now.missing() - before.missing(),
        aged: false,
        size: String::new(),
    };
    match (before, now) {
        (Sample::Numbers(before), Sample::Numbers(now)) => {
            let aged = if elapsed { ageing(before, now, pairs) } else { None };
            found.aged = aged.is_some();
            let known = |values: &[f64]| -> Vec<f64> {
                values.iter().copied().filter(|value| value.is_finite()).collect()
            };
            // Who was not there before would have a negative age then.
            let (then, after): (Vec<f64>, Vec<f64>) = match aged {
                Some(time) => {
                    let rows = pairs.iter();
                    rows.map(|&(old, new)| (before[old], now[new] - time)).unzip()
                }
                None => (before.clone(), now.clone()),
            };
            let (then, after) = (known(&then), known(&after));
            found.wasserstein = wasserstein(&then, &after);
            found.psi = numbers_psi(&then, &after);
        }
        (Sample::Levels(before), Sample::Levels(now)) => {
            let (then, after) = (counts(before), counts(now));
            let total: u64 = after.values().sum();
            let unseen: u64 =
                after.iter().filter(|(level, _)| !then.contains_key(*level)).map(|(_, n)| n).sum();
            found.unseen = (total > 0).then(|| unseen as f64 / total as f64);
            found.psi = levels_psi(&then, &after);
        }
        _ => return None,
    }
    size(found.psi).clone_into(&mut found.size);
    Some(found)
}

fn size(psi: Option<f64>) -> &'static str {
    match psi {
        None => "too few to say",
        Some(psi) if psi >= LARGE => "large",
        Some(psi) if psi >= SOME => "some",
        Some(_) => "none",
    }
}

/// The time by which a column has grown in nearly every customer of both runs.
fn ageing(before: &[f64], now: &[f64], pairs: &[(usize, usize)]) -> Option<f64> {
    let grown: Vec<f64> = pairs
        .iter()
        .map(|&(old, new)| now[new] - before[old])
        .filter(|change| change.is_finite())
        .collect();
    let middle = quantile(&grown, 0.5)?;
    if middle <= 0.0 || grown.len() < 2 {
        return None;
    }
    let near = grown.iter().filter(|change| (*change - middle).abs() <= 0.1 * middle).count();
    (near as f64 >= AGEING * grown.len() as f64).then_some(middle)
}

/// The area between the two distribution functions, in standard deviations of before.
fn wasserstein(before: &[f64], now: &[f64]) -> Option<f64> {
    if before.len() < 2 || now.is_empty() {
        return None;
    }
    let sorted = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_unstable_by(f64::total_cmp);
        values
    };
    let (a, b) = (sorted(before), sorted(now));
    let n = a.len() as f64;
    let mean = a.iter().sum::<f64>() / n;
    let spread = (a.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
    if spread <= 0.0 {
        return None;
    }
    let mut edges: Vec<f64> = a.iter().chain(&b).copied().collect();
    edges.sort_unstable_by(f64::total_cmp);
    let (mut i, mut j, mut area) = (0, 0, 0.0);
    for pair in edges.windows(2) {
        while i < a.len() && a[i] <= pair[0] {
            i += 1;
        }
        while j < b.len() && b[j] <= pair[0] {
            j += 1;
        }
        let apart = i as f64 / n - j as f64 / b.len() as f64;
        area += apart.abs() * (pair[1] - pair[0]);
    }
    Some(area / spread)
}

/// The index of numbers by the deciles of the earlier ones.
fn numbers_psi(before: &[f64], now: &[f64]) -> Option<f64> {
    if before.len().min(now.len()) < LEAST {
        return None;
    }
    let mut sorted = before.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut edges: Vec<f64> =
        (1..BINS).filter_map(|at| quantile_sorted(&sorted, at as f64 / BINS as f64)).collect();
    edges.dedup();
    // The last bin would be empty before where an edge is the largest value.
    edges.retain(|edge| sorted.last().is_some_and(|last| edge < last));
    let bins = |values: &[f64]| {
        let mut counts = vec![0u64; edges.len() + 1];
        for value in values {
            counts[edges.partition_point(|edge| edge < value)] += 1;
        }
        counts
    };
    Some(index(&bins(before), &bins(now)))
}

fn counts(levels: &[Option<String>]) -> BTreeMap<&str, u64> {
    let mut counts = BTreeMap::new();
    for level in levels.iter().flatten() {
        *counts.entry(level.as_str()).or_insert(0) += 1;
    }
    counts
}

/// The index of categories; all levels that were not there before are one bin.
fn levels_psi(before: &BTreeMap<&str, u64>, now: &BTreeMap<&str, u64>) -> Option<f64> {
    let (n, m) = (before.values().sum::<u64>(), now.values().sum::<u64>());
    if (n.min(m) as usize) < LEAST {
        return None;
    }
    let mut old: Vec<u64> = before.values().copied().collect();
    let mut new: Vec<u64> =
        before.keys().map(|level| now.get(level).copied().unwrap_or(0)).collect();
    let unseen = m - new.iter().sum::<u64>();
    if unseen > 0 {
        old.push(0);
        new.push(unseen);
    }
    Some(index(&old, &new))
}

/// The index of counts by bin, less its expectation without drift.
#[must_use]
pub fn index(before: &[u64], now: &[u64]) -> f64 {
    let (n, m) = (before.iter().sum::<u64>() as f64, now.iter().sum::<u64>() as f64);
    let at_least_half = |count: u64| if count == 0 { 0.5 } else { count as f64 };
    let raw: f64 = before
        .iter()
        .zip(now)
        .map(|(&q, &p)| {
            let (p, q) = (at_least_half(p) / m, at_least_half(q) / n);
            (p - q) * libm::log(p / q)
        })
        .sum();
    raw - (before.len() as f64 - 1.0) * (1.0 / n + 1.0 / m)
}
