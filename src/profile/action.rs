//! One suggested action per segment, from how much its customers are worth, how likely
//! they are to leave, and what sets them apart. No two segments of a run share the text.
//!
//! A suggestion says who is likely to leave, never who will be saved: that is what the
//! held-out customers are for.

use std::collections::BTreeSet;

use crate::results::SegmentRow;

use super::portrait::{OutcomeWords, clause};
use super::wording::{number, percent};

/// A figure from this multiple of the average on is high; its inverse is low.
const APART: f64 = 1.2;

/// How a segment's figure stands against the average.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    High,
    Middle,
    Low,
    Unknown,
}

fn level(here: Option<f64>, all: Option<f64>) -> Level {
    match (here, all) {
        (Some(here), Some(all)) if all > 0.0 => {
            if here >= APART * all {
                Level::High
            } else if here * APART <= all {
                Level::Low
            } else {
                Level::Middle
            }
        }
        _ => Level::Unknown,
    }
}

/// The averages that segments are compared with.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Averages {
    /// Mean value per customer.
    pub(crate) value: Option<f64>,
    /// Mean churn probability of those who have not left.
    pub(crate) churn: Option<f64>,
    /// Observed share with the outcome.
    pub(crate) observed: Option<f64>,
}

/// A segment's churn figure and the average it belongs to: the probability where there
/// is one, else what was observed.
fn churn_of(row: &SegmentRow, averages: &Averages) -> (Option<f64>, Option<f64>) {
    match row.churn_mean {
        Some(mean) => (Some(mean), averages.churn),
        None => (row.churn_observed, averages.observed),
    }
}

/// Writes `action` and `action_why` of every segment. `focus` holds what sets each
/// segment apart, such as `long tenure`, strongest first.
pub(crate) fn suggest(
    rows: &mut [SegmentRow],
    focus: &[Vec<String>],
    averages: &Averages,
    words: OutcomeWords,
) {
    let names: Vec<String> = rows.iter().map(|row| row.segment.clone()).collect();
    let mut taken = BTreeSet::new();
    for (at, row) in rows.iter_mut().enumerate() {
        let texts = texts(row, &focus[at], &names, averages, words);
        let free = texts.iter().find(|text| !taken.contains(*text)).cloned();
        // Ids differ, so a text with the id is always free.
        let text = free.unwrap_or_else(|| {
            format!("{} (segment {})", texts.first().map_or("", String::as_str), row.segment_id)
        });
        taken.insert(text.clone());
        row.action_codes = codes(&text);
        row.action = text;
        row.action_why = why(row, averages, words);
    }
}

/// The codes of the messages that an action begins with and ends in; what marks a segment
/// is in its profile in every language.
pub(super) fn codes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (beginning, code) in BEGINNINGS {
        if text.starts_with(beginning) {
            found.push(code.to_owned());
            break;
        }
    }
    found.extend(HINTS.iter().find(|(hint, _)| text.ends_with(hint)).map(|(_, c)| (*c).to_owned()));
    found
}

/// What actions begin with, the longer first where one begins another.
const BEGINNINGS: [(&str, &str); 21] = [
    ("Too narrow for a campaign of its own", "too-narrow"),
    ("Protect first: ", "protect-first"),
    ("Keep close: ", "keep-close"),
    ("Reward loyalty: thank them, and call", "reward-loyalty-few"),
    ("Reward loyalty: ", "reward-referrals"),
    ("Look after the best customers: ", "look-after"),
    ("Retain: ", "hold-on"),
    ("Stay in touch: useful", "stay-in-touch"),
    ("Stay in touch: ", "ask-missing"),
    ("Grow gently: ", "grow-gently"),
    ("Grow: ", "grow-small"),
    ("Develop: ", "develop"),
    ("Low-cost messages only: ", "low-cost"),
    ("Keep it cheap: ", "keep-cheap"),
    ("Keep it cheap and test", "cheap-test"),
    ("Act early: ", "early"),
    ("Test a message of its own", "own-message"),
    ("Start here: ", "start-here"),
    ("Leave them out of this campaign", "leave-out"),
    ("Contact last: ", "contact-last"),
    ("Contact within the budget", "contact-budget"),
];

/// What actions end in.
const HINTS: [(&str, &str); 12] = [
    ("ask what they will need next", "ask-next"),
    ("remind them once, and stop if nothing comes back", "remind-once"),
    ("settle what is owed before any offer", "settle"),
    ("solve what they wrote in about first", "solve"),
    ("ask what went wrong first", "ask-wrong"),
    ("ask why goods come back", "ask-returns"),
    ("help them through the first months", "first-months"),
    ("offer a longer contract", "longer-contract"),
    ("test smaller discounts", "smaller-discounts"),
    ("show them what they do not use yet", "show-unused"),
    ("reach them on the site or in the app", "reach-site"),
    ("suggest a second product", "second-product"),
];

