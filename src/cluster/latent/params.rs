//! The parameters of latent classes.

use linfa::ParamGuard;

use super::LatentError;
use crate::seed::Seed;

/// The parameters of latent classes, to be checked by linfa's `ParamGuard`.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentParams(LatentValid);

/// Checked parameters: only these can fit.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentValid {
    k: usize,
    seed: Seed,
    starts: usize,
    max_iterations: usize,
    tolerance: f64,
    prior: f64,
    sample: usize,
}

impl LatentParams {
    /// k classes; seed 1, 20 starts on at most 5,000 different customers, at most 1,000
    /// iterations, tolerance 1e-7, a prior of one customer.
    #[must_use]
    pub fn new(k: usize) -> Self {
        Self(LatentValid {
            k,
            seed: Seed::default(),
            starts: 20,
            max_iterations: 1_000,
            tolerance: 1e-7,
            prior: 1.0,
            sample: 5_000,
        })
    }

    /// The seed of the starts and of the sample.
    #[must_use]
    pub fn seed(mut self, seed: Seed) -> Self {
        self.0.seed = seed;
        self
    }

    /// How many starts.
    #[must_use]
    pub fn starts(mut self, starts: usize) -> Self {
        self.0.starts = starts;
        self
    }

    /// The most iterations of the finish; a start takes at most a tenth of them.
    #[must_use]
    pub fn max_iterations(mut self, iterations: usize) -> Self {
        self.0.max_iterations = iterations;
        self
    }

    /// Stop when an iteration raises the mean log-likelihood of a customer by at most this.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// How many average customers are added to every class.
    #[must_use]
    pub fn prior(mut self, customers: f64) -> Self {
        self.0.prior = customers;
        self
    }

    /// The most different customers that the starts run on.
    #[must_use]
    pub fn sample(mut self, rows: usize) -> Self {
        self.0.sample = rows;
        self
    }
}

impl ParamGuard for LatentParams {
    type Checked = LatentValid;
    type Error = LatentError;

    fn check_ref(&self) -> Result<&LatentValid, LatentError> {
        let params = &self.0;
        if params.k == 0 {
            return Err(LatentError::ZeroSegments);
        }
        let counts = [
            ("the number of starts", params.starts),
            ("the maximum number of iterations", params.max_iterations),
            ("the sample", params.sample),
        ];
        if let Some((name, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return Err(LatentError::Zero { name });
        }
        for (name, found) in [("the tolerance", params.tolerance), ("the prior", params.prior)] {
            if !(found.is_finite() && found >= 0.0) {
                return Err(LatentError::Range { name, found });
            }
        }
        Ok(params)
    }

    fn check(self) -> Result<LatentValid, LatentError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl LatentValid {
    /// How many classes, at least 1.
    #[must_use]
    pub fn k(&self) -> usize {
        self.k
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.seed
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

    /// How many average customers are added to every class, at least 0.
    #[must_use]
    pub fn prior(&self) -> f64 {
        self.prior
    }

    /// The most different customers that the starts run on; never fewer than 200 per class.
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
        assert!(matches!(LatentParams::new(0).check(), Err(LatentError::ZeroSegments)));
    }

    #[test]
    fn zero_starts_iterations_or_rows_are_rejected() {
        for params in [
            LatentParams::new(2).starts(0),
            LatentParams::new(2).max_iterations(0),
            LatentParams::new(2).sample(0),
        ] {
            assert!(matches!(params.check(), Err(LatentError::Zero { .. })));
        }
    }

    #[test]
    fn a_tolerance_and_a_prior_must_be_finite_and_at_least_zero() {
        for value in [-1e-9, f64::NAN, f64::INFINITY] {
            for params in [LatentParams::new(2).tolerance(value), LatentParams::new(2).prior(value)]
            {
                assert!(matches!(params.check(), Err(LatentError::Range { .. })));
            }
        }
    }
}
