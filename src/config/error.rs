//! What can be wrong with a config.

use crate::fault::{Class, Fault};

/// Why a config is refused. Every one of them exits with 2.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the config {file} cannot be read: {message}")]
    Unreadable {
        /// The file, as given.
        file: String,
        /// The operating system's words.
        message: String,
    },
    /// The text is not the TOML that is expected.
    #[error("{file}, line {line}, column {column}: {message}")]
    Syntax {
        /// The file, as given.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
        /// The key that was probably meant.
        meant: Option<String>,
    },
    /// `--set key=value` does not fit.
    #[error("--set {key}: {message}")]
    Override {
        /// The key, as given.
        key: String,
        /// What is wrong.
        message: String,
        /// The key that was probably meant.
        meant: Option<String>,
    },
    /// A required key is missing.
    #[error("{key} is not set")]
    Missing {
        /// The key.
        key: String,
    },
    /// A value is out of range.
    #[error("{key} {message}")]
    Value {
        /// The key.
        key: String,
        /// What is wrong, beginning with a verb.
        message: String,
    },
    /// A stage refuses its parameters.
    #[error("{message}")]
    Stage {
        /// The stage's own code.
        code: &'static str,
        /// The stage's own words.
        message: String,
        /// The stage's own remedy.
        hint: Option<String>,
    },
    /// An environment variable is not set.
    #[error("{key} names the environment variable {variable}, which is not set")]
    Variable {
        /// The key.
        key: String,
        /// The variable.
        variable: String,
    },
    /// The theme cannot be used.
    #[error("the theme {file} cannot be used: {message}")]
    Theme {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// The theme's logo cannot be used.
    #[error("the logo {file} cannot be used: {message}")]
    Logo {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// The config cannot be printed.
    #[error("the config cannot be printed: {message}")]
    Print {
        /// What went wrong.
        message: String,
    },
}

impl ConfigError {
    /// Takes over what a stage says of its own parameters.
    pub fn stage(fault: &dyn Fault) -> Self {
        Self::Stage { code: fault.code(), message: fault.to_string(), hint: fault.hint() }
    }
}

impl Fault for ConfigError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "E-CFG-001",
            Self::Syntax { .. } => "E-CFG-002",
            Self::Override { .. } => "E-CFG-003",
            Self::Missing { .. } => "E-CFG-004",
            Self::Value { .. } => "E-CFG-005",
            Self::Stage { code, .. } => code,
            Self::Variable { .. } => "E-CFG-006",
            Self::Print { .. } => "E-CFG-007",
            Self::Theme { .. } => "E-CFG-012",
            Self::Logo { .. } => "E-CFG-013",
        }
    }

    fn class(&self) -> Class {
        Class::Config
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable { .. } => {
                Some("`kohort init TABLE -o kohort.toml` writes a config for a table".into())
            }
            Self::Syntax { meant, .. } | Self::Override { meant, .. } => {
                Some(meant.as_ref().map_or_else(
                    || "`kohort config --all` shows every key with its default".into(),
                    |meant| format!("did you mean `{meant}`?"),
                ))
            }
            Self::Missing { key } if key == "input.customers" => {
                Some(
                    "set `customers = \"customers.csv\"` or `transactions = \"orders.csv\"` under [input]"
                        .into(),
                )
            }
            Self::Stage { hint, .. } => hint.clone(),
            Self::Variable { variable, .. } => Some(format!("export {variable} before the run")),
            Self::Theme { .. } => Some(
                "a theme is a file with ground = \"light\", accent = \"#0b5cad\", segments = [..], logo = \"logo.svg\"; all may be left out"
                    .into(),
            ),
            Self::Logo { .. } => {
                Some("a logo is a PNG, JPEG or SVG file of at most 256 KB beside the theme".into())
            }
            _ => None,
        }
    }
}
