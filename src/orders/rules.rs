//! What counts as an order, as a refund and as nothing: the rules that the config may
//! set, and the lines that they are asked about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::day::Day;

use super::attributes;
use super::error::OrderError;
use super::exact::MOST_DECIMALS;
use super::texts::Texts;

/// What becomes of money that was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Refunds {
    /// It is taken off what the customer spent, and off the order where it stands in one.
    #[default]
    Net,
    /// Lines that give money back are left out and counted.
    Drop,
    /// Spend stays what was bought; what was given back is a feature of its own.
    Separate,
}

/// Whether something bought for nothing is a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ZeroPrice {
    /// It is: an order worth nothing is an order.
    #[default]
    Keep,
    /// It is not: the line is left out and counted.
    Drop,
}

/// How a cancelled line is known by its order number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CancelPrefix {
    /// By a letter before the digits, where lines under such numbers are nearly all
    /// negative and other order numbers are digits alone.
    #[default]
    FindOut,
    /// By what the order number begins with.
    Declared(String),
    /// By one of these letters before the digits: what another run has found out.
    Letters(String),
    /// Not at all; negative quantities and amounts are refunds all the same.
    Never,
}

/// Where the money of a line stands, with the decimals of each column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Money {
    /// Nowhere.
    #[default]
    Nowhere,
    /// In one column, an amount per line.
    Amount {
        /// Decimals that are kept.
        decimals: u8,
    },
    /// In the product of two columns, a price and a quantity.
    PriceTimesQuantity {
        /// Decimals of the price that are kept; those of the quantity are added.
        decimals: u8,
    },
}

/// The rules for one table of order lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one column whether it is there")]
pub struct Rules {
    /// The last day that counts, inclusive; default: the last day of any line.
    pub as_of: Option<Day>,
    /// Where the as-of day is found out, it is not before this day.
    pub not_before: Option<Day>,
    /// What becomes of money that was given back.
    pub refunds: Refunds,
    /// Whether something bought for nothing is a purchase.
    pub zero_price: ZeroPrice,
    /// How a cancelled line is known.
    pub cancel_prefix: CancelPrefix,
    /// Where the money stands.
    pub money: Money,
    /// Decimals of the quantity that are kept; `None` where there is no quantity.
    pub quantity_decimals: Option<u8>,
    /// Whether customers are named by whole numbers, so that `17850.0` is `17850`.
    pub whole_ids: bool,
    /// Whether lines have order numbers; without them an order is a customer's day.
    pub has_orders: bool,
    /// Whether lines name a product.
    pub has_products: bool,
    /// Whether lines name a category.
    pub has_categories: bool,
    /// Whether lines name a channel.
    pub has_channels: bool,
    /// Whether lines say that something was bought at a discount.
    pub has_discounts: bool,
    /// How many further columns may say something of the customers.
    pub n_attributes: usize,
}

impl Rules {
    /// The decimals of the money of a line; `None` without money.
    #[must_use]
    pub fn money_decimals(&self) -> Option<u8> {
        match self.money {
            Money::Nowhere => None,
            Money::Amount { decimals } => Some(decimals),
            Money::PriceTimesQuantity { decimals } => {
                Some(decimals + self.quantity_decimals.unwrap_or(0))
            }
        }
    }

    /// Refuses more decimals than can be kept exactly, and a price without a quantity.
    pub(super) fn check(&self) -> Result<(), OrderError> {
        let most = self.money_decimals().max(self.quantity_decimals).unwrap_or(0);
        if most > MOST_DECIMALS {
            return Err(OrderError::TooLarge { what: "money", decimals: most });
        }
        let by_price = matches!(self.money, Money::PriceTimesQuantity { .. });
        if by_price && self.quantity_decimals.is_none() {
            return Err(OrderError::Batch { what: "quantity" });
        }
        Ok(())
    }
}

/// Some order lines, in any order: one entry per line in every column that is there.
#[derive(Debug, Clone, Default)]
pub struct Batch<'a> {
    /// Who bought; `None` where nobody is named.
    pub customers: Texts<'a>,
    /// When, days since 1970-01-01.
    pub days: Vec<Option<i32>>,
    /// The order numbers; empty without them.
    pub orders: Texts<'a>,
    /// What was bought; empty without it.
    pub products: Texts<'a>,
    /// The category of what was bought; empty without it.
    pub categories: Texts<'a>,
    /// Where it was bought; empty without it.
    pub channels: Texts<'a>,
    /// The amount of the line, or its price, by [`Rules::money`]; NaN is missing. Empty
    /// without money.
    pub money: Vec<f64>,
    /// How many; NaN is missing. Empty without quantities.
    pub quantities: Vec<f64>,
    /// Whether it was bought at a discount; empty where nothing says so.
    pub discounted: Vec<bool>,
    /// Further columns that may say something of the customers.
    pub attributes: Vec<Texts<'a>>,
}

impl Batch<'_> {
    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// Checks that every column that the rules ask for is whole, and no other is there.
    pub(super) fn check(&self, rules: &Rules) -> Result<(), OrderError> {
        let n = self.len();
        let has_money = rules.money != Money::Nowhere;
        let columns = [
            ("day", self.days.len(), true),
            ("order number", self.orders.len(), rules.has_orders),
            ("product", self.products.len(), rules.has_products),
            ("category", self.categories.len(), rules.has_categories),
            ("channel", self.channels.len(), rules.has_channels),
            ("money", self.money.len(), has_money),
            ("quantity", self.quantities.len(), rules.quantity_decimals.is_some()),
            ("discount", self.discounted.len(), rules.has_discounts),
        ];
        if let Some((what, ..)) =
            columns.iter().find(|(_, len, there)| *len != if *there { n } else { 0 })
        {
            return Err(OrderError::Batch { what });
        }
        let texts = [
            ("customer", &self.customers),
            ("order number", &self.orders),
            ("product", &self.products),
            ("category", &self.categories),
            ("channel", &self.channels),
        ];
        match texts.iter().find(|(_, texts)| !texts.is_whole()) {
            Some(&(what, _)) => Err(OrderError::Batch { what }),
            None => attributes::check(self, rules.n_attributes),
        }
    }
}
