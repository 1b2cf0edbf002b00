//! Which fold each customer belongs to.
//!
//! Folds are stratified by outcome, and customers that are equal in every feature
//! (twins) share a fold whatever their ids: a model must not be judged on a row that it
//! has learnt by heart. So do those equal in every number where chance does not make them so
//! ([`super::copies`]). The assignment follows a seeded hash of the values, so that the order
//! of the rows does not matter.

use rand::RngCore;
use rayon::prelude::*;

use super::copies;
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

/// What the values of a customer come to; customers with equal values have equal ones.
pub(super) type Hash = (u64, u64);

/// Groups of customers that share a fold.
pub(super) struct Twins {
    /// The group of each known customer.
    group_of: Vec<u32>,
    /// The hash of each group's values, ascending.
    keys: Vec<Hash>,
    /// How many customers equal another in every feature.
    equal: usize,
    /// How many customers equal another in every number and not in every feature, against
    /// chance.
    copied: usize,
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
        let mut hashes = hashes(table, columns, rows);
        let (group_of, keys) = grouped(&hashes);
        let equal = in_company(&group_of, keys.len()).filter(|&is| is).count();
        let copied = copies::join(table, columns, rows, &mut hashes);
        if copied == 0 {
            return Self { group_of, keys, equal, copied };
        }
        let (group_of, keys) = grouped(&hashes);
        Self { group_of, keys, equal, copied }
    }

    /// How many customers equal another in every feature.
    pub(super) fn equal(&self) -> usize {
        self.equal
    }

    /// How many customers equal another in every number, against chance, though one of those
    /// whose numbers they share has another value elsewhere.
    pub(super) fn copied(&self) -> usize {
        self.copied
    }

    /// The fold of each customer, from 0; [`how_many`] says how many there are.
    ///
    /// Groups are taken by size, the largest first, then in the order of their salted
    /// hash, and each goes where its classes are rarest so far.
    pub(super) fn folds(&self, outcomes: &[bool], seed: Seed, repeat: u64) -> Vec<u8> {
        let salt = seed.stream("folds", repeat).next_u64();
        let empty = |(place, key): (usize, &Hash)| Group {
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

/// The hash of what each customer at `rows` has in `columns`.
pub(super) fn hashes(table: &FeatureTable, columns: &[usize], rows: &[usize]) -> Vec<Hash> {
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
    hashes
}

/// The group of each customer, and the hash of each group, ascending.
pub(super) fn grouped(hashes: &[Hash]) -> (Vec<u32>, Vec<Hash>) {
    let mut order: Vec<(Hash, usize)> = hashes.iter().copied().zip(0..).collect();
    order.par_sort_unstable();
    let (mut keys, mut group_of) = (Vec::new(), vec![0; hashes.len()]);
    for (hash, i) in order {
        if keys.last() != Some(&hash) {
            keys.push(hash);
        }
        #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^32 customers")]
        let group = (keys.len() - 1) as u32;
        group_of[i] = group;
    }
    (group_of, keys)
}

/// Whether each customer shares its group with another.
pub(super) fn in_company(group_of: &[u32], n_groups: usize) -> impl Iterator<Item = bool> + '_ {
    let mut sizes = vec![0_u32; n_groups];
    for &group in group_of {
        sizes[group as usize] += 1;
    }
    group_of.iter().map(move |&group| sizes[group as usize] > 1)
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

/// The bits of a missing number.
pub(super) const MISSING: u64 = u64::MAX;

/// A value as bits; every missing number is the same, and -0 is 0.
pub(super) fn bits(values: &Values, row: usize) -> u64 {
    match values {
        Values::Number(values) if values[row].is_nan() => MISSING,
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
