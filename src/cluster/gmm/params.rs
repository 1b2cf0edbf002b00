//! The parameters of a Gaussian mixture.

use linfa::ParamGuard;

use super::GmmError;
use crate::seed::Seed;

/// Which covariance matrices the components may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Covariance {
    /// Any: ellipses in any direction, `k d (d + 1) / 2` parameters.
    #[default]
    Full,
    /// Columns are independent inside a component, `k d` parameters.
    Diagonal,
}

/// The parameters of a Gaussian mixture, to be checked by linfa's `ParamGuard`.
#[derive(Debug, Clone, PartialEq)]
pub struct GmmParams(GmmValid);

/// Checked parameters: only these can fit.
#[derive(Debug, Clone, PartialEq)]
pub struct GmmValid {
    k: usize,
    seed: Seed,
    covariance: Covariance,
    starts: usize,
    max_iterations: usize,
    tolerance: f64,
    ridge: f64,
    sample: usize,
}

impl GmmParams {
    /// k components; full covariance, seed 1, 10 starts on at most 5,000 rows, at
    /// most 300 iterations, tolerance 1e-5, ridge 1e-3.
    #[must_use]
    pub fn new(k: usize) -> Self {
        Self(GmmValid {
            k,
            seed: Seed::default(),
            covariance: Covariance::Full,
            starts: 10,
            max_iterations: 300,
            tolerance: 1e-5,
            ridge: 1e-3,
            sample: 5_000,
        })
    }

    /// The seed of the starts and of the sample.
    #[must_use]
    pub fn seed(mut self, seed: Seed) -> Self {
        self.0.seed = seed;
        self
    }

    /// Which covariance matrices the components may have.
    #[must_use]
    pub fn covariance(mut self, covariance: Covariance) -> Self {
        self.0.covariance = covariance;
        self
    }

    /// How many starts.
    #[must_use]
    pub fn starts(mut self, starts: usize) -> Self {
        self.0.starts = starts;
        self
    }

    /// The most iterations of the finish on all rows; a start takes at most 100.
    #[must_use]
    pub fn max_iterations(mut self, iterations: usize) -> Self {
        self.0.max_iterations = iterations;
        self
    }

    /// Stop when an iteration raises the mean log-likelihood of a row by at most this.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Added to every variance, as a share of the variance of the whole column.
    #[must_use]
    pub fn ridge(mut self, ridge: f64) -> Self {
        self.0.ridge = ridge;
        self
    }

    /// The most rows that the starts run on.
    #[must_use]
    pub fn sample(mut self, rows: usize) -> Self {
        self.0.sample = rows;
        self
    }
}

impl ParamGuard for GmmParams {
    type Checked = GmmValid;
    type Error = GmmError;

    fn check_ref(&self) -> Result<&GmmValid, GmmError> {
        let params = &self.0;
        if params.k == 0 {
            return Err(GmmError::ZeroSegments);
        }
        let counts = [
            ("the number of starts", params.starts),
            ("the maximum number of iterations", params.max_iterations),
            ("the sample", params.sample),
        ];
        if let Some((name, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return Err(GmmError::Zero { name });
        }
        // Below this a matrix of equal rows could not be inverted in f64.
        let ranges = [("the tolerance", params.tolerance, 0.0), ("the ridge", params.ridge, 1e-12)];
        for (name, found, least) in ranges {
            if !(found.is_finite() && found >= least) {
                return Err(GmmError::Range { name, found, least });
            }
        }
        Ok(params)
    }

    fn check(self) -> Result<GmmValid, GmmError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl GmmValid {
    /// How many components, at least 1.
    #[must_use]
    pub fn k(&self) -> usize {
        self.k
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// Which covariance matrices the components may have.
    #[must_use]
    pub fn covariance(&self) -> Covariance {
        self.covariance
    }

    /// How many starts, at least 1.
    #[must_use]
    pub fn starts(&self) -> usize {
        self.starts
    }

    /// The most iterations, at least 1.
    #[must_use]
    pub fn max_iterations(&self) -> usize {
        self.max_iterations
    }

    /// The tolerance of the stop rule, at least 0.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        self.tolerance
    }

    /// Added to every variance, as a share of the variance of the column, at least 1e-12.
    #[must_use]
    pub fn ridge(&self) -> f64 {
        self.ridge
    }

    /// The most rows that the starts run on; never fewer than 200 per component.
    #[must_use]
    pub fn sample(&self) -> usize {
        self.sample.max(200 * self.k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_segments_are_rejected() {
        assert!(matches!(GmmParams::new(0).check(), Err(GmmError::ZeroSegments)));
    }

    #[test]
    fn zero_starts_iterations_or_rows_are_rejected() {
        for params in [
            GmmParams::new(2).starts(0),
            GmmParams::new(2).max_iterations(0),
            GmmParams::new(2).sample(0),
        ] {
            assert!(matches!(params.check(), Err(GmmError::Zero { .. })));
        }
    }

    #[test]
    fn a_tolerance_must_be_finite_and_at_least_zero() {
        for tolerance in [-1e-9, f64::NAN, f64::INFINITY] {
            let params = GmmParams::new(2).tolerance(tolerance);
            assert!(matches!(params.check(), Err(GmmError::Range { .. })));
        }
    }

    #[test]
    fn a_ridge_must_be_finite_and_positive() {
        for ridge in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let params = GmmParams::new(2).ridge(ridge);
            assert!(matches!(params.check(), Err(GmmError::Range { .. })));
        }
    }
}
