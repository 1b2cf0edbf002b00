//! A balanced k-d tree with tight boxes.
//!
//! Each node is split at the middle of its widest column, at a multiple of [`LEAF`], and
//! above sixteen leaves at a multiple of as many, so that every leaf and every bunch of
//! leaves but the last is full and the shape depends on the number of rows alone. The smallest and the largest distance between two boxes are computed with the
//! same operations as the distance between two rows, and rounding is monotone: what a
//! bound says of a box holds for every row in it, to the last bit.
//!
//! # References
//!
//! Friedman, Bentley & Finkel 1977, An algorithm for finding best matches in logarithmic
//! expected time, ACM TOMS 3(3).

use super::block::Block;
use super::visit::{BUNCH, Bunches};
use crate::cluster::kernel::near::{Eight, Unit, WIDTH};

/// Rows in a leaf.
pub(crate) const LEAF: usize = 32;
/// Below this many rows a subtree is built by one thread.
const ALONE: usize = 8_192;

/// Rows in tree order with their boxes.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    d: usize,
    /// Position in the tree to the index of the row as given.
    order: Vec<u32>,
    /// The rows in tree order in groups of eight, `d` lanes each; the last group repeats
    /// the last row.
    lanes: Vec<Eight>,
    nodes: Vec<Node>,
    /// Per node `d` lower and `d` upper edges.
    boxes: Vec<f64>,
    pub(super) bunches: Bunches,
    pub(super) unit: Unit,
}

/// A run of positions; `right` is 0 for a leaf, the left child follows its parent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Node {
    pub(crate) start: u32,
    pub(crate) end: u32,
    right: u32,
}

impl Node {
    /// The positions of its rows.
    pub(crate) fn positions(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many rows.
    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// The second child; `None` for a leaf.
    pub(crate) fn right(self) -> Option<usize> {
        (self.right > 0).then_some(self.right as usize)
    }
}

impl Tree {
    /// A tree of rows of width `d`, row-major; 1 to 2^32 - 1 rows.
    pub(crate) fn build(rows: &[f64], d: usize) -> Self {
        let all: Vec<u32> = (0..(rows.len() / d) as u32).collect();
        Self::of(rows, d, &all)
    }

    /// A tree of some of the rows; the index of a row is its place in `chosen`.
    pub(crate) fn of(rows: &[f64], d: usize, chosen: &[u32]) -> Self {
        Self::around(rows, d, chosen, None)
    }

    /// The same beside another tree, with which it is to be compared by f32.
    pub(crate) fn beside(other: &Self, rows: &[f64], chosen: &[u32]) -> Self {
        Self::around(rows, other.d, chosen, Some(other.bunches.middle.clone()))
    }

    fn around(rows: &[f64], d: usize, chosen: &[u32], around: Option<Vec<f64>>) -> Self {
        let n = chosen.len();
        let n_nodes = (2 * n.div_ceil(LEAF)).saturating_sub(1);
        let mut keys: Vec<(f64, u32)> = (0..n as u32).map(|i| (0.0, i)).collect();
        let mut nodes = vec![Node::default(); n_nodes];
        let mut boxes = vec![0.0; n_nodes * 2 * d];
        let source = Source { rows, d, chosen };
        if n > 0 {
            source.split(&mut keys, &mut nodes, &mut boxes, 0, 0);
        }
        let mut lanes = vec![[0.0; WIDTH]; n.div_ceil(WIDTH) * d];
        for (group, keys) in lanes.chunks_exact_mut(d).zip(keys.chunks(WIDTH)) {
            for lane in 0..WIDTH {
                let row = source.row(keys[lane.min(keys.len() - 1)].1);
                for (lanes, &x) in group.iter_mut().zip(row) {
                    lanes[lane] = x;
                }
            }
        }
        let order = keys.into_iter().map(|(_, i)| i).collect();
        let leaves = (0..n_nodes as u32).filter(|&node| nodes[node as usize].right == 0).collect();
        let edges = |node: usize| boxes[node * 2 * d..(node + 1) * 2 * d].split_at(d);
        let middle = around.unwrap_or_else(|| middle(&lanes, d));
        let bunches = Bunches::new(&lanes, leaves, middle, edges);
        Self { d, order, lanes, nodes, boxes, bunches, unit: Unit::here() }
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// How many columns.
    pub(crate) fn d(&self) -> usize {
        self.d
    }

    /// The nodes, each parent before its children.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The leaves in the order of their positions.
    pub(crate) fn leaves(&self) -> &[u32] {
        &self.bunches.leaves
    }

    /// The index, as given, of the row at a position.
    pub(crate) fn original(&self, position: usize) -> usize {
        self.order[position] as usize
    }

    /// The rows of a leaf.
    pub(crate) fn block(&self, leaf: usize) -> Block<'_> {
        let Node { start, end, .. } = self.nodes[leaf];
        let (from, to) = (start as usize / WIDTH, (end as usize).div_ceil(WIDTH));
        Block {
            d: self.d,
            len: (end - start) as usize,
            lanes: &self.lanes[from * self.d..to * self.d],
            edges: self.edges(leaf),
            unit: self.unit,
        }
    }

