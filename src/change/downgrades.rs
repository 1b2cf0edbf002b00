//! Moves to a segment of lower value, beside what chance alone would move.
//!
//! A customer in a high segment was in part lucky, and will on average be seen lower next
//! time with nothing changed. How often is measured inside one period: the weeks before the
//! earlier run are dealt into two halves by turns, the customers are ranked by what they
//! spent in each half, and both rankings are cut where the segments, ordered by value, are
//! cut. Who is in a lower class in the second half than in the first has moved down by
//! chance. The halves hold half of the orders each, so this is more than whole periods
//! would move: an upper bound of chance, not a forecast.
//!
//! # References
//!
//! - Galton 1886, Regression towards mediocrity in hereditary stature, Journal of the
//!   Anthropological Institute 15.

use crate::orders::Histories;
use crate::results::{Downgrades, DowngradesOf};

/// What downgrades are taken from. Lists have one entry per customer of both runs.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The segment's id in the earlier run.
    pub before: &'a [u32],
    /// The id that the previous model gives now.
    pub now: &'a [u32],
    /// The value now.
    pub value: Option<&'a [f64]>,
    /// The mean value of each segment in the earlier run, by id.
    pub worth: &'a [(u32, f64)],
    /// The orders, and the row of each customer in them.
    pub orders: Option<(&'a Histories, &'a [usize])>,
    /// The earlier run's as-of day.
    pub until: Option<i32>,
}

/// Counts the moves; `None` where fewer than two segments have a value.
#[must_use]
pub fn downgrades(task: &Task) -> Option<Downgrades> {
    if task.worth.len() < 2 {
        return None;
    }
    let mut ranked: Vec<(u32, f64)> = task.worth.to_vec();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let rank = |id: u32| ranked.iter().position(|(other, _)| *other == id);
    let ranks: Vec<Option<(usize, usize)>> =
        task.before.iter().zip(task.now).map(|(&a, &b)| rank(a).zip(rank(b))).collect();
    let moved = ranks.iter().flatten();
    let (all, down, up) = moved.fold((0, 0, 0), |(all, down, up), (a, b)| {
        (all + 1, down + u64::from(b < a), up + u64::from(b > a))
    });
    let value = task.value.map(|value| {
        let went = ranks.iter().zip(value);
        let went =
            went.filter(|(rank, value)| rank.is_some_and(|(a, b)| b < a) && value.is_finite());
        went.map(|(_, value)| value).sum()
    });
    let chance = by_chance(task, &ranks, ranked.len());
    let segments: Vec<DowngradesOf> = ranked
        .iter()
        .enumerate()
        .rev()
        .map(|(at, &(segment_id, _))| {
            let own: Vec<(usize, usize)> =
                ranks.iter().flatten().copied().filter(|(a, _)| *a == at).collect();
            DowngradesOf {
                segment_id,
                customers: own.len() as u64,
                down: own.iter().filter(|(a, b)| b < a).count() as u64,
                expected_share: chance.as_ref().and_then(|chance| chance[at]),
            }
        })
        .collect();
    let total: u64 = segments.iter().map(|of| of.customers).sum();
    let expected = segments.iter().map(|of| of.expected_share.map(|p| p * of.customers as f64));
    let expected: Option<f64> = expected.sum();
    Some(Downgrades {
        customers: all,
        down,
        up,
        value,
        expected_share: expected.filter(|_| total > 0).map(|sum| sum / total as f64),
        share: if all == 0 { 0.0 } else { down as f64 / all as f64 },
        segments,
    })
}

/// The share of each class, from the lowest, that is in a lower one by the other half.
fn by_chance(
    task: &Task,
    ranks: &[Option<(usize, usize)>],
    n_classes: usize,
) -> Option<Vec<Option<f64>>> {
    let ((orders, rows), until) = (task.orders?, task.until?);
    let known: Vec<usize> = (0..ranks.len()).filter(|&at| ranks[at].is_some()).collect();
    let spent: Vec<[i64; 2]> = known.iter().map(|&at| halves(orders, rows[at], until)).collect();
    let mut ends = vec![0; n_classes];
    for &at in &known {
        if let Some((class, _)) = ranks[at] {
            ends[class] += 1;
        }
    }
    for class in 1..n_classes {
        ends[class] += ends[class - 1];
    }
    let classes: [Vec<usize>; 2] = std::array::from_fn(|half| {
        let mut order: Vec<usize> = (0..known.len()).collect();
        order.sort_by_key(|&at| (spent[at][half], at));
        let mut class = vec![0; known.len()];
        for (place, at) in order.into_iter().enumerate() {
            class[at] = ends.partition_point(|&end| end <= place);
        }
        class
    });
    let of = |class: usize| {
        let own: Vec<usize> = (0..known.len()).filter(|&at| classes[0][at] == class).collect();
        let down = own.iter().filter(|&&at| classes[1][at] < class).count();
        (!own.is_empty()).then(|| down as f64 / own.len() as f64)
    };
    Some((0..n_classes).map(of).collect())
}

/// What a customer spent in even and odd weeks before `until`; orders where there is no
/// money.
fn halves(orders: &Histories, row: usize, until: i32) -> [i64; 2] {
    let mut sums = [0, 0];
    let amounts = orders.amounts(row);
    for (at, &day) in orders.days(row).iter().enumerate() {
        if day <= until {
            let half = usize::from((until - day) / 7 % 2 == 1);
            sums[half] += amounts.get(at).copied().unwrap_or(1);
        }
    }
    sums
}
