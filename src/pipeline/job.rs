//! What a run is asked to do, how it tells of its progress, and how it fails.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::fault::{Class, Fault};
use crate::finding::Finding;
use crate::results::Advice;

/// One run, decided in every respect but the data.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The config.
    pub config: Config,
    /// Bare tables in place of those that the config names; what each is for is found out.
    pub bare: Vec<String>,
    /// The folder that the config's paths are relative to.
    pub folder: PathBuf,
    /// The empty folder to fill.
    pub staging: PathBuf,
    /// Where published runs lie.
    pub runs: PathBuf,
    /// The seed.
    pub seed: u64,
    /// How many threads work; never changes a byte of the results.
    pub threads: usize,
    /// The previous run that was asked for; else it is found among the published.
    #[serde(default)]
    pub previous: Option<String>,
    /// Whether to refuse what can only be worked around.
    pub gate: bool,
    /// What to do with the customers.
    pub work: Work,
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// The whole pipeline.
    Run,
    /// Methods and numbers of segments side by side.
    Explore,
    /// What the whole pipeline would ask of an engine.
    Statements,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finished {
    /// The run's name.
    pub run: String,
    /// Whether an identical run had been published before.
    pub already: bool,
    /// Keep, look or refit, where there was a previous run.
    #[serde(default)]
    pub advice: Option<Advice>,
}

/// What a run tells while it works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum Event {
    /// A stage begins, or has something to say.
    Stage {
        /// The stage, such as `load`.
        name: String,
        /// What it does or has found, a few words.
        detail: String,
    },
    /// A column and what is assumed of it.
    Role {
        /// The column.
        column: String,
        /// Its role and family.
        role: String,
        /// Why.
        why: String,
    },
    /// Something worth knowing.
    Found(Finding),
}

impl Event {
    /// A stage event.
    #[must_use]
    pub fn stage(name: &str, detail: impl Into<String>) -> Self {
        Self::Stage { name: name.to_owned(), detail: detail.into() }
    }
}

/// Somebody who watches a run.
pub trait Observer: Sync {
    /// Is told of an event as it happens.
    fn event(&self, event: Event);

    /// Is told that the run is staged, before anything it was made of is given back. A process
    /// that was started for this run alone may end here.
    fn staged(&self, _: &Finished) {}
}

/// Watches nothing: for commands that print what was found in order at the end.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Observer for Silent {
    fn event(&self, _: Event) {}
}

/// Any stage's error, as it travels from the worker to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The stable code.
    pub code: String,
    /// The class, which decides the exit code.
    pub class: Class,
    /// What happened and where.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl<E: Fault> From<E> for Failure {
    fn from(fault: E) -> Self {
        Self {
            code: fault.code().to_owned(),
            class: fault.class(),
            message: fault.to_string(),
            hint: fault.hint(),
        }
    }
}

impl Failure {
    /// A refusal under the gate.
    #[must_use]
    pub fn refused(code: &str, message: String, hint: &str) -> Self {
        Self { code: code.into(), class: Class::Refused, message, hint: Some(hint.into()) }
    }

    /// A fault of the program itself.
    #[must_use]
    pub fn internal(message: String) -> Self {
        Self {
            code: "E-INT-001".into(),
            class: Class::Internal,
            message,
            hint: Some("this is a fault of kohort; the published runs are untouched".into()),
        }
    }
}
