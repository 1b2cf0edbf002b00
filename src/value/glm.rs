//! Three small regressions by Newton's method with a ridge: the logistic of yes and no, the
//! Poisson of counts, and the gamma of amounts.
//!
//! All maximise `sum of log-likelihoods - ridge / 2 |b|^2`, the intercept free. Columns are
//! expected to be of one scale. Poisson and gamma are fitted as quasi-likelihoods: they ask
//! no more than that the mean is right, the gamma in shares of it. An amount of more than
//! [`FAR`] times its mean, or a refund of as much, pulls no harder than one of that size:
//! one sale in a thousand would else decide for all. Where amounts beyond that are usual the
//! fitted mean is low, by a twentieth for a lognormal of spread 1.5.
//!
//! # References
//!
//! Nelder, Wedderburn (1972), Generalized linear models, JRSS A 135(3); Gourieroux,
//! Monfort, Trognon (1984), Pseudo maximum likelihood methods, Econometrica 52(3);
//! Cantoni, Ronchetti (2001), Robust inference for generalized linear models, JASA 96(455),
//! section 2 (the bounded pull; what it takes from the mean is not put back here).

use rayon::prelude::*;

use crate::stats::sigmoid;

const STEPS: usize = 50;
const RIDGE: f64 = 1.0;
/// Rows in one piece of work.
const PIECE: usize = 2048;
/// Linear predictors stay within this distance of 0.
const FARTHEST: f64 = 30.0;
/// An amount this many times its mean pulls as hard as any amount can.
const FAR: f64 = 20.0;

/// What is predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The log-odds of yes (1) against no (0).
    Logistic,
    /// The logarithm of the mean of a count.
    Poisson,
    /// The logarithm of the mean of an amount.
    Gamma,
}

impl Kind {
    /// The loss of `y` at the linear predictor.
    fn loss(self, eta: f64, y: f64) -> f64 {
        match self {
            Self::Logistic => eta.max(0.0) + libm::log1p(libm::exp(-eta.abs())) - y * eta,
            Self::Poisson => libm::exp(eta) - y * eta,
            Self::Gamma => {
                let times = y * libm::exp(-eta);
                let beyond = libm::log((times.abs() / FAR).max(1.0));
                times.clamp(-FAR, FAR) + FAR.copysign(times) * beyond + eta
            }
        }
    }

    /// The derivative of the loss by the linear predictor, and the weight of a Newton step.
    fn slope(self, eta: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Logistic => {
                let p = sigmoid(eta);
                (p - y, p * (1.0 - p))
            }
            Self::Poisson => {
                let mean = libm::exp(eta);
                (mean - y, mean)
            }
            Self::Gamma => {
                let times = (y * libm::exp(-eta)).clamp(-FAR, FAR);
                (1.0 - times, times.max(0.0))
            }
        }
    }
}

/// Fitted coefficients: the intercept first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glm {
    pub coefficients: Vec<f64>,
    pub converged: bool,
}

impl Glm {
    /// Fits to rows of `width` columns; `None` where the equations cannot be solved.
    pub(super) fn fit(kind: Kind, rows: &[f64], width: usize, y: &[f64]) -> Option<Self> {
        let d = width + 1;
        let mean = y.iter().sum::<f64>() / (y.len() as f64).max(1.0);
        let mut b = vec![0.0; d];
        b[0] = match kind {
            Kind::Logistic => crate::stats::log_odds(mean.clamp(1e-6, 1.0 - 1e-6)),
            Kind::Poisson | Kind::Gamma => libm::log(mean.max(1e-6)),
        };
        let mut loss = loss_at(kind, rows, width, y, &b);
        let mut converged = false;
        for _ in 0..STEPS {
            let (gradient, hessian) = derivatives(kind, rows, width, y, &b);
            let step = solve(hessian, &gradient)?;
            let promised: f64 = step.iter().zip(&gradient).map(|(s, g)| s * g).sum::<f64>() / 2.0;
            let mut scale = 1.0;
            let moved = loop {
                let next: Vec<f64> = b.iter().zip(&step).map(|(b, s)| b - scale * s).collect();
                let there = loss_at(kind, rows, width, y, &next);
                if there <= loss {
                    break Some((next, there));
                }
                scale /= 2.0;
                if scale < 1e-6 {
                    break None;
                }
            };
            if let Some((next, there)) = moved {
                (b, loss) = (next, there);
            }
            if promised < 1e-8 {
                converged = true;
                break;
            }
            if moved_nowhere(scale) {
                break;
            }
        }
        Some(Self { coefficients: b, converged })
    }

    /// The linear predictor of one row.
    pub(super) fn predict(&self, row: &[f64]) -> f64 {
        linear(&self.coefficients, row)
    }
}

fn moved_nowhere(scale: f64) -> bool {
    scale < 1e-6
}

fn linear(b: &[f64], row: &[f64]) -> f64 {
    let sum = b[0] + b[1..].iter().zip(row).map(|(b, x)| b * x).sum::<f64>();
    sum.clamp(-FARTHEST, FARTHEST)
}

fn loss_at(kind: Kind, rows: &[f64], width: usize, y: &[f64], b: &[f64]) -> f64 {
    let parts: Vec<f64> = rows
        .par_chunks(PIECE * width)
        .zip(y.par_chunks(PIECE))
        .map(|(rows, y)| {
            let one = |(row, &y): (&[f64], &f64)| kind.loss(linear(b, row), y);
            rows.chunks_exact(width).zip(y).map(one).sum::<f64>()
        })
        .collect();
    let penalty = b[1..].iter().map(|b| b * b).sum::<f64>() * RIDGE / 2.0;
    parts.iter().sum::<f64>() + penalty
}

