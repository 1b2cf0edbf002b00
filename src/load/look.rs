//! The look at a text that is not held, window by window: as at one that is held, part by
//! part, but nothing is kept of its cells.

use super::column::Collector;
use super::error::LoadError;
use super::lying::{Lying, Plan};
use super::part::{self, Part};
use super::record::Broken;
use super::stretch::Looker;
use super::tally::{Tally, broken_error};
use super::windows::{Cut, Window};
use super::{Accounting, edges, footer, scan};

/// A record of more bytes is refused before its end is found.
const ENDLESS: usize = 96 << 20;
/// In so many columns as many different values are counted as in any; in more columns fewer,
/// so that the hashes of a wide table need no more memory.
const COUNTED: usize = 16;
const FEWEST: usize = 1 << 12;

/// What is seen of a text so far.
pub(super) struct Looking<'a> {
    plan: &'a Plan,
    cut: &'a Cut,
    tally: Tally<'a>,
    seen: Vec<Collector>,
    parts: Vec<Part>,
    /// Where the next record begins.
    next: usize,
}

impl<'a> Looking<'a> {
    /// At a text of which nothing is seen yet.
    pub(super) fn new(plan: &'a Plan, cut: &'a Cut, file: &'a str) -> Self {
        let mut tally = plan.top.tally(file, 0);
        tally.line = plan.line;
        let n_columns = plan.top.names.len();
        let most = (COUNTED * cut.distinct / n_columns.max(1)).max(FEWEST).min(cut.distinct);
        let seen = scan::unseen(n_columns, most);
        Self { plan, cut, tally, seen, parts: Vec::new(), next: plan.start }
    }

    /// Looks at the records that are wholly in the window; gives how many bytes are done with.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub(super) fn window(&mut self, window: Window) -> Result<usize, LoadError> {
        let Window { bytes, base, is_last } = window;
        let (layout, names) = (&self.plan.layout, &self.plan.top.names);
        let from = self.next - base;
        if from > bytes.len() {
            return Ok(bytes.len());
        }
        let mut starts = part::starts(bytes, layout, from, self.cut.part);
        let mut to = bytes.len();
        if !is_last {
            match starts.pop().filter(|_| !starts.is_empty()) {
                Some(last) => to = last,
                None => return self.more(from, bytes.len()),
            }
        }
        let looker = Looker {
            text: bytes,
            layout,
            settings: &self.plan.settings,
            names,
            header: self.plan.top.header.as_deref(),
            max_bad_rows: 0,
            keeps: false,
        };
        let mut stretches = part::each(&starts, to, &|part| looker.look(part));
        if !is_last && stretches.last().is_some_and(|last| !last.is_final(bytes.len())) {
            stretches.pop();
        }
        let Some(end) = stretches.last().map(|last| last.bytes.end) else {
            return self.more(from, bytes.len());
        };
        let parts = self.tally.replay(&mut stretches, names.len(), layout)?;
        scan::append(&mut self.seen, stretches, &parts);
        self.parts.extend(parts.into_iter().map(|part| Part {
            bytes: base + part.bytes.start..base + part.bytes.end,
            kept: Vec::new(),
            ..part
        }));
        self.next = base + end;
        Ok(end)
    }

    /// Waits for more of a record, as long as it may be one.
    fn more(&self, from: usize, length: usize) -> Result<usize, LoadError> {
        let layout = &self.plan.layout;
        let found = length - from;
        if found > ENDLESS.max(2 * layout.max_line) {
            let broken = Broken::LongCell { line: 0, found };
            return Err(broken_error(broken, self.tally.line, layout, self.tally.file));
        }
        Ok(from)
    }

    /// The error of a blank line, or of the footer below it.
    pub(super) fn or_footer(&self, error: LoadError, text: &Lying) -> LoadError {
        let LoadError::BlankLine { file, line } = &error else { return error };
        let before = self.parts.iter().rev().find(|part| part.first_line <= *line);
        let (start, first) = before
            .map_or((self.plan.start, self.plan.line), |part| (part.bytes.start, part.first_line));
        // A footer has few lines, and they are in the last windows.
        let most = 2 * self.cut.window + ENDLESS.max(4 * self.plan.layout.max_line);
        let rest = match text.some(start, most) {
            Ok(rest) if start + rest.len() >= text.length => rest,
            _ => return error,
        };
        let at = (first..*line).fold(0, |at, _| edges::behind_line(&rest, at));
        let width = self.plan.top.names.len();
        footer::below(file, *line, &rest[at..], width, &self.plan.layout).unwrap_or(error)
    }

    /// What is seen when all of it is.
    pub(super) fn done(self) -> Looked {
        let (lines, seen, parts) = (self.tally.line, self.seen, self.parts);
        let accounting = scan::counted(self.tally).map(|(accounting, _)| accounting);
        Looked { lines, accounting, seen, parts }
    }
}

/// What is seen of a whole text.
pub(super) struct Looked {
    /// No line of it has a higher number.
    pub lines: u64,
    /// Its rows; an error where it has none.
    pub accounting: Result<Accounting, LoadError>,
    pub seen: Vec<Collector>,
    pub parts: Vec<Part>,
}
