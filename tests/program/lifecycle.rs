//! What is done with a published run: experiments, erasure, prospects, figures for monitoring,
//! and the examples of docs/running.md.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;

use crate::support::{call, files, json, kohort, program, rows, run, small_table, soak};

fn shop(folder: &Path, n: usize) -> String {
    let table = folder.join("small.csv");
    fs::write(&table, small_table(n)).unwrap();
    run(&table, &folder.join("out"), &["--set", "segments.k=3"]);
    folder.join("out").display().to_string()
}

#[test]
fn an_experiment_is_planned_kept_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let out = shop(folder.path(), 500);
    let dir = folder.path().join("spring");
    let path = dir.display().to_string();
    let plan = |more: &[&str]| {
        let mut all = vec!["experiment", "plan", &out, "--name", "spring", "-o", &path];
        all.extend(["--outcome", "spend", "--effect", "0.5"]);
        all.extend(more);
        kohort(&all)
    };
    let first = plan(&[]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let before = files(&dir);
    // Newcomers in a later run: everybody else keeps the arm.
    let more = folder.path().join("more.csv");
    fs::write(&more, small_table(560)).unwrap();
    run(&more, &folder.path().join("out"), &["--set", "segments.k=3"]);
    let again = plan(&["--format", "json"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    let answer: serde_json::Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(answer["new"], 60);
    let after = files(&dir);
    assert_eq!(before["plan.json"], after["plan.json"]);
    assert!(after["assignment.csv"].starts_with(&before["assignment.csv"]));
    // The outcomes: the treated spend more.
    let assigned = rows(&dir.join("assignment.csv"));
    let mut text = String::from("customer_id,spent\n");
    for (at, row) in assigned.iter().enumerate() {
        let more = if row["arm"] == "action" { 40 } else { 0 };
        let _ = writeln!(text, "{},{}", row["customer_id"], 100 + at % 30 + more);
    }
    text.push_str("stranger,5\n");
    let outcomes = folder.path().join("outcomes.csv");
    fs::write(&outcomes, &text).unwrap();
    let table = outcomes.display().to_string();
    let read = |more: &[&str]| {
        let mut all = vec!["experiment", "read", &path, "--outcomes", &table, "--outcome", "spent"];
        all.extend(more);
        kohort(&all)
    };
    let told = read(&[]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    assert!(told.stdout.contains("action raises spend"), "{}", told.stdout);
    let found: serde_json::Value =
        serde_json::from_str(&read(&["--format", "json"]).stdout).unwrap();
    assert_eq!((found["foreign"].as_u64(), found["valid"].as_bool()), (Some(1), Some(true)));
    let effect = found["compared"][0]["overall"]["difference"].as_f64().unwrap();
    assert!((effect - 40.0).abs() < 3.0, "{effect}");
    // Too early, and another experiment in the same folder.
    fs::write(&outcomes, text.lines().take(4).collect::<Vec<_>>().join("\n")).unwrap();
    let early = read(&[]);
    assert_eq!(early.code, 8, "{}", early.stderr);
    assert!(early.stderr.contains("E-EXP-005"));
    let other = kohort(&["experiment", "plan", &out, "--name", "autumn", "-o", &path]);
    assert_eq!(other.code, 3);
}

#[test]
fn accounts_are_assigned_as_one_and_blocks_are_exact() {
    let folder = tempfile::tempdir().unwrap();
    let out = shop(folder.path(), 300);
    let ids: Vec<String> = rows(&folder.path().join("small.csv"))
        .into_iter()
        .map(|row| row["customer_id"].clone())
        .collect();
    let mut text = String::from("customer_id,account\n");
    for (at, id) in ids.iter().enumerate() {
        let _ = writeln!(text, "{id},A{}", at / 3);
    }
    let table = folder.path().join("accounts.csv");
    fs::write(&table, text).unwrap();
    let dir = folder.path().join("b2b");
    let call = kohort(&[
        "experiment",
        "plan",
        &out,
        "--name",
        "b2b",
        "-o",
        &dir.display().to_string(),
        "--outcome",
        "spend",
        "--unit",
        "account",
        "--units",
        &table.display().to_string(),
        "--balanced",
    ]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let rows = rows(&dir.join("assignment.csv"));
    let units: BTreeSet<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (row["unit"].as_str(), row["arm"].as_str(), row["segment_id"].as_str()))
        .collect();
    assert_eq!(units.len(), 100, "one arm and one segment for every account");
    for segment in ["1", "2", "3"] {
        let of = |arm| units.iter().filter(|unit| unit.2 == segment && unit.1 == arm).count();
        assert!(of("action").abs_diff(of("hold-out")) <= 1, "segment {segment}");
    }
}

#[test]
fn the_erased_are_nowhere_and_all_else_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = shop(folder.path(), 200);
    let root = folder.path().join("out");
    let list = folder.path().join("request.txt");
    let request = list.display().to_string();
    let all: Vec<String> = rows(&root.join("current/customers.csv"))
        .into_iter()
        .map(|row| row["customer_id"].clone())
        .collect();
    let cases = if soak() { 100 } else { 8 };
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let mut gone: BTreeSet<String> = BTreeSet::new();
    let gone_so_far = std::cell::RefCell::new(&mut gone);
    runner
        .run(&prop::collection::btree_set(0..all.len(), 1..4), |picked| {
            let ids: Vec<&str> = picked.iter().map(|&at| all[at].as_str()).collect();
            fs::write(&list, ids.join("\n")).unwrap();
            let call = kohort(&["erase", "--ids", &request, "--out", &out]);
            prop_assert_eq!(call.code, 0, "{}", call.stderr);
            let mut gone = gone_so_far.borrow_mut();
            gone.extend(ids.iter().map(|id| (*id).to_owned()));
            for (name, bytes) in files(&root) {
                for id in &ids {
                    let found = bytes.windows(id.len()).any(|part| part == id.as_bytes());
                    prop_assert!(!found, "{} still holds an id", name);
                    prop_assert!(!call.stdout.contains(id) && !call.stderr.contains(id));
                }
            }
            let again = kohort(&["erase", "--ids", &request, "--out", &out]);
            prop_assert!(again.stdout.starts_with("0 of"), "{}", again.stdout);
            Ok(())
        })
        .unwrap();
    let left: Vec<String> = rows(&root.join("current/customers.csv"))
        .into_iter()
        .map(|row| row["customer_id"].clone())
        .collect();
    let expected: Vec<String> = all.into_iter().filter(|id| !gone.contains(id)).collect();
    assert_eq!(left, expected, "the others are there, in their order");
    let manifest = json(&root.join("current/manifest.json"));
    assert_eq!(manifest["erased"]["customers"].as_u64(), Some(gone.len() as u64));
    assert_eq!(manifest["erased"]["retrain"], true);
    // The run is whole: reports and scores work as before.
    let report = folder.path().join("report").display().to_string();
    assert_eq!(kohort(&["report", &out, "-o", &report]).code, 0);
    let missing = kohort(&["erase", "--ids", &request, "--out", "/nonexistent-folder"]);
    assert_eq!(missing.code, 2);
}

#[test]
fn prospects_get_probabilities_and_an_honest_word() {
    let folder = tempfile::tempdir().unwrap();
    let out = shop(folder.path(), 300);
    let prospects = folder.path().join("prospects.csv");
    fs::write(&prospects, "prospect,age,city\np1,30,Oslo\np2,,Bergen\np3,64,Nowhere\n").unwrap();
    let table = prospects.display().to_string();
    let call = kohort(&["score", &out, &table, "--from", "describe", "--id", "prospect"]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    assert!(call.stderr.contains("always naming the largest"), "{}", call.stderr);
    let lines = crate::support::records(&call.stdout);
    assert_eq!(lines[0][..4], ["prospect", "segment_id", "segment", "probability_1"]);
    for line in &lines[1..] {
        let sum: f64 = line[3..].iter().map(|p| p.parse::<f64>().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-5);
    }
    fs::write(&prospects, "prospect,shoes\np1,42\n").unwrap();
    let call = kohort(&["score", &out, &table, "--from", "describe", "--id", "prospect"]);
    assert_eq!(call.code, 3, "{}", call.stderr);
}

#[test]
fn figures_for_monitoring_are_written_whatever_happens() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("small.csv");
    fs::write(&table, small_table(200)).unwrap();
    let file = folder.path().join("kohort.prom");
    let with = |table: &Path| {
        call(
            program()
                .args(["run", "--quiet", "--out"])
                .arg(folder.path().join("out"))
                .arg("--metrics")
                .arg(&file)
                .arg(table),
        )
    };
    assert_eq!(with(&table).code, 0);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\nkohort_customers 200\n") && text.contains("kohort_run_exit_code 0"));
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(name.starts_with("kohort_") && value.parse::<f64>().is_ok(), "{line}");
    }
    assert_ne!(with(Path::new("/nonexistent.csv")).code, 0);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("kohort_run_exit_code 3") && !text.contains("kohort_customers"));
}

