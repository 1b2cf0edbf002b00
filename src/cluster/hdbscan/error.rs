//! Why HDBSCAN* cannot start.

use crate::fault::{Class, Fault};

/// Why HDBSCAN* cannot start.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum HdbscanError {
    /// A cluster of fewer than two.
    #[error("min-cluster-size is {found} but must be at least 2")]
    MinClusterSize {
        /// As given.
        found: usize,
    },
    /// A core distance that reaches nobody.
    #[error("min-points is 0 but must be at least 1")]
    ZeroMinSamples,
    /// A distance that is none.
    #[error("the distance below which clusters are not split is {found} but must be 0 or more")]
    Epsilon {
        /// As given.
        found: f64,
    },
}

impl Fault for HdbscanError {
    fn code(&self) -> &'static str {
        match self {
            Self::MinClusterSize { .. } => "E-CFG-060",
            Self::ZeroMinSamples => "E-CFG-061",
            Self::Epsilon { .. } => "E-CFG-062",
        }
    }

    fn class(&self) -> Class {
        Class::Config
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::MinClusterSize { .. } => "set a larger segments.min-share",
            Self::ZeroMinSamples => "set segments.min-points to \"auto\" or 1 or more",
            Self::Epsilon { .. } => "give a distance of 0 or more",
        };
        Some(hint.to_owned())
    }
}
