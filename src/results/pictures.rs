//! Finished numbers that only figures show. All of them are bounded in size, and every
//! number is of at least `min_cell` customers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cell, CurvePoint};

/// What there is to show; `None` where the method, the columns or the customers give nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pictures {
    /// How well customers lie inside their segments.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub silhouette: Option<Silhouette>,
    /// How far customers lie from their neighbours; DBSCAN and HDBSCAN.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub neighbours: Option<Neighbours>,
    /// Which dense regions there are at any distance; HDBSCAN.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub branches: Vec<Branch>,
    /// What the churn model goes by, segment by segment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contributions: Option<Contributions>,
    /// Where the customers live, as a map.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub map: Option<PlaceMap>,
    /// Where the customers live, by name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub places: Option<Places>,
}

/// Silhouettes of a sample that holds customers of every segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Silhouette {
    /// Customers in the sample.
    pub sampled: u64,
    /// The mean over the segments that are told, each by its customers, -1..1.
    pub mean: f64,
    /// One entry per segment, in order of id.
    pub segments: Vec<SilhouetteOf>,
}

/// The silhouettes of one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SilhouetteOf {
    /// The segment.
    pub segment_id: u32,
    /// Its customers in the sample.
    pub sampled: u64,
    /// Their mean, -1..1; `None` where withheld.
    pub mean: Option<f64>,
    /// The share of them that lie nearer to another segment; `None` where withheld.
    pub nearer_elsewhere: Option<f64>,
    /// Descending; each the mean of at least `min_cell` customers; at most 50.
    pub values: Vec<f64>,
}

/// How far customers lie from the neighbour that makes their surroundings dense.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Neighbours {
    /// How many customers make a neighbourhood dense, the customer included.
    pub min_points: usize,
    /// The radius of a neighbourhood; `None` for HDBSCAN, which has none.
    pub eps: Option<f64>,
    /// Whether distances are in km; else in units of the matrix.
    pub km: bool,
    /// Customers in the sample.
    pub sampled: u64,
    /// x = share of the customers, nearest first, y = mean distance of at least `min_cell`
    /// of them; at most 100.
    pub points: Vec<CurvePoint>,
}

/// A region of customers who lie closer together than those around them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The place in the list of the branch that it split off from.
    pub parent: Option<usize>,
    /// Customers, to the nearest `min_cell`.
    pub customers: u64,
    /// The distance below which it is a region of its own; the first has the longest
    /// distance between neighbours.
    pub from: f64,
    /// The distance at which it splits or dissolves.
    pub until: f64,
    /// The segment that it is; 0 where it is none.
    pub segment_id: u32,
}

/// What each column adds to the log-odds of the outcome, segment by segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contributions {
    /// The model that they are of: `logistic` or `boosting`.
    pub model: String,
    /// The columns, those that tell segments apart most first; at most 8.
    pub columns: Vec<String>,
    /// One entry per segment, in order of id.
    pub segments: Vec<ContributionsOf>,
}

/// What each column adds in one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContributionsOf {
    /// The segment.
    pub segment_id: u32,
    /// Mean contribution of each column to the log-odds of the segment's customers, less
    /// that of all customers; empty where withheld.
    pub log_odds: Vec<f64>,
}

/// A map of where customers live, as counts on a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceMap {
    /// West and east edge in degrees.
    pub x: [f64; 2],
    /// South and north edge in degrees.
    pub y: [f64; 2],
    /// Cells across.
    pub width: usize,
    /// Cells up.
    pub height: usize,
    /// Cells with at least `min_cell` customers.
    pub cells: Vec<Cell>,
    /// Customers in cells that are withheld.
    pub withheld: u64,
    /// Customers whose place is not known.
    pub unknown: u64,
}

/// Customers by the name of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// The column.
    pub column: String,
    /// How many places the column names.
    pub levels: u64,
    /// The places with most customers, and last all others; at most 13.
    pub rows: Vec<PlaceRow>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRow {
    /// Its name; `None` for all other places.
    pub place: Option<String>,
    /// Its customers.
    pub customers: u64,
    /// Of each segment, in order of id, and last in none; `None` where withheld.
    pub segments: Vec<Option<u64>>,
}
