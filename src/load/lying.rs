//! A text in columns as it lies on the disk, and how it is written, as its beginning and its
//! end tell.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::bytes::{reason, same};
use super::encoding::unmarked_utf16;
use super::error::LoadError;
use super::look::{Looked, Looking};
use super::params::{Limits, Settings};
use super::record::Layout;
use super::scan::{self, Top};
use super::windows::{self, Cut, Gone};
use super::{dialect, edges, made, magic, sql};
use crate::finding::Finding;

/// Bytes that tell a text in columns from anything else.
const MAGIC: usize = 1 << 20;

/// A plain text as it lies on the disk.
pub(super) struct Lying<'a> {
    pub path: &'a Path,
    pub shown_as: &'a str,
    pub before: Metadata,
    pub length: usize,
    /// Whether it is UTF-8 because it says so, or somebody.
    pub is_said: bool,
}

impl<'a> Lying<'a> {
    /// Nothing where it is something else, or nothing that can be read.
    pub(super) fn at(path: &'a Path, shown_as: &'a str, settings: &Settings) -> Option<Self> {
        // Asked before opening: opening a pipe without a writer would wait for ever.
        if sql::is_url(shown_as) || !std::fs::metadata(path).ok()?.is_file() {
            return None;
        }
        let mut file = File::open(path).ok()?;
        let before = file.metadata().ok()?;
        let head = windows::some(&mut file, 0, MAGIC).ok()?;
        let length = usize::try_from(before.len()).ok()?;
        let is_said = settings.charset.is_some() || Encoding::for_bom(&head).is_some();
        is_columns(&head, settings).then_some(Self { path, shown_as, before, length, is_said })
    }

    fn unreadable(&self) -> impl Fn(io::Error) -> LoadError + use<> {
        let file = self.shown_as.to_owned();
        move |error| LoadError::Unreadable { file: file.clone(), why: reason(&error) }
    }

    fn open(&self) -> Result<File, LoadError> {
        File::open(self.path).map_err(self.unreadable())
    }

    /// Bytes of it from `start` on, at most so many.
    pub(super) fn some(&self, start: usize, most: usize) -> Result<Vec<u8>, LoadError> {
        windows::some(&mut self.open()?, start, most).map_err(self.unreadable())
    }

    /// How many lines end before the byte `to`.
    pub(super) fn lines(&self, to: usize) -> Result<u64, LoadError> {
        windows::lines(&mut self.open()?, to).map_err(self.unreadable())
    }

    /// How it is written, as its first records tell; `None` where it is to be held.
    ///
    /// # Errors
    ///
    /// As a text that is held, of its dialect, its edges and its header.
    pub(super) fn plan(
        &self,
        mut settings: Settings,
        limits: &Limits,
        cut: &Cut,
    ) -> Result<Option<Plan>, LoadError> {
        let (file, mut head) = (self.shown_as, self.some(0, cut.head)?);
        if !is_columns(&head, &settings) {
            return Ok(None);
        }
        let is_whole = head.len() >= self.length;
        let n_mark = Encoding::for_bom(&head).map_or(0, |(_, n_mark)| n_mark);
        head.drain(..n_mark);
        let mut text = head.clone();
        edges::skip_declared(&mut text, &settings);
        let found =
            dialect::find(edges::behind_comments(&text, &settings), &settings, limits, file)?;
        let layout = found.layout;
        // A beginning of few records may read otherwise than the whole.
        let is_enough = is_whole || edges::is_enough(&text, &layout);
        if found.is_spaces || !is_enough {
            return Ok(None);
        }
        let Some((end, at)) = self.end(cut)? else { return Ok(None) };
        let around = match edges::clear(&mut text, Some(&end), &layout, &settings, file) {
            Err(LoadError::Footer { file, line, n_lines }) => {
                return Err(LoadError::Footer { file, line: self.lines(at)? + line, n_lines });
            }
            around => around?,
        };
        settings.header = settings.header.or(around.has_header);
        let top = scan::top(&text, &layout, &settings, limits, file)?;
        // What was taken away above stands before what both have.
        let both = || head.iter().rev().zip(text.iter().rev()).take_while(|(a, b)| a == b);
        let n_both = if head == text { head.len() } else { both().count() };
        let begun = text.len() - n_both;
        let (mut start, mut line) = top.after;
        if let Some(blank) = text.get(start..begun) {
            line += made::line_ends(blank);
            start = begun;
        }
        let start = n_mark + head.len() - n_both + (start - begun);
        let named = if top.header.is_some() { "a header" } else { "no header" };
        let dialect = format!("{} between the columns, {named}", dialect::word(layout.delimiter));
        Ok(Some(Plan { settings, layout, top, start, line, dialect, findings: around.findings }))
    }

    /// The last bytes, with a whole line among them, and where they begin.
    fn end(&self, cut: &Cut) -> Result<Option<(Vec<u8>, usize)>, LoadError> {
        let mut size = cut.part.max(1);
        loop {
            let start = self.length.saturating_sub(size);
            let mut end = self.some(start, size)?;
            if start == 0 || memchr::memchr2(b'\n', b'\r', end.trim_ascii_end()).is_some() {
                // A line end of two bytes is not cut.
                let n_behind = usize::from(start > 0 && end.starts_with(b"\n"));
                end.drain(..n_behind);
                return Ok(Some((end, start + n_behind)));
            }
            if size > cut.head.max(cut.window) {
                return Ok(None);
            }
            size *= 2;
        }
    }

    /// Goes over all of it. What is wrong with its rows is the second answer, because it is
    /// said only when all of it is known to be UTF-8.
    ///
    /// # Errors
    ///
    /// It cannot be read, or changes meanwhile.
    pub(super) fn look(
        &self,
        plan: Result<&Plan, LoadError>,
        cut: &Cut,
    ) -> Result<(Gone, Result<Looked, LoadError>), LoadError> {
        let mut file = self.open()?;
        let mut looking = plan.map(|plan| Looking::new(plan, cut, self.shown_as));
        let gone = windows::over(&mut file, self.length, cut.window, &mut |window| {
            let Ok(now) = &mut looking else { return window.bytes.len() };
            match now.window(window) {
                Ok(done) => done,
                Err(error) => {
                    looking = Err(now.or_footer(error, self));
                    window.bytes.len()
                }
            }
        });
        let gone = gone.map_err(self.unreadable())?;
        let after = file.metadata().map_err(self.unreadable())?;
        if gone.is_short || !same(&self.before, &after) {
            return Err(LoadError::Changed { file: self.shown_as.to_owned() });
        }
        Ok((gone, looking.map(Looking::done)))
    }
}

/// Whether the first bytes are those of a text in columns, in UTF-8 for all they say.
fn is_columns(head: &[u8], settings: &Settings) -> bool {
    let is_utf8 = match (Encoding::for_bom(head), settings.charset) {
        (Some((charset, _)), _) | (None, Some(charset)) => charset == UTF_8,
        (None, None) => unmarked_utf16(head).is_none(),
    };
    is_utf8
        && !head.is_empty()
        && magic::content(head) == magic::Content::Text
        && magic::text(head) == magic::Text::Csv
}

/// How a text is written.
pub(super) struct Plan {
    pub settings: Settings,
    pub layout: Layout,
    pub top: Top,
    /// Where the first record behind the header begins, and its line.
    pub start: usize,
    pub line: u64,
    pub dialect: String,
    /// What is around the table.
    pub findings: Vec<Finding>,
}
