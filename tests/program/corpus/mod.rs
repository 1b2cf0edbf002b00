//! The corpus: bad inputs and tricky good ones, one folder each in `tests/corpus`.
//!
//! A folder holds the input (or names the recipe that makes it: `make.rs`), where needed
//! a config, and `expect.toml`: the exit code, the error code, words that must and must
//! not appear, where every row went, what was noticed and what each column is.

#![expect(clippy::disallowed_methods, reason = "some answers must be quick")]

mod make;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use kohort::day::Day;
use kohort::load::{self, CsvParams, Kind, ReadAs, Wanted};
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Call, call, json, program, records};

/// What is expected of one input.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expect {
    /// What is special about the input.
    about: String,
    /// `check`, or `run` where it matters what is made of the table.
    #[serde(default = "check")]
    command: String,
    /// Further arguments.
    #[serde(default)]
    arguments: Vec<String>,
    /// The file's name.
    #[serde(default = "input")]
    input: String,
    /// The recipe of a file that is too big or too binary to lie here.
    make: Option<String>,
    exit: i32,
    /// The error's code.
    code: Option<String>,
    /// Words that stdout or stderr must hold.
    #[serde(default)]
    says: Vec<String>,
    /// Words that neither may hold: values, above all.
    #[serde(default)]
    hides: Vec<String>,
    /// Words that no file of the report may hold.
    #[serde(default)]
    report_hides: Vec<String>,
    /// Where the rows went.
    rows: Option<u64>,
    #[serde(default)]
    used: u64,
    #[serde(default)]
    rejected: u64,
    #[serde(default)]
    excluded: u64,
    /// Findings that must be there, as `code` or `code:column`.
    #[serde(default)]
    findings: Vec<String>,
    /// What the ledger must say of columns.
    #[serde(default)]
    columns: BTreeMap<String, BTreeMap<String, Value>>,
    /// The first values of columns, in the order of the file.
    #[serde(default)]
    values: BTreeMap<String, Vec<Value>>,
    /// The id column: the ids of the first column must come out as they went in.
    ids: Option<String>,
    /// `computed` or `not computed`.
    churn: Option<String>,
    /// Another entry whose customers are in the same segments.
    same_segments_as: Option<String>,
    /// The most seconds that it may take.
    seconds: Option<u64>,
}

fn check() -> String {
    "check".to_owned()
}

