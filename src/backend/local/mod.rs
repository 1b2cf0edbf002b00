//! The engine on this machine: files are read piece by piece, several at once, and never
//! held whole: row groups of Parquet, parts of a text in columns.
//!
//! Memory is that of as many pieces as there are threads (a row group of the columns that
//! the pass reads, or some megabytes of a text), and of the answer. The answers are the same
//! bits on any number of threads: sums are whole numbers, and what is not is put together in
//! the order of pieces.

mod dealt;
mod pass;
mod sample;
mod sums;
mod summed;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::summing::Summing;
use super::{
    Backend, BackendError, ColumnStatistics, Grouping, Groups, HashSample, Holds, Info, Input,
    Receipt, Relation, RelationColumn, Sample, Scoring, Sink,
};
use crate::expression::{Expr, Named, Query};
use crate::load::{self, CsvParams, Cut, Kind, Limits, Source};
use pass::Pass;

/// The engine on this machine.
#[derive(Debug)]
pub struct LocalBackend {
    folder: PathBuf,
    csv: CsvParams,
    /// How texts are taken in.
    pub(crate) cut: Cut,
    /// Tables by their name, as they were opened last.
    open: Mutex<BTreeMap<String, Arc<Source>>>,
    /// How often passes were called off.
    cancelled: AtomicU64,
}

impl LocalBackend {
    /// Reads files relative to a folder; `csv` says how texts are written.
    #[must_use]
    pub fn new(folder: PathBuf, csv: CsvParams) -> Self {
        let (cut, open) = (Cut::default(), Mutex::default());
        Self { folder, csv, cut, open, cancelled: AtomicU64::new(0) }
    }

    /// The table behind a relation.
    ///
    /// # Errors
    ///
    /// It was never opened, or is not what it was.
    fn source(&self, relation: &Relation) -> Result<Arc<Source>, BackendError> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let none = || BackendError::NoTable { table: relation.name.clone() };
        let source = Arc::clone(open.get(&relation.name).ok_or_else(none)?);
        if fingerprint(&source) != relation.fingerprint {
            return Err(BackendError::Changed { table: relation.name.clone() });
        }
        source.unchanged()?;
        Ok(source)
    }

    fn pass<'a>(
        &'a self,
        relation: &'a Relation,
        source: &'a Source,
        query: &Query,
        last: Vec<Expr>,
    ) -> Result<Pass<'a>, BackendError> {
        let calls = (&self.cancelled, self.cancelled.load(Ordering::SeqCst));
        Pass::new(relation, source, query, last, calls)
    }
}

impl Backend for LocalBackend {
    fn info(&self) -> Info {
        Info {
            engine: "local".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            notes: Vec::new(),
        }
    }

