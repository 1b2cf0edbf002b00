//! The logarithm of one plus many numbers that are not negative.
//!
//! The same operations in the same order as `libm::log1p`, so the same bits, but without a
//! branch: several are computed at once by the vectors of the machine.

use crate::kernel::path::{Path, Work, on};
use crate::kernel::vector::Vector;

const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const L1: f64 = 0.666_666_666_666_673_5;
const L2: f64 = 0.399_999_999_994_094_2;
const L3: f64 = 0.285_714_287_436_623_9;
const L4: f64 = 0.222_221_984_321_497_84;
const L5: f64 = 0.181_835_721_616_180_5;
const L6: f64 = 0.153_138_376_992_093_73;
const L7: f64 = 0.147_981_986_051_165_86;

/// The high words of the root of two less one, of 2^-53, of one, and of half the root of two,
/// as `libm` has them.
const NEAR: u64 = 0x3fda_827a << 32;
const TINY: u64 = 0x3ca0_0000 << 32;
const ONE: u64 = 0x3ff0_0000 << 32;
const HALF_ROOT: u64 = 0x3fe6_a09e << 32;
const FRACTION: u64 = (1 << 52) - 1;
/// From this exponent on, what rounding takes from one plus the number is nothing.
const FAR: f64 = 54.0;
/// The bits of 2^52, which a small whole number in the last bits adds itself to.
const WHOLE: u64 = 0x4330_0000 << 32;
const TWO_52: f64 = 4_503_599_627_370_496.0;

/// Replaces every number x by log(1 + x); none may be negative, infinite or NaN.
pub(crate) fn log1p_all(numbers: &mut [f64]) {
    on(Path::Best, All(numbers));
}

struct All<'a>(&'a mut [f64]);

impl Work for All<'_> {
    type Out = ();

    #[expect(clippy::inline_always, reason = "compiled for each set of instructions")]
    #[inline(always)]
    fn run<V: Vector>(self, _: V) {
        for x in self.0 {
            *x = one(*x);
        }
    }
}

#[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
#[inline(always)]
fn one(x: f64) -> f64 {
    let size = x.to_bits();
    // 1 + x = 2^k (1 + f) with 1 + f around 1, and what rounding took from 1 + x.
    let u = 1.0 + x;
    let bits = u.to_bits() + (ONE - HALF_ROOT);
    let k = f64::from_bits((bits >> 52) | WHOLE) - TWO_52 - 1023.0;
    let lost = if k >= 2.0 { 1.0 - (u - x) } else { x - (u - 1.0) };
    let lost = if k < FAR { lost / u } else { 0.0 };
    let fraction = f64::from_bits((bits & FRACTION) + HALF_ROOT) - 1.0;
    let is_near = size < NEAR;
    let (k, c, f) = if is_near { (0.0, 0.0, x) } else { (k, lost, fraction) };
    let half = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let t1 = w * (L2 + w * (L4 + w * L6));
    let t2 = z * (L1 + w * (L3 + w * (L5 + w * L7)));
    let r = t2 + t1;
    let found = s * (half + r) + (k * LN2_LOW + c) - half + f + k * LN2_HIGH;
    if size < TINY { x } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn every_bit_is_that_of_libm() {
        let mut rng = crate::seed::Seed::new(7).stream("logarithm", 0);
        let mut numbers = vec![0.0, f64::MIN_POSITIVE, 5e-324, f64::MAX, 1.0, f64::EPSILON];
        for _ in 0..200_000 {
            numbers.push(f64::from_bits(rng.gen_range(0..f64::MAX.to_bits())));
            numbers.push(rng.r#gen::<f64>() * 4.0);
            numbers.push(libm::exp(rng.r#gen::<f64>() * 60.0 - 30.0));
        }
        // Both sides of every step.
        for edge in [NEAR, TINY, ONE, HALF_ROOT, 0x4340_0000 << 32, 0x4350_0000 << 32] {
            numbers.extend((edge - 40..edge + 40).map(f64::from_bits));
        }
        let mut found = numbers.clone();
        log1p_all(&mut found);
        for (x, found) in numbers.iter().zip(found) {
            assert_eq!(found.to_bits(), libm::log1p(*x).to_bits(), "{x:e}");
        }
    }
}
