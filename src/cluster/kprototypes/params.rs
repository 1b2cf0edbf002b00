//! The parameters of k-prototypes.

use linfa::ParamGuard;

use super::KPrototypesError;
use crate::seed::Seed;

/// The parameters of k-prototypes, to be checked by linfa's `ParamGuard`.
#[derive(Debug, Clone, PartialEq)]
pub struct KPrototypesParams(KPrototypesValid);

/// Checked parameters: only these can fit.
#[derive(Debug, Clone, PartialEq)]
pub struct KPrototypesValid {
    k: usize,
    seed: Seed,
    gamma: Option<f64>,
    max_restarts: usize,
    max_iterations: usize,
    sample: usize,
}

impl KPrototypesParams {
    /// k segments; seed 1, gamma by the rule, at most 64 restarts on at most 5,000
    /// customers, at most 200 iterations.
    #[must_use]
    pub fn new(k: usize) -> Self {
        Self(KPrototypesValid {
            k,
            seed: Seed::default(),
            gamma: None,
            max_restarts: 64,
            max_iterations: 200,
            sample: 5_000,
        })
    }

    /// The seed of the starts and of the sample.
    #[must_use]
    pub fn seed(mut self, seed: Seed) -> Self {
        self.0.seed = seed;
        self
    }

    /// The weight of a category that differs, in place of the rule.
    #[must_use]
    pub fn gamma(mut self, gamma: f64) -> Self {
        self.0.gamma = Some(gamma);
        self
    }

    /// The most restarts; fewer are run where the best cost is found twice earlier.
    #[must_use]
    pub fn max_restarts(mut self, restarts: usize) -> Self {
        self.0.max_restarts = restarts;
        self
    }

    /// The most iterations of each restart and of the finish.
    #[must_use]
    pub fn max_iterations(mut self, iterations: usize) -> Self {
        self.0.max_iterations = iterations;
        self
    }

    /// The most customers that restarts run on.
    #[must_use]
    pub fn sample(mut self, rows: usize) -> Self {
        self.0.sample = rows;
        self
    }
}

impl ParamGuard for KPrototypesParams {
    type Checked = KPrototypesValid;
    type Error = KPrototypesError;

    fn check_ref(&self) -> Result<&KPrototypesValid, KPrototypesError> {
        let params = &self.0;
        if params.k == 0 {
            return Err(KPrototypesError::ZeroSegments);
        }
        let counts = [
            ("the maximum number of restarts", params.max_restarts),
            ("the maximum number of iterations", params.max_iterations),
            ("the sample", params.sample),
        ];
        if let Some((name, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return Err(KPrototypesError::Zero { name });
        }
        match params.gamma {
            Some(gamma) if !(gamma.is_finite() && gamma > 0.0) => {
                Err(KPrototypesError::Gamma { gamma })
            }
            _ => Ok(params),
        }
    }

    fn check(self) -> Result<KPrototypesValid, KPrototypesError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl KPrototypesValid {
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

    /// The weight of a category that differs, above 0; `None`: by the rule.
    #[must_use]
    pub fn gamma(&self) -> Option<f64> {
        self.gamma
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

    /// The most customers that restarts run on; never fewer than 100 per segment.
    #[must_use]
    pub fn sample(&self) -> usize {
        self.sample.max(100 * self.k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_segments_are_rejected() {
        let params = KPrototypesParams::new(0).check();
        assert!(matches!(params, Err(KPrototypesError::ZeroSegments)));
    }

    #[test]
    fn zero_restarts_iterations_or_rows_are_rejected() {
        for params in [
            KPrototypesParams::new(2).max_restarts(0),
            KPrototypesParams::new(2).max_iterations(0),
            KPrototypesParams::new(2).sample(0),
        ] {
            assert!(matches!(params.check(), Err(KPrototypesError::Zero { .. })));
        }
    }

    #[test]
    fn gamma_must_be_finite_and_above_zero() {
        for gamma in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let params = KPrototypesParams::new(2).gamma(gamma);
            assert!(matches!(params.check(), Err(KPrototypesError::Gamma { .. })));
        }
    }
}
