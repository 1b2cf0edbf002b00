//! Gathering: every finished number into the one struct that charts and report read.

use super::job::{Failure, Job};
use super::method;
use super::model::Modelled;
use super::outlook::Outlook;
use super::pictures::pictures;
use super::prepare::Prepared;
use crate::churn::Fitted;
use crate::config::Checked;
use crate::finding::Finding;
use crate::normalise::BaseChoice;
use crate::orders::Tally;
use crate::profile::{self, Acting, Deciding, Departed, Ruling};
use crate::results::actions::ActionResults;
use crate::results::{
    Base, ChurnStatus, ColumnFacts, DataFacts, Decision, Heading, LineFacts, Mechanism,
    RepairFacts, Results, RuleResults, SCHEMA, TableFacts,
};
use crate::table::{Family, FeatureTable};

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
        language: report.language.tag().into(),
        currency: report.currency.clone(),
        as_of: prepared.resolved.input.as_of.map(|day| day.to_string()),
        run: run.to_owned(),
        min_cell: report.min_cell,
        look: prepared.dress.look.clone(),
    };
    let departed = Departed::of(
        (outcome.map(|known| known.values.as_slice()), modelled.outlook.lapsed.as_deref()),
        &modelled.labels,
        (&modelled.rows, modelled.unassigned.as_ref()),
        report.min_cell,
    );
    let ruling = Ruling {
        rules: &modelled.rules,
        ids: &modelled.persisted.ids,
        labels: &modelled.labels,
        n_segments: modelled.rows.len(),
        method: checked.segments.method().rule(),
        departed: Some(&departed),
        abc_cuts: checked.segments.abc_cuts(),
        min_cell: report.min_cell,
    };
    let decisions =
        profile::decisions(&modelled.rows, &deciding(prepared, checked, &modelled.outlook));
    let rules = profile::rule_results(&ruling);
    Ok(Results {
        schema: SCHEMA,
        heading,
        data: data(prepared, modelled, report.min_cell),
        findings: findings(prepared, modelled),
        base: base(&prepared.built.table, &modelled.base),
        choice: modelled.discovery.choice.clone(),
        segments: modelled.rows.clone(),
        unassigned: modelled.unassigned.clone(),
        heatmap: modelled.heatmap.clone(),
        projection: modelled.projection.clone(),
        actions: actions(prepared, checked, modelled, (ruling, rules.as_ref()), &decisions),
        decisions,
        churn: churn(modelled),
        value: modelled.outlook.value.clone(),
        rules,
        method: method::facts(prepared, modelled, job)?,
        kpi: None,
        pictures: pictures(prepared, checked, modelled, job)?,
        refits: modelled.persisted.refits,
        change: None,
    })
}

/// Who is likely to leave, by the label or, in a shop, by the orders.
fn churn(modelled: &Modelled) -> ChurnStatus {
    match &modelled.churn {
        Fitted::Computed(computed) => ChurnStatus::Computed(Box::new(computed.results.clone())),
        Fitted::NotComputed { reason } => match &modelled.outlook.churn {
            Some(results) => ChurnStatus::Computed(Box::new(results.clone())),
            None => ChurnStatus::NotComputed {
                computed: false,
                reason: modelled.outlook.reason.as_ref().unwrap_or(reason).clone(),
            },
        },
    }
}

/// Which strategy suits which customers.
fn actions(
    prepared: &Prepared,
    checked: &Checked,
    modelled: &Modelled,
    (ruling, told): (Ruling, Option<&RuleResults>),
    decisions: &[Decision],
) -> Option<ActionResults> {
    let table = &prepared.built.table;
    let churn = modelled.outlook.at_stake();
    let outcome = table.outcome();
    let gone = |row: usize| outcome.is_some_and(|known| known.values[row] == Some(true));
    profile::actions(&Acting {
        ruling,
        told,
        rows: &modelled.rows,
        unassigned: modelled.unassigned.as_ref(),
        // Another outcome than leaving asks for an offer, not for a reason to stay.
        churn: churn.as_deref().filter(|_| outcome.is_none_or(|known| known.is_churn)),
        risk_cuts: checked.segments.risk_cuts(),
        gone: &gone,
        companies: table.columns().iter().any(|column| column.family == Family::Firmographic),
        goal: checked.config.report.goal,
        decisions,
        actions: &checked.config.actions,
    })
}

