//! Expected profit against the number of customers contacted.
//!
//! Of `n` customers on the list, highest probability first, the hold-out share is left
//! alone. Each of the others costs the contact; those who would have left (`e` of the `n`,
//! by what happened) are kept with the save rate and are then worth the saved value:
//! `(1 - hold-out) x (e x save-rate x saved-value - n x contact-cost)`.
//!
//! Nothing is assumed: without a cost, a value and a rate there is no profit. Whether a
//! contact keeps anybody is not known from this table; the hold-out of a real campaign
//! measures it, and the measured rate belongs in the config.
//!
//! # References
//!
//! Neslin, Gupta, Kamakura, Lu, Mason (2006), Defection detection, Journal of Marketing
//! Research 43(2), equation 1; Ascarza (2018), Retention futility, Journal of Marketing
//! Research 55(1) (those at risk are not those who can be saved).

use super::params::Params;
use crate::results::{Profit, ProfitPoint};
use crate::stats::{number, wilson};

/// The three figures that profit needs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Case {
    cost: f64,
    value: f64,
    rate: f64,
    hold_out: f64,
}

/// The profit, or why there is none. `p` and `outcomes` are of customers whose outcome is
/// known, `p` out of fold.
pub(super) fn profit(p: &[f64], outcomes: &[bool], params: &Params) -> Result<Profit, String> {
    let given = [
        ("contact-cost", params.contact_cost),
        ("saved-value", params.saved_value),
        ("save-rate", params.save_rate),
    ];
    let missing: Vec<String> = given
        .iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| format!("churn.{key}"))
        .collect();
    let [(_, Some(cost)), (_, Some(value)), (_, Some(rate))] = given else {
        let is = if missing.len() == 1 { "is" } else { "are" };
        return Err(format!("{} {is} not given", missing.join(", ")));
    };
    let case = Case { cost, value, rate, hold_out: params.hold_out };
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
    let sums = Sums::of(&order, p, outcomes);
    let curve: Vec<ProfitPoint> =
        (0..=100).map(|percent| point(case, &sums, f64::from(percent) / 100.0)).collect();
    let best =
        curve.iter().fold(curve[0], |best, at| if at.profit > best.profit { *at } else { best });
    let saved = rate * value;
    Ok(Profit {
        contact_cost: cost,
        saved_value: value,
        save_rate: rate,
        hold_out: params.hold_out,
        break_even: (saved > 0.0 && cost <= saved).then(|| cost / saved),
        best_share: best.share,
        best,
        at_budget: point(case, &sums, params.contact_budget),
        curve,
    })
}

/// Running sums of those with the outcome, and of the probabilities; ties share theirs, so
/// that the order of equal customers does not matter.
struct Sums {
    events: Vec<f64>,
    predicted: Vec<f64>,
}

impl Sums {
    fn of(order: &[usize], p: &[f64], outcomes: &[bool]) -> Self {
        let (mut events, mut predicted) = (vec![0.0], vec![0.0]);
        let mut start = 0;
        while start < order.len() {
            let value = p[order[start]];
            let ties = order[start..].iter().take_while(|&&i| p[i].total_cmp(&value).is_eq());
            let ties: Vec<usize> = ties.copied().collect();
            let inside = number(ties.iter().filter(|&&i| outcomes[i]).count());
            let (before, sum) = (events[start], predicted[start]);
            for k in 1..=ties.len() {
                events.push(before + inside * number(k) / number(ties.len()));
                predicted.push(sum + value * number(k));
            }
            start += ties.len();
        }
        Self { events, predicted }
    }
}

fn point(case: Case, sums: &Sums, share: f64) -> ProfitPoint {
    let all = sums.events.len() - 1;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count is a count"
    )]
    let n = ((number(all) * share).round() as usize).min(all);
    let of = |events: f64| {
        (1.0 - case.hold_out) * (events * case.rate * case.value - number(n) * case.cost)
    };
    let events = sums.events[n];
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count, up to ties"
    )]
    let (low, high) = wilson(events.round() as usize, n);
    let (low, high) = if n == 0 { (0.0, 0.0) } else { (low, high) };
    let customers = n as u64;
    ProfitPoint {
        share,
        customers,
        profit: of(events),
        low: of(low * number(n)),
        high: of(high * number(n)),
        predicted: of(sums.predicted[n]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(cost: f64, value: f64, rate: f64) -> Params {
        Params {
            contact_cost: Some(cost),
            saved_value: Some(value),
            save_rate: Some(rate),
            hold_out: 0.0,
            contact_budget: 0.3,
            ..Params::default()
        }
    }

    #[test]
    fn a_case_by_hand() {
        // Ten customers; three leave, at ranks 1, 2 and 4. Contact 5, worth 100 of which
        // .2 are kept: a leaver brings 20. Ranks: 15, 30, 25, 40, 35, ..
        let p: Vec<f64> = (0..10).map(|i| 0.95 - 0.1 * f64::from(i)).collect();
        let outcomes: Vec<bool> = (0..10).map(|i| [0, 1, 3].contains(&i)).collect();
        let made = profit(&p, &outcomes, &given(5.0, 100.0, 0.2)).unwrap();
        let at = |percent: usize| made.curve[percent].profit;
        for (percent, expected) in
            [(0, 0.0), (10, 15.0), (20, 30.0), (30, 25.0), (40, 40.0), (50, 35.0), (100, 10.0)]
        {
            assert!((at(percent) - expected).abs() < 1e-9, "{percent}");
        }
        assert!((made.best_share - 0.4).abs() < 0.06 && (made.best.profit - 40.0).abs() < 1e-9);
        assert_eq!((made.at_budget.customers, made.break_even), (3, Some(0.25)));
        assert!((made.at_budget.predicted - (0.95 + 0.85 + 0.75) * 20.0 + 15.0).abs() < 1e-9);
        assert!(made.at_budget.low < made.at_budget.profit);
        assert!(made.at_budget.profit < made.at_budget.high);
        // A third held out: a third less of everything, and the same best cut.
        let held = Params { hold_out: 1.0 / 3.0, ..given(5.0, 100.0, 0.2) };
        let held = profit(&p, &outcomes, &held).unwrap();
        assert!((held.best.profit - 40.0 * 2.0 / 3.0).abs() < 1e-9);
        assert!((held.best_share - made.best_share).abs() < 1e-12);
    }

    #[test]
    fn without_a_figure_there_is_no_profit() {
        let none = profit(&[0.5; 4], &[true, false, true, false], &Params::default());
        let all = "churn.contact-cost, churn.saved-value, churn.save-rate are not given";
        assert_eq!(none.unwrap_err(), all);
        let one = Params { save_rate: None, ..given(5.0, 100.0, 0.2) };
        let one = profit(&[0.5; 4], &[true, false, true, false], &one);
        assert_eq!(one.unwrap_err(), "churn.save-rate is not given");
    }

    #[test]
    fn where_no_contact_pays_nobody_is_the_best() {
        let made = profit(&[0.5; 4], &[true, false, true, false], &given(50.0, 100.0, 0.2));
        let made = made.unwrap();
        assert_eq!((made.best_share, made.best.profit, made.break_even), (0.0, 0.0, None));
        // Equal customers bring the same whatever their order.
        assert!((made.curve[25].profit - (0.5 * 20.0 - 50.0)).abs() < 1e-9);
    }
}
