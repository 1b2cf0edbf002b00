//! Wilson's score interval of a share.
//!
//! Right for small counts and shares near 0 or 1, where the textbook interval leaves
//! 0..1 or collapses.
//!
//! # References
//!
//! Wilson (1927), Probable inference, the law of succession, and statistical
//! inference, Journal of the American Statistical Association 22(158).

use super::{Z95, number};

/// The 95 % interval of `events` out of `n`, inside 0..1; (0, 1) where `n` is 0.
#[must_use]
pub fn wilson(events: usize, n: usize) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (size, share) = (number(n), number(events.min(n)) / number(n));
    let z2 = Z95 * Z95;
    let middle = share + z2 / (2.0 * size);
    let half = Z95 * (share * (1.0 - share) / size + z2 / (4.0 * size * size)).sqrt();
    let scale = 1.0 + z2 / size;
    (((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_scipy() {
        // scipy 1.17.1: binomtest(8, 20).proportion_ci(method="wilson").
        let (low, high) = wilson(8, 20);
        assert!((low - 0.218_806_532_373_7).abs() < 1e-12);
        assert!((high - 0.613_418_499_237_7).abs() < 1e-12);
    }

    #[test]
    fn the_ends_stay_inside_and_hold_the_share() {
        for n in [0, 1, 3, 50] {
            for events in 0..=n {
                let (low, high) = wilson(events, n);
                assert!((0.0..=1.0).contains(&low) && low <= high && high <= 1.0);
                if n > 0 {
                    let share = number(events) / number(n);
                    assert!(low <= share + 1e-12 && share <= high + 1e-12);
                }
            }
        }
    }
}
