//! The search for short rules: a beam over conditions, kept as bitsets of customers.
//!
//! Thresholds are quantiles of the column (every value of columns with few), rounded
//! before they are tried. The search itself looks at no more than 8,192 customers;
//! what it finds is measured on all of them. The score is F1, the harmonic mean of
//! coverage and precision, less .01 for each further condition.
//!
//! # References
//!
//! Clark, P. and Niblett, T. (1989). The CN2 induction algorithm. Machine Learning 3,
//! 261-283 (beam search for conjunctions).
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::table::{FeatureTable, OTHER, Values};

use super::measure::Groups;
use super::rule::{Condition, Rule, Test, packed, sensible};

/// Customers that the search looks at.
const SAMPLE: usize = 8_192;
/// Rules kept at each length.
const BEAM: usize = 8;
/// Conditions of a rule.
const LONGEST: usize = 3;
/// What another condition must gain.
const PRICE: f64 = 0.01;
/// Below these a rule is not told.
const MIN_PRECISION: f64 = 0.60;
const MIN_COVERAGE: f64 = 0.50;
/// Columns with at most this many distinct values are cut at each.
const FEW: usize = 16;

/// A set of customers, one bit each.
type Bits = Vec<u64>;

fn bits_of(rows: &[u32], holds: impl Fn(usize) -> bool) -> Bits {
    packed(rows, |row| holds(row as usize))
}

fn both(a: &[u64], b: &[u64]) -> Bits {
    a.iter().zip(b).map(|(x, y)| x & y).collect()
}

fn size(bits: &[u64]) -> u64 {
    bits.iter().map(|word| u64::from(word.count_ones())).sum()
}

fn overlap(a: &[u64], b: &[u64]) -> u64 {
    a.iter().zip(b).map(|(x, y)| u64::from((x & y).count_ones())).sum()
}

/// The best short rule of each segment, or `None` where no rule of at most three
/// conditions has precision .60 and coverage .50, or where it would tell of fewer than
/// `min_cell` customers.
pub(crate) fn search(
    table: &FeatureTable,
    columns: &[usize],
    groups: &Groups,
    min_cell: usize,
) -> Vec<Option<Rule>> {
    let sample = sample(groups.of.len());
    let conditions: Vec<Condition> = columns
        .par_iter()
        .map(|&column| candidates(table, column, &sample, min_cell))
        .collect::<Vec<_>>()
        .into_iter()
        .flatten()
        .collect();
    let sets: Vec<Bits> = conditions
        .par_iter()
        .map(|condition| bits_of(&sample, |row| condition.holds(table, row)))
        .collect();
    let pools: Vec<Vec<Vec<usize>>> = (0..groups.n_segments)
        .into_par_iter()
        .map(|segment| {
            if groups.sizes[segment] < min_cell.max(1) as u64 {
                return Vec::new();
            }
            let members = bits_of(&sample, |row| groups.of[row] as usize == segment);
            beam(&conditions, &sets, &members)
        })
        .collect();

    let mut used: Vec<usize> = pools.iter().flatten().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    let exact: BTreeMap<usize, Bits> = used
        .into_par_iter()
        .map(|at| (at, conditions[at].of_all(table)))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    pools
        .into_par_iter()
        .enumerate()
        .map(|(segment, pool)| {
            let members = packed(&groups.of, |group| group as usize == segment);
            best(&pool, &conditions, &exact, &members, groups.sizes[segment], min_cell)
        })
        .collect()
}

/// At most [`SAMPLE`] rows, spread by a hash so that no period in the order of the
/// customers matters, ascending.
fn sample(n: usize) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..n).filter_map(|row| u32::try_from(row).ok()).collect();
    if n > SAMPLE {
        let mut keyed: Vec<(u64, u32)> =
            rows.iter().map(|&row| (scrambled(u64::from(row)), row)).collect();
        keyed.select_nth_unstable(SAMPLE - 1);
        rows = keyed[..SAMPLE].iter().map(|(_, row)| *row).collect();
        rows.sort_unstable();
    }
    rows
}

