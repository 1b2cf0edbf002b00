//! AVX-512, and AVX2 with FMA.
//!
//! Each token can only be made by `found`, which asks the processor; whoever holds one
//! has proven that its instructions exist. That is the proof of every block below that
//! calls an intrinsic; loads and stores take references to arrays of exactly the width
//! that they touch and need no alignment.

#![expect(unsafe_code, reason = "the intrinsics, each behind a token that proves they exist")]
#![allow(clippy::wildcard_imports, reason = "the names of intrinsics say where they come from")]

use std::arch::x86_64::*;
use std::sync::OnceLock;

use super::LANES;
use super::path::Work;
use super::vector::{Lane32, Rows8, Vector};

/// AVX-512 with the extensions that every server since 2017 has.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(());

/// AVX2 and FMA: every desktop since 2013.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(());

impl Avx512 {
    /// The token, where the processor and the operating system have the instructions.
    #[inline]
    pub(crate) fn found() -> Option<Self> {
        let found = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma");
        found.then_some(Self(()))
    }

    /// Whether the processor does 512 bits in two halves, so that they gain nothing: AMD's
    /// family 25 (Zen 4). There AVX2 took less time at five shapes of five; on Intel's
    /// Sapphire Rapids AVX-512 did, by up to a third.
    pub(crate) fn is_halved() -> bool {
        static HALVED: OnceLock<bool> = OnceLock::new();
        *HALVED.get_or_init(|| {
            let (maker, version) = (__cpuid(0), __cpuid(1));
            // "AuthenticAMD" in the order of the registers.
            let amd = [maker.ebx, maker.edx, maker.ecx] == [0x6874_7541, 0x6974_6e65, 0x444d_4163];
            let family = (version.eax >> 8 & 0xf) + (version.eax >> 20 & 0xff);
            amd && family == 25
        })
    }

    /// Does the work compiled for these instructions.
    pub(crate) fn enter<W: Work>(self, work: W) -> W::Out {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
        fn inside<W: Work>(token: Avx512, work: W) -> W::Out {
            work.run(token)
        }
        // Proof: the token exists, so `found` has seen each feature of `inside`.
        unsafe { inside(self, work) }
    }
}

impl Avx2 {
    /// The token, where the processor and the operating system have the instructions.
    #[inline]
    pub(crate) fn found() -> Option<Self> {
        let found = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        found.then_some(Self(()))
    }

    /// Does the work compiled for these instructions.
    pub(crate) fn enter<W: Work>(self, work: W) -> W::Out {
        #[target_feature(enable = "avx2,fma")]
        fn inside<W: Work>(token: Avx2, work: W) -> W::Out {
            work.run(token)
        }
        // Proof: the token exists, so `found` has seen each feature of `inside`.
        unsafe { inside(self, work) }
    }
}

impl Vector for Avx512 {
    type F = __m512;
    type I = __m512i;
    const WIDE: bool = true;
    const NAME: &'static str = "avx-512";

    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        unsafe { _mm512_set1_ps(x) }
    }

    #[inline(always)]
    fn load(self, lanes: &Lane32) -> __m512 {
        // Proof: 16 f32 are readable behind the reference.
        unsafe { _mm512_loadu_ps(lanes.as_ptr()) }
    }

    #[inline(always)]
    fn store(self, x: __m512, to: &mut Lane32) {
        // Proof: 16 f32 are writable behind the reference.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), x) }
    }

    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_sub_ps(a, b) }
    }

    #[inline(always)]
    fn fma(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }

    #[inline(always)]
    fn sqrt(self, x: __m512) -> __m512 {
        unsafe { _mm512_sqrt_ps(x) }
    }

    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_min_ps(a, b) }
    }

    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_max_ps(a, b) }
    }

    #[inline(always)]
    fn index(self, j: u32) -> __m512i {
        unsafe { _mm512_set1_epi32(j.cast_signed()) }
    }

    #[inline(always)]
    fn store_index(self, index: __m512i, to: &mut [u32; LANES]) {
        // Proof: 16 u32 are writable behind the reference.
        unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), index) }
    }

    #[inline(always)]
    fn closer(self, distance: __m512, j: __m512i, best: &mut __m512, index: &mut __m512i) {
        unsafe {
            let closer = _mm512_cmp_ps_mask::<_CMP_LT_OQ>(distance, *best);
            *best = _mm512_min_ps(distance, *best);
            *index = _mm512_mask_mov_epi32(*index, closer, j);
        }
    }

    #[inline(always)]
    fn prefetch(self, lanes: &[Lane32], at: usize) {
        prefetch(lanes, at);
    }

    #[inline(always)]
    fn transpose(self, lanes: &[Lane32; 8], rows: &mut Rows8) {
        unsafe { transpose(lanes, rows) }
    }

    #[inline(always)]
    fn pack(self, rows: &Rows8, lanes: &mut [Lane32; 8]) {
        unsafe { pack(rows, lanes) }
    }
}

