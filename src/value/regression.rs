//! What the next days bring, learnt from earlier cut-offs of the same orders: two
//! regressions on what was known then.
//!
//! P(any order) is a logistic regression; the number of occasions of those who order is 1
//! plus the mean of a Poisson regression, so that whoever orders, orders at least once.
//! Both see, of each customer and its cut-off, the logarithms of four things: repeat
//! occasions, days since the last, days since the first, and money; with their squares and
//! products. More is less here: what a shorter history before an earlier cut-off distorts
//! (occasions of a recent window, gaps) made the forecast of a real shop worse. It assumes
//! no constant rates and no lasting goodbye, but that earlier horizons were like the next.
//!
//! Every training cut-off c keeps `c + horizon` on or before the cut-off that is
//! predicted: nothing of the outcome is seen.
//!
//! # References
//!
//! Mullahy (1986), Specification and testing of some modified count data models, Journal
//! of Econometrics 33(3) (the two parts); Fader, Hardie, Lee (2005), Journal of Marketing
//! Research 42(4) (what to know of a customer).

use rayon::prelude::*;

use super::glm::{Glm, Kind};
use super::history::{Summary, unit};
use crate::day::Day;
use crate::orders::Histories;
use crate::stats::sigmoid;

/// Cut-offs to learn from at most.
const CUTS: u32 = 4;
/// Rows to learn from at most; of more, every k-th is taken.
const MOST: usize = 200_000;
/// With fewer who order, or do not, nothing is learnt.
const LEAST: usize = 50;

/// Two regressions and the scale of what they see.
#[derive(Debug, Clone)]
pub(super) struct Regression {
    center: Vec<f64>,
    spread: Vec<f64>,
    any: Glm,
    more: Glm,
}

/// The cut-offs from which a prediction for the days after `until` can be learnt: the
/// latest `horizon` days before, then earlier ones a third of a horizon apart, each with
/// at least a third of a horizon of orders before it.
pub(super) fn cuts(first: i32, until: Day, horizon: u32) -> Vec<Day> {
    let (until, horizon) = (until.since_epoch(), horizon as i32);
    let step = (horizon / 3).max(1);
    (0..CUTS as i32)
        .map(|at| until - horizon - at * step)
        .filter(|cut| cut - first >= step)
        .filter_map(|cut| Day::from_epoch(cut).ok())
        .collect()
}

impl Regression {
    /// Learns; `None` where there is no earlier cut-off or too little to learn.
    pub(super) fn fit(orders: &Histories, cuts: &[Day], horizon: u32) -> Option<Self> {
        let (mut rows, mut bought) = (Vec::new(), Vec::new());
        for &cut in cuts {
            let summary = Summary::of(orders, cut);
            rows.extend(features(&summary));
            bought.extend(summary.ahead(orders, horizon).iter().map(|b| b.occasions));
        }
        let every = rows.len().div_ceil(MOST).max(1);
        let rows: Vec<[f64; BARE]> = rows.into_iter().step_by(every).collect();
        let bought: Vec<u32> = bought.into_iter().step_by(every).collect();
        let buyers = bought.iter().filter(|&&n| n > 0).count();
        if buyers < LEAST || bought.len() - buyers < LEAST {
            return None;
        }
        let n = rows.len() as f64;
        let center: Vec<f64> =
            (0..BARE).map(|j| rows.iter().map(|row| row[j]).sum::<f64>() / n).collect();
        let spread: Vec<f64> = (0..BARE)
            .map(|j| {
                let squares: f64 = rows.iter().map(|row| (row[j] - center[j]).powi(2)).sum();
                (squares / n).sqrt()
            })
            .collect();
        let seen: Vec<f64> =
            rows.iter().flat_map(|row| standardised(row, &center, &spread)).collect();
        let any: Vec<f64> = bought.iter().map(|&n| f64::from(u8::from(n > 0))).collect();
        let any = Glm::fit(Kind::Logistic, &seen, WIDTH, &any)?;
        let (mut some, mut more) = (Vec::new(), Vec::new());
        for (row, &n) in seen.chunks_exact(WIDTH).zip(&bought).filter(|(_, n)| **n > 0) {
            some.extend_from_slice(row);
            more.push(f64::from(n - 1));
        }
        let more = Glm::fit(Kind::Poisson, &some, WIDTH, &more)?;
        let sound = any.converged && more.converged;
        sound.then_some(Self { center, spread, any, more })
    }

    /// P(no order) and expected occasions of each customer of the summary.
    pub(super) fn predict(&self, summary: &Summary, horizon: u32) -> Vec<(f64, f64)> {
        // No more occasions than days.
        let most = f64::from(horizon.saturating_sub(1));
        features(summary)
            .par_iter()
            .with_min_len(256)
            .map(|row| {
                let seen = standardised(row, &self.center, &self.spread);
                let any = sigmoid(self.any.predict(&seen));
                (1.0 - any, any * (1.0 + libm::exp(self.more.predict(&seen)).min(most)))
            })
            .collect()
    }
}

/// What is seen of a customer, before squares and products.
const BARE: usize = 4;
/// With them.
const WIDTH: usize = BARE + BARE * (BARE + 1) / 2;

/// Values far outside of what was learnt from say no more than those at its edge.
fn standardised(row: &[f64; BARE], center: &[f64], spread: &[f64]) -> [f64; WIDTH] {
    let mut seen = [0.0; WIDTH];
    for j in 0..BARE {
        if spread[j] > 0.0 {
            seen[j] = ((row[j] - center[j]) / spread[j]).clamp(-4.0, 4.0);
        }
    }
    let mut at = BARE;
    for i in 0..BARE {
        for j in i..BARE {
            seen[at] = seen[i] * seen[j] - if i == j { 1.0 } else { 0.0 };
            at += 1;
        }
    }
    seen
}

fn features(summary: &Summary) -> Vec<[f64; BARE]> {
    let unit = summary.money_decimals.map(unit);
    let typical = typical_money(summary);
    (0..summary.n_customers())
        .into_par_iter()
        .with_min_len(1024)
        .map(|at| {
            let history = summary.histories[at];
            let money = unit.map_or(0.0, |unit| (summary.money[at] as f64 / unit).max(0.0));
            [
                libm::log1p(f64::from(history.repeats)),
                libm::log1p(f64::from(history.days_since_last())),
                libm::log1p(f64::from(history.observed_days)),
                libm::log1p(money / typical),
            ]
        })
        .collect()
}

/// The median of the positive sums of money; 1 where there is none.
fn typical_money(summary: &Summary) -> f64 {
    let Some(decimals) = summary.money_decimals else { return 1.0 };
    let unit = unit(decimals);
    let positive: Vec<f64> = summary
        .money
        .iter()
        .filter(|&&money| money > 0)
        .map(|&money| money as f64 / unit)
        .collect();
    crate::stats::quantile(&positive, 0.5).unwrap_or(1.0)
}
