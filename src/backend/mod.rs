//! The seam between the segments and the engine that holds the customers: a few questions
//! with answers of bounded size, so that the customers need not move.
//!
//! A [`Backend`] knows tables and answers six questions about a [`Relation`]:
//!
//! | question | answer | bound |
//! |---|---|---|
//! | [`Backend::column_statistics`] | n, missing, lowest, highest, mean, M2 | columns |
//! | [`Backend::hash_sample`] | the customers whose hash is lowest | a cap of rows |
//! | [`Backend::grouped_sums`] | rows and sums by group, whole numbers | groups x values |
//! | [`Backend::lines_sample`] | all order lines of such customers | a cap of bytes |
//! | [`Backend::sum_up`] | a receipt; order lines become customers where they are | constant |
//! | [`Backend::score_write`] | nothing but a receipt; the rows are written where they are | constant |
//!
//! All else is made of these in [`passes`]: the sums of the customers nearest to each
//! centre, histograms, and what the customers of each segment are like.
//!
//! # The same bits on every engine
//!
//! What is summed are whole numbers ([`Summed`]), which add up to the same in any order,
//! over any partition and after any retry. What makes them is an expression of the room
//! [`expression`](crate::expression), computed by IEEE operations alone, which an engine
//! either prints or evaluates. Means and M2 of [`ColumnStatistics`] are the exception: they
//! are equal up to rounding, and nothing that decides who is in which segment reads them.
//!
//! # Errors
//!
//! [`BackendError`], with a code of its own for each.

mod answers;
mod asked;
mod error;
pub mod fit;
mod hash;
mod journal;
mod lines;
#[cfg(feature = "frames")]
mod local;
pub mod passes;
#[cfg(feature = "spark")]
pub mod spark;
pub mod sql;
pub mod summing;

pub use answers::{ColumnStatistics, Group, Groups, Receipt, Sample};
pub use asked::{Fixed, Grouping, HashSample, Output, Scoring, Sink, Summed, Written};
pub use error::BackendError;
pub use hash::{hash_of, threshold};
pub use journal::{Head, Journal, Line};
#[cfg(feature = "frames")]
pub use local::LocalBackend;

use crate::expression::{As, Named, Query};
use summing::Summing;

/// What an engine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Its name, such as `local` or `spark`.
    pub engine: String,
    /// Its version, as it says itself.
    pub version: String,
    /// What it could not do or was refused, in words; empty where all is well.
    pub notes: Vec<String>,
}

/// A table to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// A path or pattern where the engine reads files, else the name of a table.
    pub table: String,
    /// The column that names each customer once.
    pub id: String,
    /// Whether its rows are order lines: of each customer many, and some of nobody.
    pub lines: bool,
}

impl Input {
    /// A table of customers, one row each.
    #[must_use]
    pub fn customers(table: impl Into<String>, id: impl Into<String>) -> Self {
        Self { table: table.into(), id: id.into(), lines: false }
    }

    /// A table of order lines.
    #[must_use]
    pub fn lines(table: impl Into<String>, id: impl Into<String>) -> Self {
        Self { table: table.into(), id: id.into(), lines: true }
    }
}

/// What a column of a relation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Whole numbers.
    Whole,
    /// Numbers.
    Real,
    /// Texts.
    Text,
    /// Calendar days or moments.
    Day,
    /// True and false.
    Flag,
    /// Something that no model reads.
    Other,
}

impl Holds {
    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole numbers",
            Self::Real => "numbers",
            Self::Text => "texts",
            Self::Day => "days",
            Self::Flag => "true and false",
            Self::Other => "something that no model reads",
        }
    }
}

/// A column of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationColumn {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
}

/// A table that was opened: one row per customer, or per order line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// How the engine calls it.
    pub name: String,
    /// The column that names each customer, once where they are customers.
    pub id: String,
    /// Its columns, in their order.
    pub columns: Vec<RelationColumn>,
    /// How many rows.
    pub rows: u64,
    /// What changes when its content changes; each pass is refused where it has.
    pub fingerprint: String,
}

