//! A file that is read once from its beginning to its end, window by window, and never held:
//! it is hashed, its bytes are checked to be UTF-8, and whole records are looked at while
//! the next window is read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use super::bytes::read_full;
use super::encoding::{self, Fault};

/// How a text that stays on the disk is taken in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// Tables of fewer bytes are held: their text is no more than what the windows of a
    /// bigger one need, and need not be read again.
    pub held: u64,
    /// Bytes at the beginning that tell how the text is written: some hundred records, also
    /// of thousands of columns.
    pub head: usize,
    /// Bytes that are read at once. Where parts begin depends on it, and with that the last
    /// bits of sums that are no whole numbers; so it does not depend on the machine.
    pub window: usize,
    /// Bytes of a part.
    pub part: usize,
    /// Above so many different values of a column their number is estimated, with a standard
    /// error of one in the square root of it; as many hashes are kept, of many columns fewer.
    pub distinct: usize,
}

impl Default for Cut {
    fn default() -> Self {
        Self {
            held: 128 << 20,
            head: 32 << 20,
            window: 64 << 20,
            part: super::part::SIZE,
            distinct: 1 << 20,
        }
    }
}

/// What is known of a file when all of it was read.
pub(super) struct Gone {
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// The first byte of it that is NUL or not UTF-8.
    pub fault: Option<Fault>,
    /// Whether it ended before its length.
    pub is_short: bool,
}

/// The bytes that are held.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    pub bytes: &'a [u8],
    /// Where they begin in the file.
    pub base: usize,
    pub is_last: bool,
}

/// Reads `length` bytes, so many at once, and gives them to `take`, which says how many of
/// them are done with; the others are given again with the next ones. Nothing is given from
/// the first window on that is not UTF-8.
///
/// # Errors
///
/// The system cannot read it.
pub(super) fn over(
    file: &mut File,
    length: usize,
    at_once: usize,
    take: &mut (dyn FnMut(Window) -> usize + Send),
) -> io::Result<Gone> {
    let mut reader = Reader { file, left: length, hash: Sha256::new(), is_short: false };
    let (mut bytes, mut base, mut sound) = (reader.next(at_once)?, 0, 0);
    let mut fault = None;
    loop {
        let is_last = reader.left == 0;
        let window = || {
            // What is checked is done with, and no more.
            let end = if is_last { bytes.len() } else { whole_characters(&bytes) };
            let from = sound - base;
            if fault.is_none() {
                fault = bytes.get(from..end).and_then(encoding::fault);
                if let Some(found) = &mut fault {
                    found.at += sound;
                }
            }
            sound = base + end.max(from);
            if fault.is_some() {
                return end;
            }
            take(Window { bytes: &bytes, base, is_last }).min(end)
        };
        let (done, next) = rayon::join(window, || reader.next(at_once));
        if is_last {
            break;
        }
        bytes.drain(..done);
        base += done;
        bytes.extend_from_slice(&next?);
    }
    let sha256 = crate::format::hex(&reader.hash.finalize());
    Ok(Gone { sha256, fault, is_short: reader.is_short })
}

/// How many of the bytes are whole characters.
fn whole_characters(bytes: &[u8]) -> usize {
    let begins = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xC0 != 0x80);
    let last = (1..=4).filter_map(|n| bytes.len().checked_sub(n)).find(begins);
    last.unwrap_or(bytes.len())
}

struct Reader<'a> {
    file: &'a mut File,
    left: usize,
    hash: Sha256,
    is_short: bool,
}

impl Reader<'_> {
    /// The next bytes, at most so many.
    fn next(&mut self, n: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.left.min(n.max(1))];
        let n_read = read_full(self.file, &mut bytes)?;
        self.left -= bytes.len();
        if n_read < bytes.len() {
            (self.left, self.is_short) = (0, true);
            bytes.truncate(n_read);
        }
        self.hash.update(&bytes);
        Ok(bytes)
    }
}

/// Bytes of a file from `start` on, at most so many.
pub(super) fn some(file: &mut File, start: usize, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start as u64))?;
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How many lines of a file end before the byte `to`: by LF, CRLF or a lone CR.
pub(super) fn lines(file: &mut File, to: usize) -> io::Result<u64> {
    const BLOCK: usize = 1 << 20;
    let (mut n, mut start, mut before) = (0, 0, 0);
    while start < to {
        let block = some(file, start, BLOCK.min(to - start))?;
        if block.is_empty() {
            break;
        }
        for &byte in &block {
            n += u64::from(byte == b'\r' || (byte == b'\n' && before != b'\r'));
            before = byte;
        }
        start += block.len();
    }
    Ok(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::tests::file;

    #[test]
    fn windows_of_any_size_give_every_byte_once_and_the_first_fault() {
        let sound = "aé\r\n日🜁,x\r".repeat(9).into_bytes();
        for (at, byte, expected) in
            [(0, b'a', None), (6, 0xFF, Some(5)), (9, 0, Some(9)), (60, 0x80, Some(60))]
        {
            let mut bytes = sound.clone();
            bytes[at] = byte;
            let expected = expected.map(|_: usize| {
                let valid = std::str::from_utf8(&bytes).map_or_else(|e| e.valid_up_to(), str::len);
                bytes[..valid].iter().position(|&b| b == 0).unwrap_or(valid)
            });
            let temp = file("t.csv", &bytes);
            for at_once in [1, 2, 3, 7, 50, 1000] {
                let mut seen = Vec::new();
                let mut open = File::open(&temp.0).unwrap();
                let gone = over(&mut open, bytes.len(), at_once, &mut |window| {
                    assert_eq!(window.base, seen.len());
                    // What follows may be half a character.
                    let n = window.bytes.len();
                    let done = if window.is_last { n } else { n.saturating_sub(4) / 2 };
                    seen.extend_from_slice(&window.bytes[..done]);
                    done
                });
                let gone = gone.unwrap();
                assert_eq!(gone.fault.map(|fault| fault.at), expected, "{at_once}");
                assert_eq!(gone.sha256, crate::format::hex(&Sha256::digest(&bytes)));
                if expected.is_none() {
                    assert_eq!(seen, bytes);
                }
                let shorter = over(&mut open, 5, at_once, &mut |window| window.bytes.len());
                assert!(shorter.unwrap().is_short);
            }
        }
    }

    #[test]
    fn lines_are_counted_as_the_reader_counts_them() {
        let bytes = b"a\r\nb\rc\n\n\r\r\n";
        let temp = file("t.csv", bytes);
        let mut open = File::open(&temp.0).unwrap();
        for (to, expected) in [(0, 0), (1, 0), (2, 1), (3, 1), (5, 2), (8, 4), (9, 5), (11, 6)] {
            assert_eq!(lines(&mut open, to).unwrap(), expected, "{to}");
        }
    }
}