/// `SplitMix64`'s output function (Steele, Lea and Flood 2014): a fixed shuffle of rows,
/// not a random draw.
fn scrambled(x: u64) -> u64 {
    let mut z = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The conditions worth trying on one column.
fn candidates(
    table: &FeatureTable,
    column: usize,
    sample: &[u32],
    min_cell: usize,
) -> Vec<Condition> {
    let values = &table.columns()[column].values;
    let enough = |n: usize| n >= min_cell.max(1);
    let mut tests = match values {
        Values::Number(numbers) => number_tests(numbers, table.columns()[column].decimals, sample),
        Values::Flag { codes, .. } => (0..2_u8)
            .filter(|code| enough(codes.iter().map(|c| usize::from(c == code)).sum()))
            .map(|code| Test::Is(u32::from(code)))
            .collect(),
        Values::Category { codes, levels, .. } => {
            let mut counts = vec![0_usize; levels.len()];
            for &code in codes {
                if let Some(count) = counts.get_mut(code as usize) {
                    *count += 1;
                }
            }
            let known = (0..levels.len()).filter(|&l| levels[l] != OTHER && enough(counts[l]));
            known
                .filter_map(|level| u32::try_from(level).ok())
                .flat_map(|code| [Test::Is(code), Test::IsNot(code)])
                .collect()
        }
    };
    let missing = values.n_missing();
    if enough(missing) && missing < values.len() {
        tests.push(Test::Missing);
    }
    tests.into_iter().map(|test| Condition { column, test }).collect()
}

fn number_tests(numbers: &[f64], decimals: u8, sample: &[u32]) -> Vec<Test> {
    let mut sorted: Vec<f64> =
        sample.iter().map(|&row| numbers[row as usize]).filter(|value| !value.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let at = |share: f64| {
        // The share is inside 0..1, so the position is inside the sample.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..len")]
        let position = (share * (sorted.len() - 1) as f64) as usize;
        sorted[position]
    };
    let mut distinct = sorted.clone();
    distinct.dedup();
    let mut cuts: Vec<f64> = if distinct.len() <= FEW {
        distinct.iter().skip(1).copied().collect()
    } else {
        let quartiles = at(0.75) - at(0.25);
        let spread = if quartiles > 0.0 { quartiles } else { (last - first) / 4.0 };
        let inner = (1..20).map(|i| f64::from(i) / 20.0);
        let shares = [0.01, 0.025].into_iter().chain(inner).chain([0.975, 0.99]);
        shares.map(|share| sensible(at(share), spread, decimals)).collect()
    };
    cuts.sort_unstable_by(f64::total_cmp);
    cuts.dedup();
    cuts.retain(|&cut| first < cut && cut <= last);
    let mut tests: Vec<Test> =
        cuts.into_iter().flat_map(|cut| [Test::AtLeast(cut), Test::Below(cut)]).collect();
    let zeros = sorted.iter().filter(|value| **value == 0.0).count();
    if distinct.len() > FEW && zeros * 50 > sorted.len() {
        tests.extend([Test::Above(0.0), Test::AtMost(0.0)]);
    }
    tests
}

/// F1 of a rule that finds `found` customers, `hit` of them among `wanted`.
fn score(hit: u64, found: u64, wanted: u64) -> f64 {
    if found + wanted == 0 { 0.0 } else { 2.0 * hit as f64 / (found + wanted) as f64 }
}

/// The best rules of one, two and three conditions on the sample, as positions in
/// `conditions`.
fn beam(conditions: &[Condition], sets: &[Bits], members: &[u64]) -> Vec<Vec<usize>> {
    let wanted = size(members);
    let mut kept: Vec<(f64, Vec<usize>, Bits)> = Vec::new();
    let mut pool = Vec::new();
    for length in 1..=LONGEST {
        let mut next: Vec<(f64, Vec<usize>)> = Vec::new();
        let mut try_one = |parent: &[usize], set: Option<&Bits>, at: usize| {
            let (hit, found) = set.map_or_else(
                || (overlap(&sets[at], members), size(&sets[at])),
                |set| {
                    let joint = both(set, &sets[at]);
                    (overlap(&joint, members), size(&joint))
                },
            );
            let mut rule = parent.to_vec();
            rule.push(at);
            rule.sort_unstable();
            next.push((score(hit, found, wanted), rule));
        };
        for at in 0..conditions.len() {
            if length == 1 {
                try_one(&[], None, at);
            }
            for (_, parent, set) in &kept {
                if parent.iter().all(|&old| sensible_pair(&conditions[old], &conditions[at])) {
                    try_one(parent, Some(set), at);
                }
            }
        }
        next.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        next.dedup_by(|a, b| a.1 == b.1);
        next.truncate(BEAM);
        kept = next
            .into_iter()
            .map(|(score, rule)| {
                let set =
                    rule[1..].iter().fold(sets[rule[0]].clone(), |set, &at| both(&set, &sets[at]));
                (score, rule, set)
            })
            .collect();
        pool.extend(kept.iter().map(|(_, rule, _)| rule.clone()));
    }
    pool
}

/// Whether a second condition can add anything: another column, or the other end of a
/// range, or another excluded level.
fn sensible_pair(old: &Condition, new: &Condition) -> bool {
    let lower = |test: &Test| matches!(test, Test::AtLeast(_) | Test::Above(_));
    let upper = |test: &Test| matches!(test, Test::Below(_) | Test::AtMost(_));
    old.column != new.column
        || (lower(&old.test) && upper(&new.test))
        || (upper(&old.test) && lower(&new.test))
        || (matches!((old.test, new.test), (Test::IsNot(a), Test::IsNot(b)) if a != b))
}

/// Measures the rules of a pool on all customers and takes the best that may be told.
fn best(
    pool: &[Vec<usize>],
    conditions: &[Condition],
    exact: &BTreeMap<usize, Bits>,
    members: &[u64],
    wanted: u64,
    min_cell: usize,
) -> Option<Rule> {
    let mut winner: Option<(f64, Rule)> = None;
    for rule in pool {
        let mut sets = rule.iter().filter_map(|at| exact.get(at));
        let first = sets.next()?.clone();
        let set = sets.fold(first, |set, other| both(&set, other));
        let (hit, found) = (overlap(&set, members), size(&set));
        if hit < min_cell.max(1) as u64 {
            continue;
        }
        let (coverage, precision) = (hit as f64 / wanted as f64, hit as f64 / found as f64);
        if coverage < MIN_COVERAGE || precision < MIN_PRECISION {
            continue;
        }
        let score = score(hit, found, wanted) - PRICE * rule.len() as f64;
        if winner.as_ref().is_none_or(|(best, _)| score > *best) {
            let conditions = rule.iter().map(|&at| conditions[at]).collect();
            winner = Some((score, Rule { conditions, coverage, precision }));
        }
    }
    winner.map(|(_, rule)| in_order(rule))
}

/// Conditions by column, the lower end of a range first.
fn in_order(mut rule: Rule) -> Rule {
    let end = |condition: &Condition| match condition.test {
        Test::AtLeast(_) | Test::Above(_) => 0_u8,
        _ => 1,
    };
    rule.conditions.sort_by_key(|condition| (condition.column, end(condition)));
    rule
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::testing::{category, flag, number, table};
    use crate::table::MISSING_LEVEL;

    /// A box of 40 <= x < 60 and plan b in 20,000 customers is found as it was planted.
    #[test]
    fn a_planted_box_is_found() {
        let n = 20_000_u64;
        let x: Vec<f64> = (0..n).map(|i| (scrambled(i) % 100) as f64).collect();
        let noise: Vec<f64> = (0..n).map(|i| (scrambled(i + n) % 1000) as f64).collect();
        let plan: Vec<u32> =
            (0..n).map(|i| u32::try_from(scrambled(i + 2 * n) % 3).unwrap()).collect();
        let labels: Vec<Option<u32>> = x
            .iter()
            .zip(&plan)
            .map(|(&x, &plan)| Some(u32::from((40.0..60.0).contains(&x) && plan == 1)))
            .collect();
        let table = table(vec![
            number("noise", noise),
            number("x", x),
            category("plan", &["a", "b", "c"], plan),
        ]);
        let groups = Groups::new(&labels, 2);
        let rules = search(&table, &[0, 1, 2], &groups, 10);
        let rule = rules[1].as_ref().unwrap();
        assert!((rule.coverage - 1.0).abs() < 1e-12 && (rule.precision - 1.0).abs() < 1e-12);
        assert_eq!(rule.words(&table), "x is at least 40 and below 60 and plan is b");
    }

    #[test]
    fn bits_of_all_customers_are_the_condition_of_each() {
        let n = 1_000_usize;
        let x = (0..n).map(|i| if i % 7 == 0 { f64::NAN } else { (i % 40) as f64 }).collect();
        let codes = (0..n).map(|i| [0, 1, 2, MISSING_LEVEL][i % 4]).collect();
        let flags = (0..n).map(|i| [0, 1, 2][i % 3]).collect();
        let table = table(vec![
            number("x", x),
            category("plan", &["a", "b", "c"], codes),
            flag("f", flags),
        ]);
        let of_numbers =
            [Test::AtLeast(7.0), Test::Below(7.0), Test::Above(7.0), Test::AtMost(7.0)];
        let of_levels = [Test::Is(1), Test::IsNot(1), Test::Missing];
        for (column, test) in of_numbers
            .into_iter()
            .chain(of_levels)
            .flat_map(|test| (0..3).map(move |column| (column, test)))
        {
            let condition = Condition { column, test };
            let one_by_one: Vec<usize> = (0..n).filter(|&i| condition.holds(&table, i)).collect();
            let bits = condition.of_all(&table);
            let all: Vec<usize> = (0..n).filter(|&i| bits[i / 64] >> (i % 64) & 1 == 1).collect();
            assert_eq!(all, one_by_one, "{condition:?}");
        }
    }

    #[test]
    fn noise_has_no_short_rule() {
        let n = 3_000_u64;
        let x: Vec<f64> = (0..n).map(|i| (scrambled(i) % 1000) as f64).collect();
        let labels: Vec<Option<u32>> =
            (0..n).map(|i| Some(u32::try_from(scrambled(i + n) % 4).unwrap())).collect();
        let table = table(vec![number("x", x)]);
        let rules = search(&table, &[0], &Groups::new(&labels, 4), 10);
        assert!(rules.iter().all(Option::is_none));
    }

    #[test]
    fn coverage_and_precision_are_those_of_the_rounded_rule() {
        let n = 5_000_u64;
        let x: Vec<f64> = (0..n).map(|i| (scrambled(i) % 100_000) as f64 / 100.0).collect();
        let labels: Vec<Option<u32>> = x.iter().map(|&x| Some(u32::from(x >= 333.33))).collect();
        let table = table(vec![number("x", x)]);
        let groups = Groups::new(&labels, 2);
        for (segment, rule) in search(&table, &[0], &groups, 10).into_iter().enumerate() {
            let rule = rule.unwrap();
            let (mut hit, mut found) = (0_u64, 0_u64);
            for row in 0..groups.of.len() {
                if rule.conditions.iter().all(|condition| condition.holds(&table, row)) {
                    found += 1;
                    hit += u64::from(groups.of[row] as usize == segment);
                }
            }
            assert!((rule.precision - hit as f64 / found as f64).abs() < 1e-15);
            assert!((rule.coverage - hit as f64 / groups.sizes[segment] as f64).abs() < 1e-15);
        }
    }
}
