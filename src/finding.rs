//! Findings: bad data that could be worked around, and statistics that a reader
//! should know of. Every stage returns them beside its result; they are shown,
//! counted and stored, and no finding ever carries a cell's value.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
}

impl Finding {
    /// A finding with a code, a severity and a message; the builders add the rest.
    #[must_use]
    pub fn new(code: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            column: None,
            count: None,
            message: message.into(),
            advice: String::new(),
        }
    }

    /// The message with its column in front, where it does not name it anyway.
    #[must_use]
    pub fn told(&self) -> String {
        match &self.column {
            Some(column) if !self.message.contains(column.as_str()) => {
                format!("{column}: {}", self.message)
            }
            _ => self.message.clone(),
        }
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

    /// Adds the advice.
    #[must_use]
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }
}
