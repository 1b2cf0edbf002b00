//! The rows of one worker: their bins, which leaf they are in, and sums per leaf and bin.
//!
//! All sums are of whole numbers, so that they are exact and the same however the rows
//! are shared out. Gradient and curvature of a row stand in one 64-bit number, the
//! gradient in the upper half: one addition adds both.

use super::gradient::{self, Scale};
use super::split::Layout;
use super::trees::Split;

/// The most bins that all columns can have together, so that a code fits 16 bits.
pub(super) const MOST_CODES: usize = 1 << 16;

/// Adds up to 2^31 in size fit a half, see [`super::gradient`].
pub(super) fn unpack(sum: i64) -> (i64, i64) {
    let low = sum & 0xFFFF_FFFF;
    ((sum - low) >> 32, low)
}

/// Rows of one worker.
pub(super) struct Shard {
    /// The first row.
    start: usize,
    /// The codes of its rows, row-major: offset of the column plus bin.
    codes: Vec<u16>,
    /// Gradient and curvature per row, packed.
    packed: Vec<i64>,
    /// Gradient and the weight that questions are scored by.
    weighed: Vec<i64>,
    /// Log-odds so far per row.
    log_odds: Vec<f64>,
    /// Rows that were drawn for this tree, leaf after leaf.
    order: Vec<u32>,
    spare: Vec<u32>,
    /// Where each leaf's rows end in `order`.
    ends: Vec<usize>,
    /// Sums of each leaf and code, leaf-major.
    pub(super) sums: Vec<i64>,
    /// The same before the last split.
    before: Vec<i64>,
    /// The leaf of each row of the whole tree, and per leaf the sums and the rows.
    leaf: Vec<u8>,
    pub(super) leaf_sums: Vec<(i64, u32)>,
    /// One leaf's sums while they are made.
    window: Vec<i64>,
    n_codes: usize,
    d: usize,
}

impl Shard {
    pub(super) fn new(start: usize, codes: Vec<u16>, d: usize, n_codes: usize, base: f64) -> Self {
        let n = codes.len() / d.max(1);
        Self {
            start,
            codes,
            packed: vec![0; n],
            weighed: vec![0; n],
            log_odds: vec![base; n],
            order: Vec::with_capacity(n),
            spare: vec![0; n],
            ends: Vec::new(),
            sums: Vec::new(),
            before: Vec::new(),
            leaf: vec![0; n],
            leaf_sums: Vec::new(),
            window: vec![0; MOST_CODES],
            n_codes,
            d,
        }
    }

    /// Starts a tree: new gradients, and the drawn rows in one leaf.
    pub(super) fn begin(&mut self, outcomes: &[bool], scale: Scale, salt: u64, share: f64) {
        let outcomes = &outcomes[self.start..self.start + self.packed.len()];
        let drawn = (share * 65_536.0) as u64;
        self.order.clear();
        for (row, (&x, &y)) in self.log_odds.iter().zip(outcomes).enumerate() {
            let lots = gradient::lots(self.start + row, salt);
            self.packed[row] = scale.pack(x, y, lots);
            if lots >> 48 < drawn {
                self.order.push(row as u32);
            }
        }
        for (weighed, &packed) in self.weighed.iter_mut().zip(&self.packed) {
            *weighed = scale.weigh(packed);
        }
        self.ends.clear();
        self.ends.push(self.order.len());
        self.sums.clear();
        self.sums.resize(self.n_codes, 0);
        let (rows, sums) = (&self.order[..], &mut self.sums[..]);
        add_up(&mut self.window, &self.codes, &self.weighed, self.d, rows, sums);
    }

    /// Sums and rows of the leaves of a finished tree, over all rows.
    pub(super) fn leaf_sums(&mut self, splits: &[Split], layout: &Layout, n_leaves: usize) {
        self.leaf_sums.clear();
        self.leaf_sums.resize(n_leaves, (0, 0));
        let questions: Vec<(Split, u16)> =
            splits.iter().map(|&split| (split, layout.first(split.column as usize))).collect();
        for (row, codes) in self.codes.chunks_exact(self.d).enumerate() {
            let leaf = questions.iter().fold(0, |leaf, (split, first)| {
                leaf << 1 | u8::from(split.is_right(codes[split.column as usize] - first))
            });
            self.leaf[row] = leaf;
            let sums = &mut self.leaf_sums[usize::from(leaf)];
            *sums = (sums.0 + self.packed[row], sums.1 + 1);
        }
    }

    /// Adds the finished tree to the log-odds.
    pub(super) fn add(&mut self, leaves: &[f64]) {
        for (x, &leaf) in self.log_odds.iter_mut().zip(&self.leaf) {
            *x += leaves[usize::from(leaf)];
        }
    }

    /// Splits every leaf: rows whose answer is yes go to the second of its two children.
    /// `first` is the code of the column's bin 0.
    pub(super) fn split(&mut self, split: Split, first: u16, needs_sums: bool) {
        let column = split.column as usize;
        let mut ends = Vec::with_capacity(self.ends.len() * 2);
        let mut start = 0;
        for &end in &self.ends {
            let (mut left, mut right) = (start, 0);
            for at in start..end {
                let row = self.order[at];
                let code = self.codes[row as usize * self.d + column];
                let goes_right = usize::from(split.is_right(code - first));
                // Both places are written and one counted: no branch to guess wrong.
                self.spare[right] = row;
                self.order[left] = row;
                right += goes_right;
                left += 1 - goes_right;
            }
            self.order[left..end].copy_from_slice(&self.spare[..right]);
            ends.push(left);
            ends.push(end);
            start = end;
        }
        self.ends = ends;
        if needs_sums {
            self.sums_of_children();
        }
    }

    /// The sums of all leaves: the smaller child is added up, the larger is the rest.
    fn sums_of_children(&mut self) {
        let n = self.n_codes;
        std::mem::swap(&mut self.sums, &mut self.before);
        self.sums.resize(self.ends.len() * n, 0);
        let mut start = 0;
        for (pair, ends) in self.ends.chunks_exact(2).enumerate() {
            let (left, right) = (start..ends[0], ends[0]..ends[1]);
            start = ends[1];
            let is_left_small = left.len() <= right.len();
            let parent = &self.before[pair * n..][..n];
            let (first, second) = self.sums[2 * pair * n..][..2 * n].split_at_mut(n);
            let (small, large, rows) =
                if is_left_small { (first, second, left) } else { (second, first, right) };
            let rows = &self.order[rows];
            add_up(&mut self.window, &self.codes, &self.weighed, self.d, rows, small);
            for ((large, &parent), &small) in large.iter_mut().zip(parent).zip(small.iter()) {
                *large = parent - small;
            }
        }
    }
}

/// The sums of the rows per code. A window of all 16-bit codes needs no bounds check.
fn add_up(
    window: &mut [i64],
    codes: &[u16],
    packed: &[i64],
    d: usize,
    rows: &[u32],
    sums: &mut [i64],
) {
    // As long as that by construction.
    let Some(window) = window.first_chunk_mut::<MOST_CODES>() else { return };
    let used = sums.len();
    window[..used].fill(0);
    for &row in rows {
        let packed = packed[row as usize];
        for &code in &codes[row as usize * d..][..d] {
            window[usize::from(code)] += packed;
        }
    }
    sums.copy_from_slice(&window[..used]);
}
