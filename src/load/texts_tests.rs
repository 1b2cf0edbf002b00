//! A text that stays on the disk tells what it tells when it is held, however the windows
//! are cut: the same columns, readings, findings, accounting and errors, and the same cells
//! in its pieces.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::differential_tests::cases;
use super::part_tests::rows;
use super::pieces::cut_as;
use super::tests::{Temp, file};
use super::windows::Cut;
use super::*;
use crate::expression::Cells as Plain;

pub(super) type Files = Vec<(PathBuf, String)>;

/// Every text stays on the disk.
pub(super) fn cut(window: usize, part: usize) -> Cut {
    Cut { held: 0, head: 1 << 20, window, part, ..Cut::default() }
}

pub(super) const HELD: Cut = Cut { held: u64::MAX, head: 1, window: 1, part: 1, distinct: 1 };

pub(super) fn written(texts: &[&[u8]]) -> (Vec<Temp>, Files) {
    let temps: Vec<Temp> =
        texts.iter().enumerate().map(|(at, text)| file(&format!("{at}.csv"), text)).collect();
    let files = temps.iter().enumerate().map(|(at, t)| (t.0.clone(), format!("{at}.csv")));
    let files = files.collect();
    (temps, files)
}

pub(super) fn opened(
    files: &[(PathBuf, String)],
    csv: &CsvParams,
    limits: &Limits,
    cut: &Cut,
) -> Result<Source, LoadError> {
    cut_as(files, csv, limits, cut).map_err(|error| match error {
        PiecesError::Load(error) => error,
        PiecesError::Differs { .. } => panic!("{error}"),
    })
}

/// One column of all pieces, each cell spelled.
fn cells(source: &Source, wanted: &Wanted) -> Result<Vec<String>, LoadError> {
    let mut all = Vec::new();
    for at in 0..source.n_pieces() {
        let chunk = source.piece(at, std::slice::from_ref(wanted))?;
        match chunk.columns().next().unwrap().1 {
            Plain::Text(texts) => all.extend(texts.iter().map(|text| format!("{text:?}"))),
            Plain::Day(days) => all.extend(days.iter().map(|day| format!("{day:?}"))),
            Plain::Number { values, null } => {
                all.extend(values.iter().enumerate().map(|(row, value)| {
                    let is_null = null.get(row).copied().unwrap_or(false);
                    if is_null { "none".to_owned() } else { value.to_bits().to_string() }
                }));
            }
        }
    }
    Ok(all)
}

/// Everything that is known of a table, and its cells as whatever they may be read as.
fn learnt(source: &Source) -> Vec<String> {
    let mut all = vec![
        format!("{:?}", source.columns()),
        format!("{:?}", source.readings),
        format!("{:?}", source.settings),
        format!("{:?} {:?}", source.accounting(), source.rejects()),
        format!("{:?} {:?}", source.facts(), source.files()),
        format!("{:?}", source.findings()),
        format!("{:?}", source.repairs()),
        format!("{}", source.has_header),
    ];
    for seen in source.columns() {
        for read_as in [ReadAs::Text, ReadAs::Id, ReadAs::Number, ReadAs::Day] {
            let wanted = Wanted { column: seen.name.clone(), read_as };
            all.push(format!("{} {read_as:?} {:?}", seen.name, cells(source, &wanted)));
        }
    }
    all
}

/// Both ways to a table tell the same; gives whether the text stayed on the disk, where it
/// is a table.
fn same_both_ways(files: &Files, csv: &CsvParams, limits: &Limits, cuts: &[Cut]) -> Option<bool> {
    let held = opened(files, csv, limits, &HELD);
    let text = || fs::read(&files[0].0).map(|text| String::from_utf8_lossy(&text).into_owned());
    let mut stayed = None;
    for cut in cuts {
        match (&held, opened(files, csv, limits, cut)) {
            (Ok(held), Ok(own)) => {
                let is_there = matches!(own.content, Content::Texts(_));
                assert_eq!(*stayed.get_or_insert(is_there), is_there);
                for (own, held) in learnt(&own).into_iter().zip(learnt(held)) {
                    assert_eq!(own, held, "{cut:?} {:?}", text());
                }
            }
            (Err(held), Err(own)) => assert_eq!(own, *held, "{cut:?} {:?}", text()),
            (held, own) => {
                panic!("{:?} but {:?} {cut:?} {:?}", held.as_ref().err(), own.err(), text())
            }
        }
    }
    stayed
}

