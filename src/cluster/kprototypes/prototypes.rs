//! Prototypes as numbers, and the dissimilarity to them sixteen rows at a time.
//!
//! Every lane is one row: its squared differences are added in the order of the columns,
//! its unlike levels are counted as whole numbers. So the bits of a dissimilarity depend on
//! nothing but the row and the prototype.

use rayon::prelude::*;

use crate::cluster::variables::{Rows, Variables};
use crate::matrix::Matrix;

/// Rows per block.
pub(super) const LANES: usize = 16;

/// Prototypes: the mean of each number and the most frequent level of each category.
#[derive(Debug, Clone, PartialEq)]
pub struct Prototypes {
    pub(super) variables: Variables,
    pub(super) gamma: f64,
    pub(super) k: usize,
    /// Row-major `(k, n_numbers)`.
    pub(super) means: Vec<f64>,
    /// Row-major `(k, n_categories)`.
    pub(super) modes: Vec<u16>,
}

/// The nearest and the second nearest prototype of a row; distances are roots of
/// dissimilarities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// The nearest; ties: the lowest.
    pub first: u32,
    /// Its distance.
    pub distance: f64,
    /// The second nearest and its distance; `None` where there is one prototype.
    pub second: Option<(u32, f64)>,
}

/// Rows in blocks of sixteen, column by column.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    pub(super) numbers: Vec<[f64; LANES]>,
    pub(super) codes: Vec<[u16; LANES]>,
    pub(super) n: usize,
    pub(super) p: usize,
    pub(super) q: usize,
}

impl Blocks {
    /// The last block repeats the last row.
    pub(super) fn new(rows: &Rows, p: usize, q: usize) -> Self {
        let blocks = rows.n.div_ceil(LANES);
        let mut numbers = vec![[0.0; LANES]; blocks * p];
        let mut codes = vec![[0; LANES]; blocks * q];
        for b in 0..blocks {
            for lane in 0..LANES {
                let row = (b * LANES + lane).min(rows.n - 1);
                for c in 0..p {
                    numbers[b * p + c][lane] = rows.numbers[row * p + c];
                }
                for c in 0..q {
                    codes[b * q + c][lane] = rows.codes[row * q + c];
                }
            }
        }
        Self { numbers, codes, n: rows.n, p, q }
    }

    pub(super) fn number(&self, row: usize, c: usize) -> f64 {
        self.numbers[row / LANES * self.p + c][row % LANES]
    }

    pub(super) fn code(&self, row: usize, c: usize) -> u16 {
        self.codes[row / LANES * self.q + c][row % LANES]
    }
}

/// The dissimilarity of sixteen rows to one prototype: `sum (x - m)^2 + gamma * unlike`.
#[inline]
pub(super) fn dissimilarity(
    numbers: &[[f64; LANES]],
    codes: &[[u16; LANES]],
    means: &[f64],
    modes: &[u16],
    gamma: f64,
) -> [f64; LANES] {
    let mut sums = [0.0; LANES];
    for (lane, m) in numbers.iter().zip(means) {
        for (sum, x) in sums.iter_mut().zip(lane) {
            let gap = x - m;
            *sum += gap * gap;
        }
    }
    let mut unlike = [0u16; LANES];
    for (lane, mode) in codes.iter().zip(modes) {
        for (unlike, code) in unlike.iter_mut().zip(lane) {
            *unlike += u16::from(code != mode);
        }
    }
    for (sum, unlike) in sums.iter_mut().zip(unlike) {
        *sum += gamma * f64::from(unlike);
    }
    sums
}

impl Prototypes {
    /// Takes parts that may come from a file and checks all of them: `means` of shape
    /// `(k, n_numbers)`, `modes` of shape `(k, n_categories)`.
    ///
    /// # Errors
    ///
    /// In words: lengths that do not fit, numbers that are not finite, a gamma that is not
    /// positive, a mode that is no level.
    pub fn from_parts(
        variables: Variables,
        gamma: f64,
        k: usize,
        means: Vec<f64>,
        modes: Vec<u16>,
    ) -> Result<Self, String> {
        let (p, q) = (variables.n_numbers(), variables.n_categories());
        if k == 0 || q > usize::from(u16::MAX) {
            return Err(format!("{k} prototypes of {q} categories"));
        }
        if means.len() != k * p || modes.len() != k * q {
            return Err(format!(
                "{} means and {} modes for {k} prototypes",
                means.len(),
                modes.len()
            ));
        }
        let finite = gamma.is_finite() && means.iter().all(|mean| mean.is_finite());
        if !finite || gamma <= 0.0 {
            return Err(
                "a number of the prototypes is not finite, or gamma is not above 0".to_owned()
            );
        }
        let levels = variables.levels();
        if modes.iter().enumerate().any(|(at, mode)| usize::from(*mode) >= levels[at % q]) {
            return Err("a mode is no level of its category".to_owned());
        }
        Ok(Self { variables, gamma, k, means, modes })
    }

