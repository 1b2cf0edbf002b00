//! The whole pipeline, one line per stage: a config goes in, a staged run comes out.

mod against;
mod arrange;
pub mod audience;
mod changed;
mod clock;
mod compare;
mod customers;
mod dress;
mod each;
pub mod experiment;
mod explore;
mod gather;
mod inspect;
mod job;
mod joins;
mod leave_out;
mod ledger;
mod method;
mod model;
mod prepare;
mod outlook;
mod people;
mod periodic;
mod persist;
mod pictures;
mod previous;
mod purchases;
mod ready;
mod resolve;
mod rules;
mod scale;
pub mod score;
mod sources;
mod tables;
mod write;

pub use compare::compare_runs;
pub use dress::Dress;
pub use explore::{FILE as EXPLORATION, explore};
pub use job::{Event, Failure, Finished, Job, Observer, Silent, Work};
pub use joins::JoinCounts;
pub use ledger::{Ledger, RowAccounting, TableLedger};
pub use prepare::{Orders, Prepared, prepare};
pub use previous::{Previous, lineage};
pub use resolve::decided;
pub use scale::{
    ColumnFacts, EngineFacts, Opened, STATEMENTS, SegmentFacts, Statement, WrittenFacts, opened,
    statements,
};
pub use tables::{ColumnLedger, MissingCode, RepairLedger, TableRead};

use crate::export::{Manifest, Staging};
use clock::Clock;

/// Runs every stage of `job` and leaves the run in its staging folder.
///
/// # Errors
///
/// The first stage that fails ends the run; nothing has been published then.
pub fn run(job: &Job, observer: &dyn Observer) -> Result<Finished, Failure> {
    let dress = Dress::read(&job.config.report, &job.folder)?;
    if let Some(engine) = &job.config.engine {
        return scale::run(job, engine, dress, observer);
    }
    let mut clock = Clock::start();
    let mut begun = periodic::begin(job, observer)?;
    begun.prepared.dress = dress;
    let checked = begun.prepared.config.check()?;
    clock.mark("prepare");
    let name = begun.run_name(job);
    let published = job.runs.join(&name);
    if published.exists() {
        let (manifest, _) = Manifest::read(&published)?;
        manifest.verify(&published)?;
        return Ok(Finished { run: name, already: true, advice: begun.advice() });
    }
    let mut staging = Staging::new(job.staging.clone());
    let needed = begun.needed();
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    let inspected = inspect::take_out_leaks(&mut begun.prepared, &checked, job, &needed)?;
    let mut modelled = model::model(&begun, &checked, inspected, job, observer, None)?;
    clock.mark("model");
    observer.event(Event::stage("report", "figures and report"));
    let prepared = &begun.prepared;
    if let Some(identity) = &modelled.persisted.identity {
        persist::mark(&mut modelled.rows, &begun, identity);
    }
    let kpi = changed::kpis(prepared, &checked, &modelled);
    let changed = changed::changed(&begun, &checked, &modelled, &kpi, &name);
    let mut results = gather::gather(prepared, &checked, &modelled, job, &name)?;
    let min_cell = checked.config.report.min_cell;
    results.kpi = Some(kpi);
    results.change = changed.as_ref().map(|found| Box::new(found.results.disclosed(min_cell)));
    write::write(&mut staging, prepared, &modelled, &results, changed.as_ref(), job)?;
    clock.mark("write");
    write::log(&mut staging, &clock, job)?;
    write::manifest(&mut staging, &begun, &results, job, &name)?;
    let finished = Finished { run: name, already: false, advice: begun.advice() };
    observer.staged(&finished);
    Ok(finished)
}
