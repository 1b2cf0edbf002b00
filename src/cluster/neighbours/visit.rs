//! A block of customers on its way through a tree.
//!
//! Boxes of many leaves are looked at one after the other, near ones first. The leaves of
//! a bunch, sixteen that lie together, are told apart by one vector, and a leaf within
//! reach by another one for each customer of the block. Both go by boxes rounded outwards
//! to f32 (`kernel/near/boxes.rs`), which leave out nothing that is within reach.

use super::block::{Block, GROUPS};
use super::tree::{LEAF, Tree, box_gap};
use rayon::prelude::*;

use crate::cluster::kernel::near::{
    Edges, Eight, MANY, Ring, Sixteen, Told, Unit, WIDTH, down, inner, up,
};

/// Rows in a bunch.
pub(super) const BUNCH: usize = MANY * LEAF;
/// Vectors of sixteen customers in a block.
pub(crate) const HALVES: usize = LEAF / MANY;

/// What a search does on its way through a tree.
pub(crate) trait Visit {
    /// Whether to enter a node whose box is `gap` (squared) or more from the customers.
    fn wants(&mut self, gap: f64, node: usize) -> bool;
    /// How far each customer of the block looks, by `outer`; below 0 where it does not,
    /// or where there is none.
    fn reach(&self) -> &[Sixteen; HALVES];
    /// Looks at the rows of a leaf that are within reach of the customers in `lanes`.
    fn leaf(&mut self, node: usize, lanes: Lanes);
}

/// Customers of a block, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lanes(pub(crate) u32);

impl Lanes {
    /// Those of one group of eight.
    pub(crate) fn of(self, group: usize) -> u8 {
        self.0.to_le_bytes()[group]
    }

    /// Those of one half.
    pub(crate) fn of_half(self, half: usize) -> u16 {
        (self.0 >> (half * MANY)) as u16
    }
}

/// Where the leaves of a tree are, sixteen at a time, relative to the middle of all rows.
#[derive(Debug, Clone)]
pub(super) struct Bunches {
    pub(super) middle: Vec<f64>,
    /// Per bunch and column.
    low: Vec<Sixteen>,
    high: Vec<Sixteen>,
    /// The node of each leaf.
    pub(super) leaves: Vec<u32>,
    /// The rows, sixteen at a time, and per leaf how far the farthest is from the middle.
    rows: Vec<Sixteen>,
    norms: Vec<f32>,
}

impl Bunches {
    /// `lanes` are the rows in groups of eight; `edges` gives the box of a node.
    pub(super) fn new<'a>(
        lanes: &[Eight],
        leaves: Vec<u32>,
        middle: Vec<f64>,
        edges: impl Fn(usize) -> (&'a [f64], &'a [f64]),
    ) -> Self {
        let d = middle.len();
        let n = leaves.len().div_ceil(MANY) * d;
        // Where there is no leaf, the box is nowhere near.
        let (mut low, mut high) = (vec![[f32::MAX; MANY]; n], vec![[f32::MIN; MANY]; n]);
        for (i, &leaf) in leaves.iter().enumerate() {
            let (from, to) = edges(leaf as usize);
            for t in 0..d {
                low[i / MANY * d + t][i % MANY] = down(from[t] - middle[t]);
                high[i / MANY * d + t][i % MANY] = up(to[t] - middle[t]);
            }
        }
        let (rows, norms) = rounded(lanes, &middle);
        Self { middle, low, high, leaves, rows, norms }
    }

    /// The rows of a leaf in f32, relative to the middle, and how far the farthest is
    /// from it.
    fn leaf(&self, i: usize) -> (&[Sixteen], f32) {
        let d = self.middle.len();
        (&self.rows[i * HALVES * d..(i + 1) * HALVES * d], self.norms[i])
    }

    fn edges(&self, bunch: usize) -> Edges<'_> {
        let d = self.middle.len();
        (&self.low[bunch * d..(bunch + 1) * d], &self.high[bunch * d..(bunch + 1) * d])
    }
}

