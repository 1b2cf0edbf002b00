//! The labels of [`assign`](super::assign::assign), bit for bit, for less arithmetic and
//! without reading rows whose labels cannot have changed; no inertia comes out of it.
//!
//! **Bounds.** A row keeps its centre while its second nearest lies farther than its
//! nearest, and the difference of the two distances shrinks by at most what the two centres
//! move (Hamerly, Making k-means even faster, 2010). Here one number is kept per block of
//! 16 rows, the least of these differences, and the movements are added up once for all
//! blocks: a block is passed over without its rows being read.
//!
//! **Products.** With many centres the squared distances are compared by
//! `|c|^2 / 2 - x c`, half of the arithmetic. Where two centres are nearer to each other
//! than rounding can tell, the block is done again by `sum (x - c)^2`.
//!
//! A computed square has a relative error of at most `(d + 3) 2^-24`, a computed product
//! one of `(d + 2) 2^-24` of `|c|^2 / 2 + |x| |c|`. Differences are made smaller, and
//! movements larger, by several times of what these and their own rounding amount to.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::LANES;
use super::assign::{Assign, Label, sum_up};
use super::packed::{Packed, Part};
use super::path::{Work, on};
use super::sums::Sums;
use super::tile::{
    Centres, HIGH, HIGHER, Nearest, Products, Tile, lengths, nearest, nearest_by_products,
};
use super::vector::{Lane32, Vector};

/// Squares of smaller distances than this may have lost all of their digits.
const UNDERFLOW: f32 = 1e-20;

/// How far the centres may move before a label of a block can change.
#[derive(Debug)]
pub(crate) struct Bounds {
    /// One per block: what `spent` may reach.
    until: Vec<f32>,
    /// The movements so far, each that of the two centres that moved the most.
    spent: f64,
    /// The share of a distance, or of a movement, that rounding may make up.
    margin: f64,
    /// Blocks that the last pass had to look at.
    pub(crate) looked: usize,
}

impl Bounds {
    /// Nothing is known: the next pass looks at every block.
    pub(crate) fn new(packed: &Packed) -> Self {
        let blocks = packed.n().div_ceil(LANES);
        let margin = (packed.d() + 16) as f64 * libm::exp2(-22.0);
        Self { until: vec![f32::NEG_INFINITY; blocks], spent: 0.0, margin, looked: blocks }
    }

    /// Whether no pass has been made yet.
    pub(crate) fn is_new(&self) -> bool {
        self.until.first().is_none_or(|&until| until == f32::NEG_INFINITY)
    }

    /// How many blocks there are.
    pub(crate) fn n_blocks(&self) -> usize {
        self.until.len()
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
}

/// Centres from which on products are less work, the lengths of the rows included.
const ENOUGH: usize = 8;

/// Whether [`relabel`] without bounds is worth while: with fewer centres memory is what a
/// pass waits for, not arithmetic.
pub(crate) fn pays(k: usize) -> bool {
    k >= ENOUGH
}

/// Labels every row with its nearest centre, and says what that changes in the sums of the
/// segments. With bounds the labels are those of the last pass with the same bounds, and
/// [`Bounds::moved`] knows what has become of the centres since.
pub(crate) fn relabel<L: Label>(
    packed: &Packed,
    centres: &Centres,
    labels: &mut [L],
    first: bool,
    bounds: Option<&mut Bounds>,
) -> Sums {
    let (grid, weights) = (packed.grid(), packed.weights());
    let products = pays(centres.k()).then(|| Products::new(centres));
    let keeps = bounds.is_some();
    let mut none = Bounds { until: Vec::new(), spent: 0.0, margin: 0.0, looked: 0 };
    let bounds = bounds.unwrap_or(&mut none);
    // Rounded up, so that the comparison stays on the safe side.
    let spent = (bounds.spent as f32).next_up();
    let limits = Limits {
        spent,
        margin: bounds.margin as f32,
        rounding: (packed.d() + 4) as f32 * 2.0f32.powi(-22),
        keeps,
    };
    let mut rest = bounds.until.as_mut_slice();
    let mut parts: Vec<(Part<L>, &mut [f32])> = packed
        .parts(labels)
        .into_iter()
        .map(|part| {
            let own = if keeps { part.n_blocks() } else { 0 };
            let (own, others) = std::mem::take(&mut rest).split_at_mut(own);
            rest = others;
            (part, own)
        })
        .collect();
    let looked = AtomicUsize::new(0);
    let change = sum_up(&mut parts, centres.k(), grid, |(part, until), sums| {
        let weights = weights.map(|weights| &weights[part.first..]);
        let assign = Assign::new(part, centres, weights, grid, first, sums);
        let more = on(packed.path, Relabel { assign, products: products.as_ref(), until, limits });
        looked.fetch_add(more, Ordering::Relaxed);
    });
    bounds.looked = looked.into_inner();
    change
}

#[derive(Clone, Copy)]
struct Limits {
    spent: f32,
    margin: f32,
    /// What a product may be wrong by, as a share of `|x|^2 + |c|^2`.
    rounding: f32,
    /// Whether bounds are kept.
    keeps: bool,
}

struct Relabel<'a, 'p, 's, L> {
    assign: Assign<'a, 'p, L>,
    products: Option<&'s Products>,
    /// Of the blocks of the part; empty where no bounds are kept.
    until: &'s mut [f32],
    limits: Limits,
}

