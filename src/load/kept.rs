//! What is kept of the cells from the look at a text, so that no text is taken apart again
//! for its columns: small numbers and days as they are, four bytes a cell, and of other
//! cells where they lie, four bytes too.

use super::batch::Spot;
use super::quick::{self, Plain};
use super::record::Field;
use crate::day::Day;

/// A cell in 32 bits. A number or a day has one spelling.
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
        if plain.digits >= Self::DIGITS || n_decimals > 15 || plain.padded {
            return Self::OTHER;
        }
        let sign = if plain.negative { Self::SIGN } else { 0 };
        Self(sign | (n_decimals as u32) << Self::DECIMALS | plain.digits as u32)
    }

    /// A number that is short enough and not padded.
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

    /// How many ways there are to write small numbers: decimals and sign.
    pub(super) const WAYS: usize = 32;

    /// The decimals and the sign of a number, together.
    #[inline]
    pub(super) fn way(self) -> usize {
        (self.0 >> Self::DECIMALS) as usize % Self::WAYS
    }

    /// The decimals and the sign of a way.
    #[inline]
    pub(super) fn told(way: usize) -> (usize, bool) {
        (way % 16, way / 16 == 1)
    }

    #[inline]
    pub(super) fn is_number(self) -> bool {
        self.0 & Self::DAY == 0
    }

    #[inline]
    pub(super) fn is_day(self) -> bool {
        self.0 & Self::DAY != 0 && self.0 < Self::MISSING.0
    }

    /// The number, of what is one.
    #[inline]
    pub(super) fn value(self) -> f64 {
        let (n_decimals, negative) = Self::told(self.way());
        quick::value(self.digits(), n_decimals, negative)
    }

    /// The day since 1970-01-01, of what is one.
    #[inline]
    pub(super) fn day(self) -> i32 {
        Self::FIRST_DAY.wrapping_add_unsigned(self.0 & !Self::DAY)
    }

    /// Writes a number or a day as it was written.
    pub(super) fn spell(self, out: &mut String) {
        use std::fmt::Write as _;
        out.clear();
        // Writing into a String cannot fail.
        if self.is_day() {
            if let Ok(day) = Day::from_epoch(self.day()) {
                let _ = write!(out, "{day}");
            }
        } else if self.is_number() {
            let (n_decimals, negative) = Self::told(self.way());
            let sign = if negative { "-" } else { "" };
            let _ = write!(out, "{sign}{:0width$}", self.digits(), width = n_decimals + 1);
            if n_decimals > 0 {
                out.insert(out.len() - n_decimals, '.');
            }
        }
    }
}

/// Where a cell lies in its part, in 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(u32);

impl Place {
    const LENGTH: u32 = 8;
    const START: u32 = 23;

    /// A cell of a batch that begins `base` bytes behind the beginning of the part; `None`
    /// where it lies too far behind it or is too long.
    fn of(spot: Spot, base: usize) -> Option<Self> {
        let (start, length) = (spot.start(base), spot.len());
        let fits = start < 1 << Self::START && length < 1 << Self::LENGTH;
        let doubled = u32::from(spot.is_doubled());
        fits.then(|| Self((start as u32) << 9 | (length as u32) << 1 | doubled))
    }

    /// The cell in its part.
    #[inline]
    pub(super) fn field(self) -> Field {
        let start = (self.0 >> 9) as usize;
        let length = (self.0 >> 1) as usize % (1 << Self::LENGTH);
        Field { start, end: start + length, doubled: self.0 & 1 == 1 }
    }
}

/// The cells of a column of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// Numbers, days and blanks, and in the order of the others where these lie.
    Cells(Vec<Packed>, Vec<Place>),
    /// Where all of them lie.
    Places(Vec<Place>),
    /// They have to be found again.
    Lost,
}

impl Kept {
    pub(super) fn new() -> Self {
        Self::Cells(Vec::new(), Vec::new())
    }

