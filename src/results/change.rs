//! What has changed since the previous run: `change.json`.
//!
//! Segments are named by their ids; 0 stands for customers in no segment. Money is in the
//! input's own unit, shares and probabilities are 0..1. An empty list says that nothing of
//! the kind was found, an absent part that it could not be told; `notes` say why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::churn::{CalibrationBin, Interval};
use crate::said::Said;

/// What to do with the segments.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// The frozen model still describes the customers.
    Keep,
    /// A person should look before the segments are used further.
    Look,
    /// The customers no longer fall into these segments: fit anew.
    Refit,
}

impl Advice {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Look => "look",
            Self::Refit => "refit",
        }
    }
}

/// What was done: the customers were scored with the frozen model, or the segments were
/// fitted anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// Scored with the frozen model.
    Scored,
    /// Fitted anew, from the previous centres where the method has any.
    Refitted,
}

/// How a segment came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// The same segment as before.
    Kept,
    /// A piece of one earlier segment.
    Split,
    /// Several earlier segments together.
    Merged,
    /// Not there before.
    New,
    /// No longer there.
    Gone,
}

impl Fate {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// A run that is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunFacts {
    /// Its name.
    pub run: String,
    /// Its as-of day.
    pub as_of: Option<String>,
    /// Its customers.
    pub customers: u64,
}

/// Everything that has changed between two runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeResults {
    /// The layout's version.
    pub schema: u32,
    /// The earlier run.
    pub before: RunFacts,
    /// The later run.
    pub now: RunFacts,
    /// What was done with the segments.
    pub done: Done,
    /// Customers of both runs.
    pub both: u64,
    /// Customers of the later run alone.
    pub new: u64,
    /// Customers of the earlier run alone.
    pub gone: u64,
    /// Keep, look or refit, and why.
    pub verdict: VerdictFacts,
    /// The last run's forecasts beside what happened.
    pub forecast: Option<ForecastFacts>,
    /// What happened to the segments, each in one sentence.
    pub events: Vec<ChangeEvent>,
    /// One entry per segment of either run, in order of id.
    pub segments: Vec<SegmentChange>,
    /// Customers of both runs and newcomers: the segment they had, and the one that the
    /// previous model gives them by what they do now. Counts sum to the customers of the
    /// later run.
    pub moved_by_behaviour: Movement,
    /// The same customers: the segment that the previous model gives them, and the one that
    /// the new fit gives them. Counts sum to the customers of the later run.
    pub moved_by_redefinition: Movement,
    /// Customers who moved to a segment of lower value by what they do.
    pub downgrades: Option<Downgrades>,
    /// KPI of the segments, and of all (id 0), before and now.
    pub kpi: Vec<KpiChange>,
    /// How the columns have shifted, the most first.
    pub drift: Vec<FeatureDrift>,
    /// What could not be told, and why.
    pub notes: Vec<String>,
    /// The notes for other languages, one for each; empty in older runs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes_said: Vec<Said>,
}

/// Keep, look or refit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictFacts {
    /// The advice.
    pub advice: Advice,
    /// Why, the strongest first; sentences.
    pub reasons: Vec<String>,
    /// The reasons for other languages, one for each; empty in older runs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons_said: Vec<Said>,
    /// The share of the customers that the previous model and a new fit on the same rows
    /// put into the same segment; `None` where it was not measured.
    pub agreement: Option<f64>,
    /// The 5th percentile of the same share between refits on resampled customers, as
    /// stored with the fit of the previous model.
    pub expected: Option<f64>,
    /// The share of the customers who are unlike everybody in their segment; 1 % at fit.
    pub unlike: Option<f64>,
    /// Days since the model was fitted.
    pub model_age_days: Option<i64>,
}

/// Something that happened to a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEvent {
    /// `split`, `merged`, `new`, `gone`, `grew`, `shrank`, or the name of a KPI that rose or
    /// fell, such as `churn-rose`.
    pub kind: String,
    /// The segment; 0 for all customers.
    pub segment_id: u32,
    /// What happened, one sentence.
    pub text: String,
    /// The same for other languages; absent in older runs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub said: Option<Said>,
}

/// A segment before and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentChange {
    /// The id.
    pub segment_id: u32,
    /// The name.
    pub segment: String,
    /// Whether it was there before.
    pub fate: Fate,
    /// The earlier segments it came from; itself where it was kept.
    pub from: Vec<u32>,
    /// For a segment that is gone: where most of its customers are now.
    pub into: Vec<u32>,
    /// The likeness to the segment it came from, on the same rows: Jaccard, 0..1.
    pub jaccard: Option<f64>,
    /// Customers in the earlier run.
    pub customers_before: Option<u64>,
    /// Customers now.
    pub customers: Option<u64>,
    /// The share of all customers, less the share before, with the 95 % interval of the
    /// difference of two independent shares.
    pub share_change: Option<Interval>,
    /// The stability before.
    pub stability_before: Option<f64>,
    /// The stability now.
    pub stability: Option<f64>,
}

