//! Tests of the rules: cases worked by hand, bases at the edge, frozen cuts.

mod frozen;

mod method;
mod real;

use super::*;
use crate::cluster::{Method, Params};
use crate::day::Day;
use crate::fault::Fault;
use crate::orders::Record;

/// Histories of customers called a, b, c, ..: the days of the orders and their amounts.
pub(super) fn histories(as_of: i32, customers: &[(&[i32], &[i64])]) -> Histories {
    let records = customers.iter().enumerate().map(|(at, &(days, amounts))| Record {
        id: format!("{at:06}"),
        days: days.into(),
        amounts: amounts.into(),
        spend: amounts.iter().sum(),
    });
    Histories::new(Day::from_epoch(as_of).unwrap(), Some(2), records).unwrap()
}

/// The same without money.
fn without_money(as_of: i32, customers: &[&[i32]]) -> Histories {
    let records = customers.iter().enumerate().map(|(at, &days)| Record {
        id: format!("{at:06}"),
        days: days.into(),
        amounts: Vec::new(),
        spend: 0,
    });
    Histories::new(Day::from_epoch(as_of).unwrap(), None, records).unwrap()
}

fn checked() -> Checked {
    Params::default().check().unwrap()
}

fn classes(labels: &RuleLabels) -> Vec<&str> {
    labels.codes().iter().map(|code| labels.names()[usize::from(code.unwrap())].as_str()).collect()
}

/// Five customers on day 100. Gaps of the base: 10, 10, 10 (a), 20, 20 (b), 30 (c); their
/// median is (10 + 20) / 2 = 15.
fn five() -> Histories {
    histories(
        100,
        &[
            (&[60, 70, 80, 90], &[100, 100, 100, 100]),
            (&[20, 40, 60], &[1000, 1000, 1000]),
            (&[65, 95], &[200, 300]),
            (&[90], &[50]),
            (&[5], &[5000]),
        ],
    )
}

#[test]
fn u_by_hand() {
    let histories = five();
    let rhythm = Rhythm::of(&histories);
    assert_eq!((rhythm.n_gaps(), rhythm.median_days()), (6, Some(15.0)));
    let u: Vec<f64> = beats(&histories, &rhythm).iter().map(|beat| beat.u).collect();
    // a: own gap (30 + 30) / 5 = 12, so gaps are scaled by 12/15: 8, 8, 8, 16, 16, 24
    //    against 10 days of silence: 3 of 6.
    // b: own (40 + 30) / 4 = 17.5; 10 -> 11.7, 20 -> 23.3, 30 -> 35 against 40: none.
    // c: own (30 + 30) / 3 = 20; 10 -> 13.3, 20 -> 26.7, 30 -> 40 against 5: all.
    // d: own 15; against 10 days: 10 is not longer, so 3 of 6. e: against 95: none.
    assert_eq!(u, [0.5, 0.0, 1.0, 0.5, 0.0]);
}

#[test]
fn lifecycle_and_loyalty_by_hand() {
    let made = segment(&five(), &checked(), &Extra::default()).unwrap();
    let lifecycle = made.lifecycle.unwrap();
    assert_eq!(classes(&lifecycle), ["regular", "gone", "second", "first order", "gone"]);
    assert_eq!(lifecycle.counts(), [1, 1, 1, 0, 2]);
    // d is new: the first order lies 10 days back, and the middle gap is 15. The rest are
    // a with 4 orders in 40 days and c with 2 in 35: the median lies between them.
    let loyalty = made.loyalty.unwrap();
    assert_eq!(classes(&loyalty), ["loyal", "lapsed", "occasional", "new", "lapsed"]);
    assert!(
        loyalty.definition().english().contains("2 × 15"),
        "{}",
        loyalty.definition().english()
    );
    assert!(
        loyalty.definition().english().contains("u below 5%"),
        "{}",
        loyalty.definition().english()
    );
}

