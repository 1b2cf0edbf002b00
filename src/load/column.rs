//! What is seen of one column. Plain numbers are counted by their kind; other cells that
//! were seen lately cost one look-up by their bytes, and all others are looked at.
//! Digits and hashes tell at the end how many different values there are. Two values share
//! a hash with a chance of 3e-8 among a million.
//!
//! A table is looked at in parts, several at once. Nothing here depends on where a part
//! ends: what is kept of the parts, appended in their order, is what is kept of the whole.

mod lately;
mod many;
mod numbers;
mod together;

pub(super) use many::Cells;

use lately::{Again, Key, Lately};

use super::counter::Counter;
use super::distinct::{Distinct, hash};
use super::kept::Packed;
use super::missing::{self, Says};
use super::number::{self, Decimal};
use super::params::Settings;
use super::proposed;
use super::quick;
use super::range::Range;
use super::record::trim;
use super::shape::{self, Shape, look};

/// At most this many distinct values are kept as levels.
pub(super) const MAX_LEVELS: usize = 64;
/// At most this many spellings of blanks are told apart.
const MAX_BLANKS: usize = 8;
/// No shape, no text.
const NONE: u16 = u16::MAX;

/// How often a shape occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShapeCount {
    pub shape: Shape,
    pub n_rows: u64,
    pub n_distinct: u64,
    /// Characters, over the rows.
    pub length: u64,
    /// Where it occurs first.
    pub first: u64,
}

/// What is seen of a column when all rows are seen.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Column {
    /// In the order in which they occur first.
    pub shapes: Vec<ShapeCount>,
    /// Spellings of nothing, sorted, with counts.
    pub blanks: Vec<(Vec<u8>, u64)>,
    texts: Vec<(Vec<u8>, Says, u64)>,
    pub as_point: Range,
    pub as_comma: Range,
    /// The numbers without 0 and without those that often mean missing.
    pub others: Range,
    /// Rows with blanks around their value.
    pub n_trimmed: u64,
    pub max_length: usize,
    pub n_rows: u64,
    is_counter: bool,
}

impl Column {
    /// The kept texts with what they say and their counts, sorted by bytes; the values
    /// among them only where there are few enough.
    pub(super) fn texts(&self) -> Vec<(&[u8], Says, u64)> {
        self.texts.iter().map(|(text, says, n_rows)| (text.as_slice(), *says, *n_rows)).collect()
    }

    /// Whether every row is the row before plus 1.
    pub(super) fn is_counter(&self) -> bool {
        self.is_counter
    }
}

/// What was seen in a cell that is no blank.
#[derive(Debug, Clone, Copy)]
struct Looked {
    /// The place of its shape.
    shape: u16,
    /// The place of its text where it is kept, else [`NONE`].
    text: u16,
    /// Characters.
    length: u32,
    packed: Packed,
    /// Whether other numbers of the column hardly ever are the same.
    is_number: bool,
    /// Whether blanks stand around it.
    is_trimmed: bool,
}

/// A text that is kept.
#[derive(Debug)]
struct Text {
    key: u64,
    says: Says,
    bytes: Vec<u8>,
    n_rows: u64,
}

/// Collects what is seen of a column, one cell per row.
#[derive(Debug)]
pub(super) struct Collector {
    lately: Lately,
    shapes: Vec<ShapeCount>,
    /// The cells of each shape.
    distinct: Vec<Distinct>,
    /// Which small quiet numbers occur, a bit each, by the way they are written.
    small: [Vec<u64>; Packed::WAYS],
    /// The place of the shape of ids of a letter and digits.
    lettered: u16,
    /// The rows of a batch whose cells are none of them.
    others_of_batch: Vec<usize>,
    /// Whether the last batch had no short numbers.
    is_wordy: bool,
    /// The place of the shape of each quiet kind of numbers that was seen.
    quiet: [u16; shape::QUIET],
    blanks: Vec<(Vec<u8>, u64)>,
    /// Rows of further spellings of nothing.
    other_blanks: u64,
    texts: Vec<Text>,
    too_many_values: bool,
    as_point: Range,
    as_comma: Range,
    others: Range,
    n_trimmed: u64,
    /// The spellings of missing that are declared for this column only.
    nulls: Vec<String>,
    zone: Option<chrono_tz::Tz>,
    max_length: usize,
    n_rows: u64,
    counter: Counter,
    /// Above so many different values of a shape their number is estimated.
    most: usize,
    scratch: Vec<u8>,
}

