//! The rhythm of the base, and how late each customer is by the customer's own.
//!
//! A gap is the number of days between two orders of a customer on different days. The
//! own gap of a customer is
//!
//! `own = (sum of own gaps + 2 median) / (own gaps + 2)`
//!
//! with the median of all gaps of the base: two typical gaps stand for what is not known
//! of the customer yet. How late the customer is says
//!
//! `u = share of the base's gaps, scaled by own / median, that are longer than the days
//! since the last order`
//!
//! `u` is 1 on the day of an order and falls towards 0 in silence. It is found by whole
//! numbers alone: a gap `g` is longer when
//! `2 g (sum + 2 median) > days_since_last 2 median (own gaps + 2)`.
//!
//! Where nobody ordered on two days there is no rhythm: the typical gap counts as longer
//! than any silence, so `u` is 1 for all and every first order is recent.
//!
//! Cost: one pass over the orders, then one binary search among the distinct lengths per
//! customer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::orders::Histories;
use crate::said::{Fact, Said, said};

/// Gaps shorter than this many days (44 years) are counted in a list.
const LISTED: usize = 1 << 14;
/// Days of a month, on average.
const MONTH: f64 = 30.4375;

/// The gaps of the base: each length that occurs and how often.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// The lengths that occur, days, ascending.
    lengths: Vec<i32>,
    /// How many gaps have each length.
    counts: Vec<u64>,
}

impl Rhythm {
    /// Counts the gaps of all customers.
    #[must_use]
    pub fn of(histories: &Histories) -> Self {
        let mut listed = vec![0_u64; LISTED];
        let mut long: BTreeMap<i32, u64> = BTreeMap::new();
        for customer in 0..histories.n_customers() {
            for gap in histories.gaps(customer) {
                match usize::try_from(gap).ok().and_then(|gap| listed.get_mut(gap)) {
                    Some(count) => *count += 1,
                    None => *long.entry(gap).or_default() += 1,
                }
            }
        }
        let listed = (0_i32..).zip(listed).filter(|&(_, count)| count > 0);
        let (lengths, counts) = listed.chain(long).unzip();
        Self { lengths, counts }
    }

    /// How many gaps.
    #[must_use]
    pub fn n_gaps(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The median gap in days; `None` where there is no gap.
    #[must_use]
    pub fn median_days(&self) -> Option<f64> {
        self.median_doubled().map(|twice| twice as f64 / 2.0)
    }

    /// Twice the median gap: the sum of the two in the middle, which are the same one
    /// where the number of gaps is odd.
    fn median_doubled(&self) -> Option<i64> {
        let n = self.n_gaps();
        let at = |place: u64| {
            let mut before = 0;
            self.lengths.iter().zip(&self.counts).find_map(|(&length, &count)| {
                before += count;
                (place < before).then_some(i64::from(length))
            })
        };
        Some(at(n.checked_sub(1)? / 2)? + at(n / 2)?)
    }

    /// The shortest length of a gap beyond which less than `share` of all gaps lie: a customer
    /// whose silence, scaled to the customer's own rhythm, reaches it has a `u` below `share`.
    /// `None` where there are no gaps.
    pub(crate) fn silence_below(&self, share: f64) -> Option<i32> {
        let total = self.n_gaps() as f64;
        let mut longer = self.n_gaps();
        self.lengths.iter().zip(&self.counts).find_map(|(&length, &count)| {
            longer -= count;
            (longer as f64 / total < share).then_some(length)
        })
    }

    /// Whether stored gaps can be those of a base.
    pub(super) fn is_sound(&self) -> bool {
        self.lengths.len() == self.counts.len()
            && self.lengths.iter().all(|&length| length > 0)
            && self.lengths.windows(2).all(|pair| pair[0] < pair[1])
            && self.counts.iter().all(|&count| count > 0)
            && self.counts.iter().try_fold(0_u64, |sum, &count| sum.checked_add(count)).is_some()
    }

    /// Prepared for the question how many gaps are longer than something.
    pub(super) fn ruler(&self) -> Ruler<'_> {
        let total = self.n_gaps();
        let mut left = total;
        let mut not_shorter: Vec<u64> = self
            .counts
            .iter()
            .map(|count| {
                let here = left;
                left -= count;
                here
            })
            .collect();
        not_shorter.push(0);
        Ruler { lengths: &self.lengths, not_shorter, total, median_doubled: self.median_doubled() }
    }
}

/// The gaps of the base, prepared for questions.
pub(super) struct Ruler<'a> {
    lengths: &'a [i32],
    /// How many gaps are at least as long as each length; 0 beyond the last.
    not_shorter: Vec<u64>,
    total: u64,
    median_doubled: Option<i64>,
}

impl Ruler<'_> {
    /// `u` of a customer whose `gaps` own gaps add up to `sum` days.
    fn share_longer(&self, sum: i64, gaps: usize, days_since_last: i32) -> f64 {
        let Some(twice) = self.median_doubled else { return 1.0 };
        let own = 2 * (i128::from(sum) + i128::from(twice));
        let silence = i128::from(days_since_last) * i128::from(twice) * (gaps as i128 + 2);
        let first = self.lengths.partition_point(|&gap| i128::from(gap) * own <= silence);
        self.not_shorter[first] as f64 / self.total as f64
    }

    /// Whether so many days are no more than one typical gap.
    fn within_one_gap(&self, days: i32) -> bool {
        self.median_doubled.is_none_or(|twice| 2 * i64::from(days) <= twice)
    }
}

/// One customer's rhythm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beat {
    /// Orders.
    pub orders: usize,
    /// `u`, 0..1: the share of the base's gaps, scaled to the customer's own rhythm, that
    /// are longer than the days since the last order.
    pub u: f64,
    /// Orders per month from the first order to the as-of day, over at least one month.
    pub orders_per_month: f64,
    /// Whether the first order lies no more than one typical gap back.
    pub is_recent: bool,
}

impl Beat {
    /// The rhythm of a customer by the ruler of a base.
    pub(super) fn of(histories: &Histories, customer: usize, ruler: &Ruler) -> Self {
        let days = histories.days(customer);
        let (first, last) = (days.first().copied().unwrap_or(0), days.last().copied().unwrap_or(0));
        let as_of = histories.as_of().since_epoch();
        let sum = i64::from(last) - i64::from(first);
        let gaps = days.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let tenure_days = as_of.saturating_sub(first);
        let months = (f64::from(tenure_days) / MONTH).max(1.0);
        Self {
            orders: days.len(),
            u: ruler.share_longer(sum, gaps, histories.days_since_last(customer)),
            orders_per_month: days.len() as f64 / months,
            is_recent: ruler.within_one_gap(tenure_days),
        }
    }
}

/// What the definitions of lifecycle and loyalty begin with.
pub(super) fn in_words(rhythm: &Rhythm) -> Said {
    match rhythm.median_days() {
        None => said!("def-rhythm-unknown"),
        Some(median) => said!("def-rhythm", median = Fact::Figure(crate::format::number(median))),
    }
}
