//! The battery: what every method must do, as a table of method times check. The names
//! carry the numbers of the list of checks for estimators (B1 to B42).

mod found;
mod kept;

use ndarray::{Array2, Axis, ShapeBuilder};
use proptest::prelude::*;
use rand::Rng;
use rand::seq::SliceRandom;

use super::kernel::{Points, squared_distance};
use super::kmeans::{KMeansError, KMeansParams};
use super::quality::adjusted_rand::adjusted_rand;
use super::*;
use crate::matrix::{Matrix, MatrixError};
use crate::seed::Seed;
use crate::table::{Column, Family, FeatureTable, Ids, Role, Values};
use linfa::ParamGuard;

/// A feature table of nothing but the numbers of a matrix.
pub(super) fn table_of(matrix: &Matrix) -> FeatureTable {
    let columns = (0..matrix.n_columns())
        .map(|j| Column {
            name: format!("x{j}"),
            role: Role::Number,
            family: Family::Behavioural,
            unit: None,
            decimals: 2,
            block: None,
            values: Values::Number(matrix.values().column(j).to_vec()),
        })
        .collect();
    let values = (0..matrix.n_rows()).map(|row| row.to_string().into()).collect();
    let ids = Ids { name: "row".to_owned(), values, from_rows: true };
    FeatureTable::new(ids, columns, None).unwrap()
}

/// `discover` with a preparation that only takes rows.
pub(super) fn discover_in(
    matrix: &Matrix,
    table: &FeatureTable,
    describing: &[usize],
    outcome: Option<&[Option<bool>]>,
    params: Params,
    seed: u64,
) -> Result<Discovery, ClusterError> {
    let prepare = |a: &[usize], b: &[usize]| Ok((matrix.take(a)?, matrix.take(b)?));
    let task =
        Task { matrix, table, base: &[], describing, value: None, outcome, prepare: &prepare };
    discover(&task, &params.check()?, Seed::new(seed), &|_| {})
}

fn find(params: &Params, matrix: &Matrix, seed: u64) -> Result<Discovery, ClusterError> {
    discover_in(matrix, &table_of(matrix), &[], None, params.clone(), seed)
}

/// The methods with parameters that suit `blobs`.
///
/// What is k-means' alone, and why: B6, B35, B36 and B37 are about the inertia and centres
/// that are means, which mixtures do not have; their likelihood that never falls, and the
/// cost of k-prototypes that never rises, are tested in their folders, as are as many
/// segments as distinct customers. B7: one component is the mean and the covariance, in its
/// folder. B27: the others take no weights. B39: tested where a start can be counted.
fn methods() -> Vec<(&'static str, Params)> {
    let mut all = Vec::new();
    for (engine, means, density) in [
        (Engine::Kohort, "k-means", "dbscan"),
        (Engine::Linfa, "k-means by linfa", "dbscan by linfa"),
    ] {
        let base = Params { engine, ..Params::default() };
        all.push((means, Params { k: K::Exactly(3), ..base.clone() }));
        let (eps, min_points) = (Auto::Is(1.5), Auto::Is(4));
        all.push((density, Params { method: Method::Dbscan, eps, min_points, ..base.clone() }));
        if engine == Engine::Kohort {
            let min_share = 0.2;
            let params = Params { method: Method::Hdbscan, min_points, min_share, ..base };
            all.push(("hdbscan", params));
        }
    }
    for method in [Method::Gmm, Method::LatentClass, Method::KPrototypes] {
        all.push((method.name(), Params { method, k: K::Exactly(3), ..Params::default() }));
    }
    all
}

