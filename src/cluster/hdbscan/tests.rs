//! HDBSCAN* against its definition on every pair, and against scikit-learn.

use ndarray::{Array2, Axis};
use rand::Rng;
use rand::seq::SliceRandom;

use super::index::Place;
use super::{HdbscanParams, Hierarchy, MemberIndex, Members, Selection};
use crate::cluster::kernel::squared_distance;
use crate::cluster::neighbours::Tree;
use crate::matrix::Matrix;
use crate::seed::Seed;

/// The hierarchy by its definition: a set of customers is connected up to the largest edge
/// of its own spanning tree, and falls apart into what is connected by shorter ones.
struct Oracle {
    mutual: Vec<Vec<f64>>,
    least: usize,
    /// Parent, birth, death, stability.
    clusters: Vec<(Option<usize>, f64, f64, f64)>,
    left: Vec<(usize, f64)>,
}

fn density(distance: f64) -> f64 {
    if distance > 1e-150 { 1.0 / distance } else { 1e150 }
}

impl Oracle {
    fn new(rows: &Array2<f64>, params: &HdbscanParams) -> Self {
        let n = rows.nrows();
        let samples = params.min_samples.unwrap_or(params.min_cluster_size);
        let distance = |a: usize, b: usize| {
            squared_distance(&rows.row(a).to_vec(), &rows.row(b).to_vec()).sqrt()
        };
        let core: Vec<f64> = (0..n)
            .map(|a| {
                let mut all: Vec<f64> = (0..n).map(|b| distance(a, b)).collect();
                all.sort_by(f64::total_cmp);
                all[samples.min(n) - 1]
            })
            .collect();
        let mutual = (0..n)
            .map(|a| (0..n).map(|b| distance(a, b).max(core[a]).max(core[b])).collect())
            .collect();
        let least = params.min_cluster_size;
        let mut oracle = Self { mutual, least, clusters: Vec::new(), left: vec![(0, 0.0); n] };
        oracle.cluster((0..n).collect(), None, 0.0);
        oracle
    }

    /// The parts of some customers that are connected by edges shorter than `below`.
    fn parts(&self, customers: &[usize], below: f64) -> Vec<Vec<usize>> {
        let mut rest = customers.to_vec();
        let mut parts = Vec::new();
        while let Some(start) = rest.pop() {
            let (mut part, mut at) = (vec![start], 0);
            while at < part.len() {
                let from = part[at];
                let (near, far): (Vec<usize>, Vec<usize>) =
                    rest.iter().partition(|&&other| self.mutual[from][other] < below);
                part.extend(near);
                rest = far;
                at += 1;
            }
            parts.push(part);
        }
        parts
    }

    /// The distance up to which some customers are connected: Prim.
    fn connected(&self, customers: &[usize]) -> f64 {
        let mut rest = customers[1..].to_vec();
        let mut reach: Vec<f64> =
            rest.iter().map(|&other| self.mutual[customers[0]][other]).collect();
        let mut longest = 0.0f64;
        while !rest.is_empty() {
            let at = (0..rest.len()).min_by(|&a, &b| reach[a].total_cmp(&reach[b])).unwrap();
            longest = longest.max(reach.swap_remove(at));
            let new = rest.swap_remove(at);
            for (reach, &other) in reach.iter_mut().zip(&rest) {
                *reach = reach.min(self.mutual[new][other]);
            }
        }
        longest
    }

    fn cluster(&mut self, customers: Vec<usize>, parent: Option<usize>, birth: f64) {
        let own = self.clusters.len();
        self.clusters.push((parent, birth, birth, 0.0));
        let mut inside = customers;
        while inside.len() > 1 {
            let distance = self.connected(&inside);
            let at = density(distance);
            let (large, small): (Vec<_>, Vec<_>) = self
                .parts(&inside, distance)
                .into_iter()
                .partition(|part| part.len() >= self.least);
            let leaving = inside.len() - if large.len() == 1 { large[0].len() } else { 0 };
            self.clusters[own].3 += leaving as f64 * (at - birth);
            if leaving > 0 {
                self.clusters[own].2 = self.clusters[own].2.max(at);
            }
            for p in small.into_iter().flatten() {
                self.left[p] = (own, at);
            }
            if large.len() != 1 {
                for part in large {
                    self.cluster(part, Some(own), at);
                }
                return;
            }
            inside = large.into_iter().next().unwrap();
        }
    }

