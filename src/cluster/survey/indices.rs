//! Indices of a partition from one pass over the customers.
//!
//! With W the sum of squared distances to the own mean, B that of the means to the mean
//! of all (weighted by size), n customers, d columns and k segments:
//!
//! - Calinski-Harabasz `(B / (k - 1)) / (W / (n - k))`;
//! - Davies-Bouldin: the mean over segments of the largest `(s_i + s_j) / |m_i - m_j|`,
//!   s the mean distance to the own mean;
//! - BIC of round segments of equal spread, `-2 log L + (k (d + 1)) log n`, with
//!   `log L = sum n_j log(n_j / n) - n d / 2 log(2 pi W / (n d)) - n d / 2`.
//!
//! # References
//!
//! - Calinski & Harabasz 1974, A dendrite method for cluster analysis, Communications in
//!   Statistics 3(1).
//! - Davies & Bouldin 1979, A cluster separation measure, IEEE PAMI 1(2).
//! - Fraley & Raftery 1998, How many clusters? Which clustering method?, The Computer
//!   Journal 41(8), section 2.4: model EII.

use ndarray::ArrayView2;
use rayon::prelude::*;

use crate::cluster::kernel::{CHUNK, squared_distance};
use crate::results::Indices;

/// Sums over the customers of each segment.
struct Sums {
    /// Row-major, `k * d`.
    totals: Vec<f64>,
    sizes: Vec<f64>,
}

/// The indices of `labels`, 0-based and below `k`, over rows of finite numbers.
pub(super) fn indices(rows: ArrayView2<'_, f64>, labels: &[u32], k: usize) -> Indices {
    let (n, d) = rows.dim();
    let (means, sizes) = means(rows, labels, k);
    let (within, spread) = spreads(rows, labels, &means, k);
    let mut all = vec![0.0; d];
    for (mean, size) in means.chunks_exact(d).zip(&sizes) {
        all.iter_mut().zip(mean).for_each(|(all, x)| *all += size * x / n as f64);
    }
    let between: f64 = means
        .chunks_exact(d)
        .zip(&sizes)
        .map(|(mean, size)| size * squared_distance(mean, &all))
        .sum();
    let spread: Vec<f64> =
        spread.iter().zip(&sizes).map(|(sum, size)| sum / size.max(1.0)).collect();
    Indices {
        k,
        sizes: sizes.iter().map(|&size| size as u64).collect(),
        calinski_harabasz: (k > 1 && n > k && within > 0.0)
            .then(|| (between / (k - 1) as f64) / (within / (n - k) as f64)),
        davies_bouldin: davies_bouldin(&means, &spread, d),
        bic: bic(within, &sizes, n, d),
        gap: None,
        gap_se: None,
        prediction_strength: None,
    }
}

/// The mean of each segment, row-major, and its size; chunks are added in their order.
fn means(rows: ArrayView2<'_, f64>, labels: &[u32], k: usize) -> (Vec<f64>, Vec<f64>) {
    let d = rows.ncols();
    let chunks: Vec<Sums> = labels
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, labels)| {
            let mut sums = Sums { totals: vec![0.0; k * d], sizes: vec![0.0; k] };
            for (i, &label) in labels.iter().enumerate() {
                let at = label as usize;
                sums.sizes[at] += 1.0;
                let own = &mut sums.totals[at * d..(at + 1) * d];
                own.iter_mut().zip(rows.row(chunk * CHUNK + i)).for_each(|(sum, x)| *sum += x);
            }
            sums
        })
        .collect();
    let mut all = Sums { totals: vec![0.0; k * d], sizes: vec![0.0; k] };
    for sums in &chunks {
        all.totals.iter_mut().zip(&sums.totals).for_each(|(all, x)| *all += x);
        all.sizes.iter_mut().zip(&sums.sizes).for_each(|(all, x)| *all += x);
    }
    for (mean, size) in all.totals.chunks_exact_mut(d).zip(&all.sizes) {
        for x in mean {
            *x /= size.max(1.0);
        }
    }
    (all.totals, all.sizes)
}

