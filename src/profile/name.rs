//! Names in plain words, distinct within a run. Every word rests on a trait of the
//! segment: `high` needs a higher median than the others have, a level needs at least
//! 60 % of the segment and more than among the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::FeatureTable;

use super::drivers::Driver;
use super::measure::Kind;
use super::wording::{capitalise, humanise, one_line};

/// Effects below this make no name: about Cliff's usual mark for small.
const NAMEABLE: f64 = 0.15;
/// The share of a segment that a level needs before the segment is called by it.
const MOST: f64 = 0.60;
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
    let mut order: Vec<&Driver> =
        drivers.iter().filter(|driver| driver.cell.effect.abs() >= NAMEABLE).collect();
    order.sort_by_key(|driver| !driver.in_base);
    let mut seen = BTreeSet::new();
    order
        .into_iter()
        .filter_map(|driver| {
            let text = phrase(&table.columns()[driver.feature.column].name, driver)?;
            let column = driver.feature.column;
            seen.insert(text.to_lowercase()).then_some(Phrase { text, column })
        })
        .take(10)
        .collect()
}

fn phrase(column: &str, driver: &Driver) -> Option<String> {
    let (name, cell) = (humanise(column), &driver.cell);
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
            true_word.then(|| size_word(&name, up))
        }
        Kind::Yes { yes, .. } if cell.effect > 0.0 => {
            (cell.here >= MOST).then(|| level_word(&name, yes).unwrap_or(name))
        }
        Kind::Yes { no, .. } => (1.0 - cell.here >= MOST)
            .then(|| level_word(&name, no).unwrap_or_else(|| negated(&name))),
        Kind::Level { name: level, .. } => {
            if cell.effect <= 0.0 || cell.here < MOST {
                return None;
            }
            level_word(&name, level).or(Some(name))
        }
    }
}

/// `long tenure`, `many products`, `older`, `high balance`.
fn size_word(name: &str, up: bool) -> String {
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
    let lasting = words.last().is_some_and(|word| ["tenure", "duration"].contains(word));
    match (lasting, up) {
        (true, true) => format!("long {name}"),
        (true, false) => format!("short {name}"),
        (false, true) => format!("high {name}"),
        (false, false) => format!("low {name}"),
    }
}

fn is_no(level: &str) -> bool {
    ["no", "n", "false", "0"].contains(&level.to_lowercase().as_str())
}

fn is_yes(level: &str) -> bool {
    ["yes", "y", "true", "1"].contains(&level.to_lowercase().as_str())
}

/// `no internet service`; `not active member` for `is active member`.
fn negated(name: &str) -> String {
    match name.split_once(' ') {
        Some(("has" | "have", rest)) => format!("no {rest}"),
        Some(("is", rest)) => format!("not {rest}"),
        _ => format!("no {name}"),
    }
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
    if speaks {
        return Some(level);
    }
    if BARE.contains(&lower.as_str()) {
        return Some(format!("{lower} {name}"));
    }
    Some(format!("{name} {level}"))
}

/// A name for each segment in order of id; `given` names by id win. `phrases` holds
/// none for a segment that is too small to be described.
pub(crate) fn names(phrases: &[Vec<Phrase>], given: &BTreeMap<String, String>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::from([UNASSIGNED.to_lowercase()]);
    let mut names: Vec<Option<String>> = vec![None; phrases.len()];
    for (segment, slot) in names.iter_mut().enumerate() {
        let name = given.get(&(segment + 1).to_string()).map(|name| one_line(name.trim()));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let name = if taken.contains(&name.to_lowercase()) {
                format!("{name}, segment {}", segment + 1)
            } else {
                name
            };
            taken.insert(name.to_lowercase());
            *slot = Some(name);
        }
    }
    for (segment, slot) in names.iter_mut().enumerate() {
        if slot.is_some() {
            continue;
        }
        let options = options(&phrases[segment]);
        let free = options.iter().find(|name| !taken.contains(&name.to_lowercase()));
        let name = free.cloned().unwrap_or_else(|| {
            let first = options.first().map_or(AVERAGE, String::as_str);
            (0..)
                .map(|i| format!("{first}, segment {}", segment + 1 + i * phrases.len()))
                .find(|name| !taken.contains(&name.to_lowercase()))
                .unwrap_or_default()
        });
        taken.insert(name.to_lowercase());
        *slot = Some(name);
    }
    names.into_iter().flatten().collect()
}

