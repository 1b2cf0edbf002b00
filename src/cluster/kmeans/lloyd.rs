//! Lloyd's iterations on f64 rows: how every fit of a `Matrix` ends, and the whole of it
//! where f32 cannot tell the rows apart.

use rayon::prelude::*;

use super::params::KMeansValid;
use crate::cluster::kernel::{CHUNK, LANES, Points, nearest};

/// Centres and what belongs to exactly these centres.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Partition {
    /// Row-major, `k * d`.
    pub(crate) centres: Vec<f64>,
    /// 0-based, one per row.
    pub(crate) labels: Vec<u32>,
    /// The weight of each segment.
    pub(crate) sizes: Vec<f64>,
    /// Weighted sum of squared distances.
    pub(crate) inertia: f64,
}

/// One run of Lloyd's iterations.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) partition: Partition,
    pub(crate) iterations: usize,
    pub(crate) converged: bool,
    /// The inertia before each update, for the test that it never rises.
    #[cfg_attr(not(test), expect(dead_code, reason = "kept for the test"))]
    pub(crate) history: Vec<f64>,
}

/// Iterates from the given centres until the stop rule holds; where at most `few` rows
/// change, it ends too.
pub(crate) fn lloyd_until(
    points: &Points,
    mut centres: Vec<f64>,
    params: &KMeansValid,
    tolerance: f64,
    few: usize,
) -> Run {
    let k = params.k();
    let limit = if tolerance > 0.0 { tolerance * mean_variance(points) } else { 0.0 };
    let mut labels = vec![u32::MAX; points.n()];
    let mut history = Vec::new();
    for iteration in 1..=params.max_iterations() {
        let pass = assign(points, &centres, k, &mut labels);
        history.push(pass.inertia);
        let complete = pass.sizes.iter().all(|size| *size > 0.0);
        if pass.changed <= few && complete {
            let partition = Partition { centres, labels, sizes: pass.sizes, inertia: pass.inertia };
            return Run { partition, iterations: iteration, converged: true, history };
        }
        let next = update(points, &pass, &centres, &labels);
        let shift = super::squared_distance(&next, &centres);
        centres = next;
        if shift <= limit && complete {
            let partition = finish(points, centres, k);
            if partition.sizes.iter().all(|size| *size > 0.0) {
                return Run { partition, iterations: iteration, converged: true, history };
            }
            centres = partition.centres;
        }
    }
    let partition = finish(points, centres, k);
    Run { partition, iterations: params.max_iterations(), converged: false, history }
}

/// The partition that belongs to given centres.
pub(crate) fn finish(points: &Points, centres: Vec<f64>, k: usize) -> Partition {
    let mut labels = vec![u32::MAX; points.n()];
    let pass = assign(points, &centres, k, &mut labels);
    Partition { centres, labels, sizes: pass.sizes, inertia: pass.inertia }
}

/// What one pass over all rows yields; chunk results are added in order.
struct Pass {
    sums: Vec<f64>,
    sizes: Vec<f64>,
    inertia: f64,
    changed: usize,
}

impl Pass {
    fn empty(k: usize, d: usize) -> Self {
        Self { sums: vec![0.0; k * d], sizes: vec![0.0; k], inertia: 0.0, changed: 0 }
    }

    fn add(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, x)| *sum += x);
        self.sizes.iter_mut().zip(&other.sizes).for_each(|(size, x)| *size += x);
        self.inertia += other.inertia;
        self.changed += other.changed;
    }
}

/// Labels every row with its nearest centre and sums up the segments.
fn assign(points: &Points, centres: &[f64], k: usize, labels: &mut [u32]) -> Pass {
    let d = points.d();
    let chunks: Vec<Pass> = labels
        .par_chunks_mut(CHUNK)
        .zip(points.blocks().par_chunks(CHUNK / LANES * d))
        .enumerate()
        .map(|(chunk, (labels, blocks))| {
            let mut pass = Pass::empty(k, d);
            for (b, (labels, block)) in labels.chunks_mut(LANES).zip(blocks.chunks(d)).enumerate() {
                let (best, index) = nearest(block, centres, d);
                for (lane, label) in labels.iter_mut().enumerate() {
                    let row = chunk * CHUNK + b * LANES + lane;
                    let weight = points.weight(row);
                    let j = index[lane] as u32;
                    pass.changed += usize::from(*label != j);
                    *label = j;
                    let j = j as usize;
                    pass.sizes[j] += weight;
                    pass.inertia += weight * best[lane];
                    let sums = &mut pass.sums[j * d..(j + 1) * d];
                    for (sum, x) in sums.iter_mut().zip(points.row(row)) {
                        *sum += weight * x;
                    }
                }
            }
            pass
        })
        .collect();
    let mut total = Pass::empty(k, d);
    for chunk in &chunks {
        total.add(chunk);
    }
    total
}

/// The means of the segments; empty ones go to the rows farthest from their centres.
fn update(points: &Points, pass: &Pass, centres: &[f64], labels: &[u32]) -> Vec<f64> {
    let d = points.d();
    let (mut sums, mut sizes) = (pass.sums.clone(), pass.sizes.clone());
    let empty: Vec<usize> = (0..sizes.len()).filter(|&j| sizes[j] <= 0.0).collect();
    if !empty.is_empty() {
        relocate(points, centres, labels, &empty, &mut sums, &mut sizes);
    }
    let mut next = centres.to_vec();
    for (j, &size) in sizes.iter().enumerate() {
        if size > 0.0 {
            for t in j * d..(j + 1) * d {
                next[t] = sums[t] / size;
            }
        }
    }
    next
}

fn relocate(
    points: &Points,
    centres: &[f64],
    labels: &[u32],
    empty: &[usize],
    sums: &mut [f64],
    sizes: &mut [f64],
) {
    let d = points.d();
    let mut far: Vec<(f64, usize)> = (0..points.n())
        .filter(|&row| points.weight(row) > 0.0)
        .map(|row| {
            let j = labels[row] as usize;
            let centre = &centres[j * d..(j + 1) * d];
            (super::squared_distance(points.row(row), centre), row)
        })
        .collect();
    far.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut far = far.into_iter().filter(|(distance, _)| *distance > 0.0);
    for &j in empty {
        // Twins of a row already taken would leave the next segment empty again.
        let Some((_, row)) = far.next() else { return };
        let weight = points.weight(row);
        let donor = labels[row] as usize;
        for (t, x) in points.row(row).iter().enumerate() {
            sums[donor * d + t] -= weight * x;
            sums[j * d + t] = weight * x;
        }
        sizes[donor] -= weight;
        sizes[j] = weight;
    }
}

/// The mean over columns of the weighted population variance.
fn mean_variance(points: &Points) -> f64 {
    total_variance(points) / points.d() as f64 / points.total_weight()
}

/// The weighted sum of squared distances to the mean of all rows.
pub(crate) fn total_variance(points: &Points) -> f64 {
    let mut labels = vec![0; points.n()];
    let origin = vec![0.0; points.d()];
    let pass = assign(points, &origin, 1, &mut labels);
    let mean: Vec<f64> = pass.sums.iter().map(|sum| sum / pass.sizes[0]).collect();
    assign(points, &mean, 1, &mut labels).inertia
}
