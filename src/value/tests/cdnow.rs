//! CDNOW.
use super::super::*;
use crate::orders::{Histories, Record};
use crate::day::Day;
use crate::testing::real_data;
use std::collections::BTreeMap;

pub(super) fn cdnow() -> Option<Histories> {
    let text = std::fs::read_to_string(real_data("cdnow/CDNOW_sample.txt")?).unwrap();
    let mut by: BTreeMap<String, Vec<(i32, i64)>> = BTreeMap::new();
    for line in text.lines() {
        let p: Vec<&str> = line.split_whitespace().collect();
        if p.len() < 5 { continue; }
        let d = p[2];
        let day = Day::from_civil(d[..4].parse().unwrap(), d[4..6].parse().unwrap(), d[6..].parse().unwrap()).unwrap();
        let cents = (p[4].parse::<f64>().unwrap() * 100.0).round() as i64;
        by.entry(p[1].to_owned()).or_default().push((day.since_epoch(), cents));
    }
    let records = by.into_iter().map(|(id, mut o)| {
        o.sort_unstable();
        Record { id, days: o.iter().map(|o| o.0).collect(), amounts: o.iter().map(|o| o.1).collect(), spend: o.iter().map(|o| o.1).sum() }
    });
    Some(Histories::new("1998-06-30".parse().unwrap(), Some(2), records).unwrap())
}

#[test]
fn cdnow_is_fitted_as_published() {
    let Some(orders) = cdnow() else { return };
    let summary = Summary::of(&orders, "1997-09-30".parse().unwrap());
    let sample = Compressed::new(&summary.histories);
    let (nbd, peak) = Nbd::fit(&sample);
    println!("{nbd:?} {peak:?}");
    for leaving in [Leaving::AfterRepeats, Leaving::AfterAny] {
        let (model, peak) = BgNbd::fit(&sample, leaving, &nbd);
        println!("{model:?} {peak:?} alpha weeks {} LL weeks {}", model.alpha / 7.0, peak.log_likelihood + sample.totals().0 as f64 * 7f64.ln());
        let total: f64 = summary.histories.iter().map(|h| model.expected(*h, 273.0)).sum();
        let none: f64 = summary.histories.iter().map(|h| model.no_order(*h, 273.0)).sum::<f64>() / 2357.0;
        println!("total {total} none {none}");
    }
}
