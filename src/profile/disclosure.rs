//! What may not be told: figures on fewer than `min_cell` customers, figures that one
//! customer makes, and figures from which such a one could be worked out.
//!
//! # References
//!
//! Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, sections 4.2
//! (threshold and dominance rules) and 4.3 (secondary suppression).

use crate::results::SegmentRow;
use crate::stats::DOMINANT;

use super::protect::two_levels;

/// What is withheld, one entry per group (segments, then the unassigned).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Withheld {
    /// Everything: the group itself is too small.
    pub(crate) all: Vec<bool>,
    /// The figures on value.
    pub(crate) value: Vec<bool>,
    /// How many have a known outcome.
    pub(crate) known: Vec<bool>,
    /// The figures on the outcome.
    pub(crate) outcome: Vec<bool>,
    /// How many are inactive.
    pub(crate) inactive: Vec<bool>,
}

/// What is known of a group before anything is withheld.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct GroupFacts {
    /// Customers.
    pub(crate) customers: u64,
    /// Customers whose outcome is known.
    pub(crate) known: u64,
    /// Of them, with the outcome.
    pub(crate) events: u64,
    /// Customers who can no more be lost though no label says so.
    pub(crate) inactive: u64,
    /// Sum of positive value.
    pub(crate) positive: f64,
    /// The largest positive value of one customer.
    pub(crate) largest: f64,
}

impl Withheld {
    /// Decides what is withheld. Where just one group of several is withheld, the
    /// smallest other one goes with it, or a total would give it away.
    pub(crate) fn decide(groups: &[GroupFacts], min_cell: usize) -> Self {
        let few = |n: u64| n > 0 && n < min_cell as u64;
        let all: Vec<bool> = groups.iter().map(|group| few(group.customers)).collect();
        let mut value: Vec<bool> = groups
            .iter()
            .zip(&all)
            .map(|(group, &small)| {
                small || (group.positive > 0.0 && group.largest > DOMINANT * group.positive)
            })
            .collect();
        let mut known: Vec<bool> =
            groups.iter().zip(&all).map(|(group, &small)| small || few(group.known)).collect();
        complete(&mut value, groups, |group| group.customers);
        complete(&mut known, groups, |group| group.known);
        let mut outcome = known.clone();
        let events = |group: &GroupFacts| [group.events, group.known - group.events];
        parted(&mut outcome, groups, events, min_cell);
        let mut inactive = all.clone();
        let lapsed = |group: &GroupFacts| [group.inactive, group.customers - group.inactive];
        parted(&mut inactive, groups, lapsed, min_cell);
        Self { all, value, known, outcome, inactive }
    }

    /// Takes out of a row what may not be told.
    pub(crate) fn apply(&self, group: usize, row: &mut SegmentRow) {
        if self.value[group] {
            row.value = None;
            row.value_share = None;
            row.value_per_customer = None;
            row.value_growth = None;
            row.headroom = None;
            row.expected_value = None;
            row.value_at_risk = None;
        }
        if self.outcome[group] {
            row.churn_observed = None;
            row.churn_low = None;
            row.churn_high = None;
            row.gone = None;
        }
        if self.known[group] {
            row.churn_known = 0;
        }
        if self.inactive[group] {
            row.inactive = None;
        }
        if self.all[group] {
            row.churn_mean = None;
            row.rule = None;
            row.rule_sql = None;
            row.rule_coverage = None;
            row.rule_precision = None;
            row.trivial = None;
            row.traits = Vec::new();
            row.typical = None;
        }
    }
}

/// Where just one group is withheld, withholds the smallest other one as well.
pub(crate) fn complete(
    withheld: &mut [bool],
    groups: &[GroupFacts],
    size: impl Fn(&GroupFacts) -> u64,
) {
    if withheld.iter().filter(|w| **w).count() != 1 {
        return;
    }
    let partner = (0..groups.len())
        .filter(|&group| !withheld[group] && size(&groups[group]) > 0)
        .min_by_key(|&group| (size(&groups[group]), group));
    if let Some(partner) = partner {
        withheld[partner] = true;
    }
}

/// Withholds in how many the customers of a group part where either part is of few, and as
/// many other groups as it takes: the sums of all groups are told.
fn parted(
    withheld: &mut [bool],
    groups: &[GroupFacts],
    parts: impl Fn(&GroupFacts) -> [u64; 2],
    min_cell: usize,
) {
    let counts: Vec<[u64; 2]> = groups.iter().map(parts).collect();
    let rows: Vec<&[u64]> = counts.iter().map(<[u64; 2]>::as_slice).collect();
    let mut hidden: Vec<Vec<bool>> = withheld.iter().map(|&own| vec![own; 2]).collect();
    two_levels(&rows, &mut hidden, min_cell);
    for (own, hidden) in withheld.iter_mut().zip(hidden) {
        *own = hidden[0];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(customers: u64, known: u64, positive: f64, largest: f64) -> GroupFacts {
        GroupFacts { customers, known, events: known / 2, inactive: 0, positive, largest }
    }

    #[test]
    fn a_small_group_takes_the_smallest_other_with_it() {
        let groups = [
            group(500, 500, 1.0, 0.1),
            group(4, 4, 1.0, 0.3),
            group(90, 90, 1.0, 0.1),
            group(0, 0, 0.0, 0.0),
        ];
        let withheld = Withheld::decide(&groups, 10);
        assert_eq!(withheld.all, [false, true, false, false]);
        assert_eq!(withheld.value, [false, true, true, false]);
        assert_eq!(withheld.outcome, [false, true, true, false]);
    }

    #[test]
    fn few_who_left_take_the_smallest_other_with_them() {
        let left = |events: u64, inactive: u64| GroupFacts {
            events,
            inactive,
            ..group(500, 500, 1.0, 0.1)
        };
        let withheld = Withheld::decide(&[left(120, 60), left(7, 0), left(40, 495)], 10);
        assert_eq!(withheld.outcome, [false, true, true]);
        // All but five are inactive, so five are not; nobody in a segment hides nobody.
        assert_eq!(withheld.inactive, [true, false, true]);
        assert!(!withheld.known.contains(&true));
        // Of two and two it is known that each has some: three must hide their four.
        let withheld = Withheld::decide(&[left(2, 0), left(2, 0), left(40, 0)], 10);
        assert_eq!(withheld.outcome, [true; 3]);
    }

    #[test]
    fn a_whale_hides_the_value_of_its_segment() {
        let groups =
            [group(500, 0, 100.0, 86.0), group(400, 0, 100.0, 85.0), group(300, 0, 9.0, 1.0)];
        let withheld = Withheld::decide(&groups, 10);
        assert_eq!(withheld.value, [true, false, true]);
        assert_eq!(withheld.all, [false, false, false]);
    }

    #[test]
    fn nothing_is_withheld_from_large_groups() {
        let groups = [group(50, 50, 10.0, 1.0), group(60, 60, 10.0, 1.0)];
        let withheld = Withheld::decide(&groups, 10);
        assert!(!withheld.value.iter().chain(&withheld.outcome).any(|w| *w));
    }
}
