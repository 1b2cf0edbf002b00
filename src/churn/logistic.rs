//! Ridge logistic regression by Newton's method.
//!
//! What it answers: P(outcome = yes) as a function of the columns of the matrix, with
//! coefficients that can be read. Minimises
//! `sum_i ln(1 + exp(e_i)) - y_i e_i  +  lambda / 2 * sum_j b_j^2`, with
//! `e_i = b_0 + sum_j b_j x_ij`; the intercept is not penalised, so the mean probability
//! equals the base rate.
//!
//! How to choose lambda: [`LAMBDA`] = 1 (C = 1 of scikit-learn) on standardised columns
//! shrinks what a few customers support and nothing else; it is fixed, so there is no
//! search to overfit, and it keeps perfect separation and collinear columns finite.
//!
//! Cost: `O(n d^2)` per Hessian. A Hessian is kept as long as the steps it gives
//! shrink fast (chord steps, `O(n d)` each), and large samples start from the solution
//! of every eighth row with its Hessian. The minimum is unique, so neither changes what
//! is found. Sums run over fixed chunks and are added in order: threads change no bit.
//!
//! # References
//!
//! Hastie, Tibshirani, Friedman (2009), The Elements of Statistical Learning, 2nd ed.,
//! section 4.4.1 (Newton) and 3.4.1 (ridge); le Cessie, van Houwelingen (1992), Ridge
//! estimators in logistic regression, Applied Statistics 41(1), for the standard errors.

use linfa_linalg::cholesky::{CholeskyInplace, InverseCInplace};
use ndarray::{Array1, Array2, ArrayView1};

use super::hessian;
use super::loss::State;
use crate::matrix::Matrix;
use crate::stats;

/// The penalty, in units of one customer's loss on standardised columns.
pub(super) const LAMBDA: f64 = 1.0;
/// Converged when the squared length of the step, in standard errors, is below this.
pub(super) const TIGHT: f64 = 1e-16;
/// The same for fits that only feed the calibration line.
pub(super) const LOOSE: f64 = 1e-7;
/// Rows per chunk of a parallel sum.
pub(super) const CHUNK: usize = 4096;
/// Samples of at least this many rows start from every eighth row.
const LARGE: usize = 16_000;
const MAX_STEPS: usize = 200;

/// Rows of a matrix with their outcomes.
#[derive(Clone)]
pub(super) struct Sample<'a> {
    /// Row-major values of the matrix.
    pub(super) x: &'a [f64],
    /// Its columns.
    pub(super) d: usize,
    /// One outcome per row of the matrix.
    pub(super) outcomes: &'a [bool],
    /// The rows used, ascending.
    pub(super) rows: Vec<usize>,
}

impl<'a> Sample<'a> {
    /// All rows of the matrix. `None` where the lengths differ.
    pub(super) fn all(matrix: &'a Matrix, outcomes: &'a [bool]) -> Option<Self> {
        let x = matrix.values().to_slice()?;
        let rows = (0..matrix.n_rows()).collect();
        (outcomes.len() == matrix.n_rows()).then_some(Self {
            x,
            d: matrix.n_columns(),
            outcomes,
            rows,
        })
    }

    /// Only the rows that `keep` accepts.
    pub(super) fn filter(&self, keep: impl Fn(usize) -> bool) -> Self {
        let rows = self.rows.iter().copied().filter(|&row| keep(row)).collect();
        Self { rows, ..self.clone() }
    }

    #[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
    #[inline(always)]
    pub(super) fn row(&self, row: usize) -> &'a [f64] {
        &self.x[row * self.d..(row + 1) * self.d]
    }

    /// How many rows with the outcome, and how many without.
    pub(super) fn classes(&self) -> (usize, usize) {
        let events = self.rows.iter().filter(|&&row| self.outcomes[row]).count();
        (events, self.rows.len() - events)
    }

    /// The log-odds of the given row under coefficients `beta` (intercept last).
    #[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
    #[inline(always)]
    pub(super) fn log_odds(&self, row: usize, beta: &[f64]) -> f64 {
        dot(self.row(row), &beta[..self.d]) + beta[self.d]
    }
}

/// A fitted logistic regression.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// One coefficient per column of the matrix, the intercept last.
    pub(super) beta: Vec<f64>,
    /// The last Hessian that was computed, intercept last.
    pub(super) hessian: Array2<f64>,
    /// The rows behind that Hessian.
    pub(super) rows: f64,
    /// Whether the steps became as small as asked.
    pub(super) converged: bool,
}

/// Fits; both classes must be present among the rows, else `None`.
///
/// `start` is another fit of the same columns: its coefficients and its Hessian only
/// shorten the way.
pub(super) fn fit(
    sample: &Sample,
    lambda: f64,
    tolerance: f64,
    start: Option<&Fit>,
) -> Option<Fit> {
    let (events, others) = sample.classes();
    if events == 0 || others == 0 {
        return None;
    }
    if start.is_none() && sample.rows.len() >= LARGE {
        let part =
            Sample { rows: sample.rows.iter().copied().step_by(8).collect(), ..sample.clone() };
        let share = stats::number(part.rows.len()) / stats::number(sample.rows.len());
        let (events, others) = part.classes();
        if events.min(others) >= 20
            && let Some(start) = fit(&part, lambda * share, LOOSE, None)
        {
            return Some(descend(sample, lambda, tolerance, start.beta.clone(), Some(&start)));
        }
    }
    let beta = start.map_or_else(
        || {
            let mut beta = vec![0.0; sample.d + 1];
            beta[sample.d] = libm::log(stats::number(events)) - libm::log(stats::number(others));
            beta
        },
        |start| start.beta.clone(),
    );
    Some(descend(sample, lambda, tolerance, beta, start))
}

