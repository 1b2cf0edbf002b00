//! Golden folders: a config and its input, and every text file that the run must leave.
//! `KOHORT_BLESS=1` writes what is expected anew.

use std::fs;
use std::path::Path;

use crate::support::run;

const KEPT: [&str; 6] =
    ["customers.csv", "segments.csv", "segments.json", "explore.json", "churn.json", "report.md"];

#[test]
fn every_golden_case_gives_what_is_expected() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/golden");
    let mut names: Vec<_> =
        fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 3);
    let mut wrong = Vec::new();
    for case in names {
        let out = tempfile::tempdir().unwrap();
        let found = run(&case.join("config.toml"), out.path(), &[]);
        for name in KEPT {
            let (kept, is) =
                (case.join("expected").join(name), fs::read(found.join(name)).unwrap());
            if std::env::var("KOHORT_BLESS").is_ok() {
                fs::create_dir_all(case.join("expected")).unwrap();
                fs::write(&kept, &is).unwrap();
            }
            if fs::read(&kept).unwrap_or_default() != is {
                wrong.push(kept.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "differ: {wrong:#?}");
}