impl Vector for Avx2 {
    type F = (__m256, __m256);
    type I = (__m256i, __m256i);
    const WIDE: bool = false;
    const NAME: &'static str = "avx2+fma";

    #[inline(always)]
    fn splat(self, x: f32) -> Self::F {
        let x = unsafe { _mm256_set1_ps(x) };
        (x, x)
    }

    #[inline(always)]
    fn load(self, lanes: &Lane32) -> Self::F {
        // Proof: 16 f32 are readable behind the reference.
        unsafe { (_mm256_loadu_ps(lanes.as_ptr()), _mm256_loadu_ps(lanes.as_ptr().add(8))) }
    }

    #[inline(always)]
    fn store(self, x: Self::F, to: &mut Lane32) {
        // Proof: 16 f32 are writable behind the reference.
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), x.0);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), x.1);
        }
    }

    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { (_mm256_sub_ps(a.0, b.0), _mm256_sub_ps(a.1, b.1)) }
    }

    #[inline(always)]
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        unsafe { (_mm256_fmadd_ps(a.0, b.0, c.0), _mm256_fmadd_ps(a.1, b.1, c.1)) }
    }

    #[inline(always)]
    fn sqrt(self, x: Self::F) -> Self::F {
        unsafe { (_mm256_sqrt_ps(x.0), _mm256_sqrt_ps(x.1)) }
    }

    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { (_mm256_min_ps(a.0, b.0), _mm256_min_ps(a.1, b.1)) }
    }

    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { (_mm256_max_ps(a.0, b.0), _mm256_max_ps(a.1, b.1)) }
    }

    #[inline(always)]
    fn index(self, j: u32) -> Self::I {
        let j = unsafe { _mm256_set1_epi32(j.cast_signed()) };
        (j, j)
    }

    #[inline(always)]
    fn store_index(self, index: Self::I, to: &mut [u32; LANES]) {
        // Proof: 16 u32 are writable behind the reference.
        unsafe {
            _mm256_storeu_si256(to.as_mut_ptr().cast(), index.0);
            _mm256_storeu_si256(to.as_mut_ptr().add(8).cast(), index.1);
        }
    }

    #[inline(always)]
    fn closer(self, distance: Self::F, j: Self::I, best: &mut Self::F, index: &mut Self::I) {
        unsafe {
            let closer = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_LT_OQ>(distance.0, best.0));
            best.0 = _mm256_min_ps(distance.0, best.0);
            index.0 = _mm256_blendv_epi8(index.0, j.0, closer);
            let closer = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_LT_OQ>(distance.1, best.1));
            best.1 = _mm256_min_ps(distance.1, best.1);
            index.1 = _mm256_blendv_epi8(index.1, j.1, closer);
        }
    }

    #[inline(always)]
    fn prefetch(self, lanes: &[Lane32], at: usize) {
        prefetch(lanes, at);
    }

    #[inline(always)]
    fn transpose(self, lanes: &[Lane32; 8], rows: &mut Rows8) {
        unsafe { transpose(lanes, rows) }
    }

    #[inline(always)]
    fn pack(self, rows: &Rows8, lanes: &mut [Lane32; 8]) {
        unsafe { pack(rows, lanes) }
    }
}

