//! Scoring: new customers in the segments of a frozen model, from a table of their features
//! or from their purchase lines.

pub mod describe;
mod lines;

use std::collections::BTreeMap;
use std::path::Path;

use super::job::Failure;
use super::rules::with_classes;
use crate::churn::Propensity;
use crate::cluster::rules::{Extra, RuleLabels};
use crate::cluster::variables::Gaps;
use crate::cluster::{Assignment, Shape};
use crate::day::Day;
use crate::export::sheet::{Cells, Sheet};
use crate::fault::Class;
use crate::features::transactions::Ordered;
use crate::features::{self, Applied};
use crate::finding::Finding;
use crate::load::{self, CsvParams, Source};
use crate::model::{self, Model};
use crate::orders::LineCounts;
use lines::Lines;

/// What to score.
#[derive(Debug)]
pub struct Request<'a> {
    /// The model folder.
    pub model: &'a Path,
    /// The table, or `-` for CSV on standard input.
    pub table: &'a str,
    /// The id column, where it is not the model's.
    pub id: Option<&'a str>,
    /// The last day of purchase lines that counts. Default: the run's where its config gave
    /// it, else the last day of any line, but not before the run's.
    pub as_of: Option<Day>,
}

/// The scored customers and what the model did not expect of them.
#[derive(Debug)]
pub struct Scored {
    /// One row per customer.
    pub sheet: Sheet,
    /// Columns that the model needs and the table lacks.
    pub missing_columns: Vec<String>,
    /// Missing values by column.
    pub missing: BTreeMap<String, u64>,
    /// Values of unknown categories by column.
    pub unseen: BTreeMap<String, u64>,
    /// Values outside the trained range by column.
    pub out_of_range: BTreeMap<String, u64>,
    /// Customers who are unlike everybody in their segment.
    pub no_fit: u64,
    /// What the purchase lines came to, where the table holds such.
    pub lines: Option<Summed>,
}

