//! Finding segments: k-means and DBSCAN behind one noun, the [`Segmentation`], and
//! the evidence for how many there are.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The method that finds the segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// k-means: compact segments around centres.
    #[default]
    KMeans,
    /// DBSCAN: dense regions of any shape, the rest is noise.
    Dbscan,
}

/// Who does the arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// kohort's own kernels where they exist, else linfa's.
    #[default]
    Kohort,
    /// linfa-clustering.
    Linfa,
}

/// How many segments: `"auto"` (3 to 8, by evidence), a number, or a range `"3..8"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum K {
    /// 3 to 8, by evidence.
    #[default]
    Auto,
    /// Exactly this many.
    Exactly(usize),
    /// From the first to the last, both included, by evidence.
    Between(usize, usize),
}

/// `"auto"` or a number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Auto<T> {
    /// Found out from the data.
    #[default]
    Auto,
    /// As given.
    Is(T),
}

/// How segments are found. The `[segments]` table of the config.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// The method.
    pub method: Method,
    /// How many segments (k-means).
    #[schemars(with = "serde_json::Value")]
    pub k: K,
    /// The radius of a neighbourhood (DBSCAN), in units of the matrix.
    #[schemars(with = "serde_json::Value")]
    pub eps: Auto<f64>,
    /// How many customers, the customer included, make a neighbourhood dense (DBSCAN).
    #[schemars(with = "serde_json::Value")]
    pub min_points: Auto<usize>,
    /// `k = "auto"` discards a k with a segment below this share of the customers.
    pub min_share: f64,
    /// Who does the arithmetic.
    pub engine: Engine,
    /// Your own names by segment id.
    pub names: BTreeMap<String, String>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            method: Method::KMeans,
            k: K::Auto,
            eps: Auto::Auto,
            min_points: Auto::Auto,
            min_share: 0.02,
            engine: Engine::Kohort,
            names: BTreeMap::new(),
        }
    }
}
