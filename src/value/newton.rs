//! Maximum likelihood with first and second derivatives: Newton's method, damped as by
//! Levenberg and Marquardt so that every step gains, with a test that says whether it
//! came to an end.
//!
//! A step solves `(-H + m I) s = g`; m grows until the matrix is positive definite and the
//! step gains, and shrinks after a good one. The end is reached when the gain that the
//! quadratic model still promises, `g' (-H)^-1 g / 2`, is below `ENOUGH` of one unit of
//! log-likelihood: an estimate is then within 5e-5 of its standard error, before a last
//! full step that takes it further.
//!
//! # References
//!
//! Nocedal, Wright (2006), Numerical Optimization, 2nd ed., sections 3.4, 4.1 and 10.3;
//! Dennis, Schnabel (1983), Numerical Methods for Unconstrained Optimization, section 5.5.

/// The promised gain below which the search ends, in units of log-likelihood.
const ENOUGH: f64 = 1e-9;
/// Steps that are tried at most.
const MOST: usize = 200;
/// Log-parameters stay within this distance of 0: a scale of 5e8 days is no scale.
const FARTHEST: f64 = 20.0;

/// A log-likelihood with its gradient and Hessian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope<const N: usize> {
    /// The log-likelihood.
    pub value: f64,
    /// Its first derivatives.
    pub gradient: [f64; N],
    /// Its second derivatives.
    pub hessian: [[f64; N]; N],
}

impl<const N: usize> Slope<N> {
    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self { value: 0.0, gradient: [0.0; N], hessian: [[0.0; N]; N] }
    }

    /// Adds `weight` times another.
    pub fn add(&mut self, weight: f64, other: &Self) {
        self.value += weight * other.value;
        for i in 0..N {
            self.gradient[i] += weight * other.gradient[i];
            for j in 0..N {
                self.hessian[i][j] += weight * other.hessian[i][j];
            }
        }
    }

    /// The derivatives by the logarithms of the parameters, all of which are positive.
    #[must_use]
    pub fn by_logarithm(mut self, parameters: [f64; N]) -> Self {
        for i in 0..N {
            for j in 0..N {
                self.hessian[i][j] *= parameters[i] * parameters[j];
            }
            self.gradient[i] *= parameters[i];
            self.hessian[i][i] += self.gradient[i];
        }
        self
    }
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// At a maximum, well inside.
    Converged,
    /// Where the likelihood goes on rising, ever less, towards a parameter of 0 or infinity.
    Flat,
    /// Not at an end when the steps were used up.
    Stopped,
}

/// Where a search ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak<const N: usize> {
    /// The parameters, positive.
    pub parameters: [f64; N],
    /// The standard error of each, from the curvature at the peak; `None` where there is
    /// none to speak of.
    pub errors: Option<[f64; N]>,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// Steps taken.
    pub steps: usize,
    /// How it ended.
    pub ending: Ending,
}

/// Climbs from `start`, whose entries are positive. `slope` gives the log-likelihood and
/// its derivatives by the logarithms of the parameters.
pub fn climb<const N: usize>(start: [f64; N], slope: impl Fn([f64; N]) -> Slope<N>) -> Peak<N> {
    let exp = |logs: [f64; N]| logs.map(libm::exp);
    let mut logs = start.map(|value| libm::log(value).clamp(-FARTHEST, FARTHEST));
    let mut here = slope(exp(logs));
    let (mut damping, mut steps, mut ending) = (0.0, 0, Ending::Stopped);
    while steps < MOST {
        let promised = newton(&here, 0.0).map(|step| dot(&step, &here.gradient) / 2.0);
        let done = promised.is_some_and(|gain| gain < ENOUGH);
        let Some((there, place)) =
            better(&here, logs, &mut damping, done, &|logs| slope(exp(logs)))
        else {
            ending = if done { Ending::Converged } else { Ending::Flat };
            break;
        };
        let gain = there.value - here.value;
        (here, logs) = (there, place);
        steps += 1;
        if done {
            ending = Ending::Converged;
            break;
        }
        // On a ridge every step gains less than rounding can tell.
        if gain.abs() < 1e-13 * here.value.abs() {
            ending = Ending::Flat;
            break;
        }
    }
    let at_edge = logs.iter().any(|log| log.abs() > FARTHEST - 1.0);
    if at_edge && ending == Ending::Converged {
        ending = Ending::Flat;
    }
    let parameters = exp(logs);
    let errors = inverse_diagonal(&here)
        .map(|variances| std::array::from_fn(|i| parameters[i] * variances[i].sqrt()));
    Peak { parameters, errors, log_likelihood: here.value, steps, ending }
}

