//! What each customer is worth.
pub mod bg_nbd;
mod column;
mod error;
pub mod gamma_gamma;
mod history;
pub mod nbd;
pub mod newton;
mod panels;
mod params;
pub mod pareto_nbd;
pub mod shifted_beta_geometric;
mod special;
mod sums;
#[cfg(test)]
mod tests;

pub use bg_nbd::{BgNbd, Leaving};
pub use column::{Value, at_risk, expected, measure};
pub use error::ValueError;
pub use gamma_gamma::{GammaGamma, Spending};
pub use history::{Bought, Compressed, History, Summary};
pub use nbd::Nbd;
pub use params::{Checked, Horizon, HorizonRule, Margin, Params, Per};
pub use pareto_nbd::ParetoNbd;
pub use shifted_beta_geometric::ShiftedBetaGeometric;
/// x
pub const FIND_DROPOUT: f64 = 1.92;
