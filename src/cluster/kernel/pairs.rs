//! Sums of the Euclidean distances from rows to all rows of each segment.
//!
//! Rows lie sorted by segment, each segment in blocks of its own, so that a tile has one
//! segment. Distances are f32 of f32 rows; four blocks are added in f32, everything else
//! in f64, lane by lane in a fixed order. What is added per row does not depend on how the
//! rows are shared out among threads.

use rayon::prelude::*;

use super::LANES;
use super::path::{Path, Work, on};
use super::tile::{HIGH, Tile, squared};
use super::vector::{Lane32, Vector};

/// Rows that are looked up at once.
const ROWS: usize = 4;
/// Blocks that are added in f32 before they are added in f64.
const FOUR: usize = 4;

/// Rows by segment.
pub(crate) struct Grouped {
    lanes: Vec<Lane32>,
    /// Where the blocks of each segment begin in `lanes`, and one more.
    starts: Vec<usize>,
    sizes: Vec<usize>,
    d: usize,
    path: Path,
}

impl Grouped {
    /// Groups row-major rows of width d; `labels` are below k. The last block of a segment
    /// is filled up with its last row.
    pub(crate) fn new(rows: &[f32], d: usize, labels: &[u32], k: usize, path: Path) -> Self {
        let mut members = vec![Vec::new(); k];
        for (row, &label) in labels.iter().enumerate() {
            members[label as usize].push(row);
        }
        let mut lanes = Vec::with_capacity((rows.len() / d / LANES + k) * d);
        let mut starts = vec![0];
        for members in &members {
            for block in members.chunks(LANES) {
                for t in 0..d {
                    let value = |lane: usize| rows[block[lane.min(block.len() - 1)] * d + t];
                    lanes.push(std::array::from_fn(value));
                }
            }
            starts.push(lanes.len());
        }
        let sizes = members.iter().map(Vec::len).collect();
        Self { lanes, starts, sizes, d, path }
    }

    /// For each of `rows`, row-major, the sum of its distances to each segment, `m * k`.
    pub(crate) fn sums(&self, rows: &[f32]) -> Vec<f64> {
        let k = self.sizes.len();
        let mut out = vec![0.0; rows.len() / self.d * k];
        out.par_chunks_mut(ROWS * k)
            .zip(rows.par_chunks(ROWS * self.d))
            .with_min_len(16)
            .for_each(|(out, rows)| on(self.path, Look { grouped: self, rows, out }));
        out
    }
}

struct Look<'a> {
    grouped: &'a Grouped,
    rows: &'a [f32],
    out: &'a mut [f64],
}

impl Work for Look<'_> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vector>(self, v: V) {
        let Self { grouped, rows, out } = self;
        let (d, k) = (grouped.d, grouped.sizes.len());
        let n_rows = rows.len() / d;
        let mut centres = vec![[0.0f32; ROWS]; d];
        for (t, centre) in centres.iter_mut().enumerate() {
            for (c, x) in centre.iter_mut().enumerate() {
                *x = rows[c.min(n_rows - 1) * d + t];
            }
        }
        for j in 0..k {
            let mut sums = [[0.0f64; LANES]; ROWS];
            let (mut at, end) = (grouped.starts[j], grouped.starts[j + 1]);
            // The last block is looked at apart, because it may not be full.
            while at + (FOUR + 1) * d <= end {
                let tile = Tile { lanes: &grouped.lanes, at, d };
                if V::WIDE {
                    four::<V, HIGH>(v, tile, &centres, &mut sums);
                } else {
                    four::<V, 1>(v, tile, &centres, &mut sums);
                }
                at += FOUR * d;
            }
            let mut left = grouped.sizes[j] - (at - grouped.starts[j]) / d * LANES;
            while at < end {
                let tile = Tile { lanes: &grouped.lanes, at, d };
                let distances = roots::<V, 1>(v, tile, &centres);
                for c in 0..ROWS {
                    for lane in 0..LANES.min(left) {
                        sums[c][lane] += f64::from(distances[c][0][lane]);
                    }
                }
                left -= LANES.min(left);
                at += d;
            }
            for c in 0..n_rows {
                out[c * k + j] = sums[c].iter().sum();
            }
        }
    }
}

/// Distances from P blocks to the rows.
#[inline(always)]
fn roots<V: Vector, const P: usize>(
    v: V,
    tile: Tile<'_>,
    centres: &[[f32; ROWS]],
) -> [[Lane32; P]; ROWS] {
    let squares = squared::<V, P, ROWS>(v, tile, centres, 0..0);
    let mut out = [[[0.0; LANES]; P]; ROWS];
    for c in 0..ROWS {
        for p in 0..P {
            v.store(v.sqrt(squares[c][p]), &mut out[c][p]);
        }
    }
    out
}

/// Adds the distances of four blocks, P at a time: `((a + b) + (c + d))` in f32, then f64.
#[inline(always)]
fn four<V: Vector, const P: usize>(
    v: V,
    tile: Tile<'_>,
    centres: &[[f32; ROWS]],
    sums: &mut [[f64; LANES]; ROWS],
) {
    let mut all = [[[0.0; LANES]; FOUR]; ROWS];
    let mut p = 0;
    while p < FOUR {
        let at = tile.at + p * tile.d;
        let distances = roots::<V, P>(v, Tile { at, ..tile }, centres);
        for c in 0..ROWS {
            all[c][p..p + P].copy_from_slice(&distances[c]);
        }
        p += P;
    }
    for c in 0..ROWS {
        for lane in 0..LANES {
            let [a, b, c4, d] =
                [all[c][0][lane], all[c][1][lane], all[c][2][lane], all[c][3][lane]];
            sums[c][lane] += f64::from((a + b) + (c4 + d));
        }
    }
}
