//! What a run of generated customers says is said in the language of the report: none of its
//! English sentences is left on a page of another one.

use std::path::Path;

use serde_json::Value;

use crate::support::{kohort, run};

/// The texts at a place such as `/findings/*/message`, where `*` is every entry.
fn texts(value: &Value, path: &str) -> Vec<String> {
    let Some((head, rest)) = path.split_once("/*") else {
        return match value.pointer(path) {
            Some(Value::String(text)) => vec![text.clone()],
            _ => Vec::new(),
        };
    };
    let entries = value.pointer(head).and_then(Value::as_array);
    entries.into_iter().flatten().flat_map(|entry| texts(entry, rest)).collect()
}

/// The English sentences of a run that are long enough to be told from a name.
fn sentences(report: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(report).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let places = [
        "/findings/*/message",
        "/findings/*/advice",
        "/rules/rules/*/definition",
        "/method/limits/*",
        "/method/preparation/*",
        "/data/columns/*/why",
        "/data/repairs/*/what",
        "/base/reason",
        "/choice/candidates/*/against",
        "/change/verdict/reasons/*",
        "/change/events/*/text",
        "/change/notes/*",
        "/change/forecast/note",
    ];
    let mut found = Vec::new();
    for place in places {
        found.extend(texts(&report, place));
    }
    // The first letter may be a capital on the page, and a name may stand in front.
    let after = |text: String| text.split_once(": ").map_or(text.clone(), |(_, rest)| rest.into());
    found
        .into_iter()
        .map(after)
        .filter(|text| text.split(' ').count() > 3)
        .map(|text| text.chars().skip(1).collect())
        .collect()
}

/// A page as it is read.
fn read(page: &Path) -> String {
    let text = std::fs::read_to_string(page).unwrap();
    [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<")]
        .into_iter()
        .chain([("&gt;", ">"), ("&#x2f;", "/"), ("&#47;", "/"), ("&amp;", "&")])
        .fold(text, |text, (escape, sign)| text.replace(escape, sign))
}

/// Renders a run in every other language; `least` sentences must be there to look for.
fn no_english_is_left(run: &Path, folder: &Path, least: usize) {
    let english = sentences(&run.join("report.json"));
    assert!(english.len() >= least, "{} sentences to look for", english.len());
    for language in ["da", "nb", "ro", "zh"] {
        let out = folder.join(language);
        let (set, to) = (format!("report.language={language}"), out.to_str().unwrap());
        let call = kohort(&["report", run.to_str().unwrap(), "--set", &set, "-o", to]);
        assert_eq!(call.code, 0, "{}", call.stderr);
        for file in ["report.html", "report.md"] {
            let page = read(&out.join(file));
            for sentence in &english {
                assert!(!page.contains(sentence), "{language} {file}: {sentence}");
            }
        }
    }
    let page = folder.join("en");
    let to = page.to_str().unwrap();
    let call = kohort(&["report", run.to_str().unwrap(), "--to", "html", "-o", to]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let page = read(&page.join("report.html"));
    let shown = english.iter().filter(|sentence| page.contains(*sentence)).count();
    assert!(2 * shown >= english.len(), "the search works: {shown} of {}", english.len());
}

#[test]
fn a_report_of_a_generated_shop_holds_no_english_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("shop");
    let to = data.to_str().unwrap();
    let call = kohort(&["synth", "shop", "--customers", "300", "--months", "24", "-o", to]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let lines = data.join("transactions.csv");
    let more = [lines.to_str().unwrap(), "--set", "segments.k=4"];
    let run = run(&data.join("customers.csv"), &folder.path().join("out"), &more);
    no_english_is_left(&run, folder.path(), 40);
}

#[test]
fn what_has_changed_in_half_a_year_is_told_in_each_language() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("shop");
    let to = data.to_str().unwrap();
    let call = kohort(&["synth", "half-years", "--customers", "400", "-o", to]);
    assert_eq!(call.code, 0, "{}", call.stderr);
    let out = folder.path().join("out");
    let config = data.join("kohort.toml");
    let june = include_str!("../../data/half-years/kohort.toml");
    std::fs::write(&config, june).unwrap();
    run(&config, &out, &[]);
    let december = june.replace("customers-2025-06", "customers-2025-12");
    std::fs::write(&config, december.replace("2025-06-30", "2025-12-31")).unwrap();
    let run = run(&config, &out, &["--mode", "refit"]);
    no_english_is_left(&run, folder.path(), 25);
}
