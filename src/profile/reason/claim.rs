//! A claim about one column of one customer, true of the customer's own value.
#![expect(clippy::cast_precision_loss, reason = "counts of grid points are at most 21")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::spoken;
use crate::profile::wording::{own_number, percent, spelled, spelled_with_unit};
use crate::table::{FeatureTable, MISSING_FLAG, MISSING_LEVEL, Values};

/// Points of a column's quantile grid: every 5 %.
pub(super) const GRID: usize = 21;
/// Effects below this make no direction.
const DIRECTION: f64 = 0.15;
/// Quantiles that count as the middle.
const MIDDLE: std::ops::RangeInclusive<f64> = 0.30..=0.70;

/// What is known of a column's base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Base {
    /// Quantiles of all customers at 0 %, 5 %, .. 100 %.
    Number { decimals: u8, date: bool, unit: Option<String>, grid: Vec<f64> },
    /// Share of each spelling among all customers.
    Levels { shares: BTreeMap<String, f64> },
}

/// One column that sentences may use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonColumn {
    /// Its name.
    pub(super) name: String,
    /// What is known of it.
    pub(super) base: Base,
}

/// What a column says about a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Says {
    /// Its numbers are higher (effect above 0), lower, or in the middle (near 0).
    Number { column: usize, effect: f64 },
    /// Per spelling: share in the segment less share of all, where positive.
    Levels { column: usize, gains: BTreeMap<String, f64> },
}

impl Says {
    /// The position of its column.
    pub(super) fn column(&self) -> usize {
        match self {
            Self::Number { column, .. } | Self::Levels { column, .. } => *column,
        }
    }
}

/// A column of a table with the words that its claims share.
#[derive(Debug)]
pub(super) struct Told<'a> {
    known: &'a ReasonColumn,
    values: &'a Values,
    /// The name in words and the unit of its numbers.
    name: String,
    unit: Option<&'a str>,
    /// The median of its numbers.
    half: String,
    /// What is said of a level.
    levels: BTreeMap<&'a str, String>,
}

impl<'a> Told<'a> {
    /// `None` where the table has no such column; `says` is what segments say of it.
    pub(super) fn new(
        known: &'a ReasonColumn,
        says: impl Iterator<Item = &'a Says>,
        table: &'a FeatureTable,
    ) -> Option<Self> {
        let (_, column) = table.column(&known.name)?;
        let (mut half, mut levels) = (String::new(), BTreeMap::new());
        let (name, unit) = match &known.base {
            Base::Number { decimals, date, unit, grid } => {
                if let Some(&middle) = grid.get(GRID / 2) {
                    half = own_number(middle, *decimals);
                }
                spelled_with_unit(
                    &known.name,
                    if *date { Some("days ago") } else { unit.as_deref() },
                )
            }
            Base::Levels { shares } => {
                let name = spelled(&known.name);
                for says in says {
                    let Says::Levels { gains, .. } = says else { continue };
                    for level in gains.keys() {
                        let of_all = shares.get(level).copied().unwrap_or(0.0);
                        let what = spoken::level(&name, level);
                        let text = spoken::of_all(&what, &percent(of_all));
                        levels.insert(level.as_str(), text);
                    }
                }
                (name, None)
            }
        };
        Some(Self { known, values: &column.values, name, unit, half, levels })
    }
}

/// A claim that the customer's own value bears out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Claim<'a> {
    /// The number lies where the segment's numbers lie.
    Number { told: &'a Told<'a>, value: f64, decimals: u8, middle: bool },
    /// The level is more frequent in the segment than among all.
    Level { text: &'a str },
}

impl<'a> Claim<'a> {
    /// What a column of the segment says of this customer with its strength, if the
    /// customer's own value bears it out.
    pub(super) fn find(told: &'a Told<'a>, says: &Says, row: usize) -> Option<(f64, Self)> {
        match (says, &told.known.base, told.values) {
            (
                Says::Number { effect, .. },
                Base::Number { grid, decimals, .. },
                Values::Number(values),
            ) => {
                let value = values[row];
                if value.is_nan() || grid.len() != GRID {
                    return None;
                }
                let claim = |middle| Self::Number { told, value, decimals: *decimals, middle };
                let quantile = quantile_of(value, grid);
                if effect.abs() < DIRECTION {
                    let strength = 0.2 * (1.0 - 2.0 * (quantile - 0.5).abs());
                    return MIDDLE.contains(&quantile).then_some((strength, claim(true)));
                }
                let half = grid[GRID / 2];
                let beyond = (quantile - 0.5) * 2.0 * effect.signum();
                let past = if *effect > 0.0 { value > half } else { value < half };
                past.then_some((effect.abs() * beyond.max(0.01), claim(false)))
            }
            (Says::Levels { gains, .. }, Base::Levels { .. }, values) => {
                let level = level_of(values, row)?;
                let gain = *gains.get(level)?;
                Some((gain, Self::Level { text: told.levels.get(level)? }))
            }
            _ => None,
        }
    }

    /// Whether it is about a number.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. })
    }

    /// `tenure 68 months (typical: 29)`. `None` where the value reads as the median.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Level { text } => Some((*text).to_owned()),
            Self::Number { told, value, decimals, middle } => {
                let own = own_number(*value, *decimals);
                if !middle && own == told.half {
                    return None;
                }
                Some(spoken::beside(&told.name, (&own, told.unit), &told.half, *middle))
            }
        }
    }
}

/// The spelling of a customer's level; `None` where it is missing or a number.
pub(super) fn level_of(values: &Values, row: usize) -> Option<&str> {
    match values {
        Values::Number(_) => None,
        Values::Flag { codes, no, yes } => match codes[row] {
            MISSING_FLAG => None,
            1 => Some(yes),
            _ => Some(no),
        },
        Values::Category { codes, levels, .. } => match codes[row] {
            MISSING_LEVEL => None,
            code => levels.get(code as usize).map(String::as_str),
        },
    }
}

/// The share of the base below `value`, to the nearest half step of the grid; points
/// that equal it count half.
fn quantile_of(value: f64, grid: &[f64]) -> f64 {
    let below = grid.partition_point(|point| *point < value);
    let to = below + grid[below..].iter().take_while(|point| **point <= value).count();
    let steps = (GRID - 1) as f64;
    ((below + to) as f64 / 2.0 - 0.5).clamp(0.0, steps) / steps
}
