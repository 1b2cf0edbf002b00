//! The value-risk grid: what a customer is worth x how likely the customer is to leave.
//!
//! The value class is that of ABC on the value over the horizon (`abc.rs`). The risk band
//! is relative to the base: high above the quantile at the second of `risk-cuts` of all
//! known probabilities (type 7), middle above that at the first, else low. Strictly above:
//! where all are alike nobody stands out. A customer without a value or a probability is in
//! no cell.

use serde::{Deserialize, Serialize};

use super::abc::{class_of, classify};
use super::labels::percent;
use super::minor::{Minor, rescale};
use super::{Cuts, Extra, RuleError, RuleLabels};
use crate::cluster::Checked;
use crate::said::{Fact, said};
use crate::stats::quantile;

/// The risk bands, in the order of their codes.
const BANDS: [&str; 3] = ["high risk", "middle risk", "low risk"];

/// The cuts of the value-risk grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ValueRiskCuts {
    /// How many value classes.
    pub(super) classes: u8,
    /// The smallest value of each class but the last, descending; empty where nobody
    /// brings anything.
    pub(super) edges: Vec<i64>,
    /// The decimals of the edges.
    pub(super) decimals: u8,
    /// The probabilities above which the risk is middle and high.
    pub(super) bands: [f64; 2],
}

/// Labels every customer; `None` where there is no value or no probability at all.
pub(super) fn label(params: &Checked, extra: &Extra) -> Option<RuleLabels> {
    let (value, churn) = (extra.value?, extra.churn?);
    let [low, high] = params.risk_cuts();
    let bands = [quantile(churn, low)?, quantile(churn, high)?];
    let minor = Minor::of(value);
    let (classes, edges) = classify(&minor.values, params.abc_cuts());
    let cuts = ValueRiskCuts {
        classes: params.abc_cuts().len() as u8 + 1,
        edges,
        decimals: minor.decimals,
        bands,
    };
    let codes = (0..value.len())
        .map(|at| {
            let known = !value[at].is_nan() && !churn[at].is_nan();
            known.then(|| classes[at] * 3 + band(churn[at], bands))
        })
        .collect();
    let share = |share: f64| Fact::Figure(percent(share));
    let definition = said!(
        "def-value-risk",
        high = share(bands[1]),
        few = share(1.0 - high),
        middle = share(bands[0]),
        more = share(1.0 - low),
    );
    Some(RuleLabels::new(Cuts::ValueRisk(cuts), codes, definition))
}

/// The band of a probability.
fn band(churn: f64, [middle, high]: [f64; 2]) -> u8 {
    if churn > high {
        0
    } else if churn > middle {
        1
    } else {
        2
    }
}

impl ValueRiskCuts {
    /// The names of the cells.
    pub(super) fn names(&self) -> Vec<String> {
        ('A'..='Z')
            .take(usize::from(self.classes))
            .flat_map(|letter| BANDS.map(|band| format!("{letter}, {band}")))
            .collect()
    }

    /// The cell of every customer by the frozen edges.
    pub(super) fn codes(&self, extra: &Extra) -> Result<Vec<Option<u8>>, RuleError> {
        let (value, churn) = extra.value.zip(extra.churn).ok_or(RuleError::NeedsChurn)?;
        let minor = Minor::of(value);
        let edges: Vec<i64> =
            self.edges.iter().map(|&e| rescale(e, self.decimals, minor.decimals)).collect();
        let code = |at: usize| {
            let known = !value[at].is_nan() && !churn[at].is_nan();
            let class = class_of(minor.values[at], &edges, self.classes - 1);
            known.then(|| class * 3 + band(churn[at], self.bands))
        };
        Ok((0..value.len()).map(code).collect())
    }

    /// Whether stored cuts can be cuts.
    pub(super) fn is_sound(&self) -> bool {
        let n = self.edges.len();
        (2..=6).contains(&self.classes)
            && (n == 0 || n + 1 == usize::from(self.classes))
            && self.edges.iter().rev().is_sorted()
            && self.edges.iter().all(|&edge| edge > 0)
            && self.bands.iter().all(|band| band.is_finite())
            && self.bands[0] <= self.bands[1]
    }
}
