//! How each segment differs from all other customers, column by column.
//!
//! Numbers are compared by Cliff's delta, `P(x > y) - P(x < y)` for a customer `x` of
//! the segment and a customer `y` of the rest, from one sort per column and exact with
//! ties; flags and levels by the difference of shares. Both lie in -1..1. There are no
//! p-values: the columns that made the segments differ by construction.
//!
//! # References
//!
//! Cliff, N. (1993). Dominance statistics: ordinal analyses to answer ordinal
//! questions. Psychological Bulletin 114(3), 494-509.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub(crate) use super::cell::Cell;
use super::cell::hidden;
use super::ranked::{ascending, standing, unkey};
use super::same::Same;
use crate::table::{Column, FeatureTable, MISSING_FLAG, MISSING_LEVEL, OTHER, Values};

/// Which group each customer is in: segments from 0, then one group for those in none.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    /// One group per customer, `0..=n_segments`.
    pub(crate) of: Vec<u32>,
    /// How many segments; the group with this number holds the unassigned.
    pub(crate) n_segments: usize,
    /// Customers per group, `n_segments + 1` entries.
    pub(crate) sizes: Vec<u64>,
}

impl Groups {
    /// Labels outside `0..n_segments` count as unassigned.
    pub(crate) fn new(labels: &[Option<u32>], n_segments: usize) -> Self {
        let none = u32::try_from(n_segments).unwrap_or(u32::MAX);
        let mut sizes = vec![0; n_segments + 1];
        let of = labels
            .iter()
            .map(|label| {
                let group = label.filter(|&segment| segment < none).unwrap_or(none);
                sizes[group as usize] += 1;
                group
            })
            .collect();
        Self { of, n_segments, sizes }
    }
}

/// What of a column is compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// The number itself.
    Number,
    /// The share of yes.
    Yes {
        /// The spelling of no.
        no: String,
        /// The spelling of yes.
        yes: String,
    },
    /// The share of one level.
    Level {
        /// Its code.
        code: u32,
        /// Its name.
        name: String,
    },
}

/// One number, flag or level over all groups.
#[derive(Debug, Clone)]
pub(crate) struct Feature {
    /// Its column in the feature table.
    pub(crate) column: usize,
    /// What is compared.
    pub(crate) kind: Kind,
    /// One per group; `None` where the group or the rest has no known value.
    pub(crate) cells: Vec<Option<Cell>>,
    /// Median of all, or share.
    pub(crate) all: f64,
    /// Mean of all, or share.
    pub(crate) mean_all: f64,
    /// Customers whose value is known.
    pub(crate) present: u64,
    /// Of them, with the level (0 for numbers).
    pub(crate) hits: u64,
    /// Whether some values are below 0, so that no multiple of the mean says anything.
    pub(crate) signed: bool,
}

impl Feature {
    /// The level's spelling, where it is about one.
    pub(crate) fn level(&self) -> Option<&str> {
        match &self.kind {
            Kind::Number => None,
            Kind::Yes { yes, .. } => Some(yes),
            Kind::Level { name, .. } => Some(name),
        }
    }

    /// Whether customer `row` has the level; never for a number.
    fn has(&self, table: &FeatureTable, row: usize) -> bool {
        match (&table.columns()[self.column].values, &self.kind) {
            (Values::Flag { codes, .. }, Kind::Yes { .. }) => codes[row] == 1,
            (Values::Category { codes, .. }, Kind::Level { code, .. }) => codes[row] == *code,
            _ => false,
        }
    }
}

/// How every group differs from the rest in every column, measured once for all who tell
/// of it. Cost O(n log n) per number, O(n) per category.
#[derive(Debug)]
pub struct Measured {
    /// The groups.
    pub(crate) groups: Groups,
    /// The features of each column of the table.
    columns: Vec<Vec<Feature>>,
    /// Which columns say the same.
    pub(crate) same: Same,
}

impl Measured {
    /// Of the segments 0..`n_segments`, one label per customer; others are in none. Cells of
    /// fewer than `min_cell` customers are not told.
    #[must_use]
    pub fn of(
        table: &FeatureTable,
        labels: &[Option<u32>],
        n_segments: usize,
        min_cell: usize,
    ) -> Self {
        let groups = Groups::new(labels, n_segments);
        let of = |(at, column): (usize, &Column)| of_column(at, column, &groups, min_cell);
        let columns = table.columns().par_iter().enumerate().map(of).collect();
        Self { groups, columns, same: Same::of(table) }
    }

