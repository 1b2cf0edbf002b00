//! The questions of a [`Backend`](super::Backend) as statements: one `SELECT` each, with an
//! answer of bounded size.
//!
//! Names are quoted, numbers are written with all their digits, and nothing of a user is part
//! of a statement but names and the place of the table. No statement asks for an order, a
//! window or an exact quantile: those move all rows into one partition.
//!
//! Where the words of engines differ in their last bits or in their kinds, what is asked is
//! cast: the id is hashed as its text, sums are sums of `BIGINT`, statistics are of `DOUBLE`.

mod check;
mod source;
mod summed;

use std::fmt::Write as _;

use super::{Grouping, HashSample, Holds, Output, Relation, Scoring, Written};
use crate::expression::{Dialect, Expr, Named, Query, Test, column, test, value};

pub use check::{PRODUCTS, check, fits};
pub use source::{SourceError, from_clause, is_place, place_under};
pub use summed::{counted_customers, customers, lines_sample};

/// The language of all statements here.
const SPARK: Dialect = Dialect::Spark;

/// A statement and how many columns its answer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text.
    pub text: String,
    /// Columns of the answer.
    pub columns: usize,
}

/// Rows, rows with an id, and the contents in one number: `from` is a table as it stands in a
/// statement ([`from_clause`]).
///
/// The contents are the exclusive or of a hash over all columns that a model reads, so that
/// neither partitions nor order change it.
#[must_use]
pub fn opened(from: &str, id: &str, relation: &Relation) -> Statement {
    let hashed: Vec<String> = relation
        .columns
        .iter()
        .filter(|known| known.holds != Holds::Other)
        .map(|known| column(&known.name, SPARK))
        .collect();
    let id = column(id, SPARK);
    let text = format!(
        "SELECT COUNT(*), COUNT(NULLIF(CAST({id} AS STRING), '')), BIT_XOR(XXHASH64({}))\n\
         FROM {from}",
        hashed.join(", ")
    );
    Statement { text, columns: 3 }
}

/// How many rows there are.
#[must_use]
pub fn counted(from: &str) -> Statement {
    Statement { text: format!("SELECT COUNT(*)\nFROM {from}"), columns: 1 }
}

/// Per column: numbers that are there, not-a-numbers, the lowest, the highest, the mean and
/// the mean squared difference from it; behind the count of all rows.
#[must_use]
pub fn column_statistics(from: &str, query: &Query, columns: &[Named]) -> Statement {
    let place = |at: usize| column(&format!("v{}", at + 1), SPARK);
    let mut inner = Vec::new();
    let mut answers = vec!["COUNT(*)".to_owned()];
    for (at, (_, expr)) in columns.iter().enumerate() {
        inner.push(format!("CAST({} AS DOUBLE) AS {}", value(expr, SPARK), place(at)));
        let all = place(at);
        let known = format!("NULLIF({all}, CAST('NaN' AS DOUBLE))");
        answers.push(format!("COUNT({known})"));
        answers.push(format!("COUNT({all}) - COUNT({known})"));
        answers.push(format!("MIN({known})"));
        answers.push(format!("MAX({known})"));
        answers.push(format!("AVG({known})"));
        answers.push(format!("VAR_POP({known})"));
    }
    if inner.is_empty() {
        inner.push("1 AS `v1`".to_owned());
    }
    let (mut text, below) = query.print_layers(from, SPARK);
    let _ = write!(
        text,
        "SELECT {}\nFROM (\n  SELECT {}\n  FROM {below}\n)",
        answers.join(",\n  "),
        inner.join(",\n    ")
    );
    Statement { text, columns: answers.len() }
}

/// The id as text, its hash and the columns asked for, of customers whose hash lies below
/// `threshold`. They come in any order.
#[must_use]
pub fn hash_sample(
    from: &str,
    relation: &Relation,
    sample: &HashSample,
    threshold: Option<i64>,
) -> Statement {
    let id = format!("CAST({} AS STRING)", column(&relation.id, SPARK));
    let hash = hash(sample.seed, &id);
    let mut answers = vec![id, hash.clone()];
    for name in &sample.columns {
        let quoted = column(name, SPARK);
        answers.push(match relation.column(name).map(|known| known.holds) {
            Some(Holds::Whole | Holds::Real) => format!("CAST({quoted} AS DOUBLE)"),
            Some(Holds::Day) => {
                format!("DATEDIFF(CAST({quoted} AS DATE), DATE '1970-01-01')")
            }
            _ => format!("CAST({quoted} AS STRING)"),
        });
    }
    let below = threshold.map_or(String::new(), |bound| format!("\nWHERE {hash} < {bound}L"));
    let text = format!("SELECT {}\nFROM {from}{below}", answers.join(",\n  "));
    Statement { text, columns: answers.len() }
}

/// The hash of an id as text, as [`super::hash_of`].
fn hash(seed: u64, id: &str) -> String {
    format!("XXHASH64(CONCAT('{seed}:', {id}))")
}

