//! Gamma-Gamma: what an order of a customer brings on average.
//!
//! The amounts of a customer's orders are gamma(p, nu) around a mean of their own, with
//! nu ~ gamma(q, v); x repeat occasions with mean m, in the input's unit of money:
//!
//! `ln L = ln G(px+q) - ln G(px) - ln G(q) + q ln v + (px-1) ln m + px ln x - (px+q) ln(v + xm)`
//!
//! The first occasion is no part of m, as in the published fit: it is often of another
//! size. A mean of 0 or less (free orders, refunds) is left out and counted.
//!
//! - Expected mean amount: `p (v + x m) / (px + q - 1)`, between the own mean and that of
//!   all, `p v / (q - 1)`. The latter is finite for q > 1 only.
//! - The amounts must not depend on how often a customer orders: beyond a Spearman
//!   correlation of .2 between x and m that is refused, see [`GammaGamma::DEPENDENT`].
//!
//! # References
//!
//! Fader, Hardie, Lee (2005), RFM and CLV: using iso-value curves for customer base
//! analysis, Journal of Marketing Research 42(4); Fader, Hardie (2013), The gamma-gamma
//! model of monetary value, equations 1a, 5 and 6.

use super::history::{Summary, unit};
use super::newton::{Peak, Slope, climb};
use super::special::{digamma, ln_gamma, trigamma};
use super::sums::in_pieces;

/// The mean amount of a customer's repeat occasions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spending {
    /// Repeat occasions, at least 1.
    pub repeats: u32,
    /// Their mean amount, above 0.
    pub mean: f64,
}

impl Spending {
    /// Of the customer at this place of the summary; `None` where nothing was bought again,
    /// or it brought nothing.
    #[must_use]
    pub fn of(summary: &Summary, at: usize) -> Option<Self> {
        let repeats = summary.histories[at].repeats;
        let money = summary.repeat_money.get(at).copied().unwrap_or(0);
        let of_one = unit(summary.money_decimals?) * f64::from(repeats);
        (repeats > 0 && money > 0).then(|| Self { repeats, mean: money as f64 / of_one })
    }
}

/// A fitted model; v is in the input's unit of money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaGamma {
    /// Shape of the amounts of one customer.
    pub p: f64,
    /// Shape of the differences between customers.
    pub q: f64,
    /// Scale of the amounts.
    pub v: f64,
}

impl GammaGamma {
    /// Beyond this Spearman correlation of occasions and mean amount the model is refused.
    pub const DEPENDENT: f64 = 0.2;
    /// With fewer customers no model of three parameters is fitted.
    pub const LEAST: usize = 20;

    /// Fits p, q, v, in this order; `None` for fewer than [`Self::LEAST`] customers or
    /// where all spend alike.
    #[must_use]
    pub fn fit(sample: &[Spending]) -> Option<(Self, Peak<3>)> {
        if sample.len() < Self::LEAST {
            return None;
        }
        let first = sample[0].mean;
        if sample.iter().all(|spending| (spending.mean - first).abs() < 1e-12 * first) {
            return None;
        }
        let mean = sample.iter().map(|s| s.mean).sum::<f64>() / sample.len() as f64;
        let logs: Vec<(f64, f64)> =
            sample.iter().map(|s| (libm::log(s.mean), libm::log(f64::from(s.repeats)))).collect();
        let most = sample.iter().map(|s| s.repeats).max().unwrap_or(1);
        // p v / (q - 1) is the mean.
        let peak = climb([4.0, 3.0, mean / 2.0], |parameters| {
            Self::of(parameters).slope(sample, &logs, most)
        });
        Some((Self::of(peak.parameters), peak))
    }

    /// The model with the parameters p, q, v.
    #[must_use]
    pub fn of([p, q, v]: [f64; 3]) -> Self {
        Self { p, q, v }
    }

    /// The mean amount of all; `None` where q <= 1, whose mean is infinite.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// The expected mean amount of a customer with `spending`.
    #[must_use]
    pub fn expected(&self, spending: Spending) -> f64 {
        let x = f64::from(spending.repeats);
        self.p * (self.v + x * spending.mean) / (self.p * x + self.q - 1.0).max(1e-9)
    }

    /// The log-likelihood with its derivatives by the logarithms of the parameters.
    fn slope(&self, sample: &[Spending], logs: &[(f64, f64)], most: u32) -> Slope<3> {
        let (p, q, v) = (self.p, self.q, self.v);
        let by_count: Vec<Option<[f64; 6]>> = by_count(self, sample, most);
        let mut sum = in_pieces(sample.len(), |range| {
            let mut sum = Slope::zero();
            for at in range {
                let (x, (log_mean, log_x)) = (f64::from(sample[at].repeats), logs[at]);
                let Some(known) = by_count[sample[at].repeats as usize] else { continue };
                let total = v + x * sample[at].mean;
                let (log, shape) = (libm::log(total), p * x + q);
                let by_p = x * (log_mean + log_x - log);
                let (by_q, by_v) = (-log, -shape / total);
                let one = Slope {
                    value: known[0] + (p * x - 1.0) * log_mean + p * x * log_x - shape * log,
                    gradient: [known[1] + by_p, known[2] + by_q, by_v],
                    hessian: [
                        [known[3], known[4], -x / total],
                        [known[4], known[5], -1.0 / total],
                        [-x / total, -1.0 / total, shape / (total * total)],
                    ],
                };
                sum.add(1.0, &one);
            }
            sum
        });
        let log = libm::log(v);
        let base = Slope {
            value: q * log - ln_gamma(q),
            gradient: [0.0, log - digamma(q), q / v],
            hessian: [[0.0; 3], [0.0, -trigamma(q), 1.0 / v], [0.0, 1.0 / v, -q / (v * v)]],
        };
        sum.add(sample.len() as f64, &base);
        sum.by_logarithm([p, q, v])
    }
}

/// `ln G(px+q) - ln G(px)`, its derivatives by p and q, and its second ones (pp, pq, qq),
/// for every number of occasions that occurs.
fn by_count(model: &GammaGamma, sample: &[Spending], most: u32) -> Vec<Option<[f64; 6]>> {
    let mut known = vec![None; most as usize + 1];
    for spending in sample {
        let slot = &mut known[spending.repeats as usize];
        if slot.is_none() {
            let x = f64::from(spending.repeats);
            let (px, shape) = (model.p * x, model.p * x + model.q);
            let (first, second) = (digamma(shape), trigamma(shape));
            *slot = Some([
                ln_gamma(shape) - ln_gamma(px),
                x * (first - digamma(px)),
                first,
                x * x * (second - trigamma(px)),
                x * second,
                second,
            ]);
        }
    }
    known
}
