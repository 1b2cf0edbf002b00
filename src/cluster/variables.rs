//! Which columns of a matrix are numbers, and which are levels of one category.
//!
//! A matrix holds a category as columns of 0 and 1, times a weight. Methods that count
//! levels read them back by one rule: a column that takes exactly two values is a level,
//! present where it takes the higher one; levels made from one source column that never
//! meet in a row are one category; every other column is a number. A row with none of the
//! levels has the level "none of them", where such rows were there at fit, else a level
//! that is not known. Columns that were constant at fit have no say.
//!
//! So a preparation does its work for these methods too (rare levels pooled, levels that
//! mean "does not have it" folded, twins dropped, numbers logarithmised and on one scale),
//! and a new customer is read from the same columns.
//!
//! [`Gaps`] says which cells were filled in by the preparation because the table has
//! nothing there. Who asks for it reads these as missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::matrix::Matrix;
use crate::table::{FeatureTable, Values};

/// The code of a level that is missing or was not there at fit.
pub const UNKNOWN: u16 = u16::MAX;
/// A category of more levels than this is none.
const MAX_LEVELS: usize = 10_000;

/// One variable of a matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Variable {
    /// A number.
    Number {
        /// Its column in the matrix, counted from 0.
        column: usize,
        /// The column of the table that it was made from.
        source: String,
    },
    /// A category.
    Levels {
        /// The columns of its levels in the matrix, ascending.
        columns: Vec<usize>,
        /// A level is present where its column is above its cut.
        cuts: Vec<f64>,
        /// Whether "none of them" is one more level, the last.
        rest: bool,
        /// The column of the table that it was made from.
        source: String,
    },
}

impl Variable {
    /// How many levels; 0 for a number.
    #[must_use]
    pub fn n_levels(&self) -> usize {
        match self {
            Self::Number { .. } => 0,
            Self::Levels { columns, rest, .. } => columns.len() + usize::from(*rest),
        }
    }

    fn source(&self) -> &str {
        match self {
            Self::Number { source, .. } | Self::Levels { source, .. } => source,
        }
    }
}

/// The variables of a matrix, numbers first.
#[derive(Debug, Clone, PartialEq)]
pub struct Variables {
    all: Vec<Variable>,
    n_numbers: usize,
    n_columns: usize,
}

/// Cells that the table has nothing in. `rows` are the positions in the table of the rows
/// of a matrix; none for all of them in their order.
#[derive(Debug, Clone, Copy)]
pub struct Gaps<'a> {
    /// The table.
    pub table: &'a FeatureTable,
    /// The rows.
    pub rows: Option<&'a [usize]>,
}

impl<'a> Gaps<'a> {
    /// The values of a column, where any of them is missing.
    fn of(&self, source: &str) -> Option<&'a Values> {
        let (_, column) = self.table.column(source)?;
        (0..column.values.len()).any(|row| column.values.is_missing(row)).then_some(&column.values)
    }

    fn at(&self, values: &Values, row: usize) -> bool {
        values.is_missing(self.rows.map_or(row, |rows| rows[row]))
    }
}

/// What a matrix says of its rows, variable by variable.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rows {
    pub(crate) n: usize,
    /// Row-major, one per number; NaN where missing.
    pub(crate) numbers: Vec<f64>,
    /// Row-major, one per category; [`UNKNOWN`] where missing.
    pub(crate) codes: Vec<u16>,
}

/// What one column looks like.
#[derive(Clone, Copy)]
enum Look {
    Constant,
    /// The cut between its two values.
    Two(f64),
    Many,
}

