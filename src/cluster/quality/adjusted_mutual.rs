//! Adjusted mutual information: how far two partitions agree, corrected for chance; 1 is
//! equal, 0 is what chance gives.
//!
//! `AMI = (MI - E[MI]) / (mean(H(a), H(b)) - E[MI])`, `MI` the mutual information of the two
//! labels, `H` their entropies, `E[MI]` the expectation over all tables with the same
//! sizes (hypergeometric). Beside the adjusted Rand index, which counts pairs and is ruled
//! by large groups, it is the better one where the groups differ much in size (Romano,
//! Vinh, Bailey & Verspoor 2016). The cost is about the number of rows times the number of
//! groups of the coarser labeling.
//!
//! # References
//!
//! Vinh, Epps & Bailey 2010, Information theoretic measures for clusterings comparison,
//! J. Mach. Learn. Res. 11: equation 24 with the arithmetic mean.

use std::collections::BTreeMap;

/// The index of two labelings of the same rows; noise can be a label of its own.
#[must_use]
pub fn adjusted_mutual<A: Ord + Copy, B: Ord + Copy>(a: &[A], b: &[B]) -> f64 {
    let mut joint: BTreeMap<(A, B), usize> = BTreeMap::new();
    let mut rows: BTreeMap<A, usize> = BTreeMap::new();
    let mut columns: BTreeMap<B, usize> = BTreeMap::new();
    for (&a, &b) in a.iter().zip(b) {
        *joint.entry((a, b)).or_default() += 1;
        *rows.entry(a).or_default() += 1;
        *columns.entry(b).or_default() += 1;
    }
    let n = a.len().min(b.len());
    if rows.len() == columns.len() && (rows.len() <= 1 || joint.len() == rows.len()) {
        // One group each, or the same groups by other names.
        return 1.0;
    }
    let total = n as f64;
    let information: f64 = joint
        .iter()
        .map(|((a, b), &count)| {
            let (count, expected) = (count as f64, rows[a] as f64 * columns[b] as f64);
            count / total * libm::log(count * total / expected)
        })
        .sum();
    let rows: Vec<usize> = rows.into_values().collect();
    let columns: Vec<usize> = columns.into_values().collect();
    let expected = expected_information(&rows, &columns, n);
    let most = f64::midpoint(entropy(&rows, total), entropy(&columns, total));
    // Of the same sign as the difference, which rounding may have turned.
    let scale = most - expected;
    let scale = if scale < 0.0 { scale.min(-f64::EPSILON) } else { scale.max(f64::EPSILON) };
    (information - expected) / scale
}

fn entropy(sizes: &[usize], total: f64) -> f64 {
    sizes.iter().map(|&size| size as f64 / total).map(|share| -share * libm::log(share)).sum()
}

/// The mean mutual information of random tables with these sizes.
fn expected_information(rows: &[usize], columns: &[usize], n: usize) -> f64 {
    // ln i!
    let mut factorial = vec![0.0; n + 1];
    for i in 1..=n {
        factorial[i] = factorial[i - 1] + libm::log(i as f64);
    }
    let total = n as f64;
    let mut sum = 0.0;
    for &a in rows {
        for &b in columns {
            let fixed =
                factorial[a] + factorial[b] + factorial[n - a] + factorial[n - b] - factorial[n];
            for both in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                let likely = fixed
                    - factorial[both]
                    - factorial[a - both]
                    - factorial[b - both]
                    - factorial[n + both - a - b];
                let count = both as f64;
                let gain = libm::log(total * count / (a as f64 * b as f64));
                sum += count / total * gain * libm::exp(likely);
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // {0,0,1,1} against {0,0,1,2}: MI = ln 2, entropies ln 2 and 1.5 ln 2. A random
        // table puts the pair {0,0} of the second into one group of the first with
        // probability 1/3 (MI ln 2) or splits it (2/3; MI 0.5 ln 2: the singles tell the
        // group, the pair nothing): E = (1/3 + 1/3) ln 2. (1 - 2/3) / (1.25 - 2/3) = 4/7.
        let value = adjusted_mutual(&[0, 0, 1, 1], &[0, 0, 1, 2]);
        assert!((value - 4.0 / 7.0).abs() < 1e-14, "{value}");
    }

    #[test]
    fn equal_partitions_score_one_whatever_the_names() {
        assert_eq!(adjusted_mutual(&[0, 0, 1, 1], &["b", "b", "a", "a"]), 1.0);
        assert_eq!(adjusted_mutual(&[0, 0, 0], &[1, 1, 1]), 1.0);
    }

    #[test]
    fn one_group_against_several_tells_nothing() {
        assert!(adjusted_mutual(&[0, 0, 0, 0], &[0, 1, 0, 1]).abs() < 1e-12);
    }

    #[test]
    fn it_equals_scikit_learn() {
        // scikit-learn 1.9.1, sklearn.metrics.adjusted_mutual_info_score: i mod 3 and
        // (i * i + i / 4) mod 5 for i in 0..24; i mod 7 and (i * i + i / 9) mod 11, i / 100
        // and (i + 13) / 90 for i in 0..500.
        let labels = |n: u32, f: fn(u32) -> u32| (0..n).map(f).collect::<Vec<u32>>();
        let cases = [
            (labels(24, |i| i % 3), labels(24, |i| (i * i + i / 4) % 5), SMALL),
            (labels(500, |i| i % 7), labels(500, |i| (i * i + i / 9) % 11), CHANCE),
            (labels(500, |i| i / 100), labels(500, |i| (i + 13) / 90), LARGE),
        ];
        for (a, b, expected) in cases {
            let value = adjusted_mutual(&a, &b);
            assert!((value - expected).abs() < 1e-12, "{value} {expected}");
        }
    }
    const SMALL: f64 = 0.02979996423672701;
    const CHANCE: f64 = -0.019476182477764413;
    const LARGE: f64 = 0.669360662893797;
}
