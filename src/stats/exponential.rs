//! The exponential function of many numbers that are not positive.
//!
//! The same operations in the same order as `libm::exp`, so the same bits, but without a
//! branch: several are computed at once where the instructions allow it.

/// Below this the result is no longer a normal number, and `libm` computes it.
const LEAST: f64 = -700.0;
/// How many are computed together.
pub(crate) const BLOCK: usize = 64;

const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const LN2_INVERSE: f64 = std::f64::consts::LOG2_E;
const P1: f64 = 0.166_666_666_666_666_02;
const P2: f64 = -0.002_777_777_777_701_559_3;
const P3: f64 = 6.613_756_321_437_934e-05;
const P4: f64 = -1.653_390_220_546_525_2e-06;
const P5: f64 = 4.138_136_797_057_238_5e-08;

/// The high word of half of ln 2, of one and a half, and of 2^-28 as `libm` has them, above
/// which (or from which on) the argument is reduced.
const HALF: u64 = 0x3fd6_2e43 << 32;
const ONE_AND_A_HALF: u64 = 0x3ff0_a2b2 << 32;
const TINY: u64 = 0x3e30_0001 << 32;
/// Added and taken away again, it rounds to a whole number.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Added to a whole number, it leaves the number plus the bias of the exponent in the last
/// bits.
const BIASED: f64 = 4_503_599_627_370_496.0 + 1023.0;

/// Replaces every number by its exponential; none may be positive or NaN.
#[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
#[inline(always)]
pub(crate) fn exponentials(numbers: &mut [f64; BLOCK]) {
    if numbers.iter().any(|&x| x < LEAST) {
        for x in numbers {
            *x = libm::exp(*x);
        }
        return;
    }
    for x in numbers {
        *x = one(*x);
    }
}

#[expect(clippy::inline_always, reason = "compiled with the instructions of its caller")]
#[inline(always)]
fn one(x: f64) -> f64 {
    let size = x.to_bits() & (u64::MAX >> 1);
    // To the next whole number towards 0.
    let far = LN2_INVERSE * x - 0.5;
    let rounded = (far + ROUND) - ROUND;
    let far = if rounded < far { rounded + 1.0 } else { rounded };
    let near = if size >= HALF { -1.0 } else { 0.0 };
    let k = if size >= ONE_AND_A_HALF { far } else { near };
    let high = x - k * LN2_HIGH;
    let low = k * LN2_LOW;
    let r = high - low;
    let square = r * r;
    let c = r - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))));
    let y = 1.0 + (r * c / (2.0 - c) - low + high);
    let power = f64::from_bits((k + BIASED).to_bits() << 52);
    let scaled = y * power;
    if size < TINY { 1.0 + x } else { scaled }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_those_of_libm() {
        let mut state = 1_u64;
        for round in 0..4000 {
            let mut block = [0.0; BLOCK];
            for x in &mut block {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let unit = (state >> 11) as f64 / 9_007_199_254_740_992.0;
                *x = match round % 5 {
                    0 => -unit * 2.0,
                    1 => -unit * 40.0,
                    2 => -unit * 750.0,
                    3 => -libm::exp(-unit * 50.0),
                    _ => -libm::round(unit * 64.0) * std::f64::consts::LN_2 / 2.0,
                };
            }
            let mut found = block;
            exponentials(&mut found);
            for (x, y) in block.iter().zip(found) {
                assert_eq!(y.to_bits(), libm::exp(*x).to_bits(), "{x}");
            }
        }
        let edges = [-0.0, 0.0, -700.0, -5e-324, f64::NEG_INFINITY, -746.0, -708.5, -1e-9];
        for x in edges {
            let mut block = [x; BLOCK];
            exponentials(&mut block);
            assert_eq!(block[0].to_bits(), libm::exp(x).to_bits(), "{x}");
        }
        for words in [0x3fd6_2e42_u64, 0x3fd6_2e43, 0x3ff0_a2b1, 0x3ff0_a2b2, 0x3e30_0000] {
            for low in [0, 1, 0xffff_ffff_u64] {
                let x = -f64::from_bits(words << 32 | low);
                let mut block = [x; BLOCK];
                exponentials(&mut block);
                assert_eq!(block[0].to_bits(), libm::exp(x).to_bits(), "{x}");
            }
        }
    }
}