/// Rows in groups of eight, as [`Bunches`] keeps them: each number not above the true one.
fn rounded(lanes: &[Eight], middle: &[f64]) -> (Vec<Sixteen>, Vec<f32>) {
    let d = middle.len();
    let mut norms = vec![0.0; lanes.len().div_ceil(d * GROUPS)];
    let mut rows = vec![[0.0; MANY]; norms.len() * HALVES * d];
    let leaves = rows.par_chunks_mut(HALVES * d).zip(lanes.par_chunks(GROUPS * d));
    leaves.zip(&mut norms).for_each(|((rows, lanes), norm)| {
        let mut squares = [[0.0; WIDTH]; GROUPS];
        for (group, lanes) in lanes.chunks_exact(d).enumerate() {
            let (half, from) = (group * WIDTH / MANY, group * WIDTH % MANY);
            for (t, (eight, middle)) in lanes.iter().zip(middle).enumerate() {
                for (lane, &x) in eight.iter().enumerate() {
                    let x = x - middle;
                    rows[half * d + t][from + lane] = down(x);
                    squares[group][lane] += x * x;
                }
            }
        }
        let most = squares.iter().flatten().copied().fold(0.0, f64::max);
        *norm = up(most.sqrt() * (1.0 + 1e-6));
    });
    (rows, norms)
}

/// A leaf in f32.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Narrow<'a> {
    len: usize,
    rows: &'a [Sixteen],
    /// How far the farthest row is from the middle.
    norm: f32,
    edges: Edges<'a>,
    /// Where among the edges.
    lane: usize,
    unit: Unit,
}

impl Narrow<'_> {
    /// Sixteen of the rows; those behind the last one mean nothing.
    fn half(&self, half: usize) -> &[Sixteen] {
        let d = self.edges.0.len();
        &self.rows[half * d..(half + 1) * d]
    }

    /// What is surely near and surely not of pairs with another leaf.
    pub(crate) fn ring(&self, radius: f64, other: &Narrow) -> Option<Ring> {
        Ring::new(radius, self.norm, other.norm, self.edges.0.len())
    }

    /// Those of another leaf who can be near any customer of this one.
    pub(crate) fn chosen(&self, other: &Narrow, ring: Ring) -> Lanes {
        let (rows, bounds) = ((other.rows, other.rows), [[ring.perhaps; MANY]; HALVES]);
        let near = self.unit.within(rows, self.edges, self.lane, &bounds);
        Lanes(near & u32::MAX >> (LEAF - other.len))
    }

    /// See [`Unit::screen`]; for sixteen customers and sixteen others. Nothing is open for
    /// lanes behind the last customer; what is told of them otherwise means nothing.
    pub(crate) fn screen(
        &self,
        (half, other, other_half): (usize, &Narrow, usize),
        chosen: u16,
        weights: &[u32; MANY],
        ring: Ring,
        counts: &mut [u32; MANY],
        told: &mut Told,
    ) -> bool {
        let rows = (self.half(half), other.half(other_half));
        if !self.unit.screen(rows, chosen, weights, ring, counts, told) {
            return false;
        }
        // Lanes behind the last customer are nobody.
        let there = Lanes(u32::MAX >> (LEAF - self.len)).of_half(half);
        told.open.iter_mut().for_each(|open| *open &= there);
        told.open.iter().any(|open| *open != 0)
    }
}

impl Tree {
    /// Whether leaves of the two can be compared by f32.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        self.bunches.middle == other.bunches.middle
    }

    /// The rows of a leaf in f32.
    pub(crate) fn narrow(&self, leaf: usize) -> Narrow<'_> {
        let positions = self.nodes()[leaf].positions();
        let at = positions.start / LEAF;
        let (rows, norm) = self.bunches.leaf(at);
        let edges = self.bunches.edges(at / MANY);
        Narrow { len: positions.len(), rows, norm, edges, lane: at % MANY, unit: self.unit }
    }
}

