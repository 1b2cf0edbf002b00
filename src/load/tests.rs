//! Tests of the whole room: bad inputs by their error code, and the same table in
//! every dress.

mod real;
mod structure;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use polars::prelude::{AnyValue, IntoColumn, NamedFrom, Series};
use polars_io::parquet::write::ParquetWriter;

use super::*;
use crate::fault::{Class, Fault};

/// A file that is gone when the test is over.
pub(super) struct Temp(pub PathBuf);

impl Drop for Temp {
    fn drop(&mut self) {
        // Its folder is its own.
        let _ = self.0.parent().map(std::fs::remove_dir_all);
    }
}

pub(super) fn file(name: &str, bytes: &[u8]) -> Temp {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("kohort-load-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    Temp(path)
}

pub(super) fn source_with(bytes: &[u8], params: &CsvParams, bad: u64) -> Result<Source, LoadError> {
    let temp = file("t.csv", bytes);
    open(&temp.0, "t.csv", params, bad)
}

pub(super) fn source(text: &str) -> Result<Source, LoadError> {
    source_with(text.as_bytes(), &CsvParams::default(), 0)
}

pub(super) fn wanted(column: &str, read_as: ReadAs) -> Wanted {
    Wanted { column: column.to_owned(), read_as }
}

/// Reads every column as what it looks like.
pub(super) fn natural(source: &Source) -> Result<DataFrame, LoadError> {
    let wanted: Vec<Wanted> = source
        .columns()
        .iter()
        .map(|seen| {
            let read_as = match seen.kind {
                Kind::Integer | Kind::Decimal => ReadAs::Number,
                Kind::Day { .. } => ReadAs::Day,
                Kind::Text | Kind::Empty => ReadAs::Text,
            };
            wanted(&seen.name, read_as)
        })
        .collect();
    source.read(&wanted)
}

pub(super) fn texts(frame: &DataFrame, column: &str) -> Vec<Option<String>> {
    frame
        .column(column)
        .unwrap()
        .str()
        .unwrap()
        .iter()
        .map(|cell| cell.map(str::to_owned))
        .collect()
}

pub(super) fn numbers(frame: &DataFrame, column: &str) -> Vec<Option<f64>> {
    frame.column(column).unwrap().f64().unwrap().iter().collect()
}

/// Forty sound rows, then `last`.
pub(super) fn many(header: &str, row: &str, n: usize, last: &str) -> String {
    format!("{header}\n{}{last}", format!("{row}\n").repeat(n))
}

#[test]
fn many_texts_among_numbers_make_a_text_column() {
    let source = source(&many("code,v", "85123A,1", 5, "22423,1\n")).unwrap();
    assert_eq!(source.columns()[0].kind, Kind::Text);
}

#[test]
fn settings_settle_doubts() {
    let comma = CsvParams { decimal: Some(",".into()), ..CsvParams::default() };
    let read = source_with(b"id,v\na,\"1,234\"\nb,\"1.299,99\"\n", &comma, 0).unwrap();
    assert_eq!(numbers(&natural(&read).unwrap(), "v"), [Some(1.234), Some(1299.99)]);
    let point = CsvParams { decimal: Some(".".into()), ..CsvParams::default() };
    let read = source_with(b"id,v\na,\"1,234\"\nb,5\n", &point, 0).unwrap();
    assert_eq!(numbers(&natural(&read).unwrap(), "v"), [Some(1234.0), Some(5.0)]);
    let days = CsvParams { date_format: Some("mm/dd/yyyy".into()), ..CsvParams::default() };
    let read = source_with(b"id,v\na,02/03/2004\nb,03/04/2004\n", &days, 0).unwrap();
    assert_eq!(read.columns()[1].kind, Kind::Day { format: "mm/dd/yyyy".into() });
    assert_eq!(
        natural(&read).unwrap().column("v").unwrap().get(0).unwrap(),
        AnyValue::Date(12_451)
    );
    let nulls = CsvParams { null_values: vec!["seven".into()], ..CsvParams::default() };
    let read = source_with(b"id,v\na,1\nb,seven\n", &nulls, 0).unwrap();
    assert_eq!(numbers(&natural(&read).unwrap(), "v"), [Some(1.0), None]);
    let latin = CsvParams { encoding: Some("latin1".into()), ..CsvParams::default() };
    let read = source_with(b"id,v\nM\xfcller,1\n", &latin, 0).unwrap();
    assert_eq!(texts(&natural(&read).unwrap(), "id"), [Some("Müller".to_owned())]);
    let comment = CsvParams { comment: Some("#".into()), ..CsvParams::default() };
    let read = source_with(b"# made today\nid,v\na,1\n# end\n", &comment, 0).unwrap();
    assert_eq!(read.accounting().rows, 1);
    let single = CsvParams { quote: Some(String::new()), ..CsvParams::default() };
    let read = source_with(b"id,v\n5\" nail,1\n", &single, 0).unwrap();
    assert_eq!(texts(&natural(&read).unwrap(), "id"), [Some("5\" nail".to_owned())]);
}

#[test]
fn a_table_without_header_is_read_when_that_is_declared() {
    let params = CsvParams { header: Some(false), ..CsvParams::default() };
    let source = source_with(b"39, State-gov, 7\n50, ?, 8\n", &params, 0).unwrap();
    let names: Vec<&str> = source.columns().iter().map(|seen| seen.name.as_str()).collect();
    assert_eq!(names, ["column_1", "column_2", "column_3"]);
    assert_eq!(source.accounting().rows, 2);
    assert_eq!(source.columns()[1].missing_codes, [("?".to_owned(), 1)]);
    let frame = natural(&source).unwrap();
    assert_eq!(texts(&frame, "column_2"), [Some("State-gov".to_owned()), None]);
}

#[test]
fn bad_rows_are_left_out_up_to_the_number_allowed() {
    let text = b"a,b\nx,1\ny\nz,2,3\n\nw,4\nv,\"5\"6\nu,7\n";
    let source = source_with(text, &CsvParams::default(), 4).unwrap();
    let expected = Accounting { rows: 7, used: 3, rejected: 4, excluded: 0 };
    assert_eq!(source.accounting(), expected);
    let places: Vec<Place> = source.rejects().iter().map(|reject| reject.at).collect();
    assert_eq!(places, [Place::Line(3), Place::Line(4), Place::Line(5), Place::Line(7)]);
    let frame = natural(&source).unwrap();
    assert_eq!(numbers(&frame, "b"), [Some(1.0), Some(4.0), Some(7.0)]);
    let error = source_with(text, &CsvParams::default(), 3).unwrap_err();
    assert_eq!(error.code(), "E-IN-019");
}

#[test]
fn harmless_oddities_pass() {
    for text in [
        "a,b\nx,1\ny,2",
        "\n\na,b\nx,1\ny,2\n\n\n",
        "a,b\r\nx,1\ny,2\r\n",
        "a,b\rx,1\ry,2\r",
        "\u{feff}\"a\",\"b\"\nx,1\ny,2\n",
        "\"a\", \"b\"\n x , 1\ny ,\"2\" \n",
    ] {
        let source = source(text).unwrap();
        let frame = natural(&source).unwrap();
        assert_eq!(texts(&frame, "a"), [Some("x".to_owned()), Some("y".to_owned())], "{text:?}");
        assert_eq!(numbers(&frame, "b"), [Some(1.0), Some(2.0)], "{text:?}");
    }
    let one = source("c0\nv0\na;b\n").unwrap();
    assert_eq!((one.columns().len(), one.accounting().rows), (1, 2));
}

#[test]
fn quoted_fields_survive_at_any_size() {
    let mut text = "id,value\n".to_owned();
    for row in 0..2_048 {
        text += &row.to_string();
        text += ",\"ABCDE FGHIJ\nKLMNOP\"\n";
    }
    text.push_str("2048,\"\"\",\"\n");
    let source = source(&text).unwrap();
    let frame = natural(&source).unwrap();
    let values = texts(&frame, "value");
    assert_eq!(values.len(), 2_049);
    assert_eq!(values[2_047].as_deref(), Some("ABCDE FGHIJ\nKLMNOP"));
    assert_eq!(values[2_048].as_deref(), Some("\","));
    assert!(source.columns()[0].monotone);
}

#[test]
fn ids_stay_as_they_are() {
    let source = source("id,v\n00123,1\n123,2\n9007199254740993000,3\n1e5,4\n=1+1,5\n").unwrap();
    let frame = source.read(&[wanted("id", ReadAs::Text)]).unwrap();
    let ids: Vec<String> = texts(&frame, "id").into_iter().flatten().collect();
    assert_eq!(ids, ["00123", "123", "9007199254740993000", "1e5", "=1+1"]);
    assert!(source.columns()[0].leading_zero);
}

#[test]
fn missing_is_counted_by_its_spelling() {
    let source = source("id,n,t\na,1,x\nb, ,NA\nc,NA,\nd,-,NULL\ne,?,None\n").unwrap();
    let codes = |at: usize| source.columns()[at].missing_codes.clone();
    let code = |text: &str, n: usize| (text.to_owned(), n);
    assert_eq!(codes(1), [code(" ", 1), code("-", 1), code("?", 1), code("NA", 1)]);
    assert_eq!(codes(2), [code("", 1), code("NULL", 1)]);
    assert_eq!(source.columns()[1].kind, Kind::Integer);
    assert_eq!((source.columns()[1].n_present, source.columns()[1].n_missing), (1, 4));
    let frame = natural(&source).unwrap();
    assert_eq!(frame.column("n").unwrap().null_count(), 4);
    assert_eq!(frame.column("t").unwrap().null_count(), 2);
    let finding = source.findings().iter().find(|f| f.column.as_deref() == Some("n")).unwrap();
    assert!(finding.message.starts_with("4 of 5 values are missing (a single space: 1"));
}

#[test]
fn what_is_seen_of_columns_is_right() {
    let text =
        "id,flag,spend,day,note\n1,Yes,2.50,20240105,a b\n2,No,10,20240131,c\n3,Yes,,20240201,d\n";
    let source = source(text).unwrap();
    let seen = source.columns();
    assert_eq!(seen[1].levels, [("No".to_owned(), 1), ("Yes".to_owned(), 2)]);
    assert_eq!((seen[2].min, seen[2].max, seen[2].decimals), (Some(2.5), Some(10.0), 1));
    assert_eq!(seen[3].kind, Kind::Day { format: "yyyymmdd".into() });
    assert!(seen[0].monotone && !seen[2].monotone);
    assert!((seen[4].with_spaces - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(seen[4].max_length, 3);
}

#[test]
fn files_that_are_no_tables_are_named() {
    let folder = std::env::temp_dir();
    let none = Path::new("/nonexistent/kohort.csv");
    let code = |path: &Path| open(path, "x", &CsvParams::default(), 0).unwrap_err().code();
    assert_eq!(code(&folder), "E-IN-003");
    assert_eq!(code(none), "E-IN-003");
    assert_eq!(code(Path::new("/dev/zero")), "E-IN-003");
    assert_eq!(code(Path::new("https://example.org/t.csv")), "E-IN-004");
    assert_eq!(code(Path::new("s3://bucket/t.csv")), "E-IN-004");
    for (name, bytes, code) in [
        ("t.csv", &b"PK\x03\x04....xl/workbook.xml"[..], "E-IN-063"),
        ("t.csv", b"<!DOCTYPE html><html>log in</html>", "E-IN-061"),
        ("t.csv", b"%PDF-1.7 ...", "E-IN-061"),
        ("t.xls", b"<html><table><tr><td>id</td></tr></table></html>", "E-IN-061"),
        ("t.csv", b"PAR1........PAR1", "E-IN-060"),
        ("t.parquet", b"PAR1........", "E-IN-060"),
        ("t.parquet", b"PAR1....\xff\xff\xff\x7fPAR1", "E-IN-060"),
        ("t.csv", b"\xff\xfea\0,\0b\0\n", "E-IN-020"),
        ("t.csv", b"\x1f\x8b\x08\0\0", "E-IN-063"),
    ] {
        let temp = file(name, bytes);
        let error = open(&temp.0, name, &CsvParams::default(), 0).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_bomb_is_a_limit() {
    let packed = gzip(&vec![b'a'; 40 << 20]);
    let error = source_with(&packed, &CsvParams::default(), 0).unwrap_err();
    assert_eq!((error.code(), error.class()), ("E-LIM-002", Class::Limit));
    let limits = Limits { max_bytes: 100, ..Limits::default() };
    let temp = file("t.csv.gz", &gzip("a,b\n1,2\n".repeat(100).as_bytes()));
    let error = open_within(&temp.0, "t", &CsvParams::default(), 0, &limits).unwrap_err();
    assert_eq!(error.code(), "E-LIM-002");
    let temp = file("t.csv", "a,b\n1,2\n".repeat(100).as_bytes());
    let error = open_within(&temp.0, "t", &CsvParams::default(), 0, &limits).unwrap_err();
    assert_eq!(error.code(), "E-LIM-003");
}

#[test]
fn a_cut_archive_gives_no_rows() {
    let table = "id,spend\n".to_owned() + &"a1,12.5\nb2,7.25\nc3,\n".repeat(500);
    for packed in [gzip(table.as_bytes()), zstd::encode_all(table.as_bytes(), 3).unwrap()] {
        let cut = &packed[..packed.len() - 5];
        let error = source_with(cut, &CsvParams::default(), 0).unwrap_err();
        assert_eq!(error.code(), "E-IN-063");
    }
}

pub(super) const TABLE: &str = "id,spend,since,plan,visits\n\
                     a1,12.50,2020-01-31,basic,3\n\
                     b2,,2021-02-28,\"pro, max\",1200\n\
                     c3,1299.99,2020-12-01,,0\n\
                     d4,0.5,,basic,7\n";

pub(super) fn same(a: &Source, b: &Source) {
    let (left, right) = (natural(a).unwrap(), natural(b).unwrap());
    assert!(left.equals_missing(&right));
    assert_eq!(left.schema(), right.schema());
    for (left, right) in a.columns().iter().zip(b.columns()) {
        let plain = |seen: &SeenColumn| {
            let kind = match &seen.kind {
                Kind::Day { .. } => Kind::Day { format: String::new() },
                kind => kind.clone(),
            };
            (
                kind,
                seen.n_present,
                seen.n_missing,
                seen.n_distinct,
                seen.min,
                seen.max,
                seen.decimals,
            )
        };
        assert_eq!(plain(left), plain(right), "{}", left.name);
    }
}

#[test]
fn the_same_table_in_any_dress_is_the_same() {
    let base = source(TABLE).unwrap();
    let semicolon = "\u{feff}id;spend;since;plan;visits\r\n\
                     a1;12,50;31.01.2020;basic;3\r\n\
                     b2;;28.02.2021;pro, max;1.200\r\n\
                     c3;1.299,99;01.12.2020;;0\r\n\
                     d4;0,5;;basic;7\r\n";
    let tab = "id\tspend\tsince\tplan\tvisits\n\
               a1\t12.50\t31-01-2020\tbasic\t3\n\
               b2\tNA\t28-02-2021\tpro, max\t1200\n\
               c3\t1299.99\t01-12-2020\t\t0\n\
               d4\t.5\t\tbasic\t7\n";
    for text in [&TABLE.replace('\n', "\r\n"), &TABLE.replace('\n', "\r"), semicolon, tab] {
        same(&base, &source(text).unwrap());
    }
    let (head, tail) = TABLE.as_bytes().split_at(40);
    let members = [gzip(head), gzip(tail)].concat();
    for packed in [gzip(TABLE.as_bytes()), members, zstd::encode_all(TABLE.as_bytes(), 3).unwrap()]
    {
        same(&base, &source_with(&packed, &CsvParams::default(), 0).unwrap());
    }
}

pub(super) fn parquet(frame: &mut DataFrame) -> Vec<u8> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(frame).unwrap();
    bytes
}

#[test]
fn parquet_gives_the_same_as_csv() {
    let base = source(TABLE).unwrap();
    let mut frame = natural(&base).unwrap();
    let bytes = parquet(&mut frame);
    let temp = file("t.parquet", &bytes);
    let read = open(&temp.0, "t", &CsvParams::default(), 0).unwrap();
    same(&base, &read);
    assert_eq!(read.facts().format, "parquet");
    let cut = file("t.parquet", &bytes[..bytes.len() - 100]);
    let error = open(&cut.0, "t", &CsvParams::default(), 0).unwrap_err();
    assert_eq!(error.code(), "E-IN-060");
    let empty = file("t.parquet", &parquet(&mut frame.slice(0, 0)));
    let error = open(&empty.0, "t", &CsvParams::default(), 0).unwrap_err();
    assert_eq!(error.code(), "E-IN-002");
}

#[test]
fn parquet_types_that_cannot_be_used_are_named() {
    let part = Series::new("part".into(), &[1_i64, 2]);
    let nested = Series::new("basket".into(), &[part.clone(), part]).into_column();
    let mut frame = DataFrame::new(2, vec![nested]).unwrap();
    let temp = file("t.parquet", &parquet(&mut frame));
    let error = open(&temp.0, "t", &CsvParams::default(), 0).unwrap_err();
    assert_eq!(error.to_string(), "t, column basket holds lists, which cannot be used");
}

#[test]
fn damaged_parquet_never_panics() {
    let base = source(TABLE).unwrap();
    let bytes = parquet(&mut natural(&base).unwrap());
    for at in (4..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let temp = file("t.parquet", &damaged);
        let _ = open(&temp.0, "t", &CsvParams::default(), 0);
    }
}

#[test]
fn a_column_that_is_not_there_gets_a_proposal() {
    let error = source(TABLE).unwrap().read(&[wanted("ID", ReadAs::Text)]).unwrap_err();
    assert_eq!(error.code(), "E-IN-016");
    assert_eq!(error.hint().as_deref(), Some("did you mean id"));
}
