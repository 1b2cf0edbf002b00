//! Features that an engine sums up beside those of lines that are read here.

use std::path::Path;

use super::Read;
use crate::backend::{Backend, Input, LocalBackend, Sink};
use crate::export::columns::Columns;
use crate::export::sheet::{Cells, ParquetFile, Sheet};
use crate::features::transactions::{Asked, Builder, Params, plan};
use crate::load::{CsvParams, open};
use crate::orders::{Refunds, ZeroPrice};
use crate::pipeline::job::Failure;
use crate::pipeline::prepare::Orders;
use crate::table::Values;

/// A number without a pattern, below `below`.
fn any(row: usize, column: usize, below: usize) -> usize {
    let mut x = (row * 31 + column * 17 + 1) as u64;
    for _ in 0..3 {
        x = (x ^ (x >> 15)).wrapping_mul(0x2c1b_3c6d_297a_2d39);
    }
    (x >> 20) as usize % below
}

/// Lines of 60 customers with everything that a rule is about: nobody, no day, days too late,
/// no quantity, none bought, given back, cancelled by number, free, without a category.
fn lines(n: usize) -> Sheet {
    let day = |row: usize| match any(row, 0, 40) {
        0 => None,
        1 => Some("2079-06-07".to_owned()),
        _ => Some(format!("2025-{:02}-{:02}", any(row, 1, 12) + 1, any(row, 2, 28) + 1)),
    };
    let order = |row: usize| match any(row, 3, 25) {
        0 => None,
        1 => Some(format!("C{}", 100 + any(row, 4, 9))),
        2 => Some(format!("CX-{}", any(row, 4, 9))),
        _ => Some(format!("{}", 100 + any(row, 4, 60))),
    };
    let quantity = |row: usize| match (any(row, 5, 30), any(row, 3, 25)) {
        (0, _) => None,
        (1, _) => Some(0.0),
        (2, _) | (_, 1) => Some(-(any(row, 6, 5) as f64) - 1.0),
        _ => Some(any(row, 6, 9) as f64 + 1.0),
    };
    let price = |row: usize| match any(row, 7, 30) {
        0 => None,
        1 => Some(0.0),
        _ => Some(any(row, 8, 100_000) as f64 / 100.0),
    };
    let category = |row: usize| ["Tea", "Cups", "Books", "", "Pens"].get(any(row, 9, 6)).copied();
    let who = |row: usize| (any(row, 10, 50) > 0).then(|| format!("k{:02}", any(row, 11, 60)));
    let rows = || 0..n;
    let texts = |of: &dyn Fn(usize) -> Option<String>| Cells::Text(rows().map(of).collect());
    let mut sheet = Sheet::new();
    sheet.push("customer_id", texts(&who));
    sheet.push("day", texts(&day));
    sheet.push("order_id", texts(&order));
    sheet.push("quantity", Cells::Decimal(rows().map(quantity).collect(), None));
    sheet.push("price", Cells::Decimal(rows().map(price).collect(), None));
    sheet.push("category", texts(&|row| category(row).map(str::to_owned)));
    let percent = rows().map(|row| Some(any(row, 12, 4) as i64 * 5));
    sheet.push("discount_percent", Cells::Whole(percent.collect()));
    sheet
}

fn written(folder: &Path, n: usize) {
    let file = std::fs::File::create(folder.join("lines.parquet")).unwrap();
    let mut file = ParquetFile::new(file, "lines");
    file.add(&lines(n)).unwrap();
    file.finish().unwrap();
}

/// The features that both have, by name, and how many.
fn compared(params: &Params) -> usize {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), 4000);
    let path = folder.path().join("lines.parquet");
    let source = open(&path, "lines", &CsvParams::default(), 0).unwrap();
    let plan = plan(source.columns(), &Asked { id: Some("customer_id"), params }).unwrap();
    let as_of = "2025-11-30".parse().unwrap();
    let mut builder = Builder::new(&plan, Some(as_of)).unwrap();
    builder.read::<Failure>(&source).unwrap();
    let ordered = builder.finish(1, None).unwrap();
    let orders = Orders {
        plan: plan.clone(),
        attributes: Vec::new(),
        histories: ordered.histories.clone(),
        counts: ordered.counts.clone(),
        learnt: ordered.learnt.clone(),
        discount_shares: None,
        engagement: None,
        feedback: None,
    };
    let read = Read::of(&orders, as_of);
    let lines = read.lines(&orders);
    let own: Vec<_> = ordered.columns.iter().filter(|column| lines.has(&column.name)).collect();
    let names: Vec<String> = own.iter().map(|column| column.name.clone()).collect();
    let summing = lines.summing(&names, "r").unwrap();
    let backend = LocalBackend::new(folder.path().to_owned(), CsvParams::default());
    let relation = backend.open(&Input::lines("lines.parquet", "customer_id")).unwrap();
    let place = folder.path().join("summed").display().to_string();
    let receipt = backend.sum_up(&relation, &summing, &Sink { place: place.clone() }).unwrap();
    assert_eq!(receipt.rows as usize, ordered.ids.values.len());
    assert!(backend.sum_up(&relation, &summing, &Sink { place }).unwrap().already);
    let file = receipt.place.replace('*', "000000");
    let columns = Columns::read(Path::new(&file)).unwrap();
    let ids: Vec<String> = columns.texts("customer_id").unwrap().into_iter().flatten().collect();
    assert_eq!(ids, ordered.ids.values);
    for column in own {
        let Values::Number(expected) = &column.values else { panic!("{}", column.name) };
        let found = columns.numbers(&column.name).unwrap();
        for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
            let same = found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan();
            assert!(same, "{} of {}: {found} {expected}", column.name, ids[row]);
        }
    }
    names.len()
}

#[test]
fn an_engine_sums_lines_up_to_the_features_of_lines_that_are_read_here() {
    let usual = Params::default();
    // All but the rhythm, the trend, what differs, what came first, and seasons.
    assert_eq!(compared(&usual), 15);
    for refunds in [Refunds::Drop, Refunds::Separate] {
        for zero_price in [ZeroPrice::Keep, ZeroPrice::Drop] {
            let n = compared(&Params { refunds, zero_price, ..usual.clone() });
            assert!(n >= 14, "{n}");
        }
    }
    let no = |part: &str| Some(part.to_owned());
    assert!(compared(&Params { order: no(""), ..usual.clone() }) >= 14);
    assert!(compared(&Params { cancel_prefix: no("CX"), ..usual.clone() }) >= 14);
    assert!(compared(&Params { price: no(""), amount: no(""), ..usual.clone() }) >= 8);
    let amount = Params { amount: no("price"), price: no(""), quantity: no(""), ..usual };
    assert!(compared(&amount) >= 10);
}
