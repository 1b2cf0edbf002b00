//! Sentences that a run stores: the message and the facts that it states, so that a report
//! tells them in its language. What is stored beside them in words is the English.

mod phrase;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::format;
use crate::words::{self, Arg, Language, say};

pub(crate) use phrase::{axis, clause, phrase, rule};

/// What a sentence states, by the name that its message gives it.
pub type Facts = BTreeMap<String, Fact>;

/// Something that a sentence states; never a cell's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A count, which chooses between singular and plural.
    Count(u64),
    /// A figure as English writes it, such as `1,234.5` or `under 2.5%`.
    Figure(String),
    /// A day, `YYYY-MM-DD`.
    Day(String),
    /// A name or setting, told as it is spelt.
    Text(String),
    /// A text that other languages recognise by its English, such as why something is not
    /// known.
    Phrase(String),
    /// Names in a row.
    Names(Vec<String>),
    /// Figures in a row, as English writes them.
    Figures(Vec<String>),
    /// A part of the sentence that has words of its own.
    Said(Said),
    /// Several such parts, with commas between them.
    Parts(Vec<Said>),
    /// Whole sentences, one after the other.
    Sentences(Vec<Said>),
}

/// A sentence: the id of its message, and what it states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The id of the message.
    pub id: String,
    /// What it states.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: Facts,
}

impl Said {
    /// A sentence.
    pub(crate) fn new(id: &str, facts: Facts) -> Self {
        Self { id: id.to_owned(), facts }
    }

    /// A sentence that states nothing but its words.
    pub(crate) fn plain(id: &str) -> Self {
        Self::new(id, Facts::new())
    }

    /// The sentence in the language of the thread; `None` where there is no such message, or
    /// it asks for a fact that is not there.
    #[must_use]
    pub fn tell(&self) -> Option<String> {
        tell(&self.id, &self.facts)
    }

    /// The sentence in English.
    #[must_use]
    pub fn english(&self) -> String {
        english(&self.id, &self.facts)
    }
}

/// A message with its facts in the language of the thread.
pub(crate) fn tell(id: &str, facts: &Facts) -> Option<String> {
    let args: Option<Vec<(&str, Arg)>> =
        facts.iter().map(|(name, fact)| Some((name.as_str(), fact.arg()?))).collect();
    words::find(id, &args?)
}

/// A message with its facts in English; the bare id where there is none (a test finds it).
pub(crate) fn english(id: &str, facts: &Facts) -> String {
    words::within(Language::En, || tell(id, facts).unwrap_or_else(|| words::bare(id)))
}

/// A stored sentence in the language of the thread: by its message, or as it is stored
/// where the language is English, the message is not stored (an older run) or not known.
pub(crate) fn told(stored: &str, said: Option<&Said>) -> String {
    if words::current() == Language::En {
        return stored.to_owned();
    }
    said.and_then(Said::tell).unwrap_or_else(|| stored.to_owned())
}

/// Stored sentences in the language of the thread; `said` has one message for each of them,
/// or is that of an older run and empty.
pub(crate) fn all_told(stored: &[String], said: &[Said]) -> Vec<String> {
    let message = |at: usize| said.get(at).filter(|_| said.len() == stored.len());
    stored.iter().enumerate().map(|(at, text)| told(text, message(at))).collect()
}

/// Sentences in English.
pub(crate) fn in_english(said: &[Said]) -> Vec<String> {
    said.iter().map(Said::english).collect()
}

impl Fact {
    /// A figure as English writes it.
    pub(crate) fn figure(text: impl Into<String>) -> Self {
        Self::Figure(text.into())
    }

    /// The fact as the language of the thread tells it.
    fn arg(&self) -> Option<Arg> {
        Some(match self {
            Self::Count(n) => Arg::Count(*n),
            Self::Figure(text) => format::stored(text).into(),
            Self::Day(day) => format::day(day).into(),
            Self::Text(text) => text.into(),
            Self::Phrase(text) => phrase::either(text).into(),
            Self::Names(names) => format::list(names).into(),
            Self::Figures(texts) => {
                let told: Vec<String> = texts.iter().map(|text| format::stored(text)).collect();
                format::list(&told).into()
            }
            Self::Said(said) => said.tell()?.into(),
            Self::Parts(all) => joined(all, &say!("part-comma"))?.into(),
            Self::Sentences(all) => joined(all, &say!("between-sentences"))?.into(),
        })
    }
}

fn joined(all: &[Said], between: &str) -> Option<String> {
    let told: Option<Vec<String>> = all.iter().map(Said::tell).collect();
    Some(told?.join(between))
}

/// Whatever a message takes as it is.
impl<T: Into<Arg>> From<T> for Fact {
    fn from(value: T) -> Self {
        match value.into() {
            Arg::Count(n) => Self::Count(n),
            Arg::Text(text) => Self::Text(text),
        }
    }
}

impl From<Vec<String>> for Fact {
    fn from(names: Vec<String>) -> Self {
        Self::Names(names)
    }
}

impl From<Said> for Fact {
    fn from(said: Said) -> Self {
        Self::Said(said)
    }
}

/// Facts by name: `facts!(n = missing, of = all)`.
macro_rules! facts {
    ($($name:ident = $value:expr),* $(,)?) => {
        $crate::said::Facts::from([
            $((stringify!($name).to_owned(), $crate::said::Fact::from($value))),*
        ])
    };
}
pub(crate) use facts;

/// A sentence: `said!("limit-small", n = n)`.
macro_rules! said {
    ($id:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::said::Said::new($id, $crate::said::facts!($($name = $value),*))
    };
}
pub(crate) use said;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_in_each_language_and_survives_json() {
        let said = said!(
            "finding-missing-values",
            n = 1_200_usize,
            of = 7_043_usize,
            codes = Fact::Parts(vec![said!("code-empty", n = 1_200_usize)]),
        );
        assert_eq!(said.english(), "1,200 of 7,043 values are missing (empty: 1,200)");
        let stored = serde_json::to_string(&said).unwrap();
        let read: Said = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, said);
        let danish = words::within(Language::Da, || read.tell()).unwrap();
        assert!(danish.contains("1.200") && danish.contains("7.043"), "{danish}");
    }

    #[test]
    fn what_an_older_run_stored_is_told_as_it_is() {
        let without = Said::plain("finding-missing-values");
        words::within(Language::Da, || {
            assert_eq!(told("12 of 20 values", Some(&without)), "12 of 20 values");
            assert_eq!(told("12 of 20 values", None), "12 of 20 values");
            assert_eq!(told("x", Some(&Said::plain("no-such-message"))), "x");
            assert_eq!(all_told(&["x".into(), "y".into()], &[]), ["x", "y"]);
        });
    }
}
