//! A text that was looked at and stays on the disk. Its parts are read again by their byte
//! ranges: never mapped, so that a file that shrinks cannot kill the program, and opened
//! anew for each, so that a table may have more files than a process may have open.

use std::fs::{File, Metadata};
use std::path::PathBuf;

use polars::prelude::DataFrame;

use super::bytes::same;
use super::error::LoadError;
use super::params::Settings;
use super::part::Part;
use super::read::Checked;
use super::record::Layout;
use super::typed::Target;
use super::windows;

/// A text on the disk.
pub(super) struct Disk {
    pub path: PathBuf,
    pub shown_as: String,
    /// As it was when it was opened.
    pub before: Metadata,
    pub layout: Layout,
    /// For each column of the table where it stands in this text.
    pub order: Vec<usize>,
    /// The parts that have rows. Their lines are those of the table.
    pub parts: Vec<Part>,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disk").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Disk {
    /// Reads the wanted columns of one part of a table of `n_rows` rows, which messages call
    /// `table`.
    ///
    /// # Errors
    ///
    /// A file that has changed, and a cell that is not what is asked for.
    pub(super) fn read(
        &self,
        part: &Part,
        settings: &Settings,
        targets: &[Target],
        (n_rows, table): (u64, &str),
    ) -> Result<DataFrame, LoadError> {
        let changed = || LoadError::Changed { file: self.shown_as.clone() };
        let (start, length) = (part.bytes.start, part.bytes.len());
        let text =
            File::open(&self.path).and_then(|mut file| windows::some(&mut file, start, length));
        let text = text.map_err(|_| changed())?;
        if text.len() < length {
            return Err(changed());
        }
        let checked = Checked {
            text: &text,
            layout: &self.layout,
            settings,
            n_columns: self.order.len(),
            n_rows,
            file: table,
        };
        let own: Option<Vec<Target>> = targets
            .iter()
            .map(|target| Some(Target { at: *self.order.get(target.at)?, ..*target }))
            .collect();
        let part = Part { bytes: 0..length, kept: Vec::new(), ..*part };
        // Of a file that is another by now no cell is wrong.
        checked.part(&part, &own.ok_or_else(changed)?).map_err(|error| {
            let now = self.unchanged();
            now.err().unwrap_or(error)
        })
    }

    /// The file is as it was when it was opened.
    ///
    /// # Errors
    ///
    /// It has changed.
    pub(super) fn unchanged(&self) -> Result<(), LoadError> {
        if std::fs::metadata(&self.path).is_ok_and(|now| same(&self.before, &now)) {
            return Ok(());
        }
        Err(LoadError::Changed { file: self.shown_as.clone() })
    }
}
