//! Sample sizes: how many units an effect needs, and which effect so many units show.

use super::Measure;
use super::distribution::two_sided;
use crate::normalise::normal_quantile;

/// The largest experiment that is thought of.
const MOST: f64 = 1e12;

/// What an effect is judged by: the two arms' variances, as one of no effect would have them
/// and as they are.
fn variances(
    measure: Measure,
    base: f64,
    sd: f64,
    effect: f64,
    ratio: f64,
) -> ([f64; 2], [f64; 2]) {
    match measure {
        Measure::Mean => ([sd * sd; 2], [sd * sd; 2]),
        Measure::Rate => {
            let other = base + effect;
            // The pooled rate where the treated arm is `ratio` times the control.
            let pooled = (base + ratio * other) / (1.0 + ratio);
            let of = |p: f64| p * (1.0 - p);
            ([of(pooled); 2], [of(base), of(other)])
        }
    }
}

/// The power of a two-sided test at `alpha` for a difference `effect`, with `control` and
/// `treated` units; 0..1. `sd` is read for means alone.
#[must_use]
pub fn power(
    measure: Measure,
    (base, sd): (f64, f64),
    effect: f64,
    (control, treated): (f64, f64),
    alpha: f64,
) -> f64 {
    if control <= 0.0 || treated <= 0.0 {
        return 0.0;
    }
    let (none, some) = variances(measure, base, sd, effect, treated / control);
    let error = |v: [f64; 2]| (v[0] / control + v[1] / treated).sqrt();
    let (null, real) = (error(none), error(some));
    if real <= 0.0 {
        return if effect == 0.0 { alpha } else { 1.0 };
    }
    let z = normal_quantile(1.0 - alpha / 2.0);
    let at = (effect.abs() - z * null) / real;
    let beyond = two_sided(at) / 2.0;
    if at > 0.0 { 1.0 - beyond } else { beyond }
}

/// The units of the control arm that a difference `effect` needs, where the treated arm is
/// `ratio` times as large; infinite for no effect.
#[must_use]
pub fn needed(
    measure: Measure,
    base: (f64, f64),
    effect: f64,
    ratio: f64,
    (alpha, wanted): (f64, f64),
) -> f64 {
    if effect == 0.0 {
        return f64::INFINITY;
    }
    let (none, some) = variances(measure, base.0, base.1, effect, ratio);
    let (z, beta) = (normal_quantile(1.0 - alpha / 2.0), normal_quantile(wanted));
    let error = |v: [f64; 2]| (v[0] + v[1] / ratio).sqrt();
    let root = (z * error(none) + beta * error(some)) / effect.abs();
    (root * root).ceil().min(MOST)
}

/// The smallest difference away from the base, upwards for means and towards the middle for
/// rates, that so many units show with the wanted power; `None` where no difference does.
#[must_use]
pub fn detectable(
    measure: Measure,
    (base, sd): (f64, f64),
    (control, treated): (f64, f64),
    (alpha, wanted): (f64, f64),
) -> Option<f64> {
    let sign = if measure == Measure::Rate && base > 0.5 { -1.0 } else { 1.0 };
    let most = match measure {
        Measure::Rate => (if sign > 0.0 { 1.0 - base } else { base }) * (1.0 - 1e-9),
        Measure::Mean => sd * 1e6,
    };
    let shows = |effect: f64| {
        power(measure, (base, sd), sign * effect, (control, treated), alpha) >= wanted
    };
    if most <= 0.0 || !shows(most) {
        return None;
    }
    let (mut low, mut high) = (0.0, most);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if shows(middle) { high = middle } else { low = middle }
    }
    Some(high)
}
