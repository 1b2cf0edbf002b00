//! That what is found is right, and found again.

use super::*;
use crate::cluster::kmeans::{KMeans, PackedMatrix};

#[test]
fn b38_clear_groups_are_found() {
    for seed in 0..5 {
        let (matrix, truth) = blobs(400, 4, 380 + seed);
        for (name, mut params) in methods() {
            params.eps = Auto::Is(2.5);
            let found = find(&params, &matrix, seed).unwrap();
            assert!(adjusted_rand(&labels(&found), &truth) > 0.95, "{name}");
        }
    }
}

#[test]
fn b39_the_best_of_many_starts_is_as_good_as_each() {
    let mut rng = Seed::new(39).stream("rows", 0);
    let rows = Array2::from_shape_fn((600, 3), |_| rng.r#gen::<f64>());
    let matrix = Matrix::unnamed(rows).unwrap();
    let fit = |restarts| {
        let params = KMeansParams::new(6).max_restarts(restarts).check().unwrap();
        params.fit_matrix(&matrix, None).unwrap()
    };
    let best = fit(10);
    for restarts in 1..10 {
        assert!(best.inertia() <= fit(restarts).inertia());
    }
    assert!(best.restarts() <= 10);
}

/// `sklearn.cluster.KMeans(k, n_init=50, tol=0, random_state=0)` of scikit-learn 1.9.1 on
/// `x = (37 i mod 101) / 10 + 6 (i mod 4), y = (i i mod 53) / 5,
/// z = (11 i mod 29) / 3 + 5 (i mod 2)` for i in 0..200: inertia and sorted sizes.
#[test]
fn k_means_is_as_good_as_scikit_learn() {
    let rows = Array2::from_shape_fn((200, 3), |(i, j)| match j {
        0 => (i * 37 % 101) as f64 / 10.0 + 6.0 * (i % 4) as f64,
        1 => (i * i % 53) as f64 / 5.0,
        _ => (i * 11 % 29) as f64 / 3.0 + 5.0 * (i % 2) as f64,
    });
    let matrix = Matrix::unnamed(rows).unwrap();
    for (k, inertia) in [
        (2, 7_888.532_211_111_109),
        (3, 6_110.838_772_885_876),
        (4, 4_864.349_089_155_055_5),
        (5, 4_301.752_788_822_027),
    ] {
        let params = KMeansParams::new(k).tolerance(0.0).max_restarts(100).check().unwrap();
        let model = params.fit_matrix(&matrix, None).unwrap();
        assert!(model.inertia() <= inertia * 1.005, "{k}: {}", model.inertia());
    }
}

#[test]
fn a_larger_sample_than_the_restarts_see_is_finished_on_all_rows() {
    let (matrix, truth) = blobs(9000, 2, 77);
    let params = KMeansParams::new(3).sample(300).check().unwrap();
    let model = params.fit_matrix(&matrix, None).unwrap();
    assert_eq!(model.labels().len(), 9000);
    assert_eq!(model.sizes().iter().sum::<f64>(), 9000.0);
    assert!(adjusted_rand(model.labels(), &truth) > 0.99);
}

#[test]
fn an_empty_segment_moves_to_the_farthest_customer() {
    // Two of three starting centres are equal, so the second gets nobody; the farthest
    // customer from the first is 30.
    let matrix = Matrix::unnamed(ndarray::array![[0.0], [1.0], [30.0], [100.0]]).unwrap();
    let params = KMeansParams::new(3).check().unwrap();
    let run = super::kmeans::lloyd_until(
        &Points::new(&matrix),
        vec![0.0, 0.0, 100.0],
        &params,
        params.tolerance(),
        0,
    );
    assert_eq!(run.partition.labels, [0, 0, 1, 2]);
    assert_eq!(run.partition.centres, [0.5, 30.0, 100.0]);
}

#[test]
fn values_whose_squares_are_no_numbers_are_told_apart() {
    let (matrix, truth) = blobs(300, 2, 61);
    let plain = KMeansParams::new(3).check().unwrap().fit_matrix(&matrix, None).unwrap();
    assert!(adjusted_rand(plain.labels(), &truth) > 0.99);
    for exponent in [600, 1000, -600, -900] {
        let factor = libm::ldexp(1.0, exponent);
        let huge = Matrix::unnamed(matrix.values().mapv(|x| x * factor)).unwrap();
        let model = KMeansParams::new(3).check().unwrap().fit_matrix(&huge, None).unwrap();
        assert_eq!(model.labels(), plain.labels(), "2^{exponent}");
        for (a, b) in model.centres().iter().zip(plain.centres().iter()) {
            assert!((a / factor - b).abs() < 1e-9, "2^{exponent}");
        }
        assert!(model.inertia() >= 0.0 && model.inertia().is_finite());
        let data = huge.values().to_owned();
        let predicted = linfa::traits::Predict::predict(&model, &data);
        assert!(predicted.iter().zip(model.labels()).all(|(&a, &b)| a == b as usize));
    }
}

#[test]
fn rows_that_f32_cannot_tell_apart_are_told_apart() {
    // Four pairs of values, a billion and a thousandth apart: f32 sees two.
    let rows = Array2::from_shape_fn((400, 1), |(i, _)| [0.0, 1e-3, 1e9, 1e9 + 1e-3][i % 4]);
    let matrix = Matrix::unnamed(rows).unwrap();
    let model = KMeansParams::new(4).check().unwrap().fit_matrix(&matrix, None).unwrap();
    assert!(model.inertia() < 1e-9);
    assert_eq!(model.sizes(), [100.0; 4]);
}

/// Lloyd's iterations from the first k rows: `sklearn.cluster.KMeans(k, init=X[:k],
/// n_init=1, max_iter=50, tol=tol)` of scikit-learn 1.9.1 on the f32 rows
/// `x_it = ((i * 37 + t * 101) mod 211) / 17 + (i mod 7 div 3) * (t + 1)`, 5,003 x 5.
#[test]
fn iterations_from_given_centres_are_those_of_scikit_learn() {
    for (k, tolerance, iterations, inertia) in SCIKIT_LEARN {
        let model = from_first_rows(k, tolerance, "best");
        assert_eq!(model.iterations(), iterations, "{k} {tolerance}");
        assert!((model.inertia() / inertia - 1.0).abs() < 1e-6, "{k}: {}", model.inertia());
    }
}

const SCIKIT_LEARN: [(usize, f64, usize, f64); 4] = [
    (3, 0.0, 12, 190_484.067_946_657_7),
    (6, 0.0, 10, 96_219.424_802_764_06),
    (11, 0.0, 19, 37_808.828_366_427_41),
    (20, 1e-4, 20, 21_900.407_868_134_78),
];

fn from_first_rows(k: usize, tolerance: f64, instructions: &str) -> KMeans {
    let value = |i: usize, t: usize| {
        ((i * 37 + t * 101) % 211) as f64 / 17.0 + (i % 7 / 3 * (t + 1)) as f64
    };
    let values = (0..5003 * 5).map(|at| value(at / 5, at % 5) as f32).collect();
    let rows = PackedMatrix::new(values, 5).unwrap().by(instructions);
    let start = Array2::from_shape_fn((k, 5), |(i, t)| f64::from(value(i, t) as f32));
    let params = KMeansParams::new(k).tolerance(tolerance).max_iterations(50).check().unwrap();
    params.fit_packed_from(&rows, start.view()).unwrap()
}

#[test]
fn f32_rows_give_the_same_bits_on_every_path_and_with_any_number_of_threads() {
    let rows: Vec<f32> =
        (0..40_003 * 3).map(|i| ((i * 7919 % 10_007) as f32).sqrt() + (i % 5) as f32).collect();
    let fit = |instructions: &str, threads: usize, k: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let rows = PackedMatrix::new(rows.clone(), 3).unwrap().by(instructions);
        let params = KMeansParams::new(k).max_iterations(12).max_restarts(2).check().unwrap();
        pool.install(|| params.fit_packed(&rows).unwrap())
    };
    for k in [2, 7, 300] {
        let one = fit("best", 1, k);
        assert!((one.sizes().iter().sum::<f64>() - 40_003.0).abs() < 1e-9);
        for (instructions, threads) in [("best", 2), ("avx-512", 3), ("portable", 8)] {
            assert_eq!(fit(instructions, threads, k), one, "{k} {instructions} {threads}");
        }
    }
}

