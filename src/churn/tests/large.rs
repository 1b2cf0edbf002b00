//! Above 200,000 customers: what is found on a part and carried to all.

use super::super::last::Regression;
use super::super::logistic::{self, LAMBDA, Sample, TIGHT};
use super::super::loss::State;
use super::super::{carry, hessian, known};
use super::*;

/// More than two parts, the last block of a run not full.
const N: usize = 401_000;
/// Of every so many customers one has each of the rare levels.
const RARE: u64 = 1_600;
const LEVELS: u32 = 12;

/// Three columns as in the small tables, and a category with rare levels, some of them with
/// a rate of their own.
fn many() -> FeatureTable {
    let (mut columns, truth, _) = simulated(N);
    let lot = |i: usize| folds::mix(i as u64) % RARE;
    let level = |i: usize| u32::try_from(lot(i)).unwrap_or(u32::MAX).min(LEVELS - 1);
    let codes: Vec<u32> = (0..N).map(level).collect();
    let odds = |i: usize| stats::log_odds(truth[i]) - 0.3 * f64::from(codes[i] % 4);
    let outcomes: Vec<bool> = (0..N).map(|i| uniform(i, 5) < sigmoid(odds(i))).collect();
    columns.push(category("place", codes, LEVELS));
    table(columns, some(&outcomes))
}

#[test]
fn the_regression_of_all_is_that_of_one_fit_of_all() {
    let table = many();
    let columns: Vec<usize> = (0..table.columns().len()).collect();
    let task = Task {
        table: &table,
        columns: &columns,
        normalise: &prepared(),
        not_applicable: &NotApplicable::Auto,
        leaks: &[],
        seed: Seed::new(3),
        progress: &|_| (),
    };
    let known = known(&task, table.outcome().unwrap(), &checked()).unwrap();
    assert!(crossfit::step(&known.outcomes) > 1);
    let found = Regression::on_all(&known).unwrap().unwrap();
    let matrix = found.normaliser.apply(&table, &known.rows).unwrap();
    let all = Sample::all(&matrix, &known.outcomes).unwrap();
    let exact = logistic::fit(&all, LAMBDA, TIGHT, None).unwrap();
    let covariance = exact.covariance(&all, LAMBDA).unwrap();
    let there = found.covariance.unwrap();
    assert!(found.fit.converged && exact.beta.len() > LEVELS as usize);
    for (j, exact) in exact.beta.iter().enumerate() {
        let error = (found.fit.beta[j] - exact).abs() / covariance[[j, j]].sqrt();
        assert!(error < 0.01, "coefficient {j} is {error} standard errors off");
        let ratio = (there[[j, j]] / covariance[[j, j]]).sqrt();
        assert!((ratio - 1.0).abs() < 0.02, "its standard error is {ratio} times as large");
    }

    // The sums that it goes by, from another place, on any threads.
    let beta: Vec<f64> = exact.beta.iter().map(|b| b * 0.9).collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| carry::at(&known, &found.normaliser, &beta, LAMBDA).unwrap())
    };
    let (state, products) = on(1);
    let (again, more) = on(3);
    assert_eq!(state.loss.to_bits(), again.loss.to_bits());
    assert_eq!((&state.gradient, &products), (&again.gradient, &more));
    let whole = State::at(&all, &beta, LAMBDA);
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + b.abs());
    assert!(close(state.loss, whole.loss));
    assert!(state.gradient.iter().zip(&whole.gradient).all(|(&a, &b)| close(a, b)));
    let whole = hessian::at(&all, &beta, LAMBDA);
    assert!(products.iter().zip(&whole).all(|(&a, &b)| close(a, b)));
}
