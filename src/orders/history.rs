//! Who ordered when and for how much, customer by customer.
//!
//! An order is what one customer bought under one order number on one day; where there
//! are no order numbers, all that one customer bought on one day. Lines that the rules
//! leave out (cancelled, after the as-of day, without a customer) are no part of it, and
//! a customer of whom no order is left is none of the customers here.

use crate::day::Day;
use crate::fault::{Class, Fault};

/// One customer's orders on their way into [`Histories::new`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The id as given.
    pub id: String,
    /// The day of each order, days since 1970-01-01, ascending; at least one.
    pub days: Vec<i32>,
    /// The amount of each order in minor units; empty where there is no money.
    pub amounts: Vec<i64>,
    /// Everything spent less everything given back, in minor units; 0 without money.
    /// Differs from the sum of the amounts where a refund belongs to no order.
    pub spend: i64,
}

/// The orders of all customers; customers ascend by the bytes of their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histories {
    as_of: Day,
    money_decimals: Option<u8>,
    ids: Vec<String>,
    /// Where each customer's orders begin, and the end: `n_customers + 1` entries.
    offsets: Vec<usize>,
    days: Vec<i32>,
    amounts: Vec<i64>,
    spend: Vec<i64>,
}

/// Why histories cannot be made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum HistoryError {
    /// Customers are not in ascending order of their ids, or one occurs twice.
    #[error("customer {position} does not come after the customer before")]
    Unsorted {
        /// The customer's place, from 0.
        position: usize,
    },
    /// A customer has no order, unsorted days, an order after the as-of day, or not one
    /// amount per order.
    #[error("the orders of customer {position} contradict themselves")]
    Contradiction {
        /// The customer's place, from 0.
        position: usize,
    },
}

impl Fault for HistoryError {
    fn code(&self) -> &'static str {
        "E-ORD-001"
    }

    fn class(&self) -> Class {
        Class::Internal
    }
}

impl Histories {
    /// Checks the records and keeps them.
    ///
    /// `money_decimals` is the scale of all amounts: 2 where they are cents; `None`
    /// where the orders have no money.
    ///
    /// # Errors
    ///
    /// See [`HistoryError`].
    pub fn new(
        as_of: Day,
        money_decimals: Option<u8>,
        records: impl IntoIterator<Item = Record>,
    ) -> Result<Self, HistoryError> {
        Self::sized(as_of, money_decimals, (0, 0), records)
    }

    /// As [`Histories::new`], with room for so many customers and orders from the start:
    /// a hundred million orders that grow by doubling would take twice their memory.
    pub(super) fn sized(
        as_of: Day,
        money_decimals: Option<u8>,
        (n_customers, n_orders): (usize, usize),
        records: impl IntoIterator<Item = Record>,
    ) -> Result<Self, HistoryError> {
        let n_amounts = if money_decimals.is_some() { n_orders } else { 0 };
        let mut offsets = Vec::with_capacity(n_customers + 1);
        offsets.push(0);
        let mut made = Self {
            as_of,
            money_decimals,
            ids: Vec::with_capacity(n_customers),
            offsets,
            days: Vec::with_capacity(n_orders),
            amounts: Vec::with_capacity(n_amounts),
            spend: Vec::with_capacity(n_customers),
        };
        for (position, record) in records.into_iter().enumerate() {
            if made.ids.last().is_some_and(|before| *before >= record.id) {
                return Err(HistoryError::Unsorted { position });
            }
            let wanted = if money_decimals.is_some() { record.days.len() } else { 0 };
            let sound = record.amounts.len() == wanted
                && record.days.is_sorted()
                && record.days.last().is_some_and(|&last| last <= as_of.since_epoch());
            if !sound {
                return Err(HistoryError::Contradiction { position });
            }
            made.ids.push(record.id);
            made.days.extend(record.days);
            made.amounts.extend(record.amounts);
            made.spend.push(record.spend);
            made.offsets.push(made.days.len());
        }
        Ok(made)
    }

