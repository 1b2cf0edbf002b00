//! ARFF, the format of Weka: a header that declares the columns, then rows in commas.
//! Numbers, nominal values, texts and dates are read; sparse rows, weights and tables
//! inside tables are refused.
//!
//! # References
//!
//! Witten, I. H., Frank, E., Hall, M. A., Pal, C. J. (2016). Data Mining: Practical
//! Machine Learning Tools and Techniques, 4th edition, section 2.4, ARFF format.

use super::error::{LoadError, Place};
use super::made::{Made, Writer};

/// Makes text of an ARFF table.
///
/// # Errors
///
/// A header or a row that is not sound, a kind of row or column that is not read, no
/// rows.
pub(super) fn read(text: &[u8], file: &str) -> Result<Made, LoadError> {
    let mut out = Writer::new(file, Place::Line);
    let (mut columns, mut in_data, mut n_rows): (Vec<Column>, _, _) = (Vec::new(), false, 0_u64);
    for (line, bytes) in (1_u64..).zip(lines(text)) {
        let broken = |why: &str| damaged(file, line, why);
        let rest = trim(bytes);
        if rest.is_empty() || rest[0] == b'%' {
            continue;
        }
        if in_data {
            row(rest, &columns, line, &mut out).map_err(broken)?;
            n_rows += 1;
            continue;
        }
        let (keyword, rest) = split_word(rest);
        match keyword.to_ascii_lowercase().as_slice() {
            b"@relation" => {}
            b"@attribute" => columns.push(attribute(rest).map_err(broken)?),
            b"@data" if columns.is_empty() => return Err(broken("no column is declared")),
            b"@data" => {
                in_data = true;
                out.begin(line);
                for column in &columns {
                    out.quoted(&column.name);
                }
                out.end();
            }
            _ => return Err(broken("@relation, @attribute or @data is expected")),
        }
    }
    if n_rows == 0 {
        return Err(LoadError::HeaderOnly { file: file.to_owned() });
    }
    let (text, origin) = out.finish();
    Ok(Made {
        text,
        delimiter: b',',
        origin: Some(origin),
        format: "arff",
        dialect: format!("{} declared columns", columns.len()),
        has_names: true,
        findings: Vec::new(),
    })
}

/// Whether a text begins as ARFF does: with `@relation` after comments.
pub(super) fn is_arff(text: &[u8]) -> bool {
    let first = lines(text).map(trim).find(|line| !line.is_empty() && line[0] != b'%');
    first.is_some_and(|line| split_word(line).0.eq_ignore_ascii_case(b"@relation"))
}

fn damaged(file: &str, line: u64, why: &str) -> LoadError {
    let (file, why) = (file.to_owned(), why.to_owned());
    LoadError::Damaged { file, kind: "ARFF", at: Place::Line(line), why }
}

/// Lines without their ends: LF, CRLF or a lone CR.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let Some(at) = memchr::memchr2(b'\n', b'\r', here) else {
            rest = None;
            return Some(here);
        };
        let width = if here[at..].starts_with(b"\r\n") { 2 } else { 1 };
        rest = Some(&here[at + width..]);
        Some(&here[..at])
    })
}

fn trim(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}

/// The first word and what follows it, trimmed.
fn split_word(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len());
    (&bytes[..end], trim(&bytes[end..]))
}

#[derive(Debug)]
struct Column {
    name: Vec<u8>,
    /// The values that a nominal column may have.
    nominal: Option<Vec<Vec<u8>>>,
}

fn attribute(rest: &[u8]) -> Result<Column, &'static str> {
    let mut at = 0;
    let name = value(rest, &mut at, |byte| byte.is_ascii_whitespace())?.0;
    let kind = trim(&rest[at..]);
    if let Some(inside) = kind.strip_prefix(b"{") {
        let inside = inside.strip_suffix(b"}").ok_or("the nominal values are not ended")?;
        return Ok(Column { name, nominal: Some(values(inside)?.0) });
    }
    match split_word(kind).0.to_ascii_lowercase().as_slice() {
        b"numeric" | b"real" | b"integer" | b"string" | b"date" => {
            Ok(Column { name, nominal: None })
        }
        b"relational" => Err("a table inside the table is not read"),
        _ => Err("a type that does not exist"),
    }
}

