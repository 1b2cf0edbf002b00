//! Nearest centres, changed labels and exact sums, in one pass over the rows.

use rayon::prelude::*;

use super::LANES;
use super::packed::{Packed, Part};
use super::path::{Work, on};
use super::sums::{Grid, Sums};
use super::tile::{Centres, HIGH, HIGHER, MANY_CENTRES, Tile, nearest};
use super::vector::{Lane32, Rows8, Vector};

/// From this many changed labels a block is turned into rows before it is summed up.
const MANY: usize = 4;
/// One bit for each lane.
const ALL: u32 = (1 << LANES) - 1;
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
label!(u32);

/// What one pass over all rows finds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pass {
    /// What the new labels change in the sums and sizes of the segments.
    pub(crate) change: Sums,
    /// The weighted sum of the squared distances, added in f64 lane by lane within a chunk
    /// and over chunks in their order.
    pub(crate) inertia: f64,
}

/// Gives every row the label of its nearest centre (ties: the lowest), and says what that
/// changes in the sums of the segments. The `first` time there are no labels yet.
pub(crate) fn assign<L: Label>(
    packed: &Packed,
    centres: &Centres,
    labels: &mut [L],
    first: bool,
) -> Pass {
    let (grid, weights) = (packed.grid(), packed.weights());
    let mut parts = packed.parts(labels);
    let change = sum_up(&mut parts, centres.k(), grid, |part, sums| {
        let weights = weights.map(|weights| &weights[part.first..]);
        on(packed.path, Assign::new(part, centres, weights, grid, first, sums));
    });
    Pass { change, inertia: parts.iter().map(|part| part.sum).sum() }
}

/// What all parts together change in the sums of k segments.
pub(super) fn sum_up<T: Send>(
    parts: &mut [T],
    k: usize,
    grid: &Grid,
    step: impl Fn(&mut T, &mut Sums) + Sync,
) -> Sums {
    let empty = || Sums::empty(k, grid);
    let step = |mut sums: Sums, part: &mut T| {
        step(part, &mut sums);
        sums
    };
    let settled = |mut sums: Sums| {
        sums.settle(grid);
        sums
    };
    if parts.len() <= FEW {
        return settled(parts.iter_mut().fold(empty(), step));
    }
    parts.par_iter_mut().fold(empty, step).map(settled).reduce(empty, |mut a, b| {
        a.add(&b);
        a
    })
}

/// One part of the rows, and where the changes of its labels go.
pub(super) struct Assign<'a, 'p, L> {
    pub(super) part: &'a mut Part<'p, L>,
    pub(super) centres: &'a Centres,
    weights: Option<&'a [f64]>,
    grid: &'a Grid,
    first: bool,
    sums: &'a mut Sums,
    inertia: [f64; LANES],
}

impl<'a, 'p, L: Label> Assign<'a, 'p, L> {
    pub(super) fn new(
        part: &'a mut Part<'p, L>,
        centres: &'a Centres,
        weights: Option<&'a [f64]>,
        grid: &'a Grid,
        first: bool,
        sums: &'a mut Sums,
    ) -> Self {
        Self { part, centres, weights, grid, first, sums, inertia: [0.0; LANES] }
    }
}

impl<L: Label> Work for Assign<'_, '_, L> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vector>(mut self, v: V) {
        if V::WIDE && self.centres.k() >= MANY_CENTRES {
            self.every_block::<V, HIGHER>(v);
        } else if V::WIDE {
            self.every_block::<V, HIGH>(v);
        } else {
            self.every_block::<V, 1>(v);
        }
        self.part.sum = self.inertia.iter().sum();
    }
}

impl<L: Label> Assign<'_, '_, L> {
    /// Goes through the blocks of the part, P at once.
    #[inline(always)]
    fn every_block<V: Vector, const P: usize>(&mut self, v: V) {
        let n_blocks = self.part.n_blocks();
        let (mut best, mut index) = ([[0.0; LANES]; P], [[0; LANES]; P]);
        let mut block = 0;
        while block < n_blocks {
            let tile =
                Tile { lanes: self.part.lanes, at: block * self.centres.d(), d: self.centres.d() };
            let done = if block + P <= n_blocks {
                let found = nearest::<V, P, false>(v, tile, self.centres);
                for p in 0..P {
                    v.store(found.best[p], &mut best[p]);
                    v.store_index(found.index[p], &mut index[p]);
                }
                P
            } else {
                let found = nearest::<V, 1, false>(v, tile, self.centres);
                v.store(found.best[0], &mut best[0]);
                v.store_index(found.index[0], &mut index[0]);
                1
            };
            // Not unrolled, because the compiler does not know how often it runs: what is
            // done with a block is long, and is to stand in the program once.
            for p in 0..done {
                self.block(v, block + p, &best[p], &index[p]);
            }
            block += done;
        }
    }

