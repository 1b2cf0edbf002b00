//! What was wrong in the stretches of a text, replayed in the order of its lines: the
//! first error is the one that reading from the first line to the last would have met.

use super::Reject;
use super::error::{LoadError, Place};
use super::part::Part;
use super::record::{Broken, Layout};
use super::stretch::{Stop, Stretch, Wrong};

/// Counts rows, and bad rows up to the number allowed.
pub(super) struct Tally<'a> {
    pub file: &'a str,
    max_bad_rows: u64,
    header_line: Option<u64>,
    /// The line in which the next stretch begins.
    pub line: u64,
    /// Whether a record, or the header, stands before.
    begun: bool,
    /// Blank lines since; they are rows only where a record follows.
    blanks: Vec<u64>,
    /// Sound and bad rows.
    pub rows: u64,
    pub rejects: Vec<Reject>,
}

impl<'a> Tally<'a> {
    /// Before the first row, which stands in `line` or below.
    pub(super) fn new(
        file: &'a str,
        max_bad_rows: u64,
        header_line: Option<u64>,
        line: u64,
    ) -> Self {
        Self {
            file,
            max_bad_rows,
            header_line,
            line,
            begun: header_line.is_some(),
            blanks: Vec::new(),
            rows: 0,
            rejects: Vec::new(),
        }
    }

    /// Takes the next stretches of the text; gives where each lies.
    ///
    /// # Errors
    ///
    /// The first that stands in the text.
    pub(super) fn replay(
        &mut self,
        stretches: &mut [Stretch],
        n_columns: usize,
        layout: &Layout,
    ) -> Result<Vec<Part>, LoadError> {
        let mut parts = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            let first_line = self.line;
            if self.begun {
                self.blank(stretch.before.drain(..).map(|line| first_line + line));
            }
            if !stretch.is_blank {
                self.begun = true;
                for line in std::mem::take(&mut self.blanks) {
                    self.bad(line, Wrong::Blank, n_columns)?;
                }
            }
            for (line, wrong) in stretch.bad.drain(..) {
                self.bad(first_line + line, wrong, n_columns)?;
            }
            if let Some(stop) = stretch.stop {
                return Err(self.stopped(stop, n_columns, layout));
            }
            self.blank(stretch.after.drain(..).map(|line| first_line + line));
            self.rows += stretch.n_rows;
            self.line += stretch.n_lines;
            parts.push(Part {
                bytes: stretch.bytes.clone(),
                first_line,
                n_rows: stretch.n_rows,
                kept: std::mem::take(&mut stretch.kept),
            });
        }
        Ok(parts)
    }

    /// Notes blank lines, as many as can be told of.
    fn blank(&mut self, lines: impl Iterator<Item = u64>) {
        let most = usize::try_from(self.max_bad_rows.saturating_add(1)).unwrap_or(usize::MAX);
        self.blanks.extend(lines.take(most.saturating_sub(self.blanks.len())));
    }

    fn stopped(&self, stop: Stop, expected: usize, layout: &Layout) -> LoadError {
        let file = self.file.to_owned();
        match stop {
            Stop::Broken(broken) => broken_error(broken, self.line, layout, self.file),
            Stop::Cut { line, found } => {
                LoadError::EndsInLine { file, line: self.line + line, found, expected }
            }
            Stop::HeaderAgain { line } => {
                let first = self.header_line.unwrap_or(1);
                LoadError::HeaderAgain { file, first, line: self.line + line }
            }
            // Its bad rows are more than allowed, so that one of them was the error.
            Stop::TooManyBadRows => LoadError::Internal { file, what: "the count of bad rows" },
        }
    }

    /// Counts a bad row, or stops with its error.
    fn bad(&mut self, line: u64, wrong: Wrong, expected: usize) -> Result<(), LoadError> {
        let (file, allowed) = (self.file.to_owned(), self.max_bad_rows);
        if allowed == 0 {
            return Err(match wrong {
                Wrong::Blank => LoadError::BlankLine { file, line },
                Wrong::StrayQuote => LoadError::StrayQuote { file, line },
                Wrong::Ragged(found) => {
                    LoadError::Ragged { file, at: Place::Line(line), found, expected }
                }
            });
        }
        let found = self.rejects.len() as u64 + 1;
        if found > allowed {
            return Err(LoadError::TooManyBadRows { file, found, allowed, line });
        }
        let reason = match wrong {
            Wrong::Blank => "a blank line".to_owned(),
            Wrong::StrayQuote => "a stray quote".to_owned(),
            Wrong::Ragged(found) => format!("{found} fields instead of {expected}"),
        };
        self.rows += 1;
        let file = self.file.to_owned();
        self.rejects.push(Reject { file, at: Place::Line(line), reason });
        Ok(())
    }
}

/// The error of a text that cannot be read on; `lines` stand before those it counts.
pub(super) fn broken_error(broken: Broken, lines: u64, layout: &Layout, file: &str) -> LoadError {
    let file = file.to_owned();
    match broken {
        Broken::EndsInQuotes { opened } => LoadError::EndsInQuotes { file, opened: lines + opened },
        Broken::LongCell { line, found } => LoadError::TooLong {
            file,
            line: lines + line,
            what: "field",
            found,
            allowed: layout.max_cell,
        },
        Broken::LongLine { line, found } => LoadError::TooLong {
            file,
            line: lines + line,
            what: "line",
            found,
            allowed: layout.max_line,
        },
    }
}
