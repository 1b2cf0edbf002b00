//! Quantiles of a sample, Hyndman and Fan's type 7: linear between the order
//! statistics at `(n - 1) q`.
//!
//! # References
//!
//! Hyndman, Fan (1996), Sample quantiles in statistical packages, The American
//! Statistician 50(4), definition 7.

use std::borrow::Cow;

/// The `q` quantile (0..1) of the values; NaN are left out; `None` where none remain.
///
/// Cost: a selection, O(n).
#[must_use]
pub fn quantile(values: &[f64], q: f64) -> Option<f64> {
    let known: Cow<[f64]> = if values.iter().any(|v| v.is_nan()) {
        values.iter().copied().filter(|v| !v.is_nan()).collect()
    } else {
        Cow::Borrowed(values)
    };
    let (below, part) = place(known.len(), q)?;
    let (low, high) = at_rank(&known, below)?;
    Some(low + part * (high - low))
}

/// So many values or fewer are selected from as they are.
const FEW: usize = 4096;
/// Values of a first look, and how many of them on either side of the rank enclose it: more
/// than three standard errors of a rank among so many.
const LOOK: usize = 1024;
const ASIDE: usize = 60;
/// Values that are sorted out at a time.
const PART: usize = 512;

/// The value at a rank, counted from 0, of values without NaN in ascending order, and the next
/// one; of the last, itself. `None` where there are no more than `rank`.
///
/// Of many values some tell between which two the rank lies, and only what is between these is
/// kept and selected from. Where they have told wrongly, all are.
///
/// # References
///
/// Floyd, Rivest (1975), Expected time bounds for selection, Communications of the ACM 18(3).
pub(crate) fn at_rank(values: &[f64], rank: usize) -> Option<(f64, f64)> {
    if rank >= values.len() {
        return None;
    }
    if values.len() > FEW {
        let (below, mut kept) = enclosing(values, rank);
        let found = rank.checked_sub(below).filter(|&at| {
            let is_last = rank + 1 == values.len();
            at + usize::from(!is_last) < kept.len()
        });
        if let Some(at) = found {
            return Some(select(&mut kept, at));
        }
    }
    Some(select(&mut values.to_vec(), rank))
}

fn select(values: &mut [f64], rank: usize) -> (f64, f64) {
    let (_, &mut low, above) = values.select_nth_unstable_by(rank, f64::total_cmp);
    (low, above.iter().copied().min_by(f64::total_cmp).unwrap_or(low))
}

/// Values around a rank, and how many are below all of them.
fn enclosing(values: &[f64], rank: usize) -> (usize, Vec<f64>) {
    let n = values.len();
    let mut look: [f64; LOOK] = std::array::from_fn(|at| values[at * n / LOOK]);
    look.sort_unstable_by(f64::total_cmp);
    let at = rank * LOOK / n;
    let low = at.checked_sub(ASIDE).map_or(f64::NEG_INFINITY, |at| look[at]);
    let high = look.get(at + ASIDE).copied().unwrap_or(f64::INFINITY);
    let (mut below, mut kept) = (0, Vec::with_capacity(n / 6));
    let mut part = [0.0; PART];
    for values in values.chunks(PART) {
        let mut len = 0;
        for &value in values {
            below += usize::from(value < low);
            part[len] = value;
            len += usize::from(low <= value && value <= high);
        }
        kept.extend_from_slice(&part[..len]);
    }
    (below, kept)
}

/// The position below the `q` quantile of so many sorted values, and how far it is from
/// there to the next.
fn place(n: usize, q: f64) -> Option<(usize, f64)> {
    let last = n.checked_sub(1)?;
    let place = super::number(last) * q.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the place lies in 0..=last"
    )]
    let below = (place.floor() as usize).min(last);
    Some((below, place - super::number(below)))
}

/// The `q` quantile (0..1) of ascending values without NaN; `None` where there are none.
#[must_use]
pub fn quantile_sorted(sorted: &[f64], q: f64) -> Option<f64> {
    let (below, part) = place(sorted.len(), q)?;
    let above = (below + 1).min(sorted.len() - 1);
    Some(sorted[below] + part * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn equals_numpy() {
        // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [.05, .5, .9]) = 1, 3.5, 6.9.
        let values = [3.0, 1.0, 4.0, f64::NAN, 1.0, 5.0, 9.0, 2.0, 6.0];
        for (q, expected) in [(0.05, 1.0), (0.5, 3.5), (0.9, 6.9), (0.0, 1.0), (1.0, 9.0)] {
            assert!((quantile(&values, q).unwrap() - expected).abs() < 1e-12, "{q}");
        }
        assert_eq!(quantile(&[f64::NAN], 0.5), None);
    }

    #[test]
    fn the_value_at_a_rank_is_that_of_sorting() {
        let mut rng = crate::seed::Seed::new(3).stream("ranks", 0);
        let n = 3 * FEW + 7;
        let draw = |kind: usize, at: usize, x: f64| match kind {
            // Spread, tied, ascending, with the period of the look, mostly one value.
            0 => x - 0.5,
            1 => (x * 9.0).floor(),
            2 => at as f64,
            3 => (at % (n / LOOK)) as f64 + x * 1e-3,
            _ if x < 0.9 => 0.0,
            _ => -x,
        };
        for kind in 0..5 {
            for n in [1, 2, FEW, FEW + 1, n] {
                let values: Vec<f64> = (0..n).map(|at| draw(kind, at, rng.r#gen())).collect();
                let mut sorted = values.clone();
                sorted.sort_unstable_by(f64::total_cmp);
                for rank in [0, 1, n / 1000, n / 3, n / 2, n - n / 1000 - 1, n - 1] {
                    let expected =
                        (rank < n).then(|| (sorted[rank], sorted[(rank + 1).min(n - 1)]));
                    assert_eq!(at_rank(&values, rank), expected, "{kind} {n} {rank}");
                }
                assert_eq!(at_rank(&values, n), None);
            }
        }
    }
}