fn normal(rng: &mut crate::seed::Stream) -> f64 {
    (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0
}

/// Three round groups far from each other, in random order, with their true labels.
pub(super) fn blobs(n: usize, d: usize, seed: u64) -> (Matrix, Vec<u32>) {
    let mut rng = Seed::new(seed).stream("blobs", 0);
    let truth: Vec<u32> = (0..n).map(|_| rng.gen_range(0..3)).collect();
    let rows = Array2::from_shape_fn((n, d), |(i, j)| {
        let centre =
            if j == 0 { 12.0 * f64::from(truth[i]) } else { 3.0 * f64::from(truth[i] % 2) };
        centre + 0.6 * normal(&mut rng)
    });
    (Matrix::unnamed(rows).unwrap(), truth)
}

fn labels(found: &Discovery) -> Vec<Option<u32>> {
    found.assignments.iter().map(|assignment| assignment.segment).collect()
}

#[test]
fn b1_b2_no_rows_and_no_columns_are_errors() {
    assert_eq!(Matrix::unnamed(Array2::zeros((0, 2))), Err(MatrixError::NoRows));
    assert_eq!(Matrix::unnamed(Array2::zeros((2, 0))), Err(MatrixError::NoColumns));
}

#[test]
fn b3_b12_one_row_or_equal_rows_are_errors_with_the_count() {
    for rows in [1, 9] {
        let matrix = Matrix::unnamed(Array2::ones((rows, 2))).unwrap();
        for (name, params) in methods() {
            let error = find(&params, &matrix, 1).unwrap_err();
            assert!(matches!(error, ClusterError::TooFewDistinct { distinct: 1 }), "{name}");
        }
        let one = Params { k: K::Exactly(1), ..Params::default() };
        assert_eq!(find(&one, &matrix, 1).unwrap().segmentation.n_segments(), 1);
    }
}

#[test]
fn b4_one_column_is_enough() {
    let (matrix, truth) = blobs(90, 1, 4);
    for (name, params) in methods() {
        let found = find(&params, &matrix, 1).unwrap();
        assert!(adjusted_rand(&labels(&found), &truth) > 0.99, "{name}");
    }
}

#[test]
fn b5_more_segments_than_distinct_customers_is_an_error_with_both_numbers() {
    let rows = Array2::from_shape_fn((40, 2), |(i, _)| (i % 9) as f64);
    let matrix = Matrix::unnamed(rows).unwrap();
    for engine in [Engine::Kohort, Engine::Linfa] {
        let params = Params { k: K::Exactly(12), engine, ..Params::default() };
        let error = find(&params, &matrix, 1).unwrap_err();
        assert_eq!(error.to_string(), "k is 12 but only 9 distinct customers remain");
    }
}

#[test]
fn b6_as_many_segments_as_distinct_customers_leave_no_inertia() {
    let rows = Array2::from_shape_fn((18, 1), |(i, _)| (i % 6) as f64);
    let matrix = Matrix::unnamed(rows).unwrap();
    let model = KMeansParams::new(6).check().unwrap().fit_matrix(&matrix, None).unwrap();
    assert_eq!(model.inertia(), 0.0);
    assert_eq!(model.sizes(), [3.0; 6]);
}

#[test]
fn b7_with_one_segment_the_centre_is_the_mean() {
    let (matrix, _) = blobs(1000, 3, 7);
    let model = KMeansParams::new(1).check().unwrap().fit_matrix(&matrix, None).unwrap();
    let mean = matrix.values().mean_axis(Axis(0)).unwrap();
    for (centre, mean) in model.centres().iter().zip(&mean) {
        assert!((centre - mean).abs() <= 1e-14 * mean.abs().max(1.0));
    }
}

#[test]
fn b8_b9_b10_values_that_are_not_finite_are_errors_naming_the_column() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut rows = Array2::zeros((4, 3));
        rows[[2, 1]] = value;
        let error = Matrix::unnamed(rows).unwrap_err();
        assert_eq!(error, MatrixError::NotFinite { column: "x1".to_owned(), row: 2 });
    }
}

#[test]
fn b11_a_constant_column_has_no_effect() {
    let (matrix, _) = blobs(120, 2, 11);
    let wide = ndarray::concatenate![Axis(1), matrix.values(), Array2::from_elem((120, 1), 7.0)];
    let wide = Matrix::unnamed(wide).unwrap();
    for (name, params) in methods() {
        let (a, b) = (find(&params, &matrix, 1).unwrap(), find(&params, &wide, 1).unwrap());
        assert_eq!(labels(&a), labels(&b), "{name}");
    }
}

#[test]
fn b13_rows_given_twice_keep_their_partition() {
    let (matrix, _) = blobs(100, 2, 13);
    let twice = ndarray::concatenate![Axis(0), matrix.values(), matrix.values()];
    let twice = Matrix::unnamed(twice).unwrap();
    for (name, params) in methods() {
        let found = labels(&find(&params, &twice, 1).unwrap());
        assert_eq!(found[..100], found[100..], "{name}");
        if params.method == Method::KMeans {
            assert_eq!(
                adjusted_rand(&found[..100], &labels(&find(&params, &matrix, 1).unwrap())),
                1.0
            );
        }
    }
}

