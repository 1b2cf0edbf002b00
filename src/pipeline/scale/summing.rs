//! The features of order lines as an engine sums them up: the formulas of
//! `orders::features`, on whole numbers that engines add up alike.

use crate::backend::summing::{DAY, FIRST, LAST, Summing};
use crate::backend::{Output, Written};
use crate::day::Day;
use crate::expression::{Behind, Expr, Named, Query, Test};
use crate::features::transactions::{OrderPlan, Part};
use crate::load::ReadAs;
use crate::orders::features::{PRIOR_GAPS, PRIOR_ORDERS, ShareBase};
use crate::orders::{
    CancelPrefix, FIRST_DAY, Frozen, LAST_DAY, Money, Refunds, Rules, ZeroPrice, power,
};
use crate::pipeline::job::Failure;
use crate::table::OTHER;

/// How lines are read and customers measured.
pub(super) struct Lines<'a> {
    pub plan: &'a OrderPlan,
    /// The rules, with the last day that counts.
    pub rules: &'a Rules,
    pub frozen: &'a Frozen,
    pub as_of: Day,
}

fn col(name: &str) -> Expr {
    Expr::column(name)
}

/// The columns of a line as they are read, and the day that counts.
pub(super) const DAY_OF_LINE: &str = "day";
/// Units of the smallest decimal.
pub(super) const AMOUNT: &str = "amount";
pub(super) const QUANTITY: &str = "quantity";
const NUMBER: &str = "number";
/// The lines of a customer that count.
pub(super) const USED: &str = "order_lines";
/// 1 where the line bought something.
const BOUGHT: &str = "bought";
/// 1 where it gave something back.
const BACK: &str = "back";

/// A number in units of its smallest decimal, halves away from 0.
fn scaled(value: &Expr, decimals: u8) -> Expr {
    let exact = || value.clone().scaled(power(decimals));
    let near = |x: Expr| Expr::Real(Box::new(Expr::Fixed(Box::new(x), 0)));
    let negative = Expr::Number(0.0).minus(near(Expr::Number(0.0).minus(exact())));
    Expr::case(vec![(exact().is("<", 0.0), negative)], near(exact()))
}

