//! Bad input: each its exit code, its error code, its place and a remedy; nothing is
//! published and no cell's value is shown.

use std::fs;

use crate::support::{call, program, small_table};

/// A value that no message may ever show.
const CANARY: &str = "K4narienvogel";

/// The input, the extra arguments, and what is expected of the call.
struct Case {
    name: &'static str,
    input: Vec<u8>,
    arguments: &'static [&'static str],
    exit: i32,
    code: &'static str,
    says: &'static [&'static str],
}

fn case(
    name: &'static str,
    input: impl Into<Vec<u8>>,
    arguments: &'static [&'static str],
    exit: i32,
    code: &'static str,
    says: &'static [&'static str],
) -> Case {
    Case { name, input: input.into(), arguments, exit, code, says }
}

/// A good table with line `at` (from 1) replaced.
fn with_line(at: usize, line: &str) -> String {
    let mut lines: Vec<String> = small_table(60).lines().map(str::to_owned).collect();
    line.clone_into(&mut lines[at - 1]);
    lines.join("\n") + "\n"
}

/// A good table with a column more, whose cell is made from the row number.
fn with_column(name: &str, cell: impl Fn(usize) -> String) -> String {
    small_table(120)
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line},{name}\n"),
            _ => format!("{line},{}\n", cell(at)),
        })
        .collect()
}

fn structure() -> Vec<Case> {
    let duplicate = small_table(60).replacen("customer_id,visits", "visits,visits", 1);
    let mut truncated = small_table(60);
    truncated.push_str("C99999,\"");
    truncated.push_str(CANARY);
    vec![
        case("empty file", "", &[], 3, "E-IN-001", &["hint:"]),
        case("header only", "customer_id,visits,spend\n", &[], 3, "E-IN-002", &["hint:"]),
        case(
            "ragged row",
            with_line(4, &format!("C00003,{CANARY},3")),
            &[],
            3,
            "E-IN-010",
            &["line 4", "3", "6"],
        ),
        case(
            "stray quote",
            with_line(4, &format!("C00003,1,2,3,{CANARY}\"x,yes")),
            &[],
            3,
            "E-IN-013",
            &["line 4"],
        ),
        case("truncated last line", truncated, &[], 3, "E-IN-011", &["line 62"]),
        case("duplicate header", duplicate, &[], 3, "E-IN-015", &["visits"]),
        case(
            "half UTF-8, half Windows-1252",
            [with_line(4, "C00003,1,2,3,Århus,yes").as_bytes(), b"C1,1,2,3,M\xfcll,yes\n"].concat(),
            &[],
            3,
            "E-IN-021",
            &["line"],
        ),
        case("NUL", with_line(4, "C00003,1,2,3,a\0b,yes"), &[], 3, "E-IN-022", &["line 4"]),
        case(
            "a web page",
            "<!DOCTYPE html><html><body>log in</body></html>\n",
            &[],
            3,
            "E-IN-061",
            &["HTML"],
        ),
        case(
            "UTF-16 cut off",
            b"\xff\xfec\0u\0s\0,\0x\0\n".to_vec(),
            &[],
            3,
            "E-IN-020",
            &["UTF-16"],
        ),
    ]
}

fn columns() -> Vec<Case> {
    vec![
        case(
            "an id column that is missing",
            small_table(60),
            &["--set", "input.id=custmer_id"],
            3,
            "E-IN-016",
            &["custmer_id", "customer_id"],
        ),
        case(
            "duplicate ids",
            with_line(5, "C00002,1,2,3,Aarhus,yes"),
            &["--set", "input.id=customer_id"],
            3,
            "E-IN-050",
            &["customer_id"],
        ),
        case(
            "null ids",
            with_line(5, ",1,2,3,Aarhus,yes"),
            &["--set", "input.id=customer_id"],
            3,
            "E-IN-051",
            &["customer_id"],
        ),
        case(
            "infinity",
            with_line(5, "C00003,1,inf,3,Aarhus,yes"),
            &[],
            3,
            "E-IN-035",
            &["line 5", "spend"],
        ),
        case(
            "three label values",
            with_column("churn", |at| ["yes", "no", CANARY][at % 3].into()),
            &["--set", "churn.label=churn"],
            3,
            "E-IN-052",
            &["churn"],
        ),
        case(
            "k above the distinct rows",
            "customer_id,a,b\nC1,1,1\nC2,1,1\nC3,2,2\nC4,2,2\n",
            &["--set", "segments.k=3", "--set", "input.id=customer_id"],
            3,
            "E-FIT-001",
            &["3", "2"],
        ),
        case(
            "an id called like a column of the output",
            small_table(60).replacen("customer_id", "segment_id", 1),
            &["--set", "input.id=segment_id"],
            3,
            "E-IN-056",
            &["segment_id"],
        ),
        case(
            "a column to drop that is not there",
            small_table(60),
            &["--set", "churn.drop=[\"visit\"]"],
            3,
            "E-IN-016",
            &["churn.drop", "visits"],
        ),
        case(
            "values whose spread overflows",
            with_column("z", |at| ["1e308", "-1e308", "0"][at % 3].into()),
            &["--set", "features.types.z=number"],
            3,
            "E-DQ-012",
            &["z"],
        ),
        case(
            "nothing but constants",
            "customer_id,a,b\nC1,1,\nC2,1,\nC3,1,\nC4,1,\n",
            &[],
            3,
            "E-",
            &["hint:"],
        ),
    ]
}