/// The names a segment could have, best first: two traits in at most five words, one
/// trait in two to five, three traits, two long ones, one.
fn options(phrases: &[Phrase]) -> Vec<String> {
    let n = phrases.len();
    if n == 0 {
        return vec![AVERAGE.to_owned()];
    }
    let join = |picks: &[usize]| {
        let parts: Vec<&str> = picks.iter().map(|&at| phrases[at].text.as_str()).collect();
        capitalise(&parts.join(", "))
    };
    let mut pairs: Vec<[usize; 2]> =
        (0..n).flat_map(|i| (i + 1..n).map(move |j| [i, j])).collect();
    pairs.sort_by_key(|[i, j]| (i + j, *i));
    let short = |name: &String| (2..=5).contains(&name.split_whitespace().count());
    let two: Vec<String> = pairs.iter().map(|pair| join(pair)).collect();
    let one: Vec<String> = (0..n).map(|at| join(&[at])).collect();
    let three = (2..n).map(|last| join(&[0, 1, last]));
    let mut all: Vec<String> = Vec::new();
    // A name on the strongest trait comes before one that leaves it out.
    let with_first = pairs.iter().zip(&two).filter(|(pair, _)| pair[0] == 0).map(|(_, name)| name);
    all.extend(with_first.filter(|name| short(name)).cloned());
    all.extend(one.first().filter(|name| short(name)).cloned());
    all.extend(two.iter().filter(|name| short(name)).cloned());
    all.extend(one.iter().filter(|name| short(name)).cloned());
    all.extend(three);
    all.extend(two);
    all.extend(one);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str, column: usize) -> Phrase {
        Phrase { text: text.to_owned(), column }
    }

    #[test]
    fn two_segments_never_share_a_name() {
        let same = vec![phrase("long tenure", 0), phrase("high total charges", 1)];
        let all = vec![same.clone(), same.clone(), same, vec![], vec![], vec![]];
        let names = names(&all, &BTreeMap::new());
        assert_eq!(names[0], "Long tenure, high total charges");
        assert_eq!(names[1], "Long tenure");
        assert_eq!(names[3], "Close to average");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 6);
    }

    #[test]
    fn names_from_the_user_win() {
        let given = BTreeMap::from([
            ("2".to_owned(), "Champions".to_owned()),
            ("3".to_owned(), "champions".to_owned()),
            ("1".to_owned(), "Unassigned".to_owned()),
        ]);
        let all = vec![vec![phrase("champions", 0)]; 4];
        let names = names(&all, &given);
        assert_eq!(names[1], "Champions");
        assert_eq!(names.iter().map(|n| n.to_lowercase()).collect::<BTreeSet<_>>().len(), 4);
        assert_ne!(names[0], "Unassigned");
    }

    #[test]
    fn levels_speak_for_themselves_where_they_can() {
        assert_eq!(level_word("contract", "Month-to-month").unwrap(), "Month-to-month");
        assert_eq!(level_word("internet service", "No").unwrap(), "no internet service");
        assert_eq!(level_word("education", "3").unwrap(), "education 3");
        assert_eq!(level_word("risk", "High").unwrap(), "high risk");
        assert_eq!(level_word("partner", "Yes"), None);
        assert_eq!(negated("is active member"), "not active member");
        assert_eq!(size_word("num of products", false), "few products");
        assert_eq!(size_word("tenure", true), "long tenure");
    }
}
