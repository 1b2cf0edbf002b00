//! k-prototypes: compact segments of customers described by numbers and categories.
//!
//! Minimises the cost `sum over customers i of min over prototypes j of
//! sum over numbers (x_i - m_j)^2 + gamma * number of categories in which i differs from
//! the mode of j`. A prototype is the mean of each number and the most frequent level of
//! each category among its customers.
//!
//! What is particular here:
//!
//! - which columns are numbers and which are levels of one category is read from the
//!   matrix by one rule, see [`variables`](super::variables);
//! - **gamma**, the weight of a category that differs, is half the mean standard deviation
//!   of the numbers (Huang 1998 found a third to two thirds of it right), so .5 where the
//!   numbers are standardised; 1 where there are no numbers, which is k-modes;
//! - prototypes are updated after all customers have been placed, not after each: the
//!   result does not depend on the order of customers, and the cost never rises;
//! - levels are counted as whole numbers; a tie of levels, and of prototypes, goes to the
//!   lowest; an empty segment moves to the customer farthest from its prototype;
//! - restarts from greedy k-means++ starts in the same dissimilarity, on a sample of at
//!   most `sample` customers, until the best cost was found twice, and at least 32 where they
//!   cost next to nothing; the best is finished on
//!   all customers;
//! - the same bits for any number of threads: sums over fixed chunks, added in order.
//!
//! Missing values: as the preparation leaves them, that is, numbers filled in and a
//! missing category a level of its own or the most frequent one. A level that was not
//! there at fit differs from every prototype's. Weights of columns in the preparation act
//! on numbers, not on categories, which are levels here.
//!
//! Choosing parameters: k by `cluster::discover`.
//!
//! Limits and cost: compact segments; a category of many levels says little through its
//! mode alone. `O(n k v)` per iteration; memory three copies of the matrix.
//!
//! # Examples
//!
//! ```
//! use kohort::cluster::kprototypes::{KPrototypesError, KPrototypesParams};
//! use linfa::prelude::*;
//! use ndarray::array;
//!
//! let rows = array![[0.1, 1.0], [0.2, 1.0], [0.0, 1.0], [3.1, 0.0], [3.2, 0.0], [3.0, 1.0]];
//! let model = KPrototypesParams::new(2).fit(&DatasetBase::from(rows.clone()))?;
//! let labels = model.predict(&rows);
//! assert_eq!(labels[0], labels[1]);
//! assert_ne!(labels[0], labels[3]);
//! # Ok::<(), KPrototypesError>(())
//! ```
//!
//! # Errors
//!
//! Fewer distinct rows than segments, no column that differs, parameters out of range.
//!
//! # References
//!
//! - Huang 1998, Extensions to the k-means algorithm for clustering large data sets with
//!   categorical values, Data Min. Knowl. Discov. 2(3). Deviations: batch updates; gamma by
//!   the rule above, as in Python's kmodes.
//! - Arthur & Vassilvitskii 2007, k-means++: the advantages of careful seeding, SODA.

mod error;
mod fit;
mod params;
mod prototypes;
#[cfg(test)]
mod tests;

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, ArrayBase, Data, Ix2};

pub use error::KPrototypesError;
pub use params::{KPrototypesParams, KPrototypesValid};
pub use prototypes::{Nearest, Prototypes};

use super::variables::{Rows, Variables};
use crate::matrix::Matrix;

/// Fitted k-prototypes.
#[derive(Debug, Clone, PartialEq)]
pub struct KPrototypes {
    prototypes: Prototypes,
    labels: Vec<u32>,
    sizes: Vec<usize>,
    cost: f64,
    iterations: usize,
    converged: bool,
    found_again: bool,
    restarts: usize,
}

impl KPrototypes {
    /// The prototypes.
    #[must_use]
    pub fn prototypes(&self) -> &Prototypes {
        &self.prototypes
    }

    /// The segment of each row that it was fitted on, 0-based.
    #[must_use]
    pub fn labels(&self) -> &[u32] {
        &self.labels
    }

    /// The customers of each segment, at least 1.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The sum of dissimilarities to the own prototype.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.cost
    }

    /// Iterations on all rows.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// Whether no customer changed its segment in the last iteration.
    #[must_use]
    pub fn converged(&self) -> bool {
        self.converged
    }

    /// Whether the best cost of the restarts was found from two starts.
    #[must_use]
    pub fn found_again(&self) -> bool {
        self.found_again
    }

    /// How many restarts were run.
    #[must_use]
    pub fn restarts(&self) -> usize {
        self.restarts
    }
}

/// Half the mean standard deviation of the numbers; 1 where there are none.
fn rule(rows: &Rows, p: usize) -> f64 {
    if p == 0 {
        return 1.0;
    }
    let n = rows.n as f64;
    let deviation = |c: usize| {
        let values = || rows.numbers.iter().skip(c).step_by(p);
        let mean = values().sum::<f64>() / n;
        (values().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt()
    };
    0.5 * (0..p).map(deviation).sum::<f64>() / p as f64
}

impl KPrototypesValid {
    /// Fits a matrix.
    ///
    /// # Errors
    ///
    /// No column that differs; fewer distinct rows than segments.
    pub fn fit_matrix(&self, matrix: &Matrix) -> Result<KPrototypes, KPrototypesError> {
        let k = self.k();
        let variables = Variables::of(matrix, None);
        if variables.all().is_empty() {
            return Err(match k {
                2.. => KPrototypesError::TooManySegments { k, distinct: 1 },
                _ => KPrototypesError::NoVariables { columns: matrix.n_columns() },
            });
        }
        let distinct = super::gmm::n_distinct_up_to(matrix, k);
        if distinct < k {
            return Err(KPrototypesError::TooManySegments { k, distinct });
        }
        let rows = variables.read(matrix, None);
        let gamma = self.gamma().unwrap_or_else(|| rule(&rows, variables.n_numbers()));
        let (run, found_again, restarts) = fit::fit(&variables, &rows, gamma, self);
        Ok(KPrototypes {
            prototypes: run.prototypes,
            labels: run.labels,
            sizes: run.sizes,
            cost: run.cost,
            iterations: run.iterations,
            converged: run.converged,
            found_again,
            restarts,
        })
    }
}

impl<D: Data<Elem = f64>, T> Fit<ArrayBase<D, Ix2>, T, KPrototypesError> for KPrototypesValid {
    type Object = KPrototypes;

    fn fit(
        &self,
        dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
    ) -> Result<KPrototypes, KPrototypesError> {
        self.fit_matrix(&Matrix::unnamed(dataset.records().to_owned())?)
    }
}

impl<D: Data<Elem = f64>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for KPrototypes {
    fn predict_inplace(&self, x: &ArrayBase<D, Ix2>, y: &mut Array1<usize>) {
        // Rows that are no matrix keep the label 0, as linfa's trait knows no error.
        let Ok(matrix) = Matrix::unnamed(x.to_owned()) else { return };
        for (label, found) in y.iter_mut().zip(self.prototypes.assign(&matrix)) {
            *label = found.first as usize;
        }
    }

    fn default_target(&self, x: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(x.nrows())
    }
}
