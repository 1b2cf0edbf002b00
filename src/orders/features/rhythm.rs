//! The rhythm of a customer's orders: typical gap, regularity and trend.
//!
//! # References
//!
//! Goh, K.-I., Barabási, A.-L. (2008). Burstiness and memory in complex systems. EPL 81,
//! 48002, equation 1: B = (σ - μ) / (σ + μ) of the times between events.
//!
//! Kim, E.-K., Jo, H.-H. (2016). Measuring burstiness for finite event sequences.
//! Physical Review E 94, 032311, equation 22: the same coefficient for n times between
//! events, so that it reaches -1, 0 and 1 for clockwork, chance and one burst at any n.

use crate::orders::history::Histories;

/// How many population gaps a customer's own gaps are joined by.
pub const PRIOR_GAPS: f64 = 2.0;

/// Days of one customer; gaps are those between orders on different days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rhythm {
    /// First order to the as-of day.
    pub tenure: i32,
    /// First order to last order.
    pub first_to_last: i32,
    n_gaps: i64,
    sum: i64,
    sum_of_squares: i64,
}

impl Rhythm {
    pub(super) fn of(histories: &Histories, customer: usize) -> Self {
        let days = histories.days(customer);
        let first = days.first().copied().unwrap_or_default();
        let last = days.last().copied().unwrap_or_default();
        let mut rhythm = Self {
            tenure: histories.as_of().since_epoch() - first,
            first_to_last: last - first,
            n_gaps: 0,
            sum: 0,
            sum_of_squares: 0,
        };
        for gap in histories.gaps(customer).map(i64::from) {
            rhythm.n_gaps += 1;
            rhythm.sum += gap;
            rhythm.sum_of_squares += gap * gap;
        }
        rhythm
    }

    /// `(sum of own gaps + 2 x median gap of all) / (own gaps + 2)` in days; `None`
    /// without a gap of one's own.
    pub(super) fn typical_gap(&self, median: Option<f64>) -> Option<f64> {
        let prior = PRIOR_GAPS * median?;
        (self.n_gaps > 0).then(|| (self.sum as f64 + prior) / (self.n_gaps as f64 + PRIOR_GAPS))
    }

    /// Minus the burstiness of Kim and Jo: 1 like clockwork, 0 by chance, -1 in one
    /// burst. `None` below two gaps.
    pub(super) fn regularity(&self) -> Option<f64> {
        if self.n_gaps < 2 {
            return None;
        }
        let n = self.n_gaps as f64;
        // n^2 times the variance, a whole number: nothing cancels.
        let spread = i128::from(self.n_gaps) * i128::from(self.sum_of_squares)
            - i128::from(self.sum) * i128::from(self.sum);
        // The coefficient of variation, σ / μ.
        let r = (spread as f64).sqrt() / self.sum as f64;
        let (up, down) = ((n + 1.0).sqrt(), (n - 1.0).sqrt());
        let burstiness = (up * r - down) / ((up - 2.0) * r + down);
        Some(-burstiness.clamp(-1.0, 1.0))
    }
}

/// The median of all gaps of all customers, in days; the mean of the two in the middle
/// where their number is even. `None` where nobody ordered on two days.
pub(super) fn median_gap(histories: &Histories) -> Option<f64> {
    let mut by_length = vec![0_u64; 1 << 16];
    for customer in 0..histories.n_customers() {
        for gap in histories.gaps(customer) {
            let gap = usize::try_from(gap).unwrap_or(0).min(by_length.len() - 1);
            by_length[gap] += 1;
        }
    }
    let total: u64 = by_length.iter().sum();
    let nth = |n: u64| {
        let mut seen = 0;
        by_length.iter().position(|&count| {
            seen += count;
            seen > n
        })
    };
    let (low, high) = (nth(total.checked_sub(1)? / 2)?, nth(total / 2)?);
    Some((low + high) as f64 / 2.0)
}