    /// Labels a block whose nearest centres are known.
    #[inline(always)]
    pub(super) fn block<V: Vector>(
        &mut self,
        v: V,
        block: usize,
        best: &Lane32,
        index: &[u32; LANES],
    ) {
        let (first, d) = (self.first, self.centres.d());
        let from = block * LANES;
        let rows = (self.part.rows.len() - from).min(LANES);
        if rows == LANES && self.weights.is_none() {
            let (best, mut sums) = (*best, self.inertia);
            for lane in 0..LANES {
                sums[lane] += f64::from(best[lane]);
            }
            self.inertia = sums;
        } else {
            for lane in 0..rows {
                let weight = self.weights.map_or(1.0, |weights| weights[from + lane]);
                self.inertia[lane] += f64::from(best[lane]) * weight;
            }
        }
        let labels = &mut self.part.rows[from..from + rows];
        let mut new = [L::default(); LANES];
        for (new, &index) in new.iter_mut().zip(index) {
            *new = L::from_index(index);
        }
        if rows == LANES && !first {
            // The common case by far: nothing has changed.
            let mut different = false;
            for (new, old) in new.iter().zip(labels.iter()) {
                different |= new != old;
            }
            if !different {
                return;
            }
        }
        let mut moved = Moved { old: [0; LANES], new: *index, lanes: 0, first };
        for (lane, old) in labels.iter_mut().enumerate() {
            moved.old[lane] = old.index() as u32;
            moved.lanes |= u32::from(first || *old != new[lane]) << lane;
            *old = new[lane];
        }
        if moved.lanes != 0 {
            let block = &self.part.lanes[block * d..(block + 1) * d];
            match self.weights {
                Some(weights) => moved.add_weighted(block, &weights[from..], self.grid, self.sums),
                None => moved.add(v, block, self.grid, self.sums),
            }
        }
    }
}

impl<L: Label> Assign<'_, '_, L> {
    /// Labels rows from different blocks, whose values are in `lanes`.
    #[inline(always)]
    pub(super) fn strays<V: Vector>(
        &mut self,
        v: V,
        rows: &[u32],
        lanes: &[Lane32],
        index: &[u32; LANES],
    ) {
        let mut moved = Moved { old: [0; LANES], new: *index, lanes: 0, first: false };
        for (lane, &row) in rows.iter().enumerate() {
            let (old, new) = (&mut self.part.rows[row as usize], L::from_index(index[lane]));
            moved.old[lane] = old.index() as u32;
            moved.lanes |= u32::from(*old != new) << lane;
            *old = new;
        }
        if moved.lanes == 0 {
            return;
        }
        let Some(weights) = self.weights else {
            return moved.add(v, lanes, self.grid, self.sums);
        };
        let mut own = [0.0; LANES];
        for (own, &row) in own.iter_mut().zip(rows) {
            *own = weights[row as usize];
        }
        moved.add_weighted(lanes, &own, self.grid, self.sums);
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
    fn add<V: Vector>(&self, v: V, block: &[Lane32], grid: &Grid, sums: &mut Sums) {
        sums.reserve(grid);
        if self.first && self.lanes == ALL {
            for &new in &self.new {
                sums.count(1, None, new as usize);
            }
        } else {
            self.each_lane(|_, old, new| sums.count(1, old, new));
        }
        let few = (self.lanes.count_ones() as usize) < MANY;
        let mut rows = [[0.0f32; 8]; LANES];
        let (eights, rest) = block.as_chunks::<8>();
        for (group, eight) in eights.iter().enumerate() {
            if few {
                self.pick(eight, &mut rows);
            } else {
                v.transpose(eight, &mut rows);
            }
            self.add_rows(group, &rows, grid, sums);
        }
        if !rest.is_empty() {
            let mut eight = [[0.0f32; LANES]; 8];
            eight[..rest.len()].copy_from_slice(rest);
            if few {
                self.pick(&eight, &mut rows);
            } else {
                v.transpose(&eight, &mut rows);
            }
            self.add_rows(eights.len(), &rows, grid, sums);
        }
    }

    /// The rows of the lanes that moved, and no others.
    #[inline(always)]
    fn pick(&self, eight: &[Lane32; 8], rows: &mut Rows8) {
        self.each_lane(|lane, _, _| rows[lane] = eight.map(|values| values[lane]));
    }

    #[inline(always)]
    fn add_rows(&self, group: usize, rows: &Rows8, grid: &Grid, sums: &mut Sums) {
        if self.first && self.lanes == ALL {
            for (row, &new) in rows.iter().zip(&self.new) {
                sums.shift8(grid, group, *row, None, new as usize);
            }
        } else {
            self.each_lane(|lane, old, new| sums.shift8(grid, group, rows[lane], old, new));
        }
    }

    /// Each lane that moved, with its old and its new segment.
    #[inline(always)]
    fn each_lane(&self, mut each: impl FnMut(usize, Option<usize>, usize)) {
        let mut left = self.lanes;
        while left != 0 {
            let lane = left.trailing_zeros() as usize % LANES;
            let old = (!self.first).then_some(self.old[lane] as usize);
            each(lane, old, self.new[lane] as usize);
            left &= left - 1;
        }
    }

    #[inline(never)]
    fn add_weighted(&self, block: &[Lane32], weights: &[f64], grid: &Grid, sums: &mut Sums) {
        self.each_lane(|lane, old, new| {
            sums.count(grid.weight(weights[lane]), old, new);
            for (t, values) in block.iter().enumerate() {
                sums.shift_weighted(grid, (t, values[lane]), weights[lane], old, new);
            }
        });
    }
}
