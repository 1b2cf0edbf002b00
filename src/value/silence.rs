//! How long a silence has to be before a customer counts as inactive.
//!
//! The gaps between the occasions of one customer have a distribution; the last gap of
//! each is open, and counts as longer than it has been seen (Kaplan-Meier). Of those who
//! have been silent for d days, `1 - S(2d) / S(d)` return within another d. The rule takes
//! the shortest d from which on that is at most [`RETURNING`]. Of a silence of a day or
//! two hardly anybody has had the time to return, so d is no shorter than the median gap.
//!
//! # References
//!
//! Kaplan, Meier (1958), Nonparametric estimation from incomplete observations, Journal of
//! the American Statistical Association 53(282).

use super::History;
use crate::orders::Histories;

/// At most this share of the silent returns within as long again.
pub const RETURNING: f64 = 0.20;

/// How many gaps are still open after each number of days.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
    /// S(d): the share of gaps longer than d days, for d = 0, 1, ...
    longer: Vec<f64>,
    /// The median of the gaps that have ended, days.
    usual: u32,
    /// How many gaps were seen for at least d days.
    watched: Vec<u64>,
}

/// With fewer gaps that were seen for so long, a share says nothing.
const LEAST: u64 = 50;

impl Silence {
    /// From the orders on or before `until`, days since 1970-01-01.
    #[must_use]
    pub fn of(orders: &Histories, until: i32) -> Self {
        let (mut ended, mut open) = (Vec::new(), Vec::new());
        let count = |counts: &mut Vec<u64>, days: usize| {
            if counts.len() <= days {
                counts.resize(days + 1, 0);
            }
            counts[days] += 1;
        };
        for customer in 0..orders.n_customers() {
            let days = orders.days(customer);
            let days = &days[..days.partition_point(|&day| day <= until)];
            for pair in days.windows(2).filter(|pair| pair[1] > pair[0]) {
                count(&mut ended, pair[1].abs_diff(pair[0]) as usize);
            }
            if let Some(&last) = days.last() {
                count(&mut open, until.abs_diff(last) as usize);
            }
        }
        let most = ended.len().max(open.len());
        let at = |counts: &[u64], day: usize| counts.get(day).copied().unwrap_or(0);
        let mut watched: u64 = ended.iter().chain(&open).sum();
        let (mut longer, mut seen) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut share = 1.0;
        for day in 0..most {
            seen.push(watched);
            if watched > 0 {
                share *= 1.0 - at(&ended, day) as f64 / watched as f64;
            }
            longer.push(share);
            watched -= at(&ended, day) + at(&open, day);
        }
        let half = ended.iter().sum::<u64>().div_ceil(2);
        let mut passed = 0;
        let reached = |&count: &u64| {
            passed += count;
            passed >= half
        };
        let usual = ended.iter().position(reached).unwrap_or(0) as u32;
        Self { longer, usual, watched: seen }
    }

    /// The share of those silent for `days` who return within as many again, 0..1; `None`
    /// where the orders do not reach that far.
    #[must_use]
    pub fn returning(&self, days: u32) -> Option<f64> {
        let (here, there) = (days as usize, 2 * days as usize);
        let (still, later) = (self.longer.get(here)?, self.longer.get(there)?);
        (*still > 0.0).then(|| 1.0 - later / still)
    }

    /// The shortest silence from which on at most [`RETURNING`] return within as long again,
    /// and no shorter than the median gap: half of those who return take longer. `None` where no silence that was seen often enough is so long.
    #[must_use]
    pub fn shortest(&self) -> Option<u32> {
        let seen = |days: &u32| {
            self.watched.get(2 * *days as usize).is_some_and(|&watched| watched >= LEAST)
        };
        let last = (1..=(self.longer.len() / 2) as u32).take_while(seen).last()?;
        let few = |days: u32| self.returning(days).is_some_and(|share| share <= RETURNING);
        (self.usual.max(1)..=last).rev().take_while(|&days| few(days)).last()
    }
}

/// Whether the customer has ordered within the last `days` days of the cut-off.
#[must_use]
pub fn is_active(history: History, days: u32) -> bool {
    history.days_since_last() < days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::Record;

    /// 100 customers order every 10 days, five times, and are silent for 200 days: no gap
    /// is longer than 10 but the last, so that nobody returns after 10, and before all do.
    #[test]
    fn a_rhythm_of_ten_days() {
        let records = (0..100).map(|at| Record {
            id: format!("{at:03}"),
            days: vec![0, 10, 20, 30, 40],
            amounts: Vec::new(),
            spend: 0,
        });
        let orders =
            Histories::new(crate::day::Day::from_epoch(240).unwrap(), None, records).unwrap();
        let silence = Silence::of(&orders, 240);
        // Of five gaps four end on day 10.
        assert!((silence.returning(5).unwrap() - 0.8).abs() < 1e-12);
        assert_eq!(silence.returning(10), Some(0.0));
        assert_eq!(silence.returning(4), Some(0.0));
        assert_eq!(silence.shortest(), Some(10));
        assert_eq!(silence.returning(101), None);
    }
}
