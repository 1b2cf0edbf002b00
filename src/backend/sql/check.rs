//! Whether a table has what a statement asks for, before an engine is asked: its own words for
//! what is missing may hold more than names.

use crate::backend::{BackendError, Relation};
use crate::expression::{Expr, Query};

/// Checks the columns that expressions on the last layer of a query stand on.
///
/// # Errors
///
/// A column that is not there, or that holds something else than it is used as.
pub fn check(relation: &Relation, query: &Query, last: &[Expr]) -> Result<(), BackendError> {
    query.reads(last).iter().try_for_each(|(column, used)| relation.check(column, *used))
}
