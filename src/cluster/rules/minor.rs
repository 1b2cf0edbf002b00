//! Whole numbers per customer, with the decimals they stand for: money in its smallest
//! unit, or counts. Cuts between whole numbers are exact.

use crate::orders::Histories;

/// One whole number per customer, each `10^-decimals` of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minor {
    /// The numbers.
    pub values: Vec<i64>,
    /// How many decimals they have.
    pub decimals: u8,
}

/// Decimals that a value computed elsewhere is rounded to.
const COMPUTED: u8 = 4;
/// More decimals than this no currency has.
const MOST: u8 = 12;

impl Minor {
    /// What each customer spent.
    #[must_use]
    pub fn spend(histories: &Histories) -> Self {
        Self {
            values: (0..histories.n_customers()).map(|at| histories.spend(at)).collect(),
            decimals: histories.money_decimals().unwrap_or(0),
        }
    }

    /// How many orders each customer made.
    #[must_use]
    pub fn orders(histories: &Histories) -> Self {
        let orders = |at| i64::try_from(histories.n_orders(at)).unwrap_or(i64::MAX);
        Self { values: (0..histories.n_customers()).map(orders).collect(), decimals: 0 }
    }

    /// Values computed elsewhere, rounded to four decimals; what is not known counts as 0.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let values = values.iter().map(|&value| round(value * scale(COMPUTED))).collect();
        Self { values, decimals: COMPUTED }
    }

    /// The numbers in whole units.
    #[must_use]
    pub fn units(&self) -> Vec<f64> {
        let scale = scale(self.decimals);
        self.values.iter().map(|&value| value as f64 / scale).collect()
    }

    /// The sum of all numbers above 0.
    pub(super) fn positive(&self) -> i128 {
        self.values.iter().filter(|&&v| v > 0).map(|&v| i128::from(v)).sum()
    }
}

/// The nearest whole number; NaN is 0, and what is too large is the largest there is.
fn round(value: f64) -> i64 {
    // A cast from float to integer saturates and takes NaN to 0.
    value.round() as i64
}

/// `10^decimals`.
pub(super) fn scale(decimals: u8) -> f64 {
    libm::pow(10.0, f64::from(decimals.min(MOST)))
}

/// The smallest whole number at `to` decimals that is not below `edge` at `from`
/// decimals: whoever is at the edge or above stays there.
pub(super) fn rescale(edge: i64, from: u8, to: u8) -> i64 {
    let (from, to) = (from.min(MOST), to.min(MOST));
    let wide = i128::from(edge);
    let power = |by: u8| 10_i128.pow(u32::from(by));
    let moved = if to >= from {
        wide * power(to - from)
    } else {
        let by = power(from - to);
        wide.div_euclid(by) + i128::from(wide.rem_euclid(by) > 0)
    };
    i64::try_from(moved).unwrap_or(if moved < 0 { i64::MIN } else { i64::MAX })
}

/// An edge that a person wrote, as the smallest whole number at `decimals` decimals that
/// is not below it. What is within a millionth of a whole number is that number, because
/// 0.07 x 100 is a little more than 7.
pub(super) fn written(edge: f64, decimals: u8) -> i64 {
    let moved = edge * scale(decimals);
    let near = moved.round();
    if (moved - near).abs() <= 1e-6 * near.abs().max(1.0) {
        round(near)
    } else {
        round(moved.ceil())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_keeps_its_meaning_at_other_decimals() {
        assert_eq!(rescale(32, 0, 2), 3200);
        assert_eq!(rescale(3200, 2, 0), 32);
        // 32.01 and 33 lie at or above 32.01, 32 does not.
        assert_eq!(rescale(3201, 2, 0), 33);
        assert_eq!(rescale(-3201, 2, 0), -32);
        assert_eq!(rescale(i64::MAX, 0, 2), i64::MAX);
    }

    #[test]
    fn a_written_edge_is_the_amount_that_was_written() {
        assert_eq!(written(0.07, 2), 7);
        assert_eq!(written(100.1, 2), 10_010);
        assert_eq!(written(2.5, 0), 3);
        assert_eq!(written(-0.5, 0), 0);
        assert_eq!(written(1e300, 2), i64::MAX);
    }

    #[test]
    fn what_is_not_known_counts_as_nothing() {
        assert_eq!(Minor::of(&[1.5, f64::NAN, -2.0]).values, [15_000, 0, -20_000]);
    }
}
