//! The second pass: the wanted columns become a Polars frame. The checked rows are
//! written out once more in the one way that leaves Polars nothing to guess (comma,
//! LF, every text quoted, numbers with a point, days as whole numbers, nothing for
//! missing), and Polars' own reader turns that into columns of exactly the types asked
//! for. So dialects, encodings and packings end here: the same table gives the same
//! frame.

use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::{
    Column as Series, DataFrame, DataType, Field as TypedField, PlSmallStr, Schema,
};
use polars_io::SerReader;
use polars_io::csv::read::{CsvParseOptions, CsvReadOptions};

use super::ReadAs;
use super::day;
use super::error::{LoadError, Place};
use super::missing::{self, Says};
use super::number;
use super::params::Settings;
use super::record::{Layout, Next, Records, trim};
use super::settle::Reading;

/// A column that is asked for.
pub(super) struct Target<'a> {
    /// Its position in the input.
    pub at: usize,
    pub name: &'a str,
    pub read_as: ReadAs,
    pub reading: &'a Reading,
}

/// How one cell was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Value,
    Missing,
    /// It is not what was asked for.
    Refused,
}

/// Writes one cell the canonical way (a text unquoted) behind what `out` holds.
pub(super) fn write_cell(
    raw: &[u8],
    target: &Target,
    nulls: &[String],
    out: &mut Vec<u8>,
) -> Written {
    let cell = trim(raw);
    if cell.is_empty() {
        return Written::Missing;
    }
    let as_text = matches!(target.read_as, ReadAs::Text | ReadAs::Id);
    let beside_numbers = target.reading.beside_numbers || !as_text;
    if target.reading.nulls.iter().any(|null| null.as_bytes() == cell) {
        return Written::Missing;
    }
    match missing::says(cell, nulls) {
        Says::Missing => return Written::Missing,
        Says::MissingBesideNumbers if beside_numbers => return Written::Missing,
        _ => {}
    }
    match target.read_as {
        ReadAs::Text => {
            out.extend_from_slice(cell);
            Written::Value
        }
        ReadAs::Id => {
            let whole = number::without_zeros(cell).filter(|_| target.reading.whole);
            out.extend_from_slice(whole.unwrap_or(cell));
            Written::Value
        }
        ReadAs::Number if number::canonical(cell, target.reading.decimal, out) => Written::Value,
        ReadAs::Number => Written::Refused,
        ReadAs::Day => {
            let format = target.reading.day.unwrap_or(day::Format::YearDash);
            match day::days(cell, format, target.reading.zone) {
                Some(days) => {
                    out.extend_from_slice(days.to_string().as_bytes());
                    Written::Value
                }
                None => Written::Refused,
            }
        }
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

/// Reads the targets, in their order.
pub(super) fn read(
    text: &[u8],
    layout: &Layout,
    settings: &Settings,
    shape: (usize, u64, bool),
    targets: &[Target],
    file: &str,
) -> Result<DataFrame, LoadError> {
    let canonical = rewrite(text, layout, settings, shape, targets, file)?;
    let (_, n_rows, _) = shape;
    let frame = parse(canonical.bytes, targets)
        .ok_or_else(|| internal(file, "the table as Polars reads it"))?;
    let sound = frame.height() as u64 == n_rows
        && frame
            .columns()
            .iter()
            .zip(&canonical.n_missing)
            .all(|(column, &n_missing)| column.null_count() == n_missing);
    if sound { Ok(frame) } else { Err(internal(file, "the number of values that Polars reads")) }
}

fn internal(file: &str, what: &'static str) -> LoadError {
    LoadError::Internal { file: file.to_owned(), what }
}

struct Canonical {
    bytes: Vec<u8>,
    n_missing: Vec<usize>,
}

/// Writes the wanted columns of all sound rows.
fn rewrite(
    text: &[u8],
    layout: &Layout,
    settings: &Settings,
    (n_columns, n_rows, has_header): (usize, u64, bool),
    targets: &[Target],
    file: &str,
) -> Result<Canonical, LoadError> {
    let mut out = Canonical { bytes: Vec::new(), n_missing: vec![0; targets.len()] };
    let mut records = Records::new(text, layout);
    let (mut fields, mut scratch, mut cell) = (Vec::new(), Vec::new(), Vec::new());
    let mut header_to_come = has_header;
    loop {
        match records.next(&mut fields).map_err(|_| internal(file, "the structure of the text"))? {
            Next::End => return Ok(out),
            Next::Row if std::mem::take(&mut header_to_come) => continue,
            Next::Row if fields.len() == n_columns => {}
            _ => continue,
        }
        // A first field that is never empty: Polars skips empty lines.
        out.bytes.push(b'1');
        for (target, n_missing) in targets.iter().zip(&mut out.n_missing) {
            out.bytes.push(b',');
            let raw = fields[target.at].raw(text, layout.quote, &mut scratch);
            cell.clear();
            match write_cell(raw, target, &settings.nulls, &mut cell) {
                Written::Value if matches!(target.read_as, ReadAs::Text | ReadAs::Id) => {
                    quote(&cell, &mut out.bytes);
                }
                Written::Value => out.bytes.extend_from_slice(&cell),
                Written::Missing => *n_missing += 1,
                Written::Refused => {
                    return Err(refused(target, Place::Line(records.line), n_rows, file));
                }
            }
        }
        out.bytes.push(b'\n');
    }
}

fn quote(cell: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = cell;
    while let Some(at) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=at]);
        out.push(b'"');
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Polars reads the canonical text. Its errors hold cells and are dropped.
fn parse(bytes: Vec<u8>, targets: &[Target]) -> Option<DataFrame> {
    let types = targets.iter().map(|target| match target.read_as {
        ReadAs::Text | ReadAs::Id => DataType::String,
        ReadAs::Number => DataType::Float64,
        ReadAs::Day => DataType::Int32,
    });
    let schema: Schema = std::iter::once(DataType::Int32)
        .chain(types)
        .enumerate()
        .map(|(at, kind)| TypedField::new(PlSmallStr::from(format!("c{at}")), kind))
        .collect();
    let frame = CsvReadOptions::default()
        .with_has_header(false)
        .with_schema(Some(Arc::new(schema)))
        .with_infer_schema_length(Some(0))
        .with_projection(Some(Arc::new((1..=targets.len()).collect())))
        .with_parse_options(CsvParseOptions::default())
        .with_rechunk(true)
        .with_raise_if_empty(false)
        .into_reader_with_file_handle(Cursor::new(bytes))
        .finish()
        .ok()?;
    let columns: Option<Vec<Series>> =
        frame.into_columns().into_iter().zip(targets).map(|(column, t)| named(column, t)).collect();
    let columns = columns?;
    DataFrame::new(columns.first().map_or(0, Series::len), columns).ok()
}

fn named(column: Series, target: &Target) -> Option<Series> {
    let column = match target.read_as {
        ReadAs::Day => column.cast(&DataType::Date).ok()?,
        _ => column,
    };
    Some(column.with_name(PlSmallStr::from(target.name)))
}
