//! Tests of the messages: every language has every message with the same gaps to fill, and
//! nothing is left that nobody says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::format;

/// The messages of files: id, or id and attribute, and text.
fn messages(files: [&str; 4]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let (mut last, mut message) = (String::new(), String::new());
    let lines = files.into_iter().flat_map(str::lines);
    for line in lines.filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.split_once(" = ") {
            Some((id, text)) if line.starts_with("    .") => {
                last = format!("{message}{}", id.trim());
                found.insert(last.clone(), text.to_owned());
            }
            Some((id, text)) if !line.starts_with([' ', '}']) => {
                (last, message) = (id.to_owned(), id.to_owned());
                assert!(
                    found.insert(last.clone(), text.to_owned()).is_none(),
                    "{id} is there twice"
                );
            }
            _ => found.get_mut(&last).unwrap().push_str(line),
        }
    }
    found
}

/// The messages with those that they refer to, such as `{ n-customers }`, in their place.
fn whole(messages: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let fill = |text: &String| {
        let mut filled = text.clone();
        for part in text.split("{ ").skip(1) {
            let id = part.split(" }").next().unwrap_or_default();
            if let Some(said) = messages.get(id) {
                filled = filled.replace(&format!("{{ {id} }}"), said);
            }
        }
        filled
    };
    messages.iter().map(|(id, text)| (id.clone(), fill(text))).collect()
}

/// What is put into a message.
fn gaps(text: &str) -> BTreeSet<String> {
    let names = text.split('$').skip(1);
    names.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect()).collect()
}

/// What is put into a message and seen there, not only asked for its plural.
fn shown(text: &str) -> BTreeSet<String> {
    gaps(text).into_iter().filter(|name| text.contains(&format!("{{ ${name} }}"))).collect()
}

/// All sources and templates that say something.
fn sources() -> String {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "md") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn every_file_can_be_read() {
    for file in FILES.into_iter().flatten() {
        let read = FluentResource::try_new(file.to_owned());
        assert!(read.is_ok(), "{:?}", read.unwrap_err().1);
    }
}

#[test]
fn every_language_has_every_message_with_the_same_gaps() {
    let english = whole(&messages(FILES[0]));
    for (language, files) in Language::ALL.into_iter().zip(FILES) {
        let own = whole(&messages(files));
        for (id, text) in &english {
            let said = own.get(id).unwrap_or_else(|| panic!("{} lacks {id}", language.tag()));
            // A number that only chooses a plural is needed by English alone.
            let missing: Vec<String> = shown(text).difference(&gaps(said)).cloned().collect();
            assert!(missing.is_empty(), "{}: {id} leaves out {missing:?}", language.tag());
            let strange: Vec<String> = gaps(said).difference(&gaps(text)).cloned().collect();
            assert!(strange.is_empty(), "{}: {id} asks for {strange:?}", language.tag());
            let plain: String = text.split('{').filter_map(|part| part.split('}').nth(1)).collect();
            if language != Language::En && plain.split(' ').count() > 5 {
                assert_ne!(said, text, "{}: {id} is not translated", language.tag());
            }
        }
        let strange: Vec<&String> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(strange.is_empty(), "{} has {strange:?} alone", language.tag());
    }
}

#[test]
fn every_message_that_is_said_exists_and_every_other_is_removed() {
    let sources = sources();
    let english = messages(FILES[0]);
    let mut said = BTreeSet::new();
    for opening in [
        "say!(\"",
        "say!(\n            \"",
        "t(\"",
        "say!(\n        \"",
        "say!(\n                \"",
        "said!(\"",
        "said!(\n        \"",
        "said!(\n            \"",
    ] {
        for rest in sources.split(opening).skip(1) {
            let id: String = rest.chars().take_while(|&c| c != '"').collect();
            // `t("` also ends names of functions; what is no id is none of ours.
            if id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                said.insert(id);
            }
        }
    }
    let quoted: BTreeSet<&str> = sources.split('"').collect();
    for id in english.keys() {
        // Said by an id in quotes, or by one that is put together.
        let beginnings = [
            "month-",
            "name-",
            "unit-",
            "measure-",
            "means-",
            "act-",
            "next-",
            "tier-",
            "strategy-",
            "introduce-",
            "win-back-",
            "early-access-",
            "let-go-",
            "reward-",
            "upsell-",
            "none-",
            "stake-",
            "n-",
            "sheet-",
            // Said by a finding: `finding/tests.rs` asks for each.
            "finding-",
            "trait-",
            // Recognised by their English: `said/phrase.rs` asks for each.
            "phrase-",
        ];
        // An attribute is said with its message.
        let used = id.contains('.')
            || said.contains(id)
            || quoted.contains(id.as_str())
            || beginnings.iter().any(|beginning| id.starts_with(beginning));
        assert!(used, "nobody says {id}");
    }
    let lacking: Vec<&String> = said
        .iter()
        .filter(|id| id.contains('-') && !english.contains_key(*id))
        .filter(|id| {
            ["say", "said"].iter().any(|how| sources.contains(&format!("{how}!(\"{id}\"")))
        })
        .collect();
    assert!(lacking.is_empty(), "{lacking:?} is said and does not exist");
}

