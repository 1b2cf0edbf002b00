//! Tests of the sentences.

use std::collections::BTreeSet;

use super::*;
use crate::profile::testing::{generated, segment_row, table};

const BASE: [usize; 4] = [0, 1, 2, 6];

fn learned(n: usize, k: u32, seed: u64) -> (FeatureTable, Vec<Option<u32>>, Reasons) {
    let (table, labels) = generated(n, k, seed, true);
    let rows: Vec<SegmentRow> = (1..=k).map(segment_row).collect();
    let reasons =
        Reasons::learn(&table, &BASE, &Measured::of(&table, &labels, k as usize, 10), &rows);
    (table, labels, reasons)
}

fn assignment(segment: Option<u32>, margin: f64) -> Assignment {
    Assignment { segment, second: Some(1), margin: Some(margin), distance: 1.0 }
}

#[test]
fn hundred_customers_have_at_least_ten_reasons() {
    let (table, labels, reasons) = learned(3_000, 4, 1);
    for start in (0..3_000).step_by(100) {
        let sentences: BTreeSet<String> = (start..start + 100)
            .map(|row| reasons.writer(&table).sentence(row, &assignment(labels[row], 0.5), true))
            .collect();
        assert!(sentences.len() >= 10);
    }
}

/// Each claim is parsed back and compared with the customer's own row.
#[test]
fn every_claim_holds_in_the_customers_row() {
    let (table, labels, reasons) = learned(2_000, 5, 2);
    let Values::Number(tenure) = &table.columns()[0].values else { unreachable!() };
    let (mut claims, mut without) = (0, 0);
    for row in 0..2_000 {
        let text = reasons.writer(&table).sentence(row, &assignment(labels[row], 0.5), true);
        if text.starts_with("No single trait") {
            without += 1;
        }
        if let Some((_, rest)) = text.to_lowercase().split_once("tenure ") {
            claims += 1;
            let own: f64 = rest.split([' ', ',', '.']).next().unwrap().parse().unwrap();
            assert!((own - tenure[row]).abs() < 1e-9, "{text}");
        }
        for (level, name) in ["DSL", "Fiber optic", "No"].iter().enumerate() {
            let said = match *name {
                "No" => "no internet service".to_owned(),
                name => format!("internet service {}", name.to_lowercase()),
            };
            if text.to_lowercase().contains(&said) {
                claims += 1;
                let Values::Category { codes, .. } = &table.columns()[6].values else {
                    unreachable!()
                };
                assert_eq!(codes[row] as usize, level, "{text}");
            }
        }
    }
    assert!(claims > 1_000 && without < 200, "{claims} {without}");
}

#[test]
fn a_stored_model_writes_the_same_sentences() {
    let (table, labels, reasons) = learned(500, 3, 4);
    let text = serde_json::to_string(&reasons).unwrap();
    let read: Reasons = serde_json::from_str(&text).unwrap();
    assert_eq!(read, reasons);
    assert_eq!(read.validate(3), Ok(()));
    assert!(text.len() < 20_000);
    for (row, &label) in labels.iter().enumerate() {
        let at = assignment(label, 0.3);
        assert_eq!(
            read.writer(&table).sentence(row, &at, true),
            reasons.writer(&table).sentence(row, &at, true)
        );
    }
}

#[test]
fn borders_and_strangers_are_said() {
    let (table, _, reasons) = learned(500, 3, 4);
    let sentence =
        |margin, fits| reasons.writer(&table).sentence(0, &assignment(Some(0), margin), fits);
    assert!(sentence(0.05, true).ends_with("; close to segment 2."));
    assert!(sentence(0.05, false).ends_with("; close to segment 2, unusual for this segment."));
    assert!(!sentence(0.5, true).contains("close to segment"));
    let none = reasons.writer(&table).sentence(0, &assignment(None, 0.5), false);
    assert!(none.starts_with("In no segment"));
}

#[test]
fn a_table_with_other_columns_is_survived() {
    let (_, _, reasons) = learned(500, 3, 4);
    let other = table(vec![
        crate::profile::testing::flag("tenure", vec![1]),
        crate::profile::testing::category("InternetService", &["Satellite"], vec![0]),
    ]);
    let text = reasons.writer(&other).sentence(0, &assignment(Some(1), 0.5), true);
    assert!(text.ends_with('.'));
}

#[test]
fn broken_reasons_are_rejected() {
    let (_, _, reasons) = learned(500, 3, 4);
    assert_eq!(reasons.validate(4).unwrap_err().code(), "E-MDL-040");
    let mut broken = reasons.clone();
    broken.segments[0][0] = Says::Number { column: 99, effect: 0.5 };
    assert_eq!(broken.validate(3).unwrap_err().code(), "E-MDL-041");
    let mut broken = reasons.clone();
    if let Base::Number { grid, .. } = &mut broken.columns[0].base {
        grid[3] = f64::NAN;
    }
    assert_eq!(broken.validate(3).unwrap_err().code(), "E-MDL-042");
    let mut broken = reasons;
    broken.segments[0][0] = Says::Number { column: 3, effect: 0.5 };
    assert_eq!(broken.validate(3).unwrap_err().code(), "E-MDL-042");
}
