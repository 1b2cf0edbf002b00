//! Up to three decisions that the first page asks for.

use serde::Serialize;

use super::Shows;
use super::first::contacts;
use crate::chart::label;
use crate::format;
use crate::results::{Decision, Results, SegmentRow};
use crate::words::{self, Language, say};

/// A decision asked of the reader.
#[derive(Debug, Serialize)]
pub(super) struct DecisionView {
    /// Absent where the text begins with it.
    kind: Option<String>,
    text: String,
    why: String,
    customers: String,
    /// The money and what it is.
    money: Option<String>,
}

/// The decisions.
pub(super) fn all(results: &Results, shows: Shows) -> Vec<DecisionView> {
    results.decisions.iter().take(3).map(|one| decision(one, results, shows)).collect()
}

/// Why nothing is to be decided, where that is so.
pub(super) fn nothing_asked(results: &Results) -> Option<String> {
    let nothing_known = label::churn(results).is_none()
        && results.segments.iter().all(|row| row.value.is_none() && row.value_share.is_none());
    results
        .decisions
        .is_empty()
        .then(|| if nothing_known { say!("nothing-known") } else { say!("nothing-stands-out") })
}

/// A decision.
fn decision(decision: &Decision, results: &Results, shows: Shows) -> DecisionView {
    let (kind, stake) = match decision.kind.as_str() {
        "protect" => (say!("kind-protect"), "stake-protect"),
        "grow" => (say!("kind-grow"), "stake-grow"),
        "stop" if is_forecast(decision, results) => (say!("kind-stop"), "stake-stop-expected"),
        "stop" => (say!("kind-stop"), "stake-stop"),
        other => (format::clean(other, 20), "stake-other"),
    };
    let money = decision.money.filter(|_| shows.value);
    let money = money.map(|money| format::money(money, &results.heading.currency));
    let (mut text, mut why) = decided(decision, results);
    if let Some(row) = stopped_on_the_list(decision, results) {
        let (n, all) = (row.contact, contacts(results));
        let told = if is_by_value(results, shows) {
            text = say!("decide-stop-but", name = label::name(row), n = n);
            say!("decide-stop-stay", n = n, all = all)
        } else {
            say!("decide-stop-list", n = n, all = all)
        };
        why = format!("{why}{}{told}", say!("between-sentences"));
    }
    DecisionView {
        kind: (!text.starts_with(&kind)).then_some(kind),
        text,
        why,
        customers: still_here(decision, results),
        money: money.map(|money| say!(stake, money = money)),
    }
}

/// The segment that a decision is about.
fn decided_on<'a>(decision: &Decision, results: &'a Results) -> Option<&'a SegmentRow> {
    results.segments.iter().find(|row| row.segment_id == decision.segment_id)
}

/// Whether the money of a decision is what is expected, not what was spent.
fn is_forecast(decision: &Decision, results: &Results) -> bool {
    decided_on(decision, results).is_some_and(|row| row.expected_value.is_some())
}

/// How many customers a decision is about, and of how many where some have left.
fn still_here(decision: &Decision, results: &Results) -> String {
    let n = decision.customers;
    match decided_on(decision, results) {
        Some(row) if n < row.customers => say!("n-still-here", n = n, all = row.customers),
        _ => format::customers(n),
    }
}

/// The segment that no money is to be spent on, where some of it are on the contact list.
fn stopped_on_the_list<'a>(decision: &Decision, results: &'a Results) -> Option<&'a SegmentRow> {
    decided_on(decision, results).filter(|row| decision.kind == "stop" && row.contact > 0)
}

/// Whether the contact list goes by value at risk, as the run makes it.
pub(super) fn is_by_value(results: &Results, shows: Shows) -> bool {
    let has_profit = label::churn(results).is_some_and(|churn| churn.profit.is_some());
    !has_profit && shows.at_risk
}

/// What to decide and why: as the run wrote it, or in another language from its figures.
fn decided(decision: &Decision, results: &Results) -> (String, String) {
    let stored = || (format::sentence(&decision.text, None), format::sentence(&decision.why, None));
    let (Some(row), false) = (decided_on(decision, results), words::current() == Language::En)
    else {
        return stored();
    };
    let name = label::name(row);
    let currency = &results.heading.currency;
    let mut why = vec![];
    if let Some(each) = row.value_per_customer {
        why.push(say!("why-value", money = format::money(each, currency)));
    }
    if let ("grow", Some(each), Some(more)) =
        (decision.kind.as_str(), row.value_per_customer, decision.money)
    {
        let step = each + more / decision.customers.max(1) as f64;
        why.push(say!("why-step", money = format::money(step, currency)));
    } else if let Some(mean) = row.churn_mean {
        why.push(say!("why-churn", share = format::percent(mean)));
    }
    let text = match decision.kind.as_str() {
        "protect" => say!("decide-protect", name = name),
        "grow" => say!("decide-grow", name = name),
        "stop" => say!("decide-stop", name = name),
        _ => return stored(),
    };
    (text, format::sentence(&why.join(&say!("phrase-between")), None))
}
