//! Beta calibration: a line on the log-odds that may bend once, at even odds.
//!
//! `intercept - low x softplus(-x) + high x softplus(x)`, which is a straight line of slope
//! `low` for small odds and of slope `high` for large ones; with `low = high` it is Platt's
//! line. Written for p = sigmoid(x) it is `c + a ln p - b ln(1 - p)`: the curve of two beta
//! distributions of p, one per class. Both slopes are above 0, so the ranking stays.
//!
//! Boosting needs it: what it is all but sure of is surer than a line through the
//! doubtful customers says. Isotonic calibration can bend too, but makes plateaus of
//! customers who then can no more be ranked, and had the higher log-loss on public tables.
//!
//! # References
//!
//! Kull, Silva Filho, Flach (2017), Beyond sigmoids: how to obtain well-calibrated
//! probabilities from binary classifiers with beta calibration, Electronic Journal of
//! Statistics 11, equation 4 and algorithm 1.

use crate::stats::calibration::Line;
use crate::stats::{LogSum, sigmoid};

/// What turns log-odds into calibrated ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Curve {
    /// The slope for small odds.
    pub(crate) low: f64,
    /// The slope for large odds.
    pub(crate) high: f64,
    /// Moves everything.
    pub(crate) intercept: f64,
}

impl From<Line> for Curve {
    fn from(line: Line) -> Self {
        Self { low: line.slope, high: line.slope, intercept: line.intercept }
    }
}

impl Curve {
    /// Changes nothing.
    pub(super) const IDENTITY: Self = Self { low: 1.0, high: 1.0, intercept: 0.0 };

    /// Whether it does not bend.
    pub(crate) fn is_line(self) -> bool {
        self.low.to_bits() == self.high.to_bits()
    }

    /// The calibrated log-odds.
    pub(super) fn at(self, x: f64) -> f64 {
        if self.is_line() {
            return self.intercept + self.low * x;
        }
        self.intercept - self.low * softplus(-x) + self.high * softplus(x)
    }

    /// Mean slope between two log-odds; the slope there where they are the same. Times
    /// the difference it is the difference of the calibrated log-odds.
    pub(super) fn steepness(self, from: f64, to: f64) -> f64 {
        if self.is_line() {
            return self.low;
        }
        if (to - from).abs() > 1e-6 {
            return (self.at(to) - self.at(from)) / (to - from);
        }
        self.low * sigmoid(-from) + self.high * sigmoid(from)
    }

    /// Finite, and rising everywhere.
    pub(super) fn is_valid(self) -> bool {
        self.intercept.is_finite()
            && self.low.is_finite()
            && self.high.is_finite()
            && self.low > 0.0
            && self.high > 0.0
    }

    /// The curve of best likelihood for `targets` (0..1) by Newton's method from a line;
    /// `None` where no finite, rising curve is best.
    pub(super) fn fit(log_odds: &[f64], targets: &[f64], from: Line) -> Option<Self> {
        let parts: Vec<[f64; 3]> =
            log_odds.iter().map(|&x| [-softplus(-x), softplus(x), 1.0]).collect();
        let mut here = Shape::at([from.slope, from.slope, from.intercept], &parts, targets);
        for _ in 0..100 {
            let step = solve(here.curvature, here.gradient)?;
            let decrement: f64 = step.iter().zip(here.gradient).map(|(s, g)| s * g).sum();
            if decrement < 1e-14 {
                break;
            }
            let mut part = 1.0;
            let next = loop {
                let moved = std::array::from_fn(|k| here.at[k] + part * step[k]);
                let tried = Shape::at(moved, &parts, targets);
                if tried.loss <= here.loss + 1e-13 * here.loss.abs() {
                    break Some(tried);
                }
                part /= 2.0;
                if part < 1e-6 {
                    break None;
                }
            };
            let Some(next) = next else { break };
            here = next;
            if here.loss < 1e-8 || here.at.iter().any(|value| value.abs() > 1e4) {
                return None;
            }
        }
        let [low, high, intercept] = here.at;
        Some(Self { low, high, intercept }).filter(|curve| curve.is_valid())
    }
}

/// `ln(1 + exp(x))`.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// The loss of a curve with its first and second derivatives.
struct Shape {
    at: [f64; 3],
    loss: f64,
    gradient: [f64; 3],
    curvature: [[f64; 3]; 3],
}

