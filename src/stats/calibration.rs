//! Whether probabilities are right: of those given 30 %, do 30 % have the outcome?
//!
//! - Reliability table: ten bins of equal size by probability; equal probabilities share
//!   a bin (the one their middle rank falls into), so a constant makes one bin.
//! - ECE: mean over customers of |mean probability - observed share| of their bin.
//! - ECE floor: its expectation were every probability exactly right. A perfect model
//!   shows .011 at 7,043 customers, so an ECE means little without its floor.
//! - Slope and intercept: logistic regression of the outcome on the log-odds. Slope 1 is
//!   right, below 1 overconfident; intercept 0 is right.
//!
//! # References
//!
//! Naeini, Cooper, Hauskrecht (2015), Obtaining well calibrated probabilities using
//! Bayesian binning, AAAI, section "Evaluation"; Cox (1958), Two further applications of
//! a model for binary regression, Biometrika 45 (slope and intercept); Guo, Pleiss, Sun,
//! Weinberger (2017), On calibration of modern neural networks, ICML, section 2.

use rand::RngCore;
use rayon::prelude::*;

use super::exponential::{BLOCK, exponentials};
use super::order::ascending;
use super::{LogSum, log_odds, number};
use crate::seed::Seed;

/// Bins of the reliability table.
pub const BINS: usize = 10;
/// Parametric bootstrap draws of the ECE floor.
const DRAWS: u64 = 200;
/// Above this many customers the floor is its normal limit instead of draws.
const DRAWN: usize = 20_000;

/// One bin: how many customers, their mean probability, how many events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Customers.
    pub n: usize,
    /// Mean probability.
    pub predicted: f64,
    /// Customers with the outcome.
    pub events: usize,
}

/// Each customer's bin, 0 to [`BINS`] - 1; empty bins are possible.
fn assign(p: &[f64]) -> Vec<usize> {
    let order = ascending(p).unwrap_or_default();
    let at = |i: u32| p[i as usize];
    let mut bins = vec![0; p.len()];
    let mut start = 0;
    while start < order.len() {
        let value = at(order[start]);
        let ties = order[start..].iter().take_while(|&&i| at(i).total_cmp(&value).is_eq()).count();
        // The middle rank is start + ties / 2, in units of half customers.
        let bin = ((2 * start + ties) * BINS / (2 * order.len())).min(BINS - 1);
        for &i in &order[start..start + ties] {
            bins[i as usize] = bin;
        }
        start += ties;
    }
    bins
}

/// The reliability table: the non-empty bins, ascending by probability.
#[must_use]
pub fn table(p: &[f64], outcomes: &[bool]) -> Vec<Bin> {
    table_of(p, outcomes, &assign(p))
}

fn table_of(p: &[f64], outcomes: &[bool], assigned: &[usize]) -> Vec<Bin> {
    let mut bins = vec![Bin { n: 0, predicted: 0.0, events: 0 }; BINS];
    for ((&bin, &p), &outcome) in assigned.iter().zip(p).zip(outcomes) {
        bins[bin].n += 1;
        bins[bin].predicted += p;
        bins[bin].events += usize::from(outcome);
    }
    bins.retain(|bin| bin.n > 0);
    for bin in &mut bins {
        bin.predicted /= number(bin.n);
    }
    bins
}

/// Expected calibration error, 0..1; 0 where nothing is given.
#[must_use]
pub fn ece(p: &[f64], outcomes: &[bool]) -> f64 {
    error_of(p, outcomes, &assign(p))
}

/// [`ece`] and [`ece_floor`] by one sort.
#[must_use]
pub fn ece_with_floor(p: &[f64], outcomes: &[bool], seed: Seed) -> (f64, f64) {
    let assigned = assign(p);
    (error_of(p, outcomes, &assigned), floor_of(p, &assigned, seed))
}

fn error_of(p: &[f64], outcomes: &[bool], assigned: &[usize]) -> f64 {
    let gap = |bin: &Bin| (bin.predicted * number(bin.n) - number(bin.events)).abs();
    let total: f64 = table_of(p, outcomes, assigned).iter().map(gap).sum();
    if p.is_empty() { 0.0 } else { total / number(p.len()) }
}

/// The expectation of [`ece`] if every probability were exactly right.
///
/// Parametric bootstrap: outcomes are drawn from the probabilities themselves, 200
/// times. Above 20,000 customers a bin's sum of deviations is normal to well within the
/// draws' own error, so its mean absolute value `sqrt(2 v / pi)` is used, with
/// `v = sum p (1 - p)` over the bin.
#[must_use]
pub fn ece_floor(p: &[f64], seed: Seed) -> f64 {
    floor_of(p, &assign(p), seed)
}

fn floor_of(p: &[f64], bins: &[usize], seed: Seed) -> f64 {
    if p.is_empty() {
        return 0.0;
    }
    let total = if p.len() > DRAWN { normal_floor(p, bins) } else { drawn_floor(p, bins, seed) };
    total / number(p.len())
}

