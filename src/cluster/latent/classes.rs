//! Latent classes as numbers, and the log densities of rows.

use rayon::prelude::*;

use crate::cluster::gmm::{Membership, log_sum, membership};
use crate::cluster::variables::{Gaps, Rows, UNKNOWN, Variables};
use crate::matrix::Matrix;

/// `1/2 ln 2 pi`.
pub(super) const HALF_LOG_TAU: f64 = 0.918_938_533_204_672_7;

/// Latent classes: per class a weight, per number a mean and a standard deviation, per
/// category the probability of each level.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    pub(super) variables: Variables,
    pub(super) weights: Vec<f64>,
    /// Row-major `(n_numbers, k)`.
    pub(super) means: Vec<f64>,
    /// Row-major `(n_numbers, k)`, above 0.
    pub(super) deviations: Vec<f64>,
    /// Per category its levels, each with one probability per class.
    pub(super) probabilities: Vec<f64>,
    derived: Derived,
}

/// What follows from the parameters.
#[derive(Debug, Clone, PartialEq, Default)]
struct Derived {
    /// Where the levels of each category begin in the probabilities.
    starts: Vec<usize>,
    levels: Vec<usize>,
    log_weights: Vec<f64>,
    log_probabilities: Vec<f64>,
    /// Per number and class `- ln deviation - 1/2 ln 2 pi`: its highest log density.
    peaks: Vec<f64>,
    over: Vec<f64>,
    /// Per category and class the logarithm of the most probable level.
    tops: Vec<f64>,
}

impl Classes {
    /// Takes parts that may come from a file and checks all of them: `weights` of length k,
    /// `means` and `deviations` of shape `(n_numbers, k)`, `probabilities` with k numbers
    /// for each level of each category in turn.
    ///
    /// # Errors
    ///
    /// In words: lengths that do not fit, numbers that are not finite, weights or
    /// probabilities that are not shares of 1, deviations that are not positive.
    pub fn from_parts(
        variables: Variables,
        weights: Vec<f64>,
        means: Vec<f64>,
        deviations: Vec<f64>,
        probabilities: Vec<f64>,
    ) -> Result<Self, String> {
        let k = weights.len();
        let (p, levels) = (variables.n_numbers(), variables.levels());
        let expected = [
            ("means", means.len(), p * k),
            ("deviations", deviations.len(), p * k),
            ("probabilities", probabilities.len(), levels.iter().sum::<usize>() * k),
        ];
        if k == 0 {
            return Err("there are no classes".to_owned());
        }
        for (what, found, expected) in expected {
            if found != expected {
                return Err(format!("{found} {what} but {expected} are needed"));
            }
        }
        let all = weights.iter().chain(&means).chain(&deviations).chain(&probabilities);
        if !all.clone().all(|value| value.is_finite()) {
            return Err("a number of the classes is not finite".to_owned());
        }
        let sum: f64 = weights.iter().sum();
        if weights.iter().any(|weight| *weight <= 0.0) || (sum - 1.0).abs() > 1e-6 {
            return Err(format!("the weights of the classes sum to {sum}, not to 1"));
        }
        if deviations.iter().any(|deviation| *deviation <= 0.0) {
            return Err("a deviation is not positive".to_owned());
        }
        let mut at = 0;
        for n_levels in &levels {
            let own = &probabilities[at..at + n_levels * k];
            at += n_levels * k;
            for j in 0..k {
                let sum: f64 = own.iter().skip(j).step_by(k).sum();
                if (sum - 1.0).abs() > 1e-6 || own.iter().any(|share| *share < 0.0) {
                    return Err(format!("the levels of a category sum to {sum}, not to 1"));
                }
            }
        }
        let mut classes = Self {
            variables,
            weights,
            means,
            deviations,
            probabilities,
            derived: Derived::default(),
        };
        classes.settle();
        Ok(classes)
    }

    /// Classes that have their room but no parameters yet.
    pub(super) fn blank(variables: &Variables, k: usize) -> Self {
        let levels: usize = variables.levels().iter().sum();
        Self {
            variables: variables.clone(),
            weights: vec![1.0 / k as f64; k],
            means: vec![0.0; variables.n_numbers() * k],
            deviations: vec![1.0; variables.n_numbers() * k],
            probabilities: vec![0.0; levels * k],
            derived: Derived::default(),
        }
    }

