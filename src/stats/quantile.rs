//! Quantiles of a sample, Hyndman and Fan's type 7: linear between the order
//! statistics at `(n - 1) q`.
//!
//! # References
//!
//! Hyndman, Fan (1996), Sample quantiles in statistical packages, The American
//! Statistician 50(4), definition 7.

/// The `q` quantile (0..1) of the values; NaN are left out; `None` where none remain.
#[must_use]
pub fn quantile(values: &[f64], q: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile_sorted(&sorted, q)
}

/// The `q` quantile (0..1) of ascending values without NaN; `None` where there are none.
#[must_use]
pub fn quantile_sorted(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = super::number(last) * q.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the place lies in 0..=last"
    )]
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let part = place - super::number(below);
    Some(sorted[below] + part * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_numpy() {
        // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [.05, .5, .9]) = 1, 3.5, 6.9.
        let values = [3.0, 1.0, 4.0, f64::NAN, 1.0, 5.0, 9.0, 2.0, 6.0];
        for (q, expected) in [(0.05, 1.0), (0.5, 3.5), (0.9, 6.9), (0.0, 1.0), (1.0, 9.0)] {
            assert!((quantile(&values, q).unwrap() - expected).abs() < 1e-12, "{q}");
        }
        assert_eq!(quantile(&[f64::NAN], 0.5), None);
    }
}