    fn best(&self, at: usize, single: bool, taken: &mut Vec<usize>) -> f64 {
        let mut below = Vec::new();
        let children: Vec<usize> =
            (0..self.clusters.len()).filter(|&c| self.clusters[c].0 == Some(at)).collect();
        let sum: f64 = children.iter().map(|&c| self.best(c, single, &mut below)).sum();
        if at == 0 && !single || sum > self.clusters[at].3 {
            taken.extend(below);
            return sum;
        }
        taken.push(at);
        self.clusters[at].3
    }

    /// Cluster of the condensed tree, strength and outlier score of each customer.
    fn answer(&self, params: &HdbscanParams) -> Vec<(Option<usize>, f64, f64)> {
        let mut taken = Vec::new();
        match params.selection {
            Selection::ExcessOfMass => {
                self.best(0, params.allow_single_cluster, &mut taken);
            }
            Selection::Leaf => taken.extend(
                (1..self.clusters.len())
                    .filter(|&at| self.clusters.iter().all(|cluster| cluster.0 != Some(at))),
            ),
        }
        let above = |mut at: usize, test: &dyn Fn(usize) -> bool| loop {
            if test(at) {
                return Some(at);
            }
            at = self.clusters[at].0?;
        };
        (0..self.left.len())
            .map(|p| {
                let (last, left) = self.left[p];
                let densest = (0..self.clusters.len())
                    .filter(|&c| above(c, &|at| at == last).is_some())
                    .map(|c| self.clusters[c].2)
                    .fold(0.0, f64::max);
                let outlier = if densest > 0.0 { (densest - left) / densest } else { 0.0 };
                let within = above(last, &|at| taken.contains(&at))
                    .filter(|&c| c != 0 || left >= self.clusters[0].2);
                let strength = within.map_or(0.0, |c| (left / self.clusters[c].2).min(1.0));
                (within, strength, outlier)
            })
            .collect()
    }
}

fn sample(trial: u64) -> (Array2<f64>, HdbscanParams) {
    let mut rng = Seed::new(50).stream("hdbscan", trial);
    let (n, d) = (rng.gen_range(4..90), rng.gen_range(1..5));
    let kind = trial % 4;
    let middle: Vec<f64> = (0..4 * d).map(|_| rng.gen_range(0.0..12.0)).collect();
    let rows = Array2::from_shape_fn((n, d), |(i, j)| match kind {
        0 => f64::from(rng.gen_range(0..6)),
        1 => rng.gen_range(0.0..6.0),
        2 => f64::from(rng.gen_range(0..3)) + 10.0 * (i % 3) as f64,
        _ => middle[i % 4 * d + j] + (0..6).map(|_| rng.gen_range(-0.5..0.5)).sum::<f64>(),
    });
    let params = HdbscanParams {
        min_samples: [None, Some(1), Some(3), Some(8)][rng.gen_range(0..4)],
        selection: [Selection::ExcessOfMass, Selection::Leaf][rng.gen_range(0..2)],
        allow_single_cluster: false,
        ..HdbscanParams::new(rng.gen_range(2..9))
    };
    let allow_single_cluster =
        params.selection == Selection::ExcessOfMass && trial.is_multiple_of(5);
    (rows, HdbscanParams { allow_single_cluster, ..params })
}

fn fit(rows: &Array2<f64>, params: &HdbscanParams) -> Hierarchy {
    params.check().unwrap().fit(&Matrix::unnamed(rows.clone()).unwrap())
}

/// The same partition with other names.
fn same<A: Ord + Copy, B: Ord + Copy>(a: &[Option<A>], b: &[Option<B>]) -> bool {
    let pairs: std::collections::BTreeSet<(Option<A>, Option<B>)> =
        a.iter().copied().zip(b.iter().copied()).collect();
    let first: std::collections::BTreeSet<_> = pairs.iter().map(|pair| pair.0).collect();
    let second: std::collections::BTreeSet<_> = pairs.iter().map(|pair| pair.1).collect();
    let noise = pairs.iter().all(|pair| pair.0.is_none() == pair.1.is_none());
    noise && first.len() == pairs.len() && second.len() == pairs.len()
}

