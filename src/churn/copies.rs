//! Customers that are copies of each other with other words.
//!
//! Some published and some bought tables hold customers several times, with other places or
//! products beside the same numbers. A model that has learnt one of them knows the others, so
//! they share a fold. Being equal in every number proves nothing where numbers are coarse
//! (two customers of one month at the same price), hence the two conditions of [`join`].

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::folds::{Hash, MISSING, bits, grouped, hashes, in_company, mix};
use crate::stats::number;
use crate::table::{FeatureTable, Values};

/// So many customers at most may be expected to have by chance what a group has in its other
/// columns.
const BY_CHANCE: f64 = 0.01;

/// How often each value that a candidate has occurs in a column.
type Counts = HashMap<u64, usize>;

/// Gives customers that are copies of each other one hash, and says how many they are: those
/// equal in every number, where
///
/// * one number, present and not zero, is nobody's but theirs, and
/// * of all customers fewer than a hundredth of one would have all their other numbers, each
///   as frequent as it is among the rest and independent of the others (a number that stands
///   in several columns, as the sum and the mean of a single order, counts once),
///
/// and which are not equal in every feature (those have one hash as they come).
pub(super) fn join(
    table: &FeatureTable,
    columns: &[usize],
    rows: &[usize],
    hashes_of_all: &mut [Hash],
) -> usize {
    let is_number = |&column: &usize| matches!(table.columns()[column].values, Values::Number(_));
    let numbers: Vec<usize> = columns.iter().copied().filter(is_number).collect();
    if numbers.len() < 2 || numbers.len() == columns.len() {
        return 0;
    }
    let of_numbers = hashes(table, &numbers, rows);
    let (group_of, keys) = grouped(&of_numbers);
    let mut in_groups: Vec<(u32, usize)> = in_company(&group_of, keys.len())
        .enumerate()
        .filter(|&(_, is)| is)
        .map(|(place, _)| (group_of[place], place))
        .collect();
    in_groups.par_sort_unstable();
    let mut groups: Vec<Vec<usize>> = in_groups
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| group.iter().map(|&(_, place)| place).collect())
        .collect();
    groups.retain(|group| group.iter().any(|&p| hashes_of_all[p] != hashes_of_all[group[0]]));
    if groups.is_empty() {
        return 0;
    }
    let counts: Vec<Counts> =
        numbers.par_iter().map(|&column| counted(table, column, rows, &groups)).collect();
    groups.retain(|group| {
        let of = |&column: &usize| bits(&table.columns()[column].values, rows[group[0]]);
        is_copied(&numbers.iter().map(of).collect::<Vec<_>>(), &counts, group.len(), rows.len())
    });
    for &place in groups.iter().flatten() {
        let (a, b) = of_numbers[place];
        // Apart from any hash of all columns.
        hashes_of_all[place] = (mix(a), mix(b));
    }
    groups.iter().map(Vec::len).sum()
}

/// How many of the customers at `rows` have each of the values that the groups have.
fn counted(table: &FeatureTable, column: usize, rows: &[usize], groups: &[Vec<usize>]) -> Counts {
    let values = &table.columns()[column].values;
    let mut counts: Counts = groups.iter().map(|group| (bits(values, rows[group[0]]), 0)).collect();
    for &row in rows {
        if let Some(count) = counts.get_mut(&bits(values, row)) {
            *count += 1;
        }
    }
    counts
}

/// Whether `size` customers with these values of `n` have them for another reason than chance.
fn is_copied(values: &[u64], counts: &[Counts], size: usize, n: usize) -> bool {
    let frequency = |place: usize| counts[place][&values[place]];
    let names =
        |&place: &usize| values[place] != 0 && values[place] != MISSING && frequency(place) == size;
    // Any column that is theirs alone may be the one that names them: all are equally rare.
    let Some(own) = (0..values.len()).find(names) else { return false };
    let mut others: BTreeMap<u64, usize> = BTreeMap::new();
    for place in (0..values.len()).filter(|&place| values[place] != values[own]) {
        let most = others.entry(values[place]).or_insert(0);
        *most = frequency(place).max(*most);
    }
    // As if the group were one customer: were they copies, they would count once.
    let share = |frequency: &usize| number(frequency - (size - 1)) / number(n);
    others.values().map(share).product::<f64>() * number(n) < BY_CHANCE
}
