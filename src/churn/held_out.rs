//! How good probabilities are that were made by another stage for a period held out.

use super::{Checked, evaluate};
use crate::results::ChurnResults;
use crate::seed::Seed;
use crate::stats::{Ranking, number};

/// Probabilities of the outcome beside what happened; one entry per customer.
#[derive(Debug, Clone, Copy)]
pub struct HeldOut<'a> {
    /// P(no order in the horizon), 0..1, from what was known at the cut-off.
    pub probability: &'a [f64],
    /// Whether there was none.
    pub outcomes: &'a [bool],
    /// The model's name.
    pub model: &'a str,
    /// Days in the horizon.
    pub horizon_days: u32,
    /// The last day that was known, `YYYY-MM-DD`.
    pub cut_off: &'a str,
    /// Customers whose outcome is not known yet.
    pub open: usize,
}

/// The finished numbers; `None` where the outcomes are all the same.
#[must_use]
pub fn judged(held_out: &HeldOut, params: &Checked, seed: Seed) -> Option<ChurnResults> {
    let (p, y) = (held_out.probability, held_out.outcomes);
    let ranking = Ranking::new(p, y)?;
    let budget = params.params().contact_budget;
    let n = y.len();
    let events = y.iter().filter(|&&yes| yes).count();
    let base_rate = number(events) / number(n);
    let mean = |yes: bool| {
        let chosen = || p.iter().zip(y).filter(move |&(_, &y)| y == yes).map(|(p, _)| *p);
        chosen().sum::<f64>() / number(chosen().count().max(1))
    };
    let days = held_out.horizon_days;
    Some(ChurnResults {
        computed: true,
        schema: crate::results::SCHEMA,
        label: format!("no order in {days} days"),
        positive: "yes".to_owned(),
        what: "leaving".to_owned(),
        model: held_out.model.to_owned(),
        chosen: String::new(),
        known: n as u64,
        events: events as u64,
        open: held_out.open as u64,
        base_rate,
        split: format!(
            "held out: orders to {} forecast the {days} days after, which no model has seen",
            held_out.cut_off
        ),
        twins: 0,
        metrics: evaluate::metrics(&[p.to_vec()], y, budget, seed)?,
        baseline: evaluate::metrics(&[vec![base_rate; n]], y, budget, seed)?,
        comparison: Vec::new(),
        calibration: evaluate::reliability(p, y),
        roc: evaluate::thin(&ranking.roc_curve()),
        precision_recall: evaluate::thin(&ranking.precision_recall_curve()),
        lift: evaluate::lift(&ranking),
        contact_budget: budget,
        drivers: Vec::new(),
        importance: Vec::new(),
        leaks: Vec::new(),
        mean_of_events: mean(true),
        mean_of_others: mean(false),
    })
}
