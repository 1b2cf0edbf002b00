//! One short sentence per customer: why in this segment. Every claim is about the
//! customer's own row, so it is true of that customer, and the sentence of a stored
//! model is the same, bit for bit, as that of the run.
//!
//! The sentences hold the customer's own values and belong into internal files only.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cluster::Assignment;
use crate::fault::{Class, Fault};
use crate::results::SegmentRow;
use crate::table::{Column, FeatureTable, MISSING_FLAG, MISSING_LEVEL, Role, Values};

use super::measure::{Feature, Groups, Kind, measure};
use super::wording::{capitalise, humanise, list, one_line, own_number, percent, with_unit};

/// Points of a column's quantile grid: every 5 %.
const GRID: usize = 21;
/// Columns kept per segment.
const COLUMNS: usize = 8;
/// Claims of one sentence.
const CLAIMS: usize = 3;
/// Effects below this make no direction.
const DIRECTION: f64 = 0.15;
/// Quantiles that count as the middle.
const MIDDLE: std::ops::RangeInclusive<f64> = 0.30..=0.70;
/// Below this margin the next segment is named.
const CLOSE: f64 = 0.1;

/// What is known of a column's base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Base {
    /// Quantiles of all customers at 0 %, 5 %, .. 100 %.
    Number { decimals: u8, date: bool, unit: Option<String>, grid: Vec<f64> },
    /// Share of each spelling among all customers.
    Levels { shares: BTreeMap<String, f64> },
}

/// One column that sentences may use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonColumn {
    name: String,
    base: Base,
}

/// What a column says about a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Says {
    /// Its numbers are higher (effect above 0), lower, or in the middle (near 0).
    Number { column: usize, effect: f64 },
    /// Per spelling: share in the segment less share of all, where positive.
    Levels { column: usize, gains: BTreeMap<String, f64> },
}

/// What it takes to write a customer's sentence: pure data, stored in the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    columns: Vec<ReasonColumn>,
    /// Per segment, what its columns say, strongest first.
    segments: Vec<Vec<Says>>,
}

/// Why stored reasons cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReasonError {
    /// One entry per segment is needed.
    #[error("reasons for {found} segments but the model has {expected}")]
    Segments {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A segment points at a column that is not there.
    #[error("a reason points at column {column} of {n_columns}")]
    Index {
        /// The position.
        column: usize,
        /// How many columns there are.
        n_columns: usize,
    },
    /// A number is not finite, out of range or out of order.
    #[error("the figures of column {column} are not usable")]
    Figures {
        /// The column's position.
        column: usize,
    },
}

impl Fault for ReasonError {
    fn code(&self) -> &'static str {
        match self {
            Self::Segments { .. } => "E-MDL-040",
            Self::Index { .. } => "E-MDL-041",
            Self::Figures { .. } => "E-MDL-042",
        }
    }

    fn class(&self) -> Class {
        Class::Model
    }
}

/// A claim about one column of one customer.
struct Claim {
    strength: f64,
    text: String,
}

impl Reasons {
    /// Learns from the columns that made the segments: they alone are why a customer is
    /// in one. `rows` tells how many segments there are.
    #[must_use]
    pub fn learn(
        table: &FeatureTable,
        base: &[usize],
        labels: &[Option<u32>],
        rows: &[SegmentRow],
    ) -> Self {
        let n_segments = rows.iter().filter(|row| row.segment_id > 0).count();
        let groups = Groups::new(labels, n_segments);
        let features = measure(table, base, &groups);
        let columns: Vec<ReasonColumn> = base
            .iter()
            .map(|&at| learn_column(&table.columns()[at], at, &features))
            .collect();
        let segments = (0..n_segments)
            .map(|segment| {
                let mut says: Vec<(f64, Says)> = base
                    .iter()
                    .enumerate()
                    .filter_map(|(column, &at)| learn_says(column, at, &features, segment))
                    .collect();
                says.sort_by(|a, b| b.0.total_cmp(&a.0));
                says.into_iter().take(COLUMNS).map(|(_, says)| says).collect()
            })
            .collect();
        Self { columns, segments }
    }

    /// The sentence for customer `row` of `table`, whose columns are found by name.
    /// `fits` tells whether the customer is as near to the centre as most.
    #[must_use]
    pub fn sentence(
        &self,
        table: &FeatureTable,
        row: usize,
        assignment: &Assignment,
        fits: bool,
    ) -> String {
        let Some(segment) = assignment.segment else {
            let own = self.own_values(table, row, &self.all_columns());
            return ended(&format!("In no segment: too few customers are like this one{own}"), &[]);
        };
        let says = self.segments.get(segment as usize).map_or(&[][..], Vec::as_slice);
        let mut claims: Vec<Claim> =
            says.iter().filter_map(|says| self.claim(table, row, says)).collect();
        claims.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        let texts: Vec<String> = claims.into_iter().take(CLAIMS).map(|claim| claim.text).collect();
        let main = if texts.is_empty() {
            let columns: Vec<usize> = says.iter().map(column_of).collect();
            format!("No single trait stands out{}", self.own_values(table, row, &columns))
        } else {
            capitalise(&list(&texts))
        };
        let mut notes = Vec::new();
        if let (Some(margin), Some(second)) = (assignment.margin, assignment.second)
            && margin < CLOSE
        {
            notes.push(format!("close to segment {}", u64::from(second) + 1));
        }
        if !fits {
            notes.push("unusual for this segment".to_owned());
        }
        ended(&main, &notes)
    }

