//! Names in plain words, distinct within a run. Every word rests on a trait of the
//! segment: `high` needs a higher median than the others have, a level needs at least
//! 60 % of the segment and more than among the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::FeatureTable;

use super::drivers::Driver;
use super::measure::Kind;
use super::wording::{LASTING, capitalise, named, one_line, topic};

/// Effects below this make no name: about Cliff's usual mark for small.
const NAMEABLE: f64 = 0.15;
/// The share of a segment that a level needs before the segment is called by it.
const MOST: f64 = 0.60;
/// How much of its weight a trait keeps that says what a segment lacks.
const LACKS: f64 = 0.7;
/// Longer names than this, in characters, do not fit beside a bar.
const LONGEST: usize = 42;
/// The name of customers in no segment.
pub(crate) const UNASSIGNED: &str = "Unassigned";
/// The name of a segment that differs in nothing.
const AVERAGE: &str = "Close to average";
/// Levels that say nothing without their column.
const BARE: [&str; 16] = [
    "high", "low", "medium", "good", "bad", "none", "other", "never", "always", "often", "rarely",
    "some", "many", "few", "unknown", "average",
];

/// A phrase such as `long tenure` and the trait that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    /// The words.
    pub(crate) text: String,
    /// The column's position in the feature table.
    pub(crate) column: usize,
}

