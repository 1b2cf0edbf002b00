//! A card for each segment: who they are, how to recognise them, what to do.

use serde::Serialize;

use super::typical::TypicalView;
use super::{Named, Shows, Sign, money_cell, share_cell, trust_sentence, trust_word, worded};
use crate::chart::label::{self, Words};
use crate::format;
use crate::profile::wording::humanise;
use crate::results::{Results, SegmentRow, Trait};
use crate::said;
use crate::words::say;

/// One segment's card.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    sign: Sign,
    portrait: String,
    badge: Option<String>,
    badge_class: &'static str,
    badge_sentence: String,
    facts: Vec<Named>,
    typical: Option<TypicalView>,
    traits: Vec<TraitView>,
    /// Whether one of them has a range.
    ranges: bool,
    /// Whether one of them is told as a bound.
    bounds: bool,
    nearest: Option<String>,
    rule: Option<RuleView>,
    no_rule: bool,
    trivial: Option<String>,
    cautions: Vec<String>,
    action: String,
    action_why: String,
    usable: String,
}

/// A difference from the other customers.
#[derive(Debug, Serialize)]
struct TraitView {
    feature: String,
    here: String,
    /// Between which values half of them lie.
    range: Option<String>,
    rest: String,
    index: String,
    in_base: bool,
    text: String,
    /// Whether a share is told as a bound, because it is of few customers.
    #[serde(skip)]
    bounded: bool,
}

/// A rule with how well it works.
#[derive(Debug, Serialize)]
struct RuleView {
    text: String,
    quality: String,
    sql: Option<String>,
}

impl Card {
    /// A segment's card.
    pub(super) fn new(row: &SegmentRow, results: &Results, shows: Shows, words: &Words) -> Self {
        let found = row.segment_id != 0;
        let rule = row.rule.as_ref().filter(|rule| !rule.is_empty());
        let traits: Vec<TraitView> = row.traits.iter().take(5).map(difference).collect();
        Self {
            sign: Sign::of(row),
            portrait: super::portrait(row),
            badge: found.then(|| trust_word(row.verdict)),
            badge_class: row.verdict.name(),
            badge_sentence: badge_sentence(row, results),
            facts: facts(row, results, shows, words),
            typical: TypicalView::of(row),
            nearest: row.nearest.and_then(|id| {
                let other = results.segments.iter().find(|other| other.segment_id == id)?;
                Some(say!("most-like", id = id, name = label::name(other)))
            }),
            ranges: traits.iter().any(|one| one.range.is_some()),
            bounds: traits.iter().any(|one| one.bounded),
            traits,
            rule: rule.map(|rule| RuleView {
                text: worded::rule(rule, row.rule_sql.as_deref(), results),
                quality: quality(row),
                sql: row.rule_sql.as_deref().map(|sql| format::clean(sql, 2000)),
            }),
            no_rule: found && rule.is_none(),
            trivial: row.trivial.as_deref().map(|what| say!("just", what = trimmed(what, results))),
            cautions: cautions(row),
            action: super::actions::action(row),
            action_why: super::actions::why(row, results),
            usable: usable(row, shows),
        }
    }
}

/// A rule without what is said before it and without its full stop.
fn trimmed(text: &str, results: &Results) -> String {
    let rule = text.split_once("is just: ").map_or(text, |(_, rule)| rule);
    format::text(&said::rule(&worded::text(rule, results))).trim_end_matches('.').to_owned()
}

/// What the badge means, with the figure behind it.
fn badge_sentence(row: &SegmentRow, results: &Results) -> String {
    if row.segment_id == 0 {
        return say!("no-group-badge");
    }
    let found = row.stability.map_or_else(String::new, |stability| {
        let overlap = format::decimal(stability, 2);
        let draws = results.choice.stability_draws;
        let text = match row.stability_m {
            Some(m) => say!("overlap-samples", overlap = overlap, draws = draws, m = m),
            None => say!("overlap", overlap = overlap),
        };
        format!("{}{text}", say!("between-sentences"))
    });
    format!("{}{found}", trust_sentence(row.verdict))
}

