//! The choice in plain words, for a reader who knows no statistics.

use super::choice::{Criterion, Evidence, Ranking};
use super::stability::REPRODUCIBLE;
use super::trivial::JUST;
use super::validity::Judge;
use crate::finding::{Finding, Severity};
use crate::results::{Candidate, Verdict};
use crate::said::{Fact, facts};

/// A share as a percentage with at most one decimal.
pub(crate) fn percent(share: f64) -> String {
    // Adding 0 makes -0 a 0.
    let tenths = (share * 1000.0).round() / 10.0 + 0.0;
    format!("{tenths}%")
}

/// What the judge measured, in words.
fn told(judge: Judge, outcome: &str, evidence: &Evidence) -> String {
    let share = evidence.validity.map_or(0.0, |(share, _)| share.max(0.0));
    let nothing = share < 0.001;
    match judge {
        Judge::Outcome if nothing => {
            format!("on customers held out, the segment tells next to nothing about {outcome}")
        }
        Judge::Descriptors if nothing => "on customers held out, the segment tells next to \
             nothing about the columns that did not make the segments"
            .to_owned(),
        Judge::Outcome => format!(
            "on customers held out, knowing the segment explains {} of the differences in {outcome}",
            percent(share)
        ),
        Judge::Descriptors => format!(
            "on customers held out, knowing the segment explains {} of the differences in the \
             columns that did not make the segments",
            percent(share)
        ),
        Judge::Bic => {
            "by BIC, their likelihood less the price of their parameters is the highest".to_owned()
        }
        Judge::Stability => format!(
            "in repeated fits on samples, the weakest segment overlaps {} with its original",
            percent(share)
        ),
    }
}

/// Why the chosen k was chosen.
pub(crate) fn chosen(
    evidence: &[Evidence],
    ranking: &Ranking,
    judge: Judge,
    outcome: &str,
    min_share: f64,
) -> String {
    let own = &evidence[ranking.chosen];
    if evidence.len() == 1 {
        return format!(
            "{} segments were the only number that could be tried: {}.",
            own.k,
            told(judge, outcome, own)
        );
    }
    let (from, to) = (evidence[0].k, evidence[evidence.len() - 1].k);
    let mut met = Vec::new();
    for criterion in Criterion::ALL.into_iter().filter(|c| !ranking.dropped.contains(c)) {
        met.push(match criterion {
            Criterion::Size => format!("every segment holds at least {}", percent(min_share)),
            Criterion::NotTrivial => "no segment is just one column".to_owned(),
            Criterion::Stable => "repeated fits find every segment again".to_owned(),
        });
    }
    let met = match met.split_last() {
        None => String::new(),
        Some((last, [])) => format!("{last}, and "),
        Some((last, rest)) => format!("{}, {last}, and ", rest.join(", ")),
    };
    if own.natural() && judge != Judge::Bic {
        return natural(own, from, to, &met);
    }
    let larger = evidence.iter().any(|other| {
        other.k > own.k
            && beats(other, own)
            && Criterion::ALL
                .iter()
                .all(|&c| other.meets(c, min_share) || ranking.dropped.contains(&c))
    });
    let last = if larger {
        "; more segments tell no more than chance could"
    } else {
        "; no other number that qualifies tells clearly more"
    };
    let mut text = format!(
        "Of {from} to {to} segments, {} fit best: {met}{}{last}.",
        own.k,
        told(judge, outcome, own)
    );
    for criterion in &ranking.dropped {
        text.push(' ');
        text.push_str(match criterion {
            Criterion::Size => "Every number of segments leaves one that is very small.",
            Criterion::NotTrivial => {
                "With every number of segments, one of them is just one column."
            }
            Criterion::Stable => {
                "Of the numbers that meet the other conditions, none has every segment come back \
                 when the fit is repeated, so take the borders as useful cuts, not as facts."
            }
        });
    }
    text
}

/// The reason where a gap surrounds every segment.
fn natural(own: &Evidence, from: usize, to: usize, met: &str) -> String {
    format!(
        "Of {from} to {to} segments, {} are set apart by themselves: {met}customers who were \
         held out show a gap around every segment; no larger number does.",
        own.k
    )
}

fn beats(a: &Evidence, b: &Evidence) -> bool {
    let share = |e: &Evidence| e.validity.map_or(0.0, |(share, _)| share);
    share(a) > share(b)
}

