//! `segments.csv` and `segments.json`: one row per segment, then `Unassigned`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sheet::{Cells, Sheet};
use crate::results::SegmentRow;

/// `segments.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentsFile {
    /// The layout's version.
    pub schema: u32,
    /// The run's name.
    pub run: String,
    /// One entry per segment, in order of id.
    pub segments: Vec<SegmentRow>,
    /// Customers in no segment, where the method has any.
    pub unassigned: Option<SegmentRow>,
}

/// The segments as a sheet, in the column order of the contract.
#[must_use]
pub fn sheet(rows: &[&SegmentRow]) -> Sheet {
    let mut sheet = Sheet::new();
    let text = |get: &dyn Fn(&SegmentRow) -> Option<String>| {
        Cells::Text(rows.iter().map(|row| get(row)).collect())
    };
    let number = |get: &dyn Fn(&SegmentRow) -> Option<f64>, decimals| {
        Cells::Decimal(rows.iter().map(|row| get(row)).collect(), Some(decimals))
    };
    let whole = |get: &dyn Fn(&SegmentRow) -> Option<u64>| {
        Cells::Whole(rows.iter().map(|row| get(row).map(u64::cast_signed)).collect())
    };
    let flag = |get: &dyn Fn(&SegmentRow) -> bool| {
        Cells::Flag(rows.iter().map(|row| Some(get(row))).collect())
    };
    let driver = |at: usize| text(&move |row| row.traits.get(at).map(|part| part.text.clone()));
    let empty = || Cells::Empty(rows.len());
    sheet.push("segment_id", whole(&|row| (row.segment_id > 0).then_some(row.segment_id.into())));
    sheet.push("segment", text(&|row| Some(row.segment.clone())));
    sheet.push("method", text(&|row| Some(row.method.clone())));
    sheet.push("verdict", text(&|row| (row.segment_id > 0).then(|| row.verdict.name().into())));
    sheet.push("customers", whole(&|row| Some(row.customers)));
    sheet.push("share", number(&|row| Some(row.share), 6));
    sheet.push("value", number(&|row| row.value, 2));
    sheet.push("value_share", number(&|row| row.value_share, 6));
    sheet.push("value_per_customer", number(&|row| row.value_per_customer, 2));
    sheet.push("value_growth", number(&|row| row.value_growth, 6));
    sheet.push("headroom", number(&|row| row.headroom, 2));
    sheet.push("churn_mean", number(&|row| row.churn_mean, 6));
    sheet.push("churn_observed", number(&|row| row.churn_observed, 6));
    sheet.push("churn_low", number(&|row| row.churn_low, 6));
    sheet.push("churn_high", number(&|row| row.churn_high, 6));
    sheet.push("expected_value", number(&|row| row.expected_value, 2));
    sheet.push("value_at_risk", number(&|row| row.value_at_risk, 2));
    sheet.push("stability", number(&|row| row.stability, 4));
    sheet.push("stability_m", whole(&|row| row.stability_m));
    sheet.push("usable", flag(&|row| row.usable));
    sheet.push("too_narrow", flag(&|row| row.too_narrow));
    sheet.push("merge_with", whole(&|row| row.merge_with.map(u64::from)));
    sheet.push("rule", text(&|row| row.rule.clone()));
    sheet.push("rule_sql", text(&|row| row.rule_sql.clone()));
    sheet.push("rule_coverage", number(&|row| row.rule_coverage, 4));
    sheet.push("rule_precision", number(&|row| row.rule_precision, 4));
    sheet.push("driver_1", driver(0));
    sheet.push("driver_2", driver(1));
    sheet.push("driver_3", driver(2));
    sheet.push("top_product", empty());
    sheet.push("action", text(&|row| Some(row.action.clone())));
    sheet.push("contact", whole(&|row| Some(row.contact)));
    sheet.push("hold_out", whole(&|row| Some(row.hold_out)));
    sheet.push("change", text(&|row| row.change.clone()));
    sheet.push("previous_segment_id", whole(&|row| row.previous_segment_id.map(u64::from)));
    sheet.push("customers_before", whole(&|row| row.customers_before));
    sheet
}
