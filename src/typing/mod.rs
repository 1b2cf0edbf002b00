//! The typing tool: in which segment is somebody who is known by descriptors alone?
//!
//! Segments are made of what customers do; of a prospect only who they are is known. A
//! multinomial logistic regression of the segment on the descriptors gives a probability for
//! each segment, and says honestly how often the most probable one is right: on customers
//! that were held out, beside always naming the largest segment.
//!
//! Minimises `sum_i -ln p(segment_i) + 1/2 sum_cj b_cj^2` on standardised columns, the
//! intercepts free, by descent with a fixed bound of the Hessian (`1/2 X'X + I` for every
//! segment) and Nesterov's momentum, which starts anew where it leads uphill. The minimum is
//! unique but for a constant that is in all intercepts and changes no probability.
//!
//! Cost: `O(n d k)` per step, at most 400 steps, after one factor of `d x d`.
//!
//! # References
//!
//! Boehning (1992), Multinomial logistic regression algorithm, Annals of the Institute of
//! Statistical Mathematics 44: the bound. O'Donoghue and Candes (2015), Adaptive restart for
//! accelerated gradient schemes, Foundations of Computational Mathematics 15.

use rayon::prelude::*;

use crate::matrix::Matrix;
use crate::stats::wilson;

/// The penalty, in units of one customer's loss on standardised columns.
const RIDGE: f64 = 1.0;
/// What keeps the factor of a free intercept.
const FREE: f64 = 1e-6;
const MAX_STEPS: usize = 400;
/// No coefficient moves by more: done.
const TOLERANCE: f64 = 1e-7;
/// Rows per chunk of a parallel sum.
const CHUNK: usize = 2048;

/// A fitted typing tool.
#[derive(Debug, Clone, PartialEq)]
pub struct Typing {
    /// Row-major `(k, d + 1)`, the intercept last.
    beta: Vec<f64>,
    k: usize,
    d: usize,
}

/// How often it is right on customers that it has not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Customers that it was judged on.
    pub customers: usize,
    /// The share whose most probable segment is their own.
    pub right: f64,
    /// The 95 % interval of that share (Wilson).
    pub interval: (f64, f64),
    /// The share whose own segment is among the two most probable.
    pub right_of_two: f64,
    /// The share of the largest segment: what always naming it gets right.
    pub base: f64,
}

