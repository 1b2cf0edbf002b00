//! Lines below a table that are not of it: totals, notes. They are never left out
//! unasked, because a row that is taken for a footer would be missing silently; the error
//! names the setting that leaves them out.

use super::edges::{Row, behind_line, first_rows, mostly_numbers, present};
use super::error::LoadError;
use super::made::line_ends;
use super::record::Layout;

/// More lines than this behind a blank line are no footer.
const MAX_FOOTER: usize = 3;
/// Words that begin a line of totals, in small letters.
const TOTALS: [&str; 24] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
    "sums",
    "overall",
    "gesamt",
    "summe",
    "gesamtsumme",
    "insgesamt",
    "total général",
    "somme",
    "totale",
    "totaal",
    "totalt",
    "i alt",
    "suma",
    "suma total",
    "total geral",
    "razem",
    "итого",
    "合計",
    "合计",
];

/// Refuses a last line that begins with a word for totals and has another number of
/// fields than the table, an empty field, or that word among numbers.
pub(super) fn refuse_totals(
    text: &[u8],
    layout: &Layout,
    rows: &[Row],
    file: &str,
) -> Result<(), LoadError> {
    let [_, below @ ..] = rows else { return Ok(()) };
    let body = text.trim_ascii_end();
    let at = memchr::memrchr2(b'\n', b'\r', body).map_or(0, |at| at + 1);
    let last = first_rows(&body[at..], layout);
    let [last] = last.as_slice() else { return Ok(()) };
    let Some(word) = last.cells.iter().position(|cell| !cell.is_empty()) else { return Ok(()) };
    let is_total = std::str::from_utf8(&last.cells[word]).is_ok_and(|cell| {
        let cell = cell.trim_end_matches(':').trim_end().to_lowercase();
        TOTALS.contains(&cell.as_str())
    });
    let width = rows[0].cells.len();
    let is_odd = last.cells.len() != width
        || last.n_filled() < width
        || mostly_numbers(&present(&below[..below.len().saturating_sub(1)], word));
    if !is_total || !is_odd || width < 2 || below.len() < 2 {
        return Ok(());
    }
    let line = line_ends(&body[..at]) + 1;
    Err(LoadError::Footer { file: file.to_owned(), line, n_lines: 1 })
}

/// The error of a blank line that few lines of another width follow: they are a footer.
pub(super) fn or_footer(error: LoadError, text: &[u8], layout: &Layout) -> LoadError {
    let LoadError::BlankLine { file, line } = &error else { return error };
    let at = (1..*line).fold(0, |at, _| behind_line(text, at));
    let width = first_rows(text, layout).first().map_or(0, |row| row.cells.len());
    below(file, *line, &text[at..], width, layout).unwrap_or(error)
}

/// The error of what stands below a table of so many columns from a blank line on, if it is
/// a footer.
pub(super) fn below(
    file: &str,
    line: u64,
    rest: &[u8],
    width: usize,
    layout: &Layout,
) -> Option<LoadError> {
    let behind = rest.trim_ascii();
    let n_lines = line_ends(behind) + 1;
    let other = first_rows(behind, layout).iter().all(|row| row.cells.len() != width);
    if behind.is_empty() || n_lines > MAX_FOOTER as u64 || !other {
        return None;
    }
    let blank = &rest[..rest.len() - rest.trim_ascii_start().len()];
    Some(LoadError::Footer { file: file.to_owned(), line: line + line_ends(blank), n_lines })
}
