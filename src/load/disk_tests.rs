//! What is read of a text that stays on the disk: frames, batches and pieces of it, of any
//! length, also where it changes meanwhile.

use std::fmt::Write as _;
use std::fs;

use super::texts_tests::{HELD, cut, opened, table, written};
use super::windows::Cut;
use super::*;
use crate::fault::Fault;

#[test]
fn frames_and_batches_are_those_of_a_held_text() {
    let (_temps, files) = written(&[table(200, ',').as_bytes(), table(20, ';').as_bytes()]);
    let (csv, limits) = (CsvParams::default(), Limits::default());
    let held = opened(&files, &csv, &limits, &HELD).unwrap();
    let own = opened(&files, &csv, &limits, &cut(300, 100)).unwrap();
    let wanted = [("note", ReadAs::Text), ("id", ReadAs::Id), ("since", ReadAs::Day)];
    let wanted = wanted.map(|(column, read_as)| super::tests::wanted(column, read_as));
    assert!(own.read(&wanted).unwrap().equals_missing(&held.read(&wanted).unwrap()));
    assert!(matches!(own.rows(&wanted).unwrap(), Rows::Frame(_)));
    let mut n_rows = 0;
    own.each_batch(&wanted, &mut |batch| {
        n_rows += batch.height();
        Ok::<(), LoadError>(())
    })
    .unwrap();
    assert_eq!((n_rows, own.twins().unwrap()), (220, None));
    assert!(!own.is_streamed());
    let Content::Texts(disks) = &own.content else { panic!("{own:?}") };
    assert!(disks.iter().flat_map(|disk| &disk.parts).all(|part| part.kept.is_empty()));
}

#[test]
fn what_is_not_held_may_have_any_length() {
    let text = table(100, ',');
    let (_temps, files) = written(&[text.as_bytes()]);
    let limits = Limits { max_bytes: 1000, ..Limits::default() };
    let csv = CsvParams::default();
    assert_eq!(opened(&files, &csv, &limits, &HELD).unwrap_err().code(), "E-LIM-003");
    let own = opened(&files, &csv, &limits, &cut(500, 100)).unwrap();
    assert_eq!(own.accounting().used, 100);
    // A fault is then told, and not the size.
    let broken = [text.as_bytes(), b"K1,2,,M\xfcller,x\n"].concat();
    let (_temps, files) = written(&[&broken]);
    let error = opened(&files, &csv, &limits, &cut(500, 100)).unwrap_err();
    let line = super::made::line_ends(text.as_bytes()) + 1;
    let offset = text.len() + 7;
    assert_eq!(error, LoadError::NotUtf8 { file: "0.csv".into(), line, offset });
}

#[test]
fn a_text_that_changes_or_shrinks_is_told() {
    let text = table(300, ',');
    let (temps, files) = written(&[text.as_bytes()]);
    let path = &temps[0].0;
    let open =
        || opened(&files, &CsvParams::default(), &Limits::default(), &cut(900, 300)).unwrap();
    let id = [super::tests::wanted("id", ReadAs::Id)];
    let changed = LoadError::Changed { file: "0.csv".into() };
    let source = open();
    let last = source.n_pieces() - 1;
    assert!(source.unchanged().is_ok() && source.piece(last, &id).is_ok());
    assert!(source.piece(last + 1, &id).is_err());
    // Shorter: the last piece is not there.
    fs::write(path, &text[..text.len() / 2]).unwrap();
    assert_eq!(source.unchanged().unwrap_err(), changed);
    assert_eq!(source.piece(last, &id).unwrap_err(), changed);
    // As long, but other bytes.
    fs::write(path, &text).unwrap();
    let source = open();
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    fs::write(path, "x".repeat(text.len())).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    assert_eq!(source.unchanged().unwrap_err(), changed);
    assert_eq!(source.piece(0, &id).unwrap_err(), changed);
    // Gone.
    fs::write(path, &text).unwrap();
    let source = open();
    fs::remove_file(path).unwrap();
    assert_eq!(source.piece(0, &id).unwrap_err(), changed);
    assert_eq!(source.unchanged().unwrap_err(), changed);
}

#[test]
fn pieces_are_read_in_any_order_at_once() {
    use rayon::prelude::*;
    let (_temps, files) = written(&[table(400, ',').as_bytes()]);
    let csv = CsvParams::default();
    let source = opened(&files, &csv, &Limits::default(), &cut(2000, 200)).unwrap();
    let id = [super::tests::wanted("id", ReadAs::Id)];
    assert!(source.n_pieces() > 20 && source.pieces_at_once() >= 1);
    let ids = |at: usize| format!("{:?}", source.piece(at, &id).unwrap());
    let forth: Vec<String> = (0..source.n_pieces()).map(ids).collect();
    let back: Vec<String> = (0..source.n_pieces()).into_par_iter().rev().map(ids).collect();
    assert!(forth.iter().eq(back.iter().rev()));
}

#[test]
fn many_different_values_are_estimated_alike_however_the_text_is_cut() {
    let mut text = "id,n\n".to_owned();
    for row in 0..20_000_u64 {
        let id = row.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        writeln!(text, "C{:014},{}", id, row % 700).unwrap();
    }
    let (_temps, files) = written(&[text.as_bytes()]);
    let counts = |cut: Cut| {
        let source = opened(&files, &CsvParams::default(), &Limits::default(), &cut).unwrap();
        source.columns().iter().map(|seen| seen.n_distinct).collect::<Vec<_>>()
    };
    assert_eq!(counts(cut(60_000, 5_000)), [20_000, 700]);
    let few = |window, part| Cut { distinct: 1_000, ..cut(window, part) };
    let estimate = counts(few(60_000, 5_000));
    // Three standard errors of a thousand hashes.
    assert!(estimate[0].abs_diff(20_000) < 1_900 && estimate[0] != 20_000, "{estimate:?}");
    assert_eq!(estimate[1], 700);
    for (window, part) in [(30_000, 999), (1 << 20, 1 << 20), (100_000, 7_000)] {
        assert_eq!(counts(few(window, part)), estimate, "{window} {part}");
    }
}
