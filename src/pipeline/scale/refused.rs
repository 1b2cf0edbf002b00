//! What cannot be asked of an engine, said before anything is read.

use crate::cluster::Method;
use crate::config::{Mode, Origin};
use crate::fault::Class;
use crate::pipeline::job::{Failure, Job};

/// Refuses what needs more than bounded answers.
///
/// # Errors
///
/// The first such thing, with its key.
pub(super) fn refuse(job: &Job) -> Result<(), Failure> {
    let config = &job.config;
    let input = &config.input;
    let why = [
        (!job.bare.is_empty(), "bare tables", "a config says which table holds the customers"),
        (
            !matches!(&input.customers, Origin::File(path) if !path.is_empty()),
            "input.customers",
            "is not one table or pattern of files",
        ),
        (
            !input.transactions.is_empty(),
            "input.transactions",
            "is set: purchases are not summed up on an engine yet",
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
    ];
    match why.into_iter().find(|(is, ..)| *is) {
        None => Ok(()),
        Some((_, key, what)) => Err(Failure {
            code: "E-CFG-010".into(),
            class: Class::Config,
            message: format!("{key} {what}, and the customers are on an engine"),
            hint: Some("leave [engine] out to run on one machine".into()),
        }),
    }
}
