//! The centres of the sample moved to the means of all customers.

use std::path::{Path, PathBuf};

use ndarray::Array2;

use super::open::Table;
use crate::backend::fit::{self, Params, Pass, Refined, Start};
use crate::cluster::{Discovery, Shape};
use crate::config::Engine;
use crate::model::sql;
use crate::pipeline::job::{Event, Failure, Job, Observer};
use crate::pipeline::ready::Ready;
use crate::schema::Schema;

/// What refining is asked with.
pub(super) struct Asked<'a> {
    pub table: &'a Table,
    pub engine: &'a Engine,
    pub run: &'a str,
    pub journal: &'a Path,
}

/// Where the passes of a run are noted: beside the folder that a dead run leaves, which the
/// next one removes.
pub(super) fn journal(job: &Job, run: &str) -> PathBuf {
    let folder = job.staging.parent().unwrap_or(&job.staging);
    folder.join(format!(".journal-{run}.jsonl"))
}

/// The cells of each source column as they were read, beside the prepared ones.
pub(super) fn cells(n_features: usize) -> Vec<String> {
    (1..=n_features).map(|at| format!("v{at}")).collect()
}

/// The segments with moved centres.
pub(super) fn refine(
    asked: &Asked,
    schema: &Schema,
    ready: &Ready,
    discovery: Discovery,
    seed: u64,
    observer: &dyn Observer,
) -> Result<(Discovery, Refined), Failure> {
    let Shape::Centres(centres) = discovery.segmentation.shape() else {
        return Err(Failure::internal("segments without centres".into()));
    };
    let (shape, normaliser) = (centres.dim(), &ready.normaliser);
    let start = Start {
        prepared: sql::prepared(schema, normaliser)?,
        names: normaliser.columns().iter().map(|column| column.name.clone()).collect(),
        beside: cells(normaliser.features().len()),
        centres: centres.iter().copied().collect(),
        run: asked.run.to_owned(),
        seed,
    };
    let tell = |at: usize, pass: &Pass| {
        let moved = format!("pass {at}: the farthest centre moved {:.4}", pass.moved);
        observer.event(Event::stage("refine", moved));
    };
    let params = Params { passes: asked.engine.passes, ..Params::default() };
    let table = asked.table;
    let refined =
        fit::refine(&*table.backend, &table.relation, &start, &params, asked.journal, &tell)?;
    let centres = Array2::from_shape_vec(shape, refined.model.centres.clone())
        .map_err(|_| Failure::internal("the number of centres".into()))?;
    Ok((discovery.recentred(centres, &ready.matrix)?, refined))
}
