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
    /// Whether it holds order lines, which have to be summed up to customers yet.
    pub lines: bool,
    /// The order lines that were summed up to it, where it is made of them.
    pub of: Option<LineCounts>,
    /// What the manifest says of the input.
    pub facts: FileFacts,
}

/// Order lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineCounts {
    /// All of them.
    pub read: u64,
    /// Those that no rule leaves out.
    pub used: u64,
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
        EngineKind::Spark => spark::connect(job, engine)?,
    };
    let lines = input.customers.is_empty();
    let origin = if lines { &input.transactions } else { &input.customers };
    let Origin::File(path) = origin else {
        return Err(Failure::internal("the customers of an engine are no single table".into()));
    };
    let input = if lines { Input::lines(path, id) } else { Input::customers(path, id) };
    let relation = backend.open(&input)?;
    let rows = relation.rows;
    let accounting = Accounting::new(rows, rows, 0, 0)
        .ok_or_else(|| Failure::internal("the rows of the table do not add up".into()))?;
    let facts = FileFacts {
        shown_as: path.clone(),
        bytes: bytes(job, engine, path),
        sha256: relation.fingerprint.clone(),
        format: backend.info().engine,
        dialect: String::new(),
        accounting,
    };
    Ok(Table { backend, relation, lines, of: None, facts })
}

/// The size of files on this machine; 0 of a table elsewhere.
fn bytes(job: &Job, engine: &Engine, path: &String) -> u64 {
    if engine.kind != EngineKind::Local {
        return 0;
    }
    let files = load::expand(&job.folder, std::slice::from_ref(path)).unwrap_or_default();
    files.iter().filter_map(|(path, _)| Some(std::fs::metadata(path).ok()?.len())).sum()
}

#[cfg(feature = "spark")]
mod spark {
    use std::time::Duration;

    use super::{Backend, Engine, Failure, Job};
    use crate::backend::spark::{Address, SparkBackend, SparkParams, Token};
    use crate::backend::{BackendError, sql};

    /// Connects; the token comes from where the config says.
    pub(super) fn connect(job: &Job, engine: &Engine) -> Result<Box<dyn Backend>, Failure> {
        let address = Address::read(&engine.url)?;
        // Told now, and not when all else is done.
        if !engine.sink.is_empty() {
            sql::from_clause(&engine.sink, address.is_loopback()).map_err(|why| {
                let (place, why) = (engine.sink.clone(), why.words().to_owned());
                BackendError::SinkForbidden { place, why }
            })?;
        }
        let mut params = SparkParams::new(address);
        params.deadline = Duration::from_secs(engine.deadline_seconds);
        if !engine.token_env.is_empty() {
            params.token = Some(Token::from_variable(&engine.token_env)?);
        } else if !engine.token_file.is_empty() {
            params.token = Some(Token::from_file(&job.folder.join(&engine.token_file))?);
        }
        Ok(Box::new(SparkBackend::connect(params)?))
    }
}

/// Stands where Spark Connect is not built in.
#[cfg(not(feature = "spark"))]
mod spark {
    use super::{Backend, Engine, Failure, Job, not_built};

    pub(super) fn connect(_: &Job, _: &Engine) -> Result<Box<dyn Backend>, Failure> {
        Err(not_built())
    }
}

/// What is said where Spark Connect is not built in.
#[cfg(any(test, not(feature = "spark")))]
fn not_built() -> Failure {
    Failure {
        code: "E-CFG-009".into(),
        class: Class::Config,
        message: "engine.kind is spark, but this kohort is built without Spark Connect".into(),
        hint: Some("cargo install kohort --features spark; the build needs protoc".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_spark_the_build_that_has_it_is_named() {
        let failure = not_built();
        assert_eq!((failure.code.as_str(), failure.class), ("E-CFG-009", Class::Config));
        assert!(failure.hint.is_some_and(|hint| hint.contains("--features spark")));
    }
}
