//! Prospects known by descriptors alone: the probability of each segment.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::config::Checked;
use crate::export::sheet::{Cells, Sheet};
use crate::fault::Class;
use crate::features;
use crate::load::{self, CsvParams, Source};
use crate::matrix::Matrix;
use crate::normalise::{Normaliser, Purpose};
use crate::pipeline::Failure;
use crate::pipeline::people::{Customers, features as kept};
use crate::schema::Schema;
use crate::table::{FeatureTable, Id};
use crate::typing::{Accuracy, Typing, two_best};

/// More customers than this are learnt from in a sample by the hash of their ids.
const MOST: usize = 20_000;
/// How many parts are held out in turn.
const FOLDS: usize = 5;

/// Prospects with their probabilities.
#[derive(Debug)]
pub struct Typed {
    /// One row per prospect: the id, the most probable segment, its name and the probability
    /// of every segment.
    pub sheet: Sheet,
    /// The descriptors that were used.
    pub descriptors: Vec<String>,
    /// How often the most probable segment is right, on customers held out.
    pub accuracy: Accuracy,
}

/// Gives every prospect of a table the probability of each segment of a run.
///
/// # Errors
///
/// The run or the table cannot be read; the table has no descriptor.
pub fn describe(run: &Path, table: &str, id: Option<&str>) -> Result<Typed, Failure> {
    let model = super::read_model(&run.join("model"))?;
    let config = crate::config::load(&run.join("kohort.toml"), &[])?;
    let checked = config.check_stages()?;
    let csv = CsvParams::default();
    let source = match table {
        "-" => load::open_stdin(&csv)?,
        _ => load::open(Path::new(table), table, &csv, 0)?,
    };
    let made: Vec<&str> = model.normaliser.needed().collect();
    let has = |name: &str| source.columns().iter().any(|seen| seen.name == name);
    let mut schema = model.schema.clone();
    schema.columns.retain(|column| !made.contains(&column.name.as_str()) && has(&column.name));
    if schema.columns.is_empty() {
        return Err(nothing(&model.schema, &made, table));
    }
    // Prospects are in no run: where their table has no id they are numbered.
    let id = id
        .or_else(|| (!model.schema.from_rows && has(&model.schema.id)).then_some(&model.schema.id));
    schema.from_rows = id.is_none();
    let prospects = prospects(&source, &schema, id)?;
    let customers = Customers::read(run)?;
    let known = kept(run, &schema, &customers.ids)?;
    let k = model.names.len();
    let ids = model.lineage.ids(k);
    let place = |id: u32| ids.iter().position(|&own| own == id);
    let labels: Vec<Option<usize>> =
        customers.segments.iter().map(|id| id.and_then(place)).collect();
    let rows = sample(&customers, &labels);
    let segments: Vec<u32> =
        rows.iter().filter_map(|&row| labels[row]).map(|at| at as u32).collect();
    let learn = Learn { table: &known, checked: &checked };
    let accuracy = learn.judge(&rows, &segments, k, &customers.ids)?;
    let (normaliser, typing) = learn.fit(&rows, &segments, k)?;
    let all: Vec<usize> = (0..prospects.n_customers()).collect();
    let p = typing.predict(&normaliser.apply(&prospects, &all)?).unwrap_or_default();
    Ok(Typed {
        sheet: sheet(&prospects, id, &p, &model.names, &ids),
        descriptors: schema.columns.into_iter().map(|column| column.name).collect(),
        accuracy,
    })
}

fn nothing(schema: &Schema, made: &[&str], table: &str) -> Failure {
    let names: Vec<String> = schema
        .columns
        .iter()
        .filter(|column| !made.contains(&column.name.as_str()))
        .map(|column| column.name.clone())
        .collect();
    let (message, hint) = if names.is_empty() {
        ("every column of the run makes its segments: there are no descriptors".to_owned(), None)
    } else {
        let message = format!("{table} has none of the descriptors: {}", names.join(", "));
        (message, Some("give a table with some of these columns".to_owned()))
    };
    Failure { code: "E-IN-016".into(), class: Class::Input, message, hint }
}

