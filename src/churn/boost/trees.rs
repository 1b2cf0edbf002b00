//! The fitted trees: pure data.

use serde::{Deserialize, Serialize};

use super::cuts::{Cuts, Raw};

/// One question, asked in every leaf of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Split {
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
pub(in super::super) struct Tree {
    pub(super) splits: Vec<Split>,
    /// Log-odds by leaf; the answer to the first question is the highest bit.
    pub(super) leaves: Vec<f64>,
    /// Customers by leaf.
    pub(super) covers: Vec<u32>,
}

impl Tree {
    /// The leaf of a row of bins.
    pub(super) fn leaf(&self, bins: &[u16]) -> usize {
        self.splits.iter().fold(0, |leaf, split| {
            leaf << 1 | usize::from(split.is_right(bins[split.column as usize]))
        })
    }
}

/// Boosted symmetric trees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Trees {
    pub(super) cuts: Vec<Cuts>,
    pub(super) base: f64,
    pub(super) trees: Vec<Tree>,
}

impl Trees {
    /// The bins of the customer at `row`, one per column.
    pub(in super::super) fn bins(&self, columns: &[Raw], row: usize) -> Vec<u16> {
        self.cuts.iter().zip(columns).map(|(cuts, &raw)| cuts.bin(raw, row)).collect()
    }

    /// Log-odds of a row of bins.
    pub(in super::super) fn log_odds(&self, bins: &[u16]) -> f64 {
        self.trees.iter().fold(self.base, |sum, tree| sum + tree.leaves[tree.leaf(bins)])
    }
}
