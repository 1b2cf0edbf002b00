//! Tails of the normal, Student's t and the chi-square distribution.

/// P(|Z| > |z|) of the standard normal distribution.
pub(super) fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / core::f64::consts::SQRT_2)
}

/// P(|T| > |t|) of Student's t with `freedom` degrees of freedom, by the normal approximation
/// 26.7.8 of Abramowitz and Stegun (1964), which is within 0.0005 from 10 degrees on.
pub(super) fn two_sided_t(t: f64, freedom: f64) -> f64 {
    let shrunk = 1.0 - 1.0 / (4.0 * freedom);
    two_sided(t * shrunk / (1.0 + t * t / (2.0 * freedom)).sqrt())
}

/// The 97.5 % point of Student's t, by the expansion 26.7.5 of Abramowitz and Stegun.
pub(super) fn t95(freedom: f64) -> f64 {
    let z = crate::stats::Z95;
    let (z3, z5) = (z * z * z, z * z * z * z * z);
    let (z7, v) = (z5 * z * z, freedom);
    z + (z3 + z) / (4.0 * v)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * v * v)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * v * v * v)
}

/// P(X > x) of the chi-square distribution: the regularised upper incomplete gamma function,
/// by its series below and its continued fraction above (Press et al. 2007, Numerical Recipes,
/// 6.2).
pub(super) fn chi_square_above(x: f64, freedom: usize) -> f64 {
    if freedom == 0 || x <= 0.0 {
        return 1.0;
    }
    let (a, x) = (freedom as f64 / 2.0, x / 2.0);
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for n in 1..1000 {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * 1e-16 {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / tiny, 1.0 / b);
    let mut fraction = d;
    for n in 1..1000 {
        let n = f64::from(n);
        let factor = -n * (n - a);
        b += 2.0;
        let bounded = |value: f64| if value.abs() < tiny { tiny } else { value };
        d = 1.0 / bounded(factor * d + b);
        c = bounded(b + factor / c);
        let step = d * c;
        fraction *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}
