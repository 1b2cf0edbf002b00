//! Where a new customer belongs among those of a fit.

use rayon::prelude::*;

use super::super::kernel::near::{Eight, MANY, Sixteen, WIDTH, outer};
use super::super::neighbours::{
    Block, Found, GROUPS, HALVES, LEAF, Lanes, Tree, Visit, Walk, kth_distances_to, lanes,
};
use super::Members;

/// No cluster.
const NOISE: u32 = u32::MAX;

/// The distinct rows of a fit, ready for queries.
#[derive(Debug, Clone)]
pub(crate) struct MemberIndex {
    tree: Tree,
    /// Customers per position.
    weights: Vec<f64>,
    /// Per position: squared core distance, cluster or `NOISE`, strength.
    cores: Vec<f64>,
    labels: Vec<u32>,
    strengths: Vec<f64>,
    /// The least core distance of a member in each node; infinite where there is none.
    least: Vec<f64>,
    /// Per cluster the squared distance at which it came to be, and that at its end.
    births: Vec<f64>,
    deaths: Vec<f64>,
    /// Others that a core distance reaches.
    others: usize,
}

/// Where a customer belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) cluster: Option<u32>,
    pub(crate) strength: f64,
    /// The Euclidean distance to the nearest customer in a cluster.
    pub(crate) distance: f64,
}

impl MemberIndex {
    pub(crate) fn new(members: &Members) -> Self {
        let values: Vec<f64> = members.rows.iter().copied().collect();
        let tree = Tree::build(&values, members.rows.ncols());
        let rows: Vec<usize> = (0..tree.len()).map(|p| tree.original(p)).collect();
        let cores: Vec<f64> = rows.iter().map(|&i| members.cores[i] * members.cores[i]).collect();
        let labels: Vec<u32> = rows.iter().map(|&i| members.labels[i].unwrap_or(NOISE)).collect();
        let least = tree.gather(
            |p| p.filter(|&p| labels[p] != NOISE).map(|p| cores[p]).fold(f64::INFINITY, f64::min),
            |a: f64, b| a.min(b),
        );
        Self {
            weights: rows.iter().map(|&i| f64::from(members.counts[i])).collect(),
            strengths: rows.iter().map(|&i| members.strengths[i]).collect(),
            births: members.births.iter().map(|birth| birth * birth).collect(),
            deaths: members.deaths.clone(),
            others: members.min_samples - 1,
            tree,
            cores,
            labels,
            least,
        }
    }

    /// The place of each customer, each for itself, many at a time.
    pub(crate) fn place(&self, customers: &Tree) -> Vec<Place> {
        let reach = match self.others {
            0 => vec![0.0; customers.len()],
            k => kth_distances_to(customers, &self.tree, &self.weights, k),
        };
        let leaves = customers.leaves();
        let nowhere = Place { cluster: None, strength: 0.0, distance: 0.0 };
        let mut found = vec![nowhere; customers.len()];
        found
            .par_chunks_mut(LEAF)
            .zip(reach.par_chunks(LEAF))
            .zip(leaves.par_iter())
            .for_each_init(Walk::new, |walk, ((found, reach), &leaf)| {
                let block = customers.block(leaf as usize);
                let mut search = Search::new(self, block, reach);
                self.tree.visit(&block, walk, &mut search);
                for (i, found) in found.iter_mut().enumerate() {
                    *found = search.place(i);
                }
            });
        let mut out = vec![nowhere; customers.len()];
        for (position, place) in found.into_iter().enumerate() {
            out[customers.original(position)] = place;
        }
        out
    }
}

struct Search<'a> {
    index: &'a MemberIndex,
    block: Block<'a>,
    /// The squared core distance of each customer.
    reach: &'a [f64],
    /// The least squared mutual reachability, and the cluster there.
    best: [Eight; GROUPS],
    cluster: [[u32; WIDTH]; GROUPS],
    /// The squared distance to the nearest member.
    near: [Eight; GROUPS],
    /// The position of an equal customer of the fit, or `NOISE`.
    equal: [[u32; WIDTH]; GROUPS],
    farthest: f64,
    /// The larger of the two, as far as each customer looks.
    looks: [Sixteen; HALVES],
    found: Found,
}

impl<'a> Search<'a> {
    fn new(index: &'a MemberIndex, block: Block<'a>, reach: &'a [f64]) -> Self {
        Self {
            index,
            block,
            reach,
            best: [[f64::INFINITY; WIDTH]; GROUPS],
            cluster: [[NOISE; WIDTH]; GROUPS],
            near: [[f64::INFINITY; WIDTH]; GROUPS],
            equal: [[NOISE; WIDTH]; GROUPS],
            farthest: f64::INFINITY,
            looks: block.reach(f64::INFINITY),
            found: Found::new(),
        }
    }

    fn place(&self, i: usize) -> Place {
        let (group, lane) = (i / WIDTH, i % WIDTH);
        let distance = self.near[group][lane].sqrt();
        if let Some(&label) = self.index.labels.get(self.equal[group][lane] as usize) {
            let strength = self.index.strengths[self.equal[group][lane] as usize];
            return Place { cluster: (label != NOISE).then_some(label), strength, distance };
        }
        let (squared, cluster) = (self.best[group][lane], self.cluster[group][lane]);
        if cluster == NOISE || squared >= self.index.births[cluster as usize] {
            return Place { cluster: None, strength: 0.0, distance };
        }
        let death = self.index.deaths[cluster as usize];
        let strength = if squared > 0.0 { (death / squared.sqrt()).min(1.0) } else { 1.0 };
        Place { cluster: Some(cluster), strength, distance }
    }
}

impl Visit for Search<'_> {
    fn wants(&mut self, gap: f64, node: usize) -> bool {
        gap <= 0.0 || self.index.least[node] < f64::INFINITY && gap <= self.farthest
    }

    fn reach(&self) -> &[Sixteen; HALVES] {
        &self.looks
    }

    fn leaf(&mut self, node: usize, close: Lanes) {
        let index = self.index;
        let (first, others) = (index.tree.nodes()[node].positions().start, index.tree.block(node));
        for group in (0..self.block.groups()).filter(|&group| close.of(group) != 0) {
            let (best, near) = (&mut self.best[group], &mut self.near[group]);
            let bound: Eight = std::array::from_fn(|lane| best[lane].max(near[lane]));
            self.block.compare(group, &others, &bound, &mut self.found);
            for (i, distances, hit) in self.found.near(others.len()) {
                let (other, label) = (first + i, index.labels[first + i]);
                for lane in lanes(hit) {
                    let distance = distances[lane];
                    if distance == 0.0 {
                        let equal = &mut self.equal[group][lane];
                        *equal = (*equal).min(other as u32);
                    }
                    let Some(&reach) =
                        self.reach.get(group * WIDTH + lane).filter(|_| label != NOISE)
                    else {
                        continue;
                    };
                    near[lane] = near[lane].min(distance);
                    let mutual = distance.max(reach).max(index.cores[other]);
                    let cluster = &mut self.cluster[group][lane];
                    if mutual < best[lane] || mutual == best[lane] && label < *cluster {
                        best[lane] = mutual;
                        *cluster = label;
                    }
                }
            }
        }
        let n = self.block.len();
        let (best, near) = (self.best.as_flattened(), self.near.as_flattened());
        self.farthest = 0.0;
        for i in 0..n {
            let bound = best[i].max(near[i]);
            self.farthest = self.farthest.max(bound);
            self.looks[i / MANY][i % MANY] = outer(bound, index.tree.d());
        }
    }
}