    fn open(&self, input: &Input) -> Result<Relation, BackendError> {
        let files = load::expand(&self.folder, std::slice::from_ref(&input.table))
            .map_err(|_| BackendError::NoTable { table: input.table.clone() })?;
        for (path, shown_as) in &files {
            readable(path, shown_as)?;
        }
        let source = load::cut_as(&files, &self.csv, &Limits::default(), &self.cut)?;
        let columns: Vec<RelationColumn> = source
            .columns()
            .iter()
            .map(|seen| RelationColumn { name: seen.name.clone(), holds: holds(&seen.kind) })
            .collect();
        let relation = Relation {
            name: input.table.clone(),
            id: input.id.clone(),
            columns,
            rows: source.accounting().used,
            fingerprint: fingerprint(&source),
        };
        let (table, column) = (|| input.table.clone(), || input.id.clone());
        if relation.rows == 0 {
            return Err(BackendError::NoRows { table: table() });
        }
        match relation.column(&input.id).map(|id| id.holds) {
            None => return Err(BackendError::NoColumn { table: table(), column: column() }),
            Some(Holds::Whole | Holds::Text) => {}
            Some(other) => {
                let (found, used) = (other.name(), "an id");
                return Err(BackendError::Kind { table: table(), column: column(), found, used });
            }
        }
        let rows = match source.n_missing(&input.id) {
            // Lines of nobody are left out.
            _ if input.lines => 0,
            Some(known) => known as u64,
            None => {
                self.pass(&relation, &source, &Query::new(&input.id), Vec::new())?.without_id()?
            }
        };
        if rows > 0 {
            return Err(BackendError::NoId { table: table(), column: column(), rows });
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(relation.name.clone(), Arc::new(source));
        Ok(relation)
    }

    fn column_statistics(
        &self,
        relation: &Relation,
        query: &Query,
        columns: &[Named],
    ) -> Result<Vec<ColumnStatistics>, BackendError> {
        let source = self.source(relation)?;
        let last = columns.iter().map(|(_, expr)| expr.clone()).collect();
        let found = self.pass(relation, &source, query, last)?.statistics()?;
        source.unchanged()?;
        Ok(found)
    }

    fn hash_sample(
        &self,
        relation: &Relation,
        sample: &HashSample,
    ) -> Result<Sample, BackendError> {
        let source = self.source(relation)?;
        let pass = self.pass(relation, &source, &Query::new(&relation.id), Vec::new())?;
        let found = sample::lowest(&pass, sample)?;
        source.unchanged()?;
        Ok(found)
    }

    fn lines_sample(
        &self,
        relation: &Relation,
        sample: &HashSample,
    ) -> Result<Sample, BackendError> {
        let source = self.source(relation)?;
        let pass = self.pass(relation, &source, &Query::new(&relation.id), Vec::new())?;
        let found = sample::lines_of_lowest(&pass, sample)?;
        source.unchanged()?;
        Ok(found)
    }

    fn sum_up(
        &self,
        relation: &Relation,
        summing: &Summing,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        let source = self.source(relation)?;
        let pass = self.pass(relation, &source, &summing.query, summing.of_lines())?;
        let receipt = summed::write(&pass, summing, &self.folder.join(&sink.place))?;
        source.unchanged()?;
        Ok(receipt)
    }

    fn grouped_sums(
        &self,
        relation: &Relation,
        grouping: &Grouping,
    ) -> Result<Groups, BackendError> {
        let source = self.source(relation)?;
        let pass = self.pass(relation, &source, &grouping.query, grouping.expressions())?;
        let found = sums::sums(&pass, grouping)?;
        source.unchanged()?;
        Ok(found)
    }

    fn score_write(
        &self,
        relation: &Relation,
        scoring: &Scoring,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        let source = self.source(relation)?;
        let pass = self.pass(relation, &source, &scoring.query, scoring.expressions())?;
        write::write(&pass, scoring, &self.folder.join(&sink.place))
    }

    fn cancel(&self) {
        self.cancelled.fetch_add(1, Ordering::SeqCst);
    }
}

/// A file that is there but may not be opened is told apart from one that is not there.
fn readable(path: &std::path::Path, shown_as: &str) -> Result<(), BackendError> {
    use std::io::ErrorKind::{NotFound, PermissionDenied};
    let table = || shown_as.to_owned();
    match std::fs::metadata(path).and_then(|facts| {
        // Opening a pipe without a writer would wait for ever.
        if facts.is_file() { std::fs::File::open(path).map(|_| ()) } else { Ok(()) }
    }) {
        Err(error) if error.kind() == NotFound => Err(BackendError::NoTable { table: table() }),
        Err(error) if error.kind() == PermissionDenied => {
            Err(BackendError::Forbidden { table: table(), why: "permission is denied".into() })
        }
        _ => Ok(()),
    }
}

/// One checksum over those of the files.
fn fingerprint(source: &Source) -> String {
    let mut hash = Sha256::new();
    for file in source.files() {
        hash.update(file.sha256.as_bytes());
    }
    crate::format::hex(&hash.finalize())
}

fn holds(kind: &Kind) -> Holds {
    match kind {
        Kind::Integer => Holds::Whole,
        Kind::Decimal => Holds::Real,
        Kind::Day { .. } => Holds::Day,
        Kind::Text | Kind::Empty => Holds::Text,
    }
}