#[test]
fn the_means_and_sizes_of_f32_rows_are_those_of_the_labels() {
    let model = from_first_rows(6, 0.0, "best");
    assert!(model.converged());
    let mut sums = Array2::<f64>::zeros((6, 5));
    let mut sizes = [0.0; 6];
    for (i, &label) in model.labels().iter().enumerate() {
        sizes[label as usize] += 1.0;
        for t in 0..5 {
            let x = ((i * 37 + t * 101) % 211) as f64 / 17.0 + (i % 7 / 3 * (t + 1)) as f64;
            sums[[label as usize, t]] += f64::from(x as f32);
        }
    }
    assert_eq!(model.sizes(), sizes);
    for ((j, t), sum) in sums.indexed_iter() {
        assert!((sum / sizes[j] - model.centres()[[j, t]]).abs() < 1e-9);
    }
}

#[test]
fn f32_rows_are_checked() {
    let bad = PackedMatrix::new(vec![0.0, 1.0, f32::NAN, 2.0], 2);
    let at = MatrixError::NotFinite { column: "x0".to_owned(), row: 1 };
    assert!(matches!(bad, Err(KMeansError::Matrix(error)) if error == at));
    assert!(matches!(PackedMatrix::new(vec![0.0; 3], 2), Err(KMeansError::Shape { .. })));
    assert!(PackedMatrix::new(Vec::new(), 2).is_err());
    assert!(PackedMatrix::new(vec![0.0], 0).is_err());
    let rows = PackedMatrix::new(vec![1.0, 1.0, 2.0], 1).unwrap();
    let params = KMeansParams::new(3).check().unwrap();
    let error = params.fit_packed(&rows).unwrap_err();
    assert!(matches!(error, KMeansError::TooManySegments { k: 3, distinct: 2 }));
    let params = KMeansParams::new(2).check().unwrap();
    let error = params.fit_packed_from(&rows, Array2::zeros((3, 1)).view()).unwrap_err();
    assert!(matches!(error, KMeansError::Start { found_k: 3, k: 2, .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_finite_rows_give_a_valid_partition(
        cells in proptest::collection::vec(-1e6f64..1e6, 12..240), k in 1usize..6,
    ) {
        let rows = Array2::from_shape_vec((cells.len() / 3, 3), cells[..cells.len() / 3 * 3].to_vec());
        let matrix = Matrix::unnamed(rows.unwrap()).unwrap();
        match KMeansParams::new(k).check().unwrap().fit_matrix(&matrix, None) {
            Err(error) => {
                let expected = matches!(error, KMeansError::TooManySegments { .. });
                prop_assert!(expected);
            }
            Ok(model) => {
                prop_assert!(model.inertia().is_finite() && model.inertia() >= 0.0);
                prop_assert!(model.sizes().iter().all(|size| *size >= 1.0));
                prop_assert_eq!(model.sizes().iter().sum::<f64>(), matrix.n_rows() as f64);
            }
        }
    }
}

#[test]
fn a_run_by_linfa_says_how_far_our_own_engine_agrees() {
    let (matrix, _) = blobs(300, 2, 41);
    for (name, params) in methods() {
        let found = find(&params, &matrix, 1).unwrap();
        let told: Vec<&str> = found
            .findings
            .iter()
            .filter(|finding| finding.code == "engines-agree")
            .map(|finding| finding.message.as_str())
            .collect();
        if params.engine == Engine::Linfa {
            assert_eq!(told.len(), 1, "{name}");
            assert!(told[0].starts_with("100.0% of the customers"), "{name}: {told:?}");
        } else {
            assert!(told.is_empty(), "{name}");
        }
    }
}
