//! Parquet: checked before it is decoded, read by Polars, and then looked at and
//! converted through the same text as a CSV file, so that both give the same columns.

use std::fmt::Write as _;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{Column as Series, DataFrame, DataType, TimeUnit};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use rayon::prelude::*;

use super::SeenColumn;
use super::accounting::Accounting;
use super::clock::local_day;
use super::column::{Collector, Column};
use super::direct;
use super::error::{LoadError, Place};
use super::header;
use super::params::{Limits, Settings};
use super::settle::{self, Around, Reading};
use super::typed::{self, Builder, Target};
use crate::day::Day;

/// What a Parquet file holds.
pub(super) struct Table {
    pub frame: DataFrame,
    pub columns: Vec<SeenColumn>,
    pub readings: Vec<Reading>,
    pub accounting: Accounting,
}

/// Reads and looks at a whole file.
///
/// # Errors
///
/// A broken file, one that is too big, a column of an unsupported type, no rows.
pub(super) fn open(
    bytes: Vec<u8>,
    settings: &Settings,
    limits: &Limits,
    file: &str,
) -> Result<Table, LoadError> {
    check_footer(&bytes, file)?;
    let broken =
        |why: &str| LoadError::BrokenParquet { file: file.to_owned(), why: why.to_owned() };
    // A damaged page can make the decoder panic; its message may hold data.
    let read = catch_unwind(AssertUnwindSafe(|| decode(bytes, limits, file)));
    table(read.map_err(|_| broken("it cannot be decoded"))??, settings, file)
}

/// Looks at a frame that has been read.
///
/// # Errors
///
/// As [`names`] and [`look`].
pub(super) fn table(frame: DataFrame, settings: &Settings, file: &str) -> Result<Table, LoadError> {
    let names = names(&frame, file)?;
    let (columns, readings) = look(&frame, &names, settings, file)?;
    let rows = frame.height() as u64;
    let accounting = Accounting::new(rows, rows, 0, 0)
        .ok_or_else(|| LoadError::Internal { file: file.to_owned(), what: "the count of rows" })?;
    Ok(Table { frame, columns, readings, accounting })
}

/// The trimmed names of the columns.
///
/// # Errors
///
/// Two of one name; no columns or no rows.
pub(super) fn names(frame: &DataFrame, file: &str) -> Result<Vec<String>, LoadError> {
    let names: Vec<String> =
        frame.columns().iter().map(|column| column.name().trim().to_owned()).collect();
    header::check_unique(&names, file)?;
    if frame.height() == 0 || names.is_empty() {
        return Err(LoadError::HeaderOnly { file: file.to_owned() });
    }
    Ok(names)
}

/// Looks at every value of every column.
///
/// # Errors
///
/// A column of an unsupported type.
pub(super) fn look(
    frame: &DataFrame,
    names: &[String],
    settings: &Settings,
    file: &str,
) -> Result<(Vec<SeenColumn>, Vec<Reading>), LoadError> {
    let look = |(column, name): (&Series, &String)| {
        let mut collected = Collector::called(name, settings);
        each_cell(column, file, &mut |row, cell| {
            collected.see(cell.as_bytes(), row, &settings.nulls);
            Ok(())
        })?;
        Ok(collected.finish())
    };
    let looked: Vec<Result<Column, LoadError>> =
        frame.columns().par_iter().zip(names).map(look).collect();
    let seen = looked.into_iter().collect::<Result<Vec<_>, _>>()?;
    let around = Around {
        file,
        place: Place::Row,
        decimal: settings.decimal,
        proven: settle::proven(&seen),
        point_is_doubtful: false,
        day: settings.day,
        thousands: settings.thousands,
        zone: settings.zone,
        nulls: &settings.nulls,
    };
    Ok(names.iter().zip(&seen).map(|(name, seen)| settle::settle(name, seen, &around)).unzip())
}

/// The end of the file must be its magic and a footer that fits.
fn check_footer(bytes: &[u8], file: &str) -> Result<(), LoadError> {
    let broken =
        |why: &str| LoadError::BrokenParquet { file: file.to_owned(), why: why.to_owned() };
    let n_bytes = bytes.len();
    if n_bytes < 12 || !bytes.ends_with(b"PAR1") {
        return Err(broken("its end is missing"));
    }
    let footer = &bytes[n_bytes - 8..n_bytes - 4];
    let length = footer.iter().rev().fold(0_usize, |sum, &byte| (sum << 8) | usize::from(byte));
    if length == 0 || length > n_bytes - 12 {
        return Err(broken("its footer does not fit into the file"));
    }
    Ok(())
}

