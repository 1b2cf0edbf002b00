//! Which customers are cores where hardly anybody has enough neighbours: each pair of
//! leaves is looked at once, and counts for both sides.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use rayon::prelude::*;

use super::super::kernel::near::{MANY, Sixteen};
use super::super::neighbours::{HALVES, Lanes, Visit, Walk};
use super::dense::{Crowd, Own};

/// Whether each position has enough customers around it.
pub(super) fn cores(crowd: &Crowd, enough: u32) -> Vec<bool> {
    let zeros = |n: usize| -> Vec<AtomicU32> { (0..n).map(|_| AtomicU32::new(0)).collect() };
    let (nodes, n) = (crowd.tree.nodes(), crowd.tree.len());
    let (counts, whole) = (zeros(n), zeros(nodes.len()));
    crowd.tree.leaves().par_iter().for_each_init(Walk::new, |walk, &leaf| {
        let own = Own::new(crowd, leaf as usize);
        let block = own.block;
        let (reach, taken) = (block.reach(crowd.radius), [[0; MANY]; HALVES]);
        let mut both =
            Both { own, leaf: leaf as usize, reach, taken, counts: &counts, whole: &whole };
        crowd.tree.visit(&block, walk, &mut both);
        let own = &counts[both.own.start..both.own.start + block.len()];
        for (count, &taken) in own.iter().zip(both.taken.as_flattened()) {
            count.fetch_add(taken, Relaxed);
        }
    });
    // What holds for a node holds for all below it.
    let mut whole: Vec<u32> = whole.into_iter().map(AtomicU32::into_inner).collect();
    let mut core = vec![false; n];
    for node in 0..nodes.len() {
        match nodes[node].right() {
            Some(right) => [node + 1, right].into_iter().for_each(|at| whole[at] += whole[node]),
            None => {
                for p in nodes[node].positions() {
                    core[p] = counts[p].load(Relaxed) + whole[node] >= enough;
                }
            }
        }
    }
    core
}

/// One leaf against itself and all leaves behind it.
struct Both<'a> {
    own: Own<'a>,
    leaf: usize,
    reach: [Sixteen; HALVES],
    /// The customers around each one of the leaf, of those looked at here.
    taken: [[u32; MANY]; HALVES],
    /// The customers around each position, and around all positions of each node.
    counts: &'a [AtomicU32],
    whole: &'a [AtomicU32],
}

impl Both<'_> {
    /// All customers of a node are near.
    fn take(&mut self, node: usize) {
        let crowd = self.own.crowd;
        self.taken.iter_mut().flatten().for_each(|count| *count += crowd.customers[node]);
        self.whole[node].fetch_add(crowd.customers[self.leaf], Relaxed);
    }
}

impl Visit for Both<'_> {
    fn wants(&mut self, gap: f64, node: usize) -> bool {
        let (crowd, start) = (self.own.crowd, self.own.start);
        let at = crowd.tree.nodes()[node];
        if gap > crowd.radius || at.positions().end <= start {
            return false;
        }
        if at.right().is_none() || at.positions().start <= start || !self.own.is_near(node) {
            return true;
        }
        self.take(node);
        false
    }

    fn reach(&self) -> &[Sixteen; HALVES] {
        &self.reach
    }

    fn leaf(&mut self, node: usize, near: Lanes) {
        let (own, counts) = (&self.own, self.counts);
        if node == self.leaf {
            own.count(node, near, &mut self.taken, |_, _, _| {});
            return;
        }
        if near.0.count_ones() as usize == own.block.len() && own.is_near(node) {
            self.take(node);
            return;
        }
        let (weights, len) = (own.crowd.weights.as_flattened(), own.block.len());
        own.count(node, near, &mut self.taken, |other, half, bits| {
            let (mut customers, mut bits) = (0, bits);
            while bits > 0 {
                let lane = half * MANY + bits.trailing_zeros() as usize;
                // Lanes behind the last customer repeat it.
                customers += if lane < len { weights[own.start + lane] } else { 0 };
                bits &= bits - 1;
            }
            if customers > 0 {
                counts[other].fetch_add(customers, Relaxed);
            }
        });
    }
}
