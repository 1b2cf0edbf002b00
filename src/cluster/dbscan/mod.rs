//! DBSCAN: dense regions of any shape; what is in none is noise.
//!
//! A customer is a core where at least `min_points` customers, itself included, lie
//! within `eps`. Cores within `eps` of each other belong to one cluster; a customer who
//! is no core belongs to the lowest cluster id among the cores within `eps`, or to none.
//! Cluster ids are in order of the lowest row among their cores. Labels equal
//! scikit-learn's.
//!
//! Equal customers are taken together with their number as weight, so that thousands of
//! identical one-time buyers cost as much as one. Range queries go through a balanced
//! tree that takes whole boxes without computing a distance.
//!
//! Choosing parameters: `min_points = "auto"` is `2 * columns`, at least 5 and at most
//! 50; `eps = "auto"` is the knee of the curve of distances to the `min_points`-th
//! neighbour, refused above 10 columns or where more than 30 % of the customers are
//! equal to another one.
//!
//! Limits and cost: one density for all segments; distances mean little above some ten
//! columns; time grows with customers times neighbours per box, estimated from a sample
//! beforehand and refused above a limit.
//!
//! # Errors
//!
//! eps cannot be found out, the neighbourhoods are too large, there is nothing but noise.
//!
//! # References
//!
//! - Ester, Kriegel, Sander & Xu 1996, A density-based algorithm for discovering
//!   clusters in large spatial databases with noise, KDD.
//! - Schubert, Sander, Ester, Kriegel & Xu 2017, DBSCAN revisited, revisited, ACM TODS
//!   42(3).
//! - Satopaa, Albrecht, Irwin & Raghavan 2011, Finding a "kneedle" in a haystack, ICDCSW.

mod auto;
mod cores;
mod dense;
mod fit;
mod join;
mod linfa_engine;
mod sparse;
#[cfg(test)]
mod tests;

pub use auto::{Chosen, choose};
pub(crate) use cores::CoreIndex;
pub(crate) use fit::Search;
pub use fit::{Density, fit};
