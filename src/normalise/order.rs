//! Order statistics without sorting everything: medians, quantiles, distinct values.

use crate::normalise::{position, real};

/// The quantile at share `p` (0 to 1), linear between neighbours (Hyndman & Fan 1996,
/// Sample Quantiles in Statistical Packages, The American Statistician 50, type 7).
/// Reorders `values`. `None` where there are none.
pub(crate) fn quantile(values: &mut [f64], p: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let at = p.clamp(0.0, 1.0) * real(last);
    let below = position(at.floor(), last);
    let (_, &mut low, rest) = values.select_nth_unstable_by(below, f64::total_cmp);
    let fraction = at - real(below);
    if fraction == 0.0 {
        return Some(low);
    }
    let high = rest.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(fraction.mul_add(high - low, low))
}

/// The middle value; the mean of the two middle ones where their number is even.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The distinct values in ascending order, or `None` where there are more than `limit`.
pub(crate) fn distinct(values: impl Iterator<Item = f64>, limit: usize) -> Option<Vec<f64>> {
    let mut seen: Vec<f64> = Vec::with_capacity(limit + 1);
    for value in values {
        if let Err(at) = seen.binary_search_by(|probe| probe.total_cmp(&value)) {
            if seen.len() == limit {
                return None;
            }
            seen.insert(at, value);
        }
    }
    Some(seen)
}

/// The smallest and the largest value; `None` where there are none.
pub(crate) fn range(values: &[f64]) -> Option<(f64, f64)> {
    let first = *values.first()?;
    Some(values.iter().fold((first, first), |(low, high), &v| (low.min(v), high.max(v))))
}

/// Mean and population standard deviation, by deviations from a first value and in two
/// passes, so that neither a large offset nor a tiny unit costs precision.
pub(crate) fn mean_and_sd(values: &[f64]) -> Option<(f64, f64)> {
    let first = *values.first()?;
    let n = real(values.len());
    let rough = first + values.iter().map(|v| (v - first) / n).sum::<f64>();
    let mean = rough + values.iter().map(|v| (v - rough) / n).sum::<f64>();
    if !mean.is_finite() {
        // Differences overflow: the caller refuses a spread that is not finite.
        return Some((mean, f64::INFINITY));
    }
    let reach = values.iter().fold(0.0_f64, |reach, v| reach.max((v - mean).abs()));
    if reach == 0.0 {
        return Some((mean, 0.0));
    }
    let squares: f64 = values.iter().map(|v| ((v - mean) / reach).powi(2)).sum();
    Some((mean, reach * (squares / n).sqrt()))
}

/// Skewness m3 / m2^1.5 with population moments; 0 for a constant.
pub(crate) fn skewness(values: &[f64]) -> f64 {
    let Some((mean, sd)) = mean_and_sd(values) else { return 0.0 };
    if sd == 0.0 || !sd.is_finite() {
        return 0.0;
    }
    values.iter().map(|v| ((v - mean) / sd).powi(3)).sum::<f64>() / real(values.len())
}
