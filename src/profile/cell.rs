//! One group against the rest in one column, and how much of it may be told.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use super::protect::{Table, two_levels};
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
    /// Where the typical value of the group stands among all customers, -1..1: for a number
    /// the share below its median less the share above, 0 at the median of all; for a level
    /// its share less that of all.
    pub(crate) standing: f64,
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
    /// Whether a cell of few customers could be worked out from it.
    pub(crate) hidden: bool,
}

impl Cell {
    /// The share of the group, as a bound where few customers stand behind it, or where
    /// another such cell could be worked out from it.
    pub(crate) fn told(&self, min_cell: usize) -> Guarded {
        self.bound(guarded(self.hits, self.present, min_cell), (self.hits, self.present), min_cell)
    }

    /// The share of the rest with its guard: what is left of all customers tells the group.
    pub(crate) fn rest_told(&self, min_cell: usize) -> Guarded {
        let (hits, present) = (self.rest_hits, self.rest_present);
        let few = guarded(self.hits, self.present, min_cell).side != 0;
        let own = guarded(hits, present, min_cell);
        Self { hidden: self.hidden || few, ..*self }.bound(own, (hits, present), min_cell)
    }

    /// Rounded to whole multiples of `min_cell` customers, where it is no bound yet.
    fn bound(&self, own: Guarded, (hits, present): (u64, u64), min_cell: usize) -> Guarded {
        if own.side != 0 || !self.hidden {
            return own;
        }
        let least = min_cell.max(1) as u64;
        let near = ((hits + least / 2) / least * least).min(present);
        Guarded { share: near as f64 / present as f64, side: 0 }
    }
}

/// Which cells of a column's counts (`counts[group][level]`) are not told: those of few
/// customers, and others from which such a one could be worked out. What is told of nobody, the
/// last group and levels that are `untold`, protects the rest.
pub(crate) fn hidden(counts: &[Vec<u64>], untold: &[bool], min_cell: usize) -> Vec<Vec<bool>> {
    let few = |n: u64| n > 0 && n < min_cell as u64;
    let last = counts.len().saturating_sub(1);
    let mut hidden: Vec<Vec<bool>> = counts
        .iter()
        .enumerate()
        .map(|(group, levels)| {
            let of = |(level, &n): (usize, &u64)| {
                few(n) || group == last || untold.get(level).copied().unwrap_or(false)
            };
            levels.iter().enumerate().map(of).collect()
        })
        .collect();
    if !counts.iter().flatten().any(|&n| few(n)) {
        return hidden;
    }
    if untold.len() > 2 && counts.len() * untold.len() > MOST_CELLS {
        whole_levels(counts, &mut hidden, min_cell);
        return hidden;
    }
    // The last group is in no sum that is told where it is empty.
    let is_there = counts.get(last).is_some_and(|own| own.iter().sum::<u64>() > 0);
    let n = last + usize::from(is_there);
    let rows: Vec<&[u64]> = counts.iter().take(n).map(Vec::as_slice).collect();
    if untold.len() == 2 {
        two_levels(&rows, &mut hidden[..n], min_cell);
        return hidden;
    }
    let mut sums = vec![false; n];
    let mut own: Vec<Vec<bool>> = hidden.iter().take(n).cloned().collect();
    let fixed = &[];
    Table { counts: &rows, hidden: &mut own, fixed, untold: &mut sums, min_cell }.protect();
    for (all, own) in hidden.iter_mut().zip(own) {
        *all = own;
    }
    hidden
}

/// Up to so many cells the fewest that protect are looked for.
const MOST_CELLS: usize = 160;