    /// The rows of the leaf that a position is in.
    pub(crate) fn block_at(&self, position: usize) -> Block<'_> {
        self.block(self.leaves()[position / LEAF] as usize)
    }

    /// The lower and the upper edges of a node's box.
    pub(crate) fn edges(&self, node: usize) -> (&[f64], &[f64]) {
        self.boxes[node * 2 * self.d..(node + 1) * 2 * self.d].split_at(self.d)
    }

    /// A figure of each node: from the rows of a leaf, then from the children.
    pub(crate) fn gather<T: Copy>(
        &self,
        leaf: impl Fn(std::ops::Range<usize>) -> T,
        both: impl Fn(T, T) -> T,
    ) -> Vec<T> {
        let mut out: Vec<T> = self.nodes.iter().map(|_| leaf(0..0)).collect();
        for node in (0..self.nodes.len()).rev() {
            out[node] = match self.nodes[node].right() {
                Some(right) => both(out[node + 1], out[right]),
                None => leaf(self.nodes[node].positions()),
            };
        }
        out
    }
}

/// The squared distance between the nearest points of two boxes.
pub(crate) fn box_gap(a: (&[f64], &[f64]), b: (&[f64], &[f64])) -> f64 {
    let mut sum = 0.0;
    for (((a_low, a_high), b_low), b_high) in a.0.iter().zip(a.1).zip(b.0).zip(b.1) {
        let (below, above) = (b_low - a_high, a_low - b_high);
        let outside = if below > above { below } else { above };
        let gap = if outside > 0.0 { outside } else { 0.0 };
        sum += gap * gap;
    }
    sum
}

/// The squared distance between the farthest points of two boxes.
pub(crate) fn box_reach(a: (&[f64], &[f64]), b: (&[f64], &[f64])) -> f64 {
    let mut sum = 0.0;
    for (((a_low, a_high), b_low), b_high) in a.0.iter().zip(a.1).zip(b.0).zip(b.1) {
        let (up, down) = (b_high - a_low, a_high - b_low);
        let gap = if up > down { up } else { down };
        sum += gap * gap;
    }
    sum
}

/// The mean of the rows; where it is no number, zero does.
fn middle(lanes: &[Eight], d: usize) -> Vec<f64> {
    let mut sums = vec![0.0; d];
    for group in lanes.chunks_exact(d) {
        for (sum, row) in sums.iter_mut().zip(group) {
            *sum += row.iter().sum::<f64>();
        }
    }
    let n = (lanes.len() / d * WIDTH) as f64;
    sums.into_iter().map(|sum| sum / n).map(|x| if x.is_finite() { x } else { 0.0 }).collect()
}

/// The rows that a tree is made of.
struct Source<'a> {
    rows: &'a [f64],
    d: usize,
    chosen: &'a [u32],
}