impl Variables {
    /// The variables of a matrix. With `gaps`, a level that only stands for a missing cell
    /// is no level.
    #[must_use]
    pub fn of(matrix: &Matrix, gaps: Option<&Gaps>) -> Self {
        let values = matrix.values();
        let mut groups: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
        let (mut all, mut order) = (Vec::new(), Vec::new());
        for (j, column) in matrix.columns().iter().enumerate() {
            match look(values.column(j)) {
                Look::Constant => {}
                Look::Many => {
                    all.push(Variable::Number { column: j, source: column.source.clone() });
                }
                Look::Two(cut) => {
                    let only_gaps = gaps
                        .and_then(|gaps| gaps.of(&column.source).map(|values| (gaps, values)))
                        .is_some_and(|(gaps, missing)| {
                            (0..matrix.n_rows())
                                .filter(|&row| values[[row, j]] > cut)
                                .all(|row| gaps.at(missing, row))
                        });
                    if !only_gaps {
                        let group = groups.entry(&column.source).or_default();
                        if group.is_empty() {
                            order.push(column.source.as_str());
                        }
                        group.push((j, cut));
                    }
                }
            }
        }
        let n_numbers = all.len();
        for source in order {
            let levels = &groups[source];
            let present =
                |row: usize| levels.iter().filter(|(j, cut)| values[[row, *j]] > *cut).count();
            let missing = gaps.and_then(|gaps| gaps.of(source).map(|values| (gaps, values)));
            let is_gap = |row: usize| missing.is_some_and(|(gaps, values)| gaps.at(values, row));
            let meet = (0..matrix.n_rows()).any(|row| present(row) > 1);
            if meet || levels.len() > MAX_LEVELS {
                all.extend(levels.iter().map(|level| category(&[*level], true, source)));
            } else {
                let rest = (0..matrix.n_rows()).any(|row| present(row) == 0 && !is_gap(row));
                all.push(category(levels, rest, source));
            }
        }
        Self { all, n_numbers, n_columns: matrix.n_columns() }
    }

    /// Takes parts that may come from a file and checks them against the width of a
    /// matrix.
    ///
    /// # Errors
    ///
    /// In words: no variables, a column that does not exist or is used twice, a cut that
    /// is missing or not finite, a number after a category.
    pub fn from_parts(all: Vec<Variable>, n_columns: usize) -> Result<Self, String> {
        let mut used = vec![false; n_columns];
        let n_numbers = all.iter().filter(|v| matches!(v, Variable::Number { .. })).count();
        for (at, variable) in all.iter().enumerate() {
            let columns = match variable {
                Variable::Number { column, .. } => std::slice::from_ref(column),
                Variable::Levels { columns, cuts, .. } => {
                    if cuts.len() != columns.len() || cuts.iter().any(|cut| !cut.is_finite()) {
                        return Err("a level has no cut".to_owned());
                    }
                    columns
                }
            };
            if matches!(variable, Variable::Number { .. }) != (at < n_numbers) {
                return Err("a number stands after a category".to_owned());
            }
            if columns.is_empty() || columns.len() > MAX_LEVELS {
                return Err(format!("a category of {} levels", columns.len()));
            }
            for &column in columns {
                match used.get_mut(column) {
                    Some(used) if !*used => *used = true,
                    _ => return Err(format!("column {column} of {n_columns} is used wrongly")),
                }
            }
        }
        if all.is_empty() {
            return Err("there are no variables".to_owned());
        }
        Ok(Self { all, n_numbers, n_columns })
    }

    /// The variables, numbers first.
    #[must_use]
    pub fn all(&self) -> &[Variable] {
        &self.all
    }

    /// How many columns the matrix has.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// How many variables are numbers.
    #[must_use]
    pub fn n_numbers(&self) -> usize {
        self.n_numbers
    }

    /// How many variables are categories.
    #[must_use]
    pub fn n_categories(&self) -> usize {
        self.all.len() - self.n_numbers
    }

    /// The number of levels of each category.
    #[must_use]
    pub fn levels(&self) -> Vec<usize> {
        self.all[self.n_numbers..].iter().map(Variable::n_levels).collect()
    }

