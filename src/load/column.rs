//! What is seen of one column: every distinct value is looked at once, every further
//! occurrence costs one look-up by its 64-bit hash. Two values share a hash with a
//! chance of 3e-8 among a million.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use super::day;
use super::dress::Dress;
use super::missing::{self, Says};
use super::number::{self, Decimal, Form, Traits};
use super::params::Settings;
use super::proposed;
use super::record::trim;

/// At most this many distinct values are kept as levels.
pub(super) const MAX_LEVELS: usize = 64;
/// Levels and spellings of missing together.
const MAX_TEXTS: usize = 2 * MAX_LEVELS;
/// At most this many spellings of blanks are told apart.
const MAX_BLANKS: usize = 8;

/// What values have in common, as far as it matters for the kind of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub says: Says,
    pub form: Form,
    pub dress: Dress,
    pub traits: Traits,
    /// The spelling, where it often means missing.
    pub code: Option<&'static str>,
    pub day: day::Seen,
    /// Whether a blank stands inside.
    pub has_space: bool,
    /// Digits after a leading 0.
    pub leading_zero: bool,
}

/// How often a shape occurs.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShapeCount {
    pub shape: Shape,
    pub n_rows: u64,
    pub n_distinct: u64,
    /// Characters, over the rows.
    pub length: u64,
    /// Where it occurs first.
    pub first: u64,
}

/// Numbers under one decimal sign.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Range {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub decimals: u8,
}

impl Range {
    fn take(&mut self, cell: &[u8], decimal: Decimal) {
        if let Some(value) = number::value(cell, decimal) {
            self.widen(value, number::decimals(cell, decimal));
        }
    }

    fn widen(&mut self, value: f64, decimals: u8) {
        self.min = Some(self.min.map_or(value, |min| min.min(value)));
        self.max = Some(self.max.map_or(value, |max| max.max(value)));
        self.decimals = self.decimals.max(decimals);
    }
}

/// Hashes are the keys.
#[derive(Debug, Default, Clone)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[derive(Debug, Clone, Copy)]
struct Known {
    n_rows: u32,
    length: u16,
    shape: u16,
}

/// Collects what is seen of a column, one cell per row.
#[derive(Debug, Default)]
pub(super) struct Column {
    known: HashMap<u64, Known, BuildHasherDefault<Identity>>,
    pub shapes: Vec<ShapeCount>,
    /// Spellings of nothing, with counts.
    pub blanks: Vec<(Vec<u8>, u64)>,
    texts: Vec<(u64, Says, Vec<u8>)>,
    too_many_texts: bool,
    pub as_point: Range,
    pub as_comma: Range,
    /// The numbers without 0 and without those that often mean missing.
    pub rest: Range,
    /// Rows with blanks around their value.
    pub n_trimmed: u64,
    /// The spellings of missing that are declared for this column only.
    pub nulls: Vec<String>,
    zone: Option<chrono_tz::Tz>,
    pub max_length: usize,
    pub n_rows: u64,
    counter: Counter,
}

impl Column {
    /// A column of which nothing is seen yet.
    pub(super) fn called(name: &str, settings: &Settings) -> Self {
        let nulls = missing::of_column(&settings.nulls, name);
        Self { nulls, zone: settings.zone, ..Self::default() }
    }

    /// Takes the next row's cell, which stands at `place`.
    #[inline]
    pub(super) fn push(&mut self, raw: &[u8], place: u64, declared: &[String]) {
        self.n_rows += 1;
        let cell = trim(raw);
        if cell.is_empty() {
            self.blank(raw);
            return;
        }
        self.n_trimmed += u64::from(cell.len() != raw.len());
        let key = hash(cell);
        if self.counter.alive() {
            self.counter.take(cell);
        }
        if let Some(known) = self.known.get_mut(&key) {
            known.n_rows = known.n_rows.saturating_add(1);
            let seen = &mut self.shapes[usize::from(known.shape)];
            seen.n_rows += 1;
            seen.length += u64::from(known.length);
            return;
        }
        self.first_time(key, cell, place, declared);
    }

