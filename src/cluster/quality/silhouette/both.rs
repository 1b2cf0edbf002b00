//! Sums of distances from every row to every segment, each pair looked at once.
//!
//! Rows lie sorted by segment in strips of at most [`STRIP`]. Two strips give one sum per
//! row on either side, added in a fixed order; these are rounded to whole numbers of a
//! quantum and added as such, so neither threads nor order change a bit.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::cluster::kernel::near::{self, Eight, Totals, Unit, WIDTH};

/// Rows of a strip.
const STRIP: usize = 256;
/// Bits of the quantum below the largest sum there can be.
const BITS: i32 = 62;

/// Some rows of one segment.
struct Strip {
    segment: usize,
    /// The rows as given.
    rows: Vec<usize>,
    /// In groups of eight, `d` lanes each; the last group repeats the last row. The first
    /// `skipped` numbers are there for the lanes to lie in cache lines of their own.
    lanes: Vec<f64>,
    skipped: usize,
}

/// What two strips have added up, each lane in a cache line of its own.
#[repr(align(64))]
struct Added {
    near: [Eight; STRIP / WIDTH],
    columns: [[Eight; WIDTH]; STRIP / WIDTH],
}

const NOTHING: Added =
    Added { near: [[0.0; WIDTH]; STRIP / WIDTH], columns: [[[0.0; WIDTH]; WIDTH]; STRIP / WIDTH] };

/// Per row the sum of its distances to each segment, `n * k`; no coordinate differs from
/// another one by more than `reach`. Nothing where that is out of the range of f32.
pub(super) fn sums(
    rows: &[f64],
    d: usize,
    labels: &[u32],
    k: usize,
    reach: f64,
) -> Option<Vec<f64>> {
    if !(1e-12..1e15).contains(&reach) {
        return None;
    }
    let n = labels.len();
    let strips = strips(rows, d, labels, k);
    // No sum exceeds the rows times the longest distance.
    let most = reach * (d as f64).sqrt() * n as f64;
    let quantum = libm::ldexp(1.0, libm::frexp(most).1 - BITS);
    // A power of two, like its inverse; what is cut off is less than a quantum.
    let inverse = 1.0 / quantum;
    let whole = |sum: f64| (sum * inverse) as i64;
    // Per strip, by segment: whoever adds has the whole of a strip to itself.
    let sums: Vec<Mutex<Vec<i64>>> =
        strips.iter().map(|strip| Mutex::new(vec![0; k * strip.rows.len()])).collect();
    let unit = Unit::here();
    (0..strips.len()).into_par_iter().with_max_len(1).for_each(|a| {
        let own = &strips[a];
        let mut of_own = vec![[0i64; STRIP]; k];
        for (at, other) in strips.iter().enumerate().skip(a) {
            let mut added = NOTHING;
            let totals = Totals { sums: &mut added.near, columns: &mut added.columns };
            unit.roots(d, own.near(), other.near(), totals);
            let near = &added.near.as_flattened()[..own.rows.len()];
            for (to, &sum) in of_own[other.segment].iter_mut().zip(near) {
                *to += whole(sum);
            }
            if at > a {
                let of_rows = added.columns.as_flattened().iter().map(|lanes| whole(across(lanes)));
                add(&sums[at], own.segment * other.rows.len(), of_rows.take(other.rows.len()));
            }
        }
        for (segment, of_own) in of_own.iter().enumerate() {
            let n_rows = own.rows.len();
            add(&sums[a], segment * n_rows, of_own.iter().copied().take(n_rows));
        }
    });
    let mut by_row = vec![0.0; n * k];
    for (strip, sums) in strips.iter().zip(sums) {
        let sums = sums.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (segment, sums) in sums.chunks_exact(strip.rows.len()).enumerate() {
            for (&row, &sum) in strip.rows.iter().zip(sums) {
                by_row[row * k + segment] = sum as f64 * quantum;
            }
        }
    }
    Some(by_row)
}

impl Strip {
    fn near(&self) -> near::Strip<'_> {
        near::Strip { lanes: self.lanes[self.skipped..].as_chunks().0, rows: self.rows.len() }
    }
}

/// Adds to what the rows of a strip have of a segment, whose sums begin at `first`.
fn add(sums: &Mutex<Vec<i64>>, first: usize, of_rows: impl Iterator<Item = i64>) {
    let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
    sums[first..].iter_mut().zip(of_rows).for_each(|(to, sum)| *to += sum);
}

/// The sum of eight lanes, by halves.
fn across(lanes: &Eight) -> f64 {
    let four: [f64; 4] = std::array::from_fn(|at| lanes[at] + lanes[at + 4]);
    (four[0] + four[2]) + (four[1] + four[3])
}

fn strips(rows: &[f64], d: usize, labels: &[u32], k: usize) -> Vec<Strip> {
    let mut members = vec![Vec::new(); k];
    for (row, &label) in labels.iter().enumerate() {
        members[label as usize].push(row);
    }
    let mut strips = Vec::new();
    for (segment, members) in members.iter().enumerate() {
        for members in members.chunks(STRIP) {
            let groups = members.len().div_ceil(WIDTH);
            let mut lanes: Vec<f64> = Vec::with_capacity((groups * d + 1) * WIDTH);
            let skipped = lanes.as_ptr().align_offset(64).min(WIDTH);
            lanes.resize(skipped, 0.0);
            for group in members.chunks(WIDTH) {
                for t in 0..d {
                    let value = |lane: usize| rows[group[lane.min(group.len() - 1)] * d + t];
                    lanes.extend((0..WIDTH).map(value));
                }
            }
            strips.push(Strip { segment, rows: members.to_vec(), lanes, skipped });
        }
    }
    strips
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn sums_are_those_of_every_pair_and_threads_change_nothing() {
        let mut rng = crate::seed::Seed::new(2).stream("both", 0);
        let (n, d, k) = (1_300, 3, 4);
        let rows: Vec<f64> = (0..n * d).map(|_| rng.r#gen::<f64>() * 7.0).collect();
        // Segment 2 has nobody.
        let labels: Vec<u32> = (0..n).map(|_| [0, 1, 3, 3][rng.gen_range(0..4)]).collect();
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| sums(&rows, d, &labels, k, 7.0).unwrap())
        };
        let found = on(1);
        assert_eq!(found, on(3));
        for row in (0..n).step_by(37) {
            let mut expected = vec![0.0; k];
            for other in 0..n {
                let squares = (0..d).map(|t| (rows[row * d + t] - rows[other * d + t]).powi(2));
                expected[labels[other] as usize] += squares.sum::<f64>().sqrt();
            }
            for (sum, expected) in found[row * k..][..k].iter().zip(&expected) {
                assert!((sum - expected).abs() <= 1e-12 * n as f64, "{sum} {expected}");
            }
        }
        assert!(sums(&rows, d, &labels, k, f64::INFINITY).is_none());
    }
}
