//! What each column adds to a customer's log-odds: exact Shapley values of the trees.
//!
//! The game is that of a tree walked with some columns known: at a question on a column
//! that is not, both answers are followed, in proportion to the customers that went each
//! way. A customer's values depend on the answers alone, so they are computed once for
//! every leaf of every tree; a customer is then a sum of table rows.
//!
//! # References
//!
//! Lundberg, Erion, Lee (2018), Consistent individualized feature attribution for tree
//! ensembles, arXiv 1802.03888, algorithm 1 (the game); Shapley (1953), A value for
//! n-person games.

use super::trees::{Forest, Tree};
use crate::stats::number;

/// Shapley values ready to be summed.
pub(in super::super) struct Shares {
    /// Log-odds when nothing is known of the customer.
    pub(in super::super) base: f64,
    trees: Vec<Table>,
}

/// One tree: its columns, and for each leaf the value of each column.
struct Table {
    columns: Vec<usize>,
    values: Vec<f64>,
}

impl Shares {
    /// Of all trees.
    pub(in super::super) fn of(model: &Forest) -> Self {
        let base = model.base + model.trees.iter().map(|tree| mean(tree, 0, 0, 0, 0)).sum::<f64>();
        Self { base, trees: model.trees.iter().map(Table::of).collect() }
    }

    /// Adds the parts of a customer, given as bins, to one place per column.
    pub(in super::super) fn add(&self, model: &Forest, bins: &[u16], sums: &mut [f64]) {
        for (tree, table) in model.trees.iter().zip(&self.trees) {
            let width = table.columns.len();
            let values = &table.values[tree.leaf(bins) * width..][..width];
            for (&column, value) in table.columns.iter().zip(values) {
                sums[column] += value;
            }
        }
    }
}

impl Table {
    fn of(tree: &Tree) -> Self {
        let mut columns: Vec<usize> =
            tree.splits.iter().map(|split| split.column as usize).collect();
        columns.sort_unstable();
        columns.dedup();
        let m = columns.len();
        // The questions, as bits like those of a leaf, that a set of columns answers.
        let depth = tree.splits.len();
        let questions = |set: usize| {
            tree.splits.iter().enumerate().fold(0, |mask, (place, split)| {
                let is_known =
                    (0..m).any(|k| set >> k & 1 == 1 && columns[k] == split.column as usize);
                mask | usize::from(is_known) << (depth - 1 - place)
            })
        };
        let masks: Vec<usize> = (0..1 << m).map(questions).collect();
        let weights: Vec<f64> = (0..m).map(|size| weight(size, m)).collect();
        let mut values = vec![0.0; tree.leaves.len() * m];
        for leaf in 0..tree.leaves.len() {
            let worth: Vec<f64> = masks.iter().map(|&mask| mean(tree, mask, leaf, 0, 0)).collect();
            for k in 0..m {
                for set in (0..1_usize << m).filter(|set| set >> k & 1 == 0) {
                    values[leaf * m + k] +=
                        weights[set.count_ones() as usize] * (worth[set | 1 << k] - worth[set]);
                }
            }
        }
        Self { columns, values }
    }
}

/// The share of the orders of `m` players in which a given set of `size` comes first and
/// a given other player next: `size! (m - size - 1)! / m!`.
fn weight(size: usize, m: usize) -> f64 {
    let factorial = |n: usize| (1..=n).map(number).product::<f64>();
    factorial(size) * factorial(m - size - 1) / factorial(m)
}

/// The mean log-odds of a tree below a node, where the questions in `mask` are answered as
/// those of `leaf`.
fn mean(tree: &Tree, mask: usize, leaf: usize, depth: usize, node: usize) -> f64 {
    let left = tree.splits.len() - depth;
    if left == 0 {
        return tree.leaves[node];
    }
    let bit = 1 << (left - 1);
    let child = |answer: usize| mean(tree, mask, leaf, depth + 1, node << 1 | answer);
    if mask & bit != 0 {
        return child(usize::from(leaf & bit != 0));
    }
    let cover = |node: usize| {
        tree.covers[node << (left - 1)..(node + 1) << (left - 1)]
            .iter()
            .map(|&n| f64::from(n))
            .sum::<f64>()
    };
    let (no, yes) = (cover(node << 1), cover(node << 1 | 1));
    // A node that nobody reached: either answer as likely.
    let share = if no + yes > 0.0 { yes / (no + yes) } else { 0.5 };
    (1.0 - share) * child(0) + share * child(1)
}
