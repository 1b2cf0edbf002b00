//! The fitted trees: pure data.

use serde::{Deserialize, Serialize};

use super::cuts::{Cuts, Raw};
use crate::churn::formula::{Branches, Question};

/// Deeper trees and more of them are in no model of ours.
const DEEPEST: usize = 8;
const MOST: usize = 10_000;

/// One question, asked in every branch of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Split {
    pub(super) column: u32,
    /// The answer is yes for bins above this one.
    pub(super) bin: u16,
    /// The answer for bin 0.
    pub(super) missing: bool,
}

impl Split {
    /// The answer.
    pub(super) fn is_right(self, bin: u16) -> bool {
        if bin == 0 { self.missing } else { bin > self.bin }
    }
}

/// A tree that asks the same question of all customers at each depth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tree {
    pub(super) splits: Vec<Split>,
    /// Log-odds by leaf; the answer to the first question is the highest bit.
    pub(super) leaves: Vec<f64>,
    /// Customers learnt from, by leaf.
    pub(super) covers: Vec<u32>,
}

impl Tree {
    /// The leaf of a row of bins.
    pub(super) fn leaf(&self, bins: &[u16]) -> usize {
        self.splits.iter().fold(0, |leaf, split| {
            leaf << 1 | usize::from(split.is_right(bins[split.column as usize]))
        })
    }

    fn is_valid(&self, cuts: &[Cuts]) -> bool {
        let has_bin = |split: &Split| {
            let cuts = cuts.get(split.column as usize);
            cuts.is_some_and(|cuts| usize::from(split.bin) < cuts.n_bins())
        };
        let depth = self.splits.len();
        (1..=DEEPEST).contains(&depth)
            && self.splits.iter().all(has_bin)
            && self.leaves.len() == 1 << depth
            && self.covers.len() == 1 << depth
            && self.leaves.iter().all(|leaf| leaf.is_finite())
    }
}

/// Boosted symmetric trees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Forest {
    /// One per column.
    pub(in super::super) cuts: Vec<Cuts>,
    /// Log-odds before the first tree.
    pub(super) base: f64,
    pub(super) trees: Vec<Tree>,
}

impl Forest {
    /// The bins of the customer at `row`, one per column.
    pub(in super::super) fn bins(&self, columns: &[Raw], row: usize) -> Vec<u16> {
        self.cuts.iter().zip(columns).map(|(cuts, &raw)| cuts.bin(raw, row)).collect()
    }

    /// Log-odds of a row of bins.
    pub(in super::super) fn log_odds(&self, bins: &[u16]) -> f64 {
        self.trees.iter().fold(self.base, |sum, tree| sum + tree.leaves[tree.leaf(bins)])
    }

    /// Log-odds before the first tree.
    pub(in super::super) fn base(&self) -> f64 {
        self.base
    }

    /// The trees with the cuts in their questions.
    pub(in super::super) fn branches(&self) -> Vec<Branches<'_>> {
        let question = |split: &Split| {
            let column = split.column as usize;
            let yes = self.cuts[column].above(split.bin);
            Question { column, yes, missing: split.missing }
        };
        let trees = self.trees.iter().map(|tree| Branches {
            questions: tree.splits.iter().map(question).collect(),
            leaves: &tree.leaves,
        });
        trees.collect()
    }

    /// How many trees there are.
    pub(in super::super) fn len(&self) -> usize {
        self.trees.len()
    }

    /// Whether every number and position can be used.
    pub(in super::super) fn is_valid(&self) -> bool {
        self.base.is_finite()
            && self.trees.len() <= MOST
            && self.cuts.iter().all(Cuts::is_valid)
            && self.trees.iter().all(|tree| tree.is_valid(&self.cuts))
    }
}
