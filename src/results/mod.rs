//! Every finished number and series of a run: `report.json`.
//!
//! Charts and reports are drawn from this alone; they compute no statistic.
//! Money is in the input's own unit, shares and probabilities are 0..1, and every
//! cell that fewer than `min_cell` customers share is already withheld here.

pub mod actions;
pub mod change;
pub mod choice;
pub mod churn;
pub mod effects;
pub mod exploration;
pub mod kpi;
pub mod look;
pub mod pictures;
pub mod profit;
pub mod rules;
pub mod segment;
pub mod survival;
pub mod value;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::said::Said;
pub use change::{
    Advice, ChangeEvent, ChangeResults, Done, Downgrades, DowngradesOf, Fate, FeatureDrift,
    ForecastFacts, ForecastRow, KpiChange, Moved, Movement, RunFacts, SegmentChange, VerdictFacts,
};
pub use choice::{Candidate, Choice, PartChoice};
pub use churn::{
    CalibrationBin, ChurnResults, ChurnStatus, Compared, CurvePoint, Driver, Importance, Interval,
    Leak, LiftPoint, Mechanism, Metrics,
};
pub use effects::{Dependence, DependencePoint, Permutation};
pub use exploration::{Exploration, Flow, Indices, MethodTried, Recommendation, Sensitivity};
pub use kpi::{Kpi, KpiResults, Limits, Mean, Month, Rate, Refits};
pub use pictures::Pictures;
pub use profit::{Profit, ProfitPoint};
pub use rules::RuleResults;
pub use segment::{NamePart, Offer, Product, SegmentRow, Trait, Typical, TypicalValue, Verdict};
pub use survival::{ContractModel, Remaining, Survival, SurvivalPoint};
pub use value::{ModelFit, ValueResults, ValueStatus};

/// The version of the layout of `report.json`, `segments.json` and `churn.json`.
pub const SCHEMA: u32 = 1;

/// The title where nobody gave one; a report in another language has its own.
pub const USUAL_TITLE: &str = "Customer segments";

/// All finished numbers of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// The layout's version.
    pub schema: u32,
    /// What the report is called and how it is written.
    pub heading: Heading,
    /// Rows in, rows used and why the others were not.
    pub data: DataFacts,
    /// Everything noticed on the way, the serious first.
    pub findings: Vec<Finding>,
    /// What made the segments.
    pub base: Base,
    /// The evidence for the number of segments.
    pub choice: Choice,
    /// One entry per segment, in order of id.
    pub segments: Vec<SegmentRow>,
    /// Customers in no segment (noise), where the method has any.
    pub unassigned: Option<SegmentRow>,
    /// How each segment differs, column by column.
    pub heatmap: Heatmap,
    /// The map of the customers.
    pub projection: Projection,
    /// Who is likely to leave, or why that was not computed.
    pub churn: ChurnStatus,
    /// What customers are expected to order and bring, where there are orders.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<ValueStatus>,
    /// The decisions asked of the reader, at most three.
    pub decisions: Vec<Decision>,
    /// The rule segmentations beside the segments, where there are orders or a value.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rules: Option<rules::RuleResults>,
    /// Which strategy suits which customers, where loyalty, value or churn is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actions: Option<actions::ActionResults>,
    /// How the run was made, for the annex.
    pub method: MethodFacts,
    /// KPI of all customers, of each segment and of each month.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kpi: Option<KpiResults>,
    /// What only figures show.
    #[serde(default)]
    pub pictures: Pictures,
    /// How much refits on resampled customers agree; k-means only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refits: Option<Refits>,
    /// What has changed since the previous run, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub change: Option<Box<ChangeResults>>,
}

/// What the report is called and how it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// The title.
    pub title: String,
    /// The language, such as `en`.
    pub language: String,
    /// The currency sign or code; empty where none is printed.
    pub currency: String,
    /// The as-of day, `YYYY-MM-DD`; `None` for an undated table.
    pub as_of: Option<String>,
    /// The run's name, as its folder is called.
    pub run: String,
    /// Cells below this many customers are withheld.
    pub min_cell: usize,
    /// How it looks, where that differs from the usual.
    #[serde(skip_serializing_if = "look::Look::is_usual", default)]
    pub look: look::Look,
}

/// Rows in, rows used and why the others were not: `used + rejected + excluded = rows`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataFacts {
    /// The input files, named as in the config.
    pub files: Vec<String>,
    /// Customers in the feature table.
    pub customers: u64,
    /// Customers who have already left; `None` where they are few, or nothing tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<u64>,
    /// Data rows of the main table: the customers, or the purchases where there are none.
    pub rows: u64,
    /// Rows used.
    pub used: u64,
    /// Rows rejected as bad.
    pub rejected: u64,
    /// Rows excluded by rule.
    pub excluded: u64,
    /// Each column with its role, in the order of the input.
    pub columns: Vec<ColumnFacts>,
    /// The tables that were read, the main one first; empty where there is only one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableFacts>,
    /// Where the purchase lines went, the used ones first; empty without purchases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineFacts>,
    /// What was done to the values of which column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<RepairFacts>,
    /// The share of missing cells among the used columns, 0..1.
    pub missing_share: f64,
}

