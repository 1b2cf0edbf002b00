//! Bytes become UTF-8 text, strictly: what is not certain is an error that says where.

use super::error::LoadError;
use super::params::Charset;

/// The characters of Windows-1252 from 0x80 to 0x9F; 0 where it has none.
const WINDOWS: [u32; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

/// The text as UTF-8 without a byte order mark and without NUL.
///
/// # Errors
///
/// UTF-16, bytes that are not in the character set, NUL.
pub(super) fn decode(
    mut bytes: Vec<u8>,
    charset: Charset,
    file: &str,
) -> Result<Vec<u8>, LoadError> {
    if looks_like_utf16(&bytes) {
        return Err(LoadError::Utf16 { file: file.to_owned() });
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
        check(&bytes, 3, file)?;
        return Ok(bytes);
    }
    match charset {
        Charset::Utf8 => check(&bytes, 0, file)?,
        Charset::Latin1 | Charset::Windows1252 => {
            nul(&bytes, 0, file)?;
            bytes = widen(&bytes, charset, file)?;
        }
    }
    Ok(bytes)
}

/// A byte order mark, or NUL in every second byte of the beginning.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let head = &bytes[..bytes.len().min(256)];
    let nul_at = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let half = head.len() / 2;
    half >= 4 && (nul_at(0) * 10 >= half * 8 || nul_at(1) * 10 >= half * 8)
}

fn check(bytes: &[u8], skipped: usize, file: &str) -> Result<(), LoadError> {
    if let Err(error) = std::str::from_utf8(bytes) {
        let at = error.valid_up_to();
        nul(&bytes[..at], skipped, file)?;
        let (line, offset) = (line_at(bytes, at), at + skipped);
        return Err(LoadError::NotUtf8 { file: file.to_owned(), line, offset });
    }
    nul(bytes, skipped, file)
}

fn nul(bytes: &[u8], skipped: usize, file: &str) -> Result<(), LoadError> {
    match memchr::memchr(0, bytes) {
        None => Ok(()),
        Some(at) => Err(LoadError::Nul {
            file: file.to_owned(),
            line: line_at(bytes, at),
            offset: at + skipped,
        }),
    }
}

/// The line, from 1, of a byte; LF, CRLF and a lone CR end a line.
fn line_at(bytes: &[u8], at: usize) -> u64 {
    let before = &bytes[..at];
    let ends = before
        .iter()
        .enumerate()
        .filter(|&(i, &byte)| byte == b'\n' || (byte == b'\r' && before.get(i + 1) != Some(&b'\n')))
        .count();
    ends as u64 + 1
}

fn widen(bytes: &[u8], charset: Charset, file: &str) -> Result<Vec<u8>, LoadError> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for (at, &byte) in bytes.iter().enumerate() {
        let code = match (charset, byte) {
            (Charset::Windows1252, 0x80..=0x9F) => WINDOWS[usize::from(byte - 0x80)],
            _ => u32::from(byte),
        };
        let Some(character) = char::from_u32(code).filter(|&character| character != '\0') else {
            let line = line_at(bytes, at);
            return Err(LoadError::NotUtf8 { file: file.to_owned(), line, offset: at });
        };
        text.push(character);
    }
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf8(bytes: &[u8]) -> Result<Vec<u8>, LoadError> {
        decode(bytes.to_vec(), Charset::Utf8, "t.csv")
    }

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        assert_eq!(utf8(b"\xef\xbb\xbfa,b\n").unwrap(), b"a,b\n");
    }

    #[test]
    fn utf16_is_named_with_and_without_mark() {
        for bytes in [&b"\xff\xfea\0,\0b\0\n\0"[..], b"\xfe\xff\0a\0,\0b", b"a\0,\0b\0\n\0c\0,\0"] {
            assert_eq!(utf8(bytes), Err(LoadError::Utf16 { file: "t.csv".into() }));
        }
    }

    #[test]
    fn bad_bytes_are_placed() {
        let expected = LoadError::NotUtf8 { file: "t.csv".into(), line: 2, offset: 5 };
        assert_eq!(utf8(b"a,b\nM\xfcller,1\n"), Err(expected.clone()));
        assert_eq!(utf8(b"a,b\nM\xed\xa0\x80,1\n"), Err(expected));
    }

    #[test]
    fn nul_is_placed() {
        let expected = LoadError::Nul { file: "t.csv".into(), line: 3, offset: 10 };
        assert_eq!(utf8(b"a,b\r\n1,2\r\n\0,x\r\n"), Err(expected));
    }

    #[test]
    fn western_character_sets_are_widened() {
        let decoded = decode(b"M\xfcller".to_vec(), Charset::Latin1, "t").unwrap();
        assert_eq!(decoded, "Müller".as_bytes());
        let decoded = decode(b"5 \x80".to_vec(), Charset::Windows1252, "t").unwrap();
        assert_eq!(decoded, "5 €".as_bytes());
        assert!(decode(b"\x81".to_vec(), Charset::Windows1252, "t").is_err());
    }
}
