//! Whether a segment can be worked with: large enough, distinct, and reachable by a
//! rule. One that is too narrow is told with its nearest neighbour.

use crate::results::SegmentRow;

/// The effect that at least one trait needs: a medium delta.
const DISTINCT: f64 = 0.33;

/// Sets `too_narrow`, `merge_with` and `usable` of every segment. `distance` takes
/// segments from 0.
pub(crate) fn judge(
    rows: &mut [SegmentRow],
    min_share: f64,
    min_cell: usize,
    distance: &dyn Fn(u32, u32) -> f64,
) {
    for row in rows.iter_mut() {
        row.too_narrow = row.share < min_share || row.customers < min_cell as u64;
    }
    let narrow: Vec<bool> = rows.iter().map(|row| row.too_narrow).collect();
    for (at, row) in rows.iter_mut().enumerate() {
        let distinct = row.traits.iter().any(|t| t.effect.abs() >= DISTINCT);
        row.usable = !row.too_narrow && distinct && row.rule.is_some();
        row.nearest = nearest(at, &narrow, distance);
        row.merge_with = row.too_narrow.then(|| nearest(at, &narrow, distance)).flatten();
    }
}

/// The nearest segment, from 1: one that is not too narrow itself where there is one.
fn nearest(at: usize, narrow: &[bool], distance: &dyn Fn(u32, u32) -> f64) -> Option<u32> {
    let any_wide = narrow.iter().enumerate().any(|(other, narrow)| other != at && !narrow);
    let own = u32::try_from(at).ok()?;
    (0..narrow.len())
        .filter(|&other| other != at && !(any_wide && narrow[other]))
        .filter_map(|other| u32::try_from(other).ok())
        .min_by(|&a, &b| distance(own, a).total_cmp(&distance(own, b)).then(a.cmp(&b)))
        .map(|other| other + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wide_segment_is_preferred() {
        let distance = |a: u32, b: u32| f64::from(a.abs_diff(b));
        assert_eq!(nearest(1, &[false, true, true, false], &distance), Some(1));
        assert_eq!(nearest(2, &[false, true, true, false], &distance), Some(4));
        assert_eq!(nearest(0, &[true, true, true], &distance), Some(2));
        assert_eq!(nearest(0, &[true], &distance), None);
    }
}
