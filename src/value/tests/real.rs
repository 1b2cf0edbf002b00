//! Real shops: the figures that a reader can compare with others'.

use std::collections::BTreeMap;
use std::io::Read;

use super::cdnow;
use crate::value::*;

fn show(made: &Forecast) {
    println!(
        "{} {} | {} | {:?} {:?}",
        made.results.model,
        made.results.model_why,
        made.results.inactive_why,
        made.results.returning,
        made.results.reactivated
    );
    println!("{:?} {:?}", made.results.amount, made.results.dependence);
    for r in &made.results.back_test.rows {
        println!("{r:?}");
    }
    for r in &made.results.fits {
        println!("{r:?}");
    }
    println!("{:?}", made.results.totals);
    for f in &made.findings {
        println!("{f:?}");
    }
    println!(
        "{:?}",
        made.results
            .tracking
            .iter()
            .map(|t| (t.actual / t.expected * 100.0).round())
            .collect::<Vec<_>>()
    );
}

#[test]
fn cdnow_is_forecast() {
    let Some(orders) = cdnow::orders() else { return };
    let task = Task {
        orders: &orders,
        horizon_days: Some(273),
        cut_off: None,
        population: Population::All,
        inactive_days: InactiveDays::default(),
        margin: 1.0,
        min_cell: 10,
    };
    let made = forecast(&task).unwrap();
    show(&made);
}

fn online_retail() -> Option<crate::orders::Histories> {
    let path = crate::testing::real_data("online_retail/online_retail.csv.gz")?;
    let out = std::process::Command::new("gzip").arg("-dc").arg(path).output().unwrap().stdout;
    let mut reader = csv::Reader::from_reader(&out[..]);
    let mut by: BTreeMap<String, BTreeMap<(i32, String), i64>> = BTreeMap::new();
    for record in reader.records() {
        let r = record.unwrap();
        let (q, p): (i64, f64) = (r[3].parse().unwrap(), r[5].parse().unwrap());
        if r[6].is_empty() || r[0].starts_with('C') || q <= 0 || p <= 0.0 {
            continue;
        }
        let day = cdnow::day(&r[4][..10]).since_epoch();
        *by.entry(r[6].to_owned()).or_default().entry((day, r[0].to_owned())).or_default() +=
            q * (p * 100.0).round() as i64;
    }
    Some(cdnow::histories(
        by.into_iter()
            .map(|(id, o)| (id, o.into_iter().map(|((d, _), m)| (d, m)).collect()))
            .collect(),
        "2011-12-09",
    ))
}

#[test]
fn online_retail_is_forecast() {
    let Some(orders) = online_retail() else { return };
    for population in [Population::All, Population::Active] {
        let task = Task {
            orders: &orders,
            horizon_days: Some(91),
            cut_off: Some(cdnow::day("2011-09-09")),
            population,
            inactive_days: InactiveDays::default(),
            margin: 1.0,
            min_cell: 10,
        };
        let made = forecast(&task).unwrap();
        show(&made);
    }
}