impl Default for Collector {
    fn default() -> Self {
        Self {
            lately: Lately::new(),
            shapes: Vec::new(),
            distinct: Vec::new(),
            small: Default::default(),
            lettered: NONE,
            others_of_batch: Vec::new(),
            is_wordy: false,
            scratch: Vec::new(),
            quiet: [NONE; shape::QUIET],
            blanks: Vec::new(),
            other_blanks: 0,
            texts: Vec::new(),
            too_many_values: false,
            as_point: Range::default(),
            as_comma: Range::default(),
            others: Range::default(),
            n_trimmed: 0,
            nulls: Vec::new(),
            zone: None,
            max_length: 0,
            n_rows: 0,
            counter: Counter::default(),
            most: usize::MAX,
        }
    }
}

impl Collector {
    /// Of a column of that name, of which nothing is seen yet.
    pub(super) fn called(name: &str, settings: &Settings) -> Self {
        let nulls = missing::of_column(&settings.nulls, name);
        Self { nulls, zone: settings.zone, ..Self::default() }
    }

    /// Takes the next row's cell of a table that is no text.
    #[inline]
    pub(super) fn see(&mut self, raw: &[u8], place: u64, declared: &[String]) {
        // The hash stands for all bytes.
        let key = Key { first: hash(raw), last: 0, size: raw.len() as u32 };
        self.n_rows += 1;
        if self.lately.again(key, |_| true).is_none()
            && let Some(looked) = self.push(raw, place, declared)
        {
            self.remember(key, 0, looked);
        }
    }

    /// Looks at a cell that stands at `place`; `None` where it is blank.
    fn push(&mut self, raw: &[u8], place: u64, declared: &[String]) -> Option<Looked> {
        let cell = trim(raw);
        if cell.is_empty() {
            self.counter.stop();
            self.blank(raw, 1);
            return None;
        }
        let is_trimmed = cell.len() != raw.len();
        self.n_trimmed += u64::from(is_trimmed);
        if self.counter.alive() {
            self.counter.take(cell);
        }
        // The first different values may be levels, and are kept.
        let is_free = self.too_many_values && declared.is_empty() && self.nulls.is_empty();
        let looked = if !is_free {
            self.look_at(cell, place, declared)
        } else if let Some(calculated) = quick::calculated(cell)
            && let Some(kind) = shape::quiet_calculated(cell, &calculated)
        {
            self.calculated(kind, cell, &calculated, place)
        } else if let Some(plain) = quick::plain(cell, b'.')
            && let Some(kind) = shape::quiet(cell, &plain)
        {
            self.is_wordy = false;
            self.number(kind, cell, &plain, place)
        } else if shape::is_lettered(cell) {
            self.lettered(cell, place)
        } else {
            self.look_at(cell, place, declared)
        };
        Some(Looked { is_trimmed, ..looked })
    }

    /// Remembers a cell that begins at `start`.
    fn remember(&mut self, key: Key, start: u32, looked: Looked) {
        // What may count the rows is looked at row by row.
        if looked.shape == NONE || self.counter.alive() {
            return;
        }
        if let Some(room) = self.lately.grown() {
            self.forget(room);
        }
        let before = self.lately.remember(key, start, looked);
        self.settle(before);
    }

