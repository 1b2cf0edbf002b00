//! Hashes of cells, and how many different cells there are, counted exactly in memory that
//! stays near.
//!
//! Small plain numbers, which most cells are, are told apart by their digits, a bit each.
//! Of everything else the hashes are kept. They are numbers, evenly spread: they are dealt
//! into as many heaps as keep each one small, and the different numbers of a heap are
//! counted in a table that is used again for the next heap.
//!
//! Of a table that is never held only so many of the smallest hashes are kept; where there
//! are more, the largest of them tells how many there are in all, whatever came in which
//! order.
//!
//! # References
//!
//! Bar-Yossef, Z., Jayram, T. S., Kumar, R., Sivakumar, D. and Trevisan, L. (2002). Counting
//! Distinct Elements in a Data Stream. RANDOM '02, 1-10, section 2. The estimate without
//! bias: Beyer, K. et al. (2007). On Synopses for Distinct-Value Estimation Under Multiset
//! Operations. SIGMOD '07, 199-210, section 4.

use std::ops::Range;

use rayon::prelude::*;

use super::quick::Plain;

/// Digits below this are told apart by a bit each: 32 kB for all of them.
pub(super) const SMALL: u64 = 1 << 18;

/// A heap of this size has a table that fits into the nearest memory.
const HEAP: usize = 2048;
/// As many heaps can be dealt into at once without waiting for memory.
const MAX_HEAPS: usize = 2048;

/// Whether a plain number is told apart by its digits, its decimals and its sign: zeros in
/// front would be another spelling of the same.
#[inline]
pub(super) fn is_small(plain: &Plain) -> bool {
    plain.digits < SMALL && !plain.padded
}

/// The cells of one shape. Plain numbers that differ in their sign differ in their shape.
#[derive(Debug)]
pub(super) struct Distinct {
    /// The hashes of cells, most of the repeated ones left out.
    keys: Vec<u64>,
    /// None above it is kept.
    last: u64,
    /// For each number of decimals (0 for whole numbers), which digits occur.
    digits: Vec<Vec<u64>>,
}

impl Default for Distinct {
    fn default() -> Self {
        Self { keys: Vec::new(), last: u64::MAX, digits: Vec::new() }
    }
}

impl Distinct {
    /// Adds a cell, which may be known to be a plain number, and its hash.
    pub(super) fn add(&mut self, plain: Option<&Plain>, key: u64) {
        match plain.filter(|plain| is_small(plain)) {
            Some(plain) => self.add_digits(plain.n_decimals.unwrap_or(0), plain.digits),
            None if self.keys.last() != Some(&key) => self.keys.push(key),
            None => {}
        }
    }

    /// Adds a small number.
    #[inline]
    pub(super) fn add_digits(&mut self, n_decimals: usize, digits: u64) {
        let (at, bit) = ((digits / 64) as usize, 1 << (digits % 64));
        match self.digits.get_mut(n_decimals).and_then(|words| words.get_mut(at)) {
            Some(word) => *word |= bit,
            None => self.room(n_decimals, at)[at] = bit,
        }
    }

    /// Adds the small numbers of that range whose bits are set.
    pub(super) fn add_words(&mut self, n_decimals: usize, words: &[u64], range: Range<u64>) {
        for (at, &word) in words.iter().enumerate() {
            let below = |end: u64| match end.saturating_sub(64 * at as u64) {
                n @ 0..64 => (1 << n) - 1,
                _ => u64::MAX,
            };
            let word = word & below(range.end) & !below(range.start);
            if word != 0 {
                match self.digits.get_mut(n_decimals).and_then(|words| words.get_mut(at)) {
                    Some(known) => *known |= word,
                    None => self.room(n_decimals, at)[at] = word,
                }
            }
        }
    }

