//! However a text is cut into parts and however many threads read it, the result is the
//! one of a single reader: the same columns, findings, rejects, frames and errors.

use std::fmt::Write as _;

use polars::prelude::DataFrame;
use proptest::prelude::*;

use super::error::LoadError;
use super::params::{CsvParams, Limits, Settings};
use super::read::Checked;
use super::record::Layout;
use super::scan::{Scanned, scan};
use super::typed::Target;
use super::{Accounting, Kind, ReadAs, Reject, SeenColumn};
use crate::finding::Finding;

/// All that a reader learns of a text.
#[derive(Debug, PartialEq)]
struct Learnt {
    columns: Vec<SeenColumn>,
    problems: Vec<Option<LoadError>>,
    accounting: Accounting,
    rejects: Vec<Reject>,
    findings: Vec<Finding>,
    frames: Vec<Result<Cells, LoadError>>,
}

/// Each column as text, row by row.
type Cells = Vec<Vec<String>>;

fn layout() -> Layout {
    Layout {
        delimiter: b',',
        quote: Some(b'"'),
        comment: Some(b"#".to_vec()),
        max_cell: 40,
        max_line: 90,
    }
}

fn learn(text: &str, bad: u64, size: usize) -> Result<Learnt, LoadError> {
    let (settings, layout) = (CsvParams::default().check().unwrap(), layout());
    let settings = Settings { header: Some(true), ..settings };
    let scanned = scan(text.as_bytes(), &layout, &settings, &Limits::default(), (bad, size), "t")?;
    let frames = [ReadAs::Text, ReadAs::Number, ReadAs::Day]
        .into_iter()
        .map(|read_as| read(text, &layout, &settings, &scanned, read_as))
        .collect();
    Ok(Learnt {
        columns: scanned.columns,
        problems: scanned.readings.into_iter().map(|reading| reading.problem).collect(),
        accounting: scanned.accounting,
        rejects: scanned.rejects,
        findings: scanned.findings,
        frames,
    })
}

fn read(
    text: &str,
    layout: &Layout,
    settings: &Settings,
    scanned: &Scanned,
    read_as: ReadAs,
) -> Result<Cells, LoadError> {
    let targets: Vec<Target> = scanned
        .columns
        .iter()
        .zip(&scanned.readings)
        .enumerate()
        .filter(|(_, (seen, _))| match seen.kind {
            Kind::Integer | Kind::Decimal => read_as != ReadAs::Day,
            Kind::Day { .. } => read_as != ReadAs::Number,
            _ => read_as == ReadAs::Text,
        })
        .map(|(at, (seen, reading))| Target {
            at,
            name: &seen.name,
            read_as,
            reading,
            has_codes: true,
        })
        .collect();
    let checked = Checked {
        text: text.as_bytes(),
        layout,
        settings,
        n_columns: scanned.columns.len(),
        n_rows: scanned.accounting.used,
        file: "t",
    };
    let mut cells: Cells = vec![Vec::new(); targets.len()];
    for part in &scanned.parts {
        let frame: DataFrame = checked.part(part, &targets)?;
        for (all, column) in cells.iter_mut().zip(frame.columns()) {
            let texts = (0..column.len()).map(|row| column.get(row).unwrap().to_string());
            all.extend(texts);
        }
    }
    Ok(cells)
}

/// Rows, and now and then something that is none.
pub(super) fn rows() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        8 => "[0-9]{1,3}",
        4 => "[0-9]{1,2}\\.[0-9]{1,3}",
        4 => "2024-0[1-9]-[0-2][1-9]",
        4 => "[a-c]{0,3}",
        2 => "\"[a-c,\n]{0,4}\"",
        1 => "\"[a\"]{0,1}\"\"b\r\n\"",
        1 => " *",
        1 => Just("NA".to_owned()),
    ];
    let row = prop_oneof![
        30 => proptest::collection::vec(cell, 3).prop_map(|cells| cells.join(",")),
        1 => Just(String::new()),
        1 => Just("# a \"comment".to_owned()),
        1 => Just("1,2".to_owned()),
        1 => Just("1,2\"3,4".to_owned()),
        1 => Just("1,\"2\"3,4".to_owned()),
    ];
    let end = prop_oneof![4 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r")];
    proptest::collection::vec((row, end), 0..40)
        .prop_map(|rows| rows.into_iter().map(|(row, end)| row + end).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn parts_of_any_size_on_any_number_of_threads_read_the_same(
        rows in rows(),
        last in prop_oneof![
            6 => Just(""), 1 => Just("7,8,9"), 1 => Just("7,8"), 1 => Just("7,\"8"),
            1 => Just("a,b,c\n"), 1 => Just("1,2,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"),
        ],
        bad in prop_oneof![Just(0_u64), Just(2), Just(100)],
    ) {
        let text = format!("a,b,c\n{rows}{last}");
        let whole = learn(&text, bad, usize::MAX);
        for (threads, size) in [(1, 1), (2, 7), (3, 30), (8, 100), (2, 400)] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let parts = pool.install(|| learn(&text, bad, size));
            prop_assert_eq!(&parts, &whole, "{} threads, parts of {}", threads, size);
        }
    }
}

