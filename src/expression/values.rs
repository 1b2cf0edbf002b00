//! The values of expressions, and what is done with them row by row.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use super::chunk::Cells;
use super::evaluate::EvaluateError;

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

/// Whether a test holds. What is unknown does not: there is no "not" in a [`Test`].
pub(super) enum Held {
    One(bool),
    Many(Vec<bool>),
}

impl Held {
    pub(super) fn at(&self, row: usize) -> bool {
        match self {
            Self::One(held) => *held,
            Self::Many(held) => held[row],
        }
    }

    pub(super) fn map(mut self, of: fn(bool) -> bool) -> Self {
        match &mut self {
            Self::One(held) => *held = of(*held),
            Self::Many(held) => held.iter_mut().for_each(|held| *held = of(*held)),
        }
        self
    }

    pub(super) fn with(self, other: Self, of: fn(bool, bool) -> bool) -> Self {
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

/// Cells as values.
pub(super) fn read(cells: &Cells, rows: Range<usize>) -> Values<'_> {
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

pub(super) fn owned_text<'a>(values: &Values<'a>, row: usize) -> Option<Cow<'a, str>> {
    match values {
        Values::Word(word) => Some(word.clone()),
        Values::Words(all) => all[row].clone(),
        _ => None,
    }
}

/// Puts values into the rows that are their own.
pub(super) fn put(out: &mut [f64], own: &[bool], values: Values) -> Result<(), EvaluateError> {
    match values {
        Values::One(x) => {
            for (out, own) in out.iter_mut().zip(own) {
                *out = if *own { x } else { *out };
            }
        }
        Values::Many(x) => {
            for ((out, own), x) in out.iter_mut().zip(own).zip(x.iter()) {
                *out = if *own { *x } else { *out };
            }
        }
        _ => return Err(EvaluateError::Kind { what: "a number" }),
    }
    Ok(())
}

pub(super) fn each(
    values: Values<'_>,
    of: impl Fn(f64) -> f64,
) -> Result<Values<'_>, EvaluateError> {
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

pub(super) fn both<'a>(
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

pub(super) fn missing(values: &Values) -> Held {
    match values {
        Values::One(x) => Held::One(x.is_nan()),
        Values::Many(all) => Held::Many(all.iter().map(|x| x.is_nan()).collect()),
        Values::Word(_) => Held::One(false),
        Values::Words(all) => Held::Many(all.iter().map(Option::is_none).collect()),
        Values::Days(all) => Held::Many(all.iter().map(Option::is_none).collect()),
    }
}

pub(super) fn compare(a: &Values, sign: &str, b: &Values) -> Result<Held, EvaluateError> {
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
