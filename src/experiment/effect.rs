//! The difference of two arms, with its interval and p-value.

use super::distribution::{t95, two_sided, two_sided_t};
use crate::stats::{Z95, wilson};

/// The outcomes of one arm in one segment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sample {
    pub(super) n: usize,
    pub(super) mean: f64,
    /// The sum of squared differences from the mean.
    squares: f64,
    /// Of outcomes that are 0 or 1, those that are 1.
    events: Option<usize>,
}

/// A difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    pub(super) difference: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) error: f64,
    pub(super) p: f64,
}

impl Sample {
    /// The outcomes; `rate` says that all are 0 or 1.
    pub(super) fn of(outcomes: &[f64], rate: bool) -> Self {
        let n = outcomes.len();
        if n == 0 {
            return Self::default();
        }
        let mean = outcomes.iter().sum::<f64>() / n as f64;
        let squares = outcomes.iter().map(|y| (y - mean) * (y - mean)).sum();
        let events = rate.then(|| outcomes.iter().filter(|y| **y == 1.0).count());
        Self { n, mean, squares, events }
    }

    /// The variance of the mean.
    fn error(&self) -> f64 {
        let n = self.n as f64;
        self.squares / (n - 1.0) / n
    }
}

/// Treated less control; `None` where an arm has fewer than two units or nothing varies.
pub(super) fn difference(control: &Sample, treated: &Sample) -> Option<Difference> {
    if control.n < 2 || treated.n < 2 {
        return None;
    }
    match (control.events, treated.events) {
        (Some(a), Some(b)) => Some(of_rates((a, control.n), (b, treated.n))),
        _ => of_means(control, treated),
    }
}

/// Two rates: Newcombe's interval, and the test with the pooled rate.
fn of_rates((a, n): (usize, usize), (b, m): (usize, usize)) -> Difference {
    let rate = |events: usize, n: usize| events as f64 / n as f64;
    let (p, q) = (rate(a, n), rate(b, m));
    let ((p_low, p_high), (q_low, q_high)) = (wilson(a, n), wilson(b, m));
    let root = |x: f64, y: f64| (x * x + y * y).sqrt();
    let difference = q - p;
    let pooled = rate(a + b, n + m);
    let over = 1.0 / n as f64 + 1.0 / m as f64;
    let null = (pooled * (1.0 - pooled) * over).sqrt();
    // Half an event more in either outcome keeps the error above 0.
    let held = |events: usize, n: usize| (events as f64 + 0.5) / (n as f64 + 1.0);
    let spread = |p: f64, n: usize| p * (1.0 - p) / n as f64;
    let error = (spread(held(a, n), n) + spread(held(b, m), m)).sqrt();
    Difference {
        difference,
        low: difference - root(q - q_low, p_high - p),
        high: difference + root(q_high - q, p - p_low),
        error,
        p: if null > 0.0 { two_sided(difference / null) } else { 1.0 },
    }
}

/// Two means with variances of their own (Welch 1947).
fn of_means(control: &Sample, treated: &Sample) -> Option<Difference> {
    let (a, b) = (control.error(), treated.error());
    let variance = a + b;
    if variance <= 0.0 || !variance.is_finite() {
        return None;
    }
    let part = |error: f64, n: usize| error * error / (n as f64 - 1.0);
    let freedom = variance * variance / (part(a, control.n) + part(b, treated.n));
    let (error, difference) = (variance.sqrt(), treated.mean - control.mean);
    let half = t95(freedom) * error;
    Some(Difference {
        difference,
        low: difference - half,
        high: difference + half,
        error,
        p: two_sided_t(difference / error, freedom),
    })
}

/// The mean of differences, weighted by the units of their segments.
pub(super) fn pooled(parts: &[(Difference, f64)]) -> Option<Difference> {
    let weight: f64 = parts.iter().map(|(_, weight)| weight).sum();
    if weight <= 0.0 {
        return None;
    }
    let difference =
        parts.iter().map(|(part, weight)| part.difference * weight).sum::<f64>() / weight;
    let squares: f64 = parts.iter().map(|(part, w)| (part.error * w / weight).powi(2)).sum();
    let error = squares.sqrt();
    if error <= 0.0 {
        return None;
    }
    let half = Z95 * error;
    Some(Difference {
        difference,
        low: difference - half,
        high: difference + half,
        error,
        p: two_sided(difference / error),
    })
}

/// Whether segments differ: Cochran's Q, the spread of their true effects by DerSimonian and
/// Laird, and each effect drawn towards the mean by what is noise in it.
pub(super) fn heterogeneity(parts: &[Difference]) -> Option<(f64, usize, f64, Vec<f64>)> {
    if parts.len() < 2 {
        return None;
    }
    let weights: Vec<f64> = parts.iter().map(|part| 1.0 / (part.error * part.error)).collect();
    let total: f64 = weights.iter().sum();
    let weighted = |of: &dyn Fn(usize) -> f64| -> f64 {
        (0..parts.len()).map(|at| weights[at] * of(at)).sum::<f64>() / total
    };
    let mean = weighted(&|at| parts[at].difference);
    let q: f64 = parts
        .iter()
        .zip(&weights)
        .map(|(part, weight)| weight * (part.difference - mean) * (part.difference - mean))
        .sum();
    let freedom = parts.len() - 1;
    let scale = total - weights.iter().map(|w| w * w).sum::<f64>() / total;
    let spread = ((q - freedom as f64) / scale).max(0.0);
    let drawn = parts
        .iter()
        .map(|part| {
            let own = spread / (spread + part.error * part.error);
            mean + own * (part.difference - mean)
        })
        .collect();
    Some((q, freedom, spread.sqrt(), drawn))
}
