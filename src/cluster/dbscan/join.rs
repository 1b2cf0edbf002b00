//! Which cores belong together: the tree against itself, near pairs of boxes first.
//!
//! A pair of boxes is left out where it is too far apart or where all its cores are
//! known to be in one set; a pair that is near as a whole is united without a distance;
//! between two leaves that are each in one set, one pair within eps is enough.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::super::kernel::near::WIDTH;
use super::super::neighbours::{Forest, Found, Tree, box_gap, box_reach, lanes};

/// No core.
const NONE: u32 = u32::MAX;
/// Below this many rows a pair of nodes is joined by one thread.
const ALONE: usize = 2_048;

/// The set of each position that is a core: its lowest position.
pub(super) fn components(tree: &Tree, core: &[bool], radius: f64) -> Forest {
    let first = tree.gather(
        |mut positions| positions.find(|&p| core[p]).map_or(NONE, |p| p as u32),
        std::cmp::min,
    );
    let whole = first.iter().map(|_| AtomicBool::new(false)).collect();
    let join = Join { tree, core, radius, first, whole, forest: Forest::new(tree.len()) };
    if tree.len() > 0 {
        join.within(0);
    }
    join.forest
}

struct Join<'a> {
    tree: &'a Tree,
    core: &'a [bool],
    radius: f64,
    /// The first core in each node.
    first: Vec<u32>,
    /// Whether all cores of a node are known to be in one set. They stay so.
    whole: Vec<AtomicBool>,
    forest: Forest,
}

impl Join<'_> {
    /// Unites the cores of a node among themselves.
    fn within(&self, node: usize) {
        if self.first[node] == NONE {
            return;
        }
        let edges = self.tree.edges(node);
        if box_reach(edges, edges) <= self.radius {
            self.unite_all(node, self.first[node] as usize);
            return;
        }
        let Some(right) = self.tree.nodes()[node].right() else {
            self.leaves(node, node);
            return;
        };
        if self.tree.nodes()[node].len() > ALONE {
            rayon::join(|| self.within(node + 1), || self.within(right));
        } else {
            self.within(node + 1);
            self.within(right);
        }
        self.across(node + 1, right);
        self.is_whole(node);
    }

    /// Unites the cores of one node with those of another.
    fn across(&self, a: usize, b: usize) {
        if self.first[a] == NONE || self.first[b] == NONE {
            return;
        }
        let (near, far) = (self.tree.edges(a), self.tree.edges(b));
        if box_gap(near, far) > self.radius || self.one_set(a, b) {
            return;
        }
        if box_reach(near, far) <= self.radius {
            self.unite_all(a, self.first[b] as usize);
            self.unite_all(b, self.first[a] as usize);
            return;
        }
        let nodes = self.tree.nodes();
        let (a, b) = if nodes[a].len() >= nodes[b].len() { (a, b) } else { (b, a) };
        let Some(right) = nodes[a].right() else {
            self.leaves(a, b);
            return;
        };
        if nodes[a].len() > ALONE {
            rayon::join(|| self.across(a + 1, b), || self.across(right, b));
        } else {
            // The nearer half first: it may make the other one superfluous.
            let edges = self.tree.edges(b);
            let first = box_gap(self.tree.edges(a + 1), edges);
            let second = box_gap(self.tree.edges(right), edges);
            let (near, far) = if first <= second { (a + 1, right) } else { (right, a + 1) };
            self.across(near, b);
            self.across(far, b);
        }
    }

    fn one_set(&self, a: usize, b: usize) -> bool {
        self.is_whole(a)
            && self.is_whole(b)
            && self.forest.same(self.first[a] as usize, self.first[b] as usize)
    }

    /// Whether all cores of a node are known to be in one set.
    fn is_whole(&self, node: usize) -> bool {
        if self.whole[node].load(Relaxed) {
            return true;
        }
        let first = self.first[node];
        let whole = match self.tree.nodes()[node].right() {
            _ if first == NONE => true,
            Some(right) => [node + 1, right].into_iter().all(|child| {
                self.first[child] == NONE
                    || self.whole[child].load(Relaxed)
                        && self.forest.same(self.first[child] as usize, first as usize)
            }),
            None => {
                let mut cores = self.tree.nodes()[node].positions().filter(|&p| self.core[p]);
                cores.all(|p| self.forest.same(p, first as usize))
            }
        };
        if whole {
            self.whole[node].store(true, Relaxed);
        }
        whole
    }

    /// All cores of a node into the set of one core.
    fn unite_all(&self, node: usize, core: usize) {
        self.forest.unite(self.first[node] as usize, core);
        if self.whole[node].load(Relaxed) {
            return;
        }
        match self.tree.nodes()[node].right() {
            Some(right) => {
                for child in [node + 1, right] {
                    if self.first[child] != NONE {
                        self.unite_all(child, core);
                    }
                }
            }
            None => {
                for p in self.tree.nodes()[node].positions().filter(|&p| self.core[p]) {
                    self.forest.unite(p, core);
                }
            }
        }
        self.whole[node].store(true, Relaxed);
    }

    /// Unites cores within the radius in two leaves, which may be the same.
    fn leaves(&self, a: usize, b: usize) {
        let both_whole = a != b && self.is_whole(a) && self.is_whole(b);
        let nodes = self.tree.nodes();
        let (from, to) = (nodes[a].positions(), nodes[b].positions());
        let (own, others) = (self.tree.block(a), self.tree.block(b));
        let bound = [self.radius; WIDTH];
        let mut found = Found::new();
        for group in 0..own.groups() {
            let base = from.start + group * WIDTH;
            let cores = (0..WIDTH.min(from.end - base))
                .fold(0u8, |bits, lane| bits | u8::from(self.core[base + lane]) << lane);
            let gaps = own.gaps(group, others.edges());
            if cores == 0 || gaps.iter().all(|gap| *gap > self.radius) {
                continue;
            }
            own.compare(group, &others, &bound, &mut found);
            for (i, _, hit) in found.near(to.len()) {
                let other = to.start + i;
                if !self.core[other] {
                    continue;
                }
                for lane in lanes(hit & cores) {
                    self.forest.unite(base + lane, other);
                    if both_whole {
                        return;
                    }
                }
            }
        }
        self.is_whole(a);
    }
}
