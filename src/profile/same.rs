//! Which columns of numbers say the same, such as days since the last order of a customer
//! table and those counted from the orders: one is told, the others are named with it.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use crate::stats::{correlation, spearman};
use crate::table::{FeatureTable, Values};

/// From this correlation on, of either sign and of values and of ranks, two columns say the
/// same: a few enormous customers make the one large, and many small ones do not hide it in
/// the other.
const SAME: f64 = 0.999;
/// Whether a correlation is above that shows in so many customers.
const ENOUGH: usize = 2_000;
/// The share of either's known values that both have to have.
const BOTH: f64 = 0.95;

/// The first column that says what a column says: itself where none before it does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Same(Vec<usize>);

impl Same {
    /// Among all columns. Of a large base every so-manieth customer counts. Cost
    /// O(p^2 min(n, 2,000)) for p columns of numbers.
    pub(crate) fn of(table: &FeatureTable) -> Self {
        let step = table.n_customers().div_ceil(ENOUGH).max(1);
        let columns = table.columns().iter().map(|column| match &column.values {
            // Shares of one whole are told side by side, though two of them say the same.
            Values::Number(values) if column.block.is_none() => {
                values.iter().copied().step_by(step).collect()
            }
            _ => Vec::new(),
        });
        let columns: Vec<Vec<f64>> = columns.collect();
        let mut first: Vec<usize> = (0..columns.len()).collect();
        for at in 0..columns.len() {
            let mut before = (0..at).filter(|&other| first[other] == other);
            let found = before.find(|&other| same(&columns[other], &columns[at]));
            first[at] = found.unwrap_or(at);
        }
        Self(first)
    }

    /// The first column that says what this one says.
    pub(crate) fn first(&self, column: usize) -> usize {
        self.0.get(column).copied().unwrap_or(column)
    }

    /// The other columns that say what this one says.
    pub(crate) fn others(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.first(column);
        let with = self.0.iter().enumerate().filter(move |&(at, &of)| of == first && at != column);
        with.map(|(at, _)| at)
    }
}

/// Whether two columns say the same; empty ones are no numbers.
fn same(a: &[f64], b: &[f64]) -> bool {
    let known = |values: &[f64]| values.iter().filter(|value| !value.is_nan()).count();
    let pairs = a.iter().zip(b).filter(|(x, y)| !x.is_nan() && !y.is_nan());
    let (a_too, b_too): (Vec<f64>, Vec<f64>) = pairs.unzip();
    let (both, most) = (a_too.len(), known(a).max(known(b)));
    both > 2
        && both as f64 >= BOTH * most as f64
        && correlation(&a_too, &b_too).is_some_and(|r| r.abs() > SAME)
        && spearman(&a_too, &b_too).is_some_and(|r| r.abs() > SAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::testing::{flag, number, table};

    #[test]
    fn a_column_in_other_units_is_the_same_and_a_whale_makes_none() {
        let days: Vec<f64> = (0..200).map(|i| f64::from(i % 83)).collect();
        let weeks = days.iter().map(|x| 3.0 - x / 7.0).collect();
        let mut noisy: Vec<f64> = (0..200).map(|i| f64::from(i * i % 101)).collect();
        let mut other = days.clone();
        // One enormous customer, and the correlation of values alone is 1.
        (noisy[0], other[0]) = (1e9, 1e9);
        let table = table(vec![
            number("days", days.clone()),
            flag("yes", vec![1; 200]),
            number("weeks", weeks),
            number("noisy", noisy),
            number("other", other),
            number("constant", vec![1.0; 200]),
        ]);
        let same = Same::of(&table);
        assert_eq!((0..6).map(|at| same.first(at)).collect::<Vec<_>>(), [0, 1, 0, 3, 4, 5]);
        assert_eq!(same.others(0).collect::<Vec<_>>(), [2]);
        assert_eq!(same.others(2).collect::<Vec<_>>(), [0]);
        assert_eq!(same.others(3).count(), 0);
    }

    #[test]
    fn a_column_that_is_known_of_few_is_not_the_same() {
        let days: Vec<f64> = (0..100).map(f64::from).collect();
        let half = (0..100).map(|i| if i % 2 == 0 { f64::from(i) } else { f64::NAN }).collect();
        let same = Same::of(&table(vec![number("days", days), number("half", half)]));
        assert_eq!(same.first(1), 1);
    }
}
