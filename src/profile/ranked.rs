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

/// Values of a first look, and buckets that many values are dealt into: so few that the next
/// place of each stays at hand, so many that each is sorted in the nearest cache.
const LOOK: usize = 1024;
const BUCKETS: usize = 1024;

/// The keys of the values that are not missing, each with its group, in ascending order.
///
/// Many are dealt into buckets of about equal size first, by where they lie between a low and
/// a high value of a few.
pub(super) fn ascending(values: &[f64], groups: &[u32]) -> Vec<(u64, u32)> {
    let known = || values.iter().zip(groups).filter(|(value, _)| !value.is_nan());
    let Some(bucket) = dealer(values) else {
        let mut sorted: Vec<(u64, u32)> = known().map(|(&v, &group)| (key(v), group)).collect();
        sorted.sort_unstable();
        return sorted;
    };
    let mut next = [0_usize; BUCKETS + 1];
    for (&value, _) in known() {
        next[bucket(value) + 1] += 1;
    }
    for at in 1..=BUCKETS {
        next[at] += next[at - 1];
    }
    let mut sorted = vec![(0, 0); next[BUCKETS]];
    let starts = next;
    for (&value, &group) in known() {
        let place = &mut next[bucket(value)];
        sorted[*place] = (key(value), group);
        *place += 1;
    }
    for at in 0..BUCKETS {
        sorted[starts[at]..starts[at + 1]].sort_unstable();
    }
    sorted
}

/// The bucket of a value, never lower for a higher one; `None` where there are few values or
/// most are the same.
fn dealer(values: &[f64]) -> Option<impl Fn(f64) -> usize> {
    let step = values.len() / LOOK;
    let mut look: Vec<f64> = values.iter().copied().step_by(step.max(1)).collect();
    look.retain(|value| !value.is_nan());
    look.sort_unstable_by(f64::total_cmp);
    let aside = look.len() / 64;
    if step < 16 || look.len() < LOOK / 2 {
        return None;
    }
    let (low, high) = (look[aside], look[look.len() - 1 - aside]);
    let scale = (BUCKETS - 2) as f64 / (high - low);
    let is_spread = scale.is_finite() && scale > 0.0;
    // Numbers beyond either end fall into the outermost buckets.
    is_spread.then_some(move |value: f64| {
        (((value - low) * scale).max(-1.0) + 1.0).min((BUCKETS - 1) as f64) as usize
    })
}

/// The share of all values below `value` less the share above it, -1..1.
pub(super) fn standing(sorted: &[(u64, u32)], value: f64) -> f64 {
    let value = key(value);
    let below = sorted.partition_point(|&(key, _)| key < value);
    let above = sorted.len() - sorted.partition_point(|&(key, _)| key <= value);
    (below as f64 - above as f64) / sorted.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn dealing_into_buckets_sorts() {
        let mut rng = crate::seed::Seed::new(4).stream("buckets", 0);
        let n = 40_000;
        // Spread, skewed with missing ones, tied, two values, far ends.
        let draw = |kind: usize, x: f64| match kind {
            0 => x - 0.5,
            1 if x < 0.1 => f64::NAN,
            1 => 1.0 / x,
            2 => (x * 9.0).floor() - 4.0,
            3 => f64::from(u8::from(x < 0.01)),
            _ if x < 0.001 => f64::MAX * (x - 0.000_5),
            _ => x,
        };
        for kind in 0..5 {
            let values: Vec<f64> = (0..n).map(|_| draw(kind, rng.r#gen())).collect();
            let groups: Vec<u32> = (0..n).map(|_| rng.gen_range(0..7)).collect();
            let known = values.iter().zip(&groups).filter(|(value, _)| !value.is_nan());
            let mut expected: Vec<(u64, u32)> = known.map(|(&v, &g)| (key(v), g)).collect();
            expected.sort_unstable();
            assert_eq!(ascending(&values, &groups), expected, "{kind}");
            assert_eq!(dealer(&values).is_some(), kind != 3, "{kind}");
        }
        assert_eq!(ascending(&[2.0, f64::NAN, -1.0], &[0, 1, 2]), [(key(-1.0), 2), (key(2.0), 0)]);
    }
}
