//! One group against the rest in one column, and how much of it may be told.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use super::wording::{Guarded, guarded};

/// One group against the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    /// Cliff's delta or difference of shares, -1..1.
    pub(crate) effect: f64,
    /// Median of the group, or its share.
    pub(crate) here: f64,
    /// Median of the rest, or its share.
    pub(crate) rest: f64,
    /// Mean of the group, or its share.
    pub(crate) mean_here: f64,
    /// Mean of the rest, or its share.
    pub(crate) mean_rest: f64,
    /// Customers of the group whose value is known.
    pub(crate) present: u64,
    /// Of them, with the level (0 for numbers).
    pub(crate) hits: u64,
    /// Customers of the rest whose value is known.
    pub(crate) rest_present: u64,
    /// Of them, with the level (0 for numbers).
    pub(crate) rest_hits: u64,
    /// The levels of the same column that fewer customers of the group have.
    pub(crate) smaller: Smaller,
}

/// Levels that some customers have, but fewer than another level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Smaller {
    /// How many there are.
    pub(crate) levels: u64,
    /// The customers of all of them, and of the smallest.
    pub(crate) customers: u64,
    pub(crate) least: u64,
}

impl Smaller {
    /// Those below `level` among the counts of a group; of equal ones the first is below.
    pub(crate) fn of(group: &[u64], level: usize) -> Self {
        let mut found = Self::default();
        let own = (group[level], level);
        let below = group.iter().zip(0..).filter(|&(&n, other)| n > 0 && (n, other) < own);
        for (&n, _) in below {
            found.levels += 1;
            found.customers += n;
            found.least = if found.least == 0 { n } else { found.least.min(n) };
        }
        found
    }
}

impl Cell {
    /// The share of the group, as a bound where few customers stand behind it, or where it
    /// would tell how few stand behind another level: of levels whose sum is known at least
    /// two are told as bounds, and of at least `min_cell` customers together.
    pub(crate) fn told(&self, min_cell: usize) -> Guarded {
        let (own, least) = (guarded(self.hits, self.present, min_cell), min_cell as u64);
        let Smaller { levels, customers, least: smallest } = self.smaller;
        let covered = levels >= 2 && customers >= least;
        if own.side != 0 || smallest == 0 || smallest >= least || covered {
            return own;
        }
        let above = (self.hits / least + 1) * least;
        Guarded { share: (above as f64 / self.present as f64).min(1.0), side: -1 }
    }

    /// The share of the rest with its guard.
    pub(crate) fn rest_told(&self, min_cell: usize) -> Guarded {
        guarded(self.rest_hits, self.rest_present, min_cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cell of a group with these customers by level.
    fn cell(group: &[u64], level: usize) -> Cell {
        let (present, hits) = (group.iter().sum::<u64>(), group[level]);
        let share = hits as f64 / present as f64;
        Cell {
            effect: 0.0,
            here: share,
            rest: share,
            mean_here: share,
            mean_rest: share,
            present,
            hits,
            rest_present: 100,
            rest_hits: 50,
            smaller: Smaller::of(group, level),
        }
    }

    #[test]
    fn a_small_level_cannot_be_worked_out_from_the_others() {
        let told = |group: &[u64], level: usize| cell(group, level).told(10);
        // 78, 16 and 6 of 100: with two told the third would be 6 customers.
        let group = [78, 16, 6];
        assert_eq!(told(&group, 0).side, 0);
        assert_eq!((told(&group, 1).side, told(&group, 1).share), (-1, 0.2));
        assert_eq!(told(&group, 2).side, -1);
        // Two small ones whose sum is small as well: the next goes with them.
        assert_eq!([0, 1, 2, 3].map(|at| told(&[60, 34, 3, 3], at).side), [0, -1, -1, -1]);
        // Two small ones of more than ten together tell nothing of each other.
        assert_eq!([0, 1, 2].map(|at| told(&[80, 9, 8], at).side), [0, -1, -1]);
        // Nobody is no few, and large ones hide nothing.
        assert_eq!([0, 1, 2].map(|at| told(&[60, 40, 0], at).side), [0, 0, 0]);
    }
}
