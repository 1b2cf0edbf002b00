//! Every key has its words in each language and is said somewhere, and what is stored can be
//! told again.

use std::fs;
use std::path::Path;

use super::*;
use crate::words::{Arg, Language, within};

/// The program's sources without tests and without the list of keys, one text.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            text.push_str(&sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs")
            && name != "keys.rs"
            && !name.contains("tests")
        {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
    text
}

#[test]
fn every_key_is_said_and_every_sentence_of_a_finding_is_a_key() {
    let text = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for key in KEYS {
        assert!(text.contains(&format!("\"{key}\"")), "nobody says {key}");
    }
    let mut n_said = 0;
    for rest in text.split("Finding::new(").skip(1) {
        let Some(key) = rest.trim_start().strip_prefix('"') else { continue };
        let key = key.split('"').next().unwrap();
        assert!(KEYS.contains(&key), "{key} is not among the keys");
        n_said += 1;
    }
    assert!(n_said > 60, "the search works: {n_said}");
    let english = include_str!("../words/findings/en.ftl");
    let messages = english.lines().filter_map(|line| line.strip_prefix("finding-"));
    let told: Vec<&str> = messages.map(|rest| rest.split(' ').next().unwrap()).collect();
    for key in told.iter().filter(|key| **key != "column") {
        assert!(KEYS.contains(key), "{key} has words and is no key");
    }
    assert_eq!(told.len(), KEYS.len() + 1);
}

#[test]
fn every_key_has_words_in_every_language() {
    let names = [
        "a",
        "auc",
        "b",
        "behavioural",
        "block",
        "by",
        "bytes",
        "codes",
        "column",
        "columns",
        "day",
        "encoding",
        "exchanged",
        "far",
        "few",
        "file",
        "firmographic",
        "first",
        "format",
        "found",
        "hidden",
        "horizon",
        "id",
        "ids",
        "key",
        "label",
        "least",
        "letters",
        "level",
        "lines",
        "model",
        "money",
        "most",
        "n",
        "name",
        "of",
        "off",
        "other",
        "part",
        "path",
        "prefixes",
        "passes",
        "promised",
        "psychographic",
        "radii",
        "rand",
        "rho",
        "role",
        "rows",
        "rule",
        "run",
        "setting",
        "several",
        "share",
        "sheet",
        "sum",
        "table",
        "text",
        "trait",
        "unit",
        "unmatched",
        "usual",
        "version",
        "what",
        "why",
        "without",
        "words",
        "worth",
        "zone",
    ];
    let args: Vec<(&str, Arg)> = names.iter().map(|&name| (name, Arg::Count(12))).collect();
    for language in Language::ALL {
        within(language, || {
            for key in KEYS {
                let id = format!("finding-{key}");
                let told = crate::words::find(&id, &args);
                assert!(told.is_some_and(|told| !told.is_empty()), "{} {key}", language.tag());
            }
        });
    }
}

#[test]
fn a_finding_is_told_in_the_language_and_stored_in_english() {
    let finding =
        Finding::new("value-missing", Severity::Warning, facts!(n = 1_200_u64, of = 7_043_u64))
            .column("spend");
    assert_eq!(finding.message, "1,200 of 7,043 customers have no amount and count as 0");
    assert_eq!(finding.told(), format!("spend: {}", finding.message));
    assert!(finding.advice.starts_with("fill in the amounts"));
    let stored = serde_json::to_string(&finding).unwrap();
    let read: Finding = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, finding);
    within(Language::Da, || {
        assert!(read.told().starts_with("spend: 1.200 "), "{}", read.told());
        assert_ne!(read.advised(), read.advice);
    });
}

#[test]
fn a_code_with_several_sentences_keeps_which_and_of_whom() {
    let told = facts!(key = "drop", name = "age");
    let finding = Finding::new("unknown-column_used", Severity::Warning, told);
    assert_eq!(
        (finding.code.as_str(), finding.variant.as_deref()),
        ("unknown-column", Some("used"))
    );
    let said = crate::said::said!("about-file", file = "a.csv");
    let about = finding.clone().about(said);
    assert_eq!(about.message, format!("a.csv: {}", finding.message));
    within(Language::Da, || assert_eq!(about.told(), format!("a.csv: {}", finding.told())));
}

#[test]
fn a_finding_of_an_older_run_is_told_as_it_is_stored() {
    let old = r#"{"code":"value-missing","severity":"warning","message":"12 of 20 customers have
        no amount","advice":"fill in"}"#
        .replace('\n', " ");
    let read: Finding = serde_json::from_str(&old).unwrap();
    within(Language::Zh, || {
        assert_eq!(read.told(), read.message);
        // The advice states nothing, so it can be told all the same.
        assert!(!read.advised().is_empty());
    });
}
