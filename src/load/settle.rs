//! When all rows are seen, the kind of each column is settled: what it holds, how its
//! numbers and days are to be read, and what stands in the way of reading them so.

use super::column::{Column, MAX_LEVELS, Range, ShapeCount};
use super::day::Format;
use super::error::{LoadError, Place};
use super::missing::Says;
use super::number::{Decimal, Form};
use super::{Kind, SeenColumn};

/// Texts in a column of numbers or days are taken for a mistake below this share
/// (1 in so many) and number of distinct texts; above, the column is text.
const RARE_SHARE: u64 = 100;
const RARE_DISTINCT: u64 = 50;

/// How the cells of a column are to be read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Whether `NA`, `None` and dashes mean missing.
    pub beside_numbers: bool,
    pub decimal: Decimal,
    pub day: Option<Format>,
    /// Why it cannot be read as numbers or days, although it looks like them.
    pub problem: Option<LoadError>,
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
    /// Days of eight digits that exist.
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
            let digits = Format::Digits.bit();
            if shape.day.pattern & !digits != 0 {
                count.days += n;
            }
            if shape.day.fits & digits != 0 {
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
}

fn values(column: &Column) -> impl Iterator<Item = &ShapeCount> {
    column.shapes.iter().filter(|seen| seen.shape.says == Says::Value)
}

/// Settles one column.
pub(super) fn settle(name: &str, column: &Column, around: &Around) -> (SeenColumn, Reading) {
    let count = Count::of(column);
    let n_signed = count.numbers + count.infinite + count.odd;
    let all_digits = count.digits == count.total && !column.is_counter();
    let mut reading = Reading {
        beside_numbers: true,
        decimal: around.decimal.or(around.proven).unwrap_or(Decimal::Point),
        day: None,
        problem: None,
    };
    let is_day = count.days > 0 && !count.too_many(count.total - count.days, 0);
    let is_number = count.numbers > 0
        && count.numbers >= count.odd
        && !count.too_many(count.total - n_signed, count.distinct_text);
    let kind = if count.total == 0 {
        reading.beside_numbers = false;
        let texts = column.shapes.iter().any(|seen| seen.shape.says != Says::Missing);
        if texts { Kind::Text } else { Kind::Empty }
    } else if is_day || (count.digits > 0 && all_digits) {
        let (format, problem) = settle_day(name, column, &count, around);
        reading.day = Some(format);
        reading.problem = problem;
        Kind::Day { format: format.name().to_owned() }
    } else if is_number {
        (reading.decimal, reading.problem) = settle_number(name, column, &count, around);
        let range = range(column, reading.decimal);
        if range.decimals == 0 { Kind::Integer } else { Kind::Decimal }
    } else {
        reading.beside_numbers = false;
        Kind::Text
    };
    (describe(name, column, kind, &reading), reading)
}

fn range(column: &Column, decimal: Decimal) -> Range {
    match decimal {
        Decimal::Point => column.as_point,
        Decimal::Comma => column.as_comma,
    }
}

/// The decimal sign, and what stands in the way of reading numbers.
fn settle_number(
    name: &str,
    column: &Column,
    count: &Count,
    around: &Around,
) -> (Decimal, Option<LoadError>) {
    let (file, column_name) = (around.file.to_owned(), name.to_owned());
    let first = |is: &dyn Fn(Form) -> bool| {
        values(column).filter(|seen| is(seen.shape.form)).map(|seen| seen.first).min()
    };
    let n_rows = count.total;
    let (decimal, doubtful) = settle_decimal(&first, around);
    let conflicting = |form: Form| form.proves().is_some_and(|proves| proves != decimal);
    let problem = if let Some(at) = first(&|form| form == Form::Infinite) {
        let at = (around.place)(at);
        Some(LoadError::Infinite { file, column: column_name, at, n_odd: count.infinite, n_rows })
    } else if let Some((at, spelling)) = first_odd(column) {
        let at = (around.place)(at);
        let n_odd = count.odd;
        Some(LoadError::Spelled { file, column: column_name, at, spelling, n_odd, n_rows })
    } else if let Some(at) = first(&|form| form == Form::Not) {
        let at = (around.place)(at);
        let n_odd = count.total - count.numbers;
        Some(LoadError::NotNumber { file, column: column_name, at, n_odd, n_rows })
    } else if let Some(at) = first(&conflicting).or(doubtful) {
        let at = (around.place)(at);
        Some(LoadError::AmbiguousDecimals { file, column: column_name, at })
    } else {
        None
    };
    (decimal, problem)
}

fn first_odd(column: &Column) -> Option<(u64, super::error::Spelling)> {
    values(column)
        .filter_map(|seen| match seen.shape.form {
            Form::Odd(spelling) => Some((seen.first, spelling)),
            _ => None,
        })
        .min_by_key(|(first, _)| *first)
}

/// Where the first value stands whose form has a property.
type FirstOf<'a> = dyn Fn(&dyn Fn(Form) -> bool) -> Option<u64> + 'a;

