//! What was done to the values of a column so that they could be read.

use serde::{Deserialize, Serialize};

/// One repair of one column. A column that is read as text gets only the repairs of
/// texts: blanks taken off, and `.0` where it is an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The column.
    pub column: String,
    /// What was done, in words without a value.
    pub what: String,
    /// In how many rows.
    pub rows: u64,
}
