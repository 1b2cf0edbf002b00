//! Union-find that any number of threads work on at once.
//!
//! A root is the lowest index of its set, so the sets and their roots do not depend on
//! the order of the unions. A parent always has a lower index than its child, so the
//! paths are finite whatever the threads do.
//!
//! # References
//!
//! Anderson & Woll 1991, Wait-free parallel algorithms for the union-find problem, STOC.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

pub(crate) struct Forest {
    parent: Vec<AtomicU32>,
}

impl Forest {
    pub(crate) fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).map(AtomicU32::new).collect() }
    }

    /// The lowest index of the set of `i`.
    pub(crate) fn find(&self, i: usize) -> u32 {
        let mut i = i as u32;
        loop {
            let parent = self.parent[i as usize].load(Relaxed);
            if parent == i {
                return i;
            }
            let above = self.parent[parent as usize].load(Relaxed);
            if above != parent {
                // Halving only ever shortens a path; a lost race loses nothing.
                let _ = self.parent[i as usize].compare_exchange(parent, above, Relaxed, Relaxed);
            }
            i = above;
        }
    }

    pub(crate) fn same(&self, a: usize, b: usize) -> bool {
        loop {
            let (root, other) = (self.find(a), self.find(b));
            if root == other {
                return true;
            }
            // Still a root, so the two were apart at this moment.
            if self.parent[root as usize].load(Relaxed) == root {
                return false;
            }
        }
    }

    /// Makes one set of two; whether they were two.
    pub(crate) fn unite(&self, a: usize, b: usize) -> bool {
        loop {
            let (a, b) = (self.find(a), self.find(b));
            if a == b {
                return false;
            }
            let (low, high) = (a.min(b), a.max(b));
            let link = &self.parent[high as usize];
            if link.compare_exchange(high, low, Relaxed, Relaxed).is_ok() {
                return true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    #[test]
    fn the_root_is_the_lowest_index_whatever_the_threads() {
        let n = 30_000;
        let forest = Forest::new(n);
        let united: usize =
            (0..n).into_par_iter().filter(|&i| i >= 7 && forest.unite(i, i - 7)).count();
        assert_eq!(united, n - 7);
        assert!((0..n).all(|i| forest.find(i) as usize == i % 7));
        assert!(forest.same(7, 14) && !forest.same(7, 15));
    }
}