fn cuts() -> [Cut; 3] {
    [cut(60, 13), cut(700, 300), cut(1 << 20, 90)]
}

fn one_text(text: &[u8], csv: &CsvParams, cuts: &[Cut]) -> Option<bool> {
    let (_temps, files) = written(&[text]);
    same_both_ways(&files, csv, &Limits::default(), cuts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn windows_of_any_size_learn_what_is_learnt_of_a_held_text(
        rows in rows(),
        last in prop_oneof![
            6 => Just(""), 1 => Just("7,8,9"), 1 => Just("7,8"), 1 => Just("7,\"8"),
            1 => Just("a,b,c\n"), 1 => Just("\n\n1,2\nnote\n"), 1 => Just("\n\n\n"),
            1 => Just("1,2,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"),
        ],
        comment in prop_oneof![Just(None), Just(Some("#".to_owned()))],
        bytes in prop_oneof![8 => Just(&b""[..]), 1 => Just(&b"x\0,1,2\n"[..]), 1 => Just(&b"\xff,1,2\n"[..])],
        mark in prop_oneof![4 => Just(""), 1 => Just("\u{feff}")],
    ) {
        let text = [mark.as_bytes(), b"a,b,c\n", rows.as_bytes(), bytes, last.as_bytes()].concat();
        let (_temps, files) = written(&[&text]);
        let limits = Limits { max_cell: 40, max_line: 90, ..Limits::default() };
        for header in [None, Some(true)] {
            let csv = CsvParams { header, comment: comment.clone(), ..CsvParams::default() };
            for (threads, cut) in [(1, cut(1, 1)), (2, cut(30, 7)), (3, cut(150, 40))] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| same_both_ways(&files, &csv, &limits, &[cut]));
            }
        }
    }
}

#[test]
fn generated_files_tell_the_same_both_ways() {
    let mut n_stayed = 0;
    for case in cases().iter().take(400) {
        let stayed = one_text(case.text.as_bytes(), &CsvParams::default(), &cuts());
        n_stayed += usize::from(stayed == Some(true));
    }
    assert!(n_stayed > 150, "{n_stayed}");
}

#[test]
fn the_corpus_of_tricky_inputs_tells_the_same_both_ways() {
    let mut n_stayed = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")).unwrap() {
        let path = entry.unwrap().path().join("input.csv");
        if !path.exists() || fs::metadata(&path).unwrap().len() > 40_000 {
            continue;
        }
        let files = vec![(path, "input.csv".to_owned())];
        let cuts = [cut(50, 20), cut(1000, 300)];
        let stayed = same_both_ways(&files, &CsvParams::default(), &Limits::default(), &cuts);
        n_stayed += usize::from(stayed == Some(true));
    }
    assert!(n_stayed > 30, "{n_stayed}");
}

/// Customers of which some cells are in quotes, some missing, some odd.
pub(super) fn table(n: usize, delimiter: char) -> String {
    let mut text = ["id", "spend", "since", "word", "note"].join(&delimiter.to_string()) + "\n";
    for row in 0..n {
        let spend =
            if row % 17 == 3 { "NA".to_owned() } else { format!("{}.{:02}", row, row % 100) };
        let spend = if delimiter == ';' { spend.replace('.', ",") } else { spend };
        let since = if row % 13 == 0 { String::new() } else { format!("2024-0{}-11", row % 9 + 1) };
        let word =
            ["\"two\nlines \"\"x\"\"\"", "web", " shop ", "", "é", "\"a, b;\r\nc\""][row % 6];
        let d = delimiter;
        writeln!(text, "K{row:05}{d}{spend}{d}{since}{d}{word}{d}n{}", row * 7919 % 40).unwrap();
    }
    text
}

