//! Shares of one whole by category, channel and season.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::orders::history::Histories;
use crate::orders::purchases::Weights;
use crate::table::OTHER;

use super::{Known, each};

/// How many orders the share of the base weighs.
pub const PRIOR_ORDERS: f64 = 5.0;
/// How many levels have a share of their own; the others are pooled.
const MOST_LEVELS: usize = 12;
/// Below a year of orders a share by season says when a customer came.
const YEAR: i32 = 365;
/// Three months each, beginning with December: no hemisphere is meant.
const SEASONS: [&str; 4] = ["Dec-Feb", "Mar-May", "Jun-Aug", "Sep-Nov"];

/// Levels and their shares in the whole base.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShareBase {
    /// The levels in the order of their names; [`OTHER`] last where some are pooled.
    pub levels: Vec<String>,
    /// The share of each in the whole base, 0 to 1.
    pub shares: Vec<f64>,
    /// The level without a column: the largest in the base.
    pub left_out: usize,
}

impl ShareBase {
    /// The levels but the pool.
    pub(in crate::orders) fn named(&self) -> &[String] {
        match self.levels.split_last() {
            Some((last, levels)) if last == OTHER => levels,
            _ => &self.levels,
        }
    }

    /// Where [`OTHER`] stands.
    fn other(&self) -> Option<usize> {
        self.levels.iter().position(|level| level == OTHER)
    }
}

/// One block of shares.
pub(super) struct Shared {
    pub base: ShareBase,
    /// Level and the shrunk share of every customer, without the one that is left out.
    pub columns: Vec<(String, Vec<f64>)>,
    /// How many levels were pooled.
    pub pooled: usize,
}

/// Makes a block.
pub(super) struct Shares;

impl Shares {
    /// The block of these weights; `None` where there are no two levels. `given` is the
    /// base of another run, or none where that run had no block.
    pub(super) fn of(
        weights: &Weights,
        histories: &Histories,
        min_cell: usize,
        given: Known<ShareBase>,
    ) -> Option<Shared> {
        let (base, level_of, pooled) = match given {
            Known::Given(base) => {
                let base = base?.clone();
                let known: Vec<Option<usize>> = weights
                    .levels
                    .iter()
                    .map(|level| base.levels.iter().position(|known| known == level))
                    .collect();
                (base, known, 0)
            }
            Known::Learn => learn(weights, min_cell)?,
        };
        let other = base.other();
        let level =
            |candidate: u16| level_of.get(usize::from(candidate)).copied().flatten().or(other);
        let columns = base.levels.iter().enumerate().filter(|(at, _)| *at != base.left_out);
        let columns = columns
            .map(|(at, name)| {
                let values = each(histories.n_customers(), |customer| {
                    let of = weights.of(customer);
                    let total: i128 = of.iter().map(|&(_, weight)| i128::from(weight)).sum();
                    if total <= 0 {
                        return f64::NAN;
                    }
                    let own: i128 = of
                        .iter()
                        .filter(|(candidate, _)| level(*candidate) == Some(at))
                        .map(|&(_, weight)| i128::from(weight))
                        .sum();
                    let own = own as f64 / total as f64;
                    shrunk(own, histories.n_orders(customer), base.shares[at])
                });
                (name.clone(), values)
            })
            .collect();
        Some(Shared { base, columns, pooled })
    }
}

/// `(n own + 5 base) / (n + 5)`.
pub(super) fn shrunk(own: f64, n_orders: usize, base: f64) -> f64 {
    let n = n_orders as f64;
    (n * own + PRIOR_ORDERS * base) / (n + PRIOR_ORDERS)
}

/// The levels that enough customers have, their shares in the base, which level each
/// candidate is (`None` is pooled), and how many are pooled.
fn learn(weights: &Weights, min_cell: usize) -> Option<(ShareBase, Vec<Option<usize>>, usize)> {
    let n = weights.levels.len();
    let (mut total, mut customers) = (vec![0_i128; n + 1], vec![0_usize; n + 1]);
    for &(candidate, weight) in &weights.entries {
        let at = usize::from(candidate).min(n);
        total[at] += i128::from(weight);
        customers[at] += 1;
    }
    let mut kept: Vec<usize> = (0..n).filter(|&at| customers[at] >= min_cell.max(1)).collect();
    kept.sort_by_key(|&at| (std::cmp::Reverse(customers[at]), at));
    kept.truncate(MOST_LEVELS);
    kept.sort_unstable();
    let whole: i128 = total.iter().sum();
    let mut levels: Vec<String> = kept.iter().map(|&at| weights.levels[at].clone()).collect();
    let mut sums: Vec<i128> = kept.iter().map(|&at| total[at]).collect();
    let rest = whole - sums.iter().sum::<i128>();
    let pooled = (0..n).filter(|&at| customers[at] > 0 && !kept.contains(&at)).count();
    if pooled > 0 || customers[n] > 0 {
        levels.push(OTHER.to_owned());
        sums.push(rest);
    }
    if levels.len() < 2 || whole <= 0 {
        return None;
    }
    let largest = (0..sums.len()).max_by_key(|&at| (sums[at], std::cmp::Reverse(at)))?;
    let shares = sums.iter().map(|&sum| sum as f64 / whole as f64).collect();
    let mut level_of = vec![None; n];
    for (level, &candidate) in kept.iter().enumerate() {
        level_of[candidate] = Some(level);
    }
    Some((ShareBase { levels, shares, left_out: largest }, level_of, pooled))
}