fn input() -> String {
    "input.csv".to_owned()
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(corpus()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// One entry at work: its folder, what is expected, what is wrong.
struct Entry {
    expect: Expect,
    folder: tempfile::TempDir,
    wrong: Vec<String>,
}

impl Entry {
    fn new(name: &str) -> Self {
        let lies = corpus().join(name);
        let text = fs::read_to_string(lies.join("expect.toml")).unwrap();
        let expect: Expect = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let folder = tempfile::tempdir().unwrap();
        for file in fs::read_dir(&lies).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
        if let Some(recipe) = &expect.make {
            fs::write(folder.path().join(&expect.input), make::make(recipe)).unwrap();
        }
        assert!(!expect.about.is_empty(), "{name} says nothing about itself");
        Self { expect, folder, wrong: Vec::new() }
    }

    /// The config, or the table alone.
    fn argument(&self) -> String {
        if self.folder.path().join("config.toml").exists() {
            return "config.toml".to_owned();
        }
        let mut files = fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap());
        let found = files.find(|file| file.file_name().to_string_lossy().starts_with("input"));
        found.unwrap().file_name().to_string_lossy().into_owned()
    }

    fn start(&self, command: &str) -> Call {
        let mut program = program();
        program.current_dir(self.folder.path()).args([command, &self.argument(), "--quiet"]);
        match command {
            "check" => program.args(["--format", "json"]),
            _ => program.args(["--out", "out"]),
        };
        call(program.args(&self.expect.arguments))
    }

    fn complain(&mut self, what: impl Into<String>) {
        self.wrong.push(what.into());
    }

    /// Calls the program and compares everything.
    fn judge(mut self) -> Vec<String> {
        let begun = Instant::now();
        let call = self.start(&self.expect.command);
        let seconds = begun.elapsed().as_secs();
        if self.expect.seconds.is_some_and(|most| seconds > most) {
            self.complain(format!("took {seconds} s"));
        }
        let said = format!("{}{}", call.stdout, call.stderr);
        if call.code != self.expect.exit {
            let (exit, first) = (self.expect.exit, said.chars().take(300).collect::<String>());
            self.complain(format!("exit {} and not {exit}: {first}", call.code));
            return self.wrong;
        }
        let hidden = |words: &[String], said: &str, must: bool| -> Vec<String> {
            words.iter().filter(|word| said.contains(*word) != must).cloned().collect()
        };
        for word in hidden(&self.expect.says, &said, true) {
            self.complain(format!("does not say {word:?}: {}", call.stderr));
        }
        for word in hidden(&self.expect.hides, &said, false) {
            self.complain(format!("shows {word:?}"));
        }
        if self.expect.exit == 0 {
            self.success(&call);
        } else {
            self.failure(&call);
        }
        self.wrong
    }

    /// An error has its code and a remedy, and nothing is published.
    fn failure(&mut self, call: &Call) {
        let errors = call.stderr.matches("error[").count();
        if errors != 1 {
            self.complain(format!("{errors} errors: {}", call.stderr));
        }
        let code = self.expect.code.clone().unwrap_or_else(|| "E-".to_owned());
        if !call.stderr.contains(&format!("error[{code}")) {
            self.complain(format!("not {code}: {}", call.stderr));
        }
        if self.folder.path().join("out/current.json").exists() {
            self.complain("published something");
        }
    }

    fn success(&mut self, call: &Call) {
        let run = self.folder.path().join("out/current");
        let is_run = self.expect.command == "run";
        let ledger: Value = if is_run {
            json(&run.join("quality.json"))
        } else {
            serde_json::from_str(&call.stdout).unwrap()
        };
        self.rows(&ledger);
        self.ledger(&ledger);
        self.values();
        if !is_run {
            return;
        }
        if let Some(expected) = &self.expect.churn {
            let churn = json(&run.join("churn.json"));
            let is = if churn["computed"] == false { "not computed" } else { "computed" };
            if is != expected {
                self.complain(format!("churn is {is}"));
            }
        }
        self.report(&run);
        self.customers(&run);
    }

    /// Every accounting adds up, and one of them is the expected one.
    fn rows(&mut self, ledger: &Value) {
        let mut found = Vec::new();
        accountings(ledger, &mut found);
        if found.is_empty() {
            self.complain("no accounting of rows");
        }
        for [rows, used, rejected, excluded] in &found {
            if used + rejected + excluded != *rows {
                self.complain(format!("{used} + {rejected} + {excluded} is not {rows}"));
            }
        }
        let expect = &self.expect;
        if let Some(rows) = expect.rows {
            let expected = [rows, expect.used, expect.rejected, expect.excluded];
            if !found.contains(&expected) {
                self.complain(format!("rows are {found:?} and not {expected:?}"));
            }
        }
    }

    fn ledger(&mut self, ledger: &Value) {
        let findings: BTreeSet<String> = ledger["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|finding| {
                let code = finding["code"].as_str().unwrap_or_default();
                let column = finding["column"].as_str().unwrap_or_default();
                [code.to_owned(), format!("{code}:{column}")]
            })
            .collect();
        for finding in self.expect.findings.clone() {
            if !findings.contains(&finding) {
                self.complain(format!("does not find {finding}, but {findings:?}"));
            }
        }
        for (name, expected) in self.expect.columns.clone() {
            let columns = ledger["columns"].as_array().into_iter().flatten();
            let Some(column) = columns.into_iter().find(|column| column["name"] == name.as_str())
            else {
                self.complain(format!("has no column {name}"));
                continue;
            };
            for (key, value) in expected {
                if column[&key] != value {
                    self.complain(format!("{name}: {key} is {} and not {value}", column[&key]));
                }
            }
        }
    }

    /// The first values of columns, as the library reads them.
    fn values(&mut self) {
        if self.expect.values.is_empty() {
            return;
        }
        let config = fs::read_to_string(self.folder.path().join("config.toml")).unwrap_or_default();
        let config: toml::Table = toml::from_str(&config).unwrap();
        let csv = config.get("input").and_then(|input| input.get("csv")).cloned();
        let params = csv.map_or_else(CsvParams::default, |csv| csv.try_into().unwrap_or_default());
        let path = self.folder.path().join(&self.expect.input);
        for (name, expected) in self.expect.values.clone() {
            match read(&path, &params, &name) {
                Ok(found) if found.starts_with(&expected) => {}
                Ok(found) => self.complain(format!("{name} is {found:?} and not {expected:?}")),
                Err(error) => self.complain(format!("{name}: {error}")),
            }
        }
    }

    fn report(&mut self, run: &Path) {
        for (name, bytes) in crate::support::files(run) {
            let ending = name.rsplit('.').next().unwrap_or_default();
            if !["html", "md", "svg"].contains(&ending) {
                continue;
            }
            let text = String::from_utf8(bytes).unwrap();
            // Lines that are moved in are code, which Markdown shows as it is.
            let is_code = |line: &&str| ending == "md" && line.starts_with("    ");
            let text: Vec<&str> = text.lines().filter(|line| !is_code(line)).collect();
            let text = text.join("\n");
            for word in self.expect.report_hides.clone() {
                if text.contains(&word) {
                    self.complain(format!("{name} holds {word:?}"));
                }
            }
        }
    }

    fn customers(&mut self, run: &Path) {
        let customers = records(&fs::read_to_string(run.join("customers.csv")).unwrap());
        if let Some(id) = &self.expect.ids {
            let text = fs::read_to_string(self.folder.path().join(&self.expect.input)).unwrap();
            let ids = |rows: &[Vec<String>]| -> BTreeSet<String> {
                rows.iter().skip(1).map(|row| row[0].trim().to_owned()).collect()
            };
            if customers[0][0] != *id || ids(&customers) != ids(&records(&text)) {
                self.complain("the ids came out otherwise than they went in");
            }
        }
        if let Some(other) = &self.expect.same_segments_as {
            let other = Self::new(other);
            let call = other.start("run");
            assert_eq!(call.code, 0, "{}", call.stderr);
            let path = other.folder.path().join("out/current/customers.csv");
            if segments(&customers) != segments(&records(&fs::read_to_string(path).unwrap())) {
                self.complain("other segments");
            }
        }
    }
}

