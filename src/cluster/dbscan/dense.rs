//! Which customers are cores: a leaf of customers at a time against the tree.

use rayon::prelude::*;

use super::super::kernel::near::{MANY, Sixteen, Told, WIDTH};
use super::super::neighbours::{
    Block, Found, HALVES, LEAF, Lanes, Narrow, Tree, Visit, Walk, bits, box_reach, lanes,
};
use super::sparse;

/// What it costs to look at a leaf, in pairs of customers compared.
const LOOK: u64 = 32;

/// The distinct rows in a tree with the customers that each stands for.
pub(super) struct Crowd {
    pub(super) tree: Tree,
    /// Customers at each position, sixteen at a time.
    pub(super) weights: Vec<[u32; MANY]>,
    /// Customers below each node.
    pub(super) customers: Vec<u32>,
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

    /// Whether each position has enough customers around it; `effort` is that of a sample.
    pub(super) fn cores(&self, min_points: usize, effort: Effort) -> Vec<bool> {
        let enough = u32::try_from(min_points).unwrap_or(u32::MAX);
        if effort.is_sparse() { sparse::cores(self, enough) } else { self.cores_each(enough) }
    }

    /// The same, each leaf for itself and no longer than it must.
    pub(super) fn cores_each(&self, enough: u32) -> Vec<bool> {
        let mut core = vec![false; self.tree.len()];
        let crowded = self.crowded(enough);
        core.par_chunks_mut(LEAF).zip(self.tree.leaves().par_iter()).for_each_init(
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

    /// What it costs to count for the customers of every `step`-th leaf.
    pub(super) fn effort(&self, min_points: usize, step: usize) -> Effort {
        let enough = u32::try_from(min_points).unwrap_or(u32::MAX);
        let crowded = self.crowded(enough);
        let leaves: Vec<u32> = self.tree.leaves().iter().copied().step_by(step).collect();
        let done = Effort { leaves: 1, ..Effort::default() };
        let efforts = leaves.par_iter().map_init(Walk::new, |walk, &leaf| {
            if crowded[leaf as usize] { done } else { self.count(leaf as usize, enough, walk).1 }
        });
        efforts.reduce(Effort::default, Effort::and)
    }

    /// The customers around each one of a leaf, of which no more than enough are looked
    /// for, how many still lack some, and how many pairs were compared.
    fn count(&self, leaf: usize, enough: u32, walk: &mut Walk) -> ([[u32; MANY]; HALVES], Effort) {
        let own = Own::new(self, leaf);
        let block = own.block;
        let mut counter = Counter {
            own,
            enough,
            counts: [[0; MANY]; HALVES],
            reach: block.reach(self.radius),
            open: block.len(),
            pairs: 0,
        };
        self.tree.visit(&block, walk, &mut counter);
        let effort = Effort { leaves: 1, open: u64::from(counter.open > 0), pairs: counter.pairs };
        (counter.counts, effort)
    }
}

/// What counting costs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Effort {
    /// Leaves for which customers were counted.
    leaves: u64,
    /// Those that had to look at all there is, because somebody found too few.
    open: u64,
    /// Pairs that were compared.
    pub(super) pairs: u64,
}

impl Effort {
    fn and(self, other: Self) -> Self {
        Self {
            leaves: self.leaves + other.leaves,
            open: self.open + other.open,
            pairs: self.pairs + other.pairs,
        }
    }

    /// Whether hardly any leaf is done early: then each pair is better looked at once.
    fn is_sparse(self) -> bool {
        self.open * 10 >= self.leaves * 9
    }
}

/// A leaf of customers whose neighbours are counted.
pub(super) struct Own<'a> {
    pub(super) crowd: &'a Crowd,
    /// The position of the first of them.
    pub(super) start: usize,
    pub(super) block: Block<'a>,
    narrow: Narrow<'a>,
}

impl<'a> Own<'a> {
    pub(super) fn new(crowd: &'a Crowd, leaf: usize) -> Self {
        let start = crowd.tree.nodes()[leaf].positions().start;
        Self { crowd, start, block: crowd.tree.block(leaf), narrow: crowd.tree.narrow(leaf) }
    }

