//! The matrix: finite numbers, one row per customer, ready for distances.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::fault::{Class, Fault};

/// Where a column of the matrix came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatrixColumn {
    /// Its own name, such as `Contract=One year` or `tenure`.
    pub name: String,
    /// The column of the feature table that it was made from.
    pub source: String,
}

/// Why a matrix cannot be made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatrixError {
    /// A value is NaN or infinite.
    #[error("column {column} is not finite in row {row}")]
    NotFinite {
        /// The column's name.
        column: String,
        /// The row, counted from 0.
        row: usize,
    },
    /// The names do not match the width.
    #[error("{names} column names for {columns} columns")]
    Names {
        /// How many names.
        names: usize,
        /// How many columns.
        columns: usize,
    },
    /// No rows.
    #[error("the matrix has no rows")]
    NoRows,
    /// No columns.
    #[error("the matrix has no columns")]
    NoColumns,
}

impl Fault for MatrixError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFinite { .. } => "E-MAT-001",
            Self::Names { .. } => "E-MAT-002",
            Self::NoRows => "E-MAT-003",
            Self::NoColumns => "E-MAT-004",
        }
    }

    fn class(&self) -> Class {
        Class::Input
    }
}

/// Finite numbers, shape `(n_customers, n_features)`, row-major. Non-empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    values: Array2<f64>,
    columns: Vec<MatrixColumn>,
}

impl Matrix {
    /// Checks that every value is finite; the layout becomes row-major.
    ///
    /// # Errors
    ///
    /// No rows, no columns, a name too many or too few, a value that is not finite.
    pub fn new(values: Array2<f64>, columns: Vec<MatrixColumn>) -> Result<Self, MatrixError> {
        let (n, d) = values.dim();
        if columns.len() != d {
            return Err(MatrixError::Names { names: columns.len(), columns: d });
        }
        if n == 0 {
            return Err(MatrixError::NoRows);
        }
        if d == 0 {
            return Err(MatrixError::NoColumns);
        }
        let is_finite = |rows: &[f64]| {
            rows.par_chunks(1 << 14).all(|part| part.iter().all(|value| value.is_finite()))
        };
        if !values.as_slice().is_some_and(is_finite)
            && let Some(((row, column), _)) =
                values.indexed_iter().find(|(_, value)| !value.is_finite())
        {
            return Err(MatrixError::NotFinite { column: columns[column].name.clone(), row });
        }
        let values = if values.is_standard_layout() {
            values
        } else {
            values.as_standard_layout().to_owned()
        };
        Ok(Self { values, columns })
    }

    /// A matrix whose columns are called `x0`, `x1` and so on, for tests and examples.
    ///
    /// # Errors
    ///
    /// As [`Matrix::new`].
    pub fn unnamed(values: Array2<f64>) -> Result<Self, MatrixError> {
        let columns = (0..values.ncols())
            .map(|j| MatrixColumn { name: format!("x{j}"), source: format!("x{j}") })
            .collect();
        Self::new(values, columns)
    }

    /// The numbers.
    #[must_use]
    pub fn values(&self) -> ArrayView2<'_, f64> {
        self.values.view()
    }

    /// The numbers row by row.
    #[must_use]
    pub fn row_major(&self) -> &[f64] {
        // Row-major by construction: `new` is the only way to make one.
        self.values.as_slice().unwrap_or_default()
    }

    /// Where each column came from.
    #[must_use]
    pub fn columns(&self) -> &[MatrixColumn] {
        &self.columns
    }

    /// How many customers.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.values.nrows()
    }

    /// How many features.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.values.ncols()
    }

    /// The rows at the given positions, in that order; at least one.
    ///
    /// # Errors
    ///
    /// `rows` is empty.
    pub fn take(&self, rows: &[usize]) -> Result<Self, MatrixError> {
        Self::new(self.values.select(ndarray::Axis(0), rows), self.columns.clone())
    }
}
