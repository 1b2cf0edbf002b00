//! From purchase lines to what is known of each customer: the orders of everybody, in
//! exact money, up to and including the as-of day.
//!
//! [`Intake`] takes lines in, batch by batch and in any order, and [`Intake::finish`] sums
//! them up to [`Purchases`]. [`Histories`] is the noun that later stages share: who ordered
//! when and for how much. [`Purchases::features`] turns both into columns, and
//! [`LineCounts`] says where every line went.
//!
//! # What it costs
//!
//! A line takes 32 bytes until its customer is summed up, and an order 12 bytes after.
//! Customers, products, categories and channels are kept once each. Time is linear in
//! lines but for sorting the lines of one customer at a time; reading and counting go on
//! on all threads, and no result depends on their number.
//!
//! # Examples
//!
//! ```
//! use kohort::orders::{Batch, Intake, Money, Rules};
//!
//! let rules = Rules { money: Money::Amount { decimals: 2 }, ..Rules::default() };
//! let mut intake = Intake::new(rules)?;
//! intake.push(&Batch {
//!     customers: [Some("B"), Some("A"), Some("A"), None].into_iter().collect(),
//!     days: vec![Some(10), Some(10), Some(14), Some(14)],
//!     money: vec![5.0, 12.5, 7.25, 1.0],
//!     ..Batch::default()
//! })?;
//! let purchases = intake.finish(None)?;
//! assert_eq!(purchases.histories().ids(), ["A", "B"]);
//! assert_eq!(purchases.histories().spend(0), 1975);
//! assert_eq!(purchases.counts().excluded.without_customer.lines, 1);
//! assert!(purchases.counts().add_up());
//! # Ok::<(), kohort::orders::OrderError>(())
//! ```

pub mod activity;
mod attributes;
mod counts;
mod customer;
mod details;
mod dictionary;
mod error;
mod exact;
pub mod features;
mod frozen;
mod gather;
mod history;
mod intake;
mod line;
mod notice;
mod purchases;
mod reduce;
mod rules;
mod tally;
mod texts;
#[cfg(test)]
mod tests;

pub use attributes::Attribute;
pub use counts::{Excluded, LineCounts, Seen, Tally};
pub use error::OrderError;
pub use exact::{Exact, ExactError, MOST_DECIMALS, power};
pub use features::{Features, Learnt};
pub use frozen::{Frozen, KEYS};
pub use history::{Histories, HistoryError, Record};
pub use intake::{Intake, Ready};
pub use line::{FIRST_DAY, LAST_DAY};
pub use purchases::Purchases;
pub use rules::{Batch, CancelPrefix, Money, Refunds, Rules, ZeroPrice};
pub use texts::Texts;
