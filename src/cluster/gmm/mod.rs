//! Gaussian mixture: segments as overlapping ellipses, with a probability for each.
//!
//! The density of a customer x is `sum over segments j of w_j N(x; m_j, S_j)`. The EM
//! algorithm (Dempster, Laird and Rubin) raises the likelihood of all customers: the E
//! step gives each customer the probabilities `r_j = w_j N_j / sum w N`, the M step makes
//! `w_j = n_j / n`, `m_j` and `S_j` the weighted share, mean and covariance, `n_j = sum r_j`.
//! A customer belongs to the segment with the highest probability.
//!
//! What is particular here:
//!
//! - densities are logarithms throughout, added by `max + ln sum exp(. - max)`; far
//!   customers and narrow components give no overflow and no NaN;
//! - columns are standardised inside, and every variance is raised by `ridge` times the
//!   variance of the whole column. So a component of equal customers, or of fewer than
//!   there are columns, stays a narrow ellipse, and neither units nor weights of columns
//!   matter. The log-likelihood that is stated is that of the columns as given;
//! - moments are taken around the present mean, and inverted by Cholesky; where rounding
//!   has left a matrix that is not positive, its mixed parts are dropped for that step;
//! - starts run on a sample of at most `sample` rows: k-means partitions and, because long
//!   ellipses are not found from round groups, customers drawn at random with the spread of
//!   all around each, in turn; the most likely one is finished on all rows;
//! - the same bits for any number of threads: sums over fixed chunks, added in order;
//! - columns that were constant at fit have no say.
//!
//! For choosing k and the kind of covariance: `BIC = -2 L + p ln n` with p the number of
//! free parameters, and `ICL = BIC + 2 E` with the entropy `E = - sum r ln r`, which asks
//! besides that customers belong clearly. Lower is better for both.
//!
//! Choosing parameters: k and the covariance by `cluster::discover`. A larger `ridge`
//! hinders components that sit on a few equal customers.
//!
//! Limits and cost: only columns of numbers. A column of two values has no density: the
//! likelihood grows without bound as a component narrows on one of them, so such columns
//! are refused. `O(n k d^2)` per iteration, `O(n k d)` for diagonal covariance; memory
//! two copies of the matrix.
//!
//! # Examples
//!
//! ```
//! use kohort::cluster::gmm::{GmmError, GmmParams};
//! use linfa::prelude::*;
//! use ndarray::array;
//!
//! let rows = array![[0.0, 0.1], [0.2, 0.0], [0.1, 0.3], [9.0, 9.1], [9.2, 9.0], [9.1, 9.3]];
//! let model = GmmParams::new(2).fit(&DatasetBase::from(rows.clone()))?;
//! let labels = model.predict(&rows);
//! assert_eq!(labels[0], labels[1]);
//! assert_ne!(labels[0], labels[3]);
//! # Ok::<(), GmmError>(())
//! ```
//!
//! # Errors
//!
//! Fewer distinct rows than segments, columns of two values, values that are not finite,
//! parameters out of range, a segment that nobody belongs to from any start.
//!
//! # References
//!
//! - Dempster, Laird & Rubin 1977, Maximum likelihood from incomplete data via the EM
//!   algorithm, J. R. Stat. Soc. B 39(1).
//! - `McLachlan` & Peel 2000, Finite Mixture Models, Wiley: chapter 3; section 6.10 for ICL.
//! - Schwarz 1978, Estimating the dimension of a model, Ann. Stat. 6(2): BIC.
//! - Biernacki, Celeux & Govaert 2000, Assessing a mixture model for clustering with the
//!   integrated completed likelihood, IEEE Trans. PAMI 22(7). Deviation: the sign and the
//!   factor of 2 of BIC, and the entropy of the probabilities, as `McLachlan` & Peel.

mod em;
mod error;
mod exp;
mod fit;
mod mixture;
mod params;
#[cfg(test)]
mod tests;

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, ArrayBase, Data, Ix2};
use rayon::prelude::*;

pub use error::GmmError;
pub use mixture::{Membership, Mixture};
pub use params::{Covariance, GmmParams, GmmValid};

pub(crate) use exp::exp;
pub(crate) use mixture::{log_sum, membership};

use crate::cluster::kmeans::KMeansError;
use crate::matrix::Matrix;

/// A fitted Gaussian mixture.
#[derive(Debug, Clone, PartialEq)]
pub struct Gmm {
    mixture: Mixture,
    covariance: Covariance,
    log_likelihood: f64,
    entropy: f64,
    n: usize,
    sizes: Vec<usize>,
    iterations: usize,
    converged: bool,
    found_again: bool,
    starts: usize,
}

