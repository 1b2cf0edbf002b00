//! A query computed on rows that are here: column by column, operation by operation.
//!
//! NULL is held as not-a-number, which every operation keeps and no comparison holds for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::chunk::{As, Cells, Chunk};
use super::layers::Query;
use super::tree::{Expr, Function, PARTS, Test};

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

/// A text of each row, of the chunk or of the query.
type Texts<'a> = Rc<Vec<Option<Cow<'a, str>>>>;

/// The values of an expression.
#[derive(Debug, Clone)]
pub enum Values<'a> {
    /// One number for all rows.
    One(f64),
    /// A number of each row; not-a-number where it is NULL.
    Many(Rc<Vec<f64>>),
    /// One text for all rows.
    Word(Cow<'a, str>),
    /// A text of each row.
    Words(Texts<'a>),
    /// A day of each row since 1970-01-01.
    Days(Rc<Vec<Option<i32>>>),
}

impl Values<'_> {
    /// The number of a row; none where it is NULL or no number.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<f64> {
        let x = match self {
            Self::One(x) => *x,
            Self::Many(all) => all[row],
            _ => return None,
        };
        (!x.is_nan()).then_some(x)
    }

    /// The text of a row; none where it is NULL or no text.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Words(all) => all[row].as_deref(),
            _ => None,
        }
    }
}

/// What the expressions of a layer stand on.
enum Below<'a> {
    /// Rows of the table.
    Table(&'a Chunk, Range<usize>),
    /// The columns of a layer, of so many rows.
    Layer(BTreeMap<&'a str, Values<'a>>, usize),
}

impl Query {
    /// What is to be read of the table so that `last` can be computed: each column with
    /// what it is used as. A column of which only is asked whether it is there, is a number.
    #[must_use]
    pub fn reads(&self, last: &[Expr]) -> BTreeSet<(String, As)> {
        let mut typed = BTreeSet::new();
        let mut bare = BTreeSet::new();
        let lowest: Vec<&Expr> = match self.layers().first() {
            Some(layer) => layer.columns.iter().map(|(_, expr)| expr).collect(),
            None => last.iter().collect(),
        };
        for expr in lowest {
            expr.uses(None, &mut |name, used| {
                match used {
                    Some(used) => typed.insert((name.to_owned(), used)),
                    None => bare.insert(name.to_owned()),
                };
            });
        }
        let known: BTreeSet<String> = typed.iter().map(|(name, _)| name.clone()).collect();
        typed.extend(bare.difference(&known).map(|name| (name.clone(), As::Number)));
        typed
    }

    /// The query without the columns that `last` needs nothing of.
    #[must_use]
    pub fn pruned(&self, last: &[Expr]) -> Self {
        let mut needed = BTreeSet::new();
        let note = |expr: &Expr, needed: &mut BTreeSet<String>| {
            expr.uses(None, &mut |name, _| {
                needed.insert(name.to_owned());
            });
        };
        for expr in last {
            note(expr, &mut needed);
        }
        let mut kept = Vec::new();
        for layer in self.layers().iter().rev() {
            let mut layer = layer.clone();
            layer.columns.retain(|(name, _)| needed.contains(name));
            needed.clear();
            for (_, expr) in &layer.columns {
                note(expr, &mut needed);
            }
            kept.push(layer);
        }
        let mut query = Self::new(self.id());
        for layer in kept.into_iter().rev() {
            query.layer(&layer.name, layer.columns);
        }
        query
    }

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

impl Expr {
    /// Tells every column with what it is used as, where that shows.
    pub(super) fn uses(&self, used: Option<As>, tell: &mut dyn FnMut(&str, Option<As>)) {
        match self {
            Self::Column(name) => tell(name, used),
            Self::Number(_) | Self::Whole(_) | Self::Text(_) | Self::Null => {}
            Self::Sum(parts) => {
                for part in parts {
                    part.uses(None, tell);
                }
            }
            Self::Minus(a, b) | Self::Times(a, b) | Self::Over(a, b) => {
                a.uses(None, tell);
                b.uses(None, tell);
            }
            Self::Call(_, x) | Self::Fixed(x, _) => x.uses(None, tell),
            Self::Case(cases, otherwise) => {
                for (test, then) in cases {
                    test.uses(tell);
                    then.uses(used, tell);
                }
                otherwise.uses(used, tell);
            }
            Self::Real(x) => x.uses(Some(As::Number), tell),
            Self::Words(x) | Self::Folded(x) => x.uses(Some(As::Text), tell),
            Self::DaysBefore(x, _) => x.uses(Some(As::Day), tell),
        }
    }
}

impl Test {
    fn uses(&self, tell: &mut dyn FnMut(&str, Option<As>)) {
        match self {
            Self::Missing(x) | Self::There(x) => x.uses(None, tell),
            Self::Is(a, _, b) => {
                a.uses(None, tell);
                b.uses(None, tell);
            }
            Self::In(x, list) => {
                x.uses(None, tell);
                for one in list {
                    one.uses(None, tell);
                }
            }
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.uses(tell);
                }
            }
        }
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

