//! The frozen model as JSON that a person can read: what each column is and what happens to
//! it, and what each segment looks like in raw units.

use serde::Serialize;
use serde_json::{Value, json};

use super::{About, Model};
use crate::cluster::Shape;
use crate::cluster::rules::Cuts;
use crate::normalise::Normaliser;
use crate::said::in_english;
use crate::schema::Schema;

/// The whole of a model that decides where a customer belongs.
#[derive(Debug, Serialize)]
pub struct Readable<'a> {
    /// Where it comes from.
    about: &'a About,
    /// The method of the segments.
    method: &'static str,
    /// How columns are prepared, in words: one sentence a column.
    prepared: Vec<String>,
    /// Each segment.
    segments: Vec<Value>,
    /// How a table is read.
    columns: &'a Schema,
    /// The preparation in numbers.
    preparation: &'a Normaliser,
    /// What decides between the segments, in prepared columns.
    decides: Value,
    /// The cuts of the rules beside the segments.
    rules: &'a [Cuts],
    /// Whether the model also predicts who leaves.
    predicts_churn: bool,
}

impl Model {
    /// The model for people.
    #[must_use]
    pub fn readable(&self) -> Readable<'_> {
        let decides = self.decides();
        let ids = self.lineage.ids(self.names.len());
        let segments = (0..self.names.len())
            .map(|at| {
                json!({
                    "segment_id": ids[at],
                    "segment": self.names[at],
                    "action": self.actions[at],
                    "radius": self.radii[at],
                    "centre": self.centre(at),
                })
            })
            .collect();
        Readable {
            about: &self.about,
            method: self.segmentation.method().name(),
            prepared: in_english(&self.normaliser.describe()),
            segments,
            columns: &self.schema,
            preparation: &self.normaliser,
            decides,
            rules: &self.rules,
            predicts_churn: self.churn.is_some(),
        }
    }

    /// The centre of a segment in raw units, by the columns of the matrix; null where the
    /// method has no centres.
    fn centre(&self, at: usize) -> Value {
        let centre = match self.segmentation.shape() {
            Shape::Centres(centres) => centres.row(at).to_vec(),
            Shape::Parts(parts) => parts.centres().row(at).to_vec(),
            Shape::Mixture(mixture) => mixture.mean(at),
            _ => return Value::Null,
        };
        let columns = self.normaliser.columns().iter().zip(centre).enumerate();
        let raw = columns.map(|(j, (column, value))| {
            (column.name.clone(), json!(self.normaliser.to_raw(j, value)))
        });
        Value::Object(raw.collect())
    }

    /// The numbers that decide.
    fn decides(&self) -> Value {
        let rows = |values: &[f64], width: usize| -> Vec<Vec<f64>> {
            values.chunks(width.max(1)).map(<[f64]>::to_vec).collect()
        };
        match self.segmentation.shape() {
            Shape::Centres(centres) => {
                let centres: Vec<f64> = centres.iter().copied().collect();
                json!({ "nearest-centre": rows(&centres, self.segmentation.n_columns()) })
            }
            Shape::Parts(parts) => {
                let centres: Vec<f64> = parts.centres().iter().copied().collect();
                json!({ "nearest-centre-of-the-part": {
                    "parts": parts.layout(),
                    "centres": rows(&centres, self.segmentation.n_columns()),
                }})
            }
            Shape::Mixture(mixture) => json!({ "highest-density": {
                "centre": mixture.centre(),
                "scale": mixture.scale(),
                "weights": mixture.weights(),
                "means": rows(mixture.means(), mixture.d()),
                "factors": rows(mixture.factors(), mixture.d() * (mixture.d() + 1) / 2),
            }}),
            Shape::Classes(classes) => json!({ "highest-density": {
                "variables": classes.variables().all(),
                "weights": classes.weights(),
                "means": rows(classes.means(), classes.k()),
                "deviations": rows(classes.deviations(), classes.k()),
                "probabilities": rows(classes.probabilities(), classes.k()),
            }}),
            Shape::Prototypes(prototypes) => json!({ "nearest-prototype": {
                "variables": prototypes.variables().all(),
                "gamma": prototypes.gamma(),
                "means": rows(prototypes.means(), prototypes.variables().n_numbers()),
                "modes": prototypes.modes(),
            }}),
            // The customers that the segments are made of stay in the model's own files.
            Shape::Cores { eps, min_points, points, .. } => json!({ "within-reach-of-a-core": {
                "eps": eps, "min-points": min_points, "cores": points.nrows(),
            }}),
            Shape::Members(members) => json!({ "near-a-member": {
                "members": members.rows.nrows(),
            }}),
            Shape::Rule { cuts, kept } => json!({ "rule": { "cuts": cuts, "classes": kept } }),
        }
    }
}
