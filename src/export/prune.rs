//! Old runs go: whole folders, moved aside first and then removed, so that no half of a run
//! is ever seen under its name.

use std::collections::BTreeSet;
use std::fs;

use super::publish::{OutputFolder, current, names};
use super::{ExportError, Manifest};
use crate::day::Day;

/// What stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keep {
    /// How many of the newest runs; 0 = all.
    pub runs: usize,
    /// Runs of so many days before the newest as-of day; 0 = all.
    pub days: u32,
    /// Names of runs that stay in any case.
    pub named: Vec<String>,
}

/// Removes the runs that neither of the two rules keeps; a rule of 0 keeps all unless the
/// other says otherwise. The current run, the run before it and those that are named always
/// stay. Returns the names; with `dry_run` nothing is touched.
///
/// # Errors
///
/// A folder cannot be removed, or the history not be written.
pub fn prune(
    folder: &OutputFolder,
    keep: &Keep,
    dry_run: bool,
) -> Result<Vec<String>, ExportError> {
    if keep.runs == 0 && keep.days == 0 {
        return Ok(Vec::new());
    }
    let root = folder.root();
    let mut runs: Vec<(Option<Day>, String)> = names(root)
        .into_iter()
        .filter_map(|name| {
            let (manifest, _) = Manifest::read(&folder.run(&name)).ok()?;
            Some((manifest.as_of.and_then(|day| day.parse().ok()), name))
        })
        .collect();
    runs.sort();
    let newest = runs.iter().filter_map(|(day, _)| *day).max();
    let mut stay: BTreeSet<String> = keep.named.iter().cloned().collect();
    if let Some(now) = current(root) {
        stay.extend(now.file_name().map(|name| name.to_string_lossy().into_owned()));
        if let Ok((manifest, _)) = Manifest::read(&now) {
            stay.extend(manifest.previous);
        }
    }
    if keep.runs > 0 {
        stay.extend(runs.iter().rev().take(keep.runs).map(|(_, name)| name.clone()));
    }
    if keep.days > 0 {
        let young = |day: &Option<Day>| match (day, newest) {
            (Some(day), Some(newest)) => {
                i64::from(newest.since_epoch()) - i64::from(day.since_epoch())
                    <= i64::from(keep.days)
            }
            // An undated run has no age.
            _ => true,
        };
        stay.extend(runs.iter().filter(|(day, _)| young(day)).map(|(_, name)| name.clone()));
    }
    let gone: Vec<String> =
        runs.into_iter().map(|(_, name)| name).filter(|name| !stay.contains(name)).collect();
    if dry_run {
        return Ok(gone);
    }
    // What the runs say stays in the history.
    folder.write_history()?;
    for name in &gone {
        let aside = root.join(format!(".staging-{name}"));
        fs::rename(folder.run(name), &aside).map_err(|error| ExportError::io(&aside, &error))?;
        fs::remove_dir_all(&aside).map_err(|error| ExportError::io(&aside, &error))?;
    }
    folder.write_history()?;
    Ok(gone)
}
