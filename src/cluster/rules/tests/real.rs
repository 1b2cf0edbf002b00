//! The order table of R's `rfm` package, where it is at hand: scores against an
//! independent implementation of its rule.
//!
//! Recipe: `tests/oracles/rfm_reference.py`, pandas 3.1.1. The table stays outside; what is
//! kept here is a checksum over the scores of all customers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::*;

/// The orders by customer: day and whole amount; `None` where the table is absent, which
/// is a failure under `KOHORT_REAL_DATA=required`.
fn orders() -> Option<BTreeMap<String, Vec<(i32, i64)>>> {
    let file = crate::testing::real_data("rfm_reference/rfm_data_orders.csv")?;
    let text = std::fs::read_to_string(file).unwrap();
    let mut customers: BTreeMap<String, Vec<(i32, i64)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let day: Day = cells[1].parse().unwrap();
        let order = (day.since_epoch(), cells[2].parse().unwrap());
        customers.entry(cells[0].to_owned()).or_default().push(order);
    }
    for orders in customers.values_mut() {
        orders.sort_unstable();
    }
    Some(customers)
}

/// The histories at the end of 2006; `by_day` makes one order of what was bought on a day.
fn at_the_end(customers: &BTreeMap<String, Vec<(i32, i64)>>, by_day: bool) -> Histories {
    let records = customers.iter().map(|(id, orders)| {
        let mut days: Vec<i32> = Vec::new();
        let mut amounts: Vec<i64> = Vec::new();
        for &(day, amount) in orders {
            match amounts.last_mut() {
                Some(last) if by_day && days.last() == Some(&day) => *last += amount,
                _ => {
                    days.push(day);
                    amounts.push(amount);
                }
            }
        }
        Record { id: id.clone(), spend: amounts.iter().sum(), days, amounts }
    });
    Histories::new("2006-12-31".parse().unwrap(), Some(0), records).unwrap()
}

/// The checksum over `id,r,f,m`, and customers per score.
fn summary(histories: &Histories) -> (String, [[usize; 5]; 3]) {
    let made = segment(histories, &checked(), &Extra::default()).unwrap();
    let rfm = made.rfm.unwrap();
    let mut counts = [[0; 5]; 3];
    let mut lines = String::new();
    for (id, scores) in histories.ids().iter().zip(rfm.scores()) {
        let [r, f, m] = scores.map(usize::from);
        writeln!(lines, "{id},{r},{f},{m}").unwrap();
        for (counts, score) in counts.iter_mut().zip([r, f, m]) {
            counts[score - 1] += 1;
        }
    }
    let mut checksum = String::new();
    for byte in Sha256::digest(lines.as_bytes()) {
        write!(checksum, "{byte:02x}").unwrap();
    }
    (checksum, counts)
}

#[test]
fn rfm_scores_equal_the_rule_of_r_for_all_995_customers() {
    let Some(customers) = orders() else { return };
    assert_eq!(customers.len(), 995);
    let (checksum, counts) = summary(&at_the_end(&customers, false));
    let r = [197, 200, 199, 199, 200];
    assert_eq!(counts, [r, [268, 187, 176, 244, 120], [200, 200, 198, 202, 195]]);
    assert_eq!(checksum, "c660b406343374cb127f244d035d2ab75fe613e22e839dcb76c07e4df668ff84");
}

#[test]
fn an_order_a_day_changes_the_scores_of_those_who_ordered_twice_a_day_alone() {
    let Some(customers) = orders() else { return };
    let (checksum, _) = summary(&at_the_end(&customers, true));
    assert_eq!(checksum, "c562ceff61aaf41080f8582c82fa9d021f57801d59633247953345bc263184c6");
}
