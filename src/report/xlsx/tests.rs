//! Tests of the workbook, read back by the reader of workbooks.
#![cfg(feature = "frames")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::{Entry, Listing, xlsx};
use crate::report::fixture;
use crate::results::Results;

/// All cells of a sheet.
fn cells(bytes: &[u8], sheet: &str) -> Vec<Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.cells().map(|(_, _, cell)| cell.clone()).collect()
}

/// Whether a number stands in a sheet, bit for bit.
fn has(cells: &[Data], x: f64) -> bool {
    cells.iter().any(|cell| matches!(cell, Data::Float(y) if *y == x))
}

fn all() -> Vec<Results> {
    vec![
        fixture::realistic(),
        fixture::single(),
        fixture::twelve(),
        fixture::without_churn(),
        fixture::degenerate(),
        fixture::hostile("=HYPERLINK(1)"),
        fixture::hostile(&"x".repeat(40_000)),
        fixture::hostile("a\u{0}\u{7}\u{202e}\u{fffe}b"),
    ]
}

#[test]
fn every_number_of_the_results_stands_in_the_workbook() {
    let results = fixture::realistic();
    let bytes = xlsx(&results, None).unwrap();
    let segments = cells(&bytes, "Segments");
    let churn = cells(&bytes, "Churn");
    let profiles = cells(&bytes, "Profiles");
    for row in &results.segments {
        for x in [
            Some(row.customers as f64),
            Some(row.share),
            row.value,
            row.value_share,
            row.value_per_customer,
            row.churn_mean,
            row.expected_value,
            row.value_at_risk,
            row.stability,
            row.rule_coverage,
            row.rule_precision,
        ]
        .into_iter()
        .flatten()
        {
            assert!(has(&segments, x), "{x}");
        }
        for x in [row.churn_observed, row.churn_low, row.churn_high].into_iter().flatten() {
            assert!(has(&churn, x), "{x}");
        }
        for one in &row.traits {
            assert!(has(&profiles, one.here) && has(&profiles, one.effect));
        }
    }
    let numbers = fixture::churn();
    for point in &numbers.lift {
        assert!(has(&churn, point.gain) && has(&churn, point.share));
    }
    for bin in &numbers.calibration {
        assert!(has(&churn, bin.predicted) && has(&churn, bin.observed));
    }
    for driver in &numbers.drivers {
        assert!(has(&churn, driver.odds_ratio));
    }
}

#[test]
fn no_text_becomes_a_formula_and_nothing_fails() {
    for results in all() {
        let bytes = xlsx(&results, None).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        for sheet in book.sheet_names() {
            let formulas = book.worksheet_formula(&sheet).unwrap();
            assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{sheet}");
        }
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let results = fixture::twelve();
    assert_eq!(xlsx(&results, None).unwrap(), xlsx(&results, None).unwrap());
}

#[test]
fn ids_stay_texts_and_too_many_customers_are_left_out() {
    let results = fixture::realistic();
    let ids = ["007", "1-2", "12345678901234567890", "=1+1"];
    let cell = |row: usize, column: usize| match column {
        0 => Entry::Text(ids[row % 4].to_owned()),
        _ => Entry::Number(row as f64),
    };
    let heads = vec!["id".to_owned(), "segment_id".to_owned()];
    let few = Listing { heads: heads.clone(), rows: 4, cell: &cell };
    let bytes = xlsx(&results, Some(&few)).unwrap();
    let customers = cells(&bytes, "Customers");
    for id in ids {
        assert!(customers.contains(&Data::String(id.to_owned())), "{id}");
    }
    let many = Listing { heads, rows: super::MOST_CUSTOMERS + 1, cell: &cell };
    let bytes = xlsx(&results, Some(&many)).unwrap();
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert!(!book.sheet_names().contains(&"Customers".to_owned()));
    let told = cells(&bytes, "Ledger").iter().any(|cell| {
        matches!(cell, Data::String(text) if text.contains("50,001") && text.contains("50,000"))
    });
    assert!(told);
}