/// The texts a segment could have, best first.
fn texts(
    row: &SegmentRow,
    focus: &[String],
    names: &[String],
    averages: &Averages,
    words: OutcomeWords,
) -> Vec<String> {
    if row.too_narrow {
        let partner = row.merge_with.and_then(|id| names.get(id as usize - 1));
        return vec![partner.map_or_else(
            || "Too narrow for a campaign of its own".to_owned(),
            |name| {
                format!(
                    "Too narrow for a campaign of its own: treat {} as part of “{name}”",
                    row.segment
                )
            },
        )];
    }
    let value = level(row.value_per_customer, averages.value);
    let (churn, base) = churn_of(row, averages);
    let what = if words.is_churn {
        what_to_do(value, level(churn, base))
    } else {
        what_to_offer(value, level(churn, base), words)
    };
    // What is known of them makes the best message; else what sets them apart does.
    let mut texts: Vec<String> = focus
        .iter()
        .take(3)
        .filter_map(|phrase| hint(phrase, value))
        .map(|hint| format!("{what}; {hint}"))
        .collect();
    let mut counts: Vec<usize> = (1..=focus.len().min(4)).collect();
    if counts.len() > 1 {
        // Two traits make the better message where both are there.
        counts.swap(0, 1);
    }
    texts.extend(
        counts.iter().map(|&n| format!("{what}; what marks them: {}", focus[..n].join(", "))),
    );
    if texts.is_empty() {
        texts.push(what);
    }
    texts
}

/// What a trait such as `short tenure` asks for; `None` where it asks for nothing.
fn hint(phrase: &str, value: Level) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| phrase.contains(word));
    let more = ["many ", "high ", "long "].iter().any(|word| phrase.starts_with(word));
    let less = ["few ", "low ", "short "].iter().any(|word| phrase.starts_with(word));
    Some(match phrase {
        _ if phrase.starts_with("long since") && matches!(value, Level::High | Level::Middle) => {
            "ask what they will need next"
        }
        _ if phrase.starts_with("long since") => "remind them once, and stop if nothing comes back",
        _ if more && has(&["late payment", "overdue", "arrears"]) => {
            "settle what is owed before any offer"
        }
        _ if more && has(&["support", "complaint", "ticket"]) => {
            "solve what they wrote in about first"
        }
        _ if less && has(&["nps", "NPS", "satisfaction", "rating"]) => "ask what went wrong first",
        _ if more && has(&["returns", "refunds"]) => "ask why goods come back",
        _ if less && phrase.ends_with("tenure") => "help them through the first months",
        _ if has(&["month-to-month contract", "monthly contract"]) => "offer a longer contract",
        _ if more && has(&["discount", "deals"]) => "test smaller discounts",
        _ if less && has(&["logins", "usage"]) => "show them what they do not use yet",
        _ if more && has(&["logins", "visits"]) => "reach them on the site or in the app",
        "few products" => "suggest a second product",
        _ => return None,
    })
}

/// For customers of some value who may leave.
pub(super) const HOLD_ON: &str = "Retain: an offer to stay to those most likely to leave";
/// For customers who could bring more.
pub(super) const DEVELOP: &str = "Develop: test one suggestion for a next product";
/// For customers who bring little.
pub(super) const KEEP_CHEAP: &str = "Keep it cheap: automated messages, no discount";

fn what_to_do(value: Level, churn: Level) -> String {
    use Level::{High, Low, Middle, Unknown};
    match (value, churn) {
        (High, High) => "Protect first: a personal call with a reason to stay",
        (High, Middle) => "Keep close: a regular personal contact and early renewal",
        (High, Low) => "Reward loyalty: thank them, and call only the few who may leave",
        (High, Unknown) => "Look after the best customers: personal service before discounts",
        (Middle, High) => HOLD_ON,
        (Middle, Middle) => "Stay in touch: useful news and a small test offer",
        (Middle, Low) => "Grow gently: suggest the next product",
        (Middle, Unknown) => DEVELOP,
        (Low, High) => "Low-cost messages only: find out why they are likely to leave",
        (Low, Middle) => KEEP_CHEAP,
        (Low, Low) => "Grow: loyal but small, offer an upgrade or an add-on",
        (Low, Unknown) => "Keep it cheap and test which offer raises their value",
        (Unknown, High) => "Act early: an offer to stay to those most likely to leave",
        (Unknown, Middle) => "Stay in touch: ask what they miss",
        (Unknown, Low) => "Reward loyalty: thank them and ask for referrals",
        (Unknown, Unknown) => "Test a message of its own",
    }
    .to_owned()
}

