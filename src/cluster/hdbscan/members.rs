//! What is kept of a fit, so that new customers can be placed.

use ndarray::{Array2, Axis};

use super::Hierarchy;
use crate::matrix::Matrix;

/// The distinct rows of a fit, all of them: noise makes core distances as well. One entry
/// per row where not said otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// The rows, shape `(n_distinct, n_features)`.
    pub rows: Array2<f64>,
    /// How many customers have each row.
    pub counts: Vec<u32>,
    /// The core distances.
    pub cores: Vec<f64>,
    /// The segment, 0-based; `None` is noise.
    pub labels: Vec<Option<u32>>,
    /// How strongly the row belongs to its segment, 0..1.
    pub strengths: Vec<f64>,
    /// Per segment the distance at which it came to be.
    pub births: Vec<f64>,
    /// Per segment the distance at which it ended, at most that at its birth.
    pub deaths: Vec<f64>,
    /// How many customers, the own one included, a core distance reaches.
    pub min_samples: usize,
}

impl Members {
    /// What is to be kept of a fit; `new` are the ids that its clusters get.
    pub(crate) fn of(matrix: &Matrix, found: &Hierarchy, min_samples: usize, new: &[u32]) -> Self {
        let first: Vec<usize> = found.first.iter().map(|&row| row as usize).collect();
        let ordered = |old: &[f64]| {
            let mut out = vec![0.0; old.len()];
            for (&new, &number) in new.iter().zip(old) {
                out[new as usize] = number;
            }
            out
        };
        let id = |row: &usize| found.labels[*row].map(|old| new[old as usize]);
        Self {
            rows: matrix.values().select(Axis(0), &first),
            counts: found.counts.clone(),
            cores: found.cores.clone(),
            labels: first.iter().map(id).collect(),
            strengths: first.iter().map(|&row| found.strengths[row]).collect(),
            births: ordered(&found.births),
            deaths: ordered(&found.deaths),
            min_samples,
        }
    }

    /// The number of segments, or what is wrong with parts that may come from a file; the
    /// rows are known to be finite and some.
    pub(crate) fn check(&self) -> Result<usize, String> {
        let (n, k) = (self.rows.nrows(), self.births.len());
        let lengths =
            [self.counts.len(), self.cores.len(), self.labels.len(), self.strengths.len()];
        if let Some(found) = lengths.into_iter().find(|&found| found != n) {
            return Err(format!("{found} numbers for {n} members"));
        }
        if self.deaths.len() != k || self.min_samples == 0 {
            return Err(format!("{} ends for {k} segments", self.deaths.len()));
        }
        if self.counts.contains(&0) {
            return Err("a row stands for no customer".to_owned());
        }
        let mut distances = self.cores.iter().chain(&self.births).chain(&self.deaths);
        if !distances.all(|distance| distance.is_finite() && *distance >= 0.0) {
            return Err("a distance is not a number of 0 or more".to_owned());
        }
        if !self.strengths.iter().all(|strength| (0.0..=1.0).contains(strength)) {
            return Err("a strength is not within 0 and 1".to_owned());
        }
        let present: std::collections::BTreeSet<u32> =
            self.labels.iter().flatten().copied().collect();
        if present.is_empty() || !present.iter().copied().eq(0..k as u32) {
            return Err("the labels of the members are not numbered from 0".to_owned());
        }
        Ok(k)
    }
}