impl Relation {
    /// A column by its name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&RelationColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Checks that a column can be used as something.
    ///
    /// # Errors
    ///
    /// It is not there, or holds something else.
    pub fn check(&self, column: &str, used: As) -> Result<(), BackendError> {
        let (table, named) = (|| self.name.clone(), || column.to_owned());
        let Some(known) = self.column(column) else {
            return Err(BackendError::NoColumn { table: table(), column: named() });
        };
        let (fits, used) = match used {
            As::Number => (matches!(known.holds, Holds::Whole | Holds::Real), "a number"),
            As::Day => (known.holds == Holds::Day, "a day"),
            // Engines write a number with decimals as different texts.
            As::Text => (known.holds != Holds::Real, "a text"),
        };
        if fits {
            return Ok(());
        }
        let found = known.holds.name();
        Err(BackendError::Kind { table: table(), column: named(), found, used })
    }
}

/// An engine that holds customers. Every method may be called again with the same answer.
pub trait Backend: Send + Sync {
    /// What it is.
    fn info(&self) -> Info;

    /// Opens a table: its columns, how many rows it has, and what tells when it changes.
    ///
    /// # Errors
    ///
    /// It is not there or may not be read; it has no rows; the id column is missing, is not
    /// a whole number or a text, or names nobody in some row that is no order line.
    fn open(&self, input: &Input) -> Result<Relation, BackendError>;

    /// The statistics of columns that are expressions on the last layer of `query`, which
    /// may have none: then they are columns of the table itself.
    ///
    /// # Errors
    ///
    /// As [`Backend::grouped_sums`].
    fn column_statistics(
        &self,
        relation: &Relation,
        query: &Query,
        columns: &[Named],
    ) -> Result<Vec<ColumnStatistics>, BackendError>;

    /// The customers whose hash is lowest, with some of their columns as they are.
    ///
    /// # Errors
    ///
    /// As [`Backend::grouped_sums`].
    fn hash_sample(&self, relation: &Relation, sample: &HashSample)
    -> Result<Sample, BackendError>;

    /// All order lines of the customers whose hash is lowest, with some of their columns: an
    /// id per line. Lines without one are left out. They come by hash, id, and then by what
    /// they hold in the columns, whatever order they lie in.
    ///
    /// # Errors
    ///
    /// As [`Backend::hash_sample`].
    fn lines_sample(
        &self,
        relation: &Relation,
        sample: &HashSample,
    ) -> Result<Sample, BackendError>;

    /// Sums order lines up to one row per customer, writes them and publishes them as
    /// [`Backend::score_write`] does; the receipt says how many customers there are. Its place
    /// can be opened again: of files it is a pattern.
    ///
    /// # Errors
    ///
    /// As [`Backend::score_write`]; no customer of whom a day counts.
    fn sum_up(
        &self,
        relation: &Relation,
        summing: &Summing,
        sink: &Sink,
    ) -> Result<Receipt, BackendError>;

    /// Counts rows and sums up values by group.
    ///
    /// # Errors
    ///
    /// A column that is missing or holds something else than when the table was opened; a
    /// table that has changed; a function that engines compute differently; a value beyond
    /// the bound that was told; more groups than were told; a pass that was called off; the
    /// engine's own failure.
    fn grouped_sums(
        &self,
        relation: &Relation,
        grouping: &Grouping,
    ) -> Result<Groups, BackendError>;

    /// Writes the id and some expressions of every customer. The same run writes the same
    /// rows to the same place: what a dead attempt left is replaced, and what was published
    /// is found and not written again. Published is what has its manifest, which is written
    /// last, after the rows were counted against [`Scoring::rows`].
    ///
    /// # Errors
    ///
    /// As [`Backend::grouped_sums`]; a sink that holds something else or may not be
    /// written; another number of rows than was told.
    fn score_write(
        &self,
        relation: &Relation,
        scoring: &Scoring,
        sink: &Sink,
    ) -> Result<Receipt, BackendError>;

    /// Calls off the pass that works, from another thread; it ends with
    /// [`BackendError::Cancelled`]. Passes that begin later work.
    fn cancel(&self);
}

#[cfg(test)]
#[cfg(feature = "frames")]
mod tests;
