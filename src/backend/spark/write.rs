//! Writing where the customers are who is in which segment, or what order lines come to: the rows of a run into a folder or
//! a table of its own, then, once they are counted, a manifest. What has no manifest is the
//! rest of an attempt that died, and is replaced; what is no rest of ours is left alone.

use sha2::{Digest, Sha256};

use super::batch::Answer;
use super::link::Cap;
use super::{SparkBackend, sql};
use crate::backend::sql::Statement;
use crate::backend::{BackendError, Receipt, Relation, Sink};

/// The columns of a manifest.
const MANIFEST: [&str; 2] = ["rows", "fingerprint"];

/// A folder or a table that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// As a person writes it.
    pub(super) shown: String,
    /// As it stands in a statement.
    pub(super) from: String,
    /// Whether it is a table of a catalog.
    pub(super) is_table: bool,
}

impl Place {
    /// What a run writes of a kind.
    fn under(sink: &str, kind: &str, run: &str, here: bool) -> Result<Self, sql::SourceError> {
        let (is_table, shown) = (!sql::is_place(sink), sql::place_under(sink, kind, run));
        sql::from_clause(sink, here)?;
        Ok(Self { from: sql::from_clause(&shown, here)?, shown, is_table })
    }
}

/// What is written where.
pub(super) struct Rows<'a> {
    /// The kind of what is written: a part of the name of its place.
    pub(super) kind: &'static str,
    /// What the statement is for.
    pub(super) what: &'static str,
    pub(super) statement: sql::Statement,
    /// The columns of the answer.
    pub(super) columns: Vec<&'a str>,
    pub(super) run: &'a str,
    /// How many there will be, where that is known.
    pub(super) expected: Option<u64>,
}

/// Writes the rows and publishes them.
pub(super) fn write(
    backend: &SparkBackend,
    relation: &Relation,
    rows: &Rows,
    sink: &Sink,
) -> Result<Receipt, BackendError> {
    let here = backend.params.address.is_loopback();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if rows.run.is_empty() || !rows.run.chars().all(plain) {
        return Err(BackendError::Internal { what: "the name of a run" });
    }
    let place = |kind: &str| {
        Place::under(&sink.place, kind, rows.run, here).map_err(|why| BackendError::SinkForbidden {
            place: sink.place.clone(),
            why: why.words().to_owned(),
        })
    };
    let print = fingerprint(&rows.statement.text, &relation.fingerprint);
    // The manifest of a run's segments is the run's.
    let manifest =
        if rows.kind == "run" { "manifest".into() } else { format!("{}_manifest", rows.kind) };
    let run =
        Run { backend, rows: place(rows.kind)?, manifest: place(&manifest)?, sink: &sink.place };
    let receipt = |rows, already| Receipt { place: run.rows.shown.clone(), rows, already };
    let as_told = |n: u64| rows.expected.is_none_or(|expected| expected == n);
    if let Some((n, written)) = run.published()? {
        let same = written == print && as_told(n) && run.count()? == n;
        return if same { Ok(receipt(n, true)) } else { Err(taken(&run.rows)) };
    }
    if run.columns(&run.rows)?.is_some_and(|found| found != rows.columns) {
        return Err(taken(&run.rows));
    }
    run.write(&rows.statement.text, &run.rows, rows.what)?;
    let written = run.count()?;
    match rows.expected {
        Some(counted) if counted != written => {
            return Err(BackendError::Counted { written, counted });
        }
        None if written == 0 => return Err(BackendError::NoRows { table: relation.name.clone() }),
        _ => {}
    }
    // Both are of our own making: digits, and letters of a known kind.
    let manifest =
        format!("SELECT CAST({written} AS BIGINT) AS `rows`, '{print}' AS `fingerprint`");
    run.write(&manifest, &run.manifest, "the manifest")?;
    match run.published()? {
        Some((rows, found)) if rows == written && found == print => Ok(receipt(written, false)),
        _ => Err(BackendError::Internal { what: "the manifest that was written" }),
    }
}

