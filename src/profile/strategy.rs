//! The table of strategies: loyalty status, value class and churn band of a customer say
//! which suits. It can be edited in the config; the first line that fits counts.
//!
//! The bands and classes are those of the rule segmentations, so a strategy can be looked
//! up from the columns of `customers.csv`.
//!
//! # References
//!
//! Reichheld, F. and Sasser, W. (1990). Zero defections. Harvard Business Review 68(5).
//! ITSMA (2016). Account-Based Marketing: one to one, one to few, one to many.

use std::collections::BTreeMap;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cluster::rules::{Minor, RuleSegments};
use crate::results::actions::{ActionResults, Overlooked, SegmentPlan, Strategy};
use crate::results::{Decision, RuleResults, SegmentRow};
use crate::stats::quantile;

use super::Goal;
use super::rules::{Ruling, classed};

/// The strategies in the order in which they are tried.
const NAMES: [&str; 6] = ["introduce", "win-back", "early-access", "let-go", "reward", "upsell"];
/// What stands for customers whom nothing fits.
const NONE: &str = "none";
/// Customers that are looked up together.
const PART: usize = 1 << 14;
/// The words of the three dimensions.
const LOYALTY: [&str; 5] = ["new", "loyal", "occasional", "at risk", "lapsed"];
const BANDS: [&str; 3] = ["high", "middle", "low"];

/// Whom a line of a strategy fits; an empty list fits everybody, a list nobody of whom the
/// word is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fits {
    /// `new`, `loyal`, `occasional`, `at risk`, `lapsed`.
    pub loyalty: Vec<String>,
    /// Value classes: `A`, `B`, `C`.
    pub value: Vec<String>,
    /// Bands of the probability of leaving: `high`, `middle`, `low`.
    pub churn: Vec<String>,
}

/// One strategy of the `[actions]` table; what is left out is as it is without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnStrategy {
    /// Whom it fits; any of the lines.
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub fits: Option<Vec<Fits>>,
    /// Where to reach them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// What the advertisement looks like.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub format: String,
    /// How it speaks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tone: String,
    /// What the text is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub focus: String,
}

/// The `[actions]` table: strategies by name.
pub type Actions = BTreeMap<String, OwnStrategy>;

/// What is wrong with an `[actions]` table, as key and message; `None` where nothing is.
#[must_use]
pub fn wrong(actions: &Actions) -> Option<(String, String)> {
    for (name, own) in actions {
        if !NAMES.contains(&name.as_str()) {
            let known = NAMES.join(", ");
            return Some((format!("actions.{name}"), format!("is no strategy: {known}")));
        }
        for fits in own.fits.iter().flatten() {
            let value = |word: &String| word.len() != 1 || !word.as_bytes()[0].is_ascii_uppercase();
            let bad = fits
                .loyalty
                .iter()
                .find(|word| !LOYALTY.contains(&word.as_str()))
                .or_else(|| fits.churn.iter().find(|word| !BANDS.contains(&word.as_str())))
                .or_else(|| fits.value.iter().find(|word| value(word)));
            if let Some(word) = bad {
                return Some((format!("actions.{name}.for"), format!("knows no {word:?}")));
            }
        }
    }
    None
}

