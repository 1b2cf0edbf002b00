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
    fn equals_scikit_learn() {
        // log_loss(y, p), scikit-learn 1.9.1, see stats::fixture.
        let (p, y) = forty();
        assert!((log_loss(&p, &y).unwrap() - 0.808_569_039_035_095_8).abs() < 1e-14);
    }
}
