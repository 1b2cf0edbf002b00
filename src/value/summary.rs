//! What a report shows of a forecast beside the customers: sums, concentration, orders in
//! time, and what a reader has to know.

use super::History;
use super::Way;
use super::bg_nbd::{BgNbd, Leaving};
use super::candidates::{Ready, Stand, first_day};
use crate::day::Day;
use crate::finding::{Finding, Severity};
use crate::orders::Histories;
use crate::results::CurvePoint;
use crate::results::value::{Tracked, ValueResults, ValueTotals};
use crate::said::{Fact, facts};
use crate::stats::{DOMINANT, concentration};

/// Days in a block of the tracking figure.
const BLOCK: i32 = 28;
/// Blocks that are shown at most, the last ones.
const MOST_BLOCKS: i32 = 65;
/// A block this far off the model, in shares of it, and further than chance, is a season.
const SEASON: f64 = 0.25;
const BEYOND_CHANCE: f64 = 4.0;

/// Sums over the customers.
pub(super) fn totals(
    orders: &[f64],
    kept: Option<&[f64]>,
    expected: Option<&[f64]>,
    at_risk: &[bool],
    min_cell: usize,
) -> ValueTotals {
    let mut made = ValueTotals { expected_orders: orders.iter().sum(), ..ValueTotals::default() };
    let (Some(kept), Some(expected)) = (kept, expected) else { return made };
    let of_those = |value: &dyn Fn(usize) -> f64| -> f64 {
        (0..at_risk.len()).filter(|&at| at_risk[at]).map(value).sum()
    };
    made.expected_value = Some(expected.iter().sum());
    made.value_if_kept = Some(of_those(&|at| kept[at]));
    made.value_at_risk = Some(of_those(&|at| kept[at] - expected[at]));
    made.top_tenth = top_tenth(expected, min_cell);
    made
}

/// x = share of customers, largest first, y = their share of all positive value, in steps of
/// at least `min_cell` customers of which none is made by one. Empty where that leaves
/// nothing, or there is no value.
pub(super) fn curve(value: &[f64], min_cell: usize) -> Vec<CurvePoint> {
    let Some((sorted, all)) = ranked(value) else { return Vec::new() };
    let (mut sum, mut taken) = (0.0, 0);
    let share_of_first = |upto: usize| {
        sum += sorted[taken..upto].iter().sum::<f64>();
        taken = upto;
        (sum / all).min(1.0)
    };
    let points = concentration(sorted.len(), min_cell, sorted[0] / all, share_of_first);
    points.into_iter().map(|(x, y)| CurvePoint { x, y }).collect()
}

/// The share of all positive value that the tenth of most value has; `None` where it is of fewer
/// than `min_cell` customers, or one of them makes it.
fn top_tenth(value: &[f64], min_cell: usize) -> Option<f64> {
    let (sorted, all) = ranked(value)?;
    let n = sorted.len().div_ceil(10);
    let sum: f64 = sorted[..n].iter().sum();
    (n >= min_cell.max(1) && sorted[0] <= DOMINANT * sum).then(|| sum / all)
}

/// Positive values from the largest on, and their sum; `None` where there are none.
fn ranked(value: &[f64]) -> Option<(Vec<f64>, f64)> {
    let mut sorted: Vec<f64> = value.iter().map(|value| value.max(0.0)).collect();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let all: f64 = sorted.iter().sum();
    (all > 0.0).then_some((sorted, all))
}

/// Repeat orders in blocks of four weeks beside what BG/NBD expects of customers who came
/// when these did (NBD where no leaving is visible).
pub(super) fn tracking(orders: &Histories, stand: &Stand) -> Vec<Tracked> {
    let Some(first) = first_day(orders) else { return Vec::new() };
    let until = orders.as_of().since_epoch();
    let blocks = ((until - first) / BLOCK).min(MOST_BLOCKS);
    let start = until - blocks * BLOCK;
    if blocks < 3 {
        return Vec::new();
    }
    let bg = stand.candidate(Way::BgNbd);
    let model = match (bg.ready, bg.refused) {
        (Some(ready), None) => ready,
        _ => match stand.candidate(Way::Nbd).ready {
            Some(ready) => ready,
            None => return Vec::new(),
        },
    };
    // Expected repeats by days since the first order; only they matter to a newcomer.
    let by_days: Vec<f64> =
        (0..=(until - first)).map(|days| newcomer(&model, f64::from(days))).collect();
    let (mut actual, mut expected) = (vec![0.0; blocks as usize], vec![0.0; blocks as usize]);
    let mut arrivals = vec![0_u32; (until - first) as usize + 1];
    for customer in 0..orders.n_customers() {
        let days = orders.days(customer);
        arrivals[(days[0] - first) as usize] += 1;
        for pair in days.windows(2).filter(|pair| pair[1] > pair[0] && pair[1] > start) {
            actual[((pair[1] - start - 1) / BLOCK) as usize] += 1.0;
        }
    }
    for (day, &n) in arrivals.iter().enumerate().filter(|(_, n)| **n > 0) {
        let come = first + day as i32;
        for block in 0..blocks {
            let (from, to) = (start + block * BLOCK - come, start + (block + 1) * BLOCK - come);
            let at = |days: i32| by_days[days.max(0) as usize];
            expected[block as usize] += f64::from(n) * (at(to) - at(from));
        }
    }
    let day = |block: i32| {
        Day::from_epoch(start + (block + 1) * BLOCK)
            .map_or_else(|_| String::new(), |d| d.to_string())
    };
    (0..blocks)
        .map(|block| Tracked {
            until: day(block),
            actual: actual[block as usize],
            expected: expected[block as usize],
        })
        .collect()
}