#[test]
fn b14_b30_the_same_bits_again_and_with_any_number_of_threads() {
    let (matrix, _) = blobs(9000, 3, 14);
    for (name, params) in methods() {
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| find(&params, &matrix, 5).unwrap())
        };
        let (one, three) = (on(1), on(3));
        assert_eq!(one.segmentation, three.segmentation, "{name}");
        assert_eq!(one.assignments, three.assignments, "{name}");
        assert_eq!(one.stability, three.stability, "{name}");
        assert_eq!(one.choice, three.choice, "{name}");
    }
}

#[test]
fn b19_another_number_of_columns_is_rejected() {
    let (matrix, _) = blobs(60, 2, 19);
    let (narrow, _) = blobs(60, 1, 19);
    for (name, params) in methods() {
        let found = find(&params, &matrix, 1).unwrap();
        let error = found.segmentation.assign(&narrow).unwrap_err();
        assert!(matches!(error, ClusterError::Columns { expected: 2, found: 1 }), "{name}");
    }
}

#[test]
fn b21_b22_a_customer_is_assigned_alike_alone_in_a_subset_and_in_any_order() {
    let (matrix, _) = blobs(200, 3, 21);
    for (name, params) in methods() {
        let found = find(&params, &matrix, 1).unwrap();
        let rows: Vec<usize> = (0..200).rev().step_by(7).collect();
        let subset = found.segmentation.assign(&matrix.take(&rows).unwrap()).unwrap();
        for (&row, assignment) in rows.iter().zip(subset) {
            assert_eq!(assignment, found.assignments[row], "{name}");
            let alone = found.segmentation.assign(&matrix.take(&[row]).unwrap()).unwrap();
            assert_eq!(alone, [found.assignments[row]], "{name}");
        }
    }
}

#[test]
fn b23_b24_the_partition_does_not_depend_on_the_order_of_rows_or_columns() {
    let (matrix, _) = blobs(300, 3, 23);
    let mut order: Vec<usize> = (0..300).collect();
    order.shuffle(&mut Seed::new(1).stream("order", 0));
    let columns = matrix.values().select(Axis(1), &[2, 0, 1]);
    let columns = Matrix::unnamed(columns).unwrap();
    for (name, params) in methods() {
        let found = labels(&find(&params, &matrix, 1).unwrap());
        let shuffled = labels(&find(&params, &matrix.take(&order).unwrap(), 1).unwrap());
        let back: Vec<_> = order.iter().map(|&row| found[row]).collect();
        assert_eq!(adjusted_rand(&back, &shuffled), 1.0, "{name}");
        let turned = labels(&find(&params, &columns, 1).unwrap());
        assert_eq!(adjusted_rand(&found, &turned), 1.0, "{name}");
    }
}

#[test]
fn b26_a_power_of_two_changes_no_label() {
    let (matrix, _) = blobs(200, 2, 26);
    let larger = Matrix::unnamed(matrix.values().mapv(|x| x * 4.0)).unwrap();
    for (name, mut params) in methods() {
        let found = labels(&find(&params, &matrix, 1).unwrap());
        if let Auto::Is(eps) = params.eps {
            params.eps = Auto::Is(eps * 4.0);
        }
        assert_eq!(found, labels(&find(&params, &larger, 1).unwrap()), "{name}");
    }
}

#[test]
fn b27_weights_are_repetitions() {
    let (matrix, _) = blobs(60, 2, 27);
    let weights: Vec<f64> = (0..60).map(|i| f64::from(i % 4)).collect();
    let repeated: Vec<usize> = (0..60).flat_map(|i| std::iter::repeat_n(i, i % 4)).collect();
    let params = KMeansParams::new(3).tolerance(0.0).check().unwrap();
    let weighted = params.fit_matrix(&matrix, Some(&weights)).unwrap();
    let plain = params.fit_matrix(&matrix.take(&repeated).unwrap(), None).unwrap();
    let again: Vec<u32> = repeated.iter().map(|&i| weighted.labels()[i]).collect();
    assert_eq!(adjusted_rand(&again, plain.labels()), 1.0);
    assert!((weighted.inertia() - plain.inertia()).abs() < 1e-9 * plain.inertia());
    let wrong = params.fit_matrix(&matrix, Some(&weights[1..]));
    assert!(matches!(wrong, Err(KMeansError::Weights { found: 59, expected: 60 })));
    let negative = vec![-1.0; 60];
    assert!(matches!(
        params.fit_matrix(&matrix, Some(&negative)),
        Err(KMeansError::Weight { row: 0 })
    ));
}