    /// Works out what follows from the parameters.
    pub(super) fn settle(&mut self) {
        let k = self.k();
        let levels = self.variables.levels();
        let mut starts = Vec::with_capacity(levels.len());
        let mut at = 0;
        for n_levels in &levels {
            starts.push(at);
            at += n_levels * k;
        }
        let log_probabilities: Vec<f64> =
            self.probabilities.iter().map(|p| libm::log(*p)).collect();
        let mut tops = vec![f64::NEG_INFINITY; levels.len() * k];
        for (c, n_levels) in levels.iter().enumerate() {
            for (at, log) in log_probabilities[starts[c]..][..n_levels * k].iter().enumerate() {
                let top = &mut tops[c * k + at % k];
                *top = top.max(*log);
            }
        }
        self.derived = Derived {
            starts,
            levels,
            log_weights: self.weights.iter().map(|weight| libm::log(*weight)).collect(),
            log_probabilities,
            peaks: self.deviations.iter().map(|sd| -libm::log(*sd) - HALF_LOG_TAU).collect(),
            over: self.deviations.iter().map(|sd| 1.0 / sd).collect(),
            tops,
        };
    }

    /// How many classes, at least 1.
    #[must_use]
    pub fn k(&self) -> usize {
        self.weights.len()
    }

    /// What the columns of a matrix mean.
    #[must_use]
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// The share of each class.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The means of the numbers, row-major `(n_numbers, k)`.
    #[must_use]
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// The standard deviations of the numbers, row-major `(n_numbers, k)`.
    #[must_use]
    pub fn deviations(&self) -> &[f64] {
        &self.deviations
    }

    /// Per category its levels, each with one probability per class.
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The classes in another order.
    pub(crate) fn reordered(&self, order: &[usize]) -> Self {
        let pick = |values: &[f64]| -> Vec<f64> {
            values.chunks_exact(self.k()).flat_map(|own| order.iter().map(|&j| own[j])).collect()
        };
        let mut classes = Self {
            variables: self.variables.clone(),
            weights: pick(&self.weights),
            means: pick(&self.means),
            deviations: pick(&self.deviations),
            probabilities: pick(&self.probabilities),
            derived: Derived::default(),
        };
        classes.settle();
        classes
    }

    /// How far two classes lie apart: the root of the summed squared differences of the
    /// means and of the probabilities.
    #[must_use]
    pub fn distance_between(&self, a: usize, b: usize) -> f64 {
        let squares = |values: &[f64]| -> f64 {
            values.chunks_exact(self.k()).map(|own| (own[a] - own[b]) * (own[a] - own[b])).sum()
        };
        (squares(&self.means) + squares(&self.probabilities)).sqrt()
    }

    /// The logarithm of weight times density of every class for one row. What is missing,
    /// and a level that was not there at fit, is left out.
    #[inline]
    pub(super) fn log_densities(&self, numbers: &[f64], codes: &[u16], out: &mut [f64]) {
        let k = out.len();
        let derived = &self.derived;
        out.copy_from_slice(&derived.log_weights);
        for (&code, (&start, &levels)) in
            codes.iter().zip(derived.starts.iter().zip(&derived.levels))
        {
            if usize::from(code) < levels {
                let own = &derived.log_probabilities[start + usize::from(code) * k..][..k];
                for (out, log) in out.iter_mut().zip(own) {
                    *out += log;
                }
            }
        }
        for (c, &x) in numbers.iter().enumerate() {
            if x.is_nan() {
                continue;
            }
            for (j, out) in out.iter_mut().enumerate() {
                let z = (x - self.means[c * k + j]) * derived.over[c * k + j];
                *out += derived.peaks[c * k + j] - 0.5 * z * z;
            }
        }
    }

    /// The highest log density that a row with these cells known could have.
    fn highest(&self, numbers: &[f64], codes: &[u16]) -> f64 {
        let k = self.k();
        let mut logs = self.derived.log_weights.clone();
        for (c, code) in codes.iter().enumerate() {
            if *code != UNKNOWN {
                logs.iter_mut().zip(&self.derived.tops[c * k..]).for_each(|(log, top)| *log += top);
            }
        }
        for (c, x) in numbers.iter().enumerate() {
            if !x.is_nan() {
                logs.iter_mut()
                    .zip(&self.derived.peaks[c * k..])
                    .for_each(|(log, peak)| *log += peak);
            }
        }
        log_sum(&logs)
    }

    /// Where every row of a matrix belongs; each row for itself. Cells in `gaps` are left
    /// out of that row's density.
    #[must_use]
    pub fn assign(&self, matrix: &Matrix, gaps: Option<&Gaps>) -> Vec<Membership> {
        self.assign_rows(&self.variables.read(matrix, gaps))
    }

    pub(super) fn assign_rows(&self, rows: &Rows) -> Vec<Membership> {
        let (p, q) = (self.variables.n_numbers(), self.variables.n_categories());
        (0..rows.n)
            .into_par_iter()
            .with_min_len(256)
            .map(|row| {
                let numbers = &rows.numbers[row * p..(row + 1) * p];
                let codes = &rows.codes[row * q..(row + 1) * q];
                let mut logs = vec![0.0; self.k()];
                self.log_densities(numbers, codes, &mut logs);
                membership(&logs, self.highest(numbers, codes))
            })
            .collect()
    }
}
