//! Generic statistics of scores against outcomes: what a prediction is worth, and
//! how sure that is. Each is a formula of its own in a file of its own, in `f64`,
//! and knows nothing of customers.

mod auc;
mod average_precision;
pub mod bootstrap;
mod brier;
pub mod calibration;
mod concentration;
mod dip;
pub(crate) mod exponential;
mod holm;
mod lift;
mod log_loss;
pub(crate) mod logarithm;
mod near_best;
pub(crate) mod order;
mod quantile;
mod ranking;
mod spearman;
mod wilson;

pub use auc::{roc_auc, roc_auc_of_groups};
pub use average_precision::average_precision;
pub use brier::brier;
pub(crate) use concentration::{DOMINANT, concentration};
pub use dip::{dip, dip_p_value};
pub use holm::holm;
pub(crate) use log_loss::LogSum;
pub use log_loss::{log_loss, loss_of};
pub(crate) use near_best::first_near_best;
pub(crate) use quantile::at_rank;
pub use quantile::{quantile, quantile_sorted};
pub use ranking::{Counts, Ranking};
pub use spearman::{correlation, spearman};
pub use wilson::wilson;

/// The 97.5 % point of the standard normal distribution: half of a 95 % interval in
/// standard errors.
pub const Z95: f64 = 1.959_963_984_540_054;

/// A count as a number; exact below 2^53, and no machine holds more customers.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}

/// The logistic function `1 / (1 + exp(-x))`, without overflow at either end.
#[must_use]
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let e = libm::exp(x);
        e / (1.0 + e)
    }
}

/// The log-odds of a probability, clipped to `1e-15 .. 1 - 1e-15` so that it is finite.
#[must_use]
pub fn log_odds(p: f64) -> f64 {
    let p = p.clamp(1e-15, 1.0 - 1e-15);
    libm::log(p) - libm::log1p(-p)
}

#[cfg(test)]
pub(crate) mod fixture {
    //! Forty scores in tenths with ties, the same in Python:
    //! `i = arange(40); p = (1 + (i*37) % 9) / 10; y = (i*i*7 + i*3) % 11 < 2 + ((i*37) % 9) / 2`.
    //! Recorded with scikit-learn 1.9.1.

    /// Scores and outcomes.
    pub(crate) fn forty() -> (Vec<f64>, Vec<bool>) {
        (0..40_u32)
            .map(|i| {
                let level = (i * 37) % 9;
                let p = f64::from(1 + level) / 10.0;
                (p, f64::from((i * i * 7 + i * 3) % 11) < 2.0 + f64::from(level) / 2.0)
            })
            .unzip()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigmoid_and_log_odds_undo_each_other_and_stay_finite() {
        for x in [-30.0, -1.5, 0.0, 0.3, 12.0] {
            assert!((log_odds(sigmoid(x)) - x).abs() < 1e-2_f64.min(1e-9 + x.abs() * 1e-4), "{x}");
        }
        assert!(sigmoid(-800.0).abs() < 1e-300);
        assert!((sigmoid(800.0) - 1.0).abs() < 1e-15);
        assert!(log_odds(0.0).is_finite() && log_odds(1.0).is_finite());
    }
}
