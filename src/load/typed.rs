//! Cells become typed columns: texts, finite numbers, days. Every format ends here, so
//! that the same table gives the same frame in any dress.

use polars::prelude::{
    ChunkedBuilder, Column as Series, DataFrame, DataType, Float64Type, Int32Type, IntoColumn,
    PlSmallStr, PrimitiveChunkedBuilder, StringChunkedBuilder,
};

use super::ReadAs;
use super::day;
use super::error::{LoadError, Place};
use super::missing::{self, Says};
use super::number::{self, Decimal};
use super::quick;
use super::record::{trim, trimmed};
use super::settle::Reading;

/// A column that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    /// Its position in the input.
    pub at: usize,
    pub name: &'a str,
    pub read_as: ReadAs,
    pub reading: &'a Reading,
    /// Whether a text may mean missing in it; blanks always do.
    pub has_codes: bool,
}

/// What one cell is when it is read as what is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'a> {
    Missing,
    Text(&'a str),
    /// Finite, never minus zero.
    Number(f64),
    /// Days since 1970-01-01.
    Day(i32),
    /// It is not what was asked for.
    Refused,
}

/// Reads one cell.
#[inline]
pub(super) fn cell<'a>(raw: &'a str, target: &Target, nulls: &[String]) -> Cell<'a> {
    let cell = trim(raw.as_bytes());
    if cell.is_empty() {
        return Cell::Missing;
    }
    if target.has_codes {
        let as_text = matches!(target.read_as, ReadAs::Text | ReadAs::Id);
        let beside_numbers = target.reading.beside_numbers || !as_text;
        if target.reading.nulls.iter().any(|null| null.as_bytes() == cell) {
            return Cell::Missing;
        }
        match missing::says(cell, nulls) {
            Says::Missing => return Cell::Missing,
            Says::MissingBesideNumbers if beside_numbers => return Cell::Missing,
            _ => {}
        }
    }
    match target.read_as {
        ReadAs::Id if target.reading.whole => text(raw, number::without_zeros(cell)),
        ReadAs::Text | ReadAs::Id if cell.len() == raw.len() => Cell::Text(raw),
        ReadAs::Text | ReadAs::Id => text(raw, None),
        ReadAs::Number => number(cell, target.reading.decimal).map_or(Cell::Refused, Cell::Number),
        ReadAs::Day => {
            let format = target.reading.day.unwrap_or(day::Format::YearDash);
            let quick = if format == day::Format::YearDash { quick::day(cell) } else { None };
            quick
                .or_else(|| day::days(cell, format, target.reading.zone))
                .map_or(Cell::Refused, Cell::Day)
        }
    }
}

/// The text without blanks around it, or the beginning of it that is kept.
fn text<'a>(raw: &'a str, kept: Option<&[u8]>) -> Cell<'a> {
    // What is taken off is ASCII, so that whole characters are left.
    let mut place = trimmed(raw.as_bytes());
    if let Some(kept) = kept {
        place.end = place.start + kept.len();
    }
    raw.get(place).map_or(Cell::Refused, Cell::Text)
}

#[inline]
fn number(cell: &[u8], decimal: Decimal) -> Option<f64> {
    let sign = match decimal {
        Decimal::Point => b'.',
        Decimal::Comma => b',',
    };
    // No plain number has so many digits.
    if decimal == Decimal::Point
        && let Some(calculated) = quick::calculated(cell)
    {
        return Some(calculated.value);
    }
    match quick::plain(cell, sign) {
        Some(plain) => Some(plain.value()),
        None => number::value(cell, decimal),
    }
}

/// The error of a cell that is not what was asked for.
pub(super) fn refused(target: &Target, at: Place, n_rows: u64, file: &str) -> LoadError {
    let (file, column, n_odd) = (file.to_owned(), target.name.to_owned(), 1);
    match target.read_as {
        ReadAs::Day => LoadError::NotDay { file, column, at, n_odd, n_rows },
        _ => LoadError::NotNumber { file, column, at, n_odd, n_rows },
    }
}