#[test]
fn slowing_and_at_risk_lie_between_the_cuts() {
    // Ten gaps of 10 and one of 100: the median is 10. The last customer, with one order,
    // has u = 1/11 = .09 after 50 days of silence.
    let monthly: Vec<i32> = (0..=10).map(|i| i * 10).collect();
    let amounts = vec![1_i64; 11];
    let histories = histories(100, &[(&monthly, &amounts), (&[0, 100], &[1, 1]), (&[50], &[1])]);
    let made = segment(&histories, &checked(), &Extra::default()).unwrap();
    assert_eq!(classes(&made.lifecycle.unwrap())[2], "slowing");
    assert_eq!(classes(&made.loyalty.unwrap())[2], "at risk");
    let params = Params { loyalty_cuts: [0.05, 0.01], ..Params::default() };
    let made = segment(&histories, &params.check().unwrap(), &Extra::default()).unwrap();
    assert_eq!(classes(&made.lifecycle.unwrap())[2], "first order");
}

#[test]
fn engagement_or_feedback_in_the_upper_half_is_needed_where_known() {
    let nan = f64::NAN;
    // Four customers who are alike, all in the rest.
    let days: &[i32] = &[0, 10, 20, 30, 40];
    let amounts: &[i64] = &[1; 5];
    let histories = histories(41, &[(days, amounts); 4]);
    let label = |engagement: Option<&[f64]>, feedback: Option<&[f64]>| {
        let extra = Extra { engagement, feedback, ..Extra::default() };
        let made = segment(&histories, &checked(), &extra).unwrap().loyalty.unwrap();
        classes(&made).iter().map(|class| &class[..1]).collect::<String>()
    };
    assert_eq!(label(None, None), "llll");
    // Median 2: whoever is at it belongs to the upper half.
    assert_eq!(label(Some(&[1.0, 2.0, 3.0, nan]), None), "olll");
    assert_eq!(label(Some(&[1.0, 2.0, 3.0, nan]), Some(&[9.0, 1.0, 1.0, 0.0])), "lllo");
    assert_eq!(label(Some(&[nan; 4]), None), "llll");
}

#[test]
fn one_order_is_no_loyalty() {
    // The customer with one order 20 days ago has more orders per month than the others,
    // who order every 30 days since long ago.
    let days: Vec<i32> = (0..40).map(|i| i * 30).collect();
    let amounts = vec![1_i64; 40];
    let mut many = vec![(days.as_slice(), amounts.as_slice()); 3];
    many.push((&[1140], &[1]));
    let histories = histories(1171, &many);
    let beats = beats(&histories, &Rhythm::of(&histories));
    assert!(!beats[3].is_recent && beats[3].u < 0.2);
    let made = segment(&histories, &checked(), &Extra::default()).unwrap();
    assert_eq!(classes(&made.loyalty.unwrap())[..3], ["loyal"; 3]);
    let lone = LoyaltyCuts {
        rhythm: Rhythm::default(),
        shares: [0.2, 0.05],
        orders_per_month: Some(0.0),
        engagement: None,
        feedback: None,
    };
    let beat = Beat { orders: 1, u: 1.0, orders_per_month: 9.0, is_recent: false };
    assert_eq!(lone.codes(&[beat], &Extra::default()), [Some(2)]);
}

#[test]
fn a_base_without_second_order_knows_no_rhythm() {
    let histories = histories(1000, &[(&[0], &[1]), (&[999, 999], &[1, 1]), (&[1000], &[1])]);
    let made = segment(&histories, &checked(), &Extra::default()).unwrap();
    assert_eq!(
        classes(made.get(Rule::Lifecycle).unwrap()),
        ["first order", "second", "first order"]
    );
    assert_eq!(classes(made.get(Rule::Loyalty).unwrap()), ["new"; 3]);
    assert!(made.findings.iter().any(|finding| finding.code == "no-second-order"));
}

