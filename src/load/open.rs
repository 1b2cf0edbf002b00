//! From the bytes of one file to a checked table.

use std::path::Path;

use super::bytes::{self, Form, Raw};
use super::edges;
use super::how::How;
use super::made::{Made, Origin};
use super::magic::{self, Text};
use super::number::Decimal;
use super::params::{CsvParams, Limits, Settings};
use super::record::Layout;
use super::{
    Accounting, Content, FileFacts, LoadError, Source, arff, arrow, dialect, encoding, footer,
    json, named, parquet, part, scan, sheet, spaces, sql,
};
use crate::finding::Finding;

/// Reads one file.
pub(super) fn file(
    path: &Path,
    shown_as: &str,
    how: &How,
    limits: &Limits,
) -> Result<Source, LoadError> {
    if sql::is_url(shown_as) || path.to_str().is_some_and(sql::is_url) {
        return Err(sql::SqlError::UrlWritten { key: "the path of a table".to_owned() }.into());
    }
    // A setting that is wrong is said before a file is read.
    how.csv.check()?;
    raw(bytes::read(path, shown_as, how.member.as_deref(), limits)?, shown_as, how, limits)
}

/// What is known of a file before it has been looked at.
pub(super) fn facts(raw: &Raw, shown_as: &str) -> FileFacts {
    FileFacts {
        shown_as: shown_as.to_owned(),
        bytes: raw.n_bytes,
        sha256: raw.sha256.clone(),
        format: String::new(),
        dialect: String::new(),
        accounting: Accounting { rows: 0, used: 0, rejected: 0, excluded: 0 },
    }
}

/// Makes a table of what has been read.
pub(super) fn raw(
    raw: Raw,
    shown_as: &str,
    how: &How,
    limits: &Limits,
) -> Result<Source, LoadError> {
    refuse_unused(&raw, how, shown_as)?;
    let (facts, settings) = (facts(&raw, shown_as), how.csv.check()?);
    let Raw { bytes, packing, name, form, .. } = raw;
    let stage = Stage { facts, settings, limits, max_bad_rows: how.max_bad_rows };
    let mut source = match form {
        Form::Parquet => {
            let table = parquet::open(bytes, &stage.settings, limits, shown_as)?;
            stage.frame(table, "parquet")
        }
        Form::Arrow => {
            let frame = arrow::decode(bytes, limits, shown_as)?;
            let table = parquet::table(frame, &stage.settings, shown_as)?;
            stage.frame(table, "arrow")
        }
        Form::Book(book) => {
            let made = sheet::read(&bytes, book, how.sheet.as_ref(), limits, shown_as)?;
            drop(bytes);
            stage.made(made)?
        }
        Form::Text => stage.bytes(bytes, &name)?,
    };
    source.findings.extend(named::otherwise(&name, &source.facts.format));
    if !packing.is_empty() {
        source.facts.format = format!("{}, {packing}", source.facts.format);
    }
    source.facts.accounting = source.accounting;
    source.files = vec![source.facts.clone()];
    Ok(source)
}

/// A sheet or a file of an archive that is asked for must be there to be asked for.
fn refuse_unused(raw: &Raw, how: &How, file: &str) -> Result<(), LoadError> {
    let none = |what, wanted: String, there: &str| {
        Err(LoadError::NoSuchPart { file: file.to_owned(), what, wanted, there: there.to_owned() })
    };
    match (&how.sheet, &how.member) {
        (Some(sheet), _) if !matches!(raw.form, Form::Book(_)) => {
            none("sheet", sheet.to_string(), "no workbook")
        }
        (_, Some(member)) if !raw.packing.starts_with("zip") => {
            none("file", member.clone(), "no zip archive")
        }
        _ => Ok(()),
    }
}

/// What every way to a table needs.
struct Stage<'a> {
    facts: FileFacts,
    settings: Settings,
    limits: &'a Limits,
    max_bad_rows: u64,
}

