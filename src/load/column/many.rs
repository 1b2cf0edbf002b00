//! The cells of one column in many rows. Where a column has more values than are kept as
//! levels, short numbers that say nothing but their value are read and counted here, all in
//! one loop; of the others, those that were seen lately are found by their bytes, and the
//! rest is looked at one by one.

use super::super::batch::{Batch, MOST_ROWS, Spot};
use super::super::distinct::word;
use super::super::kept::{Kept, Packed};
use super::super::quick;
use super::super::shape;
use super::lately::Key;
use super::{Collector, NONE};

/// The cells of a batch of rows.
pub(in super::super) struct Cells<'a> {
    pub text: &'a [u8],
    pub quote: Option<u8>,
    /// Where the part begins.
    pub part: usize,
    pub rows: &'a Batch,
}

impl Cells<'_> {
    /// The content of a cell as it is meant.
    #[inline]
    fn raw<'a>(&'a self, spot: Spot, scratch: &'a mut Vec<u8>) -> &'a [u8] {
        spot.field(self.rows.base).raw(self.text, self.quote, scratch)
    }

    /// What tells a cell from others.
    #[inline]
    fn key(&self, spot: Spot) -> Key {
        let start = spot.start(self.rows.base);
        let (cell, size) = (&self.text[start..start + spot.len()], spot.size());
        if let (Some(first), Some(last)) = (cell.first_chunk(), cell.last_chunk()) {
            let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
            return Key { first, last, size };
        }
        let first = match self.text[start..].first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight) & !(u64::MAX << (8 * cell.len())),
            None if cell.is_empty() => 0,
            None => word(cell),
        };
        Key { first, last: 0, size }
    }

    /// Whether a cell has the same bytes between its first and its last eight as one that
    /// begins `start` bytes behind the beginning of the part.
    #[inline]
    fn is_same(&self, spot: Spot, start: u32) -> bool {
        if spot.len() <= 16 {
            return true;
        }
        let inside = |start: usize| self.text.get(start + 8..start + spot.len() - 8);
        inside(spot.start(self.rows.base)) == inside(self.part + start as usize)
    }

    /// A cell that is a short, small number and says nothing else.
    #[inline]
    fn quiet(&self, spot: Spot) -> Option<Packed> {
        let bytes = self.text.get(spot.start(self.rows.base)..)?.first_chunk::<9>()?;
        let [first, behind @ ..] = *bytes;
        let negative = first == b'-';
        let n = (spot.len() as u32).wrapping_sub(u32::from(negative));
        if n.wrapping_sub(1) > 7 {
            return None;
        }
        let whole = u64::from_le_bytes(*bytes.first_chunk()?);
        let word = if negative { u64::from_le_bytes(behind) } else { whole };
        let short = quick::short(word, n)?;
        shape::is_quiet(short, spot.len() as u32).then(|| Packed::short(short, negative))
    }
}

/// Rows times 2^32, and characters, of the small numbers that are alike in sign and number
/// of decimals: twice, for digits below 1000 and others. Neighbouring rows have sums of
/// their own, so that no row waits for the one before.
type Sums = [[[u64; Packed::WAYS]; 2]; 4];

impl Collector {
    /// Takes the cells of column `at`.
    pub(in super::super) fn take(
        &mut self,
        cells: &Cells,
        at: usize,
        declared: &[String],
        kept: &mut Kept,
    ) {
        let spots = cells.rows.column(at);
        let has_numbers = self.too_many_values
            && !self.counter.alive()
            && declared.is_empty()
            && self.nulls.is_empty();
        let mut all = [Packed::OTHER; MOST_ROWS];
        let all = &mut all[..spots.len()];
        if has_numbers && !self.is_wordy {
            self.others_of_batch.clear();
            self.numbers(cells, spots, all);
            let others = std::mem::take(&mut self.others_of_batch);
            for &row in &others {
                all[row] = self.one(cells, spots[row], row, declared, kept);
            }
            self.n_rows += others.len() as u64;
            self.others_of_batch = others;
        } else {
            for (row, (&spot, place)) in spots.iter().zip(&mut *all).enumerate() {
                *place = self.one(cells, spot, row, declared, kept);
            }
            self.n_rows += spots.len() as u64;
        }
        kept.extend(all, cells.rows.room);
    }

    /// Takes a cell, which may have been seen lately.
    #[inline]
    fn one(
        &mut self,
        cells: &Cells,
        spot: Spot,
        row: usize,
        declared: &[String],
        kept: &mut Kept,
    ) -> Packed {
        let key = cells.key(spot);
        match self.lately.again(key, |start| cells.is_same(spot, start)) {
            Some(packed) => packed,
            None => self.unseen(cells, (spot, key), cells.rows.lines[row], declared, kept),
        }
    }

