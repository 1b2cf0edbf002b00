//! What further columns of the lines say of each customer: a column that is the same on all
//! lines of nearly every customer, such as a country, is a property of the customer and not
//! of the order.
//!
//! Each customer has the value that most of its lines have, of equals the first by name.
//! How many lines of a customer disagree is counted exactly; a column of which more than
//! [`MOST_OTHERS`] further values of customers were met is no such property and given up.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::dictionary::{Dictionary, NONE};
use super::error::OrderError;
use super::purchases::Names;
use super::rules::Batch;
use super::texts::Texts;

/// The most values beside the first of each customer that are counted for one column.
const MOST_OTHERS: usize = 2_000_000;
/// The most different values of a column.
const MOST_LEVELS: usize = 1_000_000;

/// What one column says of the customers, in the order of their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribute {
    /// The different values, sorted by their bytes.
    pub levels: Vec<String>,
    /// The value of each customer, an index into the levels, or `u32::MAX` for none.
    pub codes: Vec<u32>,
    /// Customers with more than one value on their lines.
    pub n_several: u64,
}

impl Attribute {
    /// Customers with a value.
    #[must_use]
    pub fn n_known(&self) -> u64 {
        self.codes.iter().filter(|&&code| code != NONE).count() as u64
    }
}

/// One column while lines come in. Customers and values go by their numbers.
#[derive(Debug, Default)]
pub(super) struct Tracked {
    names: Dictionary,
    /// The first value that was met of each customer, and on how many lines.
    first: Vec<(u32, u64)>,
    /// The lines of each further value.
    others: BTreeMap<(u32, u32), u64>,
    is_given_up: bool,
}

impl Tracked {
    /// Takes in the lines of a batch that `counts` says of.
    pub(super) fn take(
        &mut self,
        texts: &Texts,
        customers: &[u32],
        counts: impl Fn(usize) -> bool,
    ) -> Result<(), OrderError> {
        if self.is_given_up {
            return Ok(());
        }
        let most = MOST_LEVELS;
        let too_many = || OrderError::TooManyLevels { what: "attribute", most };
        let code = |text: &Cow<str>| self.names.code(text.as_bytes(), most).ok_or_else(too_many);
        let levels = texts.levels().iter().map(code).collect::<Result<Vec<u32>, OrderError>>()?;
        for (row, (&customer, &level)) in customers.iter().zip(texts.codes()).enumerate() {
            let Some(&level) = levels.get(level as usize) else { continue };
            if customer == NONE || !counts(row) {
                continue;
            }
            let at = customer as usize;
            if at >= self.first.len() {
                self.first.resize(at + 1, (NONE, 0));
            }
            let first = &mut self.first[at];
            if first.0 == NONE {
                first.0 = level;
            }
            if first.0 == level {
                first.1 += 1;
            } else {
                *self.others.entry((customer, level)).or_default() += 1;
            }
        }
        if self.others.len() > MOST_OTHERS {
            *self = Self { is_given_up: true, ..Self::default() };
        }
        Ok(())
    }

    /// What it says of these customers; `None` where it was given up.
    pub(super) fn told(self, customers: &[u32]) -> Option<Attribute> {
        if self.is_given_up {
            return None;
        }
        let Self { names, first, others, .. } = self;
        let (names, ranks) = Names::of(names);
        let levels = (0..names.sorted.len() as u32).map(|rank| names.name(rank)).collect();
        let mut made = Attribute { levels, ..Attribute::default() };
        for &customer in customers {
            let (level, lines) = first.get(customer as usize).copied().unwrap_or((NONE, 0));
            if level == NONE {
                made.codes.push(NONE);
                continue;
            }
            let own = others.range((customer, 0)..=(customer, NONE));
            let further: Vec<(u64, u32)> =
                own.map(|(&(_, level), &lines)| (lines, ranks[level as usize])).collect();
            made.n_several += u64::from(!further.is_empty());
            let all = further.into_iter().chain([(lines, ranks[level as usize])]);
            let most = all.max_by_key(|&(lines, rank)| (lines, std::cmp::Reverse(rank)));
            made.codes.push(most.map_or(NONE, |(_, rank)| rank));
        }
        Some(made)
    }
}

/// Checks that every attribute has one entry per line.
pub(super) fn check(batch: &Batch, n_attributes: usize) -> Result<(), OrderError> {
    let is_whole = |texts: &Texts| texts.len() == batch.len() && texts.is_whole();
    if batch.attributes.len() == n_attributes && batch.attributes.iter().all(is_whole) {
        Ok(())
    } else {
        Err(OrderError::Batch { what: "attribute" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rows: &[(u32, Option<&str>)]) -> Attribute {
        let mut tracked = Tracked::default();
        for rows in rows.chunks(3) {
            let customers: Vec<u32> = rows.iter().map(|row| row.0).collect();
            let texts: Texts = rows.iter().map(|row| row.1).collect();
            tracked.take(&texts, &customers, |_| true).unwrap();
        }
        tracked.told(&[2, 0, 1, 3]).unwrap()
    }

    #[test]
    fn the_most_frequent_value_of_each_customer() {
        let mut rows = vec![
            (0, Some("UK")),
            (0, Some("EIRE")),
            (0, Some("EIRE")),
            (1, Some("UK")),
            (1, None),
            (2, Some("UK")),
            (2, Some("Cyprus")),
            (NONE, Some("Nowhere")),
            (1, Some("UK")),
        ];
        let made = told(&rows);
        assert_eq!(made.levels, ["Cyprus", "EIRE", "Nowhere", "UK"]);
        // Of two lines that disagree, the first by name; nobody knows of customer 3.
        assert_eq!(made.codes, [0, 1, 3, NONE]);
        assert_eq!((made.n_several, made.n_known()), (2, 3));
        rows.reverse();
        assert_eq!(told(&rows), made);
    }

    #[test]
    fn a_column_that_changes_all_the_time_is_given_up() {
        let texts: Vec<String> = (0..2001).map(|n| format!("{n}")).collect();
        let mut tracked = Tracked::default();
        for text in &texts {
            let customers: Vec<u32> = (0..1000).collect();
            let texts: Texts = customers.iter().map(|_| Some(text.as_str())).collect();
            tracked.take(&texts, &customers, |_| true).unwrap();
        }
        assert!(!tracked.is_given_up);
        let texts: Texts = [Some("one more"), Some("and more")].into_iter().collect();
        tracked.take(&texts, &[0, 0], |_| true).unwrap();
        assert!(tracked.is_given_up);
        assert_eq!(tracked.told(&[0]), None);
    }
}
