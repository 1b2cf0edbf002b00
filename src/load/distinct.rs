//! Hashes of cells, and how many different ones there are, counted exactly in memory that
//! stays near.
//!
//! The hashes are numbers, evenly spread: they are dealt into as many heaps as keep each
//! one small, and the different numbers of a heap are counted in a table that is used
//! again for the next heap.

/// A heap of this size has a table that fits into the nearest memory.
const HEAP: usize = 2048;
/// As many heaps can be dealt into at once without waiting for memory.
const MAX_HEAPS: usize = 2048;

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
    let (mut start, mut total, mut table) = (0, 0, Vec::new());
    for end in ends {
        total += count_heap(&dealt[start..end], &mut table);
        start = end;
    }
    total
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

/// Up to seven bytes as a number; those in the middle may be in it twice, which is no
/// loss, because the length is hashed too.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    let at = |place: usize| u64::from(bytes[place]);
    let last = bytes.len() - 1;
    at(0) | at(last / 2 + last % 2) << 8 | at(last) << 16
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

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