    /// Keeps the cells of a batch that begins `base` bytes behind the beginning of the part.
    pub(super) fn extend(&mut self, more: &[Packed], spots: &[Spot], base: usize) {
        let is_other = |cell: &&Packed| **cell == Packed::OTHER;
        let n_others = more.iter().filter(is_other).count();
        let place = |&spot: &Spot| Place::of(spot, base);
        let sound = match self {
            Self::Lost => false,
            Self::Places(places) => {
                places.extend(spots.iter().map_while(place));
                true
            }
            Self::Cells(cells, _) if cells.is_empty() && n_others * 2 > more.len() => {
                *self = Self::Places(spots.iter().map_while(place).collect());
                true
            }
            Self::Cells(cells, places) => {
                cells.extend_from_slice(more);
                if n_others > 0 {
                    let others = spots.iter().zip(more).filter(|(_, cell)| is_other(cell));
                    let n_before = places.len();
                    places.extend(others.map_while(|(spot, _)| place(spot)));
                    places.len() - n_before == n_others
                } else {
                    true
                }
            }
        };
        if !sound {
            *self = Self::Lost;
        }
    }

    /// Gives back the memory that only further cells need; of a part of so many rows.
    pub(super) fn rest(mut self, n_rows: u64) -> Self {
        match &mut self {
            Self::Cells(cells, places) => {
                cells.shrink_to_fit();
                places.shrink_to_fit();
            }
            // One of them could not be kept.
            Self::Places(places) if places.len() as u64 != n_rows => return Self::Lost,
            Self::Places(places) => places.shrink_to_fit(),
            Self::Lost => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(cell: &str) -> Packed {
        Packed::of(cell.as_bytes(), quick::plain(cell.as_bytes(), b'.').as_ref())
    }

    #[test]
    fn what_is_kept_is_what_is_written() {
        let mut spelled = String::new();
        for text in ["0", "-0", "-0.00", "7", "12.5", "-12.50", "671088.63", "0.000000000000001"] {
            let expected: f64 = text.parse().unwrap();
            let cell = packed(text);
            assert!(cell.is_number() && !cell.is_day());
            assert_eq!(cell.value(), expected, "{text}");
            assert_ne!(cell.value().to_bits(), (-0.0_f64).to_bits());
            cell.spell(&mut spelled);
            assert_eq!(spelled, text);
        }
        for text in ["1800-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2200-12-31"] {
            let day: Day = text.parse().unwrap();
            let cell = packed(text);
            assert!(cell.is_day() && !cell.is_number());
            assert_eq!(cell.day(), day.since_epoch(), "{text}");
            cell.spell(&mut spelled);
            assert_eq!(spelled, text);
        }
        for text in ["671088.64", "67108864", "0.0000000000000001", "x", "1,5", "1900-01-01", "007"] {
            assert_eq!(packed(text), Packed::OTHER, "{text}");
        }
        for cell in [Packed::MISSING, Packed::OTHER] {
            assert!(!cell.is_number() && !cell.is_day());
        }
    }

    /// Cells one after the other with a comma between them.
    fn spots(cells: &[&str]) -> Vec<Spot> {
        let mut start = 0;
        let spot = |cell: &&str| {
            let field = Field { start, end: start + cell.len(), doubled: false };
            start = field.end + 1;
            Spot::of(&field, 0).unwrap()
        };
        cells.iter().map(spot).collect()
    }

    #[test]
    fn cells_that_are_no_numbers_are_kept_by_their_place() {
        let cells = ["1", "", "2.5", "abc"];
        let all: Vec<Packed> = cells
            .iter()
            .map(|cell| if cell.is_empty() { Packed::MISSING } else { packed(cell) })
            .collect();
        let mut kept = Kept::new();
        kept.extend(&all, &spots(&cells), 100);
        let Kept::Cells(kept, places) = kept.rest(4) else { panic!("cells") };
        assert_eq!((kept.len(), places.len()), (4, 1));
        assert_eq!(places[0].field(), Field { start: 107, end: 110, doubled: false });
        let cells = ["ab", "cde", "7"];
        let all: Vec<Packed> = cells.iter().map(|cell| packed(cell)).collect();
        let mut kept = Kept::new();
        kept.extend(&all, &spots(&cells), 0);
        let Kept::Places(places) = &kept else { panic!("places") };
        assert_eq!(places[2].field(), Field { start: 7, end: 8, doubled: false });
        // What is too long or too far behind is found again.
        let long = "x".repeat(256);
        kept.extend(&[Packed::OTHER], &spots(&[&long]), 0);
        assert_eq!(kept.rest(4), Kept::Lost);
        let mut kept = Kept::new();
        kept.extend(&[Packed::OTHER; 3], &spots(&cells), 1 << 23);
        assert_eq!(kept.rest(3), Kept::Lost);
    }
}
