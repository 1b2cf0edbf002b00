//! The cores of a DBSCAN fit: where a customer belongs, at fit and ever after.
//!
//! A customer belongs to the lowest cluster id among the cores within eps, and to none
//! where there is no core within eps. Cores within eps of each other share a cluster,
//! so the rule gives every core its own, and training rows get their training labels.

use rayon::prelude::*;

use super::super::kernel::near::{Eight, MANY, Sixteen, Told, WIDTH, outer};
use super::super::neighbours::{
    Block, Found, GROUPS, HALVES, LEAF, Lanes, Narrow, Tree, Visit, Walk, bits, lanes,
};

/// No cluster.
const NONE: u32 = u32::MAX;

/// Customers of whom some are cores with a cluster, ready for queries.
#[derive(Debug, Clone)]
pub(crate) struct CoreIndex {
    tree: Tree,
    eps: f64,
    /// The squared radius.
    radius: f64,
    /// The cluster at each position of the tree; `NONE` where there is no core.
    cluster: Vec<u32>,
    /// The lowest cluster in each node.
    lowest: Vec<u32>,
}

impl CoreIndex {
    /// Rows of width `d`, row-major, with one cluster each.
    pub(crate) fn new(rows: &[f64], d: usize, clusters: &[u32], eps: f64) -> Self {
        let tree = Tree::build(rows, d);
        let cluster = (0..tree.len()).map(|position| clusters[tree.original(position)]).collect();
        Self::of(tree, cluster, eps)
    }

    /// A tree with a cluster at each position, `u32::MAX` where there is no core.
    pub(super) fn of(tree: Tree, cluster: Vec<u32>, eps: f64) -> Self {
        let lowest =
            tree.gather(|p| cluster[p].iter().copied().min().unwrap_or(NONE), std::cmp::min);
        Self { tree, eps, radius: eps * eps, cluster, lowest }
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The cluster, or none, of each customer and, where `nearest` asks for it, the
    /// distance to the nearest core; each customer for itself, many at a time.
    pub(crate) fn place(&self, customers: &Tree, nearest: bool) -> Vec<(Option<u32>, f64)> {
        let leaves = customers.leaves();
        let in_f32 = !nearest && customers.is_beside(&self.tree);
        let mut found = vec![(NONE, 0.0); customers.len()];
        found.par_chunks_mut(LEAF).zip(leaves.par_iter()).for_each_init(
            Walk::new,
            |walk, (found, &leaf)| {
                let block = customers.block(leaf as usize);
                let narrow = in_f32.then(|| customers.narrow(leaf as usize));
                let mut search = Search::new(self, block, narrow, nearest);
                self.tree.visit(&block, walk, &mut search);
                for (i, found) in found.iter_mut().enumerate() {
                    let (group, lane) = (i / WIDTH, i % WIDTH);
                    *found = (search.best[group][lane], search.near[group][lane].sqrt());
                }
            },
        );
        let mut out = vec![(None, 0.0); customers.len()];
        for (position, (cluster, distance)) in found.into_iter().enumerate() {
            out[customers.original(position)] = (Some(cluster).filter(|&id| id < NONE), distance);
        }
        out
    }
}

struct Search<'a> {
    index: &'a CoreIndex,
    block: Block<'a>,
    /// The same in f32, where distances need not be told.
    narrow: Option<Narrow<'a>>,
    /// The lowest cluster of a core within the radius.
    best: [[u32; WIDTH]; GROUPS],
    /// The highest of those.
    worst: u32,
    /// The squared distance to the nearest core.
    near: [Eight; GROUPS],
    /// The largest of those; 0 where nobody asks.
    far: f64,
    reach: [Sixteen; HALVES],
    found: Found,
}

impl<'a> Search<'a> {
    fn new(
        index: &'a CoreIndex,
        block: Block<'a>,
        narrow: Option<Narrow<'a>>,
        nearest: bool,
    ) -> Self {
        let far = if nearest { f64::INFINITY } else { 0.0 };
        let (best, near) = ([[NONE; WIDTH]; GROUPS], [[far; WIDTH]; GROUPS]);
        let reach = block.reach(far.max(index.radius));
        Self { index, block, narrow, best, worst: NONE, near, far, reach, found: Found::new() }
    }

