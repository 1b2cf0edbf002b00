//! Rows that are equal to an earlier row in every column. They may be two customers who
//! answered alike or one row written twice: nobody can tell, so they are counted and
//! never removed. Rows are compared by a 64-bit hash: among a million, two that differ
//! are taken for equal with a chance of 3e-8.

use polars::prelude::DataFrame;

use super::distinct::{fold, hash};
use super::error::LoadError;
use super::parquet::each_cell;
use super::part::Part;
use super::record::{Layout, Next, Records, trim};
use crate::finding::{Finding, Severity};
use crate::said::facts;

/// The rows of a text that are equal to an earlier one; blanks around values do not count.
pub(super) fn in_text(text: &[u8], layout: &Layout, parts: &[Part], n_columns: usize) -> usize {
    let (mut fields, mut scratch, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        let mut records = Records::within(text, layout, part.bytes.clone(), part.first_line);
        // The text has been checked; a broken end was an error before.
        while let Ok(next) = records.next(&mut fields) {
            match next {
                Next::End => break,
                Next::Row if fields.len() == n_columns => {
                    let row = fields.iter().fold(0, |row, field| {
                        add(row, field.raw(text, layout.quote, &mut scratch))
                    });
                    rows.push(row);
                }
                _ => {}
            }
        }
    }
    repeated(rows)
}

/// The rows of a frame that are equal to an earlier one.
pub(super) fn in_frame(frame: &DataFrame, file: &str) -> Result<usize, LoadError> {
    let mut rows = vec![0; frame.height()];
    for column in frame.columns() {
        let mut each = rows.iter_mut();
        each_cell(column, file, &mut |_, cell| {
            if let Some(row) = each.next() {
                *row = add(*row, cell.as_bytes());
            }
            Ok(())
        })?;
    }
    Ok(repeated(rows))
}

/// What is said of so many rows.
pub(super) fn finding(n_repeated: usize, n_rows: u64) -> Option<Finding> {
    let told = facts!(n = n_repeated, of = n_rows);
    (n_repeated > 0).then(|| Finding::new("twin-rows", Severity::Note, told).count(n_repeated))
}

/// The hash of a row with one more cell.
fn add(row: u64, cell: &[u8]) -> u64 {
    const ODD: u64 = 0xA24B_AED4_963E_E407;
    fold(row.wrapping_add(ODD) ^ hash(trim(cell)), ODD)
}

fn repeated(mut rows: Vec<u64>) -> usize {
    let n_rows = rows.len();
    rows.sort_unstable();
    rows.dedup();
    n_rows - rows.len()
}
