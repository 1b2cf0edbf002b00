//! Small numbers and days are kept from the look at a text, four bytes a cell, so that a
//! column of them need not be found in the text and read again.

use polars::prelude::{Column as Series, DataType, Float64Chunked, Int32Chunked, PlSmallStr};
use polars::prelude::{IntoColumn, NewChunkedArray};

use super::ReadAs;
use super::day::Format;
use super::number::Decimal;
use super::quick::{self, Plain};
use super::typed::Target;

/// A cell in 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packed(u32);

impl Packed {
    /// Nothing but blanks.
    pub(super) const MISSING: Self = Self(u32::MAX - 1);
    /// What is not kept.
    pub(super) const OTHER: Self = Self(u32::MAX);

    /// Below this, digits are kept: amounts to 671,088.63.
    const DIGITS: u64 = 1 << 26;
    /// The decimals, up to 15, stand above the digits, and the sign above these.
    const DECIMALS: u32 = 26;
    const SIGN: u32 = 1 << 30;
    /// Days are marked, and counted from one before all that are read.
    const DAY: u32 = 1 << 31;
    const FIRST_DAY: i32 = -(1 << 20);

    /// A trimmed cell that may be known to be a plain number.
    pub(super) fn of(cell: &[u8], plain: Option<&Plain>) -> Self {
        match plain {
            Some(plain) => Self::number(plain),
            None => quick::day(cell)
                .map_or(Self::OTHER, |day| Self(Self::DAY | day.abs_diff(Self::FIRST_DAY))),
        }
    }

    #[inline]
    pub(super) fn number(plain: &Plain) -> Self {
        let n_decimals = plain.n_decimals.unwrap_or(0);
        if plain.digits >= Self::DIGITS || n_decimals > 15 {
            return Self::OTHER;
        }
        let sign = if plain.negative { Self::SIGN } else { 0 };
        Self(sign | (n_decimals as u32) << Self::DECIMALS | plain.digits as u32)
    }

    /// A number that is short enough; its digits are below 10^8, and what is too big is not
    /// kept.
    #[inline(always)]
    pub(super) fn short(short: quick::Short, negative: bool) -> Self {
        let packed = u32::from(negative) << 30 | short.n_decimals << Self::DECIMALS | short.digits;
        if u64::from(short.digits) < Self::DIGITS { Self(packed) } else { Self::OTHER }
    }

    /// The digits of a number.
    #[inline]
    pub(super) fn digits(self) -> u64 {
        u64::from(self.0) % Self::DIGITS
    }

    /// The decimals of a number.
    #[inline]
    pub(super) fn n_decimals(self) -> usize {
        ((self.0 >> Self::DECIMALS) & 15) as usize
    }

    /// How many ways there are to write small numbers: decimals and sign.
    pub(super) const WAYS: usize = 32;

    /// The decimals and the sign of a number, together.
    #[inline]
    pub(super) fn way(self) -> usize {
        (self.0 >> Self::DECIMALS) as usize % Self::WAYS
    }

    /// The decimals and the sign of a way.
    pub(super) fn told(way: usize) -> (usize, bool) {
        (way % 16, way / 16 == 1)
    }

    /// The number; `None` for anything else.
    #[inline]
    fn as_number(self) -> Option<f64> {
        let negative = self.0 & Self::SIGN != 0;
        let is_number = self.0 & Self::DAY == 0;
        is_number.then(|| quick::value(self.digits(), self.n_decimals(), negative))
    }

    /// The day since 1970-01-01; `None` for anything else.
    #[inline]
    fn as_day(self) -> Option<i32> {
        let is_day = self.0 & Self::DAY != 0 && self != Self::OTHER && self != Self::MISSING;
        is_day.then(|| Self::FIRST_DAY.wrapping_add_unsigned(self.0 & !Self::DAY))
    }
}

/// The cells of a column of one part, as long as all can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept(Option<Vec<Packed>>);

impl Kept {
    pub(super) fn new() -> Self {
        Self(Some(Vec::new()))
    }

    #[inline]
    pub(super) fn push(&mut self, cell: Packed) {
        if let Some(cells) = &mut self.0 {
            if cell == Packed::OTHER {
                self.0 = None;
            } else {
                cells.push(cell);
            }
        }
    }

