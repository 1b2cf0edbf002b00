//! What customers are expected to bring, and how the same forecast did before.

use serde::Serialize;

use crate::format;
use crate::results::Results;
use crate::results::value::{BackTestRow, SpendRow, ValueResults};
use crate::words::say;

/// What customers are expected to bring.
#[derive(Debug, Serialize)]
pub(super) struct ValueView {
    lead: String,
    repeat: Option<String>,
    /// What the same way of forecasting said of the held-out period, and what came.
    tried: Option<String>,
    /// The same by what customers had spent.
    by_spend: Vec<SpendLine>,
}

/// Customers who had spent about as much.
#[derive(Debug, Serialize)]
struct SpendLine {
    group: String,
    customers: String,
    spent: String,
    forecast: String,
    came: String,
    ratio: String,
}

impl ValueView {
    /// The value part of a run.
    pub(super) fn new(value: &ValueResults, results: &Results) -> Self {
        let currency = &results.heading.currency;
        let money = value.totals.expected_value.map(|money| format::money(money, currency));
        let retention = &value.retention;
        let used = value.back_test.rows.iter().find(|row| row.chosen);
        let groups = value.back_test.by_spend.iter().enumerate();
        Self {
            lead: say!(
                "value-lead",
                n = value.horizon_days,
                orders = format::decimal(value.totals.expected_orders, 0),
                money = money.unwrap_or_else(|| say!("value-not-known")),
            ),
            repeat: retention.repeat_rate.map(|share| {
                let share = format::percent(share);
                say!("value-repeat", share = share, n = retention.repeat_within_days)
            }),
            tried: used.and_then(|row| tried(row, value, currency)),
            by_spend: groups.map(|(at, row)| spend_line(at + 1, row, currency)).collect(),
        }
    }
}

/// The forecast of the held-out period beside what came: money or, without any, orders.
fn tried(row: &BackTestRow, value: &ValueResults, currency: &str) -> Option<String> {
    let money = row.revenue_predicted.zip(row.revenue_actual);
    let (id, forecast, fact) = if let Some((forecast, fact)) = money {
        ("value-tried", format::money(forecast, currency), format::money(fact, currency))
    } else {
        let orders = |n: f64| format::decimal(n, 0);
        ("value-tried-orders", orders(row.orders_predicted?), orders(row.orders_actual))
    };
    Some(say!(
        id,
        day = format::day(&value.back_test.cut_off),
        n = value.horizon_days,
        customers = value.back_test.customers,
        forecast = forecast,
        fact = fact,
    ))
}

fn spend_line(group: usize, row: &SpendRow, currency: &str) -> SpendLine {
    let money = |sum: f64| format::money(sum, currency);
    SpendLine {
        group: match group {
            1 => say!("spend-group-1"),
            2 => say!("spend-group-2"),
            3 => say!("spend-group-3"),
            4 => say!("spend-group-4"),
            _ => say!("spend-group-5"),
        },
        customers: format::count(row.customers),
        spent: money(row.spent),
        forecast: money(row.predicted),
        came: money(row.actual),
        ratio: row.ratio.map_or_else(|| "–".to_owned(), format::percent),
    }
}
