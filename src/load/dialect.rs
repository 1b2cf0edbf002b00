//! Which character separates the columns, found out from the first records.

use super::error::LoadError;
use super::params::{Limits, Settings};
use super::record::{Field, Layout, Next, Records};

/// How many records are looked at.
const SAMPLE: usize = 200;
/// Found out in this order: a comma can be a decimal sign, the others rarely mean
/// anything else when every record has the same number of them.
const CANDIDATES: [u8; 4] = [b'\t', b';', b'|', b','];

/// The layout of the text.
///
/// # Errors
///
/// One column where another delimiter would give several.
pub(super) fn find(
    text: &[u8],
    settings: &Settings,
    limits: &Limits,
    file: &str,
) -> Result<Layout, LoadError> {
    let layout = |delimiter: u8| Layout {
        delimiter,
        quote: settings.quote,
        comment: settings.comment.clone(),
        max_cell: limits.max_cell,
        max_line: limits.max_line,
    };
    let one_column = |looks_like| LoadError::OneColumn { file: file.to_owned(), looks_like };
    if let Some(declared) = settings.delimiter {
        let found = layout(declared);
        if !sample(text, &found).has_columns() {
            let others = CANDIDATES.into_iter().filter(|&other| other != declared);
            if let Some(other) = best(text, others, &layout) {
                return Err(one_column(word(other)));
            }
        }
        return Ok(found);
    }
    if let Some(found) = best(text, CANDIDATES.into_iter(), &layout) {
        return Ok(layout(found));
    }
    if separated_by_spaces(text, &layout(b'\t')) {
        return Err(one_column("a run of spaces"));
    }
    Ok(layout(b','))
}

/// The delimiter in words.
pub(super) fn word(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "a comma",
        b';' => "a semicolon",
        b'\t' => "a tab",
        b'|' => "a bar",
        _ => "another character",
    }
}

/// What a delimiter makes of the first records.
struct Sample {
    records: usize,
    /// Fields of the first record.
    fields: usize,
    /// Records with as many fields as the first.
    equal: usize,
}

impl Sample {
    fn has_columns(&self) -> bool {
        self.fields >= 2
    }

    fn score(&self) -> usize {
        self.equal * (self.fields - 1)
    }
}

fn sample(text: &[u8], layout: &Layout) -> Sample {
    let mut found = Sample { records: 0, fields: 0, equal: 0 };
    let mut records = Records::new(text, layout);
    let mut fields: Vec<Field> = Vec::new();
    while found.records < SAMPLE {
        match records.next(&mut fields) {
            Ok(Next::End) | Err(_) => break,
            Ok(Next::Blank) => continue,
            Ok(Next::Row) if found.fields == 0 => found.fields = fields.len(),
            Ok(Next::Row | Next::StrayQuote) => {}
        }
        found.records += 1;
        found.equal += usize::from(fields.len() == found.fields);
    }
    found
}

/// The first candidate on which all records agree, else the one with the best score.
fn best(
    text: &[u8],
    candidates: impl Iterator<Item = u8>,
    layout: &dyn Fn(u8) -> Layout,
) -> Option<u8> {
    let seen: Vec<(u8, Sample)> = candidates
        .map(|delimiter| (delimiter, sample(text, &layout(delimiter))))
        .filter(|(_, sample)| sample.has_columns())
        .collect();
    let agreed = seen.iter().find(|(_, sample)| sample.equal == sample.records);
    let scored = || {
        // The first of equals: `max_by_key` would take the last.
        seen.iter().rev().max_by_key(|(_, sample)| sample.score())
    };
    agreed.or_else(scored).map(|(delimiter, _)| *delimiter)
}

/// Whether all records have the same number, two or more, of words.
fn separated_by_spaces(text: &[u8], layout: &Layout) -> bool {
    let mut records = Records::new(text, layout);
    let mut fields = Vec::new();
    let (mut n_words, mut n_records) = (0, 0);
    while n_records < SAMPLE {
        match records.next(&mut fields) {
            Ok(Next::Row) => {}
            Ok(Next::Blank) => continue,
            Ok(Next::End) => break,
            _ => return false,
        }
        let record = &text[records.start..records.end];
        let words = record.split(|&byte| byte == b' ').filter(|word| !word.is_empty()).count();
        if n_records > 0 && words != n_words {
            return false;
        }
        (n_words, n_records) = (words, n_records + 1);
    }
    n_words >= 2 && n_records >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::params::CsvParams;

    fn found(text: &str) -> Result<u8, LoadError> {
        let settings = CsvParams::default().check().unwrap();
        find(text.as_bytes(), &settings, &Limits::default(), "t").map(|layout| layout.delimiter)
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
    fn columns_separated_by_spaces_are_named() {
        let error = found(" id  date n\n 1  19970101 2\n 2 19970102 3\n").unwrap_err();
        assert!(matches!(error, LoadError::OneColumn { looks_like: "a run of spaces", .. }));
    }

    #[test]
    fn a_declared_delimiter_that_gives_one_column_is_refused_where_another_gives_more() {
        let params = CsvParams { delimiter: Some(",".into()), ..CsvParams::default() };
        let settings = params.check().unwrap();
        let error = find(b"a;b\n1;2\n", &settings, &Limits::default(), "t").unwrap_err();
        assert!(matches!(error, LoadError::OneColumn { looks_like: "a semicolon", .. }));
    }
}