    fn case(
        &self,
        cases: &'a [(Test, Expr)],
        otherwise: &'a Expr,
    ) -> Result<Values<'a>, EvaluateError> {
        let otherwise = self.value(otherwise)?;
        let mut then = Vec::with_capacity(cases.len());
        for (test, value) in cases {
            then.push((self.test(test)?, self.value(value)?));
        }
        let is_text = |values: &Values| matches!(values, Values::Word(_) | Values::Words(_));
        if is_text(&otherwise) || then.iter().any(|(_, values)| is_text(values)) {
            let text = |row: usize| {
                let first = then.iter().find(|(held, _)| held.at(row));
                owned_text(first.map_or(&otherwise, |(_, values)| values), row)
            };
            return Ok(Values::Words(Rc::new((0..self.n()).map(text).collect())));
        }
        let mut all = many(otherwise, self.n())?;
        // The last first, so that the first that holds stays.
        for (held, values) in then.into_iter().rev() {
            let all = Rc::make_mut(&mut all);
            match (held, values) {
                (Held::One(false), _) => {}
                (Held::One(true), Values::One(x)) => all.fill(x),
                (Held::One(true), Values::Many(x)) => all.copy_from_slice(&x),
                (Held::Many(held), Values::One(x)) => {
                    for (out, held) in all.iter_mut().zip(&held) {
                        *out = if *held { x } else { *out };
                    }
                }
                (Held::Many(held), Values::Many(x)) => {
                    for ((out, held), x) in all.iter_mut().zip(&held).zip(x.iter()) {
                        *out = if *held { *x } else { *out };
                    }
                }
                _ => return Err(EvaluateError::Kind { what: "a number" }),
            }
        }
        Ok(Values::Many(all))
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

/// Whether a test holds. What is unknown does not: there is no "not" in a [`Test`].
enum Held {
    One(bool),
    Many(Vec<bool>),
}

impl Held {
    fn at(&self, row: usize) -> bool {
        match self {
            Self::One(held) => *held,
            Self::Many(held) => held[row],
        }
    }

    fn map(mut self, of: fn(bool) -> bool) -> Self {
        match &mut self {
            Self::One(held) => *held = of(*held),
            Self::Many(held) => held.iter_mut().for_each(|held| *held = of(*held)),
        }
        self
    }

    fn with(self, other: Self, of: fn(bool, bool) -> bool) -> Self {
        match (self, other) {
            (Self::One(a), Self::One(b)) => Self::One(of(a, b)),
            (Self::One(a), Self::Many(mut b)) | (Self::Many(mut b), Self::One(a)) => {
                for b in &mut b {
                    *b = of(*b, a);
                }
                Self::Many(b)
            }
            (Self::Many(mut a), Self::Many(b)) => {
                a.iter_mut().zip(b).for_each(|(a, b)| *a = of(*a, b));
                Self::Many(a)
            }
        }
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

/// Cells as values.
fn read(cells: &Cells, rows: Range<usize>) -> Values<'_> {
    match cells {
        Cells::Number { values, null } => {
            let mut read = values[rows.clone()].to_vec();
            if !null.is_empty() {
                for (value, null) in read.iter_mut().zip(&null[rows]) {
                    *value = if *null { f64::NAN } else { *value };
                }
            }
            Values::Many(Rc::new(read))
        }
        Cells::Text(texts) => {
            let texts = texts[rows].iter().map(|text| text.as_deref().map(Cow::Borrowed));
            Values::Words(Rc::new(texts.collect()))
        }
        Cells::Day(days) => Values::Days(Rc::new(days[rows].to_vec())),
    }
}

fn owned_text<'a>(values: &Values<'a>, row: usize) -> Option<Cow<'a, str>> {
    match values {
        Values::Word(word) => Some(word.clone()),
        Values::Words(all) => all[row].clone(),
        _ => None,
    }
}

