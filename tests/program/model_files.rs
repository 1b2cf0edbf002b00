//! Damaged model folders are rejected with exit 7 or predict the same; models of every format
//! that was ever written are read.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kohort::fault::Class;
use kohort::model;
use kohort::pipeline::score::{Request, read_model, score};

use crate::support::{kohort, run, small_table, soak};

/// Five models: k-means, DBSCAN, a mixture, k-prototypes and a rule on orders.
fn models(folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    let table = folder.join("small.csv");
    fs::write(&table, small_table(120)).unwrap();
    let orders = folder.join("orders.csv");
    let mut text = String::from("customer_id,day,amount\n");
    for at in 0..300 {
        let (id, day) = (at * 7 % 40, 1 + at % 28);
        let _ = writeln!(text, "C{id:03},2025-{:02}-{day:02},{}.50", 1 + at % 11, 5 + at % 90);
    }
    fs::write(&orders, text).unwrap();
    let numbers = "features.cluster-on=[\"spend\",\"visits\",\"age\"]";
    let all: [(&str, &Path, Vec<&str>); 5] = [
        ("k-means", &table, vec!["segments.k=3"]),
        ("dbscan", &table, vec!["segments.method=dbscan"]),
        ("gmm", &table, vec!["segments.method=gmm", "segments.k=2", numbers]),
        ("k-prototypes", &table, vec!["segments.method=k-prototypes", "segments.k=2"]),
        ("lifecycle", &orders, vec!["segments.method=lifecycle"]),
    ];
    all.into_iter()
        .map(|(name, table, set)| {
            let more: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
            let run = run(table, &folder.join(name), &more);
            (run.join("model"), table.to_owned())
        })
        .collect()
}

fn scored(model: &Path, table: &Path) -> Result<String, kohort::pipeline::Failure> {
    let table = table.display().to_string();
    let request = Request { model, table: &table, id: None, as_of: None };
    Ok(score(&request)?.sheet.to_csv())
}

#[test]
fn damaged_models_are_rejected_or_predict_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged");
    fs::create_dir(&damaged).unwrap();
    for (folder, table) in models(folder.path()) {
        let expected = scored(&folder, &table).unwrap();
        let names = ["model.json", "arrays.safetensors"];
        let whole = names.map(|name| fs::read(folder.join(name)).unwrap());
        let mut accepted = 0;
        for (which, name) in names.into_iter().enumerate() {
            let length = whole[which].len();
            // A prime step, so that the sample has no rhythm of the file's own.
            let step = if soak() { 1 } else { (length / 151).max(1) | 1 };
            let mut check = |bytes: &[u8]| {
                let mut parts = whole.clone();
                parts[which] = bytes.to_vec();
                if let Err(error) = model::read(&parts[0], &parts[1]) {
                    assert_eq!(kohort::fault::Fault::class(&error), Class::Model);
                    return;
                }
                for (name, bytes) in names.iter().zip(&parts) {
                    fs::write(damaged.join(name), bytes).unwrap();
                }
                assert_eq!(scored(&damaged, &table).unwrap(), expected, "{name}");
                accepted += 1;
            };
            for at in (0..length).step_by(step) {
                for mask in [0x01_u8, 0x20, 0xff] {
                    let mut bytes = whole[which].clone();
                    bytes[at] ^= mask;
                    check(&bytes);
                }
                check(&whole[which][..at]);
            }
        }
        // The program says so too.
        fs::write(damaged.join(names[0]), &whole[0][..whole[0].len() / 2]).unwrap();
        fs::write(damaged.join(names[1]), &whole[1]).unwrap();
        let (path, table) = (damaged.display().to_string(), table.display().to_string());
        assert_eq!(kohort(&["score", &path, &table]).code, 7);
        assert_eq!(kohort(&["model", &path, "--to", "json"]).code, 7);
        let _ = accepted;
    }
}

/// Models of every format, with what they said of a table when they were kept.
/// `KOHORT_BLESS=1` keeps those that are missing; what is kept is never written anew. Formats
/// 1 and 2 are what this program writes under their number: a model of format 1 has neither
/// orders nor rules, and none before format 3 has trees.
#[test]
fn models_of_every_format_say_what_they_said() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/models");
    let folder = tempfile::tempdir().unwrap();
    if std::env::var("KOHORT_BLESS").is_ok() {
        let made = models(folder.path());
        for format in 1..=model::FORMAT {
            // A rule on orders has what format 1 lacks.
            let (from, table) = if format == 1 { &made[0] } else { &made[4] };
            let place = kept.join(format!("format-{format}"));
            if place.exists() {
                continue;
            }
            fs::create_dir_all(&place).unwrap();
            let mut model = read_model(from).unwrap();
            model.about.format = format;
            let files = model::write(&model).unwrap();
            fs::write(place.join("model.json"), files.json).unwrap();
            fs::write(place.join("arrays.safetensors"), files.arrays).unwrap();
            fs::copy(table, place.join("table.csv")).unwrap();
            fs::write(place.join("expected.csv"), scored(&place, table).unwrap()).unwrap();
        }
    }
    for format in 1..=model::FORMAT {
        let place = kept.join(format!("format-{format}"));
        let expected = fs::read_to_string(place.join("expected.csv")).unwrap();
        assert_eq!(scored(&place, &place.join("table.csv")).unwrap(), expected, "format {format}");
    }
}
