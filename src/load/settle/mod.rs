//! When all rows are seen, the kind of each column is settled: what it holds, how its
//! numbers and days are to be read, and what stands in the way of reading them so.

mod days;
mod numbers;
mod repairs;

use chrono_tz::Tz;

use super::column::{Column, MAX_LEVELS, ShapeCount};
use super::day::Format;
use super::error::{LoadError, Place};
use super::missing::{self, Says};
use super::number::{Decimal, Form};
use super::params::Thousands;
use super::proposed;
use super::range::Range;
use super::repair::Repair;
use super::{Kind, SeenColumn};
use crate::finding::Finding;

/// Texts in a column of numbers or days are taken for a mistake below this share
/// (1 in so many) and number of distinct texts; above, the column is text.
const RARE_SHARE: u64 = 100;
const RARE_DISTINCT: u64 = 50;

/// How the cells of a column are to be read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Whether `NA`, `None` and dashes mean missing.
    pub beside_numbers: bool,
    /// The spellings of missing that are declared for this column only.
    pub nulls: Vec<String>,
    pub decimal: Decimal,
    pub day: Option<Format>,
    /// The declared zone, to which moments are taken.
    pub zone: Option<Tz>,
    /// Whether an id loses `.0`: all values are whole numbers without leading zeros.
    pub whole: bool,
    /// Why it cannot be read as numbers or days, although it looks like them.
    pub problem: Option<LoadError>,
    /// What reading it as what it looks like repairs.
    pub repairs: Vec<Repair>,
    /// What is to be said of its values.
    pub findings: Vec<Finding>,
}

/// What is known of the whole table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub file: &'a str,
    pub place: fn(u64) -> Place,
    /// The declared decimal sign.
    pub decimal: Option<Decimal>,
    /// The decimal sign that other columns prove.
    pub proven: Option<Decimal>,
    /// Whether `1.234` alone may be a thousand: where a semicolon separates the columns,
    /// as in exports of countries that write decimal commas.
    pub point_is_doubtful: bool,
    /// The declared format of days.
    pub day: Option<Format>,
    /// What is declared to group thousands.
    pub thousands: Option<Thousands>,
    /// The declared zone.
    pub zone: Option<Tz>,
    /// The declared spellings of missing.
    pub nulls: &'a [String],
}

impl Reading {
    /// Numbers with that decimal sign, and nothing else known.
    pub(super) fn of(decimal: Decimal) -> Self {
        Self {
            beside_numbers: true,
            nulls: Vec::new(),
            decimal,
            day: None,
            zone: None,
            whole: false,
            problem: None,
            repairs: Vec::new(),
            findings: Vec::new(),
        }
    }
}

/// The decimal sign that all columns together prove; `None` where they disagree.
pub(super) fn proven(columns: &[Column]) -> Option<Decimal> {
    let mut found = None;
    for seen in columns.iter().filter(|column| is_mostly_numbers(column)).flat_map(|c| &c.shapes) {
        match (seen.shape.form.proves(), found) {
            (None, _) => {}
            (Some(proves), Some(found)) if proves != found => return None,
            (proves, _) => found = proves,
        }
    }
    found
}

fn is_mostly_numbers(column: &Column) -> bool {
    let count = Count::of(column);
    count.numbers > 0 && !count.too_many(count.total - count.numbers, 0)
}

/// Rows by what their values are.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    total: u64,
    numbers: u64,
    infinite: u64,
    odd: u64,
    /// Days with separators.
    days: u64,
    /// Days of digits only that exist or stand for none.
    digits: u64,
    /// Distinct values that are neither.
    distinct_text: u64,
}

impl Count {
    fn of(column: &Column) -> Self {
        let mut count = Self::default();
        for seen in values(column) {
            let (shape, n) = (seen.shape, seen.n_rows);
            count.total += n;
            if shape.day.pattern & !Format::DIGITS != 0 {
                count.days += n;
            } else if shape.day.fits & Format::DIGITS != 0 || shape.day.placeholder {
                count.digits += n;
            }
            match shape.form {
                Form::Not => count.distinct_text += seen.n_distinct,
                Form::Infinite => count.infinite += n,
                Form::Odd(_) => count.odd += n,
                _ => count.numbers += n,
            }
        }
        count
    }

    /// Whether so many rows are more than a mistake.
    fn too_many(&self, n_rows: u64, n_distinct: u64) -> bool {
        n_rows > 0 && (n_rows * RARE_SHARE >= self.total || n_distinct >= RARE_DISTINCT)
    }

    /// Whether nearly all values are numbers.
    fn are_numbers(&self) -> bool {
        let n_signed = self.numbers + self.infinite + self.odd;
        self.numbers > 0
            && self.numbers >= self.odd
            && !self.too_many(self.total - n_signed, self.distinct_text)
    }
}

fn values(column: &Column) -> impl Iterator<Item = &ShapeCount> {
    column.shapes.iter().filter(|seen| seen.shape.says == Says::Value)
}

/// The place of the first value whose shape has a property.
fn first_of(column: &Column, has: impl Fn(&ShapeCount) -> bool) -> Option<u64> {
    values(column).filter(|seen| has(seen)).map(|seen| seen.first).min()
}

