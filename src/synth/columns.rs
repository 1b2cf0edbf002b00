//! Columns from the people they describe.

use super::draw::rounded;
use super::{SynthColumn, SynthTable, SynthValues};

/// The ids of `n` customers, such as `S000001`.
pub(super) fn ids(name: &str, prefix: char, n: usize) -> SynthColumn {
    text(name, (1..=n).map(|number| id(prefix, number)).collect())
}

/// The id of customer number `number`, counted from 1.
pub(super) fn id(prefix: char, number: usize) -> String {
    format!("{prefix}{number:06}")
}

/// A column of texts.
pub(super) fn text(name: &str, values: Vec<String>) -> SynthColumn {
    SynthColumn { name: name.to_owned(), values: SynthValues::Text(values) }
}

/// A column of whole numbers.
pub(super) fn whole<T>(name: &str, rows: &[T], of: impl Fn(&T) -> i64) -> SynthColumn {
    let values = rows.iter().map(|row| Some(of(row))).collect();
    SynthColumn { name: name.to_owned(), values: SynthValues::Whole(values) }
}

/// A column of numbers, rounded to `decimals`.
pub(super) fn decimal<T>(
    name: &str,
    decimals: u8,
    rows: &[T],
    of: impl Fn(&T) -> f64,
) -> SynthColumn {
    let values = rows.iter().map(|row| Some(rounded(of(row), decimals))).collect();
    SynthColumn { name: name.to_owned(), values: SynthValues::Decimal(values, decimals) }
}

/// A column of levels.
pub(super) fn level<T>(
    name: &str,
    levels: &[&str],
    rows: &[T],
    of: impl Fn(&T) -> u32,
) -> SynthColumn {
    let values = rows.iter().map(|row| Some(of(row))).collect();
    let levels = levels.iter().map(|&level| level.to_owned()).collect();
    SynthColumn { name: name.to_owned(), values: SynthValues::Level(values, levels) }
}

/// A column of yes and no.
pub(super) fn flag<T>(name: &str, rows: &[T], of: impl Fn(&T) -> bool) -> SynthColumn {
    level(name, &["no", "yes"], rows, |row| u32::from(of(row)))
}

/// A table.
pub(super) fn table(name: &str, columns: Vec<SynthColumn>) -> SynthTable {
    SynthTable { name: name.to_owned(), columns }
}
