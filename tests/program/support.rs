//! Running the program, and reading what it leaves.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a call of the program gave.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program, ready for arguments.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kohort"));
    command.stdin(Stdio::null());
    command
}

/// Calls the program and waits for it.
pub(crate) fn kohort(arguments: &[&str]) -> Call {
    call(program().args(arguments))
}

/// Calls a prepared command and waits for it.
pub(crate) fn call(command: &mut Command) -> Call {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Call {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

/// Runs the pipeline on a table into `out` and returns the run folder; it must succeed.
pub(crate) fn run(table: &Path, out: &Path, more: &[&str]) -> PathBuf {
    let call =
        call(program().arg("run").arg(table).arg("--out").arg(out).args(["--quiet"]).args(more));
    assert_eq!(call.code, 0, "{}{}", call.stdout, call.stderr);
    std::fs::canonicalize(out.join("current")).unwrap()
}

/// A real data file, or `None` where the data is not here. `KOHORT_REAL_DATA=required`
/// makes its absence a failure.
pub(crate) fn real(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(
        std::env::var("KOHORT_REAL_DATA").is_ok_and(|value| value != "required")
            || std::env::var("KOHORT_REAL_DATA").is_err(),
        "{} is required but absent",
        file.display()
    );
    skip(&format!("{path} is absent"));
    None
}

/// Says that a test did not run, and why.
#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
pub(crate) fn skip(why: &str) {
    eprintln!("SKIPPED: {why}");
}

/// Whether the full counts are asked for.
pub(crate) fn soak() -> bool {
    std::env::var("KOHORT_SOAK").is_ok()
}

/// Whether nobody who is not on the contact list has more of this column than anybody on it;
/// those who are gone aside.
pub(crate) fn is_list_by(rows: &[BTreeMap<String, String>], column: &str) -> bool {
    let of = |contacts: &[&str]| -> Vec<f64> {
        let on = rows.iter().filter(|row| contacts.contains(&row["contact"].as_str()));
        on.map(|row| row[column].parse().unwrap()).collect()
    };
    let (listed, others) = (of(&["yes", "hold-out"]), of(&["no"]));
    let least = listed.iter().copied().fold(f64::INFINITY, f64::min);
    !listed.is_empty() && !others.is_empty() && others.iter().all(|&other| other <= least)
}

/// A CSV file as rows by column name.
pub(crate) fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = records(&text).into_iter();
    let header = lines.next().unwrap();
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

/// The records of a CSV text, RFC 4180.
pub(crate) fn records(text: &str) -> Vec<Vec<String>> {
    let (mut all, mut record, mut field, mut quoted) = (vec![], vec![], String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                all.push(std::mem::take(&mut record));
            }
            character => field.push(character),
        }
    }
    all
}

/// A JSON file of a run.
pub(crate) fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Every file under `folder` with its bytes, by relative path.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, here: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, all);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                all.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(folder, folder, &mut all);
    all
}

/// Area under the ROC curve by counting pairs: an oracle that shares no code with ours.
pub(crate) fn auc(pairs: &[(f64, bool)]) -> f64 {
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut sum, mut at) = (0.0, 0.0, 0);
    while at < sorted.len() {
        let end = at + sorted[at..].iter().take_while(|pair| pair.0 == sorted[at].0).count();
        let events = sorted[at..end].iter().filter(|pair| pair.1).count() as f64;
        let others = (end - at) as f64 - events;
        sum += events * (below + others / 2.0);
        below += others;
        at = end;
    }
    let events = pairs.iter().filter(|pair| pair.1).count() as f64;
    sum / (events * below)
}

/// A small believable customer table: `n` customers in three plain groups.
pub(crate) fn small_table(n: usize) -> String {
    let mut text = String::from("customer_id,visits,spend,age,city,newsletter\n");
    let mut state = 7_u64;
    let mut next = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    for row in 0..n {
        let group = row % 3;
        let visits = [2.0, 12.0, 30.0][group] + (next() * 3.0).floor();
        let spend = [15.0, 60.0, 400.0][group] * (0.7 + 0.6 * next());
        let age = 20.0 + (next() * 50.0).floor();
        let city = ["Aarhus", "Bergen", "Cluj"][(next() * 3.0) as usize % 3];
        let news = if next() < 0.5 { "yes" } else { "no" };
        writeln!(text, "C{row:05},{visits},{spend:.2},{age},{city},{news}").unwrap();
    }
    text
}
