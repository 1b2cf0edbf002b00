//! The engine from outside, without Polars.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod layers;
