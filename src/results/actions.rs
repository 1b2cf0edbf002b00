//! The finished numbers of the actions: which strategy suits which customers. Cells that
//! fewer than `min_cell` customers share are withheld, as in `rules`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::CrossCell;

/// The actions of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionResults {
    /// What the reader wants: `retain`, `grow` or `profit`; it orders the strategies.
    pub goal: String,
    /// What was known of the customers: `loyalty`, `value`, `churn`.
    pub known: Vec<String>,
    /// Whether the customers are companies.
    pub companies: bool,
    /// The segments that `strategies[..].segments` counts, by id; 0 for those in none.
    pub segment_ids: Vec<u32>,
    /// The strategies in the order of the goal.
    pub strategies: Vec<Strategy>,
    /// What suits most customers of each segment, in order of id.
    pub segments: Vec<SegmentPlan>,
    /// Customers whom no plan of a segment reaches.
    pub overlooked: Overlooked,
}

/// One strategy and whom it suits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// `reward`, `early-access`, `upsell`, `win-back`, `introduce` or `let-go`; `none` for
    /// customers whom no line of the table fits, those who have left among them.
    pub strategy: String,
    /// Customers.
    pub customers: Option<u64>,
    /// Share of all customers, 0..1.
    pub share: Option<f64>,
    /// Share of all positive value, 0..1.
    pub value_share: Option<f64>,
    /// Its customers by segment, in the order of `segment_ids`.
    pub segments: Vec<CrossCell>,
    /// Where to reach them; empty for the words of the report's language.
    pub channel: String,
    /// What the advertisement looks like; empty likewise.
    pub format: String,
    /// How it speaks; empty likewise.
    pub tone: String,
    /// What the text is about; empty likewise.
    pub focus: String,
}

/// What suits most customers of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentPlan {
    /// The segment.
    pub segment_id: u32,
    /// Its strategy; `None` where the segment is withheld or nothing fits.
    pub strategy: Option<String>,
    /// Account-based marketing: 1 = one to one, 2 = one to few, 3 = one to many; `None`
    /// where customers are no companies.
    pub tier: Option<u8>,
    /// Whether most of the tier are in the high band of churn.
    pub at_risk: bool,
}

/// Customers whom no plan of a segment reaches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overlooked {
    /// In no segment, or in one that is too narrow to act on; `None` where withheld.
    pub customers: Option<u64>,
    /// Their share of all positive value, 0..1; `None` where withheld or not known.
    pub value_share: Option<f64>,
}
