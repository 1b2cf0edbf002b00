//! The names that others build on: columns of the tables, layouts of the JSON files.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kohort::config::Config;
use kohort::experiment::{Plan, Readout};
use kohort::export::Manifest;
use kohort::export::segments::SegmentsFile;
use kohort::pipeline::{EngineFacts, Ledger};
use kohort::results::{ChangeResults, Choice, ChurnStatus, Results, ValueStatus};

use crate::support::{run, small_table};

const CUSTOMERS: &str = "segment_id,segment,second_segment_id,margin,fits,previous_segment_id,\
moved,lifecycle,loyalty,shopper,abc,rfm,value_risk,outcome,churn_probability,churn_decile,\
expected_orders,expected_value,value_if_kept,value_at_risk,contact,action,reason";

const SEGMENTS: &str = "segment_id,segment,method,verdict,customers,share,value,value_share,\
value_per_customer,value_growth,headroom,churn_mean,churn_observed,churn_low,churn_high,\
expected_value,value_at_risk,stability,stability_m,usable,too_narrow,merge_with,rule,rule_sql,\
rule_coverage,rule_precision,driver_1,driver_2,driver_3,top_product,action,contact,hold_out,\
change,previous_segment_id,customers_before";

#[test]
fn the_tables_have_the_columns_of_the_contract_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, small_table(300)).unwrap();
    let run = run(&table, &folder.path().join("out"), &[]);
    let header =
        |name: &str| fs::read_to_string(run.join(name)).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(header("customers.csv"), format!("customer_id,{CUSTOMERS}"));
    assert_eq!(header("segments.csv"), SEGMENTS);
    modes(&run);
    parses::<Results>(&run.join("report.json"));
    parses::<Choice>(&run.join("explore.json"));
    parses::<ChurnStatus>(&run.join("churn.json"));
    parses::<SegmentsFile>(&run.join("segments.json"));
    parses::<Manifest>(&run.join("manifest.json"));
    parses::<Ledger>(&run.join("quality.json"));
    let log = crate::support::json(&run.join("run.log.json"));
    assert!(log["seconds"]["model"].as_f64().unwrap() > 0.0 && log["host"].is_string());
    let history = fs::read_to_string(folder.path().join("out/history.jsonl")).unwrap();
    assert!(history.lines().count() >= 2);
    no_ids_in_what_is_sent(&run);
}

fn parses<T: serde::de::DeserializeOwned>(path: &Path) {
    let read = serde_json::from_slice::<T>(&fs::read(path).unwrap());
    assert!(read.is_ok(), "{}: {:?}", path.display(), read.err());
}

/// Files with raw ids are for their owner alone.
fn modes(run: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for name in [
        "customers.csv",
        "customers.parquet",
        "features.parquet",
        "matrix.parquet",
        "model/model.json",
    ] {
        let mode = fs::metadata(run.join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
}

fn no_ids_in_what_is_sent(run: &Path) {
    for name in ["report.html", "report.md", "report.json", "segments.csv", "figures/02-map.svg"] {
        let text = fs::read_to_string(run.join(name)).unwrap();
        assert!(!text.contains("C00017") && !text.contains("C00123"), "{name} shows an id");
    }
}

/// The schemas in docs/ are those of the types; `KOHORT_BLESS=1` writes them anew.
#[test]
fn the_schemas_in_docs_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas");
    let schemas = [
        ("config", schemars::schema_for!(Config)),
        ("report", schemars::schema_for!(Results)),
        ("explore", schemars::schema_for!(Choice)),
        ("churn", schemars::schema_for!(ChurnStatus)),
        ("value", schemars::schema_for!(ValueStatus)),
        ("change", schemars::schema_for!(ChangeResults)),
        ("segments", schemars::schema_for!(SegmentsFile)),
        ("manifest", schemars::schema_for!(Manifest)),
        ("quality", schemars::schema_for!(Ledger)),
        ("engine", schemars::schema_for!(EngineFacts)),
        ("experiment-plan", schemars::schema_for!(Plan)),
        ("experiment", schemars::schema_for!(Readout)),
    ];
    for (name, schema) in schemas {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = folder.join(format!("{name}.schema.json"));
        if std::env::var("KOHORT_BLESS").is_ok() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "{} is out of date: KOHORT_BLESS=1", path.display());
    }
}

/// docs/config.md holds the reference word for word.
#[test]
fn the_config_reference_in_docs_is_the_programs() {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/config.md"));
    assert!(
        docs.unwrap().contains(kohort::config::REFERENCE),
        "paste `kohort config --all` into it"
    );
}

/// The commands, as a person types them.
const COMMANDS: [&str; 18] = [
    "init",
    "check",
    "explore",
    "run",
    "score",
    "compare",
    "replay",
    "report",
    "audience",
    "experiment",
    "experiment plan",
    "experiment read",
    "model",
    "erase",
    "prune",
    "synth",
    "config",
    "completions",
];

/// docs/cli.md holds what every command prints under `--help`; `KOHORT_BLESS=1` writes it anew.
#[test]
fn the_command_reference_in_docs_is_the_programs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let docs = fs::read_to_string(&path).unwrap();
    let (first, _) = docs.split_once("```text\n").unwrap();
    let help = |command: &str| {
        let words: Vec<&str> = command.split(' ').filter(|w| !w.is_empty()).collect();
        crate::support::kohort(&[words, vec!["--help"]].concat()).stdout
    };
    let mut text = format!("{first}```text\n{}```\n", help(""));
    for command in COMMANDS {
        write!(text, "\n## kohort {command}\n\n```text\n{}```\n", help(command)).unwrap();
    }
    if std::env::var("KOHORT_BLESS").is_ok() {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept == text, "docs/cli.md is out of date: KOHORT_BLESS=1");
}
