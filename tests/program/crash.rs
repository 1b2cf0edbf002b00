//! Whatever happens to a run, what is published stays whole.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::{call, files, json, program, run, small_table, soak};

/// `current` leads to a run whose every file matches its manifest.
fn current_is_whole(out: &Path) -> String {
    let pointer = json(&out.join("current.json"));
    let name = pointer["run"].as_str().unwrap();
    let run = out.join("runs").join(name);
    let manifest = json(&run.join("manifest.json"));
    for file in manifest["outputs"].as_array().unwrap() {
        let bytes = fs::read(run.join(file["path"].as_str().unwrap())).unwrap();
        assert_eq!(bytes.len() as u64, file["bytes"].as_u64().unwrap());
        assert_eq!(sha256(&bytes), file["sha256"].as_str().unwrap(), "{}", file["path"]);
    }
    let link = fs::read_link(out.join("current")).unwrap();
    assert!(out.join(link).join("manifest.json").exists());
    name.to_owned()
}

/// An independent checksum: coreutils' own.
fn sha256(bytes: &[u8]) -> String {
    use std::io::Write;
    let mut child = std::process::Command::new("sha256sum")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let out = child.wait_with_output().unwrap();
    String::from_utf8(out.stdout).unwrap()[..64].to_owned()
}

fn start(table: &Path, out: &Path) -> Child {
    program()
        .arg("run")
        .arg(table)
        .arg("--out")
        .arg(out)
        .arg("--quiet")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn kill_9_at_any_moment_leaves_a_whole_current_run() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    run(&table, &out, &[]);
    #[expect(clippy::disallowed_methods, reason = "the test spreads its kills over a run's time")]
    let started = std::time::Instant::now();
    let second = folder.path().join("second.csv");
    fs::write(&second, small_table(301)).unwrap();
    run(&second, &out, &[]);
    let whole = started.elapsed();
    let times = if soak() { 50 } else { 10 };
    for attempt in 0..times {
        let next = folder.path().join(format!("next-{attempt}.csv"));
        fs::write(&next, small_table(302 + attempt)).unwrap();
        let mut child = start(&next, &out);
        // Spread over the whole run, a little past its end.
        let share = (attempt * 37 % times) as f64 / times as f64;
        std::thread::sleep(whole.mul_f64(share * 1.1));
        child.kill().unwrap();
        child.wait().unwrap();
        current_is_whole(&out);
    }
    let last = folder.path().join("last.csv");
    fs::write(&last, small_table(299)).unwrap();
    let run = run(&last, &out, &[]);
    assert_eq!(run.file_name().unwrap().to_string_lossy(), current_is_whole(&out));
    let left = fs::read_dir(&out).unwrap().filter(|entry| {
        entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".staging")
    });
    assert_eq!(left.count(), 0, "staging of dead runs is swept");
}

#[test]
fn a_worker_that_dies_ends_as_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    run(&table, &out, &[]);
    let before = files(&out.join("runs"));
    let second = folder.path().join("second.csv");
    fs::write(&second, small_table(301)).unwrap();
    for (fault, word) in [("panic", "panicked"), ("abort", "aborted"), ("overflow", "stack")] {
        let call = call(
            program()
                .env("KOHORT_PROVOKE", fault)
                .arg("run")
                .arg(&second)
                .arg("--out")
                .arg(&out)
                .arg("--quiet"),
        );
        assert_eq!(call.code, 70, "{fault}: {}", call.stderr);
        assert!(call.stderr.contains(word), "{fault}: {}", call.stderr);
        assert!(call.stderr.lines().count() <= 2, "{fault}: {}", call.stderr);
        assert!(files(&out.join("runs")) == before, "{fault} touched a published run");
    }
}

#[test]
fn an_interruption_removes_staging_and_has_its_own_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(20_000)).unwrap();
    for (signal, expected) in [("-TERM", 143), ("-INT", 130)] {
        let out = folder.path().join(format!("out{signal}"));
        let mut child = start(&table, &out);
        std::thread::sleep(Duration::from_millis(250));
        let sent = std::process::Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        assert_eq!(child.wait().unwrap().code(), Some(expected));
        assert!(!out.join("current.json").exists());
        let left = fs::read_dir(&out).unwrap().filter(|entry| {
            entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".staging")
        });
        assert_eq!(left.count(), 0);
    }
}

#[test]
fn two_runs_on_one_folder_exclude_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir_all(out.join("runs")).unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    let lock = fs::File::create(out.join(".lock")).unwrap();
    lock.lock().unwrap();
    let refused = call(program().arg("run").arg(&table).arg("--out").arg(&out).arg("-q"));
    assert_eq!(refused.code, 6, "{}", refused.stderr);
    assert!(refused.stderr.contains("E-OUT-004"), "{}", refused.stderr);
    lock.unlock().unwrap();
    run(&table, &out, &[]);
}