/// The rows whose shape has a property.
fn rows_of(column: &Column, has: impl Fn(&ShapeCount) -> bool) -> u64 {
    values(column).filter(|seen| has(seen)).map(|seen| seen.n_rows).sum()
}

/// Settles one column.
pub(super) fn settle(name: &str, column: &Column, around: &Around) -> (SeenColumn, Reading) {
    let decimal = around.decimal.or(around.proven).unwrap_or(Decimal::Point);
    let mut reading = Reading {
        nulls: missing::of_column(around.nulls, name),
        zone: around.zone,
        whole: is_whole(column),
        ..Reading::of(decimal)
    };
    let kind = kind(name, column, around, &mut reading);
    let seen = describe(name, column, kind, &reading);
    repairs::tell(&seen, column, &mut reading);
    (seen, reading)
}

fn kind(name: &str, column: &Column, around: &Around, reading: &mut Reading) -> Kind {
    let count = Count::of(column);
    let all_digits = count.digits > 0 && count.digits == count.total && !column.is_counter();
    let is_day = count.days > 0 && !count.too_many(count.total - count.days, 0);
    if count.total == 0 {
        reading.beside_numbers = false;
        let texts = column.shapes.iter().any(|seen| seen.shape.says != Says::Missing);
        return if texts { Kind::Text } else { Kind::Empty };
    }
    if is_day || all_digits {
        let (format, problem) = days::settle(name, column, &count, around);
        reading.day = Some(format);
        reading.problem = problem;
        return Kind::Day { format: format.name().to_owned() };
    }
    if count.are_numbers() && numbers::are_meant(column, &count, around) {
        // Used where somebody declares the column a date.
        reading.day = days::count(column, around);
        if let Some(counted) = days::counted(name, column, around) {
            match counted {
                days::Counted::Days(format) => {
                    reading.day = Some(format);
                    return Kind::Day { format: format.name().to_owned() };
                }
                days::Counted::Mixed(problem) => reading.problem = Some(problem),
            }
        }
        let (decimal, problem) = numbers::settle(name, column, &count, around);
        reading.decimal = decimal;
        reading.problem = reading.problem.take().or(problem);
        let whole = range(column, decimal).decimals == 0;
        return if whole { Kind::Integer } else { Kind::Decimal };
    }
    reading.beside_numbers = false;
    Kind::Text
}

fn range(column: &Column, decimal: Decimal) -> Range {
    match decimal {
        Decimal::Point => column.as_point,
        Decimal::Comma => column.as_comma,
    }
}

/// Whether all values are whole numbers without leading zeros, some written `17850.0`.
fn is_whole(column: &Column) -> bool {
    let all = values(column).all(|seen| {
        let shape = seen.shape;
        shape.traits.dotted
            || (shape.form == Form::Integer && !shape.leading_zero && shape.dress.is_bare())
    });
    all && values(column).any(|seen| seen.shape.traits.dotted)
}

/// What the later stages learn of the column.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^53")]
fn describe(name: &str, column: &Column, kind: Kind, reading: &Reading) -> SeenColumn {
    let missing = |says: Says| match says {
        Says::Value => false,
        Says::Missing => true,
        Says::MissingBesideNumbers => reading.beside_numbers,
    };
    let present = || column.shapes.iter().filter(|seen| !missing(seen.shape.says));
    let sum = |part: &dyn Fn(&ShapeCount) -> u64| present().map(part).sum::<u64>();
    let n_present = sum(&|seen| seen.n_rows);
    let n_distinct = sum(&|seen| seen.n_distinct);
    let share = |n: u64| if n_present == 0 { 0.0 } else { n as f64 / n_present as f64 };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut missing_codes: Vec<(String, usize)> =
        column.blanks.iter().map(|(code, n)| (text(code), size(*n))).collect();
    let mut levels = Vec::new();
    for (bytes, says, n_rows) in column.texts() {
        if missing(says) {
            missing_codes.push((text(bytes), size(n_rows)));
        } else if n_distinct <= MAX_LEVELS as u64 {
            levels.push((text(bytes), size(n_rows)));
        }
    }
    missing_codes.sort();
    let is_number = matches!(kind, Kind::Integer | Kind::Decimal);
    let range = if is_number { range(column, reading.decimal) } else { Range::default() };
    let dotted = if reading.whole { rows_of(column, |seen| seen.shape.traits.dotted) } else { 0 };
    SeenColumn {
        name: name.to_owned(),
        n_present: size(n_present),
        n_missing: size(column.n_rows - n_present),
        missing_codes,
        proposed_missing: proposed::of(name, column, &kind),
        n_distinct: size(n_distinct),
        levels,
        min: range.min,
        max: range.max,
        decimals: range.decimals,
        unit: if is_number { numbers::unit(column) } else { None },
        mean_length: share(sum(&|seen| seen.length)),
        max_length: column.max_length,
        with_spaces: share(sum(&|seen| if seen.shape.has_space { seen.n_rows } else { 0 })),
        monotone: kind == Kind::Integer && column.is_counter(),
        leading_zero: present().any(|seen| seen.shape.leading_zero),
        dotted: size(dotted),
        kind,
    }
}

fn size(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