    /// Reads the rows of a matrix of the same columns; cells in `gaps` are missing.
    pub(crate) fn read(&self, matrix: &Matrix, gaps: Option<&Gaps>) -> Rows {
        let values = matrix.values();
        let n = matrix.n_rows();
        let (p, q) = (self.n_numbers, self.n_categories());
        let mut rows = Rows { n, numbers: vec![0.0; n * p], codes: vec![UNKNOWN; n * q] };
        for (at, variable) in self.all.iter().enumerate() {
            let missing =
                gaps.and_then(|gaps| gaps.of(variable.source()).map(|values| (gaps, values)));
            let is_gap = |row: usize| missing.is_some_and(|(gaps, values)| gaps.at(values, row));
            match variable {
                Variable::Number { column, .. } => {
                    for row in 0..n {
                        let value = values[[row, *column]];
                        rows.numbers[row * p + at] = if is_gap(row) { f64::NAN } else { value };
                    }
                }
                Variable::Levels { columns, cuts, rest, .. } => {
                    let none = if *rest { columns.len() as u16 } else { UNKNOWN };
                    for row in (0..n).filter(|&row| !is_gap(row)) {
                        let level =
                            columns.iter().zip(cuts).position(|(j, cut)| values[[row, *j]] > *cut);
                        rows.codes[row * q + at - p] = level.map_or(none, |level| level as u16);
                    }
                }
            }
        }
        rows
    }
}

fn category(levels: &[(usize, f64)], rest: bool, source: &str) -> Variable {
    Variable::Levels {
        columns: levels.iter().map(|(j, _)| *j).collect(),
        cuts: levels.iter().map(|(_, cut)| *cut).collect(),
        rest,
        source: source.to_owned(),
    }
}

fn look(column: ndarray::ArrayView1<f64>) -> Look {
    let first = column[0];
    let Some(second) = column.iter().copied().find(|value| *value != first) else {
        return Look::Constant;
    };
    if column.iter().any(|value| *value != first && *value != second) {
        return Look::Many;
    }
    Look::Two(f64::midpoint(first, second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::MatrixColumn;
    use ndarray::array;

    fn matrix() -> Matrix {
        let columns = ["spend", "kind=a", "kind=b", "flag", "flat"];
        let columns = columns.map(|name| MatrixColumn {
            name: name.to_owned(),
            source: name.split('=').next().unwrap_or(name).to_owned(),
        });
        Matrix::new(
            array![
                [1.5, 0.0, 1.3, 0.0, 7.0],
                [2.5, 1.3, 0.0, 1.0, 7.0],
                [0.5, 0.0, 0.0, 1.0, 7.0],
            ],
            columns.to_vec(),
        )
        .unwrap()
    }

    #[test]
    fn levels_of_one_source_that_never_meet_are_one_category() {
        let variables = Variables::of(&matrix(), None);
        assert_eq!(variables.levels(), [3, 2]);
        let rows = variables.read(&matrix(), None);
        assert_eq!(rows.numbers, [1.5, 2.5, 0.5]);
        assert_eq!(rows.codes, [1, 1, 0, 0, 2, 0]);
    }

    #[test]
    fn levels_that_meet_are_variables_of_their_own() {
        let mut values = matrix().values().to_owned();
        values[[1, 2]] = 1.3;
        let met = Matrix::new(values, matrix().columns().to_vec()).unwrap();
        assert_eq!(Variables::of(&met, None).levels(), [2, 2, 2]);
    }

    #[test]
    fn a_row_with_no_level_is_unknown_where_there_was_none_at_fit() {
        // Of two rows spend is a category too, the first.
        let two = matrix().take(&[0, 1]).unwrap();
        let variables = Variables::of(&two, None);
        assert_eq!(variables.levels(), [2, 2, 2]);
        assert_eq!(variables.read(&matrix(), None).codes[2 * 3 + 1], UNKNOWN);
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let good = Variables::of(&matrix(), None);
        assert!(Variables::from_parts(good.all().to_vec(), 5).is_ok());
        assert!(Variables::from_parts(good.all().to_vec(), 3).is_err());
        assert!(Variables::from_parts(Vec::new(), 3).is_err());
        let mut reversed = good.all().to_vec();
        reversed.reverse();
        assert!(Variables::from_parts(reversed, 5).is_err());
        let twice = vec![good.all()[0].clone(), good.all()[0].clone()];
        assert!(Variables::from_parts(twice, 5).is_err());
    }
}
