//! Order lines summed up to one row per customer: what is asked, for every engine the same.
//!
//! Lines are summed up by order, orders by day and days by customer, each time as whole
//! numbers in double precision: up to [`EXACT`] their sum is the same in any order. An order is what one customer bought under one order number on one day. Between
//! the steps stand expressions, so that what is true of an order as a whole (something was
//! bought in it) or of a day (it is a Sunday) can be counted; no step counts what differs, and
//! none sorts.

use super::Output;
use crate::expression::{Expr, Named, Query};

/// The column of the day, in days since 1970-01-01, on a day's sums.
pub const DAY: &str = "kohort_day";
/// The first day that counts, on a customer's sums.
pub const FIRST: &str = "kohort_first";
/// The last day that counts, on a customer's sums.
pub const LAST: &str = "kohort_last";

/// How order lines become customers. All that is summed are whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Summing {
    /// The layers on the lines.
    pub query: Query,
    /// The day of a line since 1970-01-01; NULL leaves the line out.
    pub day: Expr,
    /// Its order number, a text; NULL where there is none.
    pub order: Expr,
    /// What of a line is summed up by order; NULL counts as nothing.
    pub lines: Vec<Named>,
    /// What of an order, on the sums of its lines, is summed up by day.
    pub orders: Vec<Named>,
    /// What of a day, on the sums of its orders and [`DAY`], is summed up by customer.
    pub days: Vec<Named>,
    /// The day where it counts as the first or the last of a customer, on the sums of its
    /// orders and [`DAY`]; NULL where it does not.
    pub on: Expr,
    /// What is written of a customer, on the sums of days, [`FIRST`] and [`LAST`].
    pub customers: Vec<Output>,
    /// The run: the same one writes the same.
    pub run: String,
}

/// Beyond it a sum of whole numbers in double precision may not be exact, and may depend on
/// the order of its parts.
pub const EXACT: f64 = 9_007_199_254_740_992.0;

impl Summing {
    /// Everything that is asked for of a line: day, order number and what is summed.
    #[must_use]
    pub fn of_lines(&self) -> Vec<Expr> {
        let summed = self.lines.iter().map(|(_, expr)| expr.clone());
        [self.day.clone(), self.order.clone()].into_iter().chain(summed).collect()
    }
}
