//! A query computed on rows that are here: column by column, operation by operation.
//!
//! NULL is held as not-a-number, which every operation keeps and no comparison holds for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::chunk::{As, Chunk};
use super::layers::Query;
use super::shapes::{Answers, Lowest, Steps};
use super::tree::{Expr, Function, PARTS, Test};
use super::values::{Held, Values, both, compare, each, missing, owned_text, put, read};

/// Why a query cannot be computed.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum EvaluateError {
    /// A column is not there, or was not read as what it is used as.
    #[error("there is no column {column}")]
    NoColumn {
        /// The column.
        column: String,
    },
    /// A function that engines compute differently.
    #[error("{what} is not computed alike by every engine")]
    Inexact {
        /// The function.
        what: &'static str,
    },
    /// A number where a text is needed, or the other way round.
    #[error("{what} has the wrong kind")]
    Kind {
        /// What.
        what: &'static str,
    },
}

/// What the expressions of a layer stand on.
enum Below<'a> {
    /// Rows of the table.
    Table(&'a Chunk, Range<usize>),
    /// The columns of a layer, of so many rows.
    Layer(BTreeMap<&'a str, Values<'a>>, usize),
}

impl Query {
    /// The values of `last`, which stand on the last layer, for some rows of a chunk.
    ///
    /// # Errors
    ///
    /// A column that is not in the chunk as what it is used as; a function that engines
    /// compute differently; a number where a text is needed.
    pub fn evaluate<'a>(
        &'a self,
        chunk: &'a Chunk,
        rows: Range<usize>,
        last: &'a [Expr],
    ) -> Result<Vec<Values<'a>>, EvaluateError> {
        let n = rows.len();
        let mut below = Below::Table(chunk, rows);
        for layer in self.layers() {
            let columns = layer.columns.iter();
            let columns = columns.map(|(name, expr)| Ok((name.as_str(), below.value(expr)?)));
            let columns = columns.collect::<Result<BTreeMap<_, _>, EvaluateError>>()?;
            below = Below::Layer(columns, n);
        }
        last.iter().map(|expr| below.value(expr)).collect()
    }
}

impl<'a> Below<'a> {
    fn n(&self) -> usize {
        match self {
            Self::Table(_, rows) => rows.len(),
            Self::Layer(_, n) => *n,
        }
    }

