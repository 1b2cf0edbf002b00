//! One stretch of a text is looked at: records are counted, cells collected, and what is
//! wrong is written down in its order. Lines count from the beginning of the stretch, 0
//! being its first, because nobody knows yet how many lines stand before.

use std::ops::Range;

use super::batch::Batch;
use super::column::{Cells, Collector};
use super::kept::Kept;
use super::params::Settings;
use super::part;
use super::record::{Broken, Field, Layout, Next, Records, trim};

/// At most so many records are read with care behind one that was not plain; the most where
/// every record has quotes, so that few attempts are in vain.
const MOST_SLOW: u32 = 16;

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A blank line between records.
    Blank,
    StrayQuote,
    /// So many fields.
    Ragged(usize),
}

/// Why looking ended before the end of the stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Broken(Broken),
    /// The text ends inside this line, which has so many fields.
    Cut {
        line: u64,
        found: usize,
    },
    HeaderAgain {
        line: u64,
    },
    /// More rows are wrong than may be.
    TooManyBadRows,
}

/// What is seen of a stretch.
pub(super) struct Stretch {
    pub bytes: Range<usize>,
    /// Line ends inside.
    pub n_lines: u64,
    /// Sound rows.
    pub n_rows: u64,
    pub columns: Vec<Collector>,
    pub kept: Vec<Kept>,
    /// Blank lines before the first record.
    pub before: Vec<u64>,
    /// Whether there is no record.
    pub is_blank: bool,
    /// Lines of rows that are not sound, in their order.
    pub bad: Vec<(u64, Wrong)>,
    /// Blank lines behind the last record.
    pub after: Vec<u64>,
    pub stop: Option<Stop>,
}

impl Stretch {
    /// Whether it is what it is whatever follows the `length` bytes that were there to be read.
    pub(super) fn is_final(&self, length: usize) -> bool {
        let is_open = matches!(self.stop, Some(Stop::Broken(Broken::EndsInQuotes { .. })));
        // Who has seen the last byte may have looked for the next.
        self.bytes.end < length && !is_open
    }
}

impl part::Placed for Stretch {
    fn start(&self) -> usize {
        self.bytes.start
    }

    fn end(&self) -> Option<usize> {
        self.stop.is_none().then_some(self.bytes.end)
    }
}

/// Looks at stretches of one text.
pub(super) struct Looker<'a> {
    pub text: &'a [u8],
    pub layout: &'a Layout,
    pub settings: &'a Settings,
    pub names: &'a [String],
    /// The header as it lies, trimmed.
    pub header: Option<&'a [u8]>,
    pub max_bad_rows: u64,
    /// Whether cells are kept, so that no text is taken apart again for its columns.
    pub keeps: bool,
}

