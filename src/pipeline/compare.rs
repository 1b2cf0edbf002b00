//! Two published runs side by side, from what they left.

use std::path::Path;

use super::against::{Against, drifts, pairs, placed, unjudged, verdict};
use super::job::Failure;
use super::people::{classes, features};
use super::previous::Previous;
use crate::change::identity::{Identity, Table, identify};
use crate::change::{self, Side, Task, downgrades};
use crate::cluster::rules::Cuts;
use crate::export::columns::Columns;
use crate::fault::Class;
use crate::features::conform;
use crate::results::{ChangeResults, Done, SegmentRow};
use crate::said::said;
use crate::seed::Seed;

/// What has changed between the runs in two folders. Where the later run went on from the
/// earlier one its `change.json` is the answer; else its features are put to the earlier
/// model. A forecast is compared with facts in the former case only, because a run folder
/// keeps no purchases.
///
/// # Errors
///
/// A run that cannot be read, two runs in the wrong order, a model that needs columns that
/// the later run has not.
pub fn compare_runs(before: &Path, now: &Path, seed: u64) -> Result<ChangeResults, Failure> {
    let (then, later) = (Previous::read(before)?, Previous::read(now)?);
    if let (Some(a), Some(b)) = (then.as_of(), later.as_of())
        && a > b
    {
        return Err(Failure {
            code: "E-JOB-002".into(),
            class: Class::Config,
            message: format!("{} is as of {a}, which is after {b}", then.manifest.run),
            hint: Some("give the earlier run first".into()),
        });
    }
    let kept = now.join("change.json");
    if later.manifest.previous.as_ref() == Some(&then.manifest.run)
        && let Ok(bytes) = std::fs::read(&kept)
    {
        return serde_json::from_slice(&bytes).map_err(|_| Failure {
            code: "E-JOB-001".into(),
            class: Class::Config,
            message: format!("{} cannot be read by this version", kept.display()),
            hint: Some("compare the runs with the version that made them".into()),
        });
    }
    anew(then, &later, Seed::new(seed))
}

fn anew(then: Previous, later: &Previous, seed: Seed) -> Result<ChangeResults, Failure> {
    let table = features(&later.folder, &later.model.schema, &later.ids)?;
    let found = conform(&table, &then.model.schema)?;
    let needed: Vec<&str> = then.model.normaliser.needed().collect();
    let lacking: Vec<&str> = found
        .missing_columns
        .iter()
        .map(String::as_str)
        .filter(|name| needed.contains(name))
        .collect();
    if !lacking.is_empty() {
        return Err(Failure {
            code: "E-JOB-004".into(),
            class: Class::Config,
            message: format!(
                "the model of {} needs {}, which {} has not",
                then.manifest.run,
                lacking.join(", "),
                later.manifest.run
            ),
            hint: Some("compare runs of the same columns".into()),
        });
    }
    // Conditions of the earlier model are put to the classes that the later run gave.
    let classes = classes(&later.folder, then.model.rules.iter().map(Cuts::rule))?;
    let (assignments, matrix) = placed(&then.model, &found.table, classes)?;
    let drift = drifts(&then, &found.table, later.as_of())?;
    let mut against = Against {
        verdict: unjudged(),
        table: found.table,
        previous: then,
        assignments,
        matrix,
        drift,
    };
    against.verdict = verdict(&against, &later.config, later.as_of(), seed);
    put_together(&against, later)
}

fn put_together(against: &Against, later: &Previous) -> Result<ChangeResults, Failure> {
    let then = &against.previous;
    let (old_ids, to) = (then.segment_ids(), &later.said.segment);
    let is_rule = against.assignments.is_empty();
    let frozen: Vec<u32> = if is_rule {
        to.clone()
    } else {
        let id = |at: Option<u32>| at.and_then(|at| old_ids.get(at as usize).copied());
        against.assignments.iter().map(|found| id(found.segment).unwrap_or(0)).collect()
    };
    let same_fit = fitted_by(then) == fitted_by(later);
    let identity = if same_fit || is_rule {
        Identity::unchanged(&later.segment_ids(), 0)
    } else {
        identity(against, later)
    };
    let row_before: Vec<Option<usize>> =
        later.ids.iter().map(|id| then.ids.binary_search(id).ok()).collect();
    let from: Vec<Option<u32>> =
        row_before.iter().map(|row| row.map(|row| then.said.segment[row])).collect();
    let both = row_before.iter().flatten().count();
    let value = Columns::read(&later.folder.join("customers.parquet"))?.numbers("value_if_kept")?;
    let value = value.iter().any(|value| value.is_finite()).then_some(value);
    let (before, now) = (then.facts(), later.facts());
    Ok(change::compare(Task {
        before: Side { run: &before, rows: &then.results.segments, kpi: then.results.kpi.as_ref() },
        now: Side { run: &now, rows: &later.results.segments, kpi: later.results.kpi.as_ref() },
        gone: (then.ids.len() - both) as u64,
        from: &from,
        frozen: &frozen,
        to,
        value: value.as_deref(),
        identity: &identity,
        old_ids: &old_ids,
        done: if same_fit { Done::Scored } else { Done::Refitted },
        forecast: Err(said!("change-later-run")),
        downgrades: moved_down(against, later, &frozen, value.as_deref()),
        drift: against.drift.clone(),
        verdict: against.verdict.clone(),
        notes: Vec::new(),
    }))
}

fn fitted_by(run: &Previous) -> &str {
    run.model.lineage.fitted_by.as_deref().unwrap_or(&run.manifest.run)
}

/// Which segment is which, with the ids that the later run gave.
fn identity(against: &Against, later: &Previous) -> Identity {
    let ids = later.segment_ids();
    let place =
        |id: &u32| ids.iter().position(|other| other == id).and_then(|at| u32::try_from(at).ok());
    let new: Vec<Option<u32>> = later.said.segment.iter().map(place).collect();
    let old: Vec<Option<u32>> = against.assignments.iter().map(|found| found.segment).collect();
    let old_ids = against.previous.segment_ids();
    let table = Table::of(&old, old_ids.len(), &new, ids.len());
    Identity { ids: ids.clone(), ..identify(&table, &old_ids, 0) }
}

fn moved_down(
    against: &Against,
    later: &Previous,
    frozen: &[u32],
    value: Option<&[f64]>,
) -> Option<crate::results::Downgrades> {
    let then = &against.previous;
    let pairs = pairs(then, &later.ids);
    let known = |row: &SegmentRow| Some((row.segment_id, row.value_per_customer?));
    let worth: Vec<(u32, f64)> = then.results.segments.iter().filter_map(known).collect();
    let before: Vec<u32> = pairs.iter().map(|&(old, _)| then.said.segment[old]).collect();
    let now: Vec<u32> = pairs.iter().map(|&(_, new)| frozen[new]).collect();
    let value: Option<Vec<f64>> =
        value.map(|value| pairs.iter().map(|&(_, new)| value[new]).collect());
    downgrades::downgrades(&downgrades::Task {
        before: &before,
        now: &now,
        value: value.as_deref(),
        worth: &worth,
        orders: None,
        until: None,
    })
}
