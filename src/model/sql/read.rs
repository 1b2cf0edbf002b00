//! Raw columns as the model reads them: a number, a flag of 0 and 1, the place of a level;
//! NULL where there is nothing.

use std::collections::BTreeMap;

use crate::expression::{Expr, Test};
use crate::normalise::position_of;
use crate::schema::{Kind, SchemaColumn};
use crate::table::OTHER;

/// Days before 1900 and after 2079 stand for "none".
const PLAUSIBLE: [&str; 2] = ["1900-01-01", "2079-12-31"];

/// A number, or the days before the reference; NULL where it is missing.
pub(super) fn number(column: &SchemaColumn) -> Expr {
    let raw = Expr::column(&column.name);
    let Kind::Day { reference } = &column.kind else { return Expr::Real(Box::new(raw)) };
    let Ok(day) = reference.parse() else { return Expr::Null };
    let days = Expr::DaysBefore(Box::new(raw.clone()), day);
    let since = |bound: &str| {
        bound.parse().map_or(Expr::Null, |bound| Expr::DaysBefore(Box::new(raw.clone()), bound))
    };
    let [first, last] = PLAUSIBLE.map(since);
    Expr::case(
        vec![
            (raw.clone().missing(), Expr::Null),
            (Test::Any(vec![first.is(">", 0.0), last.is("<", 0.0)]), Expr::Null),
            (days.clone().is("<", 0.0), Expr::Number(0.0)),
        ],
        days,
    )
}

/// 0 for no, 1 for yes, NULL for all else.
pub(super) fn flag(column: &SchemaColumn, no: &str, yes: &str) -> Expr {
    either(column, [(no, Expr::Number(0.0)), (yes, Expr::Number(1.0))])
}

/// What belongs to no or to yes, NULL for all else.
pub(super) fn either(column: &SchemaColumn, [no, yes]: [(&str, Expr); 2]) -> Expr {
    let ((no, zero), (yes, one)) = (no, yes);
    let raw = || Box::new(Expr::column(&column.name));
    let is = |spelling: &str| {
        let folded = spelling.trim().to_lowercase();
        Expr::Folded(raw()).equals(Expr::Text(folded))
    };
    if let (Ok(no), Ok(yes)) = (no.trim().parse::<f64>(), yes.trim().parse::<f64>()) {
        let equals = |number: f64| Expr::Real(raw()).is("=", number);
        return Expr::case(vec![(equals(yes), one), (equals(no), zero)], Expr::Null);
    }
    Expr::case(vec![(is(yes), one), (is(no), zero)], Expr::Null)
}

/// The place that `place` gives each level of the schema, NULL where it is negative or nothing
/// is there. A level that the schema does not list counts as its pooled one.
pub(super) fn level(column: &SchemaColumn, place: impl Fn(&str) -> f64) -> Expr {
    let Kind::Category { levels, .. } = &column.kind else { return Expr::Null };
    let words = || Expr::Words(Box::new(Expr::column(&column.name)));
    let known = |place: f64| if place < 0.0 { Expr::Null } else { Expr::Number(place) };
    let pooled = levels.iter().any(|level| level == OTHER).then(|| place(OTHER));
    // Levels by their place; what counts as the pooled level needs no case of its own.
    let mut by_place: BTreeMap<u64, (f64, Vec<Expr>)> = BTreeMap::new();
    for level in levels.iter().filter(|level| *level != OTHER) {
        let at = place(level);
        if pooled.is_none_or(|pooled| pooled != at) {
            by_place.entry(at.to_bits()).or_insert((at, Vec::new())).1.push(Expr::text(level));
        }
    }
    let mut cases = vec![(words().missing(), Expr::Null)];
    cases.extend(by_place.into_values().map(|(at, levels)| (Test::In(words(), levels), known(at))));
    Expr::case(cases, pooled.map_or(Expr::Null, known))
}

/// The position of each level in a list.
pub(super) fn rank(column: &SchemaColumn, levels: &[String]) -> Expr {
    level(column, |level| position_of(levels, level))
}
