//! One column under a frozen rule: the same code reads the table that is learnt from
//! and every later one, so equal rows give equal bits.

use std::collections::HashMap;

use crate::day::Day;
use crate::schema::Kind;
use crate::table::{MISSING_FLAG, MISSING_LEVEL, OTHER, Values};

use super::frame::Raw;
use super::names::folded;

/// The days that can be meant; `9999-12-31` and the like stand for "none".
pub(super) const PLAUSIBLE: std::ops::Range<i32> = FIRST_DAY..PAST_LAST_DAY;
/// 1900-01-01.
const FIRST_DAY: i32 = -25_567;
/// 2080-01-01.
const PAST_LAST_DAY: i32 = 40_177;

/// A column's values and what did not fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Encoded {
    /// The values, in the order of the rows asked for.
    pub values: Values,
    /// Rows whose level the rule does not know.
    pub unseen: u64,
    /// Rows with a day after the reference, counted as 0 days.
    pub after: u64,
    /// Rows with a day that cannot be meant, counted as missing.
    pub implausible: u64,
}

/// Reads `rows` of a column under `kind`. `None` where the type does not fit the rule.
pub(super) fn encode(raw: Raw, kind: &Kind, rows: &[usize]) -> Option<Encoded> {
    match (raw, kind) {
        (Raw::Number(values), Kind::Number) => {
            // Without a way out in between it is done several at a time.
            let n_moved: u64 = rows.iter().enumerate().map(|(at, &row)| u64::from(at != row)).sum();
            let in_order = rows.len() == values.len() && n_moved == 0;
            let values =
                if in_order { values } else { rows.iter().map(|&row| values[row]).collect() };
            Some(clean(Values::Number(values), 0))
        }
        (Raw::Number(values), Kind::Flag { no, yes }) => {
            let (no_value, yes_value) = (no.trim().parse().ok()?, yes.trim().parse().ok()?);
            Some(number_flag(&values, (no, no_value), (yes, yes_value), rows))
        }
        (Raw::Text(values), Kind::Flag { no, yes }) => Some(text_flag(&values, no, yes, rows)),
        (Raw::Text(values), Kind::Category { levels, ordered }) => {
            category(&values, levels, *ordered, rows)
        }
        (Raw::Day(values), Kind::Day { reference }) => {
            Some(days(&values, reference.parse().ok()?, rows))
        }
        _ => None,
    }
}

/// Every value missing: a column that a new table does not have.
pub(super) fn all_missing(kind: &Kind, n: usize) -> Values {
    match kind {
        Kind::Number | Kind::Day { .. } => Values::Number(vec![f64::NAN; n]),
        Kind::Flag { no, yes } => {
            Values::Flag { codes: vec![MISSING_FLAG; n], no: no.clone(), yes: yes.clone() }
        }
        Kind::Category { levels, ordered } => Values::Category {
            codes: vec![MISSING_LEVEL; n],
            levels: levels.clone(),
            ordered: *ordered,
        },
    }
}

fn clean(values: Values, unseen: u64) -> Encoded {
    Encoded { values, unseen, after: 0, implausible: 0 }
}

#[expect(clippy::float_cmp, reason = "0 and 1 and the like are exact, and were read the same way")]
fn number_flag(
    values: &[f64],
    (no, no_value): (&String, f64),
    (yes, yes_value): (&String, f64),
    rows: &[usize],
) -> Encoded {
    let mut unseen = 0;
    let codes = rows
        .iter()
        .map(|&row| match values[row] {
            value if value == yes_value => 1,
            value if value == no_value => 0,
            value => {
                unseen += u64::from(!value.is_nan());
                MISSING_FLAG
            }
        })
        .collect();
    clean(Values::Flag { codes, no: no.clone(), yes: yes.clone() }, unseen)
}

fn text_flag(values: &[Option<&str>], no: &str, yes: &str, rows: &[usize]) -> Encoded {
    let (folded_no, folded_yes) = (folded(no), folded(yes));
    let mut unseen = 0;
    let codes = rows
        .iter()
        .map(|&row| match values[row] {
            None => MISSING_FLAG,
            Some(value) if value == yes => 1,
            Some(value) if value == no => 0,
            Some(value) => {
                let value = folded(value);
                if value == folded_yes {
                    1
                } else if value == folded_no {
                    0
                } else {
                    unseen += 1;
                    MISSING_FLAG
                }
            }
        })
        .collect();
    clean(Values::Flag { codes, no: no.to_owned(), yes: yes.to_owned() }, unseen)
}

fn category(
    values: &[Option<&str>],
    levels: &[String],
    ordered: bool,
    rows: &[usize],
) -> Option<Encoded> {
    let mut code_of: HashMap<&str, u32> = HashMap::with_capacity(levels.len());
    for (code, level) in levels.iter().enumerate() {
        code_of.insert(level.as_str(), u32::try_from(code).ok()?);
    }
    let other = code_of.get(OTHER).copied().unwrap_or(MISSING_LEVEL);
    let mut unseen = 0;
    let codes = rows
        .iter()
        .map(|&row| match values[row] {
            None => MISSING_LEVEL,
            Some(value) => code_of.get(value).copied().unwrap_or_else(|| {
                unseen += 1;
                other
            }),
        })
        .collect();
    Some(clean(Values::Category { codes, levels: levels.to_vec(), ordered }, unseen))
}

fn days(values: &[Option<i32>], reference: Day, rows: &[usize]) -> Encoded {
    let (mut after, mut implausible) = (0, 0);
    let numbers = rows
        .iter()
        .map(|&row| match values[row] {
            None => f64::NAN,
            Some(day) if !PLAUSIBLE.contains(&day) => {
                implausible += 1;
                f64::NAN
            }
            Some(day) if day > reference.since_epoch() => {
                after += 1;
                0.0
            }
            Some(day) => f64::from(reference.since_epoch() - day),
        })
        .collect();
    Encoded { values: Values::Number(numbers), unseen: 0, after, implausible }
}
