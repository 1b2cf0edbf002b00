//! KPI of all customers, of each segment and of each month.
//!
//! Months are whole where the data covers all of their days: the first month of the orders
//! and one that the as-of day cuts are partial, are marked, and are in no trend, no
//! retention and no control limit. Control limits need eight whole months; below that there
//! are none.
//!
//! # References
//!
//! - Shewhart 1931, Economic Control of Quality of Manufactured Product. Limits of
//!   individual values: the mean and 2.66 mean moving ranges, as in Wheeler & Chambers 1992,
//!   Understanding Statistical Process Control.

use std::collections::BTreeMap;

use crate::day::Day;
use crate::orders::Histories;
use crate::results::{Interval, Kpi, KpiChange, KpiResults, Limits, Mean, Month, Rate};
use crate::stats::{Z95, wilson};

/// The most months that are kept.
const MOST_MONTHS: usize = 36;
/// Whole months that control limits need.
pub const LEAST_MONTHS: usize = 8;
/// Moving ranges between the mean and a limit: 3 / 1.128.
const RANGES: f64 = 2.66;
/// A second order counts within so many days of the first.
const REPEAT_DAYS: i32 = 90;
/// The days whose orders make the mean order.
const RECENT_DAYS: i32 = 90;

/// What KPI are taken of. Lists have one entry per customer.
#[derive(Debug, Clone, Copy)]
pub struct Customers<'a> {
    /// The segment's id; 0 is none.
    pub segment: &'a [u32],
    /// The ids, in order.
    pub ids: &'a [u32],
    /// The orders, where there are any.
    pub orders: Option<&'a Histories>,
    /// Whether the customer is loyal, where that is known.
    pub loyal: Option<&'a [Option<bool>]>,
    /// The outcome, where it is known.
    pub outcome: Option<&'a [Option<bool>]>,
    /// The probability of the outcome; NaN where there is none.
    pub probability: Option<&'a [f64]>,
    /// The value.
    pub value: Option<&'a [f64]>,
    /// Figures on fewer customers are left out.
    pub min_cell: usize,
}

/// The worth of a minor unit of money; `None` where the orders have none.
pub(super) fn unit(orders: &Histories) -> Option<f64> {
    let decimals = orders.money_decimals()?;
    Some((0..decimals).fold(1.0, |unit, _| unit / 10.0))
}

/// A month counted from year 0.
fn month_of(day: i32) -> i32 {
    Day::from_epoch(day).map_or(0, |day| {
        let (year, month, _) = day.civil();
        year * 12 + month as i32 - 1
    })
}

fn first_day(month: i32) -> Option<Day> {
    let at = u32::try_from(month.rem_euclid(12) + 1).ok()?;
    Day::from_civil(month.div_euclid(12), at, 1).ok()
}

