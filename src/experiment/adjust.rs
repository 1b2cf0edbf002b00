//! The adjustment by a covariate from before the assignment: what of an outcome was already
//! to be expected is taken away, the same for all arms, so that the effect stays and the
//! noise shrinks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Observation;

/// Fewer units than this have no covariate to speak of.
const FEWEST: usize = 20;

/// What was learnt of the covariate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// The covariate.
    pub covariate: String,
    /// By how much the outcome rises with it: one number for all arms and segments.
    pub theta: f64,
    /// By how much the outcome of units without it differs.
    pub theta_missing: f64,
    /// The units without it: newcomers.
    pub missing: usize,
    /// The share of the outcome's variance inside arms that it explains, 0..1.
    pub variance_explained: f64,
}

/// The outcomes less what the covariate foretold, in the order of the observations that have
/// an outcome; `None` where the covariate says nothing.
///
/// Both coefficients are fitted by least squares inside each arm of each segment, pooled, so
/// that no effect of an arm is in them. A unit without the covariate has its mean and an
/// indicator of its own.
pub(super) fn adjusted(
    observations: &[Observation],
    covariate: &str,
    n_arms: usize,
) -> Option<(Vec<f64>, Adjustment)> {
    let read: Vec<(&Observation, f64)> =
        observations.iter().filter_map(|unit| Some((unit, unit.outcome?))).collect();
    let known: Vec<f64> = read.iter().filter_map(|(unit, _)| unit.covariate).collect();
    if known.len() < FEWEST || known.len() * 2 < read.len() {
        return None;
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let rows: Vec<[f64; 3]> = read
        .iter()
        .map(|(unit, y)| match unit.covariate {
            Some(x) => [x - mean, 0.0, *y],
            None => [0.0, 1.0, *y],
        })
        .collect();
    // Sums inside each cell of segment and arm, with the cell's means taken off.
    let cell = |unit: &Observation| unit.segment * n_arms + unit.arm;
    let n_cells = observations.iter().map(cell).max()? + 1;
    let mut sums = vec![([0.0; 3], 0.0); n_cells];
    for ((unit, _), row) in read.iter().zip(&rows) {
        let (sum, n) = &mut sums[cell(unit)];
        *n += 1.0;
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += value;
        }
    }
    let mut products = [[0.0; 3]; 3];
    for ((unit, _), row) in read.iter().zip(&rows) {
        let (sum, n) = &sums[cell(unit)];
        let off: Vec<f64> = row.iter().zip(sum).map(|(value, sum)| value - sum / n).collect();
        for (i, products) in products.iter_mut().enumerate() {
            for (j, product) in products.iter_mut().enumerate() {
                *product += off[i] * off[j];
            }
        }
    }
    let [theta, theta_missing] = solve(&products)?;
    let explained = theta * products[0][2] + theta_missing * products[1][2];
    let adjustment = Adjustment {
        covariate: covariate.to_owned(),
        theta,
        theta_missing,
        missing: read.len() - known.len(),
        variance_explained: (explained / products[2][2]).clamp(0.0, 1.0),
    };
    // The mean of what is taken off is 0 over all units, so that levels stay.
    let take = |row: &[f64; 3]| theta * row[0] + theta_missing * row[1];
    let centre = rows.iter().map(take).sum::<f64>() / rows.len() as f64;
    Some((rows.iter().map(|row| row[2] - take(row) + centre).collect(), adjustment))
}

/// The two coefficients; `None` where the covariate does not vary.
fn solve(p: &[[f64; 3]; 3]) -> Option<[f64; 2]> {
    let (xx, mm, xm) = (p[0][0], p[1][1], p[0][1]);
    if xx <= 0.0 || p[2][2] <= 0.0 {
        return None;
    }
    let determinant = xx * mm - xm * xm;
    if mm <= 0.0 || determinant <= xx * mm * 1e-12 {
        return Some([p[0][2] / xx, 0.0]);
    }
    let theta = (p[0][2] * mm - p[1][2] * xm) / determinant;
    let missing = (p[1][2] * xx - p[0][2] * xm) / determinant;
    (theta.is_finite() && missing.is_finite()).then_some([theta, missing])
}