/// The lines of a strategy as it is without a config. Where the value alone is known it
/// decides: the best first, the others thanked or offered more; where the chance of leaving
/// alone is known, whoever is likely to leave is held, and the safest are thanked.
fn lines(name: &str, known: &[String]) -> Vec<Fits> {
    let alone = |what: &str| known == [what];
    let (value_alone, churn_alone) = (alone("value"), alone("churn"));
    let fit = |loyalty: &[&str], value: &[&str], churn: &[&str]| {
        let own = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Fits { loyalty: own(loyalty), value: own(value), churn: own(churn) }
    };
    match name {
        "early-access" if value_alone => vec![fit(&[], &["A"], &[])],
        "reward" if value_alone => vec![fit(&[], &["B"], &[])],
        "upsell" if value_alone => vec![fit(&[], &[], &[])],
        "win-back" if churn_alone => vec![fit(&[], &[], &["high"])],
        "reward" if churn_alone => vec![fit(&[], &[], &["low"])],
        "upsell" if churn_alone => vec![fit(&[], &[], &["middle"])],
        _ if value_alone || churn_alone => Vec::new(),
        "introduce" => vec![fit(&["new"], &[], &[])],
        "win-back" => {
            vec![fit(&["at risk", "lapsed"], &["A", "B"], &[]), fit(&[], &["A", "B"], &["high"])]
        }
        "early-access" => vec![fit(&["loyal"], &["A"], &[]), fit(&[], &["A"], &["low"])],
        "let-go" => vec![fit(&["at risk", "lapsed"], &[], &[]), fit(&[], &["C"], &["high"])],
        "reward" => vec![fit(&["loyal"], &[], &[]), fit(&[], &["A"], &["middle"])],
        "upsell" => vec![
            fit(&["occasional"], &[], &[]),
            fit(&[], &["A", "B", "C"], &["middle", "low"]),
            fit(&[], &["A", "B"], &[]),
        ],
        _ => Vec::new(),
    }
}

/// What the actions rest on.
pub struct Acting<'a> {
    /// The rule segmentations and the segments.
    pub ruling: Ruling<'a>,
    /// The rules as they are told: what the strategies tell must not give away more.
    pub told: Option<&'a RuleResults>,
    /// The segments' finished numbers.
    pub rows: &'a [SegmentRow],
    /// The customers in no segment.
    pub unassigned: Option<&'a SegmentRow>,
    /// Per customer, probability of leaving; NaN where there is none.
    pub churn: Option<&'a [f64]>,
    /// The quantiles at which the middle and the high band of churn begin.
    pub risk_cuts: [f64; 2],
    /// Per customer, whether the outcome is known to be yes.
    pub gone: &'a (dyn Fn(usize) -> bool + Sync),
    /// Whether the customers are companies.
    pub companies: bool,
    /// What the reader wants.
    pub goal: Goal,
    /// What is asked on the first page: the segment's strategy says the same.
    pub decisions: &'a [Decision],
    /// The `[actions]` table.
    pub actions: &'a Actions,
}

/// A customer's place in the three dimensions, as indices of their words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    loyalty: Option<usize>,
    /// From 0 for class A.
    value: Option<usize>,
    band: Option<usize>,
}

/// The strategies of every customer and segment; `None` where neither loyalty, value nor
/// churn is known.
#[must_use]
pub fn actions(input: &Acting) -> Option<ActionResults> {
    let rules = input.ruling.rules;
    let known = known(input);
    if known.is_empty() {
        return None;
    }
    let places = places(input, rules);
    let table: Vec<Vec<Fits>> = NAMES
        .iter()
        .map(|&name| {
            let own = input.actions.get(name).and_then(|own| own.fits.clone());
            own.unwrap_or_else(|| lines(name, &known))
        })
        .collect();
    let codes = codes(input, &places, &table);
    let names: Vec<String> = NAMES.iter().map(|&name| name.to_owned()).collect();
    let (classes, segment_ids) = classed(&input.ruling, input.told, &names, &codes, NONE);
    let mut strategies: Vec<Strategy> = classes
        .into_iter()
        .map(|class| {
            let own = input.actions.get(&class.class).cloned().unwrap_or_default();
            Strategy {
                strategy: class.class,
                customers: class.customers,
                share: class.share,
                value_share: class.value_share,
                segments: class.segments,
                channel: own.channel,
                format: own.format,
                tone: own.tone,
                focus: own.focus,
            }
        })
        .collect();
    let order = order(input.goal);
    strategies.sort_by_key(|one| order.iter().position(|name| *name == one.strategy).unwrap_or(9));
    let worth = rules.value.as_ref().map(Minor::units);
    let segments = (0..input.rows.len())
        .into_par_iter()
        .map(|at| plan(input, at, &codes, &places, worth.as_deref()))
        .collect();
    Some(ActionResults {
        goal: match input.goal {
            Goal::Retain => "retain",
            Goal::Grow => "grow",
            Goal::Profit => "profit",
        }
        .to_owned(),
        known,
        companies: input.companies,
        segment_ids,
        strategies,
        segments,
        overlooked: overlooked(input),
    })
}

