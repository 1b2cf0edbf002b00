//! What every stage's error can say about itself: a stable code, a class that
//! decides the exit code, and a remedy.

use serde::{Deserialize, Serialize};

/// The class of an error. The program maps each class to one exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The command line or the config is wrong (exit 2).
    Config,
    /// The input is rejected (exit 3).
    Input,
    /// A limit of memory, time or size is reached (exit 4).
    Limit,
    /// The output cannot be written (exit 5).
    Output,
    /// Another run holds the output folder (exit 6).
    Locked,
    /// A model file is rejected (exit 7).
    Model,
    /// Refused under the gate (exit 8).
    Refused,
    /// A fault of the program itself (exit 70).
    Internal,
}

/// An error that can be shown to a user: each stage's error enum implements it.
pub trait Fault: std::error::Error + Send + Sync + 'static {
    /// The stable code, such as `E-IN-010`.
    fn code(&self) -> &'static str;
    /// The class, which decides the exit code.
    fn class(&self) -> Class;
    /// What the user can do about it, one sentence, lower case, no final stop.
    fn hint(&self) -> Option<String> {
        None
    }
}
