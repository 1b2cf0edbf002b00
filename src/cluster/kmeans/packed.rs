//! f32 rows for k-means, in the memory that they came in.

use ndarray::ArrayView2;

use super::fit::{Best, fit_packed};
use super::{KMeans, KMeansError, KMeansValid, dense};
use crate::cluster::kernel::{Packed, Path};
use crate::matrix::MatrixError;

/// Finite f32 rows, turned in place into the blocks that the arithmetic works on: no
/// second copy of the matrix is made. Values keep all their bits, unless a column lies
/// farther from zero than it is wide, or the range of values does not survive squaring.
///
/// # Examples
///
/// ```
/// use kohort::cluster::kmeans::{KMeansError, KMeansParams, PackedMatrix};
/// use linfa::ParamGuard;
///
/// let rows = PackedMatrix::new(vec![0.0, 0.1, 0.2, 0.0, 9.0, 9.1, 9.2, 9.0], 2)?;
/// let model = KMeansParams::new(2).check()?.fit_packed(&rows)?;
/// assert_eq!(model.labels()[0], model.labels()[1]);
/// assert_ne!(model.labels()[0], model.labels()[2]);
/// # Ok::<(), KMeansError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PackedMatrix(pub(super) Packed);

impl PackedMatrix {
    /// Packs row-major values of `n_columns` columns.
    ///
    /// # Errors
    ///
    /// No columns, no rows, values that do not fill the rows, a value that is not finite.
    pub fn new(values: Vec<f32>, n_columns: usize) -> Result<Self, KMeansError> {
        if n_columns == 0 {
            return Err(MatrixError::NoColumns.into());
        }
        if values.is_empty() {
            return Err(MatrixError::NoRows.into());
        }
        if !values.len().is_multiple_of(n_columns) {
            return Err(KMeansError::Shape { found: values.len(), columns: n_columns });
        }
        match Packed::from_f32(values, n_columns, Path::Best) {
            Ok(packed) => Ok(Self(packed)),
            Err(at) => Err(MatrixError::NotFinite {
                column: format!("x{}", at % n_columns),
                row: at / n_columns,
            }
            .into()),
        }
    }

    /// How many rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.0.n()
    }

    /// How many columns.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.0.d()
    }

    /// The instructions that do the arithmetic: `avx-512`, `avx2+fma` or `portable`.
    #[must_use]
    pub fn instructions(&self) -> &'static str {
        self.0.path.name()
    }

    /// The same rows with the arithmetic done by the instructions of this name, `avx-512`,
    /// `avx2` or `portable`, where the machine has them: other speed, the same bits. For
    /// benchmarks and tests.
    #[doc(hidden)]
    #[must_use]
    pub fn by(mut self, instructions: &str) -> Self {
        self.0.path = match instructions {
            "portable" => Path::Portable,
            "avx-512" => Path::Avx512,
            "avx2" => Path::Avx2,
            _ => Path::Best,
        };
        self
    }

    /// Finds the nearest of these centres, shape `(k, n_columns)`, for every row, so many times
    /// over without bounds, and returns the inertia of the rows as packed: for benchmarks.
    ///
    /// # Errors
    ///
    /// No centres, or centres of another width.
    #[doc(hidden)]
    pub fn passes(&self, centres: ArrayView2<'_, f64>, passes: usize) -> Result<f64, KMeansError> {
        let (k, found_d) = centres.dim();
        let (packed, d) = (&self.0, self.n_columns());
        if found_d != d || k == 0 {
            return Err(KMeansError::Start { found_k: k, found_d, k, d });
        }
        let given: Vec<f64> = centres.iter().copied().collect();
        Ok(dense::passes(packed, &packed.pack(&given), passes))
    }
}

impl KMeansValid {
    /// Fits f32 rows. Centres are f64; labels, sizes and inertia are those of the centres
    /// rounded to f32, of distances in f32, each row's added to the inertia in f64.
    ///
    /// # Errors
    ///
    /// Fewer distinct rows than segments.
    pub fn fit_packed(&self, rows: &PackedMatrix) -> Result<KMeans, KMeansError> {
        self.check_packed(&rows.0)?;
        self.model(fit_packed(&rows.0, self), rows)
    }

    /// Lloyd's iterations on f32 rows from given centres, shape `(k, n_features)`, and
    /// nothing else: for parity with other implementations.
    ///
    /// # Errors
    ///
    /// Centres of another shape or not finite; fewer distinct rows than segments.
    pub fn fit_packed_from(
        &self,
        rows: &PackedMatrix,
        centres: ArrayView2<'_, f64>,
    ) -> Result<KMeans, KMeansError> {
        let (found_k, found_d) = centres.dim();
        let (k, d) = (self.k(), rows.n_columns());
        if (found_k, found_d) != (k, d) {
            return Err(KMeansError::Start { found_k, found_d, k, d });
        }
        if let Some(((row, column), _)) = centres.indexed_iter().find(|(_, x)| !x.is_finite()) {
            return Err(MatrixError::NotFinite { column: format!("x{column}"), row }.into());
        }
        self.check_packed(&rows.0)?;
        let centres: Vec<f64> = centres.iter().copied().collect();
        self.model(dense::fit(&rows.0, rows.0.pack(&centres), self), rows)
    }

    fn check_packed(&self, packed: &Packed) -> Result<(), KMeansError> {
        let rows = (0..packed.n()).map(|row| packed.row(row));
        let distinct = super::error::count_distinct(rows, self.k());
        if distinct < self.k() {
            return Err(KMeansError::TooManySegments { k: self.k(), distinct });
        }
        Ok(())
    }

    fn model(&self, best: Best, rows: &PackedMatrix) -> Result<KMeans, KMeansError> {
        KMeans::new(best, self.k(), rows.n_columns())
    }
}