impl Typing {
    /// Fits the segments, 0-based below `k`, of the rows of a matrix. `None` where there are
    /// no rows, no columns or fewer labels than rows.
    #[must_use]
    pub fn fit(matrix: &Matrix, segments: &[u32], k: usize) -> Option<Self> {
        let x = matrix.values().to_slice()?;
        let (n, d) = (matrix.n_rows(), matrix.n_columns());
        if n == 0 || k == 0 || segments.len() != n || segments.iter().any(|&s| s as usize >= k) {
            return None;
        }
        let width = d + 1;
        let factor = factorise(bound(x, n, d), width)?;
        let mut beta = vec![0.0; k * width];
        let (mut ahead, mut momentum) = (beta.clone(), 1.0_f64);
        for _ in 0..MAX_STEPS {
            let mut slope = gradient(x, segments, &ahead, (d, k));
            for (c, row) in slope.chunks_exact_mut(width).enumerate() {
                for (g, b) in row[..d].iter_mut().zip(&ahead[c * width..]) {
                    *g += RIDGE * b;
                }
            }
            let mut step = slope.clone();
            step.chunks_exact_mut(width).for_each(|row| solve(&factor, row));
            let next: Vec<f64> = ahead.iter().zip(&step).map(|(b, s)| b - s).collect();
            let moved: Vec<f64> = next.iter().zip(&beta).map(|(a, b)| a - b).collect();
            let uphill: f64 = slope.iter().zip(&moved).map(|(g, m)| g * m).sum();
            let largest = moved.iter().fold(0.0_f64, |most, m| most.max(m.abs()));
            let after = (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0;
            let carried = if uphill > 0.0 { 0.0 } else { (momentum - 1.0) / after };
            momentum = if uphill > 0.0 { 1.0 } else { after };
            ahead = next.iter().zip(&moved).map(|(b, m)| b + carried * m).collect();
            beta = next;
            if largest < TOLERANCE {
                break;
            }
        }
        Some(Self { beta, k, d })
    }

    /// The probability of each segment for every row of a matrix of the same columns,
    /// row-major `(n, k)`; `None` for another width.
    #[must_use]
    pub fn predict(&self, matrix: &Matrix) -> Option<Vec<f64>> {
        let x = matrix.values().to_slice()?;
        (matrix.n_columns() == self.d).then(|| {
            let mut all = vec![0.0; matrix.n_rows() * self.k];
            let rows = all.par_chunks_mut(self.k).enumerate().with_min_len(512);
            rows.for_each(|(row, p)| {
                softmax(&x[row * self.d..(row + 1) * self.d], &self.beta, p);
            });
            all
        })
    }
}

/// Probabilities of one row.
fn softmax(x: &[f64], beta: &[f64], p: &mut [f64]) {
    let d = x.len();
    for (p, beta) in p.iter_mut().zip(beta.chunks_exact(d + 1)) {
        *p = x.iter().zip(beta).fold(beta[d], |sum, (x, b)| sum + x * b);
    }
    let most = p.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for p in p.iter_mut() {
        *p = libm::exp(*p - most);
        sum += *p;
    }
    p.iter_mut().for_each(|p| *p /= sum);
}

/// The gradient of the loss without its penalty.
fn gradient(x: &[f64], segments: &[u32], beta: &[f64], (d, k): (usize, usize)) -> Vec<f64> {
    let width = d + 1;
    let of = |(chunk, segments): (usize, &[u32])| {
        let mut sum = vec![0.0; k * width];
        let mut p = vec![0.0; k];
        for (at, &segment) in segments.iter().enumerate() {
            let row = chunk * CHUNK + at;
            let x = &x[row * d..(row + 1) * d];
            softmax(x, beta, &mut p);
            p[segment as usize] -= 1.0;
            for (sum, p) in sum.chunks_exact_mut(width).zip(&p) {
                for (sum, x) in sum.iter_mut().zip(x) {
                    *sum += p * x;
                }
                sum[d] += p;
            }
        }
        sum
    };
    let parts: Vec<Vec<f64>> = segments.par_chunks(CHUNK).enumerate().map(of).collect();
    added(&parts, k * width)
}

/// Parts added in their order.
fn added(parts: &[Vec<f64>], n: usize) -> Vec<f64> {
    let mut sum = vec![0.0; n];
    for part in parts {
        sum.iter_mut().zip(part).for_each(|(sum, value)| *sum += value);
    }
    sum
}

/// `1/2 X'X` with the penalty, the intercept last.
fn bound(x: &[f64], n: usize, d: usize) -> Vec<f64> {
    let width = d + 1;
    let of = |rows: &[usize]| {
        let mut sum = vec![0.0; width * width];
        for &row in rows {
            let x = &x[row * d..(row + 1) * d];
            let at = |i: usize| x.get(i).copied().unwrap_or(1.0);
            for i in 0..width {
                for j in 0..=i {
                    sum[i * width + j] += 0.5 * at(i) * at(j);
                }
            }
        }
        sum
    };
    let rows: Vec<usize> = (0..n).collect();
    let parts: Vec<Vec<f64>> = rows.par_chunks(CHUNK).map(of).collect();
    let mut sum = added(&parts, width * width);
    for i in 0..width {
        sum[i * width + i] += if i < d { RIDGE } else { FREE };
    }
    sum
}

/// The Cholesky factor of a positive matrix, lower.
fn factorise(mut a: Vec<f64>, n: usize) -> Option<Vec<f64>> {
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|t| a[i * n + t] * a[j * n + t]).sum();
            let rest = a[i * n + j] - known;
            a[i * n + j] = if i == j {
                if rest <= 0.0 {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / a[j * n + j]
            };
        }
    }
    Some(a)
}

/// Solves `L L' x = b` in place.
fn solve(factor: &[f64], b: &mut [f64]) {
    let n = b.len();
    for i in 0..n {
        let known: f64 = (0..i).map(|t| factor[i * n + t] * b[t]).sum();
        b[i] = (b[i] - known) / factor[i * n + i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|t| factor[t * n + i] * b[t]).sum();
        b[i] = (b[i] - known) / factor[i * n + i];
    }
}

