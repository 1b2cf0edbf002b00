//! How far to trust it: why this number of segments, what else was possible, limits,
//! and everything that was noticed on the way.

use serde::Serialize;

use super::first::Notice;
use super::{Named, Sign, trust_sentence, trust_word};
use crate::finding::Severity;
use crate::format;
use crate::results::{Candidate, Choice, Results};

/// The trust part.
#[derive(Debug, Serialize)]
pub(super) struct Trust {
    /// Why this many segments.
    reason: String,
    /// What judged, and whether the solution was found again.
    judge: String,
    /// Every number of segments that was tried.
    candidates: Vec<CandidateView>,
    /// The next best, with the command to get them.
    runners_up: Vec<Named>,
    /// The badge of each segment in words.
    segments: Vec<Badge>,
    /// What the figures cannot say.
    limits: Vec<String>,
    /// Warnings.
    warnings: Vec<Notice>,
    /// Notes.
    notes: Vec<Notice>,
}

/// One number of segments.
#[derive(Debug, Serialize)]
struct CandidateView {
    k: String,
    chosen: bool,
    judged: String,
    weakest: String,
    smallest: String,
    explained: String,
    silhouette: String,
    against: String,
}

/// A segment with its trust in words.
#[derive(Debug, Serialize)]
struct Badge {
    sign: Sign,
    word: &'static str,
    class: &'static str,
    text: String,
}

impl Trust {
    /// The trust part of a run.
    pub(super) fn new(results: &Results) -> Self {
        let choice = &results.choice;
        let of = |severity: Severity| {
            results.findings.iter().filter(|f| f.severity == severity).map(Notice::of).collect()
        };
        Self {
            reason: format::sentence(&choice.reason, None),
            judge: judge(choice),
            candidates: choice.candidates.iter().map(|c| candidate(c, choice)).collect(),
            runners_up: choice.runners_up.iter().map(|k| runner_up(*k, choice)).collect(),
            segments: results.segments.iter().map(badge).collect(),
            limits: results
                .method
                .limits
                .iter()
                .map(|limit| format::sentence(limit, None))
                .collect(),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
        }
    }
}

/// What judged.
fn judge(choice: &Choice) -> String {
    if choice.judge == "rule" {
        return "The segments are defined by a rule, so nothing had to judge their number."
            .to_owned();
    }
    if choice.judge == "parts" {
        return judged_by_part(choice);
    }
    let what = match choice.judge.as_str() {
        "outcome" => {
            "What judged: how much the segments tell about the outcome, on customers kept \
                aside."
        }
        "descriptors" => {
            "What judged: how much the segments tell about columns that did not form them, on \
             customers kept aside."
        }
        "bic" => {
            "What judged: how well the segments describe the customers for the number of \
             parameters they need (BIC)."
        }
        _ => {
            "What judged: how surely the segments are found again when a part of the \
                customers is left out."
        }
    };
    let fixed = if choice.fixed { " The number of segments was fixed in the config." } else { "" };
    let again = if choice.found_again {
        " The same solution was found from another start."
    } else {
        " The same solution was not found from another start."
    };
    format!("{what}{fixed}{again}")
}

/// What judged inside each part.
fn judged_by_part(choice: &Choice) -> String {
    let each = choice.parts.iter().map(|part| {
        let lead = if part.part.is_empty() { "The rest" } else { part.part.as_str() };
        format!("{}: {}", format::text(lead), format::sentence(&part.choice.reason, None))
    });
    let each: Vec<String> = each.collect();
    format!("The number of segments was judged inside each part. {}", each.join(" "))
}

/// One number of segments.
fn candidate(c: &Candidate, choice: &Choice) -> CandidateView {
    let judged = c.validity.map_or_else(
        || "–".to_owned(),
        |v| match c.validity_se {
            Some(se) => format!("{} ± {}", format::percent(v), format::percent(se)),
            None => format::percent(v),
        },
    );
    let weakest = c.stability.iter().copied().min_by(f64::total_cmp);
    let trivial: Vec<String> = c.trivial.iter().map(|t| format::text(t)).collect();
    let mut against = format::text(&c.against);
    if !trivial.is_empty() {
        let note = trivial.join("; ");
        against = if against.is_empty() { note } else { format!("{against}; {note}") };
    }
    CandidateView {
        k: c.k.to_string(),
        chosen: c.k == choice.k,
        judged,
        weakest: weakest.map_or_else(|| "–".to_owned(), |s| format::decimal(s, 2)),
        smallest: format::percent(c.min_share),
        explained: format::percent(c.explained),
        silhouette: c.silhouette.map_or_else(|| "–".to_owned(), |s| format::decimal(s, 2)),
        against: if c.k == choice.k { "chosen".to_owned() } else { against },
    }
}

/// A runner-up with the command that gives it.
fn runner_up(k: usize, choice: &Choice) -> Named {
    let against = choice.candidates.iter().find(|c| c.k == k).map(|c| format::text(&c.against));
    let against = against
        .filter(|a| !a.is_empty())
        .map(|a| {
            format!(
                " \
        ({a})"
            )
        })
        .unwrap_or_default();
    Named::new(
        format!("{k} segments{against}"),
        format!("kohort run YOUR-CONFIG --set segments.k={k}"),
    )
}

/// A segment's trust.
fn badge(row: &crate::results::SegmentRow) -> Badge {
    let found = row.stability.map_or_else(String::new, |s| {
        format!(" Overlap when found again: {} of 1.", format::decimal(s, 2))
    });
    Badge {
        sign: Sign::of(row),
        word: trust_word(row.verdict),
        class: row.verdict.name(),
        text: format!("{}{found}", trust_sentence(row.verdict)),
    }
}
