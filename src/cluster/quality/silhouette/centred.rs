//! Two quantities of the shape of a silhouette that need one pass: neither equals it.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

use super::super::{means, squared};
use super::{ratio, sizes};

/// The mean squared-Euclidean silhouette, -1..1: a and b are mean *squared* distances, each
/// `|x - mean|^2 + mean square within the segment`. `None` where fewer than two segments
/// have rows.
///
/// By hand: rows 0, 1 | 5. Row 0: a = 1, b = 25 -> 0.96; row 1: a = 1, b = 16 -> 0.9375; row
/// 5 is alone -> 0.
#[must_use]
pub fn squared_silhouette(rows: ArrayView2<'_, f64>, labels: &[u32]) -> Option<f64> {
    let sizes = sizes(labels)?;
    let (means, _) = means(rows, labels, sizes.len());
    let mut within = vec![0.0; sizes.len()];
    for (row, &label) in rows.rows().into_iter().zip(labels) {
        within[label as usize] += squared(row, means.row(label as usize));
    }
    Some(mean(rows, labels, |row, own| {
        if sizes[own] < 2 {
            return 0.0;
        }
        let to = |j: usize| squared(row, means.row(j)) + within[j] / sizes[j] as f64;
        let a = to(own) * sizes[own] as f64 / (sizes[own] - 1) as f64;
        ratio(a, nearest_other(&sizes, own, to))
    }))
}

/// The mean simplified silhouette, 0..1 where rows are with their nearest centre: a is the
/// distance to the mean of the own segment, b the smallest to the mean of another. `None`
/// where fewer than two segments have rows.
#[must_use]
pub fn simplified_silhouette(rows: ArrayView2<'_, f64>, labels: &[u32]) -> Option<f64> {
    let sizes = sizes(labels)?;
    let (means, _): (Array2<f64>, _) = means(rows, labels, sizes.len());
    Some(mean(rows, labels, |row, own| {
        if sizes[own] < 2 {
            return 0.0;
        }
        let to = |j: usize| squared(row, means.row(j)).sqrt();
        ratio(to(own), nearest_other(&sizes, own, to))
    }))
}

fn nearest_other(sizes: &[usize], own: usize, to: impl Fn(usize) -> f64) -> f64 {
    let others = (0..sizes.len()).filter(|&j| j != own && sizes[j] > 0);
    others.map(to).fold(f64::INFINITY, f64::min)
}

/// The mean over rows, in their order.
fn mean(
    rows: ArrayView2<'_, f64>,
    labels: &[u32],
    of_row: impl Fn(ndarray::ArrayView1<'_, f64>, usize) -> f64 + Sync,
) -> f64 {
    let each: Vec<f64> = (0..labels.len())
        .into_par_iter()
        .with_min_len(1024)
        .map(|row| of_row(rows.row(row), labels[row] as usize))
        .collect();
    each.iter().sum::<f64>() / each.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn squared_by_hand() {
        let value = squared_silhouette(array![[0.0], [1.0], [5.0]].view(), &[0, 0, 1]);
        assert!((value.unwrap() - (0.96 + 0.9375) / 3.0).abs() < 1e-15);
    }

    #[test]
    fn simplified_by_hand() {
        // Means 0.5 and 5. Row 0: a = .5, b = 5 -> .9; row 1: a = .5, b = 4 -> .875.
        let value = simplified_silhouette(array![[0.0], [1.0], [5.0]].view(), &[0, 0, 1]);
        assert!((value.unwrap() - (0.9 + 0.875) / 3.0).abs() < 1e-15);
    }

    #[test]
    fn squared_equals_all_pairs() {
        let (rows, labels) = super::super::super::fixture();
        let sizes = sizes(&labels).unwrap();
        let mut total = 0.0;
        for (i, row) in rows.rows().into_iter().enumerate() {
            let mut sums = vec![0.0; sizes.len()];
            for (other, &label) in rows.rows().into_iter().zip(&labels) {
                sums[label as usize] += squared(row, other);
            }
            total += super::super::of_row(&sums, &sizes, labels[i] as usize);
        }
        let value = squared_silhouette(rows.view(), &labels).unwrap();
        assert!((value - total / rows.nrows() as f64).abs() < 1e-12);
    }

    #[test]
    fn both_are_undefined_for_one_segment() {
        assert_eq!(squared_silhouette(array![[0.0], [1.0]].view(), &[0, 0]), None);
        assert_eq!(simplified_silhouette(array![[0.0], [1.0]].view(), &[0, 0]), None);
    }
}
