//! Nearest centres, changed labels and exact sums, in one pass over the rows.

use rayon::prelude::*;

use super::LANES;
use super::packed::{Packed, Part};
use super::path::{Work, on};
use super::sums::{Grid, Sums};
use super::tile::{Centres, HIGH, Tile, nearest};
use super::vector::{Lane32, Vector};

/// From this many changed labels a block is turned into rows before it is summed up.
const MANY: usize = 4;
/// Parts up to which threads cost more than they bring.
const FEW: usize = 2;

/// A label as narrow as the number of segments allows.
pub(crate) trait Label: Copy + Default + PartialEq + Send + Sync {
    fn from_index(index: u32) -> Self;
    fn index(self) -> usize;
}

macro_rules! label {
    ($type:ty) => {
        impl Label for $type {
            #[inline(always)]
            fn from_index(index: u32) -> Self {
                index as Self
            }

            #[inline(always)]
            fn index(self) -> usize {
                self as usize
            }
        }
    };
}
label!(u8);
label!(u16);
label!(u32);

/// Gives every row the label of its nearest centre (ties: the lowest), and says what that
/// changes in the sums of the segments. The `first` time there are no labels yet.
pub(crate) fn assign<L: Label>(
    packed: &Packed,
    centres: &Centres,
    labels: &mut [L],
    first: bool,
) -> Sums {
    let (grid, weights) = (packed.grid(), packed.weights());
    let empty = || Sums::empty(centres.k(), grid);
    let mut parts = packed.parts(labels);
    let step = |mut sums: Sums, part: &mut Part<L>| {
        let (weights, grid) = (weights.map(|weights| &weights[part.first..]), grid);
        on(packed.path, Assign { part, centres, weights, grid, first, sums: &mut sums });
        sums
    };
    if parts.len() <= FEW {
        let mut sums = parts.iter_mut().fold(empty(), step);
        sums.settle(grid);
        return sums;
    }
    parts
        .par_iter_mut()
        .fold(empty, step)
        .map(|mut sums| {
            sums.settle(grid);
            sums
        })
        .reduce(empty, |mut a, b| {
            a.add(&b);
            a
        })
}

/// Gives every row the label of its nearest centre and returns the weighted sum of the
/// squared distances, added within blocks of lanes and over chunks in their order.
pub(crate) fn finish<L: Label>(packed: &Packed, centres: &Centres, labels: &mut [L]) -> f64 {
    let weights = packed.weights();
    let mut parts = packed.parts(labels);
    let one = |part: &mut Part<L>| {
        let weights = weights.map(|weights| &weights[part.first..]);
        on(packed.path, Finish { part, centres, weights })
    };
    let chunks: Vec<f64> = if parts.len() <= FEW {
        parts.iter_mut().map(one).collect()
    } else {
        parts.par_iter_mut().map(one).collect()
    };
    chunks.iter().sum()
}

/// Calls `each` with the number of every block of a part, its distances and its indices.
#[inline(always)]
fn every_block<V: Vector>(
    v: V,
    lanes: &[Lane32],
    centres: &Centres,
    mut each: impl FnMut(usize, &Lane32, &[u32; LANES]),
) {
    let d = centres.d();
    let n_blocks = lanes.len() / d;
    let (mut best, mut index) = ([0.0; LANES], [0; LANES]);
    let mut block = 0;
    while V::WIDE && block + HIGH <= n_blocks {
        let found = nearest::<V, HIGH>(v, Tile { lanes, at: block * d, d }, centres);
        for p in 0..HIGH {
            v.store(found.0[p], &mut best);
            v.store_index(found.1[p], &mut index);
            each(block + p, &best, &index);
        }
        block += HIGH;
    }
    while block < n_blocks {
        let found = nearest::<V, 1>(v, Tile { lanes, at: block * d, d }, centres);
        v.store(found.0[0], &mut best);
        v.store_index(found.1[0], &mut index);
        each(block, &best, &index);
        block += 1;
    }
}

struct Assign<'a, 'p, L> {
    part: &'a mut Part<'p, L>,
    centres: &'a Centres,
    weights: Option<&'a [f64]>,
    grid: &'a Grid,
    first: bool,
    sums: &'a mut Sums,
}

