//! What a file is, by its first bytes rather than its name.

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Gzip,
    Zstd,
    Parquet,
    /// Something that is no table we read, in words.
    Other(&'static str),
    /// Nothing known: taken for text.
    Text,
}

const OTHERS: [(&[u8], &str); 12] = [
    (b"PARE", "an encrypted Parquet file"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"ARROW1", "an Arrow or Feather file"),
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
    if bytes.starts_with(b"PK\x03\x04") {
        return Content::Other(zip(bytes));
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

fn zip(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(8192)];
    let has = |what: &[u8]| memchr::memmem::find(head, what).is_some();
    if has(b"xl/") || has(b"[Content_Types].xml") {
        "an Excel workbook (.xlsx)"
    } else if has(b"opendocument") {
        "an OpenDocument file"
    } else {
        "a zip archive"
    }
}

fn words(bytes: &[u8]) -> Content {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head: Vec<u8> = bytes
        .iter()
        .copied()
        .skip_while(u8::is_ascii_whitespace)
        .take(32)
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    let begins = |with: &[u8]| head.starts_with(with);
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<body") {
        Content::Other("an HTML page")
    } else if begins(b"<?xml") {
        Content::Other("an XML document")
    } else if begins(b"{\"") || begins(b"[{") || begins(b"{\n") || begins(b"[\n") {
        Content::Other("JSON")
    } else {
        Content::Text
    }
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
        assert_eq!(
            content(b"PK\x03\x04..xl/workbook"),
            Content::Other("an Excel workbook (.xlsx)")
        );
        assert_eq!(content(b"PK\x03\x04.."), Content::Other("a zip archive"));
        assert_eq!(content(b"[{\"a\":1}]"), Content::Other("JSON"));
    }
}
