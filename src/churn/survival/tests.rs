//! Survival by hand, from simulated contracts, and what is not drawn.

use super::*;
use crate::churn::folds;
use crate::table::{Family, Ids, Outcome};

fn table(columns: Vec<(&str, Role, Vec<f64>)>, outcome: Option<Vec<Option<bool>>>) -> FeatureTable {
    let n = columns[0].2.len();
    let column = |(name, role, values): (&str, Role, Vec<f64>)| Column {
        name: name.to_owned(),
        role,
        family: Family::Behavioural,
        unit: None,
        decimals: 0,
        block: None,
        values: Values::Number(values),
    };
    let ids = (0..n).map(|i| format!("c{i:06}").into()).collect();
    let ids = Ids { name: "id".to_owned(), values: ids, from_rows: false };
    let outcome = outcome.map(|values| Outcome {
        name: "churned".to_owned(),
        positive: "yes".to_owned(),
        negative: "no".to_owned(),
        is_churn: true,
        values,
    });
    FeatureTable::new(ids, columns.into_iter().map(column).collect(), outcome).unwrap()
}

fn dates() -> Params {
    Params { start: Some("start".into()), end: Some("end".into()), ..Params::default() }
}

fn window(text: &str) -> Params {
    Params { window: Some(text.parse().unwrap()), ..Params::default() }
}

fn uniform(i: usize, stream: u64) -> f64 {
    (folds::mix(folds::mix(i as u64) ^ stream << 40) >> 11) as f64 / 9_007_199_254_740_992.0
}

#[test]
fn product_limit_by_hand() {
    // Klein and Moeschberger's drug 6-MP: weeks to relapse of 21 children, the open ones
    // marked; S is .857 at 6, .807 at 7, .753 at 10, .690 at 13, .627 at 16, .538 at 22 and
    // .448 at 23.
    let times = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
    let left = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
    let spells: Vec<Spell> = times
        .iter()
        .zip(left)
        .map(|(&time, left)| Spell { entry: 0.0, exit: f64::from(time), left: left == 1 })
        .collect();
    let (from, curve) = product_limit(&spells, 1);
    assert!(from.abs() < 1e-12);
    let found: Vec<(f64, u64)> = curve.iter().map(|point| (point.time, point.at_risk)).collect();
    assert_eq!(
        found,
        [(6.0, 21), (7.0, 17), (10.0, 15), (13.0, 12), (16.0, 11), (22.0, 7), (23.0, 6)]
    );
    for (point, expected) in curve.iter().zip([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]) {
        assert!((point.share - expected).abs() < 6e-4, "{point:?}");
        assert!(point.low < point.share && point.share < point.high);
    }
    // Greenwood at 23: standard error .135.
    let variance: f64 =
        [(3.0, 21.0), (1.0, 17.0), (1.0, 15.0), (1.0, 12.0), (1.0, 11.0), (1.0, 7.0), (1.0, 6.0)]
            .iter()
            .map(|(d, n): &(f64, f64)| d / (n * (n - d)))
            .sum();
    assert!((curve[6].share * variance.sqrt() - 0.1346).abs() < 1e-3);
    assert_eq!((curve[6].low, curve[6].high), interval(curve[6].share, variance));
}

#[test]
fn late_entry_counts_from_the_entry() {
    // At 2 the first two are seen; the third enters at 3 and counts at 4 and later.
    let spell = |entry: f64, exit: f64, left| Spell { entry, exit, left };
    let spells = [
        spell(0.0, 2.0, true),
        spell(0.0, 5.0, true),
        spell(3.0, 4.0, true),
        spell(3.0, 6.0, false),
        spell(4.0, 6.0, false),
    ];
    let (_, curve) = product_limit(&spells, 1);
    let found: Vec<u64> = curve.iter().map(|point| point.at_risk).collect();
    assert_eq!(found, [2, 3, 3]);
    let shares: Vec<f64> = curve.iter().map(|point| point.share).collect();
    for (share, expected) in shares.iter().zip([0.5, 1.0 / 3.0, 2.0 / 9.0]) {
        assert!((share - expected).abs() < 1e-12);
    }
}

