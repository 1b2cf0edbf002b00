//! The rule segmentations of a run, and the money that customers count for.

use std::borrow::Cow;

use super::job::Failure;
use super::outlook::Outlook;
use super::prepare::Prepared;
use crate::cluster::rules::{Cuts, Extra, Minor, RuleSegments, segment, segment_table};
use crate::config::Checked;
use crate::table::{Column, FeatureTable};
use crate::value::Value;

/// The rule segmentations that the orders, the value and the propensities allow; with
/// `frozen` by the cuts of an earlier run.
pub(super) fn rules(
    prepared: &Prepared,
    checked: &Checked,
    outlook: &Outlook,
    frozen: Option<&Vec<Cuts>>,
) -> Result<RuleSegments, Failure> {
    let table = &prepared.built.table;
    let at_stake = outlook.at_stake();
    let extra = extra(prepared, outlook, at_stake.as_deref());
    let Some(orders) = &prepared.orders else {
        return Ok(segment_table(table.n_customers(), &checked.segments, &extra)?);
    };
    let made = segment(&orders.histories, &checked.segments, &extra)?;
    Ok(match frozen {
        Some(cuts) => made.frozen(cuts, &orders.histories, &extra),
        None => made,
    })
}

/// What is known of the customers besides their orders; `at_stake` are the probabilities
/// of those who can be lost.
pub(super) fn extra<'a>(
    prepared: &'a Prepared,
    outlook: &'a Outlook,
    at_stake: Option<&'a [f64]>,
) -> Extra<'a> {
    let orders = prepared.orders.as_ref();
    Extra {
        engagement: orders.and_then(|orders| orders.engagement.as_deref()),
        feedback: orders.and_then(|orders| orders.feedback.as_deref()),
        discount_share: orders.and_then(|orders| orders.discount_shares.as_deref()),
        value: outlook.if_kept.as_deref(),
        churn: at_stake,
    }
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
pub(super) fn with_classes(
    table: &FeatureTable,
    classes: impl Iterator<Item = Column>,
) -> Result<Cow<'_, FeatureTable>, Failure> {
    let new: Vec<Column> = classes.filter(|column| table.column(&column.name).is_none()).collect();
    if new.is_empty() {
        return Ok(Cow::Borrowed(table));
    }
    Ok(Cow::Owned(table.clone().with(new)?))
}
