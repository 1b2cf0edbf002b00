//! What figures and report call things: segments, and the outcome in plain words.

use super::frame::{Canvas, Type};
use super::theme::{self, Theme};
use crate::format;
use crate::profile::wording::humanise;
use crate::results::rules::RuleTable;
use crate::results::{
    ChangeResults, ChurnResults, ChurnStatus, HeatmapRow, NamePart, Results, SegmentRow,
    ValueResults, ValueStatus,
};
use crate::said;
use crate::words::{self, Language, say};

/// The segments, then the customers in none.
pub(crate) fn rows(results: &Results) -> impl Iterator<Item = &SegmentRow> {
    results.segments.iter().chain(results.unassigned.as_ref())
}

/// The name in the language of the thread, where it was made of parts.
fn told(parts: &[NamePart]) -> Option<String> {
    if words::current() == Language::En || parts.is_empty() {
        return None;
    }
    let mut name = String::new();
    for part in parts {
        let of = format::clean(&said::phrase(&part.of), 80);
        if part.word == "within" {
            name = say!("name-within", of = of);
            continue;
        }
        if !name.is_empty() && !name.ends_with([' ', '：']) {
            name.push_str(&say!("name-comma"));
        }
        let word: String = part.word.chars().take(20).collect();
        name.push_str(&words::tell(&format!("name-{word}"), &[("of", of.into())]));
    }
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// A segment's name, safe to show; its number where it has none.
pub(crate) fn name(row: &SegmentRow) -> String {
    if let Some(name) = told(&row.name_parts) {
        return name;
    }
    let name = format::clean(&row.segment, 120);
    if row.segment_id == 0 {
        return say!("in-no-segment");
    }
    match (name.is_empty(), row.segment_id) {
        (false, _) => name,
        (true, 0) => say!("in-no-segment"),
        (true, id) => say!("segment-id", id = id),
    }
}

/// A column or a level of it, such as `contract: Two year`, in the language of the thread.
pub(crate) fn feature(stored: &str) -> String {
    let whole = said::phrase(stored);
    let named = match stored.split_once(": ") {
        Some((column, level)) if whole == stored => {
            format!("{}: {}", said::phrase(column), self::level(level))
        }
        _ => whole,
    };
    format::clean(&named, 120)
}

/// A column or a level of it as the input spells it, in words: what a model says of
/// `support_contacts` is of support contacts.
pub(crate) fn source(spelt: &str) -> String {
    feature(&humanise(spelt))
}

/// A level as the input spells it; the one that pools rare levels in the language of the thread.
pub(crate) fn level(stored: &str) -> String {
    if stored == POOLED { said::phrase(stored) } else { stored.to_owned() }
}

/// What the level that pools rare ones is called.
const POOLED: &str = "(other)";

/// The finished churn numbers, where there are any.
pub(crate) fn churn(results: &Results) -> Option<&ChurnResults> {
    match &results.churn {
        ChurnStatus::Computed(churn) => Some(churn),
        ChurnStatus::NotComputed { .. } => None,
    }
}

/// The finished numbers of the value stage, where there are any.
pub(crate) fn value(results: &Results) -> Option<&ValueResults> {
    match &results.value {
        Some(ValueStatus::Computed(value)) => Some(value),
        _ => None,
    }
}

/// Customers who have been silent for so many days that they can no more be lost, and the
/// days, where orders alone tell who is leaving; `None` where a label does.
pub(crate) fn inactive(results: &Results) -> Option<(u64, u32)> {
    let Some(ValueStatus::Computed(value)) = &results.value else { return None };
    let from_orders = churn(results).filter(|churn| churn.model == value.model)?;
    Some((value.customers.saturating_sub(from_orders.open), value.inactive_days))
}

/// The mean probability of those who can still be lost; `None` where a part of it, or how many
/// they are in a segment, is withheld or not told.
pub(crate) fn mean_likely(results: &Results) -> Option<f64> {
    let lost: u64 = rows(results).map(|row| row.customers - row.open()).sum();
    let in_all = match inactive(results) {
        Some((n, _)) => n,
        None => churn(results).filter(|_| Words::of(results).other.is_none())?.events,
    };
    let told = || rows(results).filter(|row| lost == in_all && row.open() > 0);
    let sum: Option<f64> = told().map(|row| row.churn_mean.map(|p| p * row.open() as f64)).sum();
    let open: u64 = told().map(SegmentRow::open).sum();
    sum.filter(|_| open > 0).map(|sum| sum / open as f64)
}

/// The days of the earlier and the later run; a run without a day by its name.
pub(crate) fn both_days(change: &ChangeResults) -> [String; 2] {
    [&change.before, &change.now]
        .map(|run| run.as_of.as_deref().map_or_else(|| format::clean(&run.run, 60), format::day))
}

/// Why churn was not computed, as a clause.
pub(crate) fn why_no_churn(results: &Results) -> String {
    match &results.churn {
        ChurnStatus::Computed(_) => String::new(),
        ChurnStatus::NotComputed { reason, .. } => {
            let reason = format::text(&said::clause(reason));
            let reason = reason.trim_end_matches('.');
            if reason.is_empty() { say!("outcome-not-looked-at") } else { reason.to_owned() }
        }
    }
}

/// What a rule is called.
pub(crate) fn rule_title(rule: &RuleTable) -> String {
    match rule.rule.as_str() {
        "lifecycle" => say!("rule-lifecycle"),
        "loyalty" => say!("rule-loyalty"),
        "shopper" => say!("rule-shopper"),
        "abc" => say!("rule-abc"),
        "rfm" => say!("rule-rfm"),
        "value-risk" => say!("rule-value-risk"),
        _ => format::clean(&rule.title, 60),
    }
}

/// A class in the language of the report; letters and own names are as they are.
pub(crate) fn class_name(class: &str) -> String {
    match class {
        "first order" => say!("class-first-order"),
        "second" => say!("class-second"),
        "regular" => say!("class-regular"),
        "slowing" => say!("class-slowing"),
        "gone" => say!("class-gone"),
        "new" => say!("class-new"),
        "loyal" => say!("class-loyal"),
        "occasional" => say!("class-occasional"),
        "at risk" => say!("class-at-risk"),
        "lapsed" => say!("class-lapsed"),
        "frequent" => say!("class-frequent"),
        "budget" => say!("class-budget"),
        "not known" => say!("class-not-known"),
        other => format::clean(&said::phrase(other), 60),
    }
}

/// How the outcome is spoken of. Leaving has plain words; any other outcome its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// The outcome's name where it does not mean leaving.
    pub(crate) other: Option<String>,
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
                other: None,
                likely: say!("leave-likely"),
                happened: say!("leave-happened"),
                those: say!("leave-those"),
                others: say!("leave-others"),
                already: say!("leave-already"),
                heading: say!("leave-heading"),
                chance: say!("leave-chance"),
            };
        }
        let what = format::clean(what, 60);
        Self {
            likely: say!("other-likely", what = &what),
            happened: what.clone(),
            those: say!("other-those", what = &what),
            others: say!("other-others", what = &what),
            already: say!("other-already", what = &what),
            heading: say!("other-heading", what = &what),
            chance: say!("other-chance", what = &what),
            other: Some(what),
        }
    }
}

