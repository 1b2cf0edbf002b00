//! What an engine would be asked, without asking it for more than the sample: the answers to
//! all other questions are those of the sample, and nothing is written.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::open::Table;
use super::sample;
use crate::backend::passes::SQUARE;
use crate::backend::summing::Summing;
use crate::backend::{
    Backend, BackendError, ColumnStatistics, Grouping, Groups, HashSample, Info, Input,
    LocalBackend, Receipt, Relation, Sample, Scoring, Sink, sql, threshold,
};
use crate::config::Engine;
use crate::expression::{Expr, Named, Query};
use crate::load::CsvParams;
use crate::pipeline::job::{Failure, Job};

/// One statement of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What it is for.
    pub what: String,
    /// Its text.
    pub sql: String,
}

/// The statements so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<Statement>>>);

impl Log {
    fn note(&self, what: impl Into<String>, sql: String) {
        let one = Statement { what: what.into(), sql };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    }

    pub(super) fn statements(&self) -> Vec<Statement> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Answers from the sample and notes what the engine would be asked.
struct Dry {
    info: Info,
    local: LocalBackend,
    /// The table that all is asked of: the sample, or what its lines came to.
    sample: Mutex<Relation>,
    /// Where what lines came to was written here.
    summed: Mutex<String>,
    root: PathBuf,
    passes: usize,
    log: Log,
}

impl Dry {
    fn sample(&self) -> Relation {
        self.sample.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The table of a job, whose engine is asked for nothing any more.
pub(super) fn table(
    table: Table,
    engine: &Engine,
    job: &Job,
    root: &Path,
    log: &Log,
) -> Result<Table, Failure> {
    let Table { backend, relation, lines, of, facts } = table;
    let opened = sql::opened(&relation.name, &relation.id, &relation);
    log.note("rows, rows with an id, and a checksum over all columns", opened.text);
    let asked = sample::asked(&relation, engine, job);
    if lines {
        let text = sql::counted_customers(&relation.name, &relation, asked.seed).text;
        log.note("how many customers the lines are of", text);
    }
    // Of how many customers the lines are, only the engine knows.
    let threshold = threshold(relation.rows, asked.most);
    let text = if lines {
        sql::lines_sample(&relation.name, &relation, &asked, threshold).text
    } else {
        sql::hash_sample(&relation.name, &relation, &asked, threshold).text
    };
    log.note("the sample: the customers whose hash is lowest", text);
    let local = LocalBackend::new(root.to_owned(), CsvParams::default());
    let path = root.join(sample::FILE).display().to_string();
    let sample = Mutex::new(local.open(&Input { table: path, id: relation.id.clone(), lines })?);
    let (info, log) = (backend.info(), log.clone());
    let (summed, root) = (Mutex::default(), root.to_owned());
    let dry = Dry { info, local, sample, summed, root, passes: engine.passes, log };
    Ok(Table { backend: Box::new(dry), relation, lines, of, facts })
}

impl Backend for Dry {
    fn info(&self) -> Info {
        self.info.clone()
    }

    fn open(&self, input: &Input) -> Result<Relation, BackendError> {
        // Only what lines came to is opened: computed here, called as it would be there.
        let pattern = self.summed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let found = self.local.open(&Input { table: pattern, ..input.clone() })?;
        *self.sample.lock().unwrap_or_else(PoisonError::into_inner) = found.clone();
        let name = sql::from_clause(&input.table, true).unwrap_or_else(|_| input.table.clone());
        Ok(Relation { name, ..found })
    }

    fn column_statistics(
        &self,
        relation: &Relation,
        query: &Query,
        columns: &[Named],
    ) -> Result<Vec<ColumnStatistics>, BackendError> {
        let exprs: Vec<Expr> = columns.iter().map(|(_, expr)| expr.clone()).collect();
        sql::fits(relation, query, &exprs)?;
        let text = sql::column_statistics(&relation.name, query, columns).text;
        self.log.note("the range of each prepared column", text);
        self.local.column_statistics(&self.sample(), query, columns)
    }

    fn hash_sample(&self, _: &Relation, sample: &HashSample) -> Result<Sample, BackendError> {
        self.local.hash_sample(&self.sample(), sample)
    }

    fn lines_sample(&self, _: &Relation, sample: &HashSample) -> Result<Sample, BackendError> {
        self.local.lines_sample(&self.sample(), sample)
    }

    fn sum_up(
        &self,
        relation: &Relation,
        summing: &Summing,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        sql::fits(relation, &summing.query, &summing.of_lines())?;
        let place = sql::place_under(&sink.place, "customers", &summing.run);
        let text = sql::customers(&relation.name, &relation.id, summing).text;
        self.log
            .note(format!("the order lines summed up to customers, written into {place}"), text);
        let here = Sink { place: self.root.join("summed").display().to_string() };
        let receipt = self.local.sum_up(&self.sample(), summing, &here)?;
        *self.summed.lock().unwrap_or_else(PoisonError::into_inner) = receipt.place;
        Ok(Receipt { place, ..receipt })
    }

    fn grouped_sums(
        &self,
        relation: &Relation,
        grouping: &Grouping,
    ) -> Result<Groups, BackendError> {
        sql::fits(relation, &grouping.query, &grouping.expressions())?;
        let moves = grouping.values.last().is_some_and(|last| last.name == SQUARE);
        let what = if moves {
            format!(
                "a pass of up to {}: customers summed up by their nearest centre; each next one \
                 has the centres that the one before gave",
                self.passes
            )
        } else {
            "sizes and means of the segments".to_owned()
        };
        self.log.note(what, sql::grouped_sums(&relation.name, grouping).text);
        self.local.grouped_sums(&self.sample(), grouping)
    }

    fn score_write(
        &self,
        relation: &Relation,
        scoring: &Scoring,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        sql::fits(relation, &scoring.query, &scoring.expressions())?;
        let what = format!("what is said of every customer, written into {}", sink.place);
        self.log.note(what, sql::scored(&relation.name, scoring).text);
        Ok(Receipt { place: sink.place.clone(), rows: scoring.rows, already: false })
    }

    fn cancel(&self) {
        self.local.cancel();
    }
}
