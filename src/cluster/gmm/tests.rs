use linfa::prelude::*;
use ndarray::{Array2, array};
use proptest::prelude::*;
use rand::Rng;

use super::em::{Belonging, Blocks, maximise, pass};
use super::fit::{from_labels, iterate};
use super::*;
use crate::cluster::quality::adjusted_rand::adjusted_rand;
use crate::fault::Fault;
use crate::seed::{Seed, Stream};

fn normal(rng: &mut Stream) -> f64 {
    (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0
}

/// Three overlapping ellipses in random order.
fn ellipses(n: usize, seed: u64) -> (Matrix, Vec<u32>) {
    let mut rng = Seed::new(seed).stream("ellipses", 0);
    let truth: Vec<u32> = (0..n).map(|_| rng.gen_range(0..3)).collect();
    let mut rows = Array2::zeros((n, 2));
    for (i, &group) in truth.iter().enumerate() {
        let (a, b) = (normal(&mut rng), normal(&mut rng));
        let (x, y) = match group {
            0 => (3.0 * a, 2.8 * a + 0.4 * b),
            1 => (0.4 * a + 5.0, 0.4 * b - 5.0),
            _ => (2.0 * a - 4.0, 0.5 * b + 6.0),
        };
        rows[[i, 0]] = x;
        rows[[i, 1]] = y;
    }
    (Matrix::unnamed(rows).unwrap(), truth)
}

fn labels(model: &Gmm, matrix: &Matrix) -> Vec<u32> {
    let rows: Vec<f64> = matrix.values().iter().copied().collect();
    model.mixture().assign(&rows).iter().map(|found| found.first).collect()
}

fn params(k: usize) -> GmmValid {
    GmmParams::new(k).check().unwrap()
}

/// Rows 0, 1, 10 with weights .5, means 0 and 10, variances 1, by hand:
/// row 0: r1 = 1 / (1 + e^-50), row 1: 1 / (1 + e^-40), row 10: 1 / (1 + e^50), so to 1e-17
/// 1, 1 and 0. Then n1 = 2, m1 = 1/2, S1 = (1/4 + 1/4) / 2 = 1/4; n2 = 1, m2 = 10, S2 = 0.
/// The log-likelihood before the step is that of three rows at distances 0, 1 and 0:
/// 3 ln .5 - 3/2 ln 2 pi - 1/2.
#[test]
fn one_step_by_hand() {
    let mut mixture =
        Mixture::from_parts(vec![0.0], vec![1.0], vec![0.5, 0.5], vec![0.0, 10.0], vec![1.0, 1.0])
            .unwrap();
    let blocks = Blocks::new(&[0.0, 1.0, 10.0], 1, &[0.0], &[1.0]);
    let sums = pass(&blocks, &mixture, Belonging::Probable, false);
    let expected = 3.0 * 0.5f64.ln() - 1.5 * std::f64::consts::TAU.ln() - 0.5;
    assert!((sums.log_likelihood - expected).abs() < 1e-12);
    assert_eq!(sums.sizes, [2, 1]);
    maximise(&mut mixture, &sums, 1e-2, false);
    assert!((mixture.weights[0] - 2.0 / 3.0).abs() < 1e-12);
    assert!((mixture.means[0] - 0.5).abs() < 1e-12);
    assert!((mixture.means[1] - 10.0).abs() < 1e-12);
    // Variances 1/4 + .01 and 0 + .01.
    assert!((mixture.factors[0] - 1.0 / 0.26f64.sqrt()).abs() < 1e-12);
    assert!((mixture.factors[1] - 10.0).abs() < 1e-6);
}

/// Weights .25 and .75, one column, means 0 and 2, variances 1. At x = 1 both densities are
/// equal, so the probabilities are the weights: second first, margin .5.
#[test]
fn margin_is_the_difference_of_the_two_highest_probabilities() {
    let mixture =
        Mixture::from_parts(vec![0.0], vec![1.0], vec![0.25, 0.75], vec![0.0, 2.0], vec![1.0, 1.0])
            .unwrap();
    let found = mixture.assign(&[1.0, 1e200]);
    assert_eq!((found[0].first, found[0].second), (1, Some(0)));
    assert!((found[0].margin - 0.5).abs() < 1e-15);
    // ln of (.25 + .75) / sqrt(2 pi) less ln of e^-.5 / sqrt(2 pi).
    assert!((found[0].depth - 0.5).abs() < 1e-15);
    assert_eq!((found[1].margin, found[1].depth), (0.0, f64::MAX));
}

/// scikit-learn 1.9.1, recipe in `tests/oracles/gaussian_mixture.py`.
#[test]
fn likelihood_and_bic_are_those_of_scikit_learn() {
    let part = |i: usize, by: f64| (i as f64 * by) % 1.0;
    let rows = Array2::from_shape_fn((300, 3), |(i, j)| {
        let (u, v) = (part(i, 0.618_033_988_749_894_9), part(i, 0.414_213_562_373_095_15));
        let w = part(i, 0.732_050_807_568_877_2);
        let is = |g: usize| f64::from(u8::from(i % 3 == g));
        match j {
            0 => 8.0 * is(1) + 2.0 * u + v * v,
            1 => 6.0 * is(2) + 1.5 * v - (u + 0.3) * (1.0 + 0.5 * is(1)),
            _ => w + u * v + 5.0 * is(0),
        }
    });
    let matrix = Matrix::unnamed(rows).unwrap();
    for (covariance, k, log_likelihood, bic) in [
        (Covariance::Full, 1, -1885.611420918936, 3822.5568841097775),
        (Covariance::Full, 3, -937.3858943247948, 2040.1814804146193),
        (Covariance::Diagonal, 1, -2267.7950865613975, 4569.812867970732),
        (Covariance::Diagonal, 3, -998.4475954826746, 2110.970840458473),
    ] {
        let params = GmmParams::new(k).covariance(covariance).ridge(1e-11).tolerance(1e-11);
        let model = params.max_iterations(5000).check().unwrap().fit_matrix(&matrix).unwrap();
        let found = model.log_likelihood();
        assert!((found - log_likelihood).abs() < 1e-4, "{covariance:?} {k}: {found}");
        assert!((model.bic() - bic).abs() < 2e-4, "{covariance:?} {k}: {}", model.bic());
    }
}

/// linfa-clustering 0.8.1 on plain cases: the same partition.
#[test]
fn the_partition_is_that_of_linfa() {
    use linfa_clustering::GaussianMixtureModel;
    use rand_xoshiro::Xoshiro256Plus;
    use rand_xoshiro::rand_core::SeedableRng;
    for seed in 0..4 {
        let (matrix, _) = ellipses(900, seed);
        let theirs = GaussianMixtureModel::params_with_rng(3, Xoshiro256Plus::seed_from_u64(seed))
            .n_runs(10)
            .tolerance(1e-6)
            .max_n_iterations(1000)
            .fit(&DatasetBase::from(matrix.values().to_owned()))
            .unwrap();
        let theirs = theirs.predict(&matrix.values().to_owned());
        let theirs: Vec<u32> = theirs.iter().map(|&label| label as u32).collect();
        let ours = GmmParams::new(3).ridge(1e-6).tolerance(1e-8).check().unwrap();
        let ours = labels(&ours.fit_matrix(&matrix).unwrap(), &matrix);
        assert!(adjusted_rand(&ours, &theirs) > 0.99, "{seed}");
    }
}

#[test]
fn overlapping_ellipses_are_found() {
    for seed in 0..5 {
        let (matrix, truth) = ellipses(1200, 100 + seed);
        let model = params(3).fit_matrix(&matrix).unwrap();
        assert!(adjusted_rand(&labels(&model, &matrix), &truth) > 0.95);
        assert!(model.converged() && model.found_again());
    }
}

#[test]
fn bic_chooses_the_number_and_the_kind_of_ellipses() {
    let (matrix, _) = ellipses(3000, 7);
    let bic = |k, covariance| {
        let params = GmmParams::new(k).covariance(covariance).check().unwrap();
        params.fit_matrix(&matrix).unwrap().bic()
    };
    let best = bic(3, Covariance::Full);
    for k in 1..6 {
        for covariance in [Covariance::Full, Covariance::Diagonal] {
            assert!(best <= bic(k, covariance), "{k} {covariance:?}");
        }
    }
}

#[test]
fn icl_is_bic_and_twice_the_entropy() {
    let (matrix, _) = ellipses(600, 3);
    let model = params(3).fit_matrix(&matrix).unwrap();
    let blocks = Blocks::new(
        &matrix.values().iter().copied().collect::<Vec<_>>(),
        2,
        model.mixture().centre(),
        model.mixture().scale(),
    );
    let mixture = model.mixture();
    let mut entropy = 0.0;
    let (mut y, mut logs) = (vec![[0.0; 8]; 2], vec![[0.0; 8]; 3]);
    for row in 0..600 {
        let x = blocks.row(row);
        mixture.log_densities(&[[x[0]; 8], [x[1]; 8]], &mut y, &mut logs);
        let densities: Vec<f64> = logs.iter().map(|log| log[0].exp()).collect();
        let sum: f64 = densities.iter().sum();
        for r in densities.iter().map(|density| density / sum).filter(|r| *r > 0.0) {
            entropy -= r * r.ln();
        }
    }
    assert!((model.icl() - model.bic() - 2.0 * entropy).abs() < 1e-8 * entropy.max(1.0));
}

#[test]
fn the_likelihood_never_falls() {
    let mut rng = Seed::new(35).stream("rows", 0);
    let rows: Vec<f64> = (0..6000).map(|_| rng.r#gen::<f64>()).collect();
    let blocks = Blocks::new(&rows, 3, &[0.5; 3], &[3.5; 3]);
    let given: Vec<u32> = (0..2000).map(|row| row % 5).collect();
    for covariance in [Covariance::Full, Covariance::Diagonal] {
        let params = GmmParams::new(5).covariance(covariance).ridge(1e-12).tolerance(0.0);
        let params = params.check().unwrap();
        let start = from_labels(&blocks, (&[0.5; 3], &[3.5; 3]), &[0.0; 15], &given, &params);
        let run = iterate(&blocks, start, &params, 300, 0.0);
        assert!(run.history.len() > 20);
        assert!(run.history.windows(2).all(|pair| pair[1] >= pair[0] - 1e-12));
    }
}

#[test]
fn one_component_is_the_mean_and_the_covariance() {
    let (matrix, _) = ellipses(500, 9);
    let params = GmmParams::new(1).ridge(1e-12).check().unwrap();
    let model = params.fit_matrix(&matrix).unwrap();
    let mean = matrix.values().mean_axis(ndarray::Axis(0)).unwrap();
    for (found, mean) in model.mixture().mean(0).iter().zip(&mean) {
        assert!((found - mean).abs() < 1e-12);
    }
    // L of a correlation matrix [[1, c], [c, 1]] is [[1, 0], [c, sqrt(1 - c^2)]].
    let (x, y) = (matrix.values().column(0).to_owned(), matrix.values().column(1).to_owned());
    let (x, y) = (&x - mean[0], &y - mean[1]);
    let c = (&x * &y).sum() / ((&x * &x).sum() * (&y * &y).sum()).sqrt();
    let factors = model.mixture().factors();
    assert!((factors[0] - 1.0).abs() < 1e-9);
    assert!((factors[2] - 1.0 / (1.0 - c * c).sqrt()).abs() < 1e-9);
    assert!((factors[1] + c / (1.0 - c * c).sqrt()).abs() < 1e-9);
}

#[test]
fn columns_of_two_values_are_refused_by_name() {
    let rows = Array2::from_shape_fn((40, 3), |(i, j)| match j {
        1 => f64::from(u8::from(i % 3 == 0)),
        _ => (i * (j + 7) % 13) as f64,
    });
    let error = params(2).fit_matrix(&Matrix::unnamed(rows).unwrap()).unwrap_err();
    assert_eq!(error.code(), "E-FIT-030");
    assert!(error.to_string().starts_with("1 of 3 columns take only two values, the first is x1"));
    assert!(error.hint().unwrap().contains("latent-class"));
}

#[test]
fn fewer_customers_than_columns_give_finite_numbers() {
    let mut rng = Seed::new(5).stream("rows", 0);
    let rows = Array2::from_shape_fn((12, 30), |(i, _)| 20.0 * (i % 2) as f64 + normal(&mut rng));
    let matrix = Matrix::unnamed(rows).unwrap();
    let model = params(2).fit_matrix(&matrix).unwrap();
    assert!(model.log_likelihood().is_finite() && model.icl().is_finite());
    let found = labels(&model, &matrix);
    assert!((0..12).all(|row| found[row] == found[row % 2]));
}

#[test]
fn equal_rows_and_collinear_columns_give_finite_numbers() {
    let rows = Array2::from_shape_fn((90, 3), |(i, j)| {
        let group = (i % 3) as f64;
        // 30 equal rows each in groups 0 and 1; columns 0 and 2 are the same.
        let spread = if i % 3 == 2 { i as f64 / 300.0 } else { 0.0 };
        [group, group * group, group][j] + spread
    });
    let matrix = Matrix::unnamed(rows).unwrap();
    let model = params(3).fit_matrix(&matrix).unwrap();
    assert!(model.log_likelihood().is_finite());
    let found = labels(&model, &matrix);
    assert!((0..90).all(|row| found[row] == found[row % 3]), "{found:?}");
}

#[test]
fn rows_beyond_the_sample_are_fitted_too() {
    let (matrix, truth) = ellipses(9000, 77);
    let params = GmmParams::new(3).sample(700).check().unwrap();
    let model = params.fit_matrix(&matrix).unwrap();
    assert_eq!(model.sizes().iter().sum::<usize>(), 9000);
    assert!(adjusted_rand(&labels(&model, &matrix), &truth) > 0.95);
}

#[test]
fn more_segments_than_distinct_rows_are_refused() {
    let matrix = Matrix::unnamed(array![[1.0], [1.0], [2.0], [3.0]]).unwrap();
    let error = params(4).fit_matrix(&matrix).unwrap_err();
    assert_eq!(error.to_string(), "k is 4 but only 3 distinct customers remain");
}

#[test]
fn stored_parts_are_checked() {
    let make = |weights: Vec<f64>, means: Vec<f64>, factors: Vec<f64>| {
        Mixture::from_parts(vec![0.0], vec![1.0], weights, means, factors)
    };
    assert!(make(vec![0.5, 0.5], vec![0.0, 1.0], vec![1.0, 1.0]).is_ok());
    assert!(make(vec![0.5, 0.6], vec![0.0, 1.0], vec![1.0, 1.0]).is_err());
    assert!(make(vec![1.0, 0.0], vec![0.0, 1.0], vec![1.0, 1.0]).is_err());
    assert!(make(vec![0.5, 0.5], vec![0.0], vec![1.0, 1.0]).is_err());
    assert!(make(vec![0.5, 0.5], vec![0.0, f64::NAN], vec![1.0, 1.0]).is_err());
    assert!(make(vec![0.5, 0.5], vec![0.0, 1.0], vec![1.0, -1.0]).is_err());
    assert!(make(vec![], vec![], vec![]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_finite_rows_give_probabilities_or_a_named_error(
        cells in proptest::collection::vec(-1e6f64..1e6, 12..240), k in 1usize..5, ties in 1u32..4,
    ) {
        // Rounding to few values makes ties, collinear columns and columns of two values.
        let unit = 10f64.powi(ties as i32 * 2 - 1);
        let cells: Vec<f64> = cells.iter().map(|x| (x / unit).round() * unit).collect();
        let n = cells.len() / 3;
        let matrix =
            Matrix::unnamed(Array2::from_shape_vec((n, 3), cells[..n * 3].to_vec()).unwrap()).unwrap();
        match params(k).fit_matrix(&matrix) {
            Err(error) => prop_assert!(error.code().starts_with("E-FIT-0")),
            Ok(model) => {
                prop_assert!(model.log_likelihood().is_finite());
                prop_assert_eq!(model.sizes().iter().sum::<usize>(), n);
                let rows: Vec<f64> = matrix.values().iter().copied().collect();
                for found in model.mixture().assign(&rows) {
                    prop_assert!((0.0..=1.0).contains(&found.margin) && found.depth >= 0.0);
                }
            }
        }
    }
}
