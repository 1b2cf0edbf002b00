//! The last run's forecasts beside what happened.
//!
//! Orders: this run's data shows every order since the last run's as-of day. Where less
//! than the horizon has passed, expected orders and value are taken in proportion to the
//! days that have, and the probability of no order as [`none_by`] says.
//! A label: of the customers whose outcome was open, those whose outcome is known now.

use super::kpi::unit;
use crate::day::Day;
use crate::orders::Histories;
use crate::results::{CalibrationBin, ForecastFacts, ForecastRow, Interval};
use crate::said::{Fact, Said, said};
use crate::stats::{calibration, wilson};

/// What the last run forecast, one entry per customer of it.
#[derive(Debug, Clone, Default)]
pub struct Forecasts {
    /// P(leaving); NaN where there was none.
    pub churn: Vec<f64>,
    /// Expected orders; NaN where there were none.
    pub orders: Vec<f64>,
    /// Expected value; NaN where there was none.
    pub value: Vec<f64>,
    /// Whether the outcome was open.
    pub open: Vec<bool>,
    /// The segment's id; 0 is none.
    pub segment: Vec<u32>,
}

/// What is known of the same customers now; `None` of those who are not in this run.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The row of each in this run.
    pub rows: &'a [Option<usize>],
    /// The orders of this run.
    pub orders: Option<&'a Histories>,
    /// What is left of a unit of money.
    pub margin: Option<f64>,
    /// The outcomes of this run.
    pub outcome: Option<&'a [Option<bool>]>,
    /// The last run's as-of day.
    pub from: Option<Day>,
    /// The horizon of the forecasts of orders.
    pub horizon_days: Option<u32>,
    /// Names of the segments then, by id.
    pub names: &'a [(u32, String)],
}

/// One customer: forecasts for the days that have passed, and the facts.
#[derive(Debug, Clone, Copy)]
struct Case {
    segment: u32,
    churn: Option<(f64, bool)>,
    orders: Option<(f64, f64)>,
    value: Option<(f64, f64)>,
}

/// Forecast and fact; or why there is nothing to compare.
///
/// # Errors
///
/// The reason, one sentence.
pub fn compare(forecasts: &Forecasts, known: &Known) -> Result<ForecastFacts, Said> {
    if let (Some(orders), Some(from), Some(horizon)) =
        (known.orders, known.from, known.horizon_days)
    {
        return of_orders(forecasts, known, orders, from, horizon);
    }
    if let Some(outcome) = known.outcome {
        return of_label(forecasts, known, outcome);
    }
    Err(said!("change-no-forecast"))
}

fn of_orders(
    forecasts: &Forecasts,
    known: &Known,
    orders: &Histories,
    from: Day,
    horizon: u32,
) -> Result<ForecastFacts, Said> {
    let start = from.since_epoch();
    let passed = (orders.as_of().since_epoch() - start).clamp(0, horizon.cast_signed());
    if passed == 0 {
        return Err(said!("change-no-day"));
    }
    let until = start + passed;
    let part = f64::from(passed) / f64::from(horizon);
    let unit = unit(orders);
    let some = |value: f64| (!value.is_nan()).then_some(value);
    let case = |at: usize| {
        // Whoever ordered before has orders in this data too, unless rules left them out.
        let row = known.rows[at]?;
        let inside = |day: &i32| *day > start && *day <= until;
        let n = orders.days(row).iter().filter(|day| inside(day)).count() as f64;
        let money = unit.zip(known.margin).map(|(unit, margin)| {
            let lines = orders.days(row).iter().zip(orders.amounts(row));
            let sum: i64 = lines.filter(|(day, _)| inside(day)).map(|(_, amount)| amount).sum();
            sum as f64 * unit * margin
        });
        Some(Case {
            segment: forecasts.segment[at],
            churn: some(forecasts.churn[at])
                .map(|p| (none_by(p, some(forecasts.orders[at]), part), n == 0.0)),
            orders: some(forecasts.orders[at]).map(|expected| (expected * part, n)),
            value: some(forecasts.value[at]).zip(money).map(|(value, money)| (value * part, money)),
        })
    };
    let cases: Vec<Case> = (0..forecasts.segment.len()).filter_map(case).collect();
    let lost = forecasts.segment.len() - cases.len();
    let complete = passed == horizon.cast_signed();
    let mut notes = vec![if complete {
        said!("change-all-days", horizon = horizon)
    } else {
        said!("change-some-days", passed = passed.unsigned_abs(), horizon = horizon)
    }];
    if lost > 0 {
        notes.push(said!("change-left-out", n = lost));
    }
    let note = said!("all-sentences", all = Fact::Sentences(notes));
    Ok(ForecastFacts {
        from: Some(from.to_string()),
        until: Day::from_epoch(until).ok().map(|day| day.to_string()),
        horizon_days: Some(horizon),
        observed_days: u32::try_from(passed).ok(),
        complete,
        rows: rows(&cases, known.names),
        calibration: bins(&cases),
        note: note.english(),
        said: Some(note),
    })
}

