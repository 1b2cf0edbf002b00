//! Why latent classes cannot be fitted.

use crate::fault::{Class, Fault};
use crate::matrix::MatrixError;

/// Why latent classes cannot be fitted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LatentError {
    /// k is 0.
    #[error("k is 0 but at least 1 segment is needed")]
    ZeroSegments,
    /// No iterations, no starts or no sample.
    #[error("{name} is 0 but must be at least 1")]
    Zero {
        /// The parameter.
        name: &'static str,
    },
    /// A tolerance or a prior out of range.
    #[error("{name} is {found} but must be a finite number of at least 0")]
    Range {
        /// The parameter.
        name: &'static str,
        /// As given.
        found: f64,
    },
    /// Every column is constant.
    #[error("none of {columns} columns differs between customers")]
    NoVariables {
        /// How many columns there are.
        columns: usize,
    },
    /// More classes than distinct customers.
    #[error("k is {k} but only {distinct} distinct customers remain")]
    TooManySegments {
        /// How many segments were asked for.
        k: usize,
        /// How many customers differ from each other.
        distinct: usize,
    },
    /// No start ended with a customer in every class.
    #[error("k is {k} but only {found} segments hold a customer, whatever the start")]
    Empty {
        /// How many segments were asked for.
        k: usize,
        /// The most that held a customer.
        found: usize,
    },
    /// The matrix is empty or not finite.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
    /// An error of linfa's traits.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
}

impl Fault for LatentError {
    fn code(&self) -> &'static str {
        match self {
            Self::ZeroSegments => "E-CFG-030",
            Self::Zero { .. } => "E-CFG-037",
            Self::Range { .. } => "E-CFG-038",
            Self::NoVariables { .. } | Self::TooManySegments { .. } => "E-FIT-001",
            Self::Empty { .. } => "E-FIT-031",
            Self::Matrix(error) => error.code(),
            Self::Linfa(_) => "E-FIT-008",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::ZeroSegments | Self::Zero { .. } | Self::Range { .. } => Class::Config,
            Self::NoVariables { .. } | Self::TooManySegments { .. } | Self::Empty { .. } => {
                Class::Input
            }
            Self::Matrix(error) => error.class(),
            Self::Linfa(_) => Class::Internal,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::TooManySegments { .. } => {
                Some("ask for fewer segments or use more columns".to_owned())
            }
            Self::NoVariables { .. } => {
                Some("use columns in which the customers differ".to_owned())
            }
            Self::Empty { .. } => Some("ask for fewer segments".to_owned()),
            _ => None,
        }
    }
}
