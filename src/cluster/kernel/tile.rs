//! Distances of a few blocks to a few centres, all in registers.
//!
//! A tile is P blocks high and C centres wide: P x C sums stay in registers while the
//! dimensions go by, so each value is loaded once for C centres and each centre once for
//! 16 P customers. The order of the operations of a lane does not depend on P or C.

use std::ops::Range;

use super::vector::{Lane32, Vector};

/// Blocks of a tile, where there are registers for it.
pub(crate) const HIGH: usize = 2;
/// Blocks of a tile with many centres: a centre is loaded once for twice as many rows.
pub(crate) const HIGHER: usize = 4;
/// From this many centres on tiles are higher.
pub(crate) const MANY_CENTRES: usize = 16;
/// How many blocks ahead memory is asked for.
const AHEAD: usize = 8;

/// Centres in f32, four side by side: `[group][dimension][4]`, and the last one to three
/// in a group of their own.
#[derive(Debug, Clone)]
pub(crate) struct Centres {
    values: Vec<f32>,
    k: usize,
    d: usize,
}

impl Centres {
    /// Row-major `k * d` centres, each number rounded to f32.
    pub(crate) fn new(centres: &[f64], d: usize) -> Self {
        let k = centres.len() / d;
        let mut values = Vec::with_capacity(centres.len());
        for group in centres.chunks(4 * d) {
            for t in 0..d {
                values.extend(group.chunks_exact(d).map(|centre| centre[t] as f32));
            }
        }
        Self { values, k, d }
    }

    /// How many.
    pub(crate) fn k(&self) -> usize {
        self.k
    }

    /// How many dimensions.
    pub(crate) fn d(&self) -> usize {
        self.d
    }

    /// The squared distance of each centre to that of the same number in `other`.
    pub(crate) fn movements(&self, other: &Self) -> Vec<f64> {
        let mut out = vec![0.0; self.k];
        let groups = self.values.chunks(4 * self.d).zip(other.values.chunks(4 * self.d));
        for (group, (own, other)) in groups.enumerate() {
            let width = own.len() / self.d;
            for (own, other) in own.chunks_exact(width).zip(other.chunks_exact(width)) {
                for (c, (a, b)) in own.iter().zip(other).enumerate() {
                    let difference = f64::from(*a) - f64::from(*b);
                    out[4 * group + c] += difference * difference;
                }
            }
        }
        out
    }

    /// Row by row, `k * d`.
    pub(crate) fn rows(&self) -> Vec<f32> {
        let mut rows = vec![0.0; self.values.len()];
        let groups = self.values.chunks(4 * self.d).zip(rows.chunks_mut(4 * self.d));
        for (group, rows) in groups {
            let width = group.len() / self.d;
            for (t, values) in group.chunks_exact(width).enumerate() {
                for (row, value) in rows.chunks_exact_mut(self.d).zip(values) {
                    row[t] = *value;
                }
            }
        }
        rows
    }

    /// The groups of four, and the rest.
    #[inline(always)]
    pub(crate) fn groups(&self) -> (&[f32], &[f32]) {
        self.values.split_at(self.k / 4 * 4 * self.d)
    }
}

/// Centres for distances by scalar products: of `|x - c|^2 = |x|^2 + 2 (|c|^2 / 2 - x c)`
/// only the part that differs between centres is computed, with half of the arithmetic.
#[derive(Debug, Clone)]
pub(crate) struct Products {
    /// The centres with their signs turned.
    negative: Centres,
    /// Half of the squared length of each centre.
    halves: Vec<f32>,
    /// The largest squared length.
    pub(crate) longest: f32,
}

impl Products {
    /// Of centres as rounded to f32.
    pub(crate) fn new(centres: &Centres) -> Self {
        let origin = Centres { values: vec![0.0; centres.values.len()], ..centres.clone() };
        let lengths = centres.movements(&origin);
        let negative =
            Centres { values: centres.values.iter().map(|x| -x).collect(), ..centres.clone() };
        let longest = lengths.iter().copied().fold(0.0, f64::max) as f32;
        let halves = lengths.iter().map(|length| (length / 2.0) as f32).collect();
        Self { negative, halves, longest: longest.next_up() }
    }
}

