//! Segments inside parts of the customers. Those that a condition pins come first, in the
//! order of the config, and a customer belongs to the first that is true of it. The rest is
//! divided by the levels of columns, and k-means looks for segments inside each division.
//!
//! Each segment has a centre, the pinned ones too, so that segments of different parts can
//! be told apart; but a customer is compared only with the centres of its own part.

mod find;
mod pins;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use ndarray::{Array2, Axis};
use serde::{Deserialize, Serialize};

pub use find::discover_parts;
pub use pins::{Pin, Pins};

use super::placing::assign_to_centres;
use super::variables::Gaps;
use super::{Assignment, ClusterError, Method, Params};
use crate::matrix::Matrix;
use crate::table::{Condition, FeatureTable, MISSING_FLAG, MISSING_LEVEL, Values};

/// One division of the customers that no condition pins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The level of each split column; none for customers of whom it is missing.
    pub levels: Vec<Option<String>>,
    /// How many segments it holds.
    pub segments: usize,
}

/// How the customers are divided before segments are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What is pinned, in order: segments 0, 1, ...
    pub pins: Pins,
    /// The columns whose levels divide the rest.
    pub split_by: Vec<String>,
    /// The divisions, in the order of their segments.
    pub cells: Vec<Cell>,
}

impl Layout {
    /// How many segments there are; none where a forged file overflows the sum.
    #[must_use]
    pub fn n_segments(&self) -> Option<usize> {
        let mut cells = self.cells.iter();
        cells.try_fold(self.pins.len(), |sum, cell| sum.checked_add(cell.segments))
    }
}

/// Checks what the config asks for.
///
/// # Errors
///
/// Another method than k-means; a name or a condition that cannot be.
pub(super) fn check(params: &Params) -> Result<(), ClusterError> {
    let none = params.pin.is_empty() && params.split_by.is_empty();
    if !none && params.method != Method::KMeans {
        return Err(ClusterError::PartsMethod { method: params.method });
    }
    params.pin.conditions().map(|_| ())
}

/// Segments inside parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    layout: Layout,
    conditions: Vec<Condition>,
    /// One row per segment.
    centres: Array2<f64>,
}

/// The part of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Segment of its own, by a condition.
    Pinned(usize),
    /// A division.
    Cell(usize),
    /// A level that no customer of the fit had.
    Nowhere,
}

impl Parts {
    /// Takes parts that may come from a file and checks all of them. `centres` has shape
    /// `(n_segments, n_columns)`.
    ///
    /// # Errors
    ///
    /// Segments that do not add up, divisions that repeat, conditions that cannot be read,
    /// numbers that are not finite.
    pub fn new(layout: Layout, centres: Array2<f64>) -> Result<Self, ClusterError> {
        let stored = |reason: &str| Err(ClusterError::Stored { reason: reason.to_owned() });
        if layout.n_segments() != Some(centres.nrows()) || centres.is_empty() {
            return stored("the segments of the parts do not add up");
        }
        if layout
            .cells
            .iter()
            .any(|cell| cell.segments == 0 || cell.levels.len() != layout.split_by.len())
        {
            return stored("a part has no segment, or not one level for each column");
        }
        let distinct: BTreeSet<_> = layout.cells.iter().map(|cell| &cell.levels).collect();
        if distinct.len() < layout.cells.len() {
            return stored("two parts have the same levels");
        }
        if centres.iter().any(|value| !value.is_finite()) {
            return stored("a number of the centres is not finite");
        }
        let conditions = layout.pins.conditions()?;
        Ok(Self { layout, conditions, centres })
    }

    /// How the customers are divided.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The centres, shape `(n_segments, n_columns)`.
    #[must_use]
    pub fn centres(&self) -> &Array2<f64> {
        &self.centres
    }