/// The sum of squared distances to the own mean, and per segment that of the distances.
fn spreads(rows: ArrayView2<'_, f64>, labels: &[u32], means: &[f64], k: usize) -> (f64, Vec<f64>) {
    let d = rows.ncols();
    let chunks: Vec<(f64, Vec<f64>)> = labels
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, labels)| {
            let (mut within, mut spread) = (0.0, vec![0.0; k]);
            for (i, &label) in labels.iter().enumerate() {
                let at = label as usize;
                let row = rows.row(chunk * CHUNK + i);
                let mean = &means[at * d..(at + 1) * d];
                let square: f64 = row.iter().zip(mean).map(|(x, m)| (x - m) * (x - m)).sum();
                within += square;
                spread[at] += square.sqrt();
            }
            (within, spread)
        })
        .collect();
    chunks.into_iter().fold((0.0, vec![0.0; k]), |(within, mut spread), (more, others)| {
        spread.iter_mut().zip(others).for_each(|(sum, x)| *sum += x);
        (within + more, spread)
    })
}

fn davies_bouldin(means: &[f64], spread: &[f64], d: usize) -> Option<f64> {
    let means: Vec<&[f64]> = means.chunks_exact(d).collect();
    let k = means.len();
    let worst = |i: usize| {
        (0..k)
            .filter(|&j| j != i)
            .map(|j| {
                let apart = squared_distance(means[i], means[j]).sqrt();
                if apart > 0.0 { (spread[i] + spread[j]) / apart } else { 0.0 }
            })
            .fold(0.0, f64::max)
    };
    (k > 1).then(|| (0..k).map(worst).sum::<f64>() / k as f64)
}

fn bic(within: f64, sizes: &[f64], n: usize, d: usize) -> Option<f64> {
    let (n, d, k) = (n as f64, d as f64, sizes.len() as f64);
    if within <= 0.0 {
        return None;
    }
    let mixing: f64 =
        sizes.iter().filter(|&&size| size > 0.0).map(|size| size * libm::log(size / n)).sum();
    let variance = within / (n * d);
    let likelihood =
        mixing - n * d / 2.0 * libm::log(std::f64::consts::TAU * variance) - n * d / 2.0;
    // k means of d numbers, k - 1 shares and one variance.
    Some(-2.0 * likelihood + k * (d + 1.0) * libm::log(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::quality::calinski_harabasz::calinski_harabasz;
    use crate::cluster::quality::davies_bouldin::davies_bouldin;
    use crate::cluster::quality::fixture;
    use ndarray::array;

    #[test]
    fn they_equal_the_plain_ones() {
        let (rows, labels) = fixture();
        let found = indices(rows.view(), &labels, 3);
        let plain = calinski_harabasz(rows.view(), &labels, 3).unwrap();
        assert!((found.calinski_harabasz.unwrap() - plain).abs() < 1e-12);
        let plain = davies_bouldin(rows.view(), &labels, 3).unwrap();
        assert!((found.davies_bouldin.unwrap() - plain).abs() < 1e-12);
        assert_eq!(found.sizes, [8, 8, 8]);
    }

    #[test]
    fn bic_by_hand() {
        // 0, 2 | 10, 12: W = 4, variance 1; log L = 4 log(1/2) - 2 log(2 pi) - 2;
        // four parameters: two means, one share, one variance.
        let rows = array![[0.0], [2.0], [10.0], [12.0]];
        let found = indices(rows.view(), &[0, 0, 1, 1], 2).bic.unwrap();
        let likelihood = 4.0 * 0.5f64.ln() - 2.0 * std::f64::consts::TAU.ln() - 2.0;
        assert!((found - (-2.0 * likelihood + 4.0 * 4f64.ln())).abs() < 1e-12);
    }

    #[test]
    fn equal_rows_have_no_index() {
        let rows = array![[1.0], [1.0], [1.0]];
        let found = indices(rows.view(), &[0, 1, 0], 2);
        assert_eq!((found.calinski_harabasz, found.bic), (None, None));
        assert_eq!(found.davies_bouldin, Some(0.0));
    }
}
