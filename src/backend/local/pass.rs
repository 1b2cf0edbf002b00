//! One pass over a table: its pieces, several at once, and in each the rows block by block.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::backend::{BackendError, ColumnStatistics, Relation};
use crate::expression::{As, Cells, Chunk, Expr, Query, Values, exact};
use crate::load::{ReadAs, Source, Wanted};

/// Rows that are computed together: their columns stay in the nearest memory.
const BLOCK: usize = 1 << 12;

/// What is made of a piece by its number.
pub(super) type Work<'a, T> = dyn Fn(usize) -> Result<T, BackendError> + Sync + 'a;

/// What takes the values of some rows.
pub(super) type Take<'a> = dyn FnMut(Range<usize>, &[Values]) -> Result<(), BackendError> + 'a;

/// A query on a table.
pub(super) struct Pass<'a> {
    pub relation: &'a Relation,
    source: &'a Source,
    query: Query,
    last: Vec<Expr>,
    reads: BTreeSet<(String, As)>,
    calls: (&'a AtomicU64, u64),
}

impl<'a> Pass<'a> {
    /// Checks the query: exact, and every column is there as what it is used as.
    pub(super) fn new(
        relation: &'a Relation,
        source: &'a Source,
        query: &Query,
        last: Vec<Expr>,
        calls: (&'a AtomicU64, u64),
    ) -> Result<Self, BackendError> {
        if !exact::is_exact(query, &last) {
            return Err(BackendError::Inexact { what: "a function of the query" });
        }
        let query = query.pruned(&last);
        let reads = query.reads(&last);
        for (column, used) in &reads {
            relation.check(column, *used)?;
        }
        Ok(Self { relation, source, query, last, reads, calls })
    }

    /// What `of` makes of every piece and the number of the piece, in the order of pieces.
    pub(super) fn each<T: Send>(
        &self,
        of: &Work<T>,
        take: &mut dyn FnMut(T) -> Result<(), BackendError>,
    ) -> Result<(), BackendError> {
        let all: Vec<usize> = (0..self.source.n_pieces()).collect();
        for wave in all.chunks(self.source.pieces_at_once()) {
            if self.calls.0.load(Ordering::SeqCst) != self.calls.1 {
                return Err(BackendError::Cancelled);
            }
            let made: Vec<Result<T, BackendError>> = wave.par_iter().map(|&at| of(at)).collect();
            made.into_iter().try_for_each(|one| take(one?))?;
        }
        Ok(())
    }

    /// The columns of a piece that the query reads, and others.
    pub(super) fn piece(&self, at: usize, others: &[Wanted]) -> Result<Chunk, BackendError> {
        let mut wanted: Vec<Wanted> =
            self.reads.iter().map(|(name, used)| wanted(name, *used)).collect();
        wanted.extend(others.iter().cloned());
        Ok(self.source.piece(at, &wanted)?)
    }

    /// The id, as every pass reads it.
    pub(super) fn id(&self) -> Wanted {
        Wanted { column: self.relation.id.clone(), read_as: ReadAs::Id }
    }

    /// Gives the values of the last expressions, block by block.
    pub(super) fn blocks(&self, chunk: &Chunk, take: &mut Take) -> Result<(), BackendError> {
        let mut start = 0;
        while start < chunk.n() {
            let rows = start..(start + BLOCK).min(chunk.n());
            start = rows.end;
            let values = self.query.evaluate(chunk, rows.clone(), &self.last)?;
            take(rows, &values)?;
        }
        Ok(())
    }

    /// How many rows have no id.
    pub(super) fn without_id(&self) -> Result<u64, BackendError> {
        let mut rows = 0;
        let id = [self.id()];
        let count = |at: usize| {
            let chunk = self.source.piece(at, &id)?;
            Ok(ids(&chunk, &self.relation.id)?.iter().filter(|id| id.is_none()).count() as u64)
        };
        self.each(&count, &mut |found| {
            rows += found;
            Ok(())
        })?;
        Ok(rows)
    }

    /// The statistics of the last expressions.
    pub(super) fn statistics(&self) -> Result<Vec<ColumnStatistics>, BackendError> {
        let none = || vec![ColumnStatistics::NONE; self.last.len()];
        let mut all = none();
        let of = |at: usize| {
            let chunk = self.piece(at, &[])?;
            let mut found = none();
            self.blocks(&chunk, &mut |rows, values| {
                let each = found.iter_mut().zip(values).zip(&self.last);
                for ((found, values), expr) in each {
                    *found = found.and(self.of_block(&chunk, &rows, values, expr));
                }
                Ok(())
            })?;
            Ok(found)
        };
        self.each(&of, &mut |found| {
            for (all, found) in all.iter_mut().zip(found) {
                *all = all.and(found);
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// Of a column as it is stored, not-a-numbers are told from NULLs.
    fn of_block(
        &self,
        chunk: &Chunk,
        rows: &Range<usize>,
        values: &Values,
        expr: &Expr,
    ) -> ColumnStatistics {
        let raw = match expr {
            Expr::Column(name) if self.query.layers().is_empty() => chunk.column(name, As::Number),
            _ => None,
        };
        if let Some(Cells::Number { values, null }) = raw {
            let values = &values[rows.clone()];
            if null.is_empty() {
                return ColumnStatistics::of(values, 0);
            }
            let known: Vec<f64> = values
                .iter()
                .zip(&null[rows.clone()])
                .filter_map(|(value, null)| (!null).then_some(*value))
                .collect();
            return ColumnStatistics::of(&known, (values.len() - known.len()) as u64);
        }
        let known: Vec<f64> = (0..rows.len()).filter_map(|row| values.number(row)).collect();
        ColumnStatistics::of(&known, (rows.len() - known.len()) as u64)
    }
}

/// How a column is asked for of the reader.
pub(super) fn wanted(name: &str, used: As) -> Wanted {
    let read_as = match used {
        As::Number => ReadAs::Number,
        As::Text => ReadAs::Text,
        As::Day => ReadAs::Day,
    };
    Wanted { column: name.to_owned(), read_as }
}

/// The ids of a piece.
pub(super) fn ids<'a>(chunk: &'a Chunk, id: &str) -> Result<&'a [Option<String>], BackendError> {
    match chunk.column(id, As::Text) {
        Some(Cells::Text(ids)) => Ok(ids),
        _ => Err(BackendError::Internal { what: "the ids of a piece" }),
    }
}