/// What is known of the customers.
fn known(input: &Acting) -> Vec<String> {
    let rules = input.ruling.rules;
    let all = [
        (rules.loyalty.is_some(), "loyalty"),
        (rules.abc.is_some(), "value"),
        (input.churn.is_some(), "churn"),
    ];
    all.iter().filter(|(there, _)| *there).map(|(_, word)| (*word).to_owned()).collect()
}

/// The strategies as the goal orders them.
fn order(goal: Goal) -> [&'static str; 6] {
    match goal {
        Goal::Retain => ["win-back", "reward", "early-access", "introduce", "upsell", "let-go"],
        Goal::Grow => ["upsell", "introduce", "early-access", "reward", "win-back", "let-go"],
        Goal::Profit => ["let-go", "early-access", "reward", "upsell", "win-back", "introduce"],
    }
}

/// Every customer's place.
fn places(input: &Acting, rules: &RuleSegments) -> Vec<Place> {
    let cuts = input.churn.and_then(|churn| {
        Some([quantile(churn, input.risk_cuts[0])?, quantile(churn, input.risk_cuts[1])?])
    });
    let code = |labels: Option<&crate::cluster::rules::RuleLabels>, row: usize| {
        labels.and_then(|labels| labels.codes().get(row).copied().flatten()).map(usize::from)
    };
    let class = |row: usize| {
        let labels = rules.abc.as_ref()?;
        let name = labels.names().get(code(Some(labels), row)?)?;
        name.bytes().next().map(|letter| usize::from(letter.saturating_sub(b'A')))
    };
    (0..input.ruling.labels.len())
        .into_par_iter()
        .map(|row| Place {
            loyalty: code(rules.loyalty.as_ref(), row).and_then(|at| {
                let name = rules.loyalty.as_ref()?.names().get(at)?;
                LOYALTY.iter().position(|word| word == name)
            }),
            value: class(row),
            band: input.churn.zip(cuts).and_then(|(churn, [low, high])| {
                let p = *churn.get(row)?;
                // Strictly above: where all are alike nobody stands out.
                (!p.is_nan()).then(|| if p > high { 0 } else { usize::from(p <= low) + 1 })
            }),
        })
        .collect()
}

/// Every customer's strategy; none of those who are gone.
fn codes(input: &Acting, places: &[Place], table: &[Vec<Fits>]) -> Vec<Option<u8>> {
    // There are few places, however many customers.
    let of_part = |(part, places): (usize, &[Place])| -> Vec<Option<u8>> {
        let mut fitting: BTreeMap<Place, Option<u8>> = BTreeMap::new();
        let mut fits = |place| *fitting.entry(place).or_insert_with(|| strategy_of(place, table));
        let each = (part * PART..).zip(places);
        each.map(|(row, &place)| if (input.gone)(row) { None } else { fits(place) }).collect()
    };
    let parts: Vec<Vec<Option<u8>>> = places.par_chunks(PART).enumerate().map(of_part).collect();
    parts.concat()
}

/// The first strategy with a line that fits.
fn strategy_of(place: Place, table: &[Vec<Fits>]) -> Option<u8> {
    let fits = |line: &Fits| {
        let word = |words: &[String], at: Option<usize>, of: &dyn Fn(usize) -> String| {
            words.is_empty() || at.is_some_and(|at| words.contains(&of(at)))
        };
        word(&line.loyalty, place.loyalty, &|at| LOYALTY[at].to_owned())
            && word(&line.value, place.value, &|at| {
                char::from(b'A'.saturating_add(u8::try_from(at).unwrap_or(25))).to_string()
            })
            && word(&line.churn, place.band, &|at| BANDS[at].to_owned())
    };
    let at = table.iter().position(|lines| lines.iter().any(fits))?;
    u8::try_from(at).ok()
}

