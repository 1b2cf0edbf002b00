//! The rule segmentations of a run, and the money that customers count for.

use std::borrow::Cow;

use super::job::Failure;
use super::outlook::Outlook;
use super::prepare::Prepared;
use crate::cluster::rules::{Extra, Minor, RuleLabels, RuleSegments, segment, segment_table};
use crate::config::Checked;
use crate::table::{Column, FeatureTable};
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

/// The table and beside its columns the classes of rules, for conditions to ask; a column of
/// the customers' own goes before a class of its name.
pub(super) fn with_classes<'a, 'b>(
    table: &'a FeatureTable,
    classes: impl Iterator<Item = &'b RuleLabels>,
) -> Result<Cow<'a, FeatureTable>, Failure> {
    let new: Vec<Column> = classes
        .map(RuleLabels::column)
        .filter(|column| table.column(&column.name).is_none())
        .collect();
    if new.is_empty() {
        return Ok(Cow::Borrowed(table));
    }
    Ok(Cow::Owned(table.clone().with(new)?))
}
