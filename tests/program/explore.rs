//! `kohort explore`: what it writes, that it can be adopted, and what it never touches.

use std::fs;

use crate::support::{call, files, json, kohort, program, small_table};

#[test]
fn an_exploration_is_the_same_on_any_threads_and_can_be_adopted() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("small.csv");
    fs::write(&table, small_table(600)).unwrap();
    let explore = |name: &str, threads: &str| {
        let out = folder.path().join(name);
        let arguments = ["explore", "--quiet", "--threads", threads, "-o"];
        let done = call(program().args(arguments).arg(&out).arg(&table));
        assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        (files(&out), done.stdout)
    };
    let (first, said) = explore("one", "1");
    let (second, _) = explore("two", "2");
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in &first {
        assert!(second[name] == *bytes, "{name} differs");
    }
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    for name in ["explore.json", "labels.parquet", "figures/02-clustergram.svg"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let found = json(&folder.path().join("one/explore.json"));
    let candidates = found["choice"]["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), found["indices"].as_array().unwrap().len());
    assert_eq!(candidates.last().unwrap()["k"], 12);
    let customers = found["customers"].as_u64().unwrap();
    let flows = found["flows"].as_array().unwrap();
    let of_step = |k: u64| {
        let step = flows.iter().filter(|flow| flow["k"] == k);
        step.map(|flow| flow["customers"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!([of_step(2), of_step(11)], [customers, customers]);
    assert!(found["sensitivity"].as_array().unwrap().len() >= 3);

    // The last line is the command that adopts the recommendation.
    let adopt = said.lines().last().unwrap().strip_prefix("Adopt it: kohort ").unwrap();
    let arguments: Vec<&str> = adopt.split(' ').collect();
    let out = folder.path().join("out");
    let done = call(program().args(arguments).args(["--quiet", "--out"]).arg(&out));
    assert_eq!(done.code, 0, "{}", done.stderr);
    let run = json(&out.join("current/report.json"));
    let segments = run["segments"].as_array().unwrap().len() as u64;
    assert_eq!(found["recommendation"]["segments"], segments);
}

#[test]
fn only_an_earlier_exploration_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("small.csv");
    fs::write(&table, small_table(200)).unwrap();
    let mine = folder.path().join("mine");
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join("thesis.txt"), "years of work").unwrap();
    let paths = [table.to_str().unwrap(), mine.to_str().unwrap()];
    let refused = kohort(&["explore", paths[0], "-o", paths[1]]);
    assert_eq!(refused.code, 5, "{}", refused.stderr);
    assert!(refused.stderr.contains("E-OUT-003"), "{}", refused.stderr);
    assert_eq!(files(&mine).len(), 1);

    let out = folder.path().join("look");
    let arguments = ["explore", "--quiet", paths[0], "-o", out.to_str().unwrap()];
    assert_eq!(kohort(&arguments).code, 0);
    fs::write(out.join("figures/old.svg"), "").unwrap();
    assert_eq!(kohort(&arguments).code, 0);
    assert!(!out.join("figures/old.svg").exists());
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "nothing is left beside: {left:?}");
}

#[test]
fn a_failed_exploration_leaves_nothing_and_an_old_one_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("equal.csv");
    fs::write(&table, "customer_id,visits,spend\na,1,2\nb,1,2\nc,1,2\n").unwrap();
    let out = folder.path().join("look");
    let failed = kohort(&["explore", table.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!(failed.code, 3, "{}", failed.stderr);
    assert!(!out.exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_command_that_adopts_keeps_what_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("small.csv");
    fs::write(&table, small_table(300)).unwrap();
    let out = folder.path().join("look");
    let done = call(
        program()
            .args(["explore", "--quiet", "--set", "segments.k=4", "--set", "normalise.clip=0"])
            .arg(&table)
            .arg("-o")
            .arg(&out),
    );
    assert_eq!(done.code, 0, "{}", done.stderr);
    let adopt = done.stdout.lines().last().unwrap();
    let sets = "--set normalise.clip=0 --set segments.method=k-means --set segments.k=4";
    assert!(adopt.ends_with(sets), "{adopt}");
}
