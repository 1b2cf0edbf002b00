//! A claim about one column of one customer, true of the customer's own value.
#![expect(clippy::cast_precision_loss, reason = "counts of grid points are at most 21")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::spoken;
use crate::profile::wording::{humanise, named, own_number, percent};
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

/// A claim that the customer's own value bears out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Claim<'a> {
    /// The number lies where the segment's numbers lie.
    Number { known: &'a ReasonColumn, value: f64, middle: bool },
    /// The level is more frequent in the segment than among all.
    Level { known: &'a ReasonColumn, level: &'a str, of_all: f64 },
}

impl<'a> Claim<'a> {
    /// What a column of the segment says of this customer with its strength, if the
    /// customer's own value bears it out.
    pub(super) fn find(
        known: &'a ReasonColumn,
        says: &Says,
        table: &'a FeatureTable,
        row: usize,
    ) -> Option<(f64, Self)> {
        let (_, column) = table.column(&known.name)?;
        match (says, &known.base, &column.values) {
            (Says::Number { effect, .. }, Base::Number { grid, .. }, Values::Number(values)) => {
                let value = values[row];
                if value.is_nan() || grid.len() != GRID {
                    return None;
                }
                let quantile = quantile_of(value, grid);
                if effect.abs() < DIRECTION {
                    let strength = 0.2 * (1.0 - 2.0 * (quantile - 0.5).abs());
                    let claim = Self::Number { known, value, middle: true };
                    return MIDDLE.contains(&quantile).then_some((strength, claim));
                }
                let half = grid[GRID / 2];
                let beyond = (quantile - 0.5) * 2.0 * effect.signum();
                let past = if *effect > 0.0 { value > half } else { value < half };
                let claim = Self::Number { known, value, middle: false };
                past.then_some((effect.abs() * beyond.max(0.01), claim))
            }
            (Says::Levels { gains, .. }, Base::Levels { shares }, values) => {
                let level = level_of(values, row)?;
                let gain = *gains.get(level)?;
                let of_all = shares.get(level).copied().unwrap_or(0.0);
                Some((gain, Self::Level { known, level, of_all }))
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
            Self::Level { known, level, of_all } => {
                let what = spoken::level(&humanise(&known.name), level);
                Some(spoken::of_all(&what, &percent(*of_all)))
            }
            Self::Number { known, value, middle } => {
                let Base::Number { decimals, date, unit, grid } = &known.base else { return None };
                let (own, half) =
                    (own_number(*value, *decimals), own_number(*grid.get(GRID / 2)?, *decimals));
                let unit = if *date { Some("days ago") } else { unit.as_deref() };
                let (name, unit) = named(&known.name, unit);
                let shown = format!("{name} {}", spoken::with_unit(&own, unit));
                if *middle {
                    Some(spoken::near(&shown, &half))
                } else {
                    (own != half).then(|| spoken::typical(&shown, &half))
                }
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
    let below = grid.iter().filter(|point| **point < value).count();
    let to = grid.iter().filter(|point| **point <= value).count();
    let steps = (GRID - 1) as f64;
    ((below + to) as f64 / 2.0 - 0.5).clamp(0.0, steps) / steps
}
