//! A mixture of Gaussians as numbers, and its densities eight rows at a time.
//!
//! Every lane is one row and its operations have one order, so the bits of a density
//! depend on nothing but the row and the mixture: not on other rows, not on the width of
//! the vectors, not on threads.

use super::exp::exp;

/// Rows per block.
pub(super) const LANES: usize = 8;

/// One dimension of a block.
pub(super) type Lane = [f64; LANES];

/// Gaussian components in standardised columns `(x - centre) * scale`.
///
/// The scale of a column that was constant at fit is 0: it has no say. The factor of a
/// component is the lower triangle of `P = L^-1` by rows, where `L L' ` is the covariance
/// matrix, so that the Mahalanobis distance of `y = x - mean` is `|P y|`.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    pub(super) centre: Vec<f64>,
    pub(super) scale: Vec<f64>,
    pub(super) weights: Vec<f64>,
    pub(super) means: Vec<f64>,
    pub(super) factors: Vec<f64>,
    /// Per component `ln weight + sum ln P_tt - d/2 ln 2 pi` over the columns with a say.
    pub(super) offsets: Vec<f64>,
}

/// Where one row belongs in a mixture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Membership {
    /// The most probable component; ties: the lowest.
    pub first: u32,
    /// The second most probable; `None` where there is one component.
    pub second: Option<u32>,
    /// The probability of the first less that of the second, 0..1; 1 for one component.
    pub margin: f64,
    /// How far the log density lies below the highest that this mixture could reach, at
    /// least 0.
    pub depth: f64,
}

/// The numbers in the lower triangle of a `d x d` matrix.
pub(super) fn triangle(d: usize) -> usize {
    d * (d + 1) / 2
}

impl Mixture {
    /// Takes parts that may come from a file and checks all of them: `centre` and `scale`
    /// of length d, `weights` of length k, `means` of shape `(k, d)`, `factors` of shape
    /// `(k, d (d + 1) / 2)`.
    ///
    /// # Errors
    ///
    /// In words: lengths that do not fit, numbers that are not finite, weights that are
    /// not shares of 1, a factor whose diagonal is not positive.
    pub fn from_parts(
        centre: Vec<f64>,
        scale: Vec<f64>,
        weights: Vec<f64>,
        means: Vec<f64>,
        factors: Vec<f64>,
    ) -> Result<Self, String> {
        let (k, d) = (weights.len(), centre.len());
        let expected = [
            ("scales", scale.len(), d),
            ("means", means.len(), k * d),
            ("factors", factors.len(), k * triangle(d)),
        ];
        if k == 0 || d == 0 {
            return Err(format!("{k} components of {d} columns"));
        }
        for (what, found, expected) in expected {
            if found != expected {
                return Err(format!("{found} {what} but {expected} are needed"));
            }
        }
        let all = centre.iter().chain(&scale).chain(&weights).chain(&means).chain(&factors);
        if !all.clone().all(|value| value.is_finite()) {
            return Err("a number of the mixture is not finite".to_owned());
        }
        if scale.iter().any(|scale| *scale < 0.0) {
            return Err("a scale is negative".to_owned());
        }
        let sum: f64 = weights.iter().sum();
        if weights.iter().any(|weight| *weight <= 0.0) || (sum - 1.0).abs() > 1e-6 {
            return Err(format!("the weights of the components sum to {sum}, not to 1"));
        }
        let diagonal = |j: usize, t: usize| factors[j * triangle(d) + triangle(t + 1) - 1];
        if (0..k).any(|j| (0..d).any(|t| diagonal(j, t) <= 0.0)) {
            return Err("the diagonal of a factor is not positive".to_owned());
        }
        let mut mixture = Self { centre, scale, weights, means, factors, offsets: Vec::new() };
        mixture.settle();
        Ok(mixture)
    }

    /// Works out the offsets.
    pub(super) fn settle(&mut self) {
        let d = self.d();
        let live = self.n_live() as f64;
        let normal = 0.5 * live * libm::log(std::f64::consts::TAU);
        self.offsets = (0..self.k())
            .map(|j| {
                let factor = &self.factors[j * triangle(d)..(j + 1) * triangle(d)];
                let determinant: f64 = (0..d)
                    .filter(|&t| self.scale[t] > 0.0)
                    .map(|t| libm::log(factor[triangle(t + 1) - 1]))
                    .sum();
                libm::log(self.weights[j]) + determinant - normal
            })
            .collect();
    }

    /// How many components, at least 1.
    #[must_use]
    pub fn k(&self) -> usize {
        self.weights.len()
    }

    /// How many columns, at least 1.
    #[must_use]
    pub fn d(&self) -> usize {
        self.centre.len()
    }

    /// How many columns were not constant at fit.
    #[must_use]
    pub fn n_live(&self) -> usize {
        self.scale.iter().filter(|scale| **scale > 0.0).count()
    }

    /// What is taken off each column.
    #[must_use]
    pub fn centre(&self) -> &[f64] {
        &self.centre
    }

