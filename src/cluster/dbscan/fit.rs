//! Cores, clusters and noise, exactly as comparing every pair would give them.

use std::cell::Cell;

use ndarray::Array2;
use rayon::prelude::*;

use super::cores::CoreIndex;
use super::distinct::Distinct;
use super::linfa_engine;
use super::tree::{Found, Tree};
use crate::cluster::kernel::Points;
use crate::cluster::{ClusterError, Engine};
use crate::matrix::Matrix;
use crate::seed::Seed;

/// About a minute of one thread: one comparison takes some `columns + 4` nanoseconds.
const BUDGET: f64 = 6e10;

/// What DBSCAN found.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    /// The radius.
    pub eps: f64,
    /// How many customers make a neighbourhood dense.
    pub min_points: usize,
    /// The cluster of each customer, 0-based; `None` is noise.
    pub labels: Vec<Option<u32>>,
    /// Whether each customer is a core.
    pub core: Vec<bool>,
    /// How many clusters.
    pub n_clusters: usize,
    /// The distinct core rows, shape `(n_distinct_cores, n_features)`.
    pub core_rows: Array2<f64>,
    /// The cluster of each distinct core row.
    pub core_labels: Vec<u32>,
}

/// Finds the dense regions of a matrix. `eps` is positive and finite, `min_points` at
/// least 1; the seed shuffles rows for linfa's tree and picks the rows that the cost is
/// estimated from, neither of which changes the result.
///
/// # Errors
///
/// The neighbourhoods are too large to be searched within about a minute.
pub fn fit(
    matrix: &Matrix,
    eps: f64,
    min_points: usize,
    engine: Engine,
    seed: Seed,
) -> Result<Density, ClusterError> {
    let distinct = Distinct::new(&Points::new(matrix));
    fit_distinct(&distinct, matrix, eps, min_points, engine, seed)
}

pub(crate) fn fit_distinct(
    distinct: &Distinct,
    matrix: &Matrix,
    eps: f64,
    min_points: usize,
    engine: Engine,
    seed: Seed,
) -> Result<Density, ClusterError> {
    let search = Search::new(distinct, eps, min_points as u64);
    search.refuse_if_too_dense(eps, seed)?;
    let core = search.cores();
    let component = match engine {
        Engine::Kohort => search.components(&core),
        Engine::Linfa => linfa_engine::components(matrix, distinct, &core, eps, min_points, seed)?,
    };
    let (ids, n_clusters) = number(&core, &component);
    let d = distinct.d;
    let members: Vec<usize> = (0..distinct.len()).filter(|&i| core[i]).collect();
    let mut rows = Vec::with_capacity(members.len() * d);
    for &i in &members {
        rows.extend_from_slice(distinct.row(i));
    }
    let core_labels: Vec<u32> = members.iter().map(|&i| ids[i]).collect();
    let index = CoreIndex::new(&rows, d, &core_labels, eps);
    let label: Vec<Option<u32>> = (0..distinct.len())
        .into_par_iter()
        .map(|i| if core[i] { Some(ids[i]) } else { index.cluster_of(distinct.row(i)) })
        .collect();
    Ok(Density {
        eps,
        min_points,
        labels: distinct.of.iter().map(|&i| label[i as usize]).collect(),
        core: distinct.of.iter().map(|&i| core[i as usize]).collect(),
        n_clusters,
        core_rows: Array2::from_shape_vec((members.len(), d), rows)
            .unwrap_or_else(|_| Array2::zeros((0, d))),
        core_labels,
    })
}

/// Ids in order of the first row; `u32::MAX` for rows that are no cores.
fn number(core: &[bool], component: &[u32]) -> (Vec<u32>, usize) {
    let mut id_of = std::collections::BTreeMap::new();
    let ids = core
        .iter()
        .zip(component)
        .map(|(&core, &component)| {
            if !core {
                return u32::MAX;
            }
            let next = id_of.len() as u32;
            *id_of.entry(component).or_insert(next)
        })
        .collect();
    (ids, id_of.len())
}

/// The distinct rows in a tree.
struct Search<'a> {
    distinct: &'a Distinct,
    tree: Tree,
    /// Customers below each node.
    customers: Vec<u64>,
    eps_squared: f64,
    min_points: u64,
}

