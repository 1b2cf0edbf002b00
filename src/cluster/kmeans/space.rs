//! Rows that centres are searched for in: packed f32 rows, or f64 rows.

use rand::Rng;

use super::dense;
use super::lloyd::{Partition, Run, lloyd_until};
use super::params::KMeansValid;
use super::{seeding, seeding_f64};
use crate::cluster::kernel::{LANES, Packed, Points, potential};
use crate::seed::Stream;

/// Samples from here on are of whole blocks of 16 neighbouring rows.
const BLOCKS: usize = 16_000;

/// Rows that can be searched for centres.
pub(super) trait Space: Sync + Sized {
    fn n(&self) -> usize;
    fn d(&self) -> usize;
    /// One row.
    fn row(&self, row: usize) -> Vec<f64>;
    /// The weighted squared distance of each row to a centre.
    fn distances(&self, centre: &[f64]) -> Vec<f64>;
    /// k centres to start from.
    fn start(&self, k: usize, rng: &mut Stream) -> Vec<f64>;
    /// Better centres.
    fn refine(&self, centres: Vec<f64>, params: &KMeansValid, tolerance: f64) -> Found;
    /// About `size` of the rows, from all of their order.
    fn sample(&self, size: usize, rng: &mut Stream) -> Self;
}

/// Centres that were searched for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) centres: Vec<f64>,
    pub(crate) inertia: f64,
    pub(super) iterations: usize,
}

impl From<Run> for Found {
    fn from(run: Run) -> Self {
        let Partition { centres, inertia, .. } = run.partition;
        Self { centres, inertia, iterations: run.iterations }
    }
}

impl Space for Packed {
    fn n(&self) -> usize {
        self.n()
    }

    fn d(&self) -> usize {
        self.d()
    }

    fn row(&self, row: usize) -> Vec<f64> {
        self.row(row)
    }

    fn distances(&self, centre: &[f64]) -> Vec<f64> {
        let mut closest = vec![f32::INFINITY; self.n()];
        potential::step(self, &mut closest, centre, &[]);
        let weighted = |(row, &distance)| f64::from(distance) * self.weight(row);
        closest.iter().enumerate().map(weighted).collect()
    }

    fn start(&self, k: usize, rng: &mut Stream) -> Vec<f64> {
        seeding::greedy_plus_plus(self, k, rng)
    }

    fn refine(&self, centres: Vec<f64>, params: &KMeansValid, tolerance: f64) -> Found {
        dense::search(self, centres, params, tolerance, 0)
    }

    fn sample(&self, size: usize, rng: &mut Stream) -> Self {
        if size < BLOCKS {
            self.take(&strata(self.n(), size, rng))
        } else {
            self.take_blocks(&strata(self.n_blocks(), size / LANES, rng))
        }
    }
}

impl Space for Points<'_> {
    fn n(&self) -> usize {
        self.n()
    }

    fn d(&self) -> usize {
        self.d()
    }

    fn row(&self, row: usize) -> Vec<f64> {
        self.row(row).to_vec()
    }

    fn distances(&self, centre: &[f64]) -> Vec<f64> {
        let mut distances = self.distances_to(centre);
        for (row, distance) in distances.iter_mut().enumerate() {
            *distance *= self.weight(row);
        }
        distances
    }

    fn start(&self, k: usize, rng: &mut Stream) -> Vec<f64> {
        seeding_f64::greedy_plus_plus(self, k, rng)
    }

    fn refine(&self, centres: Vec<f64>, params: &KMeansValid, tolerance: f64) -> Found {
        lloyd_until(self, centres, params, tolerance, 0).into()
    }

    fn sample(&self, size: usize, rng: &mut Stream) -> Self {
        self.take(&strata(self.n(), size, rng))
    }
}

/// One random position out of each of `size` equal stretches of `0..n`: ascending, all
/// different, and every part of the order is there.
fn strata(n: usize, size: usize, rng: &mut Stream) -> Vec<usize> {
    let size = size.min(n);
    let edge = |i: usize| (i as u128 * n as u128 / size as u128) as usize;
    (0..size).map(|i| rng.gen_range(edge(i)..edge(i + 1))).collect()
}