/// The id and the segment of every customer.
fn segments(customers: &[Vec<String>]) -> Vec<[String; 2]> {
    let at = customers[0].iter().position(|name| name == "segment_id").unwrap();
    customers.iter().map(|row| [row[0].clone(), row[at].clone()]).collect()
}

/// Every object that accounts for rows, wherever it stands.
fn accountings(value: &Value, found: &mut Vec<[u64; 4]>) {
    let keys = ["rows", "used", "rejected", "excluded"];
    let counts: Vec<u64> = keys.iter().filter_map(|key| value.get(key)?.as_u64()).collect();
    found.extend(<[u64; 4]>::try_from(counts));
    match value {
        Value::Array(items) => items.iter().for_each(|item| accountings(item, found)),
        Value::Object(items) => items.values().for_each(|item| accountings(item, found)),
        _ => {}
    }
}

/// A column as numbers, days or texts.
fn read(path: &Path, params: &CsvParams, name: &str) -> Result<Vec<Value>, String> {
    let source = load::open(path, "input", params, 0).map_err(|error| error.to_string())?;
    let seen = source.columns().iter().find(|seen| seen.name == name).ok_or("no such column")?;
    let read_as = match seen.kind {
        Kind::Integer | Kind::Decimal => ReadAs::Number,
        Kind::Day { .. } => ReadAs::Day,
        _ => ReadAs::Text,
    };
    let wanted = [Wanted { column: name.to_owned(), read_as }];
    let frame = source.read(&wanted).map_err(|error| error.to_string())?;
    let column = frame.column(name).map_err(|error| error.to_string())?;
    let broken = |error: polars::prelude::PolarsError| error.to_string();
    Ok(match read_as {
        ReadAs::Number => column.f64().map_err(broken)?.iter().map(Value::from).collect(),
        ReadAs::Text | ReadAs::Id => {
            column.str().map_err(broken)?.iter().map(Value::from).collect()
        }
        ReadAs::Day => {
            let days = column.cast(&polars::prelude::DataType::Int32).map_err(broken)?;
            let text = |day: i32| Day::from_epoch(day).map(|day| day.to_string()).ok();
            days.i32().map_err(broken)?.iter().map(|day| Value::from(day.and_then(text))).collect()
        }
    })
}

#[test]
fn every_input_of_the_corpus_is_answered_as_expected() {
    let names = names();
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(BTreeMap::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = Entry::new(name).judge();
                    if !found.is_empty() {
                        wrong.lock().unwrap().insert(name.clone(), found.join("\n    "));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    let told: Vec<String> =
        wrong.iter().map(|(name, found)| format!("{name}: {}", found.trim_end())).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), names.len(), told.join("\n"));
}

#[test]
fn no_number_of_the_corpus_is_left_out() {
    let names = names();
    let leaks = (1..=4).map(|number| format!("L{number}"));
    let numbers =
        (1..=93).map(|number| format!("C{number:02}")).chain(leaks).chain(["P4".to_owned()]);
    let absent: Vec<String> =
        numbers.filter(|id| !names.iter().any(|name| name.split('-').next() == Some(id))).collect();
    assert!(absent.is_empty(), "{absent:?}");
}
