//! Text made of another format: workbooks, JSON and ARFF become the one strict dialect
//! of RFC 4180, so that a single reader checks and reads all of them. Where a made line
//! comes from is remembered, and every message names the place in the user's own file.

use super::error::{LoadError, Place};
use crate::finding::Finding;

/// A table as text, and where it comes from.
#[derive(Debug)]
pub(super) struct Made {
    /// Double quotes, LF.
    pub text: Vec<u8>,
    pub delimiter: u8,
    /// `None` where its lines are its own.
    pub origin: Option<Origin>,
    /// The format in one word.
    pub format: &'static str,
    /// How it lies in the file, in words; may be empty.
    pub dialect: String,
    /// Whether the first line is surely the names: not so in a sheet.
    pub has_names: bool,
    pub findings: Vec<Finding>,
}

/// Where made lines come from.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    files: Vec<Whose>,
    steps: Vec<Step>,
}

/// A file, and whether its places are lines or rows.
type Whose = (String, fn(u64) -> Place);

/// From made line `from` on, lines come from `file`, one by one from `own` on.
#[derive(Debug, Clone, Copy)]
struct Step {
    from: u64,
    file: usize,
    own: u64,
}

impl Origin {
    /// Texts one after the other, each with all of its lines and the first of them.
    pub(super) fn of_files(files: Vec<(u64, String)>) -> Self {
        let step = |(file, (from, _)): (usize, &(u64, String))| Step { from: *from, file, own: 1 };
        let steps = files.iter().enumerate().map(step).collect();
        let whose = |(_, file): (u64, String)| -> Whose { (file, Place::Line) };
        Self { steps, files: files.into_iter().map(whose).collect() }
    }

    /// The file and the place in it.
    pub(super) fn place(&self, made: Place) -> (&str, Place) {
        let (Place::Line(line) | Place::Row(line)) = made;
        let at = self.steps.partition_point(|step| step.from <= line);
        let step = at.checked_sub(1).map(|at| self.steps[at]);
        let step = step.unwrap_or(Step { from: line, file: 0, own: line });
        match self.files.get(step.file) {
            Some((file, place)) => (file, place(step.own + (line - step.from))),
            None => ("", made),
        }
    }

    /// The error with the user's own file and place.
    #[must_use]
    pub(super) fn own(&self, mut error: LoadError) -> LoadError {
        move_to(&mut error, &|file, made| {
            let (own_file, place) = self.place(made);
            own_file.clone_into(file);
            place
        });
        error
    }
}

/// Gives every place of an error and its file to `own`, which may change the file and
/// answers with the place that is meant. Every variant stands here, so that none that is
/// added is forgotten.
fn move_to(error: &mut LoadError, own: &dyn Fn(&mut String, Place) -> Place) {
    use LoadError as E;
    let line_of = |file: &mut String, line: &mut u64| {
        let (Place::Line(moved) | Place::Row(moved)) = own(file, Place::Line(*line));
        *line = moved;
    };
    match error {
        E::Ragged { file, at, .. }
        | E::AmbiguousDecimals { file, at, .. }
        | E::Spelled { file, at, .. }
        | E::NotNumber { file, at, .. }
        | E::Infinite { file, at, .. }
        | E::ImpossibleDay { file, at, .. }
        | E::PlaceholderDay { file, at, .. }
        | E::MixedZones { file, at, .. }
        | E::SkippedTime { file, at, .. }
        | E::NotDay { file, at, .. } => *at = own(file, *at),
        E::EndsInQuotes { file, opened: line }
        | E::EndsInLine { file, line, .. }
        | E::BlankLine { file, line }
        | E::StrayQuote { file, line }
        | E::Footer { file, line, .. }
        | E::NoHeader { file, line }
        | E::TooManyBadRows { file, line, .. }
        | E::TooLong { file, line, .. } => line_of(file, line),
        E::HeaderAgain { file, first, line } => {
            line_of(&mut file.clone(), first);
            line_of(file, line);
        }
        E::Empty { .. }
        | E::HeaderOnly { .. }
        | E::Unreadable { .. }
        | E::Address { .. }
        | E::OneColumn { .. }
        | E::DuplicateHeader { .. }
        | E::EmptyHeader { .. }
        | E::NoColumn { .. }
        | E::Utf16 { .. }
        | E::NotUtf8 { .. }
        | E::NotEncoded { .. }
        | E::UnknownCharset { .. }
        | E::Nul { .. }
        | E::Changed { .. }
        | E::AmbiguousDays { .. }
        | E::MixedDays { .. }
        | E::MixedCounts { .. }
        | E::SeveralCurrencies { .. }
        | E::TooLarge { .. }
        | E::BrokenParquet { .. }
        | E::Unsound { .. }
        | E::Damaged { .. }
        | E::SeveralParts { .. }
        | E::NoSuchPart { .. }
        | E::HeadersDiffer { .. }
        | E::NoMatch { .. }
        | E::SomethingElse { .. }
        | E::UnsupportedType { .. }
        | E::TruncatedArchive { .. }
        | E::Bomb { .. }
        | E::TooBig { .. }
        | E::Setting { .. }
        | E::Internal { .. }
        | E::Sql(_) => {}
    }
}

