//! `kohort run` with its customers on an engine: the same run as with them on this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kohort::backend::{Backend, BackendError, Input, Output, Scoring, Sink, Written};
use kohort::export::columns::Columns;
use kohort::expression::{Expr, Query};
use kohort::fault::Fault;
use polars::prelude::SortMultipleOptions;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use polars_io::parquet::write::ParquetWriter;

use crate::servers::{Sail, Spark, soak};

/// What a call of the program gave.
struct Call {
    code: i32,
    stdout: String,
    stderr: String,
}

fn kohort(arguments: &[&str]) -> Call {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kohort"));
    command.stdin(Stdio::null()).env("KOHORT_TEST_TOKEN", "K4geheim").args(arguments);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap_or(-1);
    Call { code, stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// 3,000 generated subscribers, once as this machine reads them and once as an engine does.
struct Case {
    folder: PathBuf,
    customers: String,
    url: String,
}

impl Case {
    fn new(sail: &Sail) -> Self {
        Self::at(sail.folder(), sail.port)
    }

    fn at(folder: &Path, port: u16) -> Self {
        let folder = folder.to_owned();
        let made = folder.join("made").display().to_string();
        let arguments = ["synth", "subscription", "--customers", "3000", "--seed", "5", "--quiet"];
        let call = kohort(&[&arguments[..], &["--as", "parquet", "-o", &made]].concat());
        assert_eq!(call.code, 0, "{}", call.stderr);
        let url = format!("sc://127.0.0.1:{port}");
        Self { folder, customers: format!("{made}/customers.parquet"), url }
    }

    /// A config of its own name; `more` stands in `[engine]`.
    fn config(&self, name: &str, customers: &str, more: &str) -> String {
        let text = format!(
            "[input]\ncustomers = \"{customers}\"\nid = \"customer_id\"\n\n\
             [segments]\nk = 4\n\n[churn]\nmodel = \"logistic\"\n\n[engine]\nsample-rows = 1000\n{more}"
        );
        let path = self.folder.join(format!("{name}.toml"));
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn on_sail(&self, name: &str, customers: &str, sink: &str) -> String {
        let more = format!("kind = \"spark\"\nurl = \"{}\"\nsink = \"{sink}\"\n", self.url);
        self.config(name, customers, &more)
    }

    fn sink(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn call(&self, config: &str, out: &str, more: &[&str]) -> Call {
        let out = self.folder.join(out).display().to_string();
        kohort(&[&["run", config, "--out", &out, "--quiet"], more].concat())
    }

    fn published(&self, config: &str, out: &str) -> PathBuf {
        let done = self.call(config, out, &[]);
        assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        fs::canonicalize(self.folder.join(out).join("current")).unwrap()
    }
}

pub(crate) fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The passes of a run with the bits of their centres, without what they belong to.
fn passes(run: &Path) -> Vec<String> {
    let text = fs::read_to_string(run.join("journal.jsonl")).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

/// What was written of each customer, by id, wherever it was written.
fn written(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "parquet") {
            continue;
        }
        let columns = Columns::read(&path).unwrap();
        let texts = |name: &str| columns.texts(name).unwrap();
        let numbers = |name: &str| columns.numbers(name).unwrap();
        let (ids, segment, action) = (texts("customer_id"), texts("segment"), texts("action"));
        let [place, second, margin] = ["segment_id", "second_segment_id", "margin"].map(numbers);
        let leaving = numbers("churn_probability");
        assert!(leaving.iter().all(|p| (0.0..=1.0).contains(p)), "everybody has one");
        for (row, id) in ids.into_iter().enumerate() {
            let one = format!(
                "{} {} {:016x} {:016x} {:?} {:?}",
                place[row],
                second[row],
                margin[row].to_bits(),
                leaving[row].to_bits(),
                segment[row],
                action[row]
            );
            assert_eq!(all.insert(id.unwrap(), one), None);
        }
    }
    all
}

/// What does not name the engine or where the customers are.
fn numbers(run: &Path) -> (serde_json::Value, Vec<String>, serde_json::Value) {
    let mut segments = json(&run.join("segments.json"));
    segments.as_object_mut().unwrap().remove("run");
    (segments, passes(run), json(&run.join("engine.json"))["segments"].clone())
}

#[test]
fn a_run_on_an_engine_is_the_run_on_this_machine() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let case = Case::new(&sail);
    let here = case.published(&case.config("here", "made/customers.parquet", ""), "here");
    let name = here.file_name().unwrap().to_string_lossy().into_owned();
    let expected = numbers(&here);
    let customers = written(&here.join(format!("customers/_run={name}")));
    assert_eq!(customers.len(), 3000);

    let config = case.on_sail("there", &case.customers, &case.sink("segments"));
    let there = case.published(&config, "there");
    assert_eq!(numbers(&there), expected);
    let facts = json(&there.join("engine.json"));
    assert_eq!(facts["engine"], "spark-connect");
    assert_eq!(facts["written"]["rows"], 3000);
    let place = facts["written"]["place"].as_str().unwrap().to_owned();
    assert_eq!(written(Path::new(&place)), customers);
    // The config of the run folder runs as it is, and finds what is published.
    let again = case.call(&there.join("kohort.toml").display().to_string(), "there", &[]);
    assert!(again.code == 0 && again.stdout.contains("Already published"), "{}", again.stderr);
    // Another output folder finds the customers written, and writes them no second time.
    let before = fs::metadata(&place).unwrap().modified().unwrap();
    assert_eq!(numbers(&case.published(&config, "once-more")), expected);
    assert_eq!(fs::metadata(&place).unwrap().modified().unwrap(), before);

    for how in ["in 1", "in 3", "in 7", "backwards", "by tenure"] {
        let moved = moved(&case, how);
        let sink = case.sink(&format!("moved {how}").replace(' ', "-"));
        let config = case.on_sail("moved", &moved, &sink);
        assert_eq!(numbers(&case.published(&config, &format!("out {how}"))), expected, "{how}");
    }
}

#[test]
fn trees_give_every_customer_the_same_probability_here_and_there() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let case = Case::new(&sail);
    let boosting = ["--set", "churn.model=boosting"];
    let run = |config: &str, out: &str| {
        let done = case.call(config, out, &boosting);
        assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        fs::canonicalize(case.folder.join(out).join("current")).unwrap()
    };
    let here = run(&case.config("here", "made/customers.parquet", ""), "here");
    let name = here.file_name().unwrap().to_string_lossy().into_owned();
    let customers = written(&here.join(format!("customers/_run={name}")));
    let there = run(&case.on_sail("there", &case.customers, &case.sink("segments")), "there");
    let place = json(&there.join("engine.json"))["written"]["place"].as_str().unwrap().to_owned();
    let written = written(Path::new(&place));
    assert_eq!(written, customers);
    let probabilities: BTreeSet<&str> =
        written.values().filter_map(|one| one.split(' ').nth(3)).collect();
    assert!(probabilities.len() > 1000, "{}", probabilities.len());
}

#[test]
fn a_run_on_spark_is_the_run_on_this_machine() {
    if !soak() {
        return;
    }
    let Some(spark) = Spark::start() else { return };
    let case = Case::at(spark.folder(), spark.port);
    for model in ["logistic", "boosting"] {
        let set = format!("churn.model={model}");
        let run = |config: &str, out: &str| {
            let done = case.call(config, &format!("{out}-{model}"), &["--set", &set]);
            assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
            let out = case.folder.join(format!("{out}-{model}"));
            fs::canonicalize(out.join("current")).unwrap()
        };
        let here = run(&case.config("here", "made/customers.parquet", ""), "here");
        let name = here.file_name().unwrap().to_string_lossy().into_owned();
        let there = run(&case.on_sail("there", &case.customers, &case.sink("segments")), "there");
        assert_eq!(numbers(&there), numbers(&here), "{model}");
        let place =
            json(&there.join("engine.json"))["written"]["place"].as_str().unwrap().to_owned();
        let customers = written(&here.join(format!("customers/_run={name}")));
        assert_eq!(written(Path::new(&place)), customers, "{model}");
    }
}

fn input(table: &str) -> Input {
    Input::customers(table, "customer_id")
}

/// The customers in so many files, or in two in another order.
fn moved(case: &Case, how: &str) -> String {
    let table = File::open(&case.customers).unwrap();
    let table = ParquetReader::new(table).finish().unwrap();
    let (table, parts) = match how.strip_prefix("in ") {
        Some(parts) => (table, parts.parse::<usize>().unwrap()),
        None if how == "backwards" => (table.reverse(), 2),
        None => (
            table.sort(["tenure_months", "customer_id"], SortMultipleOptions::default()).unwrap(),
            2,
        ),
    };
    let folder = case.folder.join(format!("customers {how}").replace(' ', "-"));
    fs::create_dir(&folder).unwrap();
    let each = table.height().div_ceil(parts);
    for part in 0..parts {
        let file = File::create(folder.join(format!("part-{part}.parquet"))).unwrap();
        let mut rows = table.slice((part * each) as i64, each);
        ParquetWriter::new(file).finish(&mut rows).unwrap();
    }
    folder.display().to_string()
}

#[test]
fn a_table_of_the_engine_is_written_once() {
    let Some(sail) = Sail::start() else { return };
    let backend = sail.connect();
    let case = Case::new(&sail);
    let config = case.on_sail("table", &case.customers, "segments");
    let run = case.published(&config, "one");
    let written = json(&run.join("engine.json"))["written"].clone();
    let name = run.file_name().unwrap().to_string_lossy().replace('-', "_");
    assert_eq!(written["place"], format!("segments_run_{name}"));
    // Sail keeps the tables of a session for itself; within one a run finds what it has written.
    let table = backend.open(&input(&case.customers)).unwrap();
    let scoring = |name: &str| Scoring {
        query: Query::new("customer_id"),
        columns: vec![Output {
            name: name.to_owned(),
            value: Expr::Number(1.0),
            written: Written::Whole,
        }],
        run: "a-1".to_owned(),
        rows: table.rows,
    };
    let sink = Sink { place: "kept".to_owned() };
    let first = backend.score_write(&table, &scoring("one"), &sink).unwrap();
    assert_eq!((first.place.as_str(), first.rows, first.already), ("kept_run_a_1", 3000, false));
    assert!(backend.score_write(&table, &scoring("one"), &sink).unwrap().already);
    let refused = backend.score_write(&table, &scoring("other"), &sink).unwrap_err();
    assert!(matches!(refused, BackendError::SinkTaken { .. }), "{refused}");
    // A table is read as well as a folder.
    let read = backend.open(&input("kept_run_a_1")).unwrap();
    assert_eq!((read.rows, read.columns.len()), (3000, 2));
    let nowhere = Sink { place: "nobody.here.kept".to_owned() };
    let refused = backend.score_write(&table, &scoring("one"), &nowhere).unwrap_err();
    assert!(refused.code().starts_with("E-ENG-0"), "{refused}");
}

#[test]
fn a_sink_that_holds_something_else_is_refused() {
    let Some(sail) = Sail::start() else { return };
    let backend = sail.connect();
    let case = Case::new(&sail);
    let sink = case.sink("segments");
    let config = case.on_sail("taken", &case.customers, &sink);
    let run = case.published(&config, "one");
    let name = run.file_name().unwrap().to_string_lossy().into_owned();
    // Somebody else's rows in the folder of the run, and no manifest.
    for kind in ["run", "manifest"] {
        fs::remove_dir_all(format!("{sink}/_{kind}={name}")).unwrap();
    }
    let table = backend.open(&input(&case.customers)).unwrap();
    let other = Scoring {
        query: Query::new("customer_id"),
        columns: Vec::new(),
        run: name.clone(),
        rows: table.rows,
    };
    let elsewhere = Sink { place: case.sink("other") };
    let place = backend.score_write(&table, &other, &elsewhere).unwrap().place;
    let taken = format!("{sink}/_run={name}");
    fs::rename(place, &taken).unwrap();
    let refused = case.call(&config, "two", &[]);
    assert!(refused.stderr.contains("E-ENG-020"), "{}", refused.stderr);
    assert!(!case.folder.join("two/current").exists());
    let table = backend.open(&input(&taken)).unwrap();
    assert_eq!((table.rows, table.columns.len()), (3000, 1));
    // The rest of an attempt that died is replaced.
    fs::remove_dir_all(&taken).unwrap();
    fs::create_dir_all(&taken).unwrap();
    assert_eq!(numbers(&case.published(&config, "three")), numbers(&run));
}

#[test]
fn a_dry_run_prints_the_statements_and_writes_nothing() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let case = Case::new(&sail);
    let sink = case.sink("segments");
    let config = case.on_sail("dry", &case.customers, &sink);
    let dry = case.call(&config, "out", &["--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.stderr);
    let heads: Vec<&str> = dry.stdout.lines().filter(|line| line.starts_with("-- ")).collect();
    assert_eq!(heads.len(), 6, "{}", dry.stdout);
    assert!(heads[3].starts_with("-- 4: a pass of up to 5"), "{heads:?}");
    assert!(heads[5].contains(&sink), "{heads:?}");
    assert!(dry.stdout.contains("XXHASH64(CONCAT('1:'"), "{}", dry.stdout);
    assert!(!Path::new(&sink).exists() && !case.folder.join("out/current").exists());
    let left = fs::read_dir(case.folder.join("out")).unwrap().count();
    // The lock and the empty folder of runs.
    assert_eq!(left, 2);
    let lines = case.call(&config, "out", &["--dry-run", "--format", "json"]).stdout;
    let lines: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(lines.as_array().unwrap().len(), 6);
    let here = case.config("here", "made/customers.parquet", "");
    let refused = case.call(&here, "out", &["--dry-run"]);
    assert!(refused.code == 2 && refused.stderr.contains("E-CFG-011"), "{}", refused.stderr);
}

#[test]
fn explore_compares_on_the_sample() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let case = Case::new(&sail);
    let explored = |config: &str, name: &str| {
        let out = case.folder.join(name).display().to_string();
        let set = ["--set", "segments.k=2..3", "--quiet"];
        let call = kohort(&[&["explore", config, "-o", &out], &set[..]].concat());
        assert_eq!(call.code, 0, "{}", call.stderr);
        let mut found = json(&case.folder.join(name).join("explore.json"));
        found.as_object_mut().unwrap().remove("findings");
        found
    };
    let there = explored(&case.on_sail("there", &case.customers, ""), "there");
    assert_eq!(there, explored(&case.config("here", "made/customers.parquet", ""), "here"));
}

#[test]
fn what_cannot_be_asked_is_named_and_no_secret_is_told() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let case = Case::new(&sail);
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let config = case.on_sail("wrong", &case.customers, &case.sink("segments"));
    let dead = format!("engine.url=\"sc://127.0.0.1:{dead}\"");
    let elsewhere = "engine.url=\"sc://192.0.2.1:15002\"";
    let token = "engine.token-env=KOHORT_TEST_TOKEN";
    for (sets, code, exit) in [
        (&[dead.as_str()][..], "E-ENG-031", 4),
        (&["input.id=nobody"], "E-ENG-005", 3),
        (&["input.customers=\"nobody.here\""], "E-ENG-001", 3),
        (&["input.customers=\"data/customers\""], "E-ENG-002", 3),
        (&["engine.sink=\"out/segments\""], "E-ENG-021", 5),
        (&["engine.sink=\"\""], "E-CFG-004", 2),
        (&[elsewhere, token, "engine.sink=segments"], "E-ENG-042", 2),
        (&["engine.token-env=KOHORT_NO_SUCH_VARIABLE"], "E-ENG-041", 2),
        (&["engine.token-file=none"], "E-ENG-041", 2),
        (&["engine.url=\"sc://127.0.0.1/;token=K4geheim\""], "E-ENG-040", 2),
        (&["engine.deadline-seconds=0"], "E-CFG-005", 2),
    ] {
        let sets: Vec<&str> = sets.iter().flat_map(|set| ["--set", set]).collect();
        let call = case.call(&config, "out", &sets);
        assert!(call.stderr.contains(code), "{sets:?}: {}", call.stderr);
        assert_eq!(call.code, exit, "{sets:?}: {}", call.stderr);
        let all = format!("{}{}", call.stdout, call.stderr);
        assert!(!all.contains("K4geheim"), "{sets:?}: {all}");
        assert!(!case.folder.join("out/current").exists());
        assert!(!Path::new(&case.sink("segments")).exists());
    }
}
