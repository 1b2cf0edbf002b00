//! Distinct rows with their numbers.

use rayon::prelude::*;

use crate::cluster::kernel::Points;

/// The distinct rows in order of their first appearance.
#[derive(Debug, Clone)]
pub(crate) struct Distinct {
    /// Row-major.
    pub(crate) rows: Vec<f64>,
    /// Columns.
    pub(crate) d: usize,
    /// How many customers are equal to each.
    pub(crate) counts: Vec<u64>,
    /// The distinct row of each customer.
    pub(crate) of: Vec<u32>,
}

impl Distinct {
    /// Takes equal rows together.
    pub(crate) fn new(points: &Points) -> Self {
        let n = points.n();
        let mut order: Vec<usize> = (0..n).collect();
        order.par_sort_unstable_by(|&a, &b| compare(points.row(a), points.row(b)).then(a.cmp(&b)));
        // The first of equal rows stands for all: it comes first in the sorted order.
        let mut first = vec![0usize; n];
        for pair in 0..n {
            let same =
                pair > 0 && compare(points.row(order[pair]), points.row(order[pair - 1])).is_eq();
            first[order[pair]] = if same { first[order[pair - 1]] } else { order[pair] };
        }
        let mut out = Self { rows: Vec::new(), d: points.d(), counts: Vec::new(), of: vec![0; n] };
        for (row, &stands) in first.iter().enumerate() {
            if stands == row {
                out.of[row] = out.counts.len() as u32;
                out.counts.push(1);
                out.rows.extend_from_slice(points.row(row));
            } else {
                out.of[row] = out.of[stands];
                out.counts[out.of[row] as usize] += 1;
            }
        }
        out
    }

    /// How many distinct rows.
    pub(crate) fn len(&self) -> usize {
        self.counts.len()
    }

    /// One distinct row.
    pub(crate) fn row(&self, index: usize) -> &[f64] {
        &self.rows[index * self.d..(index + 1) * self.d]
    }

    /// The share of customers who are equal to another one, 0..1.
    pub(crate) fn tied_share(&self) -> f64 {
        let tied: u64 = self.counts.iter().filter(|&&count| count > 1).sum();
        tied as f64 / self.of.len() as f64
    }
}

/// Lexicographic; -0 equals 0, and no value is NaN.
fn compare(a: &[f64], b: &[f64]) -> std::cmp::Ordering {
    a.iter()
        .zip(b)
        .map(|(x, y)| (x + 0.0).total_cmp(&(y + 0.0)))
        .find(|order| order.is_ne())
        .unwrap_or(std::cmp::Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn equal_rows_are_taken_together_in_order_of_first_appearance() {
        let rows = vec![5.0, 1.0, 5.0, -0.0, 0.0, 1.0, 1.0];
        let distinct = Distinct::new(&Points::from_rows(Cow::Owned(rows), 7, 1, None));
        assert_eq!(distinct.rows, [5.0, 1.0, -0.0]);
        assert_eq!(distinct.counts, [2, 3, 2]);
        assert_eq!(distinct.of, [0, 1, 0, 2, 2, 1, 1]);
        assert!((distinct.tied_share() - 1.0).abs() < 1e-12);
    }
}
