//! What may be said of a segment in a name: a word and what it is said of, so that other
//! languages can say it in theirs.

use crate::profile::wording::{LASTING, one_line};
use crate::results::NamePart;

/// Levels that say nothing without their column.
const BARE: [&str; 16] = [
    "high", "low", "medium", "good", "bad", "none", "other", "never", "always", "often", "rarely",
    "some", "many", "few", "unknown", "average",
];

/// A word of a name and what it is said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// That of a message `name-..`.
    pub(crate) word: &'static str,
    /// What it is said of; may be empty.
    pub(crate) of: String,
}

impl Said {
    /// `word` is that of a message `name-..`.
    pub(crate) fn new(word: &'static str, of: &str) -> Self {
        Self { word, of: of.to_owned() }
    }

    /// That a customer or a segment lacks something.
    pub(crate) fn lacking(name: &str) -> Self {
        negated(name)
    }

    /// Whether this is the word.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.word == word
    }

    /// As it is stored.
    pub(crate) fn part(&self) -> NamePart {
        NamePart { word: self.word.to_owned(), of: self.of.clone() }
    }

    /// In English.
    pub(crate) fn text(&self) -> String {
        let of = &self.of;
        match self.word {
            "as" => of.clone(),
            "older" | "younger" => self.word.to_owned(),
            "long-since" => format!("long since {of}"),
            "town" => format!("in {of}"),
            "middle" => "in the middle".to_owned(),
            "average" => "close to average".to_owned(),
            "number" => format!("segment {of}"),
            wind if wind.starts_with("north") || wind.starts_with("south") => {
                format!("in the {wind}")
            }
            "east" | "west" => format!("in the {}", self.word),
            word => format!("{word} {of}"),
        }
    }
}

/// `long tenure`, `many products`, `older`, `high balance`. `whole`: the column holds
/// whole numbers, so what stands in the plural is counted.
pub(super) fn size_word(name: &str, up: bool, whole: bool) -> Said {
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
        return Said::new(if up { "many" } else { "few" }, &counted);
    }
    if words == ["age"] {
        return Said::new(if up { "older" } else { "younger" }, "");
    }
    if let ["days" | "weeks" | "months" | "years" | "time", "since", rest @ ..] = words.as_slice()
        && !rest.is_empty()
    {
        let event = rest.join(" ");
        return if up {
            Said::new("long-since", &event)
        } else {
            Said::new("recent", event.strip_prefix("last ").unwrap_or(&event))
        };
    }
    if is_counted(&words, whole) {
        return Said::new(if up { "many" } else { "few" }, name);
    }
    let lasting = words.last().is_some_and(|word| LASTING[..2].contains(word));
    let word = match (lasting, up) {
        (true, true) => "long",
        (true, false) => "short",
        (false, true) => "high",
        (false, false) => "low",
    };
    Said::new(word, name)
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
        .position(|word| {
            ["of", "per", "in", "at", "for", "since", "between", "from"].contains(word)
        })
        .map_or(words, |at| &words[..at]);
    let (Some(first), Some(last)) = (head.first(), head.last()) else { return false };
    if MEASURES.contains(first) || MONEY.contains(last) {
        return false;
    }
    let plural = last.len() > 3
        && last.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    // `2.5 lines per order` are counted too.
    plural && (whole || words.contains(&"per") || ["hours", "minutes", "days"].contains(last))
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
pub(super) fn negated(name: &str) -> Said {
    match name.split_once(' ') {
        Some(("has" | "have", rest)) => Said::new("no", rest),
        Some(("is", rest)) => Said::new("not", rest),
        _ if is_adjective(name) => Said::new("not", name),
        _ => Said::new("no", name),
    }
}

/// Columns whose levels need the noun beside them: `monthly contract`, `Basic plan`.
const NOUNS: [&str; 8] =
    ["contract", "plan", "tariff", "package", "subscription", "membership", "tier", "policy"];

/// `internet service DSL`; `phone service` and `no phone service` for yes and no.
pub(crate) fn with_level(name: &str, level: &str) -> String {
    let level = one_line(level);
    if ["no", "false"].contains(&level.to_lowercase().as_str()) {
        return negated(name).text();
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
pub(super) fn level_word(name: &str, level: &str) -> Option<Said> {
    let plain = |text: &str| Some(Said::new("as", text));
    let level = one_line(level);
    let lower = level.to_lowercase();
    if is_yes(&level) {
        return match name.split_once(' ') {
            Some(("has" | "have" | "is", rest)) => plain(rest),
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
        return plain(&statement);
    }
    if speaks {
        return plain(&with_noun(name, &level).unwrap_or(level));
    }
    if BARE.contains(&lower.as_str()) {
        return plain(&format!("{lower} {name}"));
    }
    plain(&format!("{name} {level}"))
}
