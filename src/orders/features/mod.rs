//! What is known of each customer from its orders: one column per feature, with its
//! formula in [`TABLE`].
//!
//! Shares come from few orders and would be 0 or 1 too often, so each is drawn towards
//! the share of the whole base, `(n own + 5 base) / (n + 5)` with n orders: the mean of a
//! beta (or Dirichlet) posterior whose prior weighs five orders. Shares of one whole lose
//! the level that is largest in the base, since it follows from the others.
//!
//! What does not exist stays missing: who ordered once has no gap.
//!
//! # References
//!
//! Gelman, A. et al. (2013). Bayesian Data Analysis, 3rd edition, section 2.4 (the
//! beta-binomial mean as a compromise of prior and data).

mod first;
mod rhythm;
mod shares;
mod table;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::table::{Block, Column, Family, OTHER, Role, Values};

use super::exact::{power, whole_units};
use super::purchases::Purchases;
use super::rules::Refunds;
use crate::said::facts;
use rhythm::Rhythm;
use shares::{Shared, Shares};

pub use rhythm::PRIOR_GAPS;
pub use shares::{PRIOR_ORDERS, ShareBase};
pub use table::{Described, TABLE};

/// Decimals that ratios are shown with.
const RATIO: u8 = 2;

/// What was learnt of the base and must stay the same when other customers are measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Learnt {
    /// The median of all gaps between orders on different days, in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_gap: Option<f64>,
    /// The categories that have a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<ShareBase>,
    /// The channels that have a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ShareBase>,
    /// The seasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<ShareBase>,
    /// The base's share of orders at weekends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekend: Option<f64>,
    /// The base's share of lines at a discount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<f64>,
    /// The base's share of lines that give something back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns: Option<f64>,
    /// The levels of `first_category`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_category: Option<Vec<String>>,
    /// The levels of `first_product`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_product: Option<Vec<String>>,
    /// The columns in their order; those that were the same for everybody are not there.
    pub columns: Vec<String>,
}

impl Learnt {
    /// The categories that have a share of their own.
    pub(super) fn category_levels(&self) -> Option<&[String]> {
        self.category.as_ref().map(ShareBase::named)
    }

    /// The channels that have a share of their own.
    pub(super) fn channel_levels(&self) -> Option<&[String]> {
        self.channel.as_ref().map(ShareBase::named)
    }
}

/// The columns, what was learnt for them, and what was noticed.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// One value per customer in the order of the histories.
    pub columns: Vec<Column>,
    /// What other customers are to be measured by.
    pub learnt: Learnt,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

impl Purchases {
    /// The features of every customer. Levels that fewer than `min_cell` customers have
    /// are pooled. With `learnt` nothing is learnt: levels, shares of the base and the
    /// columns are those of the run that learnt it.
    #[must_use]
    pub fn features(&self, min_cell: usize, learnt: Option<&Learnt>) -> Features {
        let mut measuring = Measuring {
            purchases: self,
            min_cell,
            given: learnt,
            learnt: Learnt::default(),
            columns: Vec::new(),
            findings: Vec::new(),
        };
        measuring.totals();
        measuring.rhythm();
        measuring.baskets();
        measuring.shares();
        measuring.first();
        measuring.finish()
    }
}

/// Whether something is learnt of the base, or given by a run that learnt it (or found
/// nothing to learn).
enum Known<'a, T: ?Sized> {
    Learn,
    Given(Option<&'a T>),
}

impl<T: ?Sized> Copy for Known<'_, T> {}

impl<T: ?Sized> Clone for Known<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<'a, T: ?Sized> Known<'a, T> {
    /// One part of what another run learnt.
    fn part(given: Option<&'a Learnt>, part: impl Fn(&'a Learnt) -> Option<&'a T>) -> Self {
        given.map_or(Self::Learn, |given| Self::Given(part(given)))
    }
}

/// Features on their way.
struct Measuring<'a> {
    purchases: &'a Purchases,
    min_cell: usize,
    given: Option<&'a Learnt>,
    learnt: Learnt,
    columns: Vec<Column>,
    findings: Vec<Finding>,
}

