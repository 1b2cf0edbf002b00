//! The public CDNOW sample: 2,357 customers who first bought in the first quarter of 1997.

use std::collections::BTreeMap;

use crate::day::Day;
use crate::orders::{Histories, Record};
use crate::testing::real_data;

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// All orders to the end of June 1998, in cents.
pub(super) fn orders() -> Option<Histories> {
    let text = std::fs::read_to_string(real_data("cdnow/CDNOW_sample.txt")?).unwrap();
    let mut customers: BTreeMap<String, Vec<(i32, i64)>> = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [_, id, date, _, dollars] = cells[..] else { continue };
        let ordered = format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
        let cents = (dollars.parse::<f64>().unwrap() * 100.0).round() as i64;
        customers.entry(id.to_owned()).or_default().push((day(&ordered).since_epoch(), cents));
    }
    Some(histories(customers, "1998-06-30"))
}

/// Histories of orders by customer.
pub(super) fn histories(customers: BTreeMap<String, Vec<(i32, i64)>>, as_of: &str) -> Histories {
    let records = customers.into_iter().map(|(id, mut orders)| {
        orders.sort_unstable();
        let (days, amounts): (Vec<i32>, Vec<i64>) = orders.into_iter().unzip();
        let spend = amounts.iter().sum();
        Record { id, days, amounts, spend }
    });
    Histories::new(day(as_of), Some(2), records).unwrap()
}
