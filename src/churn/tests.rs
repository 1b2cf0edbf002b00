//! The stage as a whole: simulated truth, leaks, degenerate labels, real tables.

use std::collections::BTreeMap;

use super::*;
use crate::fault::Fault;
use crate::normalise::Checked as Prepared;
use crate::profile::Contact;
use crate::stats::{self, number, sigmoid};
use crate::table::{Column, Family, Id, Ids, MISSING_FLAG, MISSING_LEVEL, Role, Values};

mod battery;
mod boosting;
mod explained;
mod large;
mod leaks;
mod oracle;
mod real;
mod simulated;

/// A deterministic uniform number in 0..1.
fn uniform(i: usize, stream: u64) -> f64 {
    let bits = folds::mix(folds::mix(i as u64) ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    number(usize::try_from(bits >> 12).unwrap()) / 4_503_599_627_370_496.0
}

/// A deterministic standard normal number.
fn normal(i: usize, stream: u64) -> f64 {
    let radius = (-2.0 * libm::log(1.0 - uniform(i, stream))).sqrt();
    radius * libm::cos(std::f64::consts::TAU * uniform(i, stream + 1000))
}

fn column(name: &str, values: Values) -> Column {
    let role = match values {
        Values::Number(_) => Role::Number,
        Values::Flag { .. } => Role::Flag,
        Values::Category { .. } => Role::Category,
    };
    let (family, unit) = (Family::Behavioural, None);
    Column { name: name.to_owned(), role, family, unit, decimals: 2, block: None, values }
}

fn numbers(name: &str, values: Vec<f64>) -> Column {
    column(name, Values::Number(values))
}

fn category(name: &str, codes: Vec<u32>, n_levels: u32) -> Column {
    let levels = (0..n_levels).map(|level| format!("level {level:03}")).collect();
    column(name, Values::Category { codes, levels, ordered: false })
}

fn flag(name: &str, codes: Vec<u8>) -> Column {
    column(name, Values::Flag { codes, no: "No".to_owned(), yes: "Yes".to_owned() })
}

fn table(columns: Vec<Column>, outcome: Vec<Option<bool>>) -> FeatureTable {
    let values = (0..outcome.len()).map(|i| format!("c{i:07}").into()).collect();
    let ids = Ids { name: "id".to_owned(), values, from_rows: false };
    let outcome = Outcome {
        name: "Churn".to_owned(),
        positive: "Yes".to_owned(),
        negative: "No".to_owned(),
        is_churn: true,
        values: outcome,
    };
    FeatureTable::new(ids, columns, Some(outcome)).unwrap()
}

fn checked() -> Checked {
    Params::default().check().unwrap()
}

fn prepared() -> Prepared {
    normalise::Params::default().check().unwrap()
}

/// Inspects and fits with the defaults.
fn fit_all(table: &FeatureTable, seed: u64) -> Fitted {
    fit_with(table, &inspect(table, &[], &checked()).leaks, seed, &checked())
}

fn fit_with(table: &FeatureTable, leaks: &[Leak], seed: u64, params: &Checked) -> Fitted {
    let columns: Vec<usize> = (0..table.columns().len()).collect();
    let task = Task {
        table,
        columns: &columns,
        normalise: &prepared(),
        not_applicable: &NotApplicable::Auto,
        leaks,
        seed: Seed::new(seed),
        progress: &|_| (),
    };
    fit(&task, params).unwrap()
}

fn computed(table: &FeatureTable, seed: u64) -> Box<Computed> {
    computed_of(fit_all(table, seed))
}

fn computed_of(fitted: Fitted) -> Box<Computed> {
    match fitted {
        Fitted::Computed(computed) => computed,
        Fitted::NotComputed { reason } => panic!("not computed: {reason}"),
    }
}

fn reason(table: &FeatureTable) -> String {
    match fit_all(table, 1) {
        Fitted::Computed(_) => panic!("computed"),
        Fitted::NotComputed { reason } => reason,
    }
}

/// Two numbers and a category with a known P(outcome), and the outcome drawn from it.
fn simulated(n: usize) -> (Vec<Column>, Vec<f64>, Vec<bool>) {
    let first: Vec<f64> = (0..n).map(|i| normal(i, 1)).collect();
    let second: Vec<f64> = (0..n).map(|i| 10.0 + 3.0 * normal(i, 2)).collect();
    let level: Vec<u32> = (0..n).map(|i| u32::from(uniform(i, 3) < 0.4)).collect();
    let log_odds =
        |i: usize| -1.6 + 0.9 * first[i] - 0.2 * (second[i] - 10.0) + 0.8 * f64::from(level[i]);
    let truth: Vec<f64> = (0..n).map(|i| sigmoid(log_odds(i))).collect();
    let outcomes = (0..n).map(|i| uniform(i, 4) < truth[i]).collect();
    (vec![numbers("a", first), numbers("b", second), category("c", level, 2)], truth, outcomes)
}

fn some(y: &[bool]) -> Vec<Option<bool>> {
    y.iter().map(|&y| Some(y)).collect()
}
