//! Damage: every byte of small files flipped in several ways, and every length cut. A
//! damaged file is an error or has the same number of rows; it never stops the program
//! and never loses rows silently.

use polars_io::ipc::IpcCompression;

use super::format_tests::{NDJSON, ipc, old_workbook, table_sheet, xlsx, zipped};
use super::tests::{TABLE, gzip, natural, source};
use super::*;

/// Reads bytes as a file would be, without the detour over a file.
fn read(bytes: &[u8]) -> Result<Source, LoadError> {
    let limits = Limits { max_bytes: 1 << 26, ..Limits::default() };
    let raw = bytes::read_from(bytes, "t", &limits)?;
    open::raw(raw, "t", &How::default(), &limits)
}

fn n_rows(bytes: &[u8]) -> Option<u64> {
    read(bytes).ok().map(|source| source.accounting().rows)
}

/// Every byte with one bit, several bits and all bits changed.
fn flips(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> + '_ {
    (0..bytes.len()).flat_map(move |at| {
        [0x01, 0x20, 0x55, 0x80, 0xFF].into_iter().map(move |mask| {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= mask;
            (at, damaged)
        })
    })
}

/// Holds the rule; `may_be_shorter` tells lengths at which the file is sound but shorter.
fn sweep(name: &str, bytes: &[u8], may_be_shorter: impl Fn(usize) -> bool) {
    let whole = n_rows(bytes).unwrap_or_else(|| panic!("{name} is not sound"));
    let mut n_errors = 0;
    for (at, damaged) in flips(bytes) {
        match n_rows(&damaged) {
            None => n_errors += 1,
            Some(n) => assert_eq!(n, whole, "{name}, byte {at} flipped"),
        }
    }
    assert!(n_errors > 0, "{name}: no damage was found");
    for length in 0..bytes.len() {
        match n_rows(&bytes[..length]) {
            None => {}
            Some(n) if may_be_shorter(length) => assert!(n <= whole, "{name} cut at {length}"),
            Some(n) => assert_eq!(n, whole, "{name} cut at {length}"),
        }
    }
}

#[test]
fn a_damaged_gzip_file_is_always_an_error() {
    let packed = gzip(TABLE.as_bytes());
    let whole = read(&packed).unwrap();
    for (at, damaged) in flips(&packed) {
        // The time, the level and the system of the packer, and the mark for text, are
        // not part of the content.
        let says_nothing = (4..10).contains(&at) || (at == 3 && damaged[3] == 1);
        // Nor are the last bits of the byte in which the packed content ends.
        let is_filled_up = at == packed.len() - 9;
        let result = read(&damaged);
        assert!(result.is_ok() == says_nothing || is_filled_up, "byte {at}");
        if let Ok(source) = result {
            assert_eq!(source.columns(), whole.columns());
        }
    }
    for length in 0..packed.len() {
        assert!(read(&packed[..length]).is_err(), "cut at {length}");
    }
}

#[test]
fn a_damaged_zip_archive_loses_no_rows() {
    sweep("zip", &zipped(&[("t.csv", TABLE.as_bytes())]), |_| false);
}

#[test]
fn a_damaged_workbook_loses_no_rows() {
    sweep("xlsx", &xlsx(&[("S", &table_sheet())]), |_| false);
}

#[test]
fn a_damaged_old_workbook_stops_nothing() {
    // There is no checksum in it, so a damaged one can be a sound one of fewer cells.
    let bytes = old_workbook();
    let n_used = 512 * 3 + 700;
    for (_, damaged) in flips(&bytes[..n_used]) {
        let _ = n_rows(&[&damaged, &bytes[n_used..]].concat());
    }
    for length in (0..bytes.len()).step_by(61) {
        let _ = n_rows(&bytes[..length]);
    }
}

#[test]
fn a_damaged_arrow_file_loses_no_rows() {
    let mut frame = natural(&source(TABLE).unwrap()).unwrap();
    for compression in [None, Some(IpcCompression::LZ4)] {
        sweep("arrow", &ipc(&mut frame, compression), |_| false);
    }
}

#[test]
fn damaged_json_loses_no_rows() {
    // A file that ends behind a record is a sound file of fewer records.
    let ends =
        |length: usize| NDJSON[..length].trim_end().ends_with('}') || NDJSON[..length].is_empty();
    sweep("ndjson", NDJSON.as_bytes(), ends);
    let array = format!("[{}]", NDJSON.trim().replace('\n', ","));
    sweep("json", array.as_bytes(), |_| false);
}

#[test]
fn damaged_headers_of_other_formats_stop_nothing() {
    // An old workbook of nothing but its head, and other heads without bodies.
    let heads: [&[u8]; 8] = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"ARROW1\0\0",
        b"PAR1",
        b"\x28\xb5\x2f\xfd",
        b"\x1f\x8b\x08",
        b"SQLite format 3\0",
    ];
    for head in heads {
        for filler in [0x00, 0x41, 0xFF] {
            for length in [0, 1, 8, 24, 512, 4_096] {
                let bytes = [head, &vec![filler; length]].concat();
                assert!(read(&bytes).is_err(), "{head:?} and {length} times {filler}");
            }
        }
    }
}