fn descend(
    sample: &Sample,
    lambda: f64,
    tolerance: f64,
    mut beta: Vec<f64>,
    start: Option<&Fit>,
) -> Fit {
    let n = stats::number(sample.rows.len());
    let mut hessian = start.map_or_else(
        || hessian::at(sample, &beta, lambda),
        |start| &start.hessian * (n / start.rows),
    );
    let mut factor = factorise(&hessian);
    let mut fresh = start.is_none();
    let mut state = State::at(sample, &beta, lambda);
    let mut before = f64::INFINITY;
    let mut converged = false;
    for _ in 0..MAX_STEPS {
        let mut step = solve(&factor, &state.gradient);
        let mut decrement = scalar(&state.gradient, &step);
        // A kept Hessian is good while each step cuts the distance to a fifth.
        if !fresh && decrement > before / 25.0 && decrement > tolerance {
            hessian = hessian::at(sample, &beta, lambda);
            factor = factorise(&hessian);
            fresh = true;
            step = solve(&factor, &state.gradient);
            decrement = scalar(&state.gradient, &step);
        }
        if decrement <= tolerance {
            converged = true;
            break;
        }
        let Some((next, next_state)) = shorten(sample, lambda, &beta, &state, &step) else {
            if fresh {
                // Not even a tiny step downhill lowers the loss: rounding is all that is left.
                converged = decrement <= tolerance.max(1e-8);
                break;
            }
            before = 0.0;
            continue;
        };
        (beta, state) = (next, next_state);
        before = decrement;
        fresh = false;
    }
    Fit { beta, hessian, rows: n, converged }
}

/// The longest of step, half a step, a quarter ... that does not raise the loss.
fn shorten(
    sample: &Sample,
    lambda: f64,
    beta: &[f64],
    state: &State,
    step: &[f64],
) -> Option<(Vec<f64>, State)> {
    let mut part = 1.0;
    while part > 1e-7 {
        let next: Vec<f64> = beta.iter().zip(step).map(|(b, s)| b - part * s).collect();
        let tried = State::at(sample, &next, lambda);
        if tried.loss <= state.loss + 1e-13 * state.loss.abs() {
            return Some((next, tried));
        }
        part /= 2.0;
    }
    None
}

impl Fit {
    /// The covariance of the coefficients, intercept last: the inverse Hessian at the
    /// solution, shape `(d + 1, d + 1)`; `None` where it cannot be inverted.
    pub(super) fn covariance(&self, sample: &Sample, lambda: f64) -> Option<Array2<f64>> {
        inverse(hessian::at(sample, &self.beta, lambda))
    }

    /// The same by the last Hessian that was computed, close to the solution.
    pub(super) fn covariance_there(&self) -> Option<Array2<f64>> {
        inverse(self.hessian.clone())
    }
}

fn inverse(mut hessian: Array2<f64>) -> Option<Array2<f64>> {
    let inverse = hessian.invc_inplace().ok()?;
    inverse.iter().all(|v| v.is_finite()).then_some(inverse)
}

/// The Cholesky factor, lower. A matrix that rounding has made indefinite gets the
/// smallest power of ten on its diagonal that repairs it.
pub(super) fn factorise(hessian: &Array2<f64>) -> Array2<f64> {
    let scale = hessian.diag().iter().fold(0.0_f64, |a, &b| a.max(b.abs())).max(1e-300);
    let mut jitter = 0.0;
    loop {
        let mut tried = hessian.clone();
        tried.diag_mut().mapv_inplace(|v| v + jitter);
        if let Ok(factor) = tried.cholesky_into() {
            return factor;
        }
        jitter = if jitter == 0.0 { scale * 1e-14 } else { jitter * 10.0 };
        if jitter > scale * 10.0 {
            return Array2::from_diag(&Array1::from_elem(hessian.nrows(), scale.sqrt()));
        }
    }
}

/// Solves `L L' x = b`.
pub(super) fn solve(factor: &Array2<f64>, b: &[f64]) -> Vec<f64> {
    let n = b.len();
    let mut x = b.to_vec();
    for i in 0..n {
        let known: f64 = (0..i).map(|k| factor[[i, k]] * x[k]).sum();
        x[i] = (x[i] - known) / factor[[i, i]];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| factor[[k, i]] * x[k]).sum();
        x[i] = (x[i] - known) / factor[[i, i]];
    }
    x
}

pub(super) fn scalar(a: &[f64], b: &[f64]) -> f64 {
    ArrayView1::from(a).iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The inner product in four lanes, always in the same order.
#[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
#[inline(always)]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4.remainder().iter().zip(b4.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a4.zip(b4) {
        for lane in 0..4 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest
}