/// The next place that is no worse, or `None` where no step helps. `last` is the step that
/// follows a passed test: it is taken where it does not lose more than rounding.
fn better<const N: usize>(
    here: &Slope<N>,
    logs: [f64; N],
    damping: &mut f64,
    last: bool,
    slope: &dyn Fn([f64; N]) -> Slope<N>,
) -> Option<(Slope<N>, [f64; N])> {
    let scale = (0..N).map(|i| here.hessian[i][i].abs()).fold(1e-12, f64::max);
    let slack = if last { 1e-13 * here.value.abs() } else { 0.0 };
    for _ in 0..60 {
        if let Some(step) = newton(here, *damping) {
            // No step moves a parameter by more than a factor of e^3.
            let longest = step.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
            let shrink = if longest > 3.0 { 3.0 / longest } else { 1.0 };
            let place: [f64; N] =
                std::array::from_fn(|i| (logs[i] + shrink * step[i]).clamp(-FARTHEST, FARTHEST));
            let there = slope(place);
            if there.value.is_finite() && there.value + slack >= here.value && place != logs {
                *damping = if *damping < 1e-9 * scale { 0.0 } else { *damping / 8.0 };
                return Some((there, place));
            }
        }
        if last {
            return None;
        }
        *damping = (*damping * 4.0).max(1e-6 * scale);
    }
    None
}

/// Solves `(-H + damping I) s = g`; `None` where that is not positive definite.
fn newton<const N: usize>(slope: &Slope<N>, damping: f64) -> Option<[f64; N]> {
    let factor = cholesky(slope, damping)?;
    let mut s = slope.gradient;
    for i in 0..N {
        for j in 0..i {
            s[i] -= factor[i][j] * s[j];
        }
        s[i] /= factor[i][i];
    }
    for i in (0..N).rev() {
        for j in i + 1..N {
            s[i] -= factor[j][i] * s[j];
        }
        s[i] /= factor[i][i];
    }
    s.iter().all(|part| part.is_finite()).then_some(s)
}

/// The lower factor of `-H + damping I`.
fn cholesky<const N: usize>(slope: &Slope<N>, damping: f64) -> Option<[[f64; N]; N]> {
    let mut factor = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let mut sum = -slope.hessian[i][j] + if i == j { damping } else { 0.0 };
            sum -= (0..j).map(|k| factor[i][k] * factor[j][k]).sum::<f64>();
            if i == j {
                // Below this the direction is flat but for rounding.
                if sum.is_nan() || sum <= 1e-12 * (slope.hessian[i][i].abs() + damping) {
                    return None;
                }
                factor[i][i] = sum.sqrt();
            } else {
                factor[i][j] = sum / factor[j][j];
            }
        }
    }
    Some(factor)
}

/// The diagonal of `(-H)^-1`: the variances of the log-parameters.
fn inverse_diagonal<const N: usize>(slope: &Slope<N>) -> Option<[f64; N]> {
    let mut variances = [0.0; N];
    for (i, variance) in variances.iter_mut().enumerate() {
        let mut unit = *slope;
        unit.gradient = [0.0; N];
        unit.gradient[i] = 1.0;
        *variance = newton(&unit, 0.0)?[i];
    }
    variances.iter().all(|v| v.is_finite() && *v > 0.0).then_some(variances)
}

fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
