//! The logistic regression against linfa-logistic and scikit-learn, and its hard cases.

use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::Fit as _;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};

use super::super::logistic::{Fit, LAMBDA, Sample, TIGHT, fit};
use super::*;
use crate::matrix::Matrix;

fn ours(x: &Array2<f64>, y: &[bool]) -> (Vec<f64>, Fit) {
    let matrix = Matrix::unnamed(x.clone()).unwrap();
    let sample = Sample::all(&matrix, y).unwrap();
    let fit = fit(&sample, LAMBDA, TIGHT, None).unwrap();
    let p = sample.rows.iter().map(|&row| sigmoid(sample.log_odds(row, &fit.beta))).collect();
    (p, fit)
}

/// P(yes) by linfa-logistic, whose "positive" class is the more frequent one: read from
/// `labels()`, never assumed.
fn linfas(x: &Array2<f64>, y: &[bool]) -> Vec<f64> {
    let targets: Array1<bool> = y.iter().copied().collect();
    let data = DatasetBase::new(x.clone(), targets);
    let model = LogisticRegression::default()
        .alpha(LAMBDA)
        .gradient_tolerance(1e-9)
        .max_iterations(1000)
        .check()
        .unwrap()
        .fit(&data)
        .unwrap();
    let positive = model.labels().pos.class;
    model.predict_probabilities(x).iter().map(|&p| if positive { p } else { 1.0 - p }).collect()
}

fn toy(events: usize) -> (Array2<f64>, Vec<bool>) {
    // The `events` rows of 60 with the highest noisy score have the outcome.
    let x = Array2::from_shape_fn((60, 3), |(i, j)| normal(i, 10 + j as u64));
    let score = |i: usize| 1.5 * x[[i, 0]] - x[[i, 1]] + normal(i, 20);
    let mut order: Vec<usize> = (0..60).collect();
    order.sort_by(|&a, &b| score(b).total_cmp(&score(a)));
    let mut y = vec![false; 60];
    for &i in &order[..events] {
        y[i] = true;
    }
    (x, y)
}

#[test]
fn p_is_of_yes_for_minority_majority_and_tie_in_both_row_orders() {
    for events in [15, 30, 45] {
        let (x, y) = toy(events);
        let expected = linfas(&x, &y);
        let (p, fit) = ours(&x, &y);
        assert!(fit.converged);
        let turned = x.slice(ndarray::s![..;-1, ..]).to_owned();
        let y_turned: Vec<bool> = y.iter().rev().copied().collect();
        let (p_turned, _) = ours(&turned, &y_turned);
        let linfa_turned = linfas(&turned, &y_turned);
        for i in 0..60 {
            assert!((p[i] - expected[i]).abs() < 1e-5, "{events}: {} {}", p[i], expected[i]);
            assert!((p_turned[59 - i] - p[i]).abs() < 1e-9);
            assert!((linfa_turned[59 - i] - p[i]).abs() < 1e-5);
        }
        // The ridge leaves the intercept alone, so the mean is the base rate.
        assert!((p.iter().sum::<f64>() - number(events)).abs() < 1e-8);
    }
}

#[test]
fn swapping_the_classes_mirrors_every_bit() {
    let (x, y) = toy(20);
    let swapped: Vec<bool> = y.iter().map(|y| !y).collect();
    let (_, one) = ours(&x, &y);
    let (_, other) = ours(&x, &swapped);
    for (a, b) in one.beta.iter().zip(&other.beta) {
        assert_eq!(a.to_bits(), (-b).to_bits());
    }
}

#[test]
fn coefficients_equal_scikit_learn() {
    // x = [((i*13) % 17) / 4 - 2, ((i*29) % 23) / 6 - 1.9, i % 3 == 0], i = 0..40,
    // y = 1.2 x0 - .7 x1 + x2 + ((i*31) % 19) / 5 - 2 > 0;
    // LogisticRegression(C=1, tol=1e-14, solver="newton-cholesky"), scikit-learn 1.9.1.
    let value = |i: u32, j: usize| match j {
        0 => f64::from((i * 13) % 17) / 4.0 - 2.0,
        1 => f64::from((i * 29) % 23) / 6.0 - 1.9,
        _ => f64::from(u8::from(i.is_multiple_of(3))),
    };
    let x = Array2::from_shape_fn((40, 3), |(i, j)| value(u32::try_from(i).unwrap(), j));
    let y: Vec<bool> = (0..40_u32)
        .map(|i| {
            let noise = f64::from((i * 31) % 19) / 5.0 - 2.0;
            value(i, 0) * 1.2 - value(i, 1) * 0.7 + value(i, 2) + noise > 0.0
        })
        .collect();
    assert_eq!(y.iter().filter(|&&y| y).count(), 22);
    let (_, fit) = ours(&x, &y);
    let expected = [
        1.381_871_948_918_302_5,
        -0.425_821_017_650_452_16,
        0.856_936_820_348_643,
        0.044_651_207_533_598_87,
    ];
    for (b, expected) in fit.beta.iter().zip(expected) {
        assert!((b - expected).abs() < 1e-8, "{b} {expected}");
    }
}