/// P(no order in the given part of the horizon) of a customer of whom P(no order in all of
/// it) and the expected orders are known: with the share `s` that has left already and
/// orders at a constant rate of `m` in the horizon of the others, `p = s + (1 - s) e^-m` and
/// `expected = (1 - s) m`. Where no such pair exists, or no orders are expected, nobody has
/// left: `p^part`.
#[must_use]
pub fn none_by(p: f64, expected: Option<f64>, part: f64) -> f64 {
    let steady = libm::pow(p, part);
    let Some(orders) = expected.filter(|orders| *orders > 0.0 && p < 1.0) else { return steady };
    if part >= 1.0 {
        return p;
    }
    // The share (1 - e^-m) / m falls with m; at m = orders nobody has left.
    let wanted = (1.0 - p) / orders;
    let share = |m: f64| -libm::expm1(-m) / m;
    if wanted >= share(orders) {
        return steady;
    }
    let (mut low, mut high) = (orders, 1.0 / wanted + 1.0);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if share(middle) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    let m = f64::midpoint(low, high);
    let stays = (orders / m).min(1.0);
    1.0 - stays + stays * libm::exp(-m * part)
}

fn of_label(
    forecasts: &Forecasts,
    known: &Known,
    outcome: &[Option<bool>],
) -> Result<ForecastFacts, Said> {
    let case = |at: usize| {
        let happened = outcome[known.rows[at]?]?;
        let p = forecasts.churn[at];
        (forecasts.open[at] && !p.is_nan()).then_some(Case {
            segment: forecasts.segment[at],
            churn: Some((p, happened)),
            orders: None,
            value: None,
        })
    };
    let cases: Vec<Case> = (0..forecasts.segment.len()).filter_map(case).collect();
    if cases.is_empty() {
        return Err(said!("change-none-known"));
    }
    let note = said!("change-known-now", n = cases.len());
    Ok(ForecastFacts {
        from: known.from.map(|day| day.to_string()),
        until: None,
        horizon_days: None,
        observed_days: None,
        complete: true,
        rows: rows(&cases, known.names),
        calibration: bins(&cases),
        note: note.english(),
        said: Some(note),
    })
}

/// All customers, then every segment.
fn rows(cases: &[Case], names: &[(u32, String)]) -> Vec<ForecastRow> {
    let all = std::iter::once((0, "All customers".to_owned()));
    all.chain(names.iter().cloned())
        .map(|(id, name)| {
            let own: Vec<Case> =
                cases.iter().copied().filter(|case| id == 0 || case.segment == id).collect();
            row(id, name, &own)
        })
        .collect()
}

fn row(segment_id: u32, segment: String, cases: &[Case]) -> ForecastRow {
    let churn: Vec<(f64, bool)> = cases.iter().filter_map(|case| case.churn).collect();
    let n = churn.len();
    let left = churn.iter().filter(|(_, left)| *left).count();
    let sums = |get: fn(&Case) -> Option<(f64, f64)>| {
        let known: Vec<(f64, f64)> = cases.iter().filter_map(get).collect();
        let add = |(a, b): (f64, f64), (c, d): &(f64, f64)| (a + c, b + d);
        (!known.is_empty()).then(|| known.iter().fold((0.0, 0.0), add))
    };
    let (orders, value) = (sums(|case| case.orders), sums(|case| case.value));
    let (low, high) = wilson(left, n);
    ForecastRow {
        segment_id,
        segment,
        customers: if n > 0 { n } else { cases.len() } as u64,
        churn_forecast: (n > 0).then(|| churn.iter().map(|(p, _)| p).sum::<f64>() / n as f64),
        churn_fact: (n > 0).then(|| Interval { value: left as f64 / n as f64, low, high }),
        orders_forecast: orders.map(|(expected, _)| expected),
        orders_fact: orders.map(|(_, fact)| fact),
        value_forecast: value.map(|(expected, _)| expected),
        value_fact: value.map(|(_, fact)| fact),
    }
}

fn bins(cases: &[Case]) -> Vec<CalibrationBin> {
    let (p, happened): (Vec<f64>, Vec<bool>) = cases.iter().filter_map(|case| case.churn).unzip();
    if p.is_empty() {
        return Vec::new();
    }
    calibration::table(&p, &happened)
        .into_iter()
        .map(|bin| {
            let (low, high) = wilson(bin.events, bin.n);
            CalibrationBin {
                n: bin.n as u64,
                predicted: bin.predicted,
                observed: bin.events as f64 / bin.n as f64,
                low,
                high,
            }
        })
        .collect()
}