/// Writes made text line by line.
#[derive(Debug)]
pub(super) struct Writer {
    /// A comma where nothing else is set before the first record.
    pub delimiter: u8,
    text: Vec<u8>,
    /// The line that is written next, from 1.
    line: u64,
    is_first_field: bool,
    origin: Origin,
}

impl Writer {
    /// Begins a text of one file; places in it are given as `place` says.
    pub(super) fn new(file: &str, place: fn(u64) -> Place) -> Self {
        Self {
            delimiter: b',',
            text: Vec::new(),
            line: 1,
            is_first_field: true,
            origin: Origin { files: vec![(file.to_owned(), place)], steps: Vec::new() },
        }
    }

    /// The records that follow come from another file.
    pub(super) fn next_file(&mut self, file: &str, place: fn(u64) -> Place) {
        self.origin.files.push((file.to_owned(), place));
    }

    /// Begins a record that stands at `own` in its file.
    pub(super) fn begin(&mut self, own: u64) {
        let file = self.origin.files.len().saturating_sub(1);
        let goes_on = self.origin.steps.last().is_some_and(|last| {
            last.file == file && self.line.checked_sub(last.from) == own.checked_sub(last.own)
        });
        if !goes_on {
            self.origin.steps.push(Step { from: self.line, file, own });
        }
        self.is_first_field = true;
    }

    /// A field as it stands, which must hold no delimiter, quote or line end.
    pub(super) fn plain(&mut self, field: &[u8]) {
        self.separate();
        self.text.extend_from_slice(field);
    }

    /// A field of any content.
    pub(super) fn quoted(&mut self, field: &[u8]) {
        self.separate();
        self.text.push(b'"');
        for &byte in field {
            if byte == b'"' {
                self.text.push(b'"');
            }
            self.text.push(byte);
        }
        self.text.push(b'"');
        if memchr::memchr2(b'\n', b'\r', field).is_some() {
            self.line += line_ends(field);
        }
    }

    /// A field of any content, in quotes only where it needs them.
    pub(super) fn field(&mut self, field: &[u8]) {
        let needs = field.iter().any(|byte| *byte == self.delimiter || b"\"\n\r \t".contains(byte));
        if needs { self.quoted(field) } else { self.plain(field) }
    }

    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first_field) {
            self.text.push(self.delimiter);
        }
    }

    /// Ends a record.
    pub(super) fn end(&mut self) {
        self.text.push(b'\n');
        self.line += 1;
    }

    /// Bytes so far.
    pub(super) fn n_bytes(&self) -> u64 {
        self.text.len() as u64
    }

    /// The text and where it comes from.
    pub(super) fn finish(self) -> (Vec<u8>, Origin) {
        (self.text, self.origin)
    }
}

/// Ends of lines: LF, CRLF and a lone CR.
pub(super) fn line_ends(text: &[u8]) -> u64 {
    let ends =
        |at: usize| text[at] == b'\n' || (text[at] == b'\r' && text.get(at + 1) != Some(&b'\n'));
    memchr::memchr2_iter(b'\n', b'\r', text).filter(|&at| ends(at)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_behind_fields_of_several_lines_and_gaps() {
        let mut out = Writer::new("a.json", Place::Line);
        for (own, field) in [(1, "id"), (2, "two\nlines\r\nor three"), (3, "x"), (7, "y")] {
            out.begin(own);
            out.field(field.as_bytes());
            out.end();
        }
        out.next_file("b.json", Place::Row);
        out.begin(2);
        out.field(b"z \"q\"");
        out.end();
        let (text, origin) = out.finish();
        assert!(text.ends_with(b"x\ny\n\"z \"\"q\"\"\"\n"));
        for (made, file, own) in
            [(1, "a.json", 1), (2, "a.json", 2), (5, "a.json", 3), (6, "a.json", 7)]
        {
            assert_eq!(origin.place(Place::Line(made)), (file, Place::Line(own)), "{made}");
        }
        assert_eq!(origin.place(Place::Line(7)), ("b.json", Place::Row(2)));
        let error = LoadError::BlankLine { file: "all".into(), line: 7 };
        let expected = LoadError::BlankLine { file: "b.json".into(), line: 2 };
        assert_eq!(origin.own(error), expected);
    }
}
