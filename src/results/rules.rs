//! The finished numbers of the rule segmentations. Cells that fewer than `min_cell`
//! customers share are withheld, and so is a second one wherever a total would give the
//! first away; a withheld figure is `None`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CurvePoint;
use crate::said::Said;

/// All rule segmentations of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleResults {
    /// One entry per rule, in the order of the columns of `customers.csv`.
    pub rules: Vec<RuleTable>,
    /// The segments that `classes[..].segments` counts, by id; 0 for those in none.
    pub segment_ids: Vec<u32>,
    /// How the value is concentrated, where there is a value.
    pub pareto: Option<Pareto>,
    /// The scores for days since the last order and for orders, where there are orders.
    pub rfm_grid: Option<RfmGrid>,
}

/// One rule: its definition and its classes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleTable {
    /// The word used in the config, such as `value-risk`.
    pub rule: String,
    /// What it is called.
    pub title: String,
    /// How the classes are defined, with the numbers that were used.
    pub definition: String,
    /// The same for other languages; absent in older runs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub said: Option<Said>,
    /// Whether its classes are the segments of this run.
    pub is_method: bool,
    /// The classes in their order; then the customers of whom the rule cannot tell, where
    /// there are any.
    pub classes: Vec<RuleClass>,
}

/// One class of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleClass {
    /// Its name.
    pub class: String,
    /// Customers in it.
    pub customers: Option<u64>,
    /// Share of all customers, 0..1.
    pub share: Option<f64>,
    /// Sum of value.
    pub value: Option<f64>,
    /// Share of all positive value, 0..1.
    pub value_share: Option<f64>,
    /// Its customers by segment, in the order of `segment_ids`; empty where the classes
    /// are the segments.
    pub segments: Vec<CrossCell>,
}

/// The customers of a class in one segment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrossCell {
    /// Customers.
    pub customers: Option<u64>,
    /// Share of the segment's customers, 0..1.
    pub share: Option<f64>,
}

/// How the value is concentrated in few customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pareto {
    /// x = share of customers, largest value first, y = their share of all positive value;
    /// at whole percents, at most 101 points; empty where too few customers share a step.
    pub points: Vec<CurvePoint>,
    /// The cut-offs of ABC.
    pub cuts: Vec<ParetoCut>,
    /// Customers who brought nothing or cost money.
    pub without_value: Option<u64>,
    /// What refunds took beyond what was bought, as a share of all positive value.
    pub negative_share: f64,
}

/// One cut-off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParetoCut {
    /// The class that ends here, such as `A`.
    pub class: String,
    /// The share of all positive value, 0..1.
    pub value_share: f64,
    /// The share of customers who bring it, largest value first, 0..1.
    pub share: Option<f64>,
}

/// Customers by two scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RfmGrid {
    /// How many scores for days since the last order.
    pub days_bins: u8,
    /// How many scores for orders.
    pub orders_bins: u8,
    /// Every cell, by score for days, then by score for orders.
    pub cells: Vec<RfmCell>,
}

/// One cell of the grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RfmCell {
    /// The score for days since the last order, from 1; the highest ordered last.
    pub days: u8,
    /// The score for orders, from 1.
    pub orders: u8,
    /// The name of most customers in it; empty where there is nobody, or it is withheld.
    pub name: String,
    /// Customers.
    pub customers: Option<u64>,
    /// Mean value, where there is a value.
    pub value_per_customer: Option<f64>,
}
