//! Using a preparation: each customer on its own, columns found by name.

use std::collections::BTreeSet;

use ndarray::Array2;
use rayon::prelude::*;

use crate::matrix::Matrix;
use crate::normalise::input::{Input, OwnMeans};
use crate::normalise::term::{Cells, Reading};
use crate::normalise::{NormaliseError, Normaliser};
use crate::table::{Column, FeatureTable};

/// Customers per unit of parallel work: their rows of the matrix stay in the nearest cache
/// while one column after the other is put into them.
const CHUNK: usize = 128;

/// Blocks that are added to one sum.
const RUN: usize = 8;

impl Normaliser {
    /// The matrix of the given rows (positions inside the table), in their order. A
    /// customer's numbers have the same bits whatever the other rows are.
    ///
    /// # Errors
    ///
    /// Columns that are missing or of another kind; missing values where the preparation
    /// was learnt with `impute = "error"` or `"drop-row"`; no rows.
    pub fn apply(&self, table: &FeatureTable, rows: &[usize]) -> Result<Matrix, NormaliseError> {
        let inputs = self.complete_inputs(table, rows)?;
        let width = self.columns.len();
        let mut values = vec![0.0; rows.len() * width];
        if width > 0 {
            let chunks = values.par_chunks_mut(CHUNK * width).zip(rows.par_chunks(CHUNK));
            chunks.for_each(|(out, rows)| self.fill(&inputs, rows, out));
        }
        let values = Array2::from_shape_vec((rows.len(), width), values).unwrap_or_default();
        Ok(Matrix::new(values, self.columns.clone())?)
    }

    /// The sums of the columns of the matrix times `weights`, one per row, without the matrix:
    /// the same bits as adding its columns from the first to the last.
    ///
    /// # Errors
    ///
    /// As [`Normaliser::apply`].
    pub fn combine(
        &self,
        table: &FeatureTable,
        rows: &[usize],
        weights: &[f64],
    ) -> Result<Vec<f64>, NormaliseError> {
        let inputs = self.complete_inputs(table, rows)?;
        let mut sums = vec![0.0; rows.len()];
        sums.par_chunks_mut(CHUNK).zip(rows.par_chunks(CHUNK)).for_each(|(sums, rows)| {
            self.columns_of(&inputs, rows, |column, values| {
                let weight = weights.get(column).copied().unwrap_or(0.0);
                sums.iter_mut().zip(values).for_each(|(sum, x)| *sum += x * weight);
            });
        });
        Ok(sums)
    }

    /// Adds up the matrix, a block of at most `size` rows at a time: `add` is given what there
    /// is, how many rows come before the block, and the block, row-major. One sum that begins
    /// with `start` for every eight blocks, in their order, whatever the threads; no more of
    /// the matrix is held than a block per thread.
    ///
    /// # Errors
    ///
    /// As [`Normaliser::apply`].
    pub fn add_up<T: Send>(
        &self,
        table: &FeatureTable,
        rows: &[usize],
        size: usize,
        start: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, usize, &[f64]) + Sync,
    ) -> Result<Vec<T>, NormaliseError> {
        let inputs = self.complete_inputs(table, rows)?;
        let (size, width) = (size.max(1), self.columns.len());
        let of_run = |(run, rows): (usize, &[usize])| {
            let (mut sum, mut block) = (start(), Vec::new());
            for (at, rows) in rows.chunks(size).enumerate() {
                block.resize(rows.len() * width, 0.0);
                let chunks = block.chunks_mut((CHUNK * width).max(1)).zip(rows.chunks(CHUNK));
                chunks.for_each(|(out, rows)| self.fill(&inputs, rows, out));
                add(&mut sum, (run * RUN + at) * size, &block);
            }
            sum
        };
        Ok(rows.par_chunks(size * RUN).enumerate().map(of_run).collect())
    }

    /// Writes the rows of the matrix, row-major.
    fn fill(&self, inputs: &[Input], rows: &[usize], out: &mut [f64]) {
        let width = self.columns.len();
        self.columns_of(inputs, rows, |column, values| {
            let cells = out.iter_mut().skip(column).step_by(width);
            cells.zip(values).for_each(|(cell, &x)| *cell = x);
        });
    }

    /// Puts the matrix of `rows`, one column after the other: its position, its values.
    fn columns_of(&self, inputs: &[Input], rows: &[usize], mut put: impl FnMut(usize, &[f64])) {
        let (mut cells, mut values, mut column) = (Cells::default(), Vec::new(), 0);
        for (feature, input) in self.features.iter().zip(inputs) {
            input.read_all(rows, &mut cells);
            for term in &feature.terms {
                term.all(&cells, &mut values);
                put(column, &values);
                column += 1;
            }
        }
    }

    /// The inputs, with something to stand in for every missing value of these rows.
    fn complete_inputs<'a>(
        &'a self,
        table: &'a FeatureTable,
        rows: &[usize],
    ) -> Result<Vec<Input<'a>>, NormaliseError> {
        let inputs = self.inputs(table)?;
        for (feature, input) in self.features.iter().zip(&inputs) {
            input.complete(feature, rows)?;
        }
        Ok(inputs)
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