impl<L: Label> Work for Assign<'_, '_, L> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vector>(self, v: V) {
        let Self { part, centres, weights, grid, first, sums } = self;
        let (d, lanes) = (centres.d(), part.lanes);
        let labels = &mut *part.rows;
        every_block(v, lanes, centres, |block, _, index| {
            let from = block * LANES;
            let rows = (labels.len() - from).min(LANES);
            let old = &mut labels[from..from + rows];
            let mut moved = Moved { old: [0; LANES], new: *index, lanes: 0, first };
            if rows == LANES && !first {
                // The common case by far: nothing has changed.
                let mut same = true;
                for (old, &new) in old.iter().zip(index) {
                    same &= *old == L::from_index(new);
                }
                if same {
                    return;
                }
            }
            for (lane, old) in old.iter_mut().enumerate() {
                let new = L::from_index(index[lane]);
                moved.old[lane] = old.index() as u32;
                moved.lanes |= u32::from(first || *old != new) << lane;
                *old = new;
            }
            if moved.lanes != 0 {
                let block = &lanes[block * d..(block + 1) * d];
                match weights {
                    Some(weights) => moved.add_weighted(block, &weights[from..], grid, sums),
                    None => moved.add(v, block, grid, sums),
                }
            }
        });
    }
}

/// The lanes of one block whose label changed.
struct Moved {
    old: [u32; LANES],
    new: [u32; LANES],
    /// One bit each.
    lanes: u32,
    first: bool,
}

impl Moved {
    #[inline(always)]
    fn segments(&self, lane: usize) -> (Option<usize>, usize) {
        ((!self.first).then_some(self.old[lane] as usize), self.new[lane] as usize)
    }

    #[inline(always)]
    fn add<V: Vector>(&self, v: V, block: &[Lane32], grid: &Grid, sums: &mut Sums) {
        sums.reserve(grid);
        let mut left = self.lanes;
        while left != 0 {
            let (old, new) = self.segments(left.trailing_zeros() as usize);
            sums.count(1, old, new);
            left &= left - 1;
        }
        if (self.lanes.count_ones() as usize) < MANY {
            let mut left = self.lanes;
            while left != 0 {
                let lane = left.trailing_zeros() as usize;
                let (old, new) = self.segments(lane);
                for (t, values) in block.iter().enumerate() {
                    sums.shift1(grid, t, values[lane], old, new);
                }
                left &= left - 1;
            }
            return;
        }
        let mut rows = [[0.0f32; 8]; LANES];
        let (eights, rest) = block.as_chunks::<8>();
        for (group, eight) in eights.iter().enumerate() {
            v.transpose(eight, &mut rows);
            self.add_rows(group, &rows, grid, sums);
        }
        if !rest.is_empty() {
            let mut eight = [[0.0f32; LANES]; 8];
            eight[..rest.len()].copy_from_slice(rest);
            v.transpose(&eight, &mut rows);
            self.add_rows(eights.len(), &rows, grid, sums);
        }
    }

    #[inline(always)]
    fn add_rows(&self, group: usize, rows: &[[f32; 8]; LANES], grid: &Grid, sums: &mut Sums) {
        let mut left = self.lanes;
        while left != 0 {
            let lane = left.trailing_zeros() as usize;
            let (old, new) = self.segments(lane);
            sums.shift8(grid, group, rows[lane], old, new);
            left &= left - 1;
        }
    }

    #[inline(never)]
    fn add_weighted(&self, block: &[Lane32], weights: &[f64], grid: &Grid, sums: &mut Sums) {
        let mut left = self.lanes;
        while left != 0 {
            let lane = left.trailing_zeros() as usize;
            let (old, new) = self.segments(lane);
            sums.count(grid.weight(weights[lane]), old, new);
            for (t, values) in block.iter().enumerate() {
                sums.shift_weighted(grid, (t, values[lane]), weights[lane], old, new);
            }
            left &= left - 1;
        }
    }
}

struct Finish<'a, 'p, L> {
    part: &'a mut Part<'p, L>,
    centres: &'a Centres,
    weights: Option<&'a [f64]>,
}

impl<L: Label> Work for Finish<'_, '_, L> {
    type Out = f64;

    #[inline(always)]
    fn run<V: Vector>(self, v: V) -> f64 {
        let Self { part, centres, weights } = self;
        let labels = &mut *part.rows;
        let mut sums = [0.0f64; LANES];
        every_block(v, part.lanes, centres, |block, best, index| {
            let from = block * LANES;
            let rows = (labels.len() - from).min(LANES);
            for (label, &index) in labels[from..from + rows].iter_mut().zip(index) {
                *label = L::from_index(index);
            }
            match weights {
                Some(weights) => {
                    for lane in 0..rows {
                        sums[lane] += f64::from(best[lane]) * weights[from + lane];
                    }
                }
                None if rows == LANES => {
                    for (sum, &best) in sums.iter_mut().zip(best) {
                        *sum += f64::from(best);
                    }
                }
                None => {
                    for lane in 0..rows {
                        sums[lane] += f64::from(best[lane]);
                    }
                }
            }
        });
        sums.iter().sum()
    }
}