    /// Whether all customers of a node are near all of these.
    pub(super) fn is_near(&self, node: usize) -> bool {
        box_reach(self.block.edges(), self.crowd.tree.edges(node)) <= self.crowd.radius
    }

    /// Counts those of another leaf that are near, for customers of whom some are in
    /// `near`. Tells each of the others by position, and which half of the customers is
    /// meant by the bits. Returns how many pairs were compared.
    pub(super) fn count(
        &self,
        node: usize,
        near: Lanes,
        counts: &mut [[u32; MANY]; HALVES],
        mut tell: impl FnMut(usize, usize, u16),
    ) -> u64 {
        let others = self.crowd.tree.narrow(node);
        let Some(ring) = self.narrow.ring(self.crowd.eps, &others) else {
            return self.compare(node, near, counts, tell);
        };
        let all = self.narrow.chosen(&others, ring);
        if all.0 == 0 {
            return 0;
        }
        let from = self.crowd.tree.nodes()[node].positions().start;
        let (mut told, mut pairs) = (Told::default(), 0);
        for (at, weights) in self.crowd.weights[from / MANY..].iter().take(HALVES).enumerate() {
            let chosen = all.of_half(at);
            if chosen == 0 {
                continue;
            }
            for half in (0..HALVES).filter(|&half| near.of_half(half) != 0) {
                let (rows, counts) = ((half, &others, at), &mut counts[half]);
                pairs += (MANY as u64) * u64::from(chosen.count_ones());
                let first = from + at * MANY;
                if self.narrow.screen(rows, chosen, weights, ring, counts, &mut told) {
                    self.settle((half, first), chosen, &mut told, counts);
                }
                for other in bits(chosen) {
                    tell(first + other, half, told.near[other]);
                }
            }
        }
        pairs
    }

    /// Compares pairs of whom f32 was not sure: of a half, with those from a position on.
    fn settle(
        &self,
        (half, first): (usize, usize),
        chosen: u16,
        told: &mut Told,
        counts: &mut [u32; MANY],
    ) {
        let others = self.crowd.tree.block_at(first);
        let own = half * MANY;
        for other in bits(chosen) {
            for lane in bits(told.open[other]) {
                let squared = self.block.squared(own + lane, &others, first % LEAF + other);
                if squared <= self.crowd.radius {
                    counts[lane] += self.crowd.weights[first / MANY][other];
                    told.near[other] |= 1 << lane;
                }
            }
        }
    }

    /// The same as `count` by f64.
    fn compare(
        &self,
        node: usize,
        near: Lanes,
        counts: &mut [[u32; MANY]; HALVES],
        mut tell: impl FnMut(usize, usize, u16),
    ) -> u64 {
        let tree = &self.crowd.tree;
        let (from, others) = (tree.nodes()[node].positions().start, tree.block(node));
        let weights = self.crowd.weights.as_flattened();
        let (mut found, mut pairs) = (Found::new(), 0);
        for group in (0..self.block.groups()).filter(|&group| near.of(group) != 0) {
            self.block.compare(group, &others, &[self.crowd.radius; WIDTH], &mut found);
            pairs += (WIDTH * others.len()) as u64;
            let (half, shift) = (group * WIDTH / MANY, group * WIDTH % MANY);
            for (i, _, hit) in found.near(others.len()) {
                for lane in lanes(hit) {
                    counts[half][shift + lane] += weights[from + i];
                }
                tell(from + i, half, u16::from(hit) << shift);
            }
        }
        pairs
    }
}

/// Counts the customers around those of one leaf, until they have enough.
struct Counter<'a> {
    own: Own<'a>,
    enough: u32,
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
        let customers = self.own.crowd.customers[node];
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
}

impl Visit for Counter<'_> {
    fn wants(&mut self, gap: f64, node: usize) -> bool {
        let crowd = self.own.crowd;
        if gap > crowd.radius || self.open == 0 {
            return false;
        }
        if crowd.tree.nodes()[node].right().is_none() || !self.own.is_near(node) {
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
        if near.0.count_ones() as usize == self.open && self.own.is_near(node) {
            self.take(node);
            return;
        }
        self.pairs += LOOK + self.own.count(node, near, &mut self.counts, |_, _, _| {});
        self.close();
    }
}