#[inline(always)]
fn prefetch(lanes: &[Lane32], at: usize) {
    // Proof: a prefetch reads nothing that the program can see and never faults, wherever
    // the address points; `wrapping_add` may leave the slice.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(lanes.as_ptr().wrapping_add(at).cast()) }
}

/// Sixteen rows from eight lanes, half by half. Needs AVX, which both tokens prove.
#[inline(always)]
unsafe fn transpose(lanes: &[Lane32; 8], rows: &mut Rows8) {
    for half in [0, 8] {
        // Proof: 8 f32 from `half` on lie within 16 lanes, and 8 rows from `half` on
        // within 16 rows of 8 f32.
        unsafe {
            let mut x = [_mm256_setzero_ps(); 8];
            for (x, lane) in x.iter_mut().zip(lanes) {
                *x = _mm256_loadu_ps(lane.as_ptr().add(half));
            }
            for (x, row) in turn(x).into_iter().zip(&mut rows[half..half + 8]) {
                _mm256_storeu_ps(row.as_mut_ptr(), x);
            }
        }
    }
}

/// Eight lanes from sixteen rows, half by half. Needs AVX, which both tokens prove.
#[inline(always)]
unsafe fn pack(rows: &Rows8, lanes: &mut [Lane32; 8]) {
    for half in [0, 8] {
        // Proof: as in `transpose`.
        unsafe {
            let mut x = [_mm256_setzero_ps(); 8];
            for (x, row) in x.iter_mut().zip(&rows[half..half + 8]) {
                *x = _mm256_loadu_ps(row.as_ptr());
            }
            for (x, lane) in turn(x).into_iter().zip(lanes.iter_mut()) {
                _mm256_storeu_ps(lane.as_mut_ptr().add(half), x);
            }
        }
    }
}

/// The transposition of 8 x 8. Needs AVX, which both tokens prove.
#[inline(always)]
unsafe fn turn(x: [__m256; 8]) -> [__m256; 8] {
    unsafe {
        let pairs = [
            _mm256_unpacklo_ps(x[0], x[1]),
            _mm256_unpackhi_ps(x[0], x[1]),
            _mm256_unpacklo_ps(x[2], x[3]),
            _mm256_unpackhi_ps(x[2], x[3]),
            _mm256_unpacklo_ps(x[4], x[5]),
            _mm256_unpackhi_ps(x[4], x[5]),
            _mm256_unpacklo_ps(x[6], x[7]),
            _mm256_unpackhi_ps(x[6], x[7]),
        ];
        let fours = [
            _mm256_shuffle_ps::<0x44>(pairs[0], pairs[2]),
            _mm256_shuffle_ps::<0xEE>(pairs[0], pairs[2]),
            _mm256_shuffle_ps::<0x44>(pairs[1], pairs[3]),
            _mm256_shuffle_ps::<0xEE>(pairs[1], pairs[3]),
            _mm256_shuffle_ps::<0x44>(pairs[4], pairs[6]),
            _mm256_shuffle_ps::<0xEE>(pairs[4], pairs[6]),
            _mm256_shuffle_ps::<0x44>(pairs[5], pairs[7]),
            _mm256_shuffle_ps::<0xEE>(pairs[5], pairs[7]),
        ];
        [
            _mm256_permute2f128_ps::<0x20>(fours[0], fours[4]),
            _mm256_permute2f128_ps::<0x20>(fours[1], fours[5]),
            _mm256_permute2f128_ps::<0x20>(fours[2], fours[6]),
            _mm256_permute2f128_ps::<0x20>(fours[3], fours[7]),
            _mm256_permute2f128_ps::<0x31>(fours[0], fours[4]),
            _mm256_permute2f128_ps::<0x31>(fours[1], fours[5]),
            _mm256_permute2f128_ps::<0x31>(fours[2], fours[6]),
            _mm256_permute2f128_ps::<0x31>(fours[3], fours[7]),
        ]
    }
}
