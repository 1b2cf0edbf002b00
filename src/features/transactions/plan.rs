//! What each column of a table of order lines is, and how it is read.

use crate::day::Day;
use crate::load::{ReadAs, Wanted};
use crate::orders::{CancelPrefix, Frozen, Learnt, LineCounts, Money, Rules};

use super::params::Params;

/// The parts that a column of order lines can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Who bought.
    Customer,
    /// When.
    Date,
    /// The order number.
    Order,
    /// The money of the line.
    Amount,
    /// How many.
    Quantity,
    /// The price of one.
    Price,
    /// What was bought.
    Product,
    /// The category of what was bought.
    Category,
    /// Where it was bought.
    Channel,
    /// Whether it was bought at a discount.
    Discount,
}

impl Part {
    /// What it is called in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Date => "day",
            Self::Order => "order number",
            Self::Amount => "amount",
            Self::Quantity => "quantity",
            Self::Price => "price",
            Self::Product => "product",
            Self::Category => "category",
            Self::Channel => "channel",
            Self::Discount => "discount",
        }
    }

    /// The key of the config that names its column.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Customer => "input.id",
            Self::Date => "features.transactions.date",
            Self::Order => "features.transactions.order",
            Self::Amount => "features.transactions.amount",
            Self::Quantity => "features.transactions.quantity",
            Self::Price => "features.transactions.price",
            Self::Product => "features.transactions.product",
            Self::Category => "features.transactions.category",
            Self::Channel => "features.transactions.channel",
            Self::Discount => "features.transactions.discount",
        }
    }
}

/// One column that has a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPlan {
    /// Its part.
    pub part: Part,
    /// Its name.
    pub column: String,
    /// Why, in plain words.
    pub why: String,
    /// Whether that was guessed and not configured.
    pub guessed: bool,
    /// How it is read.
    pub read_as: ReadAs,
    /// How many decimals of its numbers are kept.
    pub decimals: u8,
}

/// How a table of order lines is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPlan {
    /// The columns with a part, in the order of [`Part`]; the customer and the day are
    /// always there.
    pub parts: Vec<PartPlan>,
    /// Columns without a part that may say something of the customers: texts that repeat.
    pub attributes: Vec<String>,
    /// Whether customers are named by whole numbers.
    pub whole_ids: bool,
    pub(super) params: Params,
}

impl OrderPlan {
    /// The column of a part.
    #[must_use]
    pub fn part(&self, part: Part) -> Option<&PartPlan> {
        self.parts.iter().find(|planned| planned.part == part)
    }

    /// The name of the customer column.
    #[must_use]
    pub fn customer(&self) -> &str {
        self.part(Part::Customer).map_or("", |planned| planned.column.as_str())
    }

    /// What must be read of the table, each column once.
    #[must_use]
    pub fn wanted(&self) -> Vec<Wanted> {
        let mut wanted: Vec<Wanted> = Vec::new();
        for planned in &self.parts {
            if !wanted.iter().any(|wanted| wanted.column == planned.column) {
                wanted.push(Wanted { column: planned.column.clone(), read_as: planned.read_as });
            }
        }
        for column in &self.attributes {
            if !wanted.iter().any(|wanted| wanted.column == *column) {
                wanted.push(Wanted { column: column.clone(), read_as: ReadAs::Text });
            }
        }
        wanted
    }

    /// The `[features.transactions]` table with every column named, so that it reads the
    /// same table in the same way again.
    #[must_use]
    pub fn resolved(&self) -> Params {
        let mut params = self.params.clone();
        for planned in &self.parts {
            params.set(planned.part, planned.column.clone());
        }
        for part in ALL {
            if self.part(part).is_none() {
                params.set(part, String::new());
            }
        }
        params
    }

    /// One line per column: `order number: InvoiceNo (named like an order number)`.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let mut told: Vec<String> = self
            .parts
            .iter()
            .map(|p| format!("{}: {} ({})", p.part.name(), p.column, p.why))
            .collect();
        told.push(format!("money: {}", self.money_told()));
        told
    }

    /// Where the money stands.
    fn money_told(&self) -> String {
        let column = |part| self.part(part).map_or("", |planned| planned.column.as_str());
        match self.money() {
            Money::Nowhere => "none".to_owned(),
            Money::Amount { .. } => {
                self.money_part().map_or(String::new(), |planned| planned.column.clone())
            }
            Money::PriceTimesQuantity { .. } => {
                format!("{} x {}", column(Part::Quantity), column(Part::Price))
            }
        }
    }

    /// The column of money: the amount, else the price.
    pub(super) fn money_part(&self) -> Option<&PartPlan> {
        self.part(Part::Amount).or_else(|| self.part(Part::Price))
    }

    fn money(&self) -> Money {
        let decimals = self.money_part().map_or(0, |planned| planned.decimals);
        let has = |part| self.part(part).is_some();
        if has(Part::Amount) || (has(Part::Price) && !has(Part::Quantity)) {
            Money::Amount { decimals }
        } else if has(Part::Price) {
            Money::PriceTimesQuantity { decimals }
        } else {
            Money::Nowhere
        }
    }

    /// How the lines were read, for a model: with what they were `counts` of and what was
    /// `learnt` from them, and the `attributes` that say something of the customers.
    #[must_use]
    pub fn frozen(
        &self,
        counts: &LineCounts,
        learnt: &Learnt,
        attributes: &[String],
        as_of_given: bool,
    ) -> Frozen {
        let column = |part: Part| {
            let key = part.key().rsplit('.').next().unwrap_or_default();
            Some((key.to_owned(), self.part(part)?.column.clone()))
        };
        let cancel_prefix = match self.rules(None).cancel_prefix {
            CancelPrefix::FindOut => CancelPrefix::Letters(counts.cancel_prefixes.concat()),
            decided => decided,
        };
        Frozen {
            customer: self.customer().to_owned(),
            columns: ALL.into_iter().filter_map(column).collect(),
            attributes: attributes.to_vec(),
            refunds: self.params.refunds,
            zero_price: self.params.zero_price,
            cancel_prefix,
            as_of_given,
            learnt: learnt.clone(),
        }
    }

    /// The rules that lines are summed up by.
    #[must_use]
    pub fn rules(&self, as_of: Option<Day>) -> Rules {
        let has = |part| self.part(part).is_some();
        Rules {
            as_of,
            not_before: None,
            refunds: self.params.refunds,
            zero_price: self.params.zero_price,
            cancel_prefix: match self.params.cancel_prefix.as_deref() {
                None => CancelPrefix::FindOut,
                Some("") => CancelPrefix::Never,
                Some(prefix) => CancelPrefix::Declared(prefix.to_owned()),
            },
            money: self.money(),
            quantity_decimals: self.part(Part::Quantity).map(|planned| planned.decimals),
            whole_ids: self.whole_ids,
            has_orders: has(Part::Order),
            has_products: has(Part::Product),
            has_categories: has(Part::Category),
            has_channels: has(Part::Channel),
            has_discounts: has(Part::Discount),
            n_attributes: self.attributes.len(),
        }
    }
}

/// The parts that the config can name.
pub(super) const ALL: [Part; 9] = [
    Part::Date,
    Part::Order,
    Part::Amount,
    Part::Quantity,
    Part::Price,
    Part::Product,
    Part::Category,
    Part::Channel,
    Part::Discount,
];
