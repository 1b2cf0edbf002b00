//! Which character separates the columns, found out from the first records.

use std::collections::BTreeMap;

use super::error::LoadError;
use super::params::{Limits, Settings};
use super::record::{Field, Layout, Next, Records};
use super::spaces::{self, Spaces};

/// How many records are looked at.
const SAMPLE: usize = 200;
/// More lines than this are no titles.
const MAX_TITLES: usize = 20;
/// Found out in this order: a comma can be a decimal sign, the others rarely mean
/// anything else when every record has the same number of them.
const CANDIDATES: [u8; 4] = [b'\t', b';', b'|', b','];
/// A delimiter that stands for runs of blanks.
pub(super) const SPACES: u8 = b' ';

/// How a text is written.
#[derive(Debug)]
pub(super) struct Dialect {
    /// Runs of blanks are tabs in it, which the text has still to become.
    pub layout: Layout,
    pub is_spaces: bool,
}

/// The dialect of the text.
///
/// # Errors
///
/// One column, as declared or for want of certainty, where another delimiter would give
/// several.
pub(super) fn find(
    text: &[u8],
    settings: &Settings,
    limits: &Limits,
    file: &str,
) -> Result<Dialect, LoadError> {
    let layout = |delimiter: u8| Layout {
        delimiter,
        quote: settings.quote,
        comment: settings.comment.clone(),
        max_cell: limits.max_cell,
        max_line: limits.max_line,
    };
    let found = |delimiter| Dialect {
        layout: layout(if delimiter == SPACES { b'\t' } else { delimiter }),
        is_spaces: delimiter == SPACES,
    };
    let one_column = |looks_like| LoadError::OneColumn { file: file.to_owned(), looks_like };
    let spaces = || spaces::look(text, settings.quote, settings.comment.as_deref());
    if let Some(declared) = settings.delimiter {
        if declared == SPACES || sample(text, &layout(declared)).has_columns() {
            return Ok(found(declared));
        }
        let others = CANDIDATES.into_iter().filter(|&other| other != declared);
        return match best(text, others, &layout) {
            None => Ok(found(declared)),
            Some(Best { delimiter, .. }) => Err(one_column(word(delimiter))),
        };
    }
    let best = best(text, CANDIDATES.into_iter(), &layout);
    if let Some(Best { delimiter, is_certain: true }) = best {
        return Ok(found(delimiter));
    }
    match (spaces(), best) {
        (Spaces::Sure, _) => Ok(found(SPACES)),
        (_, Some(best)) => Ok(found(best.delimiter)),
        (Spaces::Perhaps, None) => Err(one_column(word(SPACES))),
        (Spaces::No, None) => Ok(found(b',')),
    }
}

/// The delimiter in words.
pub(super) fn word(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "a comma",
        b';' => "a semicolon",
        b'\t' => "a tab",
        b'|' => "a bar",
        SPACES => "a run of spaces",
        _ => "another character",
    }
}

/// What a delimiter makes of the first records.
#[derive(Default)]
struct Sample {
    /// The number of fields of each.
    widths: Vec<usize>,
    /// Whether the first has a blank inside.
    first_has_blank: bool,
    /// How many records stand above the first blank line.
    n_above_gap: Option<usize>,
}

impl Sample {
    fn has_columns(&self) -> bool {
        self.widths.first().is_some_and(|&width| width >= 2)
    }

    /// Whether all records have as many fields as the first.
    fn agrees(&self) -> bool {
        self.widths.windows(2).all(|pair| pair[0] == pair[1])
    }

    fn score(&self) -> usize {
        let first = self.widths.first().copied().unwrap_or(0);
        self.widths.iter().filter(|&&width| width == first).count() * first.saturating_sub(1)
    }

    /// Whether most records agree below a few that can be titles.
    fn agrees_below_titles(&self) -> bool {
        let width = usual(self.widths.iter().copied());
        let n_titles = self.widths.iter().position(|&one| one == width).unwrap_or(0);
        let table = &self.widths[n_titles..];
        let n_odd = table.iter().filter(|&&one| one != width).count();
        let may_be_titles =
            self.first_has_blank || width >= 3 || self.n_above_gap == Some(n_titles);
        width >= 2
            && (1..=MAX_TITLES).contains(&n_titles)
            && may_be_titles
            && table.len() > n_titles
            && n_odd <= 1 + table.len() / 10
    }
}

