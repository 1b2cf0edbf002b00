//! `model.json`: what stands where, and how it is sealed.
//!
//! The seal is the SHA-256 of the compact JSON of everything below `model`, written anew
//! after reading: two files that mean the same have the same seal, and a changed digit
//! breaks it. It guards against damage, not against forgery.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::check::{REPEATED, Unique, invalid};
use super::{About, FORMAT, Lineage, Model, ModelError};
use crate::churn::Propensity;
use crate::cluster::parts::Layout;
use crate::cluster::rules::Cuts;
use crate::cluster::variables::Variable;
use crate::cluster::{Engine, Method};
use crate::format::hex;
use crate::normalise::Normaliser;
use crate::orders::Frozen;
use crate::profile::reason::Reasons;
use crate::schema::Schema;

/// The largest `model.json`, bytes.
const MAX_JSON: u64 = 64 << 20;
/// The largest `arrays.safetensors`, bytes.
const MAX_ARRAYS: u64 = 4 << 30;

/// The shapes of the arrays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum StoredShape {
    /// k-means.
    Centres { segments: usize, columns: usize },
    /// DBSCAN.
    Cores { segments: usize, columns: usize, cores: usize, eps: f64, min_points: usize },
    /// Gaussian mixture.
    Mixture { segments: usize, columns: usize },
    /// Latent classes: what the columns mean.
    Classes { segments: usize, columns: usize, variables: Vec<Variable> },
    /// k-prototypes: what the columns mean, and the weight of a category that differs.
    Prototypes { segments: usize, columns: usize, variables: Vec<Variable>, gamma: f64 },
    /// HDBSCAN*.
    Members { segments: usize, columns: usize, members: usize, min_samples: usize },
    /// k-means inside parts.
    Parts { columns: usize, layout: Layout },
    /// A rule: its cuts, and the classes that are segments.
    Rule { segments: usize, cuts: Box<Cuts>, kept: Vec<u8> },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Segments {
    pub(super) method: Method,
    pub(super) engine: Engine,
    pub(super) shape: StoredShape,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Arrays {
    bytes: u64,
    sha256: String,
}

/// What stands below `model`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) about: About,
    pub(super) schema: Schema,
    pub(super) normaliser: Normaliser,
    pub(super) segments: Segments,
    arrays: Arrays,
    pub(super) names: Vec<String>,
    pub(super) actions: Vec<String>,
    pub(super) churn: Option<Propensity>,
    pub(super) reasons: Reasons,
    #[serde(default)]
    pub(super) orders: Option<Frozen>,
    #[serde(default)]
    pub(super) rules: Vec<Cuts>,
    #[serde(default)]
    pub(super) lineage: Lineage,
}

/// [`Body`] without owning it.
#[derive(Serialize)]
struct BodyView<'a> {
    about: &'a About,
    schema: &'a Schema,
    normaliser: &'a Normaliser,
    segments: &'a Segments,
    arrays: &'a Arrays,
    names: &'a [String],
    actions: &'a [String],
    churn: Option<&'a Propensity>,
    reasons: &'a Reasons,
    // Not there where there is nothing, so that a model of format 1 keeps its seal.
    #[serde(skip_serializing_if = "Option::is_none")]
    orders: Option<&'a Frozen>,
    #[serde(skip_serializing_if = "<[Cuts]>::is_empty")]
    rules: &'a [Cuts],
    #[serde(skip_serializing_if = "Lineage::is_empty")]
    lineage: &'a Lineage,
}

#[derive(Serialize)]
struct FileView<'a> {
    format: u32,
    seal: String,
    model: BodyView<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: u64,
    seal: String,
    model: Body,
}

/// The one field that every format has.
#[derive(Deserialize)]
struct Peek {
    format: u64,
}

impl Body {
    fn view(&self) -> BodyView<'_> {
        BodyView {
            about: &self.about,
            schema: &self.schema,
            normaliser: &self.normaliser,
            segments: &self.segments,
            arrays: &self.arrays,
            names: &self.names,
            actions: &self.actions,
            churn: self.churn.as_ref(),
            reasons: &self.reasons,
            orders: self.orders.as_ref(),
            rules: &self.rules,
            lineage: &self.lineage,
        }
    }
}

