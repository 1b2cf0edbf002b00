//! Cores, clusters and noise, exactly as comparing every pair would give them.

use ndarray::Array2;

use super::cores::CoreIndex;
use super::dense::{Crowd, Effort};
use super::join::components;
use super::linfa_engine;
use crate::cluster::density::LIMIT;
use crate::cluster::neighbours::{Distinct, Tree, kth_distances_to};
use crate::cluster::{ClusterError, Engine};
use crate::matrix::Matrix;
use crate::seed::Seed;

/// Coordinates that one core of a present-day machine compares in a second, on the safe
/// side.
const SPEED: f64 = 1e10;
/// Leaves of customers that the cost is estimated from.
const SAMPLE: usize = 64;
/// Where fewer than one row in so many is a core, the cores get a tree of their own.
const FEW: usize = 2;

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
/// least 1; the seed shuffles rows for linfa's tree, which does not change the result.
///
/// # Errors
///
/// The search would take longer than a quarter of an hour of one core.
pub fn fit(
    matrix: &Matrix,
    eps: f64,
    min_points: usize,
    engine: Engine,
    seed: Seed,
) -> Result<Density, ClusterError> {
    let search = Search::new(matrix, eps, min_points);
    search.refuse_if_too_long(search.seconds())?;
    search.run(matrix, engine, seed)
}

/// The distinct rows of a matrix in a tree.
pub(crate) struct Search {
    distinct: Distinct,
    crowd: Crowd,
    eps: f64,
    min_points: usize,
    /// That of counting for the customers of every `step`-th leaf.
    effort: Effort,
    step: usize,
}

impl Search {
    pub(crate) fn new(matrix: &Matrix, eps: f64, min_points: usize) -> Self {
        let d = matrix.n_columns();
        let rows = matrix.row_major();
        let distinct = Distinct::new(rows, d);
        let tree = Tree::of(rows, d, &distinct.first);
        let crowd = Crowd::new(tree, &distinct.counts, eps);
        let step = (crowd.tree.leaves().len() / SAMPLE).max(1);
        let effort = crowd.effort(min_points, step);
        Self { distinct, crowd, eps, min_points, effort, step }
    }

    /// About how long it will take, in seconds of one core: the pairs that are compared
    /// for some customers, for all of them, once for the cores and once for the clusters.
    pub(crate) fn seconds(&self) -> f64 {
        let pairs = self.effort.pairs as f64 * self.step as f64;
        2.0 * pairs * (self.crowd.tree.d() as f64 + 4.0) / SPEED
    }

    /// Of the customers at `rows` the distance within which as many lie as make a
    /// neighbourhood dense, the own one included; ascending.
    pub(crate) fn distances(&self, matrix: &Matrix, rows: &[u32]) -> Vec<f64> {
        let tree = &self.crowd.tree;
        let weights = self.distinct.weights(tree);
        let sample = Tree::of(matrix.row_major(), matrix.n_columns(), rows);
        let squared = kth_distances_to(&sample, tree, &weights, self.min_points);
        let mut found: Vec<f64> = squared.into_iter().map(f64::sqrt).collect();
        found.sort_by(f64::total_cmp);
        found
    }

    pub(crate) fn refuse_if_too_long(&self, seconds: f64) -> Result<(), ClusterError> {
        if seconds <= LIMIT {
            return Ok(());
        }
        let minutes = |seconds: f64| (seconds / 60.0).round() as u64;
        Err(ClusterError::TooLong {
            eps: self.eps,
            minutes: minutes(seconds),
            limit: minutes(LIMIT),
        })
    }

