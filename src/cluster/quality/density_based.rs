//! Density-based validity (DBCV): how far clusters of any shape are denser inside than
//! between; -1 to 1, larger is better. The silhouette punishes rings and bands, this
//! does not.
//!
//! Within cluster `C` with `d` columns the core distance of `o` is
//! `((sum over the others x of (1 / d(o, x))^d) / (|C| - 1))^(-1/d)`, and two customers are
//! as far apart as the largest of their core distances and their distance. Sparseness
//! `S(C)` is the longest edge of the cluster's spanning tree between nodes that are no
//! leaves of it (of all edges, where there is none); separation `P(C)` the least distance
//! from such a node to one of another cluster. `V(C) = (P - S) / max(P, S)`, and the index
//! is `sum of |C| / n * V(C)` over the clusters, `n` with the noise, so that noise counts
//! against it.
//!
//! Limits and cost: quadratic in the rows, so it is taken of a sample; undefined for fewer
//! than two clusters. A cluster of one has `V = 0`.
//!
//! # References
//!
//! Moulavi, Jaskowiak, Campello, Zimek & Sander 2014, Density-based clustering validation,
//! SDM, definitions 1 to 8.

use ndarray::ArrayView2;
use rayon::prelude::*;

use super::squared;

/// The index of a labeling of rows; `None` as a label is noise, `None` as an answer says
/// that there are fewer than two clusters.
#[must_use]
pub fn density_based_validity(rows: ArrayView2<'_, f64>, labels: &[Option<u32>]) -> Option<f64> {
    let k = labels.iter().flatten().max().map_or(0, |&label| label as usize + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); k];
    for (row, label) in labels.iter().enumerate() {
        if let Some(label) = label {
            members[*label as usize].push(row);
        }
    }
    members.retain(|members| !members.is_empty());
    if members.len() < 2 {
        return None;
    }
    let clusters: Vec<Cluster> =
        members.into_par_iter().map(|members| Cluster::new(rows, members)).collect();
    let mut sum = 0.0;
    for (at, cluster) in clusters.iter().enumerate() {
        let separation = clusters
            .par_iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, other)| cluster.separation(rows, other))
            .reduce(|| f64::INFINITY, f64::min);
        let most = separation.max(cluster.sparseness);
        if cluster.members.len() > 1 && most > 0.0 {
            sum += cluster.members.len() as f64 * (separation - cluster.sparseness) / most;
        }
    }
    Some(sum / labels.len() as f64)
}

struct Cluster {
    members: Vec<usize>,
    /// The inner nodes of the spanning tree with their core distances.
    inner: Vec<(usize, f64)>,
    sparseness: f64,
}

impl Cluster {
    fn new(rows: ArrayView2<'_, f64>, members: Vec<usize>) -> Self {
        let cores: Vec<f64> =
            members.iter().map(|&row| core_distance(rows, row, &members)).collect();
        let edges = spanning_tree(rows, &members, &cores);
        let mut degree = vec![0; members.len()];
        for &(a, b, _) in &edges {
            degree[a] += 1;
            degree[b] += 1;
        }
        let longest = |inner: bool| {
            edges
                .iter()
                .filter(|&&(a, b, _)| !inner || degree[a] > 1 && degree[b] > 1)
                .map(|edge| edge.2)
                .reduce(f64::max)
        };
        let sparseness = longest(true).or_else(|| longest(false)).unwrap_or(0.0);
        let no_inner = degree.iter().all(|degree| *degree <= 1);
        let inner = (0..members.len())
            .filter(|&i| no_inner || degree[i] > 1)
            .map(|i| (members[i], cores[i]))
            .collect();
        Self { members, inner, sparseness }
    }

    fn separation(&self, rows: ArrayView2<'_, f64>, other: &Self) -> f64 {
        let pairs = self.inner.iter().flat_map(|a| other.inner.iter().map(move |b| (a, b)));
        pairs
            .map(|(a, b)| squared(rows.row(a.0), rows.row(b.0)).sqrt().max(a.1).max(b.1))
            .fold(f64::INFINITY, f64::min)
    }
}

