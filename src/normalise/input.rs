//! A column of a table, read as a preparation has learnt it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::clip::Curve;
use super::place::is_place;
use super::shares::{Answers, own_mean};
use super::term::{Cell, Cells, Feature, Reading, What};
use super::{NormaliseError, real};
use crate::table::{Column, MISSING_FLAG, MISSING_LEVEL, OTHER, Values};

/// The customers' own means, by the columns that they are taken over: the columns of a
/// block share one.
pub(super) type OwnMeans = BTreeMap<Vec<String>, Arc<Vec<f64>>>;

/// A column of the table, ready to be read as it was learnt.
pub(super) enum Input<'a> {
    Number {
        values: &'a [f64],
        zero: Option<&'a [f64]>,
        fill: Option<f64>,
        curve: Curve,
    },
    Rank {
        codes: &'a [u32],
        ranks: Vec<f64>,
        fill: f64,
        curve: Curve,
    },
    Flag {
        codes: &'a [u8],
        fill: Option<f64>,
    },
    /// `positions` by code of the table; -1 where the level is not a known one.
    Category {
        codes: &'a [u32],
        positions: Vec<f64>,
        missing: f64,
    },
    Place {
        latitudes: &'a [f64],
        longitudes: &'a [f64],
        filled: bool,
    },
    Member {
        answers: Answers<'a>,
        own: Option<Arc<Vec<f64>>>,
        fill: Option<f64>,
    },
}

