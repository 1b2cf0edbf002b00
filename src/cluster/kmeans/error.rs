//! Why k-means cannot be fitted, and the gates before it.

use std::collections::BTreeSet;

use crate::cluster::kernel::Points;
use crate::fault::{Class, Fault};
use crate::matrix::MatrixError;

/// Why k-means cannot be fitted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KMeansError {
    /// k is 0.
    #[error("k is 0 but at least 1 segment is needed")]
    ZeroSegments,
    /// No iterations or no restarts.
    #[error("{name} is 0 but must be at least 1")]
    Zero {
        /// The parameter.
        name: &'static str,
    },
    /// A tolerance out of range.
    #[error("the tolerance is {tolerance} but must be at least 0")]
    Tolerance {
        /// As given.
        tolerance: f64,
    },
    /// More segments than distinct rows.
    #[error("k is {k} but only {distinct} distinct customers remain")]
    TooManySegments {
        /// How many segments were asked for.
        k: usize,
        /// How many rows differ from each other.
        distinct: usize,
    },
    /// Weights of another length.
    #[error("{found} weights for {expected} customers")]
    Weights {
        /// How many weights.
        found: usize,
        /// How many customers.
        expected: usize,
    },
    /// A weight that is negative or not finite.
    #[error("the weight of row {row} is not a number of at least 0")]
    Weight {
        /// The row, counted from 0.
        row: usize,
    },
    /// Numbers that do not fill the rows.
    #[error("{found} numbers do not fill rows of {columns} columns")]
    Shape {
        /// How many numbers.
        found: usize,
        /// How many columns.
        columns: usize,
    },
    /// Initial centres of another shape.
    #[error("{found_k} centres of {found_d} columns are given but {k} of {d} are needed")]
    Start {
        /// How many were given.
        found_k: usize,
        /// How wide they are.
        found_d: usize,
        /// How many segments were asked for.
        k: usize,
        /// How wide the rows are.
        d: usize,
    },
    /// The matrix is empty or not finite.
    #[error(transparent)]
    Matrix(MatrixError),
    /// An error of linfa's traits.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
}

impl Fault for KMeansError {
    fn code(&self) -> &'static str {
        match self {
            Self::ZeroSegments => "E-CFG-030",
            Self::Zero { .. } => "E-CFG-035",
            Self::Tolerance { .. } => "E-CFG-036",
            Self::TooManySegments { .. } => "E-FIT-001",
            Self::Weights { .. } => "E-FIT-010",
            Self::Weight { .. } => "E-FIT-011",
            Self::Matrix(error) => error.code(),
            Self::Linfa(_) => "E-FIT-008",
            Self::Shape { .. } => "E-FIT-016",
            Self::Start { .. } => "E-FIT-017",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::ZeroSegments | Self::Zero { .. } | Self::Tolerance { .. } => Class::Config,
            Self::TooManySegments { .. } => Class::Input,
            Self::Matrix(error) => error.class(),
            Self::Weights { .. }
            | Self::Weight { .. }
            | Self::Shape { .. }
            | Self::Start { .. }
            | Self::Linfa(_) => Class::Internal,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::TooManySegments { .. } => {
                Some("ask for fewer segments or use more columns".to_owned())
            }
            _ => None,
        }
    }
}

/// The weights, if there is one per row and each is finite and not negative.
pub(super) fn check_weights(weights: &[f64], n: usize) -> Result<Vec<f64>, KMeansError> {
    if weights.len() != n {
        return Err(KMeansError::Weights { found: weights.len(), expected: n });
    }
    match weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
        Some(row) => Err(KMeansError::Weight { row }),
        None => Ok(weights.to_vec()),
    }
}

/// Whether at least `k` rows of positive weight differ from each other.
pub(super) fn check_distinct(points: &Points, k: usize) -> Result<(), KMeansError> {
    let distinct = n_distinct_up_to(points, k);
    if distinct < k { Err(KMeansError::TooManySegments { k, distinct }) } else { Ok(()) }
}

/// The number of distinct rows of positive weight, counted up to `enough`.
pub(crate) fn n_distinct_up_to(points: &Points, enough: usize) -> usize {
    let weighty = (0..points.n()).filter(|&row| points.weight(row) > 0.0);
    count_distinct(weighty.map(|row| points.row(row)), enough)
}

/// The number of distinct rows, counted up to `enough`.
pub(super) fn count_distinct(
    rows: impl Iterator<Item = impl AsRef<[f64]>>,
    enough: usize,
) -> usize {
    let mut seen = BTreeSet::new();
    for row in rows {
        // Adding 0 turns -0 into 0, which is the same number.
        let bits: Vec<u64> = row.as_ref().iter().map(|x| (x + 0.0).to_bits()).collect();
        seen.insert(bits);
        if seen.len() >= enough {
            break;
        }
    }
    seen.len()
}
