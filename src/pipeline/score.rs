//! Scoring: new customers in the segments of a frozen model.

use std::collections::BTreeMap;
use std::path::Path;

use super::job::Failure;
use crate::cluster::Assignment;
use crate::cluster::variables::Gaps;
use crate::export::sheet::{Cells, Sheet};
use crate::fault::Class;
use crate::features;
use crate::load::{self, CsvParams};
use crate::model::{self, Model};

/// What to score.
#[derive(Debug)]
pub struct Request<'a> {
    /// The model folder.
    pub model: &'a Path,
    /// The table, or `-` for CSV on standard input.
    pub table: &'a str,
    /// The id column, where it is not the model's.
    pub id: Option<&'a str>,
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

/// Gives every customer of a table a segment and a propensity.
///
/// # Errors
///
/// The model is rejected, or the table cannot be read.
pub fn score(request: &Request<'_>) -> Result<Scored, Failure> {
    let model = read_model(request.model)?;
    let csv = CsvParams::default();
    let source = if request.table == "-" {
        load::open_stdin(&csv)?
    } else {
        load::open(Path::new(request.table), request.table, &csv, 0)?
    };
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
    let applied = features::apply(&source.read(&wanted)?, &model.schema, request.id)?;
    let table = &applied.table;
    let rows: Vec<usize> = (0..table.n_customers()).collect();
    let matrix = model.normaliser.apply(table, &rows)?;
    // Latent classes leave out what the table has nothing in, as they did at fit.
    let gaps = Gaps { table, rows: None };
    let assignments = model.segmentation.assign_known(&matrix, Some(&gaps))?;
    let fits: Vec<bool> =
        assignments.iter().map(|assignment| fits(assignment, &model.radii)).collect();
    let probability =
        model.churn.as_ref().map(|propensity| propensity.predict(table)).transpose()?;
    let mut sheet = Sheet::new();
    let name = request.id.unwrap_or(&table.ids().name);
    sheet.push(name, Cells::Text(table.ids().values.iter().cloned().map(Some).collect()));
    place(&mut sheet, &model, &assignments, &fits);
    sheet.push(
        "churn_probability",
        probability.map_or(Cells::Empty(rows.len()), |p| {
            Cells::Decimal(p.into_iter().map(Some).collect(), Some(6))
        }),
    );
    sheet.push("action", by_segment(&assignments, &model.actions));
    let reasons = rows
        .iter()
        .map(|&row| Some(model.reasons.sentence(table, row, &assignments[row], fits[row])))
        .collect();
    sheet.push("reason", Cells::Text(reasons));
    Ok(Scored {
        sheet,
        no_fit: fits.iter().filter(|fit| !**fit).count() as u64,
        missing_columns: applied.missing_columns,
        missing: applied.missing,
        unseen: applied.unseen,
        out_of_range: applied.out_of_range,
    })
}

/// Whether a customer is within the 99th percentile of the segment's distances at fit.
pub(super) fn fits(assignment: &Assignment, radii: &[f64]) -> bool {
    assignment.segment.is_some_and(|segment| {
        radii.get(segment as usize).is_none_or(|&radius| assignment.distance <= radius)
    })
}

fn place(sheet: &mut Sheet, model: &Model, assignments: &[Assignment], fits: &[bool]) {
    let id = |get: fn(&Assignment) -> Option<u32>| {
        Cells::Whole(assignments.iter().map(|a| get(a).map(|at| i64::from(at) + 1)).collect())
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
    Cells::Text(
        assignments
            .iter()
            .map(|assignment| assignment.segment.and_then(|at| list.get(at as usize).cloned()))
            .collect(),
    )
}