/// One table of the input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableFacts {
    /// What it was used as, such as `customers` or `events`.
    pub part: String,
    /// Its files.
    pub files: Vec<String>,
    /// Its rows.
    pub rows: u64,
    /// Rows used.
    pub used: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Rows left out by rule.
    pub excluded: u64,
    /// Rows that belong to nobody; `None` for the table that others join to.
    pub unmatched: Option<u64>,
}

/// Some purchase lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineFacts {
    /// Which lines, such as `used` or `without a customer`.
    pub what: String,
    /// How many.
    pub lines: u64,
    /// Their money as the input writes it; `None` where the lines have none.
    pub money: Option<String>,
}

/// What was done to the values of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairFacts {
    /// The column.
    pub column: String,
    /// What was done, in words.
    pub what: String,
    /// In how many rows.
    pub rows: u64,
}

/// One column of the input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnFacts {
    /// The name.
    pub name: String,
    /// Its role, such as `number`.
    pub role: String,
    /// Its family, such as `behavioural`; empty where it is not used.
    pub family: String,
    /// `segments`, `describes`, `churn only`, `outcome`, `id` or `not used`.
    pub used_for: String,
    /// Why, in words.
    pub why: String,
    /// Missing cells.
    pub missing: u64,
}

/// What made the segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The family of columns, such as `behavioural`, or `chosen by hand`, or `all`.
    pub family: String,
    /// The source columns that made the segments.
    pub columns: Vec<String>,
    /// The source columns that only describe them.
    pub describing: Vec<String>,
    /// Why this base, one sentence.
    pub reason: String,
}

/// A heatmap of effect sizes: rows are features, columns are segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Heatmap {
    /// The features, those that differ most first, at most 24.
    pub features: Vec<HeatmapRow>,
}

/// One feature over all segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeatmapRow {
    /// The feature, `Contract: One year` for a level.
    pub feature: String,
    /// Whether it made the segments.
    pub in_base: bool,
    /// Where the typical value stands among all customers, -1..1: for a number the share of
    /// customers below the segment's median less the share above it, for flags and levels the
    /// share less that of all. One per segment; `None` where withheld.
    pub effect: Vec<Option<f64>>,
    /// The typical value in each segment as text: median, or share of yes.
    pub shown: Vec<String>,
    /// The typical value of all customers as text.
    pub all: String,
}

/// A map of the customers as counts on a grid: no dot per person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Projection {
    /// What the axes are, such as `principal components`.
    pub method: String,
    /// The share of the variance each axis explains, 0..1.
    pub explained: [f64; 2],
    /// Left and right edge.
    pub x: [f64; 2],
    /// Lower and upper edge.
    pub y: [f64; 2],
    /// Cells across.
    pub width: usize,
    /// Cells up.
    pub height: usize,
    /// Non-empty cells with at least `min_cell` customers: column, row (from below),
    /// customers, and the id of the segment that most of them belong to (0 = unassigned).
    pub cells: Vec<Cell>,
    /// Customers in cells that are withheld because they hold fewer than `min_cell`.
    pub withheld: u64,
    /// The centre of each segment on the map, in order of id.
    pub centres: Vec<[f64; 2]>,
    /// The features that pull most along each axis, in words.
    pub axes: [String; 2],
}

/// One cell of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Column, from the left.
    pub x: u16,
    /// Row, from below.
    pub y: u16,
    /// Customers.
    pub n: u64,
    /// The segment most of them belong to; 0 is unassigned.
    pub segment_id: u32,
    /// The share of them that belong to it, in percent.
    pub percent: u8,
}

/// A decision asked of the reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// `protect`, `grow` or `stop`.
    pub kind: String,
    /// The segment it is about.
    pub segment_id: u32,
    /// How many customers it concerns.
    pub customers: u64,
    /// The money at stake, where a value is known.
    pub money: Option<f64>,
    /// What to decide, one sentence.
    pub text: String,
    /// Why, one sentence with the figures.
    pub why: String,
}

/// How the run was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodFacts {
    /// The program's version.
    pub version: String,
    /// The seed.
    pub seed: u64,
    /// How each column of the matrix was prepared, such as `tenure: standardised`.
    pub preparation: Vec<String>,
    /// The same for other languages, one for each; empty in older runs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub preparation_said: Vec<Said>,
    /// Columns of the matrix.
    pub n_features: usize,
    /// Statements on what the figures cannot say.
    pub limits: Vec<String>,
    /// The same for other languages, one for each; empty in older runs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub limits_said: Vec<Said>,
    /// The share of value each customer stands for: name of the column and its period.
    pub value: Option<String>,
    /// The config in full, as TOML.
    pub config: String,
}
