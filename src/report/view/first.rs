//! The first page, for a reader who has never heard of k-means.

use serde::Serialize;

use super::{Named, Shows, Sign, money_cell, share_cell, trust_sentence, trust_word};
use crate::chart::label::{self, Words};
use crate::finding::{Finding, Severity};
use crate::format;
use crate::results::{Decision, Mechanism, Results, SegmentRow, Verdict};

/// The first page.
#[derive(Debug, Serialize)]
pub(super) struct First {
    /// What the base is: customers, day, segments.
    lead: String,
    /// What was left out.
    left_out: String,
    /// Large figures at the top.
    tiles: Vec<Named>,
    /// What would have misled the reader; first of all.
    serious: Vec<Notice>,
    /// The segments.
    rows: Vec<Line>,
    /// Who is in no list.
    gone: Option<String>,
    /// Up to three decisions.
    decisions: Vec<DecisionView>,
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
    severity: &'static str,
}

impl Notice {
    /// A finding as a sentence.
    pub(super) fn of(finding: &Finding) -> Self {
        let column = finding.column.as_deref();
        Self {
            text: format::sentence(&finding.told(), column),
            advice: format::sentence(&finding.advice, column),
            severity: match finding.severity {
                Severity::Serious => "Serious",
                Severity::Warning => "Warning",
                Severity::Note => "Note",
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
    at_risk: String,
    trust: &'static str,
    trust_class: &'static str,
    trust_sentence: Option<&'static str>,
}

/// A decision asked of the reader.
#[derive(Debug, Serialize)]
struct DecisionView {
    /// Absent where the text begins with it.
    kind: Option<String>,
    text: String,
    why: String,
    customers: String,
    /// The money and what it is.
    money: Option<String>,
}

impl First {
    /// The first page of a run.
    pub(super) fn new(results: &Results, shows: Shows, words: &Words) -> Self {
        Self {
            lead: lead(results),
            left_out: left_out(results),
            tiles: tiles(results, words),
            serious: serious(results),
            rows: lines(results),
            gone: gone(results, words),
            decisions: results
                .decisions
                .iter()
                .take(3)
                .map(|d| decision(d, results, shows))
                .collect(),
            trust: trust(results, words),
        }
    }
}

/// Customers, day, segments.
pub(in crate::report) fn lead(results: &Results) -> String {
    let n = results.segments.len();
    let segments = if n == 1 { "1 segment".to_owned() } else { format!("{n} segments") };
    let day =
        results.heading.as_of.as_deref().map(|day| format!(", as of {}", format::clean(day, 20)));
    let none = results.unassigned.as_ref().map_or_else(String::new, |row| {
        let are = if row.customers == 1 { "is" } else { "are" };
        format!(" {} {are} in no segment.", format::customers(row.customers))
    });
    let made: Vec<String> =
        results.base.columns.iter().take(8).map(|name| format::clean(name, 60)).collect();
    let more = results.base.columns.len().saturating_sub(made.len());
    let mut made = made;
    if more > 0 {
        made.push(format!("{more} more"));
    }
    let by = if made.is_empty() {
        String::new()
    } else {
        format!(" The segments were formed from {}.", format::list(&made))
    };
    format!(
        "{} in {segments}{}.{none}{by}",
        format::customers(results.data.customers),
        day.unwrap_or_default()
    )
}

/// Rows that were not used.
fn left_out(results: &Results) -> String {
    let data = &results.data;
    let files: Vec<String> =
        data.files.iter().take(5).map(|name| format::clean(name, 120)).collect();
    let from =
        if files.is_empty() { String::new() } else { format!(" in {}", format::list(&files)) };
    if data.rejected == 0 && data.excluded == 0 {
        return format!("All {} rows{from} were used.", format::count(data.rows));
    }
    format!(
        "Of {} rows{from}, {} were used; {} could not be read and {} were left out by rule.",
        format::count(data.rows),
        format::count(data.used),
        format::count(data.rejected),
        format::count(data.excluded)
    )
}

/// Customers who are in no list because they already have the outcome.
fn already(results: &Results) -> u64 {
    label::rows(results).map(|row| row.gone).sum()
}

/// The large figures.
fn tiles(results: &Results, words: &Words) -> Vec<Named> {
    let mut tiles = vec![
        Named::new("customers", format::count(results.data.customers)),
        Named::new("segments", results.segments.len().to_string()),
    ];
    let gone = already(results);
    if gone > 0 {
        tiles.push(Named::new(words.already.clone(), format::count(gone)));
    }
    let contact: u64 = label::rows(results).map(|row| row.contact).sum();
    if contact > 0 {
        tiles.push(Named::new("on the contact list", format::count(contact)));
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
            text: format!(
                "{} was taken out: it tells the outcome.",
                format::clean(&leak.column, 120)
            ),
            advice: String::new(),
            severity: "Serious",
        });
    }
    notices
}

/// The lines of the table; what a trust word means is said where it is first met.
fn lines(results: &Results) -> Vec<Line> {
    let mut met: Vec<&str> = Vec::new();
    label::rows(results)
        .map(|row| {
            let mut line = line(row, results);
            if met.contains(&line.trust) {
                line.trust_sentence = None;
            }
            met.push(line.trust);
            line
        })
        .collect()
}

/// One line of the table.
fn line(row: &SegmentRow, results: &Results) -> Line {
    let min_cell = results.heading.min_cell;
    Line {
        sign: Sign::of(row),
        sentence: format::sentence(&row.portrait, None),
        customers: format::count(row.customers),
        share: format::percent(row.share),
        value_share: share_cell(row.value_share, min_cell),
        likely: share_cell(row.churn_mean, min_cell),
        at_risk: money_cell(row.value_at_risk, results),
        trust: if row.segment_id == 0 { "No group" } else { trust_word(row.verdict) },
        trust_class: if row.segment_id == 0 { "rule" } else { row.verdict.name() },
        trust_sentence: Some(if row.segment_id == 0 {
            "Customers that resemble no group."
        } else {
            trust_sentence(row.verdict)
        }),
    }
}

/// Who is in no list.
fn gone(results: &Results, words: &Words) -> Option<String> {
    if let Some(lapsed) = label::lapsed(results) {
        let few = lapsed < results.heading.min_cell.max(1) as u64;
        let lapsed = format::customers(lapsed);
        return (!few).then(|| format!("{lapsed} have lapsed and are in no list."));
    }
    let gone = already(results);
    let has =
        if gone == 1 { words.already.replacen("have", "has", 1) } else { words.already.clone() };
    let is = if gone == 1 { "is" } else { "are" };
    (gone > 0).then(|| format!("{} {has} and {is} in no list.", format::customers(gone)))
}

/// A decision.
fn decision(decision: &Decision, results: &Results, shows: Shows) -> DecisionView {
    let (kind, what) = match decision.kind.as_str() {
        "protect" => ("Protect".to_owned(), "at risk"),
        "grow" => ("Grow".to_owned(), "below the average in all"),
        "stop" => ("Stop".to_owned(), "of value between them"),
        other => (format::clean(other, 20), "at stake"),
    };
    let money = decision.money.filter(|_| shows.value);
    let text = format::sentence(&decision.text, None);
    DecisionView {
        kind: (!text.starts_with(&kind)).then_some(kind),
        text,
        why: format::sentence(&decision.why, None),
        customers: format::customers(decision.customers),
        money: money
            .map(|money| format!("{} {what}", format::money(money, &results.heading.currency))),
    }
}

/// How far to trust it, in three or four points.
fn trust(results: &Results, words: &Words) -> Vec<Named> {
    let mut points = vec![Named::new("The segments", segments_trust(results))];
    match label::churn(results) {
        Some(churn) => {
            let auc = format::decimal(churn.metrics.roc_auc.value * 100.0, 0);
            let (those, others) = (&words.those, &words.others);
            let open = if churn.open > 0 {
                format!(
                    " {} have no known outcome yet; they were scored by the same model.",
                    format::customers(churn.open)
                )
            } else {
                String::new()
            };
            points.push(Named::new(
                words.likely.clone(),
                format!(
                    "Shown one of the {those} and one of the {others}, the model gives the first \
                     the higher probability {auc} times in 100; guessing gives 50. It says who is \
                     at risk, not who can be kept.{open}"
                ),
            ));
        }
        None => points.push(Named::new(
            words.likely.clone(),
            format!("Not computed: {}.", label::why_no_churn(results)),
        )),
    }
    let warnings = results.findings.iter().filter(|f| f.severity == Severity::Warning).count();
    let missing = format::percent(results.data.missing_share);
    let count = match warnings {
        0 => "There is no warning.".to_owned(),
        1 => "There is 1 warning, listed under Trust.".to_owned(),
        n => format!("There are {n} warnings, listed under Trust."),
    };
    let missing = if results.data.missing_share > 0.0 {
        format!("Of the values used, {missing} are missing.")
    } else {
        "No value is missing.".to_owned()
    };
    points.push(Named::new("The data", format!("{missing} {count}")));
    points
}

/// How many segments deserve which trust.
fn segments_trust(results: &Results) -> String {
    let of =
        |verdict: Verdict| results.segments.iter().filter(|row| row.verdict == verdict).count();
    let all = results.segments.len();
    let parts: Vec<String> = [
        (
            of(Verdict::Natural),
            "a real group with a gap around it",
            "real groups with a gap around them",
        ),
        (
            of(Verdict::Reproducible),
            "a reliable cut that comes back each time",
            "reliable cuts that come back each time",
        ),
        (
            of(Verdict::Constructed),
            "a rough cut, good for planning only",
            "rough cuts, good for planning only",
        ),
        (of(Verdict::Rule), "defined by a rule", "defined by rules"),
    ]
    .into_iter()
    .filter(|(n, _, _)| *n > 0)
    .map(|(n, one, many)| match n {
        1 => format!("1 is {one}"),
        n if n == all => format!("all are {many}"),
        n => format!("{n} are {many}"),
    })
    .collect();
    let count = match parts.as_slice() {
        [] => String::new(),
        [one] => format!("{}. ", one.replacen("all are", &format!("All {all} are"), 1)),
        several => format!("Of {all}, {}. ", format::list(several)),
    };
    format!("{count}{}", format::sentence(&results.choice.reason, None))
}
