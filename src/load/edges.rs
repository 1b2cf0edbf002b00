//! What stands around a table in a text: comments and titles above it, a second line of
//! names, totals below it. What is certain is taken away and said; the lines keep their
//! numbers, because what is taken away above becomes blank lines.

use super::dialect::usual;
use super::error::LoadError;
use super::footer;
use super::header;
use super::made::line_ends;
use super::missing::{self, Says};
use super::number;
use super::params::Settings;
use super::record::{Broken, Layout, Next, Records, trim};
use crate::finding::{Finding, Severity};
use crate::said::facts;

/// How many records are looked at.
const SAMPLE: usize = 200;
/// More lines than this are no titles.
const MAX_TITLES: usize = 20;

/// Takes the declared lines away: the first become blank, the last are cut off.
pub(super) fn skip_declared(text: &mut Vec<u8>, settings: &Settings) {
    if let Some(n) = settings.skip_lines {
        let at = (0..n).fold(0, |at, _| behind_line(text, at));
        blank_out(text, at, n as u64);
    }
    for _ in 0..settings.skip_footer.unwrap_or(0) {
        text.truncate(text.trim_ascii_end().len());
        let last = memchr::memrchr2(b'\n', b'\r', text).map_or(0, |at| at + 1);
        text.truncate(last);
    }
}

/// The text behind the leading lines that begin with `#`; all of it where nothing
/// follows them.
pub(super) fn behind_comments<'a>(text: &'a [u8], settings: &Settings) -> &'a [u8] {
    let mut at = 0;
    while settings.comment.is_none() && text[at..].trim_ascii_start().starts_with(b"#") {
        at += text[at..].len() - text[at..].trim_ascii_start().len();
        at = behind_line(text, at);
    }
    if text[at..].trim_ascii().is_empty() { text } else { &text[at..] }
}

/// Where the line at `at` ends, behind its line end.
pub(super) fn behind_line(text: &[u8], at: usize) -> usize {
    match memchr::memchr2(b'\n', b'\r', &text[at..]) {
        None => text.len(),
        Some(found) if text[at + found..].starts_with(b"\r\n") => at + found + 2,
        Some(found) => at + found + 1,
    }
}

/// Writes `n` blank lines in the place of everything before `at`.
fn blank_out(text: &mut Vec<u8>, at: usize, n: u64) {
    text.splice(..at, std::iter::repeat_n(b'\n', n as usize));
}

/// What was found around a table.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Whether the first line names the columns, where that has been settled here.
    pub has_header: Option<bool>,
    pub findings: Vec<Finding>,
}

/// One of the first records.
pub(super) struct Row {
    start: usize,
    line: u64,
    pub cells: Vec<Vec<u8>>,
    is_behind_blank: bool,
}

