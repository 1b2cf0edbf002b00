//! Values that may mean missing: words such as `Unknown`, and numbers that no customer
//! has, such as an age of 999. They are proposed with the line that declares them and
//! never taken for missing without it.

use std::collections::BTreeMap;

use super::column::Column;
use super::missing::Says;
use super::naming;
use super::range::Range;
use super::seen::Kind;
use crate::finding::{Finding, Severity};
use crate::said::{Fact, facts, said};

/// Words in the languages of the reports, in three cases.
const WORDS: [[&str; 3]; 14] = [
    ["unknown", "Unknown", "UNKNOWN"],
    ["missing", "Missing", "MISSING"],
    ["not available", "Not available", "NOT AVAILABLE"],
    ["not specified", "Not specified", "NOT SPECIFIED"],
    ["unspecified", "Unspecified", "UNSPECIFIED"],
    ["undefined", "Undefined", "UNDEFINED"],
    ["no data", "No data", "NO DATA"],
    ["not known", "Not known", "NOT KNOWN"],
    ["(blank)", "(Blank)", "(BLANK)"],
    ["(null)", "(Null)", "(NULL)"],
    ["n.a.", "N.a.", "N.A."],
    ["ukendt", "Ukendt", "UKENDT"],
    ["ukjent", "Ukjent", "UKJENT"],
    ["necunoscut", "Necunoscut", "NECUNOSCUT"],
];
/// Spellings of missing that are levels in a column of text, as written.
const AMONG_TEXT: [&str; 7] = ["NA", "N/A", "n/a", "-", "--", "未知", "不详"];

/// Numbers that systems write for missing, below 0 and above, as they are spelled.
const NEGATIVE: [(f64, [&str; 3]); 6] = [
    (-1.0, ["-1", "-1.0", "-1.00"]),
    (-9.0, ["-9", "-9.0", "-9.00"]),
    (-99.0, ["-99", "-99.0", "-99.00"]),
    (-999.0, ["-999", "-999.0", "-999.00"]),
    (-9_999.0, ["-9999", "-9999.0", "-9999.00"]),
    (-99_999.0, ["-99999", "-99999.0", "-99999.00"]),
];
const NINES: [(f64, [&str; 3]); 5] = [
    (99.0, ["99", "99.0", "99.00"]),
    (999.0, ["999", "999.0", "999.00"]),
    (9_999.0, ["9999", "9999.0", "9999.00"]),
    (99_999.0, ["99999", "99999.0", "99999.00"]),
    (999_999.0, ["999999", "999999.0", "999999.00"]),
];
const ZERO: (f64, [&str; 3]) = (0.0, ["0", "0.0", "0.00"]);

/// So many times the largest of the other numbers is far from them.
const FAR: f64 = 3.0;
/// A column with fewer different values is a code, and each of them may be meant.
const FEWEST: u64 = 5;

/// Whether a number is one of those that often mean missing, 0 among them.
pub(super) fn may_mean_missing(value: f64) -> bool {
    value == 0.0 || NEGATIVE.iter().chain(&NINES).any(|(code, _)| *code == value)
}

/// The spelling that may mean missing, where a trimmed value is one.
pub(super) fn code(cell: &[u8]) -> Option<&'static str> {
    let is = |spelling: &&str| spelling.as_bytes() == cell;
    let among = |codes: &'static [(f64, [&'static str; 3])]| {
        codes.iter().flat_map(|(_, spellings)| spellings).copied().find(is)
    };
    match cell.first()? {
        // The longest is -99999.00.
        b'0'..=b'9' | b'-' if cell.len() > 9 => None,
        b'0' => ZERO.1.into_iter().find(is),
        b'9' => among(&NINES),
        b'-' => among(&NEGATIVE).or_else(|| AMONG_TEXT.into_iter().find(is)),
        b'1'..=b'8' => None,
        // The longest has 13 bytes.
        _ if cell.len() > 13 => None,
        // None of the words begins with another letter.
        b'a'..=b'z' | b'A'..=b'Z' if !b"muMUnN".contains(&cell[0]) => None,
        _ => AMONG_TEXT.into_iter().chain(WORDS.into_iter().flatten()).find(is),
    }
}

/// What may mean missing in a column, with the number of rows; sorted by the spelling.
pub(super) fn of(name: &str, column: &Column, kind: &Kind) -> Vec<(String, usize)> {
    let mut found = match kind {
        Kind::Text => words(column),
        Kind::Integer | Kind::Decimal => numbers(name, column),
        Kind::Day { .. } | Kind::Empty => Vec::new(),
    };
    found.sort();
    found
}

/// The spelling of a shape with its rows, where it has one of `spellings`.
fn counted(column: &Column, is: impl Fn(&str) -> bool) -> Vec<(String, usize)> {
    let mut counts = BTreeMap::new();
    for seen in &column.shapes {
        if let Some(code) = seen.shape.code.filter(|code| is(code)) {
            *counts.entry(code.to_owned()).or_default() +=
                usize::try_from(seen.n_rows).unwrap_or(usize::MAX);
        }
    }
    counts.into_iter().collect()
}

fn words(column: &Column) -> Vec<(String, usize)> {
    counted(column, |code| !code.ends_with(|c: char| c.is_ascii_digit()))
}

