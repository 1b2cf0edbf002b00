//! The whole pipeline, one line per stage: a config goes in, a staged run comes out.

mod clock;
mod gather;
mod job;
mod ledger;
mod method;
mod model;
mod prepare;
pub mod score;
mod write;

pub use job::{Event, Failure, Finished, Job, Observer, Silent};
pub use ledger::Ledger;
pub use prepare::{Prepared, decided, prepare};

use crate::export::{Manifest, Staging};
use clock::Clock;

/// Runs every stage of `job` and leaves the run in its staging folder.
///
/// # Errors
///
/// The first stage that fails ends the run; nothing has been published then.
pub fn run(job: &Job, observer: &dyn Observer) -> Result<Finished, Failure> {
    let mut clock = Clock::start();
    let checked = job.config.check()?;
    let mut prepared = prepare(&checked.config, &job.folder, observer)?;
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
