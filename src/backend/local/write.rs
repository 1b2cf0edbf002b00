//! The rows of every customer, one Parquet file per piece, and a manifest that is written
//! last: without it nothing is published.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::pass::{Pass, ids};
use crate::backend::{BackendError, Receipt, Relation, Scoring, Written};
use crate::export::sheet::{Cells, Sheet};
use crate::export::{Audience, OutputFile, Staging};
use crate::expression::Values;

/// The file that publishes.
const MANIFEST: &str = "manifest.json";

/// What was published.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Published {
    pub run: String,
    /// Of the table that was read.
    pub fingerprint: String,
    pub rows: u64,
    pub files: Vec<OutputFile>,
}

impl Published {
    /// Whether a run made it of this table.
    pub(super) fn is_of(&self, run: &str, relation: &Relation) -> bool {
        self.run == run && self.fingerprint == relation.fingerprint
    }
}

/// Writes into `place/_run=RUN`.
pub(super) fn write(pass: &Pass, scoring: &Scoring, place: &Path) -> Result<Receipt, BackendError> {
    let folder = place.join(format!("_run={}", scoring.run));
    let shown = folder.display().to_string();
    let receipt = |rows, already| Receipt { place: shown.clone(), rows, already };
    if let Some(found) = published(&folder)? {
        let same = found.is_of(&scoring.run, pass.relation) && found.rows == scoring.rows;
        return if same { Ok(receipt(found.rows, true)) } else { Err(taken(&folder)) };
    }
    emptied(&folder)?;
    let staging = Staging::new(folder.clone());
    let of = |at: usize| part(pass, scoring, &staging, at);
    let (mut rows, mut files) = (0, Vec::new());
    pass.each(&of, &mut |(n, file)| {
        rows += n;
        files.push(file);
        Ok(())
    })?;
    if rows != scoring.rows {
        return Err(BackendError::Counted { written: rows, counted: scoring.rows });
    }
    let fingerprint = pass.relation.fingerprint.clone();
    let made = Published { run: scoring.run.clone(), fingerprint, rows, files };
    publish(&folder, &made)?;
    Ok(receipt(rows, false))
}

pub(super) fn taken(folder: &Path) -> BackendError {
    BackendError::SinkTaken { place: folder.display().to_string() }
}

fn forbidden(folder: &Path) -> impl Fn(std::io::Error) -> BackendError {
    |error| BackendError::SinkForbidden {
        place: folder.display().to_string(),
        why: error.kind().to_string(),
    }
}

/// What a run published here, if any did.
pub(super) fn published(folder: &Path) -> Result<Option<Published>, BackendError> {
    match fs::read(folder.join(MANIFEST)) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| taken(folder)),
        Err(_) => Ok(None),
    }
}

/// The folder is there and holds nothing; what a dead attempt left is removed.
pub(super) fn emptied(folder: &Path) -> Result<(), BackendError> {
    if folder.exists() && !folder.is_dir() || folder.parent().is_some_and(Path::is_file) {
        return Err(taken(folder));
    }
    fs::create_dir_all(folder).map_err(forbidden(folder))?;
    let mut old = Vec::new();
    for entry in fs::read_dir(folder).map_err(forbidden(folder))? {
        let entry = entry.map_err(forbidden(folder))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = name.strip_prefix("part-").is_some_and(|rest| rest.ends_with(".parquet"));
        if !ours && name != format!("{MANIFEST}.new") {
            return Err(taken(folder));
        }
        old.push(entry.path());
    }
    old.iter().try_for_each(fs::remove_file).map_err(forbidden(folder))
}

/// Writes the rows of one piece.
fn part(
    pass: &Pass,
    scoring: &Scoring,
    staging: &Staging,
    at: usize,
) -> Result<(u64, OutputFile), BackendError> {
    let chunk = pass.piece(at, &[pass.id()])?;
    let mut columns: Vec<Cells> =
        scoring.columns.iter().map(|output| empty(output.written, chunk.n())).collect();
    pass.blocks(&chunk, &mut |rows, values| {
        for (column, values) in columns.iter_mut().zip(values) {
            add(column, values, 0..rows.len());
        }
        Ok(())
    })?;
    let mut sheet = Sheet::new();
    sheet.push(&pass.relation.id, Cells::Text(ids(&chunk, &pass.relation.id)?.to_vec()));
    for (output, cells) in scoring.columns.iter().zip(columns) {
        sheet.push(&output.name, cells);
    }
    let name = format!("part-{at:06}.parquet");
    Ok((chunk.n() as u64, self::sheet(staging, &name, &sheet)?))
}

/// Writes one file.
pub(super) fn sheet(
    staging: &Staging,
    name: &str,
    sheet: &Sheet,
) -> Result<OutputFile, BackendError> {
    let wrong = |error: crate::export::ExportError| BackendError::SinkForbidden {
        place: staging.root().join(name).display().to_string(),
        why: error.to_string(),
    };
    let mut draft = staging.draft(name, Audience::Internal).map_err(wrong)?;
    sheet.write_parquet(&mut draft, name).map_err(wrong)?;
    draft.close().map_err(wrong)
}

pub(super) fn empty(written: Written, n: usize) -> Cells {
    match written {
        Written::Whole => Cells::Whole(Vec::with_capacity(n)),
        Written::Number(decimals) => {
            Cells::Decimal(Vec::with_capacity(n), decimals.map(usize::from))
        }
        Written::Flag => Cells::Flag(Vec::with_capacity(n)),
        Written::Text => Cells::Text(Vec::with_capacity(n)),
    }
}

/// Adds the values of some rows.
pub(super) fn add(cells: &mut Cells, values: &Values, rows: impl Iterator<Item = usize> + Clone) {
    let numbers = || rows.clone().map(|row| values.number(row));
    match cells {
        Cells::Whole(all) => all.extend(numbers().map(|x| x.map(|x| x as i64))),
        Cells::Decimal(all, _) => all.extend(numbers()),
        Cells::Flag(all) => all.extend(numbers().map(|x| x.map(|x| x == 1.0))),
        Cells::Text(all) => {
            all.extend(rows.map(|row| values.text(row).map(ToOwned::to_owned)));
        }
        // Never made by `empty`.
        Cells::Coded(..) | Cells::Known(_) | Cells::Empty(_) => {}
    }
}

/// Writes the manifest aside and renames it.
pub(super) fn publish(folder: &Path, made: &Published) -> Result<(), BackendError> {
    let (aside, place) = (folder.join(format!("{MANIFEST}.new")), folder.join(MANIFEST));
    let text = serde_json::to_vec_pretty(made)
        .map_err(|_| BackendError::Internal { what: "the manifest of the sink" })?;
    let written = || {
        let mut file = File::create(&aside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&aside, &place)?;
        File::open(folder)?.sync_all()
    };
    written().map_err(forbidden(folder))
}
