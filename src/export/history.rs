//! The history: one line per run and segment, and one for all customers of a run.
//!
//! The lines of the runs that are there are always what these runs say; the lines of runs
//! that were pruned stay as they were.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ExportError;
use super::manifest::Manifest;
use super::write::replace;
use crate::results::{Kpi, Results, SegmentRow};

/// One line of `history.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Line {
    run: String,
    as_of: Option<String>,
    /// `None` for all customers, 0 for those in no segment.
    segment_id: Option<u32>,
    segment: String,
    customers: u64,
    share: f64,
    value: Option<f64>,
    churn_mean: Option<f64>,
    churn_observed: Option<f64>,
    stability: Option<f64>,
    #[serde(default)]
    change: Option<String>,
    #[serde(default)]
    verdict: Option<String>,
    #[serde(default)]
    retention: Option<f64>,
    #[serde(default)]
    repeat_rate: Option<f64>,
    #[serde(default)]
    order_value: Option<f64>,
    #[serde(default)]
    loyal_share: Option<f64>,
    #[serde(default)]
    churn: Option<f64>,
    #[serde(default)]
    value_per_customer: Option<f64>,
}

impl Line {
    /// The KPI of the segment.
    fn with(mut self, kpi: Option<&Kpi>) -> Self {
        if let Some(kpi) = kpi {
            self.retention = kpi.retention.map(|rate| rate.value);
            self.repeat_rate = kpi.repeat_rate.map(|rate| rate.value);
            self.order_value = kpi.order_value.map(|mean| mean.value);
            self.loyal_share = kpi.loyal_share.map(|rate| rate.value);
            self.churn = kpi.churn.map(|rate| rate.value);
            self.value_per_customer = kpi.value.map(|mean| mean.value);
        }
        self
    }
}

/// The lines of a run.
fn lines(results: &Results) -> Vec<Line> {
    let verdict = results.change.as_ref().map(|change| change.verdict.advice.name().to_owned());
    let kpi = |id: u32| {
        let kpi = results.kpi.as_ref()?;
        kpi.groups.iter().find(|group| group.segment_id == id)
    };
    let of = |row: &SegmentRow| Line {
        run: results.heading.run.clone(),
        as_of: results.heading.as_of.clone(),
        segment_id: Some(row.segment_id),
        segment: row.segment.clone(),
        customers: row.customers,
        share: row.share,
        value: row.value,
        churn_mean: row.churn_mean,
        churn_observed: row.churn_observed,
        stability: row.stability,
        change: row.change.clone(),
        verdict: verdict.clone(),
        retention: None,
        repeat_rate: None,
        order_value: None,
        loyal_share: None,
        churn: None,
        value_per_customer: None,
    };
    let mut all: Vec<Line> = results
        .segments
        .iter()
        .map(|row| of(row).with(kpi(row.segment_id)))
        .chain(results.unassigned.iter().map(of))
        .collect();
    if let Some(first) = all.first().cloned() {
        let whole = Line {
            segment_id: None,
            segment: "All customers".to_owned(),
            customers: results.data.customers,
            share: 1.0,
            value: None,
            churn_mean: None,
            churn_observed: None,
            stability: None,
            change: None,
            ..first
        };
        all.insert(0, Line { retention: None, ..whole }.with(kpi(0)));
    }
    all
}

/// Rebuilds `history.jsonl` of the output folder `root` from its published runs.
///
/// # Errors
///
/// The runs cannot be listed or the history cannot be written.
pub(super) fn rebuild(root: &Path) -> Result<(), ExportError> {
    let runs = root.join("runs");
    let wrong = |error: std::io::Error| ExportError::io(&runs, &error);
    let place = root.join("history.jsonl");
    let mut known: Vec<Line> = Vec::new();
    let mut there = BTreeSet::new();
    for entry in fs::read_dir(&runs).map_err(wrong)? {
        let run = entry.map_err(wrong)?.path();
        // A folder that is no whole run (a foreign one) has no history.
        let Ok((manifest, _)) = Manifest::read(&run) else { continue };
        let Ok(bytes) = fs::read(run.join("report.json")) else { continue };
        let Ok(results) = serde_json::from_slice::<Results>(&bytes) else { continue };
        there.insert(manifest.run);
        known.extend(lines(&results));
    }
    let before = fs::read_to_string(&place).unwrap_or_default();
    let pruned = before.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    known.extend(pruned.filter(|line| !there.contains(&line.run)));
    // Stable: the lines of a run stay in their order.
    known.sort_by(|a, b| (&a.as_of, &a.run).cmp(&(&b.as_of, &b.run)));
    let mut text = String::new();
    for line in &known {
        text.push_str(&serde_json::to_string(line).map_err(|error| ExportError::Encode {
            path: "history.jsonl".into(),
            message: error.to_string(),
        })?);
        text.push('\n');
    }
    replace(&place, text.as_bytes())
}