fn prospects(source: &Source, schema: &Schema, id: Option<&str>) -> Result<FeatureTable, Failure> {
    let wanted = features::wanted_for(schema, source.columns(), id)?;
    Ok(features::apply(&source.read(&wanted)?, schema, id)?.table)
}

fn hash(id: &str) -> u64 {
    let bytes = Sha256::digest(id.as_bytes());
    bytes.iter().take(8).fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}

/// The customers with a segment; where there are many, those with the smallest hashes.
fn sample(customers: &Customers, labels: &[Option<usize>]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..labels.len()).filter(|&row| labels[row].is_some()).collect();
    if rows.len() > MOST {
        rows.sort_by_cached_key(|&row| hash(&customers.ids[row]));
        rows.truncate(MOST);
        rows.sort_unstable();
    }
    rows
}

/// What is learnt from.
struct Learn<'a> {
    table: &'a FeatureTable,
    checked: &'a Checked,
}

impl Learn<'_> {
    fn fit(
        &self,
        rows: &[usize],
        segments: &[u32],
        k: usize,
    ) -> Result<(Normaliser, Typing), Failure> {
        let columns: Vec<usize> = (0..self.table.columns().len()).collect();
        let (normaliser, _) = Normaliser::fit(
            self.table,
            &columns,
            rows,
            &self.checked.normalise,
            Purpose::Regression,
            &self.checked.config.features.not_applicable,
        )?;
        let matrix: Matrix = normaliser.apply(self.table, rows)?;
        let typing = Typing::fit(&matrix, segments, k)
            .ok_or_else(|| Failure::internal("the typing tool cannot be fitted".into()))?;
        Ok((normaliser, typing))
    }

    /// How often it is right on parts that were held out, each by what the others teach.
    fn judge(
        &self,
        rows: &[usize],
        segments: &[u32],
        k: usize,
        ids: &[Id],
    ) -> Result<Accuracy, Failure> {
        let fold: Vec<usize> =
            rows.iter().map(|&row| (hash(&ids[row]) % FOLDS as u64) as usize).collect();
        let (mut p, mut own) = (Vec::new(), Vec::new());
        for held in 0..FOLDS {
            let part = |inside: bool| -> (Vec<usize>, Vec<u32>) {
                (0..rows.len())
                    .filter(|&at| (fold[at] == held) == inside)
                    .map(|at| (rows[at], segments[at]))
                    .unzip()
            };
            let ((fit, labels), (out, truth)) = (part(false), part(true));
            if out.is_empty() || fit.is_empty() {
                continue;
            }
            let (normaliser, typing) = self.fit(&fit, &labels, k)?;
            p.extend(typing.predict(&normaliser.apply(self.table, &out)?).unwrap_or_default());
            own.extend(truth);
        }
        Ok(Accuracy::of(&p, &own, k))
    }
}

fn sheet(
    prospects: &FeatureTable,
    id: Option<&str>,
    p: &[f64],
    names: &[String],
    segment_ids: &[u32],
) -> Sheet {
    let k = names.len();
    let best: Vec<usize> = p.chunks_exact(k.max(1)).map(|p| two_best(p).0).collect();
    let mut sheet = Sheet::new();
    let ids = prospects.ids();
    let name = id.unwrap_or(&ids.name);
    sheet.push(name, Cells::ids(&ids.values));
    let segment = best.iter().map(|&at| segment_ids.get(at).map(|&id| i64::from(id))).collect();
    sheet.push("segment_id", Cells::Whole(segment));
    let named = best.iter().map(|&at| names.get(at).cloned()).collect();
    sheet.push("segment", Cells::Text(named));
    for (at, segment) in segment_ids.iter().enumerate() {
        let own = p.iter().skip(at).step_by(k).map(|p| Some(*p)).collect();
        sheet.push(format!("probability_{segment}"), Cells::Decimal(own, Some(6)));
    }
    sheet
}
