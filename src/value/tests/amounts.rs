//! What an order is expected to bring: by hand, against scikit-learn, and for customers of
//! little spend, whom a mean drawn to that of all promises too much.

use std::collections::BTreeMap;

use super::cdnow::{self, day, histories};
use super::real::{online_retail, task};
use crate::orders::Histories;
use crate::results::value::{AmountRow, SpendRow};
use crate::value::amount_regression::AmountRegression;
use crate::value::amounts::{AmountWay, Amounts, compare};
use crate::value::{Bought, Population, Summary, Task, forecast};

fn close(value: f64, expected: f64, within: f64) {
    assert!((value - expected).abs() <= within, "{value} is not {expected} within {within}");
}

/// `n` customers with orders ten days apart, of the amounts that `amount` gives them.
fn shop(n: i64, orders: i32, amount: impl Fn(i64, i64) -> i64) -> Histories {
    let one = |at: i64| {
        let bought = |order: i32| (10 * order, amount(at, i64::from(order)));
        (format!("{at:04}"), (0..orders).map(bought).collect())
    };
    histories((0..n).map(one).collect::<BTreeMap<_, _>>(), "1971-01-01")
}

fn summary(orders: &Histories) -> Summary {
    Summary::of(orders, day("1971-01-01"))
}

/// Where everybody spends the same each time the next order is as the last, whatever the
/// number of orders; where nothing distinguishes customers it is the mean of all.
#[test]
fn the_own_mean_counts_where_customers_differ() {
    let faithful = shop(200, 4, |at, _| 1_000 + 250 * at);
    let fit = AmountRegression::fit(&faithful, &summary(&faithful)).unwrap();
    for (mean, n) in [(12.0, 1), (30.0, 3), (500.0, 9)] {
        close(fit.expected(mean, n), mean, 0.02 * mean);
    }
    // Amounts of 5 to 35 as a lot falls, whoever orders.
    let turn = |at: i64, order: i64| (31 * at * at + 17 * order * order + 7 * at * order) % 101 % 4;
    let alike = shop(400, 4, |at, order| 500 + 1_000 * turn(at, order));
    let fit = AmountRegression::fit(&alike, &summary(&alike)).unwrap();
    for mean in [10.0, 30.0] {
        close(fit.expected(mean, 2), 20.0, 4.0);
    }
}

/// One sale of ten thousand times the usual raises what is expected of others by less than
/// a tenth; credibility, which knows no bound, gives everybody the mean of all.
#[test]
fn one_sale_does_not_decide_for_all() {
    let amount = |at: i64, order: i64| 2_000 + 100 * (at % 20) + 50 * ((at + order) % 3);
    let usual = shop(300, 3, amount);
    let one =
        |at: i64, order: i64| if (at, order) == (3, 2) { 20_000_000 } else { amount(at, order) };
    let odd = shop(300, 3, one);
    let before = AmountRegression::fit(&usual, &summary(&usual)).unwrap().expected(25.0, 2);
    let after = AmountRegression::fit(&odd, &summary(&odd)).unwrap().expected(25.0, 2);
    close(before, 25.0, 1.0);
    assert!(after >= before && after < 1.1 * before, "{before} {after}");
    let all = Amounts::new(&odd, &summary(&odd)).unwrap();
    assert!(all.expected(AmountWay::Credibility).unwrap()[0] > 5.0 * before);
    // Nor does one refund.
    let refund =
        |at: i64, order: i64| if (at, order) == (3, 2) { -5_000_000 } else { amount(at, order) };
    let back = shop(300, 3, refund);
    let after = AmountRegression::fit(&back, &summary(&back)).unwrap().expected(25.0, 2);
    assert!(after <= before && after > 0.9 * before, "{before} {after}");
}

#[test]
fn little_to_learn_from_leaves_the_means() {
    let few = shop(49, 3, |at, order| 1_000 + 10 * at + order);
    let all = Amounts::new(&few, &summary(&few)).unwrap();
    let why = all.expected(AmountWay::Regression).unwrap_err();
    assert!(why.contains("49 customers have ordered again"), "{why}");
    assert_eq!(all.expected(AmountWay::Own).unwrap().len(), 49);
    // Refunds alone, and nothing at all, end in a number.
    for amount in [-700, 0] {
        let odd = shop(80, 3, |_, _| amount);
        let all = Amounts::new(&odd, &summary(&odd)).unwrap();
        for way in AmountWay::ALL {
            let finite = |list: &[f64]| list.len() == 80 && list.iter().all(|v| v.is_finite());
            assert!(all.expected(way).map_or(true, finite), "{way:?}");
        }
    }
}

