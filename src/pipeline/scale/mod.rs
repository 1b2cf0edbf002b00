//! A run on an engine: the customers stay where they are, and only answers of bounded size
//! come here.
//!
//! 1. A sample of the customers whose hash is lowest goes the way of every run: roles,
//!    preparation, number of segments, stability, churn, value, profiles, figures.
//! 2. In between the centres are moved to the means of all customers, in a few passes.
//! 3. Every customer is placed, gets the probability that the sample's churn model gives, and
//!    is written; sizes, shares and the means of the columns that make the segments are those
//!    of all.
//!
//! What asks for each customer's neighbours or purchases is refused in words before anything
//! is read.

mod dry;
mod facts;
mod leaving;
mod lines;
mod open;
mod place;
mod refine;
mod refused;
mod sample;
mod summing;
mod totals;

pub use dry::Statement;
pub use facts::{ColumnFacts, EngineFacts, SegmentFacts, WrittenFacts};

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::clock::Clock;
use super::dress::Dress;
use super::gather;
use super::inspect;
use super::job::{Event, Failure, Finished, Job, Observer};
use super::model::{self, Modelled};
use super::periodic::Begun;
use super::prepare::Prepared;
use super::ready::Ready;
use super::write::{self, json};
use crate::backend::fit::Refined;
use crate::cluster::Discovery;
use crate::config::{Checked, Engine};
use crate::export::{Audience, ExportError, Manifest, Staging};
use crate::finding::{Finding, Severity};
use crate::results::Results;
use crate::said::facts;
use open::LineCounts;
use totals::Totals;

/// Where the files of the sampled customers lie in the run folder.
pub(super) const SAMPLE: &str = "sample/";

/// Runs every stage of `job` with its customers on an engine.
///
/// # Errors
///
/// What cannot be asked of an engine, and as [`super::run`].
pub(super) fn run(
    job: &Job,
    engine: &Engine,
    dress: Dress,
    observer: &dyn Observer,
) -> Result<Finished, Failure> {
    let mut clock = Clock::start();
    refused::refuse(job)?;
    refused::without_sink(engine)?;
    let mut table = open::table(job, engine)?;
    observer.event(Event::stage("engine", told_of(&table)));
    let mut staging = Staging::new(job.staging.clone());
    let n_sampled = sample::write(&mut staging, &mut table, engine, job)?;
    let mut begun = sample::begin(job, &table, observer)?;
    begun.prepared.dress = dress;
    let checked = begun.prepared.config.check()?;
    clock.mark("prepare");
    let name = begun.run_name(job);
    let published = job.runs.join(&name);
    if published.exists() {
        let (manifest, _) = Manifest::read(&published)?;
        manifest.verify(&published)?;
        return Ok(Finished { run: name, already: true, advice: None });
    }
    let table = lines::summed_up(table, &begun.prepared, engine, &mut staging, &name, observer)?;
    let rows = table.relation.rows;
    let journal = refine::journal(job, &name);
    let asked = refine::Asked { table: &table, engine, run: &name, journal: &journal };
    let (mut modelled, refined) = modelled(&mut begun, &checked, job, &asked, observer)?;
    clock.mark("model");
    observer.event(Event::stage("place", format!("{rows} customers")));
    let normaliser = &modelled.normaliser;
    let totals = totals::totals(&table, normaliser, &refined)?;
    totals.tell(&mut modelled);
    modelled.findings.push(told(n_sampled, rows, &refined));
    let schema = &begun.prepared.built.schema;
    let (scoring, unwritten) = place::scoring(&table, schema, &modelled, &refined, &name)?;
    modelled.findings.extend(unwritten);
    let written = place::write(&table, engine, &scoring, &mut staging)?;
    clock.mark("place");
    observer.event(Event::stage("report", "figures and report"));
    let results = results(&begun, &checked, &modelled, job, (&name, &totals, table.of))?;
    write::write_in(SAMPLE, &mut staging, &begun.prepared, &modelled, &results, None, job)?;
    let asked = (engine, job.seed, n_sampled);
    let facts = facts::of(&table, asked, &refined, &totals, &modelled, written);
    staging.put("engine.json", &json("engine.json", &facts)?, Audience::Internal)?;
    let passes = std::fs::read(&journal).map_err(|error| ExportError::io(&journal, &error))?;
    staging.put("journal.jsonl", &passes, Audience::Internal)?;
    clock.mark("write");
    write::log(&mut staging, &clock, job)?;
    write::manifest(&mut staging, &begun, &results, job, &name)?;
    // All is staged; a run that is asked for again finds it published.
    let _ = std::fs::remove_file(&journal);
    Ok(Finished { run: name, already: false, advice: None })
}

/// The file with the statements of a run that was not made.
pub const STATEMENTS: &str = "statements.json";

