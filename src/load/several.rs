//! Several files as one table. Each is read and checked by itself, in its own format and
//! dialect; then their rows become one text, so that what a column holds is settled from
//! all of them together and every message names the file and its own line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::bytes::{self, is_address};
use super::how::How;
use super::made::{Made, Writer};
use super::params::Limits;
use super::part::Part;
use super::record::{Layout, Next, Records};
use super::{
    Accounting, Content, FileFacts, LoadError, Place, Reject, Source, header, open as opening,
    parquet,
};
use crate::finding::{Finding, Severity};
use crate::said::{facts, said};

/// More findings of one kind than this are told once.
const MAX_ALIKE: usize = 3;

/// The files that paths and patterns name, relative to `folder`: each with the name used
/// in messages. A path that exists is taken as it stands; only else are `*`, `?`, `[..]`
/// and `**` patterns. The files of a pattern are sorted by name; a file that several
/// patterns match is taken once.
///
/// # Errors
///
/// An address, a pattern that is not sound or matches no file.
///
/// # Examples
///
/// ```
/// let folder = std::env::temp_dir().join("kohort-expand-example");
/// std::fs::create_dir_all(&folder)?;
/// for day in ["2024-01-02.csv", "2024-01-01.csv"] {
///     std::fs::write(folder.join(day), "id\n1\n")?;
/// }
/// let files = kohort::load::expand(&folder, &["2024-*.csv".to_owned()])?;
/// let names: Vec<&str> = files.iter().map(|(_, name)| name.as_str()).collect();
/// assert_eq!(names, ["2024-01-01.csv", "2024-01-02.csv"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn expand(folder: &Path, patterns: &[String]) -> Result<Vec<(PathBuf, String)>, LoadError> {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for pattern in patterns {
        if is_address(Path::new(pattern)) {
            return Err(LoadError::Address { file: pattern.clone() });
        }
        let literal = folder.join(pattern);
        let found = if literal.exists() {
            vec![(literal, pattern.clone())]
        } else {
            matching(folder, pattern)?
        };
        for one in found {
            if !files.iter().any(|(path, _)| *path == one.0) {
                files.push(one);
            }
        }
    }
    Ok(files)
}

fn matching(folder: &Path, pattern: &str) -> Result<Vec<(PathBuf, String)>, LoadError> {
    let none = || LoadError::NoMatch { pattern: pattern.to_owned() };
    if !pattern.contains(['*', '?', '[']) {
        let why = "there is no such file".to_owned();
        return Err(LoadError::Unreadable { file: pattern.to_owned(), why });
    }
    let whole = if Path::new(pattern).is_absolute() {
        pattern.to_owned()
    } else {
        let folder = folder.to_str().ok_or_else(none)?;
        Path::new(&glob::Pattern::escape(folder)).join(pattern).to_string_lossy().into_owned()
    };
    let options = glob::MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let paths = glob::glob_with(&whole, options).map_err(|_| none())?;
    let mut found: Vec<(PathBuf, String)> = paths
        .filter_map(Result::ok)
        .filter(|path| !path.is_dir())
        .map(|path| {
            let shown = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            (path, shown)
        })
        .collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    if found.is_empty() { Err(none()) } else { Ok(found) }
}

/// Reads several files as one table.
pub(super) fn open(
    files: &[(PathBuf, String)],
    how: &How,
    limits: &Limits,
) -> Result<Source, LoadError> {
    let mut joint = Joint::new(how);
    for (path, shown_as) in files {
        joint.add(path, shown_as, limits)?;
        if joint.out.n_bytes() > limits.max_bytes {
            let (found, allowed) = (joint.out.n_bytes(), limits.max_bytes);
            let file = shown_as.clone();
            return Err(LoadError::TooBig { file, what: "bytes up to here", found, allowed });
        }
    }
    joint.finish(limits)
}

/// What has been read so far.
struct Joint {
    how: How,
    out: Writer,
    /// The names of the first file that has rows, and that file.
    names: Option<(Vec<String>, String)>,
    facts: Vec<FileFacts>,
    rejects: Vec<Reject>,
    findings: Vec<(String, Finding)>,
}