/// Whose distances a figure shows: all customers, or those who were drawn of them.
pub(super) fn of_whom(sampled: u64, all: u64) -> String {
    let n = format::customers(sampled);
    if sampled < all { say!("fig-of-drawn", n = n) } else { say!("fig-of-all", n = n) }
}

/// Segments that a legend lists at most.
pub(super) const LISTED: usize = 14;

/// The legend: of the segments in `shown` the first ones, and how many more there are;
/// returns where it ends.
pub(super) fn legend(
    canvas: &mut Canvas,
    theme: &Theme,
    rows: &[&SegmentRow],
    [left, top, width]: [f64; 3],
) -> f64 {
    let mut y = top;
    for row in rows.iter().take(LISTED) {
        segment(canvas, theme, row, [left, y, width]);
        y += 42.0;
    }
    if rows.len() > LISTED {
        let set = Type::new(theme::SMALL, theme.muted);
        let more = say!("fig-more", n = rows.len() - LISTED);
        canvas.text(left + 33.0, y, &set.fit(&more, width - 33.0), set);
        y += 42.0;
    }
    y
}

/// How high a legend of so many segments is.
pub(super) fn legend_height(rows: usize) -> f64 {
    let lines = rows.min(LISTED) + usize::from(rows > LISTED);
    42.0 * f64::from(u32::try_from(lines).unwrap_or(0))
}

/// Sentences after each other, those that there are.
pub(super) fn sentences(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(&say!("between-sentences"))
}

/// A caption, and what it means where a segment has no mark.
pub(super) fn with_gaps(caption: String, rows: &[&HeatmapRow]) -> String {
    let is_withheld = rows.iter().any(|row| row.effect.iter().any(Option::is_none));
    sentences([Some(caption), is_withheld.then(|| say!("fig-no-mark"))])
}

/// A column's name beside its line, centred on `y`: in two small lines where it does not fit.
pub(super) fn column(canvas: &mut Canvas, theme: &Theme, name: &str, [left, y, room]: [f64; 3]) {
    let set = Type::new(theme::SMALL, theme.ink);
    if set.width(name) <= room {
        canvas.text(left, y, name, set);
        return;
    }
    let tiny = Type::new(theme::TINY, theme.ink);
    let lines = tiny.wrap(name, room, 2);
    let up = if lines.len() == 2 { 0.6 * theme::TINY } else { 0.0 };
    canvas.lines(left, y - up, &lines, tiny);
}

/// A chip with the name beside it in at most two lines, or three small ones where it does not
/// fit, centred on `y`.
pub(super) fn segment(canvas: &mut Canvas, theme: &Theme, row: &SegmentRow, at: [f64; 3]) {
    let [left, y, width] = at;
    canvas.chip(left + 12.0, y, row.segment_id, theme);
    let set = Type::new(theme::BODY, theme.ink);
    let (name, room) = (name(row), width - 34.0);
    let lines = set.wrap(&name, room, 2);
    if lines.last().is_some_and(|line| line.ends_with('…')) {
        let tiny = Type::new(theme::TINY, theme.ink);
        let lines = tiny.wrap(&name, room, 3);
        // Closer than usual: three lines keep clear of the names above and below.
        let step = 1.17 * theme::TINY;
        let last = f64::from(u32::try_from(lines.len()).unwrap_or(1)) - 1.0;
        let mut y = y - step * last / 2.0;
        for line in &lines {
            canvas.text(left + 33.0, y, line, tiny);
            y += step;
        }
        return;
    }
    let up = if lines.len() == 2 { 9.5 } else { 0.0 };
    canvas.lines(left + 33.0, y - up, &lines, set);
}
