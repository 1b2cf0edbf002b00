//! A checked table piece by piece, in any order, again and again, as plain columns: row
//! groups of Parquet and parts of a text on the disk, parts of a text or slices of a frame
//! that is held.

use std::path::PathBuf;

use polars::prelude::{Column as Series, DataFrame, DataType};

use super::cells::{Cells as Read, Rows};
use super::disk::Disk;
use super::error::LoadError;
use super::groups::Groups;
use super::params::{CsvParams, Limits};
use super::part::Part;
use super::stream::{Stored, stored};
use super::typed::Target;
use super::wanted::ROWS;
use super::windows::Cut;
use super::{Content, How, ReadAs, Source, Wanted, open_files, parquet, texts};
use crate::expression::{Cells, Chunk};

/// Why a table cannot be read piece by piece.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PiecesError {
    /// The reader's own error.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A file stores a column as another type than the first.
    #[error("{file} stores column {column} as another type than the first file")]
    Differs {
        /// The column.
        column: String,
        /// The file.
        file: String,
    },
}

/// Opens one file or several as one table whose pieces are to be read. Parquet and plain
/// texts in columns stay on the disk, whatever their size; what has to be rewritten before it
/// can be read, and a small text, is held within the limits.
///
/// # Errors
///
/// As [`super::open_files`], and a column that is stored as another type in another file.
pub fn in_pieces(
    files: &[(PathBuf, String)],
    csv: &CsvParams,
    limits: &Limits,
) -> Result<Source, PiecesError> {
    cut_as(files, csv, limits, &Cut::default())
}

/// As [`in_pieces`], texts being taken in as `cut` says.
///
/// # Errors
///
/// As [`in_pieces`].
pub(crate) fn cut_as(
    files: &[(PathBuf, String)],
    csv: &CsvParams,
    limits: &Limits,
    cut: &Cut,
) -> Result<Source, PiecesError> {
    match stored(files, csv, limits)? {
        Stored::Table(source) => Ok(*source),
        Stored::Differs { column, file } => Err(PiecesError::Differs { column, file }),
        Stored::Otherwise => {
            if let Some(source) = texts::open(files, csv, limits, cut)? {
                return Ok(source);
            }
            let how = How { csv: csv.clone(), ..How::default() };
            Ok(open_files(files, &how, limits)?)
        }
    }
}

impl Source {
    /// How many pieces it has.
    #[must_use]
    pub fn n_pieces(&self) -> usize {
        match &self.content {
            Content::Csv { parts, .. } => parts.len(),
            Content::Parquet(frame) => frame.height().div_ceil(ROWS),
            Content::Groups(files) => files.iter().map(Groups::len).sum(),
            Content::Texts(files) => files.iter().map(|file| file.parts.len()).sum(),
        }
    }

    /// How many pieces may be held at once.
    #[must_use]
    pub fn pieces_at_once(&self) -> usize {
        let threads = rayon::current_num_threads().max(1);
        match &self.content {
            Content::Groups(files) => files.iter().map(Groups::at_once).min().unwrap_or(1),
            _ => threads,
        }
    }

    /// The wanted columns of one piece: texts, numbers and days by what they are read as.
    /// Numbers that are stored as such are given as they are, not-a-number among them.
    ///
    /// # Errors
    ///
    /// As [`Source::read`]; a piece that there is not.
    pub fn piece(&self, at: usize, wanted: &[Wanted]) -> Result<Chunk, LoadError> {
        let targets: Vec<Target> =
            wanted.iter().map(|one| self.target(one)).collect::<Result<_, _>>()?;
        let file = self.facts.shown_as.as_str();
        let none = || self.internal("a piece");
        match &self.content {
            Content::Csv { text, layout, parts } => {
                let part: &Part = parts.get(at).ok_or_else(none)?;
                let rows = self.checked(text, layout).rows(part, &targets);
                self.chunk(wanted, rows.map_err(|error| self.own(error))?)
            }
            Content::Parquet(frame) => {
                let start = at * ROWS;
                let slice = frame.slice(start as i64, ROWS);
                let read = parquet::read(&slice, &self.settings, &targets, start as u64 + 1, file)?;
                self.chunk(wanted, Rows::Frame(read))
            }
            Content::Groups(files) => {
                let mut at = at;
                let holding = files.iter().find(|file| {
                    let here = at < file.len();
                    at -= if here { 0 } else { file.len() };
                    here
                });
                let frame = holding.ok_or_else(none)?.read_raw(at, &self.settings, &targets)?;
                self.chunk(wanted, Rows::Frame(frame))
            }
            Content::Texts(files) => {
                let mut all =
                    files.iter().flat_map(|file| file.parts.iter().map(move |part| (file, part)));
                let (disk, part) = all.nth(at).ok_or_else(none)?;
                self.chunk(wanted, Rows::Frame(self.of_disk(disk, part, &targets)?))
            }
        }
    }