    /// Looks for lower clusters in a leaf by f32, and by f64 where that is not sure; false
    /// where f32 cannot tell.
    fn screen(&mut self, node: usize, close: Lanes) -> bool {
        let tree = &self.index.tree;
        let Some(narrow) = self.narrow else { return false };
        let others = tree.narrow(node);
        let Some(ring) = narrow.ring(self.index.eps, &others) else { return false };
        let start = tree.nodes()[node].positions().start;
        let all = narrow.chosen(&others, ring);
        let (mut counts, mut told) = ([0; MANY], Told::default());
        for at in (0..HALVES).filter(|&at| all.of_half(at) != 0) {
            let first = start + at * MANY;
            let lower = |&other: &usize| self.index.cluster[first + other] < self.worst;
            let chosen =
                bits(all.of_half(at)).filter(lower).fold(0, |bits, other| bits | 1 << other);
            for half in (0..HALVES).filter(|&half| chosen != 0 && close.of_half(half) != 0) {
                let rows = (half, &others, at);
                narrow.screen(rows, chosen, &[0; MANY], ring, &mut counts, &mut told);
                let best = &mut self.best.as_flattened_mut()[half * MANY..][..MANY];
                for other in bits(chosen) {
                    let cluster = self.index.cluster[first + other];
                    for lane in bits(told.near[other]) {
                        best[lane] = best[lane].min(cluster);
                    }
                    for lane in bits(told.open[other]) {
                        let place = first % LEAF + other;
                        let (own, block) = (half * MANY + lane, tree.block(node));
                        if self.block.squared(own, &block, place) <= self.index.radius {
                            best[lane] = best[lane].min(cluster);
                        }
                    }
                }
            }
        }
        true
    }

    fn update(&mut self) {
        let best = &self.best.as_flattened()[..self.block.len()];
        self.worst = best.iter().copied().max().unwrap_or(NONE);
    }

    /// The customers who have not found a cluster as low as any in a node.
    fn seeking(&self, node: usize) -> u32 {
        let lowest = self.index.lowest[node];
        let best = self.best.as_flattened().iter().enumerate();
        best.fold(0, |bits, (lane, &best)| bits | u32::from(best > lowest) << lane)
    }
}

impl Visit for Search<'_> {
    fn wants(&mut self, gap: f64, node: usize) -> bool {
        let lowest = self.index.lowest[node];
        lowest < NONE && (gap <= self.index.radius && lowest < self.worst || gap < self.far)
    }

    fn reach(&self) -> &[Sixteen; HALVES] {
        &self.reach
    }

    fn leaf(&mut self, node: usize, close: Lanes) {
        let (tree, radius) = (&self.index.tree, self.index.radius);
        if self.far == 0.0 {
            let seeking = Lanes(close.0 & self.seeking(node));
            if seeking.0 == 0 || self.screen(node, seeking) {
                self.update();
                return;
            }
        }
        let (positions, others) = (tree.nodes()[node].positions(), tree.block(node));
        for group in (0..self.block.groups()).filter(|&group| close.of(group) != 0) {
            let (best, near) = (&mut self.best[group], &mut self.near[group]);
            let bound: Eight = std::array::from_fn(|lane| near[lane].max(radius));
            self.block.compare(group, &others, &bound, &mut self.found);
            for (i, distances, hit) in self.found.near(positions.len()) {
                let cluster = self.index.cluster[positions.start + i];
                if cluster == NONE {
                    continue;
                }
                for lane in lanes(hit) {
                    near[lane] = near[lane].min(distances[lane]);
                    if distances[lane] <= radius {
                        best[lane] = best[lane].min(cluster);
                    }
                }
            }
        }
        self.update();
        if self.far > 0.0 {
            let near = self.near[..self.block.groups()].as_flattened();
            self.far = near.iter().copied().fold(0.0, f64::max);
            for (i, near) in near.iter().enumerate().take(self.block.len()) {
                self.reach[i / MANY][i % MANY] = outer(near.max(radius), tree.d());
            }
        }
    }
}