#[test]
fn clusters_strengths_and_outliers_equal_the_definition() {
    let mut found_clusters = 0;
    for trial in 0..1_200 {
        let (rows, params) = sample(trial);
        let found = fit(&rows, &params);
        let expected = Oracle::new(&rows, &params).answer(&params);
        let labels: Vec<Option<usize>> = expected.iter().map(|answer| answer.0).collect();
        assert!(same(&found.labels, &labels), "trial {trial}, {params:?}");
        for (i, &(_, strength, outlier)) in expected.iter().enumerate() {
            assert!((found.strengths[i] - strength).abs() < 1e-12, "trial {trial}, row {i}");
            assert!((found.outlier_scores[i] - outlier).abs() < 1e-12, "trial {trial}, row {i}");
        }
        found_clusters += found.n_clusters;
    }
    assert!(found_clusters > 1_500, "{found_clusters}");
}

#[test]
fn the_order_of_rows_and_the_number_of_threads_change_nothing() {
    for trial in 0..150 {
        let (rows, params) = sample(trial);
        let found = fit(&rows, &params);
        let mut order: Vec<usize> = (0..rows.nrows()).collect();
        order.shuffle(&mut Seed::new(trial).stream("order", 0));
        let other = fit(&rows.select(Axis(0), &order), &params);
        let back: Vec<_> = order.iter().map(|&i| found.labels[i]).collect();
        assert!(same(&other.labels, &back), "trial {trial}");
        for (at, &i) in order.iter().enumerate() {
            assert_eq!(other.strengths[at], found.strengths[i]);
            assert_eq!(other.outlier_scores[at], found.outlier_scores[i]);
        }
    }
    let mut rng = Seed::new(2).stream("threads", 0);
    let rows = Array2::from_shape_fn((20_000, 3), |_| rng.gen_range(0..60)).mapv(f64::from);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| fit(&rows, &HdbscanParams::new(20)))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn ids_are_in_order_of_the_first_row() {
    let (rows, params) = sample(3);
    let found = fit(&rows, &params);
    let mut next = 0;
    for id in found.labels.into_iter().flatten() {
        assert!(id <= next);
        next = next.max(id + 1);
    }
}

fn index(rows: &Array2<f64>, found: &Hierarchy, min_samples: usize) -> MemberIndex {
    let ids: Vec<u32> = (0..found.n_clusters as u32).collect();
    let matrix = Matrix::unnamed(rows.clone()).unwrap();
    MemberIndex::new(&Members::of(&matrix, found, min_samples, &ids))
}

#[test]
fn customers_of_the_fit_are_where_the_fit_put_them() {
    for trial in 0..200 {
        let (rows, params) = sample(trial);
        let found = fit(&rows, &params);
        let index = index(&rows, &found, params.check().unwrap().min_samples());
        let all: Vec<f64> = rows.iter().copied().collect();
        for (i, place) in index.place(&Tree::build(&all, rows.ncols())).iter().enumerate() {
            assert_eq!(place.cluster, found.labels[i], "trial {trial}");
            assert_eq!(place.strength, found.strengths[i], "trial {trial}");
        }
    }
}

#[test]
fn a_new_customer_joins_within_reach_and_is_noise_beyond() {
    // 0, 1, 2 and 10, 11, 12 on a line, two of each make a core: core distances 1, and
    // the two clusters merge at distance 8. From 3.5 the second customer (itself counted)
    // is 2 at 1.5: mutual reachability 1.5, below 8, strength 1 / 1.5. 30 is 18 away.
    let rows = Array2::from_shape_vec((6, 1), vec![0.0, 1.0, 2.0, 10.0, 11.0, 12.0]).unwrap();
    let params = HdbscanParams { min_samples: Some(2), ..HdbscanParams::new(3) };
    let found = fit(&rows, &params);
    assert_eq!(found.labels, [0, 0, 0, 1, 1, 1].map(Some));
    assert_eq!((found.births[0], found.deaths[0]), (8.0, 1.0));
    let index = index(&rows, &found, 2);
    let placed = index.place(&Tree::build(&[3.5, 30.0, 1.0], 1));
    let strength = 1.0 / 1.5;
    assert_eq!(placed[0], Place { cluster: Some(0), strength, distance: 1.5 });
    assert_eq!(placed[1], Place { cluster: None, strength: 0.0, distance: 18.0 });
    assert_eq!(placed[2], Place { cluster: Some(0), strength: 1.0, distance: 0.0 });
}

