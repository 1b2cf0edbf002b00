//! Pareto/NBD: customers order at constant rates that differ, and leave for good at a
//! moment that nobody sees.
//!
//! While active, orders are Poisson at rate lambda ~ gamma(r, alpha); the time until
//! leaving is exponential at rate mu ~ gamma(s, beta); alpha and beta in days.
//!
//! `L = (r)_x alpha^r beta^s { (alpha+T)^-(r+x) (beta+T)^-s + I(t_x, T) }`
//!
//! with `(r)_x = r (r+1) ... (r+x-1)` and I the integral of `panels.rs`: the density of
//! leaving at each moment since the last order. The derivatives are those of a mixture
//! over these moments.
//!
//! - P(active at the cut-off) = the first term's share of the braces.
//! - Expected occasions in H days = P(active) (r+x)/(alpha+T) x the integral over u from 0
//!   to H of `((beta+T)/(beta+T+u))^s`.
//! - P(no order in H days) = 1 - P(active) (1 - P0), with P0 = `(alpha+T)^(r+x) (beta+T)^s`
//!   times the braces from T to T + H.
//!
//! # Limits and cost
//!
//! 16 to 100 nodes per distinct history and evaluation, about a microsecond; a fit takes
//! about ten evaluations. s near 0 means that no leaving is visible: the fit then ends
//! [`super::newton::Ending::Flat`].
//!
//! # References
//!
//! Schmittlein, Morrison, Colombo (1987), Counting your customers, Management Science
//! 33(1); Fader, Hardie (2005), A note on deriving the Pareto/NBD model and related
//! expressions, equations 21, 25 and 41.

use super::newton::{Ending, Peak, Slope, climb};
use super::panels::Fall;
use super::sums::{Rising, in_pieces};
use super::{Compressed, History, Nbd};

/// A fitted model; alpha and beta are in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the rates of ordering.
    pub r: f64,
    /// Scale of the rates of ordering, days; a seventh of it is the scale in weeks.
    pub alpha: f64,
    /// Shape of the rates of leaving.
    pub s: f64,
    /// Scale of the rates of leaving, days.
    pub beta: f64,
}

impl ParetoNbd {
    /// Fits r, alpha, s, beta, in this order. `start` is the fit of [`Nbd`] to the same
    /// sample.
    #[must_use]
    pub fn fit(sample: &Compressed, start: &Nbd) -> (Self, Peak<4>) {
        let from = |s: f64, beta: f64| {
            climb([start.r, start.alpha, s, beta], |parameters| Self::of(parameters).slope(sample))
        };
        let typical = f64::from(sample.most_days()).max(1.0);
        let mut peak = from(0.5, typical / 3.0);
        if peak.ending != Ending::Converged {
            let other = from(0.05, typical);
            if other.ending == Ending::Converged || other.log_likelihood > peak.log_likelihood {
                peak = other;
            }
        }
        (Self::of(peak.parameters), peak)
    }

    /// The model with the parameters r, alpha, s, beta.
    #[must_use]
    pub fn of([r, alpha, s, beta]: [f64; 4]) -> Self {
        Self { r, alpha, s, beta }
    }

    fn fall(&self, repeats: u32) -> Fall {
        let shape = self.r + f64::from(repeats);
        Fall { shape, alpha: self.alpha, s: self.s, beta: self.beta }
    }

    /// The two terms of the braces from `u` to `w`, relative to `e^reference` of u.
    fn braces(&self, repeats: u32, u: f64, w: f64) -> (f64, f64, f64) {
        let fall = self.fall(repeats);
        let reference = fall.reference(u);
        let mut integral = 0.0;
        fall.nodes(u, w, reference, |node| integral += node.mass);
        let active = libm::exp(
            -fall.shape * libm::log(self.alpha + w) - self.s * libm::log(self.beta + w) - reference,
        );
        (active, integral, reference)
    }

    /// P(active at the cut-off), 0..1.
    #[must_use]
    pub fn active(&self, history: History) -> f64 {
        let (u, w) = (f64::from(history.first_to_last_days), f64::from(history.observed_days));
        let (active, left, _) = self.braces(history.repeats, u, w);
        active / (active + left)
    }

    /// P(no order in the next `days`), 0..1.
    #[must_use]
    pub fn no_order(&self, history: History, days: f64) -> f64 {
        let t = f64::from(history.observed_days);
        let (still, left, reference) = self.braces(history.repeats, t, t + days);
        let shape = self.r + f64::from(history.repeats);
        let back =
            reference + shape * libm::log(self.alpha + t) + self.s * libm::log(self.beta + t);
        let none = ((still + left) * libm::exp(back)).min(1.0);
        1.0 - self.active(history) * (1.0 - none)
    }

    /// Expected occasions in the next `days`, 0 or more.
    #[must_use]
    pub fn expected(&self, history: History, days: f64) -> f64 {
        let t = f64::from(history.observed_days);
        let rate = (self.r + f64::from(history.repeats)) / (self.alpha + t);
        let log = -libm::log1p(days / (self.beta + t));
        let power = (self.s - 1.0) * log;
        // (1 - q^(s-1)) / (s-1), whose limit at s = 1 is -ln q.
        let mean = if power.abs() < 1e-9 { -log } else { -libm::expm1(power) / (self.s - 1.0) };
        self.active(history) * rate * (self.beta + t) * mean
    }

