//! Spearman's rank correlation: do two quantities rise together, whatever their scales?
//!
//! The correlation of the ranks, tied values sharing their mean rank; -1..1.
//!
//! # References
//!
//! Spearman (1904), The proof and measurement of association between two things, American
//! Journal of Psychology 15(1).

use super::number;

/// Spearman's correlation; `None` for fewer than two pairs, a NaN, or where one side is
/// constant.
#[must_use]
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 || a.iter().chain(b).any(|value| value.is_nan()) {
        return None;
    }
    correlation(&ranks(a), &ranks(b))
}

/// Pearson's correlation, -1..1; `None` for fewer than two pairs or where one side is
/// constant.
#[must_use]
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / number(values.len());
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (da, db) = (a - mean_a, b - mean_b);
        ab += da * db;
        aa += da * da;
        bb += db * db;
    }
    (aa > 0.0 && bb > 0.0).then(|| (ab / (aa.sqrt() * bb.sqrt())).clamp(-1.0, 1.0))
}

/// The rank of each value, from 1; ties share their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for tied in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let rank = number(2 * start + tied.len() + 1) / 2.0;
        for &at in tied {
            ranks[at] = rank;
        }
        start += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranks 1, 2.5, 2.5, 4 against 2, 1, 3, 4: sum of d^2 = 1 + 2.25 + .25 + 0; with ties
    /// scipy 1.16 stats.spearmanr gives .6324555320336759.
    #[test]
    fn ties_share_a_rank() {
        let found = spearman(&[1.0, 2.0, 2.0, 9.0], &[5.0, 3.0, 7.0, 8.0]).unwrap();
        assert!((found - 0.632_455_532_033_675_9).abs() < 1e-14);
        let turned = spearman(&[1.0, 2.0, 3.0], &[9.0, 4.0, 1.0]).unwrap();
        assert!((turned + 1.0).abs() < 1e-14);
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[1.0, f64::NAN], &[1.0, 2.0]), None);
    }
}