fn numbers(name: &str, column: &Column) -> Vec<(String, usize)> {
    let Range { min: Some(min), max: Some(max), .. } = column.others else { return Vec::new() };
    let values = column.shapes.iter().filter(|seen| seen.shape.says == Says::Value);
    let is_code = values.map(|seen| seen.n_distinct).sum::<u64>() < FEWEST;
    let mut found = Vec::new();
    let mut add = |(_, spellings): (f64, [&str; 3]), fewest: usize| {
        let counts = counted(column, |code| spellings.contains(&code));
        if counts.iter().map(|(_, n)| n).sum::<usize>() >= fewest {
            found.extend(counts);
        }
    };
    for code in NEGATIVE {
        // All that is meant is above 0.
        if min > 0.0 && !is_code {
            add(code, 1);
        }
    }
    for code in NINES {
        // One customer may be that far from the others; several at the same place are not.
        if min > 0.0 && max * FAR <= code.0 && !is_code {
            add(code, 2);
        }
    }
    let spread = max - min;
    let is_far = min > spread && !is_code;
    if min > 0.0 && (naming::is_never_zero(name) || is_far) {
        add(ZERO, 1);
    }
    found
}

/// The proposal in words.
pub(super) fn finding(
    column: &str,
    found: &[(String, usize)],
    n_present: usize,
) -> Option<Finding> {
    if found.is_empty() {
        return None;
    }
    let codes = found.iter().map(|(code, n)| said!("code-in-rows", code = code, n = *n)).collect();
    let lines: Vec<String> = found.iter().map(|(code, _)| format!("\"{column}={code}\"")).collect();
    let n_rows = found.iter().map(|(_, n)| n).sum();
    let told = facts!(n = n_present, codes = Fact::Parts(codes), setting = lines.join(", "));
    Some(Finding::new("proposed-missing", Severity::Note, told).column(column).count(n_rows))
}

#[cfg(test)]
mod tests {
    use super::super::column::Collector;
    use super::*;

    fn of_cells(name: &str, kind: &Kind, cells: &[&str]) -> Vec<(String, usize)> {
        let mut column = Collector::default();
        for cell in cells {
            column.see(cell.as_bytes(), 1, &[]);
        }
        of(name, &column.finish(), kind)
    }

    #[test]
    fn every_spelling_is_found() {
        let numbers = NEGATIVE.iter().chain(&NINES).chain([&ZERO]).flat_map(|(_, all)| all);
        for spelling in numbers.chain(&AMONG_TEXT).chain(WORDS.iter().flatten()) {
            assert_eq!(code(spelling.as_bytes()), Some(*spelling));
        }
        for other in ["unknowns", "Never", "C0000001", "-7", "98", "N"] {
            assert_eq!(code(other.as_bytes()), None, "{other}");
        }
    }

    fn found(name: &str, kind: &Kind, cells: &[&str]) -> Vec<String> {
        of_cells(name, kind, cells).into_iter().map(|(code, _)| code).collect()
    }

    const AGES: [&str; 6] = ["31", "44", "27", "58", "63", "39"];

    fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
        AGES.iter().chain(more).copied().collect()
    }

    #[test]
    fn words_are_proposed_in_any_case_with_their_rows() {
        let cells = ["A", "Unknown", "B", "UNKNOWN", "Unknown", "N/A", "unknowns"];
        let expected = [("N/A", 1), ("UNKNOWN", 1), ("Unknown", 2)];
        assert_eq!(
            of_cells("job", &Kind::Text, &cells),
            expected.map(|(code, n)| (code.to_owned(), n))
        );
        assert!(found("job", &Kind::Text, &["None", "Other", "No"]).is_empty());
    }

    #[test]
    fn a_minus_one_among_positive_numbers_is_proposed() {
        assert_eq!(found("visits", &Kind::Integer, &with(&["-1", "0"])), ["-1"]);
        assert!(found("balance", &Kind::Integer, &with(&["-1", "-40"])).is_empty());
        assert!(found("grade", &Kind::Integer, &["-1", "1", "2"]).is_empty());
    }

    #[test]
    fn nines_far_from_the_rest_are_proposed() {
        assert_eq!(found("pdays", &Kind::Integer, &with(&["999", "999"])), ["999"]);
        assert_eq!(found("pdays", &Kind::Decimal, &with(&["999.0", "999.0"])), ["999.0"]);
        // Once may be a customer, and close to the rest it is a number like any other.
        assert!(found("pdays", &Kind::Integer, &with(&["999"])).is_empty());
        assert!(found("spend", &Kind::Integer, &with(&["999", "999", "870"])).is_empty());
        assert!(found("spend", &Kind::Integer, &with(&["99", "99"])).is_empty());
    }

    #[test]
    fn a_zero_is_proposed_where_nobody_has_none() {
        assert_eq!(found("Age", &Kind::Integer, &with(&["0"])), ["0"]);
        assert!(found("tenure", &Kind::Integer, &with(&["0"])).is_empty());
        let years = ["1970", "1981", "1965", "1990", "2001", "0"];
        assert_eq!(found("Year_Birth", &Kind::Integer, &years), ["0"]);
    }

    #[test]
    fn every_code_is_found_by_its_spelling() {
        let numbers = NEGATIVE.iter().chain(&NINES).chain([&ZERO]);
        for (value, spellings) in numbers {
            assert!(may_mean_missing(*value));
            for spelling in spellings {
                assert_eq!(code(spelling.as_bytes()), Some(*spelling));
                assert_eq!(spelling.parse::<f64>(), Ok(*value));
            }
        }
        for spelling in WORDS.iter().flatten().chain(&AMONG_TEXT) {
            assert_eq!(code(spelling.as_bytes()), Some(*spelling));
        }
        for other in ["1", "9", "990", "0.5", "-1.5", "unknowns", "---", ""] {
            assert_eq!(code(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn the_proposal_says_the_line_to_set() {
        let finding = finding("age", &[("-1".to_owned(), 3), ("999".to_owned(), 2)], 40).unwrap();
        assert_eq!(finding.count, Some(5));
        assert!(finding.advice.contains("null-values = [\"age=-1\", \"age=999\"]"));
    }
}
