//! Two columns that tell the outcome together, though neither does alone: by the ratio
//! or the difference of two numbers, or by two columns of few levels read together.

use rayon::prelude::*;

use super::PROOF;
use super::known::Known;
use crate::said::{Fact, Said, said};
use crate::table::{Column, Values};

/// At most so many columns of a kind are paired, the first.
const MOST: usize = 60;
/// A pair is looked at closely where this many customers of either class rank the outcome
/// with an AUC above [`PROMISING`].
const SCREENED: usize = 500;
const PROMISING: f64 = 0.95;
/// Columns with more levels are not read together with others.
const MOST_LEVELS: usize = 20;

/// How two columns are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Ratio,
    Difference,
    Together,
}

/// Two columns that tell the outcome together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    /// Places among the columns of the table, ascending.
    pub(super) columns: [usize; 2],
    /// The AUC, above [`PROOF`].
    pub(super) auc: f64,
    how: How,
}

impl Pair {
    /// Why, of one of the two, where the other one is called so.
    pub(super) fn why(&self, other: &str) -> Said {
        let auc = Fact::figure(format!("{:.3}", self.auc));
        match self.how {
            How::Ratio => said!("leak-ratio", other = other, auc = auc),
            How::Difference => said!("leak-difference", other = other, auc = auc),
            How::Together => said!("leak-together", other = other, auc = auc),
        }
    }
}

/// The pairs of proof among the columns at the given places, strongest first; no column is
/// in two of them.
pub(super) fn pairs(columns: &[Column], places: &[usize], known: &Known) -> Vec<Pair> {
    let few = known.sample(SCREENED);
    let is_number = |place: &&usize| matches!(columns[**place].values, Values::Number(_));
    let numbers: Vec<usize> = places.iter().filter(is_number).take(MOST).copied().collect();
    let has_few_levels = |place: &&usize| match &columns[**place].values {
        Values::Number(_) => false,
        Values::Flag { .. } => true,
        Values::Category { levels, .. } => levels.len() <= MOST_LEVELS,
    };
    let levels: Vec<usize> = places.iter().filter(has_few_levels).take(MOST).copied().collect();
    let mut asked: Vec<(usize, usize, How)> = Vec::new();
    for (first, &a) in numbers.iter().enumerate() {
        for &b in &numbers[first + 1..] {
            asked.extend([(a, b, How::Ratio), (a, b, How::Difference)]);
        }
    }
    for (first, &a) in levels.iter().enumerate() {
        asked.extend(levels[first + 1..].iter().map(|&b| (a, b, How::Together)));
    }
    let judge = |&(a, b, how): &(usize, usize, How)| {
        let auc = |known: &Known| together(&columns[a].values, &columns[b].values, how, known);
        if auc(&few) < PROMISING {
            return None;
        }
        let auc = auc(known);
        (auc > PROOF).then_some(Pair { columns: [a, b], auc, how })
    };
    let mut found: Vec<Pair> = asked.par_iter().filter_map(judge).collect();
    found.sort_by(|a, b| b.auc.total_cmp(&a.auc).then(a.columns.cmp(&b.columns)));
    let mut kept: Vec<Pair> = Vec::new();
    for pair in found {
        let is_taken = |place: &usize| kept.iter().any(|kept| kept.columns.contains(place));
        if !pair.columns.iter().any(is_taken) {
            kept.push(pair);
        }
    }
    kept
}

/// AUC of two columns; .5 where half of the customers or more lack one of them.
fn together(a: &Values, b: &Values, how: How, known: &Known) -> f64 {
    let present = (known.rows.iter().enumerate())
        .filter(|&(_, &row)| !a.is_missing(row) && !b.is_missing(row));
    let is_enough = |n: usize| n * 2 > known.rows.len();
    if let (Values::Number(a), Values::Number(b)) = (a, b) {
        let value = |(place, &row): (usize, &usize)| match how {
            How::Difference => Some((place, a[row] - b[row])),
            _ => (b[row] != 0.0).then(|| (place, a[row] / b[row])),
        };
        let scored: Vec<(usize, f64)> = present.filter_map(value).collect();
        return if is_enough(scored.len()) { known.auc(&scored) } else { 0.5 };
    }
    let width = n_levels(b);
    let coded: Vec<(usize, u32)> =
        present.map(|(place, &row)| (place, code(a, row) * width + code(b, row))).collect();
    if is_enough(coded.len()) { known.level_auc(&coded) } else { 0.5 }
}

fn n_levels(values: &Values) -> u32 {
    match values {
        Values::Category { levels, .. } => u32::try_from(levels.len()).unwrap_or(u32::MAX),
        _ => 2,
    }
}

fn code(values: &Values, row: usize) -> u32 {
    match values {
        Values::Category { codes, .. } => codes[row],
        Values::Flag { codes, .. } => u32::from(codes[row]),
        Values::Number(_) => 0,
    }
}
