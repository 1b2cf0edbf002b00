//! What is expected of each customer over the horizon: who leaves, by the label or, in a
//! shop, by the orders; what the customer is worth; and what leaving puts at risk.

use super::job::{Event, Failure, Job, Observer};
use super::prepare::Prepared;
use crate::churn::{self, Fitted};
use crate::config::Checked;
use crate::finding::{Finding, Severity};
use crate::results::{ChurnResults, ValueStatus};
use crate::said::{Fact, facts};
use crate::seed::Seed;
use crate::table::Id;
use crate::value::{self, Forecast, Horizon, Margin, NoForecast, Task, Value};

/// One entry per customer.
#[derive(Debug, Default)]
pub(super) struct Outlook {
    /// P(leaving within the horizon); `None` where it is not known.
    pub probability: Option<Vec<f64>>,
    /// Customers who have lapsed: they have a probability, but can no more be lost.
    /// `None` where a label tells who has left.
    pub lapsed: Option<Vec<bool>>,
    /// Expected orders, where there are orders.
    pub expected_orders: Option<Vec<f64>>,
    /// Value over the horizon if the customer stays.
    pub if_kept: Option<Vec<f64>>,
    /// `if kept x (1 - probability)`.
    pub expected: Option<Vec<f64>>,
    /// `if kept - expected`, 0 for those who have left or lapsed.
    pub at_risk: Option<Vec<f64>>,
    /// How good the probabilities of a shop are.
    pub churn: Option<ChurnResults>,
    /// Why there are none.
    pub reason: Option<String>,
    /// The finished numbers of the forecast, where there are orders.
    pub value: Option<ValueStatus>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Brings together the label's probabilities, the value column and the orders.
///
/// # Errors
///
/// Under the gate, a horizon that is not over.
pub(super) fn outlook(
    prepared: &Prepared,
    checked: &Checked,
    job: &Job,
    value: Option<&Value>,
    fitted: &Fitted,
    observer: &dyn Observer,
) -> Result<Outlook, Failure> {
    let mut made = Outlook::default();
    let forecast = match forecast(prepared, checked, observer) {
        None => None,
        Some(Ok(forecast)) => Some(forecast),
        Some(Err(error)) => {
            refuse_unobserved(&error, job)?;
            let reason = error.to_string();
            let told = facts!(why = Fact::Phrase(reason.clone()));
            made.findings.push(Finding::new("no-forecast", Severity::Note, told));
            made.reason = Some(reason.clone());
            made.value = Some(ValueStatus::NotComputed { computed: false, reason });
            None
        }
    };
    made.if_kept = value.map(|value| value.if_kept.clone());
    if let Fitted::Computed(computed) = fitted {
        made.probability = Some(computed.probability.clone());
    }
    if let Some(forecast) = forecast {
        take_forecast(&mut made, forecast, prepared, checked, job);
    }
    risk(&mut made, prepared);
    Ok(made)
}

/// A horizon that is not over ends the run where the gate asks for it.
fn refuse_unobserved(error: &NoForecast, job: &Job) -> Result<(), Failure> {
    if job.gate && matches!(error, NoForecast::NotObserved { .. }) {
        return Err(Failure::refused(
            "E-STA-012",
            format!("leaving cannot be judged: {error}"),
            "set churn.cut-off earlier or value.horizon-days shorter, or run without --gate",
        ));
    }
    Ok(())
}

/// The forecast of the orders; `None` without orders.
fn forecast(
    prepared: &Prepared,
    checked: &Checked,
    observer: &dyn Observer,
) -> Option<Result<Forecast, NoForecast>> {
    let orders = &prepared.orders.as_ref()?.histories;
    observer.event(Event::stage("value", "forecasting orders"));
    let (churn, value) = (checked.churn.params(), checked.value.params());
    let task = Task {
        orders,
        horizon_days: match value.horizon_days {
            Horizon::Days(days) => Some(days),
            Horizon::Rule(_) => None,
        },
        cut_off: churn.cut_off,
        population: churn.population,
        inactive_days: churn.inactive_days,
        margin: match value.margin {
            Margin::Number(margin) => margin,
            // Asks for a value column, which then tells what customers are worth.
            Margin::Column(_) => 1.0,
        },
        min_cell: checked.config.report.min_cell,
    };
    Some(value::forecast(&task))
}

fn take_forecast(
    made: &mut Outlook,
    forecast: Forecast,
    prepared: &Prepared,
    checked: &Checked,
    job: &Job,
) {
    // Where a label tells who leaves, the orders tell the value alone.
    let is_shop = prepared.built.table.outcome().is_none();
    if is_shop {
        made.churn = churn::judged(
            &churn::HeldOut {
                probability: &forecast.evidence.no_order,
                outcomes: &forecast.evidence.none,
                model: &forecast.results.model,
                horizon_days: forecast.horizon_days,
                cut_off: &forecast.evidence.cut_off.to_string(),
                open: forecast.at_risk.iter().filter(|at_risk| **at_risk).count(),
            },
            &checked.churn,
            Seed::new(job.seed),
        );
        if made.churn.is_some() {
            made.probability = Some(forecast.no_order);
            made.lapsed = Some(forecast.at_risk.iter().map(|at_risk| !at_risk).collect());
        } else {
            let none = forecast.evidence.none.iter().any(|&none| none);
            let reason = if none {
                "in the held-out period no customer ordered, so there is nothing to tell apart"
            } else {
                "in the held-out period every customer ordered, so there is nothing to tell apart"
            };
            made.reason = Some(reason.to_owned());
        }
    }
    made.expected_orders = Some(forecast.expected_orders);
    if made.if_kept.is_none() {
        made.if_kept = forecast.if_kept;
    }
    made.findings.extend(forecast.findings);
    made.value = Some(ValueStatus::Computed(Box::new(forecast.results)));
}

/// Expected value and value at risk, where both parts are known.
fn risk(made: &mut Outlook, prepared: &Prepared) {
    let (Some(kept), Some(probability)) = (&made.if_kept, &made.probability) else { return };
    let outcome = prepared.built.table.outcome();
    let expected: Vec<f64> =
        kept.iter().zip(probability).map(|(&kept, &p)| value::expected(kept, p)).collect();
    let at_risk = (0..kept.len())
        .map(|row| {
            let known = outcome.and_then(|outcome| outcome.values[row]);
            let lapsed = made.lapsed.as_ref().is_some_and(|lapsed| lapsed[row]);
            value::at_risk(kept[row], expected[row], if lapsed { Some(true) } else { known })
        })
        .collect();
    made.expected = Some(expected);
    made.at_risk = Some(at_risk);
}

impl Outlook {
    /// The probabilities of those who can be lost; NaN for the lapsed.
    pub(super) fn at_stake(&self) -> Option<Vec<f64>> {
        let probability = self.probability.as_ref()?;
        let lapsed = |row: usize| self.lapsed.as_ref().is_some_and(|lapsed| lapsed[row]);
        let one = |(row, &p): (usize, &f64)| if lapsed(row) { f64::NAN } else { p };
        Some(probability.iter().enumerate().map(one).collect())
    }

    /// The tenth each belongs to by probability, 1 = highest; 0 for the lapsed.
    pub(super) fn deciles(&self, ids: &[Id]) -> Option<Vec<u8>> {
        let at_stake = self.at_stake()?;
        let rows: Vec<usize> = (0..at_stake.len()).filter(|&row| !at_stake[row].is_nan()).collect();
        let p: Vec<f64> = rows.iter().map(|&row| at_stake[row]).collect();
        let names: Vec<Id> = rows.iter().map(|&row| ids[row].clone()).collect();
        let mut deciles = vec![0; at_stake.len()];
        for (row, decile) in rows.into_iter().zip(churn::deciles(&p, &names)) {
            deciles[row] = decile;
        }
        Some(deciles)
    }
}
