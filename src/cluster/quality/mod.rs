//! Figures that compare or rate partitions. None of them chooses the number of segments
//! alone: they are shown beside the evidence that does.

pub mod adjusted_mutual;
pub mod adjusted_rand;
pub mod calinski_harabasz;
pub mod davies_bouldin;
pub mod density_based;
pub mod jaccard;
pub mod matching;
pub mod silhouette;

use ndarray::{Array2, ArrayView2};

/// The mean of each segment, shape `(k, n_features)`, and its number of rows. An empty
/// segment has mean 0.
fn means(rows: ArrayView2<'_, f64>, labels: &[u32], k: usize) -> (Array2<f64>, Vec<usize>) {
    let mut means = Array2::zeros((k, rows.ncols()));
    let mut sizes = vec![0usize; k];
    for (row, &label) in rows.rows().into_iter().zip(labels) {
        let mut mean = means.row_mut(label as usize);
        mean += &row;
        sizes[label as usize] += 1;
    }
    for (mut mean, &size) in means.rows_mut().into_iter().zip(&sizes) {
        if size > 0 {
            mean /= size as f64;
        }
    }
    (means, sizes)
}

/// Squared Euclidean distance of two rows.
fn squared(a: ndarray::ArrayView1<'_, f64>, b: ndarray::ArrayView1<'_, f64>) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// 24 rows in two columns and three segments, shared by the fixtures of this folder:
/// `x = ((7 i) mod 24 + 9 (i mod 3)) / 4, y = ((5 i) mod 11) / 3, label = i mod 3`.
#[cfg(test)]
pub(crate) fn fixture() -> (Array2<f64>, Vec<u32>) {
    let rows = Array2::from_shape_fn((24, 2), |(i, j)| {
        if j == 0 { ((7 * i) % 24 + 9 * (i % 3)) as f64 / 4.0 } else { ((5 * i) % 11) as f64 / 3.0 }
    });
    (rows, (0..24).map(|i| i % 3).collect())
}
