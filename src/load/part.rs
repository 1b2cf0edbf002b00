//! A text cut into parts of whole records, so that several can be looked at at once.
//!
//! Where a part may begin is guessed: behind a line end before which the number of quotes
//! is even. Whether a record does begin there shows when the part before has been read up
//! to it: a reader knows nothing but its place, so where one reader arrives exactly at
//! the place at which the next began, both together read what one alone would have read.
//! A part that began elsewhere is read again from the place where the part before ended.
//!
//! # References
//!
//! Ge, C., Li, Y., Eilebrecht, E., Chandramouli, B. and Kossmann, D. (2019). Speculative
//! Distributed CSV Data Parsing for Big Data Analytics. SIGMOD '19, 883-899, section 4.

use std::ops::Range;

use rayon::prelude::*;

use super::kept::Kept;
use super::record::Layout;

/// Bytes of a part. Results do not depend on it; batches of rows do.
pub(super) const SIZE: usize = 4 << 20;

/// Whole records of a text, as they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub bytes: Range<usize>,
    /// The line of its first byte, from 1.
    pub first_line: u64,
    /// Sound rows.
    pub n_rows: u64,
    /// Their cells, column by column, where all of a column can be kept.
    pub kept: Vec<Kept>,
}

/// What was read of a part that was to end at `stop`.
pub(super) trait Placed {
    /// Where reading began.
    fn start(&self) -> usize;
    /// Where the record after the last one begins; `None` where reading cannot go on.
    fn end(&self) -> Option<usize>;
}

/// Reads all records that begin before `to` with `read`, from each of the [`starts`] on at
/// once, and gives what was read in the order of the text. Nothing follows what cannot go on.
pub(super) fn each<T: Placed + Send>(
    starts: &[usize],
    to: usize,
    read: &(dyn Fn(Range<usize>) -> T + Sync),
) -> Vec<T> {
    let stop_of = |at: usize| starts.get(at + 1).copied().unwrap_or(to);
    let found: Vec<T> =
        (0..starts.len()).into_par_iter().map(|at| read(starts[at]..stop_of(at))).collect();
    let mut place = starts.first().copied().unwrap_or(to);
    let mut all = Vec::with_capacity(found.len());
    for (at, stretch) in found.into_iter().enumerate() {
        let stop = stop_of(at);
        if place >= stop && at > 0 {
            continue;
        }
        let stretch = if stretch.start() == place { stretch } else { read(place..stop) };
        let end = stretch.end();
        all.push(stretch);
        match end {
            Some(end) => place = end,
            None => break,
        }
    }
    all
}

/// Where parts begin: at `from`, and about every `size` bytes behind it.
pub(super) fn starts(text: &[u8], layout: &Layout, from: usize, size: usize) -> Vec<usize> {
    let size = size.max(1);
    let cuts: Vec<usize> = (from..text.len()).step_by(size).skip(1).collect();
    let before = |&cut: &usize| &text[cut - size..cut];
    let quotes: Vec<usize> = match layout.quote {
        None => vec![0; cuts.len()],
        Some(quote) => {
            cuts.par_iter().map(|cut| memchr::memchr_iter(quote, before(cut)).count()).collect()
        }
    };
    let (mut starts, mut n_quotes) = (vec![from], 0);
    for (&cut, n) in cuts.iter().zip(quotes) {
        n_quotes += n;
        let window = &text[cut..text.len().min(cut + size)];
        let start = record_start(window, layout.quote, n_quotes % 2 == 1)
            .or_else(|| record_start(window, None, false))
            .map(|length| cut + length);
        starts.extend(start.filter(|&start| start < text.len() && starts.last() < Some(&start)));
    }
    starts
}

/// Where the first line of the window begins before which an even number of quotes stands.
fn record_start(window: &[u8], quote: Option<u8>, mut is_odd: bool) -> Option<usize> {
    for at in memchr::memchr3_iter(b'\n', b'\r', quote.unwrap_or(b'\n'), window) {
        if Some(window[at]) == quote {
            is_odd = !is_odd;
        } else if !is_odd {
            let length = if window[at..].starts_with(b"\r\n") { 2 } else { 1 };
            return Some(at + length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout { delimiter: b',', quote: Some(b'"'), comment: None, max_cell: 99, max_line: 99 }
    }

    #[test]
    fn parts_begin_behind_a_line_end_outside_quotes() {
        let text = b"a,1\nb,\"x\ny\"\nc,3\r\nd,4\n";
        let found = starts(text, &layout(), 0, 6);
        assert_eq!(found, [0, 12, 17]);
    }

    /// Reads fixed blocks of seven bytes: no guess is right but by chance.
    struct Blocks(Range<usize>, Vec<usize>);

    impl Placed for Blocks {
        fn start(&self) -> usize {
            self.0.start
        }

        fn end(&self) -> Option<usize> {
            Some(self.1.last().map_or(self.0.start, |last| last + 7))
        }
    }

    #[test]
    fn wrong_guesses_are_read_again() {
        let text = b"ab\n\"c\nd\n\"\"ef\ng".repeat(20);
        let read = |range: Range<usize>| {
            let blocks = range.clone().step_by(7).collect();
            Blocks(range, blocks)
        };
        let expected: Vec<usize> = (0..text.len()).step_by(7).collect();
        for size in [1, 3, 10, 50, 1000] {
            let all = each(&starts(&text, &layout(), 0, size), text.len(), &read);
            let places: Vec<usize> = all.into_iter().flat_map(|blocks| blocks.1).collect();
            assert_eq!(places, expected);
        }
    }
}
