//! Texts in columns that stay on the disk: one file or several as one table, whatever their
//! size. Each is looked at window by window, as a text that is held is looked at part by
//! part, and what is known of it then is the same.
//!
//! What has to be rewritten before it can be read (packed files, other character sets than
//! UTF-8, other formats, runs of blanks, lines below the table) is left to those who hold it.

use std::path::PathBuf;

use super::column::Collector;
use super::disk::Disk;
use super::error::LoadError;
use super::look::Looked;
use super::lying::{Lying, Plan};
use super::made::Origin;
use super::params::{CsvParams, Limits, Settings};
use super::windows::{Cut, Gone};
use super::{Accounting, Content, FileFacts, Source, header, named, scan, several};
use crate::finding::Finding;

/// Opens texts that are one table together; `None` where they are to be held.
///
/// # Errors
///
/// As [`super::open_files`].
pub(super) fn open(
    files: &[(PathBuf, String)],
    csv: &CsvParams,
    limits: &Limits,
    cut: &Cut,
) -> Result<Option<Source>, LoadError> {
    let settings = csv.check()?;
    let texts = files.iter().map(|(path, shown_as)| Lying::at(path, shown_as, &settings));
    let Some(texts) = texts.collect::<Option<Vec<Lying>>>() else { return Ok(None) };
    let n_bytes: u64 = texts.iter().map(|text| text.before.len()).sum();
    if texts.is_empty() || n_bytes < cut.held || settings.skip_footer.is_some_and(|n| n > 0) {
        return Ok(None);
    }
    let mut joint = Joint {
        settings,
        first: None,
        seen: Vec::new(),
        disks: Vec::new(),
        lines: 0,
        origin: Vec::new(),
        facts: Vec::new(),
        findings: Vec::new(),
    };
    let is_one = texts.len() == 1;
    for text in texts {
        if !joint.add(text, is_one, limits, cut)? {
            return Ok(None);
        }
    }
    joint.finish(is_one).map(Some)
}

/// The first file that has rows, which gives the order of the columns.
struct First {
    names: Vec<String>,
    shown_as: String,
    delimiter: u8,
    has_header: bool,
}

/// Texts that become one table.
struct Joint {
    settings: Settings,
    first: Option<First>,
    seen: Vec<Collector>,
    disks: Vec<Disk>,
    /// Lines of the files before.
    lines: u64,
    /// From which line of the table on the lines are those of which file.
    origin: Vec<(u64, String)>,
    facts: Vec<FileFacts>,
    findings: Vec<(String, Finding)>,
}

impl Joint {
    /// Looks at the next file; false where it is to be held.
    fn add(
        &mut self,
        text: Lying,
        is_one: bool,
        limits: &Limits,
        cut: &Cut,
    ) -> Result<bool, LoadError> {
        let plan = text.plan(self.settings.clone(), limits, cut);
        let Some(plan) = plan.transpose() else { return Ok(false) };
        let (gone, looked) = text.look(plan.as_ref().map_err(Clone::clone), cut)?;
        if let Some(fault) = gone.fault {
            // Its character set may be found out by those who hold it.
            if !text.is_said && text.before.len() <= limits.max_bytes {
                return Ok(false);
            }
            return Err(fault.error(text.lines(fault.at)? + 1, fault.at, text.shown_as));
        }
        let (plan, looked) = (plan?, looked?);
        let accounting = match &looked.accounting {
            Err(LoadError::HeaderOnly { .. }) if !is_one => {
                self.findings.push((text.shown_as.to_owned(), several::empty()));
                let accounting = Accounting { rows: 0, used: 0, rejected: 0, excluded: 0 };
                self.facts.push(facts(&text, gone, ("", String::new()), accounting));
                return Ok(true);
            }
            accounting => accounting.clone()?,
        };
        let order = self.order(&plan, text.shown_as)?;
        if is_one {
            self.settings = plan.settings.clone();
        } else {
            // What the first file shows holds for the others.
            let shown = self.first.as_ref().map(|first| first.has_header);
            self.settings.header = self.settings.header.or(shown);
        }
        self.facts.push(facts(&text, gone, ("csv", plan.dialect.clone()), accounting));
        self.take(text, plan, order, looked);
        Ok(true)
    }