#[test]
fn a_blank_line_before_a_repeated_header_is_the_first_thing_wrong() {
    let text = "a,b,c\n0,0,0\n\na,b,c\n";
    let whole = learn(text, 0, usize::MAX).unwrap_err();
    assert_eq!(whole, LoadError::BlankLine { file: "t".into(), line: 3 });
    for size in [1, 2, 7] {
        assert_eq!(learn(text, 0, size).unwrap_err(), whole);
    }
}

#[test]
fn quoted_line_ends_at_every_border_are_no_borders() {
    let mut text = "a,b,c\n".to_owned();
    for row in 0..3_000 {
        let _ = write!(text, "{row},\"two\nlines \"\"{}\"\"\",{}.5\n", row % 7, row % 11);
    }
    let whole = learn(&text, 0, usize::MAX).unwrap();
    assert_eq!(whole.accounting.used, 3_000);
    for size in [64, 1_000, 4_096] {
        assert_eq!(learn(&text, 0, size).unwrap(), whole);
    }
}

/// What was kept of the cells gives what the text gives when it is taken apart again.
#[test]
fn what_was_kept_gives_what_the_text_gives() {
    let mut text = "number,mixed,day,word,id,odd\n".to_owned();
    for row in 0..2_500_u64 {
        let state = row.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let number = match state % 9 {
            0 => String::new(),
            1 => format!("-{}.{}", state % 70, state % 10),
            2 => format!("{}", state % 1_000_000_000),
            3 => format!("{}.5000", state % 300),
            4 => " 7.25 ".to_owned(),
            _ => format!("{}.{:03}", state % 2_000, state % 1_000),
        };
        let mixed =
            ["NA", "12", "007", "x\u{e9}", "1.0", "-0.0", "", "17850.0"][state as usize % 8];
        let day = if state % 31 == 0 {
            String::new()
        } else {
            format!("2024-0{}-1{}", row % 9 + 1, row % 10)
        };
        let word = ["\"a \"\"b\"\"\"", "shop", " shop ", "", "web"][state as usize % 5];
        let odd = if row == 1_700 { "y".repeat(300) } else { format!("o{}", state % 50) };
        let _ = writeln!(text, "{number},{mixed},{day},{word},C{row:05},{odd}");
    }
    let layout = Layout { max_cell: 1 << 20, max_line: 1 << 24, ..layout() };
    for nulls in [Vec::new(), vec!["12".to_owned(), "shop".to_owned()]] {
        let csv = CsvParams { null_values: nulls, ..CsvParams::default() };
        let settings = Settings { header: Some(true), ..csv.check().unwrap() };
        for size in [20_000, usize::MAX] {
            let cut = (0, size);
            let limits = Limits::default();
            let scanned = scan(text.as_bytes(), &layout, &settings, &limits, cut, "t");
            let mut scanned = scanned.unwrap();
            let all = [ReadAs::Text, ReadAs::Id, ReadAs::Number, ReadAs::Day];
            let each = |scanned: &Scanned| {
                all.map(|read_as| read(&text, &layout, &settings, scanned, read_as))
            };
            let kept = each(&scanned);
            for part in &mut scanned.parts {
                assert_eq!(part.kept.len(), 6);
                part.kept.clear();
            }
            assert_eq!(kept, each(&scanned), "parts of {size}");
        }
    }
}