impl<'a> Search<'a> {
    fn new(distinct: &'a Distinct, eps: f64, min_points: u64) -> Self {
        let tree = Tree::build(&distinct.rows, distinct.d);
        let customers = tree
            .nodes()
            .iter()
            .map(|node| node.positions().map(|p| distinct.counts[tree.original(p)]).sum())
            .collect();
        Self { distinct, tree, customers, eps_squared: eps * eps, min_points }
    }

    /// Estimates the comparisons of the whole search from some rows.
    fn refuse_if_too_dense(&self, eps: f64, seed: Seed) -> Result<(), ClusterError> {
        let n = self.distinct.len();
        let sample = (100_000_000 / n).clamp(50, 500).min(n);
        let mut rng = seed.stream("dbscan cost", 0);
        let rows = rand::seq::index::sample(&mut rng, n, sample).into_vec();
        let work: u64 = rows
            .par_iter()
            .map(|&i| self.tree.within(self.distinct.row(i), self.eps_squared, |_| true, |_| true))
            .sum();
        // Once for the cores, once for the clusters.
        let estimate = 2.0 * work as f64 * n as f64 / sample as f64;
        let limit = BUDGET / (self.distinct.d as f64 + 4.0);
        if estimate <= limit {
            return Ok(());
        }
        Err(ClusterError::TooDense {
            eps,
            millions: (estimate / 1e6).round() as u64,
            limit: (limit / 1e6).round() as u64,
        })
    }

    /// Whether each distinct row has enough customers around it.
    fn cores(&self) -> Vec<bool> {
        (0..self.distinct.len())
            .into_par_iter()
            .map(|i| {
                let mut customers = 0;
                self.tree.within(
                    self.distinct.row(i),
                    self.eps_squared,
                    |_| true,
                    |found| {
                        customers += match found {
                            Found::Node(node) => self.customers[node],
                            Found::Position(p) => self.distinct.counts[self.tree.original(p)],
                        };
                        customers < self.min_points
                    },
                );
                customers >= self.min_points
            })
            .collect()
    }

    /// The component of each core among the distinct rows, by union-find. A node that
    /// was taken whole has all its cores in one component from then on, and is skipped
    /// by every later core of that component.
    fn components(&self, core: &[bool]) -> Vec<u32> {
        let forest = Forest::new(core.len());
        let first_core: Vec<Option<usize>> = self
            .tree
            .nodes()
            .iter()
            .map(|node| node.positions().map(|p| self.tree.original(p)).find(|&i| core[i]))
            .collect();
        let united: Vec<Cell<bool>> = vec![Cell::new(false); first_core.len()];
        for position in 0..self.tree.len() {
            let i = self.tree.original(position);
            if !core[i] {
                continue;
            }
            self.tree.within(
                self.tree.row(position),
                self.eps_squared,
                |node| match first_core[node] {
                    None => false,
                    Some(first) => !(united[node].get() && forest.find(first) == forest.find(i)),
                },
                |found| {
                    match found {
                        Found::Position(p) => {
                            let other = self.tree.original(p);
                            if core[other] {
                                forest.unite(i, other);
                            }
                        }
                        Found::Node(node) if united[node].get() => {
                            if let Some(first) = first_core[node] {
                                forest.unite(i, first);
                            }
                        }
                        Found::Node(node) => {
                            for p in self.tree.nodes()[node].positions() {
                                let other = self.tree.original(p);
                                if core[other] {
                                    forest.unite(i, other);
                                }
                            }
                            united[node].set(true);
                        }
                    }
                    true
                },
            );
        }
        (0..core.len()).map(|i| forest.find(i)).collect()
    }
}

/// Union-find in which the lowest index is the root.
struct Forest {
    parent: Vec<Cell<u32>>,
}

impl Forest {
    fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).map(Cell::new).collect() }
    }

    fn find(&self, i: usize) -> u32 {
        let mut i = i as u32;
        loop {
            let parent = self.parent[i as usize].get();
            if parent == i {
                return i;
            }
            let above = self.parent[parent as usize].get();
            self.parent[i as usize].set(above);
            i = above;
        }
    }

    fn unite(&self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b) as usize].set(a.min(b));
    }
}
