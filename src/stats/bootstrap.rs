//! Percentile bootstrap over customers, predictions fixed.
//!
//! What it answers: how far a measure would move with other customers of the same
//! kind. Each of the draws takes m customers with replacement and measures again;
//! the interval is the 2.5 and 97.5 % quantile. The model is not refitted, so that
//! the interval is of these predictions, not of the recipe that made them.
//!
//! Limits and cost: `O(draws x n)`. Above [`LARGEST`] customers the m-out-of-n form
//! is used: m = [`LARGEST`], and the distance of every draw from the measure of all is
//! multiplied by `sqrt(m / n)`, which is right for measures that approach normality,
//! as all here do.
//!
//! # References
//!
//! Efron (1979), Bootstrap methods: another look at the jackknife, Annals of
//! Statistics 7(1); Bickel, Gotze, van Zwet (1997), Resampling fewer than n
//! observations, Statistica Sinica 7(1), section 2.

use rand::RngCore;
use rayon::prelude::*;

use super::{number, quantile_sorted};
use crate::seed::Seed;

/// The largest resample.
pub const LARGEST: usize = 20_000;
/// How many resamples.
pub const DRAWS: u64 = 200;

/// The 95 % interval of each of `K` measures.
///
/// `measure` takes the positions of the drawn customers, each in `0..n`. A draw in which it
/// returns `None` (one class only) is left out; where all are, the ends are the measure
/// itself. `full` is the measure of all customers once each.
pub fn intervals<const K: usize>(
    n: usize,
    full: [f64; K],
    seed: Seed,
    purpose: &str,
    measure: &(dyn Fn(&[u32]) -> Option<[f64; K]> + Sync),
) -> [(f64, f64); K] {
    if n == 0 || u32::try_from(n).is_err() {
        return full.map(|value| (value, value));
    }
    let m = n.min(LARGEST);
    let shrink = (number(m) / number(n)).sqrt();
    // Each draw has its own stream, so the threads cannot change it.
    let draws: Vec<[f64; K]> = (0..DRAWS)
        .into_par_iter()
        .filter_map(|draw| {
            let mut stream = seed.stream(purpose, draw);
            let drawn: Vec<u32> = (0..m).map(|_| below(&mut stream, n)).collect();
            measure(&drawn)
        })
        .collect();
    std::array::from_fn(|k| {
        let mut values: Vec<f64> =
            draws.iter().map(|draw| full[k] + (draw[k] - full[k]) * shrink).collect();
        values.sort_unstable_by(f64::total_cmp);
        let end = |q| quantile_sorted(&values, q).unwrap_or(full[k]);
        (end(0.025), end(0.975))
    })
}

/// A uniform number in `0..n`, by the high half of a product (Lemire); the bias is below
/// `n / 2^64`.
fn below(stream: &mut impl RngCore, n: usize) -> u32 {
    let product = u128::from(stream.next_u64()) * (n as u128);
    #[expect(clippy::cast_possible_truncation, reason = "the high half is below n")]
    let position = (product >> 64) as u32;
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_interval(values: &[f64]) -> (f64, f64) {
        let mean = |drawn: &[u32]| {
            let sum: f64 = drawn.iter().map(|&i| values[i as usize]).sum();
            Some([sum / number(drawn.len())])
        };
        let full = [values.iter().sum::<f64>() / number(values.len())];
        intervals(values.len(), full, Seed::new(7), "test", &mean)[0]
    }

    #[test]
    fn the_interval_of_a_mean_has_the_textbook_width() {
        // 0, 1, 0, 1 ...: standard error .5 / sqrt(n), full and m-out-of-n.
        for n in [400, 80_000] {
            let values: Vec<f64> = (0..n).map(|i| f64::from(i % 2)).collect();
            let (low, high) = mean_interval(&values);
            let expected = 2.0 * 1.96 * 0.5 / f64::from(n).sqrt();
            assert!(((high - low) / expected - 1.0).abs() < 0.2, "{n}: {low} {high}");
            assert!(low < 0.5 && high > 0.5);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_bits() {
        let values: Vec<f64> = (0..300).map(f64::from).collect();
        assert_eq!(mean_interval(&values), mean_interval(&values));
    }

    #[test]
    fn draws_without_a_measure_are_left_out() {
        let ends = intervals(5, [0.3], Seed::new(1), "test", &|_| None);
        assert_eq!(ends, [(0.3, 0.3)]);
    }
}
