//! The distance within which a number of customers lie.

use rayon::prelude::*;

use super::block::{Block, Found, GROUPS, lanes};
use super::tree::{LEAF, Tree};
use super::visit::{HALVES, Lanes, Visit, Walk};
use crate::cluster::kernel::near::{Eight, MANY, Sixteen, WIDTH, outer};

/// The squared distance from each row of a tree, in tree order, within which `k`
/// customers lie, the own one included; the farthest where there are fewer. `weights`
/// are customers per position.
pub(crate) fn kth_distances(tree: &Tree, weights: &[f64], k: usize) -> Vec<f64> {
    kth_distances_to(tree, tree, weights, k)
}

/// The same from each row of another tree, in that tree's order.
pub(crate) fn kth_distances_to(from: &Tree, to: &Tree, weights: &[f64], k: usize) -> Vec<f64> {
    let mut out = vec![0.0; from.len()];
    let leaves = from.leaves();
    out.par_chunks_mut(LEAF).zip(leaves.par_iter()).for_each_init(
        || Nearest::new(to, weights, k),
        |nearest, (out, &leaf)| {
            let found = nearest.kth(&from.block(leaf as usize));
            out.copy_from_slice(&found[..out.len()]);
        },
    );
    out
}

/// About how many pairs [`kth_distances`] would compare, from the rows of every `step`-th
/// leaf.
pub(crate) fn kth_pairs(tree: &Tree, weights: &[f64], k: usize, step: usize) -> f64 {
    let leaves: Vec<u32> = tree.leaves().iter().copied().step_by(step).collect();
    let pairs = leaves.par_iter().map_init(
        || Nearest::new(tree, weights, k),
        |nearest, &leaf| {
            nearest.pairs = 0;
            nearest.kth(&tree.block(leaf as usize));
            nearest.pairs
        },
    );
    pairs.sum::<u64>() as f64 * step as f64
}

/// Looks for the nearest customers of a block; keeps its memory from one to the next.
struct Nearest<'a> {
    tree: &'a Tree,
    weights: &'a [f64],
    k: f64,
    lists: Vec<List>,
    walk: Walk,
    /// Pairs that were compared.
    pairs: u64,
}

/// The nearest customers so far, ascending, with their weights, and the sum of those.
#[derive(Debug, Clone, Default)]
struct List {
    near: Vec<(f64, f64)>,
    total: f64,
}

impl List {
    /// Takes another one; the distance within which `k` lie once there are so many.
    fn take(&mut self, distance: f64, weight: f64, k: f64) -> Option<f64> {
        let near = &mut self.near;
        let at = near.iter().rposition(|other| other.0 <= distance).map_or(0, |at| at + 1);
        near.insert(at, (distance, weight));
        self.total += weight;
        while let Some(&(_, last)) = near.last().filter(|last| self.total - last.1 >= k) {
            near.pop();
            self.total -= last;
        }
        near.last().filter(|_| self.total >= k).map(|last| last.0)
    }
}

impl<'a> Nearest<'a> {
    fn new(tree: &'a Tree, weights: &'a [f64], k: usize) -> Self {
        Self {
            tree,
            weights,
            k: k as f64,
            lists: vec![List::default(); LEAF],
            walk: Walk::new(),
            pairs: 0,
        }
    }

    /// The squared distance from each customer of the block within which `k` customers of
    /// the tree lie; the farthest where there are fewer. Entries behind the block's length
    /// mean nothing.
    fn kth(&mut self, block: &Block) -> [f64; LEAF] {
        for list in &mut self.lists {
            list.near.clear();
            list.total = 0.0;
        }
        let mut bounds = [[f64::NEG_INFINITY; WIDTH]; GROUPS];
        bounds.as_flattened_mut()[..block.len()].fill(f64::INFINITY);
        let mut search = Search {
            tree: self.tree,
            weights: self.weights,
            k: self.k,
            block,
            lists: &mut self.lists,
            bounds,
            reach: block.reach(f64::INFINITY),
            farthest: f64::INFINITY,
            pairs: 0,
            found: Found::new(),
        };
        self.tree.visit(block, &mut self.walk, &mut search);
        self.pairs += search.pairs;
        std::array::from_fn(|i| self.lists[i].near.last().map_or(0.0, |last| last.0))
    }
}