fn normal_floor(p: &[f64], bins: &[usize]) -> f64 {
    let mut variance = [0.0; BINS];
    for (&p, &bin) in p.iter().zip(bins) {
        variance[bin] += p * (1.0 - p);
    }
    variance.iter().map(|v| (2.0 * v / std::f64::consts::PI).sqrt()).sum()
}

fn drawn_floor(p: &[f64], bins: &[usize], seed: Seed) -> f64 {
    let draws: Vec<f64> = (0..DRAWS)
        .into_par_iter()
        .map(|draw| {
            let mut stream = seed.stream("ece-floor", draw);
            let mut gaps = [0.0; BINS];
            for (&p, &bin) in p.iter().zip(bins) {
                let lot = f64::from(stream.next_u32()) / 4_294_967_296.0;
                gaps[bin] += p - f64::from(u8::from(lot < p));
            }
            gaps.iter().map(|gap| gap.abs()).sum()
        })
        .collect();
    draws.iter().sum::<f64>() / 200.0
}

/// Customers whose derivatives are added up at once.
const PART: usize = 1 << 15;

/// A straight line on the log-odds: `intercept + slope x log-odds`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Its value at even odds.
    pub intercept: f64,
    /// Its slope.
    pub slope: f64,
}

impl Line {
    /// The line that changes nothing.
    pub const IDENTITY: Self = Self { intercept: 0.0, slope: 1.0 };

    /// The log-odds on the line.
    #[must_use]
    pub fn at(self, log_odds: f64) -> f64 {
        self.intercept + self.slope * log_odds
    }

    /// The line of best likelihood for `targets` (0..1) by Newton's method with step
    /// halving; `None` where the log-odds do not vary, the targets are all 0 or all 1,
    /// or no finite line is best (the log-odds separate the targets).
    #[must_use]
    pub fn fit(log_odds: &[f64], targets: &[f64]) -> Option<Self> {
        let first = *log_odds.first()?;
        let varies = log_odds.iter().any(|x| (x - first).abs() > 1e-12);
        let mean = targets.iter().sum::<f64>() / number(targets.len());
        if !varies || log_odds.len() != targets.len() || mean <= 0.0 || mean >= 1.0 {
            return None;
        }
        let mut here = Shape::at(Self::IDENTITY, log_odds, targets);
        for _ in 0..100 {
            let (step, decrement) = here.newton()?;
            // The squared length of the step in standard errors.
            if decrement < 1e-16 {
                return Some(here.line);
            }
            let mut part = 1.0;
            here = loop {
                let line = Self {
                    intercept: here.line.intercept + part * step.intercept,
                    slope: here.line.slope + part * step.slope,
                };
                let tried = Shape::at(line, log_odds, targets);
                if tried.loss <= here.loss + 1e-13 * here.loss.abs() {
                    break tried;
                }
                part /= 2.0;
                if part < 1e-6 {
                    // No step lowers the loss any more: rounding is all that is left.
                    return Some(here.line);
                }
            };
            // Next to no loss: the line separates the targets and would grow for ever.
            if here.loss < 1e-8 || here.line.slope.abs() > 1e4 {
                return None;
            }
        }
        None
    }
}

/// The loss of a line with its first and second derivatives, in one pass.
struct Shape {
    line: Line,
    /// The sum of `ln(1 + exp(x)) - t x` over the targets t.
    loss: f64,
    gradient: [f64; 2],
    curvature: [f64; 3],
}

impl Shape {
    /// Parts of fixed length are added in order: threads change no bit.
    fn at(line: Line, log_odds: &[f64], targets: &[f64]) -> Self {
        let parts: Vec<Self> = (log_odds.par_chunks(PART).zip(targets.par_chunks(PART)))
            .map(|(log_odds, targets)| Self::of(line, log_odds, targets))
            .collect();
        let mut sum = Self { line, loss: 0.0, gradient: [0.0; 2], curvature: [0.0; 3] };
        for part in parts {
            sum.loss += part.loss;
            sum.gradient.iter_mut().zip(part.gradient).for_each(|(sum, part)| *sum += part);
            sum.curvature.iter_mut().zip(part.curvature).for_each(|(sum, part)| *sum += part);
        }
        sum
    }

