//! Where the typical value of each segment stands, feature by feature. The colour goes by the
//! value that is printed, so that two cells with the same value never differ in colour.

use crate::results::{Heatmap, HeatmapRow};

use super::Profiling;
use super::measure::{Feature, Kind, Measured};
use super::wording::{guarded, humanise, number, one_line, percent};

/// Rows of the heatmap.
const MOST: usize = 24;
/// Levels shown of one category.
const LEVELS: usize = 4;
/// What stands in a withheld cell.
const WITHHELD: &str = "withheld";

/// The features that differ most between segments, at most 24, with the place of each
/// segment's typical value among all customers. Segments with fewer than `min_cell` customers are withheld.
#[must_use]
pub fn heatmap(input: &Profiling, measured: &Measured) -> Heatmap {
    let columns: Vec<usize> = (0..input.table.columns().len()).collect();
    let features = measured.features(input.table, &columns);
    let mut ranked: Vec<(f64, &Feature)> = features
        .iter()
        .filter(|feature| told(feature, input))
        .map(|feature| (strongest(feature, input), feature))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut per_column = vec![0_usize; columns.len()];
    let rows = ranked
        .into_iter()
        .filter(|(_, feature)| {
            per_column[feature.column] += 1;
            per_column[feature.column] <= LEVELS
        })
        .take(MOST)
        .map(|(_, feature)| row(input, measured, feature))
        .collect();
    Heatmap { features: rows }
}

/// Whether enough customers share it; of a category with two levels the second is
/// enough.
fn told(feature: &Feature, input: &Profiling) -> bool {
    let enough = |n: u64| n >= input.min_cell as u64;
    match feature.kind {
        Kind::Number => enough(feature.present),
        Kind::Yes { .. } => enough(feature.hits),
        Kind::Level { code, .. } => {
            let mirrored = match &input.table.columns()[feature.column].values {
                crate::table::Values::Category { levels, .. } => levels.len() == 2 && code == 0,
                _ => false,
            };
            enough(feature.hits) && !mirrored
        }
    }
}

fn strongest(feature: &Feature, input: &Profiling) -> f64 {
    let cells = feature.cells.iter().take(input.n_segments).flatten();
    cells
        .filter(|cell| cell.present >= input.min_cell as u64)
        .map(|cell| cell.standing.abs())
        .fold(0.0, f64::max)
}

fn row(input: &Profiling, measured: &Measured, feature: &Feature) -> HeatmapRow {
    let made = |column: usize| input.base.contains(&column);
    let name = humanise(&input.table.columns()[feature.column].name);
    let level = feature.level().map(one_line);
    let all = guarded(feature.hits, feature.present, input.min_cell);
    let mut effect = Vec::with_capacity(input.n_segments);
    let mut shown = Vec::with_capacity(input.n_segments);
    for cell in feature.cells.iter().take(input.n_segments) {
        let cell = cell.filter(|cell| {
            let enough = |n: u64| n >= input.min_cell as u64;
            enough(cell.present) && enough(cell.rest_present)
        });
        let Some(cell) = cell else {
            effect.push(None);
            shown.push(WITHHELD.to_owned());
            continue;
        };
        if level.is_none() {
            effect.push(Some(cell.standing));
            shown.push(number(cell.here));
            continue;
        }
        let here = cell.told(input.min_cell);
        let apart = here.apart(all);
        // Of a bound that holds all of what is usual nothing is known.
        effect.push((here.side == 0 || apart != 0.0).then_some(apart));
        shown.push(here.text());
    }
    HeatmapRow {
        feature: level.as_ref().map_or_else(|| name.clone(), |level| format!("{name}: {level}")),
        in_base: made(feature.column) || measured.same.others(feature.column).any(made),
        effect,
        shown,
        all: if level.is_some() { percent(feature.all) } else { number(feature.all) },
    }
}