    /// Compares every group with the rest in the given columns, in that order; the levels
    /// of a category follow each other. Of columns that say the same the first is there.
    pub(crate) fn features(&self, table: &FeatureTable, columns: &[usize]) -> Vec<Feature> {
        let mut seen = BTreeSet::new();
        let told = columns.iter().filter(|&&at| seen.insert(self.same.first(at)));
        let told: Vec<usize> = told.copied().collect();
        let all = told.iter().flat_map(|&at| self.columns[at].iter().cloned());
        without_twins(table, all.collect())
    }
}

/// Leaves out a level whose customers are exactly those of a level of an earlier column,
/// such as `No internet service` in the columns after `InternetService`: it says the
/// same again.
fn without_twins(table: &FeatureTable, features: Vec<Feature>) -> Vec<Feature> {
    let mut seen: BTreeMap<Vec<(u64, u64)>, Vec<usize>> = BTreeMap::new();
    let mut twin = vec![false; features.len()];
    for (at, feature) in features.iter().enumerate() {
        if feature.kind == Kind::Number || feature.hits == 0 {
            continue;
        }
        let counts = feature.cells.iter().flatten().map(|cell| (cell.present, cell.hits));
        let same = seen.entry(counts.collect()).or_default();
        twin[at] = same.iter().any(|&other| {
            let other = &features[other];
            other.column != feature.column
                && (0..table.n_customers())
                    .all(|row| feature.has(table, row) == other.has(table, row))
        });
        if !twin[at] {
            same.push(at);
        }
    }
    features.into_iter().zip(twin).filter(|(_, twin)| !twin).map(|(feature, _)| feature).collect()
}

fn of_column(index: usize, column: &Column, groups: &Groups, min_cell: usize) -> Vec<Feature> {
    match &column.values {
        Values::Number(values) => number(index, values, groups).into_iter().collect(),
        Values::Flag { codes, no, yes } => {
            let counts = count_levels(groups, 2, |row| match codes[row] {
                MISSING_FLAG => None,
                code => Some(usize::from(code)),
            });
            let kind = Kind::Yes { no: no.clone(), yes: yes.clone() };
            let hidden = hidden(&counts, &[false; 2], min_cell);
            share(index, kind, (&counts, &hidden), 1).into_iter().collect()
        }
        Values::Category { codes, levels, .. } => {
            let counts = count_levels(groups, levels.len(), |row| match codes[row] {
                MISSING_LEVEL => None,
                code => Some(code as usize),
            });
            let untold: Vec<bool> = levels.iter().map(|level| *level == OTHER).collect();
            let hidden = hidden(&counts, &untold, min_cell);
            levels
                .iter()
                .enumerate()
                .filter(|(_, level)| *level != OTHER)
                .filter_map(|(level, name)| {
                    let code = u32::try_from(level).ok()?;
                    let kind = Kind::Level { code, name: name.clone() };
                    share(index, kind, (&counts, &hidden), level)
                })
                .collect()
        }
    }
}

/// Customers per group and level: `counts[group][level]`.
fn count_levels(
    groups: &Groups,
    n_levels: usize,
    level_of: impl Fn(usize) -> Option<usize>,
) -> Vec<Vec<u64>> {
    let mut counts = vec![vec![0_u64; n_levels]; groups.n_segments + 1];
    for (row, &group) in groups.of.iter().enumerate() {
        if let Some(count) = level_of(row).and_then(|level| counts[group as usize].get_mut(level)) {
            *count += 1;
        }
    }
    counts
}

fn share(
    column: usize,
    kind: Kind,
    (counts, hidden): (&[Vec<u64>], &[Vec<bool>]),
    level: usize,
) -> Option<Feature> {
    let known: Vec<u64> = counts.iter().map(|group| group.iter().sum()).collect();
    let present: u64 = known.iter().sum();
    let hits: u64 = counts.iter().map(|group| group[level]).sum();
    if present == 0 {
        return None;
    }
    let cells = counts
        .iter()
        .enumerate()
        .zip(&known)
        .map(|((group, levels), &present_here)| {
            let hits_here = levels[level];
            let (rest_present, rest_hits) = (present - present_here, hits - hits_here);
            if present_here == 0 || rest_present == 0 {
                return None;
            }
            let here = hits_here as f64 / present_here as f64;
            let rest = rest_hits as f64 / rest_present as f64;
            Some(Cell {
                effect: here - rest,
                standing: here - hits as f64 / present as f64,
                here,
                rest,
                mean_here: here,
                mean_rest: rest,
                present: present_here,
                hits: hits_here,
                rest_present,
                rest_hits,
                hidden: hidden[group][level],
            })
        })
        .collect();
    let all = hits as f64 / present as f64;
    Some(Feature { column, kind, cells, all, mean_all: all, present, hits, signed: false })
}

