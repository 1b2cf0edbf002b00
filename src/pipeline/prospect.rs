//! What is expected of each customer over the horizon, and what leaving puts at risk.

use crate::churn::Fitted;
use crate::table::FeatureTable;
use crate::value::{self, Value};

/// The money that leaving puts at risk; one entry per customer.
#[derive(Debug)]
pub(super) struct Prospect {
    /// `if kept x (1 - probability)`.
    pub expected: Vec<f64>,
    /// `if kept - expected`, 0 for those who have left.
    pub at_risk: Vec<f64>,
}

/// What is expected of each customer; `None` without a value or a propensity.
pub(super) fn prospect(
    table: &FeatureTable,
    value: Option<&Value>,
    churn: &Fitted,
) -> Option<Prospect> {
    let (Some(value), Fitted::Computed(computed)) = (value, churn) else { return None };
    let outcome = &table.outcome()?.values;
    let expected: Vec<f64> = value
        .if_kept
        .iter()
        .zip(&computed.probability)
        .map(|(&kept, &p)| value::expected(kept, p))
        .collect();
    let at_risk = value
        .if_kept
        .iter()
        .zip(&expected)
        .zip(outcome)
        .map(|((&kept, &expected), &known)| value::at_risk(kept, expected, known))
        .collect();
    Some(Prospect { expected, at_risk })
}
