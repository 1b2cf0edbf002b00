//! Writing who is in which segment where the customers are: the rows of a run into a folder
//! of its own, then, once they are counted, a manifest. What has no manifest is the rest of an
//! attempt that died, and is replaced.

use sha2::{Digest, Sha256};

use super::batch::Answer;
use super::link::Cap;
use super::{SparkBackend, sql};
use crate::backend::sql::Statement;
use crate::backend::{BackendError, Receipt, Relation, Scoring, Sink};

/// Writes the rows and publishes them.
pub(super) fn write(
    backend: &SparkBackend,
    relation: &Relation,
    scoring: &Scoring,
    sink: &Sink,
) -> Result<Receipt, BackendError> {
    let here = backend.params.address.is_loopback();
    let refuse =
        |why: &str| BackendError::SinkForbidden { place: sink.place.clone(), why: why.to_owned() };
    if !sql::is_place(&sink.place) {
        return Err(refuse("it is no folder"));
    }
    let place = sink.place.trim_end_matches('/');
    sql::from_clause(place, here).map_err(|why| refuse(why.words()))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if scoring.run.is_empty() || !scoring.run.chars().all(plain) {
        return Err(BackendError::Internal { what: "the name of a run" });
    }
    let statement = sql::scored(&relation.name, scoring);
    let print = fingerprint(&statement.text, &relation.fingerprint);
    let run = Run {
        backend,
        rows: format!("{place}/_run={}", scoring.run),
        manifest: format!("{place}/_manifest={}", scoring.run),
        sink: &sink.place,
    };
    let receipt = |already| Receipt { place: run.rows.clone(), rows: scoring.rows, already };
    if let Some((rows, written)) = run.published()? {
        let same = written == print && rows == scoring.rows && run.count()? == rows;
        return if same {
            Ok(receipt(true))
        } else {
            Err(BackendError::SinkTaken { place: run.rows })
        };
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
    rows: String,
    manifest: String,
    sink: &'a str,
}

impl Run<'_> {
    /// The rows and the fingerprint of what was published, where it was.
    fn published(&self) -> Result<Option<(u64, String)>, BackendError> {
        let text = format!("SELECT *\nFROM {}", self.from(&self.manifest)?);
        let what = "the manifest";
        let schema = self.backend.with_link(&self.manifest, |link| link.schema(text.clone(), what));
        match schema {
            // Engines differ in what a place is that does not exist.
            Err(BackendError::NoTable { .. }) => return Ok(None),
            Err(error) => return Err(error),
            Ok(columns) if columns.is_empty() => return Ok(None),
            Ok(_) => {}
        }
        let text = format!("SELECT `rows`, `fingerprint`\nFROM {}", self.from(&self.manifest)?);
        let statement = Statement { text, columns: 2 };
        let cap = Cap { rows: 2, bytes: 1 << 20 };
        let answer = self.backend.ask(&self.manifest, &statement, cap, what)?;
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
            _ => Err(BackendError::SinkTaken { place: self.sink.to_owned() }),
        }
    }

    fn count(&self) -> Result<u64, BackendError> {
        let statement = sql::counted(&self.from(&self.rows)?);
        let cap = SparkBackend::small(1);
        let answer = self.backend.ask(&self.rows, &statement, cap, "the count of rows")?;
        let unlike = self.backend.unlike(self.sink);
        let rows = answer.whole(0).map_err(&unlike)?;
        let rows = rows.first().and_then(|&rows| u64::try_from(rows).ok());
        rows.ok_or_else(|| unlike(answer.unlike("it has no count")))
    }

    fn write(&self, text: &str, place: &str, what: &'static str) -> Result<(), BackendError> {
        self.backend.with_link(self.sink, |link| link.write(text.to_owned(), place, what))
    }

    fn from(&self, place: &str) -> Result<String, BackendError> {
        let here = self.backend.params.address.is_loopback();
        sql::from_clause(place, here).map_err(|why| BackendError::SinkForbidden {
            place: self.sink.to_owned(),
            why: why.words().to_owned(),
        })
    }
}
