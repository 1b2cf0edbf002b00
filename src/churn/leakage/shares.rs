//! Numbers that are the share of the outcome among the very customers who carry them, such
//! as the share of leavers per branch, counted on the same table.
//!
//! Every customer of such a group carries the group's share, so among all customers with
//! one value exactly that share has the outcome. A forecast, however good, is off by its
//! own sampling error.

use std::collections::BTreeMap;

use super::known::BEYOND_CHANCE;
use crate::stats::number;
use crate::table::{Column, Outcome, Values};

/// A share takes three values or more.
const LEAST_VALUES: usize = 3;

/// Whether the column's values are shares of the outcome counted on these customers.
pub(super) fn is_share_of_outcome(column: &Column, outcome: &Outcome) -> bool {
    let Values::Number(values) = &column.values else { return false };
    let written = 0.5 * libm::pow(10.0, -f64::from(column.decimals));
    // One value that is no share is enough, so a few are counted before all are.
    let refuted = (0..PROBES).any(|probe| {
        let start = probe * values.len() / PROBES;
        let known = (start..values.len())
            .find(|&row| !values[row].is_nan() && outcome.values[row].is_some());
        known.is_some_and(|row| {
            let (n, events) = count(values, outcome, values[row]);
            READINGS.iter().all(|reading| reading.hit(values[row], n, events, written).is_none())
        })
    });
    if refuted {
        return false;
    }
    let mut counts: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
    for (value, known) in values.iter().zip(&outcome.values) {
        let Some(yes) = known.filter(|_| !value.is_nan()) else { continue };
        let count = counts.entry((value + 0.0).to_bits()).or_default();
        *count = (count.0 + 1, count.1 + usize::from(yes));
    }
    let among = |reading: &Reading| {
        let mut chance = 0.0;
        for (&bits, &(n, events)) in &counts {
            let Some(by_chance) = reading.hit(f64::from_bits(bits), n, events, written) else {
                return false;
            };
            chance += by_chance;
        }
        chance < BEYOND_CHANCE
    };
    counts.len() >= LEAST_VALUES && READINGS.iter().any(among)
}

/// Values that are counted before all are.
const PROBES: usize = 4;

/// How a number is read as a share: of 1 or in percent, of those with or without the outcome.
struct Reading {
    scale: f64,
    turned: bool,
}

const READINGS: [Reading; 4] = [
    Reading { scale: 1.0, turned: false },
    Reading { scale: 1.0, turned: true },
    Reading { scale: 100.0, turned: false },
    Reading { scale: 100.0, turned: true },
];

impl Reading {
    /// Where `value` is the share of `events` in `n`, the logarithm of the probability that
    /// a right forecast would be; `written` is half of the last decimal.
    fn hit(&self, value: f64, n: usize, events: usize, written: f64) -> Option<f64> {
        let tolerance = written / self.scale * 1.001 + 1e-9;
        let share = if self.turned { 1.0 - value / self.scale } else { value / self.scale };
        let n = number(n);
        let is_hit = (number(events) / n - share).abs() <= tolerance;
        if !is_hit || !(-tolerance..=1.0 + tolerance).contains(&share) {
            return None;
        }
        Some(hit_by_chance(share.clamp(0.0, 1.0), n, tolerance))
    }
}

/// How many known customers have the value, and how many of them the outcome.
fn count(values: &[f64], outcome: &Outcome, wanted: f64) -> (usize, usize) {
    let with = values.iter().zip(&outcome.values).filter(|(value, _)| **value == wanted);
    let known = with.filter_map(|(_, known)| *known);
    known.fold((0, 0), |(n, events), yes| (n + 1, events + usize::from(yes)))
}

/// The logarithm of the probability that the count of a right forecast is within the
/// tolerance of its expectation: the whole numbers there times the normal density.
fn hit_by_chance(share: f64, n: f64, tolerance: f64) -> f64 {
    let variance = n * share * (1.0 - share);
    let hits = (2.0 * tolerance * n).floor() + 1.0;
    let density = 1.0 / (2.0 * std::f64::consts::PI * variance).sqrt();
    if variance < 1.0 { 0.0 } else { libm::log((hits * density).min(1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_by_chance_is_about_the_density_at_the_middle() {
        // 100 customers of .5: P(50 of 100) = .0796, the normal density .0798.
        assert!((hit_by_chance(0.5, 100.0, 1e-9) - 0.0798_f64.ln()).abs() < 1e-3);
        // Written with one decimal, anything from 45 to 55 is a hit.
        assert!((hit_by_chance(0.5, 100.0, 0.05) - (11.0 * 0.0798_f64).ln()).abs() < 1e-3);
        assert!(hit_by_chance(0.0, 100.0, 1e-9).abs() < 1e-12);
    }
}