/// Memory that a search takes along.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    stack: Vec<(f64, u32)>,
    /// The customers, `HALVES * d`, and the box around them in lane 0.
    low: Vec<Sixteen>,
    high: Vec<Sixteen>,
    box_low: Vec<Sixteen>,
    box_high: Vec<Sixteen>,
}

impl Walk {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Rounds the customers of a block, relative to a middle.
    fn take(&mut self, block: &Block, middle: &[f64]) {
        let d = middle.len();
        for lanes in [&mut self.low, &mut self.high] {
            lanes.resize(HALVES * d, [0.0; MANY]);
        }
        for lanes in [&mut self.box_low, &mut self.box_high] {
            lanes.resize(d, [0.0; MANY]);
        }
        for group in 0..GROUPS.min(block.groups()) {
            let (half, from) = (group * WIDTH / MANY, group * WIDTH % MANY);
            for (t, (row, &middle)) in block.group(group).iter().zip(middle).enumerate() {
                let row: &Eight = row;
                for (lane, &x) in row.iter().enumerate() {
                    self.low[half * d + t][from + lane] = down(x - middle);
                    self.high[half * d + t][from + lane] = up(x - middle);
                }
            }
        }
        let edges = block.edges();
        for t in 0..d {
            self.box_low[t][0] = down(edges.0[t] - middle[t]);
            self.box_high[t][0] = up(edges.1[t] - middle[t]);
        }
    }
}

impl Tree {
    /// Takes a block of customers through the tree, near boxes first.
    pub(crate) fn visit(&self, block: &Block, walk: &mut Walk, visitor: &mut impl Visit) {
        let edges = block.edges();
        walk.take(block, &self.bunches.middle);
        walk.stack.clear();
        if self.len() > 0 {
            walk.stack.push((box_gap(edges, self.edges(0)), 0));
        }
        while let Some((gap, node)) = walk.stack.pop() {
            let node = node as usize;
            if !visitor.wants(gap, node) {
                continue;
            }
            let Some(right) =
                self.nodes()[node].right().filter(|_| self.nodes()[node].len() > BUNCH)
            else {
                self.bunch(node, walk, visitor);
                continue;
            };
            let first = (box_gap(edges, self.edges(node + 1)), node as u32 + 1);
            let second = (box_gap(edges, self.edges(right)), right as u32);
            let (near, far) = if first.0 <= second.0 { (first, second) } else { (second, first) };
            walk.stack.push(far);
            walk.stack.push(near);
        }
    }

    /// The leaves of a bunch, near ones first.
    fn bunch(&self, node: usize, walk: &Walk, visitor: &mut impl Visit) {
        let (unit, d) = (self.unit, self.d());
        let positions = self.nodes()[node].positions();
        let first = positions.start / LEAF;
        let bunch = self.bunches.edges(first / MANY);
        let around: Edges = (&walk.box_low, &walk.box_high);
        let (gaps, mut close) = unit.box_gaps(bunch, around, 0, visitor.reach());
        close &= u16::MAX >> (MANY - positions.len().div_ceil(LEAF));
        let mut near = [(0.0, 0); MANY];
        let mut n = 0;
        while close != 0 {
            let lane = close.trailing_zeros() as usize;
            close &= close - 1;
            let gap = gaps[lane];
            let mut at = n;
            while at > 0 && near[at - 1].0 > gap {
                near[at] = near[at - 1];
                at -= 1;
            }
            near[at] = (gap, lane);
            n += 1;
        }
        let customers: Edges = (&walk.low, &walk.high);
        for &(gap, lane) in &near[..n] {
            let leaf = self.bunches.leaves[first + lane] as usize;
            if !visitor.wants(inner(gap, d), leaf) {
                continue;
            }
            let lanes = unit.within(customers, bunch, lane, visitor.reach());
            if lanes != 0 {
                visitor.leaf(leaf, Lanes(lanes));
            }
        }
    }
}
