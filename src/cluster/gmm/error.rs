//! Why a Gaussian mixture cannot be fitted.

use crate::cluster::kmeans::KMeansError;
use crate::fault::{Class, Fault};
use crate::matrix::MatrixError;

/// Why a Gaussian mixture cannot be fitted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GmmError {
    /// k is 0.
    #[error("k is 0 but at least 1 segment is needed")]
    ZeroSegments,
    /// No iterations, no starts or no sample.
    #[error("{name} is 0 but must be at least 1")]
    Zero {
        /// The parameter.
        name: &'static str,
    },
    /// A tolerance or a ridge out of range.
    #[error("{name} is {found} but must be a finite number of at least {least}")]
    Range {
        /// The parameter.
        name: &'static str,
        /// As given.
        found: f64,
        /// The least that is allowed.
        least: f64,
    },
    /// A column with two values has no density.
    #[error(
        "{found} of {columns} columns take only two values, the first is {column}: a Gaussian \
         mixture has no density for them"
    )]
    TwoValues {
        /// The first such column.
        column: String,
        /// How many there are.
        found: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// No start ended with a customer in every segment.
    #[error("k is {k} but only {found} segments hold a customer, whatever the start")]
    Empty {
        /// How many segments were asked for.
        k: usize,
        /// The most that held a customer.
        found: usize,
    },
    /// The starting centres cannot be found.
    #[error(transparent)]
    Start(#[from] KMeansError),
    /// The matrix is empty or not finite.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
    /// An error of linfa's traits.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
}

impl Fault for GmmError {
    fn code(&self) -> &'static str {
        match self {
            Self::ZeroSegments => "E-CFG-030",
            Self::Zero { .. } => "E-CFG-037",
            Self::Range { .. } => "E-CFG-038",
            Self::TwoValues { .. } => "E-FIT-030",
            Self::Empty { .. } => "E-FIT-031",
            Self::Start(error) => error.code(),
            Self::Matrix(error) => error.code(),
            Self::Linfa(_) => "E-FIT-008",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::ZeroSegments | Self::Zero { .. } | Self::Range { .. } => Class::Config,
            Self::TwoValues { .. } | Self::Empty { .. } => Class::Input,
            Self::Start(error) => error.class(),
            Self::Matrix(error) => error.class(),
            Self::Linfa(_) => Class::Internal,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::TwoValues { .. } => Some(
                "use method = \"latent-class\" or \"k-prototypes\", which take categories and \
                 numbers together, or leave these columns out of features.cluster-on"
                    .to_owned(),
            ),
            Self::Empty { .. } => Some("ask for fewer segments".to_owned()),
            Self::Start(error) => error.hint(),
            _ => None,
        }
    }
}