/// The figures of a segment.
fn facts(row: &SegmentRow, results: &Results, shows: Shows, words: &Words) -> Vec<Named> {
    let min_cell = results.heading.min_cell;
    let size = format!("{} ({})", format::count(row.customers), format::percent(row.share));
    let mut facts = vec![Named::new(say!("col-customers"), size)];
    if shows.value {
        facts.push(Named::new(say!("col-value-share"), share_cell(row.value_share, min_cell)));
        facts.push(Named::new(say!("col-value-each"), money_cell(row.value_per_customer, results)));
    }
    if shows.observed {
        facts.push(Named::new(words.happened.clone(), observed(row, min_cell)));
    }
    if shows.likely {
        facts.push(Named::new(words.likely.clone(), likely(row, min_cell)));
    }
    if row.expected_value.is_some() {
        facts.push(Named::new(say!("col-expected"), money_cell(row.expected_value, results)));
    }
    if shows.at_risk {
        facts.push(Named::new(say!("col-at-risk"), money_cell(row.value_at_risk, results)));
    }
    if shows.contact {
        let text = if row.hold_out > 0 {
            say!("and-held-out", n = row.contact, out = row.hold_out)
        } else {
            format::count(row.contact)
        };
        facts.push(Named::new(say!("col-contact"), text));
    }
    facts.extend(offers(row, results));
    facts
}

/// The mean probability, and of how many where some have left or are inactive.
fn likely(row: &SegmentRow, min_cell: usize) -> String {
    let share = share_cell(row.churn_mean, min_cell);
    let open = row.open();
    if row.churn_mean.is_none() || open == row.customers {
        return share;
    }
    say!("likely-of", share = share, n = open)
}

/// How many the chance of leaving is of, where some of the segment have left or are inactive.
pub(super) fn few_left(row: &SegmentRow, results: &Results) -> Option<String> {
    let open = row.open();
    let is_hidden =
        row.gone.is_none() || (row.inactive.is_none() && label::inactive(results).is_some());
    if row.churn_mean.is_some() && is_hidden {
        return Some(say!("of-those-withheld"));
    }
    (row.churn_mean.is_some() && open < row.customers).then(|| say!("of-those-here", n = open))
}

/// What it buys more of than others, and what to offer it next.
fn offers(row: &SegmentRow, results: &Results) -> Vec<Named> {
    let index = |index: f64| format::decimal(index, 0);
    let mut facts = Vec::new();
    let most: Vec<String> = row
        .products
        .iter()
        .map(|one| {
            let name = format::clean(&one.product, 60);
            say!("product-index", product = name, index = index(one.index))
        })
        .collect();
    if !most.is_empty() {
        facts.push(Named::new(say!("buys-more"), most.join(&say!("list-comma"))));
    }
    if let Some(offer) = &row.next_offer {
        let like = results.segments.iter().find(|other| other.segment_id == offer.like);
        let text = say!(
            "offer-because",
            product = format::clean(&offer.product, 60),
            index = index(offer.index),
            there = index(offer.index_there),
            like = like.map_or_else(|| offer.like.to_string(), label::name)
        );
        facts.push(Named::new(say!("offer-next"), text));
    }
    facts
}

/// The observed share with its interval.
pub(super) fn observed(row: &SegmentRow, min_cell: usize) -> String {
    match (row.churn_observed, row.churn_low, row.churn_high) {
        (Some(share), Some(low), Some(high)) => {
            say!(
                "with-interval",
                figure = format::percent(share),
                range = format::percent_range(low, high),
            )
        }
        (Some(share), _, _) => format::percent(share),
        (None, _, _) if row.known() == Some(0) => say!("outcome-not-known"),
        (None, _, _) => format::withheld(min_cell),
    }
}

/// A difference: numbers in raw units, levels as shares.
fn difference(one: &Trait) -> TraitView {
    let column = label::source(&one.column);
    let (feature, write): (String, fn(f64, f64) -> String) = match &one.level {
        Some(level) => {
            (format!("{column}: {}", format::clean(&label::level(level), 80)), |share, _| {
                format::percent(share)
            })
        }
        None => (column, format::beside),
    };
    // A place is two numbers, which its text holds together.
    let place = one.text.strip_prefix("place: around ");
    if let Some((here, rest)) = place.and_then(|both| both.split_once(" against ")) {
        return TraitView {
            feature: say!("place"),
            here: format::clean(here.trim_end_matches(','), 120),
            range: None,
            rest: format::clean(rest, 120),
            index: "–".to_owned(),
            in_base: one.in_base,
            text: format::text(&one.text),
            bounded: false,
        };
    }
    // `over` and `under` of a share that stands in for a few customers are kept.
    let figures = one.text.rsplit_once(": ").and_then(|(_, both)| both.split_once(" against "));
    let bounded = |share: f64, other: f64, text: Option<&str>| {
        let shown = write(share, other);
        let bound = ["over ", "under "].into_iter().find(|bound| {
            one.level.is_some()
                && !shown.starts_with(bound)
                && text.is_some_and(|text| text.starts_with(bound))
        });
        match bound {
            Some("over ") => say!("over", figure = format::bound(share, false)),
            Some(_) => say!("under", figure = format::bound(share, true)),
            None => shown,
        }
    };
    TraitView {
        feature: with_others(feature, &one.same),
        here: bounded(one.here, one.rest, figures.map(|(here, _)| here)),
        range: one.range.map(half),
        rest: bounded(one.rest, one.here, figures.map(|(_, rest)| rest)),
        index: one.index.map_or_else(|| "–".to_owned(), |index| format::decimal(index, 0)),
        in_base: one.in_base,
        text: format::text(&one.text),
        bounded: figures.is_some_and(|(here, rest)| is_bound(here) || is_bound(rest)),
    }
}