    fn blank(&mut self, raw: &[u8]) {
        self.counter.stop();
        if let Some((_, n_rows)) = self.blanks.iter_mut().find(|(spelling, _)| spelling == raw) {
            *n_rows += 1;
        } else if self.blanks.len() < MAX_BLANKS {
            self.blanks.push((raw.to_vec(), 1));
        } else if let Some((_, n_rows)) = self.blanks.last_mut() {
            *n_rows += 1;
        }
    }

    #[cold]
    #[inline(never)]
    fn first_time(&mut self, key: u64, cell: &[u8], place: u64, declared: &[String]) {
        let own = self.nulls.iter().any(|null| null.as_bytes() == cell);
        let shape = if own { Shape::missing() } else { look(cell, declared, self.zone) };
        let length = cell.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        let at = self.shapes.iter().position(|seen| seen.shape == shape).unwrap_or_else(|| {
            let first = ShapeCount { shape, n_rows: 0, n_distinct: 0, length: 0, first: place };
            self.shapes.push(first);
            self.shapes.len() - 1
        });
        let seen = &mut self.shapes[at];
        seen.n_rows += 1;
        seen.n_distinct += 1;
        seen.length += length as u64;
        if shape.says == Says::Value {
            self.max_length = self.max_length.max(length);
            self.number(cell, shape.form, shape.dress);
        }
        self.remember(key, shape.says, cell);
        // Fewer shapes than 65,536: a few flags and masks of neighbouring formats.
        let known = Known {
            n_rows: 1,
            length: u16::try_from(length).unwrap_or(u16::MAX),
            shape: u16::try_from(at).unwrap_or(u16::MAX),
        };
        if let Entry::Vacant(entry) = self.known.entry(key) {
            entry.insert(known);
        }
    }

    /// Widens the ranges by a number under both decimal signs, the usual forms without
    /// a detour.
    fn number(&mut self, cell: &[u8], form: Form, dress: Dress) {
        let plain = || std::str::from_utf8(cell).ok().and_then(|text| text.parse::<f64>().ok());
        let bare = dress.is_bare();
        let has_exponent = || cell.iter().any(|byte| matches!(byte, b'e' | b'E'));
        let value = match form {
            // Plus 0 turns minus 0 into 0.
            Form::Integer if bare => plain().map(|value| value + 0.0).inspect(|&value| {
                self.as_point.widen(value, 0);
                self.as_comma.widen(value, 0);
            }),
            Form::Point if bare && !has_exponent() => plain().inspect(|value| {
                self.as_point.widen(value + 0.0, number::written_decimals(cell));
            }),
            _ if form.is_number() => {
                self.as_point.take(cell, Decimal::Point);
                self.as_comma.take(cell, Decimal::Comma);
                number::value(cell, form.proves().unwrap_or(Decimal::Point))
            }
            _ => None,
        };
        if let Some(value) = value.filter(|&value| !proposed::may_mean_missing(value)) {
            self.rest.widen(value, 0);
        }
    }

    fn remember(&mut self, key: u64, says: Says, cell: &[u8]) {
        if self.too_many_texts && says == Says::Value {
            return;
        }
        self.texts.push((key, says, cell.to_vec()));
        if self.texts.len() > MAX_TEXTS {
            self.too_many_texts = true;
            self.texts.retain(|(_, says, _)| *says != Says::Value);
        }
    }

    /// The kept texts with what they say and their counts, sorted by bytes; the values
    /// among them only where there are few enough.
    pub(super) fn texts(&self) -> Vec<(&[u8], Says, u64)> {
        let mut texts: Vec<_> = self
            .texts
            .iter()
            .map(|(key, says, text)| {
                let n_rows = self.known.get(key).map_or(0, |known| u64::from(known.n_rows));
                (text.as_slice(), *says, n_rows)
            })
            .collect();
        texts.sort_unstable();
        texts
    }

    /// Whether every row is the row before plus 1.
    pub(super) fn is_counter(&self) -> bool {
        self.n_rows >= 2 && self.counter.alive()
    }
}

impl Shape {
    /// A spelling of missing.
    fn missing() -> Self {
        Self {
            says: Says::Missing,
            form: Form::Not,
            dress: Dress::default(),
            traits: Traits::default(),
            code: None,
            day: day::Seen::default(),
            has_space: false,
            leading_zero: false,
        }
    }
}

