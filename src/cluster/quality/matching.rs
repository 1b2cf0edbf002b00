//! How many customers two partitions agree on: segments are matched one to one so that
//! the customers in matched segments are as many as can be.
//!
//! Cost: O(k^3) beside one pass over the customers.
//!
//! # References
//!
//! - Kuhn 1955, The Hungarian method for the assignment problem, Naval Research Logistics
//!   Quarterly 2; with potentials and shortest paths as in Jonker & Volgenant 1987,
//!   Computing 38.

/// The share of all customers who are in matched segments, 0..1; `None` is a group of its
/// own that matches only itself. 1 of no customers.
#[must_use]
pub fn agreement(a: &[Option<u32>], b: &[Option<u32>]) -> f64 {
    let segments = |labels: &[Option<u32>]| {
        labels.iter().flatten().max().map_or(0, |&label| label as usize + 1)
    };
    let k = segments(a).max(segments(b));
    let mut joint = vec![0i64; k * k];
    let mut same_noise = 0i64;
    for pair in a.iter().zip(b) {
        match pair {
            (Some(a), Some(b)) => joint[*a as usize * k + *b as usize] += 1,
            (None, None) => same_noise += 1,
            _ => {}
        }
    }
    if a.is_empty() {
        return 1.0;
    }
    let matched: i64 =
        best_assignment(&joint, k).iter().enumerate().map(|(i, &j)| joint[i * k + j]).sum();
    (matched + same_noise) as f64 / a.len() as f64
}

/// For each row of a `k * k` table the column, each taken once, so that the sum of the
/// entries is largest.
#[must_use]
pub fn best_assignment(table: &[i64], k: usize) -> Vec<usize> {
    // Rows and columns are counted from 1; 0 is the row that is being placed. The entries
    // become costs by their sign.
    let (mut row_price, mut column_price) = (vec![0i64; k + 1], vec![0i64; k + 1]);
    let mut row_of = vec![0usize; k + 1];
    let mut before = vec![0usize; k + 1];
    for row in 1..=k {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![i64::MAX; k + 1];
        let mut visited = vec![false; k + 1];
        while row_of[column] != 0 {
            visited[column] = true;
            let from = row_of[column];
            let (mut step, mut next) = (i64::MAX, 0);
            for j in (1..=k).filter(|&j| !visited[j]) {
                let cost = -table[(from - 1) * k + j - 1] - row_price[from] - column_price[j];
                if cost < least[j] {
                    (least[j], before[j]) = (cost, column);
                }
                if least[j] < step {
                    (step, next) = (least[j], j);
                }
            }
            for j in 0..=k {
                if visited[j] {
                    row_price[row_of[j]] += step;
                    column_price[j] -= step;
                } else if least[j] < i64::MAX {
                    least[j] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[before[column]];
            column = before[column];
        }
    }
    let mut out = vec![0; k];
    for column in 1..=k {
        out[row_of[column] - 1] = column - 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        // Matching greedily takes 6 and then 0: 6. The other way round gives 5 + 5.
        assert_eq!(best_assignment(&[6, 5, 5, 0], 2), [1, 0]);
        let a = [0, 0, 1, 1, 2].map(Some);
        let b = [Some(2), Some(2), Some(0), Some(1), None];
        // 0 goes with 2 (two customers), 1 with 0 or 1 (one), 2 with nobody.
        assert!((agreement(&a, &b) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn names_do_not_matter_and_noise_matches_only_noise() {
        let a = [Some(0), Some(1), None];
        assert_eq!(agreement(&a, &[Some(1), Some(0), None]), 1.0);
        assert!((agreement(&a, &[Some(1), Some(0), Some(2)]) - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(agreement(&[], &[]), 1.0);
    }

    /// The best of all permutations.
    fn brute(table: &[i64], k: usize, row: usize, taken: &mut Vec<bool>) -> i64 {
        if row == k {
            return 0;
        }
        let mut best = i64::MIN;
        for j in 0..k {
            if !taken[j] {
                taken[j] = true;
                best = best.max(table[row * k + j] + brute(table, k, row + 1, taken));
                taken[j] = false;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_permutation_is_better(k in 1usize..6, seed in proptest::collection::vec(0i64..20, 36)) {
            let table = &seed[..k * k];
            let found = best_assignment(table, k);
            let mut columns = found.clone();
            columns.sort_unstable();
            prop_assert_eq!(columns, (0..k).collect::<Vec<_>>());
            let sum: i64 = found.iter().enumerate().map(|(i, &j)| table[i * k + j]).sum();
            prop_assert_eq!(sum, brute(table, k, 0, &mut vec![false; k]));
        }
    }
}
