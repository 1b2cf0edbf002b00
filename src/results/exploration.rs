//! The numbers of an exploration: methods and numbers of segments side by side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Base, Choice};
use crate::finding::Finding;

/// What `explore` finds out (`explore.json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exploration {
    /// The version of this layout.
    pub schema: u32,
    /// Customers in the base.
    pub customers: u64,
    /// The columns that make the segments.
    pub base: Base,
    /// The numbers of segments of k-means with their evidence, and the one it would take.
    pub choice: Choice,
    /// The indices of each of these numbers, in the order of `choice.candidates`.
    pub indices: Vec<Indices>,
    /// Every method that was tried, or why it cannot be used here.
    pub methods: Vec<MethodTried>,
    /// How the segments of one number come out of those of the number before.
    pub flows: Vec<Flow>,
    /// How many customers change their segment under other decisions, which are tried on at
    /// most 100,000 of them.
    pub sensitivity: Vec<Sensitivity>,
    /// The lowest share of customers who keep their segment when the fit starts from
    /// another seed, 0..1; tried on the same customers.
    pub seed_agreement: f64,
    /// What to take, and why.
    pub recommendation: Recommendation,
    /// What the reader should know.
    pub findings: Vec<Finding>,
}

/// Indices of one k-means partition. None of them decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indices {
    /// How many segments.
    pub k: usize,
    /// Customers in each segment, in order of id.
    pub sizes: Vec<u64>,
    /// Calinski and Harabasz 1974; higher is better; `None` where undefined.
    pub calinski_harabasz: Option<f64>,
    /// Davies and Bouldin 1979; lower is better; `None` where undefined.
    pub davies_bouldin: Option<f64>,
    /// Bayes' information criterion of round segments of equal spread; lower is better.
    pub bic: Option<f64>,
    /// The gap to a cloud without segments (Tibshirani, Walther and Hastie 2001), of a sample.
    pub gap: Option<f64>,
    /// Its standard error.
    pub gap_se: Option<f64>,
    /// Prediction strength (Tibshirani and Walther 2005), 0..1, of a sample.
    pub prediction_strength: Option<f64>,
}

/// One method with its settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodTried {
    /// The method.
    pub method: String,
    /// The config keys that give it: `key=value`.
    pub set: Vec<String>,
    /// Why it gives no segments here, or empty.
    pub refused: String,
    /// How many segments.
    pub segments: usize,
    /// Customers in no segment, as a share.
    pub unassigned: f64,
    /// The smallest segment as a share of all customers.
    pub smallest: f64,
    /// Mean silhouette of a sample of those in a segment, -1..1.
    pub silhouette: Option<f64>,
    /// Density-based validity (Moulavi et al. 2014) of a sample of all customers, -1..1,
    /// higher is better: for methods that leave customers out, who count against it. `None`
    /// for the others and where there are fewer than two segments.
    pub density_validity: Option<f64>,
    /// The stability of the weakest segment, 0..1; `None` where it cannot be measured.
    pub stability: Option<f64>,
    /// How many segments are natural.
    pub natural: usize,
    /// Segments that one column reproduces.
    pub trivial: usize,
    /// Adjusted Rand index with the k-means segments, at most 1.
    pub agreement: Option<f64>,
    /// Adjusted mutual information with the k-means segments, at most 1: unlike the index
    /// above, small segments count as much as large ones.
    pub information: Option<f64>,
}

/// Customers of one segment who are in a certain segment when there is one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// The smaller number of segments; the other is the next that was tried.
    pub k: usize,
    /// Segment id there, from 1.
    pub from: u32,
    /// Segment id with more segments, from 1.
    pub to: u32,
    /// Customers.
    pub customers: u64,
}

/// One other decision and what it would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sensitivity {
    /// The decision, such as `without Age` or `scale = robust`.
    pub decision: String,
    /// Customers who change their segment, as a share; segments are matched one to one
    /// so that as few change as can.
    pub moved: Option<f64>,
}

/// What to take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// The method.
    pub method: String,
    /// How many segments it gives.
    pub segments: usize,
    /// The config keys that give it: `key=value`.
    pub set: Vec<String>,
    /// Why, for a reader who knows no statistics.
    pub reason: String,
}