#[test]
fn numbers_and_days_follow_the_language() {
    let written = |language| {
        within(language, || {
            [
                format::count(1_234_567),
                format::decimal(-1234.5, 1),
                format::percent(0.265),
                format::money(1234.0, "€"),
                format::day("2026-09-30"),
            ]
        })
    };
    assert_eq!(
        written(Language::En),
        ["1,234,567", "−1,234.5", "26.5%", "€1,234", "30 September 2026"]
    );
    assert_eq!(
        written(Language::Da),
        ["1.234.567", "−1.234,5", "26,5\u{a0}%", "1.234\u{a0}€", "30. september 2026"]
    );
    assert_eq!(
        written(Language::Nb),
        [
            "1\u{a0}234\u{a0}567",
            "−1\u{a0}234,5",
            "26,5\u{a0}%",
            "1\u{a0}234\u{a0}€",
            "30. september 2026"
        ]
    );
    assert_eq!(
        written(Language::Ro),
        ["1.234.567", "−1.234,5", "26,5\u{a0}%", "1.234\u{a0}€", "30 septembrie 2026"]
    );
    assert_eq!(
        written(Language::Zh),
        ["1,234,567", "−1,234.5", "26.5%", "€1,234", "2026年9月30日"]
    );
}

#[test]
fn romanian_has_three_plurals() {
    let said = |n: u64| within(Language::Ro, || format::customers(n));
    assert_eq!([said(1), said(5), said(100)], ["1 client", "5 clienți", "100 de clienți"]);
}

#[test]
fn the_language_belongs_to_the_thread_and_to_the_scope() {
    within(Language::Da, || {
        assert_eq!(current(), Language::Da);
        within(Language::Zh, || assert_eq!(format::customers(2), "2 位客户"));
        assert_eq!(format::customers(2), "2 kunder");
    });
    assert_eq!(current(), Language::En);
}

/// The committed typeface holds what the Chinese messages of figures need.
#[test]
fn the_chinese_typeface_has_every_glyph_of_the_messages() {
    let glyphs = include_str!("../../assets/fonts/NotoSansSC-glyphs.txt");
    // Of what a run stores, figures show classes and what pulls along an axis.
    let shown = ["-lost", "-hibernating", "-about-to-sleep", "-new-customers", "-promising"]
        .into_iter()
        .chain(["-at-risk", "-cannot-lose", "-need-attention", "-potential", "-loyal"])
        .chain(["-champions", "-high-risk", "-middle-risk", "-low-risk"])
        .chain(["-axis-right", "-axis-up", "-no-difference", "-more", "-less"]);
    let own = messages(FILES[4]);
    let mut texts: Vec<String> =
        shown.map(|end| own[format!("phrase{end}").as_str()].clone()).collect();
    texts.push(FILES[4][0].to_owned());
    let lacking: BTreeSet<char> = texts
        .iter()
        .flat_map(|text| text.chars())
        .filter(|&c| u32::from(c) > 0x2E7F && !glyphs.contains(c))
        .collect();
    assert!(lacking.is_empty(), "run assets/fonts/subset-zh.sh: {lacking:?}");
}

#[test]
fn romanian_counts_end_as_grammar_wants() {
    within(Language::Ro, || {
        let said = |n: u64| say!("n-customers", n = n);
        for (n, text) in [
            (1, "1 client"),
            (2, "2 clienți"),
            (19, "19 clienți"),
            (20, "20 de clienți"),
            (100, "100 de clienți"),
            (101, "101 clienți"),
            (803, "803 clienți"),
            (820, "820 de clienți"),
            (12_319, "12.319 clienți"),
        ] {
            assert_eq!(said(n), text);
        }
    });
}
