//! Columns become finite numbers: the only place where a feature table turns into a
//! [`Matrix`](crate::matrix::Matrix). What is learnt (medians, scales, levels) is learnt
//! on the rows given and nowhere else, is invertible, and is stored in the frozen model.
//!
//! What happens to a column, in this order:
//!
//! 1. A level that means "does not have it" is folded into "No" ([`NotApplicable`]).
//! 2. Missing numbers: 0 where another column says so, else the median; an indicator
//!    column where many are missing.
//! 3. The largest numbers are clipped, the skewed ones logarithmised.
//! 4. Numbers are brought to one scale; levels become 0/1 columns; blocks (a latitude and a
//!    longitude, shares of one whole, answers of one battery) get one scale together.
//!
//! Two purposes differ in what the columns are for:
//!
//! - [`Purpose::Distance`]: one source column, one vote. Two random customers differ by 2
//!   on average in the square of a standardised number, and as much over all the dummies
//!   of a category together. Flags, two-level categories and indicators stay 0 and 1: they
//!   are never standardised, so that a rare flag does not outweigh everything else, and
//!   count for at most a quarter of a number. A user's weight multiplies squared distances,
//!   that is, values by its square root.
//! - [`Purpose::Regression`]: numbers are standardised whatever the scale, 0/1 columns are
//!   centred and doubled, so that one of half the customers has standard deviation 1 and a
//!   ridge penalty shrinks rare levels more (Gelman 2008, Scaling regression inputs by
//!   dividing by two standard deviations, Statistics in Medicine 27). A category leaves its
//!   most frequent level out; numbers get terms for bends (see [`Purpose`]). Weights do not
//!   apply.

pub mod base;

mod apply;
mod bends;
mod clip;
mod encode;
mod error;
mod fit;
mod fold;
mod impute;
mod input;
mod log;
mod order;
mod place;
mod scale;
mod shares;
mod stored;
mod term;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use base::{BaseChoice, ClusterOn, NotApplicable};
pub use error::NormaliseError;
pub use impute::complete_rows;
pub(crate) use input::position_of;
#[cfg(feature = "frames")]
pub(crate) use place::is_place;
pub(crate) use place::surface;
pub use place::{EARTH_KM, arc, chord};
pub(crate) use scale::normal_quantile;

/// What the parts of a preparation are made of, for those who write it in another language.
pub(crate) mod sql {
    pub(crate) use super::clip::Curve;
    pub(crate) use super::log::{Kind, Logarithm};
    pub(crate) use super::place::EARTH_KM;
    pub(crate) use super::scale::{CENTRAL, MIDDLE};
    pub(crate) use super::term::{Axis, Feature, Reading, SQUARE_LIMIT, Term, What};
}

use crate::matrix::MatrixColumn;
use term::Feature;

/// How numbers are brought to one scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Mean 0, standard deviation 1.
    #[default]
    Standard,
    /// Median 0, interquartile range 1.349 (the normal distribution's); falls back to
    /// standard where the range is 0.
    Robust,
    /// 0 to 1.
    MinMax,
    /// Normal scores of the ranks.
    Quantile,
    /// As it is.
    None,
}

impl Scale {
    /// The word that the config uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Robust => "robust",
            Self::MinMax => "min-max",
            Self::Quantile => "quantile",
            Self::None => "none",
        }
    }
}

/// Which numbers are logarithmised first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Log {
    /// `"auto"` (skewed columns) or `"none"`.
    Rule(LogRule),
    /// Exactly these columns.
    Columns(Vec<String>),
}

/// The two words that `log` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LogRule {
    /// Columns with a skewness above 1 that the logarithm reduces.
    Auto,
    /// None.
    None,
}

/// What stands in for a missing number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Impute {
    /// The median of the column, with an indicator above 20 % missing.
    #[default]
    Median,
    /// Zero.
    Zero,
    /// A customer with a missing number is excluded and counted.
    DropRow,
    /// An error.
    Error,
}