#[test]
fn nobody_one_customer_and_all_on_one_day_are_defined() {
    let nobody = histories(10, &[]);
    let made = segment(&nobody, &checked(), &Extra::default()).unwrap();
    assert!(made.all().all(|labels| labels.codes().is_empty()));
    assert_eq!(made.all().count(), 5);

    let one = histories(10, &[(&[10], &[7])]);
    let made = segment(&one, &checked(), &Extra::default()).unwrap();
    let texts: Vec<Option<String>> = made.all().map(|labels| labels.text(0)).collect();
    let texts: Vec<&str> = texts.iter().map(|text| text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["first order", "new", "occasional", "A", "511 New customers"]);

    let same = histories(10, &[(&[10], &[7]), (&[10], &[7]), (&[10], &[7])]);
    let made = segment(&same, &checked(), &Extra::default()).unwrap();
    for labels in made.all().filter(|labels| labels.rule() != Rule::Abc) {
        assert!(labels.codes().iter().all(|code| *code == labels.codes()[0]), "{labels:?}");
    }
}

#[test]
fn money_that_was_given_back_is_worth_nothing() {
    let made = segment(
        &histories(10, &[(&[1], &[-500]), (&[2], &[500]), (&[3], &[0])]),
        &checked(),
        &Extra::default(),
    )
    .unwrap();
    assert_eq!(classes(&made.abc.unwrap()), ["C", "A", "C"]);
    assert_eq!(made.concentration.unwrap().without_value(), 2);
    assert!(made.findings.iter().any(|finding| finding.code == "abc-last-class"));
}

#[test]
fn abc_by_two_measures_is_two_letters() {
    let params = Params { abc_by: vec![AbcBy::Value, AbcBy::Orders], ..Params::default() };
    let histories =
        histories(9, &[(&[1], &[9_000]), (&[1, 2, 3, 4, 5, 6, 7, 8, 9], &[1; 9]), (&[3], &[500])]);
    let made = segment(&histories, &params.check().unwrap(), &Extra::default()).unwrap();
    // Value 9000, 9, 500 of 9509: A, C, B. Orders 1, 9, 1 of 11: 9 bring 82 %; then the
    // first of the two alike brings it to 91 % and the second to 100 %: B and B.
    let abc = made.abc.unwrap();
    assert_eq!(classes(&abc), ["AB", "CA", "BB"]);
    assert_eq!(abc.names().len(), 9);
}

#[test]
fn shoppers_by_hand() {
    // On day 100: five orders in 100 days (1.5 a month), two in 100 (0.6), three single
    // orders at day 0 (0.3 a month). Two thirds lie at 0.3 + 2/3 of the way to 0.6.
    let histories = histories(
        100,
        &[
            (&[0, 20, 40, 60, 80], &[10, 10, 10, 10, 10]),
            (&[0, 50], &[5000, 5000]),
            (&[0], &[4000]),
            (&[0], &[4000]),
            (&[0], &[4000]),
        ],
    );
    let made = segment(&histories, &checked(), &Extra::default()).unwrap().shopper.unwrap();
    let names = ["frequent", "frequent", "occasional", "occasional", "occasional"];
    assert_eq!(classes(&made), names);
    // Where discounts are known, who buys by them is a budget shopper before all else.
    let shares = [0.9, 0.1, 0.0, 0.0, f64::NAN];
    let extra = Extra { discount_share: Some(&shares), ..Extra::default() };
    let made = segment(&histories, &checked(), &extra).unwrap().shopper.unwrap();
    let names = ["budget", "frequent", "occasional", "occasional", "occasional"];
    assert_eq!(classes(&made), names);
    assert!(
        made.definition().english().contains("discount share above 0"),
        "{}",
        made.definition().english()
    );
}

#[test]
fn a_small_average_order_makes_a_budget_shopper() {
    let histories =
        histories(100, &[(&[0], &[100]), (&[0], &[1000]), (&[0], &[1000]), (&[0], &[1000])]);
    let made = segment(&histories, &checked(), &Extra::default()).unwrap().shopper.unwrap();
    // The lower quartile of 1, 10, 10, 10 is 7.75.
    assert_eq!(classes(&made), ["budget", "occasional", "occasional", "occasional"]);
    assert!(made.definition().english().contains("below 7.75"), "{}", made.definition().english());
}