    /// The log-likelihood, times in days. In weeks it is larger by ln 7 for every repeat
    /// order of the sample.
    #[must_use]
    pub fn log_likelihood(&self, sample: &Compressed) -> f64 {
        self.slope(sample).value
    }

    /// The log-likelihood with its derivatives by the logarithms of the parameters.
    #[must_use]
    pub fn slope(&self, sample: &Compressed) -> Slope<4> {
        let rates = Rising::new(self.r, sample.most_repeats() as usize);
        let mut sum = in_pieces(sample.histories().len(), |range| {
            let mut sum = Slope::zero();
            for at in range {
                let history = sample.histories()[at];
                let mut one = self.mixture(history);
                let [value, first, second] = rates.at[history.repeats as usize];
                one.value += value;
                one.gradient[0] += first;
                one.hessian[0][0] += second;
                sum.add(f64::from(sample.weights()[at]), &one);
            }
            sum
        });
        let mut base = Slope::zero();
        let pairs = [(0, self.r, self.alpha), (2, self.s, self.beta)];
        for (at, shape, scale) in pairs {
            let log = libm::log(scale);
            base.value += shape * log;
            base.gradient[at] = log;
            base.gradient[at + 1] = shape / scale;
            base.hessian[at][at + 1] = 1.0 / scale;
            base.hessian[at + 1][at] = 1.0 / scale;
            base.hessian[at + 1][at + 1] = -shape / (scale * scale);
        }
        sum.add(sample.n_customers() as f64, &base);
        sum.by_logarithm([self.r, self.alpha, self.s, self.beta])
    }

    /// The log-likelihood of one customer whose repeats may exceed its days.
    #[cfg(test)]
    pub(super) fn of_one(&self, history: History) -> f64 {
        let rates = Rising::new(self.r, history.repeats as usize);
        let base = self.r * libm::log(self.alpha) + self.s * libm::log(self.beta);
        base + rates.at[history.repeats as usize][0] + self.mixture(history).value
    }

    /// ln of the braces with its derivatives by the parameters: a mixture over the moment
    /// of leaving, the last part of which is not to have left.
    fn mixture(&self, history: History) -> Slope<4> {
        let fall = self.fall(history.repeats);
        let (u, w) = (f64::from(history.first_to_last_days), f64::from(history.observed_days));
        let reference = fall.reference(u);
        let mut mix = Mixture::default();
        fall.nodes(u, w, reference, |node| {
            let (a, b) = (1.0 / (self.alpha + node.t), 1.0 / (self.beta + node.t));
            let slopes =
                [-node.logs.0, -fall.shape * a, 1.0 / self.s - node.logs.1, -(self.s + 1.0) * b];
            let bends =
                [-a, fall.shape * a * a, -1.0 / (self.s * self.s), -b, (self.s + 1.0) * b * b];
            mix.add(node.mass, slopes, bends);
        });
        let (log_a, log_b) = (libm::log(self.alpha + w), libm::log(self.beta + w));
        let (a, b) = (1.0 / (self.alpha + w), 1.0 / (self.beta + w));
        let mass = libm::exp(-fall.shape * log_a - self.s * log_b - reference);
        mix.add(
            mass,
            [-log_a, -fall.shape * a, -log_b, -self.s * b],
            [-a, fall.shape * a * a, 0.0, -b, self.s * b * b],
        );
        mix.finish(reference)
    }
}

/// Sums over the parts of a mixture.
#[derive(Default)]
struct Mixture {
    mass: f64,
    gradient: [f64; 4],
    /// Second derivatives that are not 0: r alpha, alpha alpha, s s, s beta, beta beta.
    bends: [f64; 5],
    squares: [[f64; 4]; 4],
}

impl Mixture {
    fn add(&mut self, mass: f64, slopes: [f64; 4], bends: [f64; 5]) {
        self.mass += mass;
        for i in 0..4 {
            let weighted = mass * slopes[i];
            self.gradient[i] += weighted;
            for (sum, slope) in self.squares[i].iter_mut().zip(slopes).take(i + 1) {
                *sum += weighted * slope;
            }
        }
        for (sum, bend) in self.bends.iter_mut().zip(bends) {
            *sum += mass * bend;
        }
    }

    /// The mean of the second derivatives, plus the covariance of the first.
    fn finish(&self, reference: f64) -> Slope<4> {
        let mean = self.gradient.map(|sum| sum / self.mass);
        let bends = self.bends.map(|sum| sum / self.mass);
        let mut hessian = [[0.0; 4]; 4];
        for i in 0..4 {
            for j in 0..=i {
                hessian[i][j] = self.squares[i][j] / self.mass - mean[i] * mean[j];
                hessian[j][i] = hessian[i][j];
            }
        }
        for ((i, j), bend) in [(0, 1), (1, 1), (2, 2), (2, 3), (3, 3)].into_iter().zip(bends) {
            hessian[i][j] += bend;
            if i != j {
                hessian[j][i] += bend;
            }
        }
        Slope { value: reference + libm::log(self.mass), gradient: mean, hessian }
    }
}