/// Why k is what it is where a person fixed it.
pub(crate) fn fixed(evidence: &Evidence, judge: Judge, outcome: &str) -> String {
    if evidence.k == 1 {
        return "One segment was asked for: it holds all customers.".to_owned();
    }
    format!("{} segments were asked for: {}.", evidence.k, told(judge, outcome, evidence))
}

/// Why a candidate was not chosen; empty for the chosen one.
fn against(
    evidence: &Evidence,
    chosen: &Evidence,
    min_share: f64,
    dropped: &[Criterion],
) -> String {
    if evidence.k == chosen.k {
        return String::new();
    }
    for criterion in Criterion::ALL {
        if evidence.meets(criterion, min_share) || dropped.contains(&criterion) {
            continue;
        }
        return match criterion {
            Criterion::Size => {
                format!("the smallest segment holds only {}", percent(evidence.smallest()))
            }
            Criterion::NotTrivial => trivial(evidence).join("; "),
            Criterion::Stable => format!(
                "repeated fits do not find every segment again: {:.2} for the weakest, {REPRODUCIBLE} is asked",
                evidence.stability.weakest().0
            ),
        };
    }
    if chosen.natural() && !evidence.natural() {
        return format!("not every one of its segments has a gap around it, as {} have", chosen.k);
    }
    if chosen.natural() && evidence.k < chosen.k {
        return format!("{} segments have a gap around each as well", chosen.k);
    }
    let share = |e: &Evidence| percent(e.validity.map_or(0.0, |(share, _)| share));
    if evidence.k == 2 {
        return "two segments are taken only on request, or where a gap surrounds both".to_owned();
    }
    if beats(evidence, chosen) && evidence.k > chosen.k {
        format!(
            "tells hardly more than {} segments ({} against {}), so the smaller number is taken",
            chosen.k,
            share(evidence),
            share(chosen)
        )
    } else {
        format!(
            "tells less than {} segments: {} against {}",
            chosen.k,
            share(evidence),
            share(chosen)
        )
    }
}

/// `segment 2 is just: Contract = Two year` for each trivial segment.
pub(crate) fn trivial(evidence: &Evidence) -> Vec<String> {
    evidence
        .trivial
        .iter()
        .enumerate()
        .filter_map(|(j, rule)| {
            let rule = rule.as_ref()?;
            Some(rule.replacen("segment is just", &format!("segment {} is just", j + 1), 1))
        })
        .collect()
}

/// One candidate as it is published.
pub(crate) fn candidate(
    evidence: &Evidence,
    chosen: &Evidence,
    min_share: f64,
    dropped: &[Criterion],
) -> Candidate {
    Candidate {
        k: evidence.k,
        inertia: evidence.partition.inertia,
        explained: evidence.explained,
        silhouette: evidence.silhouette,
        min_share: evidence.smallest(),
        stability: evidence.stability.mean.iter().map(|mean| mean.unwrap_or(0.0)).collect(),
        natural: evidence.verdicts().iter().map(|&verdict| verdict == Verdict::Natural).collect(),
        validity: evidence.validity.map(|(share, _)| share),
        validity_se: evidence.validity.map(|(_, error)| error),
        trivial: trivial(evidence),
        against: against(evidence, chosen, min_share, dropped),
        bic: None,
        icl: None,
    }
}

/// What the reader should know of the chosen segments.
pub(crate) fn findings(chosen: &Evidence, dropped: &[Criterion]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = one_column(&chosen.trivial).collect();
    for criterion in dropped {
        let key = match criterion {
            Criterion::Size => "no-k-large-enough",
            Criterion::NotTrivial => "every-k-trivial",
            Criterion::Stable => "no-k-reproducible",
        };
        findings.push(Finding::new(key, Severity::Warning, facts!()));
    }
    if !chosen.surrounded.iter().any(|&gap| gap) {
        findings.push(Finding::new("no-natural-segment", Severity::Note, facts!()));
    }
    if !chosen.found_again {
        findings.push(Finding::new("start-dependent", Severity::Note, facts!()));
    }
    findings
}

/// A finding for each segment that is just one column.
pub(crate) fn one_column(trivial: &[Option<String>]) -> impl Iterator<Item = Finding> {
    trivial.iter().enumerate().filter_map(|(j, rule)| {
        let rule = rule.as_deref()?;
        let rule = rule.strip_prefix(JUST).unwrap_or(rule);
        let told = facts!(id = j + 1, rule = Fact::Phrase(rule.to_owned()));
        Some(Finding::new("trivial-segment", Severity::Warning, told))
    })
}
