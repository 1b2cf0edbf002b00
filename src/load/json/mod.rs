//! JSON tables: an array of records, or one record after another (NDJSON). Read strictly
//! after RFC 8259 and without detour over binary numbers, so that an id of twenty digits
//! keeps all of them. Records inside records are flattened with a dot; a list has no
//! place in a table and is refused by its column.
//!
//! # References
//!
//! Bray, T. (2017). The JavaScript Object Notation (JSON) Data Interchange Format.
//! RFC 8259.

mod table;

use self::table::{Cell, Table};
use super::error::{LoadError, Place};
use super::made::Made;
use super::params::Limits;

/// Deeper records are refused.
const MAX_DEPTH: usize = 32;

/// Makes text of a JSON table.
///
/// # Errors
///
/// JSON that is not sound or has other things than records at the top, a list, a name
/// that occurs twice in one record, too many columns, no records.
pub(super) fn read(text: &[u8], limits: &Limits, file: &str) -> Result<Made, LoadError> {
    let mut parser = Parser { text, at: 0, line: 1, limits, file, table: Table::default() };
    parser.skip_blanks();
    let is_array = parser.peek() == Some(b'[');
    if is_array {
        parser.array()?;
    } else {
        parser.records()?;
    }
    let table = parser.table;
    if table.ends.is_empty() {
        return Err(LoadError::HeaderOnly { file: file.to_owned() });
    }
    let place = if is_array { Place::Row } else { Place::Line };
    let (text, origin) = table.write(place, limits, file)?;
    let (format, dialect) = if is_array {
        ("json", "an array of records".to_owned())
    } else {
        ("ndjson", "a record a line".to_owned())
    };
    Ok(Made {
        text,
        delimiter: b',',
        origin: Some(origin),
        format,
        dialect,
        has_names: true,
        findings: Vec::new(),
    })
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
    limits: &'a Limits,
    file: &'a str,
    table: Table,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn broken(&self, why: &str) -> LoadError {
        LoadError::Damaged {
            file: self.file.to_owned(),
            kind: "JSON",
            at: Place::Line(self.line),
            why: why.to_owned(),
        }
    }

    fn skip_blanks(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\n' | b'\r')) = self.peek() {
            self.line += u64::from(byte == b'\n');
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8, why: &str) -> Result<(), LoadError> {
        if self.peek() != Some(byte) {
            return Err(self.broken(why));
        }
        self.at += 1;
        Ok(())
    }

    /// Records one after another, each on lines of its own.
    fn records(&mut self) -> Result<(), LoadError> {
        let mut last_line = 0;
        loop {
            self.skip_blanks();
            if self.peek().is_none() {
                return Ok(());
            }
            if self.line == last_line {
                return Err(self.broken("a line holds more than one record"));
            }
            let line = self.line;
            self.record(line)?;
            last_line = self.line;
        }
    }

    fn array(&mut self) -> Result<(), LoadError> {
        self.at += 1;
        self.skip_blanks();
        if self.peek() != Some(b']') {
            for row in 1.. {
                self.skip_blanks();
                self.record(row)?;
                self.skip_blanks();
                if self.peek() != Some(b',') {
                    break;
                }
                self.at += 1;
            }
        }
        self.expect(b']', "the array is not ended")?;
        self.skip_blanks();
        if self.peek().is_some() { Err(self.broken("text follows the array")) } else { Ok(()) }
    }

    fn record(&mut self, place: u64) -> Result<(), LoadError> {
        if self.peek() != Some(b'{') {
            return Err(self.broken("a record is expected, which begins with a brace"));
        }
        self.object("", 0)?;
        self.table.ends.push((self.table.cells.len(), place));
        Ok(())
    }

    fn object(&mut self, prefix: &str, depth: usize) -> Result<(), LoadError> {
        if depth > MAX_DEPTH {
            return Err(self.broken("records lie too deep inside each other"));
        }
        self.at += 1;
        self.skip_blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.skip_blanks();
            let name = self.name(prefix)?;
            self.skip_blanks();
            self.expect(b':', "a colon is expected after a name")?;
            self.skip_blanks();
            self.value(&name, depth)?;
            self.skip_blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.broken("a comma or a closing brace is expected")),
            }
        }
    }

    fn name(&mut self, prefix: &str) -> Result<String, LoadError> {
        let start = self.table.buffer.len();
        self.string("a name in quotes is expected")?;
        let name = String::from_utf8_lossy(&self.table.buffer[start..]).into_owned();
        self.table.buffer.truncate(start);
        Ok(if prefix.is_empty() { name } else { format!("{prefix}.{name}") })
    }

    fn value(&mut self, name: &str, depth: usize) -> Result<(), LoadError> {
        match self.peek() {
            Some(b'{') => return self.object(name, depth + 1),
            Some(b'[') => {
                return Err(LoadError::UnsupportedType {
                    file: self.file.to_owned(),
                    column: name.to_owned(),
                    holds: "lists".to_owned(),
                });
            }
            _ => {}
        }
        let (column, is_second) = self.table.column(name, self.limits, self.file)?;
        if is_second {
            return Err(self.broken("a name stands twice in one record"));
        }
        let start = self.table.buffer.len();
        let is_text = self.peek() == Some(b'"');
        if is_text {
            self.string("a value is expected")?;
        } else if !self.word(b"null") {
            self.literal()?;
        }
        let end = self.table.buffer.len();
        self.table.cells.push(Cell { column, start, end, is_text });
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> bool {
        let is_there = self.text[self.at..].starts_with(word);
        self.at += if is_there { word.len() } else { 0 };
        is_there
    }

    /// `true`, `false` or a number, kept as written.
    fn literal(&mut self) -> Result<(), LoadError> {
        for word in [&b"true"[..], b"false"] {
            if self.word(word) {
                self.table.buffer.extend_from_slice(word);
                return Ok(());
            }
        }
        let rest = &self.text[self.at..];
        let in_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let length = rest.iter().position(|byte| !in_number(byte)).unwrap_or(rest.len());
        if !is_number(&rest[..length]) {
            return Err(self.broken("a value is expected"));
        }
        self.table.buffer.extend_from_slice(&rest[..length]);
        self.at += length;
        Ok(())
    }

    /// Adds the content of a string to the buffer.
    fn string(&mut self, why: &str) -> Result<(), LoadError> {
        self.expect(b'"', why)?;
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .iter()
                .position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20)
                .ok_or_else(|| self.broken("a text in quotes is not ended"))?;
            self.table.buffer.extend_from_slice(&rest[..plain]);
            self.at += plain;
            match self.text[self.at] {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.escape()?,
                _ => return Err(self.broken("a control character inside a text")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), LoadError> {
        let escaped = self.text.get(self.at + 1).copied();
        self.at += 2;
        let character = match escaped {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.unicode()?,
            _ => return Err(self.broken("an escape that does not exist")),
        };
        if character == '\0' {
            return Err(self.broken("a NUL character inside a text"));
        }
        self.table.buffer.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    fn unicode(&mut self) -> Result<char, LoadError> {
        let high = self.four_digits()?;
        let code = if (0xD800..0xDC00).contains(&high) && self.word(b"\\u") {
            let low = self.four_digits()?;
            if !(0xDC00..0xE000).contains(&low) {
                return Err(self.broken("half of a character"));
            }
            0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| self.broken("half of a character"))
    }

    fn four_digits(&mut self) -> Result<u32, LoadError> {
        let digits = self.text.get(self.at..self.at + 4);
        let all = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let code = all
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or_else(|| self.broken("an escape that does not exist"))?;
        self.at += 4;
        Ok(code)
    }
}

/// The grammar of numbers of RFC 8259, section 6.
fn is_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = text.strip_prefix(b"-").unwrap_or(text);
    let n_whole = digits(rest);
    if n_whole == 0 || (n_whole > 1 && rest[0] == b'0') {
        return false;
    }
    let mut rest = &rest[n_whole..];
    if let Some(decimals) = rest.strip_prefix(b".") {
        let n = digits(decimals);
        if n == 0 {
            return false;
        }
        rest = &decimals[n..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent =
            exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> Result<String, LoadError> {
        let made = read(text.as_bytes(), &Limits::default(), "t.json")?;
        Ok(String::from_utf8(made.text).unwrap())
    }

    #[test]
    fn records_become_rows_and_late_names_late_columns() {
        let lines = "{\"id\": \"a\", \"n\": 12345678901234567890}\n\n{\"n\":1.50,\"ok\":true}\n";
        let array = format!("[{}]", lines.trim().replace("\n\n", ","));
        let expected = "id,n,ok\n\"a\",12345678901234567890,\n,1.50,true\n";
        assert_eq!(made(lines).unwrap(), expected);
        assert_eq!(made(&array).unwrap(), expected);
    }

    #[test]
    fn records_inside_records_are_flattened_and_lists_refused() {
        let text = "{\"a\":{\"b\":{\"c\":1},\"d\":null}}";
        assert_eq!(made(text).unwrap(), "a.b.c,a.d\n1,\n");
        let error = made("{\"id\":1,\"tags\":{\"all\":[]}}").unwrap_err().to_string();
        assert_eq!(error, "t.json, column tags.all holds lists, which cannot be used");
    }

    #[test]
    fn texts_are_unescaped() {
        let text = r#"{"t":"say \"hi\"\n\u00e9\ud83d\ude00 a\/b"}"#;
        assert_eq!(made(text).unwrap(), "t\n\"say \"\"hi\"\"\né😀 a/b\"\n");
    }

    #[test]
    fn what_is_not_sound_is_refused_with_its_line() {
        for text in [
            "{\"a\":1}\n{\"a\":2",
            "{\"a\":1}\n{\"a\":01}",
            "{\"a\":1}\n{\"a\":1.}",
            "{\"a\":1}\n{\"a\":nul}",
            "{\"a\":1}\n{\"a\":1,\"a\":2}",
            "{\"a\":1}\n{\"a\":1,}",
            "{\"a\":1}\n{a:1}",
            "{\"a\":1}\n{\"a\":\"\\x\"}",
            "{\"a\":1}\n{\"a\":\"\\ud800\"}",
            "{\"a\":1}\n{\"a\":\"\\u0000\"}",
            "{\"a\":1}\n{\"a\":2} {\"a\":3}",
            "{\"a\":1}\n7",
            "[{\"a\":1},\n",
            "[{\"a\":1}\n] 7",
        ] {
            let error = made(text).unwrap_err();
            let LoadError::Damaged { at, .. } = &error else { panic!("{text}: {error}") };
            assert_eq!(*at, Place::Line(2), "{text}");
        }
        let deep = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
        assert!(matches!(made(&deep), Err(LoadError::Damaged { .. })));
        assert!(matches!(made("[]"), Err(LoadError::HeaderOnly { .. })));
    }

    #[test]
    fn a_record_of_nothing_is_a_row() {
        assert_eq!(made("{\"a\":1}\n{}\n{\"a\":null}").unwrap(), "a\n1\n\"\"\n\"\"\n");
    }
}
