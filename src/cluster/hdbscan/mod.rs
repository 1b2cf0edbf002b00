//! HDBSCAN*: clusters of any shape and of different density; what is in none is noise.
//!
//! What it answers: which groups of customers lie closer together than their
//! surroundings, where one radius for all ([`dbscan`](super::dbscan)) would merge some
//! and miss others.
//!
//! The core distance of a customer is the distance within which `min_samples` customers
//! lie, itself included. Two customers are as far apart as
//! `m(a, b) = max(core(a), core(b), d(a, b))`, their mutual reachability. The components of
//! the customers within `w` of each other under `m` form a hierarchy over `w`; parts of
//! fewer than `min_cluster_size` customers are dropped from it, and of what is left the
//! clusters are taken whose stability, the sum over their customers of
//! `1 / w(leaving) - 1 / w(birth)`, is largest in total (excess of mass), or the smallest
//! ones ([`Selection::Leaf`]). Equal distances merge at once.
//!
//! The strength of a membership is `w(end of the cluster) / w(leaving)`, at most 1; the
//! outlier score (GLOSH) is `1 - w(densest below the last cluster) / w(leaving)`.
//!
//! A new customer `x` has the core distance that it would have as one more customer. It
//! joins the cluster of the customer nearest under `m`, if `m` is below the distance at
//! which that cluster came to be; otherwise it is noise. A customer equal to one of the
//! fit is where that one is. No other label is ever given.
//!
//! Choosing parameters: `min_cluster_size` is the smallest segment that is worth an
//! action; `min_samples` smooths, and more of it calls more customers noise.
//!
//! Limits and cost: exact; about `n log n` in few columns, towards `n^2` where distances
//! say little (above some fifteen). Memory is linear.
//!
//! # Examples
//!
//! ```
//! use kohort::cluster::hdbscan::HdbscanParams;
//! use kohort::matrix::Matrix;
//! let rows = ndarray::array![[0.0], [0.1], [0.2], [9.0], [9.1], [9.2], [50.0]];
//! let found = HdbscanParams::new(3).check()?.fit(&Matrix::unnamed(rows)?);
//! assert_eq!(found.n_clusters, 2);
//! assert_eq!(found.labels[6], None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Errors
//!
//! A minimum cluster size below 2, 0 samples, a distance below 0.
//!
//! # References
//!
//! - Campello, Moulavi, Zimek & Sander 2015, Hierarchical density estimates for data
//!   clustering, visualization, and outlier detection, ACM TKDD 10(1): sections 3 to 5 and
//!   7 (GLOSH). Deviation: core distances count the customer itself, as scikit-learn does.
//! - `McInnes` & Healy 2017, Accelerated hierarchical density based clustering, ICDM
//!   Workshops.
//! - March, Ram & Gray 2010, Fast Euclidean minimum spanning tree, KDD: Borůvka on trees.
//! - Malzer & Baum 2020, A hybrid approach to hierarchical density-based cluster selection,
//!   MFI: the distance below which clusters are not split.

pub(crate) mod discovery;
mod error;
mod fit;
mod hierarchy;
mod index;
mod members;
mod params;
mod select;
mod spanning;
#[cfg(test)]
mod tests;

pub use error::HdbscanError;
pub use fit::Hierarchy;
pub(crate) use index::MemberIndex;
pub use members::Members;
pub use params::{Checked, HdbscanParams, Selection};
