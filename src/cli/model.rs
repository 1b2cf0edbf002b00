//! `kohort model`: the frozen model in another language.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::options::Global;
use super::runs::{model_folder, put_private};
use super::terminal::Terminal;
use crate::model::sql::{Asked, Dialect, statement};
use crate::pipeline::Failure;
use crate::pipeline::score::read_model;

/// The languages that a model is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// One SQL statement: the id, segment_id and segment of every customer of a table
    Sql,
    /// Everything that decides where a customer belongs, for people
    Json,
}

/// The databases that a statement is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Words {
    /// PostgreSQL 12 or later
    Postgres,
    /// SQLite 3.35 or later with its mathematical functions
    Sqlite,
    /// DuckDB
    Duckdb,
    /// Spark SQL 3.1 or later
    Spark,
}

impl From<Words> for Dialect {
    fn from(words: Words) -> Self {
        match words {
            Words::Postgres => Self::Postgres,
            Words::Sqlite => Self::Sqlite,
            Words::Duckdb => Self::DuckDb,
            Words::Spark => Self::Spark,
        }
    }
}

/// Print the frozen model as one SQL statement or as readable JSON.
///
/// The statement reads the raw feature columns by their names, fills in, clips,
/// logarithmises, scales and encodes them as the run did, and gives each customer the
/// segment that `kohort score` would. DBSCAN and HDBSCAN cannot be SQL.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  kohort model current --to sql --dialect postgres --table crm.customers\n  \
    kohort model kohort-out/current --to json"
)]
pub(super) struct Args {
    /// A run, or a model folder
    #[arg(value_name = "RUN|MODEL", help_heading = "Input")]
    model: String,
    /// What to write
    #[arg(long, value_enum, help_heading = "Output")]
    to: To,
    /// The database that the statement is for
    #[arg(long, value_enum, default_value = "postgres", help_heading = "Output")]
    dialect: Words,
    /// The table as the statement names it, such as crm.customers
    #[arg(long, value_name = "NAME", default_value = "customers", help_heading = "Output")]
    table: String,
    /// The column that names the customers [default: the model's]
    #[arg(long, value_name = "COLUMN", help_heading = "Output")]
    id: Option<String>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
}

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let model = read_model(&model_folder(&args.model)?)?;
    let text = match args.to {
        To::Sql => {
            let asked =
                Asked { dialect: args.dialect.into(), table: &args.table, id: args.id.as_deref() };
            statement(&model, &asked).map_err(Failure::from)?
        }
        To::Json => {
            let mut text = serde_json::to_string_pretty(&model.readable())?;
            text.push('\n');
            text
        }
    };
    match &args.out {
        None => terminal.result(&text),
        Some(path) => {
            put_private(path, text.as_bytes())?;
            terminal.written(&[(path.display().to_string(), String::new())])
        }
    }
}