/// The decimal sign, and where the first doubtful value stands if it is not certain.
fn settle_decimal(first: &FirstOf, around: &Around) -> (Decimal, Option<u64>) {
    let evidence = |sign: Decimal| first(&|form: Form| form.proves() == Some(sign));
    if let Some(declared) = around.decimal {
        return (declared, None);
    }
    match (evidence(Decimal::Point), evidence(Decimal::Comma)) {
        (Some(_), None) => return (Decimal::Point, None),
        (None, Some(_)) => return (Decimal::Comma, None),
        // Both: the other sign's values are found as conflicting.
        (Some(point), Some(comma)) => {
            return (if point < comma { Decimal::Point } else { Decimal::Comma }, None);
        }
        (None, None) => {}
    }
    let point = first(&|form| form == Form::Point3);
    let comma = first(&|form| form == Form::Comma3);
    match (point, comma, around.proven) {
        (None, None, _) => (Decimal::Point, None),
        (Some(point), Some(comma), _) => (Decimal::Point, Some(point.max(comma))),
        (_, _, Some(proven)) => (proven, None),
        (Some(point), None, None) => (Decimal::Point, around.point_is_doubtful.then_some(point)),
        (None, comma, None) => (Decimal::Point, comma),
    }
}

/// The format, and what stands in the way of reading days.
fn settle_day(
    name: &str,
    column: &Column,
    count: &Count,
    around: &Around,
) -> (Format, Option<LoadError>) {
    let (file, column_name) = (around.file.to_owned(), name.to_owned());
    let with_pattern: Vec<&ShapeCount> =
        values(column).filter(|seen| seen.shape.day.pattern != 0).collect();
    let existing = || with_pattern.iter().filter(|seen| seen.shape.day.fits != 0);
    let fits = existing().fold(u16::MAX, |fits, seen| fits & seen.shape.day.fits);
    let impossible =
        with_pattern.iter().filter(|seen| seen.shape.day.fits == 0).map(|seen| seen.first).min();
    let candidates: Vec<Format> =
        Format::ALL.into_iter().filter(|format| fits & format.bit() != 0).collect();
    let n_rows = count.total;
    let textual = values(column).filter(|seen| seen.shape.day.pattern == 0);
    let (n_odd, text_first) = textual.fold((0, None::<u64>), |(n, first), seen| {
        (n + seen.n_rows, Some(first.map_or(seen.first, |first| first.min(seen.first))))
    });
    let declared = around.day.filter(|declared| candidates.contains(declared));
    let any = existing().fold(0, |any, seen| any | seen.shape.day.fits);
    let first_of = |bits: u16| Format::ALL.into_iter().find(|format| bits & format.bit() != 0);
    let fallback = candidates.first().copied().or(first_of(any)).unwrap_or(Format::YearDash);
    let format = declared.unwrap_or(fallback);
    let is_mixed = candidates.is_empty() && existing().next().is_some();
    let order_matters = existing().any(|seen| seen.shape.day.order_matters);
    let problem = if is_mixed {
        Some(LoadError::MixedDays { file, column: column_name, counts: by_format(&with_pattern) })
    } else if let Some(at) = impossible {
        Some(LoadError::ImpossibleDay { file, column: column_name, at: (around.place)(at) })
    } else if let Some(at) = text_first {
        let at = (around.place)(at);
        Some(LoadError::NotDay { file, column: column_name, at, n_odd, n_rows })
    } else if let ([first, second], None, true) = (candidates.as_slice(), declared, order_matters) {
        let (first, second) = (first.name(), second.name());
        Some(LoadError::AmbiguousDays { file, column: column_name, first, second })
    } else {
        None
    };
    (format, problem)
}

/// `dd/mm/yyyy in 120 rows, yyyy-mm-dd in 80 rows`.
fn by_format(with_pattern: &[&ShapeCount]) -> String {
    let mut parts = Vec::new();
    for format in Format::ALL {
        let fits = with_pattern.iter().filter(|seen| seen.shape.day.fits & format.bit() != 0);
        let n_rows: u64 = fits.map(|seen| seen.n_rows).sum();
        if n_rows > 0 {
            parts.push(format!("{} fits {n_rows}", format.name()));
        }
    }
    parts.join(", ")
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
    SeenColumn {
        name: name.to_owned(),
        n_present: size(n_present),
        n_missing: size(column.n_rows - n_present),
        missing_codes,
        n_distinct: size(n_distinct),
        levels,
        min: range.min,
        max: range.max,
        decimals: range.decimals,
        mean_length: share(sum(&|seen| seen.length)),
        max_length: column.max_length,
        with_spaces: share(sum(&|seen| if seen.shape.has_space { seen.n_rows } else { 0 })),
        monotone: kind == Kind::Integer && column.is_counter(),
        leading_zero: present().any(|seen| seen.shape.leading_zero),
        kind,
    }
}

fn size(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
