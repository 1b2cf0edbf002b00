//! The fitted model: from a feature table to the probability of the outcome.

use serde::{Deserialize, Serialize};

use super::ChurnError;
use super::boosted::Boosted;
use super::curve::Curve;
use super::formula::Formula;
use super::linear::Linear;
use crate::stats::sigmoid;
use crate::table::FeatureTable;

/// A fitted model, logistic or boosted, with its preparation and its calibration.
/// Pure data; part of the frozen model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Propensity(Kind);

/// The models; told apart by their fields, so that files from before there were two read
/// as they did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Kind {
    Logistic(Linear),
    Boosting(Boosted),
}

/// What one source column adds to a customer's log-odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The source column.
    pub column: String,
    /// Calibrated log-odds.
    pub log_odds: f64,
}

impl From<Linear> for Propensity {
    fn from(linear: Linear) -> Self {
        Self(Kind::Logistic(linear))
    }
}

impl From<Boosted> for Propensity {
    fn from(boosted: Boosted) -> Self {
        Self(Kind::Boosting(boosted))
    }
}

impl Propensity {
    /// Which model it is: `logistic` or `boosting`.
    #[must_use]
    pub fn model(&self) -> &'static str {
        match &self.0 {
            Kind::Logistic(_) => "logistic",
            Kind::Boosting(_) => "boosting",
        }
    }

    /// The probability of the outcome for every customer of the table, 0..1.
    ///
    /// # Errors
    ///
    /// The table lacks a column of the model.
    pub fn predict(&self, table: &FeatureTable) -> Result<Vec<f64>, ChurnError> {
        let rows: Vec<usize> = (0..table.n_customers()).collect();
        self.predict_rows(table, &rows)
    }

    /// The probability of the outcome for the customers at `rows`.
    ///
    /// # Errors
    ///
    /// The table lacks a column of the model.
    pub fn predict_rows(
        &self,
        table: &FeatureTable,
        rows: &[usize],
    ) -> Result<Vec<f64>, ChurnError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let log_odds = match &self.0 {
            Kind::Logistic(linear) => linear.log_odds(table, rows)?,
            Kind::Boosting(boosted) => boosted.log_odds(table, rows)?,
        };
        Ok(log_odds.into_iter().map(sigmoid).collect())
    }

    /// What each source column adds to the log-odds of the customer at `row`, strongest
    /// first. Together with [`Propensity::base_log_odds`] they sum to the log-odds of
    /// [`Propensity::predict`]. For boosting they are Shapley values of the trees, times
    /// the mean slope of the calibration from the base to the customer.
    ///
    /// # Errors
    ///
    /// The table lacks a column of the model.
    pub fn contributions(
        &self,
        table: &FeatureTable,
        row: usize,
    ) -> Result<Vec<Contribution>, ChurnError> {
        let mut contributions = match &self.0 {
            Kind::Logistic(linear) => linear.contributions(table, row)?,
            Kind::Boosting(boosted) => boosted.contributions(table, row)?,
        };
        contributions.sort_by(|a, b| {
            b.log_odds.abs().total_cmp(&a.log_odds.abs()).then_with(|| a.column.cmp(&b.column))
        });
        Ok(contributions)
    }

    /// The source columns, and what each of them adds to the log-odds of the customers at
    /// `rows`, shape `(rows, columns)`; see [`Propensity::contributions`].
    ///
    /// # Errors
    ///
    /// The table lacks a column of the model.
    pub fn contributions_of(
        &self,
        table: &FeatureTable,
        rows: &[usize],
    ) -> Result<(Vec<String>, Vec<Vec<f64>>), ChurnError> {
        match &self.0 {
            Kind::Logistic(linear) => linear.contributions_of(table, rows),
            Kind::Boosting(boosted) => boosted.contributions_of(table, rows),
        }
    }

    /// The log-odds of a customer of whom nothing is known: at the zero of every prepared
    /// column (logistic), or the mean over the customers learnt from (boosting).
    #[must_use]
    pub fn base_log_odds(&self) -> f64 {
        match &self.0 {
            Kind::Logistic(linear) => linear.base_log_odds(),
            Kind::Boosting(boosted) => boosted.base_log_odds(),
        }
    }

    /// What [`Propensity::predict`] computes.
    pub(crate) fn formula(&self) -> Formula<'_> {
        match &self.0 {
            Kind::Logistic(linear) => Formula { odds: linear.odds(), curve: linear.line().into() },
            Kind::Boosting(boosted) => Formula { odds: boosted.odds(), curve: boosted.curve() },
        }
    }

    /// Checks a model that was read from a file: sizes agree, numbers are finite.
    ///
    /// # Errors
    ///
    /// Parts that do not belong together, a number that is not finite, a calibration that
    /// turns the ranking round, a preparation that is not valid.
    pub fn validate(&self) -> Result<(), ChurnError> {
        let curve = match &self.0 {
            Kind::Logistic(linear) => {
                linear.validate()?;
                Curve::from(linear.line())
            }
            Kind::Boosting(boosted) => {
                boosted.validate()?;
                boosted.curve()
            }
        };
        if !curve.is_valid() {
            return Err(ChurnError::Number { what: "calibration" });
        }
        Ok(())
    }
}
