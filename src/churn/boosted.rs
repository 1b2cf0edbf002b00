//! Fitted boosted trees: from a feature table to log-odds.
//!
//! Trees take the columns as they are: a number is cut into bins, a level is looked up by
//! its name, and what is missing or was never seen is an answer of its own.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::boost::{Cuts, Forest, Raw, Shares};
use super::curve::Curve;
use super::formula::{Asked, Odds, Sort};
use super::{ChurnError, Contribution};
use crate::normalise::NormaliseError;
use crate::results::Importance;
use crate::stats::{self, number};
use crate::table::{Column, FeatureTable, MISSING_LEVEL, Values};

/// How many customers the mean contributions are of, at most, evenly spread.
const MOST_ROWS: usize = 20_000;

/// Boosted trees with their columns and their calibration curve. Pure data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Boosted {
    columns: Vec<Source>,
    trees: Forest,
    calibration_intercept: f64,
    calibration_slope: f64,
    /// The slope for large odds, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calibration_high_slope: Option<f64>,
}

/// A column of the feature table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    name: String,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Kind {
    Number,
    Flag,
    Category(Vec<String>),
}

/// The values of a column with codes of the model's own levels.
enum Cells<'a> {
    Number(&'a [f64]),
    Flags(&'a [u8]),
    Levels(Cow<'a, [u32]>, usize),
}

impl Cells<'_> {
    fn raw(&self) -> Raw<'_> {
        match self {
            Self::Number(values) => Raw::Number(values),
            Self::Flags(codes) => Raw::Flags(codes),
            Self::Levels(codes, n) => Raw::Levels(codes, *n),
        }
    }
}

/// The values of columns that are learnt from.
pub(super) fn raws<'a>(table: &'a FeatureTable, columns: &[usize]) -> Vec<Raw<'a>> {
    let raw = |&column: &usize| match &table.columns()[column].values {
        Values::Number(values) => Raw::Number(values),
        Values::Flag { codes, .. } => Raw::Flags(codes),
        Values::Category { codes, levels, .. } => Raw::Levels(codes, levels.len()),
    };
    columns.iter().map(raw).collect()
}

impl Source {
    fn of(column: &Column) -> Self {
        let kind = match &column.values {
            Values::Number(_) => Kind::Number,
            Values::Flag { .. } => Kind::Flag,
            Values::Category { levels, .. } => Kind::Category(levels.clone()),
        };
        Self { name: column.name.clone(), kind }
    }

    /// The column's values in a table.
    fn cells<'a>(&self, column: &'a Column) -> Result<Cells<'a>, ChurnError> {
        match (&self.kind, &column.values) {
            (Kind::Number, Values::Number(values)) => Ok(Cells::Number(values)),
            (Kind::Flag, Values::Flag { codes, .. }) => Ok(Cells::Flags(codes)),
            (Kind::Category(known), Values::Category { codes, levels, .. }) => {
                let n = known.len();
                if known == levels {
                    return Ok(Cells::Levels(Cow::Borrowed(codes), n));
                }
                let place = |level| known.iter().position(|known| known == level);
                let places: Vec<u32> = (levels.iter())
                    .map(|level| place(level).map_or(MISSING_LEVEL, |place| place as u32))
                    .collect();
                let code =
                    |&code: &u32| places.get(code as usize).copied().unwrap_or(MISSING_LEVEL);
                Ok(Cells::Levels(Cow::Owned(codes.iter().map(code).collect()), n))
            }
            (kind, values) => {
                let expected = match kind {
                    Kind::Number => "number",
                    Kind::Flag => "flag",
                    Kind::Category(_) => "category",
                };
                let found = match values {
                    Values::Number(_) => "number",
                    Values::Flag { .. } => "flag",
                    Values::Category { .. } => "category",
                };
                let column = self.name.clone();
                Err(NormaliseError::WrongKind { column, found, expected }.into())
            }
        }
    }
}

