//! What the models of repeat buying know of a customer: how often, until when, for how long.
//!
//! - An occasion is a day with at least one order; several orders of one day are one.
//! - x, `repeats`: occasions after the first.
//! - `t_x`, `first_to_last_days`: from the first occasion to the last; 0 where x = 0.
//! - T, `observed_days`: from the first occasion to the cut-off, `t_x <= T`.
//!
//! All are whole days up to and including the cut-off. Published fits in weeks are the same
//! fits: a rate's scale in weeks is a seventh of that in days, see [`super::BgNbd`].
//!
//! # References
//!
//! Fader, Hardie, Lee (2005), "Counting your customers" the easy way: an alternative to the
//! Pareto/NBD model, Marketing Science 24(2), section 2 (x, `t_x`, T).

use rayon::prelude::*;

use crate::day::Day;
use crate::orders::Histories;

/// Repeat occasions of one customer. Days are whole and not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct History {
    /// Occasions after the first.
    pub repeats: u32,
    /// Days from the first occasion to the last.
    pub first_to_last_days: u32,
    /// Days from the first occasion to the cut-off.
    pub observed_days: u32,
}

impl History {
    /// Days from the last occasion to the cut-off.
    #[must_use]
    pub fn days_since_last(self) -> u32 {
        self.observed_days - self.first_to_last_days
    }
}

/// The histories of everybody whose first order is on or before the cut-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The last day that counts.
    pub cut_off: Day,
    /// The place of each customer in the [`Histories`] it is made from, ascending.
    pub customers: Vec<u32>,
    /// The history of each.
    pub histories: Vec<History>,
    /// What the repeat occasions of each brought together, in minor units; empty without
    /// money. The first occasion is no part of it.
    pub repeat_money: Vec<i64>,
    /// What all occasions of each brought, in minor units; empty without money.
    pub money: Vec<i64>,
    /// The decimals of the money.
    pub money_decimals: Option<u8>,
}

/// What a customer did in some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bought {
    /// Days with an order.
    pub occasions: u32,
    /// What they brought, in minor units; 0 without money.
    pub money: i64,
}

impl Summary {
    /// Sums up the orders on or before `cut_off`.
    #[must_use]
    pub fn of(orders: &Histories, cut_off: Day) -> Self {
        let until = cut_off.since_epoch();
        let all: Vec<Option<(History, i64, i64)>> = (0..orders.n_customers())
            .into_par_iter()
            .with_min_len(1024)
            .map(|customer| sum_up(orders, customer, until))
            .collect();
        let money_decimals = orders.money_decimals();
        let mut made = Self {
            cut_off,
            customers: Vec::new(),
            histories: Vec::new(),
            repeat_money: Vec::new(),
            money: Vec::new(),
            money_decimals,
        };
        for (customer, found) in all.into_iter().enumerate() {
            let Some((history, repeat_money, money)) = found else { continue };
            made.customers.push(customer as u32);
            made.histories.push(history);
            if money_decimals.is_some() {
                made.repeat_money.push(repeat_money);
                made.money.push(money);
            }
        }
        made
    }

    /// How many customers.
    #[must_use]
    pub fn n_customers(&self) -> usize {
        self.histories.len()
    }

    /// What each customer did on the days after the cut-off up to and including
    /// `cut-off + days`.
    #[must_use]
    pub fn ahead(&self, orders: &Histories, days: u32) -> Vec<Bought> {
        let from = self.cut_off.since_epoch();
        let until = from.saturating_add(days as i32);
        self.customers
            .par_iter()
            .with_min_len(1024)
            .map(|&customer| within(orders, customer as usize, from, until))
            .collect()
    }
}

/// Minor units in one unit of money.
#[must_use]
pub(super) fn unit(decimals: u8) -> f64 {
    libm::pow(10.0, f64::from(decimals))
}

/// What the customer did after day `from`, up to and including day `until`.
pub(super) fn within(orders: &Histories, customer: usize, from: i32, until: i32) -> Bought {
    let (days, amounts) = (orders.days(customer), orders.amounts(customer));
    let start = days.partition_point(|&day| day <= from);
    let end = days.partition_point(|&day| day <= until);
    let mut bought = Bought::default();
    let mut last = None;
    for &day in &days[start..end] {
        bought.occasions += u32::from(last != Some(day));
        last = Some(day);
    }
    for &amount in amounts.get(start..end).unwrap_or_default() {
        bought.money = bought.money.saturating_add(amount);
    }
    bought
}

