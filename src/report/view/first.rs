//! The first page, for a reader who has never heard of k-means.

use serde::Serialize;

use super::{Named, Shows, Sign, money_cell, share_cell, trust_sentence};
use crate::chart::label::{self, Words};
use crate::finding::{Finding, Severity};
use crate::format;
use crate::results::{Decision, Mechanism, Results, SegmentRow, Verdict};
use crate::words::{self, Language, say};

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
    at_risk: String,
    trust: String,
    trust_class: &'static str,
    trust_sentence: Option<String>,
    action: String,
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
            formed: formed(results),
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
    let mut made: Vec<String> =
        columns.iter().take(8).map(|name| format::clean(name, 60)).collect();
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
    let files: Vec<String> =
        data.files.iter().take(5).map(|name| format::clean(name, 120)).collect();
    let files = if files.is_empty() { say!("the-table") } else { format::list(&files) };
    if data.rejected == 0 && data.excluded == 0 {
        return say!("all-rows-used", n = data.rows, files = files);
    }
    say!(
        "rows-left-out",
        n = data.rows,
        files = files,
        used = data.used,
        rejected = data.rejected,
        excluded = data.excluded,
    )
}

/// Customers who are in no list because they already have the outcome.
fn already(results: &Results) -> u64 {
    label::rows(results).map(|row| row.gone).sum()
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
    let contact: u64 = label::rows(results).map(|row| row.contact).sum();
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

/// The lines of the table; what a trust word means is said where it is first met.
fn lines(results: &Results) -> Vec<Line> {
    let mut met: Vec<String> = Vec::new();
    label::rows(results)
        .map(|row| {
            let mut line = line(row, results);
            if met.contains(&line.trust) {
                line.trust_sentence = None;
            }
            met.push(line.trust.clone());
            line
        })
        .collect()
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
        at_risk: money_cell(row.value_at_risk, results),
        trust: super::trust_of(row),
        trust_class: if row.segment_id == 0 { "rule" } else { row.verdict.name() },
        trust_sentence: Some(if row.segment_id == 0 {
            say!("no-group-sentence")
        } else {
            trust_sentence(row.verdict)
        }),
        action: super::actions::short(row, results),
    }
}

/// Who is in no list.
fn gone(results: &Results, words: &Words) -> Option<String> {
    if let Some(lapsed) = label::lapsed(results) {
        let few = lapsed < results.heading.min_cell.max(1) as u64;
        return (!few).then(|| say!("gone-lapsed", n = lapsed));
    }
    let gone = already(results);
    (gone > 0).then(|| match &words.other {
        None => say!("gone-left", n = gone),
        Some(what) => say!("gone-other", n = gone, what = what),
    })
}

/// A decision.
fn decision(decision: &Decision, results: &Results, shows: Shows) -> DecisionView {
    let (kind, stake) = match decision.kind.as_str() {
        "protect" => (say!("kind-protect"), "stake-protect"),
        "grow" => (say!("kind-grow"), "stake-grow"),
        "stop" => (say!("kind-stop"), "stake-stop"),
        other => (format::clean(other, 20), "stake-other"),
    };
    let money = decision.money.filter(|_| shows.value);
    let money = money.map(|money| format::money(money, &results.heading.currency));
    let (text, why) = decided(decision, results);
    DecisionView {
        kind: (!text.starts_with(&kind)).then_some(kind),
        text,
        why,
        customers: format::customers(decision.customers),
        money: money.map(|money| say!(stake, money = money)),
    }
}

/// What to decide and why: as the run wrote it, or in another language from its figures.
fn decided(decision: &Decision, results: &Results) -> (String, String) {
    let stored = || (format::sentence(&decision.text, None), format::sentence(&decision.why, None));
    let row = results.segments.iter().find(|row| row.segment_id == decision.segment_id);
    let (Some(row), false) = (row, words::current() == Language::En) else { return stored() };
    let name = label::name(row);
    let currency = &results.heading.currency;
    let mut why = vec![];
    if let Some(each) = row.value_per_customer {
        why.push(say!("why-value", money = format::money(each, currency)));
    }
    if let Some(mean) = row.churn_mean {
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

/// How far to trust it, in three or four points.
fn trust(results: &Results, words: &Words) -> Vec<Named> {
    let mut points = vec![Named::new(say!("trust-segments"), segments_trust(results))];
    let likely = match label::churn(results) {
        Some(churn) => {
            let mut text = say!(
                "trust-churn",
                those = &words.those,
                others = &words.others,
                auc = format::decimal(churn.metrics.roc_auc.value * 100.0, 0),
            );
            if churn.open > 0 {
                text.push_str(&say!("between-sentences"));
                text.push_str(&say!("trust-open", n = churn.open));
            }
            text
        }
        None => not_computed(results),
    };
    points.push(Named::new(words.likely.clone(), likely));
    let warnings = results.findings.iter().filter(|f| f.severity == Severity::Warning).count();
    let missing = if results.data.missing_share > 0.0 {
        say!("trust-missing", share = format::percent(results.data.missing_share))
    } else {
        say!("trust-nothing-missing")
    };
    let text =
        format!("{missing}{}{}", say!("between-sentences"), say!("trust-warnings", n = warnings));
    points.push(Named::new(say!("trust-data"), text));
    points
}

/// That churn was not computed, and why.
pub(super) fn not_computed(results: &Results) -> String {
    say!("not-computed-because", why = label::why_no_churn(results))
}

/// How many segments deserve which trust.
fn segments_trust(results: &Results) -> String {
    let of =
        |verdict: Verdict| results.segments.iter().filter(|row| row.verdict == verdict).count();
    let parts: Vec<String> = [
        (of(Verdict::Natural), "n-natural"),
        (of(Verdict::Reproducible), "n-reproducible"),
        (of(Verdict::Constructed), "n-constructed"),
        (of(Verdict::Rule), "n-rule"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, id)| say!(id, n = n))
    .collect();
    if parts.is_empty() {
        return super::trust::reason(results);
    }
    let count = say!("of-segments", n = results.segments.len(), parts = format::list(&parts));
    format!("{count}{}{}", say!("between-sentences"), super::trust::reason(results))
}
