//! Distances from customers to centres, 16 customers at a time: the arithmetic of every
//! method. With [`crate::kernel`] the only room with `unsafe`.
//!
//! Rows are held in blocks of 16 lanes, dimension by dimension, so that one vector holds
//! one dimension of 16 customers. Each lane is one customer and adds its squared
//! differences in the order of the dimensions by the direct form `sum (x - c)^2`: the
//! bits of a distance depend on the customer and the centre alone, not on other rows, on
//! the width of the vectors or on threads.
//!
//! - [`Points`]: f64 rows, what labels are published from (`points.rs`);
//! - [`Packed`]: f32 rows on a fixed-point grid, what searching is done on (`packed.rs`),
//!   turned into blocks in place (`arrange.rs`);
//! - `tile.rs`: distances of a few blocks to a few centres, all in registers;
//! - [`assign`]: nearest centres, changed labels and exact sums in one pass;
//! - [`relabel`]: the same labels, sooner, by [`bounds`] of each row;
//! - [`inertia`]: that of labels that are known;
//! - `spread.rs`: how far rows lie from their mean, in one pass;
//! - [`near`]: rows within a radius, for the methods of neighbourhoods;
//! - [`potential`]: one step of k-means++ in one pass;
//! - [`pairs`]: sums of distances between all rows.
//!
//! Sums over rows are whole numbers: see `sums.rs`. `unsafe` is here the entry into code that
//! is compiled for an instruction set, after that set has been found, and the intrinsics of
//! that set; everything else is safe Rust. The portable path is the oracle of the others.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into the entry of a path is compiled for its instructions"
)]
#![expect(
    clippy::needless_range_loop,
    reason = "loops over the registers of a tile: a closure of an iterator would not be inlined"
)]

mod arrange;
pub(crate) mod assign;
pub(crate) mod bounds;
pub(crate) mod inertia;
pub(crate) mod near;
mod packed;
pub(crate) mod pairs;
mod points;
pub(crate) mod potential;
pub(crate) mod relabel;
mod spread;
mod strays;
mod sums;
mod tile;

pub(crate) use crate::kernel::LANES;
pub(crate) use crate::kernel::path::Path;
use crate::kernel::{path, vector};
pub(crate) use packed::Packed;
pub(crate) use points::{
    CHUNK, Points, TwoNearest, nearest, squared, squared_distance, two_nearest,
};
pub(crate) use sums::Sums;
pub(crate) use tile::Centres;

#[cfg(test)]
mod tests;