/// Who is right about what was spent wins, and a way that has nothing to say is passed by.
#[test]
fn amounts_are_judged_by_what_was_spent() {
    let orders = shop(300, 4, |at, _| 1_000 + 100 * at);
    let summary = summary(&orders);
    let places: Vec<usize> = (0..300).collect();
    let bought = |at: &usize| Bought { occasions: 2, money: 2 * (1_000 + 100 * *at as i64) };
    let bought: Vec<Bought> = places.iter().map(bought).collect();
    let all = Amounts::new(&orders, &summary).unwrap();
    let with =
        |bought: &[Bought], today: &Amounts| compare(&all, today, &summary, (&places, bought), 10);
    let (way, rows) = with(&bought, &all);
    let own = rows.iter().find(|row| row.model == "own mean").unwrap();
    close(own.deviance.unwrap(), 0.0, 1e-12);
    close(own.error.unwrap(), 0.0, 1e-12);
    let chosen: Vec<&AmountRow> = rows.iter().filter(|row| row.chosen).collect();
    assert!(chosen.len() == 1 && chosen[0].model == way.name(), "{rows:?}");
    assert!(chosen[0].deviance.unwrap() < 1e-12, "{rows:?}");
    // Nobody ordered: the first that can be used, and nothing is told.
    let none = vec![Bought::default(); 300];
    assert_eq!(with(&none, &all), (AmountWay::Regression, Vec::new()));
    // What cannot be used on the as-of day is not chosen.
    let few = orders.take(&(0..30).collect::<Vec<usize>>());
    let today = Amounts::new(&few, &Summary::of(&few, summary.cut_off)).unwrap();
    assert!(with(&none, &today).0 != AmountWay::Regression);
    let refused = with(&bought, &today).1;
    assert!(refused[0].refused.is_some() && refused[0].predicted.is_none(), "{refused:?}");
    // One customer makes the sum, and nine are too few.
    let mut one = bought.clone();
    one[7].money *= 100_000;
    assert_eq!(with(&one, &all).1, Vec::new());
    let nine: Vec<Bought> =
        (0..300).map(|at| if at < 9 { bought[at] } else { Bought::default() }).collect();
    assert_eq!(with(&nine, &all).1, Vec::new());
}

/// Coefficients of scikit-learn 1.9.1: `tests/oracles/amount_regression.py`.
#[test]
fn the_regression_is_that_of_scikit_learn() {
    let Some(orders) = cdnow::orders() else { return };
    let paid = |&at: &usize| orders.amounts(at).iter().all(|amount| *amount > 0);
    let some: Vec<usize> = (0..orders.n_customers()).filter(paid).collect();
    let orders = orders.take(&some);
    let fit = AmountRegression::fit(&orders, &Summary::of(&orders, orders.as_of())).unwrap();
    for (mean, n) in [(30.18, 1), (10.0, 1), (80.0, 2), (500.0, 7)] {
        let (level, few) = ((mean / 30.18_f64).ln(), 1.0 / (f64::from(n) + 1.0));
        let eta =
            0.058_869_95 + 0.917_065_45 * level + 0.206_552_14 * few - 1.025_774_85 * level * few;
        close(fit.expected(mean, n) / (30.18 * eta.exp()), 1.0, 1e-5);
    }
}

/// Forecast over fact of the groups, from those who had spent least.
fn ratios(rows: &[SpendRow]) -> Vec<f64> {
    rows.iter().filter_map(|row| row.ratio).collect()
}

/// Those who had spent least are promised about what they then bring: on CDNOW at most a
/// tenth more, on Online Retail, where more came than any forecast said, at most 1.5 times
/// as much as all.
#[test]
fn customers_of_little_spend_are_not_promised_more_than_they_bring() {
    let Some(orders) = cdnow::orders() else { return };
    let made = forecast(&task(&orders, 273, Population::All)).unwrap();
    let found = ratios(&made.results.back_test.by_spend);
    assert!(found.len() == 5 && found[0] < 1.1, "{found:?}");
    // A fifth is 471 customers.
    let few = Task { min_cell: 472, ..task(&orders, 273, Population::All) };
    assert!(forecast(&few).unwrap().results.back_test.by_spend.is_empty());
    let Some(orders) = online_retail() else { return };
    for days in [91, 124] {
        let made = forecast(&task(&orders, days, Population::Active)).unwrap();
        let test = &made.results.back_test;
        let used = test.rows.iter().find(|row| row.chosen).unwrap();
        let all = 1.0 + used.revenue_error.unwrap();
        let found = ratios(&test.by_spend);
        assert!(found.len() == 5 && found.iter().all(|ratio| *ratio < 1.5 * all), "{found:?}");
        let sum: f64 = test.by_spend.iter().map(|row| row.predicted).sum();
        assert!((sum - used.revenue_predicted.unwrap()).abs() < 1e-6 * sum);
        assert!(test.amounts.iter().any(|row| row.chosen && row.model.starts_with("regression")));
    }
}