    /// Keeps several cells.
    pub(super) fn extend(&mut self, cells: &[Packed]) {
        if let Some(kept) = &mut self.0 {
            if cells.contains(&Packed::OTHER) {
                self.0 = None;
            } else {
                kept.extend_from_slice(cells);
            }
        }
    }

    /// Gives back the memory that only further cells need.
    pub(super) fn rest(mut self) -> Self {
        if let Some(cells) = &mut self.0 {
            cells.shrink_to_fit();
        }
        self
    }

    /// The column as it is asked for, where the text would give the same.
    pub(super) fn read(&self, target: &Target) -> Option<Series> {
        let (cells, name) = (self.0.as_ref()?, PlSmallStr::from(target.name));
        match target.read_as {
            ReadAs::Number if target.reading.decimal == Decimal::Point => {
                let values = values(cells, Packed::as_number)?;
                Some(match values {
                    Values::All(values) => Float64Chunked::from_vec(name, values).into_column(),
                    Values::Some(values) => {
                        Float64Chunked::from_iter_options(name, values.into_iter()).into_column()
                    }
                })
            }
            ReadAs::Day if target.reading.day.unwrap_or(Format::YearDash) == Format::YearDash => {
                let values = values(cells, Packed::as_day)?;
                let days = match values {
                    Values::All(values) => Int32Chunked::from_vec(name, values),
                    Values::Some(values) => {
                        Int32Chunked::from_iter_options(name, values.into_iter())
                    }
                };
                days.into_column().cast(&DataType::Date).ok()
            }
            _ => None,
        }
    }
}

/// The values of all rows, or of some.
enum Values<T> {
    All(Vec<T>),
    Some(Vec<Option<T>>),
}

/// Reads each cell; `None` where one is something else.
fn values<T: Copy>(cells: &[Packed], read: impl Fn(Packed) -> Option<T>) -> Option<Values<T>> {
    let mut all = Vec::with_capacity(cells.len());
    for &cell in cells {
        match read(cell) {
            Some(value) => all.push(value),
            None => break,
        }
    }
    if all.len() == cells.len() {
        return Some(Values::All(all));
    }
    let optional = |&cell: &Packed| match read(cell) {
        None if cell != Packed::MISSING => None,
        value => Some(value),
    };
    cells.iter().map(optional).collect::<Option<Vec<_>>>().map(Values::Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(cell: &str) -> Packed {
        Packed::of(cell.as_bytes(), quick::plain(cell.as_bytes(), b'.').as_ref())
    }

    #[test]
    fn what_is_kept_is_what_is_written() {
        for text in ["0", "-0", "-0.00", "007", "12.5", "-12.50", "671088.63", "0.000000000000001"]
        {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(packed(text).as_number(), Some(expected), "{text}");
            let is_minus_zero =
                packed(text).as_number().map(f64::to_bits) == Some((-0.0_f64).to_bits());
            assert!(!is_minus_zero, "{text}");
            assert_eq!(packed(text).as_day(), None, "{text}");
        }
        for text in ["1800-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2200-12-31"] {
            let day: crate::day::Day = text.parse().unwrap();
            assert_eq!(packed(text).as_day(), Some(day.since_epoch()), "{text}");
            assert_eq!(packed(text).as_number(), None, "{text}");
        }
        for text in ["671088.64", "67108864", "0.0000000000000001", "x", "1,5", "1900-01-01"] {
            assert_eq!(packed(text), Packed::OTHER, "{text}");
        }
        assert_eq!((Packed::MISSING.as_number(), Packed::MISSING.as_day()), (None, None));
        assert_eq!((Packed::OTHER.as_number(), Packed::OTHER.as_day()), (None, None));
    }

    #[test]
    fn a_column_is_lost_with_the_first_cell_that_is_not_kept() {
        let mut kept = Kept::new();
        for cell in [packed("1"), Packed::MISSING, packed("2.5")] {
            kept.push(cell);
        }
        let read = values(kept.0.as_ref().unwrap(), Packed::as_number);
        assert!(matches!(read, Some(Values::Some(v)) if v == [Some(1.0), None, Some(2.5)]));
        kept.push(packed("2024-01-05"));
        assert!(values(kept.0.as_ref().unwrap(), Packed::as_number).is_none());
        kept.push(packed("x"));
        assert_eq!(kept, Kept(None));
    }
}
