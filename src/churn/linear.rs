//! The fitted logistic regression: from a feature table to log-odds.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::formula::Odds;
use super::{ChurnError, Contribution};
use crate::normalise::Normaliser;
use crate::stats::calibration::Line;
use crate::table::FeatureTable;

/// A fitted ridge logistic regression with its preparation and its calibration line.
/// Pure data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Linear {
    normaliser: Normaliser,
    /// One per column of the prepared matrix.
    coefficients: Vec<f64>,
    intercept: f64,
    calibration_intercept: f64,
    calibration_slope: f64,
}

impl Linear {
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

    /// Its calibration.
    pub(super) fn line(&self) -> Line {
        Line { intercept: self.calibration_intercept, slope: self.calibration_slope }
    }

    /// The log-odds before calibration, as they are computed.
    pub(super) fn odds(&self) -> Odds<'_> {
        let (normaliser, coefficients) = (&self.normaliser, self.coefficients.as_slice());
        Odds::Line { normaliser, coefficients, intercept: self.intercept }
    }

    /// Calibrated log-odds of the customers at `rows`.
    pub(super) fn log_odds(
        &self,
        table: &FeatureTable,
        rows: &[usize],
    ) -> Result<Vec<f64>, ChurnError> {
        self.check_width(self.normaliser.columns().len())?;
        let line = self.line();
        let sums = self.normaliser.combine(table, rows, &self.coefficients)?;
        Ok(sums.into_iter().map(|sum| line.at(self.intercept + sum)).collect())
    }

    /// What each source column adds to the calibrated log-odds of the customer at `row`.
    pub(super) fn contributions(
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
        Ok(sums
            .into_iter()
            .map(|(column, log_odds)| Contribution { column: column.to_owned(), log_odds })
            .collect())
    }

    /// The columns, and what each of them adds to the log-odds of the customers at `rows`.
    pub(super) fn contributions_of(
        &self,
        table: &FeatureTable,
        rows: &[usize],
    ) -> Result<(Vec<String>, Vec<Vec<f64>>), ChurnError> {
        let matrix = self.normaliser.apply(table, rows)?;
        self.check_width(matrix.n_columns())?;
        let sources: BTreeSet<&str> =
            matrix.columns().iter().map(|column| column.source.as_str()).collect();
        let names: Vec<String> = sources.iter().map(|&name| name.to_owned()).collect();
        let of: Vec<usize> = matrix
            .columns()
            .iter()
            .map(|column| names.partition_point(|name| *name < column.source))
            .collect();
        let one = |row: ndarray::ArrayView1<f64>| {
            let mut sums = vec![0.0; names.len()];
            for ((x, b), &at) in row.iter().zip(&self.coefficients).zip(&of) {
                sums[at] += self.calibration_slope * x * b;
            }
            sums
        };
        Ok((names.clone(), matrix.values().rows().into_iter().map(one).collect()))
    }

    /// The log-odds of a customer at the zero of every prepared column.
    pub(super) fn base_log_odds(&self) -> f64 {
        self.line().at(self.intercept)
    }

    /// Sizes agree, numbers are finite.
    pub(super) fn validate(&self) -> Result<(), ChurnError> {
        self.normaliser.validate()?;
        self.check_width(self.normaliser.columns().len())?;
        if !self.coefficients.iter().all(|b| b.is_finite()) || !self.intercept.is_finite() {
            return Err(ChurnError::Number { what: "coefficients" });
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
