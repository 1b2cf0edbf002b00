//! What is found in the feature table before columns are taken out: leaks, and how long
//! contracts last, which the end of a contract tells though it is a leak.

use super::job::{Failure, Job};
use super::prepare::Prepared;
use crate::churn;
use crate::config::{Checked, Leakage};
use crate::features::DAY_AFTER_REFERENCE;
use crate::finding::Finding;
use crate::results::{ChurnResults, Leak, Mechanism, Survival};

/// What is found in the table before columns are taken out.
#[derive(Debug)]
pub(super) struct Inspected {
    /// Columns that know the outcome, or seem to.
    pub leaks: Vec<Leak>,
    /// How long contracts last, or why that is not drawn; the end of a contract is a leak.
    pub survival: Result<Survival, String>,
}

/// Finds the columns that know the outcome, and takes the proven ones out of the table,
/// so that neither segments nor propensities nor profiles see them. Those that a frozen
/// model needs stay for the segments alone.
pub(super) fn take_out_leaks(
    prepared: &mut Prepared,
    checked: &Checked,
    job: &Job,
    needed: &[&str],
) -> Result<Inspected, Failure> {
    let (asked, min_cell) = (checked.churn.params(), checked.config.report.min_cell);
    let survival = churn::survival(&prepared.built.table, asked, min_cell);
    let late = late_columns(&prepared.findings);
    let report = churn::inspect(&prepared.built.table, &late, &checked.churn);
    refuse_leaks(&report.leaks, checked, job)?;
    let mut excluded = report.excluded();
    excluded.retain(|name| !needed.contains(&name.as_str()));
    if !excluded.is_empty() {
        prepared.built.table = prepared.built.table.without(&excluded);
        prepared.built.schema.columns.retain(|column| !excluded.contains(&column.name));
    }
    prepared.findings.extend(report.findings);
    Ok(Inspected { leaks: report.leaks, survival })
}

/// The columns that hold days after the as-of day.
fn late_columns(findings: &[Finding]) -> Vec<String> {
    let late = findings.iter().filter(|finding| finding.code == DAY_AFTER_REFERENCE);
    late.filter_map(|finding| finding.column.clone()).collect()
}

/// A proven leak ends the run where the gate asks for it.
fn refuse_leaks(leaks: &[Leak], checked: &Checked, job: &Job) -> Result<(), Failure> {
    let refuse = job.gate || checked.config.gate.leakage == Leakage::Refuse;
    let proven: Vec<&str> = leaks
        .iter()
        .filter(|leak| leak.mechanism == Mechanism::Proof)
        .map(|leak| leak.column.as_str())
        .collect();
    if refuse && !proven.is_empty() {
        let same_days = proven.iter().all(|column| churn::is_time_since_order(column));
        return Err(Failure::refused(
            if same_days { "E-STA-011" } else { "E-STA-010" },
            format!("the outcome can be read from {}", proven.join(", ")),
            "leave the column out with churn.drop, or run without --gate: it is then taken out",
        ));
    }
    Ok(())
}

/// Adds the survival to the results, or why it is not drawn.
pub(super) fn add_survival(results: &mut ChurnResults, survival: Result<Survival, String>) {
    match survival {
        Ok(survival) => results.survival = Some(survival),
        Err(reason) => results.survival_not_drawn = reason,
    }
}
