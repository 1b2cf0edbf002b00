//! The sheet of profiles: what sets each segment apart, and the typical values side by side.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::page::{Head, Page, Value, yes};
use crate::chart::label;
use crate::format;
use crate::results::Results;
use crate::words::say;

/// Writes the sheet.
pub(super) fn write(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "sheet-profiles", &say!("differences"), results)?;
    page.note(&say!("differences-note"))?;
    page.row += 1;
    page.heads(&[
        Head::text(say!("col-id"), 6.0),
        Head::text(say!("col-segment"), 34.0),
        Head::text(say!("col-column"), 32.0),
        Head::text(say!("col-level"), 24.0),
        Head::number(say!("col-here")),
        Head::number(say!("col-quarter")),
        Head::number(say!("col-three-quarters")),
        Head::number(say!("col-others")),
        Head::number(say!("col-index")),
        Head::number(say!("col-effect")),
        Head::text(say!("col-made"), 18.0),
    ])?;
    for row in label::rows(results) {
        for one in &row.traits {
            let place = one.level.is_none() && one.text.starts_with("place: ");
            let number = |x: f64| match (&one.level, place) {
                (Some(_), _) => Value::Share(Some(x)),
                (None, true) => Value::Number(None, 0),
                (None, false) => Value::Number(Some(x), 2),
            };
            let level = one.level.as_ref().map_or(Value::Blank, |l| format::clean(l, 120).into());
            page.line(&[
                Value::Whole(f64::from(row.segment_id)),
                label::name(row).into(),
                format::clean(&one.column, 120).into(),
                level,
                number(one.here),
                Value::Number(one.range.map(|range| range[0]), 2),
                Value::Number(one.range.map(|range| range[1]), 2),
                number(one.rest),
                Value::Number(one.index, 0),
                Value::Number(Some(one.effect), 2),
                yes(one.in_base),
            ])?;
        }
    }
    table(&mut page, results)?;
    page.finish()
}

/// Columns down, segments across.
fn table(page: &mut Page, results: &Results) -> Result<(), XlsxError> {
    if results.heatmap.features.is_empty() {
        return Ok(());
    }
    page.heading(&say!("side-by-side"))?;
    let mut heads = vec![
        Head::text(String::new(), 6.0),
        Head::text(say!("col-column"), 34.0),
        Head::text(say!("all-customers"), 15.0),
    ];
    heads.extend(results.segments.iter().map(|row| Head::text(label::name(row), 15.0)));
    page.heads(&heads)?;
    for feature in &results.heatmap.features {
        let mut line = vec![
            Value::Blank,
            label::feature(&feature.feature).into(),
            format::stored(&feature.all).into(),
        ];
        line.extend(feature.shown.iter().map(|shown| format::stored(shown).into()));
        page.line(&line)?;
    }
    Ok(())
}
