//! How good probabilities are that were made by another stage for a period held out.

use super::{Checked, evaluate};
use crate::results::ChurnResults;
use crate::seed::Seed;

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
    let p = [held_out.probability.to_vec()];
    let days = held_out.horizon_days;
    Some(ChurnResults {
        label: format!("no order in {days} days"),
        positive: "yes".to_owned(),
        what: "leaving".to_owned(),
        model: held_out.model.to_owned(),
        open: held_out.open as u64,
        survival_not_drawn: "without contracts nobody sees the day on which a customer leaves"
            .to_owned(),
        split: format!(
            "held out: orders to {} forecast the {days} days after, which no model has seen",
            held_out.cut_off
        ),
        ..evaluate::results(&p, held_out.outcomes, params.params(), seed)?
    })
}
