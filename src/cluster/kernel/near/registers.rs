//! Registers of AVX-512F from and to arrays of as many numbers.

use std::arch::x86_64::{
    __m512, __m512d, _mm512_loadu_pd, _mm512_loadu_ps, _mm512_storeu_pd, _mm512_storeu_ps,
};

use super::Eight;
use super::boxes::Sixteen;

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "a load of eight numbers from a reference to eight")]
pub(super) fn load(lanes: &Eight) -> __m512d {
    // SAFETY: the reference is to 64 readable bytes, and the load asks no alignment.
    unsafe { _mm512_loadu_pd(lanes.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "a store of eight numbers to a reference to eight")]
pub(super) fn store(lanes: &mut Eight, values: __m512d) {
    // SAFETY: the reference is to 64 writable bytes, and the store asks no alignment.
    unsafe { _mm512_storeu_pd(lanes.as_mut_ptr(), values) }
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "a load of sixteen numbers from a reference to sixteen")]
pub(super) fn load_narrow(lanes: &Sixteen) -> __m512 {
    // SAFETY: the reference is to 64 readable bytes, and the load asks no alignment.
    unsafe { _mm512_loadu_ps(lanes.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "a store of sixteen numbers to a reference to sixteen")]
pub(super) fn store_narrow(lanes: &mut Sixteen, values: __m512) {
    // SAFETY: the reference is to 64 writable bytes, and the store asks no alignment.
    unsafe { _mm512_storeu_ps(lanes.as_mut_ptr(), values) }
}
