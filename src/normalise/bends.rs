//! Regression: how a linear predictor follows a number that does not act in a straight line.

use crate::normalise::encode::Context;
use crate::normalise::fold::RowSet;
use crate::normalise::order::mean_and_sd;
use crate::normalise::real;
use crate::normalise::term::{Cells, Term, What};

/// Regression: a number with 3 to this many whole values gets an indicator for each.
const MAX_LEVELS: usize = 8;
/// Regression: from this share on, being 0 is a fact of its own.
const MANY_ZEROS: f64 = 0.1;

/// Indicators: of each whole value but the most frequent where there are 3 to 8, else of 0
/// where at least a tenth of a non-negative number is 0.
pub(crate) fn values_on_their_own(
    context: &Context,
    column: &str,
    values: &[f64],
    few: Option<&[f64]>,
) -> Vec<(Term, RowSet)> {
    let rows_of = |wanted: f64| {
        values.iter().zip(context.keys).filter(|(v, _)| v.total_cmp(&wanted).is_eq()).fold(
            RowSet::default(),
            |mut set, (_, &key)| {
                set.add(key);
                set
            },
        )
    };
    let term = |value: f64, name: String, set: RowSet| {
        (context.indicator(column, name, What::Equals { value }, set), set)
    };
    if let Some(few) = few
        && (3..=MAX_LEVELS).contains(&few.len())
        && few.iter().all(|v| v.fract() == 0.0)
    {
        let sets: Vec<RowSet> = few.iter().map(|&value| rows_of(value)).collect();
        let usual = (0..sets.len()).rev().max_by_key(|&at| sets[at].count);
        return (0..few.len())
            .filter(|&at| Some(at) != usual)
            .map(|at| term(few[at], format!("{column}={}", few[at]), sets[at]))
            .collect();
    }
    let zeros = rows_of(0.0);
    let many = real(zeros.count) >= MANY_ZEROS * real(values.len());
    if many && few.is_none_or(|few| few.len() > 2) && values.iter().all(|&v| v >= 0.0) {
        return vec![term(0.0, format!("{column}=0"), zeros)];
    }
    Vec::new()
}

/// The square of the standardised number, itself standardised.
pub(crate) fn square(column: &str, curved: &[f64], centre: f64, spread: f64) -> Option<Term> {
    let mut term = Term {
        name: format!("{column} (squared)"),
        what: What::Square { centre, spread },
        centre: 0.0,
        spread: 1.0,
    };
    let mut squares = Vec::with_capacity(curved.len());
    term.all(&Cells { y: curved.to_vec(), ..Cells::default() }, &mut squares);
    (term.centre, term.spread) = mean_and_sd(&squares).filter(|&(_, sd)| sd > 0.0)?;
    Some(term)
}
