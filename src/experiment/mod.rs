//! Experiments inside segments: how large they must be, who is in which arm, and what came
//! out.
//!
//! A plan fixes before anything is sent: the arms and their shares, the salt of the
//! assignment, the segment and the covariate of every unit, the effect that is worth finding,
//! and the number of units that must be read before anything is said. The arm of a unit is a
//! hash of the salt and the unit's id: it never changes, whoever is added later. Exact blocks
//! are only on request, and newcomers to them are assigned by the hash too.
//!
//! The read-out keeps to the plan: everybody counts in the arm that was assigned, whatever was
//! received (intention to treat); the units that were read are compared with those that were
//! assigned; covariates from before the assignment sharpen the estimates; all intervals are of
//! 95 %, and p-values are corrected for their number.
//!
//! # References
//!
//! Deng, Xu, Kohavi and Walker (2013), Improving the sensitivity of online controlled
//! experiments by utilizing pre-experiment data, WSDM: the adjustment by a covariate.
//! Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments,
//! KDD. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
//! Journal of Statistics 6. DerSimonian and Laird (1986), Meta-analysis in clinical trials,
//! Controlled Clinical Trials 7: segments drawn towards their mean. Newcombe (1998), Interval
//! estimation for the difference between independent proportions, Statistics in Medicine 17,
//! method 10.

mod adjust;
mod assign;
mod distribution;
mod effect;
mod plan;
mod power;
mod read;
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::fault::{Class, Fault};

pub use adjust::Adjustment;
pub use assign::{Arm, arm_of, blocks};
pub use plan::{Asked, Plan, SegmentBase, SegmentPlan, TooSmall, plan};
pub use power::{detectable, needed, power};
pub use read::{Compared, Effect, Mismatch, Observation, Readout, read};

/// What is measured of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Whether something happened: 0 or 1.
    Rate,
    /// A number.
    Mean,
}

/// Why there is no plan or no read-out.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum ExperimentError {
    /// Arms that cannot be.
    #[error("the arms {what}")]
    Arms {
        /// What is wrong with them, beginning with a verb.
        what: &'static str,
    },
    /// A number out of its range.
    #[error("{what} is {found} but must be {allowed}")]
    Value {
        /// What.
        what: &'static str,
        /// What was given.
        found: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// Nobody to assign.
    #[error("nobody in these segments can be in an experiment")]
    Nobody,
    /// The base rate is not known.
    #[error("the base rate of segment {segment} is not known, or is nothing or everything")]
    NoBase {
        /// The segment.
        segment: u32,
    },
    /// Too early.
    #[error(
        "{read} units can be read but the plan asks for {planned}: to look earlier makes chance look like an effect"
    )]
    Early {
        /// Units with an outcome.
        read: usize,
        /// The units of the plan.
        planned: usize,
    },
    /// An outcome that is none.
    #[error("{n} outcomes are neither 0 nor 1")]
    NotARate {
        /// How many.
        n: usize,
    },
}

impl Fault for ExperimentError {
    fn code(&self) -> &'static str {
        match self {
            Self::Arms { .. } => "E-EXP-001",
            Self::Value { .. } => "E-EXP-002",
            Self::Nobody => "E-EXP-003",
            Self::NoBase { .. } => "E-EXP-004",
            Self::Early { .. } => "E-EXP-005",
            Self::NotARate { .. } => "E-EXP-006",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Arms { .. } | Self::Value { .. } | Self::NoBase { .. } => Class::Config,
            Self::Nobody | Self::NotARate { .. } => Class::Input,
            Self::Early { .. } => Class::Refused,
        }
    }

    fn hint(&self) -> Option<String> {
        Some(
            match self {
                Self::Arms { .. } => "give two or more, such as --arm offer=0.5 --arm hold-out=0.5",
                Self::Value { .. } => "see `kohort experiment plan --help`",
                Self::Nobody => "choose other segments, or a run with customers who have not left",
                Self::NoBase { .. } => "give it with --base-rate, or name a column with --outcome",
                Self::Early { .. } => "wait until the outcomes of the planned number are known",
                Self::NotARate { .. } => {
                    "plan the experiment with --measure mean for outcomes that are numbers"
                }
            }
            .to_owned(),
        )
    }
}

#[cfg(test)]
mod tests;