/// The history, the money of the repeat occasions and of all; `None` where the first
/// order comes later.
fn sum_up(orders: &Histories, customer: usize, until: i32) -> Option<(History, i64, i64)> {
    let first = orders.days(customer).first().copied().filter(|&first| first <= until)?;
    let all = within(orders, customer, i32::MIN, until);
    let later = within(orders, customer, first, until);
    let days = orders.days(customer);
    let last = days[days.partition_point(|&day| day <= until) - 1];
    let history = History {
        repeats: later.occasions,
        first_to_last_days: last.abs_diff(first),
        observed_days: until.abs_diff(first),
    };
    Some((history, later.money, all.money))
}

/// Distinct histories with how often each occurs: the likelihood of a model is the same,
/// at a fraction of its cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Compressed {
    histories: Vec<History>,
    weights: Vec<u32>,
    n_customers: u64,
    /// The largest `repeats` and `observed_days`.
    most: (u32, u32),
}

/// Bits of a day count in a sort key: 11,000 years.
const DAY_BITS: u32 = 22;
const DAY_MASK: u64 = (1 << DAY_BITS) - 1;

impl Compressed {
    /// Counts equal histories; they ascend by repeats, then `t_x`, then T. A history
    /// whose last occasion is after its cut-off, or that has no time for its repeats, is
    /// drawn to the nearest one that can be.
    #[must_use]
    pub fn new(histories: &[History]) -> Self {
        let mut keys: Vec<u64> = histories
            .par_iter()
            .with_min_len(4096)
            .map(|history| {
                let t = u64::from(history.observed_days).min(DAY_MASK);
                let t_x = u64::from(history.first_to_last_days).min(t);
                // Occasions are on different days, so there are no more than days.
                let x = u64::from(history.repeats).min(t_x).min((1 << 20) - 1);
                let t_x = if x == 0 { 0 } else { t_x };
                x << (2 * DAY_BITS) | t_x << DAY_BITS | t
            })
            .collect();
        keys.par_sort_unstable();
        let mut made = Self {
            histories: Vec::new(),
            weights: Vec::new(),
            n_customers: keys.len() as u64,
            most: (0, 0),
        };
        for same in keys.chunk_by(|a, b| a == b) {
            let history = History {
                repeats: (same[0] >> (2 * DAY_BITS)) as u32,
                first_to_last_days: (same[0] >> DAY_BITS & DAY_MASK) as u32,
                observed_days: (same[0] & DAY_MASK) as u32,
            };
            made.most.0 = made.most.0.max(history.repeats);
            made.most.1 = made.most.1.max(history.observed_days);
            made.histories.push(history);
            made.weights.push(same.len() as u32);
        }
        made
    }

    /// The distinct histories, ascending.
    #[must_use]
    pub fn histories(&self) -> &[History] {
        &self.histories
    }

    /// How many customers have each.
    #[must_use]
    pub fn weights(&self) -> &[u32] {
        &self.weights
    }

    /// How many customers.
    #[must_use]
    pub fn n_customers(&self) -> u64 {
        self.n_customers
    }

    /// The most repeats of anybody.
    #[must_use]
    pub fn most_repeats(&self) -> u32 {
        self.most.0
    }

    /// The most observed days of anybody.
    #[must_use]
    pub fn most_days(&self) -> u32 {
        self.most.1
    }

    /// All repeats and all observed days of everybody.
    #[must_use]
    pub fn totals(&self) -> (u64, u64) {
        let mut totals = (0, 0);
        for (history, &weight) in self.histories.iter().zip(&self.weights) {
            totals.0 += u64::from(history.repeats) * u64::from(weight);
            totals.1 += u64::from(history.observed_days) * u64::from(weight);
        }
        totals
    }

    /// `value` of each of `histories`, worked out once for equal ones.
    pub fn spread<T: Copy + Send + Sync>(
        histories: &[History],
        value: impl Fn(History) -> T + Sync,
    ) -> Vec<T> {
        let mut order: Vec<u32> = (0..histories.len() as u32).collect();
        order.par_sort_unstable_by_key(|&at| (histories[at as usize], at));
        let same = |a: &u32, b: &u32| histories[*a as usize] == histories[*b as usize];
        let groups: Vec<&[u32]> = order.chunk_by(same).collect();
        let values: Vec<T> =
            groups.par_iter().map(|group| value(histories[group[0] as usize])).collect();
        let mut spread: Vec<Option<T>> = vec![None; histories.len()];
        for (group, value) in groups.iter().zip(values) {
            for &at in *group {
                spread[at as usize] = Some(value);
            }
        }
        spread.into_iter().flatten().collect()
    }
}