    /// The orders of the given customers, in that order.
    ///
    /// `customers` ascend, so that the ids of the result do.
    #[must_use]
    pub fn take(&self, customers: &[usize]) -> Self {
        let mut made = Self {
            as_of: self.as_of,
            money_decimals: self.money_decimals,
            ids: Vec::with_capacity(customers.len()),
            offsets: vec![0],
            days: Vec::new(),
            amounts: Vec::new(),
            spend: Vec::with_capacity(customers.len()),
        };
        for &customer in customers {
            made.ids.push(self.ids[customer].clone());
            made.days.extend_from_slice(self.days(customer));
            made.amounts.extend_from_slice(self.amounts(customer));
            made.spend.push(self.spend[customer]);
            made.offsets.push(made.days.len());
        }
        made
    }

    /// How many customers.
    #[must_use]
    pub fn n_customers(&self) -> usize {
        self.ids.len()
    }

    /// The ids, ascending by their bytes.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The last day that counts, inclusive.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The decimals of all amounts; `None` where the orders have no money.
    #[must_use]
    pub fn money_decimals(&self) -> Option<u8> {
        self.money_decimals
    }

    /// The days of the customer's orders, ascending; never empty.
    #[must_use]
    pub fn days(&self, customer: usize) -> &[i32] {
        &self.days[self.offsets[customer]..self.offsets[customer + 1]]
    }

    /// The amounts of the customer's orders in minor units; empty without money.
    #[must_use]
    pub fn amounts(&self, customer: usize) -> &[i64] {
        if self.money_decimals.is_none() {
            return &[];
        }
        &self.amounts[self.offsets[customer]..self.offsets[customer + 1]]
    }

    /// What the customer spent less what was given back, in minor units.
    #[must_use]
    pub fn spend(&self, customer: usize) -> i64 {
        self.spend[customer]
    }

    /// Orders of the customer.
    #[must_use]
    pub fn n_orders(&self, customer: usize) -> usize {
        self.offsets[customer + 1] - self.offsets[customer]
    }

    /// Days from the customer's last order to the as-of day; 0 on that day.
    #[must_use]
    pub fn days_since_last(&self, customer: usize) -> i32 {
        self.days(customer).last().map_or(0, |last| self.as_of.since_epoch() - last)
    }

    /// Days between the customer's orders on different days, in their order; empty for
    /// customers who ordered on one day only.
    pub fn gaps(&self, customer: usize) -> impl Iterator<Item = i32> + '_ {
        self.days(customer).windows(2).map(|pair| pair[1] - pair[0]).filter(|&gap| gap > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, days: &[i32], amounts: &[i64]) -> Record {
        let spend = amounts.iter().sum();
        Record { id: id.into(), days: days.into(), amounts: amounts.into(), spend }
    }

    fn day(days: i32) -> Day {
        Day::from_epoch(days).unwrap()
    }

    #[test]
    fn a_history_by_hand() {
        let records =
            [record("a", &[10, 10, 14, 20], &[500, 100, 250, -50]), record("b", &[30], &[1])];
        let made = Histories::new(day(30), Some(2), records).unwrap();
        assert_eq!(made.n_customers(), 2);
        assert_eq!((made.n_orders(0), made.days_since_last(0), made.spend(0)), (4, 10, 800));
        assert_eq!(made.gaps(0).collect::<Vec<_>>(), [4, 6]);
        assert_eq!((made.days_since_last(1), made.gaps(1).count()), (0, 0));
        assert_eq!(made.amounts(0), [500, 100, 250, -50]);
    }

    #[test]
    fn some_customers_keep_their_orders() {
        let records =
            [record("a", &[1], &[10]), record("b", &[2, 3], &[20, 30]), record("c", &[4], &[40])];
        let all = Histories::new(day(9), Some(2), records.clone()).unwrap();
        let [a, _, c] = records;
        assert_eq!(all.take(&[0, 2]), Histories::new(day(9), Some(2), [a, c]).unwrap());
        assert_eq!(all.take(&[0, 1, 2]), all);
    }

    #[test]
    fn contradictions_are_refused() {
        let of = |records: Vec<Record>| Histories::new(day(30), Some(2), records).unwrap_err();
        let unsorted = of(vec![record("b", &[1], &[1]), record("a", &[1], &[1])]);
        assert_eq!(unsorted, HistoryError::Unsorted { position: 1 });
        for wrong in [
            record("a", &[], &[]),
            record("a", &[2, 1], &[1, 1]),
            record("a", &[31], &[1]),
            record("a", &[1, 2], &[1]),
        ] {
            assert_eq!(of(vec![wrong]), HistoryError::Contradiction { position: 0 });
        }
    }
}
