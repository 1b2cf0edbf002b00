//! From a matrix to clusters with the strength of each membership.

use std::collections::BTreeMap;

use super::hierarchy::{Condensed, condense};
use super::params::{Checked, HdbscanParams};
use super::select::select;
use super::spanning::spanning_tree;
use crate::cluster::Branch;
use crate::cluster::neighbours::{Distinct, Tree, kth_distances, kth_pairs};
use crate::matrix::Matrix;

/// Coordinates that one core of a present-day machine compares in a second, on the safe
/// side.
const SPEED: f64 = 1e10;
/// How much the whole takes where the core distances take one.
const TREE: f64 = 4.0;
/// Leaves of customers that the cost is estimated from.
const SAMPLE: usize = 64;

/// What HDBSCAN* found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hierarchy {
    /// The cluster of each customer, 0-based, in order of the first row; `None` is noise.
    pub labels: Vec<Option<u32>>,
    /// How strongly each customer belongs to its cluster, 0..1; 0 for noise.
    pub strengths: Vec<f64>,
    /// The outlier score of each customer, 0..1: how much earlier it leaves than the
    /// densest part below the last cluster it was in.
    pub outlier_scores: Vec<f64>,
    /// How many clusters.
    pub n_clusters: usize,
    /// The distance at which each cluster came to be; at most the longest edge of the
    /// spanning tree.
    pub births: Vec<f64>,
    /// The distance at which each cluster ended.
    pub deaths: Vec<f64>,
    /// The first customer with each distinct row.
    pub first: Vec<u32>,
    /// The core distance of each distinct row.
    pub cores: Vec<f64>,
    /// How many customers have each distinct row.
    pub counts: Vec<u32>,
    /// The condensed tree, parents before children.
    pub branches: Vec<Branch>,
}

/// The distinct rows of a matrix in a tree, with the customers that each stands for.
pub(super) struct Search {
    distinct: Distinct,
    tree: Tree,
    weights: Vec<f64>,
}

impl Search {
    pub(super) fn new(matrix: &Matrix) -> Self {
        let (rows, d) = (matrix.row_major(), matrix.n_columns());
        let distinct = Distinct::new(rows, d);
        let tree = Tree::of(rows, d, &distinct.first);
        let weights = distinct.weights(&tree);
        Self { distinct, tree, weights }
    }
}

impl Checked {
    /// Finds the clusters of a matrix. The result depends neither on threads nor on the
    /// order of rows, but for the order of the clusters.
    #[must_use]
    pub fn fit(&self, matrix: &Matrix) -> Hierarchy {
        self.run(Search::new(matrix))
    }

    /// About how long a fit will take, in seconds of one core: the pairs that are compared
    /// for the core distances of some customers, for all of them, and for the tree.
    pub(super) fn seconds(&self, search: &Search) -> f64 {
        let step = (search.tree.leaves().len() / SAMPLE).max(1);
        let pairs = kth_pairs(&search.tree, &search.weights, self.min_samples(), step);
        // Comparing is not all: lists are kept, and leaves are looked for.
        TREE * pairs * (search.tree.d() as f64 + 8.0) / SPEED
    }

    pub(super) fn run(&self, search: Search) -> Hierarchy {
        let Search { distinct, tree, weights } = search;
        let squared = kth_distances(&tree, &weights, self.min_samples());
        let edges = spanning_tree(&tree, &squared);
        let cores: Vec<f64> = squared.into_iter().map(f64::sqrt).collect();
        let counts: Vec<u64> = weights.iter().map(|&weight| weight as u64).collect();
        let longest = edges.iter().map(|edge| edge.squared.sqrt()).fold(0.0, f64::max);
        let least = self.params().min_cluster_size as u64;
        let condensed = condense(edges, &cores, &counts, least);
        let place = Placement::new(&condensed, self.params());
        gather(&tree, distinct, &cores, &condensed, &place, longest)
    }
}

/// Which cluster each position is in.
struct Placement {
    /// The cluster of the condensed tree, none for noise.
    cluster: Vec<Option<usize>>,
    /// The highest density below each cluster of the condensed tree.
    densest: Vec<f64>,
}

