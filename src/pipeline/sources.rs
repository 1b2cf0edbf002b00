//! Opening what the config names: files, patterns of files, and databases.

use std::collections::BTreeMap;
use std::path::Path;

use polars::prelude::DataFrame;

use super::job::{Event, Failure, Observer};
use crate::config::{Input, Origin};
use crate::load::{self, How, Limits, ReadAs, Source, Wanted};

/// Opens tables once each and says so.
pub(super) struct Opener<'a> {
    folder: &'a Path,
    observer: &'a dyn Observer,
    /// Bare tables that are open already, by the path they were given with.
    bare: BTreeMap<String, Source>,
}

impl<'a> Opener<'a> {
    /// For paths that start from `folder`.
    pub(super) fn new(folder: &'a Path, observer: &'a dyn Observer) -> Self {
        Self { folder, observer, bare: BTreeMap::new() }
    }

    /// Keeps a table that was opened to find out what it is for.
    pub(super) fn keep(&mut self, path: String, source: Source) {
        self.bare.insert(path, source);
    }

    /// Opens the table that the config calls `key`.
    ///
    /// # Errors
    ///
    /// Whatever the table cannot be read for.
    pub(super) fn open(
        &mut self,
        key: &str,
        origin: &Origin,
        input: &Input,
    ) -> Result<Source, Failure> {
        match self.kept(origin) {
            // Of a table that is read batch by batch not all is known.
            Some(source) if !source.is_streamed() => Ok(source),
            _ => Ok(self.told(self.whole(key, origin, input)?)),
        }
    }

    /// As [`Opener::open`], for a table that is read batch by batch: Parquet files are then
    /// never in memory as a whole.
    ///
    /// # Errors
    ///
    /// As [`Opener::open`].
    pub(super) fn stream(
        &mut self,
        key: &str,
        origin: &Origin,
        input: &Input,
    ) -> Result<Source, Failure> {
        if let Some(source) = self.kept(origin) {
            return Ok(source);
        }
        let files = match origin {
            Origin::Query(_) => Vec::new(),
            _ => load::expand(self.folder, origin.paths())?,
        };
        if let Some(source) = load::stream_files(&files, &input.csv, &Limits::default())? {
            return Ok(self.told(source));
        }
        Ok(self.told(self.whole(key, origin, input)?))
    }

    fn kept(&mut self, origin: &Origin) -> Option<Source> {
        match origin {
            Origin::File(path) => self.bare.remove(path),
            _ => None,
        }
    }

    fn whole(&self, key: &str, origin: &Origin, input: &Input) -> Result<Source, Failure> {
        let how = How {
            csv: input.csv.clone(),
            sheet: input.sheet.clone(),
            member: input.member.clone(),
            max_bad_rows: input.max_bad_rows,
        };
        let limits = Limits::default();
        match origin {
            Origin::Query(query) => {
                let url = query.url(key, &|name| std::env::var(name).ok())?;
                let (sql, shown) = (query.sql.as_str(), origin.shown());
                Ok(load::sql::open(sql, &url, &shown, &how.csv, how.max_bad_rows, &limits)?)
            }
            _ => Ok(load::open_files(&load::expand(self.folder, origin.paths())?, &how, &limits)?),
        }
    }

    /// Says what was opened.
    fn told(&self, source: Source) -> Source {
        let facts = source.facts();
        let dialect = if facts.dialect.is_empty() { &facts.format } else { &facts.dialect };
        let (rows, columns) = (source.accounting().used, source.columns().len());
        self.observer.event(Event::stage(
            "load",
            format!("{}: {rows} rows, {columns} columns, {dialect}", facts.shown_as),
        ));
        source
    }
}

/// How many rows were looked at: all, but for a table that is read batch by batch.
pub(super) fn rows_seen(source: &Source) -> usize {
    source.columns().iter().map(|seen| seen.n_present + seen.n_missing).max().unwrap_or(0)
}

/// The texts of one column, in the order of the rows.
///
/// # Errors
///
/// The table has no such column.
pub(super) fn texts(source: &Source, column: &str) -> Result<Vec<Option<String>>, Failure> {
    let frame = read(source, column, ReadAs::Id)?;
    let series = frame.column(column).and_then(|series| series.str().cloned());
    let texts = series.map_err(|_| unreadable(column))?;
    Ok(texts.iter().map(|text| text.map(str::to_owned)).collect())
}

/// The days of one column since 1970-01-01, in the order of the rows.
///
/// # Errors
///
/// The table has no such column, or it holds no days.
pub(super) fn days(source: &Source, column: &str) -> Result<Vec<Option<i32>>, Failure> {
    let frame = read(source, column, ReadAs::Day)?;
    let cast = frame
        .column(column)
        .and_then(|series| series.cast(&polars::prelude::DataType::Int32))
        .and_then(|series| series.i32().cloned());
    Ok(cast.map_err(|_| unreadable(column))?.iter().collect())
}

/// The numbers of one column, in the order of the rows; NaN is missing.
///
/// # Errors
///
/// The table has no such column, or it holds no numbers.
pub(super) fn numbers(source: &Source, column: &str) -> Result<Vec<f64>, Failure> {
    let frame = read(source, column, ReadAs::Number)?;
    let series = frame.column(column).and_then(|series| series.f64().cloned());
    let numbers = series.map_err(|_| unreadable(column))?;
    Ok(numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect())
}

fn read(source: &Source, column: &str, read_as: ReadAs) -> Result<DataFrame, Failure> {
    Ok(source.read(&[Wanted { column: column.to_owned(), read_as }])?)
}

fn unreadable(column: &str) -> Failure {
    Failure::internal(format!("column {column} was not read in the type that was asked for"))
}
