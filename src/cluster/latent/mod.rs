//! Latent classes: segments inside which the columns are independent of each other.
//!
//! For surveys and mixed tables. The density of a customer x is `sum over classes j of
//! w_j prod over variables v of f_vj(x_v)`: for a category, `f` is the probability of its
//! level in the class (two levels: Bernoulli); for a number, a Gaussian with the mean and
//! the standard deviation of the class. The EM algorithm gives each customer the
//! probabilities `r_j` of the classes, and each class the weighted shares of levels, means
//! and standard deviations. A customer belongs to the most probable class.
//!
//! What is particular here:
//!
//! - which columns are numbers and which are levels of one category is read from the
//!   matrix by one rule, see [`variables`](super::variables);
//! - **missing values**: a variable that the customer's row has nothing in is left out of
//!   that customer's density, and of the class's share or mean. That is right where cells
//!   are missing at random given the others; it is not where being missing says something
//!   by itself, such as a question that only leavers skipped. A level that was not there
//!   at fit counts as missing;
//! - `prior` average customers (1 by default) are added to every class: its probability of
//!   a level is `(n_level + a p_level) / (n + a)`, its variance `(S + a s^2) / (n + a)`
//!   with p and s^2 of all customers. So no probability is 0 and no variance vanishes;
//! - 20 starts, each to the neighbourhood of its optimum; the best is finished. Every other
//!   start is the partition by nearest of k customers drawn far from each other, the rest
//!   are probabilities drawn at random;
//! - where there are only categories, equal customers are one row with a count, so that
//!   the result does not depend on the order of customers and time depends on the number
//!   of different answers;
//! - the same bits for any number of threads.
//!
//! For choosing k: `BIC = -2 L + p ln n` and `ICL = BIC - 2 sum r ln r`; lower is better.
//!
//! Choosing parameters: k by `cluster::discover`. `prior = 0` gives the plain maximum of
//! the likelihood, for comparisons with other programs.
//!
//! Limits and cost: columns that go together inside a class (two questions that say the
//! same) make more classes than there are kinds of people. `O(n k v)` per iteration.
//!
//! # Examples
//!
//! ```
//! use kohort::cluster::latent::{LatentError, LatentParams};
//! use linfa::prelude::*;
//! use ndarray::Array2;
//!
//! // Two kinds of answers to six questions.
//! let rows = Array2::from_shape_fn((40, 6), |(i, j)| {
//!     let kind = i % 2 == 0;
//!     let slip = (i * 7 + j * 3) % 11 == 0;
//!     f64::from(u8::from((kind ^ (j > 2)) ^ slip))
//! });
//! let model = LatentParams::new(2).fit(&DatasetBase::from(rows.clone()))?;
//! let labels = model.predict(&rows);
//! assert_eq!(labels[0], labels[2]);
//! assert_ne!(labels[0], labels[1]);
//! # Ok::<(), LatentError>(())
//! ```
//!
//! # Errors
//!
//! Fewer distinct rows than classes, no column that differs, parameters out of range, a
//! class that nobody belongs to from any start.
//!
//! # References
//!
//! - Lazarsfeld & Henry 1968, Latent Structure Analysis, Houghton Mifflin.
//! - Goodman 1974, Exploratory latent structure analysis using both identifiable and
//!   unidentifiable models, Biometrika 61(2): EM for latent classes.
//! - Vermunt & Magidson 2002, Latent class cluster analysis, in Applied Latent Class
//!   Analysis, Cambridge: numbers and categories in one model; the prior.
//! - Linzer & Lewis 2011, `poLCA`: an R package for polytomous variable latent class
//!   analysis, J. Stat. Softw. 42(10): missing values left out; the figures of a test.
//! - Biernacki, Celeux & Govaert 2003, Choosing starting values for the EM algorithm,
//!   Comput. Stat. Data Anal. 41(3): many short runs, then one long.

mod classes;
mod em;
mod error;
mod fit;
mod params;
#[cfg(test)]
pub(crate) mod tests;

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, ArrayBase, Data, Ix2};

pub use classes::Classes;
pub use error::LatentError;
pub use params::{LatentParams, LatentValid};

use super::variables::{Gaps, Variables};
use crate::matrix::Matrix;

/// Fitted latent classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Latent {
    classes: Classes,
    log_likelihood: f64,
    entropy: f64,
    n: usize,
    sizes: Vec<usize>,
    iterations: usize,
    converged: bool,
    found_again: bool,
}

impl Latent {
    /// The classes.
    #[must_use]
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The log-likelihood of what is known of all customers, in the units of the matrix.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// How many numbers were free.
    #[must_use]
    pub fn n_parameters(&self) -> usize {
        let variables = self.classes.variables();
        let levels: usize = variables.levels().iter().map(|levels| levels - 1).sum();
        self.classes.k() * (2 * variables.n_numbers() + levels + 1) - 1
    }

    /// `-2 L + p ln n`; lower is better.
    #[must_use]
    pub fn bic(&self) -> f64 {
        self.n_parameters() as f64 * libm::log(self.n as f64) - 2.0 * self.log_likelihood
    }

    /// BIC and twice the entropy of the probabilities; lower is better.
    #[must_use]
    pub fn icl(&self) -> f64 {
        self.bic() + 2.0 * self.entropy
    }

    /// How many customers each class is the most probable for, at least 1.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Iterations of the finish.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// Whether the stop rule was met before the maximum number of iterations.
    #[must_use]
    pub fn converged(&self) -> bool {
        self.converged
    }

    /// Whether two starts found the best likelihood.
    #[must_use]
    pub fn found_again(&self) -> bool {
        self.found_again
    }
}

impl LatentValid {
    /// Fits a matrix; cells in `gaps` are missing.
    ///
    /// # Errors
    ///
    /// No column that differs; fewer distinct rows than classes; a class that nobody
    /// belongs to from any start.
    pub fn fit_matrix(&self, matrix: &Matrix, gaps: Option<&Gaps>) -> Result<Latent, LatentError> {
        let variables = Variables::of(matrix, gaps);
        if variables.all().is_empty() {
            return Err(match self.k() {
                k @ 2.. => LatentError::TooManySegments { k, distinct: 1 },
                _ => LatentError::NoVariables { columns: matrix.n_columns() },
            });
        }
        let rows = variables.read(matrix, gaps);
        let n = rows.n;
        let best = fit::fit(&variables, rows, self)?;
        Ok(Latent {
            classes: best.classes,
            log_likelihood: best.last.log_likelihood,
            entropy: best.last.entropy,
            n,
            sizes: best.last.sizes.iter().map(|size| *size as usize).collect(),
            iterations: best.iterations,
            converged: best.converged,
            found_again: best.found_again,
        })
    }
}

impl<D: Data<Elem = f64>, T> Fit<ArrayBase<D, Ix2>, T, LatentError> for LatentValid {
    type Object = Latent;

    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Latent, LatentError> {
        let matrix = Matrix::unnamed(dataset.records().to_owned())?;
        self.fit_matrix(&matrix, None)
    }
}

impl<D: Data<Elem = f64>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for Latent {
    fn predict_inplace(&self, x: &ArrayBase<D, Ix2>, y: &mut Array1<usize>) {
        // Rows that are no matrix keep the label 0, as linfa's trait knows no error.
        let Ok(matrix) = Matrix::unnamed(x.to_owned()) else { return };
        for (label, found) in y.iter_mut().zip(self.classes.assign(&matrix, None)) {
            *label = found.first as usize;
        }
    }

    fn default_target(&self, x: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(x.nrows())
    }
}
