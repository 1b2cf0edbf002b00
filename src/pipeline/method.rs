//! How the run was made, for the annex: settings, preparation, and what the figures
//! cannot say.

use super::job::{Failure, Job};
use super::model::Modelled;
use super::prepare::Prepared;
use crate::churn::Fitted;
use crate::config::Origin;
use crate::results::{MethodFacts, Verdict};

/// The facts of the annex.
pub(super) fn facts(
    prepared: &Prepared,
    modelled: &Modelled,
    job: &Job,
) -> Result<MethodFacts, Failure> {
    Ok(MethodFacts {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: job.seed,
        preparation: modelled.normaliser.describe(),
        n_features: modelled.matrix.n_columns(),
        limits: limits(prepared, modelled),
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
fn limits(prepared: &Prepared, modelled: &Modelled) -> Vec<String> {
    let mut limits = Vec::new();
    let n = modelled.labels.len();
    let d = modelled.matrix.n_columns();
    if n < 70 * d {
        limits.push(format!(
            "There are {n} customers for {d} features; segments of so small a base move with every \
             new export. Sixty to a hundred customers per feature are the rule of thumb."
        ));
    }
    let constructed =
        modelled.rows.iter().filter(|row| row.verdict == Verdict::Constructed).count();
    if constructed > 0 {
        limits.push(format!(
            "{constructed} of {} segments are constructed: they cut a continuum where no gap is. They \
             can be used to treat customers differently; they are not types of people.",
            modelled.rows.len()
        ));
    }
    limits.push(
        "No segment was tested for a gap in density, so none is called natural: a reproducible \
         segment is found again in other samples, which does not prove that it is set apart."
            .into(),
    );
    match &modelled.churn {
        Fitted::Computed(_) => {
            limits.push(
                "A probability says who is likely to leave, not who can be kept. What a contact \
                 achieves is measured by the customers held out."
                    .into(),
            );
            limits.push(
                "The label is history: the table says who has left, not when. The figures hold for \
                 customers like these in a period like the one the label covers."
                    .into(),
            );
        }
        Fitted::NotComputed { .. } => {}
    }
    if prepared.built.table.ids().from_rows {
        limits.push(
            "The table has no customer id: rows are called by their number, so results cannot be \
             matched to another export of the same customers."
                .into(),
        );
    }
    limits
}
