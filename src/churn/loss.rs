//! The loss of a logistic regression with its gradient, summed over fixed chunks.

use rayon::prelude::*;

use super::logistic::{CHUNK, Sample};
use crate::kernel::path::{Path, Work, on};
use crate::kernel::vector::Vector;
use crate::stats::LogSum;
use crate::stats::exponential::{BLOCK, exponentials};

/// The loss and its gradient at some coefficients.
pub(super) struct State {
    pub(super) loss: f64,
    pub(super) gradient: Vec<f64>,
}

impl State {
    pub(super) fn at(sample: &Sample, beta: &[f64], lambda: f64) -> Self {
        let parts: Vec<Self> =
            sample.rows.par_chunks(CHUNK).map(|rows| Self::of(sample, rows, beta)).collect();
        Self::sum(&parts, beta, lambda)
    }

    /// Those of nobody, with `d` columns.
    pub(super) fn zero(d: usize) -> Self {
        Self { loss: 0.0, gradient: vec![0.0; d + 1] }
    }

    /// Adds those of other rows.
    pub(super) fn add(&mut self, part: &Self) {
        self.loss += part.loss;
        self.gradient.iter_mut().zip(&part.gradient).for_each(|(sum, value)| *sum += value);
    }

    /// Those of all rows, from those of parts without the penalty.
    pub(super) fn sum(parts: &[Self], beta: &[f64], lambda: f64) -> Self {
        let d = beta.len() - 1;
        let mut sum = Self::zero(d);
        for part in parts {
            sum.add(part);
        }
        for (gradient, &b) in sum.gradient.iter_mut().zip(beta).take(d) {
            *gradient += lambda * b;
            sum.loss += lambda / 2.0 * b * b;
        }
        sum
    }

    /// Those of some rows, without the penalty.
    pub(super) fn of(sample: &Sample, rows: &[usize], beta: &[f64]) -> Self {
        on(Path::Best, Part { sample, rows, beta })
    }
}

/// The loss of some rows and its gradient.
struct Part<'a> {
    sample: &'a Sample<'a>,
    rows: &'a [usize],
    beta: &'a [f64],
}

impl Work for Part<'_> {
    type Out = State;

    #[expect(clippy::inline_always, reason = "compiled for each set of instructions")]
    #[inline(always)]
    fn run<V: Vector>(self, _: V) -> State {
        let Self { sample, rows, beta } = self;
        let mut state = State::zero(sample.d);
        let mut curved = LogSum::ZERO;
        let (mut odds, mut small, mut residuals) = ([0.0; BLOCK], [0.0; BLOCK], [0.0; BLOCK]);
        for rows in rows.chunks(BLOCK) {
            for (e, &row) in odds.iter_mut().zip(rows) {
                *e = sample.log_odds(row, beta);
            }
            for (small, e) in small.iter_mut().zip(&odds) {
                *small = -e.abs();
            }
            exponentials(&mut small);
            for (((residual, &e), &small), &row) in
                residuals.iter_mut().zip(&odds).zip(&small).zip(rows)
            {
                let (large_p, small_p) = (1.0 / (1.0 + small), small / (1.0 + small));
                let (p, q) = if e >= 0.0 { (large_p, small_p) } else { (small_p, large_p) };
                let outcome = sample.outcomes[row];
                // P(no) is not computed as 1 - p, so that swapping the classes mirrors every
                // bit.
                *residual = if outcome { -q } else { p };
                let wrong = if outcome { -e } else { e };
                state.loss += wrong.max(0.0);
                curved.add(small);
                state.gradient[sample.d] += *residual;
            }
            slope(sample, rows, &residuals, &mut state.gradient);
        }
        state.loss += curved.total();
        state
    }
}

/// Columns whose sums are held at once.
const WIDE: usize = 16;

/// Adds each row times its residual to the gradient, one row after the other.
#[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
#[inline(always)]
fn slope(sample: &Sample, rows: &[usize], residuals: &[f64; BLOCK], gradient: &mut [f64]) {
    let whole = sample.d / WIDE * WIDE;
    for first in (0..whole).step_by(WIDE) {
        let mut sums = [0.0; WIDE];
        sums.copy_from_slice(&gradient[first..first + WIDE]);
        for (&row, &residual) in rows.iter().zip(residuals) {
            let x = &sample.row(row)[first..first + WIDE];
            for (sum, x) in sums.iter_mut().zip(x) {
                *sum += residual * x;
            }
        }
        gradient[first..first + WIDE].copy_from_slice(&sums);
    }
    for (&row, &residual) in rows.iter().zip(residuals) {
        let rest = &sample.row(row)[whole..];
        for (gradient, x) in gradient[whole..sample.d].iter_mut().zip(rest) {
            *gradient += residual * x;
        }
    }
}