impl Source<'_> {
    fn row(&self, i: u32) -> &[f64] {
        let at = self.chosen[i as usize] as usize * self.d;
        &self.rows[at..at + self.d]
    }

    /// Sorts `keys` into tree order and fills the node at `at` and all below it.
    fn split(
        &self,
        keys: &mut [(f64, u32)],
        nodes: &mut [Node],
        boxes: &mut [f64],
        start: usize,
        at: usize,
    ) {
        let (d, n) = (self.d, keys.len());
        let (own, boxes) = boxes.split_at_mut(2 * d);
        let (low, high) = own.split_at_mut(d);
        self.bound(keys, low, high);
        let leaves = n.div_ceil(LEAF);
        let (node, nodes) = nodes.split_at_mut(1);
        node[0] = Node { start: start as u32, end: (start + n) as u32, right: 0 };
        if leaves == 1 {
            return;
        }
        let widest = (0..d)
            .max_by(|&a, &b| (high[a] - low[a]).total_cmp(&(high[b] - low[b])).then(b.cmp(&a)))
            .unwrap_or(0);
        for key in &mut *keys {
            key.0 = self.row(key.1)[widest];
        }
        let before = match leaves.div_ceil(2) {
            half if n > BUNCH => half.next_multiple_of(BUNCH / LEAF),
            half => half,
        };
        let middle = before * LEAF;
        keys.select_nth_unstable_by(middle, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (left, right) = keys.split_at_mut(middle);
        let n_left = 2 * before - 1;
        let (left_nodes, right_nodes) = nodes.split_at_mut(n_left);
        let (left_boxes, right_boxes) = boxes.split_at_mut(n_left * 2 * d);
        let right_at = at + 1 + n_left;
        node[0].right = right_at as u32;
        let first = || self.split(left, left_nodes, left_boxes, start, at + 1);
        let second = || self.split(right, right_nodes, right_boxes, start + middle, right_at);
        if n > ALONE {
            rayon::join(first, second);
        } else {
            let (mut first, mut second) = (first, second);
            first();
            second();
        }
    }

    /// The box around some rows.
    fn bound(&self, keys: &[(f64, u32)], low: &mut [f64], high: &mut [f64]) {
        low.fill(f64::INFINITY);
        high.fill(f64::NEG_INFINITY);
        for &(_, i) in keys {
            for ((low, high), &x) in low.iter_mut().zip(&mut *high).zip(self.row(i)) {
                *low = if x < *low { x } else { *low };
                *high = if x > *high { x } else { *high };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::kernel::squared_distance;
    use rand::Rng;

    fn sample(trial: u64) -> (Vec<f64>, usize) {
        let mut rng = crate::seed::Seed::new(9).stream("tree", trial);
        let (n, d) = (rng.gen_range(1..400), rng.gen_range(1..6));
        let lattice = trial.is_multiple_of(2);
        let mut draw = || if lattice { f64::from(rng.gen_range(0..6)) } else { rng.r#gen::<f64>() };
        ((0..n * d).map(|_| draw()).collect(), d)
    }

    #[test]
    fn every_row_is_in_one_leaf_and_in_its_box() {
        for trial in 0..60 {
            let (rows, d) = sample(trial);
            let tree = Tree::build(&rows, d);
            assert_eq!(tree.nodes().len(), 2 * tree.len().div_ceil(LEAF) - 1);
            let mut seen = vec![false; tree.len()];
            let mut at = 0;
            for &leaf in tree.leaves() {
                let positions = tree.nodes()[leaf as usize].positions();
                assert_eq!(positions.start, at);
                at = positions.end;
                let (low, high) = tree.edges(leaf as usize);
                for position in positions {
                    let row = &rows[tree.original(position) * d..][..d];
                    let group = &tree.lanes[position / WIDTH * d..][..d];
                    assert!((0..d).all(|t| group[t][position % WIDTH] == row[t]));
                    assert!(!std::mem::replace(&mut seen[tree.original(position)], true));
                    assert!((0..d).all(|t| low[t] <= row[t] && row[t] <= high[t]));
                }
            }
            assert_eq!(at, tree.len());
        }
    }

    #[test]
    fn no_pair_is_nearer_or_farther_than_its_boxes() {
        for trial in 0..40 {
            let (rows, d) = sample(100 + trial);
            let tree = Tree::build(&rows, d);
            let n = tree.nodes().len();
            for (a, b) in (0..n).flat_map(|a| (0..n).map(move |b| (a, b))) {
                let (near, far) = (
                    box_gap(tree.edges(a), tree.edges(b)),
                    box_reach(tree.edges(a), tree.edges(b)),
                );
                let row = |p: usize| &rows[tree.original(p) * d..][..d];
                for x in tree.nodes()[a].positions().step_by(7) {
                    for y in tree.nodes()[b].positions().step_by(5) {
                        let distance = squared_distance(row(x), row(y));
                        assert!(near <= distance && distance <= far);
                    }
                }
            }
        }
    }
}