/// What is found out about P neighbouring blocks before any of it is taken down. The blocks
/// are gone through by a loop that the compiler does not unroll: what is done with each is
/// long, and is to stand in the program once.
struct Found<const P: usize> {
    near: [Lane32; P],
    next: [Lane32; P],
    length: [Lane32; P],
    index: [[u32; LANES]; P],
}

impl<const P: usize> Found<P> {
    fn empty() -> Self {
        Self {
            near: [[0.0; LANES]; P],
            next: [[0.0; LANES]; P],
            length: [[0.0; LANES]; P],
            index: [[0; LANES]; P],
        }
    }

    /// The first Q blocks by squared distances, as distances.
    #[inline(always)]
    fn take<V: Vector, const Q: usize>(&mut self, v: V, at: usize, found: &Nearest<V, Q>) {
        for p in 0..Q {
            v.store(v.sqrt(found.best[p]), &mut self.near[at + p]);
            v.store(v.sqrt(found.second[p]), &mut self.next[at + p]);
            v.store_index(found.index[p], &mut self.index[at + p]);
        }
    }

    /// The first Q blocks by products, as they are, with the squared lengths of the rows.
    #[inline(always)]
    fn take_products<V: Vector, const Q: usize>(
        &mut self,
        v: V,
        found: &Nearest<V, Q>,
        lengths: &[V::F; Q],
    ) {
        for p in 0..Q {
            v.store(found.best[p], &mut self.near[p]);
            v.store(found.second[p], &mut self.next[p]);
            v.store(lengths[p], &mut self.length[p]);
            v.store_index(found.index[p], &mut self.index[p]);
        }
    }
}

impl<L: Label> Work for Relabel<'_, '_, '_, L> {
    type Out = usize;

    #[inline(always)]
    fn run<V: Vector>(self, v: V) -> usize {
        match self.products {
            Some(products) if V::WIDE => self.by_products::<V, HIGHER>(v, products),
            Some(products) => self.by_products::<V, 1>(v, products),
            None if V::WIDE => self.by_distances::<V, HIGH>(v),
            None => self.by_distances::<V, 1>(v),
        }
    }
}