/// The strategies that say what a segment's action and the decision about it say: a page must
/// not ask to protect a segment and plan to sell it more. All where they say nothing of it.
fn suiting(decision: &str, action: &str) -> &'static [&'static str] {
    match (decision, action) {
        ("stop", _) => &["let-go"],
        ("protect", _) | (_, "protect-first" | "hold-on" | "early") => &["win-back"],
        ("grow", _) | (_, "cheap-test" | "develop" | "grow-gently" | "grow-small") => {
            &["upsell", "introduce"]
        }
        (_, "low-cost") => &["let-go"],
        (_, "keep-cheap") => &["let-go", "upsell"],
        (_, "keep-close") => &["reward", "early-access", "win-back"],
        (_, "look-after" | "reward-loyalty-few" | "reward-referrals") => {
            &["early-access", "reward"]
        }
        (_, "stay-in-touch" | "ask-missing") => &["upsell", "introduce", "reward"],
        _ => &NAMES,
    }
}

/// Of the strategies that suit, the one with most of a segment; the first of them where none
/// has anything of it, but nothing where no strategy has.
fn chosen(counts: &[f64], suiting: &[&'static str]) -> Option<&'static str> {
    if counts.iter().all(|&count| count <= 0.0) {
        return None;
    }
    let count = |name: &str| NAMES.iter().position(|own| *own == name).map_or(0.0, |at| counts[at]);
    suiting.iter().copied().rev().max_by(|a, b| count(a).total_cmp(&count(b)))
}

/// What suits a segment and says what its action says: of that, what most of it has by value
/// where there is one, else by heads; the first of equals.
fn plan(
    input: &Acting,
    segment: usize,
    codes: &[Option<u8>],
    places: &[Place],
    worth: Option<&[f64]>,
) -> SegmentPlan {
    let row = &input.rows[segment];
    let inside =
        |at: &usize| input.ruling.labels[*at].is_some_and(|label| label as usize == segment);
    let members: Vec<usize> = (0..codes.len()).filter(inside).collect();
    let few = members.len() < input.ruling.min_cell;
    let mut counts = [0.0_f64; NAMES.len()];
    let (mut classes, mut high, mut banded) = ([0_u64; 3], 0_u64, 0_u64);
    for &at in &members {
        if let Some(code) = codes[at] {
            let weight = worth.map_or(1.0, |worth| worth[at].max(0.0));
            counts[usize::from(code)] += if weight.is_finite() { weight } else { 0.0 };
        }
        if let Some(value) = places[at].value {
            classes[value.min(2)] += 1;
        }
        if let Some(band) = places[at].band {
            banded += 1;
            high += u64::from(band == 0);
        }
    }
    let most = |counts: &[f64]| {
        let best = (0..counts.len()).rev().max_by(|&a, &b| counts[a].total_cmp(&counts[b]));
        best.filter(|&at| counts[at] > 0.0)
    };
    let kind = input.decisions.iter().find(|d| d.segment_id == row.segment_id);
    let code = row.action_codes.first().map_or("", String::as_str);
    let strategy = chosen(&counts, suiting(kind.map_or("", |d| &d.kind), code))
        .filter(|_| !few)
        .map(str::to_owned);
    let tier =
        most(&classes.map(|n| n as f64)).filter(|_| !few && input.companies).map(|at| at as u8 + 1);
    SegmentPlan {
        segment_id: row.segment_id,
        strategy,
        tier,
        at_risk: !few && banded > 0 && 2 * high > banded,
    }
}

/// Who is in no segment or in one that is too narrow.
fn overlooked(input: &Acting) -> Overlooked {
    let narrow = input.rows.iter().filter(|row| row.too_narrow).chain(input.unassigned);
    let rows: Vec<&SegmentRow> = narrow.collect();
    let customers: u64 = rows.iter().map(|row| row.customers).sum();
    let few = customers > 0 && customers < input.ruling.min_cell as u64;
    let share: Option<f64> = rows.iter().map(|row| row.value_share).sum();
    let known = input.rows.iter().any(|row| row.value_share.is_some());
    Overlooked {
        customers: (!few).then_some(customers),
        value_share: share.filter(|_| !few && known),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(loyalty: Option<usize>, value: Option<usize>, band: Option<usize>) -> Place {
        Place { loyalty, value, band }
    }

    fn found(place: Place) -> Option<&'static str> {
        found_where(&["loyalty", "value", "churn"], place)
    }

    fn found_where(known: &[&str], place: Place) -> Option<&'static str> {
        let known: Vec<String> = known.iter().map(|&what| what.to_owned()).collect();
        let table: Vec<Vec<Fits>> = NAMES.iter().map(|&name| lines(name, &known)).collect();
        strategy_of(place, &table).map(|at| NAMES[usize::from(at)])
    }

    #[test]
    fn what_alone_is_known_decides() {
        for (at, strategy) in ["win-back", "upsell", "reward"].into_iter().enumerate() {
            assert_eq!(found_where(&["churn"], place(None, None, Some(at))), Some(strategy));
        }
        for (at, strategy) in ["early-access", "reward", "upsell"].into_iter().enumerate() {
            assert_eq!(found_where(&["value"], place(None, Some(at), None)), Some(strategy));
        }
    }

    #[test]
    fn each_strategy_suits_whom_it_should() {
        assert_eq!(found(place(Some(0), Some(2), None)), Some("introduce"));
        assert_eq!(found(place(Some(4), Some(0), None)), Some("win-back"));
        assert_eq!(found(place(None, Some(1), Some(0))), Some("win-back"));
        assert_eq!(found(place(Some(1), Some(0), Some(2))), Some("early-access"));
        assert_eq!(found(place(Some(4), Some(2), None)), Some("let-go"));
        assert_eq!(found(place(None, Some(2), Some(0))), Some("let-go"));
        assert_eq!(found(place(Some(1), Some(2), None)), Some("reward"));
        assert_eq!(found(place(Some(2), Some(2), None)), Some("upsell"));
        assert_eq!(found(place(None, None, None)), None);
    }

    #[test]
    fn whoever_is_known_in_all_ways_has_a_strategy() {
        for loyalty in 0..5 {
            for value in 0..3 {
                for band in 0..3 {
                    let place = place(Some(loyalty), Some(value), Some(band));
                    assert!(found(place).is_some(), "{place:?}");
                    assert!(found(Place { loyalty: None, ..place }).is_some(), "{place:?}");
                }
            }
        }
    }

    #[test]
    fn a_segment_has_one_thing_to_do() {
        // Most of the value is to be sold more, some is to be thanked.
        let counts = [0.0, 0.0, 0.0, 0.0, 30.0, 70.0];
        let of = |decision, action| chosen(&counts, suiting(decision, action));
        assert_eq!(of("", "own-message"), Some("upsell"));
        assert_eq!(of("protect", "hold-on"), Some("win-back"));
        assert_eq!(of("stop", "keep-cheap"), Some("let-go"));
        assert_eq!(of("grow", "develop"), Some("upsell"));
        assert_eq!(of("", "low-cost"), Some("let-go"));
        assert_eq!(of("", "reward-loyalty-few"), Some("reward"));
        assert_eq!(of("", "keep-cheap"), Some("upsell"));
        assert_eq!(chosen(&[0.0; 6], suiting("protect", "hold-on")), None);
    }

    #[test]
    fn a_wrong_table_is_named() {
        let mut actions = Actions::new();
        actions.insert("bribe".to_owned(), OwnStrategy::default());
        assert_eq!(wrong(&actions).unwrap().0, "actions.bribe");
        let fits = Fits { churn: vec!["huge".to_owned()], ..Fits::default() };
        let own = OwnStrategy { fits: Some(vec![fits]), ..OwnStrategy::default() };
        let actions = Actions::from([("reward".to_owned(), own)]);
        assert_eq!(wrong(&actions).unwrap().0, "actions.reward.for");
        assert_eq!(wrong(&Actions::new()), None);
    }
}
