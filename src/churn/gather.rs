//! The finished numbers of the churn stage, put together.

use super::choice::Chosen;
use super::crossfit::{Kind, Known, Repeat};
use super::folds::{FOLDS, Twins, how_many};
use super::last::Last;
use super::names::is_time_since_order;
use super::params::ModelChoice;
use super::{Checked, Task, evaluate, explain};
use crate::results::{ChurnResults, Compared, Leak, Metrics};
use crate::stats::calibration::Line;
use crate::stats::{self, sigmoid};
use crate::table::{Outcome, Values};

/// What the numbers are made of.
pub(super) struct Sources<'a, 'b> {
    pub(super) task: &'a Task<'b>,
    pub(super) params: &'a Checked,
    pub(super) outcome: &'a Outcome,
    pub(super) known: &'a Known<'b>,
    /// The folds of each repeat.
    pub(super) folds: &'a [Vec<u8>],
    pub(super) chosen: &'a Chosen,
    pub(super) twins: &'a Twins,
    pub(super) last: &'a Last,
}

/// The finished numbers, without the leaks; `None` where one class is absent.
pub(super) fn results(sources: &Sources) -> Option<ChurnResults> {
    let Sources { task, params, outcome, known, chosen, last, .. } = sources;
    let repeats = &chosen.published;
    let p = probabilities(repeats);
    let measured = evaluate::results(&p, &known.outcomes, params.params(), task.seed)?;
    let told = &chosen.own()[0].told;
    let (permutation, dependence) =
        explain::gather(&known.asked, told, &known.outcomes, &known.names());
    Some(ChurnResults {
        label: outcome.name.clone(),
        positive: outcome.positive.clone(),
        what: if outcome.is_churn { "leaving".to_owned() } else { outcome.name.clone() },
        model: last.propensity.model().to_owned(),
        chosen: how(params.params().model, !known.orders.is_empty(), chosen),
        open: (task.table.n_customers() - known.outcomes.len()) as u64,
        split: split(how_many(known.rows.len()), repeats.len(), sources.twins.copied() > 0),
        twins: sources.twins.equal() as u64,
        copies: sources.twins.copied() as u64,
        comparison: comparison(sources, &measured.metrics)?,
        drivers: last.drivers.clone(),
        importance: last.importance.clone(),
        permutation,
        dependence,
        ..measured
    })
}

/// The out-of-fold probabilities of each repeat.
fn probabilities(repeats: &[Repeat]) -> Vec<Vec<f64>> {
    repeats.iter().map(|repeat| repeat.probability.clone()).collect()
}

/// How the model was chosen, in words.
fn how(asked: ModelChoice, is_ordered: bool, chosen: &Chosen) -> String {
    if is_ordered {
        return "boosting, which keeps the order asked of columns".to_owned();
    }
    if asked != ModelChoice::Auto {
        return "asked for".to_owned();
    }
    let rule = "by out-of-fold log-loss; boosting has to be better than logistic by more than one \
                standard error of the difference";
    match chosen.sample {
        Some(n) => format!(
            "{rule}; compared on {n} customers, evenly spread, and only the winner fitted on all"
        ),
        None => format!(
            "{rule}; the same inside each fold, where it took boosting in {} of {}",
            chosen.boosted.0, chosen.boosted.1
        ),
    }
}

/// The models beside each other, and the rule that goes by the time since the last order
/// where that is known; `own` are the metrics of what is published. `None` where one class is
/// absent.
fn comparison(sources: &Sources, own: &Metrics) -> Option<Vec<Compared>> {
    let Sources { task, params, known, chosen, .. } = sources;
    let budget = params.params().contact_budget;
    let metrics = |p: &[Vec<f64>]| evaluate::metrics(p, &known.outcomes, budget, task.seed);
    let mut compared = Vec::new();
    let single = chosen.logistic.is_none();
    for (kind, both, name) in [
        (Kind::Logistic, &chosen.logistic, "logistic"),
        (Kind::Boosting, &chosen.boosting, "boosting"),
    ] {
        let metrics = if single && chosen.kind == kind {
            own.clone()
        } else if let Some(repeats) = both {
            metrics(&probabilities(repeats))?
        } else {
            continue;
        };
        compared.push(Compared { model: name.to_owned(), metrics });
    }
    if let Some(p) = recency_rule(sources) {
        compared.push(Compared { model: "recency-rule".to_owned(), metrics: metrics(&p)? });
    }
    Some(compared)
}

/// Out-of-fold probabilities by the time since the last order alone, each repeat.
fn recency_rule(sources: &Sources) -> Option<Vec<Vec<f64>>> {
    let Sources { known, folds, .. } = sources;
    let values = known.columns.iter().find_map(|&column| {
        let column = &known.table.columns()[column];
        match &column.values {
            Values::Number(values) if is_time_since_order(&column.name) => Some(values),
            _ => None,
        }
    })?;
    let x: Vec<f64> = known.rows.iter().map(|&row| values[row]).collect();
    if x.iter().any(|x| x.is_nan()) {
        return None;
    }
    let scale = x.iter().fold(0.0_f64, |most, x| most.max(x.abs())).max(f64::MIN_POSITIVE);
    let x: Vec<f64> = x.iter().map(|x| x / scale).collect();
    let by_fold = |folds: &Vec<u8>| {
        let mut p = vec![0.0; x.len()];
        for fold in 0..FOLDS {
            let (test, train): (Vec<usize>, Vec<usize>) =
                (0..x.len()).partition(|&place| usize::from(folds[place]) == fold);
            let learnt: Vec<f64> = train.iter().map(|&place| x[place]).collect();
            let y = train.iter().map(|&place| f64::from(u8::from(known.outcomes[place])));
            let line = Line::fit(&learnt, &y.collect::<Vec<f64>>())?;
            for place in test {
                p[place] = sigmoid(line.at(x[place]));
            }
        }
        Some(p)
    };
    folds.iter().map(by_fold).collect()
}

fn split(n_folds: usize, repeats: usize, has_copies: bool) -> String {
    let times = if repeats == 1 { "once" } else { "twice" };
    let who = if has_copies {
        "customers equal in every column or, against chance, in every number share a fold"
    } else {
        "customers equal in every column share a fold"
    };
    format!("{n_folds} folds, {times}, stratified by outcome; {who}")
}

/// The leaks with the figures of the model without each.
pub(super) fn with_leaks(
    mut results: ChurnResults,
    leaks: &[Leak],
    suspects: &[String],
    repeat: &Repeat,
    outcomes: &[bool],
) -> ChurnResults {
    results.leaks = leaks.to_vec();
    for leak in &mut results.leaks {
        if let Some(place) = suspects.iter().position(|name| *name == leak.column) {
            let p: Vec<f64> = repeat.without[place].iter().map(|&x| sigmoid(x)).collect();
            leak.auc_without = stats::roc_auc(&p, outcomes);
        }
    }
    results
}
