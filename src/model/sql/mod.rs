//! The frozen model as one SQL statement over the raw feature columns: who is in which
//! segment, computed where the customers are.
//!
//! The statement is a chain of common table expressions: `kohort_read` turns each column into
//! a number or NULL as the model reads it, `kohort_fill` puts in what stands for a missing
//! value, clips and logarithmises, `kohort_matrix` scales and encodes, `kohort_near` has one
//! number per segment, and the last part takes the best, ties to the lowest segment. It holds
//! no function that writes, and names no table but the one given.
//!
//! Numbers are written in full, so a customer's segment is that of `kohort score` wherever the
//! database computes in double precision; only who lies on a border within rounding can
//! differ. Values beyond 1e100 times a column's spread, which `score` holds there, are not
//! held.
//!
//! DBSCAN and HDBSCAN* ask how far a customer is from each of thousands of others, which is no
//! statement on columns: they are refused in words. So are rules that need more than the
//! features of orders.

mod churn;
mod matrix;
mod place;
mod read;
mod rules;
mod scores;

use super::Model;
use crate::cluster::Shape;
use crate::expression::{Expr, Query, exact};
use crate::fault::{Class, Fault};
use crate::normalise::Normaliser;
use crate::schema::Schema;

pub use crate::expression::Dialect;
pub use churn::{LEAVES, PROBABILITY, probability};

/// Why a model is no SQL statement.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SqlError {
    /// The method compares each customer with many others.
    #[error(
        "segments of the method {method} cannot be SQL: a customer belongs to the nearest of many others, not to the nearest of a few centres"
    )]
    Neighbours {
        /// The method.
        method: &'static str,
    },
    /// Segments were looked for inside parts of the customers.
    #[error(
        "segments inside parts of the customers (segments.split-by, segments.pin) cannot be SQL yet"
    )]
    Parts,
    /// The rule needs what no feature column holds.
    #[error("segments of the rule {rule} cannot be SQL: they need {what}")]
    Rule {
        /// The rule.
        rule: &'static str,
        /// What is needed.
        what: &'static str,
    },
    /// The model's columns are not those that a rule is cut on.
    #[error("segments of the rule {rule} cannot be SQL: the model has no column {column}")]
    Lacks {
        /// The rule.
        rule: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A preparation that does not belong to how its column is read.
    #[error("the model prepares {column} in a way that is no expression on columns")]
    Preparation {
        /// The column.
        column: String,
    },
    /// More trees than a statement may hold.
    #[error("the trees have {found} leaves, and one statement holds at most {most}")]
    Leaves {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
}

impl Fault for SqlError {
    fn code(&self) -> &'static str {
        match self {
            Self::Neighbours { .. } => "E-MDL-075",
            Self::Rule { .. } => "E-MDL-071",
            Self::Lacks { .. } => "E-MDL-072",
            Self::Preparation { .. } => "E-MDL-073",
            Self::Parts => "E-MDL-074",
            Self::Leaves { .. } => "E-MDL-076",
        }
    }

    fn class(&self) -> Class {
        Class::Config
    }

    fn hint(&self) -> Option<String> {
        Some("use `kohort score`, or a run with k-means, gmm, latent-class, k-prototypes or a rule on orders".into())
    }
}

/// What the statement is about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The database's language.
    pub dialect: Dialect,
    /// The table, as it is written in the statement: `customers` or `crm.customers`.
    pub table: &'a str,
    /// The id column, where it is not the model's.
    pub id: Option<&'a str>,
}

/// The layers from the columns of a table to those of the matrix, `x1` and so on, made of
/// operations that have one result on every engine: what `kohort score` computes up to the
/// last bits of logarithms and places. Beside them are the cells as they were read, `v1` and
/// so on by source column: a number, 0 or 1, the position of a level; NULL where missing.
///
/// # Errors
///
/// A preparation that is no expression on columns.
pub fn prepared(schema: &Schema, normaliser: &Normaliser) -> Result<Query, SqlError> {
    let mut query = Query::new(&schema.id);
    matrix::held(schema, normaliser, &mut query)?;
    exact::rewrite(&query).map_err(|_| SqlError::Preparation { column: schema.id.clone() })
}

/// The model as one statement that gives the id, `segment_id` and `segment`, one row per
/// customer of the table; NULL where the customer is in no segment.
///
/// # Errors
///
/// Methods and rules that are no statement on columns.
pub fn statement(model: &Model, asked: &Asked) -> Result<String, SqlError> {
    let mut query = Query::new(asked.id.unwrap_or(&model.schema.id));
    let segment = match model.segmentation.shape() {
        Shape::Cores { .. } => return Err(SqlError::Neighbours { method: "dbscan" }),
        Shape::Parts(_) => return Err(SqlError::Parts),
        Shape::Members(_) => return Err(SqlError::Neighbours { method: "hdbscan" }),
        Shape::Rule { cuts, kept } => {
            let classes = rules::classes(model, cuts, &mut query)?;
            rules::segment(classes, kept)
        }
        Shape::Centres(centres) => {
            matrix::prepare(model, &mut query)?;
            place::centres(centres, &mut query)
        }
        Shape::Mixture(mixture) => {
            matrix::prepare(model, &mut query)?;
            place::mixture(mixture, &mut query)
        }
        Shape::Classes(classes) => {
            matrix::prepare(model, &mut query)?;
            place::classes(classes, model, &mut query)
        }
        Shape::Prototypes(prototypes) => {
            matrix::prepare(model, &mut query)?;
            place::prototypes(prototypes, &mut query)
        }
    };
    query.layer("kohort_segment", vec![("place".to_owned(), segment)]);
    let by_place = |said: Vec<Expr>| {
        let is = |at: u32| Expr::column("place").equals(Expr::whole(at));
        Expr::case((1_u32..).map(is).zip(said).collect(), Expr::Null)
    };
    // Ids persist from run to run, so they need not be places.
    let ids = model.lineage.ids(model.names.len()).into_iter().map(Expr::whole).collect();
    let names = model.names.iter().map(|name| Expr::text(name)).collect();
    let last = [("segment_id".to_owned(), by_place(ids)), ("segment".to_owned(), by_place(names))];
    Ok(query.print(&last, asked.table, asked.dialect))
}

#[cfg(test)]
mod tests;
