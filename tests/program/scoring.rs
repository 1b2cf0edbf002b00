//! The frozen model gives back what the run said, in any column and row order.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::{call, program, real, records, rows, run};

fn score(model: &Path, table: &Path, out: &Path, more: &[&str]) -> serde_json::Value {
    let call = call(
        program()
            .arg("score")
            .arg(model)
            .arg(table)
            .arg("-o")
            .arg(out)
            .args(["--format", "json", "--quiet"])
            .args(more),
    );
    assert_eq!(call.code, 0, "{}", call.stderr);
    serde_json::from_str(&call.stdout).unwrap()
}

fn by_id(file: &Path, id: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    rows(file).into_iter().map(|row| (row[id].clone(), row)).collect()
}

#[test]
fn scoring_the_training_table_gives_every_customer_the_same_segment() {
    let Some(table) = real("telco_churn/Telco-Customer-Churn.csv") else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = run(&table, &out, &[]);
    let scored = folder.path().join("scored.csv");
    score(&out.join("current"), &table, &scored, &[]);
    let (said, again) =
        (by_id(&run.join("customers.csv"), "customerID"), by_id(&scored, "customerID"));
    assert_eq!(said.len(), again.len());
    for (id, row) in &said {
        for column in
            ["segment_id", "segment", "second_segment_id", "margin", "fits", "action", "reason"]
        {
            assert_eq!(row[column], again[id][column], "{column} of a customer differs");
        }
    }
    reordered(&table, folder.path(), &out, &scored);
    surprising(&table, folder.path(), &out);
}

/// Columns reversed, rows reversed, another thread count: the same bytes.
fn reordered(table: &Path, folder: &Path, out: &Path, scored: &Path) {
    let text = fs::read_to_string(table).unwrap();
    let mut lines: Vec<String> = records(&text)
        .into_iter()
        .map(|record| record.into_iter().rev().collect::<Vec<_>>().join(","))
        .collect();
    lines[1..].reverse();
    let turned = folder.join("turned.csv");
    fs::write(&turned, lines.join("\n") + "\n").unwrap();
    let again = folder.join("again.csv");
    score(&out.join("current"), &turned, &again, &["--threads", "1"]);
    assert!(fs::read(scored).unwrap() == fs::read(&again).unwrap());
}

/// What the model did not expect is counted under its column's name.
fn surprising(table: &Path, folder: &Path, out: &Path) {
    let text = fs::read_to_string(table).unwrap();
    let mut lines = Vec::new();
    for (at, mut record) in records(&text).into_iter().enumerate() {
        // Columns: 5 = tenure, 8 = InternetService, 15 = Contract, 17 = PaymentMethod.
        if (1..=5).contains(&at) {
            record[5] = "900".into();
        }
        if (1..=7).contains(&at) {
            record[17] = "Barter".into();
        }
        record.remove(18);
        lines.push(record.join(","));
    }
    let odd = folder.join("odd.csv");
    fs::write(&odd, lines.join("\n") + "\n").unwrap();
    let told = score(&out.join("current"), &odd, &folder.join("odd-scored.csv"), &[]);
    assert_eq!(told["missing_columns"], serde_json::json!(["MonthlyCharges"]));
    assert_eq!(told["unseen_categories"]["PaymentMethod"], 7);
    assert_eq!(told["out_of_range"]["tenure"], 5);
    assert_eq!(told["customers"], 7043);
}

/// Numbers and categories with gaps, in three kinds of customers.
fn mixed_table(n: usize) -> String {
    let mut text = String::from("customer_id,visits,spend,channel,payment,newsletter\n");
    let mut state = 11_u64;
    let mut next = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    for row in 0..n {
        let group = row % 3;
        let visits = [4.0, 12.0, 30.0][group] + 6.0 * next();
        let spend = [15.0, 90.0, 70.0][group] * (0.7 + 0.6 * next());
        let other = usize::from(next() < 0.15);
        let channel = ["web", "shop", "phone"][(group + other) % 3];
        let payment = ["card", "invoice", "cash"][(group + usize::from(next() < 0.2)) % 3];
        let news = if next() < [0.8, 0.2, 0.5][group] { "yes" } else { "no" };
        let visits = if next() < 0.05 { String::new() } else { format!("{visits:.3}") };
        let channel = if next() < 0.05 { "" } else { channel };
        writeln!(text, "C{row:05},{visits},{spend:.2},{channel},{payment},{news}").unwrap();
    }
    text
}

const MIXED: &str =
    "features.cluster-on=[\"visits\",\"spend\",\"channel\",\"payment\",\"newsletter\"]";

#[test]
fn mixtures_and_prototypes_place_the_training_customers_as_the_run_did() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, mixed_table(600)).unwrap();
    for (method, base) in [
        ("latent-class", MIXED),
        ("k-prototypes", MIXED),
        ("gmm", "features.cluster-on=[\"visits\",\"spend\"]"),
    ] {
        let out = folder.path().join(method);
        let method = format!("segments.method={method}");
        let run = run(&table, &out, &["--set", &method, "--set", base]);
        let scored = folder.path().join("scored.csv");
        score(&out.join("current"), &table, &scored, &[]);
        let said = by_id(&run.join("customers.csv"), "customer_id");
        let again = by_id(&scored, "customer_id");
        assert_eq!(said.len(), 600);
        for (id, row) in &said {
            for column in ["segment_id", "segment", "second_segment_id", "margin", "fits"] {
                assert_eq!(row[column], again[id][column], "{method}: {column} of {id} differs");
            }
            assert!(!row["segment_id"].is_empty() && !row["margin"].is_empty());
        }
        let fit = said.values().filter(|row| row["fits"] == "true").count();
        assert!((580..600).contains(&fit), "{method}: {fit}");
    }
}

#[test]
fn a_gaussian_mixture_refuses_categories_and_says_what_takes_them() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, mixed_table(300)).unwrap();
    let call =
        call(program().arg("run").arg(&table).arg("--out").arg(folder.path().join("out")).args([
            "--quiet",
            "--set",
            "segments.method=gmm",
            "--set",
            MIXED,
        ]));
    assert_eq!(call.code, 3, "{}", call.stderr);
    assert!(call.stderr.contains("E-FIT-030"), "{}", call.stderr);
    assert!(call.stderr.contains("k-prototypes"), "{}", call.stderr);
}

#[test]
fn a_damaged_model_is_rejected_with_7() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    fs::write(&table, crate::support::small_table(300)).unwrap();
    let run = run(&table, &folder.path().join("out"), &[]);
    let model = folder.path().join("model");
    fs::create_dir(&model).unwrap();
    for name in ["model.json", "arrays.safetensors"] {
        fs::copy(run.join("model").join(name), model.join(name)).unwrap();
    }
    let try_it = || {
        let call = call(program().arg("score").arg(&model).arg(&table));
        (call.code, call.stderr)
    };
    assert_eq!(try_it().0, 0);
    let whole = fs::read(model.join("arrays.safetensors")).unwrap();
    fs::write(model.join("arrays.safetensors"), &whole[..whole.len() - 3]).unwrap();
    let (code, stderr) = try_it();
    assert_eq!(code, 7, "{stderr}");
    assert!(stderr.contains("E-MDL-"), "{stderr}");
    fs::write(model.join("arrays.safetensors"), &whole).unwrap();
    let json = fs::read_to_string(model.join("model.json")).unwrap();
    fs::write(model.join("model.json"), &json[..json.len() / 2]).unwrap();
    assert_eq!(try_it().0, 7);
    fs::remove_file(model.join("model.json")).unwrap();
    assert_ne!(try_it().0, 0);
}
