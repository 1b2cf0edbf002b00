//! Finding segments: k-means, DBSCAN, mixtures and k-prototypes behind one noun, the
//! [`Segmentation`], and the evidence for how many there are; beside them the segments that
//! [`rules`] define.
//!
//! The verb is [`discover`]: from a matrix to segments with their stability, their
//! verdict and the reason for their number. [`Segmentation::assign`] puts any
//! customer into the segments found; [`Segmentation::assign_orders`] does it by a rule.

mod auto;
#[cfg(test)]
mod battery;
mod choice;
pub mod dbscan;
mod density;
mod error;
#[cfg(test)]
mod evidence_tests;
mod explore;
mod fits;
mod gap;
pub mod gmm;
pub mod hdbscan;
mod identity;
mod k;
pub(crate) mod kernel;
pub mod kmeans;
pub mod kprototypes;
mod labels;
pub mod latent;
mod linfa_engine;
mod lot;
#[cfg(test)]
mod model_tests;
mod models;
mod names;
mod neighbours;
mod params;
pub mod parts;
mod placing;
#[cfg(test)]
#[cfg(feature = "frames")]
mod public_sets_tests;
pub mod quality;
mod reason;
mod recentred;
pub mod refits;
pub mod rules;
mod segmentation;
mod shown;
pub mod stability;
pub mod survey;
pub mod trivial;
pub mod validity;
pub mod variables;

pub use auto::Auto;
pub use error::ClusterError;
pub use explore::{Discovery, Task, discover};
pub use k::K;
pub use labels::Labels;
pub use params::{Checked, Engine, Method, Params};
pub use parts::discover_parts;
pub use rules::by_rule;
pub use segmentation::{Assignment, Segmentation, Shape};
pub use shown::{Branch, Shown};
