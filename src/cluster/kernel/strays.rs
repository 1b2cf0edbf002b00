//! Rows that were picked out of their blocks to be looked at together.

use super::LANES;
use super::vector::Lane32;

/// Up to P blocks of rows from anywhere in a part.
pub(super) struct Strays<const P: usize> {
    d: usize,
    lanes: Vec<Lane32>,
    /// Where they come from: the row within the part.
    rows: [[u32; LANES]; P],
    n: usize,
}

impl<const P: usize> Strays<P> {
    /// None yet, of rows with d dimensions; of 0 where none will come.
    pub(super) fn of(d: usize) -> Self {
        Self { d, lanes: vec![[0.0; LANES]; P * d], rows: [[0; LANES]; P], n: 0 }
    }

    /// Takes rows of a block, one bit each, until none waits or there is no place left.
    #[inline(always)]
    pub(super) fn fill(&mut self, lanes: &[Lane32], (block, rows): &mut (usize, u32)) {
        while *rows != 0 && !self.is_full() {
            let lane = rows.trailing_zeros() as usize % LANES;
            *rows &= *rows - 1;
            let (p, own) = (self.n / LANES, self.n % LANES);
            let from = &lanes[*block * self.d..(*block + 1) * self.d];
            for (to, from) in self.lanes[p * self.d..(p + 1) * self.d].iter_mut().zip(from) {
                to[own] = from[lane];
            }
            self.rows[p][own] = (*block * LANES + lane) as u32;
            self.n += 1;
        }
    }

    #[inline(always)]
    pub(super) fn is_full(&self) -> bool {
        self.n == P * LANES
    }

    #[inline(always)]
    pub(super) fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// The values, block by block; lanes that no row has taken hold older ones.
    #[inline(always)]
    pub(super) fn lanes(&self) -> &[Lane32] {
        &self.lanes
    }

    /// The rows of one of the blocks.
    #[inline(always)]
    pub(super) fn rows(&self, p: usize) -> &[u32] {
        &self.rows[p][..self.n.saturating_sub(p * LANES).min(LANES)]
    }

    #[inline(always)]
    pub(super) fn clear(&mut self) {
        self.n = 0;
    }
}
