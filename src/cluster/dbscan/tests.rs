//! DBSCAN against comparing every pair, and against scikit-learn.

use ndarray::Array2;
use rand::Rng;

use super::fit;
use crate::cluster::kernel::squared_distance;
use crate::cluster::{ClusterError, Engine, Method, Segmentation, Shape};
use crate::fault::{Class, Fault};
use crate::matrix::Matrix;
use crate::seed::Seed;

/// Labels and cores by comparing every pair.
fn oracle(rows: &Array2<f64>, eps: f64, min_points: usize) -> (Vec<Option<u32>>, Vec<bool>) {
    let n = rows.nrows();
    let near = |a: usize, b: usize| {
        squared_distance(&rows.row(a).to_vec(), &rows.row(b).to_vec()) <= eps * eps
    };
    let core: Vec<bool> =
        (0..n).map(|a| (0..n).filter(|&b| near(a, b)).count() >= min_points).collect();
    let mut labels: Vec<Option<u32>> = vec![None; n];
    let mut clusters = 0;
    for start in 0..n {
        if !core[start] || labels[start].is_some() {
            continue;
        }
        let mut queue = vec![start];
        labels[start] = Some(clusters);
        while let Some(a) = queue.pop() {
            for b in 0..n {
                if core[b] && labels[b].is_none() && near(a, b) {
                    labels[b] = Some(clusters);
                    queue.push(b);
                }
            }
        }
        clusters += 1;
    }
    let of_core = labels.clone();
    for a in (0..n).filter(|&a| !core[a]) {
        labels[a] = (0..n).filter(|&b| core[b] && near(a, b)).filter_map(|b| of_core[b]).min();
    }
    (labels, core)
}

fn random_rows(trial: u64) -> (Array2<f64>, f64, usize) {
    let mut rng = Seed::new(40).stream("oracle", trial);
    let (n, d) = (rng.gen_range(1..70), rng.gen_range(1..5));
    let lattice = trial.is_multiple_of(2);
    let rows = Array2::from_shape_fn((n, d), |_| {
        if lattice { f64::from(rng.gen_range(0..7)) } else { rng.gen_range(0.0..6.0) }
    });
    let eps = if lattice { [1.0, 2.0, 2.5][rng.gen_range(0..3)] } else { rng.gen_range(0.2..2.0) };
    (rows, eps, rng.gen_range(1..7))
}

#[test]
fn b40_cores_clusters_and_borders_equal_comparing_every_pair() {
    for trial in 0..2_000 {
        let (rows, eps, min_points) = random_rows(trial);
        let matrix = Matrix::unnamed(rows.clone()).unwrap();
        let found = fit(&matrix, eps, min_points, Engine::Kohort, Seed::new(trial)).unwrap();
        let (labels, core) = oracle(&rows, eps, min_points);
        assert_eq!(found.core, core, "trial {trial}");
        assert_eq!(found.labels, labels, "trial {trial}");
    }
}

#[test]
fn linfa_finds_the_same_clusters() {
    for trial in 0..300 {
        let (rows, eps, min_points) = random_rows(trial);
        let matrix = Matrix::unnamed(rows).unwrap();
        let own = fit(&matrix, eps, min_points, Engine::Kohort, Seed::new(1)).unwrap();
        let linfa = fit(&matrix, eps, min_points, Engine::Linfa, Seed::new(1)).unwrap();
        assert_eq!(own, linfa, "trial {trial}");
    }
}

#[test]
fn b34_assigning_the_training_rows_gives_the_training_labels() {
    for trial in 0..200 {
        let (rows, eps, min_points) = random_rows(trial);
        let matrix = Matrix::unnamed(rows).unwrap();
        let found = fit(&matrix, eps, min_points, Engine::Kohort, Seed::new(1)).unwrap();
        if found.n_clusters == 0 {
            continue;
        }
        let shape =
            Shape::Cores { eps, min_points, points: found.core_rows, labels: found.core_labels };
        let stored = Segmentation::from_parts(Method::Dbscan, Engine::Kohort, shape).unwrap();
        let assigned: Vec<_> =
            stored.assign(&matrix).unwrap().into_iter().map(|a| a.segment).collect();
        assert_eq!(assigned, found.labels);
    }
}

