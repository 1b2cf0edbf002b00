//! Names in plain words, distinct within a run. Every word rests on a trait of the
//! segment: `high` needs a higher median than the others have, a level needs at least
//! 60 % of the segment and more than among the others.

mod said;
mod twins;

use std::collections::{BTreeMap, BTreeSet};

use crate::table::FeatureTable;

use super::drivers::Driver;
use super::measure::Kind;
use super::wording::{capitalise, named, one_line, topic};
use crate::results::NamePart;
pub(crate) use said::{Said, is_no, with_level};
use said::{level_word, negated, size_word};
pub(crate) use twins::Twins;

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
/// A phrase such as `long tenure` and the trait that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    /// The words.
    pub(crate) text: String,
    /// The same as a word and what it is said of.
    pub(crate) part: NamePart,
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
            let said = phrase(&subjects[column], whole, driver)?;
            let text = said.text();
            // What a segment lacks says less than what it has.
            let lacks = text.starts_with("no ") || text.starts_with("not ");
            let weight = driver.cell.effect.abs() * if lacks { LACKS } else { 1.0 };
            Some((!driver.in_base, weight, Phrase { text, part: said.part(), column }))
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
    let said = Said::new("number", &id.to_string());
    vec![Phrase { text: said.text(), part: said.part(), column: usize::MAX }]
}

fn phrase(name: &str, whole: bool, driver: &Driver) -> Option<Said> {
    if let Some((place, group)) = driver.place {
        // To be in the midst of the others says something only of segments made of places.
        return place.phrase(group).filter(|said| driver.in_base || !said.is("middle"));
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
        Kind::Yes { yes, .. } if cell.effect > 0.0 => (cell.here >= MOST)
            .then(|| level_word(name, yes).unwrap_or_else(|| Said::new("as", name))),
        Kind::Yes { no, .. } => {
            (1.0 - cell.here >= MOST).then(|| level_word(name, no).unwrap_or_else(|| negated(name)))
        }
        Kind::Level { name: level, .. } => {
            if cell.effect <= 0.0 || cell.here < MOST {
                return None;
            }
            level_word(name, level).or_else(|| Some(Said::new("as", name)))
        }
    }
}

/// A name for each segment by position and the parts that it is made of, none where a person
/// has given it; `given` names by `id` win. Two names never hold the same traits, in whatever
/// order, and none holds two columns that say one thing while another name is free.
pub(crate) fn names_of(
    phrases: &[Vec<Phrase>],
    twins: &Twins,
    given: &BTreeMap<String, String>,
    id: &dyn Fn(usize) -> u32,
) -> Vec<(String, Vec<NamePart>)> {
    let mut taken: BTreeSet<String> = BTreeSet::from([key(UNASSIGNED)]);
    let mut names: Vec<Option<(String, Vec<NamePart>)>> = vec![None; phrases.len()];
    for (segment, slot) in names.iter_mut().enumerate() {
        let name = given.get(&id(segment).to_string()).map(|name| one_line(name.trim()));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let name = if taken.contains(&key(&name)) {
                format!("{name}, segment {}", id(segment))
            } else {
                name
            };
            taken.insert(key(&name));
            *slot = Some((name, Vec::new()));
        }
    }
    let mut used = BTreeSet::new();
    for (segment, slot) in names.iter_mut().enumerate() {
        if slot.is_some() {
            continue;
        }
        let options = options(&phrases[segment], twins, &used);
        let free = options.iter().find(|(name, _)| !taken.contains(&key(name)));
        let made = free.cloned().unwrap_or_else(|| {
            let own = id(segment) as usize;
            let numbers = (0..=taken.len()).map(|i| own + i * phrases.len());
            numbered(&options, numbers, &taken)
        });
        taken.insert(key(&made.0));
        used.extend(made.0.split(", ").map(str::to_lowercase));
        *slot = Some(made);
    }
    names.into_iter().flatten().collect()
}

/// The best name with the first number that makes it one of its own.
fn numbered(
    options: &[(String, Vec<NamePart>)],
    numbers: impl Iterator<Item = usize>,
    taken: &BTreeSet<String>,
) -> (String, Vec<NamePart>) {
    let average = (AVERAGE.to_owned(), vec![Said::new("average", "").part()]);
    let (first, parts) = options.first().unwrap_or(&average);
    numbers
        .map(|number| {
            let mut parts = parts.clone();
            parts.push(Said::new("number", &number.to_string()).part());
            (format!("{first}, segment {number}"), parts)
        })
        .find(|(name, _)| !taken.contains(&key(name)))
        .unwrap_or_default()
}

/// The same for names of the same parts.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut parts: Vec<&str> = lower.split(", ").collect();
    parts.sort_unstable();
    parts.join(", ")
}

/// The names a segment could have, best first: two strong traits that say different
/// things and that no other segment is called by; one trait; three; long ones and those that
/// say one thing twice last.
fn options(
    phrases: &[Phrase],
    twins: &Twins,
    used: &BTreeSet<String>,
) -> Vec<(String, Vec<NamePart>)> {
    let n = phrases.len();
    if n == 0 {
        return vec![(AVERAGE.to_owned(), vec![Said::new("average", "").part()])];
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
    let mut names: Vec<(usize, (String, Vec<NamePart>))> = picks
        .into_iter()
        .map(|(cost, pick)| {
            let parts: Vec<&str> = pick.iter().map(|&at| phrases[at].text.as_str()).collect();
            let name = capitalise(&parts.join(", "));
            let long = if name.chars().count() > LONGEST { 40 } else { 0 };
            let twice = pick.iter().enumerate().any(|(i, &a)| {
                pick[i + 1..].iter().any(|&b| twins.holds(phrases[a].column, phrases[b].column))
            });
            let long = long + if twice { 80 } else { 0 };
            let parts = pick.iter().map(|&at| phrases[at].part.clone()).collect();
            (cost + long, (name, parts))
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
