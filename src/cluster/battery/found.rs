//! That what is found is right, and found again.

use super::*;

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
    let run = super::kmeans::lloyd(&Points::new(&matrix), vec![0.0, 0.0, 100.0], &params);
    assert_eq!(run.partition.labels, [0, 0, 1, 2]);
    assert_eq!(run.partition.centres, [0.5, 30.0, 100.0]);
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