#[test]
fn b41_the_limits_of_eps_and_min_points() {
    let rows = Array2::from_shape_fn((30, 2), |(i, j)| (i * (j + 3) % 31) as f64);
    let matrix = Matrix::unnamed(rows).unwrap();
    let run =
        |eps, min_points| fit(&matrix, eps, min_points, Engine::Kohort, Seed::new(1)).unwrap();
    assert!(run(1e-9, 2).labels.iter().all(Option::is_none));
    assert!(run(1e9, 5).labels.iter().all(|label| *label == Some(0)));
    assert!(run(1.0, 1).labels.iter().all(Option::is_some));
}

/// `sklearn.cluster.DBSCAN(eps, min_samples).fit(X).labels_` of scikit-learn 1.9.1 on
/// `x = (37 i mod 60) / 10 + 4 (i mod 3), y = (i i mod 17) / 4` for i in 0..60.
#[test]
fn b42_labels_equal_scikit_learn() {
    let rows = Array2::from_shape_fn((60, 2), |(i, j)| {
        if j == 0 {
            (i * 37 % 60) as f64 / 10.0 + 4.0 * (i % 3) as f64
        } else {
            (i * i % 17) as f64 / 4.0
        }
    });
    let matrix = Matrix::unnamed(rows).unwrap();
    for (eps, min_points, expected) in [(0.6, 3, LABELS_1), (0.8, 4, LABELS_2), (1.0, 5, LABELS_3)]
    {
        for engine in [Engine::Kohort, Engine::Linfa] {
            let found = fit(&matrix, eps, min_points, engine, Seed::new(1)).unwrap();
            let labels: Vec<i64> =
                found.labels.iter().map(|label| label.map_or(-1, i64::from)).collect();
            assert_eq!(labels, expected);
        }
    }
}
const LABELS_1: [i64; 60] = [
    -1, 4, 2, -1, -1, -1, 0, -1, -1, -1, -1, 1, -1, -1, -1, 3, 2, -1, 3, 4, -1, -1, -1, 2, -1, -1,
    -1, -1, -1, -1, -1, -1, 1, -1, -1, -1, 3, -1, -1, -1, 4, -1, -1, -1, -1, 0, -1, -1, -1, -1, 1,
    -1, 0, 1, -1, -1, -1, 3, -1, -1,
];
const LABELS_2: [i64; 60] = [
    -1, -1, 2, -1, -1, -1, -1, 0, -1, -1, 0, 1, -1, 0, -1, 4, 2, -1, 4, -1, -1, 0, -1, 2, 0, 0, 3,
    -1, -1, -1, -1, -1, 1, -1, 2, -1, 4, -1, -1, -1, -1, -1, 0, -1, 3, -1, -1, -1, -1, -1, 1, -1,
    -1, 1, -1, 3, -1, 4, 3, -1,
];
const LABELS_3: [i64; 60] = [
    -1, -1, 1, -1, 0, -1, -1, 0, -1, 0, 0, -1, -1, 0, -1, -1, 1, -1, -1, 1, -1, 0, -1, 1, 0, 0, 2,
    0, -1, -1, 0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, 2, 0, -1, 2, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, 2, -1, -1, 2, 2,
];

#[test]
fn two_hundred_thousand_equal_customers_are_no_burden() {
    let rows =
        Array2::from_shape_fn((200_000, 2), |(i, _)| if i < 199_000 { 1.0 } else { i as f64 });
    let matrix = Matrix::unnamed(rows).unwrap();
    let found = fit(&matrix, 0.5, 10, Engine::Kohort, Seed::new(1)).unwrap();
    assert_eq!(found.n_clusters, 1);
    assert_eq!(found.core_rows.nrows(), 1);
    assert_eq!(found.labels.iter().filter(|label| label.is_none()).count(), 1_000);
    let error = fit(&matrix, 0.5, 10, Engine::Linfa, Seed::new(1)).unwrap_err();
    assert!(matches!(error, ClusterError::TooDense { .. }));
    assert_eq!((error.code(), error.class()), ("E-LIM-010", Class::Limit));
}

#[test]
fn one_dense_cloud_is_no_burden() {
    // Nearly every pair is within eps; whole boxes are taken at once.
    let mut rng = Seed::new(3).stream("cloud", 0);
    let rows = Array2::from_shape_fn((30_000, 2), |_| rng.r#gen::<f64>());
    let matrix = Matrix::unnamed(rows).unwrap();
    let found = fit(&matrix, 1.0, 10, Engine::Kohort, Seed::new(1)).unwrap();
    assert_eq!((found.n_clusters, found.core_rows.nrows()), (1, 30_000));
}