    /// For each column of the first file its position in this one.
    fn order(&mut self, plan: &Plan, shown_as: &str) -> Result<Vec<usize>, LoadError> {
        let names = &plan.top.names;
        if let Some(first) = &self.first {
            return header::order(&first.names, names, &first.shown_as, shown_as);
        }
        self.first = Some(First {
            names: names.clone(),
            shown_as: shown_as.to_owned(),
            delimiter: plan.layout.delimiter,
            has_header: plan.top.header.is_some(),
        });
        Ok((0..names.len()).collect())
    }

    /// Takes what was seen of a file that has rows.
    fn take(&mut self, text: Lying, plan: Plan, order: Vec<usize>, looked: Looked) {
        let name = text.path.to_string_lossy().to_ascii_lowercase();
        let found = plan.findings.into_iter().chain(plan.top.findings);
        let found = found.chain(named::otherwise(&name, "csv"));
        self.findings.extend(found.map(|finding| (text.shown_as.to_owned(), finding)));
        if self.seen.is_empty() {
            self.seen = looked.seen;
        } else {
            let mut own: Vec<Option<Collector>> = looked.seen.into_iter().map(Some).collect();
            for (whole, &at) in self.seen.iter_mut().zip(&order) {
                if let Some(next) = own.get_mut(at).and_then(Option::take) {
                    whole.append(next, self.lines);
                }
            }
        }
        let mut parts = looked.parts;
        parts.retain(|part| part.n_rows > 0);
        for part in &mut parts {
            part.first_line += self.lines;
        }
        self.origin.push((self.lines + 1, text.shown_as.to_owned()));
        self.lines += looked.lines;
        let (path, shown_as) = (text.path.to_owned(), text.shown_as.to_owned());
        let (before, layout) = (text.before, plan.layout);
        self.disks.push(Disk { path, shown_as, before, layout, order, parts });
    }

    fn finish(mut self, is_one: bool) -> Result<Source, LoadError> {
        let mut facts = several::joint(&self.facts);
        let none = || LoadError::HeaderOnly { file: facts.shown_as.clone() };
        let first = self.first.ok_or_else(none)?;
        let delimiter = first.delimiter;
        let (columns, mut readings) =
            scan::settled(&first.names, self.seen, delimiter, &self.settings, &facts.shown_as);
        let mut origin = None;
        let mut has_header = first.has_header;
        let mut findings: Vec<Finding> = Vec::new();
        if is_one {
            findings.extend(self.findings.into_iter().map(|(_, finding)| finding));
        } else {
            let own = Origin::of_files(self.origin);
            for reading in &mut readings {
                reading.problem = reading.problem.take().map(|problem| own.own(problem));
            }
            origin = Some(own);
            (self.settings.header, self.settings.comment, has_header) = (Some(true), None, true);
            "csv".clone_into(&mut facts.format);
            facts.dialect.push_str(", a header");
            findings.extend(several::told(self.findings));
        }
        let source = Source {
            content: Content::Texts(self.disks),
            settings: self.settings,
            files: self.facts,
            has_header,
            origin,
            columns,
            readings,
            accounting: facts.accounting,
            facts,
            rejects: Vec::new(),
            findings,
            repairs: Vec::new(),
        };
        Ok(source.told())
    }
}

fn facts(
    text: &Lying,
    gone: Gone,
    (format, dialect): (&str, String),
    accounting: Accounting,
) -> FileFacts {
    FileFacts {
        shown_as: text.shown_as.to_owned(),
        bytes: text.before.len(),
        sha256: gone.sha256,
        format: format.to_owned(),
        dialect,
        accounting,
    }
}