#[test]
fn b29_a_column_major_input_gives_the_same_bits() {
    let (matrix, _) = blobs(150, 3, 29);
    let values: Vec<f64> = matrix.values().t().iter().copied().collect();
    let column_major = Array2::from_shape_vec((150, 3).f(), values).unwrap();
    let column_major = Matrix::unnamed(column_major).unwrap();
    for (name, params) in methods() {
        let (a, b) = (find(&params, &matrix, 1).unwrap(), find(&params, &column_major, 1).unwrap());
        assert_eq!(a.segmentation, b.segmentation, "{name}");
    }
}

#[test]
fn b31_on_clear_groups_the_seed_changes_no_segment() {
    let (matrix, _) = blobs(300, 2, 31);
    for (name, params) in methods() {
        let first = labels(&find(&params, &matrix, 1).unwrap());
        for seed in 2..5 {
            assert_eq!(first, labels(&find(&params, &matrix, seed).unwrap()), "{name}");
        }
    }
}

#[test]
fn b33_b34_segments_are_numbered_without_gaps_and_assigning_the_rows_gives_them() {
    let (matrix, _) = blobs(200, 2, 33);
    for (name, params) in methods() {
        let found = find(&params, &matrix, 1).unwrap();
        assert_eq!(found.segmentation.assign(&matrix).unwrap(), found.assignments, "{name}");
        let present: std::collections::BTreeSet<u32> =
            labels(&found).into_iter().flatten().collect();
        assert!(present.into_iter().eq(0..found.segmentation.n_segments() as u32), "{name}");
        if let Some((_, fitted)) = found.candidate_labels.first() {
            let fitted: Vec<_> = fitted.iter().map(|&label| Some(label)).collect();
            assert_eq!(fitted, labels(&found), "{name}");
        }
    }
}

#[test]
fn b35_inertia_never_rises() {
    let mut rng = Seed::new(35).stream("rows", 0);
    let rows = Array2::from_shape_fn((5000, 3), |_| rng.r#gen::<f64>());
    let matrix = Matrix::unnamed(rows).unwrap();
    let params = KMeansParams::new(7).tolerance(0.0).check().unwrap();
    let start = matrix.values().slice(ndarray::s![..7, ..]).iter().copied().collect();
    let run =
        super::kmeans::lloyd_until(&Points::new(&matrix), start, &params, params.tolerance(), 0);
    assert!(run.history.len() > 5);
    assert!(run.history.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12)));
}

#[test]
fn b36_b37_centres_are_means_and_every_row_is_with_its_nearest() {
    let mut rng = Seed::new(36).stream("rows", 0);
    let rows = Array2::from_shape_fn((3000, 2), |_| normal(&mut rng));
    let matrix = Matrix::unnamed(rows).unwrap();
    let params = KMeansParams::new(5).tolerance(0.0).check().unwrap();
    let model = params.fit_matrix(&matrix, None).unwrap();
    assert!(model.converged());
    let mut inertia = 0.0;
    for j in 0..5u32 {
        let members: Vec<usize> = (0..3000).filter(|&row| model.labels()[row] == j).collect();
        assert_eq!(members.len() as f64, model.sizes()[j as usize]);
        let mean = matrix.values().select(Axis(0), &members).mean_axis(Axis(0)).unwrap();
        let centre = model.centres().row(j as usize).to_vec();
        assert!(mean.iter().zip(&centre).all(|(a, b)| (a - b).abs() < 1e-12));
        for &row in &members {
            let x = matrix.values().row(row).to_vec();
            let own = squared_distance(&x, &centre);
            inertia += own;
            for other in model.centres().rows() {
                assert!(own <= squared_distance(&x, &other.to_vec()));
            }
        }
    }
    assert!((inertia - model.inertia()).abs() < 1e-9 * inertia);
}
