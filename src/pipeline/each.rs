//! The files with one row per customer, written a stretch of customers at a time and
//! two files at once, so that neither memory nor one core decides.

use std::ops::Range;

use super::changed::Changed;
use super::job::Failure;
use super::model::Modelled;
use super::prepare::Prepared;
use crate::export::customers::{self, Customers};
use crate::export::sheet::{Cells, ParquetFile, Sheet};
use crate::export::{Audience, ExportError, OutputFile, Staging};
use crate::profile::projection::coordinates;
use crate::table::{FeatureTable, Ids, MISSING_LEVEL, Values};

/// Customers of one stretch: a row group of a Parquet file.
const STRETCH: usize = 1 << 16;

/// Writes the tables with one row per customer, their paths behind `folder`.
pub(super) fn tables(
    folder: &str,
    staging: &mut Staging,
    prepared: &Prepared,
    modelled: &Modelled,
    changed: Option<&Changed>,
) -> Result<(), Failure> {
    let table = &prepared.built.table;
    let ids = table.ids();
    let whole = &*staging;
    let features = |rows: Range<usize>| features_sheet(table, rows);
    let matrix = |rows: Range<usize>| matrix_sheet(ids, modelled, rows);
    let labels = |rows: Range<usize>| labels_sheet(ids, modelled, rows);
    let file = |name: &str, sheet: &dyn Fn(Range<usize>) -> Sheet| {
        parquet(whole, &format!("{folder}{name}"), ids, sheet, Numbers::Written)
    };
    let calculated = |name: &str, sheet: &dyn Fn(Range<usize>) -> Sheet| {
        parquet(whole, &format!("{folder}{name}"), ids, sheet, Numbers::Calculated)
    };
    let map = || {
        let points = coordinates(&modelled.matrix);
        let sheet = |rows| map_sheet(ids, &points, rows);
        calculated("explore/projection.parquet", &sheet)
    };
    // No more than two files are in the making: a stretch of each is held.
    let (customers, others) = rayon::join(
        || {
            with_customers(table, modelled, changed, |sheet| {
                customers_files(folder, whole, ids, sheet)
            })
        },
        || {
            let rest = [
                file("features.parquet", &features)?,
                calculated("matrix.parquet", &matrix)?,
                file("explore/labels.parquet", &labels)?,
            ];
            Ok::<_, ExportError>((rest, map()?))
        },
    );
    let (customers, (rest, map)) = (customers?, others?);
    for file in customers.into_iter().chain(rest).chain([map]) {
        staging.note(file);
    }
    Ok(())
}

/// What most of the numbers of a file are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// As somebody wrote them down: few digits, which can be compressed.
    Written,
    /// Calculated, with all the bits there are.
    Calculated,
}

/// The stretches of so many customers; one of nobody where there are none.
fn stretches(n: usize) -> impl Iterator<Item = Range<usize>> {
    (0..n.max(1)).step_by(STRETCH).map(move |start| start..(start + STRETCH).min(n))
}

/// `customers.csv` and `customers.parquet`.
fn customers_files(
    folder: &str,
    staging: &Staging,
    ids: &Ids,
    sheet: &dyn Fn(Range<usize>) -> Sheet,
) -> Result<[OutputFile; 2], ExportError> {
    let [csv_path, parquet_path] =
        ["csv", "parquet"].map(|extension| format!("{folder}customers.{extension}"));
    let mut csv = staging.draft(&csv_path, Audience::Internal)?;
    let mut columns = staging.draft(&parquet_path, Audience::Internal)?;
    let mut parquet = ParquetFile::new(&mut columns, &parquet_path);
    for rows in stretches(ids.values.len()) {
        let first = rows.start == 0;
        let sheet = sheet(rows);
        let (text, group) =
            rayon::join(|| sheet.write_csv(first, &mut csv, &csv_path), || parquet.add(&sheet));
        text.and(group)?;
    }
    parquet.finish()?;
    Ok([csv.close()?, columns.close()?])
}

/// One Parquet file.
fn parquet(
    staging: &Staging,
    path: &str,
    ids: &Ids,
    sheet: &dyn Fn(Range<usize>) -> Sheet,
    numbers: Numbers,
) -> Result<OutputFile, ExportError> {
    let mut draft = staging.draft(path, Audience::Internal)?;
    let mut file = ParquetFile::new(&mut draft, path);
    if numbers == Numbers::Calculated {
        file = file.uncompressed();
    }
    for rows in stretches(ids.values.len()) {
        file.add(&sheet(rows))?;
    }
    file.finish()?;
    draft.close()
}

/// A column name that differs from the id's.
fn unused_name(id: &str, name: &str) -> String {
    if id == name { format!("{name}_") } else { name.to_owned() }
}

