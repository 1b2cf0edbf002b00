//! What the sentences need to know of each column and segment.

use std::collections::BTreeMap;

use crate::table::{Column, Role, Values};

use super::claim::{Base, GRID, ReasonColumn, Says};
use crate::profile::measure::{Feature, Kind};

/// What is known of a column's base.
pub(super) fn learn_column(column: &Column, at: usize, features: &[Feature]) -> ReasonColumn {
    let base = match &column.values {
        Values::Number(values) => Base::Number {
            decimals: column.decimals,
            date: column.role == Role::Date,
            unit: column.unit.clone(),
            grid: quantile_grid(values),
        },
        Values::Flag { .. } | Values::Category { .. } => {
            let mut shares = BTreeMap::new();
            for feature in features.iter().filter(|feature| feature.column == at) {
                match &feature.kind {
                    Kind::Number => {}
                    Kind::Yes { no, yes } => {
                        shares.insert(yes.clone(), feature.all);
                        shares.insert(no.clone(), 1.0 - feature.all);
                    }
                    Kind::Level { name, .. } => {
                        shares.insert(name.clone(), feature.all);
                    }
                }
            }
            Base::Levels { shares }
        }
    };
    ReasonColumn { name: column.name.clone(), base }
}

/// 21 quantiles, each a value of the column (lower of two); empty where none is known.
fn quantile_grid(values: &[f64]) -> Vec<f64> {
    let mut known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let last = known.len() - 1;
    let ranks: Vec<usize> = (0..GRID).map(|step| step * last / (GRID - 1)).collect();
    let mut grid = vec![0.0; GRID];
    at_ranks(&mut known, 0, &ranks, &mut grid);
    grid
}

/// The values at ascending ranks, counted from `first`, the rank of the first of `values`:
/// the middle one first, because what is before it need not be looked at for those after it.
fn at_ranks(values: &mut [f64], first: usize, ranks: &[usize], out: &mut [f64]) {
    let middle = ranks.len() / 2;
    let Some(&rank) = ranks.get(middle) else { return };
    let (below, &mut found, above) = values.select_nth_unstable_by(rank - first, f64::total_cmp);
    let same = |of: &[usize]| of.iter().filter(|&&other| other == rank).count();
    let (before, after) =
        (middle - same(&ranks[..middle]), middle + 1 + same(&ranks[middle + 1..]));
    out[before..after].fill(found);
    at_ranks(below, first, &ranks[..before], &mut out[..before]);
    at_ranks(above, rank + 1, &ranks[after..], &mut out[after..]);
}

/// What a column says of a segment, with its strength.
pub(super) fn learn_says(
    column: usize,
    at: usize,
    features: &[Feature],
    segment: usize,
) -> Option<(f64, Says)> {
    let mut own = features.iter().filter(|feature| feature.column == at).peekable();
    if own.peek()?.kind == Kind::Number {
        let effect = own.next()?.cells[segment]?.effect.clamp(-1.0, 1.0);
        return Some((effect.abs(), Says::Number { column, effect }));
    }
    let mut gains = BTreeMap::new();
    for feature in own {
        let Some(cell) = feature.cells[segment] else { continue };
        let gain = (cell.here - feature.all).clamp(-1.0, 1.0);
        match &feature.kind {
            Kind::Number => {}
            Kind::Yes { no, yes } => {
                gains.insert(if gain > 0.0 { yes } else { no }.clone(), gain.abs());
            }
            Kind::Level { name, .. } => {
                gains.insert(name.clone(), gain);
            }
        }
    }
    gains.retain(|_, gain| *gain >= 0.01);
    let strongest = gains.values().copied().fold(0.0, f64::max);
    (strongest > 0.0).then_some((strongest, Says::Levels { column, gains }))
}