fn what_to_offer(value: Level, outcome: Level, words: OutcomeWords) -> String {
    match (outcome, value) {
        (Level::High, _) => format!("Start here: most {}", words.likely()),
        (Level::Low, Level::High) => {
            "Leave them out of this campaign but look after them: they are worth much".to_owned()
        }
        (Level::Low, _) => format!("Contact last: least {}", words.likely()),
        (Level::Middle, _) => "Contact within the budget, and test two messages".to_owned(),
        (Level::Unknown, Level::High) => {
            "Look after the best customers: personal service before discounts".to_owned()
        }
        (Level::Unknown, Level::Low) => {
            "Keep it cheap and test which offer raises their value".to_owned()
        }
        (Level::Unknown, _) => "Test a message of its own".to_owned(),
    }
}

/// The figures behind the action.
fn why(row: &SegmentRow, averages: &Averages, words: OutcomeWords) -> String {
    let mut parts = Vec::new();
    if let (Some(here), Some(all)) = (row.value_per_customer, averages.value)
        && all > 0.0
    {
        parts.push(if here >= 2.0 * all {
            format!("value per customer is {} times the average", number(here / all))
        } else {
            format!("value per customer is {} of the average", percent(here / all))
        });
    }
    match (churn_of(row, averages), row.churn_mean.is_some()) {
        ((Some(here), Some(all)), true) => parts.push(format!(
            "the chance of {} is {} on average, against {} over all segments",
            words.event(),
            percent(here),
            percent(all)
        )),
        ((Some(here), Some(all)), false) => parts.push(format!(
            "{} {} against {} over all segments",
            percent(here),
            words.happened(),
            percent(all)
        )),
        _ => {}
    }
    if row.too_narrow {
        parts.push(format!("only {} of all customers", percent(row.share)));
    } else if parts.is_empty()
        && let Some(first) = row.traits.first()
    {
        parts.push(clause(first, true));
    }
    if parts.is_empty() {
        "no value, no outcome and no trait to go by".to_owned()
    } else {
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::testing::segment_row;

    #[test]
    fn no_two_segments_share_an_action() {
        for k in 2..=12_u32 {
            for variant in 0..4 {
                let mut rows: Vec<SegmentRow> = (1..=k).map(segment_row).collect();
                for row in &mut rows {
                    if variant == 1 {
                        row.too_narrow = true;
                        row.merge_with = Some(if row.segment_id == 1 { 2 } else { 1 });
                    }
                    row.value_per_customer = (variant == 2).then_some(5.0);
                }
                let focus: Vec<Vec<String>> = rows
                    .iter()
                    .map(|_| if variant == 3 { vec![] } else { vec!["long tenure".to_owned()] })
                    .collect();
                let averages = Averages { value: Some(5.0), churn: None, observed: None };
                let words = OutcomeWords { is_churn: true, name: "Churn" };
                suggest(&mut rows, &focus, &averages, words);
                let texts: BTreeSet<&str> = rows.iter().map(|row| row.action.as_str()).collect();
                assert_eq!(texts.len(), rows.len());
            }
        }
    }

    #[test]
    fn what_is_known_of_a_segment_is_in_its_action() {
        let mut rows: Vec<SegmentRow> = (1..=3).map(segment_row).collect();
        let focus = vec![
            vec!["low spend".to_owned(), "long since last order".to_owned()],
            vec!["few late payments".to_owned(), "short tenure".to_owned()],
            vec!["many seats".to_owned()],
        ];
        let words = OutcomeWords { is_churn: true, name: "" };
        suggest(&mut rows, &focus, &Averages::default(), words);
        assert!(rows[0].action.ends_with("; remind them once, and stop if nothing comes back"));
        assert!(rows[1].action.ends_with("; help them through the first months"));
        assert!(rows[2].action.ends_with("; what marks them: many seats"));
    }

    #[test]
    fn no_action_promises_or_explains() {
        use Level::{High, Low, Middle, Unknown};
        for value in [High, Middle, Low, Unknown] {
            for churn in [High, Middle, Low, Unknown] {
                let text = what_to_do(value, churn).to_lowercase();
                assert_eq!(codes(&what_to_do(value, churn)).len(), 1, "{text}");
                for word in ["cause", "will be saved", "will stay", "save "] {
                    assert!(!text.contains(word), "{text}");
                }
            }
        }
    }
}
