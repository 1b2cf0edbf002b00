//! Every customer is placed and written where the engine can write.

use super::facts::WrittenFacts;
use super::leaving;
use super::open::Table;
use crate::backend::fit::Refined;
use crate::backend::passes::{PLACE, SECOND, SECOND_SQUARE, SQUARE};
use crate::backend::{Output, Scoring, Sink, Written};
use crate::churn::Fitted;
use crate::config::{Engine, EngineKind};
use crate::export::{ExportError, OutputFile, Staging, sha256_of_file};
use crate::expression::{Expr, Function, Test};
use crate::finding::{Finding, Severity};
use crate::pipeline::job::Failure;
use crate::pipeline::model::Modelled;
use crate::said::facts;
use crate::schema::Schema;

/// The folder of all customers in the run folder.
const FOLDER: &str = "customers";

/// What is written of every customer, and what of it was left out.
pub(super) fn scoring(
    table: &Table,
    schema: &Schema,
    modelled: &Modelled,
    refined: &Refined,
    name: &str,
) -> Result<(Scoring, Option<Finding>), Failure> {
    let segments = Scoring {
        query: refined.model.ranked(),
        columns: columns(modelled),
        run: name.to_owned(),
        rows: table.relation.rows,
    };
    match &modelled.churn {
        Fitted::NotComputed { .. } => {
            let forecast = modelled.outlook.probability.is_some();
            let told = || Finding::new("churn-of-the-sample_forecast", Severity::Note, facts!());
            Ok((segments, forecast.then(told)))
        }
        Fitted::Computed(computed) => {
            leaving::with_probability(segments, &table.relation, schema, &computed.propensity)
        }
    }
}

/// Writes `customers/_run=NAME/part-*.parquet` and notes the files for the manifest; an engine
/// elsewhere writes into its own sink.
pub(super) fn write(
    table: &Table,
    engine: &Engine,
    scoring: &Scoring,
    staging: &mut Staging,
) -> Result<WrittenFacts, Failure> {
    if engine.kind == EngineKind::Spark {
        let sink = Sink { place: engine.sink.clone() };
        let receipt = table.backend.score_write(&table.relation, scoring, &sink)?;
        return Ok(WrittenFacts { place: receipt.place, rows: receipt.rows });
    }
    let root = std::path::absolute(staging.root()).unwrap_or_else(|_| staging.root().to_owned());
    let sink = Sink { place: root.join(FOLDER).display().to_string() };
    let receipt = table.backend.score_write(&table.relation, scoring, &sink)?;
    let inside = format!("{FOLDER}/_run={}", scoring.run);
    note(staging, &inside)?;
    Ok(WrittenFacts { place: inside, rows: receipt.rows })
}

/// Notes the files of a folder inside the run folder.
pub(super) fn note(staging: &mut Staging, inside: &str) -> Result<(), Failure> {
    let folder = staging.root().join(inside);
    let wrong = |error: std::io::Error| ExportError::io(&folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(wrong)? {
        names.push(entry.map_err(wrong)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    for file in names {
        let path = folder.join(&file);
        let bytes = std::fs::metadata(&path).map_err(wrong)?.len();
        let sha256 = sha256_of_file(&path)?;
        let path = format!("{inside}/{file}");
        staging.note(OutputFile { path, bytes, sha256, internal: true });
    }
    Ok(())
}

/// What the segments say of every customer, as in `customers.csv` of a run on one machine.
fn columns(modelled: &Modelled) -> Vec<Output> {
    let of = |place: &'static str, said: Vec<Expr>| {
        let is = |at: usize| Expr::column(place).is("=", at as f64);
        let cases = said.into_iter().enumerate().map(|(at, said)| (is(at), said)).collect();
        Expr::case(cases, Expr::Null)
    };
    let ids = |place| of(place, modelled.persisted.ids.iter().map(|&id| Expr::whole(id)).collect());
    let texts = |list: Vec<&str>| of(PLACE, list.into_iter().map(Expr::text).collect());
    let root = |square: &str| Expr::column(square).call(Function::Sqrt);
    let apart = root(SECOND_SQUARE).minus(root(SQUARE)).over(root(SECOND_SQUARE));
    let margin = Expr::case(
        vec![
            (Expr::column(SECOND_SQUARE).missing(), Expr::Null),
            (Expr::column(SECOND_SQUARE).is("=", 0.0), Expr::Number(0.0)),
        ],
        apart,
    );
    let radii = modelled.discovery.radii.iter();
    let within = radii.map(|&radius| Expr::indicator(root(SQUARE).is("<=", radius)));
    let fits = of(PLACE, within.collect());
    let none = Expr::column(PLACE).missing();
    let fits = Expr::case(vec![(Test::Any(vec![none]), Expr::Number(0.0))], fits);
    let output = |name: &str, value, written| Output { name: name.to_owned(), value, written };
    let rows = || modelled.rows.iter();
    vec![
        output("segment_id", ids(PLACE), Written::Whole),
        output("segment", texts(rows().map(|row| row.segment.as_str()).collect()), Written::Text),
        output("second_segment_id", ids(SECOND), Written::Whole),
        output("margin", margin, Written::Number(Some(6))),
        output("fits", fits, Written::Flag),
        output("action", texts(rows().map(|row| row.action.as_str()).collect()), Written::Text),
    ]
}
