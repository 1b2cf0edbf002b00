//! Hand-worked cases, invariants, and what others have published.

mod amounts;
mod cdnow;
mod cut_off;
mod fits;
mod published;
mod real;
