//! The keys of `[segments]` that the rule segmentations read, and their checks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RuleError;
use crate::cluster::Params;

/// The fewest bins of a score.
const LEAST_BINS: usize = 3;
/// The most bins of a score.
const MOST_BINS: usize = 10;
/// The most cut-offs of ABC.
const MOST_CUTS: usize = 5;

/// What ABC classes are cut by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum AbcBy {
    /// What was spent; for tables without orders the value of the customer.
    Value,
    /// How many orders were made.
    Orders,
}

impl AbcBy {
    /// The word used in the config and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Orders => "orders",
        }
    }
}

/// Own edges of the RFM scores, ascending. A customer at an edge belongs to the bin that
/// the edge begins; a list that is empty is found out by quantiles.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RfmEdges {
    /// Days since the last order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days_since_last: Vec<f64>,
    /// How many orders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<f64>,
    /// What was spent, in units of money.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spend: Vec<f64>,
}

impl RfmEdges {
    /// Whether all edges are found out by quantiles.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days_since_last.is_empty() && self.orders.is_empty() && self.spend.is_empty()
    }
}

/// Whether the values ascend strictly and lie strictly between 0 and 1.
fn ascending_shares(values: &[f64]) -> bool {
    values.iter().all(|&v| v > 0.0 && v < 1.0) && values.windows(2).all(|pair| pair[0] < pair[1])
}

/// Checks the keys of the rules.
pub(in crate::cluster) fn check(params: &Params) -> Result<(), RuleError> {
    let cuts = &params.abc_cuts;
    if cuts.is_empty() || cuts.len() > MOST_CUTS || !ascending_shares(cuts) {
        return Err(RuleError::AbcCuts);
    }
    let by = &params.abc_by;
    if by.is_empty() || by.len() > 2 || (by.len() == 2 && by[0] == by[1]) {
        return Err(RuleError::AbcBy);
    }
    if !(LEAST_BINS..=MOST_BINS).contains(&params.rfm_bins) {
        let (low, high) = (LEAST_BINS, MOST_BINS);
        return Err(RuleError::Bins { bins: params.rfm_bins, low, high });
    }
    let own = &params.rfm_edges;
    let lists =
        [("days-since-last", &own.days_since_last), ("orders", &own.orders), ("spend", &own.spend)];
    for (which, edges) in lists {
        let sound = edges.iter().all(|edge| edge.is_finite())
            && edges.windows(2).all(|pair| pair[0] < pair[1])
            && edges.len() < MOST_BINS;
        if !sound {
            return Err(RuleError::Edges { which });
        }
    }
    let [late, gone] = params.loyalty_cuts;
    if !(gone > 0.0 && gone < late && late < 1.0) {
        return Err(RuleError::LoyaltyCuts);
    }
    if !ascending_shares(&params.risk_cuts) {
        return Err(RuleError::RiskCuts);
    }
    Ok(())
}