/// Whether the orders span a year up to the as-of day.
pub(super) fn is_a_year(histories: &Histories) -> bool {
    let first =
        (0..histories.n_customers()).filter_map(|i| histories.days(i).first().copied()).min();
    first.is_some_and(|first| histories.as_of().since_epoch() - first >= YEAR)
}

/// The orders of every customer by season.
pub(super) fn seasons(histories: &Histories) -> Weights {
    let counts: Vec<[i64; 4]> = (0..histories.n_customers())
        .into_par_iter()
        .map(|customer| {
            let mut counts = [0; 4];
            for &day in histories.days(customer) {
                counts[season(day)] += 1;
            }
            counts
        })
        .collect();
    let mut weights = Weights { levels: SEASONS.map(str::to_owned).to_vec(), ..Weights::default() };
    for counts in counts {
        let present = (0_u16..).zip(counts).filter(|(_, count)| *count > 0);
        weights.entries.extend(present);
        weights.ends.push(weights.entries.len());
    }
    weights
}

/// 0 for December to February, and so on.
fn season(day: i32) -> usize {
    let month = Day::from_epoch(day).map_or(1, |day| day.civil().1);
    (month as usize % 12) / 3
}

/// Saturday or Sunday; 1970-01-01 was a Thursday.
pub(super) fn is_weekend(day: i32) -> bool {
    (day + 3).rem_euclid(7) >= 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::history::Record;
    use crate::orders::reduce::REST;

    fn histories(orders: &[usize]) -> Histories {
        let records = orders.iter().enumerate().map(|(i, &n)| Record {
            id: format!("{i:03}"),
            days: vec![0; n],
            amounts: Vec::new(),
            spend: 0,
        });
        Histories::new(Day::from_epoch(0).unwrap(), None, records).unwrap()
    }

    #[test]
    fn shares_by_hand() {
        // Customer 0: one order, all web. Customer 1: five orders, 4 web and 1 store.
        // Customer 2: one order in a shop that only it uses.
        let weights = Weights {
            levels: ["kiosk", "store", "web"].map(str::to_owned).to_vec(),
            ends: vec![1, 3, 4, 4],
            entries: vec![(2, 1), (1, 1), (2, 4), (0, 1)],
        };
        let made = Shares::of(&weights, &histories(&[1, 5, 1, 1]), 2, Known::Learn);
        // Only web has two customers: web 5/7, the rest 2/7; the largest is left out.
        let Shared { base, columns, pooled } = made.unwrap();
        assert_eq!(base.levels, ["web", OTHER]);
        assert_eq!((base.left_out, pooled), (0, 2));
        let (name, values) = &columns[0];
        assert_eq!(name, OTHER);
        let b = 2.0 / 7.0;
        assert_eq!(values[0], 5.0 * b / 6.0);
        assert_eq!(values[1], (5.0 * 0.2 + 5.0 * b) / 10.0);
        assert_eq!(values[2], (1.0 + 5.0 * b) / 6.0);
        assert!(values[3].is_nan());
    }

    #[test]
    fn shares_with_the_one_left_out_sum_to_1() {
        let weights = Weights {
            levels: ["a", "b", "c"].map(str::to_owned).to_vec(),
            ends: vec![2, 5, 6],
            entries: vec![(0, 3), (1, 1), (0, 1), (1, 1), (REST, 7), (2, 2)],
        };
        let made = Shares::of(&weights, &histories(&[4, 9, 2]), 1, Known::Learn).unwrap();
        let mut all = made.base.clone();
        // The same block, with another level left out, gives the column that was not there.
        all.left_out = (made.base.left_out + 1) % made.base.levels.len();
        let again =
            Shares::of(&weights, &histories(&[4, 9, 2]), 1, Known::Given(Some(&all))).unwrap();
        let missing = &made.base.levels[made.base.left_out];
        let (_, left_out) = again.columns.iter().find(|(name, _)| name == missing).unwrap();
        for customer in 0..3 {
            let sum: f64 = made.columns.iter().map(|(_, values)| values[customer]).sum();
            assert!((sum + left_out[customer] - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn at_most_twelve_levels_have_a_share() {
        let levels: Vec<String> = (0..30).map(|i| format!("{i:02}")).collect();
        let weights =
            Weights { levels, ends: vec![30], entries: (0..30).map(|i| (i, 1)).collect() };
        let made = Shares::of(&weights, &histories(&[3]), 1, Known::Learn).unwrap();
        assert_eq!((made.base.levels.len(), made.pooled, made.columns.len()), (13, 18, 12));
        let one = Weights { levels: vec!["a".into()], ends: vec![1], entries: vec![(0, 1)] };
        assert!(Shares::of(&one, &histories(&[3]), 1, Known::Learn).is_none());
    }

    #[test]
    fn seasons_and_weekends_of_the_calendar() {
        let day = |text: &str| text.parse::<Day>().unwrap().since_epoch();
        for (text, at) in [
            ("2024-12-01", 0),
            ("2024-02-29", 0),
            ("2024-03-01", 1),
            ("2024-05-31", 1),
            ("2024-06-01", 2),
            ("2024-11-30", 3),
            ("1969-12-31", 0),
        ] {
            assert_eq!(season(day(text)), at, "{text}");
        }
        // 2026-11-21 was a Saturday.
        let week = (0..7).map(|i| is_weekend(day("2026-11-21") + i)).collect::<Vec<_>>();
        assert_eq!(week, [true, true, false, false, false, false, false]);
        assert!(is_weekend(day("1969-12-28")));
    }
}
