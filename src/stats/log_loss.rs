//! Mean log-loss, natural logarithm: `-mean(y ln p + (1 - y) ln(1 - p))`.
//!
//! Lower is better; always saying the base rate is the figure to beat. Probabilities
//! are clipped to `1e-15 .. 1 - 1e-15`, so that one wrong certainty is not infinite.
//!
//! # References
//!
//! Good (1952), Rational decisions, Journal of the Royal Statistical Society B 14(1).

/// The loss of one probability.
#[must_use]
pub fn loss_of(p: f64, outcome: bool) -> f64 {
    let p = p.clamp(1e-15, 1.0 - 1e-15);
    if outcome { -libm::log(p) } else { -libm::log1p(-p) }
}

/// A sum of `ln(1 + x)` for x in 0..1: the factors are multiplied and the logarithm is
/// taken once for 512 of them, which is as exact and many times faster.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogSum {
    sum: f64,
    product: f64,
    factors: u32,
}

impl LogSum {
    pub(crate) const ZERO: Self = Self { sum: 0.0, product: 1.0, factors: 0 };

    /// Adds `ln(1 + x)`, `0 <= x <= 1`.
    pub(crate) fn add(&mut self, x: f64) {
        self.product *= 1.0 + x;
        self.factors += 1;
        // 2^512 is far from the largest number.
        if self.factors == 512 {
            *self = Self { sum: self.total(), ..Self::ZERO };
        }
    }

    /// The sum so far.
    pub(crate) fn total(self) -> f64 {
        self.sum + libm::log(self.product)
    }
}

/// Mean log-loss; `None` where nothing is given or the lengths differ.
#[must_use]
pub fn log_loss(p: &[f64], outcomes: &[bool]) -> Option<f64> {
    (p.len() == outcomes.len() && !p.is_empty()).then(|| {
        p.iter().zip(outcomes).map(|(&p, &y)| loss_of(p, y)).sum::<f64>() / super::number(p.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::fixture::forty;

    #[test]
    fn a_coin_costs_the_logarithm_of_two() {
        let loss = log_loss(&[0.5, 0.5], &[true, false]).unwrap();
        assert!((loss - std::f64::consts::LN_2).abs() < 1e-15);
        assert!(log_loss(&[0.0], &[true]).unwrap().is_finite());
        assert_eq!(log_loss(&[], &[]), None);
    }

    #[test]
    fn the_sum_of_logarithms_is_the_logarithm_of_the_product() {
        let mut sum = LogSum::ZERO;
        let mut expected = 0.0;
        for i in 0..5000 {
            let x = f64::from(i % 101) / 100.0;
            sum.add(x);
            expected += libm::log1p(x);
        }
        assert!((sum.total() - expected).abs() < 1e-10);
    }

    #[test]
    fn equals_scikit_learn() {
        // log_loss(y, p), scikit-learn 1.9.1, see stats::fixture.
        let (p, y) = forty();
        assert!((log_loss(&p, &y).unwrap() - 0.808_569_039_035_095_8).abs() < 1e-14);
    }
}
