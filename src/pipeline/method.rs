//! How the run was made, for the annex: settings, preparation, and what the figures
//! cannot say.

use super::job::{Failure, Job};
use super::model::Modelled;
use super::prepare::Prepared;
use crate::churn::Fitted;
use crate::config::Origin;
use crate::results::{MethodFacts, Verdict};
use crate::said::{Said, in_english, said};

/// The facts of the annex.
pub(super) fn facts(
    prepared: &Prepared,
    modelled: &Modelled,
    job: &Job,
) -> Result<MethodFacts, Failure> {
    let preparation_said = modelled.normaliser.describe();
    let limits_said = limits(prepared, modelled);
    Ok(MethodFacts {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: job.seed,
        preparation: in_english(&preparation_said),
        preparation_said,
        n_features: modelled.matrix.n_columns(),
        limits: in_english(&limits_said),
        limits_said,
        value: modelled.value.as_ref().map(|value| value.said.clone()),
        config: settings(prepared)?,
    })
}

/// The config with every guess filled in. A report is sent around: it names the file, not
/// where it lies.
fn settings(prepared: &Prepared) -> Result<String, Failure> {
    let mut config = prepared.resolved.clone();
    config.output = crate::config::Output::default();
    for origin in config.input.origins_mut() {
        match origin {
            Origin::File(path) => *path = file_name(path),
            Origin::Files(paths) => paths.iter_mut().for_each(|path| *path = file_name(path)),
            Origin::Query(_) => {}
        }
    }
    config.input.exclude_customers = file_name(&config.input.exclude_customers);
    Ok(config.to_toml()?)
}

/// A path without its folder.
fn file_name(path: &str) -> String {
    let name = std::path::Path::new(path).file_name();
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Statements on what the figures cannot say.
fn limits(prepared: &Prepared, modelled: &Modelled) -> Vec<Said> {
    let mut limits = Vec::new();
    let n = modelled.labels.len();
    let d = modelled.matrix.n_columns();
    if n < 70 * d {
        limits.push(said!("limit-small", n = n, features = d));
    }
    let constructed =
        modelled.rows.iter().filter(|row| row.verdict == Verdict::Constructed).count();
    if constructed > 0 {
        limits.push(said!("limit-constructed", n = constructed, of = modelled.rows.len()));
    }
    // The gap test tells of every candidate, or there was none.
    if modelled.discovery.choice.candidates.iter().all(|candidate| candidate.natural.is_empty()) {
        limits.push(said!("limit-gap"));
    }
    match &modelled.churn {
        Fitted::Computed(_) => {
            limits.push(said!("limit-risk"));
            limits.push(said!("limit-label"));
        }
        Fitted::NotComputed { .. } => {}
    }
    if prepared.built.table.ids().from_rows {
        limits.push(said!("limit-no-id"));
    }
    limits
}
