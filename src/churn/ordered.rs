//! Columns of which the config asks that more never lowers, or never raises, the
//! probability.

use super::Checked;
use super::boost::Order;
use super::crossfit::Known;
use crate::finding::{Finding, Severity};
use crate::said::facts;
use crate::table::{Column, FeatureTable, Values};

/// What more of each column may do; empty where nothing is asked of any.
pub(super) fn orders(table: &FeatureTable, columns: &[usize], params: &Checked) -> Vec<Order> {
    let (rising, falling) = (&params.params().increasing, &params.params().decreasing);
    let order = |&column: &usize| match &table.columns()[column] {
        Column { name, values: Values::Number(_), .. } if rising.contains(name) => Order::Rising,
        Column { name, values: Values::Number(_), .. } if falling.contains(name) => Order::Falling,
        _ => Order::Any,
    };
    let orders: Vec<Order> = columns.iter().map(order).collect();
    if orders.iter().all(|order| *order == Order::Any) { Vec::new() } else { orders }
}

/// Names of which an order is asked that no column of numbers in use has.
pub(super) fn unkept(known: &Known, params: &Checked) -> Vec<Finding> {
    let lists =
        [("increasing", &params.params().increasing), ("decreasing", &params.params().decreasing)];
    let is_number = |name: &str| {
        let found = known.table.column(name);
        found.is_some_and(|(at, column)| {
            known.columns.contains(&at) && matches!(column.values, Values::Number(_))
        })
    };
    let mut findings = Vec::new();
    for (key, list) in lists {
        for name in list.iter().filter(|name| !is_number(name)) {
            let told = facts!(key = key, name = name);
            let finding = Finding::new("unknown-column_numbers", Severity::Warning, told);
            findings.push(finding.column(name));
        }
    }
    findings
}
