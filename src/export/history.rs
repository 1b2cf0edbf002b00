//! The history: one line per run and segment, always what the published runs say.

use std::fs;
use std::path::Path;

use serde::Serialize;

use super::ExportError;
use super::manifest::Manifest;
use super::segments::SegmentsFile;
use super::write::replace;

/// One line of `history.jsonl`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    run: &'a str,
    as_of: Option<&'a str>,
    segment_id: u32,
    segment: &'a str,
    customers: u64,
    share: f64,
    value: Option<f64>,
    churn_mean: Option<f64>,
    churn_observed: Option<f64>,
    stability: Option<f64>,
}

/// Rebuilds `history.jsonl` of the output folder `root` from its published runs.
///
/// # Errors
///
/// The runs cannot be listed or the history cannot be written.
pub(super) fn rebuild(root: &Path) -> Result<(), ExportError> {
    let runs = root.join("runs");
    let wrong = |error: std::io::Error| ExportError::io(&runs, &error);
    let mut text = String::new();
    let mut known: Vec<(Option<String>, String, SegmentsFile)> = Vec::new();
    for entry in fs::read_dir(&runs).map_err(wrong)? {
        let run = entry.map_err(wrong)?.path();
        // A folder that is no whole run (a foreign one) has no history.
        let Ok((manifest, _)) = Manifest::read(&run) else { continue };
        let Ok(bytes) = fs::read(run.join("segments.json")) else { continue };
        let Ok(file) = serde_json::from_slice(&bytes) else { continue };
        known.push((manifest.as_of, manifest.run, file));
    }
    known.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    for (as_of, run, file) in &known {
        for row in file.segments.iter().chain(&file.unassigned) {
            let line = Line {
                run,
                as_of: as_of.as_deref(),
                segment_id: row.segment_id,
                segment: &row.segment,
                customers: row.customers,
                share: row.share,
                value: row.value,
                churn_mean: row.churn_mean,
                churn_observed: row.churn_observed,
                stability: row.stability,
            };
            text.push_str(&serde_json::to_string(&line).map_err(|error| ExportError::Encode {
                path: "history.jsonl".into(),
                message: error.to_string(),
            })?);
            text.push('\n');
        }
    }
    replace(&root.join("history.jsonl"), text.as_bytes())
}
