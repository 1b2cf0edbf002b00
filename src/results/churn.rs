//! The finished numbers of the churn stage: `churn.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::effects::{Dependence, Permutation};
use super::profit::Profit;
use super::survival::Survival;
use crate::said::Said;

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Whether churn was computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ChurnStatus {
    /// It was.
    Computed(Box<ChurnResults>),
    /// It was not.
    NotComputed {
        /// Always false.
        computed: bool,
        /// Why, one sentence.
        reason: String,
    },
}

/// The finished numbers of a churn model. All metrics are out of fold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChurnResults {
    /// Always true.
    pub computed: bool,
    /// The layout's version.
    pub schema: u32,
    /// The label column.
    pub label: String,
    /// The value that means yes.
    pub positive: String,
    /// What the probability is of, such as `leaving` or the outcome's own name.
    pub what: String,
    /// The model that was used: `logistic` or `boosting`.
    pub model: String,
    /// How it was chosen, in words.
    #[serde(default)]
    pub chosen: String,
    /// Customers whose outcome is known.
    pub known: u64,
    /// Of them, with the outcome.
    pub events: u64,
    /// Customers whose outcome is not known yet; scored by the final model.
    pub open: u64,
    /// Share with the outcome among the known.
    pub base_rate: f64,
    /// How the customers were split, in words.
    pub split: String,
    /// Rows equal in every feature, kept in one fold.
    pub twins: u64,
    /// Rows equal to another in every number, more often than chance makes them so, though not
    /// all of them in every feature; kept in one fold.
    #[serde(default)]
    pub copies: u64,
    /// Metrics of the model.
    pub metrics: Metrics,
    /// The same metrics of always saying the base rate.
    pub baseline: Metrics,
    /// The metrics of each model on its own, and of the rule that goes by the time since
    /// the last order alone (`recency-rule`) where that is known.
    #[serde(default)]
    pub comparison: Vec<Compared>,
    /// The reliability table: ten bins of equal size, ascending.
    pub calibration: Vec<CalibrationBin>,
    /// ROC curve: x = false positive rate, y = true positive rate; at most 200 points.
    pub roc: Vec<CurvePoint>,
    /// Precision-recall curve: x = recall, y = precision; at most 200 points.
    pub precision_recall: Vec<CurvePoint>,
    /// Gains and lift by share contacted, 1 % to 100 %.
    pub lift: Vec<LiftPoint>,
    /// The contact budget, 0..1.
    pub contact_budget: f64,
    /// What contacts are expected to bring, where cost, value and rate are given.
    #[serde(default)]
    pub profit: Option<Profit>,
    /// Why there is no profit; empty where there is.
    #[serde(default)]
    pub no_profit: String,
    /// What speaks for and against leaving, strongest first, at most 15: odds ratios of
    /// the logistic regression, which is fitted beside boosting as well.
    pub drivers: Vec<Driver>,
    /// How much each column moves the customers' log-odds, strongest first; empty for
    /// `logistic`.
    #[serde(default)]
    pub importance: Vec<Importance>,
    /// How much worse predictions become without a column, or without a group of columns
    /// that tell much the same, strongest first; at most 30.
    #[serde(default)]
    pub permutation: Vec<Permutation>,
    /// The mean probability as a column takes other values; the columns of the strongest
    /// groups, at most 6.
    #[serde(default)]
    pub dependence: Vec<Dependence>,
    /// How long contracts last, where the table tells.
    #[serde(default)]
    pub survival: Option<Survival>,
    /// Why that is not drawn; empty where it is.
    #[serde(default)]
    pub survival_not_drawn: String,
    /// Columns that were taken out or that look as if they know the outcome.
    pub leaks: Vec<Leak>,
    /// Mean out-of-fold probability of those with the outcome.
    pub mean_of_events: f64,
    /// Mean out-of-fold probability of those without it.
    pub mean_of_others: f64,
}

/// Out-of-fold metrics with 95 % intervals over customers (bootstrap, predictions fixed).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Area under the ROC curve.
    pub roc_auc: Interval,
    /// Area under the precision-recall curve (average precision).
    pub pr_auc: Interval,
    /// Mean log-loss, natural logarithm.
    pub log_loss: Interval,
    /// Brier score.
    pub brier: Interval,
    /// Expected calibration error over ten bins of equal size.
    pub ece: f64,
    /// What a perfectly calibrated model would show at this size.
    pub ece_floor: f64,
    /// The calibration error beyond that: `ece` less `ece_floor`.
    #[serde(default)]
    pub ece_excess: f64,
    /// Calibration slope: 1 is right, below 1 is overconfident.
    pub slope: f64,
    /// Calibration intercept: 0 is right.
    pub intercept: f64,
    /// Lift at the contact budget.
    pub lift_at_budget: f64,
}

/// One bin of the reliability table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalibrationBin {
    /// Customers.
    pub n: u64,
    /// Mean probability.
    pub predicted: f64,
    /// Observed share.
    pub observed: f64,
    /// Lower end of its 95 % Wilson interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A point of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurvePoint {
    /// Abscissa.
    pub x: f64,
    /// Ordinate.
    pub y: f64,
}

/// Gains and lift when a share of customers is contacted, highest probability first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LiftPoint {
    /// Share contacted, 0..1.
    pub share: f64,
    /// Share of all events reached, 0..1.
    pub gain: f64,
    /// Gain divided by share.
    pub lift: f64,
}

/// What speaks for or against the outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Driver {
    /// The feature, `Contract: Two year` for a level.
    pub feature: String,
    /// The source column.
    pub column: String,
    /// Odds ratio per standard deviation (numbers) or against the other levels.
    pub odds_ratio: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How much a column moves the customers' log-odds in a boosted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Importance {
    /// The column.
    pub column: String,
    /// Mean size of its contribution (Shapley value), calibrated log-odds.
    pub log_odds: f64,
    /// Correlation of a number with its contribution, -1 to 1: above 0, more of it goes
    /// with a higher probability; none for flags and categories.
    pub direction: Option<f64>,
}

/// A model beside the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// `logistic`, `boosting` or `recency-rule`.
    pub model: String,
    /// Its out-of-fold metrics.
    pub metrics: Metrics,
}

/// How a leak was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// The column alone tells the outcome; it is taken out.
    Proof,
    /// Its name or its strength suggests that it is known only afterwards; it is kept.
    Suspicion,
    /// Vouched for by a person in the config.
    Accepted,
    /// Dropped by a person in the config.
    Dropped,
}

/// A column that knows the outcome, or seems to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leak {
    /// The column.
    pub column: String,
    /// How it was recognised.
    pub mechanism: Mechanism,
    /// ROC-AUC of the column alone, at least 0.5.
    pub auc: f64,
    /// ROC-AUC of its missing values alone, at least 0.5.
    pub missing_auc: f64,
    /// Out-of-fold ROC-AUC of the model without it, where that was computed.
    pub auc_without: Option<f64>,
    /// Why, one sentence.
    pub why: String,
    /// The same for other languages; absent in older runs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub said: Option<Said>,
}
