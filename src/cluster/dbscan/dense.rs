//! Which customers are cores: a leaf of customers at a time against the tree.

use rayon::prelude::*;

use super::super::kernel::near::{MANY, Sixteen, WIDTH};
use super::super::neighbours::{
    Block, Found, HALVES, LEAF, Lanes, Narrow, Tree, Visit, Walk, box_reach, lanes,
};

/// What it costs to look at a leaf, in pairs of customers compared.
const LOOK: u64 = 32;

/// The distinct rows in a tree with the customers that each stands for.
pub(super) struct Crowd {
    pub(super) tree: Tree,
    /// Customers at each position, sixteen at a time.
    weights: Vec<[u32; MANY]>,
    /// Customers below each node.
    customers: Vec<u32>,
    eps: f64,
    /// The squared radius.
    pub(super) radius: f64,
}

impl Crowd {
    pub(super) fn new(tree: Tree, counts: &[u32], eps: f64) -> Self {
        let mut weights = vec![[0; MANY]; tree.len().div_ceil(MANY)];
        let flat = weights.as_flattened_mut();
        for (p, weight) in flat.iter_mut().enumerate().take(tree.len()) {
            *weight = counts[tree.original(p)];
        }
        let customers = tree.gather(|p| flat[p].iter().sum::<u32>(), |a, b| a + b);
        Self { tree, weights, customers, eps, radius: eps * eps }
    }

    /// Whether each position has enough customers around it.
    pub(super) fn cores(&self, min_points: usize) -> Vec<bool> {
        let mut core = vec![false; self.tree.len()];
        let leaves = self.tree.leaves();
        let enough = u32::try_from(min_points).unwrap_or(u32::MAX);
        let crowded = self.crowded(enough);
        core.par_chunks_mut(LEAF).zip(leaves.par_iter()).for_each_init(
            Walk::new,
            |walk, (core, &leaf)| {
                if crowded[leaf as usize] {
                    core.fill(true);
                    return;
                }
                let (counts, _) = self.count(leaf as usize, enough, walk);
                for (core, &count) in core.iter_mut().zip(counts.as_flattened()) {
                    *core = count >= enough;
                }
            },
        );
        core
    }

    /// Nodes that lie in a box as small as the radius with enough customers: all cores.
    fn crowded(&self, enough: u32) -> Vec<bool> {
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
        let enough = u32::try_from(min_points).unwrap_or(u32::MAX);
        let crowded = self.crowded(enough);
        let leaves: Vec<u32> = self.tree.leaves().iter().copied().step_by(step).collect();
        let pairs = leaves
            .par_iter()
            .filter(|leaf| !crowded[**leaf as usize])
            .map_init(Walk::new, |walk, &leaf| self.count(leaf as usize, enough, walk).1);
        pairs.sum::<u64>() as f64
    }

    /// The customers around each one of a leaf, of which no more than enough are looked
    /// for, and how many pairs were compared.
    fn count(&self, leaf: usize, enough: u32, walk: &mut Walk) -> ([[u32; MANY]; HALVES], u64) {
        let block = self.tree.block(leaf);
        let mut counter = Counter {
            crowd: self,
            enough,
            start: self.tree.nodes()[leaf].positions().start,
            narrow: self.tree.narrow(leaf),
            block,
            counts: [[0; MANY]; HALVES],
            reach: block.reach(self.radius),
            open: block.len(),
            pairs: 0,
        };
        self.tree.visit(&block, walk, &mut counter);
        (counter.counts, counter.pairs)
    }
}

/// Counts the customers around those of one leaf.
struct Counter<'a> {
    crowd: &'a Crowd,
    enough: u32,
    /// The first of the customers.
    start: usize,
    block: Block<'a>,
    narrow: Narrow<'a>,
    counts: [[u32; MANY]; HALVES],
    /// How far each customer looks; below 0 once it has enough.
    reach: [Sixteen; HALVES],
    /// How many still look.
    open: usize,
    pairs: u64,
}

