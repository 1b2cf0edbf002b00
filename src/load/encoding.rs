//! Bytes become UTF-8 text, strictly: what is not certain is an error that says where.
//!
//! | the bytes | are read as |
//! |---|---|
//! | a byte order mark of UTF-8 or UTF-16 | what it says, whatever is declared |
//! | a declared character set | that one; bytes it does not have are an error |
//! | UTF-8 without fault | UTF-8 |
//! | NUL in every second byte | UTF-16, with a finding |
//! | anything else | found out by `charset.rs`, with a finding, or an error that asks |

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use rayon::prelude::*;

use super::charset;
use super::error::LoadError;
use crate::finding::{Finding, Severity};
use crate::said::facts;

/// How many bytes at the beginning are looked at for UTF-16 without a mark.
const HEAD: usize = 1 << 16;
/// How many bytes are checked at once.
const PIECE: usize = 1 << 18;

/// A decoded text.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: Vec<u8>,
    /// The character set, where it is not UTF-8.
    pub charset: Option<&'static str>,
    pub finding: Option<Finding>,
}

/// The text as UTF-8 without a byte order mark and without NUL.
///
/// # Errors
///
/// Bytes that are not in the character set, a character set that cannot be found out
/// without doubt, UTF-16 that is damaged, NUL.
pub(super) fn decode(
    mut bytes: Vec<u8>,
    declared: Option<&'static Encoding>,
    file: &str,
) -> Result<Decoded, LoadError> {
    if let Some((encoding, n_mark)) = Encoding::for_bom(&bytes) {
        if encoding != UTF_8 {
            return plain(strict(&bytes, n_mark, encoding, file)?, encoding);
        }
        bytes.drain(..n_mark);
        check(&bytes, n_mark, file)?;
        return Ok(Decoded { text: bytes, charset: None, finding: None });
    }
    if let Some(encoding) = declared {
        return as_declared(bytes, encoding, file);
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        let text = strict(&bytes, 0, encoding, file)?;
        let mut decoded = plain(text, encoding)?;
        decoded.finding = Some(utf16_finding(encoding));
        return Ok(decoded);
    }
    if is_sound(&bytes) {
        return Ok(Decoded { text: bytes, charset: None, finding: None });
    }
    match std::str::from_utf8(&bytes) {
        Ok(_) => {
            nul(&bytes, 0, file)?;
            Ok(Decoded { text: bytes, charset: None, finding: None })
        }
        Err(error) => {
            nul(&bytes, 0, file)?;
            let at = Spot { line: line_at(&bytes, error.valid_up_to()), at: error.valid_up_to() };
            let guess = charset::guess(&bytes, at, file)?;
            let text = strict(&bytes, 0, guess.encoding, file)?;
            let mut decoded = plain(text, guess.encoding)?;
            decoded.finding = Some(guess.finding());
            Ok(decoded)
        }
    }
}

/// Whether it is UTF-8 without NUL, looked at in pieces at once. A piece begins where a
/// character may; pieces that are sound are so together.
fn is_sound(bytes: &[u8]) -> bool {
    // A character has at most three bytes behind its first.
    let start = |at: usize| {
        let behind = bytes[at..].iter().take(3).take_while(|&&byte| byte & 0xC0 == 0x80);
        if at == 0 { 0 } else { at + behind.count() }
    };
    let starts: Vec<usize> = (0..bytes.len()).step_by(PIECE).map(start).collect();
    let end = |at: usize| starts.get(at + 1).copied().unwrap_or(bytes.len());
    // Most are ASCII, which is told faster.
    let is_utf8 = |piece: &[u8]| piece.is_ascii() || std::str::from_utf8(piece).is_ok();
    let is_sound = |piece: &[u8]| memchr::memchr(0, piece).is_none() && is_utf8(piece);
    (0..starts.len()).into_par_iter().all(|at| is_sound(&bytes[starts[at]..end(at)]))
}

/// Where the first byte that is not UTF-8 stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub line: u64,
    pub at: usize,
}

#[expect(clippy::unnecessary_wraps, reason = "it ends the functions that can fail")]
fn plain(text: Vec<u8>, encoding: &'static Encoding) -> Result<Decoded, LoadError> {
    Ok(Decoded { text, charset: Some(encoding.name()), finding: None })
}