    pub(crate) fn run(
        self,
        matrix: &Matrix,
        engine: Engine,
        seed: Seed,
    ) -> Result<Density, ClusterError> {
        let Self { distinct, crowd, eps, min_points, effort, .. } = self;
        let dense = crowd.cores(min_points, effort);
        let mut core = vec![false; distinct.len()];
        for (position, &dense) in dense.iter().enumerate() {
            core[crowd.tree.original(position)] = dense;
        }
        let cores = Cores::new(matrix, &distinct, crowd.tree, dense, &core);
        let component = match engine {
            Engine::Kohort => {
                let forest = components(&cores.tree, &cores.dense, eps * eps);
                let mut component = vec![u32::MAX; distinct.len()];
                for position in 0..cores.tree.len() {
                    component[cores.row(position)] = forest.find(position);
                }
                component
            }
            Engine::Linfa => {
                linfa_engine::components(matrix, &distinct, &core, eps, min_points, seed)?
            }
        };
        let (mut ids, n_clusters) = number(&core, &component);
        let (core_rows, core_labels) = core_rows(matrix, &distinct, &ids);
        let cluster = (0..cores.tree.len()).map(|p| ids[cores.row(p)]).collect();
        let index = CoreIndex::of(cores.tree, cluster, eps);
        join_borders(&index, matrix, &distinct, &core, &mut ids);
        Ok(Density {
            eps,
            min_points,
            labels: distinct
                .of
                .iter()
                .map(|&i| Some(ids[i as usize]).filter(|&id| id < u32::MAX))
                .collect(),
            core: distinct.of.iter().map(|&i| core[i as usize]).collect(),
            n_clusters,
            core_rows,
            core_labels,
        })
    }
}

/// A tree in which all cores are: of all rows, or where few are cores, of the cores alone.
struct Cores {
    tree: Tree,
    /// Whether each position is a core.
    dense: Vec<bool>,
    /// The distinct row of each row of the tree, where it has the cores alone.
    chosen: Option<Vec<u32>>,
}

impl Cores {
    fn new(
        matrix: &Matrix,
        distinct: &Distinct,
        all: Tree,
        dense: Vec<bool>,
        core: &[bool],
    ) -> Self {
        let n = dense.iter().filter(|dense| **dense).count();
        if n * FEW > all.len() {
            return Self { tree: all, dense, chosen: None };
        }
        let chosen: Vec<u32> = (0..core.len() as u32).filter(|&i| core[i as usize]).collect();
        let first: Vec<u32> = chosen.iter().map(|&i| distinct.first[i as usize]).collect();
        let tree = Tree::of(matrix.row_major(), matrix.n_columns(), &first);
        Self { tree, dense: vec![true; n], chosen: Some(chosen) }
    }

    /// The distinct row at a position.
    fn row(&self, position: usize) -> usize {
        let at = self.tree.original(position);
        self.chosen.as_ref().map_or(at, |chosen| chosen[at] as usize)
    }
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

/// The distinct core rows with their clusters.
fn core_rows(matrix: &Matrix, distinct: &Distinct, ids: &[u32]) -> (Array2<f64>, Vec<u32>) {
    let members: Vec<usize> = (0..ids.len()).filter(|&i| ids[i] < u32::MAX).collect();
    let rows: Vec<usize> = members.iter().map(|&i| distinct.first[i] as usize).collect();
    let rows = matrix.values().select(ndarray::Axis(0), &rows);
    (rows, members.into_iter().map(|i| ids[i]).collect())
}

/// Gives every row that is no core the lowest cluster among the cores within eps.
fn join_borders(
    index: &CoreIndex,
    matrix: &Matrix,
    distinct: &Distinct,
    core: &[bool],
    ids: &mut [u32],
) {
    let others: Vec<usize> = (0..core.len()).filter(|&i| !core[i]).collect();
    let first: Vec<u32> = others.iter().map(|&i| distinct.first[i]).collect();
    let placed = index.place(&Tree::beside(index.tree(), matrix.row_major(), &first), false);
    for (i, (cluster, _)) in others.into_iter().zip(placed) {
        ids[i] = cluster.unwrap_or(u32::MAX);
    }
}
