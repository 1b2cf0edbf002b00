//! Which yes/no columns say one thing: `cheap` and `expensive` of a survey, `yummy` and
//! `tasty`. A name takes one of them.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use std::collections::BTreeSet;

use crate::table::{FeatureTable, MISSING_FLAG, Values};

/// From this correlation on, of either sign, two columns say one thing: more than a third of
/// what one varies is told by the other.
const STRONG: f64 = 0.6;
/// A correlation of 0.6 is known to within 0.005 from so many customers.
const ENOUGH: usize = 20_000;

/// Pairs of columns that say one thing or its opposite.
#[derive(Debug, Default)]
pub(crate) struct Twins(BTreeSet<(usize, usize)>);

impl Twins {
    /// Among the columns at these positions. Of a large base every so-manieth customer counts.
    /// Cost O(p^2 min(n, 20,000)) for p columns of yes and no.
    pub(crate) fn of(table: &FeatureTable, columns: &BTreeSet<usize>) -> Self {
        let flags: Vec<(usize, &[u8])> = columns
            .iter()
            .filter_map(|&at| match &table.columns().get(at)?.values {
                Values::Flag { codes, .. } => Some((at, codes.as_slice())),
                _ => None,
            })
            .collect();
        let step = table.n_customers().div_ceil(ENOUGH).max(1);
        let mut pairs = BTreeSet::new();
        for (i, (a, first)) in flags.iter().enumerate() {
            for (b, second) in &flags[i + 1..] {
                if correlation(first, second, step).abs() >= STRONG {
                    pairs.insert((*a, *b));
                }
            }
        }
        Self(pairs)
    }

    /// Whether two columns do.
    pub(crate) fn holds(&self, a: usize, b: usize) -> bool {
        self.0.contains(&(a.min(b), a.max(b)))
    }
}

/// The correlation of two columns of 0 and 1 (phi), -1..1, from every `step`th customer whose
/// values are known; 0 where one of them is constant.
fn correlation(a: &[u8], b: &[u8], step: usize) -> f64 {
    let (mut n, mut both, mut first, mut second) = (0_u64, 0_u64, 0_u64, 0_u64);
    let pairs = a.iter().zip(b).step_by(step);
    for (&x, &y) in pairs.filter(|(x, y)| **x != MISSING_FLAG && **y != MISSING_FLAG) {
        n += 1;
        both += u64::from(x & y);
        first += u64::from(x);
        second += u64::from(y);
    }
    let [n, both, first, second] = [n, both, first, second].map(|count| count as f64);
    let spread = first * (n - first) * second * (n - second);
    if spread > 0.0 { (n * both - first * second) / spread.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::testing::{flag, number, table};

    /// Yes of the one is no of the other but for one of eight: both have four times yes, three
    /// of them apart, so phi = (8 x 1 - 16) / 16 = -0.5; without the eighth it is -1.
    #[test]
    fn correlations_are_those_worked_by_hand() {
        let a = [1, 1, 1, 1, 0, 0, 0, 0];
        let b = [0, 0, 0, 1, 1, 1, 1, 0];
        assert!((correlation(&a, &b, 1) + 0.5).abs() < 1e-15);
        assert!((correlation(&a[..3], &[0, 0, 0], 1)).abs() < 1e-15);
        assert!((correlation(&[1, 0, 2, 1], &[0, 1, 1, 0], 1) + 1.0).abs() < 1e-15);
    }

    #[test]
    fn opposites_and_the_same_twice_are_found_and_numbers_are_not_looked_at() {
        let cheap: Vec<u8> = (0..40).map(|i| u8::from(i % 3 == 0)).collect();
        let dear = cheap.iter().map(|x| 1 - x).collect();
        let fast: Vec<u8> = (0..40).map(|i| u8::from(i % 2 == 0)).collect();
        let table = table(vec![
            flag("cheap", cheap.clone()),
            flag("fast", fast),
            flag("expensive", dear),
            flag("low priced", cheap.clone()),
            number("price", cheap.iter().map(|&x| f64::from(x)).collect()),
        ]);
        let twins = Twins::of(&table, &(0..5).collect());
        assert!(twins.holds(0, 2) && twins.holds(2, 0) && twins.holds(0, 3));
        assert!(!twins.holds(0, 1) && !twins.holds(0, 4));
    }
}