impl Lines<'_> {
    fn column(&self, part: Part) -> Option<&str> {
        self.plan.part(part).map(|planned| planned.column.as_str())
    }

    fn words(&self, part: Part) -> Option<Expr> {
        Some(Expr::Words(Box::new(col(self.column(part)?))))
    }

    /// Days since 1970-01-01, where the line is on a day that can be and not after the last.
    fn day(&self) -> Expr {
        let date = self.column(Part::Date).unwrap_or_default();
        let days = |day: i32| Expr::Number(f64::from(day));
        let zero = Day::from_epoch(0).unwrap_or(self.as_of);
        let day = || Expr::Number(0.0).minus(Expr::DaysBefore(Box::new(col(date)), zero));
        let last = self.as_of.since_epoch().min(LAST_DAY);
        let within = Test::All(vec![
            Test::Is(day(), ">=", days(FIRST_DAY)),
            Test::Is(day(), "<=", days(last)),
        ]);
        Expr::case(vec![(within, day())], Expr::Null)
    }

    fn real(&self, part: Part) -> Option<Expr> {
        Some(Expr::Real(Box::new(col(self.column(part)?))))
    }

    /// What is read of a line: its day, its quantity and its money.
    fn read(&self) -> Vec<Named> {
        let mut read = vec![(DAY_OF_LINE.to_owned(), self.day())];
        if let Some((number, decimals)) =
            self.real(Part::Quantity).zip(self.rules.quantity_decimals)
        {
            read.push((QUANTITY.to_owned(), scaled(&number, decimals)));
        }
        let money = self.real(Part::Amount).or_else(|| self.real(Part::Price));
        let decimals = match self.rules.money {
            Money::Amount { decimals } | Money::PriceTimesQuantity { decimals } => Some(decimals),
            Money::Nowhere => None,
        };
        if let Some((money, decimals)) = money.zip(decimals) {
            read.push((AMOUNT.to_owned(), scaled(&money, decimals)));
        }
        read
    }

    pub(super) fn has_money(&self) -> bool {
        self.rules.money != Money::Nowhere
    }

    pub(super) fn has_quantity(&self) -> bool {
        self.rules.quantity_decimals.is_some()
    }

    /// Whether the order number says that something was cancelled.
    fn cancelled(&self) -> Test {
        let Some(number) = self.words(Part::Order) else { return Test::Any(Vec::new()) };
        let begins = |with: String, behind| Test::Begins(number.clone(), with, behind);
        match &self.frozen.cancel_prefix {
            CancelPrefix::Declared(prefix) => begins(prefix.clone(), Behind::Anything),
            CancelPrefix::Letters(letters) => {
                let letters =
                    letters.chars().map(|letter| begins(letter.to_string(), Behind::Digits));
                Test::Any(letters.collect())
            }
            CancelPrefix::Never | CancelPrefix::FindOut => Test::Any(Vec::new()),
        }
    }

    /// The layers on the lines, which say of each what it is.
    pub(super) fn query(&self) -> Query {
        let mut query = Query::new(self.plan.customer());
        let mut read = self.read();
        let cancelled = self.cancelled();
        let is_marked = !matches!(&cancelled, Test::Any(parts) if parts.is_empty());
        if is_marked {
            read.push(("cancelled".to_owned(), Expr::indicator(cancelled)));
        }
        read.extend(self.words(Part::Order).map(|words| (NUMBER.to_owned(), words)));
        read.extend(self.described());
        let own: Vec<String> = read.iter().map(|(name, _)| name.clone()).collect();
        query.layer("kohort_read", read);
        let kept = |name: &String| (name.clone(), col(name));
        let mut columns: Vec<Named> = own.iter().filter(|name| *name != AMOUNT).map(kept).collect();
        if self.has_money() {
            let by_price = matches!(self.rules.money, Money::PriceTimesQuantity { .. });
            let amount = if by_price { col(AMOUNT).times(col(QUANTITY)) } else { col(AMOUNT) };
            columns.push((AMOUNT.to_owned(), amount));
        }
        let own: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        query.layer("kohort_money", columns);
        let mut columns: Vec<Named> = own.iter().map(kept).collect();
        let (bought, back) = self.kinds(is_marked);
        columns.extend([(BOUGHT.to_owned(), bought), (BACK.to_owned(), back)]);
        query.layer("kohort_kinds", columns);
        query
    }

    /// Whether a line bought something or gave something back, where it counts at all.
    fn kinds(&self, is_marked: bool) -> (Expr, Expr) {
        let none = || Expr::Number(0.0);
        let mut nothing = Vec::new();
        if self.has_money() {
            nothing.push((col(AMOUNT).missing(), none()));
        }
        if self.has_quantity() {
            nothing.push((col(QUANTITY).is("=", 0.0), none()));
        }
        let mut back = Vec::new();
        if is_marked {
            back.push(col("cancelled").is("=", 1.0));
        }
        if self.has_money() {
            back.push(col(AMOUNT).is("<", 0.0));
        }
        if self.has_quantity() {
            back.push(col(QUANTITY).is("<", 0.0));
        }
        let is_back = Test::Any(back.clone());
        let free = self.has_money() && self.rules.zero_price == ZeroPrice::Drop;
        let mut bought = nothing.clone();
        if !back.is_empty() {
            bought.push((is_back.clone(), none()));
        }
        if free {
            bought.push((col(AMOUNT).is("=", 0.0), none()));
        }
        let given_back = if back.is_empty() || self.rules.refunds == Refunds::Drop {
            none()
        } else {
            nothing.push((is_back, Expr::Number(1.0)));
            Expr::case(nothing, none())
        };
        (Expr::case(bought, Expr::Number(1.0)), given_back)
    }

    /// Further columns of a line: its discount and its category.
    fn described(&self) -> Vec<Named> {
        let mut described = Vec::new();
        if self.has_discount_numbers()
            && let Some(number) = self.real(Part::Discount)
        {
            let is = number.is("<>", 0.0);
            described.push(("discount".to_owned(), Expr::indicator(is)));
        }
        let base = self.frozen.learnt.category.as_ref();
        if let Some((base, words)) = base.zip(self.words(Part::Category)) {
            let empty =
                Test::Any(vec![words.clone().missing(), words.clone().equals(Expr::text(""))]);
            let cases = named(base).map(|(at, level)| {
                (words.clone().equals(Expr::text(level)), Expr::whole(at as u32))
            });
            let cases = std::iter::once((empty, Expr::Null)).chain(cases).collect();
            // The rest is whatever has another number.
            described.push(("category".to_owned(), Expr::case(cases, Expr::whole(REST))));
        }
        described
    }

    fn has_discount_numbers(&self) -> bool {
        self.plan.part(Part::Discount).is_some_and(|planned| planned.read_as == ReadAs::Number)
    }
}

