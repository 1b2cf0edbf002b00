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
    let mut counts: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
    for (value, known) in values.iter().zip(&outcome.values) {
        let Some(yes) = known.filter(|_| !value.is_nan()) else { continue };
        let count = counts.entry((value + 0.0).to_bits()).or_default();
        *count = (count.0 + 1, count.1 + usize::from(yes));
    }
    let counts: Vec<(f64, usize, usize)> =
        counts.into_iter().map(|(bits, (n, events))| (f64::from_bits(bits), n, events)).collect();
    let written = 0.5 * libm::pow(10.0, -f64::from(column.decimals));
    let among = |scale: f64, turned: bool| {
        let tolerance = written / scale * 1.001 + 1e-9;
        let mut chance = 0.0;
        for &(value, n, events) in &counts {
            let share = if turned { 1.0 - value / scale } else { value / scale };
            let n = number(n);
            let is_hit = (number(events) / n - share).abs() <= tolerance;
            if !is_hit || !(-tolerance..=1.0 + tolerance).contains(&share) {
                return false;
            }
            chance += hit_by_chance(share.clamp(0.0, 1.0), n, tolerance);
        }
        chance < BEYOND_CHANCE
    };
    counts.len() >= LEAST_VALUES
        && [1.0, 100.0].iter().any(|&scale| among(scale, false) || among(scale, true))
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
