//! Purchase lines scored with a frozen model: what the run said of its own customers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::support::{Call, call, program, records, rows, run};

fn lines() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/shop/transactions.csv")
}

fn score(model: &Path, table: &Path, more: &[&str]) -> Call {
    call(program().arg("score").arg(model).arg(table).args(more))
}

/// What both say of a customer, but for what is forecast: the model that is frozen holds no
/// forecast of orders, so `score` leaves probability, value and risk class empty.
const SAID: [&str; 12] = [
    "segment_id",
    "segment",
    "second_segment_id",
    "margin",
    "fits",
    "lifecycle",
    "loyalty",
    "shopper",
    "abc",
    "rfm",
    "action",
    "reason",
];

/// The run's own lines give every customer what `customers.csv` holds.
pub(crate) fn gives_back(run: &Path, table: &Path, folder: &Path) {
    let scored = folder.join("scored.csv");
    let call = score(run, table, &["-o", &scored.display().to_string()]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let by_id = |file: &Path| -> BTreeMap<String, BTreeMap<String, String>> {
        rows(file).into_iter().map(|row| (row["customer_id"].clone(), row)).collect()
    };
    let (said, again) = (by_id(&run.join("customers.csv")), by_id(&scored));
    assert_eq!(said.len(), again.len());
    for (id, row) in &said {
        for column in SAID {
            assert_eq!(row[column], again[id][column], "{column} of a customer differs");
        }
        assert!(!row["value_risk"].is_empty() || !row["contact"].is_empty());
        for forecast in ["churn_probability", "value_risk"] {
            assert_eq!(again[id][forecast], "", "{forecast} is no part of the model");
        }
    }
}

#[test]
fn lines_of_the_run_give_back_what_it_said_of_every_customer() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name);
    let by_k_means = run(&lines(), &out("k-means"), &[]);
    gives_back(&by_k_means, &lines(), folder.path());
    let by_rule = run(&lines(), &out("rfm"), &["--set", "segments.method=rfm"]);
    gives_back(&by_rule, &lines(), folder.path());
    // An as-of day that was given is the run's own, and lines after it do not count.
    let earlier = run(&lines(), &out("earlier"), &["--as-of", "2025-06-30"]);
    gives_back(&earlier, &lines(), folder.path());
    let told = score(&earlier, &lines(), &["--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told.stdout).unwrap();
    assert_eq!(told["as_of"], "2025-06-30");
    assert!(told["lines"]["excluded"]["after_as_of"]["lines"].as_u64().unwrap() > 0);
    let moved = score(&earlier, &lines(), &["--format", "json", "--as-of", "2025-09-30"]);
    let moved: serde_json::Value = serde_json::from_str(&moved.stdout).unwrap();
    assert_eq!(moved["as_of"], "2025-09-30");
    anyhow(&by_k_means, folder.path());
    newcomers(&by_k_means, folder.path());
    features(&by_k_means, folder.path());
}

#[test]
fn a_column_that_is_the_same_on_all_lines_of_a_customer_describes_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(lines()).unwrap();
    let mut more = String::new();
    let mut met = std::collections::BTreeSet::new();
    for (at, line) in text.lines().enumerate() {
        let customer = line.split(',').nth(1).unwrap();
        let n: usize = customer[1..].parse().unwrap_or(0);
        let moved = n <= 40 && met.insert(n);
        let cell = match at {
            0 => "country,mood",
            _ if moved => "Faroe Islands,good",
            _ => [
                ["Denmark,good", "Norway,good", "Sweden,good"],
                ["Denmark,bad", "Norway,bad", "Sweden,bad"],
            ][at % 2][n % 3],
        };
        writeln!(more, "{line},{cell}").unwrap();
    }
    let path = folder.path().join("lines.csv");
    fs::write(&path, more).unwrap();
    let run = run(&path, &folder.path().join("out"), &[]);
    let quality = crate::support::json(&run.join("quality.json"));
    let of = |name: &str| {
        let columns = quality["columns"].as_array().unwrap();
        columns.iter().find(|column| column["name"] == name).cloned().unwrap()
    };
    let country = of("country");
    assert_eq!((&country["role"], &country["family"]), (&"category".into(), &"geographic".into()));
    // A mood that changes from line to line says nothing of the customer.
    assert_eq!((&country["used"], &of("mood")["used"]), (&true.into(), &false.into()));
    let findings = crate::support::json(&run.join("manifest.json"))["findings"].clone();
    let found: Vec<&serde_json::Value> = findings
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "attribute-of-customers")
        .collect();
    assert_eq!(found.len(), 1, "{findings}");
    // Customers with one line alone have one country.
    let several = found[0]["count"].as_u64().unwrap();
    assert!((30..=40).contains(&several), "{several}");
    let report = crate::support::json(&run.join("report.json"));
    let describing = report["base"]["describing"].as_array().unwrap();
    assert!(describing.contains(&"country".into()), "{describing:?}");
    gives_back(&run, &path, folder.path());
    let ignored =
        call(program().arg("run").arg(&path).arg("--out").arg(folder.path().join("no")).args([
            "--quiet",
            "--set",
            "features.ignore=[\"country\"]",
        ]));
    assert_eq!(ignored.code, 0, "{}", ignored.stderr);
}

