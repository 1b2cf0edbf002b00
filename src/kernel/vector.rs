//! Sixteen f32 lanes: what the kernels ask of an instruction set, and the portable answer.

use super::LANES;

/// One dimension of a block of 16 rows.
pub(crate) type Lane32 = [f32; LANES];
/// Eight dimensions of a block, row by row.
pub(crate) type Rows8 = [[f32; 8]; LANES];

/// The operations of the kernels. An implementor is a token that exists only where its
/// instructions do, so every method is safe to call. All implementors give the same bits:
/// each operation is one correctly rounded IEEE operation per lane.
pub(crate) trait Vector: Copy + Send + Sync {
    /// Sixteen f32.
    type F: Copy;
    /// Sixteen indices.
    type I: Copy;
    /// Whether 32 registers of 16 lanes are there, so that a tile is 2 blocks high.
    const WIDE: bool;
    /// The name of the instruction set.
    const NAME: &'static str;

    fn splat(self, x: f32) -> Self::F;
    fn load(self, lanes: &Lane32) -> Self::F;
    fn store(self, x: Self::F, to: &mut Lane32);
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c`, rounded once.
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    fn sqrt(self, x: Self::F) -> Self::F;
    /// The lesser of two numbers that are no NaN.
    fn min(self, a: Self::F, b: Self::F) -> Self::F;
    /// The greater of two numbers that are no NaN.
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    fn index(self, j: u32) -> Self::I;
    fn store_index(self, index: Self::I, to: &mut [u32; LANES]);
    /// Where `distance < best` both take the new values: ties stay with the earlier index.
    fn closer(self, distance: Self::F, j: Self::I, best: &mut Self::F, index: &mut Self::I);
    /// Asks for the cache line at position `at` of `lanes`, which may lie past its end.
    fn prefetch(self, lanes: &[Lane32], at: usize);
    /// Sixteen rows of eight dimensions from eight lanes.
    fn transpose(self, lanes: &[Lane32; 8], rows: &mut Rows8);
    /// Eight lanes from sixteen rows of eight dimensions.
    fn pack(self, rows: &Rows8, lanes: &mut [Lane32; 8]);
}

/// Plain Rust: the answer of every machine, and the oracle of the other paths.
#[derive(Clone, Copy)]
pub(crate) struct Portable;

impl Vector for Portable {
    type F = Lane32;
    type I = [u32; LANES];
    const WIDE: bool = false;
    const NAME: &'static str = "portable";

    #[inline(always)]
    fn splat(self, x: f32) -> Lane32 {
        [x; LANES]
    }

    #[inline(always)]
    fn load(self, lanes: &Lane32) -> Lane32 {
        *lanes
    }

    #[inline(always)]
    fn store(self, x: Lane32, to: &mut Lane32) {
        *to = x;
    }

    #[inline(always)]
    fn sub(self, mut a: Lane32, b: Lane32) -> Lane32 {
        for (a, b) in a.iter_mut().zip(b) {
            *a -= b;
        }
        a
    }

    #[inline(always)]
    fn fma(self, a: Lane32, b: Lane32, mut c: Lane32) -> Lane32 {
        for ((c, a), b) in c.iter_mut().zip(a).zip(b) {
            *c = a.mul_add(b, *c);
        }
        c
    }

    #[inline(always)]
    fn sqrt(self, mut x: Lane32) -> Lane32 {
        for x in &mut x {
            *x = x.sqrt();
        }
        x
    }

    #[inline(always)]
    fn min(self, mut a: Lane32, b: Lane32) -> Lane32 {
        for (a, b) in a.iter_mut().zip(b) {
            *a = if *a < b { *a } else { b };
        }
        a
    }

    #[inline(always)]
    fn max(self, mut a: Lane32, b: Lane32) -> Lane32 {
        for (a, b) in a.iter_mut().zip(b) {
            *a = if *a > b { *a } else { b };
        }
        a
    }

    #[inline(always)]
    fn index(self, j: u32) -> [u32; LANES] {
        [j; LANES]
    }

    #[inline(always)]
    fn store_index(self, index: [u32; LANES], to: &mut [u32; LANES]) {
        *to = index;
    }

    #[inline(always)]
    fn closer(
        self,
        distance: Lane32,
        j: [u32; LANES],
        best: &mut Lane32,
        index: &mut [u32; LANES],
    ) {
        for lane in 0..LANES {
            if distance[lane] < best[lane] {
                best[lane] = distance[lane];
                index[lane] = j[lane];
            }
        }
    }

    #[inline(always)]
    fn prefetch(self, _: &[Lane32], _: usize) {}

    #[inline(always)]
    fn transpose(self, lanes: &[Lane32; 8], rows: &mut Rows8) {
        for (t, lane) in lanes.iter().enumerate() {
            for (row, &x) in rows.iter_mut().zip(lane) {
                row[t] = x;
            }
        }
    }

    #[inline(always)]
    fn pack(self, rows: &Rows8, lanes: &mut [Lane32; 8]) {
        for (t, lane) in lanes.iter_mut().enumerate() {
            for (row, x) in rows.iter().zip(lane) {
                *x = row[t];
            }
        }
    }
}
