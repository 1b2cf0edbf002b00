//! The bytes that matter (delimiter, quote, line ends) are found 64 at a time as the bits
//! of one number; that is all the speed of reading records.
//!
//! # References
//!
//! Langdale, G. and Lemire, D. (2019). Parsing Gigabytes of JSON per Second. The VLDB
//! Journal 28, 941-960, section 3.1: a bit mask of the structural bytes of a block.

use super::Layout;

/// Finds the bytes that end a field.
pub(super) struct Marks {
    signs: [u8; 4],
    /// The number of the block whose bits are held.
    block: usize,
    /// Bit i is set where byte i of the block is one of the signs.
    bits: u64,
}

impl Marks {
    pub(super) fn new(layout: &Layout) -> Self {
        let quote = layout.quote.unwrap_or(layout.delimiter);
        Self { signs: [layout.delimiter, quote, b'\n', b'\r'], block: usize::MAX, bits: 0 }
    }

    /// The places of the signs at `from` and behind it.
    #[inline]
    pub(super) fn from(&mut self, text: &[u8], from: usize) -> Ends {
        if from / 64 != self.block {
            self.load(text, from / 64);
        }
        Ends { block: from / 64, bits: self.bits & (u64::MAX << (from % 64)) }
    }

    /// The place of the first sign at `from` or behind it, else the end of the text.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8], from: usize) -> usize {
        let mut ends = self.from(text, from);
        ends.next(self, text).unwrap_or(text.len())
    }

    fn load(&mut self, text: &[u8], block: usize) {
        self.block = block;
        let rest = text.get(block * 64..).unwrap_or_default();
        self.bits = if let Some(bytes) = rest.first_chunk::<64>() {
            bits(bytes, self.signs)
        } else {
            // No sign is NUL, so that what fills up the last block is none.
            let mut filled = [0; 64];
            filled[..rest.len()].copy_from_slice(rest);
            bits(&filled, self.signs)
        };
    }
}

/// Signs one after the other.
pub(super) struct Ends {
    block: usize,
    /// Those of the block that are still to come.
    bits: u64,
}

impl Ends {
    #[inline]
    pub(super) fn next(&mut self, marks: &mut Marks, text: &[u8]) -> Option<usize> {
        while self.bits == 0 {
            self.block += 1;
            if self.block * 64 >= text.len() {
                return None;
            }
            marks.load(text, self.block);
            self.bits = marks.bits;
        }
        let at = self.block * 64 + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(at)
    }
}

/// Bit i is set where byte i is one of the signs. Compilers turn the loops into vector
/// instructions.
#[inline]
fn bits(bytes: &[u8; 64], signs: [u8; 4]) -> u64 {
    let mut hits = [0_u8; 64];
    for (hit, &byte) in hits.iter_mut().zip(bytes) {
        *hit = signs.iter().fold(0, |hit, &sign| hit | u8::from(byte == sign));
    }
    let (eights, _) = hits.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        // The product moves bit 8 j of the word, its only bits, to bit 56 + j.
        let word = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        (bits << 8) | word
    })
}