impl<L: Label> Relabel<'_, '_, '_, L> {
    /// The next block that may have changed, from one on, and whether P neighbours are to be
    /// looked at together.
    #[inline(always)]
    fn next<const P: usize>(&self, mut block: usize) -> Option<(usize, bool)> {
        let n_blocks = self.assign.part.n_blocks();
        while block < n_blocks && self.stays(block) {
            block += 1;
        }
        let many = block + P <= n_blocks && !(1..P).any(|p| self.stays(block + p));
        (block < n_blocks).then_some((block, many))
    }

    #[inline(always)]
    fn stays(&self, block: usize) -> bool {
        self.limits.keeps && self.until[block] > self.limits.spent
    }

    #[inline(always)]
    fn tile(&self, block: usize) -> Tile<'_> {
        let d = self.assign.centres.d();
        Tile { lanes: self.assign.part.lanes, at: block * d, d }
    }

    /// Looks at the blocks that may have changed by squared distances.
    #[inline(always)]
    fn by_distances<V: Vector, const P: usize>(mut self, v: V) -> usize {
        let mut found = Found::<P>::empty();
        let (mut from, mut looked) = (0, 0);
        while let Some((block, many)) = self.next::<P>(from) {
            let (tile, centres) = (self.tile(block), self.assign.centres);
            let done = if many {
                found.take(v, 0, &nearest::<V, P, true>(v, tile, centres));
                P
            } else {
                found.take(v, 0, &nearest::<V, 1, true>(v, tile, centres));
                1
            };
            for p in 0..done {
                self.settle(v, block + p, &found.near[p], &found.next[p], &found.index[p]);
            }
            looked += done;
            from = block + done;
        }
        looked
    }

    /// The same by products, and by squared distances where these cannot tell.
    #[inline(always)]
    fn by_products<V: Vector, const P: usize>(mut self, v: V, products: &Products) -> usize {
        let mut found = Found::<P>::empty();
        let (mut from, mut looked) = (0, 0);
        while let Some((block, many)) = self.next::<P>(from) {
            let tile = self.tile(block);
            let done = if many {
                let best = nearest_by_products::<V, P>(v, tile, products);
                found.take_products(v, &best, &lengths::<V, P>(v, tile));
                P
            } else {
                let best = nearest_by_products::<V, 1>(v, tile, products);
                found.take_products(v, &best, &lengths::<V, 1>(v, tile));
                1
            };
            for p in 0..done {
                if !self.to_distances(&mut found, p, products.longest) {
                    let (tile, centres) = (self.tile(block + p), self.assign.centres);
                    found.take(v, p, &nearest::<V, 1, true>(v, tile, centres));
                }
                self.settle(v, block + p, &found.near[p], &found.next[p], &found.index[p]);
            }
            looked += done;
            from = block + done;
        }
        looked
    }

    /// Says whether the order of products is certain; where bounds are kept, makes distances,
    /// on the safe side, out of them.
    #[inline(always)]
    fn to_distances<const P: usize>(&self, found: &mut Found<P>, p: usize, longest: f32) -> bool {
        let (mut near, mut next, length) = (found.near[p], found.next[p], found.length[p]);
        let mut is_certain = true;
        let mut errors = [0.0; LANES];
        for lane in 0..LANES {
            errors[lane] = self.limits.rounding * (length[lane] + longest) + UNDERFLOW;
            is_certain &= next[lane] - near[lane] > errors[lane];
        }
        if !self.limits.keeps {
            return is_certain;
        }
        for lane in 0..LANES {
            let square = length[lane] + 2.0 * (near[lane] + errors[lane]);
            near[lane] = if square > 0.0 { square } else { 0.0 }.sqrt();
            let square = length[lane] + 2.0 * (next[lane] - errors[lane]);
            next[lane] = if square > 0.0 { square } else { 0.0 }.sqrt();
        }
        (found.near[p], found.next[p]) = (near, next);
        is_certain
    }

    /// Keeps what may be spent until one of the rows of a block can change, rounded down,
    /// and takes down its labels.
    #[inline(always)]
    fn settle<V: Vector>(
        &mut self,
        v: V,
        block: usize,
        near: &Lane32,
        next: &Lane32,
        index: &[u32; LANES],
    ) {
        let Limits { spent, margin, keeps, .. } = self.limits;
        if keeps {
            let mut least = f32::INFINITY;
            for lane in 0..LANES {
                let gap = next[lane] - near[lane] - margin * (next[lane] + near[lane]);
                least = if gap < least { gap } else { least };
            }
            self.until[block] = if next[0] == f32::INFINITY {
                // There is one centre only.
                f32::INFINITY
            } else {
                spent + (least - UNDERFLOW) - (spent + least.abs()) * 2.0 * f32::EPSILON
            };
        }
        self.assign.block(v, block, near, index);
    }
}