fn row(line: &[u8], columns: &[Column], own: u64, out: &mut Writer) -> Result<(), &'static str> {
    if line[0] == b'{' {
        return Err("a sparse row is not read");
    }
    let (cells, is_quoted) = values(line)?;
    if cells.len() == columns.len() + 1 && cells[columns.len()].starts_with(b"{") {
        return Err("a weighted row is not read");
    }
    out.begin(own);
    for (at, (cell, is_quoted)) in cells.iter().zip(is_quoted).enumerate() {
        let is_missing = cell == b"?" && !is_quoted;
        let nominal = columns.get(at).and_then(|column| column.nominal.as_ref());
        if !is_missing && nominal.is_some_and(|values| !values.contains(cell)) {
            return Err("a nominal value that is not declared");
        }
        if is_quoted || cells.len() == 1 { out.quoted(cell) } else { out.field(cell) }
    }
    out.end();
    Ok(())
}

/// Values between commas or tabs, and whether each was quoted.
fn values(line: &[u8]) -> Result<(Vec<Vec<u8>>, Vec<bool>), &'static str> {
    let (mut found, mut quoted, mut at) = (Vec::new(), Vec::new(), 0);
    loop {
        let (cell, is_quoted) = value(line, &mut at, |byte| byte == b',' || byte == b'\t')?;
        found.push(cell);
        quoted.push(is_quoted);
        while line.get(at).is_some_and(|&byte| byte == b' ') {
            at += 1;
        }
        match line.get(at) {
            None => return Ok((found, quoted)),
            Some(b',' | b'\t') => at += 1,
            Some(_) => return Err("text stands behind a quoted value"),
        }
    }
}

/// One value from `at` on: in quotes of either kind with backslashes, or up to an end.
fn value(
    line: &[u8],
    at: &mut usize,
    ends: impl Fn(u8) -> bool,
) -> Result<(Vec<u8>, bool), &'static str> {
    while line.get(*at).is_some_and(|&byte| byte == b' ') {
        *at += 1;
    }
    let quote = line.get(*at).copied().filter(|byte| matches!(byte, b'\'' | b'"'));
    let mut content = Vec::new();
    let Some(quote) = quote else {
        let rest = &line[*at..];
        let length = rest.iter().position(|&byte| ends(byte)).unwrap_or(rest.len());
        *at += length;
        return Ok((trim(&rest[..length]).to_vec(), false));
    };
    *at += 1;
    loop {
        match line.get(*at) {
            None => return Err("a quoted value is not ended"),
            Some(&byte) if byte == quote => {
                *at += 1;
                return Ok((content, true));
            }
            Some(b'\\') => {
                let escaped = *line.get(*at + 1).ok_or("a quoted value is not ended")?;
                content.push(match escaped {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    other => other,
                });
                *at += 2;
            }
            Some(&byte) => {
                content.push(byte);
                *at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> Result<String, LoadError> {
        Ok(String::from_utf8(read(text.as_bytes(), "t.arff")?.text).unwrap())
    }

    const HEAD: &str = "% made by hand\n@RELATION people\n\n\
                        @attribute 'full name' string\n@ATTRIBUTE age NUMERIC\n\
                        @attribute plan {basic, 'pro max'}\n\
                        @attribute since date \"yyyy-MM-dd\"\n@DATA\n";

    #[test]
    fn every_kind_of_column_is_read() {
        let text = format!(
            "{HEAD}'O\\'Neil, Ann', 34, 'pro max', \"2020-01-31\"\n% no row\nBo,?,basic,?\n"
        );
        let expected = "\"full name\",\"age\",\"plan\",\"since\"\n\
                        \"O'Neil, Ann\",34,\"pro max\",\"2020-01-31\"\nBo,?,basic,?\n";
        assert_eq!(made(&text).unwrap(), expected);
        assert!(is_arff(text.as_bytes()));
        assert!(!is_arff(b"relation,b\n"));
        let places = read(text.as_bytes(), "t").unwrap().origin.unwrap();
        assert_eq!(places.place(Place::Line(3)).1, Place::Line(11));
    }

    #[test]
    fn what_is_not_read_is_refused_with_its_line() {
        for (text, line) in [
            (format!("{HEAD}{{0 x, 1 2}}\n"), 9),
            (format!("{HEAD}a,1,basic,?\nb,2,gold,?\n"), 10),
            (format!("{HEAD}'a,1,basic,?\n"), 9),
            (format!("{HEAD}a,1,basic,?,{{3}}\n"), 9),
            ("@relation x\n@attribute a relational\n".to_owned(), 2),
            ("@relation x\n@attribute a colour\n".to_owned(), 2),
            ("@relation x\n@data\n".to_owned(), 2),
            ("@relation x\nbut then\n".to_owned(), 2),
        ] {
            let error = made(&text).unwrap_err();
            let LoadError::Damaged { at, .. } = &error else { panic!("{text}: {error}") };
            assert_eq!(*at, Place::Line(line), "{text}");
        }
        assert!(matches!(made(HEAD), Err(LoadError::HeaderOnly { .. })));
    }
}
