//! Order lines on an engine: summed up to the same customers as on this machine, and placed in
//! the same segments.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kohort::export::columns::Columns;
use polars::prelude::{DataFrame, NamedFrom, Series, SortMultipleOptions};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use polars_io::parquet::write::ParquetWriter;

use crate::program::json;
use crate::servers::{Sail, Spark, soak};

/// What a call of the program gave.
fn call(arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kohort"));
    let output = command.stdin(Stdio::null()).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

fn kohort(arguments: &[&str]) -> String {
    call(arguments).unwrap()
}

/// The orders of 2,200 generated customers.
struct Orders {
    folder: PathBuf,
    lines: PathBuf,
    url: String,
}

impl Orders {
    fn new(folder: &Path, port: u16) -> Self {
        let made = folder.join("made").display().to_string();
        let size = ["synth", "shop", "--customers", "2200", "--months", "14", "--seed", "3"];
        kohort(&[&size[..], &["--quiet", "--as", "parquet", "-o", &made]].concat());
        let (folder, lines) = (folder.to_owned(), folder.join("made/transactions.parquet"));
        Self { folder, lines, url: format!("sc://127.0.0.1:{port}") }
    }

    fn text(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn config(&self, name: &str, lines: &str, engine: &str) -> String {
        let text = format!(
            "[input]\ntransactions = \"{lines}\"\nid = \"customer_id\"\n\n[segments]\nk = 4\n\n\
             [engine]\nsample-rows = 1000\n{engine}"
        );
        let path = self.folder.join(format!("{name}.toml"));
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn there(&self, name: &str, lines: &str) -> String {
        let (url, sink) = (&self.url, self.text(&format!("sink {name}").replace(' ', "-")));
        self.config(name, lines, &format!("kind = \"spark\"\nurl = \"{url}\"\nsink = \"{sink}\"\n"))
    }

    fn run(&self, config: &str, out: &str) -> PathBuf {
        kohort(&["run", config, "--out", &self.text(out), "--quiet"]);
        fs::canonicalize(self.folder.join(out).join("current")).unwrap()
    }

    /// The lines in so many files, or in three in another order.
    fn moved(&self, how: &str) -> String {
        let table = ParquetReader::new(File::open(&self.lines).unwrap()).finish().unwrap();
        let sorted = |by: &str| table.sort([by], SortMultipleOptions::default()).unwrap();
        let (table, parts) = match how {
            "in 5" => (table.clone(), 5),
            "backwards" => (table.reverse(), 3),
            by => (sorted(by), 3),
        };
        let folder = self.folder.join(format!("lines {how}").replace(' ', "-"));
        fs::create_dir(&folder).unwrap();
        let each = table.height().div_ceil(parts);
        for part in 0..parts {
            let file = File::create(folder.join(format!("part-{part}.parquet"))).unwrap();
            let mut rows: DataFrame = table.slice((part * each) as i64, each);
            ParquetWriter::new(file).finish(&mut rows).unwrap();
        }
        folder.display().to_string()
    }
}

/// Every column of every customer in a folder of Parquet files, to the last bit.
fn all(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "parquet") {
            continue;
        }
        let columns = Columns::read(&path).unwrap();
        let mut names = columns.names();
        names.sort();
        let ids = columns.texts("customer_id").unwrap();
        let mut rows: Vec<Vec<String>> = vec![Vec::new(); ids.len()];
        for name in names.iter().filter(|name| *name != "customer_id") {
            let cells: Vec<String> = if columns.is_text(name) {
                columns.texts(name).unwrap().into_iter().map(|text| format!("{text:?}")).collect()
            } else {
                let numbers = columns.numbers(name).unwrap().into_iter();
                numbers
                    .map(
                        |x| {
                            if x.is_nan() { "none".into() } else { format!("{:016x}", x.to_bits()) }
                        },
                    )
                    .collect()
            };
            for (row, cell) in rows.iter_mut().zip(cells) {
                row.push(format!("{name}={cell}"));
            }
        }
        for (id, row) in ids.into_iter().zip(rows) {
            assert_eq!(all.insert(id.unwrap(), row), None, "a customer stands once");
        }
    }
    all
}

/// What does not name the engine or where the lines are.
fn numbers(run: &Path) -> (serde_json::Value, serde_json::Value) {
    let mut segments = json(&run.join("segments.json"));
    segments.as_object_mut().unwrap().remove("run");
    (segments, json(&run.join("engine.json"))["segments"].clone())
}

/// The features and the segments of every customer of a run on this machine.
fn here(run: &Path) -> [BTreeMap<String, Vec<String>>; 2] {
    let name = run.file_name().unwrap().to_string_lossy().into_owned();
    ["features/_customers", "customers/_run"].map(|kind| all(&run.join(format!("{kind}={name}"))))
}

/// The same of a run that an engine wrote.
fn there(run: &Path) -> [BTreeMap<String, Vec<String>>; 2] {
    let place = json(&run.join("engine.json"))["written"]["place"].as_str().unwrap().to_owned();
    let features = place.replace("/_run=", "/_customers=");
    [features, place].map(|folder| all(Path::new(&folder)))
}

#[test]
fn order_lines_become_the_same_customers_here_and_on_sail() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let orders = Orders::new(sail.folder(), sail.port);
    let run = orders.run(&orders.config("here", "made/transactions.parquet", ""), "here");
    let (expected, rows) = (numbers(&run), here(&run));
    assert!(rows[0].len() > 2000 && rows[1].len() == rows[0].len(), "{}", rows[0].len());
    let segments = expected.0["segments"].as_array().unwrap();
    let customers: u64 = segments.iter().map(|one| one["customers"].as_u64().unwrap()).sum();
    assert_eq!(customers, rows[0].len() as u64, "sizes are those of all");
    let lines = orders.lines.display().to_string();
    let config = orders.there("there", &lines);
    let run = orders.run(&config, "there");
    assert_eq!(numbers(&run), expected);
    assert_eq!(there(&run), rows);
    // Asked for again from another folder, nothing is summed up or written again.
    let place = json(&run.join("engine.json"))["written"]["place"].as_str().unwrap().to_owned();
    let features = place.replace("/_run=", "/_customers=");
    let written = |place: &str| fs::metadata(place).unwrap().modified().unwrap();
    let before = (written(&place), written(&features));
    assert_eq!(numbers(&orders.run(&config, "again")), expected);
    assert_eq!((written(&place), written(&features)), before);
    for how in ["in 5", "backwards", "price"] {
        let run = orders.run(&orders.there(how, &orders.moved(how)), &format!("out {how}"));
        assert_eq!(numbers(&run), expected, "{how}");
        assert_eq!(there(&run), rows, "{how}");
    }
    let dry = kohort(&["run", &config, "--out", &orders.text("dry"), "--quiet", "--dry-run"]);
    let heads: Vec<&str> = dry.lines().filter(|line| line.starts_with("-- ")).collect();
    assert!(heads.iter().any(|head| head.contains("summed up to customers")), "{heads:?}");
    let check = kohort(&["check", &config]);
    assert!(check.contains("order lines on the engine"), "{check}");
}