impl<'a> Input<'a> {
    pub(super) fn new(
        feature: &Feature,
        column: &'a Column,
        others: &[&'a Column],
        means: &mut OwnMeans,
    ) -> Result<Self, NormaliseError> {
        match (&feature.reading, &column.values) {
            (Reading::Number { fill, curve, .. }, Values::Number(values)) => {
                let zero = match others.first().map(|other| (other, &other.values)) {
                    None => None,
                    Some((_, Values::Number(values))) => Some(values.as_slice()),
                    Some((other, _)) => return Err(wrong_kind(other, "number")),
                };
                Ok(Self::Number { values, zero, fill: *fill, curve: *curve })
            }
            (
                Reading::Rank { levels, fill, curve },
                Values::Category { codes, levels: found, .. },
            ) => {
                let ranks = found.iter().map(|level| position_of(levels, level)).collect();
                Ok(Self::Rank { codes, ranks, fill: fill.unwrap_or(0.0), curve: *curve })
            }
            (Reading::Flag { no, yes, fill }, Values::Flag { codes, no: n, yes: y })
                if no == n && yes == y =>
            {
                Ok(Self::Flag { codes, fill: *fill })
            }
            (Reading::Flag { .. }, Values::Flag { .. }) => {
                Err(wrong_kind(column, "flag of other spelling"))
            }
            (
                Reading::Category { levels, folds, usual },
                Values::Category { codes, levels: found, .. },
            ) => {
                let pooled = position_of(levels, OTHER);
                let positions = found
                    .iter()
                    .map(|level| position_of(levels, folds.get(level).unwrap_or(level)))
                    .map(|at| if at < 0.0 { pooled } else { at })
                    .collect();
                let own = feature.terms.iter().any(|term| term.what == What::Missing);
                let missing = if own { -1.0 } else { real(*usual) };
                Ok(Self::Category { codes, positions, missing })
            }
            (Reading::Place { filled, .. }, Values::Number(latitudes)) => match others {
                [Column { values: Values::Number(longitudes), .. }] => {
                    Ok(Self::Place { latitudes, longitudes, filled: *filled })
                }
                _ => Err(wrong_kind(others.first().copied().unwrap_or(column), "number")),
            },
            (Reading::Member { levels, fill, centred_on }, _) => {
                let own = match centred_on.as_slice() {
                    [] => None,
                    names => Some(own_means(names, levels, others, means)?),
                };
                let answers = answers(column, levels)?;
                Ok(Self::Member { answers, own, fill: *fill })
            }
            (Reading::Number { .. } | Reading::Place { .. }, _) => {
                Err(wrong_kind(column, "number"))
            }
            (Reading::Flag { .. }, _) => Err(wrong_kind(column, "flag")),
            (Reading::Rank { .. } | Reading::Category { .. }, _) => {
                Err(wrong_kind(column, "category"))
            }
        }
    }

    /// Whether every missing value has something to stand in for it.
    pub(super) fn complete(&self, feature: &Feature, rows: &[usize]) -> Result<(), NormaliseError> {
        let is_gap = |row: usize| match self {
            Self::Number { values, zero, fill: None, .. } => {
                values[row].is_nan() && zero.is_none_or(|zero| zero[row] != 0.0)
            }
            Self::Flag { codes, fill: None } => codes[row] >= MISSING_FLAG,
            Self::Place { latitudes, longitudes, filled: false } => {
                !is_place(latitudes[row], longitudes[row])
            }
            Self::Member { answers, fill: None, .. } => answers.get(row).is_nan(),
            _ => false,
        };
        if !self.may_lack() {
            return Ok(());
        }
        match rows.iter().filter(|&&row| is_gap(row)).count() {
            0 => Ok(()),
            missing => Err(NormaliseError::Missing { column: feature.source.clone(), missing }),
        }
    }

    /// Whether a missing value has nothing to stand in for it.
    fn may_lack(&self) -> bool {
        match self {
            Self::Number { fill, .. } | Self::Flag { fill, .. } | Self::Member { fill, .. } => {
                fill.is_none()
            }
            Self::Place { filled, .. } => !filled,
            Self::Rank { .. } | Self::Category { .. } => false,
        }
    }

    /// The cells of some customers, in their order, in the place of what `cells` held.
    pub(super) fn read_all(&self, rows: &[usize], cells: &mut Cells) {
        cells.clear();
        match self {
            // Most columns of most tables: no question per cell.
            Self::Number { values, zero: None, fill, curve } => {
                let fill = fill.unwrap_or(0.0);
                let low = curve.low.unwrap_or(f64::NEG_INFINITY);
                let high = curve.high.unwrap_or(f64::INFINITY);
                cells.x.extend(rows.iter().map(|&row| values[row] + 0.0));
                cells.missing.extend(cells.x.iter().map(|x| x.is_nan()));
                cells.x.iter_mut().for_each(|x| *x = if x.is_nan() { fill } else { *x });
                cells.y.extend(cells.x.iter().map(|x| x.min(high).max(low)));
            }
            _ => rows.iter().for_each(|&row| cells.push(self.read(row))),
        }
        if let Self::Number { curve: Curve { log: Some(log), .. }, .. } = self {
            log.apply_all(&mut cells.y);
        }
    }

    /// One cell; the logarithm of a number is taken of all of them at once.
    fn read(&self, row: usize) -> Cell {
        let cell = |x: f64, missing: bool| Cell { x, y: x, missing };
        match self {
            Self::Number { values, zero, fill, curve } => {
                // Adding 0 makes -0 and 0 one value.
                let value = values[row] + 0.0;
                let (x, missing) = match zero {
                    _ if !value.is_nan() => (value, false),
                    Some(zero) if zero[row] == 0.0 => (0.0, false),
                    _ => (fill.unwrap_or(0.0), true),
                };
                Cell { x, y: curve.clip(x), missing }
            }
            Self::Rank { codes, ranks, fill, curve } => {
                let known = ranks.get(codes[row] as usize).copied().filter(|&rank| rank >= 0.0);
                let x = known.unwrap_or(*fill);
                Cell { x, y: curve.apply(x), missing: known.is_none() }
            }
            Self::Flag { codes, fill } => match codes[row] {
                0 => cell(0.0, false),
                1 => cell(1.0, false),
                _ => cell(fill.unwrap_or(0.0), true),
            },
            Self::Category { codes, positions, missing } => match codes[row] {
                MISSING_LEVEL => cell(*missing, true),
                code => cell(positions.get(code as usize).copied().unwrap_or(-1.0), false),
            },
            Self::Place { latitudes, longitudes, .. } => {
                let (x, y) = (latitudes[row], longitudes[row]);
                Cell { x, y, missing: !is_place(x, y) }
            }
            Self::Member { answers, own, fill } => {
                let x = answers.get(row);
                let y = x - own.as_ref().map_or(0.0, |own| own[row]);
                let missing = x.is_nan();
                Cell { x, y: if missing { fill.unwrap_or(0.0) } else { y }, missing }
            }
        }
    }
}

/// The answers of a column as they were learnt.
fn answers<'a>(column: &'a Column, levels: &[String]) -> Result<Answers<'a>, NormaliseError> {
    let expected = if levels.is_empty() { "number" } else { "category" };
    Answers::new(column, levels).ok_or_else(|| wrong_kind(column, expected))
}

/// The mean of every customer over these columns.
fn own_means(
    names: &[String],
    levels: &[String],
    columns: &[&Column],
    known: &mut OwnMeans,
) -> Result<Arc<Vec<f64>>, NormaliseError> {
    if let Some(means) = known.get(names) {
        return Ok(Arc::clone(means));
    }
    let all: Vec<Answers> =
        columns.iter().map(|column| answers(column, levels)).collect::<Result<_, _>>()?;
    let n = columns.first().map_or(0, |column| column.values.len());
    let means: Vec<f64> = (0..n).into_par_iter().map(|row| own_mean(&all, row)).collect();
    let means = Arc::new(means);
    known.insert(names.to_vec(), Arc::clone(&means));
    Ok(means)
}

/// The position of a level, -1 where it is not in the list.
pub(crate) fn position_of(levels: &[String], level: &str) -> f64 {
    levels.iter().position(|known| known == level).map_or(-1.0, real)
}

fn wrong_kind(column: &Column, expected: &'static str) -> NormaliseError {
    let found = match &column.values {
        Values::Number(_) => "number",
        Values::Flag { .. } => "flag",
        Values::Category { .. } => "category",
    };
    NormaliseError::WrongKind { column: column.name.clone(), found, expected }
}
