//! What a file is, by its first bytes rather than its name.

use super::arff;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Gzip,
    Zstd,
    Parquet,
    Arrow,
    Zip,
    /// A compound file, as Excel wrote workbooks before 2007.
    OldOffice,
    /// Something that is no table we read, in words.
    Other(&'static str),
    /// Nothing known: taken for text.
    Text,
}

const OTHERS: [(&[u8], &str); 12] = [
    (b"PARE", "an encrypted Parquet file"),
    (b"%PDF", "a PDF document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"FEA1", "a Feather file of version 1"),
    (b"\xff\xff\xff\xff", "a stream of Arrow messages"),
    (b"ORC", "an ORC file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x80\x04\x95", "a Python pickle"),
];

/// Looks at the first bytes.
pub(super) fn content(bytes: &[u8]) -> Content {
    if bytes.starts_with(b"\x1f\x8b") {
        return Content::Gzip;
    }
    if bytes.starts_with(b"\x28\xb5\x2f\xfd") {
        return Content::Zstd;
    }
    if bytes.starts_with(b"PAR1") {
        return Content::Parquet;
    }
    if bytes.starts_with(b"ARROW1") {
        return Content::Arrow;
    }
    // The second is an archive without files.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Content::Zip;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Content::OldOffice;
    }
    // `ORC` and `BZh` could begin a header; binary files hold a NUL soon.
    let binary = bytes.iter().take(512).any(|&byte| byte == 0);
    for (magic, name) in OTHERS {
        if bytes.starts_with(magic) && (binary || magic.len() > 3) {
            return Content::Other(name);
        }
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Content::Other("a tar archive");
    }
    words(bytes)
}

fn words(bytes: &[u8]) -> Content {
    match text(bytes) {
        Text::Other(looks_like) => Content::Other(looks_like),
        _ => Content::Text,
    }
}

/// What a text says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// Records in braces, or in an array.
    Json,
    Arff,
    Other(&'static str),
    /// Nothing known: taken for columns.
    Csv,
}

/// Looks at the beginning of a text.
pub(super) fn text(bytes: &[u8]) -> Text {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = bytes[..bytes.len().min(32)].to_ascii_lowercase();
    let begins = |with: &[u8]| head.starts_with(with);
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<body") {
        return Text::Other("an HTML page");
    }
    if begins(b"<?xml") {
        return Text::Other("an XML document");
    }
    // A header such as `[id],[name]` is no JSON.
    let inside = |opening: &[u8]| bytes.strip_prefix(opening).map(<[u8]>::trim_ascii_start);
    let is_record = |inside: Option<&[u8]>| inside.is_some_and(|i| i.starts_with(b"\""));
    let is_empty = |inside: Option<&[u8]>, end: &[u8]| inside.is_some_and(|i| i == end);
    let array = inside(b"[");
    let first = array.and_then(|i| i.strip_prefix(b"{")).map(<[u8]>::trim_ascii_start);
    if is_record(inside(b"{")) || is_record(first) || is_empty(array, b"]") {
        return Text::Json;
    }
    if arff::is_arff(bytes) { Text::Arff } else { Text::Csv }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell_what_a_file_is() {
        assert_eq!(content(b"\x1f\x8b\x08"), Content::Gzip);
        assert_eq!(content(b"PAR1...."), Content::Parquet);
        assert_eq!(content(b"a,b\n1,2\n"), Content::Text);
        assert_eq!(content(b"ORCHARD,size\nx,2\n"), Content::Text);
        assert_eq!(content(b"%PDF-1.7"), Content::Other("a PDF document"));
        assert_eq!(content(b"  <!DOCTYPE HTML><p>log in"), Content::Other("an HTML page"));
        assert_eq!(content(b"PK\x03\x04.."), Content::Zip);
        assert_eq!(content(b"ARROW1\0\0"), Content::Arrow);
        assert_eq!(content(b"[{\"a\":1}]"), Content::Text);
    }

    #[test]
    fn the_beginning_of_a_text_tells_what_it_is() {
        assert_eq!(text(b"\n{\"a\":1}\n"), Text::Json);
        assert_eq!(text(b"[\n  { \"a\": 1}]"), Text::Json);
        assert_eq!(text(b"[id],[name]\n1,a\n"), Text::Csv);
        assert_eq!(text(b"{1,2}\n"), Text::Csv);
        assert_eq!(text(b"% note\n@Relation x\n"), Text::Arff);
        assert_eq!(text(b"<?xml version"), Text::Other("an XML document"));
    }
}
