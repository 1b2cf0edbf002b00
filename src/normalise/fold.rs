//! Levels that mean "does not have it", and 0/1 columns that say the same thing twice.
//!
//! "No internet service" in six columns is one fact, not six: unfolded it makes the
//! customers without internet a segment of their own, whatever else they do. Sets of rows
//! are compared by 128-bit sums of one pseudo-random number per row, so that equal sets
//! are found in one pass and no set is stored.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Severity};
use crate::normalise::NotApplicable;
use crate::normalise::term::Feature;
use crate::said::facts;
use crate::table::{Column, Values};

/// A level shared by fewer rows than this is never named, and two levels that agree on
/// fewer rows may agree by chance.
const MIN_ROWS: usize = 10;
/// Names of the level into which a not-applicable one is folded.
const NO: [&str; 8] = ["no", "none", "false", "0", "n", "nein", "nej", "non"];

/// One pseudo-random number per row.
pub(crate) fn row_keys(n_rows: usize) -> Vec<u128> {
    (0..n_rows as u64)
        .map(|row| (u128::from(mix(2 * row + 1)) << 64) | u128::from(mix(u64::MAX - 2 * row)))
        .collect()
}

/// A key of one number in one row.
pub(crate) fn value_key(row_key: u128, value: f64) -> u128 {
    let bits = if value.is_nan() { u64::MAX } else { value.to_bits() };
    let [low, high] = [row_key ^ u128::from(bits), (row_key >> 64) ^ u128::from(bits)]
        .map(|half| u128::from(mix(low_half(half))));
    (high << 64) | low
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
fn low_half(value: u128) -> u64 {
    value as u64
}

/// Steele, Lea & Flood 2014, Fast Splittable Pseudorandom Number Generators, OOPSLA,
/// figure 16 (the finaliser of `SplitMix64`).
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Which rows an indicator is 1 in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct RowSet {
    pub(crate) key: u128,
    pub(crate) count: usize,
}

impl RowSet {
    pub(crate) fn add(&mut self, row_key: u128) {
        self.key = self.key.wrapping_add(row_key);
        self.count += 1;
    }

    /// The rows not in it.
    pub(crate) fn complement(self, all: Self) -> Self {
        Self { key: all.key.wrapping_sub(self.key), count: all.count - self.count }
    }

    /// The set of every row.
    pub(crate) fn all(keys: &[u128]) -> Self {
        keys.iter().fold(Self::default(), |mut all, &key| {
            all.add(key);
            all
        })
    }
}

/// The rows of each level (flags: no, yes).
pub(crate) fn level_sets(values: &Values, rows: &[usize], keys: &[u128]) -> Vec<RowSet> {
    let mut sets = match values {
        Values::Number(_) => Vec::new(),
        Values::Flag { .. } => vec![RowSet::default(); 2],
        Values::Category { levels, .. } => vec![RowSet::default(); levels.len()],
    };
    for (&row, &key) in rows.iter().zip(keys) {
        let code = match values {
            Values::Number(_) => return sets,
            Values::Flag { codes, .. } => usize::from(codes[row]),
            Values::Category { codes, .. } => codes[row] as usize,
        };
        if let Some(set) = sets.get_mut(code) {
            set.add(key);
        }
    }
    sets
}

/// The level that means no, if there is one among those with rows.
pub(crate) fn no_level(levels: &[String], has_rows: impl Fn(usize) -> bool) -> Option<usize> {
    NO.iter().find_map(|no| {
        levels
            .iter()
            .enumerate()
            .position(|(at, level)| has_rows(at) && level.trim().to_lowercase() == *no)
    })
}

/// By column (its position in `columns`): which level counts as which other one.
pub(crate) type Folds = BTreeMap<usize, BTreeMap<usize, usize>>;

/// Decides what to fold. `sets` are the level sets of each column.
pub(crate) fn plan(
    columns: &[&Column],
    sets: &[Vec<RowSet>],
    rule: &NotApplicable,
) -> (Folds, Vec<Finding>) {
    let mut groups: BTreeMap<RowSet, Vec<(usize, usize)>> = BTreeMap::new();
    for (which, levels) in sets.iter().enumerate() {
        for (level, &set) in levels.iter().enumerate().filter(|(_, set)| set.count > 0) {
            groups.entry(set).or_default().push((which, level));
        }
    }
    let mut folds = Folds::new();
    for (set, members) in &groups {
        let distinct: BTreeSet<usize> = members.iter().map(|&(which, _)| which).collect();
        let mut foldable: Vec<(usize, usize, usize)> = members
            .iter()
            .filter_map(|&(which, level)| {
                let auto = distinct.len() >= 2 && set.count >= MIN_ROWS;
                let to = target(columns[which], &sets[which], level)?;
                rule.covers(&level_name(columns[which], level)?, auto).then_some((which, level, to))
            })
            .collect();
        // Kept once: where no other column says it any more, the first one stays.
        if distinct.len() >= 2 && foldable.len() == members.len() {
            foldable.remove(0);
        }
        for (which, level, to) in foldable {
            folds.entry(which).or_default().insert(level, to);
        }
    }
    let findings = folds
        .iter()
        .flat_map(|(&which, pairs)| pairs.iter().map(move |(&level, &to)| (which, level, to)))
        .map(|(which, level, to)| told(columns[which], sets[which][level].count, level, to))
        .collect();
    (folds, findings)
}

/// The level into which `level` could be folded.
fn target(column: &Column, sets: &[RowSet], level: usize) -> Option<usize> {
    let Values::Category { levels, ordered: false, .. } = &column.values else { return None };
    no_level(levels, |at| sets[at].count > 0).filter(|&no| no != level)
}

fn level_name(column: &Column, level: usize) -> Option<String> {
    match &column.values {
        Values::Category { levels, .. } => levels.get(level).cloned(),
        _ => None,
    }
}

fn told(column: &Column, count: usize, level: usize, to: usize) -> Finding {
    let names = level_name(column, level).zip(level_name(column, to));
    // The level of a few customers is theirs.
    let finding = match names.filter(|_| count >= MIN_ROWS) {
        Some((level, other)) => Finding::new(
            "not-applicable-level_named",
            Severity::Note,
            facts!(level = level, other = other, name = &column.name),
        ),
        None => {
            Finding::new("not-applicable-level_rare", Severity::Note, facts!(name = &column.name))
        }
    };
    finding.column(&column.name).count(count)
}

/// A feature that has been learnt, with the rows of each of its terms: `None` where a
/// term is no 0/1 column and repeats nothing.
pub(crate) struct Draft {
    pub(crate) feature: Feature,
    pub(crate) rows: Vec<RowSet>,
    pub(crate) findings: Vec<Finding>,
}

/// Leaves out every 0/1 column that equals an earlier one or its opposite, and every
/// number that repeats an earlier one.
pub(crate) fn without_duplicates(drafts: Vec<Draft>, all: RowSet) -> (Vec<Feature>, Vec<Finding>) {
    let mut seen: BTreeMap<RowSet, String> = BTreeMap::new();
    let mut features = Vec::new();
    let mut findings = Vec::new();
    for mut draft in drafts {
        findings.append(&mut draft.findings);
        let mut feature = draft.feature;
        let mut twin = None;
        let mut left_out = 0;
        let terms = std::mem::take(&mut feature.terms);
        for (term, set) in terms.into_iter().zip(draft.rows) {
            // A number's key counts more rows than there are: it has no opposite.
            let opposite = (set.count <= all.count).then(|| set.complement(all));
            let found = seen.get(&set).or_else(|| seen.get(&opposite?));
            if let Some(other) = found.filter(|&other| *other != feature.source) {
                twin.get_or_insert_with(|| other.clone());
                left_out += 1;
            } else {
                seen.insert(set, feature.source.clone());
                feature.terms.push(term);
            }
        }
        if let Some(other) = twin {
            let key = if feature.terms.is_empty() {
                "duplicate-column_whole"
            } else {
                "duplicate-column_part"
            };
            let told = facts!(name = &feature.source, other = other);
            let finding = Finding::new(key, Severity::Note, told);
            findings.push(finding.column(&feature.source).count(left_out));
        }
        if !feature.terms.is_empty() {
            features.push(feature);
        }
    }
    (features, findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sets_have_equal_keys_and_complements_add_up() {
        let keys = row_keys(100);
        let mut a = RowSet::default();
        let mut b = RowSet::default();
        keys.iter().step_by(2).for_each(|&key| a.add(key));
        keys.iter().skip(1).step_by(2).for_each(|&key| b.add(key));
        assert_ne!(a, b);
        assert_eq!(a.complement(RowSet::all(&keys)), b);
    }
}
