//! KPI of a run: of all customers, of each segment, and month by month.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A share of customers with its 95 % Wilson interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The share, 0..1.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Of how many.
    pub of: u64,
}

/// A mean with its 95 % interval by its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Of how many.
    pub of: u64,
}

/// The KPI of a group of customers. Not known, or of too few customers = `None`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// The segment; 0 is all customers.
    pub segment_id: u32,
    /// Its customers.
    pub customers: u64,
    /// Of those who ordered in the last whole month but one, the share who ordered in the
    /// last whole month.
    pub retention: Option<Rate>,
    /// The share with a second order within 90 days of the first, of those observed so long.
    pub repeat_rate: Option<Rate>,
    /// The mean amount of an order in the last 90 days.
    pub order_value: Option<Mean>,
    /// The share whose loyalty class is `loyal`.
    pub loyal_share: Option<Rate>,
    /// The share with the outcome where it is known, else the mean probability.
    pub churn: Option<Rate>,
    /// The mean value.
    pub value: Option<Mean>,
}

/// One calendar month of orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Month {
    /// Such as `2025-11`.
    pub month: String,
    /// Whether the month is not wholly inside the data: such months are in no trend.
    pub partial: bool,
    /// Customers who ordered.
    pub customers: u64,
    /// Orders.
    pub orders: u64,
    /// Money, where orders have any.
    pub money: Option<f64>,
    /// Money per order.
    pub order_value: Option<f64>,
    /// Of those who ordered in the month before, the share who ordered.
    pub retention: Option<f64>,
    /// Of those who ordered, the share who had ordered before.
    pub repeat_share: Option<f64>,
}

/// The control limits of a monthly KPI: mean and mean moving range of at least eight whole
/// months (Shewhart's chart of individual values).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The KPI: `customers`, `orders`, `money`, `order-value`, `retention`, `repeat-share`.
    pub kpi: String,
    /// The mean.
    pub mean: f64,
    /// Mean less 2.66 mean moving ranges; never below 0.
    pub low: f64,
    /// Mean and 2.66 mean moving ranges; shares never above 1.
    pub high: f64,
    /// How many months they rest on.
    pub months: u64,
}

/// All KPI of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiResults {
    /// All customers first, then each segment.
    pub groups: Vec<Kpi>,
    /// At most the last 36 months; empty without orders.
    pub months: Vec<Month>,
    /// Control limits; none below eight whole months.
    pub limits: Vec<Limits>,
    /// The whole months that retention compares, such as `2025-10 to 2025-11`.
    pub retention_of: Option<String>,
}

/// How much fits of the same customers agree with each other: refits on resampled
/// customers, each begun from the published centres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refits {
    /// How many refits.
    pub draws: u32,
    /// Customers in each.
    pub size: u64,
    /// The 5th percentile of the share of customers that two refits put into the same
    /// segment.
    pub low: f64,
    /// The lowest share.
    pub lowest: f64,
    /// The median share.
    pub median: f64,
}
