//! The rule segmentations of a run, and the money that customers count for.

use super::job::Failure;
use super::outlook::Outlook;
use super::prepare::Prepared;
use crate::cluster::rules::{Extra, Minor, RuleSegments, segment, segment_table};
use crate::config::Checked;
use crate::value::Value;

/// The rule segmentations that the orders, the value and the propensities allow.
pub(super) fn rules(
    prepared: &Prepared,
    checked: &Checked,
    outlook: &Outlook,
) -> Result<RuleSegments, Failure> {
    let table = &prepared.built.table;
    let at_stake = outlook.at_stake();
    let extra = Extra {
        engagement: prepared.orders.as_ref().and_then(|orders| orders.engagement.as_deref()),
        feedback: prepared.orders.as_ref().and_then(|orders| orders.feedback.as_deref()),
        discount_share: prepared.orders.as_ref().and_then(|o| o.discount_shares.as_deref()),
        value: outlook.if_kept.as_deref(),
        churn: at_stake.as_deref(),
    };
    Ok(match &prepared.orders {
        Some(orders) => segment(&orders.histories, &checked.segments, &extra)?,
        None => segment_table(table.n_customers(), &checked.segments, &extra)?,
    })
}

/// What each customer counts for: the value over the horizon, else what was spent.
pub(super) fn worth(value: Option<&Value>, rules: &RuleSegments) -> Option<Vec<f64>> {
    match value {
        Some(value) => Some(value.if_kept.clone()),
        None => rules.value.as_ref().map(Minor::units),
    }
}