fn as_declared(
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    file: &str,
) -> Result<Decoded, LoadError> {
    if encoding == UTF_8 {
        check(&bytes, 0, file)?;
        return Ok(Decoded { text: bytes, charset: None, finding: None });
    }
    let text = strict(&bytes, 0, encoding, file)?;
    let mut decoded = plain(text, encoding)?;
    if !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok() {
        let told = facts!(encoding = encoding.name());
        decoded.finding = Some(Finding::new("encoding_declared", Severity::Warning, told));
    }
    Ok(decoded)
}

fn utf16_finding(encoding: &'static Encoding) -> Finding {
    let name = encoding.name();
    let told = facts!(encoding = name, setting = name.to_ascii_lowercase());
    Finding::new("encoding_unmarked", Severity::Note, told)
}

/// UTF-16 without a mark: NUL in most of the even or of the odd bytes of the beginning,
/// and in few of the others.
pub(super) fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let nul_at = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (half, even, odd) = (head.len() / 2, nul_at(0), nul_at(1));
    if half < 4 {
        return None;
    }
    // Text beyond ASCII has NUL beside its delimiters and line ends only, and now and then
    // as the other half of a character.
    let is = |one: usize, other: usize| {
        (one * 10 >= half * 8 || (one >= 16 && one * 10 >= half)) && other * 8 <= one
    };
    if is(odd, even) {
        Some(UTF_16LE)
    } else if is(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes from `start` on; the first byte that the character set does not have is an
/// error.
fn strict(
    bytes: &[u8],
    start: usize,
    encoding: &'static Encoding,
    file: &str,
) -> Result<Vec<u8>, LoadError> {
    let body = &bytes[start..];
    let refused = |at: usize| {
        let (line, offset) = (line_at(bytes, (start + at).min(bytes.len())), start + at);
        if encoding == UTF_16LE || encoding == UTF_16BE {
            return LoadError::Utf16 { file: file.to_owned(), offset };
        }
        LoadError::NotEncoded { file: file.to_owned(), line, offset, encoding: encoding.name() }
    };
    if let Err(at) = decodable(body, encoding) {
        return Err(refused(at));
    }
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| refused(body.len()))?
        .into_owned()
        .into_bytes();
    if let Some(at) = memchr::memchr(0, &text) {
        let line = line_at(&text, at);
        let offset = memchr::memchr(0, body).map_or(at, |at| start + at);
        return Err(LoadError::Nul { file: file.to_owned(), line, offset });
    }
    Ok(text)
}

/// Whether all bytes have a character, control characters of the upper half (which stand
/// for "none" in the tables of browsers) not counted; else the first that has none.
pub(super) fn decodable(bytes: &[u8], encoding: &'static Encoding) -> Result<(), usize> {
    if encoding.is_single_byte() {
        let has = character_table(encoding);
        return match bytes.iter().position(|&byte| !has[usize::from(byte)]) {
            Some(at) => Err(at),
            None => Ok(()),
        };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut out, mut at) = (vec![0_u8; 1 << 16], 0);
    loop {
        let (result, n_read, _) =
            decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut out, true);
        at += n_read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return Ok(()),
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, behind) => {
                return Err(at.saturating_sub(usize::from(length) + usize::from(behind)));
            }
        }
    }
}

/// For each byte, whether a single-byte character set has a character for it.
fn character_table(encoding: &'static Encoding) -> [bool; 256] {
    let mut has = [true; 256];
    for byte in 0x80..=0xFF_u8 {
        has[usize::from(byte)] = charset::character(byte, encoding)
            .is_some_and(|character| !('\u{80}'..='\u{9f}').contains(&character));
    }
    has
}

/// The first byte that is NUL or not UTF-8.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    pub at: usize,
    is_nul: bool,
}

impl Fault {
    /// The error of it, where it stands in that line.
    pub(super) fn error(self, line: u64, offset: usize, file: &str) -> LoadError {
        let file = file.to_owned();
        if self.is_nul {
            LoadError::Nul { file, line, offset }
        } else {
            LoadError::NotUtf8 { file, line, offset }
        }
    }
}

/// The first byte that makes it no sound UTF-8.
pub(super) fn fault(bytes: &[u8]) -> Option<Fault> {
    if is_sound(bytes) {
        return None;
    }
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let nul = memchr::memchr(0, &bytes[..valid]);
    Some(Fault { at: nul.unwrap_or(valid), is_nul: nul.is_some() })
}

