//! The minimum spanning tree under mutual reachability, by Borůvka's rounds on a k-d tree.
//!
//! `m(a, b) = max(core(a), core(b), d(a, b))`. In each round every component looks for the
//! nearest customer outside it. What its members have found so far bounds the search of
//! the others, boxes inside the own component are left out, and what a customer has
//! learnt in one round (the nearest, or how far nobody is) holds in the next, because
//! components only grow. Which of several equal edges is taken may depend on threads;
//! the weights of the tree, and what is connected up to any distance, do not.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use super::super::kernel::near::{Eight, MANY, Sixteen, WIDTH, outer};
use super::super::neighbours::{
    Block, Forest, Found, GROUPS, HALVES, LEAF, Lanes, Tree, Visit, Walk, lanes,
};

/// More than one component.
const MIXED: u32 = u32::MAX;

/// Two positions and the squared mutual reachability between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    pub(super) squared: f64,
    pub(super) ends: (u32, u32),
}

/// What a customer knows of those outside its component.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// The nearest one found, and its squared distance.
    squared: f64,
    other: u32,
    /// Nobody is nearer than this.
    lower: f64,
}

/// The `n - 1` edges; `core` is squared, per position.
pub(super) fn spanning_tree(tree: &Tree, core: &[f64]) -> Vec<Edge> {
    let n = tree.len();
    let forest = Forest::new(n);
    let least = tree
        .gather(|p| core[p].iter().copied().fold(f64::INFINITY, f64::min), |a: f64, b| a.min(b));
    let leaves = tree.leaves();
    let unknown = |p: usize| Known { squared: f64::INFINITY, other: MIXED, lower: core[p] };
    let mut known: Vec<Known> = (0..n).map(unknown).collect();
    let mut edges = Vec::with_capacity(n.saturating_sub(1));
    while edges.len() + 1 < n {
        let component: Vec<u32> = (0..n).into_par_iter().map(|p| forest.find(p)).collect();
        let whole = tree.gather(
            |p| {
                let first = component.get(p.start).copied().unwrap_or(MIXED);
                if component[p].iter().all(|c| *c == first) { first } else { MIXED }
            },
            |a, b| if a == b { a } else { MIXED },
        );
        let bounds: Vec<AtomicU64> =
            (0..n).map(|_| AtomicU64::new(f64::INFINITY.to_bits())).collect();
        let round = Round { tree, core, least: &least, component, whole, bounds };
        round.recall(&known);
        known.par_chunks_mut(LEAF).zip(leaves.par_iter()).for_each_init(
            Walk::new,
            |walk, (known, &leaf)| {
                round.search(leaf as usize, known, walk);
            },
        );
        let before = edges.len();
        for edge in round.shortest(&known).into_iter().flatten() {
            if forest.unite(edge.ends.0 as usize, edge.ends.1 as usize) {
                edges.push(edge);
            }
        }
        debug_assert!(edges.len() > before, "every component has an edge to another one");
    }
    edges
}

struct Round<'a> {
    tree: &'a Tree,
    core: &'a [f64],
    /// The least core distance in each node.
    least: &'a [f64],
    component: Vec<u32>,
    /// The component of each node, or `MIXED`.
    whole: Vec<u32>,
    /// Per component the bits of the least squared distance found; those of numbers that
    /// are not negative are in the order of the numbers.
    bounds: Vec<AtomicU64>,
}