/// Withholds every level of which a group has few, and where that is one alone the smallest
/// other one with it.
fn whole_levels(counts: &[Vec<u64>], hidden: &mut [Vec<bool>], min_cell: usize) {
    let few = |n: u64| n > 0 && n < min_cell as u64;
    let n_levels = counts.first().map_or(0, Vec::len);
    let of = |level: usize| counts.iter().map(move |group| group[level]);
    let mut levels: Vec<bool> = (0..n_levels).map(|level| of(level).any(few)).collect();
    if levels.iter().filter(|level| **level).count() == 1 {
        let others = (0..n_levels).filter(|&level| !levels[level] && of(level).sum::<u64>() > 0);
        if let Some(other) = others.min_by_key(|&level| (of(level).sum::<u64>(), level)) {
            levels[other] = true;
        }
    }
    for (group, own) in counts.iter().zip(hidden) {
        for (level, own) in own.iter_mut().enumerate() {
            *own |= levels[level] && group[level] > 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;

    #[test]
    fn a_wide_column_withholds_whole_levels() {
        let mut counts = vec![vec![40; 90], vec![30; 90], vec![0; 90]];
        counts[1][5] = 4;
        counts[0][7] = 20;
        let hidden = hidden(&counts, &[false; 90], 10);
        // The level of few, and the smallest of the others, which is at place 7.
        let told = |group: usize| (0..90).filter(|&level| hidden[group][level]).collect::<Vec<_>>();
        assert_eq!((told(0), told(1)), (vec![5, 7], vec![5, 7]));
    }

    /// The cell of a group among others, by level.
    fn cell(counts: &[Vec<u64>], group: usize, level: usize) -> Cell {
        let sum = |group: &[u64]| group.iter().sum::<u64>();
        let (present, hits) = (sum(&counts[group]), counts[group][level]);
        let all: u64 = counts.iter().map(|group| sum(group)).sum();
        let of_level: u64 = counts.iter().map(|group| group[level]).sum();
        let share = hits as f64 / present as f64;
        Cell {
            effect: 0.0,
            standing: 0.0,
            here: share,
            rest: share,
            mean_here: share,
            mean_rest: share,
            present,
            hits,
            rest_present: all - present,
            rest_hits: of_level - hits,
            hidden: hidden(counts, &vec![false; counts[0].len()], 10)[group][level],
        }
    }

    #[test]
    fn a_small_level_cannot_be_worked_out_from_the_others() {
        // 220 and 7, 15 and 124, 63 and 11, and nobody in no segment: with the last two told,
        // or what is left of all beside them, the 7 are known.
        let counts = [vec![220, 7], vec![15, 124], vec![63, 11], vec![0, 0]];
        let told = |group: usize, level: usize| cell(&counts, group, level).told(10);
        let rest = |group: usize, level: usize| cell(&counts, group, level).rest_told(10);
        assert_eq!((told(0, 1).side, told(0, 0).side), (-1, 1));
        assert_eq!((rest(0, 1).share, rest(0, 0).share), (140.0 / 213.0, 80.0 / 213.0));
        // One of the others is told in tens as well, in both levels, and its rest.
        assert_eq!((told(2, 1).share, told(2, 0).share), (10.0 / 74.0, 60.0 / 74.0));
        assert_eq!((rest(2, 1).share, rest(2, 0).share), (130.0 / 366.0, 240.0 / 366.0));
        assert_eq!((told(1, 1).share, rest(1, 1).share), (124.0 / 139.0, 18.0 / 301.0));
    }

    /// The attacker knows how many of each group and of each level there are, what is told, and
    /// that a bound holds somebody.
    #[test]
    fn in_random_columns_no_small_cell_can_be_worked_out() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(11);
        let mut n_few = 0;
        for at in 0..500 {
            let (n_groups, n_levels) = (rng.gen_range(2..7), rng.gen_range(2..6));
            let mut any = || {
                let spread = 10_f64.powf(rng.gen_range(0.0..2.7));
                if rng.gen_bool(0.1) { 0 } else { spread as u64 }
            };
            let mut counts: Vec<Vec<u64>> =
                (0..=n_groups).map(|_| (0..n_levels).map(|_| any()).collect()).collect();
            if at % 2 == 0 {
                counts[n_groups] = vec![0; n_levels];
            }
            let mut hidden = hidden(&counts, &vec![false; n_levels], 10);
            let n = n_groups + usize::from(at % 2 == 1);
            n_few += counts[..n].iter().flatten().filter(|&&n| n > 0 && n < 10).count();
            let rows: Vec<&[u64]> = counts[..n].iter().map(Vec::as_slice).collect();
            let mut cells = hidden[..n].iter().flatten().zip(counts[..n].iter().flatten());
            let all = cells.all(|(&hidden, &n)| hidden || n == 0);
            let mut sums = vec![false; n];
            let table = Table {
                counts: &rows,
                hidden: &mut hidden[..n],
                fixed: &[],
                untold: &mut sums,
                min_cell: 10,
            };
            // Where everybody is withheld, the sums are what is left to tell.
            let found = table.in_danger();
            assert!(all || found.is_none(), "table {at}: {counts:?} {found:?}");
        }
        assert!(n_few > 1000, "{n_few}");
    }

    #[test]
    fn large_cells_and_nobody_hide_nothing() {
        let counts = [vec![60, 40, 0], vec![80, 25, 15], vec![0, 0, 0]];
        for (group, level) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)] {
            assert_eq!(cell(&counts, group, level).told(10).side, 0, "{group} {level}");
        }
        // Customers in no segment are told nowhere, which protects what is.
        let counts = [vec![60, 7], vec![80, 25], vec![40, 30]];
        assert_eq!(hidden(&counts, &[false; 2], 10)[..2], [[true; 2], [false; 2]]);
    }
}
