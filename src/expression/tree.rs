//! Expressions on the columns of a table: numbers, texts and tests, without a dialect.

use crate::day::Day;

/// A value; NULL where it is missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A column of the layer below.
    Column(String),
    /// A number in double precision.
    Number(f64),
    /// A whole number.
    Whole(u32),
    /// A text.
    Text(String),
    /// Nothing.
    Null,
    /// The sum of its parts, from the first to the last; of more than [`PARTS`], the sums of
    /// so many at a time are summed.
    Sum(Vec<Expr>),
    /// A difference.
    Minus(Box<Expr>, Box<Expr>),
    /// A product.
    Times(Box<Expr>, Box<Expr>),
    /// A quotient; what it is divided by is never 0.
    Over(Box<Expr>, Box<Expr>),
    /// A function.
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
    /// In fixed point, a whole number: the largest that is not above `x * 2^bits + 1/2`.
    Fixed(Box<Expr>, i32),
}

/// The parts of a sum that are summed in one go: SQLite reads no deeper than 1,000.
pub const PARTS: usize = 50;

/// Functions that all dialects have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The natural logarithm.
    Ln,
    /// e to the power of it.
    Exp,
    /// The inverse hyperbolic sine.
    Asinh,
    /// The square root.
    Sqrt,
    /// Without its sign.
    Abs,
    /// The cosine of radians.
    Cos,
    /// The sine of radians.
    Sin,
    /// The nearest whole number, halves away from 0.
    Round,
}

impl Function {
    /// The name in a statement.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ln => "LN",
            Self::Exp => "EXP",
            Self::Asinh => "ASINH",
            Self::Sqrt => "SQRT",
            Self::Abs => "ABS",
            Self::Cos => "COS",
            Self::Sin => "SIN",
            Self::Round => "ROUND",
        }
    }
}

/// A test, which holds or does not (or is unknown, where it compares NULL).
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// It is NULL.
    Missing(Expr),
    /// It is not NULL.
    There(Expr),
    /// Two values compare by `=`, `<>`, `<`, `<=`, `>` or `>=`.
    Is(Expr, &'static str, Expr),
    /// It is one of a list.
    In(Expr, Vec<Expr>),
    /// A text begins so, and where asked for nothing but digits follow, one at least.
    Begins(Expr, String, Behind),
    /// All hold.
    All(Vec<Test>),
    /// Some hold.
    Any(Vec<Test>),
}

/// What a text has behind its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// Whatever there is.
    Anything,
    /// One or more of the digits 0 to 9, and nothing else.
    Digits,
}

impl Behind {
    /// Whether the rest of a text is so.
    #[must_use]
    pub fn allows(self, rest: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Digits => !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()),
        }
    }
}

impl Expr {
    /// A column of the layer below.
    #[must_use]
    pub fn column(name: impl Into<String>) -> Self {
        Self::Column(name.into())
    }

    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: u32) -> Self {
        Self::Whole(number)
    }

    /// The first that holds; else the last.
    #[must_use]
    pub fn case(cases: Vec<(Test, Self)>, otherwise: Self) -> Self {
        if cases.is_empty() { otherwise } else { Self::Case(cases, Box::new(otherwise)) }
    }

    /// A function of it.
    #[must_use]
    pub fn call(self, function: Function) -> Self {
        Self::Call(function, Box::new(self))
    }

    /// Without what changes nothing.
    #[must_use]
    pub fn less(self, number: f64) -> Self {
        if number == 0.0 { self } else { self.minus(Self::Number(number)) }
    }

    /// Less another.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::Minus(Box::new(self), Box::new(other))
    }

    /// And another.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::Sum(vec![self, other])
    }

    /// Divided by a number, where it is not 1.
    #[must_use]
    pub fn by(self, number: f64) -> Self {
        if number == 1.0 { self } else { self.over(Self::Number(number)) }
    }

    /// Divided by another.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self::Over(Box::new(self), Box::new(other))
    }

    /// Times another.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self::Times(Box::new(self), Box::new(other))
    }

    /// Times a number, where it is not 1.
    #[must_use]
    pub fn scaled(self, number: f64) -> Self {
        if number == 1.0 { self } else { self.times(Self::Number(number)) }
    }

    /// Times itself.
    #[must_use]
    pub fn square(self) -> Self {
        self.clone().times(self)
    }

    /// Whether it is another.
    #[must_use]
    pub fn equals(self, other: Self) -> Test {
        Test::Is(self, "=", other)
    }

    /// How it compares with a number.
    #[must_use]
    pub fn is(self, sign: &'static str, number: f64) -> Test {
        Test::Is(self, sign, Self::Number(number))
    }

    /// Whether it is NULL.
    #[must_use]
    pub fn missing(self) -> Test {
        Test::Missing(self)
    }

    /// Whether it is not NULL.
    #[must_use]
    pub fn there(self) -> Test {
        Test::There(self)
    }

    /// 1 where a test holds, else 0.
    #[must_use]
    pub fn indicator(test: Test) -> Self {
        Self::case(vec![(test, Self::Number(1.0))], Self::Number(0.0))
    }
}
