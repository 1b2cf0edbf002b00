//! What speaks for and against the outcome: odds ratios with intervals.
//!
//! - A number: the odds ratio of one standard deviation more. Where the preparation makes
//!   several terms of it (a square, a zero flag), they move together: each by its slope on
//!   the raw value, so the ratio is that of the typical step.
//! - A flag or a level: against all other customers, as the levels occur.
//!
//! Intervals are 95 %, from the inverse Hessian. They describe association with all other
//! columns held fixed, not what would happen if somebody changed the column; collinear
//! columns share what they have in common.
//!
//! Strongest first, by the end of the interval that is nearer to 1, so that a rare level
//! with a wild ratio does not lead.

use std::collections::BTreeMap;

use ndarray::Array2;
use rayon::prelude::*;

use crate::matrix::Matrix;
use crate::results::Driver;
use crate::stats::{Z95, number};
use crate::table::{FeatureTable, MISSING_LEVEL, Values};

/// How many are listed.
const MOST: usize = 15;
/// A level that fewer of the customers that the model is found on share is not listed.
const MIN_CELL: usize = 10;

/// A direction in the space of the matrix and what it is called.
struct Contrast {
    feature: String,
    column: String,
    /// (column of the matrix, by how much it moves).
    moves: Vec<(usize, f64)>,
}

/// The drivers of a model with coefficients `beta` (times the calibration slope) and
/// their `covariance`, both with the intercept last. `rows` are the rows of the table
/// behind the rows of the matrix.
pub(super) fn list(
    table: &FeatureTable,
    rows: &[usize],
    matrix: &Matrix,
    beta: &[f64],
    covariance: &Array2<f64>,
) -> Vec<Driver> {
    let mut sources: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (j, column) in matrix.columns().iter().enumerate() {
        sources.entry(&column.source).or_default().push(j);
    }
    let sources: Vec<(&str, Vec<usize>)> = sources.into_iter().collect();
    let of_source = |(source, columns): &(&str, Vec<usize>)| match table
        .column(source)
        .map(|(_, column)| &column.values)
    {
        Some(Values::Number(values)) => of_number(source, values, rows, matrix, columns),
        Some(values) => of_levels(source, values, rows, matrix, columns),
        None => Vec::new(),
    };
    let contrasts: Vec<Vec<Contrast>> = sources.par_iter().map(of_source).collect();
    let contrasts = contrasts.into_iter().flatten();
    let mut drivers: Vec<(f64, Driver)> =
        contrasts.filter_map(|contrast| measure(contrast, beta, covariance)).collect();
    drivers.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.feature.cmp(&b.1.feature)));
    drivers.truncate(MOST);
    drivers.into_iter().map(|(_, driver)| driver).collect()
}

/// One standard deviation of the raw value; missing indicators stand for themselves.
fn of_number(
    source: &str,
    values: &[f64],
    rows: &[usize],
    matrix: &Matrix,
    columns: &[usize],
) -> Vec<Contrast> {
    let is_present = |&place: &usize| !values[rows[place]].is_nan();
    let present: Vec<usize> = (0..rows.len()).filter(is_present).collect();
    let n = number(present.len().max(1));
    let mean = present.iter().map(|&place| values[rows[place]]).sum::<f64>() / n;
    let squares = present.iter().map(|&place| (values[rows[place]] - mean).powi(2));
    let sd = (squares.sum::<f64>() / n).sqrt();
    let mut moves = Vec::new();
    let mut contrasts = Vec::new();
    for &j in columns {
        let x = matrix.values();
        let first = present.first().map_or(0.0, |&place| x[[place, j]]);
        if present.iter().all(|&place| (x[[place, j]] - first).abs() < 1e-12) {
            // It does not move with the value: it says that the value is missing.
            let missing: Vec<usize> =
                (0..rows.len()).filter(|&place| values[rows[place]].is_nan()).collect();
            contrasts.extend(against_others(source, "missing", matrix, &[j], &missing));
        } else if sd > 0.0 {
            let product = |&place: &usize| x[[place, j]] * (values[rows[place]] - mean);
            let together = present.iter().map(product).sum::<f64>() / n;
            moves.push((j, together / sd));
        }
    }
    if !moves.is_empty() {
        let (feature, column) = (source.to_owned(), source.to_owned());
        contrasts.push(Contrast { feature, column, moves });
    }
    contrasts
}

