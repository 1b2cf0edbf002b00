//! What a search for dense regions leaves for figures.

use crate::seed::Seed;

/// Customers whose neighbours are looked up for the figure; all others are candidates.
const SAMPLE: usize = 2_000;

/// What a search for dense regions leaves for figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// Of a sample of the customers, ascending: the distance within which so many lie as
    /// make a neighbourhood dense.
    pub distances: Vec<f64>,
    /// The regions at every density, parents first.
    pub branches: Vec<Branch>,
}

/// A region that exists between two distances.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The region that it split off from.
    pub parent: Option<usize>,
    /// Customers when it came to be.
    pub customers: u64,
    /// The distance below which it is one.
    pub from: f64,
    /// The distance at which it splits or dissolves.
    pub until: f64,
    /// The segment that it is, 0-based.
    pub segment: Option<u32>,
}

impl Branch {
    /// A branch that is no segment yet.
    pub(crate) fn new(parent: Option<usize>, customers: u64, from: f64, until: f64) -> Self {
        Self { parent, customers, from, until, segment: None }
    }
}

/// The customers of whom distances are shown.
pub(crate) fn sample(n: usize, seed: Seed) -> Vec<u32> {
    let mut rng = seed.stream("neighbours shown", 0);
    let drawn = rand::seq::index::sample(&mut rng, n, SAMPLE.min(n)).into_iter();
    drawn.map(|row| row as u32).collect()
}

/// Evenly spaced ones of all core distances, ascending; `counts` customers have each.
pub(crate) fn of_cores(cores: &[f64], counts: &[u32]) -> Vec<f64> {
    let mut all: Vec<(f64, u32)> = cores.iter().copied().zip(counts.iter().copied()).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    let wanted = n.min(SAMPLE as u64);
    let (mut found, mut below) = (Vec::with_capacity(wanted as usize), 0);
    for (core, count) in all {
        below += u64::from(count);
        // The customer of rank (i + 1/2) n / wanted, counted from 0.
        while (found.len() as u64) < wanted && (2 * found.len() as u64 + 1) * n < 2 * below * wanted
        {
            found.push(core);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_core_distances_are_all_of_them() {
        assert_eq!(of_cores(&[2.0, 1.0, 5.0], &[1, 3, 2]), [1.0, 1.0, 1.0, 2.0, 5.0, 5.0]);
        let many: Vec<f64> = (0..5_000).rev().map(f64::from).collect();
        let found = of_cores(&many, &vec![2; 5_000]);
        assert_eq!((found.len(), found[0], found[1_999]), (2_000, 1.0, 4_998.0));
    }

    #[test]
    fn a_sample_holds_everybody_where_there_are_few() {
        let mut drawn = sample(5, Seed::new(1));
        drawn.sort_unstable();
        assert_eq!(drawn, [0, 1, 2, 3, 4]);
        assert_eq!(sample(9_000, Seed::new(1)).len(), 2_000);
    }
}
