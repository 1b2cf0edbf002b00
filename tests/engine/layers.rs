//! The layers: a stage takes nouns of earlier stages only, and the engine knows no file,
//! no clock and no terminal. Read from the sources, so that an edge cannot creep in.

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file with the module it belongs to.
fn sources() -> Vec<(String, PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let module = inside.iter().next().unwrap().to_string_lossy().replace(".rs", "");
            // What comes after `#[cfg(test)]` may look further.
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            (module, path, code)
        })
        .filter(|(module, ..)| module != "main" && module != "lib")
        .filter(|(_, path, _)| !is_test(path))
        .collect()
}

/// Whether a file holds tests or what tests need, and nothing else.
fn is_test(path: &Path) -> bool {
    const NAMES: [&str; 5] = ["tests", "testing", "fixture", "battery", "timing"];
    path.iter().any(|part| {
        let part = part.to_string_lossy();
        let name = part.trim_end_matches(".rs");
        NAMES.contains(&name) || name.ends_with("_tests")
    })
}

/// Edges that go against the order, each with its reason.
const ALLOWED: [(&str, &str); 1] = [
    // `[features]` asks which columns make the segments; `normalise` answers.
    ("features", "normalise"),
];

/// The modules in the order of `lib.rs`, each with whether a feature gates it.
fn order() -> Vec<(String, bool)> {
    let text = include_str!("../../src/lib.rs");
    let lines: Vec<&str> = text.lines().collect();
    lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let name = line.strip_prefix("pub mod ")?.strip_suffix(';')?;
            Some((name.to_owned(), at > 0 && lines[at - 1].starts_with("#[cfg(")))
        })
        .collect()
}

/// The modules that `code` names as `crate::module`.
fn named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    {
        let mut rest = code.as_str();
        while let Some(at) = rest.find("crate::") {
            rest = &rest[at + "crate::".len()..];
            if let Some(inside) = rest.strip_prefix('{') {
                let inside = inside.split('}').next().unwrap();
                names.extend(
                    inside
                        .split(',')
                        .map(|name| name.trim().split([':', ' ']).next().unwrap().to_owned()),
                );
            } else {
                let end =
                    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                names.push(rest[..end].to_owned());
            }
        }
    }
    names.retain(|name| !name.is_empty() && name.chars().all(|c| c.is_lowercase() || c == '_'));
    names
}

#[test]
fn a_stage_takes_nouns_of_earlier_stages_only() {
    let order = order();
    let place = |name: &str| order.iter().position(|(known, _)| known == name);
    let mut wrong = Vec::new();
    for (module, path, code) in sources() {
        let here = place(&module).unwrap_or_else(|| panic!("{module} is not in lib.rs"));
        for name in named(&code) {
            match place(&name) {
                Some(there) if there <= here => {}
                Some(_) if ALLOWED.contains(&(module.as_str(), name.as_str())) => {}
                Some(_) => wrong.push(format!("{} uses {name}", path.display())),
                None => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_frames_rooms_know_polars_and_only_the_program_knows_the_terminal() {
    let gated: Vec<String> =
        order().into_iter().filter(|(_, gated)| *gated).map(|(name, _)| name).collect();
    let mut wrong = Vec::new();
    for (module, path, code) in sources() {
        let complain = |word: &str, wrong: &mut Vec<String>| {
            if code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word))
            {
                wrong.push(format!("{} knows {word}", path.display()));
            }
        };
        if !["load", "features", "export", "pipeline"].contains(&module.as_str()) {
            complain("polars", &mut wrong);
        }
        if module != "cli" {
            for word in ["anyhow", "clap", "indicatif", "println!", "std::io::stdout"] {
                complain(word, &mut wrong);
            }
        }
        if !gated.contains(&module) {
            for word in ["std::fs", "SystemTime", "Instant::now", "std::env::var", "File::open"] {
                complain(word, &mut wrong);
            }
        }
        if module == "chart" || module == "report" {
            for word in
                ["crate::table", "crate::matrix", "crate::cluster", "crate::stats", "crate::churn"]
            {
                complain(word, &mut wrong);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short_enough_to_read() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, _, code)| code.lines().count() > 400)
        .map(|(_, path, code)| format!("{}: {} lines", path.display(), code.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, path, _)| !fs::read_to_string(path).unwrap().starts_with("//!"))
        .map(|(_, path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn unsafe_is_in_the_kernels_alone() {
    let words = ["unsafe {", "unsafe fn", "unsafe impl", "unsafe_code"];
    let with: Vec<PathBuf> = sources()
        .into_iter()
        .filter(|(_, _, code)| words.iter().any(|word| code.contains(word)))
        .map(|(_, path, _)| path)
        .collect();
    assert!(!with.is_empty(), "the kernels have some, so the search works");
    for path in with {
        assert!(path.iter().any(|part| part == "kernel"), "unsafe in {}", path.display());
    }
}
