//! The labels of [`assign`](super::assign::assign), bit for bit, for less arithmetic and
//! without reading rows whose labels cannot have changed; no inertia comes out of it.
//!
//! **Bounds.** A row keeps its centre while its second nearest lies farther than its
//! nearest, and the difference of the two distances shrinks by at most what the two centres
//! move (Hamerly, Making k-means even faster, 2010). These differences are kept for each row
//! and the least of them for each block of 16, and the movements are added up once for all
//! rows: a block is passed over without its rows being read. Where only a few rows of a block
//! can have changed they are picked out and looked at together with those of other blocks,
//! where there are enough centres for that to be less work.
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
use super::bounds::{Bounds, UNDERFLOW, Until};
use super::packed::{Packed, Part};
use super::path::{Work, on};
use super::strays::Strays;
use super::sums::Sums;
use super::tile::{
    Centres, HIGH, HIGHER, Nearest, Products, Tile, lengths, nearest, nearest_by_products,
};
use super::vector::{Lane32, Vector};

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
    let mut none = Bounds::none();
    let bounds = bounds.unwrap_or(&mut none);
    let (spent, margin) = bounds.limits();
    let rounding = (packed.d() + 4) as f32 * 2.0f32.powi(-22);
    let (mut rows, mut blocks) = (bounds.rows.as_mut_slice(), bounds.blocks.as_mut_slice());
    let mut parts: Vec<(Part<L>, Until)> = packed
        .parts(labels)
        .into_iter()
        .map(|part| {
            // None where no bounds are kept.
            let own = part.n_blocks().min(blocks.len());
            let (own_rows, others) = std::mem::take(&mut rows).split_at_mut(own);
            rows = others;
            let (own_blocks, others) = std::mem::take(&mut blocks).split_at_mut(own);
            blocks = others;
            (part, Until { rows: own_rows, blocks: own_blocks, spent, margin })
        })
        .collect();
    let looked = AtomicUsize::new(0);
    let change = sum_up(&mut parts, centres.k(), grid, |(part, until), sums| {
        let weights = weights.map(|weights| &weights[part.first..]);
        let assign = Assign::new(part, centres, weights, grid, first, sums);
        let relabel = Relabel { assign, products: products.as_ref(), until, rounding };
        looked.fetch_add(on(packed.path, relabel), Ordering::Relaxed);
    });
    bounds.looked = looked.into_inner();
    change
}

struct Relabel<'a, 'p, 's, 'u, L> {
    assign: Assign<'a, 'p, L>,
    products: Option<&'s Products>,
    until: &'s mut Until<'u>,
    /// What a product may be wrong by, as a share of `|x|^2 + |c|^2`.
    rounding: f32,
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

impl<L: Label> Work for Relabel<'_, '_, '_, '_, L> {
    /// How many rows were looked at.
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

impl<L: Label> Relabel<'_, '_, '_, '_, L> {
    /// The next block that may have changed, from one on, and whether P neighbours are to be
    /// looked at together.
    #[inline(always)]
    fn next<const P: usize>(&self, mut block: usize) -> Option<(usize, bool)> {
        let n_blocks = self.assign.part.n_blocks();
        while block < n_blocks && self.until.stays(block) {
            block += 1;
        }
        let many = block + P <= n_blocks && !(1..P).any(|p| self.until.stays(block + p));
        (block < n_blocks).then_some((block, many))
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
                self.settle(v, block + p, &found, p);
            }
            looked += done * LANES;
            from = block + done;
        }
        looked
    }

    /// The same by products, and by squared distances where these cannot tell.
    #[inline(always)]
    fn by_products<V: Vector, const P: usize>(mut self, v: V, products: &Products) -> usize {
        let (k, d) = (self.assign.centres.k(), self.assign.centres.d());
        let mut found = Found::<P>::empty();
        let mut strays = Strays::<P>::of(if self.until.keeps() { d } else { 0 });
        // A block with the rows of it that wait for a place among the strays, one bit each.
        let mut waiting = (0, 0);
        let (mut from, mut looked) = (0, 0);
        loop {
            strays.fill(self.assign.part.lanes, &mut waiting);
            let next = if waiting.1 == 0 { self.next::<P>(from) } else { None };
            if strays.is_full() || next.is_none() && !strays.is_empty() {
                self.look_at(v, products, &mut strays, &mut found);
                continue;
            }
            let Some((block, many)) = next else { break };
            if self.until.has_few(block, k) {
                waiting = (block, self.until.pick(block));
                looked += waiting.1.count_ones() as usize;
                from = block + 1;
                continue;
            }
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
                self.settle(v, block + p, &found, p);
            }
            looked += done * LANES;
            from = block + done;
        }
        looked
    }

    /// Looks at the rows that were picked out of their blocks, and lets them go.
    #[inline(always)]
    fn look_at<V: Vector, const P: usize>(
        &mut self,
        v: V,
        products: &Products,
        strays: &mut Strays<P>,
        found: &mut Found<P>,
    ) {
        let d = self.assign.centres.d();
        let tile = Tile { lanes: strays.lanes(), at: 0, d };
        let best = nearest_by_products::<V, P>(v, tile, products);
        found.take_products(v, &best, &lengths::<V, P>(v, tile));
        for p in 0..P {
            let rows = strays.rows(p);
            if rows.is_empty() {
                break;
            }
            if !self.to_distances(found, p, products.longest) {
                let tile = Tile { lanes: strays.lanes(), at: p * d, d };
                found.take(v, p, &nearest::<V, 1, true>(v, tile, self.assign.centres));
            }
            let until = self.until.of(&found.near[p], &found.next[p]);
            for (&row, until) in rows.iter().zip(until) {
                self.until.set_row(row as usize, until);
            }
            let lanes = &strays.lanes()[p * d..(p + 1) * d];
            self.assign.strays(v, rows, lanes, &found.index[p]);
        }
        strays.clear();
    }

    /// Says whether the order of products is certain; where bounds are kept, makes distances,
    /// on the safe side, out of them.
    #[inline(always)]
    fn to_distances<const P: usize>(&self, found: &mut Found<P>, p: usize, longest: f32) -> bool {
        let (mut near, mut next, length) = (found.near[p], found.next[p], found.length[p]);
        let mut is_certain = true;
        let mut errors = [0.0; LANES];
        for lane in 0..LANES {
            errors[lane] = self.rounding * (length[lane] + longest) + UNDERFLOW;
            is_certain &= next[lane] - near[lane] > errors[lane];
        }
        if !self.until.keeps() {
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

    /// Keeps what may be spent until one of the rows of a block can change, and takes down its
    /// labels.
    #[inline(always)]
    fn settle<V: Vector, const P: usize>(
        &mut self,
        v: V,
        block: usize,
        found: &Found<P>,
        p: usize,
    ) {
        if self.until.keeps() {
            let n = (self.assign.part.rows.len() - block * LANES).min(LANES);
            self.until.set(block, &found.near[p], &found.next[p], n);
        }
        self.assign.block(v, block, &found.near[p], &found.index[p]);
    }
}