impl Round<'_> {
    fn bound(&self, component: u32) -> f64 {
        f64::from_bits(self.bounds[component as usize].load(Relaxed))
    }

    fn tell(&self, component: u32, squared: f64) {
        self.bounds[component as usize].fetch_min(squared.to_bits(), Relaxed);
    }

    /// Whether what a customer found is outside its component still.
    fn holds(&self, position: usize, known: &Known) -> bool {
        known.other != MIXED && self.component[known.other as usize] != self.component[position]
    }

    /// What was found in earlier rounds.
    fn recall(&self, known: &[Known]) {
        known.par_iter().enumerate().for_each(|(p, known)| {
            if self.holds(p, known) {
                self.tell(self.component[p], known.squared);
            }
        });
    }

    fn search(&self, leaf: usize, known: &mut [Known], walk: &mut Walk) {
        let start = self.tree.nodes()[leaf].positions().start;
        let mut bounds = [[f64::NEG_INFINITY; WIDTH]; GROUPS];
        let mut any = f64::NEG_INFINITY;
        for (i, known) in known.iter_mut().enumerate() {
            let p = start + i;
            if !self.holds(p, known) {
                *known = Known { squared: f64::INFINITY, other: MIXED, ..*known };
            }
            let bound = self.bound(self.component[p]).min(known.squared);
            if known.lower < bound {
                bounds[i / WIDTH][i % WIDTH] = bound;
                any = any.max(bound);
            }
        }
        if any == f64::NEG_INFINITY {
            return;
        }
        let block = self.tree.block(leaf);
        let own = self.whole[leaf];
        let (reach, found) = ([[-1.0; MANY]; HALVES], Found::new());
        let mut search =
            Search { round: self, block, start, own, known, bounds, reach, farthest: any, found };
        search.narrow();
        self.tree.visit(&block, walk, &mut search);
        let bounds = search.bounds;
        for (known, &bound) in known.iter_mut().zip(bounds.as_flattened()) {
            known.lower = known.lower.max(bound);
        }
    }

    /// The shortest edge out of each component, by its root.
    fn shortest(&self, known: &[Known]) -> Vec<Option<Edge>> {
        let mut best: Vec<Option<Edge>> = vec![None; known.len()];
        for (p, known) in known.iter().enumerate() {
            let best = &mut best[self.component[p] as usize];
            if self.holds(p, known) && best.is_none_or(|best| known.squared < best.squared) {
                *best = Some(Edge { squared: known.squared, ends: (p as u32, known.other) });
            }
        }
        best
    }
}

struct Search<'a> {
    round: &'a Round<'a>,
    block: Block<'a>,
    start: usize,
    own: u32,
    known: &'a mut [Known],
    /// Nearer than this each customer still looks; minus infinity where it does not.
    bounds: [Eight; GROUPS],
    reach: [Sixteen; HALVES],
    farthest: f64,
    found: Found,
}

impl Visit for Search<'_> {
    fn wants(&mut self, gap: f64, node: usize) -> bool {
        (self.own == MIXED || self.round.whole[node] != self.own)
            && gap.max(self.round.least[node]) < self.farthest
    }

    fn reach(&self) -> &[Sixteen; HALVES] {
        &self.reach
    }

    fn leaf(&mut self, node: usize, near: Lanes) {
        let (tree, core, component) = (self.round.tree, self.round.core, &self.round.component);
        let (first, others) = (tree.nodes()[node].positions().start, tree.block(node));
        for group in (0..self.block.groups()).filter(|&group| near.of(group) != 0) {
            let bounds = &mut self.bounds[group];
            self.block.compare(group, &others, bounds, &mut self.found);
            for (i, distances, hit) in self.found.near(others.len()) {
                let other = first + i;
                for lane in lanes(hit) {
                    let p = self.start + group * WIDTH + lane;
                    let squared = distances[lane].max(core[p]).max(core[other]);
                    if squared < bounds[lane] && component[p] != component[other] {
                        let known = &mut self.known[group * WIDTH + lane];
                        known.squared = squared;
                        known.other = other as u32;
                        bounds[lane] = squared;
                        self.round.tell(component[p], squared);
                    }
                }
            }
        }
        self.narrow();
    }
}

impl Search<'_> {
    /// Takes over what other members of the components have found.
    fn narrow(&mut self) {
        self.farthest = f64::NEG_INFINITY;
        for (i, known) in self.known.iter().enumerate() {
            let bound = &mut self.bounds[i / WIDTH][i % WIDTH];
            if *bound > f64::NEG_INFINITY {
                *bound = bound.min(self.round.bound(self.round.component[self.start + i]));
                let reach = &mut self.reach[i / MANY][i % MANY];
                if *bound > known.lower {
                    self.farthest = self.farthest.max(*bound);
                    *reach = outer(*bound, self.round.tree.d());
                } else {
                    *reach = -1.0;
                }
            }
        }
    }
}
