//! Calibration of the log-odds, by a straight line or by one that bends.
//!
//! A ridge model is a little too cautious, a model on few customers a little too bold;
//! Platt's line on the log-odds mends both and keeps the ranking and the contributions
//! (they are multiplied by the slope). Boosting is offered the bent line of beta
//! calibration as well, see [`Curve`]; the regression is not, because its odds ratios are
//! those of a straight line.
//!
//! Nested: the curve for an outer fold is learnt from predictions that models fitted
//! inside its training rows made for training rows they had not seen. No customer's
//! outcome has any part in the curve that is applied to that customer. Which one is used,
//! if any, is decided in there too: each inner fold is judged with the curve of the
//! others, and the simplest of those with the least log-loss is taken.
//!
//! # References
//!
//! Platt (1999), Probabilistic outputs for support vector machines, in Advances in Large
//! Margin Classifiers, MIT Press, section 2.2 (the smoothed targets are his).

use rayon::prelude::*;

use super::curve::Curve;
use crate::stats::calibration::Line;
use crate::stats::{self, loss_of, number, sigmoid};

/// The least slope of a line.
const FLAT: f64 = 1e-3;

/// Predictions of one inner fold for rows that its model has not seen.
pub(super) struct Unseen {
    /// Log-odds before calibration.
    pub(super) log_odds: Vec<f64>,
    /// The outcomes.
    pub(super) outcomes: Vec<bool>,
}

/// What is tried beside changing nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// A line.
    Line,
    /// A line, and one that bends.
    Curve,
}

/// A curve and how it did on customers it was not learnt from.
pub(super) struct Calibration {
    pub(super) curve: Curve,
    /// The loss of each prediction, fold after fold, each fold with the curve of the others.
    pub(super) losses: Vec<f64>,
}

/// The curve, or the identity where none helps.
pub(super) fn calibrate(folds: &[Unseen], tried: Tried) -> Calibration {
    let plain: Vec<f64> = folds.iter().flat_map(|fold| losses(Curve::IDENTITY, fold)).collect();
    let mut best = Calibration { curve: Curve::IDENTITY, losses: plain };
    let asked: &[bool] = match tried {
        Tried::Line => &[false],
        Tried::Curve => &[false, true],
    };
    for &bends in asked {
        let Some(other) = judged(folds, bends) else { continue };
        if other.losses.iter().sum::<f64>() < best.losses.iter().sum::<f64>() {
            best = other;
        }
    }
    best
}

fn losses(curve: Curve, fold: &Unseen) -> Vec<f64> {
    let of = |(&x, &y): (&f64, &bool)| loss_of(sigmoid(curve.at(x)), y);
    fold.log_odds.iter().zip(&fold.outcomes).map(of).collect()
}

/// One kind of curve, each fold judged with that of the others; `None` where there is none.
fn judged(folds: &[Unseen], bends: bool) -> Option<Calibration> {
    let all: Option<Vec<Vec<f64>>> = (0..folds.len())
        .into_par_iter()
        .map(|judged| Some(losses(learn(folds, Some(judged), bends)?, &folds[judged])))
        .collect();
    let losses = all?.concat();
    Some(Calibration { curve: learn(folds, None, bends)?, losses })
}

/// The line, or all but the base rate where it would turn the ranking round: what a model
/// that ranks no better than chance says is then worth nothing, and is not to be believed.
fn rising(line: Line, log_odds: &[f64], targets: &[f64]) -> Line {
    if line.slope >= FLAT {
        return line;
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / number(values.len().max(1));
    Line { slope: FLAT, intercept: stats::log_odds(mean(targets)) - FLAT * mean(log_odds) }
}

/// The curve of all folds but one; `None` where there is none.
fn learn(folds: &[Unseen], but: Option<usize>, bends: bool) -> Option<Curve> {
    let used = || folds.iter().enumerate().filter(|(i, _)| Some(*i) != but).map(|(_, fold)| fold);
    let log_odds: Vec<f64> = used().flat_map(|fold| fold.log_odds.iter().copied()).collect();
    let outcomes = used().flat_map(|fold| fold.outcomes.iter().copied());
    let events = number(outcomes.clone().filter(|&yes| yes).count());
    let others = number(log_odds.len()) - events;
    if events == 0.0 || others == 0.0 {
        return None;
    }
    let (high, low) = ((events + 1.0) / (events + 2.0), 1.0 / (others + 2.0));
    let targets: Vec<f64> = outcomes.map(|yes| if yes { high } else { low }).collect();
    let line = rising(Line::fit(&log_odds, &targets)?, &log_odds, &targets);
    if bends { Curve::fit(&log_odds, &targets, line) } else { Some(line.into()) }
}
