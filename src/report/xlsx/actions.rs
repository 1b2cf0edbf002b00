//! The sheet of actions: one line per segment, with fields that people fill in.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::page::{Head, Page, Value};
use crate::chart::label;
use crate::format;
use crate::results::Results;
use crate::words::say;

/// Writes the sheet.
pub(super) fn write(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "sheet-actions", &say!("what-to-do"), results)?;
    page.note(&say!("fill-in"))?;
    page.row += 1;
    page.heads(&[
        Head::text(say!("col-id"), 6.0),
        Head::text(say!("col-segment"), 34.0),
        Head::text(say!("col-action"), 52.0),
        Head::text(say!("col-why"), 48.0),
        Head::number(say!("col-customers")),
        Head::number(say!("col-contact")),
        Head::number(say!("col-hold-out")),
        Head::text(say!("col-owner"), 18.0),
        Head::text(say!("col-kpi"), 18.0),
        Head::text(say!("col-until"), 14.0),
    ])?;
    for row in label::rows(results) {
        page.line(&[
            Value::Whole(f64::from(row.segment_id)),
            label::name(row).into(),
            format::sentence(&row.action, None).into(),
            format::sentence(&row.action_why, None).into(),
            Value::Count(row.customers),
            Value::Count(row.contact),
            Value::Count(row.hold_out),
            Value::Fill,
            Value::Fill,
            Value::Fill,
        ])?;
    }
    page.finish()
}
