//! Sums of distances with AVX2 and FMA, in stages: the operations of `roots_plain`, and its
//! bits, for whole groups.
//!
//! From a square to its distance is a chain of some sixty cycles. A processor that looks a
//! hundred and some operations ahead sees little else meanwhile, so written in one go the
//! chains of a step stand in the way of the multiplications of the next one. Here each link
//! is a stage of its own, which reads what the one before it left in memory a step ago, and
//! of every step only short chains are under way:
//!
//! 1. squares of 8 rows and 4 others at a time, all in registers;
//! 2. to f32;
//! 3. the root;
//! 4. half of its reciprocal, by Newton steps of its own;
//! 5. the Newton step in f64, and the sums.
//!
//! A step is a group and a group of others; the squares of a step are distances four steps
//! later. Stages lie between the loops over the columns, so that the compiler cannot mix
//! them: it then runs out of registers.

use std::arch::x86_64::{
    __m128, __m256, __m256d, _mm_loadu_ps, _mm256_add_pd, _mm256_cvtpd_ps, _mm256_cvtps_pd,
    _mm256_fmadd_pd, _mm256_fnmadd_pd, _mm256_loadu_pd, _mm256_loadu_ps, _mm256_set_m128,
    _mm256_set1_pd, _mm256_setzero_pd, _mm256_sqrt_ps, _mm256_storeu_pd, _mm256_storeu_ps,
    _mm256_sub_pd,
};

use super::roots::halves_of;
use super::{Eight, WIDTH};

/// Half of a group.
type Four = [f64; 4];
/// Numbers of 8 rows and one other.
type Double = [Four; 2];
/// The same in f32, by halves of the group.
type Single = [[f32; 4]; 2];

/// Others side by side in registers.
const SIDE: usize = WIDTH / 2;
/// Steps from squares to distances.
pub(super) const DEPTH: usize = 4;

/// What the stages leave for each other, by halves of the others.
#[repr(align(64))]
struct Between {
    /// Of this step and three before it.
    squares: [[[Double; SIDE]; 2]; DEPTH],
    narrow: [[Single; SIDE]; 2],
    /// Of even steps and of odd ones.
    roots: [[[Single; SIDE]; 2]; 2],
    halves: [[Single; SIDE]; 2],
}

/// Where in two strips a step is.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) group: usize,
    pub(super) others: usize,
}

impl Place {
    #[inline]
    pub(super) fn next(&mut self, n_others: usize) {
        self.others += 1;
        if self.others == n_others {
            *self = Self { group: self.group + 1, others: 0 };
        }
    }
}

/// Adds the distances between as many whole groups as there are sums and columns.
#[target_feature(enable = "avx2,fma")]
pub(super) fn roots(
    d: usize,
    own: &[Eight],
    others: &[Eight],
    all_sums: &mut [Eight],
    all_columns: &mut [[Eight; WIDTH]],
) {
    let steps = all_sums.len() * all_columns.len();
    if steps == 0 {
        return;
    }
    // Zeros go through as distances of zero until the first squares have come through.
    let mut between = Between {
        squares: [[[[[0.0; 4]; 2]; SIDE]; 2]; DEPTH],
        narrow: [[[[0.0; 4]; 2]; SIDE]; 2],
        roots: [[[[[0.0; 4]; 2]; SIDE]; 2]; 2],
        halves: [[[[0.0; 4]; 2]; SIDE]; 2],
    };
    let (mut ahead, mut behind) = (Place::default(), Place::default());
    for step in 0..steps + DEPTH {
        let group = &own[ahead.group * d..][..d];
        let lanes = &others[ahead.others * d..][..d];
        let sums = &mut all_sums[behind.group];
        let columns = &mut all_columns[behind.others];
        for half in 0..2 {
            between.step(step, half, (group, lanes), sums, columns);
        }
        if step >= DEPTH {
            behind.next(all_columns.len());
        }
        // Past the end the last squares are taken again, and nobody asks for them.
        if step + 1 < steps {
            ahead.next(all_columns.len());
        }
    }
}

