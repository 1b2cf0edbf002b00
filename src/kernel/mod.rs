//! Arithmetic that is compiled for the instructions of the machine: what the kernels of
//! clustering and churn and the functions of many numbers are written against.
//!
//! - `path.rs`: which instructions do the arithmetic, found out when the program runs;
//! - `vector.rs`: the operations of sixteen lanes, and the portable answer;
//! - `x86.rs`: AVX-512 and AVX2.
//!
//! `unsafe` is three things here: the entry into code that is compiled for an instruction
//! set, after that set has been found; the intrinsics of that set; and the prefetch.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into the entry of a path is compiled for its instructions"
)]

pub(crate) mod path;
pub(crate) mod vector;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Rows of a block: the lanes of one vector.
pub(crate) const LANES: usize = 16;