/// By logarithms: powers of distances overflow in many columns.
fn core_distance(rows: ArrayView2<'_, f64>, row: usize, members: &[usize]) -> f64 {
    let d = rows.ncols() as f64;
    let logs: Vec<f64> = members
        .iter()
        .filter(|&&other| other != row)
        .map(|&other| -d * 0.5 * libm::log(squared(rows.row(row), rows.row(other))))
        .collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if logs.is_empty() || most == f64::INFINITY {
        // Alone, or equal to another one: as dense as can be.
        return 0.0;
    }
    let sum: f64 = logs.iter().map(|log| libm::exp(log - most)).sum();
    libm::exp(-(most + libm::log(sum / logs.len() as f64)) / d)
}

/// Prim: edges by place in `members` with their lengths.
fn spanning_tree(
    rows: ArrayView2<'_, f64>,
    members: &[usize],
    cores: &[f64],
) -> Vec<(usize, usize, f64)> {
    let mut rest: Vec<(usize, usize, f64)> =
        (1..members.len()).map(|i| (i, 0, f64::INFINITY)).collect();
    let mut edges = Vec::with_capacity(rest.len());
    let mut new = 0;
    while !rest.is_empty() {
        for (i, from, reach) in &mut rest {
            let distance = squared(rows.row(members[*i]), rows.row(members[new])).sqrt();
            let mutual = distance.max(cores[*i]).max(cores[new]);
            if mutual < *reach {
                (*from, *reach) = (new, mutual);
            }
        }
        let nearest = (0..rest.len())
            .min_by(|&a, &b| rest[a].2.total_cmp(&rest[b].2).then(rest[a].0.cmp(&rest[b].0)));
        let Some(nearest) = nearest else { break };
        let edge = rest.swap_remove(nearest);
        new = edge.0;
        edges.push(edge);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn by_hand() {
        // Triples 0, 1, 2 and 10, 11, 12 on a line. Core distance of an outer one
        // 1 / ((1 + 1/2) / 2) = 4/3, of the middle one 1; both edges 4/3, no edge between
        // inner nodes, so sparseness 4/3; separation of the middle ones 10:
        // V = (10 - 4/3) / 10 = 13/15 for both. A customer of noise makes it 6/7 of that.
        let rows = array![[0.0], [1.0], [2.0], [10.0], [11.0], [12.0], [50.0]];
        let labels = [Some(0), Some(0), Some(0), Some(1), Some(1), Some(1), None];
        let six = density_based_validity(rows.slice(ndarray::s![..6, ..]), &labels[..6]).unwrap();
        assert!((six - 13.0 / 15.0).abs() < 1e-14, "{six}");
        let seven = density_based_validity(rows.view(), &labels).unwrap();
        assert!((seven - 13.0 / 15.0 * 6.0 / 7.0).abs() < 1e-14);
    }

    #[test]
    fn one_cluster_has_no_validity() {
        assert_eq!(density_based_validity(array![[0.0], [1.0]].view(), &[Some(0), None]), None);
    }

    #[test]
    fn rings_are_better_than_their_halves_and_scale_changes_nothing() {
        // Two concentric rings: as rings, and cut in two by a line through the centre.
        let rows = Array2::from_shape_fn((160, 2), |(i, j)| {
            let (angle, radius) = ((i / 2) as f64 / 80.0 * std::f64::consts::TAU, i % 2 * 3 + 1);
            radius as f64 * if j == 0 { libm::cos(angle) } else { libm::sin(angle) }
        });
        let rings: Vec<Option<u32>> = (0..160).map(|i| Some(i % 2)).collect();
        let halves: Vec<Option<u32>> = (0..160).map(|i| Some(i / 80)).collect();
        let of = |rows: &Array2<f64>, labels| density_based_validity(rows.view(), labels).unwrap();
        assert!(of(&rows, &rings) > 0.5 && of(&rows, &halves) < of(&rows, &rings) - 0.5);
        let wide = rows.mapv(|x| x * 1024.0);
        assert!((of(&rows, &rings) - of(&wide, &rings)).abs() < 1e-12);
    }

    #[test]
    fn many_columns_and_equal_customers_overflow_nothing() {
        let rows = Array2::from_shape_fn((40, 60), |(i, j)| {
            (i % 2 * 1000) as f64 + ((i / 4 * 7 + j) % 5) as f64 * 1e-9
        });
        let labels: Vec<Option<u32>> = (0..40).map(|i| Some(i % 2)).collect();
        let value = density_based_validity(rows.view(), &labels).unwrap();
        assert!(value > 0.99 && value <= 1.0, "{value}");
    }
}
