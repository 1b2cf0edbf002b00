//! Columns that know the outcome: found, taken out, or refused.

use super::job::{Failure, Job};
use super::prepare::Prepared;
use crate::churn;
use crate::config::{Checked, Leakage};
use crate::results::{Leak, Mechanism};

/// Finds the columns that know the outcome, and takes the proven ones out of the table,
/// so that neither segments nor propensities nor profiles see them. Those that a frozen
/// model needs stay for the segments alone.
pub(super) fn take_out_leaks(
    prepared: &mut Prepared,
    checked: &Checked,
    job: &Job,
    needed: &[&str],
) -> Result<Vec<Leak>, Failure> {
    let report = churn::inspect(&prepared.built.table, &checked.churn);
    refuse_leaks(&report.leaks, checked, job)?;
    let mut excluded = report.excluded();
    excluded.retain(|name| !needed.contains(&name.as_str()));
    if !excluded.is_empty() {
        prepared.built.table = prepared.built.table.without(&excluded);
        prepared.built.schema.columns.retain(|column| !excluded.contains(&column.name));
    }
    prepared.findings.extend(report.findings);
    Ok(report.leaks)
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
        return Err(Failure::refused(
            "E-STA-010",
            format!("the outcome can be read from {}", proven.join(", ")),
            "leave the column out with churn.drop, or run without --gate: it is then taken out",
        ));
    }
    Ok(())
}
