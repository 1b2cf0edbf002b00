//! How far to trust it: why this number of segments, what else was possible, limits,
//! and everything that was noticed on the way.

use serde::Serialize;

use super::first::Notice;
use super::{Named, Sign, trust_sentence, trust_word};
use crate::finding::{Finding, Severity};
use crate::format;
use crate::results::{Candidate, Choice, Results};
use crate::said;
use crate::words::{self, Language, say};

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
    word: String,
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
            reason: reason(results),
            judge: judge(choice),
            candidates: choice.candidates.iter().map(|c| candidate(c, choice)).collect(),
            runners_up: choice.runners_up.iter().map(|k| runner_up(*k, choice)).collect(),
            segments: results.segments.iter().map(badge).collect(),
            limits: said::all_told(&results.method.limits, &results.method.limits_said)
                .iter()
                .map(|limit| format::sentence(limit, None))
                .collect(),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
        }
    }
}

/// Why this many: as the run wrote it, or in another language from the figures.
pub(super) fn reason(results: &Results) -> String {
    let choice = &results.choice;
    if words::current() == Language::En {
        return format::sentence(&choice.reason, None);
    }
    if choice.judge == "rule" {
        return say!("judge-rule");
    }
    if choice.fixed {
        return say!("reason-fixed", k = choice.k);
    }
    match tried(choice) {
        Some((low, high)) => say!("reason-best", low = low, high = high, k = choice.k),
        None => say!("reason-found", k = choice.k),
    }
}

/// The lowest and the highest number of segments that was tried.
fn tried(choice: &Choice) -> Option<(usize, usize)> {
    let each = choice.candidates.iter().map(|c| c.k);
    each.clone().min().zip(each.max())
}

/// How the number of segments came about, in one plain sentence.
pub(super) fn in_short(results: &Results) -> String {
    let choice = &results.choice;
    if choice.fixed {
        return say!("reason-fixed", k = choice.k);
    }
    match tried(choice) {
        Some((low, high)) if choice.judge != "parts" && choice.judge != "rule" => {
            say!("chosen-in-short", low = low, high = high, k = choice.k)
        }
        _ => reason(results),
    }
}

/// What judged.
fn judge(choice: &Choice) -> String {
    if choice.judge == "rule" {
        return say!("judge-rule");
    }
    if choice.judge == "parts" {
        return judged_by_part(choice);
    }
    let mut text = match choice.judge.as_str() {
        "outcome" => say!("judge-outcome"),
        "descriptors" => say!("judge-descriptors"),
        "bic" => say!("judge-bic"),
        _ => say!("judge-stability"),
    };
    if choice.fixed {
        text = format!("{text}{}{}", say!("between-sentences"), say!("judge-fixed"));
    }
    let again = if choice.found_again { say!("judge-again") } else { say!("judge-not-again") };
    format!("{text}{}{again}", say!("between-sentences"))
}

/// What judged inside each part.
fn judged_by_part(choice: &Choice) -> String {
    let each = choice.parts.iter().map(|part| {
        let lead = if part.part.is_empty() { say!("the-rest") } else { format::text(&part.part) };
        format!("{lead}: {}", format::sentence(&part.choice.reason, None))
    });
    say!("judge-parts", parts = each.collect::<Vec<String>>().join(" "))
}

/// One number of segments.
fn candidate(c: &Candidate, choice: &Choice) -> CandidateView {
    let judged = c.validity.map_or_else(
        || "–".to_owned(),
        |v| match c.validity_se {
            Some(se) => {
                // A difference may be anything, also next to nothing.
                let points = |x: f64| format::with_percent(&format::decimal(x * 100.0, 1));
                format!("{} ± {}", points(v), points(se))
            }
            None => format::percent(v),
        },
    );
    let weakest = c.stability.iter().copied().min_by(f64::total_cmp);
    let trivial: Vec<String> = c.trivial.iter().map(|t| format::text(&said::phrase(t))).collect();
    let mut against = format::minus(&format::text(&said::clause(&c.against)));
    // What speaks against it can be that it has such a segment.
    if !trivial.is_empty() {
        let note = trivial.join(&say!("phrase-between"));
        if !against.contains(&note) {
            against = if against.is_empty() { note } else { format!("{against}; {note}") };
        }
    }
    CandidateView {
        k: c.k.to_string(),
        chosen: c.k == choice.k,
        judged,
        weakest: weakest.map_or_else(|| "–".to_owned(), |s| format::decimal(s, 2)),
        smallest: format::percent(c.min_share),
        explained: format::percent(c.explained),
        silhouette: c.silhouette.map_or_else(|| "–".to_owned(), |s| format::decimal(s, 2)),
        against: if c.k == choice.k { say!("chosen") } else { against },
    }
}

/// A runner-up with the command that gives it.
fn runner_up(k: usize, choice: &Choice) -> Named {
    let against = choice
        .candidates
        .iter()
        .find(|c| c.k == k)
        .map(|c| format::minus(&format::text(&said::clause(&c.against))));
    let name = say!("n-segments", n = k);
    let against = against.filter(|a| !a.is_empty()).map(|a| format!(" ({a})"));
    Named::new(
        format!("{name}{}", against.unwrap_or_default()),
        format!("kohort run {} --set segments.k={k}", say!("your-config")),
    )
}

/// A segment's trust.
fn badge(row: &crate::results::SegmentRow) -> Badge {
    let found = row.stability.map_or_else(String::new, |s| {
        let text = say!("overlap", overlap = format::decimal(s, 2));
        format!("{}{text}", say!("between-sentences"))
    });
    Badge {
        sign: Sign::of(row),
        word: trust_word(row.verdict),
        class: row.verdict.name(),
        text: format!("{}{found}", trust_sentence(row.verdict)),
    }
}

/// What nearly every table has, so that the first page tells another warning before it.
pub(super) fn is_usual(finding: &Finding) -> bool {
    const USUAL: [&str; 5] =
        ["missing-values", "duplicate-lines", "twin-rows", "twins", "near-duplicate-ids"];
    USUAL.contains(&finding.code.as_str())
}