/// Orders in the last half of the time since the first order against those in the first
/// half: `(last - first) / (last + first + 2)`, between -1 and 1 and 0 where both are
/// equal. The first order itself and others on its day stand at the beginning by
/// definition and are in neither half; a day in the very middle is half in each. `None`
/// where nothing was ordered after the first day.
pub(super) fn trend(days: &[i32], as_of: i32) -> Option<f64> {
    let start = *days.first()?;
    let observed = i64::from(as_of) - i64::from(start);
    // Twice the orders of each half, so that half an order is a whole number.
    let (mut first, mut last) = (0_i64, 0_i64);
    for day in days.iter().map(|&day| i64::from(day) - i64::from(start)).filter(|&day| day > 0) {
        // The days 1 to `observed`: the middle is at (observed + 1) / 2.
        match (2 * day).cmp(&(observed + 1)) {
            std::cmp::Ordering::Less => first += 2,
            std::cmp::Ordering::Equal => {
                first += 1;
                last += 1;
            }
            std::cmp::Ordering::Greater => last += 2,
        }
    }
    (first + last > 0).then(|| (last - first) as f64 / (last + first + 4) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;
    use crate::orders::history::Record;

    fn histories(days: &[&[i32]], as_of: i32) -> Histories {
        let records = days.iter().enumerate().map(|(i, days)| Record {
            id: format!("{i:03}"),
            days: days.to_vec(),
            amounts: Vec::new(),
            spend: 0,
        });
        Histories::new(Day::from_epoch(as_of).unwrap(), None, records).unwrap()
    }

    #[test]
    fn a_rhythm_by_hand() {
        // Gaps 10, 10, 40 and 5; two orders on day 10 are one day.
        let made = histories(&[&[0, 10, 10, 20, 60], &[3, 8], &[9]], 100);
        // Sorted 5, 10, 10, 40.
        assert_eq!(median_gap(&made), Some(10.0));
        let rhythm = Rhythm::of(&made, 0);
        assert_eq!((rhythm.tenure, rhythm.first_to_last, rhythm.n_gaps), (100, 60, 3));
        // (60 + 2 x 10) / (3 + 2).
        assert_eq!(rhythm.typical_gap(Some(10.0)), Some(16.0));
        // Mean 20, variance (100 + 100 + 400) / 3 = 200, r = sqrt(0.5), n = 3:
        // (2 r - sqrt 2) / (0 r + sqrt 2) = 0.
        assert!(rhythm.regularity().unwrap().abs() < 1e-12);
        assert_eq!(Rhythm::of(&made, 1).regularity(), None);
        assert_eq!(Rhythm::of(&made, 1).typical_gap(Some(10.0)), Some(25.0 / 3.0));
        assert_eq!(Rhythm::of(&made, 2).typical_gap(Some(10.0)), None);
        assert_eq!(median_gap(&histories(&[&[1], &[2, 2]], 9)), None);
    }

    #[test]
    fn clockwork_is_1_and_one_burst_near_minus_1() {
        let clockwork: Vec<i32> = (0..20).map(|i| i * 7).collect();
        let mut burst: Vec<i32> = (0..400).collect();
        burst.push(60_000);
        let made = histories(&[&clockwork, &burst], 60_000);
        assert_eq!(Rhythm::of(&made, 0).regularity(), Some(1.0));
        assert!(Rhythm::of(&made, 1).regularity().unwrap() < -0.95);
    }

    #[test]
    fn regularity_knows_no_unit() {
        let days = [0, 3, 10, 11, 40];
        let weeks = days.map(|day| day * 7);
        let made = histories(&[&days, &weeks], 400);
        let [a, b] = [0, 1].map(|i| Rhythm::of(&made, i).regularity().unwrap());
        assert!((a - b).abs() < 1e-12);
    }

    #[test]
    fn a_trend_by_hand() {
        // Observed 10 days: days 1 to 5 are the first half.
        assert_eq!(trend(&[0, 5, 6, 10], 10), Some(1.0 / 5.0));
        // Observed 9 days: day 5 is the middle.
        assert_eq!(trend(&[0, 5], 9), Some(0.0));
        assert_eq!(trend(&[0, 4], 9), Some(-1.0 / 3.0));
        assert_eq!(trend(&[0, 0, 9], 9), Some(1.0 / 3.0));
        assert_eq!(trend(&[0, 0], 9), None);
        assert_eq!(trend(&[9], 9), None);
    }

    #[test]
    fn time_reversed_turns_the_trend_round() {
        let days = [0, 1, 2, 5, 9, 30, 44];
        let as_of = 50;
        // The orders after the first, mirrored within the days 1 to 50.
        let mut mirrored: Vec<i32> = days[1..].iter().map(|day| as_of + 1 - day).collect();
        mirrored.push(0);
        mirrored.sort_unstable();
        let (forth, back) = (trend(&days, as_of).unwrap(), trend(&mirrored, as_of).unwrap());
        assert_eq!(forth, -back);
        assert!(forth < 0.0);
    }
}