/// Contracts of which a share of `leave` ends each month; whoever ended before the last
/// month is not in the table.
fn snapshot(n: usize, leave: f64) -> (Vec<f64>, Vec<Option<bool>>) {
    let (mut tenure, mut left) = (Vec::new(), Vec::new());
    for i in 0..n {
        let age = 1 + (uniform(i, 1) * 36.0) as u32;
        let lasts = 1 + (libm::log(1.0 - uniform(i, 2)) / libm::log(1.0 - leave)) as u32;
        if lasts >= age {
            tenure.push(f64::from(age));
            left.push(Some(lasts == age));
        }
    }
    (tenure, left)
}

#[test]
fn a_declared_window_mends_the_snapshot() {
    let (tenure, left) = snapshot(40_000, 0.1);
    let table = table(vec![("tenure", Role::Number, tenure)], Some(left));
    let made = survival(&table, &window("1 month"), 10).unwrap();
    assert_eq!((made.unit.as_str(), made.left_aside), ("months", 0));
    // A tenth leaves each month: .9^6 = .531, .9^12 = .282.
    for (time, expected) in [(1.0, 0.9), (6.0, 0.531), (12.0, 0.282)] {
        let point = made.curve.iter().find(|point| point.time == time).unwrap();
        assert!((point.share - expected).abs() < 0.02, "{point:?}");
        assert!(point.low < expected && expected < point.high, "{point:?}");
    }
    assert_eq!(made.median, Some(7.0));
    let model = made.model.unwrap();
    assert!(model.remaining.iter().all(|at| (at.renewed - 0.9).abs() < 0.02), "{model:?}");
    assert!((model.expected[11] - 0.282).abs() < 0.02);
}

#[test]
fn dates_are_seen_from_the_start() {
    // Five hundred began 1,000 days ago and one in a thousand left each day.
    let n = 4000;
    let lasts = |i: usize| (-1000.0 * libm::log(1.0 - uniform(i, 3))).floor();
    let start = vec![1000.0; n];
    let end = (0..n).map(|i| if lasts(i) < 1000.0 { 1000.0 - lasts(i) } else { f64::NAN });
    let table = table(vec![("start", Role::Date, start), ("end", Role::Date, end.collect())], None);
    let made = survival(&table, &dates(), 10).unwrap();
    assert!(made.curve.len() <= POINTS && (made.median.unwrap() - 693.0).abs() < 50.0);
    let last = made.curve.last().unwrap();
    assert!((last.share - 0.368).abs() < 0.03 && last.time < 1000.0, "{last:?}");
    // .999 a day is .694 a year; contracts that are all alike leave a and b open.
    assert!((made.model.unwrap().expected[11] - 0.694).abs() < 0.03);
}

#[test]
fn what_is_not_drawn_says_why() {
    let (tenure, left) = snapshot(400, 0.1);
    let n = tenure.len();
    let whole = table(vec![("tenure", Role::Number, tenure.clone())], Some(left.clone()));
    let why = |table: &FeatureTable, params: &Params| survival(table, params, 10).unwrap_err();
    assert!(why(&whole, &Params::default()).contains("are not in the table"));
    let half = Params { end: None, ..dates() };
    assert!(why(&whole, &half).contains("belong together"));
    assert!(why(&whole, &dates()).contains("no used column"));
    let other = Params { tenure: Some("age".into()), ..window("1 month") };
    assert!(why(&whole, &other).contains("age"));
    let unlabelled = table(vec![("tenure", Role::Number, tenure.clone())], None);
    assert!(why(&unlabelled, &window("1 month")).contains("needs a label"));
    let stayed = table(vec![("tenure", Role::Number, tenure.clone())], Some(vec![Some(false); n]));
    assert!(why(&stayed, &window("1 month")).contains("fewer than 10"));
    let unnamed = table(vec![("months", Role::Number, tenure)], Some(left));
    assert!(why(&unnamed, &window("1 month")).contains("churn.tenure"));
}
