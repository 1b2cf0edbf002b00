//! What a fitted model computes, for those who write it in another language.

use super::curve::Curve;
use crate::normalise::Normaliser;

/// The calibrated log-odds of a customer, of which the probability is the sigmoid.
pub(crate) struct Formula<'a> {
    /// Before calibration.
    pub(crate) odds: Odds<'a>,
    /// The calibration.
    pub(crate) curve: Curve,
}

/// Log-odds before calibration.
pub(crate) enum Odds<'a> {
    /// The intercept and the prepared columns, each times its coefficient.
    Line {
        /// The preparation.
        normaliser: &'a Normaliser,
        /// One per prepared column.
        coefficients: &'a [f64],
        /// What everybody has.
        intercept: f64,
    },
    /// What everybody has and the leaf of each tree.
    Trees {
        /// The columns by their position in questions.
        columns: Vec<Asked<'a>>,
        /// What everybody has.
        base: f64,
        /// In the order of their sum.
        trees: Vec<Branches<'a>>,
    },
}

/// A column that trees ask of.
pub(crate) struct Asked<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// What of it is asked.
    pub(crate) sort: Sort<'a>,
}

/// What is compared with the cuts of a column.
pub(crate) enum Sort<'a> {
    /// The number itself.
    Number,
    /// The bin of no and of yes, 0 for what was never seen.
    Flag(&'a [u16]),
    /// The levels and the bin of each, 0 for what was never seen.
    Levels(&'a [String], &'a [u16]),
}

/// A tree that asks the same question in every branch of a depth.
pub(crate) struct Branches<'a> {
    /// From the root.
    pub(crate) questions: Vec<Question>,
    /// By the answers, the first as the highest bit: where all are yes, the last.
    pub(crate) leaves: &'a [f64],
}

/// A question of a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Question {
    /// The position of the column.
    pub(crate) column: usize,
    /// Where the answer is yes, of what is there and was seen.
    pub(crate) yes: Yes,
    /// The answer for all else.
    pub(crate) missing: bool,
}

/// Where the answer is yes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Yes {
    /// Above this number or bin.
    Above(f64),
    /// Everywhere.
    Everywhere,
    /// Nowhere.
    Nowhere,
}
