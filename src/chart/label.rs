//! What figures and report call things: segments, and the outcome in plain words.

use super::frame::{Canvas, Type};
use super::theme::{self, Theme};
use crate::format;
use crate::results::{ChurnResults, ChurnStatus, Results, SegmentRow, ValueStatus};

/// The segments, then the customers in none.
pub(crate) fn rows(results: &Results) -> impl Iterator<Item = &SegmentRow> {
    results.segments.iter().chain(results.unassigned.as_ref())
}

/// A segment's name, safe to show; its number where it has none.
pub(crate) fn name(row: &SegmentRow) -> String {
    let name = format::clean(&row.segment, 120);
    match (name.is_empty(), row.segment_id) {
        (false, _) => name,
        (true, 0) => "In no segment".to_owned(),
        (true, id) => format!("Segment {id}"),
    }
}

/// The finished churn numbers, where there are any.
pub(crate) fn churn(results: &Results) -> Option<&ChurnResults> {
    match &results.churn {
        ChurnStatus::Computed(churn) => Some(churn),
        ChurnStatus::NotComputed { .. } => None,
    }
}

/// Customers who have lapsed and can no more be lost, where orders alone tell who is
/// leaving; `None` where a label does.
pub(crate) fn lapsed(results: &Results) -> Option<u64> {
    let Some(ValueStatus::Computed(value)) = &results.value else { return None };
    let from_orders = churn(results).filter(|churn| churn.model == value.model)?;
    Some(value.customers.saturating_sub(from_orders.open))
}

/// Why churn was not computed, as a clause.
pub(crate) fn why_no_churn(results: &Results) -> String {
    match &results.churn {
        ChurnStatus::Computed(_) => String::new(),
        ChurnStatus::NotComputed { reason, .. } => {
            let reason = format::text(reason);
            let reason = reason.trim_end_matches('.');
            if reason.is_empty() { "the outcome was not looked at" } else { reason }.to_owned()
        }
    }
}

/// How the outcome is spoken of. Leaving has plain words; any other outcome its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// Head of a column of probabilities: `Likely to leave`.
    pub(crate) likely: String,
    /// Head of a column of observed shares: `Have left`.
    pub(crate) happened: String,
    /// Those with the outcome: `customers who left`.
    pub(crate) those: String,
    /// Those without: `customers who stayed`.
    pub(crate) others: String,
    /// After a number of customers: `have already left`.
    pub(crate) already: String,
    /// A heading: `Who left`.
    pub(crate) heading: String,
    /// The chance spoken of: `the probability of leaving`.
    pub(crate) chance: String,
}

impl Words {
    /// The words for the outcome of a run.
    pub(crate) fn of(results: &Results) -> Self {
        let what = churn(results).map_or("leaving", |churn| churn.what.as_str());
        if matches!(what, "leaving" | "churn" | "") {
            return Self {
                likely: "Likely to leave".to_owned(),
                happened: "Have left".to_owned(),
                those: "customers who left".to_owned(),
                others: "customers who stayed".to_owned(),
                already: "have already left".to_owned(),
                heading: "Who left".to_owned(),
                chance: "the probability of leaving".to_owned(),
            };
        }
        let what = format::clean(what, 60);
        Self {
            likely: format!("Likely: {what}"),
            happened: what.clone(),
            those: format!("customers with “{what}”"),
            others: format!("customers without “{what}”"),
            already: format!("already have “{what}”"),
            heading: format!("“{what}”"),
            chance: format!("the probability of “{what}”"),
        }
    }
}

/// A chip with the name beside it in at most two lines, centred on `y`.
pub(super) fn segment(canvas: &mut Canvas, theme: &Theme, row: &SegmentRow, at: [f64; 3]) {
    let [left, y, width] = at;
    canvas.chip(left + 12.0, y, row.segment_id, theme);
    let set = Type::new(theme::BODY, theme.ink);
    let lines = set.wrap(&name(row), width - 34.0, 2);
    let up = if lines.len() == 2 { 9.5 } else { 0.0 };
    canvas.lines(left + 33.0, y - up, &lines, set);
}
