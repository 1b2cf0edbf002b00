//! Why a rule segmentation cannot be made.

use super::Rule;
use crate::fault::{Class, Fault};

/// Why a rule segmentation cannot be made, or why its stored cuts are rejected.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// Cut-offs of ABC that do not ascend between 0 and 1.
    #[error("abc-cuts must be 1 to 5 shares that ascend between 0 and 1")]
    AbcCuts,
    /// ABC by nothing, or twice by the same.
    #[error("abc-by must name 1 or 2 different measures")]
    AbcBy,
    /// Too few or too many bins.
    #[error("rfm-bins is {bins} but must lie between {low} and {high}")]
    Bins {
        /// As given.
        bins: usize,
        /// The fewest.
        low: usize,
        /// The most.
        high: usize,
    },
    /// Own edges that do not ascend.
    #[error("rfm-edges.{which} must be 1 to 9 numbers that ascend")]
    Edges {
        /// Which edges.
        which: &'static str,
    },
    /// Cuts of the rhythm that do not descend between 1 and 0.
    #[error("loyalty-cuts must be two shares between 0 and 1, the larger first")]
    LoyaltyCuts,
    /// Cuts of the risk bands that do not ascend between 0 and 1.
    #[error("risk-cuts must be two shares that ascend between 0 and 1")]
    RiskCuts,
    /// A rule on a table that has no orders.
    #[error("method {} needs orders, but there are none", .rule.name())]
    NeedsOrders {
        /// The rule.
        rule: Rule,
    },
    /// A rule without the money it cuts by.
    #[error("method {} needs a value of each customer, but there is none", .rule.name())]
    NeedsValue {
        /// The rule.
        rule: Rule,
    },
    /// The value-risk grid without a value or without probabilities.
    #[error("method value-risk needs a value and a probability of leaving of each customer")]
    NeedsChurn,
    /// Frozen cuts on money, and orders without money.
    #[error("the cuts were made from orders with money, but these orders have none")]
    NeedsMoney,
    /// A list of another length than there are customers.
    #[error("{what} has {found} entries but there are {expected} customers")]
    Length {
        /// Which list.
        what: &'static str,
        /// Its length.
        found: usize,
        /// Customers.
        expected: usize,
    },
    /// Stored cuts that cannot be right.
    #[error("the stored cuts of {} are not valid: {reason}", .rule.name())]
    Stored {
        /// The rule.
        rule: Rule,
        /// What is wrong.
        reason: &'static str,
    },
}

impl Fault for RuleError {
    fn code(&self) -> &'static str {
        match self {
            Self::AbcCuts => "E-CFG-040",
            Self::AbcBy => "E-CFG-041",
            Self::Bins { .. } => "E-CFG-042",
            Self::Edges { .. } => "E-CFG-043",
            Self::LoyaltyCuts => "E-CFG-044",
            Self::RiskCuts => "E-CFG-045",
            Self::NeedsOrders { .. } => "E-FIT-020",
            Self::NeedsValue { .. } => "E-FIT-021",
            Self::NeedsChurn => "E-FIT-022",
            Self::NeedsMoney => "E-FIT-023",
            Self::Length { .. } => "E-FIT-024",
            Self::Stored { .. } => "E-MDL-050",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::AbcCuts
            | Self::AbcBy
            | Self::Bins { .. }
            | Self::Edges { .. }
            | Self::LoyaltyCuts
            | Self::RiskCuts
            | Self::NeedsOrders { .. }
            | Self::NeedsValue { .. }
            | Self::NeedsChurn => Class::Config,
            Self::NeedsMoney => Class::Input,
            Self::Length { .. } => Class::Internal,
            Self::Stored { .. } => Class::Model,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::AbcCuts => "set segments.abc-cuts to shares such as [0.80, 0.95]",
            Self::AbcBy => "set segments.abc-by to [\"value\"], [\"orders\"] or both",
            Self::Bins { .. } => "set segments.rfm-bins to 5",
            Self::Edges { .. } => "write each edge once, the smallest first",
            Self::LoyaltyCuts => "set segments.loyalty-cuts to shares such as [0.20, 0.05]",
            Self::RiskCuts => "set segments.risk-cuts to shares such as [0.50, 0.80]",
            Self::NeedsOrders { .. } => {
                "give the orders with input.transactions, or use method = \"k-means\""
            }
            Self::NeedsValue { .. } => {
                "name the column of money with value.column, or give orders with amounts"
            }
            Self::NeedsChurn => {
                "name the outcome with churn.label and the money with value.column, or use \
                 method = \"k-means\""
            }
            Self::NeedsMoney => "give orders with amounts",
            Self::Stored { .. } => "write the model again with kohort run",
            Self::Length { .. } => return None,
        };
        Some(hint.to_owned())
    }
}
