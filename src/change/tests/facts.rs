//! Forecast against fact, and downgrades.

use crate::change::downgrades::{self, downgrades};
use crate::change::forecast::{Forecasts, Known, compare, none_by};
use crate::day::Day;
use crate::orders::{Histories, Record};

fn histories(until: i32, customers: &[(&str, &[i32])]) -> Histories {
    Histories::new(
        Day::from_epoch(until).unwrap(),
        Some(2),
        customers.iter().map(|(id, days)| Record {
            id: (*id).to_owned(),
            days: days.to_vec(),
            amounts: vec![500; days.len()],
            spend: 500 * days.len() as i64,
        }),
    )
    .unwrap()
}

/// With m = 4 and half of such customers gone: p = .5 + .5 e^-4 = .509158 and 2 orders are
/// expected; by half of the horizon .5 + .5 e^-2 = .567668.
#[test]
fn the_chance_of_no_order_by_half_of_the_horizon() {
    let p = 0.5 + 0.5 * (-4.0f64).exp();
    assert!((none_by(p, Some(2.0), 0.5) - 0.567_668).abs() < 1e-6);
    assert!((none_by(0.25, None, 0.5) - 0.5).abs() < 1e-12);
    assert!((none_by(0.25, Some(0.1), 0.5) - 0.5).abs() < 1e-12, "no such customer: a steady rate");
    for p in [0.0, 1e-9, 0.3, 0.999, 1.0] {
        for orders in [0.0, 1e-6, 1.0, 50.0] {
            let (early, late) = (none_by(p, Some(orders), 0.1), none_by(p, Some(orders), 1.0));
            assert!((0.0..=1.0).contains(&early) && early >= late - 1e-9, "{p} {orders}");
        }
    }
}

/// Half of a horizon of 100 days has passed. P(no order) .5 and 1 order expected: the rate
/// would be steady at .693; 2 expected orders become 1, and a value of 30 becomes 15.
#[test]
fn a_part_of_the_horizon_is_compared_in_proportion() {
    let orders = histories(1_050, &[("a", &[900, 1_000, 1_001, 1_050]), ("b", &[990])]);
    let forecasts = Forecasts {
        churn: vec![0.0, 0.25],
        orders: vec![2.0, 2.0],
        value: vec![30.0, 30.0],
        open: vec![true; 2],
        segment: vec![1, 2],
    };
    let known = Known {
        rows: &[Some(0), Some(1)],
        orders: Some(&orders),
        margin: Some(0.5),
        outcome: None,
        from: Some(Day::from_epoch(1_000).unwrap()),
        horizon_days: Some(100),
        names: &[(1, "One".into()), (2, "Two".into())],
    };
    let found = compare(&forecasts, &known).unwrap();
    assert!(!found.complete);
    let (all, one, two) = (&found.rows[0], &found.rows[1], &found.rows[2]);
    assert_eq!(all.churn_fact.unwrap().value, 0.5);
    assert_eq!((all.orders_forecast, all.orders_fact), (Some(2.0), Some(2.0)));
    // Two orders of 5.00 after day 1000, half of them margin.
    assert_eq!((one.value_forecast, one.value_fact), (Some(15.0), Some(5.0)));
    assert_eq!((two.orders_fact, two.churn_fact.unwrap().value), (Some(0.0), 1.0));
    let late = Known { from: Some(Day::from_epoch(1_050).unwrap()), ..known };
    assert!(compare(&forecasts, &late).is_err(), "no day has passed");
}

#[test]
fn a_label_is_compared_where_it_was_open_and_is_known() {
    let forecasts = Forecasts {
        churn: vec![0.3, 0.1, 0.9, 0.2],
        orders: vec![f64::NAN; 4],
        value: vec![f64::NAN; 4],
        open: vec![true, true, false, true],
        segment: vec![1; 4],
    };
    let known = Known {
        rows: &[Some(1), Some(0), Some(2), None],
        orders: None,
        margin: Some(1.0),
        outcome: Some(&[Some(false), Some(true), Some(true)]),
        from: None,
        horizon_days: None,
        names: &[(1, "One".into())],
    };
    let found = compare(&forecasts, &known).unwrap();
    let all = &found.rows[0];
    assert_eq!(all.customers, 2);
    assert!((all.churn_forecast.unwrap() - 0.2).abs() < 1e-12);
    assert_eq!(all.churn_fact.unwrap().value, 0.5);
}

/// Two who spend the same in even and in odd weeks never move by chance; two who swap do.
#[test]
fn chance_moves_only_who_spends_unevenly() {
    // Before day 100: day 99 lies in week 0, day 92 in week 1.
    let even = histories(200, &[("a", &[92, 99]), ("b", &[50])]);
    let task = downgrades::Task {
        before: &[2, 1],
        now: &[1, 1],
        value: Some(&[7.0, 8.0]),
        worth: &[(1, 1.0), (2, 9.0)],
        orders: Some((&even, &[0, 1])),
        until: Some(100),
    };
    let found = downgrades(&task).unwrap();
    assert_eq!((found.down, found.up, found.value), (1, 0, Some(7.0)));
    assert_eq!(found.segments[0].segment_id, 2, "the highest first");
    assert!(found.expected_share.is_some());
    let uneven = histories(200, &[("a", &[99]), ("b", &[92])]);
    let found = downgrades(&downgrades::Task { orders: Some((&uneven, &[0, 1])), ..task });
    assert_eq!(found.unwrap().segments[0].expected_share, Some(1.0));
    let stable = histories(200, &[("a", &[92, 99]), ("b", &[99])]);
    let stable = downgrades(&downgrades::Task {
        orders: Some((&stable, &[0, 1])),
        before: &[2, 1],
        ..downgrades::Task {
            before: &[2, 1],
            now: &[1, 1],
            value: None,
            worth: &[(1, 1.0), (2, 9.0)],
            orders: None,
            until: Some(100),
        }
    });
    assert!(stable.unwrap().segments[0].expected_share.is_some());
}
