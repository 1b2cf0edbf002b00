//! Where every order line went: what was seen, which may overlap, and the accounting,
//! in which every line stands once, with the money of each to the last digit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::exact::Exact;

/// Some lines and their money as the input writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// How many lines.
    pub lines: u64,
    /// The sum of their money; none where the lines have no money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Exact>,
}

/// Lines with a property; a line may have several.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Nobody is named.
    pub without_customer: Tally,
    /// The order number marks a cancellation.
    pub cancelled: Tally,
    /// Both.
    pub cancelled_without_customer: Tally,
    /// The quantity is below 0.
    pub negative_quantity: Tally,
    /// The amount is below 0.
    pub negative_money: Tally,
    /// Something was bought for nothing: the amount is 0 and the quantity is not.
    pub zero_price: Tally,
    /// The quantity is 0.
    pub zero_quantity: Tally,
    /// There is no order number although other lines have one.
    pub without_order_number: Tally,
    /// Lines of a customer that equal an earlier line in every column that is used.
    pub duplicates: Tally,
}

/// Lines that a rule leaves out, each under the first rule that applies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    /// There is no day, or none between 1900-01-01 and 2079-06-06.
    pub without_day: Tally,
    /// After the as-of day.
    pub after_as_of: Tally,
    /// Nobody is named.
    pub without_customer: Tally,
    /// There is no amount although other lines have one.
    pub without_money: Tally,
    /// The quantity is 0: nothing was bought.
    pub zero_quantity: Tally,
    /// Something was bought for nothing, and the config drops such lines.
    pub zero_price: Tally,
    /// Money was given back, and the config drops such lines.
    pub refunds: Tally,
    /// Of customers of whom no purchase is left.
    pub customers_without_purchase: Tally,
}

impl Excluded {
    /// The rules in their order with their names.
    #[must_use]
    pub fn named(&self) -> [(&'static str, Tally); 8] {
        [
            ("without a day", self.without_day),
            ("after the as-of day", self.after_as_of),
            ("without a customer", self.without_customer),
            ("without an amount", self.without_money),
            ("with a quantity of 0", self.zero_quantity),
            ("with a price of 0", self.zero_price),
            ("that give money back", self.refunds),
            ("of customers without a purchase", self.customers_without_purchase),
        ]
    }
}

/// The accounting of a table of order lines: `rows = used + rejected + excluded`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineCounts {
    /// All lines of the input, with the rejected ones.
    pub rows: u64,
    /// Lines that could not be read.
    pub rejected: u64,
    /// All lines that could be read.
    pub read: Tally,
    /// Lines that count.
    pub used: Tally,
    /// Lines that a rule leaves out.
    pub excluded: Excluded,
    /// What was seen; these counts overlap.
    pub seen: Seen,
    /// What cancelled order numbers begin with; empty where none do.
    pub cancel_prefixes: Vec<String>,
    /// Different customers on any line on or before the as-of day.
    pub customers_seen: u64,
    /// Customers with a purchase.
    pub customers: u64,
    /// Orders of these customers.
    pub orders: u64,
    /// What these customers spent, after the rule for refunds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spend: Option<Exact>,
    /// Order numbers that name orders of more than one customer.
    pub shared_order_numbers: u64,
    /// Order numbers that one customer has on more than one day; each day is an order.
    pub order_numbers_on_several_days: u64,
}

impl LineCounts {
    /// The counts with lines that could not be read.
    #[must_use]
    pub fn with_rejected(mut self, rejected: u64) -> Self {
        self.rows = self.rows - self.rejected + rejected;
        self.rejected = rejected;
        self
    }

    /// All lines that rules leave out.
    #[must_use]
    pub fn n_excluded(&self) -> u64 {
        self.excluded.named().iter().map(|(_, tally)| tally.lines).sum()
    }

    /// Whether every line and all money stand in exactly one place.
    #[must_use]
    pub fn add_up(&self) -> bool {
        let lines = self.used.lines + self.n_excluded();
        let minor = |tally: &Tally| tally.money.map_or(0, Exact::minor);
        let excluded: i128 = self.excluded.named().iter().map(|(_, tally)| minor(tally)).sum();
        self.rows == self.read.lines + self.rejected
            && self.read.lines == lines
            && minor(&self.read) == minor(&self.used) + excluded
    }
}
