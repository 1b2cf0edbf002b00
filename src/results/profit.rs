//! What contacting customers is expected to bring, where the costs are given.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Expected profit against the share contacted, highest probability first. Money is in the
/// input's own unit; those held out are neither paid for nor saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profit {
    /// Cost of one contact, as given.
    pub contact_cost: f64,
    /// What one customer is worth who is kept, as given.
    pub saved_value: f64,
    /// Share of those about to leave whom a contact keeps, 0..1, as given.
    pub save_rate: f64,
    /// The share of a contact list that is not contacted, 0..1.
    pub hold_out: f64,
    /// The probability from which on a contact pays; `None` where none does.
    pub break_even: Option<f64>,
    /// Profit by share of the customers on the list, 0 % to 100 %.
    pub curve: Vec<ProfitPoint>,
    /// The share of the curve with the most profit by what happened; 0 where none pays.
    pub best_share: f64,
    /// The point there.
    pub best: ProfitPoint,
    /// The point at the contact budget.
    pub at_budget: ProfitPoint,
}

/// Profit where a share of the customers is on the contact list.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfitPoint {
    /// Share on the list, 0..1.
    pub share: f64,
    /// Customers on the list; those held out are among them.
    pub customers: u64,
    /// Profit by how many of them had the outcome.
    pub profit: f64,
    /// Lower end of its 95 % interval, from that of the share with the outcome.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Profit by their probabilities alone.
    pub predicted: f64,
}
