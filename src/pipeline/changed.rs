//! What has changed since the previous run, from the tables of this one.

use super::against::{Against, pairs};
use super::model::Modelled;
use super::periodic::Begun;
use super::prepare::Prepared;
use crate::change::forecast::{self, Known};
use crate::change::movement::{Way, ways};
use crate::change::{self, Side, Task, downgrades, kpi};
use crate::cluster::rules::Rule;
use crate::config::Checked;
use crate::results::{ChangeResults, Done, KpiResults, RunFacts, SegmentRow};
use crate::said::{Said, said};
use crate::value::Margin;

/// The change, and what it says of each customer.
#[derive(Debug)]
pub(super) struct Changed {
    /// All numbers.
    pub results: ChangeResults,
    /// The segment's id in the previous run, 0 for none; `None` for newcomers.
    pub before: Vec<Option<u32>>,
    /// How the customer came into the segment.
    pub ways: Vec<&'static str>,
}

/// The id of each customer's segment; 0 is none.
pub(super) fn segment_of(modelled: &Modelled) -> Vec<u32> {
    let ids = &modelled.persisted.ids;
    let id = |label: &Option<u32>| label.and_then(|at| ids.get(at as usize).copied()).unwrap_or(0);
    modelled.labels.iter().map(id).collect()
}

/// The KPI of this run.
pub(super) fn kpis(prepared: &Prepared, checked: &Checked, modelled: &Modelled) -> KpiResults {
    let loyal: Option<Vec<Option<bool>>> = modelled.rules.get(Rule::Loyalty).map(|labels| {
        let loyal = labels.names().iter().position(|name| name == "loyal");
        labels
            .codes()
            .iter()
            .map(|code| code.map(|code| Some(usize::from(code)) == loyal))
            .collect()
    });
    let outcome = prepared.built.table.outcome().filter(|outcome| outcome.is_churn);
    let worth = super::rules::worth(modelled.value.as_ref(), &modelled.rules);
    let at_stake = modelled.outlook.at_stake();
    kpi::measure(&kpi::Customers {
        segment: &segment_of(modelled),
        ids: &modelled.persisted.ids,
        orders: prepared.orders.as_ref().map(|orders| &orders.histories),
        loyal: loyal.as_deref(),
        outcome: outcome.map(|outcome| outcome.values.as_slice()),
        probability: at_stake.as_deref(),
        value: worth.as_deref(),
        min_cell: checked.config.report.min_cell,
    })
}

/// The change against the previous run, where there is one.
pub(super) fn changed(
    begun: &Begun,
    checked: &Checked,
    modelled: &Modelled,
    kpi: &KpiResults,
    run: &str,
) -> Option<Changed> {
    let against = begun.against.as_ref()?;
    let (identity, frozen) =
        (modelled.persisted.identity.as_ref()?, modelled.persisted.frozen.as_ref()?);
    let (prepared, previous) = (&begun.prepared, &against.previous);
    let ids = &prepared.built.table.ids().values;
    let row_before: Vec<Option<usize>> =
        ids.iter().map(|id| previous.ids.binary_search(id).ok()).collect();
    let before: Vec<Option<u32>> =
        row_before.iter().map(|row| row.map(|row| previous.said.segment[row])).collect();
    let to = segment_of(modelled);
    let ways = ways(&before, frozen, &to).into_iter().map(Way::name).collect();
    let worth = super::rules::worth(modelled.value.as_ref(), &modelled.rules);
    let now = RunFacts {
        run: run.to_owned(),
        as_of: prepared.resolved.input.as_of.map(|day| day.to_string()),
        customers: ids.len() as u64,
    };
    let both = row_before.iter().flatten().count();
    let then = previous.facts();
    let results = change::compare(Task {
        before: Side {
            run: &then,
            rows: &previous.results.segments,
            kpi: previous.results.kpi.as_ref(),
        },
        now: Side { run: &now, rows: &modelled.rows, kpi: Some(kpi) },
        gone: (previous.ids.len() - both) as u64,
        from: &before,
        frozen,
        to: &to,
        value: worth.as_deref(),
        identity,
        old_ids: &previous.segment_ids(),
        done: if begun.scored { Done::Scored } else { Done::Refitted },
        forecast: facts(against, prepared, checked),
        downgrades: moved_down(against, prepared, frozen, worth.as_deref()),
        drift: against.drift.clone(),
        verdict: against.verdict.clone(),
        notes: notes(against),
    });
    Some(Changed { results, before, ways })
}

fn notes(against: &Against) -> Vec<Said> {
    let mut notes = Vec::new();
    if against.previous.results.kpi.is_none() {
        notes.push(said!("change-no-kpi"));
    }
    if against.assignments.is_empty() {
        notes.push(said!("change-of-a-rule"));
    }
    notes
}

/// The last run's forecasts beside what happened.
fn facts(
    against: &Against,
    prepared: &Prepared,
    checked: &Checked,
) -> Result<crate::results::ForecastFacts, Said> {
    let previous = &against.previous;
    let table = &prepared.built.table;
    let now = &table.ids().values;
    let rows: Vec<Option<usize>> =
        previous.ids.iter().map(|id| now.binary_search(id).ok()).collect();
    let names: Vec<(u32, String)> =
        previous.results.segments.iter().map(|row| (row.segment_id, row.segment.clone())).collect();
    let outcome = table.outcome();
    let orders = prepared.orders.as_ref().filter(|_| outcome.is_none());
    forecast::compare(
        &previous.said,
        &Known {
            rows: &rows,
            orders: orders.map(|orders| &orders.histories),
            margin: match checked.value.params().margin {
                Margin::Number(margin) => Some(margin),
                Margin::Column(_) => None,
            },
            outcome: outcome.map(|outcome| outcome.values.as_slice()),
            from: previous.as_of(),
            horizon_days: previous.horizon_days(),
            names: &names,
        },
    )
}

fn moved_down(
    against: &Against,
    prepared: &Prepared,
    frozen: &[u32],
    worth: Option<&[f64]>,
) -> Option<crate::results::Downgrades> {
    let previous = &against.previous;
    let pairs = pairs(previous, &prepared.built.table.ids().values);
    let known = |row: &SegmentRow| Some((row.segment_id, row.value_per_customer?));
    let values: Vec<(u32, f64)> = previous.results.segments.iter().filter_map(known).collect();
    let before: Vec<u32> = pairs.iter().map(|&(then, _)| previous.said.segment[then]).collect();
    let now: Vec<u32> = pairs.iter().map(|&(_, now)| frozen[now]).collect();
    let value: Option<Vec<f64>> =
        worth.map(|worth| pairs.iter().map(|&(_, now)| worth[now]).collect());
    let rows: Vec<usize> = pairs.iter().map(|&(_, now)| now).collect();
    downgrades::downgrades(&downgrades::Task {
        before: &before,
        now: &now,
        value: value.as_deref(),
        worth: &values,
        orders: prepared.orders.as_ref().map(|orders| (&orders.histories, rows.as_slice())),
        until: previous.as_of().map(crate::day::Day::since_epoch),
    })
}
