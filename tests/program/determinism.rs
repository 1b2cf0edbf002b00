//! The same bytes for the same input, whatever the threads and the row order.

use std::fs;

use crate::support::{files, real, run, small_table, soak};

/// Every file but the log, as one thread and two write it.
#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let small = folder.path().join("small.csv");
    fs::write(&small, small_table(600)).unwrap();
    let mut tables = vec![small];
    tables.extend(real("telco_churn/Telco-Customer-Churn.csv"));
    for (at, table) in tables.iter().enumerate() {
        let mut first = None;
        let calls: &[&str] = if soak() { &["1", "2", "1", "2"] } else { &["1", "2"] };
        for (call, threads) in calls.iter().enumerate() {
            let out = folder.path().join(format!("out-{at}-{call}"));
            let mut found = files(&run(table, &out, &["--threads", threads]));
            found.remove("run.log.json");
            let first = first.get_or_insert_with(|| found.clone());
            for (name, bytes) in first.iter() {
                assert!(found[name] == *bytes, "{name} differs on {threads} threads");
            }
            assert_eq!(first.len(), found.len());
        }
    }
}

#[test]
fn shuffled_rows_give_the_same_customers() {
    let folder = tempfile::tempdir().unwrap();
    let text = small_table(600);
    let (header, body) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = body.lines().collect();
    let straight = folder.path().join("straight.csv");
    fs::write(&straight, &text).unwrap();
    lines.reverse();
    lines.rotate_left(77);
    let shuffled = folder.path().join("shuffled.csv");
    fs::write(&shuffled, format!("{header}\n{}\n", lines.join("\n"))).unwrap();
    let a = run(&straight, &folder.path().join("a"), &[]);
    let b = run(&shuffled, &folder.path().join("b"), &[]);
    assert_eq!(
        fs::read_to_string(a.join("customers.csv")).unwrap(),
        fs::read_to_string(b.join("customers.csv")).unwrap()
    );
}

#[test]
fn plain_gz_and_zst_give_the_same_customers() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let text = small_table(300);
    let plain = folder.path().join("table.csv");
    fs::write(&plain, &text).unwrap();
    let gz = folder.path().join("table.csv.gz");
    let mut encoder =
        flate2::write::GzEncoder::new(fs::File::create(&gz).unwrap(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap();
    let zst = folder.path().join("table.csv.zst");
    fs::write(&zst, zstd::encode_all(text.as_bytes(), 1).unwrap()).unwrap();
    let customers = |table: &std::path::Path, out: &str| {
        fs::read_to_string(run(table, &folder.path().join(out), &[]).join("customers.csv")).unwrap()
    };
    let expected = customers(&plain, "plain");
    assert_eq!(customers(&gz, "gz"), expected);
    assert_eq!(customers(&zst, "zst"), expected);
}

#[test]
fn running_twice_changes_no_published_byte() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    let out = folder.path().join("out");
    let before = files(&run(&table, &out, &[]));
    let after = files(&run(&table, &out, &[]));
    assert!(before == after, "the second run touched a published file");
    assert_eq!(fs::read_dir(out.join("runs")).unwrap().count(), 1);
}