/// What purchase lines came to.
#[derive(Debug)]
pub struct Summed {
    /// The last day that counts, inclusive.
    pub as_of: Day,
    /// Where every line went.
    pub counts: LineCounts,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Reads the model in `folder`.
///
/// # Errors
///
/// It is missing or rejected (class `Model`).
pub fn read_model(folder: &Path) -> Result<Model, Failure> {
    let file = |name: &str| {
        std::fs::read(folder.join(name)).map_err(|error| Failure {
            code: "E-MDL-001".into(),
            class: Class::Model,
            message: format!("{} cannot be read: {}", folder.join(name).display(), error.kind()),
            hint: Some("give a run folder, or the model folder inside one".into()),
        })
    };
    Ok(model::read(&file("model.json")?, &file("arrays.safetensors")?)?)
}

/// Gives every customer of a table a segment and a propensity. A model of a run with
/// purchases takes purchase lines as well.
///
/// # Errors
///
/// The model is rejected, or the table cannot be read.
pub fn score(request: &Request<'_>) -> Result<Scored, Failure> {
    let model = read_model(request.model)?;
    let source = open(&model, request)?;
    let lines = match &model.orders {
        Some(frozen) if lines::are_lines(&model, &source) => {
            Some(lines::read(&model, frozen, &source, request)?)
        }
        _ => None,
    };
    let Some(Lines { ordered, applied }) = lines else {
        return scored(&model, table(&model, &source, request)?, None, request);
    };
    let mut scored = scored(&model, applied, Some(&ordered), request)?;
    let findings = source.findings().iter().cloned().chain(ordered.findings).collect();
    scored.lines = Some(Summed { as_of: ordered.as_of, counts: ordered.counts, findings });
    Ok(scored)
}

/// Opens the table; one file of Parquet is read batch by batch where it may hold lines.
fn open(model: &Model, request: &Request<'_>) -> Result<Source, Failure> {
    let csv = CsvParams::default();
    let path = Path::new(request.table);
    if request.table == "-" {
        return Ok(load::open_stdin(&csv)?);
    }
    if model.orders.is_some() && load::is_parquet(path) {
        let source = load::stream(path, request.table, &csv, 0)?;
        if lines::are_lines(model, &source) {
            return Ok(source);
        }
    }
    Ok(load::open(path, request.table, &csv, 0)?)
}

/// Reads a table of features.
fn table(model: &Model, source: &Source, request: &Request<'_>) -> Result<Applied, Failure> {
    let wanted = features::wanted_for(&model.schema, source.columns(), request.id)?;
    if model.schema.columns.iter().all(|column| !wanted.iter().any(|w| w.column == column.name)) {
        return Err(Failure {
            code: "E-IN-016".into(),
            class: Class::Input,
            message: format!(
                "{} has none of the {} columns that the model needs",
                request.table,
                model.schema.columns.len()
            ),
            hint: Some("give a table with the columns that the model was made from".into()),
        });
    }
    Ok(features::apply(&source.read(&wanted)?, &model.schema, request.id)?)
}

/// Scores the customers of a table; `ordered` are their purchases, where they are known.
fn scored(
    model: &Model,
    applied: Applied,
    ordered: Option<&Ordered>,
    request: &Request<'_>,
) -> Result<Scored, Failure> {
    let table = &applied.table;
    let rows: Vec<usize> = (0..table.n_customers()).collect();
    let predict = |propensity: &Propensity| propensity.predict(table);
    let probability = model.churn.as_ref().map(predict).transpose()?;
    let extra = Extra {
        discount_share: ordered.and_then(|ordered| ordered.discount_shares.as_deref()),
        churn: probability.as_deref(),
        ..Extra::default()
    };
    let assignments =
        if let (Shape::Rule { .. }, Some(ordered)) = (model.segmentation.shape(), ordered) {
            model.segmentation.assign_orders(&ordered.histories, &extra)?
        } else {
            // Latent classes leave out what the table has nothing in, as they did at fit.
            let classes = ordered.map(|ordered| lines::classes(model, ordered, &extra));
            let asked = with_classes(table, classes.iter().flatten().map(RuleLabels::column))?;
            let gaps = Gaps { table: &asked, rows: None };
            model.segmentation.assign_known(&model.normaliser.apply(table, &rows)?, Some(&gaps))?
        };
    let fits: Vec<bool> =
        assignments.iter().map(|assignment| fits(assignment, &model.radii)).collect();
    let mut sheet = Sheet::new();
    let name = request.id.unwrap_or(&table.ids().name);
    sheet.push(name, Cells::ids(&table.ids().values));
    place(&mut sheet, model, &assignments, &fits);
    if let Some(ordered) = ordered {
        lines::rules(&mut sheet, &lines::classes(model, ordered, &extra), ordered);
    }
    sheet.push(
        "churn_probability",
        probability.map_or(Cells::Empty(rows.len()), |p| {
            Cells::Decimal(p.into_iter().map(Some).collect(), Some(6))
        }),
    );
    sheet.push("action", by_segment(&assignments, &model.actions));
    let writer = model.reasons.writer(table);
    let reasons =
        rows.iter().map(|&row| Some(writer.sentence(row, &assignments[row], fits[row]))).collect();
    sheet.push("reason", Cells::Text(reasons));
    Ok(Scored {
        sheet,
        no_fit: fits.iter().filter(|fit| !**fit).count() as u64,
        missing_columns: applied.missing_columns,
        missing: applied.missing,
        unseen: applied.unseen,
        out_of_range: applied.out_of_range,
        lines: None,
    })
}

/// Whether a customer is within the 99th percentile of the segment's distances at fit.
pub(in crate::pipeline) fn fits(assignment: &Assignment, radii: &[f64]) -> bool {
    assignment.segment.is_some_and(|segment| {
        radii.get(segment as usize).is_none_or(|&radius| assignment.distance <= radius)
    })
}

fn place(sheet: &mut Sheet, model: &Model, assignments: &[Assignment], fits: &[bool]) {
    let ids = model.lineage.ids(model.names.len());
    let id = |get: fn(&Assignment) -> Option<u32>| {
        let of = |at: u32| ids.get(at as usize).copied().map(i64::from);
        Cells::Whole(assignments.iter().map(|a| get(a).and_then(of)).collect())
    };
    sheet.push("segment_id", id(|assignment| assignment.segment));
    sheet.push("segment", by_segment(assignments, &model.names));
    sheet.push("second_segment_id", id(|assignment| assignment.second));
    sheet.push(
        "margin",
        Cells::Decimal(assignments.iter().map(|assignment| assignment.margin).collect(), Some(6)),
    );
    sheet.push("fits", Cells::Flag(fits.iter().copied().map(Some).collect()));
}

fn by_segment(assignments: &[Assignment], list: &[String]) -> Cells {
    let segments = assignments.iter().map(|assignment| assignment.segment).collect();
    Cells::Coded(segments, list.to_vec())
}
