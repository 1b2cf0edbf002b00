//! One record of a text table at a time, strictly after RFC 4180, with its exact line.
//! LF, CRLF and a lone CR end a record; the same reader serves the check and the
//! reading, so that both see the same rows.

mod marks;

use std::ops::Range;

use marks::Marks;

/// One field: where its content lies in the text, without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub start: usize,
    pub end: usize,
    /// Whether it holds doubled quotes.
    pub doubled: bool,
}

impl Field {
    /// The content as it is meant; `scratch` is used for doubled quotes.
    #[inline]
    pub(super) fn raw<'a>(
        &self,
        text: &'a [u8],
        quote: Option<u8>,
        scratch: &'a mut Vec<u8>,
    ) -> &'a [u8] {
        let bytes = &text[self.start..self.end];
        match quote.filter(|_| self.doubled) {
            None => bytes,
            Some(quote) => single(bytes, quote, scratch),
        }
    }
}

/// The content with one quote for every two.
fn single<'a>(mut rest: &[u8], quote: u8, scratch: &'a mut Vec<u8>) -> &'a [u8] {
    scratch.clear();
    while let Some(at) = memchr::memchr(quote, rest) {
        scratch.extend_from_slice(&rest[..=at]);
        rest = &rest[(at + 2).min(rest.len())..];
    }
    scratch.extend_from_slice(rest);
    scratch
}

/// Takes off blanks and tabs, and line ends inside quotes, at both ends.
#[inline]
pub(super) fn trim(bytes: &[u8]) -> &[u8] {
    match bytes {
        // All that is taken off is a blank or below.
        [first, .., last] if *first > b' ' && *last > b' ' => bytes,
        [only] if *only > b' ' => bytes,
        _ => &bytes[trimmed(bytes)],
    }
}

/// Where the content lies without blanks, tabs and line ends at both ends.
pub(super) fn trimmed(bytes: &[u8]) -> Range<usize> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let start = bytes.iter().position(|byte| !is_blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
    start..end
}

/// What stands at the place of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A record; its fields are in the buffer.
    Row,
    /// Nothing but blanks.
    Blank,
    /// A quote inside an unquoted field or text after a closing quote.
    StrayQuote,
    /// The end of the text.
    End,
}

/// Why reading cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    EndsInQuotes { opened: u64 },
    LongCell { line: u64, found: usize },
    LongLine { line: u64, found: usize },
}

/// How records are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub delimiter: u8,
    pub quote: Option<u8>,
    pub comment: Option<Vec<u8>>,
    pub max_cell: usize,
    pub max_line: usize,
}

