//! The parameters of k-means.

use linfa::ParamGuard;

use super::KMeansError;
use crate::seed::Seed;

/// The parameters of k-means, to be checked by linfa's `ParamGuard`.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeansParams(KMeansValid);

/// Checked parameters: only these can fit.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeansValid {
    k: usize,
    seed: Seed,
    max_restarts: usize,
    max_iterations: usize,
    tolerance: f64,
    sample: usize,
}

impl KMeansParams {
    /// k segments; seed 1, at most 10 restarts on at most 5,000 rows, at most 300
    /// iterations, tolerance 1e-4.
    #[must_use]
    pub fn new(k: usize) -> Self {
        Self(KMeansValid {
            k,
            seed: Seed::default(),
            max_restarts: 10,
            max_iterations: 300,
            tolerance: 1e-4,
            sample: 5_000,
        })
    }

    /// The seed of the starts and of the sample.
    #[must_use]
    pub fn seed(mut self, seed: Seed) -> Self {
        self.0.seed = seed;
        self
    }

    /// The most restarts; fewer are run where the best inertia is found twice earlier.
    #[must_use]
    pub fn max_restarts(mut self, restarts: usize) -> Self {
        self.0.max_restarts = restarts;
        self
    }

    /// The most iterations of each restart and of each stage of the finish.
    #[must_use]
    pub fn max_iterations(mut self, iterations: usize) -> Self {
        self.0.max_iterations = iterations;
        self
    }

    /// Stop when the squared shifts of the centres sum to at most this share of the
    /// mean column variance; 0 stops only when no label changes.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// The most rows that restarts run on.
    #[must_use]
    pub fn sample(mut self, rows: usize) -> Self {
        self.0.sample = rows;
        self
    }
}

impl ParamGuard for KMeansParams {
    type Checked = KMeansValid;
    type Error = KMeansError;

    fn check_ref(&self) -> Result<&KMeansValid, KMeansError> {
        let params = &self.0;
        if params.k == 0 {
            return Err(KMeansError::ZeroSegments);
        }
        let counts = [
            ("the maximum number of restarts", params.max_restarts),
            ("the maximum number of iterations", params.max_iterations),
            ("the sample", params.sample),
        ];
        if let Some((name, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return Err(KMeansError::Zero { name });
        }
        if !(params.tolerance.is_finite() && params.tolerance >= 0.0) {
            return Err(KMeansError::Tolerance { tolerance: params.tolerance });
        }
        Ok(params)
    }

    fn check(self) -> Result<KMeansValid, KMeansError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl KMeansValid {
    /// How many segments, at least 1.
    #[must_use]
    pub fn k(&self) -> usize {
        self.k
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// The most restarts, at least 1.
    #[must_use]
    pub fn max_restarts(&self) -> usize {
        self.max_restarts
    }

    /// The most iterations, at least 1.
    #[must_use]
    pub fn max_iterations(&self) -> usize {
        self.max_iterations
    }

    /// The same with at most so many iterations, one or more.
    pub(super) fn at_most(&self, iterations: usize) -> Self {
        Self { max_iterations: self.max_iterations.min(iterations.max(1)), ..self.clone() }
    }

    /// The tolerance of the stop rule, at least 0.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        self.tolerance
    }

    /// The most rows that restarts run on; never fewer than 50 per segment.
    #[must_use]
    pub fn sample(&self) -> usize {
        self.sample.max(50 * self.k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_segments_are_rejected() {
        assert!(matches!(KMeansParams::new(0).check(), Err(KMeansError::ZeroSegments)));
    }

    #[test]
    fn zero_restarts_iterations_or_rows_are_rejected() {
        for params in [
            KMeansParams::new(2).max_restarts(0),
            KMeansParams::new(2).max_iterations(0),
            KMeansParams::new(2).sample(0),
        ] {
            assert!(matches!(params.check(), Err(KMeansError::Zero { .. })));
        }
    }

    #[test]
    fn a_tolerance_must_be_finite_and_at_least_zero() {
        for tolerance in [-1e-9, f64::NAN, f64::INFINITY] {
            let params = KMeansParams::new(2).tolerance(tolerance);
            assert!(matches!(params.check(), Err(KMeansError::Tolerance { .. })));
        }
    }
}
