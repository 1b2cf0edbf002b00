//! Starts on a sample, and the finish on all rows.

use linfa::ParamGuard;
use ndarray::Array2;
use rand::RngCore;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::em::{Belonging, Blocks, Pass, maximise, pass};
use super::mixture::{Mixture, triangle};
use super::{Covariance, GmmError, GmmValid};
use crate::cluster::kmeans::KMeansParams;
use crate::matrix::Matrix;
use crate::seed::Seed;

/// Two mean log-likelihoods closer than this are the same solution.
const SAME: f64 = 1e-2;
/// The stop rule and the iterations of a start, which a finish follows.
const LOOSE: f64 = 1e-4;
const SHORT: usize = 100;

/// The best mixture and what is known of it.
#[derive(Debug, Clone)]
pub(super) struct Best {
    pub(super) mixture: Mixture,
    /// In standardised columns.
    pub(super) log_likelihood: f64,
    pub(super) entropy: f64,
    pub(super) sizes: Vec<usize>,
    pub(super) iterations: usize,
    pub(super) converged: bool,
    pub(super) found_again: bool,
    pub(super) starts: usize,
}

/// Fits rows that have at least k distinct ones and no column of two values.
pub(super) fn fit(matrix: &Matrix, params: &GmmValid) -> Result<Best, GmmError> {
    let d = matrix.n_columns();
    let rows: Vec<f64> = matrix.values().iter().copied().collect();
    let (centre, scale) = standard(&rows, d);
    let n = rows.len() / d;
    if n <= 2 * params.sample() {
        let blocks = Blocks::new(&rows, d, &centre, &scale);
        let (start, found_again, starts) = starts(&blocks, (&centre, &scale), params)?;
        let limit = params.max_iterations();
        let run = iterate(&blocks, start.mixture, params, limit, params.tolerance());
        return finished(run, found_again, starts, params);
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(&mut params.seed().stream("mixture sample", 0));
    order.truncate(params.sample());
    order.sort_unstable();
    let sample: Vec<f64> =
        order.iter().flat_map(|&row| rows[row * d..(row + 1) * d].iter().copied()).collect();
    let sample = Blocks::new(&sample, d, &centre, &scale);
    let (start, found_again, starts) = starts(&sample, (&centre, &scale), params)?;
    let blocks = Blocks::new(&rows, d, &centre, &scale);
    drop(rows);
    let limit = params.max_iterations();
    let run = iterate(&blocks, start.mixture, params, limit, params.tolerance());
    finished(run, found_again, starts, params)
}

fn finished(
    run: Run,
    found_again: bool,
    starts: usize,
    params: &GmmValid,
) -> Result<Best, GmmError> {
    let found = run.last.sizes.iter().filter(|size| **size > 0).count();
    if found < params.k() {
        return Err(GmmError::Empty { k: params.k(), found });
    }
    Ok(Best {
        log_likelihood: run.last.log_likelihood,
        entropy: run.last.entropy,
        sizes: run.last.sizes,
        mixture: run.mixture,
        iterations: run.iterations,
        converged: run.converged,
        found_again,
        starts,
    })
}

/// The mean of each column and what makes its variance 1; 0 where it is constant.
fn standard(rows: &[f64], d: usize) -> (Vec<f64>, Vec<f64>) {
    let n = (rows.len() / d) as f64;
    let mut centre = vec![0.0; d];
    for row in rows.chunks_exact(d) {
        centre.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    for sum in &mut centre {
        *sum /= n;
    }
    let mut scale = vec![0.0; d];
    let mut constant = vec![true; d];
    for row in rows.chunks_exact(d) {
        for t in 0..d {
            scale[t] += (row[t] - centre[t]) * (row[t] - centre[t]);
            constant[t] &= row[t].total_cmp(&rows[t]).is_eq();
        }
    }
    for (scale, constant) in scale.iter_mut().zip(constant) {
        let over = 1.0 / (*scale / n).sqrt();
        *scale = if constant || !over.is_finite() { 0.0 } else { over };
    }
    (centre, scale)
}

/// One run of the EM algorithm.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) mixture: Mixture,
    /// The pass that belongs to exactly this mixture.
    pub(super) last: Pass,
    pub(super) iterations: usize,
    pub(super) converged: bool,
    /// The mean log-likelihood before each step, for the test that it never falls.
    #[cfg_attr(not(test), expect(dead_code, reason = "kept for the test"))]
    pub(super) history: Vec<f64>,
}

/// The best of all starts, whether another was as likely, and how many there were. A
/// mixture with a customer in every segment comes before one without.
///
/// Every other start is a k-means partition. The rest are customers drawn at random with
/// the spread of all around each, because long ellipses are not found from round groups.
fn starts(
    blocks: &Blocks,
    columns: (&[f64], &[f64]),
    params: &GmmValid,
) -> Result<(Run, bool, usize), GmmError> {
    let rows: Vec<f64> = (0..blocks.n()).flat_map(|row| blocks.row(row)).collect();
    let values = Array2::from_shape_vec((blocks.n(), blocks.d()), rows).unwrap_or_default();
    let rows = Matrix::unnamed(values)?;
    let start = |index: usize| -> Result<Run, GmmError> {
        let mut rng = params.seed().stream("mixture start", index as u64);
        let mixture = if index.is_multiple_of(2) {
            let means = KMeansParams::new(params.k()).seed(Seed::new(rng.next_u64()));
            let means = means.max_restarts(1).check()?.fit_matrix(&rows, None)?;
            let centres: Vec<f64> = means.centres().iter().copied().collect();
            from_labels(blocks, columns, &centres, means.labels(), params)
        } else {
            let chosen = rand::seq::index::sample(&mut rng, blocks.n(), params.k()).into_vec();
            let centres = chosen.iter().flat_map(|&row| blocks.row(row)).collect();
            around(columns, centres, params.k())
        };
        Ok(iterate(blocks, mixture, params, SHORT, params.tolerance().max(LOOSE)))
    };
    let n_starts = if params.k() == 1 { 1 } else { params.starts() };
    let mut runs = (0..n_starts).into_par_iter().map(start).collect::<Result<Vec<_>, _>>()?;
    let rank = |run: &Run| {
        let full = run.last.sizes.iter().filter(|size| **size > 0).count();
        (full, run.last.log_likelihood / blocks.n() as f64)
    };
    let mut best = 0;
    for at in 1..runs.len() {
        if rank(&runs[at]) > rank(&runs[best]) {
            best = at;
        }
    }
    let top = rank(&runs[best]);
    let alike = runs.iter().filter(|run| rank(run).0 == top.0 && top.1 - rank(run).1 <= SAME);
    let again = alike.count() > 1 || params.k() == 1;
    Ok((runs.swap_remove(best), again, n_starts))
}

/// Components of one weight and of the spread of all rows.
fn around((centre, scale): (&[f64], &[f64]), means: Vec<f64>, k: usize) -> Mixture {
    let d = centre.len();
    let mut one = vec![0.0; triangle(d)];
    for t in 0..d {
        one[triangle(t) + t] = 1.0;
    }
    let mut mixture = Mixture {
        centre: centre.to_vec(),
        scale: scale.to_vec(),
        weights: vec![1.0 / k as f64; k],
        means,
        factors: one.repeat(k),
        offsets: Vec::new(),
    };
    mixture.settle();
    mixture
}

/// The mixture of given groups.
pub(super) fn from_labels(
    blocks: &Blocks,
    (centre, scale): (&[f64], &[f64]),
    centres: &[f64],
    labels: &[u32],
    params: &GmmValid,
) -> Mixture {
    let (k, d) = (params.k(), blocks.d());
    let diagonal = params.covariance() == Covariance::Diagonal;
    let mut mixture = Mixture {
        centre: centre.to_vec(),
        scale: scale.to_vec(),
        weights: vec![1.0 / k as f64; k],
        means: centres.to_vec(),
        factors: vec![0.0; k * triangle(d)],
        offsets: vec![0.0; k],
    };
    let sums = pass(blocks, &mixture, Belonging::Labelled(labels), diagonal);
    maximise(&mut mixture, &sums, params.ridge(), diagonal);
    mixture
}

/// Iterates from a mixture until the stop rule holds.
pub(super) fn iterate(
    blocks: &Blocks,
    mut mixture: Mixture,
    params: &GmmValid,
    limit: usize,
    tolerance: f64,
) -> Run {
    let diagonal = params.covariance() == Covariance::Diagonal;
    let n = blocks.n() as f64;
    let mut history: Vec<f64> = Vec::new();
    let mut last = pass(blocks, &mixture, Belonging::Probable, diagonal);
    for iteration in 1..=limit {
        history.push(last.log_likelihood / n);
        maximise(&mut mixture, &last, params.ridge(), diagonal);
        last = pass(blocks, &mixture, Belonging::Probable, diagonal);
        let gain = last.log_likelihood / n - history[iteration - 1];
        if gain <= tolerance {
            return Run { mixture, last, iterations: iteration, converged: true, history };
        }
    }
    Run { mixture, last, iterations: limit, converged: false, history }
}
