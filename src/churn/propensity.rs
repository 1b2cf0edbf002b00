//! The fitted model: from a feature table to the probability of the outcome.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ChurnError;
use crate::normalise::Normaliser;
use crate::stats::calibration::Line;
use crate::stats::sigmoid;
use crate::table::FeatureTable;

/// A fitted ridge logistic regression with its preparation and its calibration line.
/// Pure data; part of the frozen model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Propensity {
    normaliser: Normaliser,
    /// One per column of the prepared matrix.
    coefficients: Vec<f64>,
    intercept: f64,
    calibration_intercept: f64,
    calibration_slope: f64,
}

/// What one source column adds to a customer's log-odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The source column.
    pub column: String,
    /// Calibrated log-odds.
    pub log_odds: f64,
}

impl Propensity {
    /// From coefficients with the intercept last.
    pub(super) fn new(normaliser: Normaliser, beta: &[f64], line: Line) -> Self {
        let (coefficients, intercept) = match beta.split_last() {
            Some((intercept, coefficients)) => (coefficients.to_vec(), *intercept),
            None => (Vec::new(), 0.0),
        };
        Self {
            normaliser,
            coefficients,
            intercept,
            calibration_intercept: line.intercept,
            calibration_slope: line.slope,
        }
    }

    fn line(&self) -> Line {
        Line { intercept: self.calibration_intercept, slope: self.calibration_slope }
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
        let matrix = self.normaliser.apply(table, rows)?;
        self.check_width(matrix.n_columns())?;
        let line = self.line();
        // One row after the other, so that no other row can change a bit.
        let log_odds = |row: ndarray::ArrayView1<f64>| {
            self.intercept + row.iter().zip(&self.coefficients).map(|(x, b)| x * b).sum::<f64>()
        };
        Ok(matrix.values().rows().into_iter().map(|row| sigmoid(line.at(log_odds(row)))).collect())
    }

    /// What each source column adds to the log-odds of the customer at `row`, strongest
    /// first. Together with [`Propensity::base_log_odds`] they sum to the log-odds of
    /// [`Propensity::predict`], since the calibration is a straight line.
    ///
    /// # Errors
    ///
    /// The table lacks a column of the model.
    pub fn contributions(
        &self,
        table: &FeatureTable,
        row: usize,
    ) -> Result<Vec<Contribution>, ChurnError> {
        let matrix = self.normaliser.apply(table, &[row])?;
        self.check_width(matrix.n_columns())?;
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for ((column, x), b) in
            matrix.columns().iter().zip(matrix.values().row(0)).zip(&self.coefficients)
        {
            *sums.entry(&column.source).or_insert(0.0) += self.calibration_slope * x * b;
        }
        let mut contributions: Vec<Contribution> = sums
            .into_iter()
            .map(|(column, log_odds)| Contribution { column: column.to_owned(), log_odds })
            .collect();
        contributions.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
        Ok(contributions)
    }

    /// The log-odds of a customer at the zero of every prepared column.
    #[must_use]
    pub fn base_log_odds(&self) -> f64 {
        self.line().at(self.intercept)
    }

    /// The preparation.
    #[must_use]
    pub fn normaliser(&self) -> &Normaliser {
        &self.normaliser
    }

    /// Checks a model that was read from a file: sizes agree, numbers are finite.
    ///
    /// # Errors
    ///
    /// A coefficient too many or too few, a number that is not finite, a calibration that
    /// turns the ranking round, a preparation that is not valid.
    pub fn validate(&self) -> Result<(), ChurnError> {
        self.normaliser.validate()?;
        self.check_width(self.normaliser.columns().len())?;
        if !self.coefficients.iter().all(|b| b.is_finite()) || !self.intercept.is_finite() {
            return Err(ChurnError::Number { what: "coefficients" });
        }
        let slope = self.calibration_slope;
        if !self.calibration_intercept.is_finite() || !slope.is_finite() || slope <= 0.0 {
            return Err(ChurnError::Number { what: "calibration" });
        }
        Ok(())
    }

    fn check_width(&self, columns: usize) -> Result<(), ChurnError> {
        let coefficients = self.coefficients.len();
        if coefficients == columns {
            Ok(())
        } else {
            Err(ChurnError::Shape { coefficients, columns })
        }
    }
}
