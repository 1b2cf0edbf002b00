//! What the model goes by in each segment: means of at least `min_cell` customers.

use super::{ChurnError, Propensity};
use crate::results::pictures::{Contributions, ContributionsOf};
use crate::stats::number;
use crate::table::FeatureTable;

/// Columns that are told.
const COLUMNS: usize = 8;
/// Customers of a segment whose mean they are, at most.
const MEMBERS: usize = 1_000;

/// What each column adds to the log-odds in each segment, less what it adds for everybody:
/// the means over at most 1,000 evenly spread customers of each segment, and over segments by
/// their customers. `None` where fewer than two segments can be told.
///
/// # Errors
///
/// The table lacks a column of the model.
pub fn contributions(
    propensity: &Propensity,
    table: &FeatureTable,
    labels: &[Option<u32>],
    ids: &[u32],
    min_cell: usize,
) -> Result<Option<Contributions>, ChurnError> {
    let mut members = vec![Vec::new(); ids.len()];
    for (row, label) in labels.iter().enumerate() {
        if let Some(own) = label.and_then(|label| members.get_mut(label as usize)) {
            own.push(row);
        }
    }
    let enough = |of: &Vec<usize>| of.len() >= min_cell.max(1);
    let all: usize = members.iter().filter(|of| enough(of)).map(Vec::len).sum();
    if members.iter().filter(|of| enough(of)).count() < 2 {
        return Ok(None);
    }
    let mut columns = Vec::new();
    let mut means: Vec<Vec<f64>> = Vec::with_capacity(ids.len());
    for of in &members {
        if !enough(of) {
            means.push(Vec::new());
            continue;
        }
        let step = of.len().div_ceil(MEMBERS).max(1);
        let rows: Vec<usize> = of.iter().copied().step_by(step).collect();
        let (names, each) = propensity.contributions_of(table, &rows)?;
        let mean = |column: usize| {
            each.iter().map(|row| row[column]).sum::<f64>() / number(each.len().max(1))
        };
        means.push((0..names.len()).map(mean).collect());
        columns = names;
    }
    let weight = |at: usize| number(members[at].len()) / number(all.max(1));
    let told = || (0..ids.len()).filter(|&at| !means[at].is_empty());
    let mut ranked: Vec<(f64, usize, f64)> = (0..columns.len())
        .map(|column| {
            let everybody: f64 = told().map(|at| weight(at) * means[at][column]).sum();
            let moved = told().map(|at| weight(at) * (means[at][column] - everybody).abs());
            (moved.sum(), column, everybody)
        })
        .filter(|(moved, ..)| *moved > 1e-9)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(COLUMNS);
    let segments = ids.iter().zip(&means).map(|(&segment_id, means)| ContributionsOf {
        segment_id,
        log_odds: if means.is_empty() {
            Vec::new()
        } else {
            ranked.iter().map(|&(_, column, everybody)| means[column] - everybody).collect()
        },
    });
    let made = Contributions {
        model: propensity.model().to_owned(),
        columns: ranked.iter().map(|&(_, column, _)| columns[column].clone()).collect(),
        segments: segments.collect(),
    };
    Ok((!made.columns.is_empty()).then_some(made))
}