    /// Takes a cell that was not seen lately.
    #[inline(never)]
    fn unseen(
        &mut self,
        cells: &Cells,
        (spot, key): (Spot, Key),
        line: u64,
        declared: &[String],
        kept: &mut Kept,
    ) -> Packed {
        let mut scratch = std::mem::take(&mut self.scratch);
        let looked = self.push(cells.raw(spot, &mut scratch), line, declared);
        self.scratch = scratch;
        let Some(mut looked) = looked else { return Packed::MISSING };
        if looked.packed == Packed::OTHER {
            looked.packed = kept.learn(spot, cells.rows.base - cells.part);
        }
        let packed = looked.packed;
        if let Ok(start) = u32::try_from(spot.start(cells.rows.base) - cells.part) {
            self.remember(key, start, looked);
        }
        packed
    }

    /// Takes the short numbers of a column of many different values, and notes the others.
    fn numbers(&mut self, cells: &Cells, spots: &[Spot], all: &mut [Packed]) {
        let mut sums: Sums = [[[0; Packed::WAYS]; 2]; 4];
        let mut longest = 0;
        for (row, (&spot, place)) in spots.iter().zip(&mut *all).enumerate() {
            let Some(packed) = cells.quiet(spot) else {
                self.others_of_batch.push(row);
                continue;
            };
            let length = spot.len() as u64;
            let sum = &mut sums[row % 4][usize::from(packed.digits() >= 1000)][packed.way()];
            *sum += 1 << 32 | length;
            longest = longest.max(length);
            *place = packed;
        }
        self.max_length = self.max_length.max(longest as usize);
        self.is_wordy = longest == 0;
        self.count_quiet(cells, spots, &sums, all);
        self.tell_apart(all);
    }

    /// Counts the quiet numbers of a batch.
    fn count_quiet(&mut self, cells: &Cells, spots: &[Spot], sums: &Sums, all: &[Packed]) {
        for thousand in 0..2 {
            for way in 0..Packed::WAYS {
                let sum: u64 = sums.iter().map(|sums| sums[thousand][way]).sum();
                if sum == 0 {
                    continue;
                }
                let (n_decimals, negative) = Packed::told(way);
                let kind = shape::quiet_kind(n_decimals, negative, 1000 * thousand as u64);
                if self.quiet[kind] == NONE {
                    let of_kind = |packed: &Packed| {
                        let (n_decimals, negative) = Packed::told(packed.way());
                        *packed != Packed::OTHER
                            && shape::quiet_kind(n_decimals, negative, packed.digits()) == kind
                    };
                    let first = all.iter().position(of_kind).unwrap_or(0);
                    let cell = cells.raw(spots[first], &mut Vec::new()).to_vec();
                    self.begin(kind, &cell, cells.rows.lines[first]);
                }
                let seen = &mut self.shapes[usize::from(self.quiet[kind])];
                self.n_rows += sum >> 32;
                seen.n_rows += sum >> 32;
                seen.length += sum & u64::from(u32::MAX);
            }
        }
    }

    /// Tells the quiet numbers of a batch apart.
    fn tell_apart(&mut self, all: &[Packed]) {
        for &packed in all.iter().filter(|packed| **packed != Packed::OTHER) {
            let digits = packed.digits();
            let (word, bit) = ((digits / 64) as usize, 1 << (digits % 64));
            let words = &mut self.small[packed.way() % 32];
            if word >= words.len() {
                words.resize((word + 1).next_power_of_two(), 0);
            }
            words[word] |= bit;
        }
    }

    /// Gives the small numbers to their shapes.
    pub(super) fn deal(&mut self) {
        for (way, words) in std::mem::take(&mut self.small).into_iter().enumerate() {
            let (n_decimals, negative) = Packed::told(way);
            for (kind, range) in shape::quiet_ranges(n_decimals, negative) {
                if let Some(distinct) = self.distinct.get_mut(usize::from(self.quiet[kind])) {
                    distinct.add_words(n_decimals, &words, range);
                }
            }
        }
    }

    /// Puts the shapes into the order in which they occur first.
    pub(super) fn sort(&mut self) {
        let distinct = std::mem::take(&mut self.distinct);
        let mut both: Vec<_> = std::mem::take(&mut self.shapes).into_iter().zip(distinct).collect();
        let mut order: Vec<usize> = (0..both.len()).collect();
        order.sort_by_key(|&at| both[at].0.first);
        for quiet in &mut self.quiet {
            let at = order.iter().position(|&old| old == usize::from(*quiet));
            *quiet = at.and_then(|at| u16::try_from(at).ok()).unwrap_or(NONE);
        }
        both.sort_by_key(|(seen, _)| seen.first);
        (self.shapes, self.distinct) = both.into_iter().unzip();
    }
}
