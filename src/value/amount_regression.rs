//! What an order of a customer brings, learnt from what every order brought before: each
//! occasion after the first beside the mean and the number of those before it.
//!
//! With n occasions so far of mean m, and t the median of all such m above 0,
//!
//! `ln E = b0 + b1 L + b2 u + b3 L u`, `L = ln (m / t)`, `u = 1 / (n + 1)`
//!
//! so that the own mean counts for more the more occasions it rests on (b3 below 0), and
//! who comes often may spend otherwise per order (b2). It is a gamma regression whose
//! largest pulls are bounded ([`super::glm`]): right in shares of an amount, for small
//! customers as for large ones, but for what lies beyond the bound. A mean that is drawn to
//! that of all in money, as Gamma-Gamma and credibility do, promises the small the money of
//! the few who buy most.
//!
//! # References
//!
//! `McCullagh`, Nelder (1989), Generalized linear models, chapter 8 (gamma, log link); Dawid
//! (1984), Present position and potential developments: the prequential approach, JRSS A
//! 147(2) (each value from those before it).

use super::glm::{Glm, Kind};
use super::history::{Summary, unit};
use crate::orders::Histories;

/// With fewer customers of two occasions nothing is learnt.
const LEAST: usize = 50;
/// Occasions to learn from, about; of more, every k-th customer is taken.
const MOST: u64 = 200_000;
/// A mean below this share of the typical one, or below 0, counts as this share of it.
const LOWEST: f64 = 0.01;
/// `L`, `u` and their product.
const WIDTH: usize = 3;

/// A fitted regression.
#[derive(Debug, Clone)]
pub(super) struct AmountRegression {
    typical: f64,
    fit: Glm,
}

/// An occasion and those of the same customer before it, in the input's unit of money.
struct Seen {
    occasions: u32,
    mean: f64,
    amount: f64,
}

impl AmountRegression {
    /// Learns from the occasions up to the cut-off.
    ///
    /// # Errors
    ///
    /// They are too few, or no regression fits them; said in words.
    pub(super) fn fit(orders: &Histories, summary: &Summary) -> Result<Self, String> {
        let again: Vec<usize> =
            (0..summary.n_customers()).filter(|&at| summary.histories[at].repeats > 0).collect();
        if again.len() < LEAST {
            return Err(format!(
                "{} customers have ordered again, and {LEAST} are needed",
                again.len()
            ));
        }
        let all: u64 = again.iter().map(|&at| u64::from(summary.histories[at].repeats)).sum();
        let every = (all.div_ceil(MOST) as usize).clamp(1, again.len() / LEAST);
        let mut seen: Vec<Seen> = Vec::new();
        for &at in again.iter().step_by(every) {
            follow(&occasions(orders, summary, at), &mut seen);
        }
        let means: Vec<f64> =
            seen.iter().map(|seen| seen.mean).filter(|mean| *mean > 0.0).collect();
        let typical = crate::stats::quantile(&means, 0.5).ok_or("no order brought anything")?;
        let rows: Vec<f64> =
            seen.iter().flat_map(|seen| row(seen.mean / typical, seen.occasions)).collect();
        let y: Vec<f64> = seen.iter().map(|seen| seen.amount / typical).collect();
        let fit = Glm::fit(Kind::Gamma, &rows, WIDTH, &y).filter(|fit| fit.converged);
        let fit = fit.ok_or("no regression fits the amounts")?;
        Ok(Self { typical, fit })
    }

    /// The expected amount of the next occasion after `occasions` of this mean.
    pub(super) fn expected(&self, mean: f64, occasions: u32) -> f64 {
        self.typical * libm::exp(self.fit.predict(&row(mean / self.typical, occasions)))
    }
}

/// What is seen before an occasion; the mean in units of the typical one.
fn row(mean: f64, occasions: u32) -> [f64; WIDTH] {
    let level = libm::log(mean.max(LOWEST));
    let few = 1.0 / (f64::from(occasions) + 1.0);
    [level, few, level * few]
}

/// Every occasion of a customer after the first, with those before it.
fn follow(amounts: &[f64], seen: &mut Vec<Seen>) {
    let mut sum = 0.0;
    for (before, &amount) in amounts.iter().enumerate() {
        if before > 0 {
            let mean = sum / before as f64;
            seen.push(Seen { occasions: before as u32, mean, amount });
        }
        sum += amount;
    }
}

/// The amounts of the occasions up to the cut-off of the customer at this place of the
/// summary, in the input's unit.
pub(super) fn occasions(orders: &Histories, summary: &Summary, at: usize) -> Vec<f64> {
    let customer = summary.customers[at] as usize;
    let unit = unit(summary.money_decimals.unwrap_or(0));
    let (days, amounts) = (orders.days(customer), orders.amounts(customer));
    let end = days.partition_point(|&day| day <= summary.cut_off.since_epoch());
    let same_day = days[..end].chunk_by(|a, b| a == b);
    let mut from = 0;
    let sums = same_day.map(|day| {
        from += day.len();
        amounts[from - day.len()..from].iter().map(|&amount| amount as f64).sum::<f64>() / unit
    });
    sums.collect()
}