/// The most probable segment and the next, ties to the lowest.
#[must_use]
pub fn two_best(p: &[f64]) -> (usize, Option<usize>) {
    let best = |without: Option<usize>| {
        (0..p.len()).filter(|at| Some(*at) != without).fold(None, |best: Option<usize>, at| {
            if best.is_none_or(|best| p[at] > p[best]) { Some(at) } else { best }
        })
    };
    let first = best(None).unwrap_or(0);
    (first, best(Some(first)))
}

impl Accuracy {
    /// Judges probabilities of customers that were held out, row-major `(n, k)`.
    #[must_use]
    pub fn of(p: &[f64], segments: &[u32], k: usize) -> Self {
        let (mut right, mut of_two) = (0, 0);
        let mut counts = vec![0_usize; k.max(1)];
        for (p, &segment) in p.chunks_exact(k.max(1)).zip(segments) {
            let (first, second) = two_best(p);
            let own = segment as usize;
            counts[own] += 1;
            right += usize::from(first == own);
            of_two += usize::from(first == own || second == Some(own));
        }
        let n = segments.len().max(1) as f64;
        Self {
            customers: segments.len(),
            right: right as f64 / n,
            interval: wilson(right, segments.len().max(1)),
            right_of_two: of_two as f64 / n,
            base: counts.iter().copied().max().unwrap_or(0) as f64 / n,
        }
    }

    /// In words.
    #[must_use]
    pub fn told(&self) -> String {
        let percent = crate::format::percent;
        let judged = format!(
            "on customers held out, descriptors alone name the right segment for {} ({} to {}); \
             always naming the largest would be right for {}",
            percent(self.right),
            percent(self.interval.0),
            percent(self.interval.1),
            percent(self.base)
        );
        if self.interval.0 <= self.base {
            format!(
                "{judged}: the descriptors do not tell the segments apart, so do not act on single \
                 prospects"
            )
        } else {
            format!(
                "{judged}; the right one is among the first two for {}",
                percent(self.right_of_two)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn coefficients_are_those_of_scikit_learn() {
        // scikit-learn 1.9.1, LogisticRegression(C=1, tol=1e-12, max_iter=10000) on these rows:
        // predict_proba of the first and the last row.
        let x = array![
            [0.0, 1.0],
            [1.0, 0.5],
            [2.0, -1.0],
            [-1.0, 0.3],
            [0.5, 2.0],
            [-2.0, -0.7],
            [1.5, 1.5]
        ];
        let labels = [0, 1, 2, 0, 1, 0, 2];
        let matrix = Matrix::unnamed(x).unwrap();
        let p = Typing::fit(&matrix, &labels, 3).unwrap().predict(&matrix).unwrap();
        for (found, expected) in p.iter().zip(FIRST).chain(p[18..].iter().zip(LAST)) {
            assert!((found - expected).abs() < 1e-5, "{p:?}");
        }
        let sums = p.chunks_exact(3).map(|p| p.iter().sum::<f64>());
        assert!(sums.into_iter().all(|sum| (sum - 1.0).abs() < 1e-12));
    }

    /// See above.
    const FIRST: [f64; 3] = [0.5097705086, 0.3460042946, 0.1442251968];
    const LAST: [f64; 3] = [0.1037934029, 0.4493081420, 0.4468984551];

    #[test]
    fn descriptors_that_say_nothing_are_said_to_say_nothing() {
        let matrix = Matrix::unnamed(Array2::from_shape_fn((400, 1), |(i, _)| {
            f64::from(u8::from(i % 2 == 0))
        }));
        let labels: Vec<u32> = (0..400).map(|i| u32::from(i % 4 > 1)).collect();
        let matrix = matrix.unwrap();
        let p = Typing::fit(&matrix, &labels, 2).unwrap().predict(&matrix).unwrap();
        let judged = Accuracy::of(&p, &labels, 2);
        assert!((judged.base - 0.5).abs() < 1e-12);
        assert!(judged.told().contains("do not tell the segments apart"));
        let clear: Vec<u32> = (0..400).map(|i| u32::from(i % 2 == 0)).collect();
        let p = Typing::fit(&matrix, &clear, 2).unwrap().predict(&matrix).unwrap();
        assert_eq!(Accuracy::of(&p, &clear, 2).right, 1.0);
    }
}