impl Measuring<'_> {
    /// One number per customer; NaN is missing.
    fn number(&mut self, name: &str, decimals: u8, of: impl Fn(usize) -> f64 + Sync + Send) {
        let values = each(self.purchases.n_customers(), of);
        let unit = TABLE.iter().find(|described| described.name == name);
        self.columns.push(Column {
            name: name.to_owned(),
            role: Role::Number,
            family: Family::Behavioural,
            unit: unit.and_then(|described| described.unit).map(str::to_owned),
            decimals,
            block: None,
            values: Values::Number(values),
        });
    }

    /// How long ago, how often, how much.
    fn totals(&mut self) {
        let purchases = self.purchases;
        let histories = &purchases.histories;
        self.number("days_since_last_order", 0, |i| f64::from(histories.days_since_last(i)));
        self.number("orders", 0, |i| histories.n_orders(i) as f64);
        let Some(decimals) = histories.money_decimals() else { return };
        let scale = power(decimals);
        self.number("spend", decimals, |i| whole_units(histories.spend(i), scale));
        self.number("average_order_value", decimals, |i| {
            let sum: i128 = histories.amounts(i).iter().map(|&amount| i128::from(amount)).sum();
            sum as f64 / (histories.n_orders(i) as f64 * scale)
        });
        if purchases.rules.refunds == Refunds::Separate {
            self.number("refunds", decimals, |i| whole_units(purchases.sums[i].refunded, scale));
        }
    }

    /// When: the length and the rhythm of the history.
    fn rhythm(&mut self) {
        let histories = &self.purchases.histories;
        let median = match self.given {
            Some(given) => given.median_gap,
            None => rhythm::median_gap(histories),
        };
        self.learnt.median_gap = median;
        let of = |i| Rhythm::of(histories, i);
        self.number("tenure_days", 0, |i| f64::from(of(i).tenure));
        self.number("first_to_last_days", 0, |i| f64::from(of(i).first_to_last));
        self.number("gap_days", 1, |i| of(i).typical_gap(median).unwrap_or(f64::NAN));
        self.number("gap_regularity", RATIO, |i| of(i).regularity().unwrap_or(f64::NAN));
        self.number("order_trend", RATIO, |i| {
            rhythm::trend(histories.days(i), histories.as_of().since_epoch()).unwrap_or(f64::NAN)
        });
    }

    /// What one order is like, and how broad the demand is.
    fn baskets(&mut self) {
        let Purchases { histories, sums, rules, .. } = self.purchases;
        let per_order = |x: f64, i: usize| x / histories.n_orders(i) as f64;
        self.number("lines_per_order", RATIO, |i| per_order(f64::from(sums[i].lines), i));
        if let Some(decimals) = rules.quantity_decimals {
            let scale = power(decimals);
            self.number("units_per_order", RATIO, |i| {
                per_order(whole_units(sums[i].units, scale), i)
            });
        }
        if rules.has_products {
            self.number("distinct_products", 0, |i| f64::from(sums[i].products));
        }
        if rules.has_categories {
            self.number("distinct_categories", 0, |i| f64::from(sums[i].categories));
        }
    }

    /// Every share, drawn towards the base.
    fn shares(&mut self) {
        let Purchases { histories, sums, rules, .. } = self.purchases;
        let lines = |i: usize| u64::from(sums[i].lines);
        let back = |i: usize| u64::from(sums[i].refund_lines);
        let returns =
            self.share("return_share", |given| given.returns, |i| (back(i), lines(i) + back(i)));
        self.learnt.returns = returns;
        if rules.has_discounts {
            let of = |i: usize| (u64::from(sums[i].discounted), lines(i));
            self.learnt.discount = self.share("discount_share", |given| given.discount, of);
        }
        let weekend = |i: usize| {
            let days = histories.days(i);
            (days.iter().filter(|&&day| shares::is_weekend(day)).count() as u64, days.len() as u64)
        };
        self.learnt.weekend = self.share("weekend_share", |given| given.weekend, weekend);
        let purchases = self.purchases;
        if rules.has_categories {
            let base = Known::part(self.given, |given| given.category.as_ref());
            let shared = Shares::of(&purchases.categories, histories, self.min_cell, base);
            self.learnt.category = self.block("category_share", "share by category", shared);
        }
        if rules.has_channels {
            let base = Known::part(self.given, |given| given.channel.as_ref());
            let shared = Shares::of(&purchases.channels, histories, self.min_cell, base);
            self.learnt.channel = self.block("channel_share", "share by channel", shared);
        }
        let base = Known::part(self.given, |given| given.season.as_ref());
        if self.given.is_some() || shares::is_a_year(histories) {
            let seasons = shares::seasons(histories);
            let shared = Shares::of(&seasons, histories, 1, base);
            self.learnt.season = self.block("season_share", "share by season", shared);
        }
    }

    /// One share with the numerator and denominator of each customer; returns the base's.
    fn share(
        &mut self,
        name: &str,
        given: impl Fn(&Learnt) -> Option<f64>,
        of: impl Fn(usize) -> (u64, u64) + Sync + Send,
    ) -> Option<f64> {
        let n = self.purchases.n_customers();
        let base = if let Some(learnt) = self.given {
            given(learnt)
        } else {
            let sum = (0..n).map(&of).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
            (sum.1 > 0).then(|| sum.0 as f64 / sum.1 as f64)
        }?;
        let histories = &self.purchases.histories;
        self.number(name, RATIO, |i| {
            let (part, whole) = of(i);
            if whole == 0 {
                return f64::NAN;
            }
            shares::shrunk(part as f64 / whole as f64, histories.n_orders(i), base)
        });
        Some(base)
    }

    /// The columns of a block of shares.
    fn block(&mut self, prefix: &str, block: &str, shared: Option<Shared>) -> Option<ShareBase> {
        let Shared { base, columns, pooled } = shared?;
        for (level, values) in columns {
            self.columns.push(Column {
                name: format!("{prefix}: {level}"),
                role: Role::Number,
                family: Family::Behavioural,
                unit: None,
                decimals: RATIO,
                block: Some(Block {
                    name: block.to_owned(),
                    kind: crate::table::BlockKind::Shares,
                }),
                values: Values::Number(values),
            });
        }
        if pooled > 0 {
            let told = facts!(block = block, n = pooled, other = OTHER);
            self.findings.push(Finding::new("pooled-shares", Severity::Note, told).count(pooled));
        }
        Some(base)
    }

    /// What the first order was for.
    fn first(&mut self) {
        let Purchases { sums, rules, category_names, product_names, .. } = self.purchases;
        let n = sums.len();
        let mut made = Vec::new();
        if rules.has_categories {
            let given = Known::part(self.given, |given| given.first_category.as_deref());
            let ranks = (0..n).map(|i| sums[i].first_category);
            let first = first::levels(ranks, category_names, self.min_cell, given);
            self.learnt.first_category = first.as_ref().map(|(levels, _)| levels.clone());
            made.extend(first.map(|first| ("first_category", first)));
        }
        if rules.has_products {
            let given = Known::part(self.given, |given| given.first_product.as_deref());
            let ranks = (0..n).map(|i| sums[i].first_product);
            let first = first::levels(ranks, product_names, self.min_cell, given);
            self.learnt.first_product = first.as_ref().map(|(levels, _)| levels.clone());
            made.extend(first.map(|first| ("first_product", first)));
        }
        for (name, (levels, codes)) in made {
            self.columns.push(Column {
                name: name.to_owned(),
                role: Role::Category,
                family: Family::Behavioural,
                unit: None,
                decimals: 0,
                block: None,
                values: Values::Category { codes, levels, ordered: false },
            });
        }
    }

    /// Leaves out what is the same for everybody, or what another run left out.
    fn finish(mut self) -> Features {
        let mut same = Vec::new();
        match self.given {
            Some(given) => self.columns.retain(|column| given.columns.contains(&column.name)),
            None => self.columns.retain(|column| {
                let differs = differs(&column.values);
                if !differs {
                    same.push(column.name.clone());
                }
                differs
            }),
        }
        for name in same {
            let finding = Finding::new("constant-feature", Severity::Note, facts!());
            self.findings.push(finding.column(name));
        }
        self.learnt.columns = self.columns.iter().map(|column| column.name.clone()).collect();
        if let Some(given) = self.given {
            self.learnt = given.clone();
        }
        Features { columns: self.columns, learnt: self.learnt, findings: self.findings }
    }
}

/// One number per customer.
fn each(n: usize, of: impl Fn(usize) -> f64 + Sync + Send) -> Vec<f64> {
    (0..n).into_par_iter().map(of).collect()
}

/// Whether two customers have different values.
fn differs(values: &Values) -> bool {
    match values {
        Values::Number(numbers) => {
            let mut present = numbers.iter().filter(|number| !number.is_nan());
            let first = present.next();
            present.any(|number| Some(number) != first)
        }
        Values::Flag { codes, .. } => codes.windows(2).any(|pair| pair[0] != pair[1]),
        Values::Category { codes, .. } => codes.windows(2).any(|pair| pair[0] != pair[1]),
    }
}