fn many(values: Values, n: usize) -> Result<Rc<Vec<f64>>, EvaluateError> {
    match values {
        Values::One(x) => Ok(Rc::new(vec![x; n])),
        Values::Many(all) => Ok(all),
        _ => Err(EvaluateError::Kind { what: "a number" }),
    }
}

fn each(values: Values<'_>, of: impl Fn(f64) -> f64) -> Result<Values<'_>, EvaluateError> {
    match values {
        Values::One(x) => Ok(Values::One(of(x))),
        Values::Many(mut all) => {
            for x in Rc::make_mut(&mut all) {
                *x = of(*x);
            }
            Ok(Values::Many(all))
        }
        _ => Err(EvaluateError::Kind { what: "a number" }),
    }
}

fn both<'a>(
    a: Values<'a>,
    b: Values<'a>,
    of: impl Fn(f64, f64) -> f64,
) -> Result<Values<'a>, EvaluateError> {
    match (a, b) {
        (a, Values::One(b)) => each(a, |a| of(a, b)),
        (Values::One(a), b) => each(b, |b| of(a, b)),
        (Values::Many(mut a), Values::Many(b)) => {
            let own = Rc::make_mut(&mut a);
            own.iter_mut().zip(b.iter()).for_each(|(a, b)| *a = of(*a, *b));
            Ok(Values::Many(a))
        }
        _ => Err(EvaluateError::Kind { what: "a number" }),
    }
}

fn missing(values: &Values) -> Held {
    match values {
        Values::One(x) => Held::One(x.is_nan()),
        Values::Many(all) => Held::Many(all.iter().map(|x| x.is_nan()).collect()),
        Values::Word(_) => Held::One(false),
        Values::Words(all) => Held::Many(all.iter().map(Option::is_none).collect()),
        Values::Days(all) => Held::Many(all.iter().map(Option::is_none).collect()),
    }
}

fn compare(a: &Values, sign: &str, b: &Values) -> Result<Held, EvaluateError> {
    type Compared = fn(f64, f64) -> bool;
    let numbers: Option<Compared> = match sign {
        "=" => Some(|a, b| a == b),
        // NULL differs from nothing.
        "<>" => Some(|a, b| !a.is_nan() && !b.is_nan() && a != b),
        "<" => Some(|a, b| a < b),
        "<=" => Some(|a, b| a <= b),
        ">" => Some(|a, b| a > b),
        ">=" => Some(|a, b| a >= b),
        _ => None,
    };
    let held = numbers.ok_or(EvaluateError::Kind { what: "a comparison" })?;
    Ok(match (a, b) {
        (Values::One(a), Values::One(b)) => Held::One(held(*a, *b)),
        (Values::Many(a), Values::One(b)) => Held::Many(a.iter().map(|a| held(*a, *b)).collect()),
        (Values::One(a), Values::Many(b)) => Held::Many(b.iter().map(|b| held(*a, *b)).collect()),
        (Values::Many(a), Values::Many(b)) => {
            Held::Many(a.iter().zip(b.iter()).map(|(a, b)| held(*a, *b)).collect())
        }
        (Values::Words(a), Values::Word(b)) if sign == "=" => {
            Held::Many(a.iter().map(|a| a.as_deref() == Some(b.as_ref())).collect())
        }
        _ => return Err(EvaluateError::Kind { what: "a comparison" }),
    })
}
