//! KPI by hand.

use crate::change::kpi::{Customers, difference, limits, measure};
use crate::day::Day;
use crate::orders::{Histories, Record};
use crate::results::{Month, Rate};

fn day(text: &str) -> i32 {
    text.parse::<Day>().unwrap().since_epoch()
}

/// Three customers; the data ends on 2025-03-31, a whole month.
fn orders() -> Histories {
    let record = |id: &str, days: &[&str]| Record {
        id: id.to_owned(),
        days: days.iter().map(|text| day(text)).collect(),
        amounts: vec![1_000; days.len()],
        spend: 1_000 * days.len() as i64,
    };
    Histories::new(
        Day::from_epoch(day("2025-03-31")).unwrap(),
        Some(2),
        [
            record("a", &["2025-01-01", "2025-02-10", "2025-03-05"]),
            record("b", &["2025-02-03"]),
            record("c", &["2025-02-20", "2025-02-25", "2025-03-31"]),
        ],
    )
    .unwrap()
}

fn measured(orders: &Histories) -> crate::results::KpiResults {
    measure(&Customers {
        segment: &[1, 1, 2],
        ids: &[1, 2],
        orders: Some(orders),
        loyal: Some(&[Some(true), None, Some(false)]),
        outcome: None,
        probability: Some(&[0.2, f64::NAN, 0.4]),
        value: Some(&[10.0, 20.0, 30.0]),
        min_cell: 1,
    })
}

#[test]
fn retention_repeat_and_order_value() {
    let found = measured(&orders());
    assert_eq!(found.retention_of.as_deref(), Some("2025-02 to 2025-03"));
    let all = &found.groups[0];
    // Three ordered in February, a and c of them in March.
    assert_eq!(all.retention.map(|rate| (rate.value, rate.of)), Some((2.0 / 3.0, 3)));
    // Only a's first order lies 90 days or more (89) back: nobody has been observed so long.
    assert_eq!(all.repeat_rate, None);
    assert_eq!(all.order_value.map(|mean| (mean.value, mean.of)), Some((10.0, 7)));
    assert_eq!(all.loyal_share.map(|rate| rate.value), Some(0.5));
    assert!((all.churn.unwrap().value - 0.3).abs() < 1e-12);
    assert_eq!(found.groups[1].customers, 2);
    let months: Vec<(&str, bool, u64)> =
        found.months.iter().map(|m| (m.month.as_str(), m.partial, m.orders)).collect();
    assert_eq!(months, [("2025-01", false, 1), ("2025-02", false, 4), ("2025-03", false, 2)]);
}

#[test]
fn a_month_that_the_data_cuts_is_partial_and_in_no_retention() {
    let orders = Histories::new(
        Day::from_epoch(day("2025-03-30")).unwrap(),
        None,
        (0..3).map(|at| {
            let found = orders();
            Record {
                id: found.ids()[at].clone(),
                days: found.days(at).iter().copied().filter(|&d| d < day("2025-03-31")).collect(),
                amounts: Vec::new(),
                spend: 0,
            }
        }),
    )
    .unwrap();
    let found = measured(&orders);
    assert_eq!(found.retention_of.as_deref(), Some("2025-01 to 2025-02"));
    assert!(found.months[2].partial && found.months[2].retention.is_none());
}

#[test]
fn limits_need_eight_whole_months() {
    let month = |at: usize, partial| Month {
        month: format!("2025-{at:02}"),
        partial,
        customers: 10,
        orders: if at.is_multiple_of(2) { 20 } else { 22 },
        money: None,
        order_value: None,
        retention: None,
        repeat_share: None,
    };
    let mut months: Vec<Month> = (1..=7).map(|at| month(at, false)).collect();
    months.push(month(8, true));
    assert!(limits(&months).is_empty());
    months[7].partial = false;
    let found = limits(&months);
    let orders = found.iter().find(|limits| limits.kpi == "orders").unwrap();
    // The mean is 21, every moving range 2: 21 +- 5.32.
    assert!((orders.low - 15.68).abs() < 1e-9 && (orders.high - 26.32).abs() < 1e-9);
}

/// Newcombe 1998, table II (a): 56/70 against 48/80, method 10: .0524 to .3339.
#[test]
fn the_interval_of_a_difference_is_newcombes() {
    let rate = |n: usize, of: usize| {
        let (low, high) = crate::stats::wilson(n, of);
        Rate { value: n as f64 / of as f64, low, high, of: of as u64 }
    };
    let found = difference(rate(48, 80), rate(56, 70));
    assert!((found.low - 0.0524).abs() < 5e-5 && (found.high - 0.3339).abs() < 5e-5, "{found:?}");
}
