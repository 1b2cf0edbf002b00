//! Whether a table has what a statement asks for, before an engine is asked: its own words for
//! what is missing may hold more than names.

use super::products;
use crate::backend::{BackendError, Relation};
use crate::expression::{Expr, Query, exact};

/// The most products of one statement, such as centres times columns. Beyond it the row loop
/// that Spark compiles is too large for the Java machine's compiler, and is interpreted.
pub const PRODUCTS: usize = 1200;

/// The functions that libraries compute each in its own way.
const LIBRARY: &str = "a logarithm, an exponential, a sine, a cosine or ROUND";

/// Checks the columns that expressions on the last layer of a query stand on.
///
/// # Errors
///
/// A column that is not there, or that holds something else than it is used as.
pub fn check(relation: &Relation, query: &Query, last: &[Expr]) -> Result<(), BackendError> {
    query.reads(last).iter().try_for_each(|(column, used)| relation.check(column, *used))
}

/// Refuses a statement on columns that the table does not have, one that engines compute
/// differently, and one that an engine would compute very slowly or not at all.
///
/// # Errors
///
/// As [`check`]; a function that engines compute differently; more than [`PRODUCTS`].
pub fn fits(relation: &Relation, query: &Query, last: &[Expr]) -> Result<(), BackendError> {
    check(relation, query, last)?;
    if !exact::is_exact(query, last) {
        return Err(BackendError::Inexact { what: LIBRARY });
    }
    let found = products(query, last);
    if found <= PRODUCTS {
        return Ok(());
    }
    let what = "products in one statement, such as centres times columns";
    Err(BackendError::TooLarge { what, found, most: PRODUCTS })
}
