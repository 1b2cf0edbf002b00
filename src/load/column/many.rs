//! The cells of one column in many rows. Where a column has more values than are kept as
//! levels, short numbers that say nothing but their value are read and counted here, all in
//! one loop; every other cell goes the way of a single one.

use super::super::batch::{Batch, MOST_ROWS, Spot};
use super::super::distinct::word;
use super::super::kept::{Kept, Packed, Place};
use super::super::quick;
use super::super::record::trim;
use super::super::shape;
use super::{Collector, Last, NONE};

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

    /// The number of a text that has the hash of a known one, and nearly always is it.
    #[inline]
    fn known(&self, packed: Packed, raw: &[u8], spot: Spot, kept: &mut Kept) -> Packed {
        let place = packed.text().and_then(|number| kept.place(number)).map(Place::field);
        let is_it = place.is_some_and(|field| {
            let (start, end) = (self.part + field.start, self.part + field.end);
            !field.doubled
                && !spot.is_doubled()
                && self.text.get(start..end).is_some_and(|known| are_same(known, raw))
        });
        if is_it { packed } else { kept.learn(spot, self.rows.base - self.part) }
    }

    /// Whether a cell is the same as the one of the row before.
    #[inline]
    fn is_again(&self, before: Spot, raw: &[u8]) -> bool {
        let start = before.start(self.rows.base);
        before.len() == raw.len()
            && !raw.is_empty()
            && self.text.get(start..start + raw.len()).is_some_and(|before| are_equal(before, raw))
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
/// of decimals: twice, for digits below 1000 and others.
type Sums = [[u64; Packed::WAYS]; 2];

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
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut all = [Packed::OTHER; MOST_ROWS];
        let all = &mut all[..spots.len()];
        self.others_of_batch.clear();
        if has_numbers && !self.is_wordy {
            self.numbers(cells, spots, all);
        } else {
            self.others_of_batch.extend(0..spots.len());
        }
        let others = std::mem::take(&mut self.others_of_batch);
        let mut before = None;
        for &row in &others {
            let (spot, line) = (spots[row], cells.rows.lines[row]);
            let raw = cells.raw(spot, &mut scratch);
            let again = before.is_some_and(|before| {
                before + 1 == row && cells.is_again(spots[before], raw) && self.again(raw)
            });
            before = (!spot.is_doubled()).then_some(row);
            all[row] = if again {
                all[row - 1]
            } else {
                match self.push(raw, line, declared) {
                    Packed::OTHER => self.learn(cells, spot, kept),
                    text if text.text().is_some() => cells.known(text, raw, spot, kept),
                    packed => packed,
                }
            };
        }
        (self.scratch, self.others_of_batch) = (scratch, others);
        kept.extend(all, cells.rows.room);
    }

    /// Makes the text of the cell known that was looked at last.
    fn learn(&mut self, cells: &Cells, spot: Spot, kept: &mut Kept) -> Packed {
        let packed = kept.learn(spot, cells.rows.base - cells.part);
        if let Last::Lately(at) = self.last {
            self.lately[at].packed = packed;
        }
        packed
    }

    /// Counts the cell of the row before once more; returns whether it could be.
    #[inline]
    fn again(&mut self, raw: &[u8]) -> bool {
        // Blanks around a cell are counted, too.
        if trim(raw).len() != raw.len() {
            return false;
        }
        match self.last {
            Last::Lately(at) if self.lately[at].n_rows < u32::MAX => {
                self.lately[at].n_rows += 1;
            }
            Last::Shape(at, length) => {
                let seen = &mut self.shapes[usize::from(at)];
                seen.n_rows += 1;
                seen.length += u64::from(length);
            }
            _ => return false,
        }
        self.n_rows += 1;
        self.counter.stop();
        true
    }

    /// Takes the short numbers of a column of many different values, and notes the others.
    fn numbers(&mut self, cells: &Cells, spots: &[Spot], all: &mut [Packed]) {
        let mut sums: Sums = [[0; Packed::WAYS]; 2];
        let mut longest = 0;
        for (row, (&spot, place)) in spots.iter().zip(&mut *all).enumerate() {
            let Some(packed) = cells.quiet(spot) else {
                self.others_of_batch.push(row);
                continue;
            };
            let length = spot.len() as u64;
            sums[usize::from(packed.digits() >= 1000)][packed.way()] += 1 << 32 | length;
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
        for (thousand, sums) in sums.iter().enumerate() {
            for (way, &sum) in sums.iter().enumerate().filter(|(_, sum)| **sum > 0) {
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

/// Whether two cells are the same without the blanks around them; they nearly always are.
#[inline]
fn are_same(a: &[u8], b: &[u8]) -> bool {
    (a.len() == b.len() && are_equal(a, b)) || trim(a) == trim(b)
}

/// Whether two cells of one length are equal, without a call for the short ones.
#[inline]
fn are_equal(a: &[u8], b: &[u8]) -> bool {
    let ((heads, tail), (others, rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    heads.iter().zip(others).all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
        && (tail.is_empty() || word(tail) == word(rest))
}