/// Who moved where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    /// The customers of all cells together.
    pub customers: u64,
    /// The value of all cells together, where it is known.
    pub value: Option<f64>,
    /// The cells that hold customers, by `from` and `to`.
    pub cells: Vec<Moved>,
    /// Customers in cells that are withheld because they are too few; in what is sent only.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub withheld: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// Customers who moved the same way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// The segment before; `None`: was not in the earlier run.
    pub from: Option<u32>,
    /// The segment after.
    pub to: u32,
    /// Customers.
    pub customers: u64,
    /// Their value now, where it is known.
    pub value: Option<f64>,
}

/// Moves to a segment of lower value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Downgrades {
    /// Customers of both runs with a segment in each.
    pub customers: u64,
    /// Of them, those who moved down.
    pub down: u64,
    /// Of them, those who moved up.
    pub up: u64,
    /// Their value now.
    pub value: Option<f64>,
    /// The share that moves down with nobody changing: the weeks before the earlier run are
    /// dealt into two halves, and the customers ranked by what they spent in each. `None`
    /// without orders.
    pub expected_share: Option<f64>,
    /// The share that did.
    pub share: f64,
    /// By the segment before.
    pub segments: Vec<DowngradesOf>,
}

/// Moves down out of one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DowngradesOf {
    /// The segment before.
    pub segment_id: u32,
    /// Its customers in both runs.
    pub customers: u64,
    /// Of them, those who moved down.
    pub down: u64,
    /// The share that moves down with nobody changing.
    pub expected_share: Option<f64>,
}

/// One KPI of one segment before and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KpiChange {
    /// The segment; 0 is all customers.
    pub segment_id: u32,
    /// The KPI: `retention`, `repeat-rate`, `order-value`, `loyal-share`, `churn`, `value`.
    pub kpi: String,
    /// Before, with its 95 % interval.
    pub before: Interval,
    /// Now.
    pub now: Interval,
    /// Now less before, with the interval of a difference of independent figures, which is
    /// wide for customers of both runs.
    pub change: Interval,
    /// Whether that interval leaves 0 out.
    pub clear: bool,
}

/// How a column has shifted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeatureDrift {
    /// The column.
    pub column: String,
    /// Whether it makes the segments.
    pub in_base: bool,
    /// Customers with a value before.
    pub n_before: u64,
    /// Customers with a value now.
    pub n_now: u64,
    /// The population stability index less its expectation without drift; `None`: too few
    /// to say (fewer than 500 on a side).
    pub psi: Option<f64>,
    /// Numbers: Wasserstein's distance in standard deviations of before.
    pub wasserstein: Option<f64>,
    /// Categories: the share of customers with a level that was not there before.
    pub unseen: Option<f64>,
    /// The share without a value now, less the share before.
    pub missing_change: f64,
    /// Whether the time between the runs was taken off: the column only ages.
    pub aged: bool,
    /// In words: `none`, `some`, `large`, `too few to say`.
    pub size: String,
}

/// The last run's forecasts beside what happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastFacts {
    /// The day after which the forecast begins: the earlier run's as-of day.
    pub from: Option<String>,
    /// The last day whose facts are known.
    pub until: Option<String>,
    /// The days that the forecast was of; `None` for a label, which has no horizon.
    pub horizon_days: Option<u32>,
    /// The days of it that have passed.
    pub observed_days: Option<u32>,
    /// Whether all of it has passed; else forecasts are for the days that have, in
    /// proportion, and the probability of no order by a constant rate.
    pub complete: bool,
    /// All customers (id 0), then each segment of the earlier run.
    pub rows: Vec<ForecastRow>,
    /// Forecast and observed share of leaving, ten bins of equal size at most.
    pub calibration: Vec<CalibrationBin>,
    /// What the figures are of, one or two sentences.
    pub note: String,
    /// The same for other languages; absent in older runs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub said: Option<Said>,
}

/// Forecast and fact of one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastRow {
    /// The segment in the earlier run; 0 is all customers.
    pub segment_id: u32,
    /// Its name then.
    pub segment: String,
    /// Customers whose leaving was forecast and is known now.
    pub customers: u64,
    /// The mean probability of leaving.
    pub churn_forecast: Option<f64>,
    /// The share that left, with its 95 % Wilson interval.
    pub churn_fact: Option<Interval>,
    /// Orders expected.
    pub orders_forecast: Option<f64>,
    /// Days with an order.
    pub orders_fact: Option<f64>,
    /// Value expected.
    pub value_forecast: Option<f64>,
    /// Value that came in.
    pub value_fact: Option<f64>,
}

impl ChangeResults {
    /// What may be sent: cells of fewer than `min_cell` customers are taken out of the
    /// movements and counted together, and figures on fewer are left out.
    #[must_use]
    pub fn disclosed(&self, min_cell: usize) -> Self {
        let least = min_cell as u64;
        let mut shown = self.clone();
        for movement in [&mut shown.moved_by_behaviour, &mut shown.moved_by_redefinition] {
            let few: u64 =
                movement.cells.iter().map(|cell| cell.customers).filter(|&n| n < least).sum();
            movement.withheld = few;
            movement.cells.retain(|cell| cell.customers >= least);
        }
        if let Some(forecast) = &mut shown.forecast {
            forecast.rows.retain(|row| row.customers >= least || row.customers == 0);
            forecast.calibration.retain(|bin| bin.n >= least);
        }
        if let Some(downgrades) = &mut shown.downgrades {
            downgrades
                .segments
                .retain(|of| of.customers >= least && (of.down == 0 || of.down >= least));
        }
        shown
    }
}
