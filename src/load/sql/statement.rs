//! One statement and no more: where it ends is found out by stepping over quotes and
//! comments. Whether it only reads is judged by the database itself.

use super::error::SqlError;

/// The statement without a semicolon at its end.
///
/// # Errors
///
/// Nothing but blanks and comments, or something behind the semicolon.
pub(super) fn one_statement<'a>(query: &'a str, file: &str) -> Result<&'a str, SqlError> {
    let refuse = |why: &str| SqlError::Query { file: file.to_owned(), why: why.to_owned() };
    let bytes = query.as_bytes();
    let (mut at, mut end, mut begun) = (0, None, false);
    while at < bytes.len() {
        let step = token(&bytes[at..]);
        match bytes[at] {
            _ if is_nothing(&bytes[at..]) => {}
            b';' => end = end.or(Some(at)),
            _ if end.is_some() => return Err(refuse("it is more than one statement")),
            _ => begun = true,
        }
        at += step;
    }
    if !begun {
        return Err(refuse("it is empty"));
    }
    // `;`, quotes and comments are ASCII, so that the end is the border of a character.
    Ok(query[..end.unwrap_or(query.len())].trim())
}

/// Whether a blank or a comment begins here.
fn is_nothing(bytes: &[u8]) -> bool {
    bytes[0].is_ascii_whitespace() || bytes.starts_with(b"--") || bytes.starts_with(b"/*")
}

/// The length of what begins here: a quoted text or name, a comment, or one byte.
fn token(bytes: &[u8]) -> usize {
    match bytes {
        // After E, a backslash takes the meaning from the quote behind it.
        [b'e' | b'E', b'\'', rest @ ..] => 2 + quoted(rest, b'\'', true),
        [quote @ (b'\'' | b'"' | b'`'), rest @ ..] => 1 + quoted(rest, *quote, false),
        [b'-', b'-', ..] => memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1),
        [b'/', b'*', ..] => comment(bytes),
        [b'$', ..] => dollar(bytes),
        // A word whole, so that the e of `like'x'` or the $ of `a$1` begins nothing.
        [byte, ..] if is_word(*byte) => bytes.iter().take_while(|&&byte| is_word(byte)).count(),
        _ => 1,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

/// The length up to and with the closing quote; all where there is none.
fn quoted(bytes: &[u8], quote: u8, backslash: bool) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if backslash => at += 2,
            byte if byte == quote && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The length of a comment, which may hold others.
fn comment(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if bytes[at..].starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    bytes.len()
}

/// The length of `$tag$ ... $tag$`; 1 where this is none.
fn dollar(bytes: &[u8]) -> usize {
    let name = bytes[1..].iter().take_while(|&&byte| byte != b'$' && is_word(byte)).count();
    let tag = &bytes[..(name + 2).min(bytes.len())];
    if !tag.ends_with(b"$") || tag.len() < 2 || bytes[1].is_ascii_digit() {
        return 1;
    }
    memchr::memmem::find(&bytes[tag.len()..], tag).map_or(bytes.len(), |at| at + 2 * tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semicolon_at_the_end_is_taken_off() {
        for query in ["select 1", "select 1;", " select 1 ; \n", "select 1; -- done; really\n;"] {
            assert_eq!(one_statement(query, "q").unwrap(), "select 1", "{query}");
        }
    }

    #[test]
    fn a_semicolon_inside_quotes_and_comments_ends_nothing() {
        for query in [
            "select ';', ''';', \";\" from t",
            "select E'\\';' from t",
            "select 1 /* ; /* ; */ ; */ from t",
            "select 1 -- ;\nfrom t",
            "select $$;$$, $x$ ; $$ ; $x$",
            "select a$1, name'x' from t",
        ] {
            assert_eq!(one_statement(query, "q").unwrap(), query);
        }
    }

    #[test]
    fn several_statements_and_none_are_refused() {
        for query in [
            "select 1; select 2",
            "select ''; drop table t",
            "select e'\\\\'; drop table t",
            "select like'\\'; drop table t --'",
            "select $1; drop table t --$1",
            "select a$b$; drop table t -- $b$",
            "; select 1",
            "",
            " \n",
            "-- nothing",
            ";",
        ] {
            let error = one_statement(query, "q").unwrap_err();
            assert!(matches!(error, SqlError::Query { .. }), "{query}");
        }
    }
}