    /// What each column is then multiplied by; 0 for a column without a say.
    #[must_use]
    pub fn scale(&self) -> &[f64] {
        &self.scale
    }

    /// The share of each component.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The means in standardised columns, row-major `(k, d)`.
    #[must_use]
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// The factors, row-major `(k, d (d + 1) / 2)`.
    #[must_use]
    pub fn factors(&self) -> &[f64] {
        &self.factors
    }

    /// Per component `ln weight + sum ln P_tt - d/2 ln 2 pi` over the columns with a say.
    #[must_use]
    pub fn offsets(&self) -> &[f64] {
        &self.offsets
    }

    /// The mean of a component in the units of the matrix.
    #[must_use]
    pub fn mean(&self, j: usize) -> Vec<f64> {
        let own = &self.means[j * self.d()..(j + 1) * self.d()];
        let columns = self.centre.iter().zip(&self.scale);
        own.iter()
            .zip(columns)
            .map(
                |(mean, (centre, scale))| {
                    if *scale > 0.0 { centre + mean / scale } else { *centre }
                },
            )
            .collect()
    }

    /// The components in another order.
    pub(crate) fn reordered(&self, order: &[usize]) -> Self {
        let (d, t) = (self.d(), triangle(self.d()));
        let pick = |values: &[f64], width: usize| -> Vec<f64> {
            order.iter().flat_map(|&j| values[j * width..(j + 1) * width].to_vec()).collect()
        };
        Self {
            centre: self.centre.clone(),
            scale: self.scale.clone(),
            weights: pick(&self.weights, 1),
            means: pick(&self.means, d),
            factors: pick(&self.factors, t),
            offsets: pick(&self.offsets, 1),
        }
    }

    /// Puts up to eight rows, row-major, into the mixture.
    pub(crate) fn place(&self, rows: &[f64]) -> Vec<Membership> {
        let (k, d) = (self.k(), self.d());
        let n = rows.len() / d;
        let mut block = vec![[0.0; LANES]; d];
        for (lane, row) in rows.chunks_exact(d).take(LANES).enumerate() {
            for (t, x) in row.iter().enumerate() {
                block[t][lane] = (x - self.centre[t]) * self.scale[t];
            }
        }
        let mut logs = vec![[0.0; LANES]; k];
        self.log_densities(&block, &mut vec![[0.0; LANES]; d], &mut logs);
        let highest = log_sum(&self.offsets);
        (0..n.min(LANES))
            .map(|lane| {
                let own: Vec<f64> = logs.iter().map(|log| log[lane]).collect();
                membership(&own, highest)
            })
            .collect()
    }

    /// The logarithm of weight times density of every component, for one block of
    /// standardised rows; `y` is room for `d` lanes.
    #[inline]
    pub(super) fn log_densities(&self, block: &[Lane], y: &mut [Lane], out: &mut [Lane]) {
        let d = block.len();
        for (j, out) in out.iter_mut().enumerate() {
            let mean = &self.means[j * d..(j + 1) * d];
            for ((y, x), m) in y.iter_mut().zip(block).zip(mean) {
                for (y, x) in y.iter_mut().zip(x) {
                    *y = x - m;
                }
            }
            let factor = &self.factors[j * triangle(d)..(j + 1) * triangle(d)];
            let mut squares = [0.0; LANES];
            let mut at = 0;
            for t in 0..d {
                let mut z = [0.0; LANES];
                for (p, y) in factor[at..=at + t].iter().zip(&*y) {
                    for (z, y) in z.iter_mut().zip(y) {
                        *z += p * y;
                    }
                }
                at += t + 1;
                for (square, z) in squares.iter_mut().zip(z) {
                    *square += z * z;
                }
            }
            for (out, square) in out.iter_mut().zip(squares) {
                *out = self.offsets[j] - 0.5 * square;
            }
        }
    }
}

/// Where the logarithms of weight times density say a row belongs; `highest` is the most
/// that the log density could be.
pub(crate) fn membership(logs: &[f64], highest: f64) -> Membership {
    let (mut first, mut second) = (0, None);
    for j in 1..logs.len() {
        if logs[j] > logs[first] {
            second = Some(first);
            first = j;
        } else if second.is_none_or(|second: usize| logs[j] > logs[second]) {
            second = Some(j);
        }
    }
    let density = log_sum(logs);
    if !density.is_finite() {
        // So far away that no density is left: as deep as a number can say.
        let second = second.map(|second| second as u32);
        return Membership { first: first as u32, second, margin: 0.0, depth: f64::MAX };
    }
    let probability = |j: usize| exp(logs[j] - density);
    Membership {
        first: first as u32,
        second: second.map(|second| second as u32),
        margin: second
            .map_or(1.0, |second| (probability(first) - probability(second)).clamp(0.0, 1.0)),
        depth: (highest - density).max(0.0),
    }
}

/// `ln sum exp`, without overflow.
pub(crate) fn log_sum(logs: &[f64]) -> f64 {
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !highest.is_finite() {
        return highest;
    }
    highest + libm::log(logs.iter().map(|log| exp(log - highest)).sum())
}
