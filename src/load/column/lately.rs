//! Cells that were seen lately, found again by their bytes.

use super::super::kept::Packed;
use super::{Looked, NONE};

/// How many cells are remembered, at first and at most; powers of two.
const ROOM: (usize, usize) = (32, 4096);

/// What tells a cell from others: of one of up to 16 bytes nothing else does, and of a
/// longer one the bytes in between have to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// The first bytes, up to eight.
    pub first: u64,
    /// The last eight, of a cell of eight bytes or more.
    pub last: u64,
    /// The length and whether quotes are doubled; nothing that is remembered has none.
    pub size: u32,
}

impl Key {
    /// Its place among `n`, a power of two: the upper bits of a product.
    #[inline]
    fn place(self, n: usize) -> usize {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let key = self.first ^ self.last.rotate_left(29) ^ u64::from(self.size);
        (key.wrapping_mul(STEP) >> 52) as usize & (n - 1)
    }
}

/// A cell that is remembered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    key: Key,
    /// Where it begins, behind the beginning of the part.
    start: u32,
    /// Rows since it was looked at, which are not yet counted elsewhere.
    pub n_rows: u32,
    pub looked: Looked,
}

const NOTHING: Again = Again {
    key: Key { first: 0, last: 0, size: 0 },
    start: 0,
    n_rows: 0,
    looked: Looked {
        shape: NONE,
        text: NONE,
        length: 0,
        packed: Packed::OTHER,
        is_number: false,
        is_trimmed: false,
    },
};

/// Some cells of a column.
#[derive(Debug)]
pub(super) struct Lately {
    cells: Vec<Again>,
    n_forgotten: usize,
}

impl Lately {
    pub(super) fn new() -> Self {
        Self { cells: vec![NOTHING; ROOM.0], n_forgotten: 0 }
    }

    /// How many cells can be remembered.
    pub(super) fn room(&self) -> usize {
        self.cells.len()
    }

    /// Counts one more row of a cell that is remembered; `is_same` is asked whether the
    /// bytes in between are those that begin at the given place of the part.
    #[inline]
    pub(super) fn again(&mut self, key: Key, is_same: impl Fn(u32) -> bool) -> Option<Packed> {
        let at = key.place(self.cells.len());
        let again = &mut self.cells[at];
        if key.size == 0 || again.key != key || !is_same(again.start) {
            return None;
        }
        again.n_rows += 1;
        Some(again.looked.packed)
    }

    /// Remembers a cell that begins at `start`, and forgets another for it.
    pub(super) fn remember(&mut self, key: Key, start: u32, looked: Looked) -> Again {
        self.n_forgotten += usize::from(!looked.is_number);
        let at = key.place(self.cells.len());
        std::mem::replace(&mut self.cells[at], Again { key, start, n_rows: 0, looked })
    }

    /// How many cells should be remembered from now on, where it should be more.
    pub(super) fn grown(&mut self) -> Option<usize> {
        let n = self.cells.len();
        if self.n_forgotten <= n || n >= ROOM.1 {
            return None;
        }
        self.n_forgotten = 0;
        Some(4 * n)
    }

    /// Forgets all cells, and remembers up to `room` others.
    pub(super) fn forget(&mut self, room: usize) -> Vec<Again> {
        std::mem::replace(&mut self.cells, vec![NOTHING; room])
    }
}