impl Shape {
    fn at(at: [f64; 3], parts: &[[f64; 3]], targets: &[f64]) -> Self {
        let (mut linear, mut curved) = (0.0, LogSum::ZERO);
        let (mut gradient, mut curvature) = ([0.0; 3], [[0.0; 3]; 3]);
        for (part, &target) in parts.iter().zip(targets) {
            let x: f64 = part.iter().zip(at).map(|(part, at)| part * at).sum();
            let small = libm::exp(-x.abs());
            let p = sigmoid(x);
            linear += x.max(0.0) - target * x;
            curved.add(small);
            for j in 0..3 {
                gradient[j] += (target - p) * part[j];
                for k in 0..3 {
                    curvature[j][k] += p * (1.0 - p) * part[j] * part[k];
                }
            }
        }
        Self { at, loss: linear + curved.total(), gradient, curvature }
    }
}

/// Solves a symmetric positive system by elimination; `None` where it has no one solution.
fn solve(mut a: [[f64; 3]; 3], mut b: [f64; 3]) -> Option<[f64; 3]> {
    let largest = a[0][0].max(a[1][1]).max(a[2][2]);
    for j in 0..3 {
        if a[j][j] <= 1e-12 * largest || !a[j][j].is_finite() {
            return None;
        }
        for i in j + 1..3 {
            let times = a[i][j] / a[j][j];
            let (above, below) = a.split_at_mut(i);
            for (cell, upper) in below[0].iter_mut().zip(&above[j]).skip(j) {
                *cell -= times * upper;
            }
            b[i] -= times * b[j];
        }
    }
    let mut x = [0.0; 3];
    for j in (0..3).rev() {
        let rest: f64 = (j + 1..3).map(|k| a[j][k] * x[k]).sum();
        x[j] = (b[j] - rest) / a[j][j];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Odds by rank, with an outcome that bends: surely no below, by chance above.
    fn bent() -> (Vec<f64>, Vec<f64>) {
        let x: Vec<f64> = (0..400).map(|i| f64::from(i) / 50.0 - 4.0).collect();
        let y = x.iter().enumerate().map(|(i, &x)| {
            let p = sigmoid(if x < 0.0 { 2.0 * x } else { 0.5 * x });
            f64::from(u8::from((i * 37 % 101) as f64 / 101.0 < p))
        });
        let y = y.collect();
        (x, y)
    }

    #[test]
    fn the_curve_equals_scikit_learn() {
        // LogisticRegression(C=inf, tol=1e-12, solver="newton-cholesky") of y on
        // (ln p, -ln(1 - p)), p = sigmoid(x), scikit-learn 1.9.1.
        let (x, y) = bent();
        let curve = Curve::fit(&x, &y, Line::IDENTITY).unwrap();
        assert!((curve.low - 1.959_629_79).abs() < 1e-6, "{curve:?}");
        assert!((curve.high - 0.278_006_29).abs() < 1e-6, "{curve:?}");
        assert!((curve.intercept - 0.793_528_95).abs() < 1e-6, "{curve:?}");
    }

    #[test]
    fn equal_slopes_are_the_line() {
        let line = Line { intercept: 0.3, slope: 1.7 };
        let curve = Curve::from(line);
        for x in [-700.0, -3.0, 0.0, 0.1, 40.0, 700.0] {
            assert_eq!(curve.at(x).to_bits(), line.at(x).to_bits());
            let bent = Curve { high: 1.7 + 1e-15, ..curve };
            assert!((bent.at(x) - line.at(x)).abs() <= 1e-12 * (1.0 + x.abs()));
        }
    }

    #[test]
    fn steepness_times_the_way_is_the_rise() {
        let curve = Curve { low: 2.0, high: 0.5, intercept: -0.1 };
        for (from, to) in [(-3.0, 2.0), (0.0, 0.0), (1.0, 1.0 + 1e-9), (5.0, -5.0)] {
            let rise = curve.at(to) - curve.at(from);
            assert!((curve.steepness(from, to) * (to - from) - rise).abs() < 1e-12);
        }
        assert!((curve.steepness(-50.0, -50.0) - 2.0).abs() < 1e-9);
        assert!((curve.steepness(50.0, 50.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn falling_curves_and_separation_are_none() {
        let x: Vec<f64> = (0..40).map(|i| f64::from(i) / 5.0 - 4.0).collect();
        let falling: Vec<f64> = x.iter().map(|&x| sigmoid(-x)).collect();
        assert_eq!(Curve::fit(&x, &falling, Line::IDENTITY), None);
        let apart: Vec<f64> = x.iter().map(|&x| f64::from(u8::from(x > 0.05))).collect();
        assert_eq!(Curve::fit(&x, &apart, Line::IDENTITY), None);
        assert_eq!(Curve::fit(&[1.0; 9], &[0.0; 9], Line::IDENTITY), None);
    }
}