/// Reads records from the text on.
pub(super) struct Records<'a> {
    text: &'a [u8],
    layout: &'a Layout,
    marks: Marks,
    at: usize,
    /// Where no further record begins.
    stop: usize,
    next_line: u64,
    /// The line of the record read last.
    pub line: u64,
    /// Where the record read last lies, without its line end.
    pub start: usize,
    pub end: usize,
    /// Whether the record read last had no line end.
    pub unfinished: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a [u8], layout: &'a Layout) -> Self {
        Self::within(text, layout, 0..text.len(), 1)
    }

    /// The records that begin inside `part`, whose first byte must begin one and stands in
    /// line `first_line`; the last of them may end behind the part.
    pub(super) fn within(
        text: &'a [u8],
        layout: &'a Layout,
        part: Range<usize>,
        first_line: u64,
    ) -> Self {
        Self {
            text,
            layout,
            marks: Marks::new(layout),
            at: part.start,
            stop: part.end,
            next_line: first_line,
            line: 0,
            start: part.start,
            end: part.start,
            unfinished: false,
        }
    }

    /// Where the next record begins, and its line.
    pub(super) fn position(&self) -> (usize, u64) {
        (self.at, self.next_line)
    }

    /// Reads the next record if it is a plain one: of `n` fields, two or more, and without a
    /// quote. Gives `take` each field with its number; where that refuses one, or the record
    /// is any other, nothing is read.
    #[inline]
    pub(super) fn plain(&mut self, n: usize, mut take: impl FnMut(usize, Field) -> bool) -> bool {
        self.skip_comments();
        if n < 2 || self.at >= self.stop {
            return false;
        }
        let (mut ends, mut start, mut found) = (self.marks.from(self.text, self.at), self.at, 0);
        while let Some(end) = ends.next(&mut self.marks, self.text) {
            let sign = self.text[end];
            let is_line_end = sign == b'\n' || sign == b'\r';
            let goes_on = sign == self.layout.delimiter && found + 1 < n;
            let is_last = is_line_end && found + 1 == n;
            if !(goes_on | is_last) || !take(found, Field { start, end, doubled: false }) {
                return false;
            }
            if is_last {
                if end - self.at > self.layout.max_cell {
                    return false;
                }
                (self.line, self.start, self.at) = (self.next_line, self.at, end);
                self.step_line_end();
                return true;
            }
            (start, found) = (end + 1, found + 1);
        }
        false
    }

    /// Reads the next record into `fields`.
    pub(super) fn next(&mut self, fields: &mut Vec<Field>) -> Result<Next, Broken> {
        fields.clear();
        self.skip_comments();
        if self.at >= self.stop {
            return Ok(Next::End);
        }
        self.line = self.next_line;
        self.start = self.at;
        let next = loop {
            if self.plain_fields(fields) {
                break Next::Row;
            }
            match self.field()? {
                (field, After::Field) => fields.push(field),
                (field, After::Record) => {
                    fields.push(field);
                    break Next::Row;
                }
                (_, After::Stray) => {
                    self.skip_line();
                    break Next::StrayQuote;
                }
            }
        };
        self.lengths(fields)?;
        let blank = next == Next::Row && fields.len() == 1 && {
            let record = &self.text[self.start..self.end];
            record.iter().all(|&byte| byte == b' ' || byte == b'\t')
        };
        Ok(if blank { Next::Blank } else { next })
    }

    /// Reads the fields before the next one in which a quote stands or which ends with the
    /// text; returns whether that was all of the record.
    #[inline]
    fn plain_fields(&mut self, fields: &mut Vec<Field>) -> bool {
        let mut ends = self.marks.from(self.text, self.at);
        while let Some(end) = ends.next(&mut self.marks, self.text) {
            let sign = self.text[end];
            let is_line_end = sign == b'\n' || sign == b'\r';
            if sign != self.layout.delimiter && !is_line_end {
                return false;
            }
            fields.push(Field { start: self.at, end, doubled: false });
            if is_line_end {
                self.at = end;
                self.step_line_end();
                return true;
            }
            self.at = end + 1;
        }
        false
    }

    fn lengths(&self, fields: &[Field]) -> Result<(), Broken> {
        let found = self.end - self.start;
        if found <= self.layout.max_cell {
            return Ok(());
        }
        let longest = fields.iter().map(|field| field.end - field.start).max().unwrap_or(0);
        if longest > self.layout.max_cell {
            return Err(Broken::LongCell { line: self.line, found: longest });
        }
        if found > self.layout.max_line {
            return Err(Broken::LongLine { line: self.line, found });
        }
        Ok(())
    }

    /// Reads one field and what ends it.
    #[inline]
    fn field(&mut self) -> Result<(Field, After), Broken> {
        let start = self.at;
        if let Some(quote) = self.layout.quote {
            let mut at = start;
            while self.text.get(at) == Some(&b' ') {
                at += 1;
            }
            if self.text.get(at) == Some(&quote) {
                return self.quoted(at + 1, quote);
            }
        }
        self.at = self.marks.next(self.text, start);
        let field = Field { start, end: self.at, doubled: false };
        Ok((field, self.after()))
    }

    /// Reads a quoted field whose content begins at `start`.
    fn quoted(&mut self, start: usize, quote: u8) -> Result<(Field, After), Broken> {
        let (mut at, mut doubled, mut has_line_end) = (start, false, false);
        loop {
            at = self.marks.next(self.text, at);
            match self.text.get(at) {
                None => return Err(Broken::EndsInQuotes { opened: self.next_line }),
                Some(&byte) if byte != quote => {
                    has_line_end |= matches!(byte, b'\n' | b'\r');
                    at += 1;
                }
                Some(_) if self.text.get(at + 1) == Some(&quote) => {
                    doubled = true;
                    at += 2;
                }
                Some(_) => break,
            }
        }
        let field = Field { start, end: at, doubled };
        if has_line_end {
            self.next_line += line_ends(&self.text[start..at]);
        }
        self.at = at + 1;
        while self.text.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        Ok((field, self.after()))
    }

    /// Steps over what ends a field.
    #[inline]
    fn after(&mut self) -> After {
        match self.text.get(self.at) {
            None => {
                self.end = self.at;
                self.unfinished = true;
                After::Record
            }
            Some(&byte) if byte == self.layout.delimiter => {
                self.at += 1;
                After::Field
            }
            Some(b'\n' | b'\r') => {
                self.step_line_end();
                After::Record
            }
            Some(_) => After::Stray,
        }
    }

    fn step_line_end(&mut self) {
        self.end = self.at;
        self.unfinished = false;
        self.at += if self.text[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
        self.next_line += 1;
    }

    /// Goes to the next line whatever stands in between.
    fn skip_line(&mut self) {
        if let Some(length) = memchr::memchr2(b'\n', b'\r', &self.text[self.at..]) {
            self.at += length;
            self.step_line_end();
        } else {
            self.at = self.text.len();
            self.end = self.at;
            self.unfinished = true;
        }
    }

    fn skip_comments(&mut self) {
        if let Some(comment) = &self.layout.comment {
            while self.text[self.at..].starts_with(comment) {
                self.skip_line();
            }
        }
    }
}

