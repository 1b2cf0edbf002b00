//! The first page, for a reader who has never heard of k-means.

use serde::Serialize;

use super::{Named, Shows, Sign, decisions, money_cell, share_cell, trust_sentence, worded};
use crate::chart::label::{self, Words};
use crate::finding::{Finding, Severity};
use crate::format;
use crate::profile::wording::humanise;
use crate::results::{ChurnResults, Mechanism, Results, SegmentRow, Verdict};
use crate::said;
use crate::words::say;

/// The first page.
#[derive(Debug, Serialize)]
pub(super) struct First {
    /// What the base is: customers, day, segments.
    lead: String,
    /// What made the segments.
    formed: String,
    /// What was left out.
    left_out: String,
    /// Large figures at the top.
    tiles: Vec<Named>,
    /// What would have misled the reader; first of all.
    serious: Vec<Notice>,
    /// The segments.
    rows: Vec<Line>,
    /// What each trust word in the table means.
    legend: Vec<Meaning>,
    /// Whether a segment has an action.
    has_actions: bool,
    /// Who is in no list.
    gone: Option<String>,
    /// How many of the others are on the contact list, and how it was made.
    listed: Option<String>,
    /// Up to three decisions.
    decisions: Vec<decisions::DecisionView>,
    /// Why none is asked.
    nothing_asked: Option<String>,
    /// How far to trust it.
    trust: Vec<Named>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct Notice {
    /// What was seen and done.
    text: String,
    /// What the reader can do, or empty.
    advice: String,
    /// The severity in words.
    severity: String,
}

impl Notice {
    /// A finding as a sentence.
    pub(super) fn of(finding: &Finding) -> Self {
        let column = finding.column.as_deref();
        Self {
            text: format::sentence(&finding.told(), column),
            advice: format::sentence(&finding.advised(), column),
            severity: match finding.severity {
                Severity::Serious => say!("serious"),
                Severity::Warning => say!("warning"),
                Severity::Note => say!("note"),
            },
        }
    }
}

/// A segment in the table.
#[derive(Debug, Serialize)]
struct Line {
    sign: Sign,
    sentence: String,
    customers: String,
    share: String,
    value_share: String,
    likely: String,
    here: Option<String>,
    listed: Option<String>,
    at_risk: String,
    trust: String,
    trust_class: &'static str,
    action: String,
}

/// A trust word and what it means.
#[derive(Debug, Serialize)]
struct Meaning {
    word: String,
    class: &'static str,
    text: String,
}

impl First {
    /// The first page of a run.
    pub(super) fn new(results: &Results, shows: Shows, words: &Words) -> Self {
        Self {
            lead: lead(results),
            formed: formed(results),
            left_out: left_out(results),
            tiles: tiles(results, words),
            serious: serious(results),
            legend: legend(results),
            has_actions: results.segments.iter().any(|row| !row.action.is_empty()),
            rows: label::rows(results).map(|row| line(row, results)).collect(),
            listed: gone(results, words).and_then(|_| listed(results, shows)),
            gone: gone(results, words),
            decisions: decisions::all(results, shows),
            nothing_asked: decisions::nothing_asked(results),
            trust: trust(results, words),
        }
    }
}

/// Customers, day, segments.
pub(in crate::report) fn lead(results: &Results) -> String {
    let (n, k) = (results.data.customers, results.segments.len());
    let mut text = match results.heading.as_of.as_deref() {
        Some(day) => say!("first-lead-day", n = n, k = k, day = format::day(day)),
        None => say!("first-lead", n = n, k = k),
    };
    let mut add = |part: String| {
        text.push_str(&say!("between-sentences"));
        text.push_str(&part);
    };
    if let Some(row) = &results.unassigned {
        add(say!("first-unassigned", n = row.customers));
    }
    text
}

/// The columns that made the segments.
fn formed(results: &Results) -> String {
    let columns = &results.base.columns;
    let mut made: Vec<String> = columns
        .iter()
        .take(8)
        .map(|name| said::phrase(&humanise(&format::clean(name, 60))))
        .collect();
    let more = columns.len().saturating_sub(made.len());
    if more > 0 {
        made.push(say!("n-more", n = more));
    }
    if made.is_empty() {
        return String::new();
    }
    say!("first-formed", columns = format::list(&made))
}

/// Rows that were not used.
fn left_out(results: &Results) -> String {
    let data = &results.data;
    // The rows are those of the customers where they have a table of their own.
    let own = data.tables.iter().find(|table| table.part == "customers");
    let names = own.map_or(&data.files, |table| &table.files);
    let files: Vec<String> = names.iter().take(5).map(|name| format::clean(name, 120)).collect();
    let files = if files.is_empty() { say!("the-table") } else { format::list(&files) };
    let mut text = if data.rejected == 0 && data.excluded == 0 {
        say!("all-rows-used", n = data.rows, files = files)
    } else {
        say!(
            "rows-left-out",
            n = data.rows,
            files = files,
            used = data.used,
            rejected = data.rejected,
            excluded = data.excluded,
        )
    };
    let lines = |what: &str| data.lines.iter().find(|one| one.what == what).map(|one| one.lines);
    if let (Some(read), Some(used)) = (lines("read"), lines("used"))
        && own.is_some()
    {
        text.push_str(&say!("between-sentences"));
        text.push_str(&say!("first-lines", n = read, used = used));
    }
    text
}

/// Customers who are in no list because they already have the outcome.
fn already(results: &Results) -> u64 {
    results.data.gone.unwrap_or_else(|| label::rows(results).filter_map(|row| row.gone).sum())
}

/// Customers on the contact list.
pub(super) fn contacts(results: &Results) -> u64 {
    label::rows(results).map(|row| row.contact).sum()
}

/// The large figures.
fn tiles(results: &Results, words: &Words) -> Vec<Named> {
    let mut tiles = vec![
        Named::new(
            say!("tile-customers", n = results.data.customers),
            format::count(results.data.customers),
        ),
        Named::new(
            say!("tile-segments", n = results.segments.len()),
            results.segments.len().to_string(),
        ),
    ];
    let gone = already(results);
    if gone > 0 {
        tiles.push(Named::new(words.already.clone(), format::count(gone)));
    }
    // One withheld figure, and a total would give it away.
    let at_risk: Option<f64> = label::rows(results).map(|row| row.value_at_risk).sum();
    if let Some(money) = at_risk.filter(|money| *money > 0.0) {
        tiles.push(Named::new(
            say!("tile-at-risk"),
            format::money(money, &results.heading.currency),
        ));
    }
    let contact = contacts(results);
    if contact > 0 {
        tiles.push(Named::new(say!("tile-contact"), format::count(contact)));
    }
    tiles
}

/// Serious findings, and every proven leak that none of them names.
fn serious(results: &Results) -> Vec<Notice> {
    let found = results.findings.iter().filter(|f| f.severity == Severity::Serious);
    let mut notices: Vec<Notice> = found.clone().map(Notice::of).collect();
    let leaks = label::churn(results).map_or(&[][..], |churn| &churn.leaks);
    for leak in leaks.iter().filter(|leak| leak.mechanism == Mechanism::Proof) {
        if found.clone().any(|f| f.column.as_deref() == Some(&leak.column)) {
            continue;
        }
        notices.push(Notice {
            text: say!("leak-taken-out", column = format::clean(&leak.column, 120)),
            advice: String::new(),
            severity: say!("serious"),
        });
    }
    notices
}

/// What the trust words of the table mean, each once.
fn legend(results: &Results) -> Vec<Meaning> {
    let mut met: Vec<Meaning> = Vec::new();
    for row in label::rows(results) {
        let word = super::trust_of(row);
        if met.iter().any(|one| one.word == word) {
            continue;
        }
        let (class, text) = if row.segment_id == 0 {
            ("rule", say!("no-group-sentence"))
        } else {
            (row.verdict.name(), trust_sentence(row.verdict))
        };
        met.push(Meaning { word, class, text });
    }
    met
}

/// One line of the table.
fn line(row: &SegmentRow, results: &Results) -> Line {
    let min_cell = results.heading.min_cell;
    Line {
        sign: Sign::of(row),
        sentence: super::portrait(row),
        customers: format::count(row.customers),
        share: format::percent(row.share),
        value_share: share_cell(row.value_share, min_cell),
        likely: share_cell(row.churn_mean, min_cell),
        here: super::cards::few_left(row, results),
        listed: (row.contact > 0).then(|| say!("usable-contact", n = row.contact)),
        at_risk: money_cell(row.value_at_risk, results),
        trust: super::trust_of(row),
        trust_class: if row.segment_id == 0 { "rule" } else { row.verdict.name() },
        action: super::actions::short(row),
    }
}

/// Who is in no list.
fn gone(results: &Results, words: &Words) -> Option<String> {
    let inactive = label::inactive(results);
    let n = inactive.map_or_else(|| already(results), |(n, _)| n);
    let few = inactive.is_some() && n < results.heading.min_cell.max(1) as u64;
    (n > 0 && !few).then(|| match (inactive, &words.other) {
        (Some((_, days)), _) => say!("gone-inactive", n = n, days = days),
        (None, None) => say!("gone-left", n = n),
        (None, Some(what)) => say!("gone-other", n = n, what = what),
    })
}

/// How the contact list was made, and how long it can be.
fn listed(results: &Results, shows: Shows) -> Option<String> {
    let contact = contacts(results);
    if contact == 0 {
        return None;
    }
    let churn = label::churn(results)?;
    let text = if decisions::is_by_value(results, shows) {
        say!("gone-others-value", contact = contact)
    } else {
        say!("gone-others", contact = contact)
    };
    let held_out: u64 = label::rows(results).map(|row| row.hold_out).sum();
    let budget = churn.contact_budget;
    let is_whole = (budget * 1000.0).round() % 10.0 == 0.0;
    let share = if is_whole { format::whole_percent(budget) } else { format::percent(budget) };
    let share = say!("gone-others-share", share = share, n = held_out);
    Some(format!("{text}{}{share}", say!("between-sentences")))
}

/// How far to trust it, in three or four points.
fn trust(results: &Results, words: &Words) -> Vec<Named> {
    let mut points = vec![Named::new(say!("trust-segments"), segments_trust(results))];
    let likely = match label::churn(results) {
        Some(churn) => {
            let mut text = means(churn, results, words);
            text.push_str(&say!(
                "trust-churn",
                those = &words.those,
                others = &words.others,
                auc = format::decimal(churn.metrics.roc_auc.value * 100.0, 0),
            ));
            let more = [super::churn::off_the_mark(churn), super::churn::scored(churn, results)];
            for sentence in more.into_iter().flatten() {
                text.push_str(&say!("between-sentences"));
                text.push_str(&sentence);
            }
            text
        }
        None => not_computed(results),
    };
    points.push(Named::new(words.likely.clone(), likely));
    points.extend(money(results).map(|text| Named::new(say!("col-value"), text)));
    let warnings = results.findings.iter().filter(|f| f.severity == Severity::Warning);
    let first = warnings.clone().min_by_key(|finding| super::trust::is_usual(finding));
    let first = first.map(|finding| Notice::of(finding).text);
    let warned = say!("trust-warnings", n = warnings.count(), first = first.unwrap_or_default());
    let missing = if results.data.missing_share > 0.0 {
        say!("trust-missing", share = format::percent(results.data.missing_share))
    } else {
        say!("trust-nothing-missing")
    };
    let text = format!("{missing}{}{warned}", say!("between-sentences"));
    points.push(Named::new(say!("trust-data"), text));
    points
}

/// What leaving means in this run; nothing for another outcome, whose name says it.
fn means(churn: &ChurnResults, results: &Results, words: &Words) -> String {
    if words.other.is_some() {
        return String::new();
    }
    let label = format::clean(&said::phrase(&churn.label), 120);
    let what = if label::inactive(results).is_some() {
        label
    } else {
        format!("{label} = {}", format::clean(&churn.positive, 60))
    };
    format!("{}{}", say!("trust-leaving-means", what = what), say!("between-sentences"))
}

/// What the money is, and over how many days.
fn money(results: &Results) -> Option<String> {
    if let Some(value) = &results.method.value {
        return Some(format::sentence(&said::phrase(&worded::text(value, results)), None));
    }
    let value = label::value(results)?;
    let forecast = label::rows(results).any(|row| row.expected_value.is_some());
    forecast.then(|| say!("trust-money-orders", n = value.horizon_days))
}

/// That churn was not computed, and why.
pub(super) fn not_computed(results: &Results) -> String {
    say!("not-computed-because", why = label::why_no_churn(results))
}

/// How many segments deserve which trust.
fn segments_trust(results: &Results) -> String {
    let of =
        |verdict: Verdict| results.segments.iter().filter(|row| row.verdict == verdict).count();
    let n = results.segments.len();
    let kinds = [
        (of(Verdict::Natural), "n-natural", "all-natural"),
        (of(Verdict::Reproducible), "n-reproducible", "all-reproducible"),
        (of(Verdict::Constructed), "n-constructed", "all-constructed"),
        (of(Verdict::Rule), "n-rule", "all-rule"),
    ];
    let chosen = super::trust::in_short(results);
    let all = kinds.iter().find(|(of, ..)| *of == n && n > 1).map(|(.., all)| say!(all, n = n));
    let counted = all.unwrap_or_else(|| {
        let parts: Vec<String> =
            kinds.iter().filter(|(n, ..)| *n > 0).map(|&(n, id, _)| say!(id, n = n)).collect();
        say!("of-segments", n = n, parts = format::list(&parts))
    });
    if n == 0 { chosen } else { format!("{counted}{}{chosen}", say!("between-sentences")) }
}
