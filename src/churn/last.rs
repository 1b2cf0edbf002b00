//! The final model, fitted on all customers whose outcome is known.

use ndarray::Array2;

use super::ChurnError;
use super::boosted::Boosted;
use super::calibrate::{self, Tried, Unseen};
use super::carry;
use super::choice::Chosen;
use super::crossfit::{self, Kind, Known, Repeat};
use super::curve::Curve;
use super::drivers;
use super::folds::FOLDS;
use super::linear::Linear;
use super::logistic::{self, Fit, LAMBDA, LOOSE, Sample, TIGHT};
use super::propensity::Propensity;
use super::trained;
use crate::matrix::Matrix;
use crate::normalise::Normaliser;
use crate::results::{Driver, Importance};
use crate::stats::calibration::Line;
use crate::stats::number;

/// The final model and what drives it.
pub(super) struct Last {
    pub(super) propensity: Propensity,
    pub(super) drivers: Vec<Driver>,
    pub(super) importance: Vec<Importance>,
    pub(super) converged: bool,
}

/// Fits on all known customers; the calibration is learnt from the out-of-fold
/// predictions of repeat 1 by the same kind of model. `None` where one class is absent.
pub(super) fn model(
    known: &Known,
    chosen: &Chosen,
    folds: &[u8],
) -> Result<Option<Last>, ChurnError> {
    let own = &chosen.own()[0];
    let tried = if chosen.kind == Kind::Logistic { Tried::Line } else { Tried::Curve };
    // The logistic regression is fitted whatever was chosen: it gives the odds ratios.
    let (curve, fitted) =
        rayon::join(|| curve_of(known, own, folds, tried), || Regression::on_all(known));
    let Some(fitted) = fitted? else { return Ok(None) };
    let linear_line = match (chosen.kind, &chosen.logistic) {
        (Kind::Boosting, Some(logistic)) => curve_of(known, &logistic[0], folds, Tried::Line),
        (Kind::Boosting, None) => Curve::IDENTITY,
        (Kind::Logistic, _) => curve,
    };
    // Lines alone were tried.
    let linear_line = Line { intercept: linear_line.intercept, slope: linear_line.low };
    let drivers = fitted.drivers(known, linear_line.slope);
    // Not kept while trees are grown.
    let Regression { normaliser, fit, matrix, .. } = fitted;
    drop(matrix);
    if chosen.kind == Kind::Logistic {
        let propensity = Linear::new(normaliser, &fit.beta, linear_line).into();
        let (importance, converged) = (Vec::new(), fit.converged);
        return Ok(Some(Last { propensity, drivers, importance, converged }));
    }
    let Some(trees) = trained::last(known, &own.inside) else { return Ok(None) };
    let boosted = Boosted::new(known.table, &known.columns, trees, curve);
    let importance = boosted.importance(known.table, &known.rows)?;
    Ok(Some(Last { propensity: boosted.into(), drivers, importance, converged: true }))
}

/// The logistic regression of all known customers.
pub(super) struct Regression {
    pub(super) normaliser: Normaliser,
    pub(super) fit: Fit,
    pub(super) covariance: Option<Array2<f64>>,
    /// The customers it was found on, and their rows.
    places: Vec<usize>,
    matrix: Matrix,
}

impl Regression {
    /// `None` where one class is absent. Of very many customers it is found on evenly spread
    /// ones and carried to all.
    pub(super) fn on_all(known: &Known) -> Result<Option<Self>, ChurnError> {
        let step = crossfit::step(&known.outcomes);
        let places: Vec<usize> = (0..known.rows.len()).step_by(step).collect();
        let outcomes: Vec<bool> = places.iter().map(|&place| known.outcomes[place]).collect();
        let (normaliser, matrix) = known.prepare(&places)?;
        let Some(sample) = Sample::all(&matrix, &outcomes) else {
            return Err(ChurnError::Rows { rows: matrix.n_rows(), expected: places.len() });
        };
        let lambda = LAMBDA * number(places.len()) / number(known.rows.len());
        let tolerance = if step == 1 { TIGHT } else { LOOSE };
        let Some(mut fit) = logistic::fit(&sample, lambda, tolerance, None) else {
            return Ok(None);
        };
        let covariance = if step == 1 {
            fit.covariance(&sample, LAMBDA)
        } else {
            fit = carry::improve(known, &normaliser, fit, LAMBDA)?;
            fit.covariance_there()
        };
        Ok(Some(Self { normaliser, fit, covariance, places, matrix }))
    }

    /// What drives it with coefficients times `slope`.
    fn drivers(&self, known: &Known, slope: f64) -> Vec<Driver> {
        let Some(covariance) = &self.covariance else { return Vec::new() };
        let beta: Vec<f64> = self.fit.beta.iter().map(|b| b * slope).collect();
        let covariance = covariance * (slope * slope);
        drivers::list(known.table, &known.at(&self.places), &self.matrix, &beta, &covariance)
    }
}

/// The calibration of the final model.
fn curve_of(known: &Known, repeat: &Repeat, folds: &[u8], tried: Tried) -> Curve {
    let unseen: Vec<Unseen> = (0..FOLDS)
        .map(|fold| {
            let inside = || (0..folds.len()).filter(move |&p| usize::from(folds[p]) == fold);
            Unseen {
                log_odds: inside().map(|place| repeat.log_odds[place]).collect(),
                outcomes: inside().map(|place| known.outcomes[place]).collect(),
            }
        })
        .collect();
    calibrate::calibrate(&unseen, tried).curve
}