fn config() -> Vec<Case> {
    vec![
        case("k = 0", small_table(60), &["--set", "segments.k=0"], 2, "E-", &["k"]),
        case(
            "an unknown key",
            small_table(60),
            &["--set", "segments.kk=3"],
            2,
            "E-CFG-003",
            &["kk"],
        ),
        case(
            "a wrong type",
            small_table(60),
            &["--set", "input.max-bad-rows=many"],
            2,
            "E-CFG-003",
            &[],
        ),
        case("eps = 0", small_table(60), &["--set", "segments.eps=0"], 2, "E-", &["eps"]),
        case(
            "clip above its range",
            small_table(60),
            &["--set", "normalise.clip=0.9"],
            2,
            "E-",
            &["clip"],
        ),
        case(
            "a method that does not exist",
            small_table(60),
            &["--set", "segments.method=magic"],
            2,
            "E-CFG-003",
            &["dbscan"],
        ),
    ]
}

#[test]
fn every_bad_input_has_its_code_its_place_and_its_remedy() {
    let mut wrong = Vec::new();
    for case in structure().into_iter().chain(columns()).chain(config()) {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("table.csv");
        fs::write(&table, &case.input).unwrap();
        let out = folder.path().join("out");
        let call = call(
            program().arg("run").arg(&table).arg("--out").arg(&out).arg("-q").args(case.arguments),
        );
        let mut complain = |what: &str| {
            wrong.push(format!("{}: {what} (exit {})\n{}", case.name, call.code, call.stderr));
        };
        if call.code != case.exit {
            complain("wrong exit code");
        }
        if !call.stderr.contains(&format!("error[{}", case.code)) {
            complain("wrong error code");
        }
        for word in case.says {
            if !call.stderr.contains(word) {
                complain(&format!("does not say {word}"));
            }
        }
        if call.stderr.contains(CANARY) || call.stdout.contains(CANARY) {
            complain("shows a cell's value");
        }
        if out.join("current.json").exists() {
            complain("published something");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_missing_file_and_an_address_are_refused_with_3() {
    for table in ["no-such-file.csv", "https://example.org/customers.csv", "s3://bucket/x.csv"] {
        let folder = tempfile::tempdir().unwrap();
        let call =
            call(program().args(["run", table, "-q", "--out"]).arg(folder.path().join("out")));
        assert_eq!(call.code, 3, "{table}: {}", call.stderr);
    }
}

#[test]
fn all_null_and_constant_columns_are_dropped_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    let text: String = small_table(120)
        .lines()
        .enumerate()
        .map(
            |(at, line)| {
                if at == 0 { format!("{line},nothing,same\n") } else { format!("{line},,7\n") }
            },
        )
        .collect();
    fs::write(&table, text).unwrap();
    let run = crate::support::run(&table, &folder.path().join("out"), &[]);
    let quality = crate::support::json(&run.join("quality.json"));
    for name in ["nothing", "same"] {
        let columns = quality["columns"].as_array().unwrap();
        let column = columns.iter().find(|column| column["name"] == name).unwrap();
        assert_eq!(column["used"], false, "{column}");
    }
}

/// DBSCAN over a dense base: the estimate refuses before the work, and names the remedy.
#[test]
fn work_that_would_take_too_long_is_refused_with_4() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(40_000)).unwrap();
    let out = folder.path().join("out");
    let call = call(program().arg("run").arg(&table).arg("--out").arg(&out).arg("-q").args([
        "--set",
        "segments.method=dbscan",
        "--set",
        "segments.engine=linfa",
        "--set",
        "segments.eps=5",
    ]));
    assert_eq!(call.code, 4, "{}", call.stderr);
    assert!(call.stderr.contains("E-LIM-010") && call.stderr.contains("hint:"), "{}", call.stderr);
    assert!(!out.join("current.json").exists());
}