impl Joint {
    fn new(how: &How) -> Self {
        Self {
            how: how.clone(),
            out: Writer::new("", Place::Line),
            names: None,
            facts: Vec::new(),
            rejects: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn add(&mut self, path: &Path, shown_as: &str, limits: &Limits) -> Result<(), LoadError> {
        let source = match opening::file(path, shown_as, &self.how, limits) {
            Err(error @ LoadError::HeaderOnly { .. }) => {
                // All rows of a file that is not empty can be bad.
                let strict = How { max_bad_rows: 0, ..self.how.clone() };
                let again = opening::file(path, shown_as, &strict, limits).err();
                return match again {
                    Some(LoadError::HeaderOnly { .. }) => self.add_empty(path, shown_as, limits),
                    other => Err(other.unwrap_or(error)),
                };
            }
            source => source?,
        };
        let order = self.order(&source, shown_as)?;
        self.how.max_bad_rows -= source.accounting.rejected;
        self.facts.push(source.facts.clone());
        self.rejects.extend(source.rejects.iter().cloned());
        self.findings.extend(source.findings.iter().map(|f| (shown_as.to_owned(), f.clone())));
        match &source.content {
            Content::Csv { text, layout, parts } => {
                self.out.next_file(shown_as, source.place());
                for part in parts {
                    write_text(&source, text, layout, part, &order, &mut self.out);
                }
            }
            Content::Groups(_) | Content::Texts(_) => {
                let what = "a file that was to be read whole";
                return Err(LoadError::Internal { file: shown_as.to_owned(), what });
            }
            Content::Parquet(frame) => {
                self.out.next_file(shown_as, Place::Row);
                write_frame(frame, shown_as, &order, &mut self.out)?;
            }
        }
        Ok(())
    }

    /// Notes a file that has names but no rows.
    fn add_empty(&mut self, path: &Path, shown_as: &str, limits: &Limits) -> Result<(), LoadError> {
        let raw = bytes::read(path, shown_as, self.how.member.as_deref(), limits)?;
        self.facts.push(opening::facts(&raw, shown_as));
        self.findings.push((shown_as.to_owned(), empty()));
        Ok(())
    }

    /// For each column of the first file its position in this one.
    fn order(&mut self, source: &Source, shown_as: &str) -> Result<Vec<usize>, LoadError> {
        let names: Vec<String> = source.columns.iter().map(|seen| seen.name.clone()).collect();
        let Some((first_names, first)) = &self.names else {
            if let Content::Csv { layout, .. } = &source.content {
                // Whether a point may group thousands depends on it.
                self.out.delimiter = layout.delimiter;
            }
            self.out.begin(1);
            for name in &names {
                self.out.quoted(name.as_bytes());
            }
            self.out.end();
            // What the first file shows holds for the others: a name is a name in all.
            if source.facts.format.starts_with("csv") {
                self.how.csv.header = self.how.csv.header.or(Some(source.has_header));
            }
            let order = (0..names.len()).collect();
            self.names = Some((names, shown_as.to_owned()));
            return Ok(order);
        };
        header::order(first_names, &names, first, shown_as)
    }

    fn finish(self, limits: &Limits) -> Result<Source, LoadError> {
        let facts = joint(&self.facts);
        if self.names.is_none() {
            return Err(LoadError::HeaderOnly { file: facts.shown_as });
        }
        let (delimiter, counted) = (self.out.delimiter, facts.accounting);
        let (text, origin) = self.out.finish();
        let format = formats(&self.facts);
        let made = Made {
            text,
            origin: Some(origin),
            format: "csv",
            dialect: facts.dialect.clone(),
            has_names: true,
            delimiter,
            findings: Vec::new(),
        };
        let mut source = opening::made(made, facts, &self.how.csv, 0, limits)?;
        let used = source.accounting.used;
        source.accounting = Accounting::new(counted.rows, used, counted.rejected, counted.excluded)
            .ok_or_else(|| LoadError::Internal {
                file: source.facts.shown_as.clone(),
                what: "the count of rows",
            })?;
        source.facts.accounting = source.accounting;
        source.facts.format = format;
        source.files = self.facts;
        source.rejects = self.rejects;
        source.findings.splice(0..0, told(self.findings));
        Ok(source)
    }
}

/// What is said of a file that has names but no rows.
pub(super) fn empty() -> Finding {
    Finding::new("empty-file", Severity::Note, facts!())
}

/// The facts of files that are one table: of one file its own; of several the SHA-256 of
/// theirs, their sizes and rows summed up, their number, and no format.
pub(super) fn joint(files: &[FileFacts]) -> FileFacts {
    if let [one] = files {
        return one.clone();
    }
    let shown_as = match files {
        [] => "no file".to_owned(),
        [first, rest @ ..] => format!("{} and {} more", first.shown_as, rest.len()),
    };
    let hashes: Vec<&str> = files.iter().map(|facts| facts.sha256.as_str()).collect();
    let sum = |count: fn(&Accounting) -> u64| files.iter().map(|f| count(&f.accounting)).sum();
    FileFacts {
        shown_as,
        bytes: files.iter().map(|facts| facts.bytes).sum(),
        sha256: crate::format::hex(&Sha256::digest(hashes.join("\n").as_bytes())),
        format: String::new(),
        dialect: format!("{} files", files.len()),
        accounting: Accounting {
            rows: sum(|a| a.rows),
            used: sum(|a| a.used),
            rejected: sum(|a| a.rejected),
            excluded: sum(|a| a.excluded),
        },
    }
}

/// The formats that occur.
fn formats(facts: &[FileFacts]) -> String {
    let mut formats: Vec<&str> = facts.iter().map(|facts| facts.format.as_str()).collect();
    formats.retain(|format| !format.is_empty());
    formats.sort_unstable();
    formats.dedup();
    formats.join("; ")
}

/// The findings with their files; where many files have one of a kind, the first of them
/// with the number of the others.
pub(super) fn told(findings: Vec<(String, Finding)>) -> Vec<Finding> {
    let mut n_alike: BTreeMap<String, usize> = BTreeMap::new();
    for (_, finding) in &findings {
        *n_alike.entry(finding.code.clone()).or_default() += 1;
    }
    let mut told = Vec::new();
    for (file, finding) in findings {
        // Zero marks a kind that has been told.
        let about = match n_alike.get_mut(&finding.code) {
            Some(0) => continue,
            Some(n) if *n > MAX_ALIKE => {
                let more = *n - 1;
                *n = 0;
                said!("about-files", file = file, more = more)
            }
            _ => said!("about-file", file = file),
        };
        told.push(finding.about(about));
    }
    told
}

/// Writes the sound rows of a part of a text, the columns in the given order.
fn write_text(
    source: &Source,
    text: &[u8],
    layout: &Layout,
    part: &Part,
    order: &[usize],
    out: &mut Writer,
) {
    let mut records = Records::within(text, layout, part.bytes.clone(), part.first_line);
    let (mut fields, mut scratch) = (Vec::new(), Vec::new());
    loop {
        match records.next(&mut fields) {
            Ok(Next::Row) if fields.len() == order.len() => {}
            // The structure has been checked before.
            Ok(Next::End) | Err(_) => return,
            Ok(_) => continue,
        }
        out.begin(source.own_line(records.line));
        for &at in order {
            let raw = fields[at].raw(text, layout.quote, &mut scratch);
            write_cell(raw, order.len(), out);
        }
        out.end();
    }
}

fn write_cell(cell: &[u8], n_columns: usize, out: &mut Writer) {
    // A blank line is no record, a quoted nothing is one.
    if cell.is_empty() && n_columns == 1 { out.quoted(cell) } else { out.field(cell) }
}

/// Writes the rows of a frame, the columns in the given order.
fn write_frame(
    frame: &polars::prelude::DataFrame,
    file: &str,
    order: &[usize],
    out: &mut Writer,
) -> Result<(), LoadError> {
    let mut columns: Vec<(Vec<u8>, Vec<usize>)> = Vec::with_capacity(order.len());
    for &at in order {
        let (mut text, mut ends) = (Vec::new(), vec![0]);
        parquet::each_cell(&frame.columns()[at], file, &mut |_, cell| {
            text.extend_from_slice(cell.as_bytes());
            ends.push(text.len());
            Ok(())
        })?;
        columns.push((text, ends));
    }
    for row in 0..frame.height() {
        out.begin(row as u64 + 1);
        for (text, ends) in &columns {
            write_cell(&text[ends[row]..ends[row + 1]], order.len(), out);
        }
        out.end();
    }
    Ok(())
}

impl Source {
    /// The line of the user's own file.
    fn own_line(&self, line: u64) -> u64 {
        match &self.origin {
            Some(origin) => {
                let (_, Place::Line(own) | Place::Row(own)) = origin.place(Place::Line(line));
                own
            }
            None => line,
        }
    }

    /// Whether its places are lines or rows.
    fn place(&self) -> fn(u64) -> Place {
        match &self.origin {
            Some(origin) if matches!(origin.place(Place::Line(1)).1, Place::Row(_)) => Place::Row,
            _ => Place::Line,
        }
    }
}
