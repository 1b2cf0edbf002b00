//! Brier score: the mean squared difference of probability and outcome.
//!
//! # References
//!
//! Brier (1950), Verification of forecasts expressed in terms of probability, Monthly
//! Weather Review 78(1), equation 2 (half of it, as is usual for two classes).

/// Mean of `(p - y)^2`, 0..1; `None` where nothing is given or the lengths differ.
#[must_use]
pub fn brier(p: &[f64], outcomes: &[bool]) -> Option<f64> {
    (p.len() == outcomes.len() && !p.is_empty()).then(|| {
        let square = |(&p, &y): (&f64, &bool)| (p - f64::from(u8::from(y))).powi(2);
        p.iter().zip(outcomes).map(square).sum::<f64>() / super::number(p.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::fixture::forty;

    #[test]
    fn a_case_by_hand() {
        // (.2 - 0)^2 = .04 and (.9 - 1)^2 = .01: mean .025.
        assert!((brier(&[0.2, 0.9], &[false, true]).unwrap() - 0.025).abs() < 1e-15);
        assert_eq!(brier(&[], &[]), None);
    }

    #[test]
    fn equals_scikit_learn() {
        // brier_score_loss(y, p), scikit-learn 1.9.1, see stats::fixture.
        let (p, y) = forty();
        assert!((brier(&p, &y).unwrap() - 0.2825).abs() < 1e-14);
    }
}