/// The gradient and the upper triangle, row by row, of the Hessian of the loss.
fn derivatives(
    kind: Kind,
    rows: &[f64],
    width: usize,
    y: &[f64],
    b: &[f64],
) -> (Vec<f64>, Vec<f64>) {
    let d = width + 1;
    let parts: Vec<(Vec<f64>, Vec<f64>)> = rows
        .par_chunks(PIECE * width)
        .zip(y.par_chunks(PIECE))
        .map(|(rows, y)| {
            let (mut gradient, mut hessian) = (vec![0.0; d], vec![0.0; d * d]);
            let mut x = vec![1.0; d];
            for (row, &y) in rows.chunks_exact(width).zip(y) {
                x[1..].copy_from_slice(row);
                let (slope, weight) = kind.slope(linear(b, row), y);
                for i in 0..d {
                    gradient[i] += slope * x[i];
                    let weighted = weight * x[i];
                    for j in i..d {
                        hessian[i * d + j] += weighted * x[j];
                    }
                }
            }
            (gradient, hessian)
        })
        .collect();
    let (mut gradient, mut hessian) = (vec![0.0; d], vec![0.0; d * d]);
    for (part_gradient, part_hessian) in &parts {
        gradient.iter_mut().zip(part_gradient).for_each(|(sum, part)| *sum += part);
        hessian.iter_mut().zip(part_hessian).for_each(|(sum, part)| *sum += part);
    }
    for i in 1..d {
        gradient[i] += RIDGE * b[i];
        hessian[i * d + i] += RIDGE;
    }
    // An intercept that nothing holds needs a little weight.
    hessian[0] += 1e-9;
    (gradient, hessian)
}

/// Solves `H s = g` by Cholesky's factor of the upper triangle.
fn solve(mut h: Vec<f64>, gradient: &[f64]) -> Option<Vec<f64>> {
    let d = gradient.len();
    // h becomes U with H = U'U.
    for i in 0..d {
        for j in i..d {
            let mut sum = h[i * d + j];
            for k in 0..i {
                sum -= h[k * d + i] * h[k * d + j];
            }
            if i == j {
                if sum.is_nan() || sum <= 0.0 {
                    return None;
                }
                h[i * d + i] = sum.sqrt();
            } else {
                h[i * d + j] = sum / h[i * d + i];
            }
        }
    }
    let mut s = gradient.to_vec();
    for i in 0..d {
        for k in 0..i {
            s[i] -= h[k * d + i] * s[k];
        }
        s[i] /= h[i * d + i];
    }
    for i in (0..d).rev() {
        for k in i + 1..d {
            s[i] -= h[i * d + k] * s[k];
        }
        s[i] /= h[i * d + i];
    }
    s.iter().all(|part| part.is_finite()).then_some(s)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without a slope that pays, the intercept is the log-odds of the mean: 1 of 4 is
    /// ln(1/3); and the logarithm of the mean of a count.
    #[test]
    fn the_intercept_is_the_mean() {
        let rows = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
        let y = [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let fit = Glm::fit(Kind::Logistic, &rows, 1, &y).unwrap();
        assert!(fit.converged && (fit.coefficients[0] - (1.0_f64 / 3.0).ln()).abs() < 1e-9);
        let counts = [3.0, 3.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0];
        let fit = Glm::fit(Kind::Poisson, &rows, 1, &counts).unwrap();
        assert!(fit.converged && (fit.predict(&[1.0]).exp() - 2.0).abs() < 1e-6);
    }

    /// Of a group of amounts alone the mean is the mean, however they are spread; and an
    /// amount far off moves it by as much as one of [`FAR`] times the mean does: of 99
    /// amounts of 1 and one far off, `99 - 99 / m = FAR - 1` or m = 99 / 80. A refund far
    /// off pulls as hard the other way: `99 - 99 / m = -FAR - 1` or m = 99 / 120.
    #[test]
    fn amounts_have_their_mean_and_one_cannot_make_it() {
        let rows = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
        let y = [9.0, 0.5, 1.0, 0.5, 1.0, 2.5, 1.0, -0.5];
        let fit = Glm::fit(Kind::Gamma, &rows, 1, &y).unwrap();
        assert!(fit.converged && fit.predict(&[1.0]) > fit.predict(&[-1.0]));
        for far in [1e3, 1e6] {
            let mut y = vec![1.0; 100];
            y[7] = far;
            let fit = Glm::fit(Kind::Gamma, &[0.0; 100], 1, &y).unwrap();
            assert!(fit.converged && (fit.predict(&[0.0]).exp() - 99.0 / 80.0).abs() < 1e-4);
        }
        let mut refund = vec![1.0; 100];
        refund[7] = -1e5;
        let fit = Glm::fit(Kind::Gamma, &[0.0; 100], 1, &refund).unwrap();
        assert!(fit.converged && (fit.predict(&[0.0]).exp() - 99.0 / 120.0).abs() < 1e-4);
        let fit = Glm::fit(Kind::Gamma, &[0.0; 8], 1, &y).unwrap();
        assert!((fit.predict(&[0.0]).exp() - 15.0 / 8.0).abs() < 1e-4);
    }

    #[test]
    fn perfect_separation_ends() {
        let rows: Vec<f64> = (0..40).map(|i| f64::from(i) / 10.0 - 2.0).collect();
        let y: Vec<f64> = rows.iter().map(|&x| f64::from(u8::from(x > 0.0))).collect();
        let fit = Glm::fit(Kind::Logistic, &rows, 1, &y).unwrap();
        assert!(fit.converged && fit.coefficients.iter().all(|b| b.is_finite()));
    }
}
