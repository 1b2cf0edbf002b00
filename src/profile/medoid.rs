//! The typical customer of a segment: the one that is nearest to all others of it, told as
//! the ranges of those around it and never by values of its own.
//!
//! With squared Euclidean distances the sum from a customer `x` to the `n` customers of a
//! segment is `n |x - m|^2` and what no choice of `x` changes, `m` being the mean. So the
//! customer with the smallest sum, the medoid, is the one nearest to the mean: O(n d) instead
//! of O(n^2 d).
//!
//! # References
//!
//! Kaufman, L., Rousseeuw, P. J. (1990). Finding Groups in Data. Wiley, chapter 2.

use rayon::prelude::*;

use super::drivers::Driver;
use super::measure::Groups;
use super::wording::named;
use crate::matrix::Matrix;
use crate::results::{Typical, TypicalValue};
use crate::stats::quantile;
use crate::table::{Column, FeatureTable, MISSING_FLAG, MISSING_LEVEL, OTHER, Role, Values};

/// The part of a segment that is nearest to its medoid and lends it its ranges: one in so many.
const PART: usize = 4;
/// The share that a level needs among them, 0..1.
const MOST: f64 = 0.6;
/// The share of them whose value must be known, 0..1.
const KNOWN: f64 = 0.5;
/// Values of the columns that made the segments, where others are there to be told.
const OF_BASE: usize = 3;
/// Values in all.
const IN_ALL: usize = 6;

/// Per segment, the customers around its medoid: the nearest quarter, at least four times
/// `min_cell`; empty for a segment of fewer. Ties go to the earlier row.
pub(super) fn kin(space: &Matrix, groups: &Groups, min_cell: usize) -> Vec<Vec<usize>> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups.n_segments];
    for (row, &group) in groups.of.iter().enumerate() {
        if let Some(members) = members.get_mut(group as usize) {
            members.push(row);
        }
    }
    let least = PART * min_cell.max(1);
    members.par_iter().map(|members| around_medoid(space, members, least)).collect()
}

fn around_medoid(space: &Matrix, members: &[usize], least: usize) -> Vec<usize> {
    if members.len() < least {
        return Vec::new();
    }
    let d = space.n_columns();
    let at = |row: usize| &space.row_major()[row * d..(row + 1) * d];
    let mut mean = vec![0.0; d];
    for &row in members {
        mean.iter_mut().zip(at(row)).for_each(|(sum, value)| *sum += value);
    }
    for sum in &mut mean {
        *sum /= crate::stats::number(members.len());
    }
    let apart = |row: usize, from: &[f64]| -> f64 {
        at(row).iter().zip(from).map(|(a, b)| (a - b) * (a - b)).sum()
    };
    let by = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    let from = |point: &[f64]| -> Vec<(f64, usize)> {
        members.par_iter().map(|&row| (apart(row, point), row)).collect()
    };
    let Some((_, medoid)) = from(&mean).into_iter().min_by(by) else { return Vec::new() };
    let mut near = from(at(medoid));
    let kept = (members.len() / PART).max(least);
    if kept < near.len() {
        near.select_nth_unstable_by(kept, by);
        near.truncate(kept);
    }
    near.into_iter().map(|(_, row)| row).collect()
}

/// What those customers have in common: three columns that made the segments and three that
/// did not, in which the segment differs most. `None` where there are none.
pub(super) fn typical(
    table: &FeatureTable,
    kin: &[usize],
    drivers: &[Driver],
    min_cell: usize,
) -> Option<Typical> {
    if kin.is_empty() {
        return None;
    }
    let told: Vec<(bool, TypicalValue)> = drivers
        .iter()
        .filter(|driver| driver.place.is_none())
        .filter_map(|driver| {
            let column = &table.columns()[driver.feature.column];
            Some((driver.in_base, value(column, kin, min_cell)?))
        })
        .collect();
    let (base, others): (Vec<_>, Vec<_>) = told.into_iter().partition(|(in_base, _)| *in_base);
    let spare = IN_ALL.saturating_sub(others.len()).max(OF_BASE);
    let values: Vec<TypicalValue> =
        base.into_iter().take(spare).chain(others).take(IN_ALL).map(|(_, value)| value).collect();
    (!values.is_empty()).then_some(Typical { customers: kin.len() as u64, values })
}

