//! Row-major rows turned into blocks, in the memory that they lie in, and what is learnt of
//! the columns on the way.

use rayon::prelude::*;

use super::LANES;
use super::path::{Path, Work, on};
use super::points::CHUNK;
use super::vector::{Lane32, Vector};

/// Turns row-major rows into blocks in place and returns the block of the last ones.
pub(super) fn arrange_all(values: &mut [f32], n: usize, d: usize, path: Path) -> Vec<f32> {
    let full = n / LANES * LANES;
    let mut tail = Vec::new();
    if full < n {
        for row in 0..LANES {
            let row = (full + row).min(n - 1);
            tail.extend_from_slice(&values[row * d..(row + 1) * d]);
        }
        on(path, Arrange { rows: &mut tail, d });
    }
    values[..full * d].par_chunks_mut(CHUNK * d).for_each(|rows| {
        on(path, Arrange { rows, d });
    });
    tail
}

/// What is known of the columns of some rows.
pub(super) struct Facts {
    low: Vec<f32>,
    high: Vec<f32>,
    pub(super) finite: bool,
}

impl Facts {
    /// The lowest and the highest value of each column.
    pub(super) fn ranges(facts: &[Self], d: usize) -> Vec<(f64, f64)> {
        (0..d)
            .map(|t| {
                let low = facts.iter().map(|facts| facts.low[t]).fold(f32::INFINITY, f32::min);
                let high =
                    facts.iter().map(|facts| facts.high[t]).fold(f32::NEG_INFINITY, f32::max);
                (f64::from(low), f64::from(high))
            })
            .collect()
    }
}

/// Turns whole groups of 16 row-major rows into blocks, in place.
pub(super) struct Arrange<'a> {
    pub(super) rows: &'a mut [f32],
    pub(super) d: usize,
}

impl Work for Arrange<'_> {
    type Out = Facts;

    #[inline(always)]
    fn run<V: Vector>(self, v: V) -> Facts {
        let d = self.d;
        let mut low = vec![[f32::INFINITY; LANES]; d];
        let mut high = vec![[f32::NEG_INFINITY; LANES]; d];
        // Becomes NaN with the first value that is not finite.
        let mut poison = [0.0f32; LANES];
        let mut scratch = vec![[0.0f32; LANES]; d.next_multiple_of(8)];
        for rows in self.rows.chunks_exact_mut(LANES * d) {
            arrange(v, rows, d, &mut scratch);
            for ((lane, low), high) in scratch.iter().zip(&mut low).zip(&mut high) {
                // Copies and one loop each: so the compiler sees whole vectors.
                let (x, mut least, mut most) = (*lane, *low, *high);
                for i in 0..LANES {
                    least[i] = if x[i] < least[i] { x[i] } else { least[i] };
                }
                for i in 0..LANES {
                    most[i] = if x[i] > most[i] { x[i] } else { most[i] };
                }
                for i in 0..LANES {
                    poison[i] += x[i] * 0.0;
                }
                (*low, *high) = (least, most);
            }
            rows.copy_from_slice(scratch[..d].as_flattened());
        }
        let lowest = |lane: &Lane32| lane.iter().copied().fold(f32::INFINITY, f32::min);
        let highest = |lane: &Lane32| lane.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        Facts {
            low: low.iter().map(lowest).collect(),
            high: high.iter().map(highest).collect(),
            finite: poison.iter().all(|poison| *poison == 0.0),
        }
    }
}

/// One group of 16 rows, dimension by dimension.
#[inline(always)]
fn arrange<V: Vector>(v: V, rows: &[f32], d: usize, scratch: &mut [Lane32]) {
    let mut eight = [[0.0f32; 8]; LANES];
    let mut from = 0;
    for lanes in scratch.as_chunks_mut::<8>().0 {
        if from + 8 <= d {
            for (eight, row) in eight.iter_mut().zip(rows.chunks_exact(d)) {
                eight.copy_from_slice(&row[from..from + 8]);
            }
        } else {
            for (eight, row) in eight.iter_mut().zip(rows.chunks_exact(d)) {
                eight[..d - from].copy_from_slice(&row[from..]);
            }
        }
        v.pack(&eight, lanes);
        from += 8;
    }
}

/// The row-major position of the first value that is not finite in a chunk.
pub(super) fn not_finite(blocks: &[f32], tail: &[f32], chunk: usize, d: usize) -> usize {
    let start = chunk * CHUNK * d;
    let (lanes, first) = if start < blocks.len() {
        (&blocks[start..], chunk * CHUNK)
    } else {
        (tail, blocks.len() / d)
    };
    let bad = |&at: &usize| !lanes[at].is_finite();
    let at = (0..lanes.len()).filter(bad).min_by_key(|at| {
        let (block, rest) = (at / (LANES * d), at % (LANES * d));
        (block * LANES + rest % LANES, rest / LANES)
    });
    let at = at.unwrap_or(0);
    let (block, rest) = (at / (LANES * d), at % (LANES * d));
    (first + block * LANES + rest % LANES) * d + rest / LANES
}
