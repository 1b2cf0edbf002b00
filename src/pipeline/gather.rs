//! Gathering: every finished number into the one struct that charts and report read.

use super::job::{Failure, Job};
use super::method;
use super::model::Modelled;
use super::prepare::Prepared;
use crate::churn::Fitted;
use crate::config::Checked;
use crate::finding::Finding;
use crate::profile::{self, Deciding};
use crate::results::{
    Base, ChurnStatus, ColumnFacts, DataFacts, Heading, Mechanism, Results, SCHEMA,
};

/// The finished numbers of the run called `run`.
pub(super) fn gather(
    prepared: &Prepared,
    checked: &Checked,
    modelled: &Modelled,
    job: &Job,
    run: &str,
) -> Result<Results, Failure> {
    let report = &checked.config.report;
    let outcome = prepared.built.table.outcome();
    let heading = Heading {
        title: report.title.clone(),
        language: "en".into(),
        currency: report.currency.clone(),
        as_of: prepared.resolved.input.as_of.map(|day| day.to_string()),
        run: run.to_owned(),
        min_cell: report.min_cell,
    };
    let churn = match &modelled.churn {
        Fitted::Computed(computed) => ChurnStatus::Computed(Box::new(computed.results.clone())),
        Fitted::NotComputed { reason } => {
            ChurnStatus::NotComputed { computed: false, reason: reason.clone() }
        }
    };
    Ok(Results {
        schema: SCHEMA,
        heading,
        data: data(prepared, modelled),
        findings: findings(prepared, modelled),
        base: Base {
            family: modelled.base.family.clone(),
            columns: names(prepared, &modelled.base.columns),
            describing: names(prepared, &modelled.base.describing),
            reason: modelled.base.reason.clone(),
        },
        choice: modelled.discovery.choice.clone(),
        segments: modelled.rows.clone(),
        unassigned: modelled.unassigned.clone(),
        heatmap: modelled.heatmap.clone(),
        projection: modelled.projection.clone(),
        decisions: profile::decisions(
            &modelled.rows,
            &Deciding {
                goal: report.goal,
                currency: &report.currency,
                is_churn: outcome.is_some_and(|outcome| outcome.is_churn),
                outcome_name: outcome.map_or("", |outcome| outcome.name.as_str()),
            },
        ),
        churn,
        rules: None,
        method: method::facts(prepared, modelled, job)?,
    })
}

fn names(prepared: &Prepared, columns: &[usize]) -> Vec<String> {
    columns.iter().map(|&at| prepared.built.table.columns()[at].name.clone()).collect()
}

/// All findings, the serious first, otherwise in the order of the stages.
fn findings(prepared: &Prepared, modelled: &Modelled) -> Vec<Finding> {
    let mut all: Vec<Finding> =
        prepared.findings.iter().chain(&modelled.findings).cloned().collect();
    all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut kept: Vec<Finding> = Vec::with_capacity(all.len());
    for finding in all {
        if !kept.contains(&finding) {
            kept.push(finding);
        }
    }
    kept
}

fn data(prepared: &Prepared, modelled: &Modelled) -> DataFacts {
    let rows = prepared.accounting;
    let table = &prepared.built.table;
    let cells = table.n_customers() * table.columns().len();
    let missing: usize = table.columns().iter().map(|column| column.values.n_missing()).sum();
    let columns = prepared
        .plan
        .columns
        .iter()
        .map(|plan| ColumnFacts {
            name: plan.name.clone(),
            role: plan.role.name().to_owned(),
            family: plan
                .family
                .filter(|_| plan.used)
                .map_or(String::new(), |family| family.name().to_owned()),
            used_for: used_for(prepared, modelled, &plan.name),
            why: plan.why.clone(),
            missing: plan.n_missing as u64,
        })
        .collect();
    DataFacts {
        files: vec![prepared.file_name()],
        rows: rows.rows,
        used: rows.used,
        rejected: rows.rejected,
        excluded: rows.excluded,
        columns,
        missing_share: if cells == 0 { 0.0 } else { missing as f64 / cells as f64 },
    }
}

fn used_for(prepared: &Prepared, modelled: &Modelled, name: &str) -> String {
    let plan = &prepared.plan;
    if plan.id.as_deref() == Some(name) {
        return "id".into();
    }
    if plan.label.as_ref().is_some_and(|label| label.column == name) {
        return "outcome".into();
    }
    let taken_out = modelled.leaks.iter().any(|leak| {
        leak.column == name && matches!(leak.mechanism, Mechanism::Proof | Mechanism::Dropped)
    });
    match prepared.built.table.column(name) {
        Some(_) if taken_out => "taken out".into(),
        Some((at, _)) if modelled.base.columns.contains(&at) => "segments".into(),
        Some((at, _)) if modelled.base.describing.contains(&at) => "describes".into(),
        Some(_) => "churn only".into(),
        None => "not used".into(),
    }
}
