//! Kinds of shopper, by orders per month, average order value and discount share.
//!
//! First match:
//!
//! 1. budget, by discounts, where they are known: a discount share above 0 and at or above
//!    the upper quartile of the base;
//! 2. frequent: at least two orders, and orders per month at or above the point that two
//!    thirds of the base lie below;
//! 3. budget, by small orders, where there is money: an average order below the lower
//!    quartile of the base;
//! 4. occasional: everybody else.
//!
//! Quantiles are of type 7 over all customers. Orders per month count from the first order
//! to the as-of day, over at least one month.

use serde::{Deserialize, Serialize};

use super::labels::{money, percent, sentences};
use super::minor::scale;
use super::{Beat, Cuts, Extra, RuleLabels};
use crate::format;
use crate::orders::Histories;
use crate::said::{Fact, Said, said};
use crate::stats::quantile;

/// The classes.
pub(super) const NAMES: [&str; 3] = ["frequent", "occasional", "budget"];

/// The cuts of the kinds of shopper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShopperCuts {
    /// Orders per month from which on a customer is frequent.
    pub(crate) orders_per_month: Option<f64>,
    /// The average order, in units of money, below which a customer is a budget shopper.
    pub(crate) average_order: Option<f64>,
    /// The discount share from which on a customer is a budget shopper.
    pub(crate) discount_share: Option<f64>,
}

/// Labels every customer.
pub(super) fn label(beats: &[Beat], histories: &Histories, extra: &Extra) -> RuleLabels {
    let rates: Vec<f64> = beats.iter().map(|beat| beat.orders_per_month).collect();
    let averages = averages(histories);
    let cuts = ShopperCuts {
        orders_per_month: quantile(&rates, 2.0 / 3.0),
        average_order: averages.as_deref().and_then(|averages| quantile(averages, 0.25)),
        discount_share: extra.discount_share.and_then(|shares| quantile(shares, 0.75)),
    };
    let codes = cuts.codes(beats, histories, extra);
    let definition = cuts.in_words();
    RuleLabels::new(Cuts::Shopper(cuts), codes, definition)
}

/// The average order of each customer in units of money; `None` without money.
fn averages(histories: &Histories) -> Option<Vec<f64>> {
    let scale = scale(histories.money_decimals()?);
    let average = |customer| {
        let amounts = histories.amounts(customer);
        let sum: i128 = amounts.iter().map(|&amount| i128::from(amount)).sum();
        sum as f64 / scale / amounts.len().max(1) as f64
    };
    Some((0..histories.n_customers()).map(average).collect())
}

impl ShopperCuts {
    /// The class of every customer.
    pub(super) fn codes(
        &self,
        beats: &[Beat],
        histories: &Histories,
        extra: &Extra,
    ) -> Vec<Option<u8>> {
        let averages = averages(histories);
        let code = |(customer, beat): (usize, &Beat)| {
            let discount = extra.discount_share.and_then(|list| list.get(customer)).copied();
            let hunter = discount
                .zip(self.discount_share)
                .is_some_and(|(share, cut)| share > 0.0 && share >= cut);
            let often = self.orders_per_month.is_some_and(|cut| beat.orders_per_month >= cut);
            let average = averages.as_ref().and_then(|list| list.get(customer)).copied();
            let small = average.zip(self.average_order).is_some_and(|(order, cut)| order < cut);
            match (hunter, beat.orders > 1 && often, small) {
                (true, ..) => 2,
                (_, true, _) => 0,
                (_, _, true) => 2,
                _ => 1,
            }
        };
        beats.iter().enumerate().map(|at| Some(code(at))).collect()
    }

    /// The definition.
    fn in_words(&self) -> Said {
        let mut parts = vec![said!("def-first-match")];
        parts.extend(
            self.discount_share
                .map(|share| said!("def-budget-share", share = Fact::Figure(percent(share)))),
        );
        parts.extend(
            self.orders_per_month
                .map(|rate| said!("def-frequent", rate = Fact::Figure(format::number(rate)))),
        );
        parts.extend(
            self.average_order
                .map(|order| said!("def-budget-order", order = Fact::Figure(money(order)))),
        );
        if self.average_order.is_none() && self.discount_share.is_none() {
            parts.push(said!("def-budget-nobody"));
        }
        parts.push(said!("def-occasional"));
        sentences(parts)
    }
}
