//! k-means: compact segments around centres.
//!
//! Minimises the inertia, `sum over customers i of w_i * min over centres c of
//! |x_i - c|^2`, by Lloyd's iterations from greedy k-means++ starts.
//!
//! What is particular here:
//!
//! - exact and deterministic: the same bits for any number of threads and any width of
//!   vectors. Searching is done in f32 blocks with sums in whole numbers of a quantum of
//!   2^-35 of each column's largest value; f64 rows are then finished in f64, over fixed
//!   chunks of 4,096 rows that are added in their order;
//! - where f32 cannot tell the rows of a segment apart (rounding makes up more than 1e-8 of
//!   the inertia) all of it is done in f64; values whose squares are no numbers, such as
//!   1e200, are multiplied by a power of two first;
//! - centres are true means; an empty segment is moved to the customer farthest from
//!   its centre (ties: lowest row), the lowest segment first;
//! - the stop rule of scikit-learn: no label changed, or the centres moved in total by
//!   at most `tolerance * mean column variance` (squared);
//! - restarts run on a sample of at most `sample` rows until the best inertia was found
//!   twice. Where that is not all there is, exchanges of one centre for a row improve it and a
//!   few starts on samples of their own further; they are finished on samples that grow
//!   fourfold up to all rows, and left out where a larger sample, or all rows, find them plainly
//!   worse. A sample has one row, or from 16,000 rows on one block of 16, out of each of as
//!   many equal stretches of the order;
//! - labels, sizes and inertia are those of the centres that are returned.
//!
//! Choosing parameters: `k` by `cluster::discover`; the defaults of the others are
//! right unless a parity test needs `tolerance = 0`.
//!
//! Limits and cost: round segments of similar spread; `O(n k d)` per iteration. A
//! [`PackedMatrix`] is fitted in the memory that it came in, plus 1 to 4 bytes per row and
//! the labels; a `Matrix` needs its blocks in f64 and in f32 besides.
//!
//! # Examples
//!
//! ```
//! use kohort::cluster::kmeans::{KMeansError, KMeansParams};
//! use linfa::prelude::*;
//! use ndarray::array;
//!
//! let rows = array![[0.0, 0.1], [0.2, 0.0], [9.0, 9.1], [9.2, 9.0]];
//! let model = KMeansParams::new(2).fit(&DatasetBase::from(rows.clone()))?;
//! let labels = model.predict(&rows);
//! assert_eq!(labels[0], labels[1]);
//! assert_ne!(labels[0], labels[2]);
//! # Ok::<(), KMeansError>(())
//! ```
//!
//! # Errors
//!
//! Fewer distinct rows than segments, values that are not finite, parameters out of
//! range.
//!
//! # References
//!
//! - Lloyd 1982, Least squares quantization in PCM, IEEE Trans. Inf. Theory 28(2).
//! - Arthur & Vassilvitskii 2007, k-means++: the advantages of careful seeding, SODA.
//!   Greedy with `2 + floor(ln k)` trials, as in their section 7 and scikit-learn.

mod dense;
mod error;
mod exchange;
mod fit;
mod lloyd;
mod packed;
mod params;
mod rest;
mod search;
mod seeding;
mod seeding_f64;
mod space;

#[doc(hidden)]
pub use crate::kernel::path::multiply_adds;
pub use error::KMeansError;
pub use packed::PackedMatrix;
pub use params::{KMeansParams, KMeansValid};

pub(crate) use error::n_distinct_up_to;
pub(crate) use fit::{
    End, fit_both_ways, fit_from, fit_points, is_brief, pack, search_from, search_points,
};
#[cfg(test)]
pub(crate) use lloyd::lloyd_until;
pub(crate) use lloyd::{Partition, finish, total_variance};

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, ArrayView2, Data, Ix2};

use self::fit::Best;
use super::kernel::{Points, squared_distance};
use crate::matrix::{Matrix, MatrixError};

/// A fitted k-means model.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeans {
    centres: Array2<f64>,
    labels: Vec<u32>,
    sizes: Vec<f64>,
    inertia: f64,
    iterations: usize,
    converged: bool,
    found_again: bool,
    restarts: usize,
}