    /// Puts the rows of a matrix into the segments of their parts.
    ///
    /// # Errors
    ///
    /// A condition or a split column that the table does not have.
    pub(super) fn assign(
        &self,
        matrix: &Matrix,
        gaps: Option<&Gaps>,
    ) -> Result<Vec<Assignment>, ClusterError> {
        let Some(gaps) = gaps else { return Err(ClusterError::PartsNeedTable) };
        let places = self.places(gaps.table)?;
        let place = |row: usize| places[gaps.rows.map_or(row, |rows| rows[row])];
        let mut out = vec![Assignment::NOWHERE; matrix.n_rows()];
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); self.layout.cells.len()];
        for (row, out) in out.iter_mut().enumerate() {
            match place(row) {
                Place::Pinned(at) => out.segment = u32::try_from(at).ok(),
                Place::Cell(at) => rows[at].push(row),
                Place::Nowhere => {}
            }
        }
        let mut first = self.layout.pins.len();
        for (cell, rows) in self.layout.cells.iter().zip(&rows) {
            if !rows.is_empty() {
                let own: Vec<usize> = (first..first + cell.segments).collect();
                let centres: Vec<f64> =
                    self.centres.select(Axis(0), &own).iter().copied().collect();
                let own = matrix.take(rows)?;
                let found = assign_to_centres(own.row_major(), own.n_columns(), &centres);
                for (&row, found) in rows.iter().zip(found) {
                    out[row] = moved_by(found, first);
                }
            }
            first += cell.segments;
        }
        Ok(out)
    }

    fn places(&self, table: &FeatureTable) -> Result<Vec<Place>, ClusterError> {
        let levels = Levels::of(table, &self.layout.split_by)?;
        let mut places: Vec<Place> = (0..table.n_customers())
            .map(|row| {
                let is_own = |cell: &Cell| {
                    cell.levels.iter().enumerate().all(|(at, level)| {
                        levels.name(at, levels.code(at, row)) == level.as_deref()
                    })
                };
                self.layout.cells.iter().position(is_own).map_or(Place::Nowhere, Place::Cell)
            })
            .collect();
        for (at, condition) in self.conditions.iter().enumerate().rev() {
            for row in condition.rows(table).map_err(|error| self.layout.pins.wrong(at, error))? {
                places[row] = Place::Pinned(at);
            }
        }
        Ok(places)
    }
}

/// The same customer, where the part's first segment is `first`.
fn moved_by(found: Assignment, first: usize) -> Assignment {
    let by = u32::try_from(first).unwrap_or(u32::MAX);
    let moved = |at: Option<u32>| at.map(|at| at + by);
    Assignment { segment: moved(found.segment), second: moved(found.second), ..found }
}

/// The columns that divide the customers.
struct Levels<'a>(Vec<&'a Values>);

/// The code of customers of whom the level is missing; comes last.
const UNKNOWN: u32 = u32::MAX;

impl<'a> Levels<'a> {
    fn of(table: &'a FeatureTable, columns: &[String]) -> Result<Self, ClusterError> {
        let find = |name: &String| match table.column(name) {
            None => Err(ClusterError::SplitColumn {
                column: name.clone(),
                what: "which the customers do not have",
            }),
            Some((_, column)) if matches!(column.values, Values::Number(_)) => {
                Err(ClusterError::SplitColumn { column: name.clone(), what: "which holds numbers" })
            }
            Some((_, column)) => Ok(&column.values),
        };
        columns.iter().map(find).collect::<Result<_, _>>().map(Self)
    }

    fn code(&self, at: usize, row: usize) -> u32 {
        match self.0[at] {
            Values::Category { codes, .. } if codes[row] != MISSING_LEVEL => codes[row],
            Values::Flag { codes, .. } if codes[row] != MISSING_FLAG => u32::from(codes[row]),
            _ => UNKNOWN,
        }
    }

    fn name(&self, at: usize, code: u32) -> Option<&'a str> {
        match self.0[at] {
            Values::Category { levels, .. } => levels.get(code as usize).map(String::as_str),
            Values::Flag { no, .. } if code == 0 => Some(no),
            Values::Flag { yes, .. } if code == 1 => Some(yes),
            _ => None,
        }
    }
}
