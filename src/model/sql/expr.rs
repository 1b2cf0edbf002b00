//! Expressions of a statement: numbers, texts and tests, without a dialect.

use crate::day::Day;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// A column of the layer below.
    Column(String),
    /// A number in double precision.
    Number(f64),
    /// A whole number.
    Whole(u32),
    Text(String),
    Null,
    /// The sum of its parts, from the first to the last.
    Sum(Vec<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    Times(Box<Expr>, Box<Expr>),
    Over(Box<Expr>, Box<Expr>),
    Call(Function, Box<Expr>),
    /// The first that holds; else the last.
    Case(Vec<(Test, Expr)>, Box<Expr>),
    /// In double precision; not-a-number is NULL.
    Real(Box<Expr>),
    /// As text.
    Words(Box<Expr>),
    /// As text in lower case without outer blanks.
    Folded(Box<Expr>),
    /// Whole days before a day.
    DaysBefore(Box<Expr>, Day),
}

/// Functions that all dialects have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Ln,
    Asinh,
    Sqrt,
    Abs,
    Cos,
    Sin,
    Round,
}

/// A test, which holds or does not (or is unknown, where it compares NULL).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Missing(Expr),
    There(Expr),
    Is(Expr, &'static str, Expr),
    In(Expr, Vec<Expr>),
    All(Vec<Test>),
    Any(Vec<Test>),
}

impl Expr {
    pub(super) fn column(name: impl Into<String>) -> Self {
        Self::Column(name.into())
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn whole(number: u32) -> Self {
        Self::Whole(number)
    }

    pub(super) fn case(cases: Vec<(Test, Self)>, otherwise: Self) -> Self {
        if cases.is_empty() { otherwise } else { Self::Case(cases, Box::new(otherwise)) }
    }

    pub(super) fn call(self, function: Function) -> Self {
        Self::Call(function, Box::new(self))
    }

    /// Without what changes nothing.
    pub(super) fn less(self, number: f64) -> Self {
        if number == 0.0 { self } else { self.minus(Self::Number(number)) }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self::Minus(Box::new(self), Box::new(other))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::Sum(vec![self, other])
    }

    /// Divided by a number, where it is not 1.
    pub(super) fn by(self, number: f64) -> Self {
        if number == 1.0 { self } else { self.over(Self::Number(number)) }
    }

    pub(super) fn over(self, other: Self) -> Self {
        Self::Over(Box::new(self), Box::new(other))
    }

    pub(super) fn times(self, other: Self) -> Self {
        Self::Times(Box::new(self), Box::new(other))
    }

    pub(super) fn scaled(self, number: f64) -> Self {
        if number == 1.0 { self } else { self.times(Self::Number(number)) }
    }

    pub(super) fn square(self) -> Self {
        self.clone().times(self)
    }

    pub(super) fn equals(self, other: Self) -> Test {
        Test::Is(self, "=", other)
    }

    pub(super) fn is(self, sign: &'static str, number: f64) -> Test {
        Test::Is(self, sign, Self::Number(number))
    }

    pub(super) fn missing(self) -> Test {
        Test::Missing(self)
    }

    pub(super) fn there(self) -> Test {
        Test::There(self)
    }

    /// 1 where a test holds, else 0.
    pub(super) fn indicator(test: Test) -> Self {
        Self::case(vec![(test, Self::Number(1.0))], Self::Number(0.0))
    }
}