impl KMeans {
    fn new(best: Best, k: usize, d: usize) -> Result<Self, KMeansError> {
        Ok(Self {
            centres: Array2::from_shape_vec((k, d), best.partition.centres)
                .map_err(|_| KMeansError::ZeroSegments)?,
            labels: best.partition.labels,
            sizes: best.partition.sizes,
            inertia: best.partition.inertia,
            iterations: best.iterations,
            converged: best.converged,
            found_again: best.found_again,
            restarts: best.restarts,
        })
    }

    /// The centres, shape `(k, n_features)`.
    #[must_use]
    pub fn centres(&self) -> ArrayView2<'_, f64> {
        self.centres.view()
    }

    /// The segment of each row that it was fitted on, 0-based.
    #[must_use]
    pub fn labels(&self) -> &[u32] {
        &self.labels
    }

    /// The weight of each segment: its number of rows where no weights were given.
    #[must_use]
    pub fn sizes(&self) -> &[f64] {
        &self.sizes
    }

    /// The weighted sum of squared distances to the own centre.
    #[must_use]
    pub fn inertia(&self) -> f64 {
        self.inertia
    }

    /// Iterations of the last stage, on all rows; those of the search before it do not count.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// Whether the stop rule was met before the maximum number of iterations.
    #[must_use]
    pub fn converged(&self) -> bool {
        self.converged
    }

    /// Whether the best inertia of the restarts was found from two starts.
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

impl KMeansValid {
    /// Fits a matrix; `weights`, where given, are finite, non-negative and one per row.
    /// Rows of weight 0 do not move the centres but are labelled.
    ///
    /// # Errors
    ///
    /// Weights of another length or out of range; fewer distinct rows of positive
    /// weight than segments.
    pub fn fit_matrix(
        &self,
        matrix: &Matrix,
        weights: Option<&[f64]>,
    ) -> Result<KMeans, KMeansError> {
        let points = Points::new(matrix);
        let points = match weights {
            Some(weights) => points.weighted(error::check_weights(weights, matrix.n_rows())?),
            None => points,
        };
        error::check_distinct(&points, self.k())?;
        KMeans::new(fit_points(&points, self), self.k(), points.d())
    }
}

impl<D: Data<Elem = f64>, T> Fit<ArrayBase<D, Ix2>, T, KMeansError> for KMeansValid {
    type Object = KMeans;

    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<KMeans, KMeansError> {
        let matrix = Matrix::unnamed(dataset.records().to_owned()).map_err(KMeansError::Matrix)?;
        self.fit_matrix(&matrix, None)
    }
}

impl<D: Data<Elem = f64>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for KMeans {
    fn predict_inplace(&self, x: &ArrayBase<D, Ix2>, y: &mut Array1<usize>) {
        // A power of two keeps the squares of very large or very small values finite.
        let largest = self.centres.iter().fold(0.0f64, |most, c| most.max(c.abs()));
        let exponent = libm::frexp(largest).1;
        let scale = if exponent.abs() > 400 { libm::ldexp(1.0, -exponent) } else { 1.0 };
        let scaled = |row: ndarray::ArrayView1<'_, f64>| -> Vec<f64> {
            row.iter().map(|x| x * scale).collect()
        };
        let centres: Vec<Vec<f64>> = self.centres.rows().into_iter().map(scaled).collect();
        for (row, label) in x.rows().into_iter().zip(y.iter_mut()) {
            let row: Vec<f64> = row.iter().map(|x| x * scale).collect();
            let mut best = (f64::INFINITY, 0);
            for (j, centre) in centres.iter().enumerate() {
                let distance = squared_distance(&row, centre);
                if distance < best.0 {
                    best = (distance, j);
                }
            }
            *label = best.1;
        }
    }

    fn default_target(&self, x: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(x.nrows())
    }
}

impl From<MatrixError> for KMeansError {
    fn from(error: MatrixError) -> Self {
        Self::Matrix(error)
    }
}
