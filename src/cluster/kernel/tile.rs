//! Distances of a few blocks to a few centres, all in registers.
//!
//! A tile is P blocks high and C centres wide: P x C sums stay in registers while the
//! dimensions go by, so each value is loaded once for C centres and each centre once for
//! 16 P customers. The order of the operations of a lane does not depend on P or C.

use super::vector::{Lane32, Vector};

/// Blocks of a tile, where there are registers for it. Measured on Zen 4: four are faster
/// with a hundred centres by a tenth and slower with eight by as much.
pub(crate) const HIGH: usize = 2;
/// How many tiles ahead memory is asked for.
const AHEAD: usize = 2;

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

    /// The dimensions of a single centre.
    #[inline(always)]
    pub(crate) fn single(&self) -> &[[f32; 1]] {
        self.values.as_chunks().0
    }

    /// The groups of four, and the rest.
    #[inline(always)]
    fn groups(&self) -> (&[f32], &[f32]) {
        self.values.split_at(self.k / 4 * 4 * self.d)
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

/// Squared distances of a tile to C centres, dimension by dimension.
#[inline(always)]
pub(crate) fn squared<V: Vector, const P: usize, const C: usize>(
    v: V,
    tile: Tile<'_>,
    centres: &[[f32; C]],
    fetch: bool,
) -> [[V::F; P]; C] {
    let d = tile.d;
    let centres = &centres[..d];
    // One slice per block, each of length d: then no access below needs a check.
    let mut blocks = [&tile.lanes[..0]; P];
    for p in 0..P {
        blocks[p] = &tile.lanes[tile.at + p * d..tile.at + (p + 1) * d];
    }
    let mut sums = [[v.splat(0.0); P]; C];
    for t in 0..d {
        let mut x = [v.splat(0.0); P];
        for p in 0..P {
            x[p] = v.load(&blocks[p][t]);
            if fetch {
                v.prefetch(tile.lanes, tile.at + AHEAD * P * d + P * t + p);
            }
        }
        for c in 0..C {
            let centre = v.splat(centres[t][c]);
            for p in 0..P {
                let difference = v.sub(x[p], centre);
                sums[c][p] = v.fma(difference, difference, sums[c][p]);
            }
        }
    }
    sums
}

/// The nearest centre of each row of a tile, and its squared distance.
#[inline(always)]
pub(crate) fn nearest<V: Vector, const P: usize>(
    v: V,
    tile: Tile<'_>,
    centres: &Centres,
) -> ([V::F; P], [V::I; P]) {
    let mut found = ([v.splat(f32::INFINITY); P], [v.index(0); P]);
    let d = tile.d;
    let (fours, rest) = centres.groups();
    let mut first = 0;
    for group in fours.chunks_exact(4 * d) {
        narrow::<V, P, 4>(v, tile, group, first, &mut found);
        first += 4;
    }
    match centres.k() - first {
        1 => narrow::<V, P, 1>(v, tile, rest, first, &mut found),
        2 => narrow::<V, P, 2>(v, tile, rest, first, &mut found),
        3 => narrow::<V, P, 3>(v, tile, rest, first, &mut found),
        _ => {}
    }
    found
}

/// Lets C more centres compete, in the order of their indices.
#[inline(always)]
fn narrow<V: Vector, const P: usize, const C: usize>(
    v: V,
    tile: Tile<'_>,
    group: &[f32],
    first: usize,
    found: &mut ([V::F; P], [V::I; P]),
) {
    let sums = squared::<V, P, C>(v, tile, group.as_chunks().0, first == 0);
    for c in 0..C {
        let j = v.index((first + c) as u32);
        for p in 0..P {
            v.closer(sums[c][p], j, &mut found.0[p], &mut found.1[p]);
        }
    }
}