fn is_bound(text: &str) -> bool {
    ["over ", "under "].iter().any(|bound| text.starts_with(bound))
}

/// Between which values half of the customers lie.
fn half(range: [f64; 2]) -> String {
    let [low, high] = format::ends(range);
    if low == high {
        say!("half-alike", value = low)
    } else {
        say!("half-of-them", low = low, high = high)
    }
}

/// A column with the others that say the same.
fn with_others(feature: String, same: &[String]) -> String {
    if same.is_empty() {
        return feature;
    }
    let others: Vec<String> = same.iter().map(|name| label::source(name)).collect();
    say!("says-the-same", what = feature, others = format::list(&others))
}

/// A difference in words of this language.
pub(super) fn told(one: &Trait) -> String {
    let view = difference(one);
    let column = said::phrase(&format::text(&humanise(&one.column)));
    let what = match &one.level {
        Some(level) => format!("{column}: {}", format::clean(level, 80)),
        None => column,
    };
    say!("against", what = what, here = view.here, rest = view.rest)
}

/// Whether it can be worked with, as figures: measurable, large, reachable, distinct, and
/// with something to do.
fn usable(row: &SegmentRow, shows: Shows) -> String {
    if row.segment_id == 0 {
        return String::new();
    }
    let strongest = row.traits.iter().map(|one| one.effect.abs()).fold(0.0, f64::max);
    let reach = match (row.rule_coverage, row.rule_precision) {
        (Some(coverage), Some(precision)) => say!(
            "usable-reach-rule",
            coverage = format::whole_percent(coverage),
            precision = format::whole_percent(precision),
        ),
        _ => say!("usable-reach-none"),
    };
    let measured = row.stability.map_or_else(|| "–".to_owned(), |s| format::decimal(s, 2));
    let list = [
        Named::new(say!("usable-measurable"), say!("usable-overlap", overlap = measured)),
        Named::new(say!("usable-substantial"), say!("n-customers", n = row.customers)),
        Named::new(say!("usable-reachable"), reach),
        Named::new(
            say!("usable-distinct"),
            say!("usable-effect", effect = format::decimal(strongest, 2)),
        ),
        Named::new(
            say!("usable-actionable"),
            match row.contact {
                0 if shows.contact => say!("usable-no-contact"),
                0 if row.action.is_empty() => say!("usable-no-list"),
                0 => super::actions::short(row),
                n => say!("usable-contact", n = n),
            },
        ),
    ];
    let parts = list.iter().map(|one| format!("{}: {}", one.name, one.text));
    parts.collect::<Vec<_>>().join(" · ")
}

/// How well a rule works.
fn quality(row: &SegmentRow) -> String {
    match (row.rule_coverage, row.rule_precision) {
        (Some(coverage), Some(precision)) => say!(
            "rule-quality",
            coverage = format::percent(coverage),
            precision = format::percent(precision),
        ),
        _ => String::new(),
    }
}

/// What speaks against using the segment.
fn cautions(row: &SegmentRow) -> Vec<String> {
    let mut cautions = Vec::new();
    if row.segment_id == 0 {
        return cautions;
    }
    if row.too_narrow {
        cautions.push(match row.merge_with {
            Some(id) => say!("too-narrow-merge", id = id),
            None => say!("too-narrow"),
        });
    }
    if !row.usable && !row.too_narrow {
        cautions.push(say!("hard-to-act"));
    }
    cautions
}