impl Stage<'_> {
    fn frame(mut self, table: parquet::Table, format: &str) -> Source {
        format.clone_into(&mut self.facts.format);
        Source {
            content: Content::Parquet(table.frame),
            settings: self.settings,
            facts: self.facts,
            files: Vec::new(),
            has_header: true,
            origin: None,
            columns: table.columns,
            readings: table.readings,
            accounting: table.accounting,
            rejects: Vec::new(),
            findings: Vec::new(),
            repairs: Vec::new(),
        }
    }

    /// A text of any kind, in any character set.
    fn bytes(self, bytes: Vec<u8>, name: &str) -> Result<Source, LoadError> {
        let file = self.facts.shown_as.clone();
        let decoded = encoding::decode(bytes, self.settings.charset, &file)?;
        let text = decoded.text;
        let made = match magic::text(&text) {
            Text::Json => Some(json::read(&text, self.limits, &file)?),
            Text::Arff => Some(arff::read(&text, &file)?),
            Text::Csv => None,
            Text::Other(looks_like) => {
                let expected = named::family(name).unwrap_or("CSV");
                return Err(LoadError::SomethingElse { file, looks_like, expected });
            }
        };
        let mut source = match made {
            Some(made) => {
                drop(text);
                self.made(made)?
            }
            None => self.text(text)?,
        };
        if let Some(charset) = decoded.charset {
            source.facts.dialect = format!("{}, {charset}", source.facts.dialect);
        }
        source.findings.splice(0..0, decoded.finding);
        Ok(source)
    }

    /// Columns in a dialect that is found out.
    fn text(mut self, mut text: Vec<u8>) -> Result<Source, LoadError> {
        let file = self.facts.shown_as.clone();
        edges::skip_declared(&mut text, &self.settings);
        let body = edges::behind_comments(&text, &self.settings);
        let found = dialect::find(body, &self.settings, self.limits, &file)?;
        let mut word = dialect::word(found.layout.delimiter);
        if found.is_spaces {
            let comment = self.settings.comment.as_deref();
            text = spaces::to_tabs(&text, self.settings.quote, comment);
            word = dialect::word(dialect::SPACES);
        }
        "csv".clone_into(&mut self.facts.format);
        self.facts.dialect = format!("{word} between the columns");
        self.table(text, found.layout, None, true, Vec::new())
    }

    /// Text that was made of another format.
    pub(super) fn made(mut self, made: Made) -> Result<Source, LoadError> {
        made.format.clone_into(&mut self.facts.format);
        self.facts.dialect = made.dialect;
        let layout = Layout {
            delimiter: made.delimiter,
            quote: Some(b'"'),
            comment: None,
            max_cell: self.limits.max_cell,
            max_line: self.limits.max_line,
        };
        self.settings.comment = None;
        if made.format != "csv" {
            // Numbers are written with a point, whatever the texts do.
            self.settings.decimal = self.settings.decimal.filter(|&sign| sign == Decimal::Point);
            self.settings.thousands = None;
        }
        if made.has_names {
            self.settings.header = Some(true);
        }
        let mut text = made.text;
        if !made.has_names {
            edges::skip_declared(&mut text, &self.settings);
        }
        self.table(text, layout, made.origin, !made.has_names, made.findings)
    }

    /// Checks and looks at everything.
    fn table(
        mut self,
        mut text: Vec<u8>,
        layout: Layout,
        origin: Option<Origin>,
        may_have_edges: bool,
        mut findings: Vec<Finding>,
    ) -> Result<Source, LoadError> {
        let file = self.facts.shown_as.clone();
        let own = |error: LoadError| match &origin {
            Some(origin) => origin.own(error),
            None => error,
        };
        if may_have_edges {
            let found =
                edges::clear(&mut text, None, &layout, &self.settings, &file).map_err(own)?;
            self.settings.header = self.settings.header.or(found.has_header);
            findings.extend(found.findings);
        }
        let cut = (self.max_bad_rows, part::SIZE);
        let scanned = scan::scan(&text, &layout, &self.settings, self.limits, cut, &file)
            .map_err(|error| own(footer::or_footer(error, &text, &layout)))?;
        let (mut readings, mut rejects) = (scanned.readings, scanned.rejects);
        if let Some(origin) = &origin {
            for reading in &mut readings {
                reading.problem = reading.problem.take().map(own);
            }
            for reject in &mut rejects {
                let (file, place) = origin.place(reject.at);
                (reject.file, reject.at) = (file.to_owned(), place);
            }
        }
        let header = if scanned.has_header { "a header" } else { "no header" };
        self.facts.dialect = format!("{}, {header}", self.facts.dialect);
        findings.extend(scanned.findings);
        Ok(Source {
            content: Content::Csv { text, layout, parts: scanned.parts },
            settings: self.settings,
            facts: self.facts,
            files: Vec::new(),
            has_header: scanned.has_header,
            origin,
            columns: scanned.columns,
            readings,
            accounting: scanned.accounting,
            rejects,
            findings,
            repairs: Vec::new(),
        })
    }
}

/// The table of a text that has been made elsewhere.
pub(super) fn made(
    made: Made,
    facts: FileFacts,
    csv: &CsvParams,
    max_bad_rows: u64,
    limits: &Limits,
) -> Result<Source, LoadError> {
    Stage { facts, settings: csv.check()?, limits, max_bad_rows }.made(made)
}
