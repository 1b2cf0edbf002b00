//! What has changed between two runs, and whether the segments still hold.
//!
//! Two things can move a customer into another segment: the customer does something else,
//! or the segments were drawn anew. They are told apart by a third labelling, that of the
//! previous frozen model on this run's rows ([`identity`], [`movement`]): last run's segment
//! against it is movement by behaviour; it against the new fit is redefinition. Which
//! segment is which is decided by redefinition alone.
//!
//! The verdict ([`verdict`]) is keep, look or refit. A refit is called for where a new fit
//! on the same rows agrees with the frozen model far less than any two refits on resampled
//! customers agreed with each other when it was fitted, and a segment is no longer found; or
//! where more customers than the smallest segment may hold are unlike everybody in theirs.
//! The 5th percentile of the refits alone would call for a refit in every second year of
//! months in which nothing changes.
//!
//! Files are read elsewhere: everything here is computed from lists in memory, one entry
//! per customer.

pub mod downgrades;
pub mod drift;
pub mod forecast;
pub mod identity;
pub mod kpi;
pub mod movement;
mod report;
#[cfg(test)]
mod tests;
pub mod verdict;

pub use identity::{Identity, identify};
pub use report::{Side, Task, compare};