/// Whether a habit of ticking high or low is taken out of a battery of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Likert {
    /// Answers as they are given.
    #[default]
    Raw,
    /// Less the customer's own mean over the battery.
    Centred,
}

/// How columns are prepared. The `[normalise]` table of the config.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// How numbers are brought to one scale.
    pub scale: Scale,
    /// Which numbers are logarithmised first: `"auto"`, `"none"` or a list of columns.
    pub log: Log,
    /// What stands in for a missing number.
    pub impute: Impute,
    /// The share of customers clipped at each end of a number, 0 to 0.25.
    pub clip: f64,
    /// Whether answers on one scale are taken from the customer's own mean over the battery.
    pub likert: Likert,
    /// A weight per source column, default 1.
    pub weights: BTreeMap<String, f64>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            scale: Scale::Standard,
            log: Log::Rule(LogRule::Auto),
            impute: Impute::Median,
            clip: 0.001,
            likert: Likert::Raw,
            weights: BTreeMap::new(),
        }
    }
}

impl Params {
    /// Checks every value.
    ///
    /// # Errors
    ///
    /// `clip` outside 0 to 0.25; a weight that is not above 0 and at most a million.
    pub fn check(self) -> Result<Checked, NormaliseError> {
        if !(0.0..=0.25).contains(&self.clip) {
            return Err(NormaliseError::Clip { found: self.clip });
        }
        for (column, &weight) in &self.weights {
            if !(weight > 0.0 && weight <= 1e6) {
                return Err(NormaliseError::Weight { column: column.clone(), found: weight });
            }
        }
        Ok(Checked(self))
    }
}

/// Parameters that have been checked: only these can fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked(Params);

impl Checked {
    /// The parameters.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.0
    }

    /// How numbers are brought to one scale.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.0.scale
    }

    /// Which numbers are logarithmised first.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.0.log
    }

    /// What stands in for a missing number.
    #[must_use]
    pub fn impute(&self) -> Impute {
        self.0.impute
    }

    /// The share of customers clipped at each end, 0 to 0.25.
    #[must_use]
    pub fn clip(&self) -> f64 {
        self.0.clip
    }

    /// Whether answers are taken from the customer's own mean.
    #[must_use]
    pub fn likert(&self) -> Likert {
        self.0.likert
    }

    /// The weight of a source column, 1 where none is given.
    #[must_use]
    pub fn weight(&self, column: &str) -> f64 {
        self.0.weights.get(column).copied().unwrap_or(1.0)
    }
}

/// What the matrix is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Clustering: distances between customers, one source column one vote.
    Distance,
    /// Churn: a linear predictor. Categories without their most frequent level; indicators
    /// for missing values, for 0 where at least a tenth are 0, and for each value of a
    /// number with 3 to 8 whole values; a squared term for a number with more than 20.
    Regression,
}

/// A preparation that has been learnt: pure data, no customer's row.
///
/// A column of the matrix is `(x - centre) / spread`, where x is a number after clipping
/// and logarithm, or 0 or 1. Values beyond 1e100 in size are held there, so that squares
/// stay finite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Normaliser {
    purpose: Purpose,
    features: Vec<Feature>,
    columns: Vec<MatrixColumn>,
}

impl Normaliser {
    /// Where each column of the matrix comes from.
    #[must_use]
    pub fn columns(&self) -> &[MatrixColumn] {
        &self.columns
    }

    /// What was learnt of each source column, in the order of the columns of the matrix.
    pub(crate) fn features(&self) -> &[Feature] {
        &self.features
    }

    /// What the matrix is for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }
}

/// A count as a number; exact below 2^53, which no table reaches.
#[expect(clippy::cast_precision_loss, reason = "counts of rows and columns stay below 2^53")]
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}

/// The whole part of a number from 0 to `limit`, as a position.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is held between 0 and limit first; NaN becomes 0"
)]
pub(crate) fn position(value: f64, limit: usize) -> usize {
    (value.clamp(0.0, real(limit)) as usize).min(limit)
}

#[cfg(test)]
mod tests;
