//! What each customer is worth over a horizon: from one column of the table, or from
//! orders by the models of repeat buying.
//!
//! - value if kept `V`: value over the horizon, given that the customer stays.
//! - expected value: `V x (1 - p)` with `p` the probability of leaving.
//! - value at risk: `V - expected value`, for customers who have not left; 0 for those
//!   who have. The money of the departed is lost, not at risk.
//!
//! No value is ever made up: without a column and without orders there is none. From
//! orders ([`forecast`]), several models and rules forecast a held-out last period, and
//! the one that did best is used: on many files the standard model cannot see anybody
//! leave, and says that everybody is active.

mod alive;
mod amount_regression;
mod amounts;
mod back_test;
mod bg_nbd;
mod candidates;
mod column;
mod error;
mod forecast;
mod gamma_gamma;
mod glm;
mod growth;
mod history;
mod nbd;
pub mod newton;
mod panels;
mod params;
mod pareto_nbd;
mod regression;
mod retention;
pub mod shifted_beta_geometric;
mod silence;
mod special;
mod summary;
mod sums;
#[cfg(test)]
mod tests;

pub use back_test::Way;
pub use bg_nbd::{BgNbd, Leaving};
pub use column::{Value, at_risk, expected, measure};
pub use error::{NoForecast, ValueError};
pub use forecast::{Evidence, Forecast, Task, forecast};
pub use gamma_gamma::{GammaGamma, Spending};
pub use growth::{TwoYears, two_years};
pub use history::{Bought, Compressed, History, Summary};
pub use nbd::Nbd;
pub use params::{
    Checked, Horizon, HorizonRule, InactiveDays, InactiveRule, Margin, Params, Per, Population,
};
pub use pareto_nbd::ParetoNbd;
pub use retention::{REPEAT_DAYS, retention};
pub use shifted_beta_geometric::ShiftedBetaGeometric;
pub use silence::{RETURNING, Silence, is_active};

/// The log-likelihood that leaving has to add to that of [`Nbd`] to count as visible: half
/// of the 95 % point of chi-squared with 1 degree of freedom. That nobody leaves is at the
/// edge of the parameters, so the level of the test is at most 5 % (Self, Liang, 1987,
/// Asymptotic properties of maximum likelihood estimators under nonstandard conditions,
/// JASA 82).
pub const FIND_DROPOUT: f64 = 1.92;
