//! Which customers are cores: a leaf of customers at a time against the tree.

use rayon::prelude::*;

use super::super::kernel::near::{Eight, WIDTH};
use super::super::neighbours::{Block, GROUPS, LEAF, Tree, Visit, box_reach};

/// The distinct rows in a tree with the customers that each stands for.
pub(super) struct Crowd {
    pub(super) tree: Tree,
    /// Customers at each position.
    weights: Vec<Eight>,
    /// Customers below each node.
    customers: Vec<f64>,
    /// The squared radius.
    pub(super) radius: f64,
}

impl Crowd {
    pub(super) fn new(tree: Tree, counts: &[u32], eps: f64) -> Self {
        let weights = tree.in_lanes(|p| f64::from(counts[tree.original(p)]));
        let flat = weights.as_flattened();
        let customers = tree.gather(|p| flat[p].iter().sum::<f64>(), |a, b| a + b);
        Self { tree, weights, customers, radius: eps * eps }
    }

    /// Whether each position has enough customers around it.
    pub(super) fn cores(&self, min_points: usize) -> Vec<bool> {
        let mut core = vec![false; self.tree.len()];
        let leaves = self.tree.leaves();
        let enough = min_points as f64;
        let crowded = self.crowded(enough);
        core.par_chunks_mut(LEAF).zip(leaves.par_iter()).for_each_init(
            Vec::new,
            |stack, (core, &leaf)| {
                if crowded[leaf as usize] {
                    core.fill(true);
                    return;
                }
                let (counts, _) = self.count(leaf as usize, enough, stack);
                for (core, &count) in core.iter_mut().zip(counts.as_flattened()) {
                    *core = count >= enough;
                }
            },
        );
        core
    }

    /// Nodes that lie in a box as small as the radius with enough customers: all cores.
    fn crowded(&self, enough: f64) -> Vec<bool> {
        let nodes = self.tree.nodes();
        let mut crowded = vec![false; nodes.len()];
        for node in 0..nodes.len() {
            let edges = self.tree.edges(node);
            crowded[node] |=
                self.customers[node] >= enough && box_reach(edges, edges) <= self.radius;
            if let Some(right) = nodes[node].right().filter(|_| crowded[node]) {
                crowded[node + 1] = true;
                crowded[right] = true;
            }
        }
        crowded
    }

    /// How many pairs are compared for the customers of every `step`-th leaf.
    pub(super) fn pairs(&self, min_points: usize, step: usize) -> f64 {
        let enough = min_points as f64;
        let crowded = self.crowded(enough);
        let leaves: Vec<u32> = self.tree.leaves().into_iter().step_by(step).collect();
        let pairs = leaves
            .par_iter()
            .filter(|leaf| !crowded[**leaf as usize])
            .map_init(Vec::new, |stack, &leaf| self.count(leaf as usize, enough, stack).1);
        pairs.sum::<u64>() as f64
    }

    /// The customers around each one of a leaf, of which no more than enough are looked
    /// for, and how many pairs were compared.
    fn count(
        &self,
        leaf: usize,
        enough: f64,
        stack: &mut Vec<(f64, u32)>,
    ) -> ([Eight; GROUPS], u64) {
        let block = self.tree.block(leaf);
        let mut counter = Counter {
            crowd: self,
            enough,
            block,
            counts: [[0.0; WIDTH]; GROUPS],
            open: std::array::from_fn(|group| group < block.groups()),
            pairs: 0,
        };
        self.tree.visit(&block, stack, &mut counter);
        (counter.counts, counter.pairs)
    }
}

/// Counts the customers around those of one leaf.
struct Counter<'a> {
    crowd: &'a Crowd,
    enough: f64,
    block: Block<'a>,
    counts: [Eight; GROUPS],
    /// Whether a group still has a customer without enough.
    open: [bool; GROUPS],
    pairs: u64,
}

impl Counter<'_> {
    fn close(&mut self, group: usize) {
        self.open[group] = self.counts[group].iter().any(|count| *count < self.enough);
    }
}

impl Visit for Counter<'_> {
    fn wants(&mut self, gap: f64, node: usize) -> bool {
        if gap > self.crowd.radius || self.open == [false; GROUPS] {
            return false;
        }
        if box_reach(self.block.edges(), self.crowd.tree.edges(node)) > self.crowd.radius {
            return true;
        }
        for group in 0..self.block.groups() {
            self.counts[group].iter_mut().for_each(|count| *count += self.crowd.customers[node]);
            self.close(group);
        }
        false
    }

    fn leaf(&mut self, node: usize) {
        let (crowd, radius) = (self.crowd, self.crowd.radius);
        let others = crowd.tree.block(node);
        let from = crowd.tree.nodes()[node].positions().start / WIDTH;
        let weights = &crowd.weights[from..from + others.groups()];
        for group in 0..self.block.groups() {
            if !self.open[group] {
                continue;
            }
            let gaps = self.block.gaps(group, others.edges());
            if gaps.iter().all(|gap| *gap > radius) {
                continue;
            }
            self.block.count(group, &others, weights, radius, &mut self.counts[group]);
            self.pairs += (WIDTH * others.len()) as u64;
            self.close(group);
        }
    }
}
