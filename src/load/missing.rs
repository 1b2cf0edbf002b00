//! Which spellings mean missing.
//!
//! | spelling | missing in |
//! |---|---|
//! | nothing, blanks, and what `null-values` declares | every column |
//! | `NULL`, `null`, `NaN`, `nan`, `#N/A`, `?` | every column |
//! | `NA`, `N/A`, `n/a`, `None`, `none`, `-`, `--` | columns of numbers and of days |
//!
//! In a column of text, `NA`, `None` and a dash can be levels with a meaning, and stay.
//! `null-values` may name one column: `"age=0"` makes 0 missing in the column `age`.
//! What may mean missing beside these is proposed (`proposed.rs`), never applied.

use super::seen::SeenColumn;
use crate::finding::{Finding, Severity};
use crate::said::{Fact, Said, facts, said};

/// Missing in every column.
const ALWAYS: [&[u8]; 6] = [b"NULL", b"null", b"NaN", b"nan", b"#N/A", b"?"];
/// Missing in columns of numbers and of days.
const BESIDE_NUMBERS: [&[u8]; 7] = [b"NA", b"N/A", b"n/a", b"None", b"none", b"-", b"--"];

/// What a spelling says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// A value.
    Value,
    /// Missing in every column.
    Missing,
    /// Missing in columns of numbers and of days.
    MissingBesideNumbers,
}

/// What a trimmed, non-empty cell says; `declared` are the user's own spellings.
pub(super) fn says(cell: &[u8], declared: &[String]) -> Says {
    if declared.iter().any(|null| null.as_bytes() == cell) {
        return Says::Missing;
    }
    if cell.len() > 4 {
        return Says::Value;
    }
    if ALWAYS.contains(&cell) {
        Says::Missing
    } else if BESIDE_NUMBERS.contains(&cell) {
        Says::MissingBesideNumbers
    } else {
        Says::Value
    }
}

/// The spellings that `null-values` declares for one column by its name: `"age=0"`.
pub(super) fn of_column(declared: &[String], column: &str) -> Vec<String> {
    let own = |entry: &String| {
        let (name, code) = entry.strip_prefix(column)?.split_once('=')?;
        name.trim().is_empty().then(|| code.trim().to_owned())
    };
    declared.iter().filter_map(own).collect()
}

/// What is missing in a column, and how it is written.
pub(super) fn finding(column: &SeenColumn) -> Option<Finding> {
    if column.n_missing == 0 {
        return None;
    }
    let codes = column.missing_codes.iter().map(|(code, n)| code_word(code, *n)).collect();
    let told = facts!(
        n = column.n_missing,
        of = column.n_missing + column.n_present,
        codes = Fact::Parts(codes),
    );
    Some(
        Finding::new("missing-values", Severity::Note, told)
            .column(&column.name)
            .count(column.n_missing),
    )
}

/// A spelling of missing in words, and how often it is there.
fn code_word(code: &str, n: usize) -> Said {
    match code.len() {
        0 => said!("code-empty", n = n),
        1 if code == " " => said!("code-space", n = n),
        blanks if code.trim().is_empty() => said!("code-blanks", blanks = blanks, n = n),
        _ => said!("code-spelt", code = code, n = n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_can_be_declared_for_one_column() {
        let declared = ["age=0", "age = -1", "ages=2", "-", "a=b=c"].map(str::to_owned);
        assert_eq!(of_column(&declared, "age"), ["0", "-1"]);
        assert_eq!(of_column(&declared, "ages"), ["2"]);
        assert_eq!(of_column(&declared, "a"), ["b=c"]);
        assert_eq!(of_column(&declared, "a=b"), ["c"]);
        assert!(of_column(&declared, "other").is_empty());
    }

    #[test]
    fn each_spelling_says_one_thing() {
        let declared = ["seven".to_owned()];
        for (cell, expected) in [
            ("seven", Says::Missing),
            ("NULL", Says::Missing),
            ("?", Says::Missing),
            ("NA", Says::MissingBesideNumbers),
            ("-", Says::MissingBesideNumbers),
            ("Unknown", Says::Value),
            ("-1", Says::Value),
            ("eight", Says::Value),
        ] {
            assert_eq!(says(cell.as_bytes(), &declared), expected, "{cell}");
        }
    }
}
