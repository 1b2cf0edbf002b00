//! Segments that a condition pins, and segments inside each level of a column.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::score_lines::gives_back;
use crate::support::{call, json, program, rows, run};

fn generated(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

#[test]
fn subscribers_are_cut_inside_each_plan_and_the_late_ones_are_pinned() {
    let folder = tempfile::tempdir().unwrap();
    let table = generated("subscription/customers.csv");
    let more = [
        "--set",
        "segments.split-by=[\"plan\"]",
        "--set",
        "segments.pin.\"Late payers\"=\"late_payments >= 4\"",
        "--set",
        "segments.k=3",
    ];
    let run = run(&table, &folder.path().join("out"), &more);
    let raw = rows(&table);
    let customers = rows(&run.join("customers.csv"));
    let plan = |id: &str| raw.iter().find(|row| row["customer_id"] == id).unwrap();
    for row in &customers {
        let own = plan(&row["customer_id"]);
        let late = own["late_payments"].parse::<f64>().is_ok_and(|late| late >= 4.0);
        assert_eq!(row["segment"] == "Late payers", late);
        assert_eq!(row["segment_id"] == "1", late);
        let level = if own["plan"].is_empty() { "Missing" } else { own["plan"].as_str() };
        assert!(late || row["segment"].starts_with(&format!("{level}: ")), "{}", row["segment"]);
        // The second nearest is looked for in the own plan alone.
        if !row["second_segment_id"].is_empty() {
            let second = &row["second_segment_id"];
            let named = customers.iter().find(|other| other["segment_id"] == *second).unwrap();
            assert!(named["segment"].starts_with(&format!("{level}: ")));
        }
    }
    let segments = rows(&run.join("segments.csv"));
    assert_eq!(
        (segments[0]["method"].as_str(), segments[0]["verdict"].as_str()),
        ("condition", "rule")
    );
    let names: BTreeSet<&String> = segments.iter().map(|row| &row["segment"]).collect();
    assert_eq!(names.len(), segments.len());
    let choice = &json(&run.join("report.json"))["choice"];
    assert_eq!(choice["parts"].as_array().unwrap().len() * 3 + 1, segments.len());
    scored_alike(&run, &table, folder.path());
}

/// The frozen model gives every customer its segment; a plan that nobody had has none.
fn scored_alike(run: &Path, table: &Path, folder: &Path) {
    let said = rows(&run.join("customers.csv"));
    let text = fs::read_to_string(table).unwrap();
    let new = folder.join("new.csv");
    let level = &rows(table)[0]["plan"];
    fs::write(&new, text.replacen(level.as_str(), "Never seen", 1)).unwrap();
    let scored = folder.join("scored.csv");
    for (table, changed) in [(table, false), (&new, true)] {
        let call = call(program().arg("score").arg(run).arg(table).arg("-o").arg(&scored));
        assert_eq!(call.code, 0, "{}", call.stderr);
        let first = &rows(table)[0]["customer_id"];
        for (before, after) in said.iter().zip(rows(&scored)) {
            assert_eq!(before["customer_id"], after["customer_id"]);
            if changed && before["customer_id"] == *first && before["segment_id"] != "1" {
                assert_eq!((after["segment_id"].as_str(), after["fits"].as_str()), ("", "false"));
                continue;
            }
            for column in ["segment_id", "segment", "second_segment_id", "margin", "fits"] {
                assert_eq!(before[column], after[column], "{column} of a customer differs");
            }
        }
    }
}

#[test]
fn a_condition_may_ask_for_the_class_of_a_rule() {
    let folder = tempfile::tempdir().unwrap();
    let table = generated("shop/transactions.csv");
    let more =
        ["--set", "segments.pin.vip=\"abc = 'A' and loyalty = 'loyal'\"", "--set", "segments.k=3"];
    let run = run(&table, &folder.path().join("out"), &more);
    let customers = rows(&run.join("customers.csv"));
    assert!(customers.iter().any(|row| row["segment"] == "vip"));
    for row in &customers {
        assert_eq!(row["segment"] == "vip", row["abc"] == "A" && row["loyalty"] == "loyal");
    }
    gives_back(&run, &table, folder.path());
    // Runs that know nothing of each other are compared by the classes that the later one gave.
    let more = [&more[..], &["--seed", "5"]].concat();
    let other = crate::support::run(&table, &folder.path().join("other"), &more);
    let compared = call(program().arg("compare").arg(&run).arg(&other).args(["--format", "json"]));
    assert_eq!(compared.code, 0, "{}", compared.stderr);
    let change: serde_json::Value = serde_json::from_str(&compared.stdout).unwrap();
    let segments = change["segments"].as_array().unwrap();
    let vip = segments.iter().find(|one| one["segment"] == "vip").unwrap();
    let n_vip = customers.iter().filter(|row| row["segment"] == "vip").count();
    assert_eq!((&vip["fate"], &vip["jaccard"]), (&"kept".into(), &1.0.into()), "{vip}");
    assert_eq!(vip["customers_before"], n_vip);
}

#[test]
fn parts_that_cannot_be_are_refused_by_name() {
    let table = generated("subscription/customers.csv");
    let folder = tempfile::tempdir().unwrap();
    for (set, code) in [
        ("segments.split-by=[\"town\"]", "E-CFG-056"),
        ("segments.split-by=[\"monthly_fee\"]", "E-CFG-056"),
        ("segments.pin.vip=\"abc = 'A' and\"", "E-CFG-050"),
        ("segments.pin.vip=\"nothing > 3\"", "E-CFG-051"),
    ] {
        let out = folder.path().join("out");
        let call =
            call(program().arg("run").arg(&table).arg("--out").arg(&out).args(["--set", set]));
        assert_eq!(call.code, 2, "{set}: {}", call.stderr);
        assert!(call.stderr.contains(code), "{set}: {}", call.stderr);
        assert!(!out.join("current.json").exists());
    }
}
