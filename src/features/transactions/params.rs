//! The `[features.transactions]` table of the config.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::orders::{Frozen, Refunds, ZeroPrice};

use super::plan::{ALL, Part};

/// Which column of a table of order lines is what, and what counts as an order. Columns
/// that are not named are guessed from their names and values; an empty text means that
/// there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// The order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The day of the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The money of a line; goes before price times quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// How many were bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The price of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// What was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The category of what was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Where it was bought: web, app, store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// A discount, a coupon or a promotion: a number other than 0 or a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<String>,
    /// What the order number of a cancellation begins with, such as `C`; found out where
    /// it is not said; an empty text for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_prefix: Option<String>,
    /// What becomes of money that was given back: `net`, `drop` or `separate`.
    pub refunds: Refunds,
    /// Whether something bought for nothing is a purchase: `keep` or `drop`.
    pub zero_price: ZeroPrice,
}

impl Params {
    /// The table that reads lines as those of a model were read. How a cancelled line is
    /// known is not in it: see [`super::Builder::frozen`].
    #[must_use]
    pub fn of(frozen: &Frozen) -> Self {
        let mut params =
            Self { refunds: frozen.refunds, zero_price: frozen.zero_price, ..Self::default() };
        for part in ALL {
            let key = part.key().rsplit('.').next().unwrap_or_default();
            params.set(part, frozen.columns.get(key).cloned().unwrap_or_default());
        }
        params
    }

    /// The column that is named for a part; the customer is named by `input.id`.
    #[must_use]
    pub fn column(&self, part: Part) -> Option<&str> {
        let column = match part {
            Part::Customer => None,
            Part::Order => self.order.as_deref(),
            Part::Date => self.date.as_deref(),
            Part::Amount => self.amount.as_deref(),
            Part::Quantity => self.quantity.as_deref(),
            Part::Price => self.price.as_deref(),
            Part::Product => self.product.as_deref(),
            Part::Category => self.category.as_deref(),
            Part::Channel => self.channel.as_deref(),
            Part::Discount => self.discount.as_deref(),
        };
        column.map(str::trim)
    }

    /// Names the column of a part.
    pub(super) fn set(&mut self, part: Part, column: String) {
        let place = match part {
            Part::Customer => return,
            Part::Order => &mut self.order,
            Part::Date => &mut self.date,
            Part::Amount => &mut self.amount,
            Part::Quantity => &mut self.quantity,
            Part::Price => &mut self.price,
            Part::Product => &mut self.product,
            Part::Category => &mut self.category,
            Part::Channel => &mut self.channel,
            Part::Discount => &mut self.discount,
        };
        *place = Some(column);
    }
}
