//! Texts as small whole numbers: each different text gets the next one. The texts
//! themselves are kept and compared, so that two texts never share a number.

use rayon::prelude::*;

/// The number of no text.
pub(super) const NONE: u32 = u32::MAX;
/// How many slots a new dictionary has; a power of two.
const FIRST_SLOTS: usize = 64;

/// Every text seen so far, one after the other, and a table of slots that finds them.
#[derive(Debug)]
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// 0 is empty; else 32 bits of the text's hash above its number plus 1. At most half
    /// of the slots are taken.
    slots: Vec<u64>,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: Vec::new(), slots: vec![0; FIRST_SLOTS] }
    }
}

impl Dictionary {
    /// How many different texts.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number that was given.
    pub(super) fn text(&self, code: u32) -> &[u8] {
        let at = code as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.bytes[start..self.ends[at]]
    }

    /// The number of a text, a new one where it is new; `None` where `most` texts are
    /// known and it is none of them.
    pub(super) fn code(&mut self, text: &[u8], most: usize) -> Option<u32> {
        let tag = (hash(text) >> 32) as u32;
        let mask = self.slots.len() - 1;
        let mut at = tag as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                break;
            }
            let code = (slot as u32).wrapping_sub(1);
            if (slot >> 32) as u32 == tag && self.text(code) == text {
                return Some(code);
            }
            at = (at + 1) & mask;
        }
        if self.len() >= most.min(NONE as usize) {
            return None;
        }
        let code = self.len() as u32;
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        self.slots[at] = u64::from(tag) << 32 | u64::from(code + 1);
        if self.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(code)
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0; mask + 1];
        for slot in self.slots.iter().filter(|&&slot| slot != 0) {
            let mut at = (slot >> 32) as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = *slot;
        }
        self.slots = slots;
    }

    /// All numbers in the order of the bytes of their texts.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let head = |text: &[u8]| {
            let mut eight = [0; 8];
            let n = text.len().min(8);
            eight[..n].copy_from_slice(&text[..n]);
            u64::from_be_bytes(eight)
        };
        let mut keys: Vec<(u64, u32)> =
            (0..self.len() as u32).map(|code| (head(self.text(code)), code)).collect();
        keys.par_sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| self.text(a.1).cmp(self.text(b.1)))
        });
        keys.into_iter().map(|(_, code)| code).collect()
    }

    /// A text as it is shown.
    pub(super) fn shown(&self, code: u32) -> String {
        String::from_utf8_lossy(self.text(code)).into_owned()
    }
}

/// 64 bits of a text, the same on every machine: eight bytes at a time, each step the
/// two halves of a product of 128 bits put together.
pub(super) fn hash(text: &[u8]) -> u64 {
    const KEY: u64 = 0xA076_1D64_78BD_642F;
    const STEP: u64 = 0xE703_7ED1_A0B4_28DB;
    let mut state = (text.len() as u64 ^ KEY).wrapping_mul(STEP);
    let (eights, rest) = text.as_chunks::<8>();
    for eight in eights {
        state = mix(state ^ u64::from_le_bytes(*eight), STEP);
    }
    let word = match (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        // What is in both is the same in both.
        (Some(first), Some(last)) => {
            let last = u64::from(u32::from_le_bytes(*last)) << (8 * (rest.len() - 4));
            u64::from(u32::from_le_bytes(*first)) | last
        }
        _ => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    mix(mix(state ^ word, KEY), STEP)
}

fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut dictionary = Dictionary::default();
        let texts: Vec<String> = (0..5000).map(|i| format!("K{:05}", i * 7919 % 5003)).collect();
        for _ in 0..2 {
            for (i, text) in texts.iter().enumerate() {
                assert_eq!(dictionary.code(text.as_bytes(), 5000), Some(i as u32));
            }
        }
        assert_eq!(dictionary.code(b"one more", 5000), None);
        assert_eq!(dictionary.code(b"", 5001), Some(5000));
        assert_eq!(dictionary.code(b"", 5001), Some(5000));
        assert_eq!(dictionary.shown(3), texts[3]);
    }

    #[test]
    fn numbers_are_sorted_by_the_bytes_of_their_texts() {
        let mut dictionary = Dictionary::default();
        let texts = ["b", "abcdefghz", "abcdefgh", "", "abcdefgha", "é", "B"];
        for text in texts {
            dictionary.code(text.as_bytes(), 9);
        }
        let sorted: Vec<String> =
            dictionary.sorted().into_iter().map(|code| dictionary.shown(code)).collect();
        let mut expected = texts;
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn hashes_of_a_million_order_numbers_differ() {
        let mut hashes: Vec<u64> =
            (0..1_000_000).map(|i| hash(format!("{i:010}").as_bytes())).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 1_000_000);
        assert_ne!(hash(b"a"), hash(b"a\0"));
    }
}
