//! The evidence for the number of segments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The evidence for the number of segments (`explore.json` holds the same).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The method, such as `k-means`.
    pub method: String,
    /// The engine that fitted it, `kohort` or `linfa`.
    pub engine: String,
    /// How many segments.
    pub k: usize,
    /// Whether a person fixed k.
    pub fixed: bool,
    /// Why this k, one or two sentences for a reader who knows no statistics.
    pub reason: String,
    /// What judged: `outcome`, `descriptors`, `stability`, or for mixtures `bic`.
    pub judge: String,
    /// Each k that was tried, ascending; one entry where k was fixed; empty for DBSCAN.
    pub candidates: Vec<Candidate>,
    /// The two next best, best first.
    pub runners_up: Vec<usize>,
    /// How many subsamples the stability rests on, and of how many customers each.
    pub stability_draws: usize,
    /// Customers in each subsample.
    pub stability_size: usize,
    /// For DBSCAN: eps in units of the matrix, and how many neighbours make a core.
    pub eps: Option<f64>,
    /// For DBSCAN: how many neighbours make a core.
    pub min_points: Option<usize>,
    /// Whether the best solution was found again from another start.
    pub found_again: bool,
    /// The evidence inside each part, where segments were looked for inside parts.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parts: Vec<PartChoice>,
}

/// The evidence for the number of segments inside a part of the customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartChoice {
    /// The part, such as `plan = Basic`; empty for all whom no condition pins.
    pub part: String,
    /// How many customers it holds.
    pub customers: u64,
    /// The id of its first segment.
    pub first_segment: u32,
    /// The evidence.
    pub choice: Choice,
}

/// What one k yields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// How many segments.
    pub k: usize,
    /// Sum of squared distances to the own centre, in units of the matrix.
    pub inertia: f64,
    /// Share of the variance explained, 0..1.
    pub explained: f64,
    /// Mean silhouette of a sample, -1..1; shown, never the judge; `None` where undefined.
    pub silhouette: Option<f64>,
    /// Size of the smallest segment as a share of all.
    pub min_share: f64,
    /// Mean Jaccard similarity of each segment under subsampling, 0..1.
    pub stability: Vec<f64>,
    /// Whether each segment is found again and has a gap around it.
    pub natural: Vec<bool>,
    /// What the judge measures: share explained on customers held out, 0..1.
    pub validity: Option<f64>,
    /// Its standard error.
    pub validity_se: Option<f64>,
    /// Segments that one raw column reproduces, such as `segment 2 is just InternetService = No`.
    pub trivial: Vec<String>,
    /// Why it was not chosen, or empty.
    pub against: String,
    /// For mixtures: -2 log-likelihood + parameters x ln customers; lower is better.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bic: Option<f64>,
    /// For mixtures: BIC and twice the entropy of the probabilities; lower is better.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icl: Option<f64>,
}
