//! Whether columns that are named like shares sum to one whole. Where they do, one of them
//! follows from the others: the most common is left out, and the rest is one block.

use crate::finding::{Finding, Severity};
use crate::said::facts;
use crate::table::{Block, BlockKind, Column, Values};

/// The share of rows whose parts must sum to the whole.
const MOST_ROWS: f64 = 0.99;
/// The whole, as a share and in percent.
const WHOLES: [f64; 2] = [1.0, 100.0];
/// Rounding of sums that are written with many decimals.
const ROUNDING: f64 = 1e-6;

/// Finds the runs of share columns that sum to one whole in at least 99 % of the rows that
/// have all of them (customers without anything to share have 0 in all), leaves out the most
/// common one of each and makes the rest a block. Shares that sum to nothing become numbers.
pub(super) fn settle(columns: Vec<Column>, findings: &mut Vec<Finding>) -> Vec<Column> {
    let is_share = |column: &Column| {
        column.block.as_ref().is_some_and(|block| block.kind == BlockKind::Shares)
    };
    let found: Vec<usize> = (0..columns.len()).filter(|&at| is_share(&columns[at])).collect();
    let mut columns = columns;
    for &at in &found {
        columns[at].block = None;
    }
    let mut left_out = Vec::new();
    let mut first = 0;
    while first < found.len() {
        let Some(length) = run(&columns, &found[first..]) else {
            first += 1;
            continue;
        };
        let members = &found[first..first + length];
        left_out.push(close(&mut columns, members, findings));
        first += length;
    }
    let kept = columns.into_iter().enumerate().filter(|(at, _)| !left_out.contains(at));
    kept.map(|(_, column)| column).collect()
}

fn values(column: &Column) -> &[f64] {
    match &column.values {
        Values::Number(values) => values,
        _ => &[],
    }
}

/// How many of the columns, from the first on, sum to a whole: the fewest.
fn run(columns: &[Column], from: &[usize]) -> Option<usize> {
    let n = columns[*from.first()?].values.len();
    let mut sums = vec![0.0; n];
    let mut rounding = ROUNDING;
    for (taken, &at) in from.iter().enumerate() {
        let column = &columns[at];
        rounding += 0.5 * libm::pow(10.0, -f64::from(column.decimals));
        sums.iter_mut().zip(values(column)).for_each(|(sum, value)| *sum += value);
        if taken == 0 {
            continue;
        }
        for whole in WHOLES {
            // 0 and 1 written without decimals would sum to anything.
            if rounding * 4.0 < whole && is_whole(&sums, whole, rounding) {
                return Some(taken + 1);
            }
        }
    }
    None
}

/// Whether nearly all sums are the whole, or nothing at all.
fn is_whole(sums: &[f64], whole: f64, rounding: f64) -> bool {
    let (mut full, mut empty, mut other) = (0_usize, 0_usize, 0_usize);
    for sum in sums.iter().filter(|sum| !sum.is_nan()) {
        if (sum - whole).abs() <= rounding {
            full += 1;
        } else if *sum == 0.0 {
            empty += 1;
        } else {
            other += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of rows stay below 2^53")]
    let share = |n: usize| n as f64 / sums.len().max(1) as f64;
    full > empty + other && share(other) <= 1.0 - MOST_ROWS && share(full) >= 0.5
}

/// Makes the columns a block; gives the position of the one that is left out.
fn close(columns: &mut [Column], members: &[usize], findings: &mut Vec<Finding>) -> usize {
    let total =
        |at: usize| values(&columns[at]).iter().filter(|value| !value.is_nan()).sum::<f64>();
    // The first of the most common.
    let most = members
        .iter()
        .rev()
        .copied()
        .max_by(|&a, &b| total(a).total_cmp(&total(b)))
        .unwrap_or(members[0]);
    let names: Vec<String> = members.iter().map(|&at| columns[at].name.clone()).collect();
    let name = format!("shares from {} to {}", names[0], names[names.len() - 1]);
    for &at in members {
        columns[at].block = Some(Block { name: name.clone(), kind: BlockKind::Shares });
    }
    findings.push(
        Finding::new(
            "shares-of-one-whole",
            Severity::Note,
            facts!(columns = names, most = &columns[most].name),
        )
        .column(&columns[most].name)
        .count(members.len()),
    );
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Family, Role};

    fn share(name: &str, values: &[f64], decimals: u8) -> Column {
        Column {
            name: name.into(),
            role: Role::Number,
            family: Family::Behavioural,
            unit: None,
            decimals,
            block: Some(Block { name: "shares".into(), kind: BlockKind::Shares }),
            values: Values::Number(values.to_vec()),
        }
    }

    fn settled(columns: Vec<Column>) -> (Vec<(String, bool)>, usize) {
        let mut findings = Vec::new();
        let columns = settle(columns, &mut findings);
        let told = columns.iter().map(|column| (column.name.clone(), column.block.is_some()));
        (told.collect(), findings.len())
    }

    fn expected(list: &[(&str, bool)]) -> Vec<(String, bool)> {
        list.iter().map(|&(name, block)| (name.to_owned(), block)).collect()
    }

    #[test]
    fn the_most_common_share_follows_from_the_others() {
        let (kept, told) = settled(vec![
            share("wine", &[0.1, 0.2, 0.333, 0.0], 3),
            share("meat", &[0.7, 0.5, 0.333, 0.0], 3),
            share("fish", &[0.2, 0.3, 0.333, 0.0], 3),
        ]);
        assert_eq!((kept, told), (expected(&[("wine", true), ("fish", true)]), 1));
    }

    #[test]
    fn two_wholes_beside_each_other_are_two_blocks() {
        let (kept, told) = settled(vec![
            share("web", &[25.0, 50.0, 10.0], 1),
            share("shop", &[75.0, 50.0, 90.0], 1),
            share("alone", &[0.4, 0.1, 0.9], 2),
            share("weekday", &[0.9, 0.2, 0.5], 1),
            share("weekend", &[0.1, 0.8, 0.5], 1),
        ]);
        let left = [("web", true), ("alone", false), ("weekend", true)];
        assert_eq!((kept, told), (expected(&left), 2));
    }

    #[test]
    fn shares_that_sum_to_nothing_are_numbers() {
        let columns = vec![share("a", &[0.1, 0.2, 0.9], 1), share("b", &[0.9, 0.3, 0.4], 1)];
        assert_eq!(settled(columns), (expected(&[("a", false), ("b", false)]), 0));
        // Zeros and ones without decimals sum to one by chance or as dummies.
        let dummies = vec![share("a", &[0.0, 1.0, 1.0], 0), share("b", &[1.0, 0.0, 0.0], 0)];
        assert_eq!(settled(dummies).1, 0);
    }
}
