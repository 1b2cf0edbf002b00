//! Different customers, starts, and the finish.

use std::collections::BTreeMap;

use rand::Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::classes::Classes;
use super::em::{Average, Belonging, Pass, Sample, maximise, pass};
use super::{LatentError, LatentValid};
use crate::cluster::lot::in_proportion;
use crate::cluster::variables::{Rows, UNKNOWN, Variables};
use crate::seed::Stream;

/// Two mean log-likelihoods closer than this are the same solution.
const SAME: f64 = 1e-3;
/// The stop rule of a start, and the share of the iterations it may take.
const LOOSE: f64 = 1e-5;
const SHORTER: usize = 10;

/// The best classes and what is known of them.
#[derive(Debug, Clone)]
pub(super) struct Best {
    pub(super) classes: Classes,
    pub(super) last: Pass,
    pub(super) iterations: usize,
    pub(super) converged: bool,
    pub(super) found_again: bool,
}

/// Fits rows of at least one variable.
pub(super) fn fit(
    variables: &Variables,
    rows: Rows,
    params: &LatentValid,
) -> Result<Best, LatentError> {
    let k = params.k();
    let all = collapse(variables, rows);
    let distinct = n_distinct_up_to(&all, k);
    if distinct < k {
        return Err(LatentError::TooManySegments { k, distinct });
    }
    let average = average(variables, &all);
    let sample = (all.rows.n > 2 * params.sample()).then(|| draw(variables, &all, params));
    let few = sample.as_ref().unwrap_or(&all);
    let limit = params.max_iterations().div_ceil(SHORTER);
    let n_starts = if k == 1 { 1 } else { params.starts() };
    let starts: Vec<Run> = (0..n_starts)
        .into_par_iter()
        .map(|index| {
            let mut rng = params.seed().stream("latent start", index as u64);
            let mut classes = Classes::blank(variables, k);
            if index % 2 == 0 {
                seed_means(&mut classes, &average);
                let labels = far_apart(variables, few, &average, k, &mut rng);
                let sums = pass(few, &classes, Belonging::Labelled(&labels));
                maximise(&mut classes, &sums, &average, params.prior());
            } else {
                at_random(&mut classes, few, &average, &mut rng);
            }
            iterate(few, classes, &average, (params.prior(), LOOSE, limit))
        })
        .collect();
    let (best, found_again) = choose(starts, few.total);
    let rule = (params.prior(), params.tolerance(), params.max_iterations());
    let run = iterate(&all, best.classes, &average, rule);
    let found = run.last.sizes.iter().filter(|size| **size > 0.0).count();
    if found < k {
        return Err(LatentError::Empty { k, found });
    }
    Ok(Best {
        classes: run.classes,
        last: run.last,
        iterations: run.iterations,
        converged: run.converged,
        found_again: found_again || k == 1,
    })
}

/// Where there are only categories, equal customers become one row with their number, in
/// the order of their levels: then nothing depends on the order of the customers.
fn collapse(variables: &Variables, rows: Rows) -> Sample {
    let q = variables.n_categories();
    if variables.n_numbers() > 0 {
        let n = rows.n;
        return Sample { rows, counts: vec![1.0; n], total: n as f64 };
    }
    let mut counts: BTreeMap<&[u16], f64> = BTreeMap::new();
    for codes in rows.codes.chunks_exact(q) {
        *counts.entry(codes).or_default() += 1.0;
    }
    let total = rows.n as f64;
    let codes: Vec<u16> = counts.keys().flat_map(|codes| codes.iter().copied()).collect();
    let counts: Vec<f64> = counts.into_values().collect();
    Sample { rows: Rows { n: counts.len(), numbers: Vec::new(), codes }, counts, total }
}

fn n_distinct_up_to(sample: &Sample, enough: usize) -> usize {
    let rows = &sample.rows;
    let (p, q) = (rows.numbers.len() / rows.n, rows.codes.len() / rows.n);
    let mut seen = std::collections::BTreeSet::new();
    for row in 0..rows.n {
        let numbers = &rows.numbers[row * p..(row + 1) * p];
        let numbers: Vec<u64> = numbers.iter().map(|x| (x + 0.0).to_bits()).collect();
        seen.insert((numbers, &rows.codes[row * q..(row + 1) * q]));
        if seen.len() >= enough {
            break;
        }
    }
    seen.len()
}

/// Rows drawn without replacement, in their order.
fn draw(variables: &Variables, all: &Sample, params: &LatentValid) -> Sample {
    let mut order: Vec<usize> = (0..all.rows.n).collect();
    order.shuffle(&mut params.seed().stream("latent sample", 0));
    order.truncate(params.sample());
    order.sort_unstable();
    let (p, q) = (variables.n_numbers(), variables.n_categories());
    let counts: Vec<f64> = order.iter().map(|&row| all.counts[row]).collect();
    let of = |row: usize, width: usize| row * width..(row + 1) * width;
    Sample {
        rows: Rows {
            n: order.len(),
            numbers: order.iter().flat_map(|&r| all.rows.numbers[of(r, p)].to_vec()).collect(),
            codes: order.iter().flat_map(|&r| all.rows.codes[of(r, q)].to_vec()).collect(),
        },
        total: counts.iter().sum(),
        counts,
    }
}