/// P neighbouring blocks in the memory that they lie in.
#[derive(Clone, Copy)]
pub(crate) struct Tile<'a> {
    /// All blocks.
    pub(crate) lanes: &'a [Lane32],
    /// Where the first block of the tile begins.
    pub(crate) at: usize,
    pub(crate) d: usize,
}

impl<'a> Tile<'a> {
    /// One slice per block, each of length d: then accesses by dimension need no check.
    #[inline(always)]
    fn blocks<const P: usize>(self) -> [&'a [Lane32]; P] {
        let mut blocks = [&self.lanes[..0]; P];
        for p in 0..P {
            blocks[p] = &self.lanes[self.at + p * self.d..self.at + (p + 1) * self.d];
        }
        blocks
    }

    /// Where the tile of P blocks lies that is needed when memory asked for now arrives.
    #[inline(always)]
    pub(crate) fn ahead<const P: usize>(self) -> Range<usize> {
        AHEAD * self.d..(AHEAD + P) * self.d
    }
}

/// How the number that centres are compared by is added up.
trait Arithmetic: Copy {
    /// What the sum of centre j begins with.
    fn start(self, j: usize) -> f32;
    /// One more dimension.
    fn add<V: Vector>(self, v: V, x: V::F, centre: V::F, sum: V::F) -> V::F;
}

/// `sum (x - c)^2`.
#[derive(Clone, Copy)]
struct Squares;

impl Arithmetic for Squares {
    #[inline(always)]
    fn start(self, _: usize) -> f32 {
        0.0
    }

    #[inline(always)]
    fn add<V: Vector>(self, v: V, x: V::F, centre: V::F, sum: V::F) -> V::F {
        let difference = v.sub(x, centre);
        v.fma(difference, difference, sum)
    }
}

/// `|c|^2 / 2 - sum x c`.
impl Arithmetic for &Products {
    #[inline(always)]
    fn start(self, j: usize) -> f32 {
        self.halves[j]
    }

    #[inline(always)]
    fn add<V: Vector>(self, v: V, x: V::F, centre: V::F, sum: V::F) -> V::F {
        v.fma(x, centre, sum)
    }
}

/// The sums of a tile for C centres, of which the one at `first` is the first, dimension by
/// dimension. `fetch` are the positions, from the beginning of the tile on, of the memory
/// that is asked for meanwhile.
#[inline(always)]
fn sums<V: Vector, const P: usize, const C: usize>(
    v: V,
    tile: Tile<'_>,
    by: impl Arithmetic,
    (centres, first): (&[[f32; C]], usize),
    fetch: Range<usize>,
) -> [[V::F; P]; C] {
    let d = tile.d;
    let centres = &centres[..d];
    let blocks = tile.blocks::<P>();
    let mut sums = [[v.splat(0.0); P]; C];
    for c in 0..C {
        sums[c] = [v.splat(by.start(first + c)); P];
    }
    let mut next = fetch.start;
    for t in 0..d {
        let mut x = [v.splat(0.0); P];
        for p in 0..P {
            x[p] = v.load(&blocks[p][t]);
        }
        if next < fetch.end {
            v.prefetch(tile.lanes, tile.at + next);
            next += 1;
        }
        for c in 0..C {
            let centre = v.splat(centres[t][c]);
            for p in 0..P {
                sums[c][p] = by.add(v, x[p], centre, sums[c][p]);
            }
        }
    }
    while next < fetch.end {
        v.prefetch(tile.lanes, tile.at + next);
        next += 1;
    }
    sums
}

/// Squared distances of a tile to C centres.
#[inline(always)]
pub(crate) fn squared<V: Vector, const P: usize, const C: usize>(
    v: V,
    tile: Tile<'_>,
    centres: &[[f32; C]],
    fetch: Range<usize>,
) -> [[V::F; P]; C] {
    sums::<V, P, C>(v, tile, Squares, (centres, 0), fetch)
}

