//! Order lines as an input, from names and values to the features of real and generated
//! customers.

mod oracles;
mod recognised;

use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;

use super::*;
use crate::load::{self, CsvParams, SeenColumn};
use crate::table::Values;
use crate::testing::real_data as real;

fn generated(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

fn asked(params: &Params) -> Asked<'_> {
    Asked { id: None, params }
}

/// The columns of a table and how many rows it has.
fn seen(path: &Path) -> Option<(Vec<SeenColumn>, usize)> {
    let source = load::open(path, "table", &CsvParams::default(), 0).ok()?;
    Some((source.columns().to_vec(), source.accounting().used as usize))
}

/// Which column has which part, as `day: InvoiceDate`.
fn parts(plan: &OrderPlan) -> Vec<String> {
    plan.parts.iter().map(|p| format!("{}: {}", p.part.name(), p.column)).collect()
}

/// A table read whole as its plan says.
fn read(path: &Path, csv: &CsvParams, asked: &Asked) -> (OrderPlan, DataFrame) {
    let source = load::open(path, "table", csv, 0).unwrap();
    let n_rows = source.accounting().used as usize;
    let plan = recognise(source.columns(), n_rows, asked).expect("recognised as orders");
    let frame = source.read(&plan.wanted()).unwrap();
    (plan, frame)
}

/// The numbers of a column.
fn numbers<'a>(made: &'a Ordered, name: &str) -> &'a [f64] {
    let column = made.columns.iter().find(|column| column.name == name);
    match &column.unwrap_or_else(|| panic!("no column {name}")).values {
        Values::Number(numbers) => numbers,
        _ => panic!("{name} is no number"),
    }
}
