//! A run with `[engine]`: the customers stay in their file, and the segments are those of all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kohort::export::columns::Columns;

use crate::support::{Call, call, files, json, program, rows};

/// 3,000 generated subscribers and a config that samples 1,000 of them.
fn table(folder: &Path, format: &str) -> PathBuf {
    let made = folder.join(format);
    let call = call(
        program()
            .args(["synth", "subscription", "--customers", "3000", "--seed", "5", "--as", format])
            .args(["--quiet", "-o"])
            .arg(&made),
    );
    assert_eq!(call.code, 0, "{}", call.stderr);
    let text = format!(
        "[input]\ncustomers = \"customers.{format}\"\nid = \"customer_id\"\n\n\
         [segments]\nk = 4\n\n[engine]\nsample-rows = 1000\n"
    );
    fs::write(made.join("kohort.toml"), text).unwrap();
    made.join("kohort.toml")
}

fn run(config: &Path, out: &Path, more: &[&str]) -> Call {
    call(program().arg("run").arg(config).arg("--out").arg(out).args(["--quiet"]).args(more))
}

fn published(config: &Path, out: &Path, more: &[&str]) -> PathBuf {
    let done = run(config, out, more);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    fs::canonicalize(out.join("current")).unwrap()
}

/// The passes of a run without what they belong to.
fn passes(run: &Path) -> Vec<String> {
    let text = fs::read_to_string(run.join("journal.jsonl")).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn all_customers_are_placed_and_counted_whatever_the_format_and_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let config = table(folder.path(), "parquet");
    let first = published(&config, &folder.path().join("one"), &["--threads", "1"]);
    let facts = json(&first.join("engine.json"));
    assert_eq!((&facts["customers"], &facts["sampled"]), (&3000.into(), &1000.into()));
    let sizes = |facts: &serde_json::Value| -> Vec<u64> {
        let segments = facts["segments"].as_array().unwrap().iter();
        segments.map(|segment| segment["customers"].as_u64().unwrap()).collect()
    };
    assert_eq!(sizes(&facts).iter().sum::<u64>(), 3000);
    assert_eq!(sizes(&json(&first.join("segments.json"))), sizes(&facts));
    let report = json(&first.join("report.json"));
    assert_eq!(report["data"]["customers"], 3000);
    let codes: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"found-on-a-sample"), "{codes:?}");
    every_customer_is_in_the_parts(&first, &sizes(&facts));
    let other = published(&config, &folder.path().join("three"), &["--threads", "3"]);
    let [mut a, mut b] = [files(&first), files(&other)];
    for all in [&mut a, &mut b] {
        all.remove("run.log.json");
        // The staging folder's path stands in no other file.
        assert!(all.keys().any(|name| name.starts_with("customers/_run=")));
    }
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in &a {
        assert!(bytes == &b[name], "{name} differs");
    }
    // A text of the same customers is cut elsewhere, and gives the same centres and sums.
    let text = table(folder.path(), "csv");
    let text = published(&text, &folder.path().join("text"), &[]);
    assert_eq!(passes(&text), passes(&first));
    assert_eq!(sizes(&json(&text.join("engine.json"))), sizes(&facts));
}

/// The parts hold as many customers of each segment as were counted, and say of the sampled
/// ones what the stages on one machine say.
fn every_customer_is_in_the_parts(run: &Path, sizes: &[u64]) {
    let name = run.file_name().unwrap().to_string_lossy().into_owned();
    let folder = run.join(format!("customers/_run={name}"));
    let (mut counts, mut placed) = (vec![0; sizes.len()], BTreeMap::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "parquet") {
            let columns = Columns::read(&path).unwrap();
            let ids = columns.texts("customer_id").unwrap();
            let [segment, second, margin] = ["segment_id", "second_segment_id", "margin"]
                .map(|name| columns.numbers(name).unwrap());
            for (row, id) in ids.into_iter().enumerate() {
                counts[segment[row] as usize - 1] += 1;
                placed.insert(id.unwrap(), (segment[row], second[row], margin[row]));
            }
        }
    }
    assert_eq!(counts, sizes);
    for row in rows(&run.join("sample/customers.csv")) {
        let (segment, second, margin) = placed[&row["customer_id"]];
        let number = |name: &str| row[name].parse::<f64>().unwrap();
        assert_eq!((segment, second), (number("segment_id"), number("second_segment_id")));
        // The kernel packs customers to 32 bits.
        assert!((margin - number("margin")).abs() < 1e-4, "{margin} {}", row["margin"]);
    }
}

