//! The probability of leaving: the prepared columns times their coefficients or the leaves of
//! the trees, the calibration, and the sigmoid.
//!
//! A tree is a `CASE` in a `CASE`, one test on a column at each depth; what is missing fails
//! every comparison, so that each question is put the way round in which it comes out right.
//! Sums are in the order of the columns and of the trees, fifty parts at a time.

use std::collections::BTreeMap;

use super::{SqlError, matrix, read};
use crate::churn::Propensity;
use crate::churn::sql::{Asked, Branches, Curve, Odds, Question, Sort, Yes};
use crate::expression::{Expr, Function, Named, Query, Test, exact};
use crate::schema::{Kind, Schema, SchemaColumn};

/// The column of [`probability`].
pub const PROBABILITY: &str = "probability";

/// The most leaves of all trees together, each a number in the statement: 400 trees of five
/// questions, which are 1 MB of text. Spark takes a minute to plan and compile it before the
/// first row, and compiles it still.
pub const LEAVES: usize = 12_800;

/// The layers from the columns of a table to [`PROBABILITY`] in the last one, made of
/// operations that have one result on every engine: what [`Propensity::predict`] gives within
/// 1e-12. NULL where something is missing that nothing stands in for.
///
/// # Errors
///
/// More leaves than [`LEAVES`]; a column that the schema reads as something else.
pub fn probability(schema: &Schema, propensity: &Propensity) -> Result<Query, SqlError> {
    let formula = propensity.formula();
    let mut query = Query::new(&schema.id);
    let odds = match formula.odds {
        Odds::Line { normaliser, coefficients, intercept } => {
            matrix::held(schema, normaliser, &mut query)?;
            let parts = coefficients.iter().enumerate();
            let parts = parts.map(|(at, b)| matrix::x(at).times(Expr::Number(*b)));
            Expr::Number(intercept).plus(Expr::Sum(parts.collect()))
        }
        Odds::Trees { columns, base, trees } => {
            let found = trees.iter().map(|tree| tree.leaves.len()).sum();
            if found > LEAVES {
                return Err(SqlError::Leaves { found, most: LEAVES });
            }
            query.layer("kohort_cells", cells(schema, &columns, &trees)?);
            let leaves = trees.iter().map(|tree| leaf(&tree.questions, tree.leaves));
            Expr::Sum(std::iter::once(Expr::Number(base)).chain(leaves).collect())
        }
    };
    query.layer("kohort_odds", vec![(ODDS.to_owned(), odds)]);
    calibrated(formula.curve, &mut query);
    let smaller = || Expr::Number(0.0).minus(Expr::column(ODDS).call(Function::Abs));
    let e = || smaller().call(Function::Exp);
    let sum = || Expr::Number(1.0).plus(e());
    let sides = vec![
        (Expr::column(ODDS).is(">=", 0.0), Expr::Number(1.0).over(sum())),
        (Expr::column(ODDS).is("<", 0.0), e().over(sum())),
    ];
    query.layer("kohort_sigmoid", vec![(PROBABILITY.to_owned(), Expr::case(sides, Expr::Null))]);
    exact::rewrite(&query).map_err(|_| SqlError::Preparation { column: schema.id.clone() })
}

/// The log-odds, before calibration and after it.
const ODDS: &str = "odds";

/// Adds the layer of the calibrated log-odds.
fn calibrated(curve: Curve, query: &mut Query) {
    let odds = || Expr::column(ODDS);
    let times = |slope: f64, x: Expr| Expr::Number(slope).times(x);
    let value = if curve.is_line() {
        Expr::Number(curve.intercept).plus(times(curve.low, odds()))
    } else {
        // ln(1 + exp(x)) = max(x, 0) + ln(1 + exp(-|x|)), of which the last is the same for -x.
        let smaller = Expr::Number(0.0).minus(odds().call(Function::Abs));
        let rest = Expr::Number(1.0).plus(smaller.call(Function::Exp)).call(Function::Ln);
        let zero = || Expr::Number(0.0);
        let above = Expr::case(vec![(odds().is("<", 0.0), zero())], odds());
        let below = Expr::case(vec![(odds().is(">", 0.0), zero())], zero().minus(odds()));
        let low = times(curve.low, below.plus(rest.clone()));
        let high = times(curve.high, above.plus(rest));
        Expr::Number(curve.intercept).minus(low).plus(high)
    };
    query.layer("kohort_calibrated", vec![(ODDS.to_owned(), value)]);
}

fn c(at: usize) -> String {
    format!("c{}", at + 1)
}

/// The columns that trees ask of: a number, or the bin of a flag or a level; NULL where it is
/// missing or was never seen.
fn cells(schema: &Schema, columns: &[Asked], trees: &[Branches]) -> Result<Vec<Named>, SqlError> {
    let by_name: BTreeMap<&str, &SchemaColumn> =
        schema.columns.iter().map(|column| (column.name.as_str(), column)).collect();
    let is_asked = |at: usize| {
        trees.iter().flat_map(|tree| &tree.questions).any(|question| question.column == at)
    };
    let mut cells = Vec::new();
    for (at, asked) in columns.iter().enumerate().filter(|(at, _)| is_asked(*at)) {
        let none = || SqlError::Preparation { column: asked.name.to_owned() };
        let column = by_name.get(asked.name).ok_or_else(none)?;
        let seen = |bin: u16| if bin == 0 { -1.0 } else { f64::from(bin) };
        let value = match (&asked.sort, &column.kind) {
            (Sort::Number, Kind::Number | Kind::Day { .. }) => read::number(column),
            (Sort::Flag([zero, one]), Kind::Flag { no, yes }) => {
                let known = |bin: u16| if bin == 0 { Expr::Null } else { Expr::Number(seen(bin)) };
                read::either(column, [(no, known(*zero)), (yes, known(*one))])
            }
            (Sort::Levels(levels, bins), Kind::Category { .. }) => read::level(column, |level| {
                let bin = levels.iter().position(|known| known == level).map(|at| bins[at]);
                seen(bin.unwrap_or(0))
            }),
            _ => return Err(none()),
        };
        cells.push((c(at), value));
    }
    Ok(cells)
}

/// The leaf of a tree.
fn leaf(questions: &[Question], leaves: &[f64]) -> Expr {
    let Some((first, rest)) = questions.split_first() else {
        return Expr::Number(leaves.first().copied().unwrap_or(0.0));
    };
    let (no, yes) = leaves.split_at(leaves.len() / 2);
    let (no, yes) = (leaf(rest, no), leaf(rest, yes));
    let cell = Expr::column(c(first.column));
    let either =
        |test: Test, then: Expr, otherwise: Expr| Expr::case(vec![(test, then)], otherwise);
    match (first.yes, first.missing) {
        (Yes::Above(cut), false) => either(cell.is(">", cut), yes, no),
        (Yes::Above(cut), true) => either(cell.is("<=", cut), no, yes),
        (Yes::Everywhere, false) => either(cell.there(), yes, no),
        (Yes::Nowhere, true) => either(cell.missing(), yes, no),
        (Yes::Everywhere, true) => yes,
        (Yes::Nowhere, false) => no,
    }
}
