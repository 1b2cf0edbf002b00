//! What a model's predictions go by, out of fold.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::churn::Interval;

/// How much worse predictions become when columns tell of another customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Permutation {
    /// The columns that were exchanged together: one, or several that are correlated
    /// beyond .8 and share what they tell.
    pub columns: Vec<String>,
    /// By how much the log-loss rises, with its 95 % interval over customers; about 0 where
    /// nothing would be lost.
    pub log_loss: Interval,
    /// By how much the area under the ROC curve falls.
    pub roc_auc: f64,
}

/// The mean probability as one column takes other values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dependence {
    /// The column.
    pub column: String,
    /// Columns correlated with it beyond .8, which take the values that customers have with
    /// it.
    pub with: Vec<String>,
    /// Ascending values of a number, or levels by their number of customers.
    pub points: Vec<DependencePoint>,
}

/// The mean probability at one value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DependencePoint {
    /// The value of a number, the mean of ten customers or more.
    pub x: Option<f64>,
    /// The level of a flag or a category.
    pub level: Option<String>,
    /// Mean probability over customers that the models had not seen.
    pub probability: f64,
    /// The lowest mean of the models of the folds.
    pub low: f64,
    /// The highest.
    pub high: f64,
}