    /// Counts further rows of a cell that is to be forgotten.
    fn settle(&mut self, again: Again) {
        let (n_rows, looked) = (u64::from(again.n_rows), again.looked);
        if n_rows == 0 {
            return;
        }
        self.n_trimmed += if looked.is_trimmed { n_rows } else { 0 };
        let seen = &mut self.shapes[usize::from(looked.shape)];
        seen.n_rows += n_rows;
        seen.length += n_rows * u64::from(looked.length);
        if looked.text != NONE {
            self.texts[usize::from(looked.text)].n_rows += n_rows;
        }
    }

    /// Forgets all cells, and remembers up to `room` others.
    fn forget(&mut self, room: usize) {
        for again in self.lately.forget(room) {
            self.settle(again);
        }
    }

    /// Counts a spelling of nothing. The smallest spellings are told apart, so that it
    /// does not matter in which order they come.
    fn blank(&mut self, raw: &[u8], n_rows: u64) {
        match self.blanks.binary_search_by(|(spelling, _)| spelling.as_slice().cmp(raw)) {
            Ok(at) => self.blanks[at].1 += n_rows,
            Err(at) if at < MAX_BLANKS => {
                self.blanks.insert(at, (raw.to_vec(), n_rows));
                if self.blanks.len() > MAX_BLANKS {
                    self.other_blanks += self.blanks.pop().map_or(0, |(_, n_rows)| n_rows);
                }
            }
            Err(_) => self.other_blanks += n_rows,
        }
    }

    fn look_at(&mut self, cell: &[u8], place: u64, declared: &[String]) -> Looked {
        let key = hash(cell);
        let plain = quick::plain(cell, b'.');
        let shape = look(cell, plain.as_ref(), [declared, &self.nulls], self.zone);
        let length = cell.iter().map(|&byte| usize::from(byte & 0xC0 != 0x80)).sum::<usize>();
        let at = self.shape(shape, place);
        let seen = &mut self.shapes[at];
        seen.n_rows += 1;
        seen.length += length as u64;
        self.distinct[at].add(plain.as_ref(), key);
        if shape.says == Says::Value {
            self.max_length = self.max_length.max(length);
            match &plain {
                Some(plain) => self.plain(plain, shape.form),
                None if shape.form.is_number() => {
                    self.as_point.take(cell, Decimal::Point);
                    self.as_comma.take(cell, Decimal::Comma);
                }
                None => {}
            }
            if shape.form.is_number() {
                let decimal = shape.form.proves().unwrap_or(Decimal::Point);
                let value =
                    plain.map(|plain| plain.value()).or_else(|| number::value(cell, decimal));
                if let Some(value) = value.filter(|&value| !proposed::may_mean_missing(value)) {
                    self.others.widen(value, 0);
                }
            }
        }
        let text = self.text(key, shape.says, cell);
        // Fields are at most 2^20 bytes and shapes a few hundred: a few flags, and masks of
        // neighbouring formats.
        let shape = u16::try_from(at).unwrap_or(NONE);
        let packed = Packed::of(cell, plain.as_ref());
        let (length, is_trimmed) = (length as u32, false);
        Looked { shape, text, length, packed, is_number: false, is_trimmed }
    }

    /// Looks at an id of a letter and digits.
    fn lettered(&mut self, cell: &[u8], place: u64) -> Looked {
        if self.lettered == NONE {
            let shape = look(cell, None, [&[], &[]], self.zone);
            self.lettered = u16::try_from(self.shape(shape, place)).unwrap_or(NONE);
        }
        let seen = &mut self.shapes[usize::from(self.lettered)];
        seen.n_rows += 1;
        seen.length += cell.len() as u64;
        self.max_length = self.max_length.max(cell.len());
        self.distinct[usize::from(self.lettered)].add(None, hash(cell));
        let (length, shape, packed) = (cell.len() as u32, self.lettered, Packed::OTHER);
        Looked { shape, text: NONE, length, packed, is_number: false, is_trimmed: false }
    }