fn decode(bytes: Vec<u8>, limits: &Limits, file: &str) -> Result<DataFrame, LoadError> {
    let broken =
        |why: &str| LoadError::BrokenParquet { file: file.to_owned(), why: why.to_owned() };
    let too_big = |what, found, allowed| {
        Err(LoadError::TooBig { file: file.to_owned(), what, found, allowed })
    };
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let metadata = reader.get_metadata().map_err(|_| broken("its footer cannot be read"))?;
    let n_columns = metadata.schema_descr.columns().len();
    if n_columns > limits.max_columns {
        return too_big("columns", n_columns as u64, limits.max_columns as u64);
    }
    let n_rows = metadata.num_rows as u64;
    let cells = n_rows.saturating_mul(n_columns as u64);
    if cells > limits.max_bytes {
        return too_big("cells", cells, limits.max_bytes);
    }
    let mut unpacked = 0_u64;
    for group in &metadata.row_groups {
        for chunk in group.parquet_columns() {
            let size = u64::try_from(chunk.uncompressed_size()).unwrap_or(u64::MAX);
            unpacked = unpacked.saturating_add(size);
        }
    }
    if unpacked > limits.max_bytes {
        return too_big("bytes when unpacked", unpacked, limits.max_bytes);
    }
    let schema = reader.schema().map_err(|_| broken("its schema cannot be read"))?;
    for (name, field) in schema.iter() {
        let kind = DataType::from_arrow_field(field);
        if !is_supported(&kind) {
            return Err(unsupported(name, &kind, file));
        }
    }
    reader.set_rechunk(true).finish().map_err(|_| broken("it cannot be decoded"))
}

pub(super) fn unsupported(column: &str, kind: &DataType, file: &str) -> LoadError {
    let holds = match kind {
        DataType::List(_) => "lists".to_owned(),
        DataType::Struct(_) => "records of several fields".to_owned(),
        DataType::Binary | DataType::BinaryOffset => "bytes".to_owned(),
        DataType::Duration(_) => "durations".to_owned(),
        DataType::Time => "times of day".to_owned(),
        _ => "an unsupported type".to_owned(),
    };
    LoadError::UnsupportedType { file: file.to_owned(), column: column.to_owned(), holds }
}

pub(super) fn is_supported(kind: &DataType) -> bool {
    kind.is_primitive_numeric()
        || matches!(
            kind,
            DataType::Boolean
                | DataType::String
                | DataType::Date
                | DataType::Datetime(..)
                | DataType::Decimal(..)
                | DataType::Null
                | DataType::Categorical(..)
                | DataType::Enum(..)
        )
}

/// Takes the row, from 1, and its cell as text.
pub(super) type Take<'a> = dyn FnMut(u64, &str) -> Result<(), LoadError> + 'a;

/// Gives every cell as text, rows from 1; nothing where it is null.
pub(super) fn each_cell(column: &Series, file: &str, take: &mut Take) -> Result<(), LoadError> {
    let failed = |_| unsupported(column.name(), column.dtype(), file);
    match column.dtype() {
        DataType::Float64 => give(column.f64().map_err(failed)?.iter(), float, take),
        DataType::Date => {
            let days = column.cast(&DataType::Int32).map_err(failed)?;
            let write = |day, out: &mut String| civil(i64::from(day), out);
            give(days.i32().map_err(failed)?.iter(), write, take)
        }
        DataType::Datetime(unit, zone) => {
            let per_second = per_second(*unit);
            // A moment belongs to the day of the column's own zone.
            let zone = zone.as_ref().and_then(|zone| zone.as_str().parse::<chrono_tz::Tz>().ok());
            let ticks = column.cast(&DataType::Int64).map_err(failed)?;
            let write = |tick: i64, out: &mut String| {
                let seconds = tick.div_euclid(per_second);
                let day = zone.map_or_else(
                    || Some(seconds.div_euclid(86_400)),
                    |zone| local_day(seconds, zone).map(i64::from),
                );
                if let Some(day) = day {
                    civil(day, out);
                }
            };
            give(ticks.i64().map_err(failed)?.iter(), write, take)
        }
        kind if kind.is_integer() && *kind != DataType::UInt64 => {
            let whole = column.cast(&DataType::Int64).map_err(failed)?;
            // Writing into a String cannot fail.
            let write = |value: i64, out: &mut String| {
                let _ = write!(out, "{value}");
            };
            give(whole.i64().map_err(failed)?.iter(), write, take)
        }
        _ => {
            let texts = column.cast(&DataType::String).map_err(failed)?;
            let write = |text: &str, out: &mut String| out.push_str(text);
            give(texts.str().map_err(failed)?.iter(), write, take)
        }
    }
}

