//! Davies-Bouldin index: the mean over segments of the largest `(s_i + s_j) / d_ij`,
//! with s the mean distance to the own centre and d the distance of the centres.
//! Smaller is better; shown, never the judge.
//!
//! # References
//!
//! Davies & Bouldin 1979, A cluster separation measure, IEEE TPAMI 1(2).

use ndarray::ArrayView2;

/// The index; `None` for fewer than two segments. A pair with coincident centres counts
/// nothing, as scikit-learn.
#[must_use]
pub fn davies_bouldin(rows: ArrayView2<'_, f64>, labels: &[u32], k: usize) -> Option<f64> {
    if k < 2 {
        return None;
    }
    let (means, sizes) = super::means(rows, labels, k);
    let mut spread = vec![0.0; k];
    for (row, &label) in rows.rows().into_iter().zip(labels) {
        spread[label as usize] += super::squared(row, means.row(label as usize)).sqrt();
    }
    for (spread, &size) in spread.iter_mut().zip(&sizes) {
        *spread /= size.max(1) as f64;
    }
    let worst = |i: usize| {
        (0..k)
            .filter(|&j| j != i)
            .map(|j| {
                let apart = super::squared(means.row(i), means.row(j)).sqrt();
                if apart > 0.0 { (spread[i] + spread[j]) / apart } else { 0.0 }
            })
            .fold(0.0, f64::max)
    };
    Some((0..k).map(worst).sum::<f64>() / k as f64)
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use ndarray::array;

    #[test]
    fn by_hand() {
        // Rows 0, 2 | 10, 12: spreads 1 and 1, centres 10 apart: (1 + 1) / 10.
        let rows = array![[0.0], [2.0], [10.0], [12.0]];
        assert_eq!(davies_bouldin(rows.view(), &[0, 0, 1, 1], 2), Some(0.2));
        assert_eq!(davies_bouldin(rows.view(), &[0, 0, 0, 0], 1), None);
    }

    #[test]
    fn it_equals_scikit_learn() {
        // scikit-learn 1.9.1, sklearn.metrics.davies_bouldin_score on the fixture.
        let (rows, labels) = fixture();
        let value = davies_bouldin(rows.view(), &labels, 3).unwrap();
        assert!((value - DAVIES).abs() < 1e-12, "{value}");
    }
    const DAVIES: f64 = 1.5032881029467269;
}
