//! Adjusted Rand index: how far two partitions agree, corrected for chance; 1 is equal,
//! 0 is what chance gives.
//!
//! # References
//!
//! Hubert & Arabie 1985, Comparing partitions, J. Classification 2.

use std::collections::BTreeMap;

/// The index of two labelings of the same rows; noise can be a label of its own.
#[must_use]
pub fn adjusted_rand<A: Ord + Copy, B: Ord + Copy>(a: &[A], b: &[B]) -> f64 {
    let mut joint: BTreeMap<(A, B), u64> = BTreeMap::new();
    let mut rows: BTreeMap<A, u64> = BTreeMap::new();
    let mut columns: BTreeMap<B, u64> = BTreeMap::new();
    for (&a, &b) in a.iter().zip(b) {
        *joint.entry((a, b)).or_default() += 1;
        *rows.entry(a).or_default() += 1;
        *columns.entry(b).or_default() += 1;
    }
    let both = pairs(joint.values());
    let (first, second) = (pairs(rows.values()), pairs(columns.values()));
    let all = pairs([a.len().min(b.len()) as u64].iter());
    if all <= 0.0 {
        return 1.0;
    }
    let expected = first * second / all;
    let most = f64::midpoint(first, second);
    if (most - expected).abs() <= f64::EPSILON * most {
        return 1.0;
    }
    (both - expected) / (most - expected)
}

/// The number of pairs within groups of the given sizes.
fn pairs<'a>(sizes: impl Iterator<Item = &'a u64>) -> f64 {
    sizes.map(|&size| size as f64 * (size as f64 - 1.0) / 2.0).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Hubert & Arabie's formula for {0,0,1,1} against {0,0,1,2}: joint pairs 1,
        // pairs 2 and 1 of 6; expected 1/3, most 1.5: (1 - 1/3) / (1.5 - 1/3) = 4/7.
        let value = adjusted_rand(&[0, 0, 1, 1], &[0, 0, 1, 2]);
        assert!((value - 4.0 / 7.0).abs() < 1e-15);
    }

    #[test]
    fn equal_partitions_score_one_whatever_the_names() {
        assert_eq!(adjusted_rand(&[0, 0, 1, 1], &["b", "b", "a", "a"]), 1.0);
        assert_eq!(adjusted_rand(&[0, 0, 0], &[1, 1, 1]), 1.0);
    }

    #[test]
    fn it_equals_scikit_learn() {
        // scikit-learn 1.9.1, sklearn.metrics.adjusted_rand_score of i mod 3 and
        // (i * i + i / 4) mod 5 for i in 0..24.
        let a: Vec<u32> = (0..24).map(|i| i % 3).collect();
        let b: Vec<u32> = (0..24).map(|i| (i * i + i / 4) % 5).collect();
        assert!((adjusted_rand(&a, &b) - RAND).abs() < 1e-12);
    }
    const RAND: f64 = 0.0196078431372549;
}
