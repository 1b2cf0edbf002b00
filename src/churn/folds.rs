//! Which fold each customer belongs to.
//!
//! Folds are stratified by outcome, and customers that are equal in every feature
//! (twins) share a fold whatever their ids: a model must not be judged on a row that it
//! has learnt by heart. The assignment follows a seeded hash of the values, so that the
//! order of the rows does not matter.

use rand::RngCore;
use rayon::prelude::*;

use crate::seed::Seed;
use crate::stats::number;
use crate::table::{FeatureTable, Values};

/// Customers per unit of parallel work.
const CHUNK: usize = 4096;

/// How many folds, at most.
pub(super) const FOLDS: usize = 5;

/// Above this many customers there are three folds: two thirds of so many teach a model what
/// four fifths teach it, in less than half the time.
const MANY: usize = 200_000;

/// How many folds so many known customers are dealt into; three are the fewest that leave an
/// inner fold to judge by.
pub(super) fn how_many(n: usize) -> usize {
    if n > MANY { 3 } else { FOLDS }
}

/// Groups of customers that are equal in every feature.
pub(super) struct Twins {
    /// The group of each known customer.
    group_of: Vec<u32>,
    /// The hash of each group's values, ascending.
    keys: Vec<(u64, u64)>,
}

/// Customers that must share a fold.
struct Group {
    /// Its place in [`Twins::keys`].
    place: usize,
    /// The hash of its values with the salt of a repeat.
    key: u64,
    events: usize,
    others: usize,
}

impl Twins {
    /// Groups the customers at `rows` by the values that they have in `columns`.
    pub(super) fn of(table: &FeatureTable, columns: &[usize], rows: &[usize]) -> Self {
        let start = (0x243F_6A88_85A3_08D3_u64, 0x1319_8A2E_0370_7344_u64);
        let mut hashes = vec![start; rows.len()];
        hashes.par_chunks_mut(CHUNK).zip(rows.par_chunks(CHUNK)).for_each(|(hashes, rows)| {
            for &column in columns {
                let values = &table.columns()[column].values;
                for (hash, &row) in hashes.iter_mut().zip(rows) {
                    let bits = bits(values, row);
                    hash.0 = mix(hash.0 ^ bits);
                    hash.1 = mix(hash.1.rotate_left(23) ^ bits.wrapping_mul(0x9E37_79B9_7F4A_7C15));
                }
            }
        });
        let mut order: Vec<((u64, u64), usize)> = hashes.into_iter().zip(0..).collect();
        order.par_sort_unstable();
        let (mut keys, mut group_of) = (Vec::new(), vec![0; rows.len()]);
        for (hash, i) in order {
            if keys.last() != Some(&hash) {
                keys.push(hash);
            }
            #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^32 customers")]
            let group = (keys.len() - 1) as u32;
            group_of[i] = group;
        }
        Self { group_of, keys }
    }

    /// How many customers have at least one twin.
    pub(super) fn count(&self) -> usize {
        let mut sizes = vec![0_usize; self.keys.len()];
        for &group in &self.group_of {
            sizes[group as usize] += 1;
        }
        sizes.into_iter().filter(|&size| size > 1).sum()
    }

    /// The fold of each customer, from 0; [`how_many`] says how many there are.
    ///
    /// Groups are taken by size, the largest first, then in the order of their salted
    /// hash, and each goes where its classes are rarest so far.
    pub(super) fn folds(&self, outcomes: &[bool], seed: Seed, repeat: u64) -> Vec<u8> {
        let salt = seed.stream("folds", repeat).next_u64();
        let empty = |(place, key): (usize, &(u64, u64))| Group {
            place,
            key: mix(key.0 ^ salt),
            events: 0,
            others: 0,
        };
        let mut groups: Vec<Group> = self.keys.iter().enumerate().map(empty).collect();
        for (&group, &outcome) in self.group_of.iter().zip(outcomes) {
            groups[group as usize].events += usize::from(outcome);
            groups[group as usize].others += usize::from(!outcome);
        }
        groups.par_sort_unstable_by_key(|group| {
            (std::cmp::Reverse(group.events + group.others), group.key, group.place)
        });
        let homes = place(&groups, outcomes);
        self.group_of.iter().map(|&group| homes[group as usize]).collect()
    }
}

/// The fold of each group.
fn place(groups: &[Group], outcomes: &[bool]) -> Vec<u8> {
    let events = number(outcomes.iter().filter(|&&yes| yes).count()).max(1.0);
    let others = (number(outcomes.len()) - events).max(1.0);
    let mut filled = [(0_usize, 0_usize); FOLDS];
    let mut homes = vec![0; groups.len()];
    for group in groups {
        // What the sum of squared class shares would grow by.
        let cost = |fold: usize| {
            let grow = |has: usize, gets: usize, total: f64| {
                (2.0 * number(has) + number(gets)) * number(gets) / (total * total)
            };
            grow(filled[fold].0, group.events, events) + grow(filled[fold].1, group.others, others)
        };
        let mut best = 0;
        for fold in 1..how_many(outcomes.len()) {
            if cost(fold) < cost(best) {
                best = fold;
            }
        }
        filled[best].0 += group.events;
        filled[best].1 += group.others;
        #[expect(clippy::cast_possible_truncation, reason = "there are five folds")]
        let home = best as u8;
        homes[group.place] = home;
    }
    homes
}

/// A value as bits; every missing number is the same, and -0 is 0.
pub(super) fn bits(values: &Values, row: usize) -> u64 {
    match values {
        Values::Number(values) if values[row].is_nan() => u64::MAX,
        Values::Number(values) => (values[row] + 0.0).to_bits(),
        Values::Flag { codes, .. } => u64::from(codes[row]),
        Values::Category { codes, .. } => u64::from(codes[row]),
    }
}

/// The finaliser of splitmix64: every bit of the input reaches every bit of the output.
pub(super) fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
