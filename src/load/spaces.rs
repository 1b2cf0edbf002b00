//! Columns separated by runs of blanks, as statistics programs print them. Each line
//! becomes one with a tab between the words, so that the one strict reader reads it and
//! every line keeps its number.

/// How many lines are looked at.
const SAMPLE: usize = 200;

/// What the first lines say about runs of blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spaces {
    /// They separate nothing.
    No,
    /// Every line has the same number of words, but that can be chance.
    Perhaps,
    /// Every line has the same number of words, and they are aligned or all numbers.
    Sure,
}

/// Looks at the first lines.
pub(super) fn look(text: &[u8], quote: Option<u8>, comment: Option<&[u8]>) -> Spaces {
    let (mut n_words, mut n_lines, mut n_aligned, mut all_numbers) = (0, 0_usize, 0_usize, true);
    let is_row = |line: &Line| {
        let is_comment = comment.is_some_and(|comment| line.content.starts_with(comment));
        !is_comment && !line.content.trim_ascii().is_empty()
    };
    for line in lines(text).filter(is_row).take(SAMPLE) {
        let words = words(line.content, quote);
        if n_lines > 0 && words.len() != n_words {
            return Spaces::No;
        }
        let is_number = |word: &&[u8]| super::number::form(word).is_number();
        // The first line can be names.
        all_numbers &= n_lines == 0 || words.iter().all(is_number);
        n_aligned += usize::from(is_aligned(line.content));
        (n_words, n_lines) = (words.len(), n_lines + 1);
    }
    if n_words < 2 || n_lines < 2 {
        Spaces::No
    } else if all_numbers || n_aligned * 2 > n_lines {
        Spaces::Sure
    } else {
        Spaces::Perhaps
    }
}

/// Whether a line begins with a blank or has two of them in a row.
fn is_aligned(line: &[u8]) -> bool {
    let inside = line.trim_ascii();
    line.first() == Some(&b' ') || memchr::memmem::find(inside, b"  ").is_some()
}

/// Writes a tab for every run of blanks and none around a line; lines that begin with
/// `comment` stay as they are.
pub(super) fn to_tabs(text: &[u8], quote: Option<u8>, comment: Option<&[u8]>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for line in lines(text) {
        if comment.is_some_and(|comment| line.content.starts_with(comment)) {
            out.extend_from_slice(line.content);
        } else {
            for (at, word) in words(line.content, quote).into_iter().enumerate() {
                if at > 0 {
                    out.push(b'\t');
                }
                out.extend_from_slice(word);
            }
        }
        out.extend_from_slice(line.end);
    }
    out
}

struct Line<'a> {
    content: &'a [u8],
    /// LF, CRLF, CR or, in the last line, nothing.
    end: &'a [u8],
}

fn lines(text: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let width = match &rest[length..] {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        let line = Line { content: &rest[..length], end: &rest[length..length + width] };
        rest = &rest[length + width..];
        Some(line)
    })
}

/// The words of a line; one that begins with a quote goes on to the next quote that is
/// not doubled.
fn words(line: &[u8], quote: Option<u8>) -> Vec<&[u8]> {
    let is_blank = |byte: u8| byte == b' ' || byte == b'\t';
    let (mut words, mut at) = (Vec::new(), 0);
    loop {
        while line.get(at).is_some_and(|&byte| is_blank(byte)) {
            at += 1;
        }
        if at >= line.len() {
            return words;
        }
        let start = at;
        if let Some(quote) = quote.filter(|&quote| line[at] == quote) {
            at = behind_quotes(line, at, quote);
        }
        while line.get(at).is_some_and(|&byte| !is_blank(byte)) {
            at += 1;
        }
        words.push(&line[start..at]);
    }
}

/// The position behind the quote that ends the one at `at`; where none ends it, the
/// position behind that one, so that the reader finds the fault.
fn behind_quotes(line: &[u8], at: usize, quote: u8) -> usize {
    let mut end = at + 1;
    while let Some(found) = memchr::memchr(quote, &line[end.min(line.len())..]) {
        end += found + 1;
        if line.get(end) != Some(&quote) {
            return end;
        }
        end += 1;
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTE: Option<u8> = Some(b'"');

    #[test]
    fn words_are_separated_by_one_tab_and_lines_stay() {
        let text = b" 1  19970101 2\r\n\r\n 22 \t19970102  3\n\"a b\" \"say \"\"hi\"\"\" c";
        let expected = b"1\t19970101\t2\r\n\r\n22\t19970102\t3\n\"a b\"\t\"say \"\"hi\"\"\"\tc";
        assert_eq!(to_tabs(text, QUOTE, None), expected);
        assert_eq!(to_tabs(b"# a  b\n1  2\n", QUOTE, Some(b"#")), b"# a  b\n1\t2\n");
    }

    #[test]
    fn aligned_lines_and_numbers_are_sure_and_two_words_are_not() {
        assert_eq!(look(b" id  day\n  1  2\n 10  3\n", QUOTE, None), Spaces::Sure);
        assert_eq!(look(b"1 2\n3 4.5\n", QUOTE, None), Spaces::Sure);
        assert_eq!(look(b"x y\n3 4.5\n1 2\n", QUOTE, None), Spaces::Sure);
        assert_eq!(look(b"full name\nJohn Smith\nJane Doe\n", QUOTE, None), Spaces::Perhaps);
        assert_eq!(look(b"name\nJohn Smith\n", QUOTE, None), Spaces::No);
        assert_eq!(look(b"a b\n", QUOTE, None), Spaces::No);
    }
}
