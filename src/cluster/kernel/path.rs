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
    /// The widest that the machine has.
    #[default]
    Best,
    /// At most AVX2 and FMA.
    Avx2,
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
        if path == Path::Best
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
