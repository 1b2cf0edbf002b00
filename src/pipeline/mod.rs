//! The whole pipeline, one line per stage: a config goes in, a staged run comes out.

mod arrange;
pub mod audience;
mod clock;
mod customers;
pub mod experiment;
mod explore;
mod gather;
mod job;
mod joins;
mod leave_out;
mod ledger;
mod method;
mod model;
mod prepare;
mod outlook;
mod people;
mod purchases;
mod resolve;
mod rules;
pub mod score;
mod sources;
mod tables;
mod write;

pub use explore::{FILE as EXPLORATION, explore};
pub use job::{Event, Failure, Finished, Job, Observer, Silent, Work};
pub use joins::JoinCounts;
pub use ledger::{Ledger, RowAccounting, TableLedger};
pub use prepare::{Orders, Prepared, prepare};
pub use resolve::decided;
pub use tables::{ColumnLedger, MissingCode, RepairLedger, TableRead};

use crate::export::{Manifest, Staging};
use clock::Clock;

/// Runs every stage of `job` and leaves the run in its staging folder.
///
/// # Errors
///
/// The first stage that fails ends the run; nothing has been published then.
pub fn run(job: &Job, observer: &dyn Observer) -> Result<Finished, Failure> {
    let mut clock = Clock::start();
    let mut prepared = prepare(&job.config, &job.bare, &job.folder, observer)?;
    let checked = prepared.config.check()?;
    clock.mark("prepare");
    let name = prepared.run_name(job.seed);
    let published = job.runs.join(&name);
    if published.exists() {
        let (manifest, _) = Manifest::read(&published)?;
        manifest.verify(&published)?;
        return Ok(Finished { run: name, already: true });
    }
    let mut staging = Staging::new(job.staging.clone());
    let leaks = model::take_out_leaks(&mut prepared, &checked, job)?;
    let modelled = model::model(&prepared, &checked, leaks, job, observer)?;
    clock.mark("model");
    observer.event(Event::stage("report", "figures and report"));
    let results = gather::gather(&prepared, &checked, &modelled, job, &name)?;
    write::write(&mut staging, &prepared, &modelled, &results, job)?;
    clock.mark("write");
    write::log(&mut staging, &clock, job)?;
    write::manifest(&mut staging, &prepared, &results, job, &name)?;
    Ok(Finished { run: name, already: false })
}