fn taken(place: &Place) -> BackendError {
    BackendError::SinkTaken { place: place.shown.clone() }
}

/// What is written of what: another statement or other contents are another run.
fn fingerprint(statement: &str, contents: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(statement.as_bytes());
    hash.update([0]);
    hash.update(contents.as_bytes());
    crate::format::hex(&hash.finalize())
}

struct Run<'a> {
    backend: &'a SparkBackend,
    rows: Place,
    manifest: Place,
    sink: &'a str,
}

impl Run<'_> {
    /// The columns of a place; none where nothing is there.
    fn columns(&self, place: &Place) -> Result<Option<Vec<String>>, BackendError> {
        let text = format!("SELECT *\nFROM {}", place.from);
        let what = "what the sink holds";
        let found = self.backend.with_link(&place.shown, |link| link.schema(text.clone(), what));
        match found {
            // Engines differ in what a place is that does not exist.
            Err(BackendError::NoTable { .. }) => Ok(None),
            Err(error) => Err(error),
            Ok(columns) if columns.is_empty() => Ok(None),
            Ok(columns) => Ok(Some(columns.into_iter().map(|column| column.name).collect())),
        }
    }

    /// The rows and the fingerprint of what was published, where it was.
    fn published(&self) -> Result<Option<(u64, String)>, BackendError> {
        match self.columns(&self.manifest)? {
            None => return Ok(None),
            Some(columns) if columns != MANIFEST => return Err(taken(&self.manifest)),
            Some(_) => {}
        }
        let text = format!("SELECT `rows`, `fingerprint`\nFROM {}", self.manifest.from);
        let statement = Statement { text, columns: 2 };
        let cap = Cap { rows: 2, bytes: 1 << 20 };
        let answer = self.backend.ask(&self.manifest.shown, &statement, cap, "the manifest")?;
        self.read(&answer)
    }

    fn read(&self, answer: &Answer) -> Result<Option<(u64, String)>, BackendError> {
        if answer.n_rows() == 0 {
            return Ok(None);
        }
        let unlike = self.backend.unlike(self.sink);
        let rows = answer.whole(0).map_err(&unlike)?;
        let prints = answer.text(1).map_err(&unlike)?;
        match (rows.as_slice(), prints.as_slice()) {
            ([rows], [print]) if *rows >= 0 => Ok(Some((rows.unsigned_abs(), print.clone()))),
            _ => Err(taken(&self.manifest)),
        }
    }

    fn count(&self) -> Result<u64, BackendError> {
        let statement = sql::counted(&self.rows.from);
        self.backend.count(&self.rows.shown, &statement, "the count of rows")
    }

    fn write(&self, text: &str, place: &Place, what: &'static str) -> Result<(), BackendError> {
        let ask = |link: &super::link::Link| link.write(text.to_owned(), place, what);
        self.backend.with_link(&place.shown, ask).map_err(|error| match error {
            // It was the sink that was not there or may not be written.
            BackendError::NoTable { table } => BackendError::SinkForbidden {
                place: table,
                why: "there is no such schema or folder".to_owned(),
            },
            BackendError::Forbidden { table, why } => {
                BackendError::SinkForbidden { place: table, why }
            }
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_a_folder_or_a_table_of_its_own() {
        let under = |sink: &str| Place::under(sink, "run", "2026-01-31-ab12", false);
        let folder = under("s3://crm/segments/").unwrap();
        assert_eq!(folder.shown, "s3://crm/segments/_run=2026-01-31-ab12");
        assert_eq!(folder.from, "parquet.`s3://crm/segments/_run=2026-01-31-ab12`");
        let table = under("crm.`segments`").unwrap();
        assert_eq!(table.shown, "crm.segments_run_2026_01_31_ab12");
        assert_eq!(
            (table.from.as_str(), table.is_table),
            ("`crm`.`segments_run_2026_01_31_ab12`", true)
        );
        for wrong in ["", "crm.", "/srv/crm", "a\nb", "ftp://host/crm"] {
            assert!(under(wrong).is_err(), "{wrong:?}");
        }
    }
}
