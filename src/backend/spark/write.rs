//! Writing who is in which segment where the customers are: the rows of a run into a folder or
//! a table of its own, then, once they are counted, a manifest. What has no manifest is the
//! rest of an attempt that died, and is replaced; what is no rest of ours is left alone.

use sha2::{Digest, Sha256};

use super::batch::Answer;
use super::link::Cap;
use super::{SparkBackend, sql};
use crate::backend::sql::Statement;
use crate::backend::{BackendError, Receipt, Relation, Scoring, Sink};

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
    /// What a run writes of a kind: `FOLDER/_KIND=RUN`, or the table `TABLE_KIND_RUN`. Names of
    /// tables are letters, digits and underscores everywhere.
    fn under(sink: &str, kind: &str, run: &str, here: bool) -> Result<Self, sql::SourceError> {
        let is_table = !sql::is_place(sink);
        let shown = if is_table {
            let parts: Vec<&str> = sink.split('.').map(|part| part.trim_matches('`')).collect();
            let run = run.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            format!("{}_{kind}_{run}", parts.join("."))
        } else {
            format!("{}/_{kind}={run}", sink.trim_end_matches('/'))
        };
        sql::from_clause(sink, here)?;
        Ok(Self { from: sql::from_clause(&shown, here)?, shown, is_table })
    }
}

/// Writes the rows and publishes them.
pub(super) fn write(
    backend: &SparkBackend,
    relation: &Relation,
    scoring: &Scoring,
    sink: &Sink,
) -> Result<Receipt, BackendError> {
    let here = backend.params.address.is_loopback();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if scoring.run.is_empty() || !scoring.run.chars().all(plain) {
        return Err(BackendError::Internal { what: "the name of a run" });
    }
    let place = |kind: &str| {
        Place::under(&sink.place, kind, &scoring.run, here).map_err(|why| {
            BackendError::SinkForbidden { place: sink.place.clone(), why: why.words().to_owned() }
        })
    };
    let statement = sql::scored(&relation.name, scoring);
    let print = fingerprint(&statement.text, &relation.fingerprint);
    let run = Run { backend, rows: place("run")?, manifest: place("manifest")?, sink: &sink.place };
    let receipt = |already| Receipt { place: run.rows.shown.clone(), rows: scoring.rows, already };
    if let Some((rows, written)) = run.published()? {
        let same = written == print && rows == scoring.rows && run.count()? == rows;
        return if same { Ok(receipt(true)) } else { Err(taken(&run.rows)) };
    }
    let own = std::iter::once(relation.id.as_str());
    let own: Vec<&str> = own.chain(scoring.columns.iter().map(|c| c.name.as_str())).collect();
    if run.columns(&run.rows)?.is_some_and(|found| found != own) {
        return Err(taken(&run.rows));
    }
    run.write(&statement.text, &run.rows, "the segments of the customers")?;
    let written = run.count()?;
    if written != scoring.rows {
        return Err(BackendError::Counted { written, counted: scoring.rows });
    }
    // Both are of our own making: digits, and letters of a known kind.
    let manifest =
        format!("SELECT CAST({written} AS BIGINT) AS `rows`, '{print}' AS `fingerprint`");
    run.write(&manifest, &run.manifest, "the manifest")?;
    match run.published()? {
        Some((rows, found)) if rows == written && found == print => Ok(receipt(false)),
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
        let cap = SparkBackend::small(1);
        let answer = self.backend.ask(&self.rows.shown, &statement, cap, "the count of rows")?;
        let unlike = self.backend.unlike(self.sink);
        let rows = answer.whole(0).map_err(&unlike)?;
        let rows = rows.first().and_then(|&rows| u64::try_from(rows).ok());
        rows.ok_or_else(|| unlike(answer.unlike("it has no count")))
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
