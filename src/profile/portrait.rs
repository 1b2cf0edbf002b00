//! One sentence that describes a segment.

use crate::results::{SegmentRow, Trait};

use super::wording::{list, percent};
use crate::format::customers;

/// What the outcome is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutcomeWords<'a> {
    /// Whether it means leaving.
    pub(crate) is_churn: bool,
    /// The label's name.
    pub(crate) name: &'a str,
}

impl OutcomeWords<'_> {
    /// `have left`, or `have Response`.
    pub(crate) fn happened(self) -> String {
        if self.is_churn { "have left".to_owned() } else { format!("have {}", self.name) }
    }

    /// `likely to leave`, or `likely to have Response`.
    pub(crate) fn likely(self) -> String {
        if self.is_churn {
            "likely to leave".to_owned()
        } else {
            format!("likely to have {}", self.name)
        }
    }
}

/// A trait inside a sentence: `tenure 52 months against 22`, `contract is Two year for
/// 80 % against 10 %`.
pub(crate) fn clause(of: &Trait) -> String {
    // What follows the last colon was written here and holds none.
    let Some((what, figures)) = of.text.rsplit_once(": ") else { return of.text.clone() };
    let link = if of.level.is_some() { " for" } else { "" };
    format!("{what}{link} {figures}")
}

/// `1526 customers, 22 % of all and 9 % of the value: tenure: ...; 7.4 % have left.`
pub(crate) fn portrait(row: &SegmentRow, words: OutcomeWords) -> String {
    let mut shares = vec![format!("{} of all", percent(row.share))];
    if let Some(value_share) = row.value_share {
        shares.push(format!("{} of the value", percent(value_share)));
    }
    let mut parts: Vec<String> = row.traits.iter().take(3).map(clause).collect();
    if parts.is_empty() {
        parts.push("close to the average in every column".to_owned());
    }
    if let Some(observed) = row.churn_observed {
        parts.push(format!("{} {}", percent(observed), words.happened()));
    }
    format!("{}, {}: {}.", customers(row.customers), list(&shares), parts.join("; "))
}

/// The sentence for a group that is too small to be described.
pub(crate) fn withheld(min_cell: usize) -> String {
    format!("Fewer than {min_cell} customers: not described, so that nobody can be recognised.")
}
