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
fn many_leaves_up_to_twenty_columns_ties_and_duplicates_equal_comparing_every_pair() {
    let mut clusters = 0;
    for trial in 0..300 {
        let mut rng = Seed::new(41).stream("leaves", trial);
        // More than a bunch of leaves now and then.
        let most = if trial % 7 == 0 { 900 } else { 420 };
        let (n, d) = (rng.gen_range(1..most), 1 + (trial % 20) as usize);
        let kind = trial / 20 % 3;
        let width = (d as f64).sqrt();
        let mut rows = Array2::from_shape_fn((n, d), |_| match kind {
            0 => rng.gen_range(0.0..1.0),
            1 => f64::from(rng.gen_range(0..4)),
            _ => (rng.gen_range(-1.0..1.0f64) * 5.0).round() / 5.0,
        });
        if kind == 2 {
            let drawn: Vec<usize> = (0..n).map(|_| rng.gen_range(0..n.div_ceil(6))).collect();
            rows = rows.select(ndarray::Axis(0), &drawn);
        }
        let eps = match kind {
            0 => rng.gen_range(0.05..0.35) * width,
            1 => [1.0, 2.0, 2.5, 3.0][rng.gen_range(0..4)],
            _ => rng.gen_range(0.2..0.9) * width,
        };
        let min_points = rng.gen_range(1..15);
        let matrix = Matrix::unnamed(rows.clone()).unwrap();
        let found = fit(&matrix, eps, min_points, Engine::Kohort, Seed::new(1)).unwrap();
        let (labels, core) = oracle(&rows, eps, min_points);
        assert_eq!(found.core, core, "trial {trial}");
        assert_eq!(found.labels, labels, "trial {trial}");
        clusters += found.n_clusters;
    }
    assert!(clusters > 500, "{clusters}");
}

#[test]
fn threads_change_nothing() {
    let mut rng = Seed::new(8).stream("threads", 0);
    let rows = Array2::from_shape_fn((40_000, 2), |_| rng.gen_range(0.0..100.0));
    let matrix = Matrix::unnamed(rows).unwrap();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| fit(&matrix, 0.8, 8, Engine::Kohort, Seed::new(1)).unwrap())
    };
    let one = on(1);
    assert!(one.n_clusters > 10);
    assert_eq!(one, on(2));
    assert_eq!(one, on(5));
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

/// Places around Joensuu by latitude and longitude, where the table is at hand.
fn joensuu() -> Option<crate::table::FeatureTable> {
    use crate::table::{Block, BlockKind, Column, Family, FeatureTable, Ids, Role, Values};
    let file = crate::testing::real_data("geo_mopsi/mopsi-joensuu.arff")?;
    let text = std::fs::read_to_string(file).unwrap();
    let rows: Vec<(f64, f64)> = text
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| line.split_once(',').unwrap())
        .map(|(latitude, longitude)| (latitude.parse().unwrap(), longitude.parse().unwrap()))
        .collect();
    let column = |name: &str, kind, values| Column {
        name: name.into(),
        role: Role::Number,
        family: Family::Geographic,
        unit: None,
        decimals: 6,
        block: Some(Block { name: "place".into(), kind }),
        values: Values::Number(values),
    };
    let columns = vec![
        column("x", BlockKind::Latitude, rows.iter().map(|row| row.0).collect()),
        column("y", BlockKind::Longitude, rows.iter().map(|row| row.1).collect()),
    ];
    let values = (0..rows.len()).map(|row| row.to_string().into()).collect();
    FeatureTable::new(Ids { name: "row".into(), values, from_rows: true }, columns, None).ok()
}

/// `tests/oracles/geo_mopsi.py` with scikit-learn 1.9.1 (haversine, ball tree): eps in km,
/// `min_points`, core points, noise, clusters, and the SHA-256 of the core points' labels.
const JOENSUU: [(f64, usize, usize, usize, usize, &str); 3] = [
    (1.0, 10, 3934, 618, 18, "b7ee95bc8007cef7899a7dc50947ad392e7c305a615d2f78af62e8762ef53437"),
    (0.25, 5, 3812, 710, 76, "a3acca58aa7f22e27cd24ded1d497c28bc8dac4b698c746be3e1ec25e245a7ec"),
    (20.0, 50, 4200, 260, 2, "ab48e96c35cc0614e93f05eb26a8b4e4e911b5889de0dfb7ed0a12508f67f583"),
];

#[test]
fn places_are_grouped_as_by_scikit_learn() {
    use crate::normalise::{Normaliser, NotApplicable, Params, Purpose, chord};
    use sha2::{Digest, Sha256};
    let Some(table) = joensuu() else { return };
    let rows: Vec<usize> = (0..table.n_customers()).collect();
    let params = Params::default().check().unwrap();
    let auto = NotApplicable::Auto;
    let (normaliser, _) =
        Normaliser::fit(&table, &[0, 1], &rows, &params, Purpose::Distance, &auto).unwrap();
    let matrix = normaliser.apply(&table, &rows).unwrap();
    for (km, min_points, cores, noise, clusters, digest) in JOENSUU {
        for engine in [Engine::Kohort, Engine::Linfa] {
            let found = fit(&matrix, chord(km), min_points, engine, Seed::new(1)).unwrap();
            let counted = found.core.iter().filter(|core| **core).count();
            let in_none = found.labels.iter().filter(|label| label.is_none()).count();
            assert_eq!((counted, in_none, found.n_clusters), (cores, noise, clusters), "{km}");
            let mut new = std::collections::BTreeMap::new();
            let words: Vec<String> = found
                .labels
                .iter()
                .zip(&found.core)
                .map(|(label, core)| match label {
                    Some(label) if *core => {
                        let next = new.len();
                        new.entry(*label).or_insert(next).to_string()
                    }
                    _ => "-".to_owned(),
                })
                .collect();
            let hash = Sha256::digest(words.join(","));
            let hash: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hash.concat(), digest, "eps {km} km");
        }
    }
}