fn check(bytes: &[u8], skipped: usize, file: &str) -> Result<(), LoadError> {
    match fault(bytes) {
        None => Ok(()),
        Some(fault) => Err(fault.error(line_at(bytes, fault.at), fault.at + skipped, file)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    fn text(bytes: &[u8]) -> Result<Vec<u8>, LoadError> {
        decode(bytes.to_vec(), None, "t.csv").map(|decoded| decoded.text)
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        assert_eq!(text(b"\xef\xbb\xbfa,b\n").unwrap(), b"a,b\n");
        for little in [true, false] {
            assert_eq!(text(&utf16("\u{feff}a,é\n", little)).unwrap(), "a,é\n".as_bytes());
        }
    }

    #[test]
    fn a_long_text_is_checked_in_pieces() {
        for fill in ["x", "é", "日", "🜁"] {
            let sound = fill.repeat(3 * PIECE / fill.len() + 5).into_bytes();
            assert!(is_sound(&sound), "{fill}");
            for place in [0, 1, PIECE - 1, PIECE, PIECE + 2, 2 * PIECE + 7, sound.len() - 1] {
                for byte in [0, 0x80, 0xE6, 0xFF] {
                    let mut broken = sound.clone();
                    broken[place] = byte;
                    let expected = byte != 0 && std::str::from_utf8(&broken).is_ok();
                    assert_eq!(is_sound(&broken), expected, "{fill} {place} {byte}");
                }
            }
        }
    }

    #[test]
    fn utf16_without_a_mark_is_found_out_and_said() {
        for table in ["id,name\n1,Müller\n2,Łódź\n", &"名前,年齢\n山田,3\n".repeat(30)] {
            for (little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
                let decoded = decode(utf16(table, little), None, "t").unwrap();
                assert_eq!(decoded.text, table.as_bytes());
                assert_eq!(decoded.charset, Some(name));
                assert!(decoded.finding.unwrap().message.contains(name));
            }
        }
    }

    #[test]
    fn damaged_utf16_is_refused() {
        let mut cut = utf16("\u{feff}id,name\n", true);
        cut.pop();
        let lone = [&utf16("\u{feff}id\n", true)[..], b"\x00\xd8,\0"].concat();
        for bytes in [cut, lone] {
            assert!(matches!(text(&bytes), Err(LoadError::Utf16 { .. })), "{bytes:?}");
        }
    }

    #[test]
    fn bad_bytes_under_a_mark_or_a_declaration_are_placed() {
        let expected = LoadError::NotUtf8 { file: "t.csv".into(), line: 2, offset: 8 };
        assert_eq!(text(b"\xef\xbb\xbfa,b\nM\xfcller,1\n"), Err(expected));
        let declared = decode(b"a,b\nM\xfcller,1\n".to_vec(), Some(UTF_8), "t.csv").unwrap_err();
        assert_eq!(declared, LoadError::NotUtf8 { file: "t.csv".into(), line: 2, offset: 5 });
        let none = decode(b"a\n\x81".to_vec(), Some(WINDOWS_1252), "t").unwrap_err();
        assert!(matches!(none, LoadError::NotEncoded { line: 2, offset: 2, .. }));
        let half = decode(b"a\n\x93".to_vec(), Some(encoding_rs::SHIFT_JIS), "t").unwrap_err();
        assert!(matches!(half, LoadError::NotEncoded { line: 2, offset: 2, .. }), "{half:?}");
    }

    #[test]
    fn nul_is_placed() {
        let expected = LoadError::Nul { file: "t.csv".into(), line: 3, offset: 10 };
        assert_eq!(text(b"a,b\r\n1,2\r\n\0,x\r\n"), Err(expected));
    }

    #[test]
    fn a_declared_character_set_is_used_and_doubted_where_the_text_is_utf8() {
        let decoded = decode(b"5 \x80".to_vec(), Some(WINDOWS_1252), "t").unwrap();
        assert_eq!((decoded.text, decoded.finding), ("5 €".into(), None));
        let decoded = decode("é".into(), Some(WINDOWS_1252), "t").unwrap();
        assert_eq!(decoded.text, "Ã©".as_bytes());
        assert!(decoded.finding.unwrap().message.contains("also sound UTF-8"));
    }
}
