//! Where every row of the input went. No row disappears without standing in one of
//! three counts.

use serde::{Deserialize, Serialize};

/// Every row is used, rejected (unreadable) or excluded (by a rule of the user).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounting {
    /// All rows of the input, without header, comments and trailing blank lines.
    pub rows: u64,
    /// Rows that go on.
    pub used: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Rows that a rule leaves out.
    pub excluded: u64,
}

impl Accounting {
    /// The counts, if they add up.
    #[must_use]
    pub fn new(rows: u64, used: u64, rejected: u64, excluded: u64) -> Option<Self> {
        let sum = used.checked_add(rejected)?.checked_add(excluded)?;
        (sum == rows).then_some(Self { rows, used, rejected, excluded })
    }

    /// The same rows with `more` of the used ones excluded by a rule.
    #[must_use]
    pub fn exclude(self, more: u64) -> Option<Self> {
        let used = self.used.checked_sub(more)?;
        Self::new(self.rows, used, self.rejected, self.excluded.checked_add(more)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_do_not_add_up_are_refused() {
        assert!(Accounting::new(10, 7, 2, 1).is_some());
        assert!(Accounting::new(10, 7, 2, 0).is_none());
        assert!(Accounting::new(0, u64::MAX, 1, 0).is_none());
    }

    #[test]
    fn excluding_moves_rows_from_used() {
        let counts = Accounting::new(10, 8, 2, 0).unwrap().exclude(3).unwrap();
        assert_eq!(counts, Accounting { rows: 10, used: 5, rejected: 2, excluded: 3 });
        assert!(counts.exclude(6).is_none());
    }
}