fn name(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// All KPI.
#[must_use]
pub fn measure(customers: &Customers) -> KpiResults {
    let calendar = customers.orders.and_then(Calendar::of);
    let mut groups = vec![group(customers, calendar.as_ref(), None)];
    groups.extend(customers.ids.iter().map(|&id| group(customers, calendar.as_ref(), Some(id))));
    let months = match (customers.orders, &calendar) {
        (Some(orders), Some(calendar)) => months(orders, calendar, customers.min_cell),
        _ => Vec::new(),
    };
    KpiResults {
        groups,
        limits: limits(&months),
        months,
        retention_of: calendar.and_then(|calendar| {
            let last = calendar.last_pair()?;
            Some(format!("{} to {}", name(last - 1), name(last)))
        }),
    }
}

/// The months that the orders cover.
struct Calendar {
    first: i32,
    last: i32,
    whole: (i32, i32),
}

impl Calendar {
    fn of(orders: &Histories) -> Option<Self> {
        let first_day_of_all =
            (0..orders.n_customers()).filter_map(|row| orders.days(row).first()).min()?;
        let as_of = orders.as_of().since_epoch();
        let (first, last) = (month_of(*first_day_of_all), month_of(as_of));
        // A month that begins before the first order is whole only if that is its first day.
        let starts = first_day(first)?.since_epoch() == *first_day_of_all;
        let ends = first_day(last + 1)?.since_epoch() - 1 == as_of;
        let whole = (if starts { first } else { first + 1 }, if ends { last } else { last - 1 });
        Some(Self { first, last, whole })
    }

    /// The last whole month that has a whole month before it.
    fn last_pair(&self) -> Option<i32> {
        (self.whole.1 > self.whole.0).then_some(self.whole.1)
    }

    fn is_whole(&self, month: i32) -> bool {
        (self.whole.0..=self.whole.1).contains(&month)
    }
}

fn rate(yes: u64, of: u64, min_cell: usize) -> Option<Rate> {
    if of == 0 || of < min_cell as u64 {
        return None;
    }
    let (low, high) = wilson(usize::try_from(yes).ok()?, usize::try_from(of).ok()?);
    Some(Rate { value: yes as f64 / of as f64, low, high, of })
}

fn mean(values: &[f64], min_cell: usize) -> Option<Mean> {
    let n = values.len();
    if n < min_cell.max(2) {
        return None;
    }
    let value = values.iter().sum::<f64>() / n as f64;
    let squares: f64 = values.iter().map(|x| (x - value) * (x - value)).sum();
    let error = (squares / (n as f64 - 1.0) / n as f64).sqrt();
    Some(Mean { value, error, of: n as u64 })
}

/// The KPI of one segment, or of all customers.
fn group(customers: &Customers, calendar: Option<&Calendar>, id: Option<u32>) -> Kpi {
    let rows: Vec<usize> = (0..customers.segment.len())
        .filter(|&row| id.is_none_or(|id| customers.segment[row] == id))
        .collect();
    let least = customers.min_cell;
    let share = |list: &[Option<bool>]| {
        let known: Vec<bool> = rows.iter().filter_map(|&row| list[row]).collect();
        rate(known.iter().filter(|yes| **yes).count() as u64, known.len() as u64, least)
    };
    let mut kpi = Kpi {
        segment_id: id.unwrap_or(0),
        customers: rows.len() as u64,
        loyal_share: customers.loyal.and_then(share),
        churn: churn(customers, &rows),
        value: customers.value.and_then(|value| {
            let values: Vec<f64> =
                rows.iter().map(|&row| value[row]).filter(|v| v.is_finite()).collect();
            mean(&values, least)
        }),
        ..Kpi::default()
    };
    if let Some(orders) = customers.orders {
        ordered(&mut kpi, orders, calendar, &rows, least);
    }
    kpi
}

/// What the orders say.
fn ordered(
    kpi: &mut Kpi,
    orders: &Histories,
    calendar: Option<&Calendar>,
    rows: &[usize],
    least: usize,
) {
    let as_of = orders.as_of().since_epoch();
    if let Some(last) = calendar.and_then(Calendar::last_pair) {
        let (mut before, mut both) = (0, 0);
        for &row in rows {
            let in_month = |month: i32| orders.days(row).iter().any(|&day| month_of(day) == month);
            if in_month(last - 1) {
                before += 1;
                both += u64::from(in_month(last));
            }
        }
        kpi.retention = rate(both, before, least);
    }
    let (mut watched, mut repeated) = (0, 0);
    let mut amounts = Vec::new();
    let unit = unit(orders);
    for &row in rows {
        let days = orders.days(row);
        if let Some(&first) = days.first()
            && first + REPEAT_DAYS <= as_of
        {
            watched += 1;
            let again = days.iter().any(|&day| day > first && day <= first + REPEAT_DAYS);
            repeated += u64::from(again);
        }
        if let Some(unit) = unit {
            let recent = days.iter().zip(orders.amounts(row));
            let recent = recent.filter(|(day, _)| **day > as_of - RECENT_DAYS);
            amounts.extend(recent.map(|(_, &amount)| amount as f64 * unit));
        }
    }
    kpi.repeat_rate = rate(repeated, watched, least);
    kpi.order_value = unit.and_then(|_| mean(&amounts, least));
}

/// The share with the outcome; without one, the mean probability.
fn churn(customers: &Customers, rows: &[usize]) -> Option<Rate> {
    if let Some(outcome) = customers.outcome {
        let known: Vec<bool> = rows.iter().filter_map(|&row| outcome[row]).collect();
        let yes = known.iter().filter(|yes| **yes).count() as u64;
        return rate(yes, known.len() as u64, customers.min_cell);
    }
    let probability = customers.probability?;
    let known: Vec<f64> =
        rows.iter().map(|&row| probability[row]).filter(|p| p.is_finite()).collect();
    let mean = mean(&known, customers.min_cell)?;
    let half = Z95 * mean.error;
    Some(Rate {
        value: mean.value,
        low: (mean.value - half).max(0.0),
        high: (mean.value + half).min(1.0),
        of: mean.of,
    })
}

#[derive(Default)]
struct Sums {
    customers: u64,
    orders: u64,
    money: i64,
    again: u64,
    from_before: u64,
}

fn months(orders: &Histories, calendar: &Calendar, min_cell: usize) -> Vec<Month> {
    let mut sums: BTreeMap<i32, Sums> = BTreeMap::new();
    for row in 0..orders.n_customers() {
        let (days, amounts) = (orders.days(row), orders.amounts(row));
        let mut last: Option<i32> = None;
        for (at, &day) in days.iter().enumerate() {
            let month = month_of(day);
            let sum = sums.entry(month).or_default();
            sum.orders += 1;
            sum.money += amounts.get(at).copied().unwrap_or(0);
            if last != Some(month) {
                sum.customers += 1;
                sum.again += u64::from(at > 0);
                sum.from_before += u64::from(last == Some(month - 1));
                last = Some(month);
            }
        }
    }
    let unit = unit(orders);
    let from = calendar.first.max(calendar.last + 1 - MOST_MONTHS as i32);
    let none = Sums::default();
    (from..=calendar.last)
        .map(|month| {
            let at = |month: i32| sums.get(&month).unwrap_or(&none);
            let (now, before) = (at(month), at(month - 1));
            let enough = |n: u64| n > 0 && n >= min_cell as u64;
            let money = unit.map(|unit| now.money as f64 * unit);
            let compared = calendar.is_whole(month) && calendar.is_whole(month - 1);
            let part = |n: u64, of: u64| enough(of).then(|| n as f64 / of as f64);
            Month {
                month: name(month),
                partial: !calendar.is_whole(month),
                customers: now.customers,
                orders: now.orders,
                money,
                order_value: money
                    .filter(|_| enough(now.orders))
                    .map(|money| money / now.orders as f64),
                retention: if compared { part(now.from_before, before.customers) } else { None },
                repeat_share: part(now.again, now.customers),
            }
        })
        .collect()
}

/// The control limits of every monthly KPI with at least eight whole months.
#[must_use]
pub fn limits(months: &[Month]) -> Vec<Limits> {
    type Get = fn(&Month) -> Option<f64>;
    let kpis: [(&str, Get, f64); 6] = [
        ("customers", |month| Some(month.customers as f64), f64::INFINITY),
        ("orders", |month| Some(month.orders as f64), f64::INFINITY),
        ("money", |month| month.money, f64::INFINITY),
        ("order-value", |month| month.order_value, f64::INFINITY),
        ("retention", |month| month.retention, 1.0),
        ("repeat-share", |month| month.repeat_share, 1.0),
    ];
    kpis.into_iter()
        .filter_map(|(kpi, get, most)| {
            let values: Vec<f64> =
                months.iter().filter(|month| !month.partial).filter_map(get).collect();
            if values.len() < LEAST_MONTHS {
                return None;
            }
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let ranges: f64 = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
            let reach = RANGES * ranges / (values.len() - 1) as f64;
            Some(Limits {
                kpi: kpi.to_owned(),
                mean,
                low: (mean - reach).max(0.0),
                high: (mean + reach).min(most),
                months: values.len() as u64,
            })
        })
        .collect()
}

type GetRate = fn(&Kpi) -> Option<Rate>;
type GetMean = fn(&Kpi) -> Option<Mean>;

/// The change of every KPI that both runs know, by segments of the same id.
#[must_use]
pub fn compare(before: &KpiResults, now: &KpiResults) -> Vec<KpiChange> {
    let mut changes = Vec::new();
    for new in &now.groups {
        let Some(old) = before.groups.iter().find(|old| old.segment_id == new.segment_id) else {
            continue;
        };
        let rates: [(&str, GetRate); 4] = [
            ("retention", |kpi| kpi.retention),
            ("repeat-rate", |kpi| kpi.repeat_rate),
            ("loyal-share", |kpi| kpi.loyal_share),
            ("churn", |kpi| kpi.churn),
        ];
        for (kpi, get) in rates {
            if let (Some(a), Some(b)) = (get(old), get(new)) {
                changes.push(of_rates(new.segment_id, kpi, a, b));
            }
        }
        let means: [(&str, GetMean); 2] =
            [("order-value", |kpi| kpi.order_value), ("value", |kpi| kpi.value)];
        for (kpi, get) in means {
            if let (Some(a), Some(b)) = (get(old), get(new)) {
                changes.push(of_means(new.segment_id, kpi, a, b));
            }
        }
    }
    changes
}

/// Newcombe's interval of a difference of two shares: from the Wilson limits of each.
/// Newcombe 1998, Interval estimation for the difference between independent proportions,
/// Statistics in Medicine 17, method 10.
#[must_use]
pub fn difference(before: Rate, now: Rate) -> Interval {
    let value = now.value - before.value;
    let below = libm::hypot(now.value - now.low, before.high - before.value);
    let above = libm::hypot(now.high - now.value, before.value - before.low);
    Interval { value, low: value - below, high: value + above }
}

fn of_rates(segment_id: u32, kpi: &str, before: Rate, now: Rate) -> KpiChange {
    let shown = |rate: Rate| Interval { value: rate.value, low: rate.low, high: rate.high };
    let change = difference(before, now);
    KpiChange {
        segment_id,
        kpi: kpi.to_owned(),
        before: shown(before),
        now: shown(now),
        clear: change.low > 0.0 || change.high < 0.0,
        change,
    }
}

fn of_means(segment_id: u32, kpi: &str, before: Mean, now: Mean) -> KpiChange {
    let around = |value: f64, error: f64| Interval {
        value,
        low: value - Z95 * error,
        high: value + Z95 * error,
    };
    let change = around(now.value - before.value, libm::hypot(before.error, now.error));
    KpiChange {
        segment_id,
        kpi: kpi.to_owned(),
        before: around(before.value, before.error),
        now: around(now.value, now.error),
        clear: change.low > 0.0 || change.high < 0.0,
        change,
    }
}
