//! The two steps of the EM algorithm over rows.

use rayon::prelude::*;

use super::classes::Classes;
use crate::cluster::gmm::exp;
use crate::cluster::variables::Rows;

/// Rows per chunk: the unit of parallel work and of sums.
const CHUNK: usize = 1024;

/// Different rows with how often they are there, and what all of them are like.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) rows: Rows,
    /// How many customers each row stands for.
    pub(super) counts: Vec<f64>,
    pub(super) total: f64,
}

/// The average customer: what the prior adds.
#[derive(Debug, Clone)]
pub(super) struct Average {
    /// The share of each level among those known, category after category.
    pub(super) shares: Vec<f64>,
    /// The variance of each number among those known.
    pub(super) variances: Vec<f64>,
    /// The mean of each number among those known.
    pub(super) means: Vec<f64>,
}

/// What one pass yields.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    pub(super) log_likelihood: f64,
    /// `- sum r ln r`.
    pub(super) entropy: f64,
    pub(super) weights: Vec<f64>,
    /// Customers that each class is the most probable for.
    pub(super) sizes: Vec<f64>,
    /// Per number and class: sum of r, of r y, of r y^2, over the rows where it is known,
    /// y being off the present mean.
    moments: Vec<[f64; 3]>,
    /// Per level and class the sum of r.
    levels: Vec<f64>,
}

impl Pass {
    fn empty(classes: &Classes) -> Self {
        let k = classes.k();
        Self {
            log_likelihood: 0.0,
            entropy: 0.0,
            weights: vec![0.0; k],
            sizes: vec![0.0; k],
            moments: vec![[0.0; 3]; classes.means.len()],
            levels: vec![0.0; classes.probabilities.len()],
        }
    }

    fn add(&mut self, other: &Self) {
        let add = |to: &mut [f64], from: &[f64]| {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        };
        self.log_likelihood += other.log_likelihood;
        self.entropy += other.entropy;
        add(&mut self.weights, &other.weights);
        add(&mut self.sizes, &other.sizes);
        add(self.moments.as_flattened_mut(), other.moments.as_flattened());
        add(&mut self.levels, &other.levels);
    }
}

/// Who a row belongs to.
#[derive(Clone, Copy)]
pub(super) enum Belonging<'a> {
    /// As the classes say.
    Probable,
    /// Wholly to its label.
    Labelled(&'a [u32]),
}

/// Both steps over all rows.
pub(super) fn pass(sample: &Sample, classes: &Classes, belonging: Belonging) -> Pass {
    let n = sample.rows.n;
    let chunks: Vec<Pass> = (0..n.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let rows = chunk * CHUNK..((chunk + 1) * CHUNK).min(n);
            part(sample, classes, belonging, rows)
        })
        .collect();
    let mut total = Pass::empty(classes);
    for chunk in &chunks {
        total.add(chunk);
    }
    total
}

fn part(
    sample: &Sample,
    classes: &Classes,
    belonging: Belonging,
    rows: std::ops::Range<usize>,
) -> Pass {
    let (p, q) = (classes.variables.n_numbers(), classes.variables.n_categories());
    let levels = classes.variables.levels();
    let k = classes.k();
    let mut pass = Pass::empty(classes);
    let mut r = vec![0.0; k];
    for row in rows {
        let numbers = &sample.rows.numbers[row * p..(row + 1) * p];
        let codes = &sample.rows.codes[row * q..(row + 1) * q];
        let count = sample.counts[row];
        match belonging {
            Belonging::Probable => {
                classes.log_densities(numbers, codes, &mut r);
                share(&mut r, count, &classes.weights, &mut pass);
            }
            Belonging::Labelled(labels) => {
                r.fill(0.0);
                r[labels[row] as usize] = count;
            }
        }
        pass.weights.iter_mut().zip(&r).for_each(|(sum, r)| *sum += r);
        let mut start = 0;
        for (&code, &levels) in codes.iter().zip(&levels) {
            if usize::from(code) < levels {
                let own = &mut pass.levels[start + usize::from(code) * k..][..k];
                own.iter_mut().zip(&r).for_each(|(sum, r)| *sum += r);
            }
            start += levels * k;
        }
        for (c, &x) in numbers.iter().enumerate() {
            if x.is_nan() {
                continue;
            }
            let moments = &mut pass.moments[c * k..(c + 1) * k];
            for ((sums, mean), r) in moments.iter_mut().zip(&classes.means[c * k..]).zip(&r) {
                let y = x - mean;
                sums[0] += r;
                sums[1] += r * y;
                sums[2] += r * y * y;
            }
        }
    }
    pass
}

/// Turns the logarithms of one row into probabilities times its count.
fn share(r: &mut [f64], count: f64, weights: &[f64], pass: &mut Pass) {
    let mut best = 0;
    for j in 1..r.len() {
        if r[j] > r[best] {
            best = j;
        }
    }
    pass.sizes[best] += count;
    let highest = r[best];
    if !highest.is_finite() {
        // No density is left: the row says nothing of its class.
        r.iter_mut().zip(weights).for_each(|(r, weight)| *r = count * weight);
        pass.log_likelihood += count * f64::from(f32::MIN);
        return;
    }
    let (mut sum, mut spread) = (0.0, 0.0);
    for r in r.iter_mut() {
        let below = *r - highest;
        *r = exp(below);
        sum += *r;
        if *r > 0.0 {
            spread += *r * below;
        }
    }
    let log = libm::log(sum);
    pass.log_likelihood += count * (highest + log);
    pass.entropy += count * (log - spread / sum);
    for r in r.iter_mut() {
        *r *= count / sum;
    }
}

/// The M step: the classes that the sums of a pass make most likely, `prior` average
/// customers added to each.
pub(super) fn maximise(classes: &mut Classes, pass: &Pass, average: &Average, prior: f64) {
    /// Below this many customers a class holds nothing.
    const NOTHING: f64 = 1e-9;
    let k = classes.k();
    let total: f64 = pass.weights.iter().map(|weight| weight.max(NOTHING)).sum();
    for (weight, sum) in classes.weights.iter_mut().zip(&pass.weights) {
        *weight = sum.max(NOTHING) / total;
    }
    let mut start = 0;
    let mut first = 0;
    for n_levels in classes.variables.levels() {
        let shares = &average.shares[first..first + n_levels];
        for j in 0..k {
            let at = |level: usize| start + level * k + j;
            let known: f64 = (0..n_levels).map(|level| pass.levels[at(level)]).sum();
            for (level, share) in shares.iter().enumerate() {
                classes.probabilities[at(level)] = if known + prior > NOTHING {
                    (pass.levels[at(level)] + prior * share) / (known + prior)
                } else {
                    *share
                };
            }
        }
        start += n_levels * k;
        first += n_levels;
    }
    for (at, [sum, one, two]) in pass.moments.iter().copied().enumerate() {
        let (whole, mean) = (average.variances[at / k], average.means[at / k]);
        if sum <= NOTHING {
            classes.means[at] = mean;
            classes.deviations[at] = whole.sqrt();
            continue;
        }
        let shift = one / sum;
        let inside = (two - one * shift).max(0.0);
        // Equal numbers in a class without a prior would have no spread at all.
        let variance = ((inside + prior * whole) / (sum + prior)).max(1e-12 * whole);
        classes.means[at] += shift;
        classes.deviations[at] = variance.sqrt();
    }
    classes.settle();
}
