//! From purchase lines to what is known of each customer: the orders of everybody, in
//! exact money, up to and including the as-of day.
//!
//! [`Histories`] is the noun: who ordered when and for how much. Features are computed
//! from it and the rule segmentations are defined on it.

pub mod activity;
mod history;

pub use history::{Histories, HistoryError, Record};
