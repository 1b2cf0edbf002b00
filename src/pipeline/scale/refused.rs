//! What cannot be asked of an engine, said before anything is read.

use crate::cluster::Method;
use crate::config::{Engine, EngineKind, Mode, Origin};
use crate::fault::Class;
use crate::pipeline::job::{Failure, Job};

/// What is asked for, the key that asks, and why it is refused.
type Cause = (bool, &'static str, &'static str);

/// Refuses what needs more than bounded answers.
///
/// # Errors
///
/// The first such thing, with its key.
pub(super) fn refuse(job: &Job) -> Result<(), Failure> {
    let mut causes = of_input(job).into_iter().chain(of_stages(job));
    match causes.find(|(is, ..)| *is) {
        None => Ok(()),
        Some((_, key, what)) => Err(Failure {
            code: "E-CFG-010".into(),
            class: Class::Config,
            message: format!("{key} {what}, and the customers are on an engine"),
            hint: Some("leave [engine] out to run on one machine".into()),
        }),
    }
}

/// Refuses an engine elsewhere that is not told where to write.
///
/// # Errors
///
/// There is no sink.
pub(super) fn without_sink(engine: &Engine) -> Result<(), Failure> {
    if engine.kind == EngineKind::Local || !engine.sink.is_empty() {
        return Ok(());
    }
    Err(Failure {
        code: "E-CFG-004".into(),
        class: Class::Config,
        message: "engine.sink is not set, but the engine writes the customers where it is".into(),
        hint: Some("name a folder that the engine sees, or a table".into()),
    })
}

/// The engine of a job whose statements can be printed.
///
/// # Errors
///
/// The job has no engine, or one on this machine.
pub(super) fn unless_asked_by_statements(job: &Job) -> Result<&Engine, Failure> {
    let engine = job.config.engine.as_ref();
    engine.filter(|engine| engine.kind == EngineKind::Spark).ok_or_else(|| Failure {
        code: "E-CFG-011".into(),
        class: Class::Config,
        message: "a dry run prints what an engine would be asked, and the customers are on none \
                  that is asked by statements"
            .into(),
        hint: Some("set engine.kind = \"spark\", or leave --dry-run out".into()),
    })
}

/// What of the input.
fn of_input(job: &Job) -> Vec<Cause> {
    let input = &job.config.input;
    let is_one = |origin: &Origin| matches!(origin, Origin::File(path) if !path.is_empty());
    let (customers, lines) = (&input.customers, &input.transactions);
    vec![
        (!job.bare.is_empty(), "a bare table", "does not say that it holds the customers"),
        (
            !customers.is_empty() && !lines.is_empty(),
            "input.transactions",
            "is set beside input.customers: nothing is joined on an engine",
        ),
        (
            !is_one(customers) && lines.is_empty(),
            "input.customers",
            "is not one table or pattern of files",
        ),
        (
            !is_one(lines) && customers.is_empty(),
            "input.transactions",
            "is not one table or pattern of files",
        ),
        (!input.tables.is_empty(), "input.tables", "is set: nothing is joined on an engine"),
        (
            !input.condition.is_empty(),
            "input.where",
            "is set: give a table or a view of the customers that are meant",
        ),
        (
            !input.exclude_customers.is_empty(),
            "input.exclude-customers",
            "is set: give a table or a view without them",
        ),
        (
            input.sheet.is_some() || input.member.is_some(),
            "input.sheet",
            "or input.member is set: workbooks and archives are read whole",
        ),
        (input.max_bad_rows > 0, "input.max-bad-rows", "is not 0"),
    ]
}

/// What of the stages behind it.
fn of_stages(job: &Job) -> Vec<Cause> {
    let config = &job.config;
    vec![
        (
            config.segments.method != Method::KMeans,
            "segments.method",
            "is not k-means, the only method that a few sums over all customers can move",
        ),
        (
            !config.segments.split_by.is_empty() || !config.segments.pin.is_empty(),
            "segments.split-by",
            "or segments.pin is set: segments inside parts are found on one machine",
        ),
        (
            config.report.customer_sheet,
            "report.customer-sheet",
            "is true, but a workbook cannot hold all customers",
        ),
        (
            job.previous.is_some() || config.job.mode == Mode::Score,
            "job.mode",
            "is score or a previous run is named: runs on an engine are not compared yet",
        ),
    ]
}