impl Gmm {
    /// The components.
    #[must_use]
    pub fn mixture(&self) -> &Mixture {
        &self.mixture
    }

    /// Which covariance matrices the components have.
    #[must_use]
    pub fn covariance(&self) -> Covariance {
        self.covariance
    }

    /// The log-likelihood of all rows in the units of the matrix.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// How many numbers were free.
    #[must_use]
    pub fn n_parameters(&self) -> usize {
        let (k, d) = (self.mixture.k(), self.mixture.n_live());
        let spreads = match self.covariance {
            Covariance::Full => d * (d + 1) / 2,
            Covariance::Diagonal => d,
        };
        k - 1 + k * (d + spreads)
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

    /// How many rows each component is the most probable for, at least 1.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Iterations on all rows.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// Whether the stop rule was met before the maximum number of iterations.
    #[must_use]
    pub fn converged(&self) -> bool {
        self.converged
    }

    /// Whether the best likelihood of the starts was found from two of them.
    #[must_use]
    pub fn found_again(&self) -> bool {
        self.found_again
    }

    /// How many starts were run.
    #[must_use]
    pub fn starts(&self) -> usize {
        self.starts
    }
}

impl Mixture {
    /// Where every row of a row-major slice of width d belongs; each row for itself.
    #[must_use]
    pub fn assign(&self, rows: &[f64]) -> Vec<Membership> {
        rows.par_chunks(mixture::LANES * self.d())
            .with_min_len(64)
            .flat_map_iter(|rows| self.place(rows))
            .collect()
    }
}

/// The first column of two values and how many there are.
fn two_values(matrix: &Matrix) -> Option<(usize, usize)> {
    let values = matrix.values();
    let two = |j: usize| {
        let column = values.column(j);
        let first = column[0];
        let Some(second) = column.iter().copied().find(|value| *value != first) else {
            return false;
        };
        column.iter().all(|value| *value == first || *value == second)
    };
    // Two customers differ in two values wherever they differ.
    if matrix.n_rows() < 3 {
        return None;
    }
    let found: Vec<usize> = (0..matrix.n_columns()).filter(|&j| two(j)).collect();
    found.first().map(|&first| (first, found.len()))
}

impl GmmValid {
    /// Fits a matrix.
    ///
    /// # Errors
    ///
    /// Fewer distinct rows than segments; columns of two values; a segment that nobody
    /// belongs to from any start.
    pub fn fit_matrix(&self, matrix: &Matrix) -> Result<Gmm, GmmError> {
        let distinct = n_distinct_up_to(matrix, self.k());
        if distinct < self.k() {
            return Err(KMeansError::TooManySegments { k: self.k(), distinct }.into());
        }
        if let Some((first, found)) = two_values(matrix) {
            let column = matrix.columns()[first].name.clone();
            return Err(GmmError::TwoValues { column, found, columns: matrix.n_columns() });
        }
        let best = fit::fit(matrix, self)?;
        let n = matrix.n_rows();
        let units: f64 =
            best.mixture.scale().iter().filter(|s| **s > 0.0).map(|s| libm::log(*s)).sum();
        Ok(Gmm {
            log_likelihood: best.log_likelihood + n as f64 * units,
            mixture: best.mixture,
            covariance: self.covariance(),
            entropy: best.entropy,
            n,
            sizes: best.sizes,
            iterations: best.iterations,
            converged: best.converged,
            found_again: best.found_again,
            starts: best.starts,
        })
    }
}

/// The number of distinct rows, counted up to `enough`.
pub(crate) fn n_distinct_up_to(matrix: &Matrix, enough: usize) -> usize {
    let mut seen = std::collections::BTreeSet::new();
    for row in matrix.values().rows() {
        // Adding 0 turns -0 into 0, which is the same number.
        seen.insert(row.iter().map(|x| (x + 0.0).to_bits()).collect::<Vec<_>>());
        if seen.len() >= enough {
            break;
        }
    }
    seen.len()
}

impl<D: Data<Elem = f64>, T> Fit<ArrayBase<D, Ix2>, T, GmmError> for GmmValid {
    type Object = Gmm;

    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Gmm, GmmError> {
        self.fit_matrix(&Matrix::unnamed(dataset.records().to_owned())?)
    }
}

impl<D: Data<Elem = f64>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for Gmm {
    fn predict_inplace(&self, x: &ArrayBase<D, Ix2>, y: &mut Array1<usize>) {
        let rows: Vec<f64> = x.iter().copied().collect();
        for (label, found) in y.iter_mut().zip(self.mixture.assign(&rows)) {
            *label = found.first as usize;
        }
    }

    fn default_target(&self, x: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(x.nrows())
    }
}
