//! How long contracts last, where that can be told from the table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::ModelFit;

/// The share of contracts that is still there by time since the start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Survival {
    /// The unit of all times: `days`, `weeks`, `months` or `years`.
    pub unit: String,
    /// How customers were counted, one sentence for the caption.
    pub how: String,
    /// Customers it is of.
    pub customers: u64,
    /// Of them, who have left.
    pub left: u64,
    /// Customers left aside, because they end before they start or lack a time.
    pub left_aside: u64,
    /// From this time on; above 0 where too few are seen earlier, and the shares are then of
    /// those there at this time.
    pub from: f64,
    /// The share at each time somebody left, ascending; at most 200 points.
    pub curve: Vec<SurvivalPoint>,
    /// The time at which half have left; `None` where more than half stay throughout.
    pub median: Option<f64>,
    /// The shifted-beta-geometric model of the same contracts.
    pub model: Option<ContractModel>,
}

/// The share still there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurvivalPoint {
    /// Time since the start.
    pub time: f64,
    /// Share still there after it, 0..1.
    pub share: f64,
    /// Lower end of its 95 % interval (Greenwood, on the complementary log-log scale).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Customers who were seen until just before it.
    pub at_risk: u64,
}

/// Contracts that end at the end of a period, each with a probability of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractModel {
    /// The length of a period in the unit of the survival.
    pub period: f64,
    /// The fit.
    pub fit: ModelFit,
    /// The share that is still there after each period, from 1; as far as customers are seen.
    pub expected: Vec<f64>,
    /// What is left of a contract by its age.
    pub remaining: Vec<Remaining>,
}

/// Expected further periods of a contract of one age.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remaining {
    /// Periods it has lasted.
    pub after: u32,
    /// Share that is renewed at the end of the next period, 0..1.
    pub renewed: f64,
    /// Expected further periods, of the next twelve.
    pub of_twelve: f64,
}
