//! What is kept of the cells from the look at a text, so that no text is taken apart again
//! for its columns: small numbers and days as they are, four bytes a cell, and of other
//! cells where they lie, four bytes too.

use super::batch::Spot;
use super::quick::{self, Plain};
use super::record::Field;
use crate::day::Day;

/// Cells of almost two megabytes. Such a piece of memory is the system's own: of it only what
/// is written to is held (of two megabytes or more whole pages of that size would be), and it
/// goes back when it is done with. Of smaller ones a large table has a thousand, and when they
/// are freed the allocator keeps them between what is still in use: 75 MB of a million
/// customers, to the end of the run.
const LARGE: usize = (31 << 16) / size_of::<Packed>();
/// From so many cells on the pieces are that large.
const MANY: usize = LARGE / 32;

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
    /// Days are marked, and counted from one before all that are read; they stay below 2^30.
    const DAY: u32 = 1 << 31;
    /// What is a text has the number of one that is known.
    const TEXT: u32 = 3 << 30;
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
    #[inline]
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
        self.0 & Self::TEXT == Self::DAY
    }

    /// The number of the known text, of what is one.
    #[inline]
    pub(super) fn text(self) -> Option<usize> {
        let is_text = (Self::TEXT..Self::MISSING.0).contains(&self.0);
        is_text.then_some((self.0 & !Self::TEXT) as usize)
    }

    /// The number, of what is one.
    #[inline]
    pub(super) fn value(self) -> f64 {
        let (n_decimals, negative) = Self::told(self.way());
        // Digits stay below 2^26.
        let digits = self.digits() as i32;
        quick::shifted(if negative { -digits } else { digits }, n_decimals)
    }

    /// The day since 1970-01-01, of what is one.
    #[inline]
    pub(super) fn day(self) -> i32 {
        Self::FIRST_DAY.wrapping_add_unsigned(self.0 & !Self::DAY)
    }

    /// Its place among `n`, a power of two: the upper bits of a product.
    #[inline]
    pub(super) fn slot(self, n: usize) -> usize {
        (self.0.wrapping_mul(0x9E37_79B9) >> 16) as usize & (n - 1)
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
    /// An empty cell.
    const NOWHERE: Self = Self(0);

    /// A cell of a batch that begins `base` bytes behind the beginning of the part; `None`
    /// where it lies too far behind it or is too long.
    fn of(spot: Spot, base: usize) -> Option<Self> {
        let (start, length) = (spot.start(base), spot.len());
        let fits = start < 1 << Self::START && length < 1 << Self::LENGTH;
        let doubled = u32::from(spot.is_doubled());
        fits.then_some(Self((start as u32) << 9 | (length as u32) << 1 | doubled))
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
    /// Numbers, days, blanks, and the numbers of texts, which lie where the list says. A
    /// text may have several numbers.
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

    /// Makes a text known that lies in a batch which begins `base` bytes behind the
    /// beginning of the part; gives its number, or [`Packed::OTHER`].
    #[inline]
    pub(super) fn learn(&mut self, spot: Spot, base: usize) -> Packed {
        let Self::Cells(_, texts) = self else { return Packed::OTHER };
        let number = texts.len() as u32;
        match Place::of(spot, base) {
            Some(place) if number < Packed::MISSING.0 - Packed::TEXT => {
                texts.push(place);
                Packed(Packed::TEXT | number)
            }
            _ => Packed::OTHER,
        }
    }

    /// Keeps some more cells, of maybe so many in all.
    pub(super) fn extend(&mut self, more: &[Packed], room: usize) {
        let Self::Cells(cells, _) = self else { return };
        if more.contains(&Packed::OTHER) {
            *self = Self::Lost;
            return;
        }
        if cells.is_empty() {
            cells.reserve_exact(if room > MANY { room.max(LARGE) } else { room });
        }
        cells.extend_from_slice(more);
    }

    /// Gives back the memory that only further cells need.
    pub(super) fn rest(mut self) -> Self {
        let Self::Cells(cells, texts) = &mut self else { return self };
        // Of texts that rarely repeat the places are enough.
        if texts.len() * 2 > cells.len() {
            let place = |cell: &Packed| match cell.text() {
                Some(number) => texts.get(number).copied(),
                None => (*cell == Packed::MISSING).then_some(Place::NOWHERE),
            };
            if let Some(places) = cells.iter().map(place).collect() {
                return Self::Places(places);
            }
        }
        cells.shrink_to_fit();
        texts.shrink_to_fit();
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
        for text in ["671088.64", "67108864", "0.0000000000000001", "x", "1,5", "1900-01-01", "007"]
        {
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
        let cells = ["1", "", "2.5", "abc", "7"];
        let spots = spots(&cells);
        let mut kept = Kept::new();
        let abc = kept.learn(spots[3], 100);
        assert_eq!(abc.text(), Some(0));
        assert!(!abc.is_number() && !abc.is_day());
        let all = [packed("1"), Packed::MISSING, packed("2.5"), abc, packed("7")];
        assert_eq!(all.map(Packed::text), [None, None, None, Some(0), None]);
        kept.extend(&all, 5);
        let Kept::Cells(cells, places) = kept.rest() else { panic!("cells") };
        assert_eq!((cells.as_slice(), places.len()), (&all[..], 1));
        assert_eq!(places[0].field(), Field { start: 107, end: 110, doubled: false });
    }

    #[test]
    fn texts_that_do_not_repeat_are_kept_by_their_places() {
        let spots = spots(&["ab", "", "cde"]);
        let mut kept = Kept::new();
        let texts = [kept.learn(spots[0], 0), Packed::MISSING, kept.learn(spots[2], 0)];
        kept.extend(&texts, 3);
        let Kept::Places(places) = kept.rest() else { panic!("places") };
        let fields: Vec<_> = places.iter().map(|place| place.field()).collect();
        assert_eq!(fields[0], Field { start: 0, end: 2, doubled: false });
        assert_eq!(fields[1].start, fields[1].end);
        assert_eq!(fields[2], Field { start: 4, end: 7, doubled: false });
    }

    #[test]
    fn what_is_too_long_or_too_far_behind_is_found_again() {
        let long = "x".repeat(256);
        let mut kept = Kept::new();
        assert_eq!(kept.learn(spots(&[&long])[0], 0), Packed::OTHER);
        assert_eq!(kept.learn(spots(&["x"])[0], 1 << 23), Packed::OTHER);
        kept.extend(&[packed("1"), Packed::OTHER], 2);
        assert_eq!(kept.rest(), Kept::Lost);
    }
}