/// Each level against the other customers; of two levels the rarer one. Levels that the
/// preparation does not tell apart count as one and carry the name of the largest.
fn of_levels(
    source: &str,
    values: &Values,
    rows: &[usize],
    matrix: &Matrix,
    columns: &[usize],
) -> Vec<Contrast> {
    let mut by_code: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, &row) in rows.iter().enumerate() {
        by_code.entry(code(values, row)).or_default().push(place);
    }
    // A cell alone decides its columns, so the first customer of a level stands for it.
    let mut by_pattern: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
    for places in by_code.into_values() {
        let pattern = columns.iter().map(|&j| matrix.values()[[places[0], j]].to_bits()).collect();
        by_pattern.entry(pattern).or_default().extend(places);
    }
    let mut groups: Vec<Vec<usize>> = by_pattern.into_values().collect();
    groups.sort_by_key(Vec::len);
    if groups.len() == 2 {
        groups.truncate(1);
    }
    groups
        .into_iter()
        .filter_map(|places| {
            let level = largest_level(values, rows, &places);
            against_others(source, &level, matrix, columns, &places)
        })
        .collect()
}

fn code(values: &Values, row: usize) -> u32 {
    match values {
        Values::Category { codes, .. } => codes[row],
        Values::Flag { codes, .. } => u32::from(codes[row]),
        Values::Number(_) => MISSING_LEVEL,
    }
}

/// The name of the level that most of the given customers have.
fn largest_level(values: &Values, rows: &[usize], places: &[usize]) -> String {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for &place in places {
        *counts.entry(code(values, rows[place])).or_insert(0) += 1;
    }
    // Of equal counts the smaller code.
    let code = counts.iter().max_by_key(|&(&code, &n)| (n, std::cmp::Reverse(code)));
    let code = code.map_or(MISSING_LEVEL, |(&code, _)| code);
    let name = match values {
        Values::Category { levels, .. } => levels.get(code as usize),
        Values::Flag { no, .. } if code == 0 => Some(no),
        Values::Flag { yes, .. } if code == 1 => Some(yes),
        _ => None,
    };
    name.map_or_else(|| "missing".to_owned(), Clone::clone)
}

/// The customers at `places` against the others: the difference of the means of all
/// columns of the source. `None` where either side is too small to be shown.
fn against_others(
    source: &str,
    level: &str,
    matrix: &Matrix,
    columns: &[usize],
    places: &[usize],
) -> Option<Contrast> {
    let (inside, all) = (places.len(), matrix.n_rows());
    if inside < MIN_CELL || all - inside < MIN_CELL {
        return None;
    }
    let moves = columns
        .iter()
        .map(|&j| {
            let column = matrix.values().column(j).to_owned();
            let yes: f64 = places.iter().map(|&place| column[place]).sum();
            let no = column.sum() - yes;
            (j, yes / number(inside) - no / number(all - inside))
        })
        .collect();
    let feature = format!("{source}: {level}");
    Some(Contrast { feature, column: source.to_owned(), moves })
}

/// The odds ratio of a contrast and how sure it is to differ from 1.
fn measure(contrast: Contrast, beta: &[f64], covariance: &Array2<f64>) -> Option<(f64, Driver)> {
    let log_ratio: f64 = contrast.moves.iter().map(|&(j, by)| by * beta[j]).sum();
    let mut variance = 0.0;
    for &(j, a) in &contrast.moves {
        for &(k, b) in &contrast.moves {
            variance += a * b * covariance[[j, k]];
        }
    }
    let half = Z95 * variance.max(0.0).sqrt();
    let driver = Driver {
        feature: contrast.feature,
        column: contrast.column,
        odds_ratio: libm::exp(log_ratio),
        low: libm::exp(log_ratio - half),
        high: libm::exp(log_ratio + half),
    };
    let finite = driver.low.is_finite() && driver.high.is_finite();
    finite.then_some((log_ratio.abs() - half, driver))
}
