//! Reading the columns of a table in the types that were asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use polars::prelude::{DataFrame, DataType, Series};
use rayon::prelude::*;

use crate::load::{Cells, Words};

use super::error::FeatureError;

/// The values of one column, borrowed where that is possible; `None` is missing.
pub(super) enum Raw<'a> {
    /// Words.
    Text(Vec<Option<&'a str>>),
    /// Numbers; NaN is missing.
    Number(Vec<f64>),
    /// Days since 1970-01-01.
    Day(Vec<Option<i32>>),
}

/// The series called `name`.
fn series<'a>(frame: &'a DataFrame, name: &str) -> Result<&'a Series, FeatureError> {
    let column = frame.column(name).map_err(|_| wrong(name, "a column"))?;
    Ok(column.as_materialized_series())
}

/// A column in whichever of the three types it was read.
pub(super) fn raw<'a>(frame: &'a DataFrame, name: &str) -> Result<Raw<'a>, FeatureError> {
    let series = series(frame, name)?;
    let wrong = |expected: &'static str| wrong(name, expected);
    match series.dtype() {
        DataType::String => {
            let values = series.str().map_err(|_| wrong("text"))?;
            Ok(Raw::Text(values.iter().collect()))
        }
        DataType::Float64 => {
            let values = series.f64().map_err(|_| wrong("numbers"))?;
            Ok(Raw::Number(if values.null_count() == 0 {
                values.data_views().collect::<Vec<_>>().concat()
            } else {
                values.iter().map(|value| value.unwrap_or(f64::NAN)).collect()
            }))
        }
        DataType::Date => {
            let days = series.cast(&DataType::Int32).map_err(|_| wrong("days"))?;
            let days = days.i32().map_err(|_| wrong("days"))?;
            Ok(Raw::Day(days.iter().collect()))
        }
        _ => Err(wrong("text, numbers or days")),
    }
}

/// The columns of a table as they were read.
pub(super) enum Given<'a> {
    /// In a frame.
    Frame(&'a DataFrame),
    /// So many rows, without a frame; each column is taken once.
    Columns(usize, BTreeMap<String, Cells<'a>>),
}

/// A column that was taken.
pub(super) enum Taken<'a> {
    Frame(&'a DataFrame),
    Cells(Cells<'a>),
    Nowhere,
}

impl Taken<'_> {
    /// The column in whichever of the three types it was read; numbers are moved out.
    pub(super) fn raw(&mut self, name: &str) -> Result<Raw<'_>, FeatureError> {
        match self {
            Self::Frame(frame) => raw(frame, name),
            Self::Cells(Cells::Numbers(values)) => Ok(Raw::Number(std::mem::take(values))),
            Self::Cells(Cells::Words(words)) => Ok(Raw::Text(texts(words))),
            Self::Cells(Cells::Days(days)) => Ok(Raw::Day(std::mem::take(days))),
            Self::Nowhere => Err(wrong(name, "a column")),
        }
    }
}

impl<'a> Given<'a> {
    pub(super) fn n_rows(&self) -> usize {
        match self {
            Self::Frame(frame) => frame.height(),
            Self::Columns(n_rows, _) => *n_rows,
        }
    }

    /// Takes a column.
    pub(super) fn take(&mut self, name: &str) -> Taken<'a> {
        match self {
            Self::Frame(frame) => Taken::Frame(frame),
            Self::Columns(_, columns) => columns.remove(name).map_or(Taken::Nowhere, Taken::Cells),
        }
    }

    /// A column of words.
    pub(super) fn text(&self, name: &str) -> Result<Vec<Option<&str>>, FeatureError> {
        match self {
            Self::Frame(frame) => match raw(frame, name)? {
                Raw::Text(values) => Ok(values),
                _ => Err(wrong(name, "text")),
            },
            Self::Columns(_, columns) => match columns.get(name) {
                Some(Cells::Words(words)) => Ok(texts(words)),
                Some(_) => Err(wrong(name, "text")),
                None => Err(wrong(name, "a column")),
            },
        }
    }

    /// A column of days.
    pub(super) fn days(&self, name: &str) -> Result<Cow<'_, [Option<i32>]>, FeatureError> {
        match self {
            Self::Frame(frame) => match raw(frame, name)? {
                Raw::Day(values) => Ok(Cow::Owned(values)),
                _ => Err(wrong(name, "days")),
            },
            Self::Columns(_, columns) => match columns.get(name) {
                Some(Cells::Days(days)) => Ok(Cow::Borrowed(days)),
                Some(_) => Err(wrong(name, "days")),
                None => Err(wrong(name, "a column")),
            },
        }
    }
}

fn texts<'a>(words: &'a Words<'_>) -> Vec<Option<&'a str>> {
    let text = |&code: &u32| words.levels.get(code as usize).map(AsRef::as_ref);
    words.codes.par_iter().map(text).collect()
}

fn wrong(name: &str, expected: &'static str) -> FeatureError {
    FeatureError::Frame { column: name.to_owned(), expected }
}
