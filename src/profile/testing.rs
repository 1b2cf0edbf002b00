//! Small tables for the tests of this stage.

use crate::results::{SegmentRow, Verdict};
use crate::table::{Column, Family, FeatureTable, Ids, Role, Values};

pub(crate) fn table(columns: Vec<Column>) -> FeatureTable {
    let n = columns[0].values.len();
    let ids = Ids {
        name: "id".to_owned(),
        values: (0..n).map(|row| format!("c{row:07}")).collect(),
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
        method: "k-means".to_owned(),
        verdict: Verdict::Reproducible,
        customers: 100,
        share: 0.1,
        value: None,
        value_share: None,
        value_per_customer: None,
        churn_mean: None,
        churn_observed: None,
        churn_low: None,
        churn_high: None,
        churn_known: 0,
        gone: 0,
        expected_value: None,
        value_at_risk: None,
        stability: None,
        stability_m: None,
        usable: false,
        too_narrow: false,
        merge_with: None,
        rule: None,
        rule_sql: None,
        rule_coverage: None,
        rule_precision: None,
        trivial: None,
        traits: Vec::new(),
        portrait: String::new(),
        action: String::new(),
        action_why: String::new(),
        contact: 0,
        hold_out: 0,
    }
}
