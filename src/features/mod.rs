//! From a table as it lies to a feature table: what each column is ([`roles`]), one
//! row per customer in the order of the ids ([`build`]), and the same again for a new
//! table under a frozen schema ([`apply`]).

mod apply;
mod blocks;
mod build;
mod conform;
mod encode;
mod error;
mod family;
mod frame;
mod id;
mod kinds;
mod known;
mod label;
mod names;
pub mod params;
mod places;
mod plan;
pub mod roles;
mod scales;
mod sensitive;
mod shares;
#[cfg(test)]
mod testing;
pub mod transactions;
// The lists read better as lines of words than as one word a line.
#[rustfmt::skip]
mod words;

pub use apply::{Applied, apply, wanted_for};
pub use build::{Built, DAY_AFTER_REFERENCE, build, build_rows};
pub use conform::{Conformed, conform};
pub use error::FeatureError;
pub use id::near_duplicates;
pub use known::known;
pub use params::Params;
