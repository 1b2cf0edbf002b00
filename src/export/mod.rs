//! Writing a run: files into a staging folder, then one rename.

mod checksum;
pub mod columns;
pub mod customers;
pub mod erase;
mod history;
mod manifest;
pub mod prune;
pub mod publish;
pub mod rows;
pub mod segments;
pub mod sheet;
mod write;

pub use checksum::{sha256_hex, sha256_of_file};
pub use manifest::{Erased, Input, Manifest, OutputFile};
pub use write::{Audience, Draft, Staging};

use crate::fault::{Class, Fault};

/// Why a run cannot be written or published.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A file or folder cannot be written.
    #[error("{path} cannot be written: {message}")]
    Write {
        /// The path.
        path: String,
        /// The operating system's words.
        message: String,
    },
    /// The disk is full, or a quota or file size limit is reached.
    #[error("no room to write {path}: {message}")]
    Full {
        /// The path.
        path: String,
        /// The operating system's words.
        message: String,
    },
    /// The output folder is a file, or lies inside what it would write.
    #[error("the output {path} {message}")]
    Place {
        /// The path.
        path: String,
        /// What is wrong with it, beginning with a verb.
        message: String,
    },
    /// A file that is never overwritten is there already.
    #[error("{path} exists already and is never overwritten")]
    Exists {
        /// The path.
        path: String,
    },
    /// Another run holds the output folder.
    #[error("the output {path} is in use by another run{by}")]
    Locked {
        /// The path.
        path: String,
        /// Who holds it, such as ` (process 123)`.
        by: String,
    },
    /// A published run does not match its manifest.
    #[error("{path} does not match its manifest: {message}")]
    Damaged {
        /// The file or folder.
        path: String,
        /// What differs.
        message: String,
    },
    /// A table cannot be encoded.
    #[error("{path} cannot be encoded: {message}")]
    Encode {
        /// The file.
        path: String,
        /// What went wrong, without any value.
        message: String,
    },
    /// A run cannot be found.
    #[error("no run found at {path}")]
    NoRun {
        /// What was asked for.
        path: String,
    },
    /// More than one run is meant.
    #[error("{asked} is the beginning of more than one run: {runs}")]
    Ambiguous {
        /// What was asked for.
        asked: String,
        /// The names of the runs.
        runs: String,
    },
}

impl ExportError {
    /// An input/output error at `path`.
    #[must_use]
    pub fn io(path: &std::path::Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let (path, message) = (path.display().to_string(), reason(error));
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::Full { path, message }
            }
            _ => Self::Write { path, message },
        }
    }
}

/// The system's reason in plain words.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such folder".to_owned(),
        ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        ErrorKind::AlreadyExists => "something of that name is there already".to_owned(),
        ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        kind => kind.to_string(),
    }
}

impl Fault for ExportError {
    fn code(&self) -> &'static str {
        match self {
            Self::Write { .. } => "E-OUT-001",
            Self::Full { .. } => "E-OUT-002",
            Self::Place { .. } => "E-OUT-003",
            Self::Locked { .. } => "E-OUT-004",
            Self::Damaged { .. } => "E-OUT-005",
            Self::Encode { .. } => "E-OUT-006",
            Self::NoRun { .. } => "E-OUT-007",
            Self::Exists { .. } => "E-OUT-008",
            Self::Ambiguous { .. } => "E-OUT-009",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Locked { .. } => Class::Locked,
            Self::NoRun { .. } | Self::Ambiguous { .. } => Class::Config,
            _ => Class::Output,
        }
    }

    fn hint(&self) -> Option<String> {
        Some(
            match self {
                Self::Write { .. } => "check that the folder exists and may be written to",
                Self::Full { .. } => "make room, or choose another folder with --out",
                Self::Place { .. } => "choose another folder with --out",
                Self::Locked { .. } => "wait for it to end, or choose another folder with --out",
                Self::Exists { .. } => "remove it, or give another name with -o",
                Self::Damaged { .. } => "remove that run folder and run again",
                Self::Encode { .. } => return None,
                Self::Ambiguous { .. } => "give more letters of the run's name, or its folder",
                Self::NoRun { .. } => {
                    "give a run folder, an output folder, an as-of day or the first letters of a run's name"
                }
            }
            .to_owned(),
        )
    }
}
