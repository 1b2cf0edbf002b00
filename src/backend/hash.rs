//! The hash by which customers are sampled: XXH64 with the seed 42 over the UTF-8 bytes of
//! `SEED:ID`, as a signed number of 64 bits.
//!
//! It is what Spark's `xxhash64(concat('SEED:', CAST(id AS STRING)))` gives, whose own seed
//! is always 42; so the run's seed enters through the text. The id is hashed as its text, so
//! that a number stored in 32 and in 64 bits is one customer.
//!
//! # References
//!
//! Collet, Y. (2012-2023). xxHash fast digest algorithm, specification 0.1.1, section XXH64.

const P1: u64 = 0x9E37_79B1_85EB_CA87;
const P2: u64 = 0xC2B2_AE3D_27D4_EB4F;
const P3: u64 = 0x1656_67B1_9E37_79F9;
const P4: u64 = 0x85EB_CA77_C2B2_AE63;
const P5: u64 = 0x27D4_EB2F_1656_67C5;
/// The seed that Spark uses.
const SEED: u64 = 42;

/// The hash of a customer.
///
/// # Examples
///
/// ```
/// // SELECT xxhash64('1:a') in Spark.
/// assert_eq!(kohort::backend::hash_of(1, "a"), kohort::backend::hash_of(1, "a"));
/// assert_ne!(kohort::backend::hash_of(1, "a"), kohort::backend::hash_of(2, "a"));
/// ```
#[must_use]
pub fn hash_of(seed: u64, id: &str) -> i64 {
    xxh64(format!("{seed}:{id}").as_bytes(), SEED).cast_signed()
}

/// The hash below which about `most` of `rows` customers lie and almost surely not fewer;
/// none where all are to be taken.
#[must_use]
pub fn threshold(rows: u64, most: usize) -> Option<i64> {
    // Eight standard deviations of the number below.
    let expected = most as f64 + 8.0 * (most as f64).sqrt() + 64.0;
    let share = expected / rows as f64;
    // 2^64 as a number; the product is below it.
    (share < 1.0)
        .then(|| i64::MIN.wrapping_add_unsigned((share * 18_446_744_073_709_551_616.0) as u64))
}

fn round(lane: u64, input: u64) -> u64 {
    lane.wrapping_add(input.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1)
}

fn xxh64(bytes: &[u8], seed: u64) -> u64 {
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    let (stripes, mut rest) = bytes.as_chunks::<32>();
    let mut hash = if stripes.is_empty() {
        seed.wrapping_add(P5)
    } else {
        let mut lanes = [
            seed.wrapping_add(P1).wrapping_add(P2),
            seed.wrapping_add(P2),
            seed,
            seed.wrapping_sub(P1),
        ];
        for stripe in stripes {
            for (lane, input) in lanes.iter_mut().zip(stripe.as_chunks::<8>().0) {
                *lane = round(*lane, word(input));
            }
        }
        let turned = lanes.iter().zip([1, 7, 12, 18]).map(|(lane, by)| lane.rotate_left(by));
        let sum = turned.fold(0, u64::wrapping_add);
        lanes
            .iter()
            .fold(sum, |hash, &lane| (hash ^ round(0, lane)).wrapping_mul(P1).wrapping_add(P4))
    };
    hash = hash.wrapping_add(bytes.len() as u64);
    let (words, after) = rest.as_chunks::<8>();
    for input in words {
        hash = (hash ^ round(0, word(input))).rotate_left(27).wrapping_mul(P1).wrapping_add(P4);
    }
    rest = after;
    let (halves, after) = rest.as_chunks::<4>();
    for half in halves {
        let input = u64::from(u32::from_le_bytes(*half));
        hash = (hash ^ input.wrapping_mul(P1)).rotate_left(23).wrapping_mul(P2).wrapping_add(P3);
    }
    for &byte in after {
        hash = (hash ^ u64::from(byte).wrapping_mul(P5)).rotate_left(11).wrapping_mul(P1);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(P2);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(P3);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference program's own check of its algorithm: `XSUM_sanityCheck` of xxHash
    /// 0.8 fills a buffer by multiplication with a prime and lists the hashes of its
    /// beginnings, without a seed and with 2654435761.
    #[test]
    fn the_reference_program_gives_the_same_hashes() {
        let mut generator = 2_654_435_761_u64;
        let buffer: Vec<u8> = (0..222)
            .map(|_| {
                let byte = (generator >> 56) as u8;
                generator = generator.wrapping_mul(11_400_714_785_074_694_797);
                byte
            })
            .collect();
        let prime = 2_654_435_761;
        for (n, seed, hash) in [
            (0, 0, 0xEF46_DB37_51D8_E999),
            (0, prime, 0xAC75_FDA2_929B_17EF),
            (1, 0, 0xE934_A84A_DB05_2768),
            (1, prime, 0x5014_607643A9B4C3),
            (4, 0, 0x9136_A0DC_A574_57EE),
            (14, 0, 0x8282_DCC4_994E_35C8),
            (14, prime, 0xC3BD_6BF6_3DEB_6DF0),
            (222, 0, 0xB641_AE8C_B691_C174),
            (222, prime, 0x20CB_8AB7_AE10_C14A),
        ] {
            assert_eq!(xxh64(&buffer[..n], seed), hash, "{n} bytes, seed {seed}");
        }
    }

    #[test]
    fn a_threshold_lets_a_little_more_than_the_cap_through() {
        assert_eq!(threshold(1000, 1000), None);
        let bound = threshold(1_000_000, 10_000).unwrap();
        let below = (0..1_000_000).filter(|i| hash_of(7, &format!("c{i}")) < bound).count();
        // 10,864 are expected; five standard deviations are 520.
        assert!(below.abs_diff(10_864) < 520, "{below}");
    }
}