    /// How many rows have nothing in a column that is read as text or id, where a text was
    /// looked at and all of its rows with it.
    pub(crate) fn n_missing(&self, column: &str) -> Option<usize> {
        let is_text = matches!(self.content, Content::Csv { .. } | Content::Texts(_));
        let seen = self.columns.iter().find(|seen| seen.name == column).filter(|_| is_text)?;
        Some(seen.n_missing)
    }

    /// Files that stay on the disk are as they were when they were opened.
    ///
    /// # Errors
    ///
    /// One has changed.
    pub fn unchanged(&self) -> Result<(), LoadError> {
        match &self.content {
            Content::Groups(files) => files.iter().try_for_each(Groups::unchanged),
            Content::Texts(files) => files.iter().try_for_each(Disk::unchanged),
            Content::Csv { .. } | Content::Parquet(_) => Ok(()),
        }
    }

    fn chunk(&self, wanted: &[Wanted], rows: Rows) -> Result<Chunk, LoadError> {
        let cells: Vec<Cells> = match rows {
            Rows::Columns(columns) => columns.into_iter().map(plain).collect(),
            Rows::Frame(frame) => self.of_frame(&frame, wanted)?,
        };
        let mut chunk = Chunk::new(cells.first().map_or(0, Cells::len));
        for (one, cells) in wanted.iter().zip(cells) {
            if !chunk.add(&one.column, cells) {
                return Err(self.internal("the columns of a piece"));
            }
        }
        Ok(chunk)
    }

    fn of_frame(&self, frame: &DataFrame, wanted: &[Wanted]) -> Result<Vec<Cells>, LoadError> {
        let columns = frame.columns().iter().zip(wanted);
        columns
            .map(|(column, wanted)| {
                stored_cells(column, wanted.read_as).ok_or_else(|| self.internal("a column"))
            })
            .collect()
    }
}

/// A column of a text.
fn plain(cells: Read) -> Cells {
    match cells {
        Read::Words(words) => {
            let text = |&code: &u32| words.levels.get(code as usize).map(|text| (**text).into());
            Cells::Text(words.codes.iter().map(text).collect())
        }
        Read::Numbers(numbers) => missing_where_nan(numbers),
        Read::Days(days) => Cells::Day(days),
    }
}

/// Numbers of a text, where not-a-number says that there is none.
fn missing_where_nan(values: Vec<f64>) -> Cells {
    let null = if values.iter().any(|value| value.is_nan()) {
        values.iter().map(|value| value.is_nan()).collect()
    } else {
        Vec::new()
    };
    Cells::Number { values, null }
}

/// A column of a frame.
fn stored_cells(column: &Series, read_as: ReadAs) -> Option<Cells> {
    Some(match read_as {
        ReadAs::Text | ReadAs::Id => {
            let texts = column.str().ok()?.iter().map(|text| text.map(ToOwned::to_owned));
            Cells::Text(texts.collect())
        }
        ReadAs::Number => {
            let numbers = column.f64().ok()?;
            if numbers.null_count() == 0 {
                let mut values = Vec::with_capacity(numbers.len());
                for part in numbers.downcast_iter() {
                    values.extend_from_slice(part.values());
                }
                Cells::numbers(values)
            } else {
                let values = numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect();
                Cells::Number { values, null: numbers.iter().map(|n| n.is_none()).collect() }
            }
        }
        ReadAs::Day => {
            let days = column.cast(&DataType::Int32).ok()?;
            Cells::Day(days.i32().ok()?.iter().collect())
        }
    })
}