impl Between {
    /// All stages of one half of the others. Each stage reads its place before the stage
    /// that comes before it writes there.
    #[inline]
    #[target_feature(enable = "avx2,fma")]
    fn step(
        &mut self,
        step: usize,
        half: usize,
        (group, others): (&[Eight], &[Eight]),
        sums: &mut Eight,
        columns: &mut [Eight; WIDTH],
    ) {
        let (now, before) = (step % DEPTH, (step + DEPTH - 1) % DEPTH);
        let (roots, left) = (step % 2, (step + 1) % 2);
        let columns = &mut columns.as_chunks_mut::<SIDE>().0[half];
        add(&self.squares[now][half], &self.roots[roots][half], &self.halves[half], sums, columns);
        let (first, last) = group.split_at(group.len() / 2);
        let (first_others, last_others) = others.split_at(group.len() / 2);
        let mut squares = [[_mm256_setzero_pd(); 2]; SIDE];
        square(first, first_others, half, &mut squares);
        reciprocals(&self.roots[left][half], &mut self.halves[half]);
        square(last, last_others, half, &mut squares);
        for (root, narrow) in self.roots[roots][half].iter_mut().zip(&self.narrow[half]) {
            store_single(root, _mm256_sqrt_ps(load_single(narrow)));
        }
        for (narrow, [low, high]) in self.narrow[half].iter_mut().zip(&self.squares[before][half]) {
            let (low, high) = (_mm256_cvtpd_ps(load(low)), _mm256_cvtpd_ps(load(high)));
            store_single(narrow, _mm256_set_m128(high, low));
        }
        for ([low, high], square) in self.squares[now][half].iter_mut().zip(squares) {
            store(low, square[0]);
            store(high, square[1]);
        }
    }
}

/// Adds squared differences of some columns.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn square(group: &[Eight], others: &[Eight], half: usize, squares: &mut [[__m256d; 2]; SIDE]) {
    for (lanes, others) in group.iter().zip(others) {
        let lanes = lanes.as_chunks().0;
        let (low, high) = (load(&lanes[0]), load(&lanes[1]));
        for (square, &y) in squares.iter_mut().zip(&others.as_chunks::<SIDE>().0[half]) {
            let y = _mm256_set1_pd(y);
            let (a, b) = (_mm256_sub_pd(low, y), _mm256_sub_pd(high, y));
            square[0] = _mm256_fmadd_pd(a, a, square[0]);
            square[1] = _mm256_fmadd_pd(b, b, square[1]);
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn reciprocals(roots: &[Single; SIDE], halves: &mut [Single; SIDE]) {
    for (half, root) in halves.iter_mut().zip(roots) {
        store_single(half, halves_of(load_single(root)));
    }
}

/// The Newton step; its outcome is added on both sides.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn add(
    squares: &[Double; SIDE],
    roots: &[Single; SIDE],
    inverse: &[Single; SIDE],
    sums: &mut Eight,
    columns: &mut [Eight; SIDE],
) {
    let sums = sums.as_chunks_mut().0;
    let mut totals = [load(&sums[0]), load(&sums[1])];
    for (at, column) in columns.iter_mut().enumerate() {
        for (side, column) in column.as_chunks_mut().0.iter_mut().enumerate() {
            let root = _mm256_cvtps_pd(load_four(&roots[at][side]));
            let half = _mm256_cvtps_pd(load_four(&inverse[at][side]));
            let rest = _mm256_fnmadd_pd(root, root, load(&squares[at][side]));
            let distance = _mm256_fmadd_pd(rest, half, root);
            totals[side] = _mm256_add_pd(totals[side], distance);
            store(column, _mm256_add_pd(load(column), distance));
        }
    }
    store(&mut sums[0], totals[0]);
    store(&mut sums[1], totals[1]);
}

#[inline]
#[target_feature(enable = "avx2,fma")]
#[expect(unsafe_code, reason = "a load of four numbers from a reference to four")]
fn load(lanes: &Four) -> __m256d {
    // SAFETY: the reference is to 32 readable bytes, and the load asks no alignment.
    unsafe { _mm256_loadu_pd(lanes.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
#[expect(unsafe_code, reason = "a store of four numbers to a reference to four")]
fn store(lanes: &mut Four, values: __m256d) {
    // SAFETY: the reference is to 32 writable bytes, and the store asks no alignment.
    unsafe { _mm256_storeu_pd(lanes.as_mut_ptr(), values) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
#[expect(unsafe_code, reason = "a load of four numbers from a reference to four")]
fn load_four(lanes: &[f32; 4]) -> __m128 {
    // SAFETY: the reference is to 16 readable bytes, and the load asks no alignment.
    unsafe { _mm_loadu_ps(lanes.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
#[expect(unsafe_code, reason = "a load of eight numbers from a reference to eight")]
fn load_single(lanes: &Single) -> __m256 {
    // SAFETY: the reference is to 32 readable bytes, and the load asks no alignment.
    unsafe { _mm256_loadu_ps(lanes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
#[expect(unsafe_code, reason = "a store of eight numbers to a reference to eight")]
fn store_single(lanes: &mut Single, values: __m256) {
    // SAFETY: the reference is to 32 writable bytes, and the store asks no alignment.
    unsafe { _mm256_storeu_ps(lanes.as_mut_ptr().cast(), values) }
}