#[test]
fn every_customer_has_the_probability_that_score_gives() {
    let folder = tempfile::tempdir().unwrap();
    let config = table(folder.path(), "parquet");
    for model in ["logistic", "boosting"] {
        let set = format!("churn.model={model}");
        let run = published(&config, &folder.path().join(model), &["--set", &set]);
        let scored = folder.path().join(format!("{model}.csv"));
        let customers = config.with_file_name("customers.parquet");
        let call = call(program().arg("score").arg(&run).arg(customers).arg("-o").arg(&scored));
        assert_eq!(call.code, 0, "{}", call.stderr);
        let name = run.file_name().unwrap().to_string_lossy().into_owned();
        let mut written = BTreeMap::new();
        for entry in fs::read_dir(run.join(format!("customers/_run={name}"))).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "parquet") {
                let columns = Columns::read(&path).unwrap();
                let p = columns.numbers("churn_probability").unwrap();
                let ids = columns.texts("customer_id").unwrap().into_iter().map(Option::unwrap);
                written.extend(ids.zip(p));
            }
        }
        let scored = rows(&scored);
        assert_eq!((written.len(), scored.len()), (3000, 3000));
        for row in scored {
            let p: f64 = row["churn_probability"].parse().unwrap();
            // Six decimals, of numbers that differ in their last bits.
            let apart = (p - written[&row["customer_id"]]).abs();
            assert!(apart < 1.1e-6, "{model} {apart}");
        }
    }
    let without =
        published(&config, &folder.path().join("none"), &["--set", "churn.min-events=5000"]);
    let name = without.file_name().unwrap().to_string_lossy().into_owned();
    let part = without.join(format!("customers/_run={name}/part-000000.parquet"));
    assert!(Columns::read(&part).unwrap().numbers("churn_probability").is_err());
}

#[test]
fn a_run_that_died_goes_on_from_its_journal_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let config = table(folder.path(), "parquet");
    let first = published(&config, &folder.path().join("one"), &[]);
    let name = first.file_name().unwrap().to_string_lossy().into_owned();
    let journal = fs::read_to_string(first.join("journal.jsonl")).unwrap();
    assert!(journal.lines().count() > 2, "{journal}");
    let out = folder.path().join("two");
    fs::create_dir_all(&out).unwrap();
    // It died in the middle of noting its second pass.
    let end = journal.lines().take(2).map(|line| line.len() + 1).sum::<usize>();
    fs::write(out.join(format!(".journal-{name}.jsonl")), &journal[..end + 40]).unwrap();
    let second = published(&config, &out, &[]);
    let [mut a, mut b] = [files(&first), files(&second)];
    for all in [&mut a, &mut b] {
        all.remove("run.log.json");
    }
    assert!(a == b);
    assert!(!out.join(format!(".journal-{name}.jsonl")).exists());
    // An identical run is found published.
    let again = run(&config, &out, &["--format", "json"]);
    assert!(again.code == 0 && again.stdout.contains("\"published\":false"), "{}", again.stdout);
}

#[test]
fn check_says_what_the_engine_holds() {
    let folder = tempfile::tempdir().unwrap();
    let config = table(folder.path(), "parquet");
    let text = call(program().arg("check").arg(&config));
    assert_eq!(text.code, 0, "{}", text.stderr);
    assert!(text.stdout.starts_with("3,000 customers on the engine local"), "{}", text.stdout);
    let line = call(program().arg("check").arg(&config).args(["--format", "json"])).stdout;
    let found: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&found["customers"], &found["sampled"]), (&3000.into(), &1000.into()));
}

#[test]
fn what_needs_more_than_sums_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let config = table(folder.path(), "csv");
    let out = folder.path().join("out");
    for (set, word) in [
        ("segments.method=dbscan", "segments.method"),
        ("input.where=\"age > 30\"", "input.where"),
        ("input.transactions=lines.csv", "input.transactions"),
        ("job.mode=score", "job.mode"),
        ("engine.passes=0", "engine.passes"),
        ("engine.kind=spark", "engine.url"),
    ] {
        let call = run(&config, &out, &["--set", set]);
        assert_eq!(call.code, 2, "{set}: {}", call.stderr);
        assert!(call.stderr.contains(word), "{set}: {}", call.stderr);
    }
    let absent = run(&config, &out, &["--set", "input.customers=none.parquet"]);
    assert!(absent.code == 3 && absent.stderr.contains("E-ENG-001"), "{}", absent.stderr);
}
