//! Audiences from outside: who is in the file, what is refused, and what changed since.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::{kohort, rows, run, small_table};

/// A run with contacts of its customers; every tenth has opted out, every seventh has not
/// consented.
fn prepared(folder: &Path) -> (String, String) {
    let table = folder.join("small.csv");
    fs::write(&table, small_table(600)).unwrap();
    let run = run(&table, &folder.join("out"), &["--set", "segments.k=3"]);
    let mut text = String::from("customer_id,email,phone,country,consent,suppress\n");
    for (at, row) in rows(&run.join("customers.csv")).iter().enumerate() {
        let consent = if at % 7 == 0 { "no" } else { "yes" };
        let out = if at % 10 == 0 { "2025-01-01" } else { "" };
        let id = &row["customer_id"];
        let _ = writeln!(text, "{id},Person{at}@Example.com,2012{at:04},DK,{consent},{out}");
    }
    let contacts = folder.join("contacts.csv");
    fs::write(&contacts, text).unwrap();
    (run.display().to_string(), contacts.display().to_string())
}

#[test]
fn a_list_holds_hashes_of_those_who_may_be_contacted_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (run, contacts) = prepared(folder.path());
    let list = folder.path().join("list.csv");
    let out = list.display().to_string();
    let with = |more: &[&str]| {
        let mut all = vec!["audience", &run, "--segment", "1,2,3", "--for", "google"];
        all.extend(["--contacts", &contacts, "-o", &out]);
        all.extend(more);
        kohort(&all)
    };
    let call = with(&[]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let text = fs::read_to_string(&list).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("Email,Phone"));
    let hex = |text: &str| {
        text.len() == 64 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
    };
    let n = lines.clone().count();
    assert!(lines.all(|line| line.split(',').all(hex)));
    let allowed = (0..600).filter(|at| at % 7 != 0 && at % 10 != 0).count();
    assert_eq!(n, allowed);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&list).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // One more has opted out: the list says whom to remove.
    let changed = fs::read_to_string(&contacts).unwrap().replacen(",yes,\n", ",yes,yes\n", 1);
    fs::write(&contacts, changed).unwrap();
    let call = with(&["--format", "json"]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let lines = |word: &str| {
        let path = folder.path().join(format!("list.{word}.csv"));
        fs::read_to_string(path).unwrap().lines().skip(1).count()
    };
    assert_eq!((lines("add"), lines("remove")), (0, 1));
    let answer: serde_json::Value = serde_json::from_str(&call.stdout).unwrap();
    assert_eq!(answer["counts"]["listed"], allowed - 1);
}

#[test]
fn without_consent_or_with_too_few_there_is_no_list() {
    let folder = tempfile::tempdir().unwrap();
    let (run, contacts) = prepared(folder.path());
    let out = folder.path().join("list.csv");
    let path = out.display().to_string();
    let with = |more: &[&str]| {
        let mut all = vec!["audience", &run, "--for", "meta", "--contacts", &contacts, "-o", &path];
        all.extend(more);
        kohort(&all)
    };
    for key in ["consent", "suppress"] {
        let call = with(&["--segment", "1", "--set", &format!("audience.{key}=nothing")]);
        assert_eq!(call.code, 8, "{}", call.stderr);
        assert!(call.stderr.contains("E-PRV-001") && call.stderr.contains("nothing"));
    }
    let call = with(&["--segment", "1", "--set", "audience.min-size=5000"]);
    assert_eq!(call.code, 8);
    assert!(call.stderr.contains("E-PRV-002"), "{}", call.stderr);
    assert_eq!(with(&["--segment", "9"]).code, 2);
    assert!(!out.exists());
    // A file that is no list is not written over, and a run is never written into.
    fs::write(&out, "something else\n").unwrap();
    assert_eq!(with(&["--segment", "1,2,3"]).code, 2);
    assert_eq!(fs::read_to_string(&out).unwrap(), "something else\n");
    let inside = format!("{run}/list.csv");
    let call = kohort(&[
        "audience",
        &run,
        "--segment",
        "1",
        "--for",
        "meta",
        "--contacts",
        &contacts,
        "-o",
        &inside,
    ]);
    assert_eq!(call.code, 5, "{}", call.stderr);
}

#[test]
fn each_form_has_its_own_columns() {
    let folder = tempfile::tempdir().unwrap();
    let (run, contacts) = prepared(folder.path());
    let headers: BTreeSet<String> = ["google", "meta", "csv", "bid"]
        .into_iter()
        .map(|platform| {
            let path = folder.path().join(format!("{platform}.csv"));
            let out = path.display().to_string();
            let call = kohort(&[
                "audience",
                &run,
                "--segment",
                "1,2,3",
                "--for",
                platform,
                "--contacts",
                &contacts,
                "-o",
                &out,
            ]);
            assert_eq!(call.code, 0, "{}", call.stderr);
            fs::read_to_string(path).unwrap().lines().next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(headers.len(), 4);
    // Firms are what LinkedIn takes, and these contacts have none.
    let out = folder.path().join("linkedin.csv").display().to_string();
    let call = kohort(&[
        "audience",
        &run,
        "--segment",
        "1",
        "--for",
        "linkedin",
        "--contacts",
        &contacts,
        "-o",
        &out,
    ]);
    assert_eq!(call.code, 3);
    assert!(call.stderr.contains("E-PRV-003"));
}
