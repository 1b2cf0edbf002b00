//! From a part of the customers to all: Newton's method over everybody without the matrix
//! of everybody, from where a regression on a part has come to.
//!
//! The coefficients that a part of the customers gives lie within a few standard errors of
//! those of all, those of rare levels further away, and what is left after a step is of the
//! order of its square. So the last step is the first one of less than a tenth of a standard
//! error a coefficient, in the root of their mean square: two steps where every column is
//! known of many customers, and then both the coefficients and their Hessian are those of
//! the solution for all that can be told.
//!
//! Cost: a preparation of everybody and `O(n d^2)` per step. Sums run over fixed blocks and
//! are added in order: threads change no bit.
//!
//! # References
//!
//! Le Cam (1956), On the asymptotic theory of estimation and testing hypotheses, 3rd
//! Berkeley Symposium 1; van der Vaart (1998), Asymptotic Statistics, section 5.7 (steps
//! from estimates that are close).

use ndarray::Array2;

use super::ChurnError;
use super::crossfit::Known;
use super::hessian;
use super::logistic::{Fit, Sample, factorise, scalar, solve};
use super::loss::State;
use crate::normalise::Normaliser;
use crate::stats::number;

/// The mean squared length, in standard errors, of a step that no other has to follow.
const LEFT: f64 = 0.01;
/// Rows of a block: its part of the matrix stays in the cache.
const BLOCK: usize = 2048;
const MOST_STEPS: usize = 50;

/// Carries coefficients of a part of the known customers to all of them.
///
/// # Errors
///
/// The columns cannot be prepared.
pub(super) fn improve(
    known: &Known,
    normaliser: &Normaliser,
    start: Fit,
    lambda: f64,
) -> Result<Fit, ChurnError> {
    descend(start, number(known.rows.len()), |beta| at(known, normaliser, beta, lambda))
}

/// Newton's method from `start` by what `at` tells of `n` customers: their loss with its
/// gradient, and its Hessian.
fn descend(
    start: Fit,
    n: f64,
    at: impl Fn(&[f64]) -> Result<(State, Array2<f64>), ChurnError>,
) -> Result<Fit, ChurnError> {
    let mut beta = start.beta.clone();
    let mut reached = Fit { converged: false, ..start };
    let mut lowest = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        let (state, hessian) = at(&beta)?;
        let is_lower = state.loss <= lowest + 1e-13 * lowest.abs();
        if !is_lower || !state.loss.is_finite() {
            if lowest.is_infinite() {
                // There is nowhere to go back to.
                break;
            }
            // Too far: half the way back.
            beta = beta.iter().zip(&reached.beta).map(|(b, a)| f64::midpoint(*b, *a)).collect();
            continue;
        }
        lowest = state.loss;
        let step = solve(&factorise(&hessian), &state.gradient);
        let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b - s).collect();
        let converged = scalar(&state.gradient, &step) <= LEFT * number(beta.len());
        let here = std::mem::replace(&mut beta, next);
        if converged {
            return Ok(Fit { beta, hessian, rows: n, converged });
        }
        reached = Fit { beta: here, hessian, rows: n, converged };
    }
    Ok(reached)
}

/// The loss of everybody with its gradient, and its Hessian.
pub(super) fn at(
    known: &Known,
    normaliser: &Normaliser,
    beta: &[f64],
    lambda: f64,
) -> Result<(State, Array2<f64>), ChurnError> {
    let d = beta.len() - 1;
    let start = || (State::zero(d), hessian::nothing(d));
    let add = |(state, products): &mut (State, Vec<f64>), before: usize, x: &[f64]| {
        let n = x.len() / d.max(1);
        let outcomes = &known.outcomes[before..before + n];
        let sample = Sample { x, d, outcomes, rows: (0..n).collect() };
        state.add(&State::of(&sample, &sample.rows, beta));
        hessian::add(products, &hessian::of(&sample, &sample.rows, beta));
    };
    let parts = normaliser.add_up(known.table, &known.rows, BLOCK, start, add)?;
    let (states, products): (Vec<State>, Vec<Vec<f64>>) = parts.into_iter().unzip();
    Ok((State::sum(&states, beta, lambda), hessian::sum(&products, d, lambda)))
}

#[cfg(test)]
mod tests {
    use super::super::logistic::{LAMBDA, TIGHT, fit};
    use super::*;
    use crate::seed::Seed;
    use crate::stats::sigmoid;
    use rand::RngCore;

    const D: usize = 6;
    const N: usize = 5_000;

    /// Uniform columns and outcomes by a line.
    fn simulated() -> (Vec<f64>, Vec<bool>) {
        let mut stream = Seed::new(11).stream("carry", 0);
        let mut uniform = || f64::from(stream.next_u32()) / 4_294_967_296.0;
        let (mut x, mut outcomes) = (Vec::new(), Vec::new());
        for _ in 0..N {
            let row: Vec<f64> = (0..D).map(|_| (uniform() - 0.5) * 12f64.sqrt()).collect();
            let odds = row.iter().zip([1.0, -0.5, 0.3, 0.0, 0.8, -0.2]).map(|(x, b)| x * b);
            outcomes.push(uniform() < sigmoid(odds.sum::<f64>() - 2.0));
            x.extend(row);
        }
        (x, outcomes)
    }

    /// From `far` away, by what `told` makes of the loss.
    fn reached(far: &[f64], told: impl Fn(usize, f64) -> f64) -> (Fit, Fit) {
        let (x, outcomes) = simulated();
        let all = Sample { x: &x, d: D, outcomes: &outcomes, rows: (0..N).collect() };
        let exact = fit(&all, LAMBDA, TIGHT, None).unwrap();
        let start = Fit { beta: far.to_vec(), ..exact.clone() };
        let asked = std::cell::Cell::new(0);
        let reached = descend(start, number(N), |beta| {
            let mut state = State::at(&all, beta, LAMBDA);
            state.loss = told(asked.get(), state.loss);
            asked.set(asked.get() + 1);
            Ok((state, hessian::at(&all, beta, LAMBDA)))
        });
        (reached.unwrap(), exact)
    }

    #[test]
    fn from_far_away_it_takes_more_steps() {
        let far = [3.0, 3.0, -3.0, 3.0, -3.0, 3.0, 4.0];
        let (reached, exact) = reached(&far, |_, loss| loss);
        assert!(reached.converged);
        for (reached, exact) in reached.beta.iter().zip(&exact.beta) {
            assert!((reached - exact).abs() < 1e-3, "{reached} {exact}");
        }
    }

    #[test]
    fn where_the_start_has_no_loss_it_ends_there() {
        let far = [0.1, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0];
        let (reached, _) = reached(&far, |asked, _| {
            assert_eq!(asked, 0, "it asks again");
            f64::NAN
        });
        assert!(!reached.converged);
        assert_eq!(reached.beta, far);
    }

    #[test]
    fn where_every_step_goes_up_it_stays_where_it_was() {
        let far = [0.1, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0];
        for worse in [1.0, f64::NAN] {
            let (reached, _) =
                reached(&far, |asked, loss| if asked == 0 { loss } else { loss + worse * 1e6 });
            assert!(!reached.converged);
            assert_eq!(reached.beta, far);
        }
    }
}