impl Counter<'_> {
    /// All customers of a node are near.
    fn take(&mut self, node: usize) {
        let customers = self.crowd.customers[node];
        self.counts.iter_mut().flatten().for_each(|count| *count += customers);
        self.close();
    }

    fn close(&mut self) {
        self.open = 0;
        let reaches = self.reach.as_flattened_mut().iter_mut();
        for (reach, &count) in reaches.zip(self.counts.as_flattened()) {
            *reach = if count >= self.enough { -1.0 } else { *reach };
            self.open += usize::from(*reach >= 0.0);
        }
    }

    fn is_near(&self, node: usize) -> bool {
        box_reach(self.block.edges(), self.crowd.tree.edges(node)) <= self.crowd.radius
    }

    /// Counts the customers of a leaf by f32, and those of whom it is not sure by f64;
    /// false where f32 cannot tell.
    fn screen(&mut self, node: usize, near: Lanes) -> bool {
        let tree = &self.crowd.tree;
        let others = tree.narrow(node);
        let Some(ring) = self.narrow.ring(self.crowd.eps, &others) else { return false };
        let from = tree.nodes()[node].positions().start;
        let mut open = [0; MANY];
        let all = self.narrow.chosen(&others, ring);
        if all.0 == 0 {
            return true;
        }
        for (at, weights) in self.crowd.weights[from / MANY..].iter().take(HALVES).enumerate() {
            let chosen = all.of_half(at);
            if chosen == 0 {
                continue;
            }
            for half in (0..HALVES).filter(|&half| near.of_half(half) != 0) {
                let (rows, counts) = ((half, &others, at), &mut self.counts[half]);
                self.pairs += (MANY as u64) * u64::from(chosen.count_ones());
                if self.narrow.screen(rows, chosen, weights, ring, counts, &mut open) {
                    self.settle((half, from + at * MANY), chosen, &open);
                }
            }
        }
        true
    }

    /// Compares pairs of whom f32 was not sure: of a half, with those from a position on.
    fn settle(&mut self, (half, from): (usize, usize), chosen: u16, open: &[u16; MANY]) {
        let own = self.start + half * MANY;
        for other in (0..MANY).filter(|other| chosen >> other & 1 == 1) {
            for lane in (0..MANY).filter(|lane| open[other] >> lane & 1 == 1) {
                // Lanes behind the last customer repeat it.
                let customer = (own + lane).min(self.crowd.tree.len() - 1);
                if self.crowd.tree.squared(customer, from + other) <= self.crowd.radius {
                    self.counts[half][lane] += self.crowd.weights[from / MANY][other];
                }
            }
        }
    }

    /// Counts the customers of a leaf by f64.
    fn compare(&mut self, node: usize, near: Lanes) {
        let tree = &self.crowd.tree;
        let (from, others) = (tree.nodes()[node].positions().start, tree.block(node));
        let mut found = Found::new();
        for group in (0..self.block.groups()).filter(|&group| near.of(group) != 0) {
            self.block.compare(group, &others, &[self.crowd.radius; WIDTH], &mut found);
            self.pairs += (WIDTH * others.len()) as u64;
            for (i, _, hit) in found.near(others.len()) {
                for lane in lanes(hit) {
                    self.counts.as_flattened_mut()[group * WIDTH + lane] +=
                        self.crowd.weights.as_flattened()[from + i];
                }
            }
        }
    }
}

impl Visit for Counter<'_> {
    fn wants(&mut self, gap: f64, node: usize) -> bool {
        if gap > self.crowd.radius || self.open == 0 {
            return false;
        }
        if self.crowd.tree.nodes()[node].right().is_none() || !self.is_near(node) {
            return true;
        }
        self.take(node);
        false
    }

    fn reach(&self) -> &[Sixteen; HALVES] {
        &self.reach
    }

    fn leaf(&mut self, node: usize, near: Lanes) {
        // A leaf that is near as a whole is in reach of everyone who looks.
        if near.0.count_ones() as usize == self.open && self.is_near(node) {
            self.take(node);
            return;
        }
        self.pairs += LOOK;
        if !self.screen(node, near) {
            self.compare(node, near);
        }
        self.close();
    }
}