/// What all customers are like.
fn average(variables: &Variables, all: &Sample) -> Average {
    let mut one = Classes::blank(variables, 1);
    let labels = vec![0; all.rows.n];
    let unit = Average {
        shares: vec![0.0; one.probabilities.len()],
        variances: vec![1.0; variables.n_numbers()],
        means: vec![0.0; variables.n_numbers()],
    };
    // Twice, so that the moments are taken around the mean.
    for _ in 0..2 {
        let sums = pass(all, &one, Belonging::Labelled(&labels));
        maximise(&mut one, &sums, &unit, 0.0);
    }
    Average {
        shares: one.probabilities,
        variances: one.deviations.iter().map(|sd| sd * sd).collect(),
        means: one.means,
    }
}

fn seed_means(classes: &mut Classes, average: &Average) {
    let k = classes.k();
    for (at, mean) in classes.means.iter_mut().enumerate() {
        *mean = average.means[at / k];
    }
}

/// The nearest of k rows, each drawn in proportion to its count times its dissimilarity to
/// the rows before: shares of unlike levels, and squared differences of numbers over twice
/// their variance, so that each variable counts alike between two random customers.
fn far_apart(
    variables: &Variables,
    sample: &Sample,
    average: &Average,
    k: usize,
    rng: &mut Stream,
) -> Vec<u32> {
    let rows = &sample.rows;
    let (p, q) = (variables.n_numbers(), variables.n_categories());
    let apart = |a: usize, b: usize| -> f64 {
        let mut sum = 0.0;
        for c in 0..p {
            let gap = rows.numbers[a * p + c] - rows.numbers[b * p + c];
            if !gap.is_nan() {
                sum += gap * gap / (2.0 * average.variances[c]);
            }
        }
        for c in 0..q {
            let (a, b) = (rows.codes[a * q + c], rows.codes[b * q + c]);
            sum += f64::from(u8::from(a != b && a != UNKNOWN && b != UNKNOWN));
        }
        sum
    };
    let mut labels = vec![0; rows.n];
    let mut closest = vec![f64::INFINITY; rows.n];
    let mut mass = sample.counts.clone();
    for j in 0..k {
        let chosen = in_proportion(&mass, rng);
        for row in 0..rows.n {
            let distance = apart(row, chosen);
            if distance < closest[row] {
                closest[row] = distance;
                labels[row] = j as u32;
            }
            mass[row] = sample.counts[row] * closest[row];
        }
    }
    labels
}

/// Probabilities of levels drawn evenly among all that sum to 1 (exponential numbers over
/// their sum), means of one customer, the deviations of all.
fn at_random(classes: &mut Classes, sample: &Sample, average: &Average, rng: &mut Stream) {
    let (k, p) = (classes.k(), classes.variables.n_numbers());
    let mut start = 0;
    for levels in classes.variables.levels() {
        for j in 0..k {
            let drawn: Vec<f64> =
                (0..levels).map(|_| -libm::log(1.0 - rng.r#gen::<f64>()) + 1e-3).collect();
            let sum: f64 = drawn.iter().sum();
            for (level, drawn) in drawn.iter().enumerate() {
                classes.probabilities[start + level * k + j] = drawn / sum;
            }
        }
        start += levels * k;
    }
    for j in 0..k {
        let row = in_proportion(&sample.counts, rng);
        for c in 0..p {
            let x = sample.rows.numbers[row * p + c];
            classes.means[c * k + j] = if x.is_nan() { average.means[c] } else { x };
            classes.deviations[c * k + j] = average.variances[c].sqrt();
        }
    }
    classes.settle();
}

/// One run of the EM algorithm.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) classes: Classes,
    /// The pass that belongs to exactly these classes.
    pub(super) last: Pass,
    pub(super) iterations: usize,
    pub(super) converged: bool,
    /// The mean log-likelihood before each step, for the test that it never falls.
    #[cfg_attr(not(test), expect(dead_code, reason = "kept for the test"))]
    pub(super) history: Vec<f64>,
}

/// Iterates until a step raises the mean log-likelihood by at most the tolerance.
pub(super) fn iterate(
    sample: &Sample,
    mut classes: Classes,
    average: &Average,
    (prior, tolerance, limit): (f64, f64, usize),
) -> Run {
    let mut history: Vec<f64> = Vec::new();
    let mut last = pass(sample, &classes, Belonging::Probable);
    for iteration in 1..=limit {
        history.push(last.log_likelihood / sample.total);
        maximise(&mut classes, &last, average, prior);
        last = pass(sample, &classes, Belonging::Probable);
        if last.log_likelihood / sample.total - history[iteration - 1] <= tolerance {
            return Run { classes, last, iterations: iteration, converged: true, history };
        }
    }
    Run { classes, last, iterations: limit, converged: false, history }
}

/// The most likely start, one with a customer in every class before one without, and
/// whether another was as likely.
fn choose(starts: Vec<Run>, total: f64) -> (Run, bool) {
    let rank = |run: &Run| {
        let full = run.last.sizes.iter().filter(|size| **size > 0.0).count();
        (full, run.last.log_likelihood / total)
    };
    let mut best = 0;
    for at in 1..starts.len() {
        let (a, b) = (rank(&starts[at]), rank(&starts[best]));
        if a.0 > b.0 || (a.0 == b.0 && a.1 > b.1) {
            best = at;
        }
    }
    let top = rank(&starts[best]);
    let alike = |run: &&Run| rank(run).0 == top.0 && top.1 - rank(run).1 <= SAME;
    let again = starts.iter().filter(alike).count() > 1;
    let mut starts = starts;
    (starts.swap_remove(best), again)
}
