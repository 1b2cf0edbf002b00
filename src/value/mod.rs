//! What each customer is worth.
pub mod bg_nbd;
mod column;
mod error;
mod history;
pub mod nbd;
pub mod newton;
mod params;
mod sums;
#[cfg(test)]
mod tests;

pub use bg_nbd::{BgNbd, Leaving};
pub use column::{Value, at_risk, expected, measure};
pub use error::ValueError;
pub use history::{Bought, Compressed, History, Summary};
pub use nbd::Nbd;
pub use params::{Checked, Horizon, HorizonRule, Margin, Params, Per};
/// x
pub const FIND_DROPOUT: f64 = 1.92;