impl Row {
    /// Cells that hold anything.
    pub(super) fn n_filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// Looks around the table and takes away what is certainly not of it. Where the text is only
/// the beginning of one, `end` is its end, from which the line of an error counts.
///
/// # Errors
///
/// A last line that looks like totals and is not declared.
pub(super) fn clear(
    text: &mut Vec<u8>,
    end: Option<&[u8]>,
    layout: &Layout,
    settings: &Settings,
    file: &str,
) -> Result<Found, LoadError> {
    let rows = first_rows(text, layout);
    let mut found = Found::default();
    let is_open = settings.skip_lines.is_none();
    let n_comments = if is_open && settings.comment.is_none() { comments(text, &rows) } else { 0 };
    let may_have_titles = is_open && settings.header != Some(false);
    let n_titles = if may_have_titles { titles(&rows[n_comments..]) } else { 0 };
    let n_above = n_comments + n_titles;
    let rows = &rows[n_above..];
    if n_comments > 0 {
        found.findings.push(lines_finding("comment-lines", n_comments));
    }
    if n_titles > 0 {
        found.findings.push(lines_finding("title-lines", n_titles));
    }
    if settings.skip_footer.is_none() {
        footer::refuse_totals(end.unwrap_or(text), layout, rows, file)?;
    }
    let n_names = match settings.header_lines {
        _ if settings.header == Some(false) => 1,
        Some(declared) => declared,
        None if has_two_headers(rows) => {
            found.findings.push(Finding::new("header-lines", Severity::Warning, facts!()));
            2
        }
        None => 1,
    };
    if n_names > 1 {
        join_names(text, rows, n_names, layout);
        found.has_header = Some(true);
    } else if n_above > 0 {
        let (at, line) = rows.first().map_or((text.len(), 1), |row| (row.start, row.line));
        blank_out(text, at, line - 1);
    }
    if settings.header.is_none() && n_names == 1 && n_above == 0 && is_headless(rows) {
        found.findings.push(Finding::new("no-header", Severity::Note, facts!()));
        found.has_header = Some(false);
    }
    Ok(found)
}

fn lines_finding(key: &str, n: usize) -> Finding {
    Finding::new(key, Severity::Note, facts!(n = n)).count(n)
}

/// The first records that have fields.
pub(super) fn first_rows(text: &[u8], layout: &Layout) -> Vec<Row> {
    let mut records = Records::new(text, layout);
    let (mut fields, mut rows, mut scratch) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_behind_blank = false;
    while rows.len() < SAMPLE {
        match records.next(&mut fields) {
            Ok(Next::Blank) => is_behind_blank = !rows.is_empty(),
            Ok(Next::Row) => {
                let cell = |field: &super::record::Field, scratch: &mut Vec<u8>| {
                    trim(field.raw(text, layout.quote, scratch)).to_vec()
                };
                rows.push(Row {
                    start: records.start,
                    line: records.line,
                    cells: fields.iter().map(|field| cell(field, &mut scratch)).collect(),
                    is_behind_blank: std::mem::take(&mut is_behind_blank),
                });
            }
            // A title can hold a quote; what is wrong with it is said by the check.
            Ok(Next::StrayQuote) => {}
            Ok(Next::End) | Err(_) => break,
        }
    }
    rows
}

/// Whether the beginning of a text has all records that anybody looks at to find out how it
/// is written, with titles above them.
pub(super) fn is_enough(text: &[u8], layout: &Layout) -> bool {
    let (mut records, mut fields) = (Records::new(text, layout), Vec::new());
    let mut n = 0;
    while n < 2 * SAMPLE {
        match records.next(&mut fields) {
            Ok(Next::End) | Err(Broken::EndsInQuotes { .. }) => return false,
            // Nobody reads on.
            Err(_) => return true,
            Ok(Next::Row) => n += 1,
            Ok(Next::Blank | Next::StrayQuote) => {}
        }
    }
    true
}

/// How many of the first records are comments: they begin with `#` and are neither rows
/// nor, like `#id,name`, the names of the columns.
fn comments(text: &[u8], rows: &[Row]) -> usize {
    let n = rows.iter().take_while(|row| text[row.start..].starts_with(b"#")).count();
    let Some(next) = rows.get(n).filter(|_| n > 0) else { return 0 };
    let width = next.cells.len();
    let like_row = |row: &Row| width >= 2 && row.cells.len() == width;
    if n > 1 && rows[..n].iter().all(like_row) {
        return 0;
    }
    let last = &rows[n - 1];
    let is_header = like_row(last)
        && (!text[last.start..].starts_with(b"# ")
            || header::looks_like_data(&next.cells, &cells(&rows[n + 1..])));
    n - usize::from(is_header)
}

fn cells(rows: &[Row]) -> Vec<Vec<Vec<u8>>> {
    rows.iter().map(|row| row.cells.clone()).collect()
}

/// How many of the first records are titles: one text each, or set off by a blank line,
/// above names and rows that all have the same number of fields.
fn titles(rows: &[Row]) -> usize {
    let width = usual(rows.iter().map(|row| row.cells.len()));
    if width < 2 {
        return 0;
    }
    let is_names = |row: &Row| row.cells.len() == width && row.n_filled() * 2 > width;
    let Some(n) = rows.iter().position(is_names).filter(|n| (1..=MAX_TITLES).contains(n)) else {
        return 0;
    };
    let (above, table) = rows.split_at(n);
    let is_set_off = table[0].is_behind_blank;
    // One word could be the only name of a column, unless what follows is surely names.
    let are_names = width >= 3 && names_numbers(&table[0].cells, &table[1..]);
    let is_title = |row: &Row| {
        let one_text = row.n_filled() <= 1 && !row.cells[0].is_empty();
        let is_short = row.cells.len() < width && are_names;
        let says_so = is_set_off || row.cells[0].contains(&b' ') || is_short;
        (one_text && says_so) || (is_set_off && row.cells.len() != width)
    };
    let n_odd = table.iter().filter(|row| row.cells.len() != width).count();
    let is_sure = table.len() > n.max(1)
        && n_odd <= 1 + table.len() / 10
        && above.iter().all(is_title)
        && !header::looks_like_data(&table[0].cells, &cells(&table[1..]));
    if is_sure { n } else { 0 }
}

/// Whether a text stands above a column of numbers.
fn names_numbers(names: &[Vec<u8>], rows: &[Row]) -> bool {
    let is_text = |name: &[u8]| !name.is_empty() && !number::form(name).is_number();
    (0..names.len()).any(|at| is_text(&names[at]) && mostly_numbers(&present(rows, at)))
}

/// Values that are there in column `at`.
pub(super) fn present(rows: &[Row], at: usize) -> Vec<&[u8]> {
    let cells = rows.iter().filter_map(|row| row.cells.get(at)).map(Vec::as_slice);
    cells.filter(|cell| !cell.is_empty() && missing::says(cell, &[]) == Says::Value).collect()
}

/// Whether nine of ten are numbers, and there are two or more.
pub(super) fn mostly_numbers(cells: &[&[u8]]) -> bool {
    let n = cells.iter().filter(|cell| number::form(cell).is_number()).count();
    cells.len() >= 2 && n * 10 >= cells.len() * 9
}

/// Whether the second record also names the columns: it holds different texts, which do
/// not occur below, above all columns of numbers, of which there are two or more.
fn has_two_headers(rows: &[Row]) -> bool {
    let [first, second, below @ ..] = rows else { return false };
    let width = first.cells.len();
    if second.cells.len() != width || below.len() < 2 {
        return false;
    }
    let is_text =
        |cell: &[u8]| missing::says(cell, &[]) == Says::Value && !number::form(cell).is_number();
    let mut texts = Vec::new();
    for at in 0..width {
        let values = present(below, at);
        if !mostly_numbers(&values) {
            continue;
        }
        let (top, name) = (first.cells[at].as_slice(), second.cells[at].as_slice());
        let is_name = !name.is_empty() && is_text(name) && !values.contains(&name);
        if !is_name || (!top.is_empty() && !is_text(top)) {
            return false;
        }
        texts.push(name);
    }
    let n_texts = texts.len();
    texts.sort_unstable();
    texts.dedup();
    n_texts >= 2 && texts.len() == n_texts
}

/// Joins the first `n` records to one that names the columns, in the line before the
/// next record. A name that spans several columns, as merged cells do, is repeated.
fn join_names(text: &mut Vec<u8>, rows: &[Row], n: usize, layout: &Layout) {
    let names = &rows[..n.min(rows.len())];
    let width = names.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut joined: Vec<Vec<u8>> = vec![Vec::new(); width];
    for (level, row) in names.iter().enumerate() {
        let mut spanning: &[u8] = b"";
        for (at, name) in joined.iter_mut().enumerate() {
            let cell = row.cells.get(at).map_or(&b""[..], Vec::as_slice);
            if !cell.is_empty() {
                spanning = cell;
            }
            let part = if level + 1 < names.len() { spanning } else { cell };
            if !part.is_empty() && !name.is_empty() {
                name.push(b' ');
            }
            name.extend_from_slice(part);
        }
    }
    let mut line = Vec::new();
    for (at, name) in joined.iter().enumerate() {
        if at > 0 {
            line.push(layout.delimiter);
        }
        quote(name, layout.quote, &mut line);
    }
    let (at, next_line) =
        rows.get(n).map_or_else(|| (text.len(), line_ends(text) + 2), |row| (row.start, row.line));
    let n_blank = (next_line - 1).saturating_sub(1 + line_ends(&line));
    let blank = std::iter::repeat_n(b'\n', n_blank as usize);
    let head: Vec<u8> = blank.chain(line).chain([b'\n']).collect();
    text.splice(..at, head);
}

fn quote(cell: &[u8], quote: Option<u8>, out: &mut Vec<u8>) {
    let Some(quote) = quote else { return out.extend_from_slice(cell) };
    out.push(quote);
    for &byte in cell {
        if byte == quote {
            out.push(quote);
        }
        out.push(byte);
    }
    out.push(quote);
}

/// Whether the first record holds numbers like all others. Numbers that count up by one
/// from 0, 1 or a year can be names, as pandas and tables by year write them.
fn is_headless(rows: &[Row]) -> bool {
    let [first, below @ ..] = rows else { return false };
    let is_number = |cell: &Vec<u8>| number::form(cell).is_number();
    let fits = |row: &Row| {
        let missing = |cell: &Vec<u8>| cell.is_empty() || missing::says(cell, &[]) != Says::Value;
        row.cells.len() != first.cells.len()
            || row.cells.iter().all(|cell| is_number(cell) || missing(cell))
    };
    if below.is_empty() || !first.cells.iter().all(is_number) || !below.iter().all(fits) {
        return false;
    }
    let whole = |cell: &Vec<u8>| std::str::from_utf8(cell).ok()?.parse::<i64>().ok();
    let Some(whole) = first.cells.iter().map(whole).collect::<Option<Vec<_>>>() else {
        return true;
    };
    let counts = whole.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
    let begins = matches!(whole[0], 0 | 1 | 1900..=2100);
    let again = below.iter().any(|row| row.cells == first.cells);
    !(counts && begins) || again || (whole.len() == 1 && whole[0] != 0)
}
