//! Places and surveys from a file to the report: what makes the segments, what a radius in km
//! means, and what a report may tell of where somebody is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use kohort::seed::Seed;
use rand::Rng;

use crate::support::{call, json, kohort, program, real, rows, run};

/// A config that groups the places of `customers.csv` in `folder` by DBSCAN.
fn write_config(folder: &Path, types: &str, eps: &str) {
    let text = format!(
        "[input]\ncustomers = \"customers.csv\"\n\n[features]\ncluster-on = [\"geographic\"]\n\n\
         [features.types]\n{types}\n\n[segments]\nmethod = \"dbscan\"\neps = {eps}\nmin-points = 10\n\n\
         [output]\ndir = \"out\"\n"
    );
    std::fs::write(folder.join("kohort.toml"), text).unwrap();
}

fn run_config(folder: &Path) -> std::path::PathBuf {
    let call = call(program().arg("run").arg(folder.join("kohort.toml")).arg("--quiet"));
    assert_eq!(call.code, 0, "{}{}", call.stdout, call.stderr);
    std::fs::canonicalize(folder.join("out/current")).unwrap()
}

/// 18 dense regions within 1 km and 618 places outside them: scikit-learn's DBSCAN with the
/// haversine distance (`tests/oracles/geo_mopsi.py`).
#[test]
fn a_radius_of_1_is_one_kilometre() {
    let Some(file) = real("geo_mopsi/mopsi-joensuu.arff") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut table = "id,x,y\n".to_owned();
    let text = std::fs::read_to_string(file).unwrap();
    let places: Vec<&str> =
        text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect();
    for (row, place) in places.iter().enumerate() {
        writeln!(table, "c{row:05},{place}").unwrap();
    }
    std::fs::write(folder.path().join("customers.csv"), table).unwrap();
    write_config(folder.path(), "x = \"latitude\"\ny = \"longitude\"", "1");
    let run = run_config(folder.path());
    let segments = json(&run.join("segments.json"));
    assert_eq!(segments["segments"].as_array().unwrap().len(), 18);
    assert_eq!(segments["unassigned"]["customers"], 618);
    let explored = json(&run.join("explore.json"));
    assert_eq!(explored["eps"], 1.0, "{explored}");
    let report = std::fs::read_to_string(run.join("report.md")).unwrap();
    assert!(report.contains("° N") && report.contains("° E"), "{report}");
    nothing_sent_holds_a_place(&run, &places);
    // The frozen model puts every customer where the run did.
    let scored = folder.path().join("scored.csv");
    let score = kohort(&[
        "score",
        run.to_str().unwrap(),
        folder.path().join("customers.csv").to_str().unwrap(),
        "-o",
        scored.to_str().unwrap(),
    ]);
    assert_eq!(score.code, 0, "{}", score.stderr);
    let of = |path: &Path| -> BTreeMap<String, String> {
        rows(path).iter().map(|row| (row["id"].clone(), row["segment_id"].clone())).collect()
    };
    assert_eq!(of(&scored), of(&run.join("customers.csv")));
}

/// No file that is sent around holds the coordinates of a customer.
fn nothing_sent_holds_a_place(run: &Path, places: &[&str]) {
    for name in ["report.md", "report.html", "report.json", "segments.csv"] {
        let text = std::fs::read_to_string(run.join(name)).unwrap();
        for place in places {
            let (latitude, longitude) = place.split_once(',').unwrap();
            for degrees in [latitude, longitude] {
                // Five decimals are a metre.
                assert!(!text.contains(&degrees[..degrees.len() - 1]), "{name}");
            }
        }
    }
}

/// Two towns with customers whose names tell nothing else: called by their towns.
#[test]
fn segments_of_places_are_called_by_their_towns() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = Seed::new(5).stream("places-test", 0);
    let mut table = "customer_id,home_lat,home_lon,city,orders\n".to_owned();
    for row in 0..400 {
        let (latitude, longitude, city) =
            if row % 2 == 0 { (55.68, 12.57, "Copenhagen") } else { (59.91, 10.75, "Oslo") };
        let (a, o): (f64, f64) = (stream.gen_range(-0.02..0.02), stream.gen_range(-0.02..0.02));
        let (latitude, longitude) = (latitude + a, longitude + o);
        writeln!(table, "c{row},{latitude:.5},{longitude:.5},{city},{}", row % 7).unwrap();
    }
    std::fs::write(folder.path().join("customers.csv"), table).unwrap();
    let config = "[input]\ncustomers = \"customers.csv\"\n[features]\ncluster-on = [\"home_lat\"]\n\
                  [segments]\nmethod = \"dbscan\"\neps = 5\nmin-points = 5\n[output]\ndir = \"out\"\n";
    std::fs::write(folder.path().join("kohort.toml"), config).unwrap();
    let run = run_config(folder.path());
    let segments = json(&run.join("segments.json"));
    let names: Vec<&str> = segments["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|segment| segment["segment"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    for town in ["Copenhagen", "Oslo"] {
        assert!(names.iter().any(|name| name.contains(&format!("n {town}"))), "{names:?}");
    }
    let portrait = segments["segments"][0]["portrait"].as_str().unwrap();
    assert!(portrait.contains("° N") && portrait.contains("mostly "), "{portrait}");
}

#[test]
fn of_a_survey_its_items_alone_make_the_segments() {
    let Some(table) = real("mcdonalds/mcdonalds.csv") else { return };
    let out = tempfile::tempdir().unwrap();
    let run = run(&table, out.path(), &[]);
    let report = json(&run.join("report.json"));
    let text = report.to_string();
    assert!(text.contains("built on the 11 psychographic items"), "{text}");
    let preparation = report["method"]["preparation"].as_array().unwrap();
    assert_eq!(preparation.len(), 11);
    assert!(preparation.iter().all(|said| said.as_str().unwrap().ends_with(": 0 or 1")));
}

/// A battery from 1 to 5 and its centring, through the program.
#[test]
fn answers_are_centred_only_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = Seed::new(6).stream("survey-test", 0);
    let mut table = "customer_id,q1,q2,q3,q4,q5\n".to_owned();
    for row in 0..300 {
        let habit: f64 = stream.gen_range(-1.0..1.0);
        let own: Vec<String> = (0..5)
            .map(|item| {
                let mean = if (row + item) % 3 == 0 { 2.0 } else { 4.0 };
                let answer: f64 = mean + habit + stream.gen_range(-0.7..0.7);
                format!("{:.0}", answer.round().clamp(1.0, 5.0))
            })
            .collect();
        writeln!(table, "c{row},{}", own.join(",")).unwrap();
    }
    let path = folder.path().join("customers.csv");
    std::fs::write(&path, table).unwrap();
    for (set, said) in [
        ("normalise.likert=raw", "q1: on one scale with its block"),
        (
            "normalise.likert=centred",
            "q1: less the customer's own mean answer, on one scale with its block",
        ),
    ] {
        let out = folder.path().join(said.len().to_string());
        let run = run(&path, &out, &["--set", set]);
        let report = json(&run.join("report.json"));
        assert_eq!(report["method"]["preparation"][0], said);
    }
}
