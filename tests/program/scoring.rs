//! The frozen model gives back what the run said, in any column and row order.

use std::collections::BTreeMap;
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