    fn column(&self, name: &'a str, used: Option<As>) -> Result<Values<'a>, EvaluateError> {
        let none = || EvaluateError::NoColumn { column: name.to_owned() };
        match self {
            Self::Layer(columns, _) => columns.get(name).cloned().ok_or_else(none),
            Self::Table(chunk, rows) => {
                let ways = used.map_or(vec![As::Day, As::Text, As::Number], |used| vec![used]);
                let cells = ways.into_iter().find_map(|way| chunk.column(name, way));
                Ok(read(cells.ok_or_else(none)?, rows.clone()))
            }
        }
    }

    fn value(&self, expr: &'a Expr) -> Result<Values<'a>, EvaluateError> {
        Ok(match expr {
            Expr::Column(name) => self.column(name, None)?,
            Expr::Number(x) => Values::One(*x),
            Expr::Whole(x) => Values::One(f64::from(*x)),
            Expr::Text(words) => Values::Word(Cow::Borrowed(words)),
            Expr::Null => Values::One(f64::NAN),
            Expr::Sum(parts) => self.sum(parts)?,
            Expr::Minus(a, b) => both(self.value(a)?, self.value(b)?, |a, b| a - b)?,
            Expr::Times(a, b) if a == b => each(self.value(a)?, |x| x * x)?,
            Expr::Times(a, b) => both(self.value(a)?, self.value(b)?, |a, b| a * b)?,
            Expr::Over(a, b) => both(self.value(a)?, self.value(b)?, |a, b| a / b)?,
            Expr::Call(Function::Sqrt, x) => each(self.value(x)?, f64::sqrt)?,
            Expr::Call(Function::Abs, x) => each(self.value(x)?, f64::abs)?,
            Expr::Call(function, _) => {
                return Err(EvaluateError::Inexact { what: function.name() });
            }
            Expr::Case(cases, otherwise) => self.case(cases, otherwise)?,
            Expr::Real(x) => match x.as_ref() {
                Expr::Column(name) => self.as_read(name, As::Number)?,
                x => self.value(x)?,
            },
            Expr::Words(x) => self.words(x)?,
            Expr::Folded(x) => match self.words(x)? {
                Values::Words(texts) => {
                    let fold = |text: &Option<Cow<str>>| {
                        text.as_ref().map(|text| Cow::Owned(text.trim().to_lowercase()))
                    };
                    Values::Words(Rc::new(texts.iter().map(fold).collect()))
                }
                _ => return Err(EvaluateError::Kind { what: "a text" }),
            },
            Expr::DaysBefore(x, day) => {
                let Expr::Column(name) = x.as_ref() else {
                    return Err(EvaluateError::Kind { what: "a day" });
                };
                let Values::Days(days) = self.as_read(name, As::Day)? else {
                    return Err(EvaluateError::Kind { what: "a day" });
                };
                let to = i64::from(day.since_epoch());
                let before =
                    |day: &Option<i32>| day.map_or(f64::NAN, |day| (to - i64::from(day)) as f64);
                Values::Many(Rc::new(days.iter().map(before).collect()))
            }
            Expr::Fixed(x, bits) => {
                let point = libm::ldexp(1.0, *bits);
                each(self.value(x)?, |x| (x * point + 0.5).floor())?
            }
        })
    }

    /// A column of the table as what it is used as, or of a layer as it is.
    fn as_read(&self, name: &'a str, used: As) -> Result<Values<'a>, EvaluateError> {
        self.column(name, Some(used))
    }

    fn words(&self, x: &'a Expr) -> Result<Values<'a>, EvaluateError> {
        let values = match x {
            Expr::Column(name) => self.as_read(name, As::Text)?,
            x => self.value(x)?,
        };
        match values {
            Values::Word(_) | Values::Words(_) => Ok(values),
            _ => Err(EvaluateError::Kind { what: "a text" }),
        }
    }

    /// From the first to the last; of more than [`PARTS`], the sums of so many at a time.
    fn sum(&self, parts: &'a [Expr]) -> Result<Values<'a>, EvaluateError> {
        let mut sums: Vec<Values> =
            parts.chunks(PARTS).map(|parts| self.short_sum(parts)).collect::<Result<_, _>>()?;
        while sums.len() > 1 {
            let all = std::mem::take(&mut sums);
            for some in all.chunks(PARTS) {
                let mut some = some.iter().cloned();
                let first = some.next().unwrap_or(Values::One(0.0));
                sums.push(some.try_fold(first, |sum, part| both(sum, part, |a, b| a + b))?);
            }
        }
        Ok(sums.pop().unwrap_or(Values::One(0.0)))
    }

    fn short_sum(&self, parts: &'a [Expr]) -> Result<Values<'a>, EvaluateError> {
        let Some((first, rest)) = parts.split_first() else { return Ok(Values::One(0.0)) };
        let mut sum = self.value(first)?;
        for part in rest {
            sum = match (sum, squared_difference(part)) {
                // Most of a pass: one way through memory instead of three, the same
                // operations in the same order.
                (Values::Many(mut all), Some((name, c))) => {
                    let Values::Many(x) = self.column(name, None)? else {
                        return Err(EvaluateError::Kind { what: "a number" });
                    };
                    for (sum, x) in Rc::make_mut(&mut all).iter_mut().zip(x.iter()) {
                        let apart = x - c;
                        *sum += apart * apart;
                    }
                    Values::Many(all)
                }
                (sum, _) => both(sum, self.value(part)?, |a, b| a + b)?,
            };
        }
        Ok(sum)
    }

    /// The first that holds. Once every row has one, nothing more is computed.
    fn case(
        &self,
        cases: &'a [(Test, Expr)],
        otherwise: &'a Expr,
    ) -> Result<Values<'a>, EvaluateError> {
        if cases.iter().map(|(_, then)| then).chain([otherwise]).any(|expr| self.is_text(expr)) {
            return self.text_case(cases, otherwise);
        }
        if let Some(values) = self.shaped(cases, otherwise) {
            return Ok(values);
        }
        let n = self.n();
        let (mut out, mut open, mut n_open) = (vec![f64::NAN; n], vec![true; n], n);
        for (test, then) in cases {
            let held = self.test(test)?;
            let mut here = 0;
            // Whether this is the one of each row.
            let own: Vec<bool> = match &held {
                Held::One(false) => continue,
                Held::One(true) => std::mem::replace(&mut open, vec![false; n]),
                Held::Many(held) => {
                    let each = open.iter_mut().zip(held);
                    let own = |(open, held): (&mut bool, &bool)| {
                        let own = *open && *held;
                        *open &= !*held;
                        own
                    };
                    each.map(own).collect()
                }
            };
            for own in &own {
                here += usize::from(*own);
            }
            if here > 0 {
                put(&mut out, &own, self.value(then)?)?;
            }
            n_open -= here;
            if n_open == 0 {
                return Ok(Values::Many(Rc::new(out)));
            }
        }
        put(&mut out, &open, self.value(otherwise)?)?;
        Ok(Values::Many(Rc::new(out)))
    }

    /// The shapes that take most of a pass.
    fn shaped(&self, cases: &'a [(Test, Expr)], otherwise: &'a Expr) -> Option<Values<'a>> {
        if let Some(steps) = Steps::of(cases, otherwise) {
            let Ok(Values::Many(mut all)) = self.column(steps.column, None) else { return None };
            for x in Rc::make_mut(&mut all) {
                *x = steps.at(*x);
            }
            return Some(Values::Many(all));
        }
        if let Some(answers) = Answers::of(cases, otherwise) {
            let columns = self.numbers(answers.questions.iter().map(|asked| asked.column))?;
            let columns: Vec<&[f64]> = columns.iter().map(|column| column.as_slice()).collect();
            return Some(Values::Many(Rc::new(answers.values(&columns))));
        }
        let lowest = Lowest::of(cases, otherwise)?;
        let columns = self.numbers(lowest.columns.iter().copied())?;
        let columns: Vec<&[f64]> = columns.iter().map(|column| column.as_slice()).collect();
        Some(Values::Many(Rc::new(lowest.values(&columns)?)))
    }

    /// Columns of numbers, where all are.
    fn numbers(&self, names: impl Iterator<Item = &'a str>) -> Option<Vec<Rc<Vec<f64>>>> {
        let numbers = |name| match self.column(name, None) {
            Ok(Values::Many(all)) => Some(all),
            _ => None,
        };
        names.map(numbers).collect()
    }

    fn text_case(
        &self,
        cases: &'a [(Test, Expr)],
        otherwise: &'a Expr,
    ) -> Result<Values<'a>, EvaluateError> {
        let otherwise = self.value(otherwise)?;
        let mut then = Vec::with_capacity(cases.len());
        for (test, value) in cases {
            then.push((self.test(test)?, self.value(value)?));
        }
        let text = |row: usize| {
            let first = then.iter().find(|(held, _)| held.at(row));
            owned_text(first.map_or(&otherwise, |(_, values)| values), row)
        };
        Ok(Values::Words(Rc::new((0..self.n()).map(text).collect())))
    }

    /// Whether an expression is a text.
    fn is_text(&self, expr: &'a Expr) -> bool {
        match expr {
            Expr::Text(_) | Expr::Words(_) | Expr::Folded(_) => true,
            Expr::Column(name) => {
                matches!(self.column(name, None), Ok(Values::Word(_) | Values::Words(_)))
            }
            Expr::Case(cases, otherwise) => {
                self.is_text(otherwise) || cases.iter().any(|(_, then)| self.is_text(then))
            }
            _ => false,
        }
    }

    fn test(&self, test: &'a Test) -> Result<Held, EvaluateError> {
        Ok(match test {
            Test::Missing(x) => missing(&self.value(x)?),
            Test::There(x) => missing(&self.value(x)?).map(|held| !held),
            Test::Is(a, sign, b) => compare(&self.value(a)?, sign, &self.value(b)?)?,
            Test::In(x, list) => {
                let value = self.value(x)?;
                let mut held = Held::One(false);
                for one in list {
                    held = held.with(compare(&value, "=", &self.value(one)?)?, |a, b| a | b);
                }
                held
            }
            Test::Begins(x, with, behind) => {
                let values = self.words(x)?;
                let is = |row| {
                    let rest = values.text(row).and_then(|text| text.strip_prefix(with.as_str()));
                    rest.is_some_and(|rest| behind.allows(rest))
                };
                Held::Many((0..self.n()).map(is).collect())
            }
            Test::All(parts) => self.tests(parts, true, |a, b| a & b)?,
            Test::Any(parts) => self.tests(parts, false, |a, b| a | b)?,
        })
    }

    fn tests(
        &self,
        parts: &'a [Test],
        none: bool,
        with: fn(bool, bool) -> bool,
    ) -> Result<Held, EvaluateError> {
        let mut held = Held::One(none);
        for part in parts {
            held = held.with(self.test(part)?, with);
        }
        Ok(held)
    }
}

/// The column and the number of `(column - number) * (column - number)`.
fn squared_difference(part: &Expr) -> Option<(&str, f64)> {
    let Expr::Times(a, b) = part else { return None };
    match (a.as_ref(), b.as_ref()) {
        (Expr::Minus(x, c), Expr::Minus(..)) if a == b => match (x.as_ref(), c.as_ref()) {
            (Expr::Column(name), Expr::Number(c)) => Some((name, *c)),
            _ => None,
        },
        _ => None,
    }
}