/// Per group: its number, rows, rows with a value beyond its bound, and the sums. At most one
/// group more than may be comes back, so that too many are noticed and not moved.
#[must_use]
pub fn grouped_sums(from: &str, grouping: &Grouping) -> Statement {
    const BEYOND: &str = "kohort_beyond";
    let name = |at: usize| format!("v{}", at + 1);
    let mut query = grouping.query.clone();
    let mut columns = vec![("kohort_group".to_owned(), grouping.group.clone())];
    let values = grouping.values.iter().enumerate();
    columns.extend(values.clone().map(|(at, summed)| (name(at), summed.value.clone())));
    // A test of nothing is no text.
    let beyond = if grouping.values.is_empty() { Expr::Number(0.0) } else { grouping.beyond() };
    columns.push((BEYOND.to_owned(), beyond));
    query.layer("kohort_summed", columns);
    let within = Expr::column(BEYOND).is("=", 0.0);
    let mut answers = vec![
        "CAST(kohort_group AS BIGINT)".to_owned(),
        "COUNT(*)".to_owned(),
        format!("SUM(CAST({BEYOND} AS BIGINT))"),
    ];
    answers.extend(values.map(|(at, summed)| {
        let fixed = Expr::Fixed(Box::new(Expr::column(name(at))), summed.fixed.bits);
        let whole = value(&fixed, SPARK);
        // Beyond the bounds a cast may fail, and the sum is refused in any case.
        format!("COALESCE(SUM(CASE WHEN {} THEN {whole} END), 0L)", test(&within, SPARK))
    }));
    let (mut text, below) = query.print_layers(from, SPARK);
    let _ = write!(
        text,
        "SELECT {}\nFROM {below}\nGROUP BY CAST(kohort_group AS BIGINT)\nLIMIT {}",
        answers.join(",\n  "),
        grouping.most.saturating_add(1)
    );
    Statement { text, columns: answers.len() }
}

/// The id and what is to be written of every customer.
#[must_use]
pub fn scored(from: &str, scoring: &Scoring) -> Statement {
    let (mut text, below) = scoring.query.print_layers(from, SPARK);
    let id = column(scoring.query.id(), SPARK);
    let first = if scoring.query.layers().is_empty() {
        id
    } else {
        format!("{} AS {id}", crate::expression::ID)
    };
    let mut answers = vec![first];
    let output =
        |output: &Output| format!("{} AS {}", written(output), column(&output.name, SPARK));
    answers.extend(scoring.columns.iter().map(output));
    let _ = write!(text, "SELECT {}\nFROM {below}", answers.join(",\n  "));
    Statement { text, columns: answers.len() }
}

/// A value as what it is written as.
fn written(output: &Output) -> String {
    let text = value(&output.value, SPARK);
    match output.written {
        Written::Whole => format!("CAST({text} AS BIGINT)"),
        Written::Number(None) => format!("CAST({text} AS DOUBLE)"),
        Written::Number(Some(decimals)) => {
            // No ROUND: engines differ in what halves become.
            let unit = Expr::Number(libm::exp10(f64::from(decimals)));
            let unit = value(&unit, SPARK);
            format!("(CAST(FLOOR(({text} * {unit}) + 5e-1D) AS DOUBLE) / {unit})")
        }
        Written::Flag => {
            let is = |number: f64| test(&output.value.clone().is("=", number), SPARK);
            format!("CASE WHEN {} THEN TRUE WHEN {} THEN FALSE END", is(1.0), is(0.0))
        }
        Written::Text => text,
    }
}

/// Products in layers and expressions: what the size of an engine's compiled row loop grows
/// with. The distances to k centres over d columns are `k * d` of them.
#[must_use]
pub fn products(query: &Query, last: &[Expr]) -> usize {
    let layers = query.layers().iter().flat_map(|layer| &layer.columns).map(|(_, expr)| expr);
    layers.chain(last).map(products_of).sum()
}

fn products_of(expr: &Expr) -> usize {
    let all = |exprs: &[Expr]| exprs.iter().map(products_of).sum::<usize>();
    match expr {
        Expr::Times(a, b) | Expr::Over(a, b) => 1 + products_of(a) + products_of(b),
        Expr::Minus(a, b) => products_of(a) + products_of(b),
        Expr::Sum(parts) => all(parts),
        Expr::Call(_, x)
        | Expr::Real(x)
        | Expr::Words(x)
        | Expr::Folded(x)
        | Expr::DaysBefore(x, _)
        | Expr::Fixed(x, _) => products_of(x),
        Expr::Case(cases, otherwise) => {
            let cases = cases.iter().map(|(when, then)| products_of_test(when) + products_of(then));
            cases.sum::<usize>() + products_of(otherwise)
        }
        Expr::Column(_) | Expr::Number(_) | Expr::Whole(_) | Expr::Text(_) | Expr::Null => 0,
    }
}

fn products_of_test(asked: &Test) -> usize {
    match asked {
        Test::Missing(x) | Test::There(x) | Test::Begins(x, ..) => products_of(x),
        Test::Is(a, _, b) => products_of(a) + products_of(b),
        Test::In(x, list) => products_of(x) + list.iter().map(products_of).sum::<usize>(),
        Test::All(parts) | Test::Any(parts) => parts.iter().map(products_of_test).sum(),
    }
}

#[cfg(test)]
mod tests;
