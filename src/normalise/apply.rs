//! Using a preparation: each customer on its own, columns found by name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ndarray::Array2;
use rayon::prelude::*;

use crate::matrix::Matrix;
use crate::normalise::clip::Curve;
use crate::normalise::place::is_place;
use crate::normalise::shares::{Answers, own_mean};
use crate::normalise::term::{Cell, Feature, Reading, What};
use crate::normalise::{NormaliseError, Normaliser, real};
use crate::table::{Column, FeatureTable, MISSING_FLAG, MISSING_LEVEL, OTHER, Values};

/// Customers per unit of parallel work.
const CHUNK: usize = 1024;

impl Normaliser {
    /// The matrix of the given rows (positions inside the table), in their order. A
    /// customer's numbers have the same bits whatever the other rows are.
    ///
    /// # Errors
    ///
    /// Columns that are missing or of another kind; missing values where the preparation
    /// was learnt with `impute = "error"` or `"drop-row"`; no rows.
    pub fn apply(&self, table: &FeatureTable, rows: &[usize]) -> Result<Matrix, NormaliseError> {
        let inputs = self.inputs(table)?;
        for (feature, input) in self.features.iter().zip(&inputs) {
            input.complete(feature, rows)?;
        }
        let width = self.columns.len();
        let mut values = vec![0.0; rows.len() * width];
        if width > 0 {
            values.par_chunks_mut(CHUNK * width).zip(rows.par_chunks(CHUNK)).for_each(
                |(out, rows)| {
                    let mut first = 0;
                    for (feature, input) in self.features.iter().zip(&inputs) {
                        if !input.plainly(feature, rows, (&mut out[first..], width)) {
                            for (line, &row) in out.chunks_exact_mut(width).zip(rows) {
                                let cell = input.read(row);
                                for (out, term) in line[first..].iter_mut().zip(&feature.terms) {
                                    *out = term.apply(cell);
                                }
                            }
                        }
                        first += feature.terms.len();
                    }
                },
            );
        }
        let values = Array2::from_shape_vec((rows.len(), width), values).unwrap_or_default();
        Ok(Matrix::new(values, self.columns.clone())?)
    }

    fn inputs<'a>(&'a self, table: &'a FeatureTable) -> Result<Vec<Input<'a>>, NormaliseError> {
        let missing: Vec<String> = self
            .needed()
            .filter(|name| table.column(name).is_none())
            .map(ToOwned::to_owned)
            .collect();
        if !missing.is_empty() {
            return Err(NormaliseError::MissingColumns {
                names: missing,
                needed: self.needed().count(),
            });
        }
        let found = |name: &str| table.column(name).map(|(_, column)| column);
        let mut means = OwnMeans::default();
        self.features
            .iter()
            .map(|feature| {
                let column = found(&feature.source);
                // The other columns that it is read with.
                let others: Vec<&Column> = match &feature.reading {
                    Reading::Number { zero_where: Some(other), .. } => {
                        found(other).into_iter().collect()
                    }
                    Reading::Place { longitude, .. } => found(longitude).into_iter().collect(),
                    Reading::Member { centred_on, .. } => {
                        centred_on.iter().filter_map(|name| found(name)).collect()
                    }
                    _ => Vec::new(),
                };
                // `missing` is empty, so the column is there.
                column.map_or(Err(NormaliseError::NoRows), |column| {
                    Input::new(feature, column, &others, &mut means)
                })
            })
            .collect()
    }

    /// The names of the columns of the feature table that are read, without repetition.
    pub fn needed(&self) -> impl Iterator<Item = &str> {
        let others = self.features.iter().flat_map(|feature| match &feature.reading {
            Reading::Number { zero_where, .. } => zero_where.as_slice(),
            Reading::Place { longitude, .. } => std::slice::from_ref(longitude),
            Reading::Member { centred_on, .. } => centred_on.as_slice(),
            _ => &[],
        });
        let names: BTreeSet<&str> = self
            .features
            .iter()
            .map(|feature| &feature.source)
            .chain(others)
            .map(String::as_str)
            .collect();
        names.into_iter()
    }
}

/// The customers' own means, by the columns that they are taken over: the columns of a
/// block share one.
type OwnMeans = BTreeMap<Vec<String>, Arc<Vec<f64>>>;

/// A column of the table, ready to be read as it was learnt.
enum Input<'a> {
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
    fn new(
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
    fn complete(&self, feature: &Feature, rows: &[usize]) -> Result<(), NormaliseError> {
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

    /// What [`Input::read`] and [`Term::apply`] make of numbers that are only clipped and
    /// scaled, by the same operations without a question per cell: most numbers of most
    /// tables. Every `width`-th place of `out` is written; `false` where more is to be done.
    fn plainly(
        &self,
        feature: &Feature,
        rows: &[usize],
        (out, width): (&mut [f64], usize),
    ) -> bool {
        let (Self::Number { values, zero: None, fill, curve }, [term]) =
            (self, feature.terms.as_slice())
        else {
            return false;
        };
        if term.what != What::Value || curve.log.is_some() {
            return false;
        }
        let fill = fill.unwrap_or(0.0);
        let (low, high) =
            (curve.low.unwrap_or(f64::NEG_INFINITY), curve.high.unwrap_or(f64::INFINITY));
        for (out, &row) in out.iter_mut().step_by(width).zip(rows) {
            let value = values[row] + 0.0;
            let x = if value.is_nan() { fill } else { value };
            *out = term.scaled(x.min(high).max(low));
        }
        true
    }

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
                Cell { x, y: curve.apply(x), missing }
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