/// The most frequent of several numbers, the biggest of equals; 0 of none.
pub(super) fn usual(widths: impl Iterator<Item = usize>) -> usize {
    let mut counts = BTreeMap::new();
    for width in widths {
        *counts.entry(width).or_insert(0_usize) += 1;
    }
    counts.into_iter().max_by_key(|&(width, n)| (n, width)).map_or(0, |(width, _)| width)
}

fn sample(text: &[u8], layout: &Layout) -> Sample {
    let mut found = Sample::default();
    let mut records = Records::new(text, layout);
    let mut fields: Vec<Field> = Vec::new();
    while found.widths.len() < SAMPLE {
        match records.next(&mut fields) {
            Ok(Next::End) | Err(_) => break,
            Ok(Next::Blank) if found.widths.is_empty() => {}
            Ok(Next::Blank) => {
                found.n_above_gap.get_or_insert(found.widths.len());
            }
            Ok(Next::Row | Next::StrayQuote) => {
                if found.widths.is_empty() {
                    let first = text[records.start..records.end].trim_ascii();
                    found.first_has_blank = first.contains(&b' ');
                }
                found.widths.push(fields.len());
            }
        }
    }
    found
}

/// The delimiter that fits best.
struct Best {
    delimiter: u8,
    /// Whether all records agree on it.
    is_certain: bool,
}

/// The first candidate on which all records agree, else on which all agree below titles,
/// else the one with the best score.
fn best(
    text: &[u8],
    candidates: impl Iterator<Item = u8>,
    layout: &dyn Fn(u8) -> Layout,
) -> Option<Best> {
    let seen: Vec<(u8, Sample)> =
        candidates.map(|delimiter| (delimiter, sample(text, &layout(delimiter)))).collect();
    let with_columns = || seen.iter().filter(|(_, sample)| sample.has_columns());
    if let Some((delimiter, _)) = with_columns().find(|(_, sample)| sample.agrees()) {
        return Some(Best { delimiter: *delimiter, is_certain: true });
    }
    let titled = seen.iter().find(|(_, sample)| sample.agrees_below_titles());
    // The first of equals: `max_by_key` would take the last.
    let scored = || with_columns().rev().max_by_key(|(_, sample)| sample.score());
    titled.or_else(scored).map(|(delimiter, _)| Best { delimiter: *delimiter, is_certain: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::params::CsvParams;

    fn found(text: &str) -> Result<u8, LoadError> {
        let settings = CsvParams::default().check().unwrap();
        let dialect = find(text.as_bytes(), &settings, &Limits::default(), "t")?;
        Ok(dialect.layout.delimiter)
    }

    #[test]
    fn each_delimiter_is_found() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b;c\n1;2;3\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("a;b\n1,5;2,5\n3,25;4\n", b';'),
            ("1,5;2,5;3,5\n1,5;2,5;3,5\n", b';'),
            ("a,b\n\"x;1\",2\n\"y;2\",3\n", b','),
            ("a,b,c\n1,2,3\n1,2\n", b','),
        ] {
            assert_eq!(found(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn one_column_is_one_column() {
        assert_eq!(found("c0\nv0\na;b\n"), Ok(b','));
        assert_eq!(found("id\nA1\nA2\n"), Ok(b','));
    }

    #[test]
    fn runs_of_spaces_are_found_where_they_are_certain() {
        for (text, expected) in [
            (" id  date n\n 1  19970101 2\n 2 19970102 3\n", true),
            ("1 2.5\n3 4.5\n", true),
            ("a,b\n1 2,3 4\n5 6,7 8\n", false),
        ] {
            let settings = CsvParams::default().check().unwrap();
            let dialect = find(text.as_bytes(), &settings, &Limits::default(), "t").unwrap();
            assert_eq!(dialect.is_spaces, expected, "{text}");
        }
        let error = found("full name\nJohn Smith\nJane Doe\n").unwrap_err();
        assert!(matches!(error, LoadError::OneColumn { looks_like: "a run of spaces", .. }));
    }

    #[test]
    fn titles_above_do_not_hide_the_delimiter() {
        let text = "Customers, made on Monday\n\nid;n;spend\n1;2;3,5\n2;3;4,5\n3;4;5,5\n";
        assert_eq!(found(text), Ok(b';'));
    }

    #[test]
    fn a_declared_delimiter_that_gives_one_column_is_refused_where_another_gives_more() {
        let params = CsvParams { delimiter: Some(",".into()), ..CsvParams::default() };
        let settings = params.check().unwrap();
        let error = find(b"a;b\n1;2\n", &settings, &Limits::default(), "t").unwrap_err();
        assert!(matches!(error, LoadError::OneColumn { looks_like: "a semicolon", .. }));
    }
}
