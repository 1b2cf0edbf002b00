//! Whether a table has what a statement asks for, before an engine is asked: its own words for
//! what is missing may hold more than names.

use crate::backend::{BackendError, Holds, Relation};
use crate::expression::{As, Expr, Query};

/// Checks the columns that expressions on the last layer of a query stand on.
///
/// # Errors
///
/// A column that is not there, or that holds something else than it is used as.
pub fn check(relation: &Relation, query: &Query, last: &[Expr]) -> Result<(), BackendError> {
    query.reads(last).iter().try_for_each(|(column, used)| one(relation, column, *used))
}

fn one(relation: &Relation, column: &str, used: As) -> Result<(), BackendError> {
    let (table, named) = (|| relation.name.clone(), || column.to_owned());
    let Some(known) = relation.column(column) else {
        return Err(BackendError::NoColumn { table: table(), column: named() });
    };
    let (fits, used) = match used {
        As::Number => (matches!(known.holds, Holds::Whole | Holds::Real), "a number"),
        As::Day => (known.holds == Holds::Day, "a day"),
        // Engines write a number with decimals as different texts.
        As::Text => (known.holds != Holds::Real, "a text"),
    };
    if fits {
        return Ok(());
    }
    let found = known.holds.name();
    Err(BackendError::Kind { table: table(), column: named(), found, used })
}