    /// The place of a shape, which is new at `place` where it was not seen before.
    #[inline]
    fn shape(&mut self, shape: Shape, place: u64) -> usize {
        self.shapes.iter().position(|seen| seen.shape == shape).unwrap_or_else(|| {
            let first = ShapeCount { shape, n_rows: 0, n_distinct: 0, length: 0, first: place };
            self.shapes.push(first);
            self.distinct.push(Distinct::default());
            self.shapes.len() - 1
        })
    }

    /// Counts a text that is kept, and its place.
    fn text(&mut self, key: u64, says: Says, cell: &[u8]) -> u16 {
        if says == Says::Value && self.too_many_values {
            return NONE;
        }
        let known = self.texts.iter().position(|text| text.key == key);
        if let Some(at) = known {
            self.texts[at].n_rows += 1;
            return u16::try_from(at).unwrap_or(NONE);
        }
        self.keep(Text { key, says, bytes: cell.to_vec(), n_rows: 1 })
    }

    /// Keeps a new text, unless there are too many values among them.
    fn keep(&mut self, text: Text) -> u16 {
        let is_value = |text: &Text| text.says == Says::Value;
        if is_value(&text) {
            self.too_many_values |= self.texts.iter().filter(|t| is_value(t)).count() >= MAX_LEVELS;
            if self.too_many_values {
                // What is remembered names places that will be gone.
                self.forget(self.lately.room());
                self.texts.retain(|text| !is_value(text));
                return NONE;
            }
        }
        self.texts.push(text);
        u16::try_from(self.texts.len() - 1).unwrap_or(NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collected(cells: &[&str]) -> Collector {
        let mut column = Collector::default();
        for (row, cell) in cells.iter().enumerate() {
            column.see(cell.as_bytes(), row as u64 + 2, &[]);
        }
        column
    }

    fn of(cells: &[&str]) -> Column {
        collected(cells).finish()
    }

    #[test]
    fn repeated_values_are_counted_by_their_shape() {
        let column = of(&["Yes", "No", "Yes", " ", "", " ", "Yes "]);
        assert_eq!(column.blanks, [(Vec::new(), 1), (b" ".to_vec(), 2)]);
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
        let cells: Vec<String> = (0..10_000).map(|i| format!("c{i}")).collect();
        let mut column = Collector::default();
        for cell in cells.iter().chain(&cells) {
            column.see(cell.as_bytes(), 1, &[]);
        }
        column.see(b"NULL", 1, &[]);
        let column = column.finish();
        assert_eq!(column.shapes[0].n_distinct, 10_000);
        assert_eq!(column.texts(), [(&b"NULL"[..], Says::Missing, 1)]);
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let mut cells: Vec<String> = (0..600)
            .map(|i| match i % 7 {
                0 => " ".repeat(i % 13),
                1 => format!("{}.{:02}", i % 90, i % 100),
                2 => "NA".to_owned(),
                3 => format!("2024-01-{:02}", i % 31),
                4 => "1.234,5".to_owned(),
                5 => i.to_string(),
                _ => format!("level {}", i % 70),
            })
            .collect();
        cells.extend((0..300).map(|i| (i + 5).to_string()));
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        for range in [0..900, 0..40, 600..900, 100..400] {
            let whole = of(&cells[range.clone()]);
            for size in [1, 2, 3, 50, 64, 299] {
                let mut sum = Collector::default().rest();
                for (at, part) in cells[range.clone()].chunks(size).enumerate() {
                    sum.append(collected(part).rest(), (at * size) as u64);
                }
                assert_eq!(sum.finish(), whole, "{range:?} in parts of {size}");
            }
        }
    }

    #[test]
    fn hashes_of_a_million_texts_differ() {
        let hashes: Vec<u64> =
            (0..1_000_000).map(|i| hash(format!("customer-{i}").as_bytes())).collect();
        assert_eq!(crate::load::distinct::count(hashes), 1_000_000);
    }
}