    /// Checks what was read from a file.
    ///
    /// # Errors
    ///
    /// Another number of segments, a column that is not there, a figure that is not
    /// finite, out of range or out of order.
    pub fn validate(&self, n_segments: usize) -> Result<(), ReasonError> {
        if self.segments.len() != n_segments {
            return Err(ReasonError::Segments { found: self.segments.len(), expected: n_segments });
        }
        let share = |value: &f64| (0.0..=1.0).contains(value);
        for (column, known) in self.columns.iter().enumerate() {
            let usable = match &known.base {
                Base::Number { grid, .. } => {
                    (grid.is_empty() || grid.len() == GRID)
                        && grid.iter().all(|value| value.is_finite())
                        && grid.is_sorted()
                }
                Base::Levels { shares } => shares.values().all(share),
            };
            if !usable {
                return Err(ReasonError::Figures { column });
            }
        }
        for says in self.segments.iter().flatten() {
            let column = column_of(says);
            let Some(known) = self.columns.get(column) else {
                return Err(ReasonError::Index { column, n_columns: self.columns.len() });
            };
            let usable = match (says, &known.base) {
                (Says::Number { effect, .. }, Base::Number { .. }) => {
                    (-1.0..=1.0).contains(effect)
                }
                (Says::Levels { gains, .. }, Base::Levels { .. }) => gains.values().all(share),
                _ => false,
            };
            if !usable {
                return Err(ReasonError::Figures { column });
            }
        }
        Ok(())
    }

    /// What a column of the segment says of this customer, if the customer's own value
    /// bears it out.
    fn claim(&self, table: &FeatureTable, row: usize, says: &Says) -> Option<Claim> {
        let known = self.columns.get(column_of(says))?;
        let (_, column) = table.column(&known.name)?;
        let name = humanise(&known.name);
        match (says, &known.base, &column.values) {
            (
                Says::Number { effect, .. },
                Base::Number { decimals, date, unit, grid },
                Values::Number(values),
            ) => {
                let value = values[row];
                if value.is_nan() || grid.len() != GRID {
                    return None;
                }
                let quantile = quantile_of(value, grid);
                let unit = if *date { Some("days ago") } else { unit.as_deref() };
                let own = own_number(value, *decimals);
                let half = own_number(grid[GRID / 2], *decimals);
                let shown = with_unit(&own, unit);
                if effect.abs() < DIRECTION {
                    let text = format!("{name} {shown} (about the middle, {half})");
                    return MIDDLE
                        .contains(&quantile)
                        .then(|| Claim { strength: 0.2 * (1.0 - 2.0 * (quantile - 0.5).abs()), text });
                }
                let beyond = (quantile - 0.5) * 2.0 * effect.signum();
                let past = if *effect > 0.0 { value > grid[GRID / 2] } else { value < grid[GRID / 2] };
                (past && own != half).then(|| Claim {
                    strength: effect.abs() * beyond.max(0.01),
                    text: format!("{name} {shown} (half of all: {half})"),
                })
            }
            (Says::Levels { gains, .. }, Base::Levels { shares }, values) => {
                let level = level_of(values, row)?;
                let gain = *gains.get(level)?;
                let of_all = shares.get(level).copied().unwrap_or(0.0);
                Some(Claim {
                    strength: gain,
                    text: format!("{name} {} ({} of all)", one_line(level), percent(of_all)),
                })
            }
            _ => None,
        }
    }

    fn all_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).collect()
    }

    /// `: tenure 28, monthly charges 64.5`: the customer's own values, nothing else.
    fn own_values(&self, table: &FeatureTable, row: usize, columns: &[usize]) -> String {
        let parts: Vec<String> = columns
            .iter()
            .filter_map(|&at| self.columns.get(at))
            .filter_map(|known| {
                let (_, column) = table.column(&known.name)?;
                let shown = match (&column.values, &known.base) {
                    (Values::Number(values), Base::Number { decimals, unit, .. }) => {
                        let value = values[row];
                        (!value.is_nan())
                            .then(|| with_unit(&own_number(value, *decimals), unit.as_deref()))
                    }
                    (values, _) => level_of(values, row).map(one_line),
                }?;
                Some(format!("{} {shown}", humanise(&known.name)))
            })
            .take(CLAIMS)
            .collect();
        if parts.is_empty() { String::new() } else { format!(": {}", list(&parts)) }
    }
}

fn ended(main: &str, notes: &[String]) -> String {
    if notes.is_empty() { format!("{main}.") } else { format!("{main}; {}.", notes.join(", ")) }
}

fn column_of(says: &Says) -> usize {
    match says {
        Says::Number { column, .. } | Says::Levels { column, .. } => *column,
    }
}

/// The spelling of a customer's level; `None` where it is missing or a number.
fn level_of(values: &Values, row: usize) -> Option<&str> {
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

/// The share of the base at or below `value`, to the nearest half step of the grid: the
/// mean of the first and the last point that equal it, so that ties count half.
fn quantile_of(value: f64, grid: &[f64]) -> f64 {
    let below = grid.iter().filter(|point| **point < value).count();
    let to = grid.iter().filter(|point| **point <= value).count();
    let steps = (GRID - 1) as f64;
    ((below + to) as f64 / 2.0 - 0.5).clamp(0.0, steps) / steps
}

fn learn_column(column: &Column, at: usize, features: &[Feature]) -> ReasonColumn {
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
    known.sort_unstable_by(f64::total_cmp);
    (0..GRID).map(|step| known[step * (known.len() - 1) / (GRID - 1)]).collect()
}

/// What a column says of a segment, with its strength.
fn learn_says(
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

#[cfg(test)]
mod tests;