#[test]
fn what_is_hard_about_texts_is_the_same_both_ways() {
    let base = table(100, ',');
    let sums = format!("{}K9,text far down,2024-01-11,x,y\n", table(200, ','));
    let texts: Vec<Vec<u8>> = vec![
        base.clone().into(),
        base.replace('\n', "\r\n").into(),
        base.replace('\n', "\r").into(),
        base.trim_end().into(),
        format!("\u{feff}{base}").into(),
        table(101, ';').into(),
        table(50, '\t').into(),
        sums.into(),
        format!("Customers, all of them\n\n{base}").into(),
        format!("# made today\n# and again\n{base}").into(),
        format!("x,of,them,all,now\n{base}").into(),
        format!("{base}\n\n\n").into(),
        format!("{base}\nK1,2,2024-01-01,a,b\n").into(),
        format!("{base}\n\nthree customers\nand a note\n").into(),
        format!("{base}\n\na\nb\nc\nd\n").into(),
        format!("{base}Total,99999,,,\n").into(),
        format!("{base}K1,2,3\n{base}").into(),
        format!("{base}K1,2\"3,,,\n").into(),
        format!("{base}K1,\"never closed,,,\n{}", table(30, ',')).into(),
        format!("{base}{base}").into(),
        format!("{base}K1,2,2024").into(),
        [base.as_bytes(), b"K1,2,,M\xfcller,x\n"].concat(),
        [b"\xef\xbb\xbf", base.as_bytes(), b"K1,2,,M\xfcller,x\n"].concat(),
        [base.as_bytes(), b"K1,2,,\0,x\n"].concat(),
        [base.as_bytes(), b"K1,2\n", b"K1,2,,M\xfcller,x\n"].concat(),
        b"id,n\n".to_vec(),
        b"\xef\xbb\xbf".to_vec(),
        b"id,n\n\n\n".to_vec(),
        b"1,2\n3,4\n5,6\n".to_vec(),
        b"id\nA\nB\n\"\"\nC\n".to_vec(),
        b"id,id\n1,2\n".to_vec(),
        b"yes,no\nno,no\nyes,yes\n".to_vec(),
        b"{\"a\":1}\n".to_vec(),
        b"1 2\n3 4\n".to_vec(),
        b"PK\x03\x04".to_vec(),
        Vec::new(),
        "id,v\na,1.234\nb,5.678\n".into(),
        "id;v\na;1.234\nb;5.678\n".into(),
        "id,d\na,01/02/2024\nb,03/04/2024\n".into(),
        "id,d\na,01/02/2024\nb,23/04/2024\n".into(),
        "a,b\n1,\"x\n\n\ny\"\n\n".into(),
        " , \n,\n \"\",\n".into(),
    ];
    let mut stayed = Vec::new();
    for text in &texts {
        stayed.push(one_text(text, &CsvParams::default(), &cuts()) == Some(true));
    }
    assert!(stayed[..10].iter().all(|&stayed| stayed), "{stayed:?}");
    for csv in [
        CsvParams { comment: Some("K0001".into()), ..CsvParams::default() },
        CsvParams { skip_lines: Some(3), header: Some(false), ..CsvParams::default() },
        CsvParams { skip_footer: Some(1), ..CsvParams::default() },
        CsvParams { encoding: Some("utf-8".into()), ..CsvParams::default() },
        CsvParams { encoding: Some("latin1".into()), ..CsvParams::default() },
        CsvParams { null_values: vec!["web".into(), "spend=5.05".into()], ..CsvParams::default() },
        CsvParams { quote: Some(String::new()), ..CsvParams::default() },
        CsvParams { delimiter: Some(";".into()), ..CsvParams::default() },
        CsvParams { header_lines: Some(2), ..CsvParams::default() },
    ] {
        for text in &texts {
            one_text(text, &csv, &[cut(150, 60)]);
        }
    }
}