fn number(column: usize, values: &[f64], groups: &Groups) -> Option<Feature> {
    let n_groups = groups.n_segments + 1;
    let (mut counts, mut sums) = (vec![0_u64; n_groups], vec![0.0_f64; n_groups]);
    for (&value, &group) in values.iter().zip(&groups.of) {
        if !value.is_nan() {
            counts[group as usize] += 1;
            sums[group as usize] += value;
        }
    }
    let sorted = ascending(values, &groups.of);
    if sorted.is_empty() {
        return None;
    }
    let dominance = dominance(&sorted, n_groups);
    let marks = marks(&sorted, n_groups);
    let present = sorted.len() as u64;
    let total: f64 = sums.iter().sum();
    let middle = median_where(&sorted, present, |mark| (mark * STEP) as u64, |_| true);
    let cells = (0..n_groups)
        .map(|group| {
            let (n_here, n_rest) = (counts[group], present - counts[group]);
            if n_here == 0 || n_rest == 0 {
                return None;
            }
            let wanted = u32::try_from(group).ok()?;
            let own = |mark: usize| marks[mark * n_groups + group];
            let others = |mark: usize| (mark * STEP) as u64 - own(mark);
            let here = median_where(&sorted, n_here, own, |other| other == wanted);
            Some(Cell {
                effect: dominance[group] as f64 / (n_here as f64 * n_rest as f64),
                standing: if here == middle { 0.0 } else { standing(&sorted, here) },
                here,
                rest: median_where(&sorted, n_rest, others, |other| other != wanted),
                mean_here: sums[group] / n_here as f64,
                mean_rest: (total - sums[group]) / n_rest as f64,
                present: n_here,
                hits: 0,
                rest_present: n_rest,
                rest_hits: 0,
                hidden: false,
            })
        })
        .collect();
    Some(Feature {
        column,
        kind: Kind::Number,
        cells,
        all: middle,
        mean_all: total / present as f64,
        present,
        hits: 0,
        signed: sorted.first().is_some_and(|(key, _)| unkey(*key) < 0.0),
    })
}

/// Per group, the sum over its customers of (customers below - customers above). Pairs
/// inside the group cancel, so this is the numerator of Cliff's delta against the rest.
fn dominance(sorted: &[(u64, u32)], n_groups: usize) -> Vec<i64> {
    let mut sums = vec![0_i64; n_groups];
    for block in blocks(sorted) {
        let below = i64::try_from(block.start).unwrap_or(i64::MAX);
        let above = i64::try_from(sorted.len() - block.end).unwrap_or(i64::MAX);
        for &(_, group) in &sorted[block] {
            sums[group as usize] += below - above;
        }
    }
    sums
}

/// The ranges of equal keys.
fn blocks(sorted: &[(u64, u32)]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = sorted.get(start)?.0;
        let length = sorted[start..].iter().take_while(|(key, _)| *key == first).count();
        let block = start..start + length;
        start = block.end;
        Some(block)
    })
}

/// Customers between two marks.
const STEP: usize = 4096;

/// How many customers of each group are before every [`STEP`]th.
fn marks(sorted: &[(u64, u32)], n_groups: usize) -> Vec<u64> {
    let mut counts = vec![0_u64; n_groups];
    let mut marks = Vec::with_capacity((sorted.len() / STEP + 1) * n_groups);
    for stretch in sorted.chunks(STEP) {
        marks.extend_from_slice(&counts);
        for &(_, group) in stretch {
            counts[group as usize] += 1;
        }
    }
    marks
}