/// The columns that make the segments, by name.
pub(super) fn base(table: &FeatureTable, chosen: &BaseChoice) -> Base {
    let names = |columns: &[usize]| {
        columns.iter().map(|&at| table.columns()[at].name.clone()).collect::<Vec<_>>()
    };
    Base {
        family: chosen.family.clone(),
        columns: names(&chosen.columns),
        describing: names(&chosen.describing),
        reason: chosen.reason.clone(),
    }
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

/// How many customers have left, by their label; `None` where they are few.
fn gone(table: &FeatureTable, min_cell: usize) -> Option<u64> {
    let known = table.outcome().filter(|known| known.is_churn)?;
    let n = known.values.iter().filter(|&&outcome| outcome == Some(true)).count();
    (n >= min_cell).then_some(n as u64)
}

fn data(prepared: &Prepared, modelled: &Modelled, min_cell: usize) -> DataFacts {
    let rows = prepared.main.accounting;
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
        files: prepared.file_names(),
        customers: table.n_customers() as u64,
        gone: gone(table, min_cell),
        rows: rows.rows,
        used: rows.used,
        rejected: rows.rejected,
        excluded: rows.excluded,
        columns,
        tables: tables(prepared),
        lines: lines(prepared),
        repairs: repairs(prepared),
        missing_share: if cells == 0 { 0.0 } else { missing as f64 / cells as f64 },
    }
}

/// The tables, where there are several.
fn tables(prepared: &Prepared) -> Vec<TableFacts> {
    if prepared.others.is_empty() {
        return Vec::new();
    }
    prepared
        .tables()
        .map(|table| TableFacts {
            part: table.part.clone(),
            files: table.file_names(),
            rows: table.accounting.rows,
            used: table.accounting.used,
            rejected: table.accounting.rejected,
            excluded: table.accounting.excluded,
            unmatched: table.join.map(|join| join.unmatched + join.without_key),
        })
        .collect()
}

/// Where the purchase lines went.
fn lines(prepared: &Prepared) -> Vec<LineFacts> {
    let Some(orders) = &prepared.orders else { return Vec::new() };
    let counts = &orders.counts;
    let line = |what: &str, tally: &Tally| LineFacts {
        what: what.to_owned(),
        lines: tally.lines,
        money: tally.money.map(|money| money.to_string()),
    };
    let excluded = counts.excluded.named();
    let left_out = excluded.iter().filter(|(_, tally)| tally.lines > 0);
    let mut lines = vec![line("read", &counts.read), line("used", &counts.used)];
    lines.extend(left_out.map(|(what, tally)| line(&format!("left out: {what}"), tally)));
    lines
}

/// What was done to the values.
fn repairs(prepared: &Prepared) -> Vec<RepairFacts> {
    prepared
        .tables()
        .flat_map(|table| &table.repairs)
        .map(|repair| RepairFacts {
            column: repair.column.clone(),
            what: repair.what.clone(),
            rows: repair.rows,
        })
        .collect()
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

/// What decisions are made by.
pub(super) fn deciding<'a>(
    prepared: &'a Prepared,
    checked: &'a Checked,
    outlook: &Outlook,
) -> Deciding<'a> {
    let outcome = prepared.built.table.outcome();
    Deciding {
        goal: checked.config.report.goal,
        currency: &checked.config.report.currency,
        is_churn: outcome.map_or(outlook.churn.is_some(), |outcome| outcome.is_churn),
        outcome_name: outcome.map_or("", |outcome| outcome.name.as_str()),
    }
}