#[test]
fn jobs_started_together_publish_one_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let rounds = if soak() { 200 } else { 3 };
    for round in 0..rounds {
        let n = 2 + round % 7;
        let jobs: Vec<_> = (0..n)
            .map(|job| {
                let table = folder.path().join(format!("table-{round}-{job}.csv"));
                fs::write(&table, small_table(60 + job)).unwrap();
                let mut command = program();
                command.args(["run", "--quiet", "--set", "segments.k=2", "--out"]);
                command.arg(&out).arg(&table);
                command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
                command.spawn().unwrap()
            })
            .collect();
        let codes: Vec<i32> =
            jobs.into_iter().map(|mut job| job.wait().unwrap().code().unwrap()).collect();
        assert!(codes.contains(&0), "{codes:?}");
        assert!(codes.iter().all(|code| [0, 6].contains(code)), "{codes:?}");
        for entry in fs::read_dir(out.join("runs")).unwrap() {
            let run = entry.unwrap().path();
            let (manifest, _) = kohort::export::Manifest::read(&run).unwrap();
            manifest.verify(&run).unwrap();
        }
        assert!(out.join("current/manifest.json").exists());
        let leftover = |name: &str| name.starts_with(".staging-");
        let names = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(!names.into_iter().any(|name| leftover(&name.to_string_lossy())));
    }
}

