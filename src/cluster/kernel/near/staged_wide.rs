//! The stages of `near/staged.rs` with AVX-512F: the rows of a group are one register, and the
//! squares of all eight others are in registers at once.

use std::arch::x86_64::{
    __m256, __m512d, _mm256_loadu_ps, _mm256_sqrt_ps, _mm256_storeu_ps, _mm512_add_pd,
    _mm512_cvtpd_ps, _mm512_cvtps_pd, _mm512_fmadd_pd, _mm512_fnmadd_pd, _mm512_set1_pd,
    _mm512_setzero_pd, _mm512_sub_pd,
};

use super::registers::{load, store};
use super::roots::halves_of;
use super::staged::{DEPTH, Place};
use super::{Eight, WIDTH};

/// Numbers of 8 rows and one other in f32.
type Single = [f32; WIDTH];

/// The roots and reciprocals of a step are taken in so many parts, between columns.
const PARTS: usize = WIDTH;

/// What the stages leave for each other.
#[repr(align(64))]
struct Between {
    /// Of this step and three before it.
    squares: [[Eight; WIDTH]; DEPTH],
    narrow: [Single; WIDTH],
    /// Of even steps and of odd ones.
    roots: [[Single; WIDTH]; 2],
    halves: [Single; WIDTH],
}

/// Adds the distances between as many whole groups as there are sums and columns.
#[target_feature(enable = "avx512f")]
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
        squares: [[[0.0; WIDTH]; WIDTH]; DEPTH],
        narrow: [[0.0; WIDTH]; WIDTH],
        roots: [[[0.0; WIDTH]; WIDTH]; 2],
        halves: [[0.0; WIDTH]; WIDTH],
    };
    let (mut ahead, mut behind) = (Place::default(), Place::default());
    for step in 0..steps + DEPTH {
        let group = &own[ahead.group * d..][..d];
        let lanes = &others[ahead.others * d..][..d];
        let sums = &mut all_sums[behind.group];
        let columns = &mut all_columns[behind.others];
        between.step(step, (group, lanes), sums, columns);
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
    /// All stages. Each reads its place before the stage that comes before it writes there.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn step(
        &mut self,
        step: usize,
        (group, others): (&[Eight], &[Eight]),
        sums: &mut Eight,
        columns: &mut [Eight; WIDTH],
    ) {
        let (now, before) = (step % DEPTH, (step + DEPTH - 1) % DEPTH);
        let (roots, left) = (step % 2, (step + 1) % 2);
        add(&self.squares[now], &self.roots[roots], &self.halves, sums, columns);
        let d = others.len();
        let mut squares = [_mm512_setzero_pd(); WIDTH];
        // One root at a time, because it takes as long as a dozen multiplications.
        for part in 0..PARTS {
            let columns = d * part / PARTS..d * (part + 1) / PARTS;
            square(&group[columns.clone()], &others[columns], &mut squares);
            let those = part * WIDTH / PARTS..(part + 1) * WIDTH / PARTS;
            reciprocals(&self.roots[left][those.clone()], &mut self.halves[those.clone()]);
            let narrow = &self.narrow[those.clone()];
            for (root, narrow) in self.roots[roots][those].iter_mut().zip(narrow) {
                store_single(root, _mm256_sqrt_ps(load_single(narrow)));
            }
        }
        for (narrow, square) in self.narrow.iter_mut().zip(&self.squares[before]) {
            store_single(narrow, _mm512_cvtpd_ps(load(square)));
        }
        for (to, square) in self.squares[now].iter_mut().zip(squares) {
            store(to, square);
        }
    }
}

/// Adds squared differences of some columns.
#[inline]
#[target_feature(enable = "avx512f")]
fn square(group: &[Eight], others: &[Eight], squares: &mut [__m512d; WIDTH]) {
    for (lanes, others) in group.iter().zip(others) {
        let x = load(lanes);
        for (square, &y) in squares.iter_mut().zip(others) {
            let difference = _mm512_sub_pd(x, _mm512_set1_pd(y));
            *square = _mm512_fmadd_pd(difference, difference, *square);
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn reciprocals(roots: &[Single], halves: &mut [Single]) {
    for (half, root) in halves.iter_mut().zip(roots) {
        store_single(half, halves_of(load_single(root)));
    }
}

/// The Newton step; its outcome is added on both sides.
#[inline]
#[target_feature(enable = "avx512f")]
fn add(
    squares: &[Eight; WIDTH],
    roots: &[Single; WIDTH],
    halves: &[Single; WIDTH],
    sums: &mut Eight,
    columns: &mut [Eight; WIDTH],
) {
    let mut total = load(sums);
    for (at, column) in columns.iter_mut().enumerate() {
        let root = _mm512_cvtps_pd(load_single(&roots[at]));
        let half = _mm512_cvtps_pd(load_single(&halves[at]));
        let rest = _mm512_fnmadd_pd(root, root, load(&squares[at]));
        let distance = _mm512_fmadd_pd(rest, half, root);
        total = _mm512_add_pd(total, distance);
        let sum = _mm512_add_pd(load(column), distance);
        store(column, sum);
    }
    store(sums, total);
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "a load of eight numbers from a reference to eight")]
fn load_single(lanes: &Single) -> __m256 {
    // SAFETY: the reference is to 32 readable bytes, and the load asks no alignment.
    unsafe { _mm256_loadu_ps(lanes.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "a store of eight numbers to a reference to eight")]
fn store_single(lanes: &mut Single, values: __m256) {
    // SAFETY: the reference is to 32 writable bytes, and the store asks no alignment.
    unsafe { _mm256_storeu_ps(lanes.as_mut_ptr(), values) }
}
