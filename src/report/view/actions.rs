//! What to do with whom: a line per segment, the table of strategies, and who is overlooked.

use serde::Serialize;

use super::Sign;
use crate::chart::label;
use crate::format;
use crate::results::actions::{SegmentPlan, Strategy};
use crate::results::{Results, SegmentRow};
use crate::words::{self, Language, say};

/// The strategies that have words.
const KNOWN: [&str; 6] = ["introduce", "win-back", "early-access", "let-go", "reward", "upsell"];

/// The part on actions.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Actions {
    /// How the strategies are ordered.
    goal: Option<String>,
    /// One line per segment.
    pub(in crate::report) rows: Vec<Line>,
    /// The strategies; empty where too little is known of the customers.
    pub(in crate::report) strategies: Vec<StrategyView>,
    /// How a customer and a segment come by their strategies.
    strategies_note: String,
    /// The segments at the head of the cross table.
    heads: Vec<Sign>,
    /// Whether there are tiers.
    companies: bool,
    /// Who is overlooked.
    pub(in crate::report) overlooked: Option<String>,
}

/// What to do with a segment.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Line {
    sign: Sign,
    pub(in crate::report) action: String,
    pub(in crate::report) why: String,
    pub(in crate::report) strategy: String,
    pub(in crate::report) channel: String,
    pub(in crate::report) format: String,
    pub(in crate::report) tone: String,
    pub(in crate::report) focus: String,
    pub(in crate::report) tier: String,
    pub(in crate::report) next: String,
}

/// One strategy.
#[derive(Debug, Serialize)]
pub(in crate::report) struct StrategyView {
    pub(in crate::report) name: String,
    pub(in crate::report) who: String,
    customers: String,
    share: String,
    value_share: String,
    pub(in crate::report) channel: String,
    pub(in crate::report) format: String,
    pub(in crate::report) tone: String,
    pub(in crate::report) focus: String,
    cells: Vec<String>,
    /// Whether it is a strategy, and not what is left over.
    is_one: bool,
}

impl Actions {
    /// The part of a run.
    pub(in crate::report) fn new(results: &Results) -> Self {
        let found = results.actions.as_ref();
        let ids = found.map_or(&[][..], |actions| &actions.segment_ids);
        let heads: Vec<Sign> = ids
            .iter()
            .filter_map(|&id| label::rows(results).find(|row| row.segment_id == id).map(Sign::of))
            .collect();
        let strategies = found.map_or(&[][..], |actions| &actions.strategies);
        // A table of dashes tells nothing.
        let mut cells = strategies.iter().flat_map(|one| &one.segments);
        let told = cells.any(|cell| cell.share.is_some_and(|share| share > 0.0));
        Self {
            goal: found.map(|actions| match actions.goal.as_str() {
                "grow" => say!("goal-grow"),
                "profit" => say!("goal-profit"),
                _ => say!("goal-retain"),
            }),
            rows: label::rows(results).map(|row| line(row, results)).collect(),
            strategies: strategies
                .iter()
                .filter(|one| one.customers != Some(0))
                .map(view)
                .collect(),
            strategies_note: note(found.map_or(&[][..], |actions| &actions.known)),
            heads: if heads.len() == ids.len() && told { heads } else { Vec::new() },
            companies: found.is_some_and(|actions| actions.companies),
            overlooked: found.map(|actions| {
                let overlooked = &actions.overlooked;
                match (overlooked.customers, overlooked.value_share) {
                    (Some(0), _) => say!("overlooked-nobody"),
                    (Some(n), Some(share)) => {
                        say!("overlooked-value", n = n, share = format::percent(share))
                    }
                    (Some(n), None) => say!("overlooked", n = n),
                    (None, _) => say!("overlooked-few", n = results.heading.min_cell),
                }
            }),
        }
    }
}

/// How customers and segments come by their strategies, by what is known of them.
fn note(known: &[String]) -> String {
    let is_known = |word: &str| known.iter().any(|known| known == word);
    let by = [
        is_known("loyalty").then(|| say!("strategies-by-loyalty")),
        is_known("value").then(|| say!("strategies-by-value")),
        is_known("churn").then(|| say!("strategies-by-churn")),
    ];
    let by: Vec<String> = by.into_iter().flatten().collect();
    let worth = if is_known("value") { "yes" } else { "no" };
    say!("strategies-note", by = format::list(&by), worth = worth)
}

/// The plan of a segment.
fn plan<'a>(row: &SegmentRow, results: &'a Results) -> Option<&'a SegmentPlan> {
    let actions = results.actions.as_ref()?;
    actions.segments.iter().find(|plan| plan.segment_id == row.segment_id)
}

