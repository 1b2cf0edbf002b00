//! The figures of a run as a textfile for the node exporter of Prometheus.
//!
//! The format is that of Prometheus' text exposition 0.0.4. The file is written aside and
//! renamed, because the exporter may read at any moment. It holds no id and no value of a cell.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::export::ExportError;
use crate::finding::Severity;
use crate::pipeline::Failure;
use crate::results::{ChurnStatus, Results};

/// Writes the figures of a run, or that it failed.
pub(super) fn write(
    path: &Path,
    code: i32,
    done: Option<(&Results, &Path, bool)>,
) -> anyhow::Result<()> {
    let mut text = String::new();
    let mut gauge = Gauges(&mut text);
    gauge.one("kohort_run_exit_code", "The exit code of the last run.", f64::from(code));
    if let Some((results, run, already)) = done {
        figures(&mut gauge, results, already);
        seconds(&mut gauge, run);
    }
    let wrong = |error: std::io::Error| Failure::from(ExportError::io(path, &error));
    let mut aside = path.as_os_str().to_owned();
    // The exporter reads files that end in .prom, so it does not see this one.
    aside.push(".new");
    let aside = PathBuf::from(aside);
    fs::write(&aside, text).map_err(wrong)?;
    Ok(fs::rename(&aside, path).map_err(wrong)?)
}

/// Gauges in the text format.
struct Gauges<'a>(&'a mut String);

impl Gauges<'_> {
    fn one(&mut self, name: &str, help: &str, value: f64) {
        self.all(name, help, &[(String::new(), value)]);
    }

    fn all(&mut self, name: &str, help: &str, values: &[(String, f64)]) {
        if values.is_empty() {
            return;
        }
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} gauge");
        for (labels, value) in values {
            let _ = writeln!(self.0, "{name}{labels} {value}");
        }
    }
}

/// A label with its value, escaped.
fn label(name: &str, value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("{{{name}=\"{value}\"}}")
}

fn figures(gauge: &mut Gauges, results: &Results, already: bool) {
    let run = label("run", &results.heading.run);
    gauge.all("kohort_run_info", "The run that current figures are of.", &[(run, 1.0)]);
    let published = f64::from(u8::from(!already));
    gauge.one("kohort_run_published", "1 where the last run was new.", published);
    gauge.one("kohort_customers", "Customers in the run.", results.data.customers as f64);
    gauge.one("kohort_segments", "Segments found.", results.segments.len() as f64);
    let count = |severity| {
        results.findings.iter().filter(|finding| finding.severity == severity).count() as f64
    };
    let findings = [
        (label("severity", "note"), count(Severity::Note)),
        (label("severity", "warning"), count(Severity::Warning)),
        (label("severity", "serious"), count(Severity::Serious)),
    ];
    gauge.all("kohort_findings", "What was noticed, by how serious it is.", &findings);
    let by_segment = |of: &dyn Fn(&crate::results::SegmentRow) -> Option<f64>| -> Vec<_> {
        let rows = results.segments.iter();
        rows.filter_map(|row| Some((label("segment", &row.segment_id.to_string()), of(row)?)))
            .collect()
    };
    let customers = by_segment(&|row| Some(row.customers as f64));
    gauge.all("kohort_segment_customers", "Customers of each segment.", &customers);
    let churn = by_segment(&|row| row.churn_mean);
    gauge.all("kohort_segment_churn_mean", "Mean probability of leaving.", &churn);
    let value = by_segment(&|row| row.value);
    gauge.all("kohort_segment_value", "Value of each segment, in units of money.", &value);
    let stability = by_segment(&|row| row.stability);
    gauge.all("kohort_segment_stability", "How far fits repeat each segment, 0 to 1.", &stability);
    if let ChurnStatus::Computed(churn) = &results.churn {
        let metrics = &churn.metrics;
        gauge.one("kohort_churn_roc_auc", "ROC-AUC out of fold.", metrics.roc_auc.value);
        gauge.one("kohort_churn_log_loss", "Log-loss out of fold.", metrics.log_loss.value);
        gauge.one("kohort_churn_calibration_error", "Calibration error.", metrics.ece);
    }
}

/// How long each stage took, from the log of the run.
fn seconds(gauge: &mut Gauges, run: &Path) {
    let log = fs::read(run.join("run.log.json")).ok();
    let log: Option<serde_json::Value> = log.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let stages: Vec<(String, f64)> = log
        .as_ref()
        .and_then(|log| log["seconds"].as_object())
        .into_iter()
        .flatten()
        .filter_map(|(stage, value)| Some((label("stage", stage), value.as_f64()?)))
        .collect();
    gauge.all("kohort_stage_seconds", "Seconds of each stage of the run.", &stages);
}
