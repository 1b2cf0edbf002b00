//! NBD: customers order at constant rates that differ, and nobody leaves. The baseline that
//! a model with leaving has to beat.
//!
//! Orders are Poisson at rate lambda; lambda ~ gamma(r, alpha), alpha in days.
//! `ln L = ln(r)_x + r ln(alpha) - (r + x) ln(alpha + T)`, with `(r)_x = r (r+1) ... (r+x-1)`,
//! of the times of the orders and not only of their number.
//!
//! # References
//!
//! Ehrenberg (1959), The pattern of consumer purchases, Applied Statistics 8(1); Fader,
//! Hardie, Lee (2005), Marketing Science 24(2), section 3 without dropout.

use super::newton::{Peak, Slope, climb};
use super::sums::{Rising, in_pieces};
use super::{Compressed, History};

/// Constant rates, nobody leaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nbd {
    /// Shape of the rates.
    pub r: f64,
    /// Scale of the rates, days.
    pub alpha: f64,
}

impl Nbd {
    /// Fits r and alpha, in this order.
    #[must_use]
    pub fn fit(sample: &Compressed) -> (Self, Peak<2>) {
        let (repeats, days) = sample.totals();
        // The mean rate by moments, at a shape of 1.
        let alpha = (days as f64 + 1.0) / (repeats as f64 + 1.0);
        let peak = climb([1.0, alpha], |[r, alpha]| slope(sample, r, alpha));
        (Self { r: peak.parameters[0], alpha: peak.parameters[1] }, peak)
    }

    /// Expected occasions in the next `days`.
    #[must_use]
    pub fn expected(&self, history: History, days: f64) -> f64 {
        (self.r + f64::from(history.repeats)) * days
            / (self.alpha + f64::from(history.observed_days))
    }

    /// P(no order in the next `days`): `((alpha + T) / (alpha + T + days))^(r + x)`.
    #[must_use]
    pub fn no_order(&self, history: History, days: f64) -> f64 {
        let exposed = self.alpha + f64::from(history.observed_days);
        libm::exp(-(self.r + f64::from(history.repeats)) * libm::log1p(days / exposed))
    }
}

/// The log-likelihood with its derivatives by ln r and ln alpha.
fn slope(sample: &Compressed, r: f64, alpha: f64) -> Slope<2> {
    let rising = Rising::new(r, sample.most_repeats() as usize);
    let n = sample.histories().len();
    let mut sum = in_pieces(n, |range| {
        let mut sum = Slope::zero();
        for at in range {
            let history = sample.histories()[at];
            let x = f64::from(history.repeats);
            let exposed = alpha + f64::from(history.observed_days);
            let log = libm::log(exposed);
            let [value, first, second] = rising.at[history.repeats as usize];
            let cross = -1.0 / exposed;
            let one = Slope {
                value: value - (r + x) * log,
                gradient: [first - log, -(r + x) / exposed],
                hessian: [[second, cross], [cross, (r + x) / (exposed * exposed)]],
            };
            sum.add(f64::from(sample.weights()[at]), &one);
        }
        sum
    });
    let log = libm::log(alpha);
    let base = Slope {
        value: r * log,
        gradient: [log, r / alpha],
        hessian: [[0.0, 1.0 / alpha], [1.0 / alpha, -r / (alpha * alpha)]],
    };
    sum.add(sample.n_customers() as f64, &base);
    sum.by_logarithm([r, alpha])
}
