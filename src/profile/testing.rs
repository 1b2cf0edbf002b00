//! Small tables for the tests of this stage.

use crate::results::{SegmentRow, Verdict};
use crate::table::{Column, Family, FeatureTable, Ids, Role, Values};

pub(crate) fn table(columns: Vec<Column>) -> FeatureTable {
    let n = columns[0].values.len();
    let ids = Ids {
        name: "id".to_owned(),
        values: (0..n).map(|row| format!("c{row:07}").into()).collect(),
        from_rows: false,
    };
    FeatureTable::new(ids, columns, None).unwrap()
}

fn column(name: &str, role: Role, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        role,
        family: Family::Behavioural,
        unit: None,
        decimals: 2,
        block: None,
        values,
    }
}

pub(crate) fn number(name: &str, values: Vec<f64>) -> Column {
    column(name, Role::Number, Values::Number(values))
}

pub(crate) fn flag(name: &str, codes: Vec<u8>) -> Column {
    let values = Values::Flag { codes, no: "No".to_owned(), yes: "Yes".to_owned() };
    column(name, Role::Flag, values)
}

pub(crate) fn category(name: &str, levels: &[&str], codes: Vec<u32>) -> Column {
    let levels = levels.iter().map(|level| (*level).to_owned()).collect();
    column(name, Role::Category, Values::Category { codes, levels, ordered: false })
}

/// A reproducible segment of 100 customers about whom nothing else is known.
pub(crate) fn segment_row(segment_id: u32) -> SegmentRow {
    SegmentRow {
        segment_id,
        segment: format!("Name {segment_id}"),
        name_parts: Vec::new(),
        method: "k-means".to_owned(),
        verdict: Verdict::Reproducible,
        customers: 100,
        share: 0.1,
        value: None,
        value_share: None,
        value_per_customer: None,
        value_growth: None,
        headroom: None,
        churn_mean: None,
        churn_observed: None,
        churn_low: None,
        churn_high: None,
        churn_known: 0,
        gone: Some(0),
        inactive: None,
        expected_value: None,
        value_at_risk: None,
        stability: None,
        stability_m: None,
        usable: false,
        too_narrow: false,
        merge_with: None,
        nearest: None,
        products: Vec::new(),
        next_offer: None,
        rule: None,
        rule_sql: None,
        rule_coverage: None,
        rule_precision: None,
        trivial: None,
        traits: Vec::new(),
        typical: None,
        portrait: String::new(),
        action: String::new(),
        action_codes: Vec::new(),
        action_why: String::new(),
        contact: 0,
        hold_out: 0,
        change: None,
        previous_segment_id: None,
        customers_before: None,
    }
}

/// Customers with correlated columns of every role, some values missing, and a label by
/// `k` random rules on the raw values; every ninth customer is in no segment where
/// `noise` is set.
pub(crate) fn generated(
    n: usize,
    k: u32,
    seed: u64,
    noise: bool,
) -> (FeatureTable, Vec<Option<u32>>) {
    use rand::Rng;
    let mut stream = crate::seed::Seed::new(seed).stream("profile-test", u64::from(k));
    let centres: Vec<[f64; 3]> =
        (0..k).map(|_| [stream.r#gen(), stream.r#gen(), stream.r#gen()]).collect();
    let mut rows: Vec<[f64; 3]> = Vec::with_capacity(n);
    let mut extra: Vec<[f64; 4]> = Vec::with_capacity(n);
    for _ in 0..n {
        let shared: f64 = stream.r#gen();
        rows.push([0.7 * shared + 0.3 * stream.r#gen::<f64>(), stream.r#gen(), stream.r#gen()]);
        extra.push([stream.r#gen(), stream.r#gen(), stream.r#gen(), shared]);
    }
    let labels = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let distance =
                |c: &[f64; 3]| row.iter().zip(c).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
            let own = (0..k).min_by(|&a, &b| {
                distance(&centres[a as usize]).total_cmp(&distance(&centres[b as usize]))
            });
            if noise && at % 9 == 0 { None } else { own }
        })
        .collect();
    let level = |x: f64, n: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..n")]
        let level = (x * n) as u32;
        level
    };
    let zip = || rows.iter().zip(&extra);
    let table = table(vec![
        number("tenure", zip().map(|(r, _)| (r[0] * 72.0).round()).collect()),
        number("MonthlyCharges", zip().map(|(r, _)| (r[1] * 10_000.0).round() / 100.0).collect()),
        number(
            "cash_advance",
            zip()
                .map(|(r, e)| {
                    if e[0] < 0.1 {
                        f64::NAN
                    } else if r[2] < 0.5 {
                        0.0
                    } else {
                        (r[2] * 900.0).round()
                    }
                })
                .collect(),
        ),
        number("age", zip().map(|(_, e)| (18.0 + 60.0 * e[1]).round()).collect()),
        flag(
            "Partner",
            zip().map(|(r, e)| if e[2] < 0.05 { 2 } else { u8::from(r[1] + e[1] > 1.0) }).collect(),
        ),
        category(
            "Contract",
            &["Month-to-month", "One year", "Two year"],
            zip().map(|(r, e)| level((0.8 * r[0] + 0.2 * e[0]).min(0.999), 3.0)).collect(),
        ),
        category(
            "InternetService",
            &["DSL", "Fiber optic", "No"],
            zip()
                .map(|(r, e)| if e[3] < 0.02 { u32::MAX } else { level(r[2].min(0.999), 3.0) })
                .collect(),
        ),
    ]);
    (table, labels)
}