    /// That of some customers.
    fn of(line: Line, log_odds: &[f64], targets: &[f64]) -> Self {
        let (mut linear, mut curved) = (0.0, LogSum::ZERO);
        let (mut gradient, mut curvature) = ([0.0; 2], [0.0; 3]);
        let mut small = [0.0; BLOCK];
        for (log_odds, targets) in log_odds.chunks(BLOCK).zip(targets.chunks(BLOCK)) {
            for (small, &x) in small.iter_mut().zip(log_odds) {
                *small = -line.at(x).abs();
            }
            exponentials(&mut small);
            for ((&x, &t), &small) in log_odds.iter().zip(targets).zip(&small) {
                let e = line.at(x);
                let large_p = 1.0 / (1.0 + small);
                let p = if e >= 0.0 { large_p } else { small * large_p };
                let (r, w) = (t - p, small * large_p * large_p);
                linear += e.max(0.0) - t * e;
                curved.add(small);
                gradient[0] += r;
                gradient[1] += r * x;
                curvature[0] += w;
                curvature[1] += w * x;
                curvature[2] += w * x * x;
            }
        }
        Self { line, loss: linear + curved.total(), gradient, curvature }
    }

    /// The Newton step and its decrement (gradient times step); `None` where the loss is
    /// flat.
    fn newton(&self) -> Option<(Line, f64)> {
        let ([g0, g1], [h00, h01, h11]) = (self.gradient, self.curvature);
        let determinant = h00 * h11 - h01 * h01;
        if determinant <= 1e-12 * h00 * h11 || !determinant.is_finite() {
            return None;
        }
        let intercept = (g0 * h11 - g1 * h01) / determinant;
        let slope = (g1 * h00 - g0 * h01) / determinant;
        Some((Line { intercept, slope }, g0 * intercept + g1 * slope))
    }
}

/// Calibration slope and intercept of `p`. Where the probabilities do not vary there is
/// no slope: it is given as 1, and the intercept is the log-odds of the observed share
/// minus those of the mean probability.
#[must_use]
pub fn slope_and_intercept(p: &[f64], outcomes: &[bool]) -> Line {
    let odds: Vec<f64> = p.iter().map(|&p| log_odds(p)).collect();
    let targets: Vec<f64> = outcomes.iter().map(|&y| f64::from(u8::from(y))).collect();
    Line::fit(&odds, &targets).unwrap_or_else(|| {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / number(values.len().max(1));
        Line { intercept: log_odds(mean(&targets)) - log_odds(mean(p)), slope: 1.0 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::fixture::forty;

    #[test]
    fn ece_by_hand() {
        // Ten customers with ten probabilities: ten bins of one, so the mean of |p - y|.
        let p: Vec<f64> = (0..10).map(|i| 0.05 + 0.1 * f64::from(i)).collect();
        let y: Vec<bool> = (0..10).map(|i| i >= 5).collect();
        // .05 .15 .25 .35 .45, twice: mean .25.
        assert!((ece(&p, &y) - 0.25).abs() < 1e-12);
        assert_eq!(table(&p, &y).len(), 10);
    }

    #[test]
    fn equal_probabilities_share_a_bin_whatever_their_order() {
        let y = [true, false, false, false, true, false, false, false];
        assert_eq!(table(&[0.25; 8], &y), vec![Bin { n: 8, predicted: 0.25, events: 2 }]);
        assert!(ece(&[0.25; 8], &y) < 1e-15);
        let (p, y) = forty();
        let (mut q, mut z) = (p.clone(), y.clone());
        q.reverse();
        z.reverse();
        assert!((ece(&p, &y) - ece(&q, &z)).abs() < 1e-12);
    }

    #[test]
    fn slope_equals_scikit_learn() {
        // LogisticRegression(C=inf, tol=1e-12, solver="newton-cholesky") of y on
        // log(p / (1 - p)), scikit-learn 1.9.1, see stats::fixture.
        let (p, y) = forty();
        let line = slope_and_intercept(&p, &y);
        assert!((line.slope - 0.175_294_566_238_600_57).abs() < 1e-9, "{line:?}");
        assert!((line.intercept - 0.021_314_264_207_816_236).abs() < 1e-9, "{line:?}");
    }

    #[test]
    fn constants_and_separation_have_no_line_and_finish() {
        assert_eq!(Line::fit(&[1.0, 1.0], &[0.0, 1.0]), None);
        assert_eq!(Line::fit(&[-2.0, -1.0, 1.0, 2.0], &[0.0, 0.0, 1.0, 1.0]), None);
        let line = slope_and_intercept(&[0.5; 4], &[true, false, false, false]);
        assert!((line.slope - 1.0).abs() < 1e-12 && (line.intercept + 3f64.ln()).abs() < 1e-9);
    }

    #[test]
    fn the_floor_is_the_mean_error_of_a_perfect_model() {
        // Beta-like probabilities, n = 7,043: .011 by simulation in Python.
        let p: Vec<f64> =
            (0..7043).map(|i| 0.9 * (f64::from(i) / 7043.0) * (f64::from(i) / 7043.0)).collect();
        let floor = ece_floor(&p, Seed::new(3));
        assert!((0.008..0.014).contains(&floor), "{floor}");
        let bins = assign(&p);
        let limit = normal_floor(&p, &bins) / 7043.0;
        assert!((floor / limit - 1.0).abs() < 0.06, "{floor} {limit}");
    }
}
