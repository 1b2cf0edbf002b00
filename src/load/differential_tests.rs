//! The same thousands of generated CSV files by our reader, by the `csv` crate and by the
//! `csv` module of Python: the same rows, or an error; never fewer rows.

use std::fmt::Write as _;
use std::process::Command;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::tests::{source_with, texts, wanted};
use super::*;

const N_FILES: usize = 3_000;

/// A generated file and its delimiter.
pub(super) struct Case {
    pub text: String,
    delimiter: char,
}

fn pick<'a>(rng: &mut Xoshiro256PlusPlus, from: &[&'a str]) -> &'a str {
    from[rng.gen_range(0..from.len())]
}

/// A cell of few pieces that matter: delimiters, quotes, line ends, letters beyond ASCII.
fn cell(rng: &mut Xoshiro256PlusPlus, delimiter: char) -> String {
    let pieces = ["a", "b c", "Zoë", "12", "3.5", "-7", "x", "", "é", "#", "Total", "id"];
    let inside = [",", ";", "\t", "|", "\"\"", "\n", "\r\n", "\r", " ", "'"];
    let mut content = pick(rng, &pieces).to_owned();
    if rng.gen_bool(0.25) {
        content += pick(rng, &inside);
        content += pick(rng, &pieces);
    }
    let needs = content.contains([delimiter, '"', '\n', '\r']);
    // Now and then quotes are forgotten or stand where none are needed.
    let quotes = if rng.gen_bool(0.01) { !needs } else { needs || rng.gen_bool(0.1) };
    if quotes { format!("\"{content}\"") } else { content }
}

fn case(rng: &mut Xoshiro256PlusPlus) -> Case {
    let delimiter = *[',', ';', '\t', '|'].get(rng.gen_range(0..4_usize)).unwrap();
    let end = pick(rng, &["\n", "\r\n", "\n"]);
    let (n_columns, n_rows) = (rng.gen_range(1..6), rng.gen_range(1..30));
    let mut text = String::new();
    if rng.gen_bool(0.05) {
        text.push('\u{feff}');
    }
    let names: Vec<String> = (0..n_columns).map(|at| format!("name{at}")).collect();
    text += &names.join(&delimiter.to_string());
    for _ in 0..n_rows {
        text += end;
        let mut width = n_columns;
        if rng.gen_bool(0.004) {
            width = rng.gen_range(1..7);
        }
        let mut cells: Vec<String> = (0..width).map(|_| cell(rng, delimiter)).collect();
        // A line of nothing is a row to some and none to others; to us it is an error.
        if width == 1 && cells[0].trim().is_empty() {
            "x".clone_into(&mut cells[0]);
        }
        text += &cells.join(&delimiter.to_string());
        if rng.gen_bool(0.004) {
            text += end;
        }
    }
    if rng.gen_bool(0.8) {
        text += end;
    }
    Case { text, delimiter }
}

pub(super) fn cases() -> Vec<Case> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(20_261_124);
    (0..N_FILES).map(|_| case(&mut rng)).collect()
}

/// Rows of trimmed cells; nothing for what is missing.
type Rows = Vec<Vec<String>>;

fn trimmed(cell: &str) -> String {
    cell.trim_matches([' ', '\t', '\n', '\r']).to_owned()
}

/// By our reader; `None` for an error. What was left out above or below is an error here,
/// since it is said in a finding.
fn ours(case: &Case, declared: bool) -> Option<Rows> {
    let params = CsvParams {
        delimiter: declared.then(|| case.delimiter.to_string().replace('\t', "tab")),
        header: declared.then_some(true),
        ..CsvParams::default()
    };
    let source = source_with(case.text.as_bytes(), &params, 0).ok()?;
    if source.findings().iter().any(|finding| finding.code != "missing-values") {
        return None;
    }
    let all: Vec<Wanted> =
        source.columns().iter().map(|seen| wanted(&seen.name, ReadAs::Text)).collect();
    let frame = source.read(&all).unwrap();
    let columns: Vec<Vec<Option<String>>> =
        source.columns().iter().map(|seen| texts(&frame, &seen.name)).collect();
    let row = |at: usize| columns.iter().map(|c| c[at].clone().unwrap_or_default()).collect();
    Some((0..frame.height()).map(row).collect())
}

/// By the `csv` crate; `None` for an error.
fn theirs(case: &Case) -> Option<Rows> {
    let text = case.text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(case.delimiter as u8).from_reader(text.as_bytes());
    let rows: Result<Rows, csv::Error> =
        reader.records().map(|row| Ok(row?.iter().map(trimmed).collect())).collect();
    rows.ok()
}

#[test]
fn generated_files_are_read_as_the_csv_crate_reads_them_or_refused() {
    let (mut n_same, mut n_refused) = (0, 0);
    for case in cases() {
        let Some(theirs) = theirs(&case) else { continue };
        for declared in [true, false] {
            match ours(&case, declared) {
                None => n_refused += 1,
                Some(ours) => {
                    assert_eq!(ours, theirs, "{:?}", case.text);
                    n_same += 1;
                }
            }
        }
    }
    // Most of them are sound, so most are read.
    assert!(n_same > N_FILES, "{n_same} the same, {n_refused} refused");
}

/// Reads every file of a folder strictly and prints its rows, one file a line: `!` for an
/// error, else the cells in hexadecimal.
const SCRIPT: &str = r#"
import csv, io, sys
for line in open(sys.argv[1], encoding="utf-8"):
    delimiter, text = line.rstrip("\n").split(" ")
    text = bytes.fromhex(text).decode("utf-8-sig")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=bytes.fromhex(delimiter).decode(), strict=True))
        rows = [row for row in rows if row]
        if any(len(row) != len(rows[0]) for row in rows):
            raise csv.Error("ragged")
        print(";".join(",".join(cell.strip(" \t\r\n").encode().hex() for cell in row) for row in rows[1:]) + ".")
    except csv.Error:
        print("!")
"#;

#[test]
fn generated_files_are_read_as_python_reads_them_or_refused() {
    let cases = cases();
    let hex = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    };
    let lines: Vec<String> = cases
        .iter()
        .map(|case| format!("{} {}", hex(&case.delimiter.to_string()), hex(&case.text)))
        .collect();
    let list = super::tests::file("cases.txt", lines.join("\n").as_bytes());
    let run = Command::new("python3").args(["-c", SCRIPT]).arg(&list.0).output();
    let Ok(output) = run else {
        eprintln!("skipped: there is no python3");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), cases.len());
    let mut n_same = 0;
    for (case, line) in cases.iter().zip(text.lines()) {
        let Some(rows) = line.strip_suffix('.') else { continue };
        let Some(ours) = ours(case, true) else { continue };
        let expected: Vec<String> = ours
            .iter()
            .map(|row| row.iter().map(|cell| hex(cell)).collect::<Vec<_>>().join(","))
            .collect();
        assert_eq!(expected.join(";"), rows, "{:?}", case.text);
        n_same += 1;
    }
    assert!(n_same > N_FILES / 2, "{n_same} the same");
}
