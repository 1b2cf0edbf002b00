//! How the numbers of one column are to be read: which sign begins the decimals, and
//! whether all values agree on a currency, on per cent and on the mark of a minus.

use std::collections::BTreeMap;

use super::{Around, Column, Count, Decimal, Form, LoadError, first_of, range, rows_of, values};
use crate::load::dress::{Gap, Minus, Unit};
use crate::load::error::Spelling;
use crate::load::number::DECIMALS_OF_MONEY;
use crate::load::params::Thousands;

/// Whether what looks like numbers is meant as numbers: blanks between groups of three
/// digits stand in codes and telephone numbers too, where all have the same length and
/// nothing else.
pub(super) fn are_meant(column: &Column, count: &Count, around: &Around) -> bool {
    let spaced = rows_of(column, |seen| seen.shape.dress.gap == Gap::Blank);
    if spaced < count.numbers || around.thousands == Some(Thousands::Gap(Gap::Blank)) {
        return true;
    }
    let has_decimals = values(column).any(|seen| !matches!(seen.shape.form, Form::Integer));
    let has_unit = values(column).any(|seen| seen.shape.dress.unit != Unit::None);
    let range = range(column, Decimal::Point);
    let digits = |value: Option<f64>| value.map_or(0, |value| format!("{}", value.abs()).len());
    spaced == 0 || has_decimals || has_unit || digits(range.min) != digits(range.max)
}

/// The decimal sign, and what stands in the way of reading numbers.
pub(super) fn settle(
    name: &str,
    column: &Column,
    count: &Count,
    around: &Around,
) -> (Decimal, Option<LoadError>) {
    let (file, n_rows) = (around.file.to_owned(), count.total);
    let column_name = name.to_owned();
    let first = |is: &dyn Fn(Form) -> bool| first_of(column, |seen| is(seen.shape.form));
    let (decimal, doubtful) = settle_decimal(&first, around);
    let conflicting = |form: Form| form.proves().is_some_and(|proves| proves != decimal);
    let problem = if let Some(at) = first(&|form| form == Form::Infinite) {
        let at = (around.place)(at);
        Some(LoadError::Infinite { file, column: column_name, at, n_odd: count.infinite, n_rows })
    } else if let Some(at) = first(&|form| matches!(form, Form::Odd(_))) {
        let (at, spelling) = ((around.place)(at), Spelling::Programming);
        let n_odd = count.odd;
        Some(LoadError::Spelled { file, column: column_name, at, spelling, n_odd, n_rows })
    } else if let Some(at) = first(&|form| form == Form::Not) {
        let at = (around.place)(at);
        let n_odd = count.total - count.numbers;
        Some(LoadError::NotNumber { file, column: column_name, at, n_odd, n_rows })
    } else if let Some(problem) = units(name, column, count, around) {
        Some(problem)
    } else if let Some(problem) = minuses(name, column, count, around) {
        Some(problem)
    } else if let Some(at) = first(&conflicting).or(doubtful) {
        let at = (around.place)(at);
        Some(LoadError::AmbiguousDecimals { file, column: column_name, at })
    } else if is_too_large(column, decimal) {
        Some(LoadError::TooLarge { file, column: column_name })
    } else {
        None
    };
    (decimal, problem)
}

/// Where the first value stands whose form has a property.
type FirstOf<'a> = dyn Fn(&dyn Fn(Form) -> bool) -> Option<u64> + 'a;

/// The decimal sign, and where the first doubtful value stands if it is not certain.
fn settle_decimal(first: &FirstOf, around: &Around) -> (Decimal, Option<u64>) {
    let evidence = |sign: Decimal| first(&|form: Form| form.proves() == Some(sign));
    if let Some(declared) = around.decimal {
        return (declared, None);
    }
    match (evidence(Decimal::Point), evidence(Decimal::Comma)) {
        (Some(_), None) => return (Decimal::Point, None),
        (None, Some(_)) => return (Decimal::Comma, None),
        // Both: the other sign's values are found as conflicting.
        (Some(point), Some(comma)) => {
            return (if point < comma { Decimal::Point } else { Decimal::Comma }, None);
        }
        (None, None) => {}
    }
    let point = first(&|form| form == Form::Point3);
    let comma = first(&|form| form == Form::Comma3);
    // Where something else groups thousands, a point or a comma begins the decimals.
    let declared = matches!(around.thousands, Some(Thousands::Nothing | Thousands::Gap(_)));
    match (point, comma, around.proven) {
        (None, None, _) => (Decimal::Point, None),
        (Some(point), Some(comma), _) => (Decimal::Point, Some(point.max(comma))),
        (Some(_), None, _) if declared => (Decimal::Point, None),
        (None, Some(_), _) if declared => (Decimal::Comma, None),
        (_, _, Some(proven)) => (proven, None),
        (Some(point), None, None) => (Decimal::Point, around.point_is_doubtful.then_some(point)),
        (None, comma, None) => (Decimal::Point, comma),
    }
}