#[test]
fn orders_without_money_are_scored_by_two() {
    let histories = without_money(100, &[&[1], &[50, 60], &[60, 70, 80, 90, 100]]);
    let params = Params { rfm_bins: 3, ..Params::default() };
    let params = params.check().unwrap();
    let made = segment(&histories, &params, &Extra::default()).unwrap();
    let rfm = made.get(Rule::Rfm).unwrap();
    assert_eq!(rfm.text(2).unwrap(), "33 Champions");
    assert_eq!(rfm.scores()[0], [1, 1, 0]);
    assert!(made.abc.is_none());
    assert_eq!(made.wanted(Rule::Abc).unwrap_err().code(), "E-FIT-021");
    // With a value from elsewhere there is ABC, too.
    let extra = Extra { value: Some(&[6.0, 90.0, 4.0]), ..Extra::default() };
    let made = segment(&histories, &params, &extra).unwrap();
    assert_eq!(classes(&made.abc.unwrap()), ["B", "A", "C"]);
}

#[test]
fn own_edges_and_ten_bins_are_taken() {
    let histories = histories(
        100,
        &[(&[0], &[10_000]), (&[69], &[10_001]), (&[70], &[25_000]), (&[99, 100], &[1, 1])],
    );
    let params = Params {
        rfm_edges: RfmEdges {
            days_since_last: vec![30.0, 90.0],
            orders: vec![2.0],
            spend: vec![100.01, 250.0],
        },
        ..Params::default()
    };
    let made = segment(&histories, &params.check().unwrap(), &Extra::default()).unwrap();
    // 100, 31, 30 and 0 days: 30 begins the second bin.
    let scores = made.get(Rule::Rfm).unwrap().scores().to_vec();
    assert_eq!(scores, [[1, 1, 1], [2, 1, 2], [2, 1, 3], [3, 2, 1]]);
    let params = Params { rfm_bins: 10, ..Params::default() };
    let made = segment(&histories, &params.check().unwrap(), &Extra::default()).unwrap();
    assert!(made.rfm.unwrap().text(3).unwrap().starts_with("10-"));
}

#[test]
fn the_value_risk_grid_by_hand() {
    let value = [90.0, 6.0, 4.0, f64::NAN, 0.0];
    let churn = [0.1, 0.2, 0.9, 0.5, f64::NAN];
    let extra = Extra { value: Some(&value), churn: Some(&churn), ..Extra::default() };
    let made = segment_table(5, &checked(), &extra).unwrap();
    // Known probabilities .1, .2, .5, .9: the median is .35, the 80 % point .66.
    let value_risk = made.value_risk.unwrap();
    let texts = value_risk.texts(0..value_risk.codes().len());
    let texts: Vec<&str> = texts.iter().map(|text| text.as_deref().unwrap_or("-")).collect();
    assert_eq!(texts, ["A, low risk", "B, low risk", "C, high risk", "-", "-"]);
    let alike = Extra { churn: Some(&[0.9; 5]), ..extra };
    let made = segment_table(5, &checked(), &alike).unwrap().value_risk.unwrap();
    assert_eq!(made.text(0).unwrap(), "A, low risk");
    assert!(segment_table(5, &checked(), &Extra::default()).unwrap().value_risk.is_none());
}

#[test]
fn lists_of_another_length_are_refused() {
    let extra = Extra { value: Some(&[1.0]), ..Extra::default() };
    let error = segment(&five(), &checked(), &extra).unwrap_err();
    assert_eq!(error.to_string(), "value has 1 entries but there are 5 customers");
}

/// A base with ties, long and short rhythms, refunds: from a fixed recurrence.
pub(super) fn varied(n: usize, as_of: i32) -> Histories {
    let mut state = 1_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let records = (0..n).map(|at| {
        let orders = 1 + draw(8) * draw(2) + draw(3);
        let pace = 1 + draw(60);
        let mut days: Vec<i32> = (0..orders).map(|i| (i * pace + draw(9)) as i32).collect();
        let shift = draw(300) as i32;
        for day in &mut days {
            *day = (*day + shift).min(as_of);
        }
        days.sort_unstable();
        let amounts: Vec<i64> = days.iter().map(|_| draw(9000) as i64 - 300).collect();
        Record { id: format!("{at:07}"), spend: amounts.iter().sum(), days, amounts }
    });
    Histories::new(Day::from_epoch(as_of).unwrap(), Some(2), records).unwrap()
}
