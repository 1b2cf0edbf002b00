//! The sampled customers as a table of their own, which goes the way of every table.

use std::collections::BTreeSet;

use super::lines;
use super::open::Table;
use crate::backend::{BackendError, HashSample, Holds, Relation};
use crate::config::{Engine, Origin};
use crate::day::Day;
use crate::export::Staging;
use crate::export::sheet::{Cells as Out, Sheet};
use crate::expression::{As, Cells};
use crate::pipeline::job::{Event, Failure, Job, Observer};
use crate::pipeline::periodic::Begun;
use crate::pipeline::prepare::prepare;
use crate::pipeline::write::parquet;

/// The file of the sample in the run folder.
pub(super) const FILE: &str = "sample/input.parquet";

/// Samples the customers and writes them; how many there are.
pub(super) fn write(
    staging: &mut Staging,
    table: &mut Table,
    engine: &Engine,
    job: &Job,
) -> Result<usize, Failure> {
    let relation = &table.relation;
    let asked = asked(relation, engine, job);
    let sample = if table.lines {
        table.backend.lines_sample(relation, &asked)?
    } else {
        table.backend.hash_sample(relation, &asked)?
    };
    let mut sheet = Sheet::new();
    let mut days = BTreeSet::new();
    // The lines of a customer come together.
    let n = sample.ids.chunk_by(|a, b| a == b).count();
    if n == 0 {
        let (column, rows) = (relation.id.clone(), relation.rows);
        return Err(BackendError::NoId { table: relation.name.clone(), column, rows }.into());
    }
    sheet.push(&relation.id, Out::Text(sample.ids.into_iter().map(Some).collect()));
    for column in relation.columns.iter().filter(|column| asked.columns.contains(&column.name)) {
        let read_as = match column.holds {
            Holds::Whole | Holds::Real => As::Number,
            Holds::Day => As::Day,
            _ => As::Text,
        };
        let cells = sample.columns.column(&column.name, read_as);
        let cells = cells.ok_or_else(|| Failure::internal("a column of the sample".into()))?;
        sheet.push(&column.name, out(cells, column.holds));
        days.extend(are_days(cells).then(|| column.name.clone()));
    }
    parquet(staging, FILE, &sheet)?;
    if table.lines {
        for column in table.relation.columns.iter_mut().filter(|column| days.contains(&column.name))
        {
            column.holds = Holds::Day;
        }
    }
    Ok(n)
}

/// Whether all texts are days as every engine reads them, `2026-01-31`: an engine's table often
/// stores them so.
fn are_days(cells: &Cells) -> bool {
    let Cells::Text(texts) = cells else { return false };
    let mut known = texts.iter().flatten().peekable();
    known.peek().is_some() && known.all(|text| text.len() == 10 && text.parse::<Day>().is_ok())
}

/// What is asked for: every column that a model may read.
pub(super) fn asked(relation: &Relation, engine: &Engine, job: &Job) -> HashSample {
    let usable = relation
        .columns
        .iter()
        .filter(|column| column.name != relation.id && column.holds != Holds::Other);
    HashSample {
        columns: usable.map(|column| column.name.clone()).collect(),
        seed: job.seed,
        most: engine.sample_rows,
    }
}

/// A column as it is stored.
fn out(cells: &Cells, holds: Holds) -> Out {
    match cells {
        Cells::Number { values, null } => {
            let known = values.iter().enumerate().map(|(row, value)| {
                let is_null = null.get(row).copied().unwrap_or(false) || value.is_nan();
                (!is_null).then_some(*value)
            });
            if holds == Holds::Whole {
                Out::Whole(known.map(|value| value.map(|value| value as i64)).collect())
            } else {
                Out::Decimal(known.collect(), None)
            }
        }
        Cells::Text(texts) => Out::Text(texts.clone()),
        Cells::Day(days) => {
            let text = |day: &Option<i32>| Some(Day::from_epoch((*day)?).ok()?.to_string());
            Out::Text(days.iter().map(text).collect())
        }
    }
}

/// The sample as the table of a run, which is said to have come from the whole.
pub(super) fn begin(job: &Job, table: &Table, observer: &dyn Observer) -> Result<Begun, Failure> {
    let mut config = job.config.clone();
    let path = job.staging.join(FILE);
    let path = std::path::absolute(&path).unwrap_or(path);
    let path = Origin::File(path.display().to_string());
    observer.event(Event::stage("load", "the sample"));
    let mut prepared = if table.lines {
        config.input.transactions = path;
        lines::prepared(&config, job, table, observer)?
    } else {
        config.input.customers = path;
        prepare(&config, &[], &job.folder, observer)?
    };
    for config in [&mut prepared.config, &mut prepared.asked, &mut prepared.resolved] {
        config.input.customers = job.config.input.customers.clone();
        config.input.transactions = job.config.input.transactions.clone();
    }
    prepared.main.files = vec![table.facts.clone()];
    Ok(Begun { prepared, against: None, scored: false, highest: 0 })
}
