//! Random draws: the few distributions that generated customers need, by formulas
//! that give the same bits on every platform.

use std::ops::Range;

use rand::RngCore;

use crate::seed::{Seed, Stream};

/// How many customers share one exact set of segment shares.
pub(super) const BLOCK: usize = 200;

/// A stream with the distributions on it.
pub(super) struct Draw(Stream);

impl Draw {
    /// The draws called `purpose` of customer (or block) `index`.
    pub(super) fn new(seed: Seed, purpose: &str, index: usize) -> Self {
        Self(seed.stream(purpose, index as u64))
    }

    /// Uniform in [0, 1), 53 bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub(super) fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Uniform in [low, high).
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// True with probability `p`.
    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// Uniform among `0..n`; `n` is at least 1.
    pub(super) fn below(&mut self, n: u32) -> u32 {
        // The bias of the multiplication is under 2^-32 x n, far under what shows.
        let word = u64::from((self.0.next_u64() >> 32) as u32);
        ((word * u64::from(n)) >> 32) as u32
    }

    /// Standard normal, by the cosine half of Box and Muller's transform.
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// Log-normal around `median`, with the standard deviation of the logarithm.
    pub(super) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * libm::exp(sigma * self.normal())
    }

    /// Poisson with that mean: products of uniforms for small means, the rounded
    /// normal above 30, where the two can hardly be told apart.
    pub(super) fn count(&mut self, mean: f64) -> u32 {
        if mean > 30.0 {
            return whole(mean + mean.sqrt() * self.normal());
        }
        let floor = libm::exp(-mean);
        let mut product = self.uniform();
        let mut count = 0;
        while product > floor {
            product *= self.uniform();
            count += 1;
        }
        count
    }

    /// A position, with probability in proportion to its weight.
    pub(super) fn pick(&mut self, weights: &[f64]) -> u32 {
        let mut left = self.uniform() * weights.iter().sum::<f64>();
        let mut last = 0;
        for (position, &weight) in (0_u32..).zip(weights) {
            if weight > 0.0 {
                last = position;
                if left < weight {
                    return position;
                }
                left -= weight;
            }
        }
        last
    }
}

/// The nearest whole number that is not negative; at most about 4e9.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from float saturates at both ends, which is what is wanted"
)]
pub(super) fn whole(value: f64) -> u32 {
    value.round() as u32
}

/// An amount in hundredths, not negative.
pub(super) fn cents(amount: f64) -> i64 {
    i64::from(whole(amount * 100.0))
}

/// Hundredths as an amount; the nearest double to two decimals.
#[expect(clippy::cast_precision_loss, reason = "amounts stay far below 2^53 hundredths")]
pub(super) fn amount(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// Rounds to `decimals` decimals.
pub(super) fn rounded(value: f64, decimals: u8) -> f64 {
    let scale = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6][usize::from(decimals.min(6))];
    (value * scale).round() / scale
}

/// The logistic function.
pub(super) fn logistic(value: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-value))
}

/// The true segment of each customer of a range that begins with a block. Each block of
/// [`BLOCK`] customers holds the quotas exactly, in an order of its own, so that shares do
/// not wander in small tables and a customer's segment does not depend on how many follow.
pub(super) fn segments(
    seed: Seed,
    purpose: &str,
    customers: Range<usize>,
    quotas: &[u32],
) -> Vec<u32> {
    let mut all = Vec::with_capacity(customers.len() + BLOCK);
    for block in customers.start / BLOCK..customers.end.div_ceil(BLOCK) {
        let start = all.len();
        for (segment, &quota) in (0_u32..).zip(quotas) {
            all.extend(std::iter::repeat_n(segment, quota as usize));
        }
        let mut draw = Draw::new(seed, purpose, block);
        let members = &mut all[start..];
        for (left, last) in (1_u32..).zip(1..members.len()) {
            members.swap(last, draw.below(left + 1) as usize);
        }
    }
    all.truncate(customers.len());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> f64 {
        values.iter().sum::<f64>() / f64::from(u32::try_from(values.len()).unwrap())
    }

    #[test]
    fn normal_has_mean_0_and_variance_1() {
        let mut draw = Draw::new(Seed::new(1), "test", 0);
        let values: Vec<f64> = (0..100_000).map(|_| draw.normal()).collect();
        let squares: Vec<f64> = values.iter().map(|v| v * v).collect();
        assert!(mean(&values).abs() < 0.02);
        assert!((mean(&squares) - 1.0).abs() < 0.03);
    }

    #[test]
    fn counts_have_their_mean_below_and_above_the_switch() {
        for expected in [0.2, 3.0, 29.0, 80.0] {
            let mut draw = Draw::new(Seed::new(1), "test", 1);
            let values: Vec<f64> = (0..40_000).map(|_| f64::from(draw.count(expected))).collect();
            let error = 5.0 * (expected / 40_000.0_f64).sqrt();
            assert!((mean(&values) - expected).abs() < error, "mean {expected}");
        }
    }

    #[test]
    fn pick_follows_the_weights_and_skips_zeros() {
        let mut draw = Draw::new(Seed::new(1), "test", 2);
        let mut seen = [0.0; 4];
        for _ in 0..40_000 {
            seen[draw.pick(&[1.0, 0.0, 3.0, 0.0]) as usize] += 1.0;
        }
        assert_eq!((seen[1], seen[3]), (0.0, 0.0));
        assert!((seen[2] / 40_000.0_f64 - 0.75).abs() < 0.02);
    }

    #[test]
    fn each_block_holds_the_quotas_and_longer_tables_begin_alike() {
        let quotas = [120, 75, 5];
        let long = segments(Seed::new(7), "test", 0..1_000, &quotas);
        let short = segments(Seed::new(7), "test", 0..333, &quotas);
        assert_eq!(short, long[..333]);
        let middle = segments(Seed::new(7), "test", 400..700, &quotas);
        assert_eq!(middle, long[400..700]);
        for block in long.chunks(BLOCK) {
            for (segment, &quota) in (0_u32..).zip(&quotas) {
                assert_eq!(block.iter().filter(|&&s| s == segment).count(), quota as usize);
            }
        }
        assert_ne!(long[..BLOCK], long[BLOCK..2 * BLOCK]);
    }
}
