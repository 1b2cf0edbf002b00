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

/// The words of either error.
#[derive(Debug)]
struct Stopped(#[expect(dead_code, reason = "it is shown")] String);

impl From<LoadError> for Stopped {
    fn from(error: LoadError) -> Self {
        Self(error.to_string())
    }
}

impl From<FeatureError> for Stopped {
    fn from(error: FeatureError) -> Self {
        Self(error.to_string())
    }
}

#[test]
fn lines_of_a_text_come_to_what_their_frame_comes_to() {
    let params = Params::default();
    let files = [generated("shop/transactions.csv")]
        .into_iter()
        .chain(real("online_retail/online_retail.csv.gz"));
    for path in files {
        let source = load::open(&path, "table", &CsvParams::default(), 0).unwrap();
        let (plan, frame) = read(&path, &CsvParams::default(), &asked(&params));
        let mut builder = Builder::new(&plan, None).unwrap();
        builder.read::<Stopped>(&source).unwrap();
        let direct = builder.finish(10, None).unwrap();
        let framed = build(&frame, &plan, None, 10).unwrap();
        assert_eq!(format!("{direct:?}"), format!("{framed:?}"));
    }
}
