//! Who is likely to leave: leak inspection, a calibrated propensity model, its
//! out-of-fold evidence and the contact list.
//!
//! Everything that is learnt (preparation, coefficients, calibration) is learnt inside
//! the fold. Metrics and the probabilities of customers whose outcome is known are out
//! of fold; customers whose outcome is open are predicted by the final model, which is
//! fitted on all known customers. There are no class weights and no resampling: the
//! probability is the thing asked for, and both would distort it. P is always
//! P(outcome = yes), whichever class is larger.
//!
//! Two models are fitted, a ridge logistic regression and boosted symmetric trees; which
//! one predicts is decided inside the fold as well, see [`ModelChoice`].

mod alike;
mod boost;
mod boosted;
mod by_segment;
mod calibrate;
mod carry;
mod choice;
mod contact;
mod copies;
mod crossfit;
mod curve;
mod drivers;
mod error;
mod evaluate;
mod explain;
mod folds;
mod formula;
mod gather;
mod held_out;
mod hessian;
mod last;
mod leakage;
mod linear;
mod logistic;
mod loss;
mod names;
mod ordered;
mod params;
mod profit;
mod propensity;
mod survival;
#[cfg(test)]
mod tests;
mod trained;
mod window;

use crate::finding::{Finding, Severity};
use crate::normalise::base::NotApplicable;
use crate::normalise::{self, NormaliseError};
use crate::results::{ChurnResults, Leak, Mechanism};
use crate::said::{Fact, facts};
use crate::seed::Seed;
use crate::table::{FeatureTable, Outcome};
pub use by_segment::contributions;
pub use contact::{contact_list, deciles};
use crossfit::{Known, Repeat};
pub use error::ChurnError;
use explain::Asked;
use folds::{Twins, how_many};
pub use held_out::{HeldOut, judged};
pub use leakage::{LeakReport, inspect};
pub use names::is_time_since_order;
pub use params::{Checked, ModelChoice, Params};
pub use propensity::{Contribution, Propensity};
pub use survival::survival;
pub use window::{Unit, Window};

/// What a fitted model computes, for those who write it in another language.
pub(crate) mod sql {
    pub(crate) use super::curve::Curve;
    pub(crate) use super::formula::{Asked, Branches, Odds, Question, Sort, Yes};
}

/// Above this many known customers one repeat is precise enough and halves the time.
const ONE_REPEAT: usize = 200_000;
/// The model is refitted without at most this many suspicious columns, the strongest.
const MOST_WITHOUT: usize = 5;

/// What a model is fitted from.
pub struct Task<'a> {
    /// The customers; the outcome may be unknown for some.
    pub table: &'a FeatureTable,
    /// The columns that may be used.
    pub columns: &'a [usize],
    /// How they are prepared.
    pub normalise: &'a normalise::Checked,
    /// The levels that mean "does not apply".
    pub not_applicable: &'a NotApplicable,
    /// What [`inspect`] found; proven leaks and dropped columns are not used.
    pub leaks: &'a [Leak],
    /// The seed of folds and intervals.
    pub seed: Seed,
    /// Told what is being done.
    pub progress: &'a (dyn Fn(&str) + Sync),
}

/// A model with its evidence, or why there is none.
#[derive(Debug)]
pub enum Fitted {
    /// There is one.
    Computed(Box<Computed>),
    /// There is none.
    NotComputed {
        /// Why, one sentence, lower case, no final stop.
        reason: String,
    },
}

/// A model with its evidence.
#[derive(Debug)]
pub struct Computed {
    /// The final model, fitted on all customers whose outcome is known.
    pub propensity: Propensity,
    /// P(outcome = yes) per customer: out of fold (repeat 1) where the outcome is known,
    /// else by the final model.
    pub probability: Vec<f64>,
    /// The finished numbers.
    pub results: ChurnResults,
    /// What the reader has to know.
    pub findings: Vec<Finding>,
}

/// Fits, judges out of fold and predicts everybody.
///
/// # Errors
///
/// The columns cannot be prepared. Too little data is no error but
/// [`Fitted::NotComputed`].
pub fn fit(task: &Task, params: &Checked) -> Result<Fitted, ChurnError> {
    match fit_known(task, params) {
        // Seen only where almost all customers are equal: a fold then has one kind left.
        Err(ChurnError::Normalise(NormaliseError::NoColumns { .. })) => Ok(Fitted::NotComputed {
            reason: "no column is left that differs between customers".to_owned(),
        }),
        other => other,
    }
}

fn fit_known(task: &Task, params: &Checked) -> Result<Fitted, ChurnError> {
    let not = |reason: String| Ok(Fitted::NotComputed { reason });
    let Some(outcome) = task.table.outcome() else {
        return not("the table has no column with a known outcome".to_owned());
    };
    let mut known = match known(task, outcome, params) {
        Ok(known) => known,
        Err(reason) => return not(reason),
    };
    known.normalise = keeping_every_row(task.normalise)?;
    let twins = Twins::of(task.table, &known.columns, &known.rows);
    let suspects = suspects(task);
    let n_repeats = if known.rows.len() > ONE_REPEAT { 1 } else { 2 };
    let n_folds = how_many(known.rows.len());
    (task.progress)(&format!("churn: {n_folds} folds, {n_repeats} times"));
    let folds: Vec<Vec<u8>> =
        (0..n_repeats).map(|repeat| twins.folds(&known.outcomes, task.seed, repeat)).collect();
    let Some(chosen) = choice::run(&known, &folds, &suspects, params.params().model, &twins)?
    else {
        return not(
            "almost all customers are equal in every column, so no fold can be held out".to_owned()
        );
    };
    (task.progress)("churn: final model");
    let Some(last) = last::model(&known, &chosen, &folds[0])? else {
        return not("only one class among the known outcomes".to_owned());
    };
    let probability = everybody(task.table, &known, &chosen.published[0], &last.propensity)?;
    let sources = gather::Sources {
        task,
        params,
        outcome,
        known: &known,
        folds: &folds,
        chosen: &chosen,
        twins: &twins,
        last: &last,
    };
    let Some(results) = gather::results(&sources) else {
        return not("only one class among the known outcomes".to_owned());
    };
    let results =
        gather::with_leaks(results, task.leaks, &suspects, &chosen.own()[0], &known.outcomes);
    let converged = last.converged && chosen.own().iter().all(|repeat| repeat.converged);
    let mut findings = findings(&results, converged);
    findings.extend(ordered::unkept(&known, params));
    let propensity = last.propensity;
    Ok(Fitted::Computed(Box::new(Computed { propensity, probability, results, findings })))
}