#[test]
fn a_constant_column_leaves_the_base_rate() {
    let x = Array2::from_elem((50, 2), 3.0);
    let y: Vec<bool> = (0..50).map(|i| i % 5 == 0).collect();
    let (p, _) = ours(&x, &y);
    assert!(p.iter().all(|p| (p - 0.2).abs() < 1e-6), "{}", p[0]);
}

#[test]
fn perfect_separation_finishes_with_finite_coefficients() {
    for scale in [1.0, 1e6] {
        let x = Array2::from_shape_fn((40, 1), |(i, _)| scale * (number(i) - 19.5));
        let y: Vec<bool> = (0..40).map(|i| i >= 20).collect();
        let (p, fit) = ours(&x, &y);
        assert!(fit.converged && fit.beta.iter().all(|b| b.is_finite()));
        assert!(p[0] < 0.1 && p[39] > 0.9);
    }
}

#[test]
fn collinear_duplicates_share_one_coefficient() {
    let (x, y) = toy(25);
    let doubled = ndarray::concatenate![ndarray::Axis(1), x, x];
    let (p, fit) = ours(&doubled, &y);
    assert!(fit.converged);
    for j in 0..3 {
        assert!((fit.beta[j] - fit.beta[j + 3]).abs() < 1e-9);
    }
    assert!(p.iter().all(|p| p.is_finite()));
}

#[test]
fn one_class_is_rejected() {
    let matrix = Matrix::unnamed(Array2::zeros((5, 1))).unwrap();
    let y = [true; 5];
    let sample = Sample::all(&matrix, &y).unwrap();
    assert!(fit(&sample, LAMBDA, TIGHT, None).is_none());
}

#[test]
fn a_start_changes_the_way_but_not_the_end() {
    // 20,000 rows start from every eighth row; the same from zero by a start of its own.
    let n = 20_000;
    let x = Array2::from_shape_fn((n, 6), |(i, j)| normal(i, 30 + j as u64));
    let y: Vec<bool> = (0..n).map(|i| uniform(i, 40) < sigmoid(x[[i, 0]] - 2.0)).collect();
    let (_, quick) = ours(&x, &y);
    let matrix = Matrix::unnamed(x).unwrap();
    let sample = Sample::all(&matrix, &y).unwrap();
    let other = sample.filter(|row| row % 3 == 0);
    let start = fit(&other, LAMBDA, TIGHT, None).unwrap();
    let slow = fit(&sample, LAMBDA, TIGHT, Some(&start)).unwrap();
    for (a, b) in quick.beta.iter().zip(&slow.beta) {
        assert!((a - b).abs() < 1e-8, "{a} {b}");
    }
}

#[test]
fn standard_errors_are_those_of_the_textbook() {
    // One 0/1 column, no penalty: the variance of the log odds ratio is the sum of the
    // reciprocals of the four cells (Woolf 1955): 1/30 + 1/70 + 1/60 + 1/40.
    let x = Array2::from_shape_fn((200, 1), |(i, _)| f64::from(u8::from(i >= 100)));
    let y: Vec<bool> = (0..200).map(|i| i < 30 || (100..160).contains(&i)).collect();
    let matrix = Matrix::unnamed(x).unwrap();
    let sample = Sample::all(&matrix, &y).unwrap();
    let fit = fit(&sample, 0.0, TIGHT, None).unwrap();
    let variance = fit.covariance(&sample, 0.0).unwrap()[[0, 0]];
    let woolf = 1.0 / 30.0 + 1.0 / 70.0 + 1.0 / 60.0 + 1.0 / 40.0;
    assert!((variance - woolf).abs() < 1e-8);
}
