//! How customers return: cohorts by the month of the first order, and the share that
//! orders again in time.
//!
//! A cell is the share of a cohort that ordered in the calendar month so many months after
//! its first. Months that are not over by the as-of day are not in the table: they would
//! look like a fall. The repeat rate is the share with a second day of orders within
//! [`REPEAT_DAYS`] days of the first, among those observed that long; a rate among all
//! would fall with every newcomer.
//!
//! No survival curve: without a contract nobody sees when a customer leaves.

use std::collections::BTreeMap;

use crate::day::Day;
use crate::orders::Histories;
use crate::results::value::{Cohort, Retention};
use crate::stats::wilson;

/// Days within which a second order is a repeat.
pub const REPEAT_DAYS: u32 = 90;
/// At most so many cohorts, the last ones.
const MOST: usize = 36;

/// The retention view; cells that fewer than `min_cell` customers share are withheld.
#[must_use]
pub fn retention(orders: &Histories, min_cell: usize) -> Retention {
    let as_of = orders.as_of();
    let whole = last_whole_month(as_of);
    let mut cohorts: BTreeMap<i32, (u64, BTreeMap<i32, u64>)> = BTreeMap::new();
    let (mut observed, mut repeated) = (0, 0);
    for customer in 0..orders.n_customers() {
        let days = orders.days(customer);
        let Some((&first, later)) = days.split_first() else { continue };
        if as_of.since_epoch().abs_diff(first) >= REPEAT_DAYS {
            observed += 1;
            let again = later.iter().find(|&&day| day > first);
            repeated += u64::from(again.is_some_and(|day| day.abs_diff(first) <= REPEAT_DAYS));
        }
        let start = month(first);
        let cohort = cohorts.entry(start).or_default();
        cohort.0 += 1;
        let mut last = start;
        for &day in later {
            let now = month(day);
            if now > last && now <= whole {
                *cohort.1.entry(now - start).or_default() += 1;
            }
            last = now;
        }
    }
    let skipped = cohorts.len().saturating_sub(MOST);
    let table = cohorts
        .into_iter()
        .skip(skipped)
        .map(|(start, (n, ordered))| cohort(start, whole, n, &ordered, min_cell as u64))
        .collect();
    let told = observed >= min_cell.max(1) as u64;
    let interval = told.then(|| wilson(repeated as usize, observed as usize));
    Retention {
        cohorts: table,
        repeat_within_days: REPEAT_DAYS,
        repeat_observed: if told { observed } else { 0 },
        repeat_rate: told.then(|| repeated as f64 / observed as f64),
        repeat_low: interval.map(|(low, _)| low),
        repeat_high: interval.map(|(_, high)| high),
        survival_not_drawn: "without contracts the day on which a customer leaves is seen by \
            nobody, so there is nothing to survive until"
            .to_owned(),
    }
}

fn cohort(start: i32, whole: i32, n: u64, ordered: &BTreeMap<i32, u64>, min_cell: u64) -> Cohort {
    let shown = n >= min_cell;
    let share = |after: i32| {
        let k = ordered.get(&after).copied().unwrap_or(0);
        // Those who did not order are a cell as well.
        let told = shown && (k == 0 || k >= min_cell) && (k == n || n - k >= min_cell);
        told.then(|| k as f64 / n as f64)
    };
    Cohort {
        month: format!("{:04}-{:02}", start.div_euclid(12), start.rem_euclid(12) + 1),
        customers: shown.then_some(n),
        ordered: (1..=(whole - start).max(0)).map(share).collect(),
    }
}

/// Months since the year 0.
fn month(day: i32) -> i32 {
    Day::from_epoch(day).map_or(0, |day| {
        let (year, month, _) = day.civil();
        year * 12 + month as i32 - 1
    })
}

/// The last month that is over on the day.
fn last_whole_month(day: Day) -> i32 {
    let here = month(day.since_epoch());
    let is_last = month(day.since_epoch().saturating_add(1)) > here;
    if is_last { here } else { here - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::Record;

    /// Twelve newcomers of January, all of whom order again in February; as-of 15 March, so
    /// that March is not over. Twenty who came two weeks ago have not been observed long.
    #[test]
    fn a_month_that_is_not_over_is_masked() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let record = |at: usize, days: &[&str]| Record {
            id: format!("{at:03}"),
            days: days.iter().map(|text| day(text).since_epoch()).collect(),
            amounts: Vec::new(),
            spend: 0,
        };
        let old = (0..12).map(|at| record(at, &["2024-12-10", "2025-02-03", "2025-03-02"]));
        let new = (12..32).map(|at| record(at, &["2025-03-01"]));
        let orders = Histories::new(day("2025-03-15"), None, old.chain(new)).unwrap();
        let made = retention(&orders, 10);
        assert_eq!(made.cohorts[0].month, "2024-12");
        assert_eq!(made.cohorts[0].ordered, [Some(0.0), Some(1.0)]);
        assert_eq!((made.cohorts[1].customers, made.cohorts[1].ordered.len()), (Some(20), 0));
        assert_eq!((made.repeat_observed, made.repeat_rate), (12, Some(1.0)));
        assert_eq!(retention(&orders, 15).cohorts[0].customers, None);
    }
}
