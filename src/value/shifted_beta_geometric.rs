//! Shifted-beta-geometric: how long contracts last.
//!
//! At the end of each period a customer cancels with a probability of its own, which is
//! beta(a, b) among customers. `S(t) = (b)_t / (a+b)_t` is the share that is still there
//! after t periods, and `P(cancel at the end of t) = S(t-1) a / (a + b + t - 1)`. Retention
//! rises with time though nobody changes: those who cancel easily are gone first.
//!
//! It needs customers who left and customers who stayed. Customers who are seen only from
//! some age on count from then on; a snapshot of those who are still there, or left at some
//! time, without saying since when they are seen, is of no use.
//!
//! # References
//!
//! Fader, Hardie (2007), How to project customer retention, Journal of Interactive
//! Marketing 21(1), equations 5 to 7; Fader, Hardie (2010), Customer-base valuation in a
//! contractual setting, Marketing Science 29(1), equation 6.

use super::newton::{Peak, Slope, climb};
use super::sums::Rising;

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShiftedBetaGeometric {
    /// First shape of the probability of cancelling.
    pub a: f64,
    /// Second shape.
    pub b: f64,
}

/// Contracts by the number of periods they have lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasted {
    /// Periods: for those who cancelled, the one at whose end they did, from 1.
    pub periods: u32,
    /// How many cancelled then.
    pub cancelled: u64,
    /// How many are still there after as many periods.
    pub current: u64,
    /// Periods they had lasted when they were first seen; 0 for those seen from the start.
    pub entered: u32,
}

impl ShiftedBetaGeometric {
    /// Fits a and b, in this order; `None` where nobody cancelled or nobody could.
    #[must_use]
    pub fn fit(sample: &[Lasted]) -> Option<(Self, Peak<2>)> {
        let possible = |row: &&Lasted| row.periods > row.entered;
        let cancelled: u64 = sample.iter().filter(possible).map(|row| row.cancelled).sum();
        if cancelled == 0 {
            return None;
        }
        let most = sample.iter().map(|row| row.periods).max()?;
        let peak = climb([1.0, 1.0], |[a, b]| slope(sample, most as usize, a, b));
        let [a, b] = peak.parameters;
        Some((Self { a, b }, peak))
    }

    /// The share that is still there after `periods`.
    #[must_use]
    pub fn survival(&self, periods: u32) -> f64 {
        (0..periods).map(|t| (self.b + f64::from(t)) / (self.a + self.b + f64::from(t))).product()
    }

    /// The share of those there after `periods - 1` that stays for another, from 1.
    #[must_use]
    pub fn retention(&self, periods: u32) -> f64 {
        let before = f64::from(periods.saturating_sub(1));
        (self.b + before) / (self.a + self.b + before)
    }

    /// Expected further periods, at most `ahead`, of a customer who is there after
    /// `periods`; the next one counts where it is renewed.
    #[must_use]
    pub fn expected_periods(&self, periods: u32, ahead: u32) -> f64 {
        let (mut stays, mut sum) = (1.0, 0.0);
        for t in 1..=ahead {
            stays *= self.retention(periods.saturating_add(t));
            sum += stays;
        }
        sum
    }
}

fn slope(sample: &[Lasted], most: usize, a: f64, b: f64) -> Slope<2> {
    let (stays, both) = (Rising::new(b, most), Rising::new(a + b, most));
    let mut sum = Slope::zero();
    // S(t).
    let survive = |t: usize| {
        let (stays, both) = (stays.at[t], both.at[t]);
        Slope {
            value: stays[0] - both[0],
            gradient: [-both[1], stays[1] - both[1]],
            hessian: [[-both[2], -both[2]], [-both[2], stays[2] - both[2]]],
        }
    };
    for row in sample {
        let t = row.periods as usize;
        // Whoever left before could not be seen.
        sum.add(-((row.current + row.cancelled) as f64), &survive(row.entered as usize));
        sum.add(row.current as f64, &survive(t));
        if t == 0 || row.cancelled == 0 {
            continue;
        }
        let cancelled = row.cancelled as f64;
        sum.add(cancelled, &survive(t - 1));
        let total = a + b + (t - 1) as f64;
        let (one, square) = (1.0 / total, 1.0 / (total * total));
        let leave = Slope {
            value: libm::log(a / total),
            gradient: [1.0 / a - one, -one],
            hessian: [[square - 1.0 / (a * a), square], [square, square]],
        };
        sum.add(cancelled, &leave);
    }
    sum.by_logarithm([a, b])
}
