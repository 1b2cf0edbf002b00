//! Neighbours of customers, exactly: distinct rows in a balanced tree, range and nearest
//! neighbour queries for a leaf of customers at a time, union-find.
//!
//! Shared by the density methods. Every answer equals comparing every pair in f64, in
//! the order of the columns, without fused operations: boxes are left out or taken whole
//! by bounds that are computed with the same operations, and rounding is monotone.

mod block;
mod distinct;
mod forest;
mod nearest;
mod tree;
mod visit;

pub(crate) use block::{Block, Found, GROUPS, bits, lanes};
pub(crate) use distinct::Distinct;
pub(crate) use forest::Forest;
pub(crate) use nearest::{kth_distances, kth_distances_to, kth_pairs};
pub(crate) use tree::{LEAF, Tree, box_gap, box_reach};
pub(crate) use visit::{HALVES, Lanes, Narrow, Visit, Walk};
