//! How far centres may move before a row changes its label, row by row.

use super::LANES;
use super::packed::Packed;
use super::tile::Centres;
use super::vector::Lane32;

/// Squares of smaller distances than this may have lost all of their digits.
pub(super) const UNDERFLOW: f32 = 1e-20;
/// What it costs to pick a row out of its block, in centres that its distance could be
/// measured to instead.
const PICKING: usize = 40;

/// How far the centres may move before the label of a row can change.
#[derive(Debug)]
pub(crate) struct Bounds {
    /// One per block of rows: what `spent` may reach.
    pub(super) rows: Vec<Lane32>,
    /// The least of each block, so that most are passed over by one number.
    pub(super) blocks: Vec<f32>,
    /// The movements so far, each that of the two centres that moved the most.
    spent: f64,
    /// The share of a distance, or of a movement, that rounding may make up.
    margin: f64,
    /// Rows that the last pass had to look at.
    pub(crate) looked: usize,
}

impl Bounds {
    /// Nothing is known: the next pass looks at every row.
    pub(crate) fn new(packed: &Packed) -> Self {
        let blocks = packed.n().div_ceil(LANES);
        let margin = (packed.d() + 16) as f64 * libm::exp2(-22.0);
        let unknown = f32::NEG_INFINITY;
        let (rows, blocks) = (vec![[unknown; LANES]; blocks], vec![unknown; blocks]);
        Self { rows, blocks, spent: 0.0, margin, looked: packed.n() }
    }

    /// What a pass without bounds needs of them: nothing is kept.
    pub(super) fn none() -> Self {
        Self { rows: Vec::new(), blocks: Vec::new(), spent: 0.0, margin: 0.0, looked: 0 }
    }

    /// Whether no pass has been made yet.
    pub(crate) fn is_new(&self) -> bool {
        self.blocks.first().is_none_or(|&until| until == f32::NEG_INFINITY)
    }

    /// The centres that labels are for have moved; both as rounded to f32.
    pub(crate) fn moved(&mut self, old: &Centres, new: &Centres) {
        let (mut most, mut second) = (0.0f64, 0.0f64);
        for square in old.movements(new) {
            let distance = square.sqrt();
            second = second.max(distance.min(most));
            most = most.max(distance);
        }
        self.spent += (most + second) * (1.0 + self.margin);
    }

    /// What has been spent, rounded up so that comparisons stay on the safe side, and the
    /// margin.
    pub(super) fn limits(&self) -> (f32, f32) {
        ((self.spent as f32).next_up(), self.margin as f32)
    }
}

/// The bounds of one part of the rows; empty where none are kept.
pub(super) struct Until<'a> {
    pub(super) rows: &'a mut [Lane32],
    pub(super) blocks: &'a mut [f32],
    pub(super) spent: f32,
    pub(super) margin: f32,
}

impl Until<'_> {
    /// Whether bounds are kept.
    #[inline(always)]
    pub(super) fn keeps(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// Whether no row of the block can have changed.
    #[inline(always)]
    pub(super) fn stays(&self, block: usize) -> bool {
        self.keeps() && self.blocks[block] > self.spent
    }

    /// Whether so few rows of the block can have changed that with k centres it is less work
    /// to pick them out.
    #[inline(always)]
    pub(super) fn has_few(&self, block: usize, k: usize) -> bool {
        if !self.keeps() {
            return false;
        }
        let mut n = 0;
        for until in &self.rows[block] {
            n += usize::from(*until <= self.spent);
        }
        n * (k + PICKING) <= LANES * k
    }

    /// The rows of the block that can have changed, one bit each. Those alone are looked at
    /// now, so the block is as good as the rest of its rows until they are taken down.
    #[inline(always)]
    pub(super) fn pick(&mut self, block: usize) -> u32 {
        let (mut picked, mut least) = (0, f32::INFINITY);
        for (lane, &until) in self.rows[block].iter().enumerate() {
            if until <= self.spent {
                picked |= 1 << lane;
            } else {
                least = least.min(until);
            }
        }
        self.blocks[block] = least;
        picked
    }

    /// What may be spent until rows with these distances to their nearest and second nearest
    /// centre can change, rounded down.
    #[inline(always)]
    pub(super) fn of(&self, near: &Lane32, next: &Lane32) -> Lane32 {
        let mut until = [f32::INFINITY; LANES];
        for lane in 0..LANES {
            let gap = next[lane] - near[lane] - self.margin * (next[lane] + near[lane]);
            let rounding = (self.spent + gap.abs()) * 2.0 * f32::EPSILON;
            // What is no number waits for nothing.
            let left = (self.spent + (gap - UNDERFLOW) - rounding).max(f32::MIN);
            // Without a second nearest there is one centre only.
            until[lane] = if next[lane] == f32::INFINITY { f32::INFINITY } else { left };
        }
        until
    }

    /// Takes down what the n rows of a block may wait for; lanes beyond wait forever.
    #[inline(always)]
    pub(super) fn set(&mut self, block: usize, near: &Lane32, next: &Lane32, n: usize) {
        let mut until = self.of(near, next);
        for until in &mut until[n..] {
            *until = f32::INFINITY;
        }
        let mut least = f32::INFINITY;
        for &until in &until {
            least = if until < least { until } else { least };
        }
        (self.rows[block], self.blocks[block]) = (until, least);
    }

    /// The same for one row.
    #[inline(always)]
    pub(super) fn set_row(&mut self, row: usize, until: f32) {
        let (block, lane) = (row / LANES, row % LANES);
        self.rows[block][lane] = until;
        self.blocks[block] = self.blocks[block].min(until);
    }
}