/// The number of a category without a share of its own.
const REST: u32 = 9999;

/// The levels with a share of their own, with their places.
fn named(base: &ShareBase) -> impl Iterator<Item = (usize, &str)> {
    base.levels.iter().map(String::as_str).enumerate().filter(|(_, level)| *level != OTHER)
}

/// What was spent on a category, by its place.
fn category(at: usize) -> String {
    format!("category_{at}")
}

/// A number of a line where it bought something, else 0.
fn where_bought(value: Expr) -> Expr {
    Expr::case(vec![(col(BOUGHT).is("=", 1.0), value)], Expr::Number(0.0))
}

impl Lines<'_> {
    /// What of a line is summed up by order.
    fn of_lines(&self) -> Vec<Named> {
        let mut lines = vec![(BOUGHT.to_owned(), col(BOUGHT)), (BACK.to_owned(), col(BACK))];
        let mut add = |name: &str, value: Expr| lines.push((name.to_owned(), value));
        if self.has_money() {
            add("paid", where_bought(col(AMOUNT)));
            let size = Expr::case(
                vec![(col(AMOUNT).is("<", 0.0), Expr::Number(0.0).minus(col(AMOUNT)))],
                col(AMOUNT),
            );
            let back = vec![(col(BACK).is("=", 1.0), size)];
            add("returned", Expr::case(back, Expr::Number(0.0)));
        }
        if self.has_quantity() {
            let there = vec![(col(QUANTITY).missing(), Expr::Number(0.0))];
            add("units", where_bought(Expr::case(there, col(QUANTITY))));
        }
        if self.has_discount_numbers() {
            add("discounted", where_bought(col("discount")));
        }
        if let Some(base) = self.category() {
            let weight = || if self.has_money() { col(AMOUNT) } else { Expr::Number(1.0) };
            let of =
                |test: Test| where_bought(Expr::case(vec![(test, weight())], Expr::Number(0.0)));
            add("category_all", of(col("category").there()));
            for (at, _) in named(base) {
                add(&category(at), of(col("category").is("=", at as f64)));
            }
        }
        lines
    }

    fn category(&self) -> Option<&ShareBase> {
        self.column(Part::Category)?;
        self.frozen.learnt.category.as_ref()
    }

    /// What of an order is summed up by day: all of it, and what is true of orders alone, in
    /// which something was bought.
    fn of_orders(&self) -> Vec<Named> {
        let is_order = || col(BOUGHT).is(">", 0.0);
        let mut orders: Vec<Named> =
            self.of_lines().into_iter().map(|(name, _)| (name.clone(), col(&name))).collect();
        orders.push(("orders".to_owned(), Expr::indicator(is_order())));
        if self.has_money() {
            let worth = match self.rules.refunds {
                Refunds::Net => col("paid").minus(col("returned")),
                _ => col("paid"),
            };
            orders.push((
                "worth".to_owned(),
                Expr::case(vec![(is_order(), worth)], Expr::Number(0.0)),
            ));
        }
        orders
    }

    /// What of a day is summed up by customer.
    fn of_days(&self) -> Vec<Named> {
        let mut days: Vec<Named> =
            self.of_orders().into_iter().map(|(name, _)| (name.clone(), col(&name))).collect();
        days.push(("order_days".to_owned(), Expr::indicator(col("orders").is(">", 0.0))));
        // 1970-01-01 was a Thursday: two days later a week's first weekend began.
        let since = || col(DAY).minus(Expr::Number(2.0));
        let half = Expr::Number(0.5);
        let weeks = Expr::Fixed(Box::new(since().over(Expr::Number(7.0)).minus(half)), 0);
        let of_week = since().minus(Expr::Number(7.0).times(Expr::Real(Box::new(weeks))));
        let weekend = Expr::case(vec![(of_week.is("<", 2.0), col("orders"))], Expr::Number(0.0));
        days.push(("weekend".to_owned(), weekend));
        days
    }

    /// The formula of a feature on the sums of a customer; none of one that needs more.
    fn feature(&self, name: &str) -> Option<Expr> {
        let learnt = &self.frozen.learnt;
        let scale = |decimals: Option<u8>| power(decimals.unwrap_or(0));
        let money = scale(self.rules.money_decimals());
        let orders = || col("orders");
        let shrunk = |own: Expr, base: f64| {
            let prior = Expr::Number(PRIOR_ORDERS * base);
            orders().times(own).plus(prior).over(orders().plus(Expr::Number(PRIOR_ORDERS)))
        };
        let spend = || match self.rules.refunds {
            Refunds::Net => col("paid").minus(col("returned")),
            _ => col("paid"),
        };
        let as_of = || Expr::Number(f64::from(self.as_of.since_epoch()));
        Some(match name {
            "days_since_last_order" => as_of().minus(col(LAST)),
            "orders" => orders(),
            "spend" if self.has_money() => spend().by(money),
            "average_order_value" if self.has_money() => col("worth").over(orders().scaled(money)),
            "refunds" if self.has_money() => col("returned").by(money),
            "tenure_days" => as_of().minus(col(FIRST)),
            "first_to_last_days" => col(LAST).minus(col(FIRST)),
            "gap_days" => {
                let prior = PRIOR_GAPS * learnt.median_gap?;
                let gaps = || col("order_days").minus(Expr::Number(1.0));
                let sum = col(LAST).minus(col(FIRST)).plus(Expr::Number(prior));
                let typical = sum.over(gaps().plus(Expr::Number(PRIOR_GAPS)));
                Expr::case(vec![(gaps().is(">", 0.0), typical)], Expr::Null)
            }
            "lines_per_order" => col(BOUGHT).over(orders()),
            "units_per_order" if self.has_quantity() => {
                col("units").by(scale(self.rules.quantity_decimals)).over(orders())
            }
            "return_share" => shrunk(col(BACK).over(col(BOUGHT).plus(col(BACK))), learnt.returns?),
            "discount_share" if self.has_discount_numbers() => {
                shrunk(col("discounted").over(col(BOUGHT)), learnt.discount?)
            }
            "weekend_share" => shrunk(col("weekend").over(orders()), learnt.weekend?),
            name => {
                let (base, level) = self.category().zip(name.strip_prefix("category_share: "))?;
                let at = base.levels.iter().position(|known| known == level)?;
                let own = if level == OTHER {
                    named(base)
                        .fold(col("category_all"), |rest, (at, _)| rest.minus(col(&category(at))))
                } else {
                    col(&category(at))
                };
                let own = shrunk(own.over(col("category_all")), *base.shares.get(at)?);
                Expr::case(vec![(col("category_all").is(">", 0.0), own)], Expr::Null)
            }
        })
    }

    /// Whether a feature can be summed up on an engine.
    pub(super) fn has(&self, name: &str) -> bool {
        self.feature(name).is_some()
    }

    /// How the lines become customers with these features.
    ///
    /// # Errors
    ///
    /// A feature that needs more than sums.
    pub(super) fn summing(&self, features: &[String], run: &str) -> Result<Summing, Failure> {
        let output = |name: &String| {
            let value = self.feature(name)?;
            Some(Output { name: name.clone(), value, written: Written::Number(None) })
        };
        let customers: Option<Vec<Output>> = features.iter().map(output).collect();
        let unknown = || Failure::internal("a feature that an engine cannot sum up".into());
        let mut customers = customers.ok_or_else(unknown)?;
        customers.push(Output {
            name: USED.to_owned(),
            value: col(BOUGHT).plus(col(BACK)),
            written: Written::Whole,
        });
        let counts = vec![(col("orders").is(">", 0.0), col(DAY))];
        Ok(Summing {
            query: self.query(),
            day: col(DAY_OF_LINE),
            order: self.words(Part::Order).map_or(Expr::Null, |_| col(NUMBER)),
            lines: self.of_lines(),
            orders: self.of_orders(),
            days: self.of_days(),
            on: Expr::case(counts, Expr::Null),
            customers,
            run: run.to_owned(),
        })
    }
}