/// Expected repeats of a customer of whom only the first order is known.
fn newcomer(model: &Ready, days: f64) -> f64 {
    let nobody = History::default();
    match model {
        Ready::Bg(model) => {
            BgNbd { leaving: Leaving::AfterRepeats, ..*model }.expected(nobody, days)
        }
        Ready::Nbd(model) => model.expected(nobody, days),
        _ => 0.0,
    }
}

/// What a reader has to know.
pub(super) fn findings(results: &ValueResults) -> Vec<Finding> {
    let mut findings = Vec::new();
    let hidden: Vec<String> = results
        .back_test
        .rows
        .iter()
        .filter(|row| row.refused.as_ref().is_some_and(|why| why.contains("no leaving")))
        .map(|row| row.model.clone())
        .collect();
    if !hidden.is_empty() {
        let told = facts!(
            day = Fact::Day(results.back_test.cut_off.clone()),
            hidden = hidden,
            model = Fact::Phrase(results.model.clone()),
        );
        findings.push(Finding::new("no-leaving-visible", Severity::Warning, told));
    }
    let ended = |fit: &&crate::results::value::ModelFit| {
        !fit.converged && fit.leaving_is_visible != Some(false)
    };
    for fit in results.fits.iter().filter(ended) {
        let told = facts!(model = &fit.model, day = Fact::Day(fit.until.clone()));
        findings.push(Finding::new("fit-not-converged", Severity::Warning, told));
    }
    findings.extend(season(results));
    findings
}

/// The rates of the models are constant; orders that come and go with the season are not.
fn season(results: &ValueResults) -> Option<Finding> {
    let far = |tracked: &&Tracked| {
        let off = tracked.actual - tracked.expected;
        tracked.expected > 0.0
            && off.abs() > SEASON * tracked.expected
            && off.abs() > BEYOND_CHANCE * tracked.expected.sqrt()
    };
    // The first block sees the newcomers of a table that begins in mid-life.
    let months: Vec<&Tracked> = results.tracking.iter().skip(1).filter(far).collect();
    let worst = months.iter().max_by(|a, b| {
        (a.actual / a.expected).ln().abs().total_cmp(&(b.actual / b.expected).ln().abs())
    })?;
    let told = facts!(
        n = months.len(),
        of = results.tracking.len(),
        block = u64::from(BLOCK.unsigned_abs()),
        far = Fact::figure(format!("{:.0}%", SEASON * 100.0)),
        day = Fact::Day(worst.until.clone()),
        off = Fact::figure(format!("{:+.0}%", (worst.actual / worst.expected - 1.0) * 100.0)),
        horizon = results.horizon_days,
    );
    Some(Finding::new("season", Severity::Warning, told).count(months.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_step_of_the_curve_is_of_few_customers_or_of_one() {
        // 85 customers: a fifth of them are 17, a tenth are 8.
        let value: Vec<f64> = (1..=85).map(f64::from).collect();
        let points = curve(&value, 10);
        let shares: Vec<f64> = points.iter().map(|point| point.x).collect();
        assert_eq!(shares, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        let first: f64 = (69..=85).map(f64::from).sum();
        assert!((points[1].y - first / 3_655.0).abs() < 1e-12);
        let step = |pair: &[CurvePoint]| pair[1].y - pair[0].y;
        let steps: Vec<f64> = points.windows(2).map(step).collect();
        assert!(steps.windows(2).all(|pair| pair[0] >= pair[1]), "{steps:?}");
        assert_eq!(top_tenth(&value, 10), None);
        let tenth: f64 = (77..=85).map(f64::from).sum();
        assert!((top_tenth(&value, 5).unwrap() - tenth / 3_655.0).abs() < 1e-12);
        // One customer who makes nearly all of it makes every point but the last.
        let whale: Vec<f64> = [1e6].into_iter().chain(value.iter().copied()).collect();
        assert_eq!(curve(&whale, 10).len(), 2);
        assert_eq!(top_tenth(&whale, 5), None);
        assert!(curve(&value, 86).is_empty() && curve(&[0.0; 50], 5).is_empty());
    }
}
