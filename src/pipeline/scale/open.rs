//! The engine of a config and the table of its customers.

use crate::backend::{Backend, Input, LocalBackend, Relation};
use crate::config::{Engine, EngineKind, Origin};
use crate::fault::Class;
use crate::load::{self, Accounting, FileFacts};
use crate::pipeline::job::{Failure, Job};

/// The customers where they are.
pub(super) struct Table {
    pub backend: Box<dyn Backend>,
    pub relation: Relation,
    /// What the manifest says of the input.
    pub facts: FileFacts,
}

/// Opens the table of a job.
pub(super) fn table(job: &Job, engine: &Engine) -> Result<Table, Failure> {
    let input = &job.config.input;
    let Some(id) = &input.id else {
        return Err(Failure {
            code: "E-CFG-004".into(),
            class: Class::Config,
            message: "input.id is not set, but customers on an engine are sampled by their id"
                .into(),
            hint: Some("name the column that names each customer once".into()),
        });
    };
    let backend: Box<dyn Backend> = match engine.kind {
        EngineKind::Local => Box::new(LocalBackend::new(job.folder.clone(), input.csv.clone())),
        EngineKind::Spark => {
            return Err(Failure {
                code: "E-CFG-009".into(),
                class: Class::Config,
                message: "engine.kind is spark, which only the library speaks to so far".into(),
                hint: Some("set engine.kind = \"local\"".into()),
            });
        }
    };
    let Origin::File(path) = &input.customers else {
        return Err(Failure::internal("the customers of an engine are no single table".into()));
    };
    let relation = backend.open(&Input { table: path.clone(), id: id.clone() })?;
    let rows = relation.rows;
    let accounting = Accounting::new(rows, rows, 0, 0)
        .ok_or_else(|| Failure::internal("the rows of the table do not add up".into()))?;
    let facts = FileFacts {
        shown_as: path.clone(),
        bytes: bytes(job, path),
        sha256: relation.fingerprint.clone(),
        format: backend.info().engine,
        dialect: String::new(),
        accounting,
    };
    Ok(Table { backend, relation, facts })
}

/// The size of files on this machine; 0 of a table elsewhere.
fn bytes(job: &Job, path: &String) -> u64 {
    let files = load::expand(&job.folder, std::slice::from_ref(path)).unwrap_or_default();
    files.iter().filter_map(|(path, _)| Some(std::fs::metadata(path).ok()?.len())).sum()
}
