//! What stands in for a missing number.
//!
//! Structural gaps come first: a column that is missing exactly where another number is
//! 0, and goes towards 0 as that other one does, is 0 there (the total charges of a
//! customer in the first month, who has not been billed). The rest gets the median of the
//! present values, and an indicator column where many are missing.

use crate::normalise::order::median;
use crate::table::{FeatureTable, Values};

/// Above this share of missing values a column is dropped.
pub(crate) const MAX_MISSING: f64 = 0.5;
/// Near the zero end of the other column, the median must be at most this share of the
/// column's median.
const TOWARDS_ZERO: f64 = 0.25;
/// How much of the other column's positive values counts as its zero end.
const ZERO_END: f64 = 0.05;

/// One number column on the rows that are learnt from; NaN is missing.
pub(crate) struct Numbers<'a> {
    pub(crate) name: &'a str,
    pub(crate) values: Vec<f64>,
    /// Positions among the rows.
    pub(crate) missing: Vec<usize>,
}

impl<'a> Numbers<'a> {
    pub(crate) fn gather(name: &'a str, values: &[f64], rows: &[usize]) -> Self {
        // Adding 0 makes -0 and 0 one value.
        let values: Vec<f64> = rows.iter().map(|&row| values[row] + 0.0).collect();
        let missing =
            values.iter().enumerate().filter(|(_, v)| v.is_nan()).map(|(at, _)| at).collect();
        Self { name, values, missing }
    }

    fn present(&self) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().copied().filter(|v| !v.is_nan())
    }
}

/// The column among `all` whose zeros explain the gaps of `all[which]`: the one nearest
/// to which it goes to 0, ties by name.
pub(crate) fn zero_where<'a>(all: &'a [Numbers<'a>], which: usize) -> Option<&'a str> {
    let gaps = &all[which];
    if gaps.missing.is_empty() || gaps.present().any(|v| v < 0.0) {
        return None;
    }
    let usual = median(&gaps.present().collect::<Vec<_>>()).filter(|&usual| usual > 0.0)?;
    all.iter()
        .enumerate()
        .filter(|&(other, _)| other != which)
        .filter_map(|(_, other)| {
            let share = near_zero(gaps, other)? / usual;
            (share <= TOWARDS_ZERO).then_some((share, other.name))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)))
        .map(|(_, name)| name)
}

/// The median of `gaps` where `other` is small, if `gaps` is missing exactly where `other`
/// is 0.
fn near_zero(gaps: &Numbers, other: &Numbers) -> Option<f64> {
    if gaps.missing.iter().any(|&at| other.values[at] != 0.0) {
        return None;
    }
    let zeros = other.values.iter().filter(|&&v| v == 0.0).count();
    if zeros != gaps.missing.len() || other.values.iter().any(|&v| v < 0.0) {
        return None;
    }
    let positive: Vec<f64> = other.present().filter(|&v| v > 0.0).collect();
    let end = crate::normalise::order::quantile(&positive, ZERO_END)?;
    let near: Vec<f64> = gaps
        .values
        .iter()
        .zip(&other.values)
        .filter(|&(v, &o)| !v.is_nan() && o > 0.0 && o <= end)
        .map(|(&v, _)| v)
        .collect();
    median(&near)
}

/// The rows (of `rows`, in their order) where none of the numbers, flags and ordered levels is
/// missing: the customers that `impute = "drop-row"` keeps. Fit and apply on these; the
/// others belong to no segment.
#[must_use]
pub fn complete_rows(table: &FeatureTable, columns: &[usize], rows: &[usize]) -> Vec<usize> {
    let strict: Vec<&Values> = columns
        .iter()
        .filter_map(|&column| table.columns().get(column))
        .map(|column| &column.values)
        .filter(|values| match values {
            Values::Category { levels, ordered, .. } => *ordered && levels.len() > 2,
            Values::Number(_) | Values::Flag { .. } => true,
        })
        .collect();
    rows.iter()
        .copied()
        .filter(|&row| strict.iter().all(|values| !values.is_missing(row)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    fn numbers<'a>(name: &'a str, values: &[f64]) -> Numbers<'a> {
        Numbers::gather(name, values, &(0..values.len()).collect::<Vec<_>>())
    }

    #[test]
    fn charges_are_zero_where_tenure_is_zero() {
        let tenure = numbers("tenure", &[0.0, 1.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
        let total = numbers("total", &[NAN, 20.0, 300.0, 500.0, 900.0, 1000.0, 1500.0]);
        let all = [tenure, total];
        assert_eq!(zero_where(&all, 1), Some("tenure"));
        assert_eq!(zero_where(&all, 0), None);
    }

    #[test]
    fn an_average_that_does_not_go_to_zero_is_not_zero_there() {
        let visits = numbers("visits", &[0.0, 1.0, 10.0, 20.0, 30.0]);
        let basket = numbers("basket", &[NAN, 40.0, 50.0, 40.0, 60.0]);
        assert_eq!(zero_where(&[visits, basket], 1), None);
    }

    #[test]
    fn a_zero_with_a_value_breaks_the_rule() {
        let tenure = numbers("tenure", &[0.0, 0.0, 10.0, 20.0, 30.0]);
        let total = numbers("total", &[NAN, 1.0, 300.0, 500.0, 900.0]);
        assert_eq!(zero_where(&[tenure, total], 1), None);
    }
}