    /// Of the numbers that their digits tell apart, and whose sign is known: the smallest
    /// and the largest, and one with the most decimals, for each number of decimals.
    pub(super) fn ends(&self, negative: bool) -> Vec<Plain> {
        let mut ends = Vec::new();
        for (n_decimals, words) in self.digits.iter().enumerate() {
            let number = |digits: u64| Plain::of(digits, n_decimals, negative);
            let bits = |at: usize| bits(words[at]).map(move |bit| 64 * at as u64 + bit);
            let mut all = (0..words.len()).flat_map(bits).map(number);
            let least = all.next();
            let most = (0..words.len()).rev().find(|&at| words[at] != 0).and_then(|at| {
                Some(number(64 * at as u64 + u64::from(words[at].checked_ilog2()?)))
            });
            let longest = least
                .into_iter()
                .chain(all)
                .find(|plain| usize::from(plain.decimals()) == n_decimals);
            ends.extend([least, most, longest].into_iter().flatten());
        }
        ends
    }

    /// The bits of the digits with so many decimals, word `at` among them.
    #[inline(never)]
    fn room(&mut self, n_decimals: usize, at: usize) -> &mut [u64] {
        if n_decimals >= self.digits.len() {
            self.digits.resize_with(n_decimals + 1, Vec::new);
        }
        let words = &mut self.digits[n_decimals];
        words.resize((at + 1).next_power_of_two(), 0);
        words
    }

    /// Adds the cells of `next`; keeps some more than `most` hashes.
    pub(super) fn append(&mut self, next: Self, most: usize) {
        if next.last < self.last {
            self.last = next.last;
            self.keys.retain(|&key| key <= next.last);
        }
        if self.last == u64::MAX {
            self.keys.extend(next.keys);
        } else {
            self.keys.extend(next.keys.into_iter().filter(|&key| key <= self.last));
        }
        if self.keys.len() / 3 * 2 > most {
            self.keep(most);
        }
        for (n_decimals, words) in next.digits.into_iter().enumerate() {
            let Some(last) = words.len().checked_sub(1) else { continue };
            let known = self.digits.get(n_decimals).map_or(0, Vec::len);
            if known <= last {
                self.room(n_decimals, last);
            }
            for (known, word) in self.digits[n_decimals].iter_mut().zip(words) {
                *known |= word;
            }
        }
    }

    /// Keeps the smallest hashes.
    fn keep(&mut self, most: usize) {
        self.keys.sort_unstable();
        self.keys.dedup();
        if let Some(&last) =
            self.keys.get(most.saturating_sub(1)).filter(|_| self.keys.len() > most)
        {
            self.keys.truncate(most);
            self.last = last;
        }
    }

    /// How many differ; above `most` hashes, an estimate.
    pub(super) fn count(mut self, most: usize) -> u64 {
        let bits = self.digits.iter().flatten().map(|word| u64::from(word.count_ones()));
        let n_small = bits.sum::<u64>();
        if self.keys.len() > most || self.last < u64::MAX {
            self.keep(most);
        }
        match self.keys.last() {
            // The share of all hashes up to the last is that of all values.
            Some(&last) if self.last < u64::MAX => {
                let n = ((self.keys.len() as u128 - 1) << 64) / (u128::from(last) + 1);
                n as u64 + n_small
            }
            _ => count(self.keys) + n_small,
        }
    }
}

/// The places of the bits that are set.
fn bits(mut word: u64) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || {
        let at = (word != 0).then(|| u64::from(word.trailing_zeros()))?;
        word &= word - 1;
        Some(at)
    })
}

/// The number of different keys.
pub(super) fn count(mut keys: Vec<u64>) -> u64 {
    if keys.len() < HEAP {
        keys.sort_unstable();
        keys.dedup();
        return keys.len() as u64;
    }
    let n_heaps = (keys.len() / HEAP).next_power_of_two().min(MAX_HEAPS);
    let shift = 64 - n_heaps.trailing_zeros();
    let heap_of = |key: u64| key.checked_shr(shift).unwrap_or(0) as usize;
    let mut ends = vec![0_usize; n_heaps];
    for &key in &keys {
        ends[heap_of(key)] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        (*end, sum) = (sum, sum + *end);
    }
    let mut dealt = vec![0_u64; keys.len()];
    for key in keys {
        let end = &mut ends[heap_of(key)];
        dealt[*end] = key;
        *end += 1;
    }
    let (mut heaps, mut rest) = (Vec::with_capacity(n_heaps), dealt.as_slice());
    let mut start = 0;
    for end in ends {
        let (heap, behind) = rest.split_at(end - start);
        heaps.push(heap);
        (rest, start) = (behind, end);
    }
    let counted = heaps.par_iter().map_init(Vec::new, |table, heap| count_heap(heap, table));
    counted.sum()
}

