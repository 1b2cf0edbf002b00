//! The first of several that is about as good as the best, on losses that are paired case by
//! case.

/// The first of those whose mean loss is within so many standard errors of the smallest, the
/// error that of the difference between the two, case by case; `None` where none has a
/// finite mean. Each entry holds one loss per case, of the same cases in the same order.
///
/// Breiman, Friedman, Olshen, Stone (1984), Classification and regression trees, section
/// 3.4.3 (one standard error in favour of the simpler).
#[must_use]
pub(crate) fn first_near_best(losses: &[impl AsRef<[f64]>], errors: f64) -> Option<usize> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / super::number(values.len()).max(1.0);
    let means: Vec<f64> = losses.iter().map(|losses| mean(losses.as_ref())).collect();
    let best = (0..means.len())
        .filter(|&at| means[at].is_finite())
        .min_by(|&a, &b| means[a].total_cmp(&means[b]))?;
    let near = |&at: &usize| {
        let pairs = losses[at].as_ref().iter().zip(losses[best].as_ref());
        let off: Vec<f64> = pairs.map(|(a, b)| a - b).collect();
        let gap = mean(&off);
        let squares = off.iter().map(|d| (d - gap).powi(2)).sum::<f64>();
        let n = super::number(off.len());
        gap <= errors * (squares / (n * (n - 1.0)).max(1.0)).sqrt()
    };
    (0..losses.len()).filter(|&at| means[at].is_finite()).find(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_below_its_error_lets_the_first_win() {
        // Differences of the first to the second: -1, 3, -1, 3: mean 1, error sqrt(16 / 12).
        let second = vec![2.0; 4];
        let first = vec![1.0, 5.0, 1.0, 5.0];
        let first_within = |losses: &[Vec<f64>]| first_near_best(losses, 1.0);
        assert_eq!(first_within(&[first.clone(), second.clone()]), Some(0));
        assert_eq!(first_near_best(&[first.clone(), second.clone()], 0.5), Some(1));
        // The same gap in every case is no chance.
        assert_eq!(first_within(&[vec![3.0; 4], second.clone()]), Some(1));
        assert_eq!(first_within(&[vec![f64::INFINITY; 4], first, second]), Some(1));
        assert_eq!(first_within(&[vec![f64::NAN; 2]]), None);
        assert_eq!(first_within(&[]), None);
        // One case alone makes a gap of one standard error of itself.
        let mut one = vec![1.0; 100];
        one[7] = 1e6;
        assert_eq!(first_near_best(&[one.clone(), vec![1.0; 100]], 1.01), Some(0));
        assert_eq!(first_near_best(&[one, vec![1.0; 100]], 0.99), Some(1));
    }
}