/// The unit that the values name, where they name one.
pub(super) fn unit(column: &Column) -> Option<String> {
    let unit = values(column).map(|seen| seen.shape.dress.unit).max()?;
    (unit != Unit::None).then(|| unit.name().to_owned())
}

/// All amounts but 0 are of one currency or one unit, or of none.
fn units(name: &str, column: &Column, count: &Count, around: &Around) -> Option<LoadError> {
    let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
    let mut bare = 0;
    for seen in values(column) {
        match seen.shape.dress.unit {
            Unit::None if !seen.shape.traits.zero => bare += seen.n_rows,
            Unit::None => {}
            unit => *rows.entry(unit.name()).or_default() += seen.n_rows,
        }
    }
    let (file, column_name) = (around.file.to_owned(), name.to_owned());
    let percent = rows.remove(Unit::Percent.name()).unwrap_or(0);
    if rows.len() > 1 {
        let counts: Vec<String> = rows.iter().map(|(unit, n)| format!("{unit} in {n}")).collect();
        let counts = format!("{} rows", counts.join(", "));
        return Some(LoadError::SeveralCurrencies { file, column: column_name, counts });
    }
    let amounts: u64 = rows.values().sum();
    let spelling = match (percent, amounts) {
        (0, 0) => return None,
        (_, 0) if bare > 0 => Spelling::Percent,
        (0, _) if bare > 0 => Spelling::Currency,
        (1.., 1..) => Spelling::Percent,
        _ => return None,
    };
    let is_it = |unit: Unit| match spelling {
        Spelling::Percent => unit == Unit::Percent,
        _ => matches!(unit, Unit::Currency(_)),
    };
    let at = (around.place)(first_of(column, |seen| is_it(seen.shape.dress.unit))?);
    let n_odd = rows_of(column, |seen| is_it(seen.shape.dress.unit));
    Some(LoadError::Spelled { file, column: column_name, at, spelling, n_odd, n_rows: count.total })
}

/// All negative numbers are marked in one way; brackets around every value are no minus
/// but perhaps the sign of something else.
fn minuses(name: &str, column: &Column, count: &Count, around: &Around) -> Option<LoadError> {
    let marked = |minus: Minus| rows_of(column, |seen| seen.shape.dress.minus == minus);
    let (brackets, trailing) = (marked(Minus::Brackets), marked(Minus::Trailing));
    // A typographic minus is a minus: both stand in front.
    let in_front = marked(Minus::Front) + marked(Minus::Typographic);
    let several = [brackets, trailing, in_front].into_iter().filter(|&n| n > 0).count() > 1;
    let all_in_brackets = brackets > 0 && brackets == count.numbers;
    if !several && !all_in_brackets {
        return None;
    }
    let is_odd = |minus: Minus| matches!(minus, Minus::Brackets | Minus::Trailing);
    let at = (around.place)(first_of(column, |seen| is_odd(seen.shape.dress.minus))?);
    Some(LoadError::Spelled {
        file: around.file.to_owned(),
        column: name.to_owned(),
        at,
        spelling: Spelling::Negative,
        n_odd: brackets + trailing,
        n_rows: count.total,
    })
}

/// Whether amounts, counted in units of their last decimal, exceed 63 bits. Beyond 24
/// digits they are no amounts; what is too large for a distance is found later.
fn is_too_large(column: &Column, decimal: Decimal) -> bool {
    let range = range(column, decimal);
    let largest = [range.min, range.max].into_iter().flatten().map(f64::abs).fold(0.0, f64::max);
    let units = largest * 10_f64.powi(i32::from(range.decimals));
    let is_money = (1..=DECIMALS_OF_MONEY).contains(&range.decimals);
    is_money && (2_f64.powi(63)..1e24).contains(&units)
}
