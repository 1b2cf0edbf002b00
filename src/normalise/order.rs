//! Order statistics without sorting everything: medians, quantiles, distinct values.

use crate::normalise::{position, real};
use crate::stats::at_rank;

/// The quantile at share `p` (0 to 1), linear between neighbours (Hyndman & Fan 1996,
/// Sample Quantiles in Statistical Packages, The American Statistician 50, type 7). `None`
/// where there are none.
pub(crate) fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let at = p.clamp(0.0, 1.0) * real(last);
    let below = position(at.floor(), last);
    let (low, high) = at_rank(values, below)?;
    let fraction = at - real(below);
    if fraction == 0.0 {
        return Some(low);
    }
    Some(fraction.mul_add(high - low, low))
}

/// The middle value; the mean of the two middle ones where their number is even.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
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

/// Sums and extremes are taken in so many lanes, always the same way.
const LANES: usize = 8;

/// The sum of what `of` makes of each value.
fn sum_of(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for (sum, &value) in sums.iter_mut().zip(chunk) {
            *sum += of(value);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|&value| of(value)).sum::<f64>()
}

/// The smallest and the largest value; `None` where there are none.
pub(crate) fn range(values: &[f64]) -> Option<(f64, f64)> {
    let first = *values.first()?;
    let (chunks, rest) = values.as_chunks::<LANES>();
    let (mut low, mut high) = ([first; LANES], [first; LANES]);
    for chunk in chunks {
        for ((low, high), &value) in low.iter_mut().zip(&mut high).zip(chunk) {
            *low = if value < *low { value } else { *low };
            *high = if value > *high { value } else { *high };
        }
    }
    let all = || rest.iter().copied();
    let low = low.into_iter().chain(all()).fold(first, f64::min);
    Some((low, high.into_iter().chain(all()).fold(first, f64::max)))
}

/// Mean and population standard deviation, by deviations from a first value and in two
/// passes, so that a large offset does not cost precision.
pub(crate) fn mean_and_sd(values: &[f64]) -> Option<(f64, f64)> {
    let first = *values.first()?;
    let n = real(values.len());
    let rough = first + sum_of(values, |v| v - first) / n;
    let mean = rough + sum_of(values, |v| v - rough) / n;
    let squares = sum_of(values, |v| (v - mean) * (v - mean));
    if (1e-200..1e200).contains(&squares) {
        return Some((mean, (squares / n).sqrt()));
    }
    Some(held_in_range(values, first, n))
}

/// The same for numbers in units so tiny or huge that their squares leave the range, and for
/// constants.
fn held_in_range(values: &[f64], first: f64, n: f64) -> (f64, f64) {
    let rough = first + sum_of(values, |v| (v - first) / n);
    let mean = rough + sum_of(values, |v| (v - rough) / n);
    if !mean.is_finite() {
        // Differences overflow: the caller refuses a spread that is not finite.
        return (mean, f64::INFINITY);
    }
    let reach = values.iter().fold(0.0_f64, |reach, v| reach.max((v - mean).abs()));
    if reach == 0.0 {
        return (mean, 0.0);
    }
    let squares = sum_of(values, |v| ((v - mean) / reach).powi(2));
    (mean, reach * (squares / n).sqrt())
}

/// Skewness m3 / m2^1.5 with population moments; 0 for a constant.
pub(crate) fn skewness(values: &[f64]) -> f64 {
    let Some((mean, sd)) = mean_and_sd(values) else { return 0.0 };
    if sd == 0.0 || !sd.is_finite() {
        return 0.0;
    }
    let inverse = 1.0 / sd;
    let cubes = if inverse.is_finite() {
        sum_of(values, |v| ((v - mean) * inverse).powi(3))
    } else {
        sum_of(values, |v| ((v - mean) / sd).powi(3))
    };
    cubes / real(values.len())
}