struct Search<'a> {
    tree: &'a Tree,
    weights: &'a [f64],
    k: f64,
    block: &'a Block<'a>,
    lists: &'a mut [List],
    bounds: [Eight; GROUPS],
    reach: [Sixteen; HALVES],
    farthest: f64,
    pairs: u64,
    found: Found,
}

impl Visit for Search<'_> {
    fn wants(&mut self, gap: f64, _: usize) -> bool {
        gap < self.farthest
    }

    fn reach(&self) -> &[Sixteen; HALVES] {
        &self.reach
    }

    fn leaf(&mut self, node: usize, near: Lanes) {
        let positions = self.tree.nodes()[node].positions();
        let others = self.tree.block(node);
        for group in (0..self.block.groups()).filter(|&group| near.of(group) != 0) {
            let bounds = &mut self.bounds[group];
            self.block.compare(group, &others, bounds, &mut self.found);
            self.pairs += (WIDTH * others.len()) as u64;
            for (i, distances, hit) in self.found.near(others.len()) {
                let weight = self.weights[positions.start + i];
                for lane in lanes(hit) {
                    if distances[lane] < bounds[lane] {
                        let list = &mut self.lists[group * WIDTH + lane];
                        if let Some(bound) = list.take(distances[lane], weight, self.k) {
                            bounds[lane] = bound;
                            let at = group * WIDTH + lane;
                            self.reach[at / MANY][at % MANY] = outer(bound, self.tree.d());
                        }
                    }
                }
            }
        }
        self.farthest = self.bounds.iter().flatten().copied().fold(0.0, f64::max);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::kernel::squared_distance;
    use rand::Rng;

    #[test]
    fn equal_customers_are_counted() {
        // 1-D rows 0, 1, 3 held by 1, 2 and 1 customers: from 0, the third customer is
        // at distance 1, the fourth at 3.
        let tree = Tree::build(&[0.0, 1.0, 3.0], 1);
        let weights = [1.0, 2.0, 1.0];
        assert_eq!(kth_distances(&tree, &weights, 1), [0.0, 0.0, 0.0]);
        assert_eq!(kth_distances(&tree, &weights, 3), [1.0, 1.0, 4.0]);
        assert_eq!(kth_distances(&tree, &weights, 4), [9.0, 4.0, 9.0]);
        assert_eq!(kth_distances(&tree, &weights, 9), [9.0, 4.0, 9.0]);
    }

    #[test]
    fn every_distance_equals_sorting_all() {
        for trial in 0..60 {
            let mut rng = crate::seed::Seed::new(6).stream("kth", trial);
            let most = if trial % 10 < 2 { 1_300 } else { 300 };
            let (n, d, k) =
                (rng.gen_range(1..most), rng.gen_range(1..12), rng.gen_range(1..20usize));
            let lattice = trial.is_multiple_of(2);
            let mut draw =
                || if lattice { f64::from(rng.gen_range(0..5)) } else { rng.r#gen::<f64>() };
            let rows: Vec<f64> = (0..n * d).map(|_| draw()).collect();
            let weights: Vec<f64> = (0..n).map(|i| [1.0, 1.0, 3.0][i % 3]).collect();
            let tree = Tree::build(&rows, d);
            let at: Vec<f64> = (0..n).map(|p| weights[tree.original(p)]).collect();
            let row = |p: usize| &rows[tree.original(p) * d..][..d];
            let found = kth_distances(&tree, &at, k);
            for (p, &found) in found.iter().enumerate() {
                let mut all: Vec<(f64, f64)> =
                    (0..n).map(|q| (squared_distance(row(p), row(q)), at[q])).collect();
                all.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut total = 0.0;
                let reached = all.iter().find(|(_, weight)| {
                    total += weight;
                    total >= k as f64
                });
                assert_eq!(found, reached.unwrap_or(&all[n - 1]).0, "trial {trial}");
            }
        }
    }
}