impl Looker<'_> {
    /// Looks at the records that begin inside `bytes`.
    pub(super) fn look(&self, bytes: Range<usize>) -> Stretch {
        let mut records = Records::within(self.text, self.layout, bytes.clone(), 0);
        let mut seen = Stretch {
            bytes,
            n_lines: 0,
            n_rows: 0,
            columns: self.names.iter().map(|name| Collector::called(name, self.settings)).collect(),
            kept: self.names.iter().map(|_| self.kept()).collect(),
            before: Vec::new(),
            is_blank: true,
            bad: Vec::new(),
            after: Vec::new(),
            stop: None,
        };
        let mut rows = Batch::new(self.names.len());
        seen.stop = self.fill(&mut seen, &mut records, &mut rows);
        self.take(&mut seen, &mut rows, records.start);
        (seen.bytes.end, seen.n_lines) = records.position();
        seen.columns = seen.columns.into_iter().map(Collector::rest).collect();
        seen.kept = seen.kept.into_iter().map(Kept::rest).collect();
        seen
    }

    fn kept(&self) -> Kept {
        if self.keeps { Kept::new() } else { Kept::Lost }
    }

    /// Takes plain records as long as they come and there is room.
    #[inline]
    fn plain(&self, seen: &mut Stretch, records: &mut Records, rows: &mut Batch) -> Option<Stop> {
        let n_columns = self.names.len();
        while !rows.is_full() && records.plain(n_columns, |column, field| rows.put(column, &field))
        {
            // Blank lines before it are then wrong, and come first.
            seen.is_blank = false;
            if self.is_header(&self.text[records.start..records.end]) {
                return Some(Stop::HeaderAgain { line: records.line });
            }
            seen.n_rows += 1;
            rows.lines.push(records.line);
        }
        None
    }

    fn fill(&self, seen: &mut Stretch, records: &mut Records, rows: &mut Batch) -> Option<Stop> {
        let n_columns = self.names.len();
        let mut fields = Vec::with_capacity(n_columns);
        let (mut n_slow, mut next_slow) = (0_u32, 1);
        loop {
            n_slow = n_slow.saturating_sub(1);
            if n_slow == 0 && seen.after.is_empty() {
                let n_rows = seen.n_rows;
                if let Some(stop) = self.plain(seen, records, rows) {
                    return Some(stop);
                }
                next_slow = if seen.n_rows > n_rows { 1 } else { MOST_SLOW.min(2 * next_slow) };
                n_slow = next_slow;
            }
            let next = match records.next(&mut fields) {
                Ok(next) => next,
                Err(broken) => return Some(Stop::Broken(broken)),
            };
            let line = records.line;
            match next {
                Next::End => return None,
                Next::Blank => {
                    let blanks = if seen.is_blank { &mut seen.before } else { &mut seen.after };
                    // More than may be are as wrong as all of them.
                    if blanks.len() as u64 <= self.max_bad_rows {
                        blanks.push(line);
                    }
                    continue;
                }
                Next::Row | Next::StrayQuote => seen.is_blank = false,
            }
            if !seen.after.is_empty() {
                seen.bad.extend(seen.after.drain(..).map(|blank| (blank, Wrong::Blank)));
            }
            if next == Next::StrayQuote {
                seen.bad.push((line, Wrong::StrayQuote));
            } else if fields.len() != n_columns {
                if records.unfinished && fields.len() < n_columns {
                    return Some(Stop::Cut { line, found: fields.len() });
                }
                seen.bad.push((line, Wrong::Ragged(fields.len())));
            } else if self.is_header(&self.text[records.start..records.end]) {
                return Some(Stop::HeaderAgain { line });
            } else {
                seen.n_rows += 1;
                if rows.is_full() || !rows.add(&fields, line) {
                    self.take(seen, rows, records.start);
                    if !rows.add(&fields, line) {
                        // A field of gigabytes.
                        return Some(Stop::Broken(too_long(&fields, line)));
                    }
                }
                continue;
            }
            if seen.bad.len() as u64 > self.max_bad_rows {
                return Some(Stop::TooManyBadRows);
            }
        }
    }

    /// Looks at the cells of sound rows, which end at `end` or behind it.
    fn take(&self, seen: &mut Stretch, rows: &mut Batch, end: usize) {
        if rows.room == 0 {
            // As many as there would be of the length of these, and some more.
            let length = end.saturating_sub(seen.bytes.start).max(1);
            rows.room = rows.lines.len() * seen.bytes.len() / length;
            rows.room += rows.room / 64 + 1;
        }
        let (text, quote, part) = (self.text, self.layout.quote, seen.bytes.start);
        let cells = Cells { text, quote, part, rows };
        for (at, (column, kept)) in seen.columns.iter_mut().zip(&mut seen.kept).enumerate() {
            column.take(&cells, at, &self.settings.nulls, kept);
        }
        rows.clear();
    }

    #[inline]
    fn is_header(&self, record: &[u8]) -> bool {
        self.header.is_some_and(|header| record.len() >= header.len() && trim(record) == header)
    }
}

/// A field so long that its place cannot be kept.
fn too_long(fields: &[Field], line: u64) -> Broken {
    let found = fields.iter().map(|field| field.end - field.start).max().unwrap_or(0);
    Broken::LongCell { line, found }
}