impl BodyView<'_> {
    fn seal(&self) -> Result<String, ModelError> {
        serde_json::to_vec(self)
            .map(|bytes| sha256(&bytes))
            .map_err(|error| ModelError::Write { what: error.to_string() })
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn write(
    model: &Model,
    shape: StoredShape,
    arrays: &[u8],
) -> Result<Vec<u8>, ModelError> {
    let arrays = Arrays { bytes: arrays.len() as u64, sha256: sha256(arrays) };
    let segments = Segments {
        method: model.segmentation.method(),
        engine: model.segmentation.engine(),
        shape,
    };
    let body = BodyView {
        about: &model.about,
        schema: &model.schema,
        normaliser: &model.normaliser,
        segments: &segments,
        arrays: &arrays,
        names: &model.names,
        actions: &model.actions,
        churn: model.churn.as_ref(),
        reasons: &model.reasons,
        orders: model.orders.as_ref(),
        rules: &model.rules,
        lineage: &model.lineage,
    };
    let format = model.about.format;
    let file = FileView { format, seal: body.seal()?, model: body };
    let mut json = serde_json::to_vec_pretty(&file)
        .map_err(|error| ModelError::Write { what: error.to_string() })?;
    json.push(b'\n');
    within("model.json", json.len() as u64, MAX_JSON)?;
    Ok(json)
}

/// The contents of `model.json`, after its checksum and that of the arrays.
pub(super) fn read(json: &[u8], arrays: &[u8]) -> Result<Body, ModelError> {
    within("model.json", json.len() as u64, MAX_JSON)?;
    within("arrays.safetensors", arrays.len() as u64, MAX_ARRAYS)?;
    if let Some(looks_like) = foreign(json) {
        return Err(ModelError::Foreign { looks_like });
    }
    serde_json::from_slice::<Unique>(json).map_err(|error| unreadable(&error))?;
    let Peek { format } = serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
    if format > u64::from(FORMAT) {
        return Err(ModelError::Newer { found: format, supported: FORMAT });
    }
    if format == 0 {
        return Err(ModelError::Format { found: format });
    }
    let File { seal, model: body, .. } =
        serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
    if body.view().seal()? != seal {
        return Err(ModelError::Checksum { file: "model.json" });
    }
    if u64::from(body.about.format) != format {
        return Err(invalid("about", &"the file and its contents name two formats"));
    }
    let (found, declared) = (arrays.len() as u64, body.arrays.bytes);
    if found != declared {
        return Err(ModelError::Length { found, declared });
    }
    if sha256(arrays) != body.arrays.sha256 {
        return Err(ModelError::Checksum { file: "arrays.safetensors" });
    }
    Ok(body)
}

fn within(file: &'static str, found: u64, most: u64) -> Result<(), ModelError> {
    if found > most { Err(ModelError::TooLarge { file, found, most }) } else { Ok(()) }
}

/// Other kinds of model files, by their first bytes.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [] => Some("an empty file"),
        [0x80, ..] => Some("a pickle"),
        [b'P', b'K', ..] => Some("a zip archive"),
        [0x1f, 0x8b, ..] => Some("a gzip archive"),
        [0x08, ..] => Some("a protocol buffer"),
        [0x89, b'H', b'D', b'F', ..] => Some("HDF5"),
        [b'{' | b' ' | b'\t' | b'\r' | b'\n', ..] => None,
        _ => Some("something other than a JSON object"),
    }
}

/// Where reading stopped; the parser's own words could quote the file.
fn unreadable(error: &serde_json::Error) -> ModelError {
    let what = match error.classify() {
        serde_json::error::Category::Eof => "the file ends too early",
        serde_json::error::Category::Syntax => "it is not valid JSON",
        _ if error.to_string().starts_with(REPEATED) => REPEATED,
        _ => "a field is unknown, missing or of the wrong kind",
    };
    ModelError::Json { line: error.line(), column: error.column(), what }
}

/// The same file with the seal that its contents need: what a forger would do.
#[cfg(test)]
pub(super) fn reseal(json: &[u8]) -> Result<Vec<u8>, ModelError> {
    let File { model, .. } = serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
    let format = model.about.format;
    let file = FileView { format, seal: model.view().seal()?, model: model.view() };
    serde_json::to_vec(&file).map_err(|error| ModelError::Write { what: error.to_string() })
}
