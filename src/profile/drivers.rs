//! What differs most in a segment: three to five traits, at most one per column.

use crate::format::is_year;
use crate::results::Trait;
use crate::table::{FeatureTable, Role, Values};

use super::measure::{Cell, Feature, Groups, Kind};
use super::medoid::middle_half;
use super::place::Place;
use super::same::Same;
use super::wording::{humanise, named, numbers, one_line, with_unit};

/// Fourth and fifth traits are shown from this effect on; about half way between the
/// usual marks for a small (.147) and a medium (.33) delta.
const WORTH_MORE: f64 = 0.2;

/// A feature with its cell in one group, the strongest of its column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Driver<'a> {
    /// The number, flag or level.
    pub(crate) feature: &'a Feature,
    /// Its cell in the group.
    pub(crate) cell: Cell,
    /// Whether its column made the segments.
    pub(crate) in_base: bool,
    /// The place that its column is half of, and the group.
    pub(crate) place: Option<(&'a Place, usize)>,
}

/// The strongest feature of each column in group `group`, strongest first; ties in the
/// order of the columns. A latitude and a longitude are one place. Cells and levels with
/// fewer than `min_cell` customers are left out, and so is what does not differ at all.
pub(crate) fn drivers<'a>(
    features: &'a [Feature],
    places: &'a [Place],
    (base, same): (&[usize], &Same),
    group: usize,
    min_cell: usize,
) -> Vec<Driver<'a>> {
    let enough = |n: u64| n >= min_cell as u64;
    let mut all: Vec<Driver<'a>> = features
        .iter()
        .filter(|feature| feature.kind == Kind::Number || enough(feature.hits))
        .filter_map(|feature| {
            let cell = feature.cells[group]?;
            let place = places.iter().find(|place| place.column_of(feature.column).is_some());
            let made = |column: usize| base.contains(&column);
            let in_base = made(feature.column) || same.others(feature.column).any(made);
            (cell.effect != 0.0 && enough(cell.present) && enough(cell.rest_present)).then(|| {
                Driver { feature, cell, in_base, place: place.map(|place| (place, group)) }
            })
        })
        .filter(|driver| driver.place.is_none_or(|(place, _)| place.text(group).is_some()))
        .collect();
    all.sort_by(|a, b| {
        b.cell
            .effect
            .abs()
            .total_cmp(&a.cell.effect.abs())
            .then(b.cell.effect.total_cmp(&a.cell.effect))
            .then(a.feature.column.cmp(&b.feature.column))
    });
    let mut seen = std::collections::BTreeSet::new();
    let whole = |driver: &Driver| {
        let column = driver.feature.column;
        driver.place.and_then(|(place, _)| place.column_of(column)).unwrap_or(column)
    };
    all.retain(|driver| seen.insert(whole(driver)));
    all
}

/// The traits that are shown: three, and up to five where they are strong.
pub(crate) fn traits(
    table: &FeatureTable,
    same: &Same,
    drivers: &[Driver],
    min_cell: usize,
) -> Vec<Trait> {
    let name = |at: usize| table.columns()[at].name.clone();
    let mut traits: Vec<Trait> = drivers
        .iter()
        .enumerate()
        .take(5)
        .filter(|(rank, driver)| *rank < 3 || driver.cell.effect.abs() >= WORTH_MORE)
        .map(|(_, driver)| Trait {
            same: same.others(driver.feature.column).map(name).collect(),
            ..shown(table, driver, min_cell)
        })
        .collect();
    // A bound proves less than what it stands for, and the order must not tell that.
    traits.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()));
    traits
}

/// Between which values half of a group's customers lie, for every trait that is a number.
/// Told only where each quarter holds `min_cell` customers, so that no end is a person's.
pub(crate) fn ranges(
    table: &FeatureTable,
    groups: &Groups,
    group: usize,
    traits: &mut [Trait],
    min_cell: usize,
) {
    for one in traits.iter_mut().filter(|one| !one.text.starts_with("place: ")) {
        let column = table.columns().iter().find(|column| column.name == one.column);
        let Some(Values::Number(values)) = column.map(|column| &column.values) else { continue };
        let decimals = column.map_or(0, |column| column.decimals);
        let inside = values.iter().zip(&groups.of).filter(|(_, of)| **of as usize == group);
        let known: Vec<f64> = inside.map(|(value, _)| *value).filter(|v| !v.is_nan()).collect();
        if known.len() >= 4 * min_cell.max(1) {
            one.range = middle_half(&known, decimals);
        }
    }
}

/// One trait in raw units. Shares that would count out fewer than `min_cell` customers
/// are bounds; the effect is then what the bounds prove, and there is no index. Shares from
/// which such a one could be worked out are rounded to so many customers.
fn shown(table: &FeatureTable, driver: &Driver, min_cell: usize) -> Trait {
    let (feature, cell) = (driver.feature, driver.cell);
    let column = &table.columns()[feature.column];
    let name = humanise(&column.name);
    let base = Trait {
        column: column.name.clone(),
        level: feature.level().map(str::to_owned),
        in_base: driver.in_base,
        effect: cell.effect,
        here: cell.here,
        rest: cell.rest,
        range: None,
        same: Vec::new(),
        // A year is no amount of anything.
        index: index(cell.mean_here, feature.mean_all)
            .filter(|_| !(feature.signed || is_year(cell.here) && is_year(cell.rest))),
        text: String::new(),
    };
    if let Some((place, group)) = driver.place
        && let Some(text) = place.text(group)
    {
        let (here, rest) = place.degrees(feature.column, group).unwrap_or((cell.here, cell.rest));
        return Trait { here, rest, index: None, text: format!("place: {text}"), ..base };
    }
    let Some(level) = feature.level() else {
        let unit = match column.role {
            Role::Date => Some("days ago"),
            _ => column.unit.as_deref(),
        };
        let (name, unit) = named(&column.name, unit);
        return Trait { text: format!("{name}: {}", typical(&cell, unit)), ..base };
    };
    let (here, rest) = (cell.told(min_cell), cell.rest_told(min_cell));
    let is_bound = here.side != 0 || rest.side != 0;
    Trait {
        // Of what is told, which may be rounded.
        effect: here.apart(rest),
        here: here.share,
        rest: rest.share,
        index: index(here.share, feature.mean_all).filter(|_| !is_bound && !feature.signed),
        text: format!("{name} is {}: {} against {}", one_line(level), here.text(), rest.text()),
        ..base
    }
}

/// `63 months against 12`; averages where the medians read the same.
fn typical(cell: &Cell, unit: Option<&str>) -> String {
    let [here, rest] = numbers([cell.here, cell.rest]);
    if here != rest {
        return format!("{} against {rest}", with_unit(&here, unit));
    }
    let [mean_here, mean_rest] = numbers([cell.mean_here, cell.mean_rest]);
    if mean_here == mean_rest {
        return format!("{} as among the others, spread differently", with_unit(&here, unit));
    }
    format!("{} against {mean_rest} on average", with_unit(&mean_here, unit))
}

/// 100 x segment / all, where all is positive.
fn index(here: f64, all: f64) -> Option<f64> {
    (all > 0.0).then(|| 100.0 * here / all)
}
