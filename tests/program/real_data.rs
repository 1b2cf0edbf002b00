//! Real tables of many kinds, with no config or next to none: exit 0 and a whole run.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{call, files, json, program, real, rows, run};

/// Every file that a run always holds.
const WHOLE: [&str; 21] = [
    "manifest.json",
    "kohort.toml",
    "run.log.json",
    "quality.json",
    "customers.csv",
    "customers.parquet",
    "features.parquet",
    "matrix.parquet",
    "segments.csv",
    "segments.json",
    "explore.json",
    "explore/labels.parquet",
    "explore/projection.parquet",
    "churn.json",
    "report.json",
    "report.html",
    "report.md",
    "segments.xlsx",
    "model/model.json",
    "model/arrays.safetensors",
    "figures/01-segment-sizes.svg",
];

fn whole(run: &Path, customers: usize) {
    named_truly(run);
    let found = files(run);
    for name in WHOLE {
        assert!(found.contains_key(name), "{name} is missing in {}", run.display());
    }
    assert!(!found.contains_key("rejects.csv"));
    assert_eq!(rows(&run.join("customers.csv")).len(), customers);
    let segments = json(&run.join("segments.json"));
    let sizes: u64 = segments["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|segment| segment["customers"].as_u64().unwrap())
        .sum();
    let noise = segments["unassigned"]["customers"].as_u64().unwrap_or(0);
    assert_eq!(sizes + noise, customers as u64);
}

/// No two segments share a name, and each word of size in a name is one of its profile:
/// the segment has a column that is as far in that direction as the word says.
fn named_truly(run: &Path) {
    let results = json(&run.join("report.json"));
    let segments = results["segments"].as_array().unwrap();
    let names: BTreeSet<&str> = segments.iter().map(|s| s["segment"].as_str().unwrap()).collect();
    assert_eq!(names.len(), segments.len(), "{names:?}");
    let features = results["heatmap"]["features"].as_array().unwrap();
    for (at, segment) in segments.iter().enumerate() {
        let name = segment["segment"].as_str().unwrap().to_lowercase();
        for part in name.split(", ") {
            let (word, what) = part.split_once(' ').unwrap_or((part, "age"));
            let up = match word {
                "high" | "many" | "long" | "older" => true,
                "low" | "few" | "short" | "younger" => false,
                _ => continue,
            };
            let of_it = |column: &str| {
                let column = column.to_lowercase().replace(['_', '-', ' '], "");
                what.split(' ').any(|word| word.len() > 2 && column.contains(word))
            };
            let told = segment["traits"].as_array().unwrap().iter().any(|one| {
                let effect = one["effect"].as_f64().unwrap();
                of_it(one["column"].as_str().unwrap()) && (effect > 0.0) == up
            });
            let seen = features.iter().any(|feature| {
                let effect = feature["effect"][at].as_f64().unwrap_or(0.0);
                of_it(feature["feature"].as_str().unwrap()) && effect != 0.0 && (effect > 0.0) == up
            });
            assert!(told || seen, "{name}: {part} is not in the profile");
        }
    }
}

fn role(run: &Path, column: &str) -> (String, bool) {
    let quality = json(&run.join("quality.json"));
    let columns = quality["columns"].as_array().unwrap();
    let found = columns.iter().find(|found| found["name"] == column).unwrap();
    (found["role"].as_str().unwrap().to_owned(), found["used"].as_bool().unwrap())
}

#[test]
fn bank_churn_finds_its_id_and_label() {
    let Some(table) = real("bank_churn/Churn_Modelling.csv") else { return };
    let out = tempfile::tempdir().unwrap();
    let run = run(&table, out.path(), &[]);
    whole(&run, 10_000);
    assert_eq!(role(&run, "CustomerId").0, "id");
    assert_eq!(role(&run, "Exited").0, "label");
    assert!(!role(&run, "Surname").1 && !role(&run, "RowNumber").1);
}

#[test]
fn a_proven_leak_is_taken_out_and_named_and_refused_under_the_gate() {
    let Some(table) = real("bank_churn/Customer-Churn-Records.csv") else { return };
    let out = tempfile::tempdir().unwrap();
    let found = run(&table, &out.path().join("a"), &[]);
    let leaks = json(&found.join("churn.json"));
    let leaks = leaks["leaks"].as_array().unwrap();
    assert!(leaks.iter().any(|leak| leak["column"] == "Complain" && leak["mechanism"] == "proof"));
    let html = fs::read_to_string(found.join("report.html")).unwrap();
    let first_page = html.split("id=\"segments\"").next().unwrap();
    assert!(first_page.contains("Complain"), "the first page names the leak");
    let gated = call(
        program()
            .arg("run")
            .arg(&table)
            .arg("--out")
            .arg(out.path().join("b"))
            .args(["-q", "--gate"]),
    );
    assert_eq!(gated.code, 8, "{}", gated.stderr);
    assert!(gated.stderr.contains("Complain"), "{}", gated.stderr);
    assert!(!out.path().join("b/current.json").exists());
}

#[test]
fn tables_without_a_label_are_segmented() {
    for (path, customers) in [
        ("wholesale/Wholesale customers data.csv", 440),
        ("mall_customers/Mall_Customers.csv", 200),
        ("cc_general/CC GENERAL.csv", 8950),
    ] {
        let Some(table) = real(path) else { continue };
        let out = tempfile::tempdir().unwrap();
        let run = run(&table, out.path(), &[]);
        whole(&run, customers);
        assert_eq!(json(&run.join("churn.json"))["computed"], false);
    }
}

#[test]
fn two_dialects_of_one_table_give_identical_customers() {
    let (Some(tab), Some(semicolon)) = (
        real("marketing_campaign/marketing_campaign.csv"),
        real("marketing_campaign/variant_semicolon_bom_iso_dates.csv"),
    ) else {
        return;
    };
    let out = tempfile::tempdir().unwrap();
    let a = run(&tab, &out.path().join("a"), &[]);
    let b = run(&semicolon, &out.path().join("b"), &[]);
    whole(&a, 2240);
    for name in ["customers.csv", "segments.csv", "features.parquet", "matrix.parquet"] {
        assert!(fs::read(a.join(name)).unwrap() == fs::read(b.join(name)).unwrap(), "{name}");
    }
    assert_eq!(json(&a.join("churn.json"))["computed"], false, "Response is not churn");
}

#[test]
fn a_table_without_a_header_says_what_to_set_and_runs_with_it() {
    let Some(table) = real("adult/adult.data.csv") else { return };
    let out = tempfile::tempdir().unwrap();
    let refused =
        call(program().arg("run").arg(&table).arg("-q").arg("--out").arg(out.path().join("a")));
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    assert!(refused.stderr.contains("input.csv.header=false"), "{}", refused.stderr);
    let run = run(&table, &out.path().join("b"), &["--set", "input.csv.header=false"]);
    whole(&run, 32_561);
}

#[test]
fn dbscan_and_linfa_are_selectable() {
    let Some(table) = real("wholesale/Wholesale customers data.csv") else { return };
    let out = tempfile::tempdir().unwrap();
    let dbscan = run(
        &table,
        &out.path().join("a"),
        &["--set", "segments.method=dbscan", "--set", "segments.eps=1.5"],
    );
    whole(&dbscan, 440);
    let linfa = run(&table, &out.path().join("b"), &["--set", "segments.engine=linfa"]);
    whole(&linfa, 440);
    assert_eq!(json(&linfa.join("explore.json"))["engine"], "linfa");
}