/// The phrases a segment may be named by: columns that made the segments first, then
/// the strongest.
pub(crate) fn phrases(table: &FeatureTable, drivers: &[Driver]) -> Vec<Phrase> {
    let subjects = subjects(table);
    let mut found: Vec<(bool, f64, Phrase)> = drivers
        .iter()
        .filter(|driver| driver.cell.effect.abs() >= NAMEABLE)
        .filter_map(|driver| {
            let column = driver.feature.column;
            let whole = table.columns()[column].decimals == 0;
            let text = phrase(&subjects[column], whole, driver)?;
            // What a segment lacks says less than what it has.
            let lacks = text.starts_with("no ") || text.starts_with("not ");
            let weight = driver.cell.effect.abs() * if lacks { LACKS } else { 1.0 };
            Some((!driver.in_base, weight, Phrase { text, column }))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let mut seen = BTreeSet::new();
    let phrases = found.into_iter().map(|(_, _, phrase)| phrase);
    phrases.filter(|phrase| seen.insert(phrase.text.to_lowercase())).take(10).collect()
}

/// What each column is about in few words; the full name where two would read alike.
fn subjects(table: &FeatureTable) -> Vec<String> {
    let columns = table.columns();
    let short: Vec<String> =
        columns.iter().map(|column| topic(&column.name, column.unit.as_deref())).collect();
    let alike = |name: &String| short.iter().filter(|other| *other == name).count() > 1;
    columns
        .iter()
        .zip(&short)
        .map(|(column, name)| {
            let full = || named(&column.name, column.unit.as_deref()).0;
            if alike(name) { full() } else { name.clone() }
        })
        .collect()
}

/// `Segment 3`, for a segment of this id that may not be described.
pub(crate) fn only_number(id: u32) -> Vec<Phrase> {
    vec![Phrase { text: format!("segment {id}"), column: usize::MAX }]
}

fn phrase(name: &str, whole: bool, driver: &Driver) -> Option<String> {
    if let Some((place, group)) = driver.place {
        // To be in the midst of the others says something only of segments made of places.
        return place.phrase(group).filter(|said| driver.in_base || said != "in the middle");
    }
    let cell = &driver.cell;
    if name.chars().count() > 40 {
        return None;
    }
    match &driver.feature.kind {
        Kind::Number => {
            let apart = cell.here.total_cmp(&cell.rest).then(
                // Medians that tie, often at zero, leave the word to the means.
                cell.mean_here.total_cmp(&cell.mean_rest),
            );
            let up = cell.effect > 0.0;
            let true_word = if up { apart.is_gt() } else { apart.is_lt() };
            true_word.then(|| size_word(name, up, whole))
        }
        Kind::Yes { yes, .. } if cell.effect > 0.0 => {
            (cell.here >= MOST).then(|| level_word(name, yes).unwrap_or_else(|| name.to_owned()))
        }
        Kind::Yes { no, .. } => {
            (1.0 - cell.here >= MOST).then(|| level_word(name, no).unwrap_or_else(|| negated(name)))
        }
        Kind::Level { name: level, .. } => {
            if cell.effect <= 0.0 || cell.here < MOST {
                return None;
            }
            level_word(name, level).or_else(|| Some(name.to_owned()))
        }
    }
}

/// `long tenure`, `many products`, `older`, `high balance`. `whole`: the column holds
/// whole numbers, so what stands in the plural is counted.
fn size_word(name: &str, up: bool, whole: bool) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let counted = match words.as_slice() {
        ["num" | "number" | "count" | "n", "of", rest @ ..]
        | ["num" | "number" | "count", rest @ ..]
            if !rest.is_empty() =>
        {
            Some(rest.join(" "))
        }
        _ => None,
    };
    if let Some(counted) = counted {
        return format!("{} {counted}", if up { "many" } else { "few" });
    }
    if words == ["age"] {
        return if up { "older" } else { "younger" }.to_owned();
    }
    if let ["days" | "weeks" | "months" | "years" | "time", "since", rest @ ..] = words.as_slice()
        && !rest.is_empty()
    {
        let event = rest.join(" ");
        return if up {
            format!("long since {event}")
        } else {
            format!("recent {}", event.strip_prefix("last ").unwrap_or(&event))
        };
    }
    if is_counted(&words, whole) {
        return format!("{} {name}", if up { "many" } else { "few" });
    }
    let lasting = words.last().is_some_and(|word| LASTING[..2].contains(word));
    match (lasting, up) {
        (true, true) => format!("long {name}"),
        (true, false) => format!("short {name}"),
        (false, true) => format!("high {name}"),
        (false, false) => format!("low {name}"),
    }
}

/// Words that begin a measure of many things rather than their count.
const MEASURES: [&str; 8] =
    ["average", "mean", "minimum", "maximum", "min", "max", "share", "total"];
/// Plurals that are money.
const MONEY: [&str; 9] =
    ["charges", "sales", "earnings", "savings", "costs", "fees", "expenses", "revenues", "prices"];

/// Whether a name such as `support tickets` or `orders in 12 months` counts things.
fn is_counted(words: &[&str], whole: bool) -> bool {
    let head = words
        .iter()
        .position(|word| ["of", "per", "in", "at", "for", "since"].contains(word))
        .map_or(words, |at| &words[..at]);
    let (Some(first), Some(last)) = (head.first(), head.last()) else { return false };
    if MEASURES.contains(first) || MONEY.contains(last) {
        return false;
    }
    let plural = last.len() > 3
        && last.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    plural && (whole || ["hours", "minutes", "days"].contains(last))
}

/// Whether a level says no.
pub(crate) fn is_no(level: &str) -> bool {
    ["no", "n", "false", "0"].contains(&level.to_lowercase().as_str())
}

fn is_yes(level: &str) -> bool {
    ["yes", "y", "true", "1"].contains(&level.to_lowercase().as_str())
}

/// Single words that are adjectives, beside those that end like one.
const ADJECTIVES: [&str; 24] = [
    "yummy",
    "tasty",
    "greasy",
    "healthy",
    "spicy",
    "salty",
    "happy",
    "easy",
    "busy",
    "friendly",
    "cheap",
    "fast",
    "slow",
    "fresh",
    "new",
    "active",
    "loyal",
    "convenient",
    "married",
    "single",
    "retired",
    "urban",
    "fattening",
    "disgusting",
];

fn is_adjective(name: &str) -> bool {
    let ends = ["ive", "able", "ible", "ful", "ous"];
    ADJECTIVES.contains(&name) || ends.iter().any(|end| name.ends_with(end) && !name.contains(' '))
}

/// `no internet service`; `not active member` for `is active member`; `not tasty`.
fn negated(name: &str) -> String {
    match name.split_once(' ') {
        Some(("has" | "have", rest)) => format!("no {rest}"),
        Some(("is", rest)) => format!("not {rest}"),
        _ if is_adjective(name) => format!("not {name}"),
        _ => format!("no {name}"),
    }
}

/// Columns whose levels need the noun beside them: `monthly contract`, `Basic plan`.
const NOUNS: [&str; 8] =
    ["contract", "plan", "tariff", "package", "subscription", "membership", "tier", "policy"];

/// `internet service DSL`; `phone service` and `no phone service` for yes and no.
pub(crate) fn with_level(name: &str, level: &str) -> String {
    let level = one_line(level);
    if ["no", "false"].contains(&level.to_lowercase().as_str()) {
        return negated(name);
    }
    if ["yes", "true"].contains(&level.to_lowercase().as_str()) {
        return match name.split_once(' ') {
            Some(("has" | "have" | "is", rest)) => rest.to_owned(),
            _ => name.to_owned(),
        };
    }
    format!("{name} {}", statement(&level).unwrap_or(level))
}

/// A statement with the points it stands for: `“I hate it”` for `I hate it!-5`.
fn statement(level: &str) -> Option<String> {
    let words = level.trim_end_matches(|c: char| c.is_ascii_digit());
    let words = words.trim_end_matches(['+', '-', ' ']);
    let said = words.trim_end_matches(['!', '.', '?']);
    (said.len() < words.len() && said.contains(' ')).then(|| format!("“{said}”"))
}

/// `monthly contract` for the level `Monthly` of the column `contract type`.
fn with_noun(name: &str, level: &str) -> Option<String> {
    let name = name.strip_suffix(" type").or(name.strip_suffix(" name")).unwrap_or(name);
    let noun = name.rsplit(' ').next().filter(|noun| NOUNS.contains(noun))?;
    if level.to_lowercase().contains(noun) {
        return None;
    }
    let mut letters = level.chars();
    let first = letters.next()?;
    // Terms of a contract are ordinary words, plans are names.
    let plain = noun == "contract" && letters.as_str().chars().all(|c| !c.is_uppercase());
    let first = if plain { first.to_lowercase().to_string() } else { first.to_string() };
    Some(format!("{first}{} {noun}", letters.as_str()))
}

/// The level as it is spelt where it speaks for itself, with its column where it does
/// not; `None` where the column's name says it (yes).
fn level_word(name: &str, level: &str) -> Option<String> {
    let level = one_line(level);
    let lower = level.to_lowercase();
    if is_yes(&level) {
        return match name.split_once(' ') {
            Some(("has" | "have" | "is", rest)) => Some(rest.to_owned()),
            _ => None,
        };
    }
    let speaks = level.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && level.split_whitespace().count() <= 4
        && !BARE.contains(&lower.as_str());
    if is_no(&level) {
        return Some(negated(name));
    }
    if let Some(statement) = statement(&level) {
        return Some(statement);
    }
    if speaks {
        return with_noun(name, &level).or(Some(level));
    }
    if BARE.contains(&lower.as_str()) {
        return Some(format!("{lower} {name}"));
    }
    Some(format!("{name} {level}"))
}

/// A name for each segment by position; `given` names by `id` win. Two names never hold
/// the same traits, in whatever order.
pub(crate) fn names_of(
    phrases: &[Vec<Phrase>],
    given: &BTreeMap<String, String>,
    id: &dyn Fn(usize) -> u32,
) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::from([key(UNASSIGNED)]);
    let mut names: Vec<Option<String>> = vec![None; phrases.len()];
    for (segment, slot) in names.iter_mut().enumerate() {
        let name = given.get(&id(segment).to_string()).map(|name| one_line(name.trim()));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let name = if taken.contains(&key(&name)) {
                format!("{name}, segment {}", id(segment))
            } else {
                name
            };
            taken.insert(key(&name));
            *slot = Some(name);
        }
    }
    let mut used = BTreeSet::new();
    for (segment, slot) in names.iter_mut().enumerate() {
        if slot.is_some() {
            continue;
        }
        let options = options(&phrases[segment], &used);
        let free = options.iter().find(|name| !taken.contains(&key(name)));
        let name = free.cloned().unwrap_or_else(|| {
            let first = options.first().map_or(AVERAGE, String::as_str);
            (0..=taken.len())
                .map(|i| format!("{first}, segment {}", id(segment) as usize + i * phrases.len()))
                .find(|name| !taken.contains(&key(name)))
                .unwrap_or_default()
        });
        taken.insert(key(&name));
        used.extend(name.split(", ").map(str::to_lowercase));
        *slot = Some(name);
    }
    names.into_iter().flatten().collect()
}