/// Between which values half of them lie, in whole numbers where the column has no others;
/// `None` where there are none.
pub(super) fn middle_half(known: &[f64], decimals: u8) -> Option<[f64; 2]> {
    let (low, high) = quantile(known, 0.25).zip(quantile(known, 0.75))?;
    Some(if decimals == 0 { [low.round(), high.round()] } else { [low, high] })
}

/// The middle half of a number, or the level that most have.
fn value(column: &Column, kin: &[usize], min_cell: usize) -> Option<TypicalValue> {
    let plain =
        |level, range| TypicalValue { column: column.name.clone(), level, range, unit: None };
    let enough =
        |known: usize| crate::stats::number(known) >= KNOWN * crate::stats::number(kin.len());
    let most = |codes: &mut dyn Iterator<Item = usize>, levels: usize| {
        let mut counts = vec![0_usize; levels];
        codes.for_each(|code| counts[code] += 1);
        let known: usize = counts.iter().sum();
        let best = (0..levels).max_by_key(|&code| (counts[code], std::cmp::Reverse(code)))?;
        let hits = counts[best];
        let is_most = crate::stats::number(hits) >= MOST * crate::stats::number(known);
        (enough(known) && hits >= min_cell && is_most).then_some(best)
    };
    match &column.values {
        Values::Number(values) => {
            let known: Vec<f64> =
                kin.iter().map(|&row| values[row]).filter(|value| !value.is_nan()).collect();
            if !enough(known.len()) || known.len() < PART * min_cell.max(1) {
                return None;
            }
            let range = middle_half(&known, column.decimals)?;
            let unit =
                if column.role == Role::Date { Some("days ago") } else { column.unit.as_deref() };
            let unit = named(&column.name, unit).1.map(str::to_owned);
            Some(TypicalValue { unit, ..plain(None, Some(range)) })
        }
        Values::Flag { codes, no, yes } => {
            let known = kin.iter().map(|&row| codes[row]).filter(|&code| code != MISSING_FLAG);
            let best = most(&mut known.map(usize::from), 2)?;
            Some(plain(Some(if best == 1 { yes } else { no }.clone()), None))
        }
        Values::Category { codes, levels, .. } => {
            let known = kin.iter().map(|&row| codes[row]).filter(|&code| code != MISSING_LEVEL);
            let best = most(&mut known.map(|code| code as usize), levels.len())?;
            (levels[best] != OTHER).then(|| plain(Some(levels[best].clone()), None))
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::profile::drivers::drivers;
    use crate::profile::measure::Measured;
    use crate::profile::testing::{category, flag, generated, number, table};

    fn space(rows: &[[f64; 2]]) -> Matrix {
        let flat: Vec<f64> = rows.iter().flatten().copied().collect();
        Matrix::unnamed(Array2::from_shape_vec((rows.len(), 2), flat).unwrap()).unwrap()
    }

    /// The medoid by every pair of distances.
    fn by_pairs(space: &Matrix, members: &[usize]) -> usize {
        let rows = space.values();
        let apart = |a: usize, b: usize| {
            rows.row(a).iter().zip(rows.row(b)).map(|(x, y)| (x - y) * (x - y)).sum::<f64>()
        };
        let sum = |a: usize| members.iter().map(|&b| apart(a, b)).sum::<f64>();
        members.iter().copied().min_by(|&a, &b| sum(a).total_cmp(&sum(b))).unwrap()
    }

    #[test]
    fn the_customer_nearest_the_mean_is_the_medoid() {
        let rows: Vec<[f64; 2]> = (0..97)
            .map(|i| {
                let i = f64::from(i);
                [(i * 7.3) % 11.0, (i * i * 1.7) % 13.0]
            })
            .collect();
        let space = space(&rows);
        let labels: Vec<Option<u32>> = (0..97).map(|i| Some(u32::from(i % 3 == 0))).collect();
        let groups = Groups::new(&labels, 2);
        let kin = kin(&space, &groups, 1);
        for (group, kin) in kin.iter().enumerate() {
            let members: Vec<usize> =
                (0..97).filter(|&i| labels[i] == Some(group as u32)).collect();
            let medoid = by_pairs(&space, &members);
            assert_eq!(kin.len(), members.len() / 4);
            assert!(kin.contains(&medoid));
            let apart = |row: usize| {
                let (a, b) = (rows[row], rows[medoid]);
                (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
            };
            let reach = kin.iter().map(|&row| apart(row)).fold(0.0, f64::max);
            let nearer = members.iter().filter(|&&row| apart(row) < reach).count();
            assert!(nearer < kin.len());
        }
    }

    #[test]
    fn a_segment_of_few_has_no_typical_customer() {
        let rows: Vec<[f64; 2]> = (0..60).map(|i| [f64::from(i), 0.0]).collect();
        let labels: Vec<Option<u32>> = (0..60).map(|i| Some(u32::from(i < 39))).collect();
        let kin = kin(&space(&rows), &Groups::new(&labels, 2), 10);
        assert!(kin.iter().all(Vec::is_empty), "39 and 21 customers, 40 needed");
    }

    /// Forty in a row of 160: quartiles by type 7 lie 9.75 and 29.25 above the first.
    #[test]
    fn values_are_quartiles_and_levels_that_most_have() {
        let n = 160;
        let rows: Vec<[f64; 2]> = (0..n).map(|i| [f64::from(i), 0.0]).collect();
        let spend: Vec<f64> = (0..n).map(f64::from).collect();
        let table = table(vec![
            number("spend", spend),
            flag("partner", (0..n).map(|i| u8::from(i % 10 == 0)).collect()),
            category("plan", &["A", "B"], (0..n).map(|i| u32::from(i % 2 == 0)).collect()),
        ]);
        let groups = Groups::new(&vec![Some(0); n as usize], 1);
        let kin = &kin(&space(&rows), &groups, 10)[0];
        let (low, high) = (kin.iter().min().unwrap(), kin.iter().max().unwrap());
        assert_eq!((kin.len(), high - low), (40, 39));
        let told = |at: usize| value(&table.columns()[at], kin, 10);
        let first = f64::from(u32::try_from(*low).unwrap());
        assert_eq!(told(0).unwrap().range, Some([first + 9.75, first + 29.25]));
        assert_eq!(told(1).unwrap().level.as_deref(), Some("No"));
        assert_eq!(told(2), None, "half and half");
    }

    #[test]
    fn three_columns_of_the_base_come_first_and_no_level_is_of_few() {
        let (table, labels) = generated(2_000, 3, 5, true);
        let measured = Measured::of(&table, &labels, 3, 10);
        let all: Vec<usize> = (0..table.columns().len()).collect();
        let features = measured.features(&table, &all);
        let flat: Vec<f64> = (0..2_000).map(|i| f64::from(i % 17)).collect();
        let space = Matrix::unnamed(Array2::from_shape_vec((2_000, 1), flat).unwrap()).unwrap();
        let kin = kin(&space, &measured.groups, 10);
        for (group, kin) in kin.iter().enumerate() {
            let drivers = drivers(&features, &[], (&[0, 1, 2, 6], &measured.same), group, 10);
            let typical = typical(&table, kin, &drivers, 10).unwrap();
            assert!(typical.customers >= 40 && typical.values.len() <= 6);
            let base = ["tenure", "MonthlyCharges", "cash_advance", "InternetService"];
            let of_base: Vec<bool> =
                typical.values.iter().map(|one| base.contains(&one.column.as_str())).collect();
            assert!(of_base.is_sorted_by(|a, b| a >= b), "{of_base:?}");
            for one in &typical.values {
                assert!(one.level.is_some() != one.range.is_some());
            }
        }
    }
}