/// Counts one heap; `table` is its memory.
fn count_heap(heap: &[u64], table: &mut Vec<u64>) -> u64 {
    let size = (2 * heap.len()).next_power_of_two();
    table.clear();
    table.resize(size, 0);
    let (mut total, mut has_zero) = (0, false);
    for &key in heap {
        // 0 marks what is free in the table.
        if key == 0 {
            has_zero = true;
            continue;
        }
        // The upper bits are alike in one heap.
        let mut at = key as usize & (size - 1);
        loop {
            if table[at] == key {
                break;
            }
            if table[at] == 0 {
                table[at] = key;
                total += 1;
                break;
            }
            at = (at + 1) & (size - 1);
        }
    }
    total + u64::from(has_zero)
}

/// A 64-bit hash by folded multiplication, eight bytes at a time; the same everywhere.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const A: u64 = 0x9E37_79B9_7F4A_7C15;
    const B: u64 = 0xD1B5_4A32_D192_ED03;
    let mut state = (bytes.len() as u64).wrapping_mul(A) ^ B;
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        state = fold(state ^ u64::from_le_bytes(*eight), A);
    }
    if !rest.is_empty() {
        state = fold(state ^ word(rest), B);
    }
    fold(state ^ A, B)
}

/// One to eight bytes as a number, the first byte the lowest.
#[inline]
pub(super) fn word(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        // What is in both is the same in both.
        let last = u64::from(u32::from_le_bytes(*last)) << (8 * (n - 4));
        return u64::from(u32::from_le_bytes(*first)) | last;
    }
    let at = |place: usize| u64::from(bytes[place]) << (8 * place);
    at(0) | at(n / 2) | at(n - 1)
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
pub(super) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn bytes_stand_in_their_places() {
        let bytes = [0x81, 0x12, 0x43, 0x74, 0xA5, 0x06, 0xC7, 0x08];
        for n in 1..=8 {
            let mut filled = [0; 8];
            filled[..n].copy_from_slice(&bytes[..n]);
            assert_eq!(word(&bytes[..n]), u64::from_le_bytes(filled), "{n}");
        }
    }

    #[test]
    fn numbers_are_told_apart_by_their_spelling() {
        let cells = [
            "0",
            "00",
            "0.0",
            "0.00",
            "7",
            "07",
            "7.0",
            "0.7",
            "70",
            "262143",
            "262144",
            "2621.43",
            "2621.44",
            "26214.3",
            "123456789012",
            "x",
        ];
        for n_parts in [1, 2, 5] {
            let mut all = Distinct::default();
            for part in 0..n_parts {
                let mut distinct = Distinct::default();
                for cell in cells.iter().skip(part).step_by(n_parts).chain(&cells[..part]) {
                    let plain = super::super::quick::plain(cell.as_bytes(), b'.');
                    distinct.add(plain.as_ref(), hash(cell.as_bytes()));
                }
                all.append(distinct, usize::MAX);
            }
            assert_eq!(all.count(usize::MAX), cells.len() as u64, "{n_parts} parts");
        }
    }

    #[test]
    fn as_many_as_a_set_holds() {
        let mut state = 7_u64;
        for n in [0, 1, 2, 100, 5_000, 70_000] {
            for range in [3, 1_000, u64::MAX] {
                let keys: Vec<u64> = (0..n)
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(97);
                        (state % range).wrapping_mul(0x9E37_79B9_7F4A_7C15)
                    })
                    .collect();
                let expected = keys.iter().collect::<BTreeSet<_>>().len() as u64;
                assert_eq!(count(keys), expected, "{n} of {range}");
            }
        }
    }
}
