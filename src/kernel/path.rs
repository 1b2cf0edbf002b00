//! Which instructions do the arithmetic.
//!
//! The kernels are written once, against [`Vector`]. [`on`] runs them compiled for AVX-512,
//! for AVX2 with FMA, or for the target of the build, whichever the machine has. Results
//! have the same bits on every path; on a machine without fused multiply-add the portable
//! path asks the C library for it, which is right and slow.

use super::vector::{Portable, Vector};
#[cfg(target_arch = "x86_64")]
use super::x86::{Avx2, Avx512};

/// A set of instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Path {
    /// The fastest that the machine has: AVX-512, but AVX2 on processors that do 512 bits
    /// in two halves.
    #[default]
    Best,
    /// AVX2 with FMA, or the next narrower that there is.
    Avx2,
    /// AVX-512, or the next narrower that there is.
    Avx512,
    /// What every machine has.
    Portable,
}

impl Path {
    /// The name of what will run.
    pub(crate) fn name(self) -> &'static str {
        struct Name;
        impl Work for Name {
            type Out = &'static str;
            #[inline(always)]
            fn run<V: Vector>(self, _: V) -> &'static str {
                V::NAME
            }
        }
        on(self, Name)
    }
}

/// Work that is compiled for every path. `run` must be `#[inline(always)]`, as must be all
/// that it calls in a hot loop: only then is it compiled with the wider instructions.
pub(crate) trait Work {
    type Out;
    fn run<V: Vector>(self, v: V) -> Self::Out;
}

/// Does the work on the given path, or on the next narrower one that the machine has.
#[inline]
pub(crate) fn on<W: Work>(path: Path, work: W) -> W::Out {
    #[cfg(target_arch = "x86_64")]
    {
        if (path == Path::Avx512 || path == Path::Best && !Avx512::is_halved())
            && let Some(token) = Avx512::found()
        {
            return token.enter(work);
        }
        if path != Path::Portable
            && let Some(token) = Avx2::found()
        {
            return token.enter(work);
        }
    }
    let _ = path;
    work.run(Portable)
}

/// Does `rounds` times independent multiply-adds of sixteen lanes, as many as there are
/// registers for, and returns how many numbers were multiplied: the roof of the
/// arithmetic, for benchmarks.
#[doc(hidden)]
#[must_use]
pub fn multiply_adds(rounds: usize) -> usize {
    struct Rounds(usize);
    impl Work for Rounds {
        type Out = usize;
        #[inline(always)]
        fn run<V: Vector>(self, v: V) -> usize {
            let factor = v.splat(0.999_9);
            let mut sums = [v.splat(1.0); 12];
            // As many as there are registers for.
            let chains = if V::WIDE { 12 } else { 6 };
            for _ in 0..self.0 {
                for sum in &mut sums[..chains] {
                    *sum = v.fma(*sum, factor, factor);
                }
            }
            let mut out = [0.0; super::LANES];
            for sum in sums {
                v.store(sum, &mut out);
                std::hint::black_box(&mut out);
            }
            self.0 * chains * super::LANES
        }
    }
    on(Path::Best, Rounds(rounds))
}