/// The code block of docs/running.md that begins with this line.
fn example(first: &str) -> String {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/running.md"));
    let docs = docs.unwrap();
    let begin = docs.find(first).unwrap_or_else(|| panic!("{first} is not in docs/running.md"));
    let block = &docs[begin..];
    block[..=block.find("\n```").unwrap()].to_owned()
}

#[test]
fn the_monthly_script_runs_and_tells_a_scheduler_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("monthly.sh");
    fs::write(&script, example("#!/bin/sh\n# monthly.sh")).unwrap();
    let table = folder.path().join("customers.csv");
    fs::write(&table, small_table(150)).unwrap();
    let config = folder.path().join("kohort.toml");
    fs::write(&config, "[input]\ncustomers = \"customers.csv\"\nid = \"customer_id\"\n").unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_kohort")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let start = |config: &Path| {
        let mut command = Command::new("sh");
        command.arg(&script).env("PATH", &path).env("KOHORT_CONFIG", config);
        command.env("KOHORT_OUT", folder.path().join("out"));
        call(&mut command)
    };
    let done = start(&config);
    assert_eq!(done.code, 0, "{}", done.stderr);
    for line in done.stderr.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
    assert!(folder.path().join("out/kohort.prom").exists());
    assert_eq!(start(&config).code, 0, "the same run again");
    fs::write(&config, "[input]\ncustomers = \"nothing.csv\"\n").unwrap();
    assert_eq!(start(&config).code, 3);
    // A folder in use is worth another try.
    let held = fs::File::options().write(true).open(folder.path().join("out/.lock")).unwrap();
    held.try_lock().unwrap();
    fs::write(&config, "[input]\ncustomers = \"customers.csv\"\nid = \"customer_id\"\n").unwrap();
    assert_eq!(start(&config).code, 75);
}

#[test]
fn the_other_examples_are_what_their_readers_take() {
    let folder = tempfile::tempdir().unwrap();
    let python = |code: &str, text: &str| {
        let file = folder.path().join("example");
        fs::write(&file, text).unwrap();
        let out = Command::new("python3").args(["-c", code]).arg(&file).output();
        out.ok().map(|out| (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned()))
    };
    let compile = "import sys; compile(open(sys.argv[1]).read(), 'dag', 'exec')";
    if let Some((code, stderr)) = python(compile, &example("# dags/kohort_monthly.py")) {
        assert_eq!(code, Some(0), "{stderr}");
    }
    let yaml = "import sys\ntry:\n import yaml\nexcept ImportError:\n sys.exit(0)\n\
                yaml.safe_load(open(sys.argv[1]))";
    for first in ["# .github/workflows/segments.yml", "# cronjob.yaml"] {
        if let Some((code, stderr)) = python(yaml, &example(first)) {
            assert_eq!(code, Some(0), "{first}: {stderr}");
        }
    }
    // Every command of the page is one that the program takes.
    let page =
        ["#!/bin/sh\n# monthly.sh", "# .github/workflows/segments.yml"].map(example).join("");
    for option in ["--out", "--metrics", "--log", "--gate", "--as-of"] {
        let help = kohort(&["run", "--help"]).stdout;
        assert!(help.contains(option), "{option} is no option of kohort run");
    }
    assert!(page.contains("kohort run"));
    let unit = example("# /etc/systemd/system/kohort.service");
    let keys = unit.lines().filter(|line| !line.starts_with(['#', '[']) && !line.is_empty());
    assert!(keys.into_iter().all(|line| line.contains('=')));
}
