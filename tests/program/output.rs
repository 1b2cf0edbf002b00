//! Output folders that cannot be written: found before the first byte is read.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{call, program, skip, small_table};

fn refuse(out: &Path, code: i32, word: &str) {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(100)).unwrap();
    let call = call(program().arg("run").arg(&table).arg("--out").arg(out).arg("-q"));
    assert_eq!(call.code, code, "{}", call.stderr);
    assert!(call.stderr.contains(word), "{}", call.stderr);
    assert!(call.stderr.contains("hint:"), "{}", call.stderr);
}

#[test]
fn an_output_that_is_a_file_is_refused_with_5() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    refuse(&file, 5, "E-OUT-003");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn an_output_below_a_file_is_refused_with_5() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    refuse(&file.join("out"), 5, "E-OUT-001");
}

/// Where the link cannot be made the pointer file is enough, and the run is published.
#[test]
fn a_folder_in_the_place_of_the_link_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (table, out) = (folder.path().join("table.csv"), folder.path().join("out"));
    fs::write(&table, small_table(300)).unwrap();
    fs::create_dir_all(out.join("current/mine")).unwrap();
    let call = call(program().arg("run").arg(&table).arg("--out").arg(&out).arg("-q"));
    assert_eq!(call.code, 0, "{}", call.stderr);
    assert!(out.join("current/mine").exists() && out.join("current.json").exists());
    assert!(!out.join(".current.new").exists());
    assert!(out.join("history.jsonl").exists());
}

/// A tiny file system fills up in the middle of a run; what was there stays.
#[test]
fn a_full_disk_ends_with_5_and_publishes_nothing() {
    let can_mount = Command::new("unshare")
        .args(["-rm", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !can_mount {
        skip("a small file system cannot be mounted here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    for size in ["64k", "200k", "600k"] {
        let script = format!(
            "mount -t tmpfs -o size={size} none /mnt && {} run {} --out /mnt/out -q; code=$?; \
             ls -A /mnt/out/runs /mnt/out; exit $code",
            env!("CARGO_BIN_EXE_kohort"),
            table.display()
        );
        let output = Command::new("unshare").args(["-rm", "sh", "-c", &script]).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(5), "{size}: {stderr}");
        assert!(stderr.contains("E-OUT-002"), "{size}: {stderr}");
        let left = String::from_utf8(output.stdout).unwrap();
        assert!(!left.contains("current"), "{size}: something was published: {left}");
        assert!(!left.contains("staging"), "{size}: staging was left: {left}");
    }
}

#[test]
fn a_read_only_folder_is_refused_with_5() {
    let can_mount = Command::new("unshare")
        .args(["-rm", "sh", "-c", "mount -t tmpfs -o ro none /mnt"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !can_mount {
        skip("a read-only file system cannot be mounted here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    let script = format!(
        "mount -t tmpfs -o ro none /mnt && exec {} run {} --out /mnt/out -q",
        env!("CARGO_BIN_EXE_kohort"),
        table.display()
    );
    let output = Command::new("unshare").args(["-rm", "sh", "-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A reader that goes away early is no failure, and a full device on stdout is one.
#[test]
fn a_closed_pipe_is_no_failure() {
    let script = format!("{} config --all | head -1", env!("CARGO_BIN_EXE_kohort"));
    let output = Command::new("bash").args(["-o", "pipefail", "-c", &script]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    if !Path::new("/dev/full").exists() {
        skip("there is no /dev/full");
        return;
    }
    let full = format!("{} config --all > /dev/full", env!("CARGO_BIN_EXE_kohort"));
    let output = Command::new("bash").args(["-c", &full]).output().unwrap();
    assert_eq!(output.status.code(), Some(5));
}