/// The customers and columns that can be learnt from, or why there are too few.
fn known<'a>(task: &Task<'a>, outcome: &Outcome, params: &Checked) -> Result<Known<'a>, String> {
    let (rows, outcomes): (Vec<usize>, Vec<bool>) = outcome
        .values
        .iter()
        .enumerate()
        .filter_map(|(row, value)| value.map(|value| (row, value)))
        .unzip();
    let events = outcomes.iter().filter(|&&yes| yes).count();
    let others = outcomes.len() - events;
    let least = params.params().min_events;
    if outcomes.is_empty() {
        return Err("the outcome is known for no customer".to_owned());
    }
    if events == 0 || others == 0 {
        let n = outcomes.len();
        return Err(format!(
            "all {n} known outcomes are the same, so there is nothing to tell apart"
        ));
    }
    if events.min(others) < least {
        let (few, who) = if events < others {
            (events, "customers with the outcome")
        } else {
            (others, "customers without the outcome")
        };
        return Err(format!("only {few} {who}, fewer than churn.min-events = {least}"));
    }
    let columns: Vec<usize> =
        task.columns.iter().copied().filter(|&column| !excluded(task, column)).collect();
    let varies = |&column: &usize| varies(task.table, column, &rows);
    if !columns.iter().any(varies) {
        return Err("no column is left that differs between customers".to_owned());
    }
    let (normalise, not_applicable) = (task.normalise.clone(), task.not_applicable);
    let (table, seed) = (task.table, task.seed);
    let orders = ordered::orders(table, &columns, params);
    let asked = Asked::of(table, &columns, &rows);
    let known =
        Known { table, columns, rows, outcomes, normalise, not_applicable, seed, orders, asked };
    Ok(known)
}

/// Leaving customers out is for segments only: here everybody needs a probability, so the
/// median (with its indicator) stands in for what is missing.
fn keeping_every_row(given: &normalise::Checked) -> Result<normalise::Checked, ChurnError> {
    let mut params = given.params().clone();
    if params.impute == normalise::Impute::DropRow {
        params.impute = normalise::Impute::Median;
    }
    Ok(params.check()?)
}

fn excluded(task: &Task, column: usize) -> bool {
    let name = &task.table.columns()[column].name;
    task.leaks.iter().any(|leak| {
        leak.column == *name && matches!(leak.mechanism, Mechanism::Proof | Mechanism::Dropped)
    })
}

fn varies(table: &FeatureTable, column: usize, rows: &[usize]) -> bool {
    let values = &table.columns()[column].values;
    let first = rows.first().map(|&row| folds::bits(values, row));
    rows.iter().any(|&row| Some(folds::bits(values, row)) != first)
}

/// The suspicious columns that are used, the strongest first.
fn suspects(task: &Task) -> Vec<String> {
    let used = |leak: &&Leak| {
        leak.mechanism == Mechanism::Suspicion
            && task.columns.iter().any(|&c| task.table.columns()[c].name == leak.column)
    };
    let mut leaks: Vec<&Leak> = task.leaks.iter().filter(used).collect();
    leaks.sort_by(|a, b| b.auc.total_cmp(&a.auc).then_with(|| a.column.cmp(&b.column)));
    leaks.into_iter().take(MOST_WITHOUT).map(|leak| leak.column.clone()).collect()
}

/// One probability per customer of the table.
fn everybody(
    table: &FeatureTable,
    known: &Known,
    repeat: &Repeat,
    propensity: &Propensity,
) -> Result<Vec<f64>, ChurnError> {
    let mut probability = vec![f64::NAN; table.n_customers()];
    for (&row, &p) in known.rows.iter().zip(&repeat.probability) {
        probability[row] = p;
    }
    let open: Vec<usize> =
        (0..probability.len()).filter(|&row| probability[row].is_nan()).collect();
    for (&row, p) in open.iter().zip(propensity.predict_rows(table, &open)?) {
        probability[row] = p;
    }
    Ok(probability)
}

fn findings(results: &ChurnResults, converged: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let auc = results.metrics.roc_auc.value;
    if auc > leakage::TOO_GOOD {
        let told = facts!(auc = Fact::figure(format!("{auc:.3}")));
        findings.push(Finding::new("too-good", Severity::Warning, told));
    }
    for (n, code) in [(results.twins, "twins"), (results.copies, "copies")] {
        if n * 20 > results.known {
            let told = facts!(n = n, of = results.known);
            let count = usize::try_from(n).unwrap_or(usize::MAX);
            findings.push(Finding::new(code, Severity::Note, told).count(count));
        }
    }
    if !converged {
        findings.push(Finding::new("not-converged", Severity::Warning, facts!()));
    }
    findings
}
