//! What is learnt of one source column: how a cell is read, and the columns of the
//! matrix that it becomes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::normalise::clip::Curve;
use crate::normalise::{Normaliser, scale};
use crate::said::{Fact, Said, said};

/// Values of the matrix are held within this size, so that their squares stay finite.
const LIMIT: f64 = 1e100;
/// Standardised values are held within this size before they are squared: a bend is
/// learnt from the bulk of the customers.
pub(crate) const SQUARE_LIMIT: f64 = 3.0;

/// One source column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Feature {
    /// Its name in the feature table.
    pub(crate) source: String,
    /// How a cell becomes a number.
    pub(crate) reading: Reading,
    /// The columns of the matrix; at least one.
    pub(crate) terms: Vec<Term>,
}

/// How a cell becomes a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Reading {
    /// A number.
    Number {
        /// A missing value is 0 where this column is 0.
        zero_where: Option<String>,
        /// What stands in for another missing value, raw units; `None`: an error.
        fill: Option<f64>,
        curve: Curve,
    },
    /// The position among ordered levels, from 0.
    Rank { levels: Vec<String>, fill: Option<f64>, curve: Curve },
    /// 0 for no, 1 for yes.
    Flag { no: String, yes: String, fill: Option<f64> },
    /// The position among the levels.
    Category {
        /// The levels learnt, after folding.
        levels: Vec<String>,
        /// Levels that mean "does not have it", and the level each counts as.
        folds: BTreeMap<String, String>,
        /// The position of the most frequent level, for a missing value where no term
        /// stands for it.
        usual: usize,
    },
    /// A place: this column is its latitude.
    Place {
        /// The column of its longitude.
        longitude: String,
        /// Whether anything may stand in for a place that is not known.
        filled: bool,
    },
    /// A column that shares its scale with its block: a share of a whole, or an answer.
    Member {
        /// The levels in their order, each read as its position from 0; none for numbers.
        levels: Vec<String>,
        /// What stands in for a missing value, after centring; `None`: an error.
        fill: Option<f64>,
        /// The columns over whose known values the customer's own mean is taken away;
        /// none where values stay as they are.
        centred_on: Vec<String>,
    },
}

/// One column of the matrix: (x - centre) / spread with the x of `what`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Term {
    pub(crate) name: String,
    pub(crate) what: What,
    pub(crate) centre: f64,
    pub(crate) spread: f64,
}

/// The x of a column of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum What {
    /// The number after clipping and logarithm, or the flag.
    Value,
    /// The normal score by this grid of quantiles.
    Score { grid: Vec<f64> },
    /// The square of (number - centre) / spread, held within 3 standard deviations.
    Square { centre: f64, spread: f64 },
    /// 1 where the number is this.
    Equals { value: f64 },
    /// 1 where the value is missing (and not 0 by another column).
    Missing,
    /// 1 where the category is at this position.
    Level { position: usize },
    /// A coordinate in km of a place; `fill` stands in for a place that is not known.
    Axis { axis: Axis, fill: f64 },
}

/// The coordinates of a place: the equator at longitude 0, the equator at longitude 90 east
/// and the North Pole lie on the axes, the centre of the earth is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Axis {
    X,
    Y,
    Z,
}

/// A cell that has been read: the number, flag or position of the level (-1: none), and
/// whether it was missing. For a place `x` is its latitude and `y` its longitude.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) x: f64,
    /// After clipping and logarithm; the same as `x` for flags and categories.
    pub(crate) y: f64,
    pub(crate) missing: bool,
}

/// Cells of one column, each part of them side by side, so that arithmetic can take several
/// at a time.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    pub(crate) x: Vec<f64>,
    pub(crate) y: Vec<f64>,
    pub(crate) missing: Vec<bool>,
}

impl Cells {
    pub(crate) fn clear(&mut self) {
        self.x.clear();
        self.y.clear();
        self.missing.clear();
    }

    pub(crate) fn push(&mut self, cell: Cell) {
        self.x.push(cell.x);
        self.y.push(cell.y);
        self.missing.push(cell.missing);
    }
}

impl Term {
    /// The values of many cells, put in the place of what `out` held. What the term is, is
    /// asked once.
    pub(crate) fn all(&self, cells: &Cells, out: &mut Vec<f64>) {
        let indicator = |is: bool| if is { 1.0 } else { 0.0 };
        let Cells { x, y, missing } = cells;
        match &self.what {
            What::Value => self.put(y.iter().copied(), out),
            What::Score { grid } => self.put(y.iter().map(|&y| scale::score(grid, y)), out),
            What::Square { centre, spread } => {
                let of = |&y: &f64| {
                    let z = ((y - centre) / spread).clamp(-SQUARE_LIMIT, SQUARE_LIMIT);
                    z * z
                };
                self.put(y.iter().map(of), out);
            }
            // Exact: the value was learnt from the same decimal text.
            What::Equals { value } => {
                self.put(x.iter().map(|x| indicator(x.total_cmp(value).is_eq())), out);
            }
            What::Missing => self.put(missing.iter().map(|&missing| indicator(missing)), out),
            What::Axis { axis, fill } => {
                let of = |((&x, &y), &missing)| if missing { *fill } else { axis.of(x, y) };
                self.put(x.iter().zip(y).zip(missing).map(of), out);
            }
            // A position is a whole number: being within a half is being equal.
            What::Level { position } => {
                let position = crate::normalise::real(*position);
                self.put(x.iter().map(|x| indicator((x - position).abs() < 0.5)), out);
            }
        }
    }

