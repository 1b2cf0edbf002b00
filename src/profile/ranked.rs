//! Numbers by keys that sort as they do, and where one stands among all.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

/// A key that sorts as the number does; -0 and 0 are one.
pub(super) fn key(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// The number that has this key.
pub(super) fn unkey(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

/// The share of all values below `value` less the share above it, -1..1.
pub(super) fn standing(sorted: &[(u64, u32)], value: f64) -> f64 {
    let value = key(value);
    let below = sorted.partition_point(|&(key, _)| key < value);
    let above = sorted.len() - sorted.partition_point(|&(key, _)| key <= value);
    (below as f64 - above as f64) / sorted.len() as f64
}