#[derive(PartialEq, Eq)]
enum After {
    Field,
    Record,
    Stray,
}

fn line_ends(content: &[u8]) -> u64 {
    let lone = |at: usize| content[at] == b'\r' && content.get(at + 1) != Some(&b'\n');
    memchr::memchr2_iter(b'\n', b'\r', content)
        .filter(|&at| content[at] == b'\n' || lone(at))
        .count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout {
            delimiter: b',',
            quote: Some(b'"'),
            comment: None,
            max_cell: 1 << 20,
            max_line: 1 << 24,
        }
    }

    fn all(text: &str) -> Vec<(u64, Next, Vec<String>)> {
        let layout = layout();
        let mut records = Records::new(text.as_bytes(), &layout);
        let (mut fields, mut rows) = (Vec::new(), Vec::new());
        loop {
            let next = records.next(&mut fields).unwrap();
            if next == Next::End {
                return rows;
            }
            let mut scratch = Vec::new();
            let cells = fields
                .iter()
                .map(|field| field.raw(text.as_bytes(), Some(b'"'), &mut scratch).to_vec())
                .map(|cell| String::from_utf8(cell).unwrap())
                .collect();
            rows.push((records.line, next, cells));
        }
    }

    #[test]
    fn quoted_fields_hold_delimiters_line_ends_and_doubled_quotes() {
        let rows = all("a,b\n\"x,1\",\"say \"\"hi\"\"\"\n\"two\nlines\",3\n4,\"\"\n");
        assert_eq!(rows[1].2, ["x,1", "say \"hi\""]);
        assert_eq!(rows[2].2, ["two\nlines", "3"]);
        assert_eq!((rows[3].0, rows[3].2.clone()), (5, vec!["4".to_owned(), String::new()]));
    }

    #[test]
    fn every_line_end_ends_a_record() {
        let rows = all("a,b\r1,2\r\n3,4\n5,6");
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(rows[3].2, ["5", "6"]);
    }

    #[test]
    fn a_quote_inside_a_field_is_stray() {
        let rows = all("a,b\n1,2\"3\n4,5\n\"x\"y,6\n7,8\n");
        let kinds: Vec<Next> = rows.iter().map(|row| row.1).collect();
        assert_eq!(kinds, [Next::Row, Next::StrayQuote, Next::Row, Next::StrayQuote, Next::Row]);
        assert_eq!(rows[4].0, 5);
    }

    #[test]
    fn an_open_quote_tells_its_line() {
        let layout = layout();
        let mut records = Records::new(b"a,b\n1,2\n3,\"x\n4,5\n", &layout);
        let mut fields = Vec::new();
        records.next(&mut fields).unwrap();
        records.next(&mut fields).unwrap();
        assert_eq!(records.next(&mut fields), Err(Broken::EndsInQuotes { opened: 3 }));
    }

    #[test]
    fn a_long_cell_and_a_long_line_are_refused() {
        let layout = Layout { max_cell: 4, max_line: 9, ..layout() };
        let mut fields = Vec::new();
        let broken = Records::new(b"12345,1\n", &layout).next(&mut fields);
        assert_eq!(broken, Err(Broken::LongCell { line: 1, found: 5 }));
        let broken = Records::new(b"123,456,789\n", &layout).next(&mut fields);
        assert_eq!(broken, Err(Broken::LongLine { line: 1, found: 11 }));
    }

    #[test]
    fn marks_are_found_wherever_they_stand_in_a_block() {
        let layout = layout();
        for length in [0, 1, 63, 64, 65, 130] {
            for at in 0..length {
                let mut text = vec![b'x'; length];
                text[at] = [b',', b'"', b'\n', b'\r'][at % 4];
                for from in 0..=length {
                    let expected = if from <= at { at } else { length };
                    assert_eq!(Marks::new(&layout).next(&text, from), expected);
                }
            }
        }
    }

    #[test]
    fn a_part_ends_where_no_further_record_begins() {
        let layout = layout();
        let text = b"a,b\n1,\"two\nlines\"\n3,4\n";
        let mut records = Records::within(text, &layout, 4..7, 2);
        let mut fields = Vec::new();
        assert_eq!(records.next(&mut fields), Ok(Next::Row));
        assert_eq!((records.line, fields.len()), (2, 2));
        assert_eq!(records.next(&mut fields), Ok(Next::End));
        assert_eq!(records.position(), (18, 4));
    }
}