#[test]
fn order_lines_that_cannot_be_summed_up_are_named() {
    let Some(sail) = Sail::start() else { return };
    drop(sail.connect());
    let orders = Orders::new(sail.folder(), sail.port);
    let lines = || ParquetReader::new(File::open(&orders.lines).unwrap()).finish().unwrap();
    let written = |name: &str, column: Series| {
        let mut table = lines();
        table.with_column(column.into()).unwrap();
        let path = orders.folder.join(name);
        ParquetWriter::new(File::create(&path).unwrap()).finish(&mut table).unwrap();
        path.display().to_string()
    };
    let n = lines().height();
    let nobody =
        written("nobody.parquet", Series::new("customer_id".into(), vec![None::<&str>; n]));
    let others = written("days.parquet", Series::new("day".into(), vec!["31.01.2026"; n]));
    let code = |config: &str| {
        let said = call(&["run", config, "--out", &orders.text("refused"), "--quiet"]);
        said.unwrap_err().chars().skip_while(|c| *c != '[').skip(1).take(9).collect::<String>()
    };
    for config in [orders.config("nobody", &nobody, ""), orders.there("nobody", &nobody)] {
        assert_eq!(code(&config), "E-ENG-008");
    }
    assert_eq!(code(&orders.there("days", &others)), "E-ENG-006");
    let both = orders.config("both", &orders.lines.display().to_string(), "");
    let text = fs::read_to_string(&both).unwrap();
    let customers = orders.text("made/customers.parquet");
    fs::write(&both, text.replacen("[input]", &format!("[input]\ncustomers = \"{customers}\""), 1))
        .unwrap();
    assert_eq!(code(&both), "E-CFG-010");
}

#[test]
fn order_lines_become_the_same_customers_here_and_on_spark() {
    if !soak() {
        return;
    }
    let Some(spark) = Spark::start() else { return };
    let orders = Orders::new(spark.folder(), spark.port);
    let run = orders.run(&orders.config("here", "made/transactions.parquet", ""), "here");
    let (expected, rows) = (numbers(&run), here(&run));
    let lines = orders.lines.display().to_string();
    let run = orders.run(&orders.there("there", &lines), "there");
    assert_eq!(numbers(&run), expected);
    assert_eq!(there(&run), rows);
}
