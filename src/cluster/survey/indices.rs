//! Indices of partitions from two passes over the customers.
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

/// Distances to the own mean.
struct Spread {
    /// The sum of their squares.
    within: f64,
    /// Their sum, per segment.
    sums: Vec<f64>,
}

/// The indices of several partitions of the same rows of finite numbers, each given as k and
/// the label of every row, 0-based and below k. The rows are read twice, however many
/// partitions there are.
pub(super) fn indices(rows: ArrayView2<'_, f64>, cuts: &[(usize, Vec<u32>)]) -> Vec<Indices> {
    let (n, d) = rows.dim();
    let rows = rows.as_standard_layout();
    let rows = rows.as_slice().unwrap_or_default();
    let means = means(rows, cuts, d);
    let spreads = spreads(rows, cuts, &means, d);
    let all = cuts.iter().zip(&means).zip(&spreads);
    all.map(|(((k, _), means), spread)| of_sums(*k, means, spread, (n, d))).collect()
}

/// The indices of one partition, of the means and sizes of its segments.
fn of_sums(k: usize, means: &Sums, spread: &Spread, (n, d): (usize, usize)) -> Indices {
    let Sums { totals: means, sizes } = means;
    let within = spread.within;
    let mut all = vec![0.0; d];
    for (mean, size) in means.chunks_exact(d).zip(sizes) {
        all.iter_mut().zip(mean).for_each(|(all, x)| *all += size * x / n as f64);
    }
    let between: f64 = means
        .chunks_exact(d)
        .zip(sizes)
        .map(|(mean, size)| size * squared_distance(mean, &all))
        .sum();
    let spread: Vec<f64> =
        spread.sums.iter().zip(sizes).map(|(sum, size)| sum / size.max(1.0)).collect();
    Indices {
        k,
        sizes: sizes.iter().map(|&size| size as u64).collect(),
        calinski_harabasz: (k > 1 && n > k && within > 0.0)
            .then(|| (between / (k - 1) as f64) / (within / (n - k) as f64)),
        davies_bouldin: davies_bouldin(means, &spread, d),
        bic: bic(within, sizes, n, d),
        gap: None,
        gap_se: None,
        prediction_strength: None,
    }
}

/// What `of_chunk` makes of the rows, a chunk at a time, for every partition, given by its
/// position.
fn over_chunks<T: Send>(
    rows: &[f64],
    cuts: &[(usize, Vec<u32>)],
    d: usize,
    of_chunk: impl Fn(usize, &[f64], &[u32]) -> T + Sync,
) -> Vec<Vec<T>> {
    rows.par_chunks(CHUNK * d)
        .enumerate()
        .map(|(chunk, rows)| {
            let own = chunk * CHUNK..chunk * CHUNK + rows.len() / d;
            let of_cut = |(at, (_, labels)): (usize, &(usize, Vec<u32>))| {
                of_chunk(at, rows, &labels[own.clone()])
            };
            cuts.iter().enumerate().map(of_cut).collect()
        })
        .collect()
}

/// The mean of each segment, row-major, and its size.
fn means(rows: &[f64], cuts: &[(usize, Vec<u32>)], d: usize) -> Vec<Sums> {
    let empty = |k: usize| Sums { totals: vec![0.0; k * d], sizes: vec![0.0; k] };
    let chunks = over_chunks(rows, cuts, d, |at, rows, labels| {
        let mut sums = empty(cuts[at].0);
        for (row, &label) in rows.chunks_exact(d).zip(labels) {
            let at = label as usize;
            sums.sizes[at] += 1.0;
            let own = &mut sums.totals[at * d..(at + 1) * d];
            own.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        sums
    });
    let mut all: Vec<Sums> = cuts.iter().map(|(k, _)| empty(*k)).collect();
    for chunk in &chunks {
        for (all, sums) in all.iter_mut().zip(chunk) {
            all.totals.iter_mut().zip(&sums.totals).for_each(|(all, x)| *all += x);
            all.sizes.iter_mut().zip(&sums.sizes).for_each(|(all, x)| *all += x);
        }
    }
    for sums in &mut all {
        for (mean, size) in sums.totals.chunks_exact_mut(d).zip(&sums.sizes) {
            for x in mean {
                *x /= size.max(1.0);
            }
        }
    }
    all
}

/// How far the rows lie from the means of their segments.
fn spreads(rows: &[f64], cuts: &[(usize, Vec<u32>)], means: &[Sums], d: usize) -> Vec<Spread> {
    let chunks = over_chunks(rows, cuts, d, |at, rows, labels| {
        let mut spread = Spread { within: 0.0, sums: vec![0.0; cuts[at].0] };
        for (row, &label) in rows.chunks_exact(d).zip(labels) {
            let own = label as usize;
            let mean = &means[at].totals[own * d..(own + 1) * d];
            let square: f64 = row.iter().zip(mean).map(|(x, m)| (x - m) * (x - m)).sum();
            spread.within += square;
            spread.sums[own] += square.sqrt();
        }
        spread
    });
    let empty = |(k, _): &(usize, _)| Spread { within: 0.0, sums: vec![0.0; *k] };
    let mut all: Vec<Spread> = cuts.iter().map(empty).collect();
    for chunk in &chunks {
        for (all, more) in all.iter_mut().zip(chunk) {
            all.within += more.within;
            all.sums.iter_mut().zip(&more.sums).for_each(|(sum, x)| *sum += x);
        }
    }
    all
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
        let cuts = [(3, labels.clone()), (1, vec![0; labels.len()])];
        let found = &indices(rows.view(), &cuts)[0];
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
        let found = indices(rows.view(), &[(2, vec![0, 0, 1, 1])])[0].bic.unwrap();
        let likelihood = 4.0 * 0.5f64.ln() - 2.0 * std::f64::consts::TAU.ln() - 2.0;
        assert!((found - (-2.0 * likelihood + 4.0 * 4f64.ln())).abs() < 1e-12);
    }

    #[test]
    fn equal_rows_have_no_index() {
        let rows = array![[1.0], [1.0], [1.0]];
        let found = &indices(rows.view(), &[(2, vec![0, 1, 0])])[0];
        assert_eq!((found.calinski_harabasz, found.bic), (None, None));
        assert_eq!(found.davies_bouldin, Some(0.0));
    }
}
