//! What an engine is asked.

use super::BackendError;
use crate::expression::{Expr, Query, Test};

/// A fixed point: whole multiples of `2^-bits`, of values that lie within a bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fixed {
    /// Bits after the point; may be negative, then whole multiples of more than 1.
    pub bits: i32,
    /// The largest size of a value; the rows with a larger one are counted and refused.
    pub largest: f64,
}

impl Fixed {
    /// Ones and zeros.
    pub const COUNT: Self = Self { bits: 0, largest: 1.0 };
    /// The most bits after the point that are ever used.
    pub const MOST: i32 = 30;
    /// The fewest bits after the point that prepared columns are summed with.
    pub const FEWEST: i32 = 12;

    /// The fixed point for sums of `rows` values up to `largest`, none of which passes 2^61:
    /// at most [`Fixed::MOST`] bits after the point, fewer the more there are and the larger.
    ///
    /// # Errors
    ///
    /// A bound that is not a number.
    pub fn for_sums(rows: u64, largest: f64) -> Result<Self, BackendError> {
        if !largest.is_finite() || largest < 0.0 {
            return Err(BackendError::Unbounded { what: "a value to be summed" });
        }
        // Both powers are above what they stand for.
        let n = (u64::BITS - rows.leading_zeros()) as i32;
        let (_, exponent) = libm::frexp(largest);
        Ok(Self { bits: (61 - n - exponent).min(Self::MOST), largest })
    }
}

/// A value to sum up.
#[derive(Debug, Clone, PartialEq)]
pub struct Summed {
    /// How the sum is called.
    pub name: String,
    /// What is summed; NULL counts as nothing.
    pub value: Expr,
    /// How it becomes a whole number.
    pub fixed: Fixed,
}

impl Summed {
    /// The whole number that is summed.
    #[must_use]
    pub fn whole(&self) -> Expr {
        Expr::Fixed(Box::new(self.value.clone()), self.fixed.bits)
    }
}

/// Rows and sums by group.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// The layers below.
    pub query: Query,
    /// The group of each row, a whole number or NULL, on the last layer.
    pub group: Expr,
    /// What is summed, on the last layer.
    pub values: Vec<Summed>,
    /// The most groups that there may be.
    pub most: usize,
}

impl Grouping {
    /// Everything that is asked for on the last layer.
    #[must_use]
    pub fn expressions(&self) -> Vec<Expr> {
        let values = self.values.iter().map(|summed| summed.value.clone());
        std::iter::once(self.group.clone()).chain(values).collect()
    }

    /// 1 where some value lies beyond its bound, else 0: what each engine sums up beside
    /// the values, and refuses where it is not 0.
    #[must_use]
    pub fn beyond(&self) -> Expr {
        let outside = |summed: &Summed| {
            [("<", -summed.fixed.largest), (">", summed.fixed.largest)]
                .map(|(sign, bound)| summed.value.clone().is(sign, bound))
        };
        let tests: Vec<Test> = self.values.iter().flat_map(outside).collect();
        // A database takes no empty brackets.
        if tests.is_empty() { Expr::Number(0.0) } else { Expr::indicator(Test::Any(tests)) }
    }
}

/// The customers whose hash is lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashSample {
    /// The columns to give beside the id.
    pub columns: Vec<String>,
    /// The seed: another one, other customers.
    pub seed: u64,
    /// The most customers.
    pub most: usize,
}

/// What a column of the output holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Whole numbers.
    Whole,
    /// Numbers, with so many decimals or as they are.
    Number(Option<u8>),
    /// Yes where the number is 1, no where it is 0.
    Flag,
    /// Texts.
    Text,
}

/// A column of the output.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its value, on the last layer.
    pub value: Expr,
    /// What it holds.
    pub written: Written,
}

/// What to write of every customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoring {
    /// The layers below.
    pub query: Query,
    /// What is written beside the id.
    pub columns: Vec<Output>,
    /// The run: the same one writes the same.
    pub run: String,
    /// How many rows the last pass counted.
    pub rows: u64,
}

impl Scoring {
    /// Everything that is asked for on the last layer.
    #[must_use]
    pub fn expressions(&self) -> Vec<Expr> {
        self.columns.iter().map(|output| output.value.clone()).collect()
    }
}

/// Where to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sink {
    /// A folder, as the engine sees it, or a table.
    pub place: String,
}
