//! Quantiles of a sample, Hyndman and Fan's type 7: linear between the order
//! statistics at `(n - 1) q`.
//!
//! # References
//!
//! Hyndman, Fan (1996), Sample quantiles in statistical packages, The American
//! Statistician 50(4), definition 7.

/// The `q` quantile (0..1) of the values; NaN are left out; `None` where none remain.
///
/// Cost: a selection, O(n).
#[must_use]
pub fn quantile(values: &[f64], q: f64) -> Option<f64> {
    let mut known: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    let (below, part) = place(known.len(), q)?;
    let (_, &mut low, above) = known.select_nth_unstable_by(below, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + part * (high - low))
}

/// The position below the `q` quantile of so many sorted values, and how far it is from
/// there to the next.
fn place(n: usize, q: f64) -> Option<(usize, f64)> {
    let last = n.checked_sub(1)?;
    let place = super::number(last) * q.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the place lies in 0..=last"
    )]
    let below = (place.floor() as usize).min(last);
    Some((below, place - super::number(below)))
}

/// The `q` quantile (0..1) of ascending values without NaN; `None` where there are none.
#[must_use]
pub fn quantile_sorted(sorted: &[f64], q: f64) -> Option<f64> {
    let (below, part) = place(sorted.len(), q)?;
    let above = (below + 1).min(sorted.len() - 1);
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
