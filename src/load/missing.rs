//! Which spellings mean missing.
//!
//! | spelling | missing in |
//! |---|---|
//! | nothing, blanks, and what `null-values` declares | every column |
//! | `NULL`, `null`, `NaN`, `nan`, `#N/A`, `?` | every column |
//! | `NA`, `N/A`, `n/a`, `None`, `none`, `-`, `--` | columns of numbers and of days |
//!
//! In a column of text, `NA`, `None` and a dash can be levels with a meaning, and stay.

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