    /// How many prototypes, at least 1.
    #[must_use]
    pub fn k(&self) -> usize {
        self.k
    }

    /// What the columns of a matrix mean.
    #[must_use]
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// The weight of a category that differs.
    #[must_use]
    pub fn gamma(&self) -> f64 {
        self.gamma
    }

    /// The means of the numbers, row-major `(k, n_numbers)`.
    #[must_use]
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// The most frequent levels, row-major `(k, n_categories)`.
    #[must_use]
    pub fn modes(&self) -> &[u16] {
        &self.modes
    }

    /// The prototypes in another order.
    pub(crate) fn reordered(&self, order: &[usize]) -> Self {
        let (p, q) = (self.variables.n_numbers(), self.variables.n_categories());
        let means = order.iter().flat_map(|&j| self.means[j * p..(j + 1) * p].to_vec()).collect();
        let modes = order.iter().flat_map(|&j| self.modes[j * q..(j + 1) * q].to_vec()).collect();
        Self { means, modes, ..self.clone() }
    }

    /// The root of the dissimilarity of two prototypes.
    #[must_use]
    pub fn distance_between(&self, a: usize, b: usize) -> f64 {
        let (p, q) = (self.variables.n_numbers(), self.variables.n_categories());
        let gaps = self.means[a * p..][..p].iter().zip(&self.means[b * p..][..p]);
        let squares: f64 = gaps.map(|(a, b)| (a - b) * (a - b)).sum();
        let pairs = self.modes[a * q..][..q].iter().zip(&self.modes[b * q..][..q]);
        let unlike = pairs.filter(|(a, b)| a != b).count();
        (squares + self.gamma * unlike as f64).sqrt()
    }

    /// The two nearest prototypes of every row of a matrix; each row for itself. A level
    /// that was not there at fit is unlike every prototype's.
    #[must_use]
    pub fn assign(&self, matrix: &Matrix) -> Vec<Nearest> {
        let rows = self.variables.read(matrix, None);
        let (p, q) = (self.variables.n_numbers(), self.variables.n_categories());
        let blocks = Blocks::new(&rows, p, q);
        let found: Vec<[Nearest; LANES]> = (0..rows.n.div_ceil(LANES))
            .into_par_iter()
            .with_min_len(64)
            .map(|b| self.two_nearest(&blocks.numbers[b * p..][..p], &blocks.codes[b * q..][..q]))
            .collect();
        found.into_iter().flatten().take(rows.n).collect()
    }

    fn two_nearest(&self, numbers: &[[f64; LANES]], codes: &[[u16; LANES]]) -> [Nearest; LANES] {
        let mut best = [[(f64::INFINITY, u32::MAX); 2]; LANES];
        for j in 0..self.k {
            let (means, modes) = self.prototype(j);
            let all = dissimilarity(numbers, codes, means, modes, self.gamma);
            for (best, value) in best.iter_mut().zip(all) {
                let candidate = (value, j as u32);
                if value < best[0].0 || best[0].1 == u32::MAX {
                    *best = [candidate, best[0]];
                } else if value < best[1].0 || best[1].1 == u32::MAX {
                    best[1] = candidate;
                }
            }
        }
        best.map(|[first, second]| Nearest {
            first: first.1,
            distance: first.0.sqrt(),
            second: (second.1 != u32::MAX).then_some((second.1, second.0.sqrt())),
        })
    }

    pub(super) fn prototype(&self, j: usize) -> (&[f64], &[u16]) {
        let (p, q) = (self.variables.n_numbers(), self.variables.n_categories());
        (&self.means[j * p..(j + 1) * p], &self.modes[j * q..(j + 1) * q])
    }
}