fn give<T>(
    values: impl Iterator<Item = Option<T>>,
    write: impl Fn(T, &mut String),
    take: &mut Take,
) -> Result<(), LoadError> {
    let mut text = String::with_capacity(32);
    for (row, value) in (1..).zip(values) {
        text.clear();
        if let Some(value) = value {
            write(value, &mut text);
        }
        take(row, &text)?;
    }
    Ok(())
}

pub(super) fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Nanoseconds => 1_000_000_000,
        TimeUnit::Microseconds => 1_000_000,
        TimeUnit::Milliseconds => 1_000,
    }
}

/// The shortest text that reads back as the same number.
pub(super) fn float(value: f64, out: &mut String) {
    let wide = value != 0.0 && !(1e-9..1e18).contains(&value.abs());
    // In this range it writes no exponent, and the same digits in less time.
    if (1e-4..1e15).contains(&value.abs()) {
        let mut buffer = zmij::Buffer::new();
        let written = buffer.format_finite(value);
        out.push_str(written.strip_suffix(".0").unwrap_or(written));
    } else if value.is_nan() {
        out.push_str("NaN");
    } else if wide && value.is_finite() {
        let _ = write!(out, "{value:e}");
    } else {
        let _ = write!(out, "{value}");
    }
}

/// `yyyy-mm-dd` of a day since 1970-01-01; nothing, and so missing, beyond year 9999.
fn civil(days: i64, out: &mut String) {
    if let Some(day) = i32::try_from(days).ok().and_then(|days| Day::from_epoch(days).ok()) {
        let _ = write!(out, "{day}");
    }
}

/// Reads the targets, in their order; the first row of the frame is row `first`.
pub(super) fn read(
    frame: &DataFrame,
    settings: &Settings,
    targets: &[Target],
    first: u64,
    file: &str,
) -> Result<DataFrame, LoadError> {
    let n_rows = frame.height();
    let read: Vec<_> = targets
        .par_iter()
        .map(|target| direct::read(&frame.columns()[target.at], target, settings, first, file))
        .collect();
    let columns = read.into_iter().collect::<Result<Vec<_>, _>>()?;
    typed::frame(columns.into_iter().map(Some), n_rows, file)
}

/// One column, cell by cell through its text.
///
/// # Errors
///
/// The first cell that is not what is asked for.
pub(super) fn convert(
    column: &Series,
    target: &Target,
    settings: &Settings,
    first: u64,
    file: &str,
) -> Result<Builder, LoadError> {
    let mut made = Builder::new(target, column.len());
    each_cell(column, file, &mut |row, cell| {
        if made.push(typed::cell(cell, target, &settings.nulls)) {
            return Ok(());
        }
        let at = Place::Row(first + row - 1);
        Err(typed::refused(target, at, column.len() as u64, file))
    })?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_by_as_few_digits_as_display_needs() {
        let mut state = 3_u64;
        let mut values =
            vec![0.0, -0.0, 1.0, -1.0, 0.1, 1e-4, 9.999e-5, 1e15, 999_999_999_999_999.9];
        for _ in 0..100_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            values.push(libm::ldexp((state << 6) as i64 as f64, (state >> 58) as i32 - 83));
            values.push(((state >> 40) as f64) / 100.0);
        }
        for value in values {
            let mut text = String::new();
            float(value, &mut text);
            let is_wide = value != 0.0 && !(1e-9..1e18).contains(&value.abs());
            let expected = if is_wide { format!("{value:e}") } else { value.to_string() };
            // Of two equally near the even digit is taken, as by Python, where `Display`
            // takes the upper one.
            assert_eq!(text.len(), expected.len(), "{text} {expected}");
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{text}");
        }
    }
}
