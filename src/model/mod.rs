//! The frozen model: everything that is needed to put a new customer into a segment, and
//! nothing that could be executed.
//!
//! Two files. `model.json` is readable: the format, who wrote it, how a table is read
//! (schema), how columns are prepared (normaliser), what the segments are called, the
//! churn model, the reasons, and how purchase lines become the columns of the table.
//! `arrays.safetensors` holds the centres (k-means), the core customers with their labels
//! (DBSCAN), the distinct customers with what places new ones (HDBSCAN*) or the parameters
//! (mixtures, k-prototypes), and the radii, as f64 and u32, in the safetensors format.
//!
//! Reading trusts nothing: sizes are bounded before anything is allocated, unknown and
//! repeated keys are refused, both files carry checksums, and after that every number,
//! position and shape is checked once more, because a checksum can be forged. The format
//! has no field for a path, an address or a command.
//!
//! A DBSCAN model holds the prepared columns of its core customers, and a small segment's
//! centre is nearly a customer: model files are internal, like the list of customers.

mod arrays;
mod check;
mod error;
mod format;
mod mixed;
mod readable;
pub mod sql;

use serde::{Deserialize, Serialize};

pub use error::ModelError;
pub use readable::Readable;

use crate::churn::Propensity;
use crate::cluster::Segmentation;
use crate::cluster::rules::Cuts;
use crate::normalise::Normaliser;
use crate::orders::Frozen;
use crate::profile::reason::Reasons;
use crate::schema::Schema;

/// The format that this version writes, and the newest it reads.
///
/// Format 2 keeps how purchase lines are read and the cuts of the rules beside the
/// segments; a model of format 1 has neither. Format 3 may hold boosted trees.
pub const FORMAT: u32 = 3;

/// Where a model comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The format of the files, at most [`FORMAT`].
    pub format: u32,
    /// The version of the program that wrote it.
    pub version: String,
    /// The program that wrote it.
    pub created_by: String,
    /// The day the table speaks for, such as `2025-12-31`; none for an undated table.
    pub as_of: Option<String>,
    /// How many customers it was learnt from.
    pub n_customers: u64,
    /// The seed of the run.
    pub seed: u64,
}

/// The frozen model.
#[derive(Debug, Clone)]
pub struct Model {
    /// Where it comes from.
    pub about: About,
    /// How a table is read.
    pub schema: Schema,
    /// How columns are prepared.
    pub normaliser: Normaliser,
    /// The segments.
    pub segmentation: Segmentation,
    /// The name of each segment.
    pub names: Vec<String>,
    /// The action of each segment.
    pub actions: Vec<String>,
    /// Per segment the distance within which 99 % of its customers were, 0 or more.
    pub radii: Vec<f64>,
    /// The churn model, where there is one.
    pub churn: Option<Propensity>,
    /// What a customer's sentence is written from.
    pub reasons: Reasons,
    /// How purchase lines are read and measured, where the run had any.
    pub orders: Option<Frozen>,
    /// The cuts of the rules beside the segments, at most one of each rule.
    pub rules: Vec<Cuts>,
}

/// The bytes of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFiles {
    /// `model.json`.
    pub json: Vec<u8>,
    /// `arrays.safetensors`.
    pub arrays: Vec<u8>,
}

/// The model as bytes; the same model gives the same bytes.
///
/// # Errors
///
/// A model that could not be read again: parts that contradict each other, numbers that
/// are not finite.
pub fn write(model: &Model) -> Result<ModelFiles, ModelError> {
    check::whole(model)?;
    let (shape, arrays) = arrays::write(model.segmentation.shape(), &model.radii)?;
    let json = format::write(model, shape, &arrays)?;
    Ok(ModelFiles { json, arrays })
}

/// The model in these bytes.
///
/// # Errors
///
/// Files that are too large, damaged, newer, of another kind, or that contradict
/// themselves.
pub fn read(json: &[u8], arrays: &[u8]) -> Result<Model, ModelError> {
    let body = format::read(json, arrays)?;
    let (shape, radii) = arrays::read(arrays, body.segments.shape)?;
    let segmentation = Segmentation::from_parts(body.segments.method, body.segments.engine, shape)
        .map_err(|error| check::invalid("segmentation", &error))?;
    let model = Model {
        about: body.about,
        schema: body.schema,
        normaliser: body.normaliser,
        segmentation,
        names: body.names,
        actions: body.actions,
        radii,
        churn: body.churn,
        reasons: body.reasons,
        orders: body.orders,
        rules: body.rules,
    };
    check::whole(&model)?;
    Ok(model)
}

#[cfg(test)]
mod tests;