/// A column that grows.
pub(super) enum Builder {
    Text(StringChunkedBuilder),
    Number(PrimitiveChunkedBuilder<Float64Type>),
    Day(PrimitiveChunkedBuilder<Int32Type>),
}

impl Builder {
    /// An empty column with room for `n_rows`.
    pub(super) fn new(target: &Target, n_rows: usize) -> Self {
        let name = PlSmallStr::from(target.name);
        match target.read_as {
            ReadAs::Text | ReadAs::Id => Self::Text(StringChunkedBuilder::new(name, n_rows)),
            ReadAs::Number => Self::Number(PrimitiveChunkedBuilder::new(name, n_rows)),
            ReadAs::Day => Self::Day(PrimitiveChunkedBuilder::new(name, n_rows)),
        }
    }

    /// Adds a cell of the column's own type; returns whether it is one.
    #[inline]
    pub(super) fn push(&mut self, cell: Cell) -> bool {
        match (self, cell) {
            (Self::Text(values), Cell::Missing) => values.append_null(),
            (Self::Number(values), Cell::Missing) => values.append_null(),
            (Self::Day(values), Cell::Missing) => values.append_null(),
            (Self::Number(values), Cell::Number(value)) => values.append_value(value),
            (Self::Day(values), Cell::Day(day)) => values.append_value(day),
            (Self::Text(values), Cell::Text(text)) => values.append_value(text),
            _ => return false,
        }
        true
    }

    /// The column; days are `Date`.
    pub(super) fn finish(self) -> Option<Series> {
        match self {
            Self::Text(values) => Some(values.finish().into_column()),
            Self::Number(values) => Some(values.finish().into_column()),
            Self::Day(values) => values.finish().into_column().cast(&DataType::Date).ok(),
        }
    }
}

/// The frame of finished columns.
///
/// # Errors
///
/// A column that is not there; columns of different lengths.
pub(super) fn frame(
    columns: impl Iterator<Item = Option<Series>>,
    n_rows: usize,
    file: &str,
) -> Result<DataFrame, LoadError> {
    let wrong = || LoadError::Internal { file: file.to_owned(), what: "the wanted columns" };
    let columns = columns.collect::<Option<Vec<_>>>();
    DataFrame::new(n_rows, columns.ok_or_else(wrong)?).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, read_as: ReadAs, decimal: Decimal) -> Cell<'_> {
        let reading = Reading { whole: true, ..Reading::of(decimal) };
        let target = Target { at: 0, name: "c", read_as, reading: &reading, has_codes: true };
        cell(text, &target, &["seven".to_owned()])
    }

    #[test]
    fn cells_are_read_as_what_is_asked_for() {
        for (text, expected) in [
            (" 12.50 ", Cell::Number(12.5)),
            ("1,234.5", Cell::Number(1234.5)),
            ("-0.0", Cell::Number(0.0)),
            ("1e999", Cell::Refused),
            ("x", Cell::Refused),
            ("seven", Cell::Missing),
            ("NA", Cell::Missing),
            (" ", Cell::Missing),
        ] {
            assert_eq!(read(text, ReadAs::Number, Decimal::Point), expected, "{text}");
        }
        assert_eq!(read("1.234,5", ReadAs::Number, Decimal::Comma), Cell::Number(1234.5));
        assert_eq!(read("1970-01-02", ReadAs::Day, Decimal::Point), Cell::Day(1));
        assert_eq!(read(" a b ", ReadAs::Text, Decimal::Point), Cell::Text("a b"));
        assert_eq!(read(" 17850.0 ", ReadAs::Id, Decimal::Point), Cell::Text("17850"));
        assert_eq!(read(" 17850 ", ReadAs::Id, Decimal::Point), Cell::Text("17850"));
        assert_eq!(read("17850.0", ReadAs::Text, Decimal::Point), Cell::Text("17850.0"));
    }
}
