//! Calinski-Harabasz index: `(B / (k - 1)) / (W / (n - k))` with B the sum of squares
//! between and W within segments. Larger is better; shown, never the judge.
//!
//! # References
//!
//! Calinski & Harabasz 1974, A dendrite method for cluster analysis, Commun. Stat. 3(1).

use ndarray::{ArrayView2, Axis};

/// The index; `None` for fewer than two segments or no more rows than segments. 1 where
/// all rows coincide with their centres, as scikit-learn.
#[must_use]
pub fn calinski_harabasz(rows: ArrayView2<'_, f64>, labels: &[u32], k: usize) -> Option<f64> {
    let n = rows.nrows();
    if k < 2 || n <= k {
        return None;
    }
    let (means, sizes) = super::means(rows, labels, k);
    let all = rows.mean_axis(Axis(0))?;
    let between: f64 = means
        .rows()
        .into_iter()
        .zip(&sizes)
        .map(|(mean, &size)| size as f64 * super::squared(mean, all.view()))
        .sum();
    let within: f64 = rows
        .rows()
        .into_iter()
        .zip(labels)
        .map(|(row, &label)| super::squared(row, means.row(label as usize)))
        .sum();
    if within <= 0.0 {
        return Some(1.0);
    }
    Some(between * (n - k) as f64 / (within * (k - 1) as f64))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use ndarray::array;

    #[test]
    fn by_hand() {
        // Rows 0, 2 | 10, 12: means 1 and 11, all 6; B = 2*25 + 2*25 = 100, W = 4,
        // (100 / 1) / (4 / 2) = 50.
        let rows = array![[0.0], [2.0], [10.0], [12.0]];
        assert_eq!(calinski_harabasz(rows.view(), &[0, 0, 1, 1], 2), Some(50.0));
        assert_eq!(calinski_harabasz(rows.view(), &[0, 0, 0, 0], 1), None);
    }

    #[test]
    fn it_equals_scikit_learn() {
        // scikit-learn 1.9.1, sklearn.metrics.calinski_harabasz_score on the fixture.
        let (rows, labels) = fixture();
        let value = calinski_harabasz(rows.view(), &labels, 3).unwrap();
        assert!((value - CALINSKI).abs() < 1e-12, "{value}");
    }
    const CALINSKI: f64 = 10.790753911806544;
}