/// The median of the `n` customers whose group passes, mean of the middle two when `n`
/// is even. `before` tells how many of them are before a mark.
fn median_where(
    sorted: &[(u64, u32)],
    n: u64,
    before: impl Fn(usize) -> u64,
    keep: impl Fn(u32) -> bool,
) -> f64 {
    let wanted = (n - 1) / 2;
    let (mut mark, mut beyond) = (0, sorted.len().div_ceil(STEP));
    while mark + 1 < beyond {
        let middle = usize::midpoint(mark, beyond);
        if before(middle) <= wanted { mark = middle } else { beyond = middle }
    }
    let skip = usize::try_from(wanted - before(mark)).unwrap_or(usize::MAX);
    let mut middle = sorted[mark * STEP..].iter().filter(|(_, group)| keep(*group)).skip(skip);
    let low = middle.next().map_or(0.0, |(key, _)| unkey(*key));
    if n % 2 == 1 {
        return low;
    }
    let high = middle.next().map_or(low, |(key, _)| unkey(*key));
    low + (high - low) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Family, Ids, Role};

    fn measure(table: &FeatureTable, columns: &[usize], groups: &Groups) -> Vec<Feature> {
        let labels: Vec<Option<u32>> = groups.of.iter().map(|&group| Some(group)).collect();
        Measured::of(table, &labels, groups.n_segments, 10).features(table, columns)
    }

    fn table(values: Values) -> FeatureTable {
        let ids = (0..values.len()).map(|row| row.to_string().into()).collect();
        let column = Column {
            name: "x".to_owned(),
            role: Role::Number,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values,
        };
        FeatureTable::new(
            Ids { name: "id".to_owned(), values: ids, from_rows: false },
            vec![column],
            None,
        )
        .unwrap()
    }

    /// Segment {1, 2, 2, 4}, rest {2, 3}. Pairs: 1 loses twice, each 2 ties once and
    /// loses once, 4 wins twice: (2 - 4) / 8 = -1/4. Medians 2 and 2.5.
    #[test]
    fn cliffs_delta_counts_ties_as_zero() {
        let table = table(Values::Number(vec![1.0, 2.0, 2.0, 4.0, 2.0, 3.0]));
        let labels = [Some(0), Some(0), Some(0), Some(0), Some(1), Some(1)];
        let groups = Groups::new(&labels, 2);
        let feature = &measure(&table, &[0], &groups)[0];
        let first = feature.cells[0].unwrap();
        assert!((first.effect + 0.25).abs() < 1e-15);
        assert!((first.here - 2.0).abs() < 1e-15 && (first.rest - 2.5).abs() < 1e-15);
        assert!((feature.cells[1].unwrap().effect - 0.25).abs() < 1e-15);
        assert!(feature.cells[2].is_none());
    }

    #[test]
    fn cliffs_delta_equals_all_pairs() {
        let values: Vec<f64> = (0..300).map(|i| f64::from((i * 7919) % 41) - 20.0).collect();
        let labels: Vec<Option<u32>> =
            (0..300_u32).map(|i| (i % 5 != 4).then_some((i * 31) % 3)).collect();
        let groups = Groups::new(&labels, 3);
        let table = table(Values::Number(values.clone()));
        let feature = &measure(&table, &[0], &groups)[0];
        for group in 0..4_u32 {
            let (mut sum, mut pairs) = (0.0, 0.0);
            for (i, x) in values.iter().enumerate().filter(|(i, _)| groups.of[*i] == group) {
                for (j, y) in values.iter().enumerate() {
                    if groups.of[j] != group && i != j {
                        pairs += 1.0;
                        sum += f64::from(i8::from(x > y)) - f64::from(i8::from(x < y));
                    }
                }
            }
            let effect = feature.cells[group as usize].unwrap().effect;
            assert!((effect - sum / pairs).abs() < 1e-12);
        }
    }

    /// Two of three against one of two: 2/3 - 1/2.
    #[test]
    fn shares_leave_missing_flags_out() {
        let table = table(Values::Flag {
            codes: vec![1, 1, 0, 2, 1, 0, 2],
            no: "No".to_owned(),
            yes: "Yes".to_owned(),
        });
        let labels = [Some(0), Some(0), Some(0), Some(0), None, None, None];
        let feature = &measure(&table, &[0], &Groups::new(&labels, 1))[0];
        let cell = feature.cells[0].unwrap();
        assert!((cell.effect - (2.0 / 3.0 - 0.5)).abs() < 1e-15);
        assert_eq!((cell.present, cell.rest_present), (3, 2));
    }

    #[test]
    fn a_level_of_the_same_customers_is_told_once() {
        use crate::profile::testing::{category, table};
        let table = table(vec![
            category("internet", &["DSL", "No"], vec![0, 1, 1, 0]),
            category("backup", &["No", "No internet", "Yes"], vec![0, 1, 1, 2]),
        ]);
        let groups = Groups::new(&[Some(0), Some(0), Some(1), Some(1)], 2);
        let features = measure(&table, &[0, 1], &groups);
        let levels: Vec<&str> = features.iter().filter_map(Feature::level).collect();
        assert_eq!(levels, ["DSL", "No", "No", "Yes"]);
    }
}