#[test]
fn no_cluster_is_split_below_epsilon() {
    // Pairs of triples: 0, 1, 2 | 6, 7, 8 and 40, 41, 42 | 46, 47, 48. The triples merge at
    // 4, the pairs at 32. The triples are born at 1/4 and end at 1.
    let line = [0.0, 1.0, 2.0, 6.0, 7.0, 8.0, 40.0, 41.0, 42.0, 46.0, 47.0, 48.0];
    let rows = Array2::from_shape_vec((12, 1), line.to_vec()).unwrap();
    let params = HdbscanParams { min_samples: Some(2), ..HdbscanParams::new(3) };
    assert_eq!(fit(&rows, &params).n_clusters, 4);
    let wide = HdbscanParams { selection_epsilon: 5.0, ..params };
    let found = fit(&rows, &wide);
    assert_eq!(found.labels, [[Some(0); 6], [Some(1); 6]].concat());
}

/// `sklearn.cluster.HDBSCAN(min_cluster_size, min_samples, cluster_selection_method,
/// copy=True).fit(X)` of scikit-learn 1.9.1 on `x = (37 i mod 60) / 10 + 4 (i mod 3) +
/// sqrt(i) / 997, y = (i i mod 17) / 4 + sqrt(i + 1) / 991` for i in 0..60.
#[test]
fn labels_and_strengths_equal_scikit_learn() {
    let rows = Array2::from_shape_fn((60, 2), |(i, j)| {
        if j == 0 {
            (i * 37 % 60) as f64 / 10.0 + 4.0 * (i % 3) as f64 + (i as f64).sqrt() / 997.0
        } else {
            (i * i % 17) as f64 / 4.0 + (i as f64 + 1.0).sqrt() / 991.0
        }
    });
    for (size, samples, selection, labels, strengths) in SCIKIT {
        let params =
            HdbscanParams { min_samples: Some(samples), selection, ..HdbscanParams::new(size) };
        let found = fit(&rows, &params);
        let expected: Vec<Option<i32>> =
            labels.iter().map(|&label| (label >= 0).then_some(label)).collect();
        assert!(same(&found.labels, &expected), "{size} {samples}: {:?}", found.labels);
        let sum: f64 = found.strengths.iter().sum();
        assert!((sum - strengths).abs() < 1e-9, "{size} {samples}: {sum}");
    }
}
const SCIKIT: [(usize, usize, Selection, [i32; 60], f64); 3] = [
    (
        3,
        2,
        Selection::ExcessOfMass,
        [
            1, 6, 7, 3, 3, -1, 2, 3, 0, 3, 3, 5, -1, 3, -1, 1, 7, 5, 1, 6, 4, 3, -1, 7, 3, 3, 4, 3,
            2, 0, 3, 3, 5, 1, 7, 5, 1, -1, 4, -1, 6, 4, 3, 3, 4, 2, -1, 0, 3, 2, 5, 1, 2, 5, -1, 4,
            -1, 1, 4, 4,
        ],
        44.22870002103238,
    ),
    (
        6,
        2,
        Selection::ExcessOfMass,
        [
            0, 3, 3, 1, 1, 3, -1, 1, -1, 1, 1, 4, -1, 1, -1, 0, 3, 4, 0, 3, 2, 1, 3, 3, 1, 1, 2, 1,
            -1, -1, 1, 1, 4, 0, 3, 4, 0, 3, 2, -1, 3, 2, 1, 1, 2, -1, -1, -1, 1, -1, 4, 0, -1, 4,
            -1, 2, -1, 0, 2, 2,
        ],
        44.26020025977365,
    ),
    (
        5,
        2,
        Selection::Leaf,
        [
            0, 4, 4, 2, 2, 4, 1, 2, -1, 2, 2, 5, -1, 2, -1, 0, 4, 5, 0, 4, 3, 2, 4, 4, 2, 2, 3, 2,
            1, -1, 2, 2, 5, 0, 4, 5, 0, 4, 3, -1, 4, 3, 2, 2, 3, 1, -1, -1, 2, 1, 5, 0, 1, 5, -1,
            3, -1, 0, 3, 3,
        ],
        47.99390289363403,
    ),
];
