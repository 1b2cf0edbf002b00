//! Jaccard similarity of each published segment with its best match in another
//! partition of the same customers: `|A and B| / |A or B|`, 0..1.
//!
//! # References
//!
//! Hennig 2007, Cluster-wise assessment of cluster stability, Comput. Stat. Data Anal.
//! 52(1), section 3.

/// For each segment `0..k` of `published` the largest Jaccard similarity with a segment
/// of `other`; `None` where the segment has no customer here. `None` labels are noise.
#[must_use]
pub fn best_match(published: &[Option<u32>], k: usize, other: &[Option<u32>]) -> Vec<Option<f64>> {
    let k_other = other.iter().flatten().max().map_or(0, |&label| label as usize + 1);
    let mut joint = vec![0u64; k * k_other];
    let mut sizes = vec![0u64; k];
    let mut other_sizes = vec![0u64; k_other];
    for (a, b) in published.iter().zip(other) {
        if let Some(a) = a {
            sizes[*a as usize] += 1;
        }
        if let Some(b) = b {
            other_sizes[*b as usize] += 1;
        }
        if let (Some(a), Some(b)) = (a, b) {
            joint[*a as usize * k_other + *b as usize] += 1;
        }
    }
    (0..k)
        .map(|a| {
            (sizes[a] > 0).then(|| {
                (0..k_other)
                    .map(|b| {
                        let both = joint[a * k_other + b];
                        both as f64 / (sizes[a] + other_sizes[b] - both) as f64
                    })
                    .fold(0.0, f64::max)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Segment 0 = rows 0..3, best match rows 0..2 plus row 4: 2 / 4.
        // Segment 1 = rows 3, 4, best match row 3: 1 / 2. Segment 2 has no customer.
        let a = [Some(0), Some(0), Some(0), Some(1), Some(1)];
        let b = [Some(5), Some(5), None, Some(2), Some(5)];
        assert_eq!(best_match(&a, 3, &b), [Some(0.5), Some(0.5), None]);
    }

    #[test]
    fn equal_partitions_match_fully() {
        let a = [Some(0), Some(1), None, Some(1)];
        let b = [Some(1), Some(0), None, Some(0)];
        assert_eq!(best_match(&a, 2, &b), [Some(1.0), Some(1.0)]);
    }

    #[test]
    fn all_noise_matches_nothing() {
        assert_eq!(best_match(&[Some(0)], 1, &[None]), [Some(0.0)]);
    }
}