/// A sheet that has the ids.
fn with_ids(ids: &Ids, rows: Range<usize>) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.push(ids.name.clone(), Cells::ids(&ids.values[rows]));
    sheet
}

/// Calls `work` with what makes the sheet of some customers.
pub(super) fn with_customers<R>(
    table: &FeatureTable,
    modelled: &Modelled,
    changed: Option<&Changed>,
    work: impl FnOnce(&dyn Fn(Range<usize>) -> Sheet) -> R,
) -> R {
    let assignments = &modelled.discovery.assignments;
    let outlook = &modelled.outlook;
    let at_stake = outlook.at_stake();
    let writer = modelled.reasons.writer(table);
    let reason = |row: usize| writer.sentence(row, &assignments[row], modelled.fits[row]);
    let names: Vec<String> = modelled.rows.iter().map(|row| row.segment.clone()).collect();
    let actions: Vec<String> = modelled.rows.iter().map(|row| row.action.clone()).collect();
    let all = Customers {
        ids: table.ids(),
        segment_ids: &modelled.persisted.ids,
        moved: changed.map(|found| (found.before.as_slice(), found.ways.as_slice())),
        segment: &modelled.labels,
        second: assignments.iter().map(|assignment| assignment.second).collect(),
        margin: assignments.iter().map(|assignment| assignment.margin).collect(),
        fits: &modelled.fits,
        names: &names,
        actions: &actions,
        reason: &reason,
        rules: Some(&modelled.rules),
        outcome: table.outcome().map(|outcome| outcome.values.as_slice()),
        probability: at_stake.as_deref(),
        decile: outlook.deciles(&table.ids().values),
        expected_orders: outlook.expected_orders.as_deref(),
        if_kept: outlook.if_kept.as_deref(),
        expected: outlook.expected.as_deref(),
        at_risk: outlook.at_risk.as_deref(),
        contact: at_stake.as_ref().map(|_| modelled.contact.as_slice()),
    };
    work(&|rows| customers::sheet(&all, rows))
}

/// The features in raw units.
fn features_sheet(table: &FeatureTable, rows: Range<usize>) -> Sheet {
    let ids = table.ids();
    let mut sheet = with_ids(ids, rows.clone());
    for column in table.columns() {
        let rows = rows.clone();
        let cells = match &column.values {
            Values::Number(values) => numbers(&values[rows]),
            Values::Flag { codes, .. } => Cells::Whole(
                codes[rows].iter().map(|&code| (code < 2).then_some(code.into())).collect(),
            ),
            Values::Category { codes, levels, .. } => {
                let known = |&code: &u32| (code != MISSING_LEVEL).then_some(code);
                Cells::Coded(codes[rows].iter().map(known).collect(), levels.clone())
            }
        };
        sheet.push(unused_name(&ids.name, &column.name), cells);
    }
    sheet
}

fn numbers(values: &[f64]) -> Cells {
    if values.iter().any(|value| value.is_nan()) {
        let known = |&value: &f64| (!value.is_nan()).then_some(value);
        return Cells::Decimal(values.iter().map(known).collect(), None);
    }
    Cells::Known(values.to_vec())
}

/// What was clustered.
fn matrix_sheet(ids: &Ids, modelled: &Modelled, rows: Range<usize>) -> Sheet {
    let mut sheet = with_ids(ids, rows.clone());
    let all = modelled.matrix.values();
    let values = all.slice(ndarray::s![rows, ..]);
    for (column, values) in modelled.matrix.columns().iter().zip(values.columns()) {
        let name = unused_name(&ids.name, &column.name);
        sheet.push(name, Cells::Known(values.to_vec()));
    }
    sheet
}

/// The segments of every number of them that was tried.
fn labels_sheet(ids: &Ids, modelled: &Modelled, rows: Range<usize>) -> Sheet {
    let mut sheet = with_ids(ids, rows.clone());
    for (k, list) in &modelled.discovery.candidate_labels {
        // Of the number of segments that was taken by their ids.
        let own = *k == modelled.persisted.ids.len();
        let id = |at: u32| if own { modelled.persisted.ids[at as usize] } else { at + 1 };
        let list = list[rows.clone()].iter().map(|&at| Some(i64::from(id(at)))).collect();
        sheet.push(format!("k_{k}"), Cells::Whole(list));
    }
    sheet
}

/// Where the customers are on the map.
fn map_sheet(ids: &Ids, points: &[[f64; 2]], rows: Range<usize>) -> Sheet {
    let mut sheet = with_ids(ids, rows.clone());
    for (axis, name) in ["x", "y"].into_iter().enumerate() {
        let values = points[rows.clone()].iter().map(|point| point[axis]).collect();
        sheet.push(unused_name(&ids.name, name), Cells::Known(values));
    }
    sheet
}