/// The shape of a trimmed cell; `zone` is the declared one.
fn look(cell: &[u8], declared: &[String], zone: Option<chrono_tz::Tz>) -> Shape {
    let says = missing::says(cell, declared);
    if says == Says::Missing {
        return Shape::missing();
    }
    let (form, dress) = number::spelled(cell);
    Shape {
        says,
        form,
        dress,
        traits: number::traits(cell, form),
        code: proposed::code(cell),
        day: day::look(cell, zone),
        has_space: memchr::memchr(b' ', cell).is_some(),
        leading_zero: form == Form::Integer && cell.len() > 1 && cell[0] == b'0',
    }
}

/// Follows a column that counts the rows.
#[derive(Debug, Default)]
enum Counter {
    #[default]
    Fresh,
    Next(i64),
    Stopped,
}

impl Counter {
    #[inline]
    fn alive(&self) -> bool {
        !matches!(self, Self::Stopped)
    }

    fn stop(&mut self) {
        *self = Self::Stopped;
    }

    fn take(&mut self, cell: &[u8]) {
        let value = std::str::from_utf8(cell).ok().and_then(|text| text.parse::<i64>().ok());
        *self = match (&self, value.and_then(|value| Some((value, value.checked_add(1)?)))) {
            (Self::Fresh, Some((_, next))) => Self::Next(next),
            (Self::Next(expected), Some((value, next))) if *expected == value => Self::Next(next),
            _ => Self::Stopped,
        };
    }
}

/// A 64-bit hash by folded multiplication, eight bytes at a time; the same everywhere.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const A: u64 = 0x9E37_79B9_7F4A_7C15;
    const B: u64 = 0xD1B5_4A32_D192_ED03;
    let mut state = (bytes.len() as u64).wrapping_mul(A) ^ B;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        state = fold(state ^ word(chunk), A);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        state = fold(state ^ word(rest), B);
    }
    fold(state ^ A, B)
}

#[inline]
fn word(bytes: &[u8]) -> u64 {
    match bytes.try_into() {
        Ok(eight) => u64::from_le_bytes(eight),
        Err(_) => bytes.iter().rev().fold(0, |word, &byte| (word << 8) | u64::from(byte)),
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
pub(super) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> Column {
        let mut column = Column::default();
        for (row, cell) in cells.iter().enumerate() {
            column.push(cell.as_bytes(), row as u64 + 2, &[]);
        }
        column
    }

    #[test]
    fn repeated_values_are_counted_by_their_shape() {
        let column = of(&["Yes", "No", "Yes", " ", "", " ", "Yes "]);
        assert_eq!(column.blanks, [(b" ".to_vec(), 2), (Vec::new(), 1)]);
        assert_eq!(column.shapes.len(), 1);
        assert_eq!((column.shapes[0].n_rows, column.shapes[0].n_distinct), (4, 2));
        let texts = column.texts();
        assert_eq!(texts[1], (&b"Yes"[..], Says::Value, 3));
    }

    #[test]
    fn a_row_counter_rises_by_one() {
        assert!(of(&["7", "8", "9"]).is_counter());
        assert!(!of(&["7", "8", "10"]).is_counter());
        assert!(!of(&["7", "", "8"]).is_counter());
        assert!(!of(&["7", "x"]).is_counter());
    }

    #[test]
    fn many_values_are_counted_but_not_kept() {
        let cells: Vec<String> = (0..1000).map(|i| format!("c{i}")).collect();
        let mut column = Column::default();
        for cell in cells.iter().chain(&cells) {
            column.push(cell.as_bytes(), 1, &[]);
        }
        column.push(b"NULL", 1, &[]);
        assert_eq!(column.shapes[0].n_distinct, 1000);
        assert_eq!(column.texts(), [(&b"NULL"[..], Says::Missing, 1)]);
    }

    #[test]
    fn hashes_of_a_million_texts_differ() {
        let mut hashes: Vec<u64> =
            (0..1_000_000).map(|i| hash(format!("customer-{i}").as_bytes())).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 1_000_000);
    }
}