#[test]
fn a_beginning_of_few_records_is_enough() {
    let base = table(2_000, ',');
    let heads: [&str; 3] = ["", "Customers, all of them\n\n", "# made today\n"];
    let ends = ["", "Total:,99999,,,\n", "\n\nnote\n", "\n\n\n", "K1,2\n", "\0"];
    for (head, end) in heads.iter().flat_map(|head| ends.map(|end| (head, end))) {
        let (_temps, files) = written(&[format!("{head}{base}{end}").as_bytes()]);
        let cuts = [(5_000, 16), (30_000, 2_000)]
            .map(|(window, part)| Cut { head: 20_000, ..cut(window, part) });
        let stayed = same_both_ways(&files, &CsvParams::default(), &Limits::default(), &cuts);
        assert_ne!(stayed, Some(false));
    }
    // Here they are too few, so that it is held.
    let (_temps, files) = written(&[base.as_bytes()]);
    let small = Cut { head: 3_000, ..cut(5_000, 500) };
    let stayed = same_both_ways(&files, &CsvParams::default(), &Limits::default(), &[small]);
    assert_eq!(stayed, Some(false));
}

#[test]
fn several_texts_are_one_table_as_they_are_when_held() {
    let first = table(50, ',');
    let turned = "word;id;note;since;spend\nweb;Q1;n1;2024-01-01;1,5\n\"x;\ny\";Q2;n2;;2,25\n";
    let odd = "id,spend,since,word,note\nQ7,text,,a,b\nQ8,31,2023-12-31,a,b\n";
    let names = "id,spend,since,word,note\n";
    let marked = format!("\u{feff}# a\n{names}Z1,5,2020-01-01,web,n\n");
    let latin = b"id,spend,since,word,note\nQ7,1,,M\xfcller,b\nQ8,1,,K\xf6ln,b\n";
    let sets: Vec<Vec<&[u8]>> = vec![
        vec![first.as_bytes(), turned.as_bytes()],
        vec![turned.as_bytes(), first.as_bytes()],
        vec![names.as_bytes(), first.as_bytes(), names.as_bytes(), odd.as_bytes()],
        vec![first.as_bytes(), odd.as_bytes(), marked.as_bytes(), turned.as_bytes()],
        vec![marked.as_bytes(), odd.as_bytes(), odd.as_bytes(), odd.as_bytes(), first.as_bytes()],
        vec![names.as_bytes(), names.as_bytes()],
        vec![first.as_bytes(), b"id,spend,since,word\nQ,1,,x\n"],
        vec![first.as_bytes(), b"id,spend,since,word,note\nQ,1,,x\n"],
        vec![first.as_bytes(), b"id,spend,since,word,note,more\nQ,1,,x,y,z\n"],
        vec![first.as_bytes(), b""],
        vec![first.as_bytes(), latin],
        vec![b"id,d\na,01/02/2024\n", b"id,d\nb,31/02/2024\nc,30/03/2024\n"],
        vec![b"id,d\na,01/02/2024\n", b"d,id\n03/02/2024,c\n"],
        vec![b"1,2\n3,4\n5,6\n", b"7,8\n9,10\n"],
        vec![b"id\na\nb\n", b"id\nc\n\"\"\nd\n"],
        vec![b"id,n\na,1\nb,2\n", b"id,n\nc,3\nd,4\n"],
    ];
    let mut n_stayed = 0;
    for set in &sets {
        let (_temps, files) = written(set);
        for csv in [CsvParams::default(), CsvParams { header: Some(true), ..CsvParams::default() }]
        {
            let stayed = same_both_ways(&files, &csv, &Limits::default(), &cuts());
            n_stayed += usize::from(stayed == Some(true));
        }
    }
    assert!(n_stayed > 14, "{n_stayed}");
}
