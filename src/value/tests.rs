//! Hand-worked cases, invariants, and what others have published.

mod cdnow;
mod fits;
mod published;
mod real;
