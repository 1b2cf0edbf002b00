//! Findings: bad data that could be worked around, and statistics that a reader
//! should know of. Every stage returns them beside its result; they are shown,
//! counted and stored, and no finding ever carries a cell's value.
//!
//! What a finding says stands in `src/words/findings/`: the finding holds which sentence it is
//! and what it states, so that a report tells it in its language; its message is the English.

mod keys;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::said::{self, Fact, Facts, Said, facts};
use crate::words;

pub(crate) use keys::KEYS;

/// How much a finding matters to somebody who acts on the results.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know; nothing to do.
    Note,
    /// Look at it before relying on the figures.
    Warning,
    /// The figures would have misled without the repair; it stands on the first page.
    Serious,
}

/// One thing the program noticed, with what to do about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// A stable code in kebab-case, such as `missing-values` or `proven-leak`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The column it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// How many rows (or columns) it concerns, where that is a count.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<u64>,
    /// What was seen and what was done: one sentence, lower case, no final stop.
    pub message: String,
    /// What the reader can do, one sentence; empty where there is nothing to do.
    #[serde(default)]
    pub advice: String,
    /// Which sentence it is, where its code has several, such as `used` or `numbers`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub variant: Option<String>,
    /// What the message and the advice state, by name; empty where they state nothing.
    #[serde(skip_serializing_if = "Facts::is_empty", default)]
    pub facts: Facts,
    /// Of which file or of which customers it is, where the message says so first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<Said>,
}

impl Finding {
    /// A finding of a key, which is its code and, after `_`, which of its sentences it is;
    /// the message and the advice are those of the key. The builders add the rest.
    #[must_use]
    pub(crate) fn new(key: &str, severity: Severity, facts: Facts) -> Self {
        debug_assert!(KEYS.contains(&key), "{key} is not among the keys of findings");
        let (code, variant) = match key.split_once('_') {
            Some((code, variant)) => (code, Some(variant.to_owned())),
            None => (key, None),
        };
        let id = format!("finding-{key}");
        let advice = words::within(words::Language::En, || advice(&id, &facts));
        Self {
            code: code.to_owned(),
            severity,
            column: None,
            count: None,
            message: said::english(&id, &facts),
            advice: advice.unwrap_or_default(),
            variant,
            facts,
            about: None,
        }
    }

    /// What was seen in the language of the thread, with its column in front where it does
    /// not name it anyway; as it is stored where it is of an older run.
    #[must_use]
    pub fn told(&self) -> String {
        let message = self.in_words().unwrap_or_else(|| self.message.clone());
        match &self.column {
            Some(column) if !message.contains(column.as_str()) => {
                let named = said::tell("finding-column", &facts!(column = column, text = &message));
                named.unwrap_or(message)
            }
            _ => message,
        }
    }

    /// What the reader can do in the language of the thread; empty where that is nothing.
    #[must_use]
    pub fn advised(&self) -> String {
        if self.advice.is_empty() || words::current() == words::Language::En {
            return self.advice.clone();
        }
        advice(&self.id(), &self.facts).unwrap_or_else(|| self.advice.clone())
    }

    /// The id of its message.
    fn id(&self) -> String {
        match &self.variant {
            Some(variant) => format!("finding-{}_{variant}", self.code),
            None => format!("finding-{}", self.code),
        }
    }

    /// The message of another language; `None` where the stored one is to be shown.
    fn in_words(&self) -> Option<String> {
        if words::current() == words::Language::En {
            return None;
        }
        let text = said::tell(&self.id(), &self.facts)?;
        match &self.about {
            Some(about) => around(about, text),
            None => Some(text),
        }
    }

    /// Says before the message of which file or of which customers it is: `about` is a
    /// message that puts the finding's own into its `text`.
    #[must_use]
    pub(crate) fn about(mut self, about: Said) -> Self {
        let text = self.message.clone();
        if let Some(message) = words::within(words::Language::En, || around(&about, text)) {
            self.message = message;
        }
        self.about = Some(about);
        self
    }

    /// Names the column.
    #[must_use]
    pub fn column(mut self, name: impl Into<String>) -> Self {
        self.column = Some(name.into());
        self
    }

    /// States the count.
    #[must_use]
    pub fn count(mut self, n: usize) -> Self {
        self.count = Some(n as u64);
        self
    }
}

/// A message with what is said before it.
fn around(about: &Said, text: String) -> Option<String> {
    let mut facts = about.facts.clone();
    facts.insert("text".to_owned(), Fact::Text(text));
    said::tell(&about.id, &facts)
}

/// The advice of a message in the language of the thread; `None` where it has none.
fn advice(id: &str, facts: &Facts) -> Option<String> {
    said::tell(&format!("{id}.advice"), facts)
}

#[cfg(test)]
mod tests;
