//! What the first pass saw of each column.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Nothing but missing values.
    Empty,
    /// Whole numbers, also where they are written `5.0`.
    Integer,
    /// Numbers with decimals.
    Decimal,
    /// Calendar days, all in one format; a time of day is allowed and not used.
    Day {
        /// Such as `yyyy-mm-dd`.
        format: String,
    },
    /// Everything else.
    Text,
}

/// What the first pass saw of one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeenColumn {
    /// Its name in the header, or `column_1` and so on.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Values that are not missing.
    pub n_present: usize,
    /// Missing values.
    pub n_missing: usize,
    /// The spellings read as missing with their counts, sorted.
    pub missing_codes: Vec<(String, usize)>,
    /// Values that may mean missing and are used as they are, such as `Unknown` or -1,
    /// with their counts, sorted.
    pub proposed_missing: Vec<(String, usize)>,
    /// Distinct values, missing not counted, by their spelling; of a text that is not held an
    /// estimate where there are very many.
    pub n_distinct: usize,
    /// All values with counts, sorted by bytes, where there are at most 64; else empty.
    pub levels: Vec<(String, usize)>,
    /// The smallest number; only for numbers.
    pub min: Option<f64>,
    /// The largest number; only for numbers.
    pub max: Option<f64>,
    /// The most decimals that a number has, zeros at the end not counted.
    pub decimals: u8,
    /// What the values name behind or before the number: `%`, a code of ISO 4217, or a
    /// sign such as `$` that several currencies share.
    pub unit: Option<String>,
    /// Characters per value.
    pub mean_length: f64,
    /// Characters of the longest value.
    pub max_length: usize,
    /// The share, 0 to 1, of values with a blank inside.
    pub with_spaces: f64,
    /// Whether every row's number is the number before plus 1: a row counter.
    pub monotone: bool,
    /// Whether a value such as `00123` occurs.
    pub leading_zero: bool,
    /// Rows written `17850.0`, where all values are whole numbers without leading zeros;
    /// read as an id they lose the `.0`. Else 0.
    pub dotted: usize,
}