/// What is nearest to each row of a tile.
#[derive(Clone, Copy)]
pub(crate) struct Nearest<V: Vector, const P: usize> {
    /// The squared distance of the nearest centre.
    pub(crate) best: [V::F; P],
    pub(crate) index: [V::I; P],
    /// The squared distance of the second nearest, where it is asked for.
    pub(crate) second: [V::F; P],
}

/// The squared lengths of the rows of a tile.
#[inline(always)]
pub(crate) fn lengths<V: Vector, const P: usize>(v: V, tile: Tile<'_>) -> [V::F; P] {
    let blocks = tile.blocks::<P>();
    let mut sums = [v.splat(0.0); P];
    for t in 0..tile.d {
        for p in 0..P {
            let x = v.load(&blocks[p][t]);
            sums[p] = v.fma(x, x, sums[p]);
        }
    }
    sums
}

/// The nearest centre of each row of a tile by squared distances, and the distance of the
/// second where it is asked for.
#[inline(always)]
pub(crate) fn nearest<V: Vector, const P: usize, const SECOND: bool>(
    v: V,
    tile: Tile<'_>,
    centres: &Centres,
) -> Nearest<V, P> {
    compete::<V, P, SECOND>(v, tile, centres, Squares)
}

/// The same by scalar products, with what they give in place of squared distances.
#[inline(always)]
pub(crate) fn nearest_by_products<V: Vector, const P: usize>(
    v: V,
    tile: Tile<'_>,
    products: &Products,
) -> Nearest<V, P> {
    compete::<V, P, true>(v, tile, &products.negative, products)
}

#[inline(always)]
fn compete<V: Vector, const P: usize, const SECOND: bool>(
    v: V,
    tile: Tile<'_>,
    centres: &Centres,
    by: impl Arithmetic,
) -> Nearest<V, P> {
    let far = [v.splat(f32::INFINITY); P];
    let mut found = Nearest { best: far, index: [v.index(0); P], second: far };
    let d = tile.d;
    let (fours, rest) = centres.groups();
    // Asked for evenly over the groups: more lines at once than the core can wait for
    // would hold up the arithmetic.
    let share = (P * d).div_ceil(centres.k().div_ceil(4));
    let start = tile.ahead::<P>().start;
    let mut fetch = start..start + share;
    let mut first = 0;
    for group in fours.chunks_exact(4 * d) {
        narrow::<V, P, 4, SECOND>(v, tile, by, (group, first), fetch.clone(), &mut found);
        first += 4;
        fetch = fetch.end..fetch.end + share;
    }
    match centres.k() - first {
        1 => narrow::<V, P, 1, SECOND>(v, tile, by, (rest, first), fetch, &mut found),
        2 => narrow::<V, P, 2, SECOND>(v, tile, by, (rest, first), fetch, &mut found),
        3 => narrow::<V, P, 3, SECOND>(v, tile, by, (rest, first), fetch, &mut found),
        _ => {}
    }
    found
}

/// Lets C more centres compete, in the order of their indices.
#[inline(always)]
fn narrow<V: Vector, const P: usize, const C: usize, const SECOND: bool>(
    v: V,
    tile: Tile<'_>,
    by: impl Arithmetic,
    (group, first): (&[f32], usize),
    fetch: Range<usize>,
    found: &mut Nearest<V, P>,
) {
    let sums = sums::<V, P, C>(v, tile, by, (group.as_chunks().0, first), fetch);
    for c in 0..C {
        let j = v.index((first + c) as u32);
        for p in 0..P {
            if SECOND {
                let loser = v.max(sums[c][p], found.best[p]);
                found.second[p] = v.min(loser, found.second[p]);
            }
            v.closer(sums[c][p], j, &mut found.best[p], &mut found.index[p]);
        }
    }
}