    fn put(&self, values: impl Iterator<Item = f64>, out: &mut Vec<f64>) {
        out.clear();
        out.extend(values.map(|value| self.scaled(value)));
    }

    /// Centred and scaled.
    pub(crate) fn scaled(&self, x: f64) -> f64 {
        ((x - self.centre) / self.spread).clamp(-LIMIT, LIMIT)
    }
}

impl Normaliser {
    /// The source and the term behind column `j` of the matrix.
    fn term(&self, j: usize) -> Option<(&Feature, &Term)> {
        self.features.iter().flat_map(|f| f.terms.iter().map(move |t| (f, t))).nth(j)
    }

    /// The inverse of column `j` of the matrix: a number in raw units (as far as it was
    /// not clipped), or 0 to 1, the share of a level, flag or indicator. A squared term
    /// comes back in squared standard deviations. NaN where there is no column `j`.
    #[must_use]
    pub fn to_raw(&self, j: usize, value: f64) -> f64 {
        let Some((feature, term)) = self.term(j) else { return f64::NAN };
        let x = value * term.spread + term.centre;
        let (Reading::Number { curve, .. } | Reading::Rank { curve, .. }) = &feature.reading else {
            return x;
        };
        match &term.what {
            What::Value => curve.invert(x),
            What::Score { grid } => curve.invert(scale::unscore(grid, x)),
            _ => x,
        }
    }

    /// What happens to each source column, in plain words: `tenure: logarithm,
    /// standardised`.
    #[must_use]
    pub fn describe(&self) -> Vec<Said> {
        let line =
            |f: &Feature| said!("prep-line", name = &f.source, steps = Fact::Parts(f.words()));
        self.features.iter().map(line).collect()
    }
}

impl Feature {
    fn words(&self) -> Vec<Said> {
        let mut words: Vec<Said> = Vec::new();
        match &self.reading {
            Reading::Number { zero_where, curve, .. } => {
                words.extend(zero_where.as_ref().map(|other| said!("prep-zero", other = other)));
                words.extend(curve.words());
            }
            Reading::Rank { curve, .. } => {
                words.push(said!("prep-ranks"));
                words.extend(curve.words());
            }
            Reading::Flag { .. } => {}
            Reading::Category { folds, .. } => {
                words.extend(
                    folds.iter().map(|(from, to)| said!("prep-counted", from = from, to = to)),
                );
            }
            Reading::Place { longitude, .. } => {
                words.push(said!("prep-place", longitude = longitude));
            }
            Reading::Member { levels, centred_on, .. } => {
                if !levels.is_empty() {
                    words.push(said!("prep-ranks"));
                }
                if !centred_on.is_empty() {
                    words.push(said!("prep-centred"));
                }
            }
        }
        let count =
            |wanted: fn(&What) -> bool| self.terms.iter().filter(|term| wanted(&term.what)).count();
        for term in &self.terms {
            match (&term.what, &self.reading) {
                (What::Value, Reading::Flag { .. }) => words.push(said!("prep-one")),
                (What::Value, _) if term.centre == 0.0 && term.spread.total_cmp(&1.0).is_eq() => {
                    words.push(said!("prep-as-is"));
                }
                (What::Value, Reading::Member { .. }) => {
                    words.push(said!("prep-block"));
                }
                (What::Value, _) => words.push(said!("prep-standard")),
                (What::Score { .. }, _) => words.push(said!("prep-scores")),
                (What::Square { .. }, _) => words.push(said!("prep-square")),
                (What::Axis { axis: Axis::X, .. }, _) if term.spread.total_cmp(&1.0).is_ne() => {
                    words.push(said!("prep-axes"));
                }
                (
                    What::Missing | What::Equals { .. } | What::Level { .. } | What::Axis { .. },
                    _,
                ) => {}
            }
        }
        match count(|what| matches!(what, What::Level { .. })) {
            0 => {}
            1 => words.push(said!("prep-one")),
            n => words.push(said!("prep-levels", n = n)),
        }
        match count(|what| matches!(what, What::Equals { .. })) {
            0 => {}
            n => words.push(said!("prep-values", n = n)),
        }
        if count(|what| matches!(what, What::Missing)) > 0 {
            words.push(said!("prep-missing"));
        }
        words
    }
}

impl Curve {
    fn words(&self) -> Vec<Said> {
        let mut words = Vec::new();
        if self.low.is_some() || self.high.is_some() {
            words.push(said!("prep-clipped"));
        }
        if self.log.is_some() {
            words.push(said!("prep-log"));
        }
        words
    }
}
