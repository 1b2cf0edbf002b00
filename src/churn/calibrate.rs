//! Platt scaling: a straight line on the log-odds.
//!
//! A ridge model is a little too cautious, a model on few customers a little too bold;
//! a line on the log-odds mends both and keeps the ranking and the contributions (they
//! are multiplied by the slope).
//!
//! Nested: the line for an outer fold is learnt from predictions that models fitted
//! inside its training rows made for training rows they had not seen. No customer's
//! outcome has any part in the line that is applied to that customer. Whether a line is
//! used at all is decided in there too: each inner fold is judged with the line of the
//! others, and a line that does not lower their log-loss is not used.
//!
//! # References
//!
//! Platt (1999), Probabilistic outputs for support vector machines, in Advances in Large
//! Margin Classifiers, MIT Press, section 2.2 (the smoothed targets are his).

use crate::stats::calibration::Line;
use crate::stats::{loss_of, number, sigmoid};

/// Predictions of one inner fold for rows that its model has not seen.
pub(super) struct Unseen {
    /// Log-odds before calibration.
    pub(super) log_odds: Vec<f64>,
    /// The outcomes.
    pub(super) outcomes: Vec<bool>,
}

/// A line and how it did on customers it was not learnt from.
pub(super) struct Calibration {
    pub(super) line: Line,
    /// The loss of each prediction, fold after fold, each fold with the line of the others.
    pub(super) losses: Vec<f64>,
}

/// The line, or the identity where a line does not help.
pub(super) fn calibrate(folds: &[Unseen]) -> Calibration {
    let loss = |line: Line, fold: &Unseen| -> Vec<f64> {
        let of = |(&x, &y): (&f64, &bool)| loss_of(sigmoid(line.at(x)), y);
        fold.log_odds.iter().zip(&fold.outcomes).map(of).collect()
    };
    let plain: Vec<f64> = folds.iter().flat_map(|fold| loss(Line::IDENTITY, fold)).collect();
    let mut lined = Vec::with_capacity(plain.len());
    for judged in 0..folds.len() {
        let Some(line) = learn(folds, Some(judged)) else {
            return Calibration { line: Line::IDENTITY, losses: plain };
        };
        lined.extend(loss(line, &folds[judged]));
    }
    match learn(folds, None) {
        Some(line) if lined.iter().sum::<f64>() < plain.iter().sum::<f64>() => {
            Calibration { line, losses: lined }
        }
        _ => Calibration { line: Line::IDENTITY, losses: plain },
    }
}

/// Platt's line on all folds but one; `None` where there is none or it turns the ranking
/// round.
fn learn(folds: &[Unseen], but: Option<usize>) -> Option<Line> {
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
    Line::fit(&log_odds, &targets).filter(|line| line.slope > 0.0)
}
