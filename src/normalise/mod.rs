//! Columns become finite numbers: the only place where a feature table turns into a
//! [`Matrix`]. What is learnt (medians, scales, levels) is learnt on the rows given
//! and nowhere else, is invertible, and is stored in the frozen model.

pub mod base;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::fault::{Class, Fault};
use crate::finding::Finding;
use crate::matrix::{Matrix, MatrixError};
use crate::table::FeatureTable;

/// How numbers are brought to one scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Mean 0, standard deviation 1.
    #[default]
    Standard,
    /// Median 0, interquartile range 1.349 (the normal distribution's); falls back to
    /// standard where the range is 0.
    Robust,
    /// 0 to 1.
    MinMax,
    /// Normal scores of the ranks.
    Quantile,
    /// As it is.
    None,
}

/// Which numbers are logarithmised first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Log {
    /// `"auto"` (skewed columns) or `"none"`.
    Rule(LogRule),
    /// Exactly these columns.
    Columns(Vec<String>),
}

/// The two words that `log` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LogRule {
    /// Columns with a skewness above 1 that the logarithm reduces.
    Auto,
    /// None.
    None,
}

/// What stands in for a missing number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Impute {
    /// The median of the column, with an indicator above 20 % missing.
    #[default]
    Median,
    /// Zero.
    Zero,
    /// The customer is left out of clustering; refused where that leaves too few.
    DropRow,
    /// An error.
    Error,
}

/// How columns are prepared. The `[normalise]` table of the config.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// How numbers are brought to one scale.
    pub scale: Scale,
    /// Which numbers are logarithmised first: `"auto"`, `"none"` or a list of columns.
    pub log: Log,
    /// What stands in for a missing number.
    pub impute: Impute,
    /// The share of customers clipped at each end of a number, 0 to 0.25.
    pub clip: f64,
    /// A weight per source column, default 1.
    pub weights: BTreeMap<String, f64>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            scale: Scale::Standard,
            log: Log::Rule(LogRule::Auto),
            impute: Impute::Median,
            clip: 0.001,
            weights: BTreeMap::new(),
        }
    }
}
