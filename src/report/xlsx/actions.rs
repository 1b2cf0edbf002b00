//! The sheet of actions: one line per segment, with fields that people fill in.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::page::{Head, Page, Value, count};
use crate::chart::label;
use crate::report::view::actions::{Actions, name as strategy_name};
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
        Head::text(say!("col-strategy"), 18.0),
        Head::text(say!("col-channel"), 30.0),
        Head::text(say!("col-format"), 26.0),
        Head::text(say!("col-tone"), 20.0),
        Head::text(say!("col-focus"), 36.0),
        Head::text(say!("col-tier"), 16.0),
        Head::text(say!("col-next"), 36.0),
        Head::number(say!("col-customers")),
        Head::number(say!("col-contact")),
        Head::number(say!("col-hold-out")),
        Head::text(say!("col-owner"), 18.0),
        Head::text(say!("col-kpi"), 18.0),
        Head::text(say!("col-until"), 14.0),
    ])?;
    let plans = Actions::new(results);
    for (row, plan) in label::rows(results).zip(plans.rows) {
        page.line(&[
            Value::Whole(f64::from(row.segment_id)),
            label::name(row).into(),
            plan.action.into(),
            plan.why.into(),
            plan.strategy.into(),
            plan.channel.into(),
            plan.format.into(),
            plan.tone.into(),
            plan.focus.into(),
            plan.tier.into(),
            plan.next.into(),
            Value::Count(row.customers),
            Value::Count(row.contact),
            Value::Count(row.hold_out),
            Value::Fill,
            Value::Fill,
            Value::Fill,
        ])?;
    }
    strategies(&mut page, results)?;
    if let Some(overlooked) = plans.overlooked {
        page.row += 1;
        page.note(&overlooked)?;
    }
    page.finish()
}

/// Whom each strategy suits, and in which segment they are.
fn strategies(page: &mut Page, results: &Results) -> Result<(), XlsxError> {
    let Some(found) = results.actions.as_ref() else { return Ok(()) };
    page.heading(&say!("strategies-by-segment"))?;
    let mut heads = vec![
        Head::text(String::new(), 6.0),
        Head::text(say!("col-strategy"), 34.0),
        Head::number(say!("col-customers")),
        Head::number(say!("col-share")),
        Head::number(say!("col-value-share")),
    ];
    let names = found.segment_ids.iter().map(|&id| {
        let row = label::rows(results).find(|row| row.segment_id == id);
        Head::number(row.map_or_else(|| id.to_string(), label::name))
    });
    heads.extend(names);
    page.heads(&heads)?;
    for one in &found.strategies {
        let mut line = vec![
            Value::Blank,
            strategy_name(&one.strategy).into(),
            count(one.customers),
            Value::Share(one.share),
            Value::Share(one.value_share),
        ];
        line.extend(one.segments.iter().map(|cell| count(cell.customers)));
        page.line(&line)?;
    }
    Ok(())
}