/// The same for names of the same parts.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut parts: Vec<&str> = lower.split(", ").collect();
    parts.sort_unstable();
    parts.join(", ")
}

/// The names a segment could have, best first: two strong traits that say different
/// things and that no other segment is called by; one trait; three; long ones last.
fn options(phrases: &[Phrase], used: &BTreeSet<String>) -> Vec<String> {
    let n = phrases.len();
    if n == 0 {
        return vec![AVERAGE.to_owned()];
    }
    let worn = |at: usize| 2 * usize::from(used.contains(&phrases[at].text.to_lowercase()));
    let mut picks: Vec<(usize, Vec<usize>)> = Vec::new();
    for i in 0..n {
        picks.push((2 * i + 5 + worn(i), vec![i]));
        for j in i + 1..n {
            let again = 4 * usize::from(alike(&phrases[i].text, &phrases[j].text));
            picks.push((i + j + worn(i) + worn(j) + again, vec![i, j]));
        }
    }
    picks.extend((2..n).map(|last| (20 + last, vec![0, 1, last])));
    let mut names: Vec<(usize, String)> = picks
        .into_iter()
        .map(|(cost, pick)| {
            let parts: Vec<&str> = pick.iter().map(|&at| phrases[at].text.as_str()).collect();
            let name = capitalise(&parts.join(", "));
            let long = if name.chars().count() > LONGEST { 40 } else { 0 };
            (cost + long, name)
        })
        .collect();
    names.sort_by_key(|(cost, _)| *cost);
    names.into_iter().map(|(_, name)| name).collect()
}

/// Whether two phrases speak of the same thing: `many purchases` and `high purchases
/// frequency`.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let all = text.split(' ').skip(1).filter(|word| word.len() > 3);
        all.map(str::to_owned).collect()
    };
    !words(a).is_disjoint(&words(b))
}

#[cfg(test)]
mod tests;
