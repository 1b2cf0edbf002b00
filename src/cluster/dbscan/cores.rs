//! The cores of a DBSCAN fit: where a customer belongs, at fit and ever after.
//!
//! A customer belongs to the lowest cluster id among the cores within eps, and to none
//! where there is no core within eps. Cores within eps of each other share a cluster,
//! so the rule gives every core its own, and training rows get their training labels.

use super::tree::{Found, Tree};

/// Core customers with their clusters, ready for queries.
#[derive(Debug, Clone)]
pub(crate) struct CoreIndex {
    tree: Tree,
    eps_squared: f64,
    /// The cluster at each position of the tree.
    cluster: Vec<u32>,
    /// The lowest cluster in each node.
    lowest: Vec<u32>,
}

impl CoreIndex {
    /// Rows of width `d`, row-major, with one cluster each.
    pub(crate) fn new(rows: &[f64], d: usize, clusters: &[u32], eps: f64) -> Self {
        let tree = Tree::build(rows, d);
        let cluster: Vec<u32> =
            (0..tree.len()).map(|position| clusters[tree.original(position)]).collect();
        let lowest = tree
            .nodes()
            .iter()
            .map(|node| cluster[node.positions()].iter().copied().min().unwrap_or(u32::MAX))
            .collect();
        Self { tree, eps_squared: eps * eps, cluster, lowest }
    }

    /// The cluster of a row, or none: noise.
    pub(crate) fn cluster_of(&self, x: &[f64]) -> Option<u32> {
        let best = std::cell::Cell::new(u32::MAX);
        self.tree.within(
            x,
            self.eps_squared,
            |node| self.lowest[node] < best.get(),
            |found| {
                let id = match found {
                    Found::Node(node) => self.lowest[node],
                    Found::Position(position) => self.cluster[position],
                };
                best.set(best.get().min(id));
                best.get() > 0
            },
        );
        Some(best.get()).filter(|&id| id < u32::MAX)
    }

    /// The distance to the nearest core.
    pub(crate) fn distance(&self, x: &[f64]) -> f64 {
        let mut best = f64::INFINITY;
        self.tree.nearest(x, |distance, _| {
            best = best.min(distance);
            best
        });
        best.sqrt()
    }
}