/// What to do with a segment in a few words: how its action begins, or a dash.
pub(super) fn short(row: &SegmentRow) -> String {
    let action = action(row);
    let beginning = action.split([':', '：', ';', '；', '。']).next().unwrap_or_default();
    let beginning = beginning.trim_end_matches(['.', ' ']);
    if beginning.is_empty() { "–".to_owned() } else { beginning.to_owned() }
}

/// The action of a segment in the language of the report.
pub(super) fn action(row: &SegmentRow) -> String {
    if words::current() == Language::En {
        return format::sentence(&row.action, None);
    }
    match row.action_codes.as_slice() {
        [] => say!("act-none"),
        [what, rest @ ..] => {
            let mut parts = vec![said(what)];
            parts.extend(rest.iter().map(|code| said(code)));
            format::sentence(&parts.join(&say!("phrase-between")), None)
        }
    }
}

/// The message of a code; a code that is not known is left out.
fn said(code: &str) -> String {
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if plain { say!(&format!("act-{code}")) } else { String::new() }
}

/// The figures behind the action.
pub(super) fn why(row: &SegmentRow, results: &Results) -> String {
    if words::current() == Language::En {
        return format::sentence(&row.action_why, None);
    }
    let mut parts = Vec::new();
    if let Some(each) = row.value_per_customer {
        parts.push(say!("why-value", money = format::money(each, &results.heading.currency)));
    }
    if let Some(mean) = row.churn_mean {
        parts.push(say!("why-churn", share = format::percent(mean)));
    }
    if parts.is_empty() {
        parts.extend(row.traits.first().map(super::cards::told));
    }
    format::sentence(&parts.join(&say!("phrase-between")), None)
}

fn line(row: &SegmentRow, results: &Results) -> Line {
    let plan = plan(row, results);
    let strategy = plan.and_then(|plan| plan.strategy.as_deref());
    let found = results.actions.as_ref().zip(strategy).and_then(|(actions, strategy)| {
        actions.strategies.iter().find(|one| one.strategy == strategy)
    });
    let words = |which: fn(&Strategy) -> &String, part: &str| {
        found.map_or_else(String::new, |one| own(which(one), &one.strategy, part))
    };
    let tier = plan.and_then(|plan| plan.tier);
    let next = tier.map(|tier| {
        let risk = if plan.is_some_and(|plan| plan.at_risk) { "risk" } else { "calm" };
        say!(&format!("next-{}-{risk}", tier.clamp(1, 3)))
    });
    Line {
        sign: Sign::of(row),
        action: action(row),
        why: why(row, results),
        strategy: strategy.map_or_else(|| "–".to_owned(), name),
        channel: words(|one| &one.channel, "channel"),
        format: words(|one| &one.format, "format"),
        tone: words(|one| &one.tone, "tone"),
        focus: words(|one| &one.focus, "focus"),
        tier: tier.map_or_else(String::new, |tier| say!(&format!("tier-{}", tier.clamp(1, 3)))),
        next: next.unwrap_or_default(),
    }
}

/// What a strategy is called.
pub(in crate::report) fn name(strategy: &str) -> String {
    match strategy {
        "none" => say!("strategy-none"),
        known if KNOWN.contains(&known) => say!(&format!("strategy-{known}")),
        other => format::clean(other, 60),
    }
}

/// The words of the config, else those of the language.
fn own(words: &str, strategy: &str, part: &str) -> String {
    if !words.is_empty() {
        return format::text(words);
    }
    if KNOWN.contains(&strategy) { say!(&format!("{strategy}-{part}")) } else { String::new() }
}

fn view(one: &Strategy) -> StrategyView {
    let hidden = || say!("withheld-cell");
    let is_one = one.strategy != "none";
    let words = |text: &str, part: &str| own(text, &one.strategy, part);
    StrategyView {
        name: name(&one.strategy),
        who: if is_one { own("", &one.strategy, "who") } else { say!("none-who") },
        customers: one.customers.map_or_else(hidden, format::count),
        share: one.share.map_or_else(hidden, format::percent),
        value_share: one.value_share.map_or_else(hidden, format::percent),
        channel: words(&one.channel, "channel"),
        format: words(&one.format, "format"),
        tone: words(&one.tone, "tone"),
        focus: words(&one.focus, "focus"),
        cells: one
            .segments
            .iter()
            .map(|cell| cell.share.map_or_else(|| "–".to_owned(), format::percent))
            .collect(),
        is_one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strategies_are_by_what_is_known_and_no_more() {
        let known = |words: &[&str]| note(&words.iter().map(|&w| w.to_owned()).collect::<Vec<_>>());
        let all = known(&["loyalty", "value", "churn"]);
        assert!(all.contains("by loyalty, value class and risk of leaving, so"), "{all}");
        assert!(all.contains("most of its value has, among"), "{all}");
        let churn = known(&["churn"]);
        assert!(churn.contains("by risk of leaving, so"), "{churn}");
        assert!(churn.contains("most of its customers have, among"), "{churn}");
    }
}
