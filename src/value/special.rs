//! The logarithm of the gamma function and its first two derivatives, for positive
//! arguments: recurrence up to 15, then the asymptotic series.
//!
//! # References
//!
//! Abramowitz, Stegun (1964), Handbook of Mathematical Functions, 6.1.40, 6.3.18, 6.4.12.

/// Where the series are exact to the last digits.
const FAR: f64 = 15.0;

/// `ln G(x)` for x > 0.
pub(super) fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The derivative of `ln G(x)`, x > 0.
pub(super) fn digamma(mut x: f64) -> f64 {
    let mut sum = 0.0;
    while x < FAR {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series =
        y * (1.0 / 12.0 - y * (1.0 / 120.0 - y * (1.0 / 252.0 - y * (1.0 / 240.0 - y / 132.0))));
    sum + libm::log(x) - 0.5 / x - series
}

/// The second derivative of `ln G(x)`, x > 0.
pub(super) fn trigamma(mut x: f64) -> f64 {
    let mut sum = 0.0;
    while x < FAR {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series =
        1.0 / 6.0 - y * (1.0 / 30.0 - y * (1.0 / 42.0 - y * (1.0 / 30.0 - y * 5.0 / 66.0)));
    sum + 1.0 / x + 0.5 * y + y / x * series
}

#[cfg(test)]
mod tests {
    use super::*;

    /// psi(1) = -gamma, psi(1/2) = -gamma - 2 ln 2, psi'(1) = pi^2 / 6, psi'(1/2) = pi^2 / 2.
    #[test]
    fn known_values() {
        let gamma = 0.577_215_664_901_532_9;
        assert!((digamma(1.0) + gamma).abs() < 1e-14);
        assert!((digamma(0.5) + gamma + 2.0 * 2.0_f64.ln()).abs() < 1e-14);
        let square = std::f64::consts::PI.powi(2);
        assert!((trigamma(1.0) - square / 6.0).abs() < 1e-14);
        assert!((trigamma(0.5) - square / 2.0).abs() < 1e-13);
        // scipy 1.16: special.digamma(1e-3), special.polygamma(1, 123.4).
        assert!((digamma(1e-3) + 1000.5755719318103).abs() < 1e-9);
        assert!((digamma(123.4) - (digamma(122.4) + 1.0 / 122.4)).abs() < 1e-14);
    }
}