/// A customer's bins and what each column adds to the log-odds.
type Part = (Vec<u16>, Vec<f64>);

impl Boosted {
    /// Trees that were fitted on the given columns of the table.
    pub(super) fn new(
        table: &FeatureTable,
        columns: &[usize],
        trees: Forest,
        curve: Curve,
    ) -> Self {
        let source = |&column: &usize| Source::of(&table.columns()[column]);
        Self {
            columns: columns.iter().map(source).collect(),
            trees,
            calibration_intercept: curve.intercept,
            calibration_slope: curve.low,
            calibration_high_slope: (curve.high.to_bits() != curve.low.to_bits())
                .then_some(curve.high),
        }
    }

    pub(super) fn curve(&self) -> Curve {
        let (low, intercept) = (self.calibration_slope, self.calibration_intercept);
        Curve { low, high: self.calibration_high_slope.unwrap_or(low), intercept }
    }

    /// The log-odds before calibration, as they are computed.
    pub(super) fn odds(&self) -> Odds<'_> {
        let columns = self.columns.iter().zip(&self.trees.cuts);
        let columns = columns.map(|(source, cuts)| Asked {
            name: &source.name,
            sort: match &source.kind {
                Kind::Number => Sort::Number,
                Kind::Flag => Sort::Flag(cuts.bins()),
                Kind::Category(levels) => Sort::Levels(levels, cuts.bins()),
            },
        });
        let (base, trees) = (self.trees.base(), self.trees.branches());
        Odds::Trees { columns: columns.collect(), base, trees }
    }

    fn cells<'a>(&self, table: &'a FeatureTable) -> Result<Vec<Cells<'a>>, ChurnError> {
        let found: Vec<Option<&Column>> =
            self.columns.iter().map(|c| table.column(&c.name).map(|found| found.1)).collect();
        let missing = self.columns.iter().zip(&found).filter(|(_, found)| found.is_none());
        let names: Vec<String> = missing.map(|(source, _)| source.name.clone()).collect();
        if !names.is_empty() {
            let needed = self.columns.len();
            return Err(NormaliseError::MissingColumns { names, needed }.into());
        }
        let found = found.into_iter().flatten();
        self.columns.iter().zip(found).map(|(source, column)| source.cells(column)).collect()
    }

    /// Calibrated log-odds of the customers at `rows`.
    pub(super) fn log_odds(
        &self,
        table: &FeatureTable,
        rows: &[usize],
    ) -> Result<Vec<f64>, ChurnError> {
        let cells = self.cells(table)?;
        let raws: Vec<Raw> = cells.iter().map(Cells::raw).collect();
        let curve = self.curve();
        Ok(log_odds(&self.trees, &raws, rows).into_iter().map(|x| curve.at(x)).collect())
    }

    /// What each column adds to the calibrated log-odds of the customer at `row`.
    pub(super) fn contributions(
        &self,
        table: &FeatureTable,
        row: usize,
    ) -> Result<Vec<Contribution>, ChurnError> {
        let cells = self.cells(table)?;
        let raws: Vec<Raw> = cells.iter().map(Cells::raw).collect();
        let mut sums = vec![0.0; self.columns.len()];
        let shares = Shares::of(&self.trees);
        shares.add(&self.trees, &self.trees.bins(&raws, row), &mut sums);
        let steep = self.curve().steepness(shares.base, shares.base + sums.iter().sum::<f64>());
        let of = |(source, sum): (&Source, f64)| Contribution {
            column: source.name.clone(),
            log_odds: steep * sum,
        };
        Ok(self.columns.iter().zip(sums).map(of).collect())
    }

    /// The bins of the customers at `rows` and what each column adds to their log-odds.
    fn parts(&self, table: &FeatureTable, rows: &[usize]) -> Result<Vec<Part>, ChurnError> {
        let cells = self.cells(table)?;
        let raws: Vec<Raw> = cells.iter().map(Cells::raw).collect();
        let shares = Shares::of(&self.trees);
        let one = |&row: &usize| {
            let mut sums = vec![0.0; self.columns.len()];
            let bins = self.trees.bins(&raws, row);
            shares.add(&self.trees, &bins, &mut sums);
            let x = shares.base + sums.iter().sum::<f64>();
            let steep = self.curve().steepness(shares.base, x);
            for sum in &mut sums {
                *sum *= steep;
            }
            (bins, sums)
        };
        Ok(rows.par_iter().map(one).collect())
    }

    /// The columns, and what each of them adds to the log-odds of the customers at `rows`.
    pub(super) fn contributions_of(
        &self,
        table: &FeatureTable,
        rows: &[usize],
    ) -> Result<(Vec<String>, Vec<Vec<f64>>), ChurnError> {
        let parts = self.parts(table, rows)?;
        let names = self.columns.iter().map(|source| source.name.clone()).collect();
        Ok((names, parts.into_iter().map(|(_, sums)| sums).collect()))
    }

    /// The mean log-odds over the customers learnt from.
    pub(super) fn base_log_odds(&self) -> f64 {
        self.curve().at(Shares::of(&self.trees).base)
    }

    /// How much each column moves the customers at `rows`, strongest first; columns that
    /// move nobody are left out.
    pub(super) fn importance(
        &self,
        table: &FeatureTable,
        rows: &[usize],
    ) -> Result<Vec<Importance>, ChurnError> {
        let step = rows.len().div_ceil(MOST_ROWS).max(1);
        let rows: Vec<usize> = rows.iter().copied().step_by(step).collect();
        let parts = self.parts(table, &rows)?;
        let mut found: Vec<Importance> = (0..self.columns.len())
            .map(|column| {
                let total: f64 = parts.iter().map(|(_, sums)| sums[column].abs()).sum();
                Importance {
                    column: self.columns[column].name.clone(),
                    log_odds: total / number(parts.len().max(1)),
                    direction: match self.columns[column].kind {
                        Kind::Number => direction(&parts, column),
                        _ => None,
                    },
                }
            })
            .filter(|importance| importance.log_odds > 0.0)
            .collect();
        found.sort_by(|a, b| {
            b.log_odds.total_cmp(&a.log_odds).then_with(|| a.column.cmp(&b.column))
        });
        Ok(found)
    }

    /// Columns and trees fit together, numbers are finite.
    pub(super) fn validate(&self) -> Result<(), ChurnError> {
        let (columns, cuts) = (self.columns.len(), self.trees.cuts.len());
        if columns != cuts {
            return Err(ChurnError::Shape { coefficients: cuts, columns });
        }
        let fits = |(source, cuts): (&Source, &Cuts)| match &source.kind {
            Kind::Number => cuts.n_levels().is_none(),
            Kind::Flag => cuts.n_levels() == Some(2),
            Kind::Category(levels) => cuts.n_levels() == Some(levels.len()),
        };
        if !self.trees.is_valid() || !self.columns.iter().zip(&self.trees.cuts).all(fits) {
            return Err(ChurnError::Number { what: "trees" });
        }
        Ok(())
    }
}

/// Correlation of a number's bin with what it adds; `None` where either does not vary.
fn direction(parts: &[Part], column: usize) -> Option<f64> {
    let known = parts.iter().filter(|(bins, _)| bins[column] > 0);
    let (bins, sums): (Vec<f64>, Vec<f64>) =
        known.map(|(bins, sums)| (f64::from(bins[column]), sums[column])).unzip();
    stats::correlation(&bins, &sums)
}

/// Log-odds of the customers at `rows` before calibration.
pub(super) fn log_odds(trees: &Forest, raws: &[Raw], rows: &[usize]) -> Vec<f64> {
    // One row after the other, so that no other row can change a bit.
    rows.par_iter().map(|&row| trees.log_odds(&trees.bins(raws, row))).collect()
}