impl Placement {
    fn new(tree: &Condensed, params: &HdbscanParams) -> Self {
        let taken = select(tree, params);
        let mut within: Vec<Option<usize>> = vec![None; tree.clusters.len()];
        let mut densest: Vec<f64> = tree.clusters.iter().map(|cluster| cluster.death).collect();
        for (at, cluster) in tree.clusters.iter().enumerate() {
            let above = cluster.parent.and_then(|parent| within[parent]);
            within[at] = if taken[at] { Some(at) } else { above };
        }
        for at in (1..tree.clusters.len()).rev() {
            if let Some(parent) = tree.clusters[at].parent {
                densest[parent] = densest[parent].max(densest[at]);
            }
        }
        // All customers as one cluster: those who leave it before its end are noise.
        let single = taken.first() == Some(&true);
        let enough = match params.selection_epsilon {
            epsilon if epsilon > 0.0 => 1.0 / epsilon,
            _ => tree.clusters.first().map_or(0.0, |all| all.death),
        };
        let cluster = tree
            .left
            .iter()
            .map(|&(last, density)| within[last].filter(|_| !single || density >= enough))
            .collect();
        Self { cluster, densest }
    }
}

fn gather(
    tree: &Tree,
    distinct: Distinct,
    cores: &[f64],
    condensed: &Condensed,
    place: &Placement,
    longest: f64,
) -> Hierarchy {
    let n = distinct.len();
    let mut position_of = vec![0usize; n];
    for p in 0..n {
        position_of[tree.original(p)] = p;
    }
    let mut ids = BTreeMap::new();
    let (mut births, mut deaths) = (Vec::new(), Vec::new());
    let mut of_row: Vec<(Option<u32>, f64, f64)> = Vec::with_capacity(n);
    for &p in &position_of {
        let (last, density) = condensed.left[p];
        let densest = place.densest[last];
        let outlier = if densest > 0.0 { (densest - density) / densest } else { 0.0 };
        let Some(at) = place.cluster[p] else {
            of_row.push((None, 0.0, outlier));
            continue;
        };
        let cluster = &condensed.clusters[at];
        let id = *ids.entry(at).or_insert_with(|| {
            births.push(cluster.from.min(longest));
            deaths.push(1.0 / cluster.death);
            births.len() as u32 - 1
        });
        let strength = if cluster.death > 0.0 { (density / cluster.death).min(1.0) } else { 1.0 };
        of_row.push((Some(id), strength, outlier));
    }
    let each = |row: &u32| of_row[*row as usize];
    Hierarchy {
        labels: distinct.of.iter().map(|row| each(row).0).collect(),
        strengths: distinct.of.iter().map(|row| each(row).1).collect(),
        outlier_scores: distinct.of.iter().map(|row| each(row).2).collect(),
        n_clusters: births.len(),
        births,
        deaths,
        cores: position_of.iter().map(|&p| cores[p]).collect(),
        branches: branches(tree, &distinct, condensed, &ids, longest),
        first: distinct.first,
        counts: distinct.counts,
    }
}

/// The condensed tree as it is shown: with the customers below each cluster.
fn branches(
    tree: &Tree,
    distinct: &Distinct,
    condensed: &Condensed,
    ids: &BTreeMap<usize, u32>,
    longest: f64,
) -> Vec<Branch> {
    let mut customers = vec![0_u64; condensed.clusters.len()];
    for (p, (last, _)) in condensed.left.iter().enumerate() {
        customers[*last] += u64::from(distinct.counts[tree.original(p)]);
    }
    // Parents come before their children.
    for at in (1..customers.len()).rev() {
        if let Some(parent) = condensed.clusters[at].parent {
            customers[parent] += customers[at];
        }
    }
    let shown = condensed.clusters.iter().zip(customers).enumerate();
    shown
        .map(|(at, (cluster, customers))| {
            let until = if cluster.death > 0.0 { 1.0 / cluster.death } else { longest };
            let from = cluster.from.min(longest);
            let segment = ids.get(&at).copied();
            Branch { segment, ..Branch::new(cluster.parent, customers, from, until) }
        })
        .collect()
}
