//! From a part of the customers to all: Newton's method over everybody without the matrix
//! of everybody, which a regression on a part has come so close to that one step is enough.
//!
//! The coefficients that a part of the customers gives lie within a few standard errors of
//! those of all, and a step is wrong by the square of what is left. With `s` the squared
//! length of a step in standard errors and `W` the sum of the weights `p (1 - p)`, what is
//! left after it has about the squared length `s^2 / W`: the last step is the first after
//! which that is below [`LEFT`] per coefficient. A million customers, a part of 200,000
//! and forty coefficients have `s` near 160 and `W` near 100,000: one step.
//!
//! Cost: a preparation of everybody and `O(n d^2)` per step. Sums run over fixed blocks and
//! are added in order: threads change no bit.
//!
//! # References
//!
//! Le Cam (1956), On the asymptotic theory of estimation and testing hypotheses, 3rd
//! Berkeley Symposium 1; van der Vaart (1998), Asymptotic Statistics, section 5.7 (one-step
//! estimators: as good as the maximum of the likelihood).

use ndarray::Array2;

use super::ChurnError;
use super::crossfit::Known;
use super::hessian;
use super::logistic::{Fit, Sample, factorise, scalar, solve};
use super::loss::State;
use crate::normalise::Normaliser;
use crate::stats::number;

/// What may be left to do of each coefficient, in squared standard errors: a tenth of one.
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
    let (mut beta, mut last) = (start.beta.clone(), None::<(Vec<f64>, f64)>);
    let mut reached = start;
    for _ in 0..MOST_STEPS {
        let (state, hessian) = at(&beta)?;
        if let Some((before, loss)) = &last
            && state.loss > loss + 1e-13 * loss.abs()
        {
            // Too far: half the way back.
            beta = beta.iter().zip(before).map(|(b, a)| f64::midpoint(*b, *a)).collect();
            continue;
        }
        let step = solve(&factorise(&hessian), &state.gradient);
        let squared = scalar(&state.gradient, &step);
        let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b - s).collect();
        let weight = hessian[[beta.len() - 1, beta.len() - 1]];
        let converged = squared * squared <= LEFT * number(beta.len()) * weight;
        last = Some((std::mem::replace(&mut beta, next), state.loss));
        reached = Fit { beta: beta.clone(), hessian, rows: n, converged };
        if converged {
            break;
        }
    }
    Ok(reached)
}

/// The loss of everybody with its gradient, and its Hessian.
fn at(
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
        let of_block = hessian::of(&sample, &sample.rows, beta);
        products.iter_mut().zip(of_block).for_each(|(sum, part)| *sum += part);
    };
    let parts = normaliser.add_up(known.table, &known.rows, BLOCK, start, add)?;
    let (states, products): (Vec<State>, Vec<Vec<f64>>) = parts.into_iter().unzip();
    Ok((State::sum(&states, beta, lambda), hessian::sum(products, d, lambda)))
}

#[cfg(test)]
mod tests {
    use rand::RngCore;

    use super::super::logistic::{LAMBDA, LOOSE, TIGHT, fit};
    use super::*;
    use crate::seed::Seed;
    use crate::stats::sigmoid;

    const D: usize = 6;

    /// Uniform columns and outcomes by a line.
    fn simulated(n: usize) -> (Vec<f64>, Vec<bool>) {
        let mut stream = Seed::new(11).stream("one-step", 0);
        let mut uniform = || f64::from(stream.next_u32()) / 4_294_967_296.0;
        let (mut x, mut outcomes) = (Vec::new(), Vec::new());
        for _ in 0..n {
            let row: Vec<f64> = (0..D).map(|_| (uniform() - 0.5) * 12f64.sqrt()).collect();
            let odds = row.iter().zip([1.0, -0.5, 0.3, 0.0, 0.8, -0.2]).map(|(x, b)| x * b);
            outcomes.push(uniform() < sigmoid(odds.sum::<f64>() - 2.0));
            x.extend(row);
        }
        (x, outcomes)
    }

    #[test]
    fn one_step_from_a_fifth_comes_within_a_tenth_of_a_standard_error() {
        let (x, outcomes) = simulated(200_000);
        let all = Sample { x: &x, d: D, outcomes: &outcomes, rows: (0..200_000).collect() };
        let exact = fit(&all, LAMBDA, TIGHT, None).unwrap();
        let start = fit(&all.filter(|row| row % 5 == 0), LAMBDA / 5.0, LOOSE, None).unwrap();
        let far = start.beta.clone();
        let asked = std::cell::Cell::new(0);
        let reached = descend(start, 200_000.0, |beta| {
            asked.set(asked.get() + 1);
            Ok((State::at(&all, beta, LAMBDA), hessian::at(&all, beta, LAMBDA)))
        })
        .unwrap();
        let covariance = exact.covariance(&all, LAMBDA).unwrap();
        let errors = |beta: &[f64]| -> Vec<f64> {
            let of = |j: usize| (beta[j] - exact.beta[j]).abs() / covariance[[j, j]].sqrt();
            (0..=D).map(of).collect()
        };
        assert!(reached.converged && asked.get() == 1);
        assert!(errors(&far).iter().any(|&e| e > 1.0), "{:?}", errors(&far));
        assert!(errors(&reached.beta).iter().all(|&e| e < 0.1), "{:?}", errors(&reached.beta));
        for (there, exact) in reached.covariance_there().unwrap().iter().zip(&covariance) {
            assert!((there - exact).abs() < 0.02 * covariance[[D, D]]);
        }
    }

    #[test]
    fn from_far_away_it_takes_more_steps() {
        let (x, outcomes) = simulated(5_000);
        let all = Sample { x: &x, d: D, outcomes: &outcomes, rows: (0..5_000).collect() };
        let exact = fit(&all, LAMBDA, TIGHT, None).unwrap();
        let beta = vec![3.0, 3.0, -3.0, 3.0, -3.0, 3.0, 4.0];
        let start = Fit { beta, ..exact.clone() };
        let reached = descend(start, 5_000.0, |beta| {
            Ok((State::at(&all, beta, LAMBDA), hessian::at(&all, beta, LAMBDA)))
        })
        .unwrap();
        assert!(reached.converged);
        let covariance = exact.covariance(&all, LAMBDA).unwrap();
        for (j, (reached, exact)) in reached.beta.iter().zip(&exact.beta).enumerate() {
            assert!((reached - exact).abs() < 0.1 * covariance[[j, j]].sqrt(), "{j}");
        }
    }
}
