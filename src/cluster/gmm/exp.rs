//! The exponential function of numbers of at most 0, in plain multiplications and
//! additions: the same bits everywhere, and the compiler can do several at a time.
//!
//! `exp x = 2^n exp r` with `n = round(x / ln 2)` and `r = x - n ln 2`, at most .347 in
//! size; `exp r` by its Taylor polynomial of degree 13, whose rest is below 5e-18. Below
//! -708 the result is 0, as the numbers there are not normal.
//!
//! # References
//!
//! - Muller 2016, Elementary Functions, 3rd ed., section 11.1: two-part ln 2.

/// The high part of ln 2, with 21 trailing zero bits so that its products are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
/// What is left of ln 2.
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// Adding and taking off this rounds to a whole number, which stands in its lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Where the result is no longer a normal number.
const LEAST: f64 = -708.0;
/// `1 / i!` from 13 down to 0.
const TAYLOR: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// `exp x` for `x <= 0`, within 2 units in the last place; 0 below -708.
#[inline]
pub(crate) fn exp(x: f64) -> f64 {
    let held = if x < LEAST { LEAST } else { x };
    let shifted = held * std::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (held - n * LN_2_HIGH) - n * LN_2_LOW;
    let mut sum = TAYLOR[0];
    for coefficient in &TAYLOR[1..] {
        sum = sum * r + coefficient;
    }
    // The lowest bits of `shifted` hold n: moved up, they are the exponent of 2^n.
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52));
    if x < LEAST { 0.0 } else { sum * power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_within_two_units_in_the_last_place() {
        let mut x = 0.0;
        while x > -707.9 {
            let (found, expected) = (exp(x), libm::exp(x));
            let unit = f64::EPSILON * expected;
            assert!((found - expected).abs() <= 2.0 * unit, "{x}: {found:e} {expected:e}");
            x -= 0.0137;
        }
    }

    #[test]
    fn the_ends_are_exact() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-0.0), 1.0);
        assert_eq!(exp(-709.0), 0.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
    }
}
