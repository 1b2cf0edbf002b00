//! Reading the columns of a data frame in the types that were asked for.

use polars::prelude::{DataFrame, DataType, Series};

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
    let column = frame
        .column(name)
        .map_err(|_| FeatureError::Frame { column: name.to_owned(), expected: "a column" })?;
    Ok(column.as_materialized_series())
}

/// A column in whichever of the three types it was read.
pub(super) fn raw<'a>(frame: &'a DataFrame, name: &str) -> Result<Raw<'a>, FeatureError> {
    let series = series(frame, name)?;
    let wrong = |expected: &'static str| FeatureError::Frame { column: name.to_owned(), expected };
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

/// A column of words.
pub(super) fn text<'a>(
    frame: &'a DataFrame,
    name: &str,
) -> Result<Vec<Option<&'a str>>, FeatureError> {
    match raw(frame, name)? {
        Raw::Text(values) => Ok(values),
        _ => Err(FeatureError::Frame { column: name.to_owned(), expected: "text" }),
    }
}

/// A column of days.
pub(super) fn days(frame: &DataFrame, name: &str) -> Result<Vec<Option<i32>>, FeatureError> {
    match raw(frame, name)? {
        Raw::Day(values) => Ok(values),
        _ => Err(FeatureError::Frame { column: name.to_owned(), expected: "days" }),
    }
}