/// Lines and columns in any order, on any number of threads: the same bytes.
fn anyhow(run: &Path, folder: &Path) {
    let text = fs::read_to_string(lines()).unwrap();
    let quoted = |cell: String| format!("\"{}\"", cell.replace('"', "\"\""));
    let mut turned: Vec<String> = records(&text)
        .into_iter()
        .map(|record| record.into_iter().rev().map(quoted).collect::<Vec<_>>().join(","))
        .collect();
    turned[1..].reverse();
    let path = folder.join("turned.csv");
    fs::write(&path, turned.join("\n") + "\n").unwrap();
    let again = score(run, &path, &["--threads", "1"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(score(run, &lines(), &[]).stdout == again.stdout);
}

/// A customer measured alone is where the run put this customer: nothing is learnt anew.
fn newcomers(run: &Path, folder: &Path) {
    let text = fs::read_to_string(lines()).unwrap();
    let some = records(&text)[1][1].clone();
    let own = text.lines().enumerate().filter(|(at, line)| *at == 0 || line.contains(&some));
    let own: Vec<&str> = own.map(|(_, line)| line).collect();
    let path = folder.join("one.csv");
    fs::write(&path, own.join("\n") + "\n").unwrap();
    let one = score(run, &path, &[]);
    assert_eq!(one.code, 0, "{}", one.stderr);
    let all = score(run, &lines(), &[]).stdout;
    let row = one.stdout.lines().nth(1).unwrap();
    assert!(row.starts_with(&some) && all.lines().any(|line| line == row), "{row}");
}

/// The table of features is still taken, and lines that lack a column are refused with the
/// names of all that are missing.
fn features(run: &Path, folder: &Path) {
    let table = run.join("features.parquet");
    let call = score(run, &table, &[]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    assert!(!call.stdout.lines().next().unwrap().contains("lifecycle"));
    let text = fs::read_to_string(lines()).unwrap();
    let bare: Vec<String> =
        text.lines().map(|line| line.split(',').take(2).collect::<Vec<_>>().join(",")).collect();
    let path = folder.join("bare.csv");
    fs::write(&path, bare.join("\n") + "\n").unwrap();
    let refused = score(run, &path, &[]);
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    assert!(refused.stderr.contains("E-IN-059"), "{}", refused.stderr);
    for lacking in ["day (date)", "price (price)", "quantity (quantity)"] {
        assert!(refused.stderr.contains(lacking), "{}", refused.stderr);
    }
}

#[test]
fn what_a_model_keeps_of_orders_is_checked_and_rejected_with_7() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(&lines(), &folder.path().join("out"), &[]);
    let model = folder.path().join("model");
    fs::create_dir(&model).unwrap();
    fs::copy(run.join("model/arrays.safetensors"), model.join("arrays.safetensors")).unwrap();
    let text = fs::read_to_string(run.join("model/model.json")).unwrap();
    let with = |text: &str| {
        fs::write(model.join("model.json"), text).unwrap();
        let call = score(&model, &lines(), &[]);
        (call.code, call.stderr)
    };
    assert_eq!(with(&text).0, 0);
    let at = text.find("\"median-gap\": ").expect("the gap is kept") + "\"median-gap\": ".len();
    let end = at + text[at..].find(',').unwrap();
    let changed = format!("{}-1.0{}", &text[..at], &text[end..]);
    let (code, stderr) = with(&changed);
    assert!(code == 7 && stderr.contains("E-MDL-006"), "{code} {stderr}");
    // The same with the seal that it needs: what a forger would do.
    let (code, stderr) = with(&resealed(&changed));
    assert!(code == 7 && stderr.contains("E-MDL-009"), "{code} {stderr}");
    assert!(stderr.contains("median gap"), "{stderr}");
    assert_eq!(with(&resealed(&text)).0, 0);
}

/// The file with the SHA-256 of its contents without blanks between them.
fn resealed(text: &str) -> String {
    let start = text.find("\"model\": ").unwrap() + "\"model\": ".len();
    let body = text[start..].trim_end().strip_suffix('}').unwrap();
    let (mut compact, mut quoted, mut escaped) = (String::new(), false, false);
    for character in body.chars() {
        if quoted || !character.is_whitespace() {
            compact.push(character);
        }
        match character {
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = character == '\\' && !escaped;
    }
    let seal: String =
        Sha256::digest(compact.as_bytes()).iter().fold(String::new(), |mut sum, byte| {
            write!(sum, "{byte:02x}").unwrap();
            sum
        });
    let old = text.find("\"seal\": \"").unwrap() + "\"seal\": \"".len();
    format!("{}{seal}{}", &text[..old], &text[old + 64..])
}