/// Leaves in the staging folder what a run would ask the engine: it is asked for the sample and
/// for nothing else, and nothing is written there.
///
/// # Errors
///
/// As a run; an engine that is not asked by statements.
pub fn statements(job: &Job, observer: &dyn Observer) -> Result<Finished, Failure> {
    let engine = refused::unless_asked_by_statements(job)?;
    refused::refuse(job)?;
    refused::without_sink(engine)?;
    let dress = Dress::read(&job.config.report, &job.folder)?;
    let mut table = open::table(job, engine)?;
    let mut staging = Staging::new(job.staging.clone());
    sample::write(&mut staging, &mut table, engine, job)?;
    let mut begun = sample::begin(job, &table, observer)?;
    begun.prepared.dress = dress;
    let checked = begun.prepared.config.check()?;
    let name = begun.run_name(job);
    let log = dry::Log::default();
    let root = std::path::absolute(&job.staging).unwrap_or_else(|_| job.staging.clone());
    let table = dry::table(table, engine, job, &root, &log)?;
    let table = lines::summed_up(table, &begun.prepared, engine, &mut staging, &name, observer)?;
    // The passes differ in their centres alone.
    let one = Engine { passes: 1, ..engine.clone() };
    let journal = root.join("journal.jsonl");
    let asked = refine::Asked { table: &table, engine: &one, run: &name, journal: &journal };
    let (modelled, refined) = modelled(&mut begun, &checked, job, &asked, observer)?;
    totals::totals(&table, &modelled.normaliser, &refined)?;
    let schema = &begun.prepared.built.schema;
    let (scoring, _) = place::scoring(&table, schema, &modelled, &refined, &name)?;
    place::write(&table, engine, &scoring, &mut staging)?;
    let bytes = json(STATEMENTS, &log.statements())?;
    staging.put(STATEMENTS, &bytes, Audience::Internal)?;
    Ok(Finished { run: name, already: false, advice: None })
}

/// The customers of a job as a sample of them, where they are on an engine, with a finding
/// that says so.
///
/// # Errors
///
/// As [`run`].
pub(super) fn sampled(
    job: &Job,
    engine: &Engine,
    observer: &dyn Observer,
) -> Result<Prepared, Failure> {
    refused::refuse(job)?;
    let mut table = open::table(job, engine)?;
    let mut staging = Staging::new(job.staging.clone());
    let n = sample::write(&mut staging, &mut table, engine, job)?;
    let mut prepared = sample::begin(job, &table, observer)?.prepared;
    let told = facts!(n = n, of = table.relation.rows);
    let id = if table.lines { "seen-on-a-sample_lines" } else { "seen-on-a-sample" };
    prepared.findings.push(Finding::new(id, Severity::Note, told).count(n));
    Ok(prepared)
}

/// The engine and how much it holds.
fn told_of(table: &open::Table) -> String {
    let what = if table.lines { "order lines" } else { "customers" };
    format!("{}, {} {what}", table.backend.info().engine, table.relation.rows)
}

/// What is known of a table on an engine before a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opened {
    /// The engine, such as `local`.
    pub engine: String,
    /// All customers; none where it holds order lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customers: Option<u64>,
    /// All order lines; none where it holds customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    /// The customers that a run would sample; of order lines the most.
    pub sampled: u64,
    /// Each column with what it holds, in words.
    pub columns: Vec<(String, &'static str)>,
}

/// Opens the table of a job and checks that a run can be asked of its engine.
///
/// # Errors
///
/// What cannot be asked of an engine; a table that cannot be opened.
pub fn opened(job: &Job, engine: &Engine) -> Result<Opened, Failure> {
    refused::refuse(job)?;
    let table = open::table(job, engine)?;
    let (rows, columns) = (table.relation.rows, table.relation.columns.iter());
    Ok(Opened {
        engine: table.backend.info().engine,
        customers: (!table.lines).then_some(rows),
        lines: table.lines.then_some(rows),
        sampled: rows.min(engine.sample_rows as u64),
        columns: columns.map(|column| (column.name.clone(), column.holds.name())).collect(),
    })
}

/// The stages of every run on the sample, with the centres moved in between.
fn modelled(
    begun: &mut Begun,
    checked: &Checked,
    job: &Job,
    asked: &refine::Asked,
    observer: &dyn Observer,
) -> Result<(Modelled, Refined), Failure> {
    let inspected = inspect::take_out_leaks(&mut begun.prepared, checked, job, &[])?;
    let done: Mutex<Option<Refined>> = Mutex::new(None);
    let schema = begun.prepared.built.schema.clone();
    let refine = |ready: &Ready, discovery: Discovery| {
        let (discovery, refined) =
            refine::refine(asked, &schema, ready, discovery, job.seed, observer)?;
        *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(refined);
        Ok(discovery)
    };
    let modelled = model::model(begun, checked, inspected, job, observer, Some(&refine))?;
    let refined = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let refined = refined.ok_or_else(|| Failure::internal("the centres were not moved".into()))?;
    Ok((modelled, refined))
}

/// What a reader has to know: what is of all customers and what of the sample.
fn told(n_sampled: usize, rows: u64, refined: &Refined) -> Finding {
    let told = facts!(n = n_sampled, of = rows, passes = refined.passes.len(),);
    Finding::new("found-on-a-sample", Severity::Note, told).count(n_sampled)
}

/// The finished numbers, with the counts of all customers.
fn results(
    begun: &Begun,
    checked: &Checked,
    modelled: &Modelled,
    job: &Job,
    (name, totals, lines): (&str, &Totals, Option<LineCounts>),
) -> Result<Results, Failure> {
    let mut results = gather::gather(&begun.prepared, checked, modelled, job, name)?;
    let placed = totals.placed();
    let by = placed as f64 / results.data.customers.max(1) as f64;
    results.data.gone = results.data.gone.map(|n| (n as f64 * by).round() as u64);
    results.data.customers = placed;
    let (read, used) =
        lines.map_or((placed + totals.unplaced, placed), |lines| (lines.read, lines.used));
    results.data.rows = read;
    results.data.used = used;
    results.data.rejected = 0;
    results.data.excluded = read - used;
    Ok(results)
}
