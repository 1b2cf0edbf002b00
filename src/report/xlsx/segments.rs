//! The sheet of segments, with bars of size and value.

use rust_xlsxwriter::{Chart, ChartFont, Color, Workbook, XlsxError};

use super::page::{Head, Page, Value, yes};
use super::sheet_name;
use crate::chart::{Theme, label, label::Words};
use crate::report::view::worded;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// A column: its heading and what of a segment it shows.
type Column = (Head, fn(&SegmentRow, &Results) -> Value);

/// The columns of the sheet that have a figure in any segment.
fn columns(results: &Results) -> Vec<Column> {
    let words = Words::of(results);
    let rows: Vec<&SegmentRow> = label::rows(results).collect();
    let any = |has: fn(&SegmentRow) -> bool| rows.iter().any(|row| has(row));
    let mut columns: Vec<Column> = vec![
        (Head::text(say!("col-id"), 6.0), |row, _| Value::Whole(f64::from(row.segment_id))),
        (Head::text(say!("col-segment"), 34.0), |row, _| label::name(row).into()),
        (Head::number(say!("col-customers")), |row, _| Value::Count(row.customers)),
        (Head::number(say!("col-share")), |row, _| Value::Share(Some(row.share))),
    ];
    let mut add = |there: bool, head: Head, cell: fn(&SegmentRow, &Results) -> Value| {
        if there {
            columns.push((head, cell));
        }
    };
    let value = any(|row| row.value.is_some() || row.value_share.is_some());
    add(value, Head::number(say!("col-value-share")), |row, _| Value::Share(row.value_share));
    add(value, Head::number(say!("col-value")), |row, _| Value::Money(row.value));
    add(value, Head::number(say!("col-value-each")), |row, _| Value::Money(row.value_per_customer));
    add(any(|row| row.churn_mean.is_some()), Head::number(words.likely), |row, _| {
        Value::Share(row.churn_mean)
    });
    let expected = any(|row| row.expected_value.is_some());
    add(expected, Head::number(say!("col-expected")), |row, _| Value::Money(row.expected_value));
    let risk = any(|row| row.value_at_risk.is_some());
    add(risk, Head::number(say!("col-at-risk")), |row, _| Value::Money(row.value_at_risk));
    add(true, Head::text(say!("col-trust"), 15.0), |row, _| {
        crate::report::view::trust_of(row).into()
    });
    add(true, Head::number(say!("col-stability")), |row, _| Value::Number(row.stability, 2));
    add(true, Head::text(say!("col-usable"), 10.0), |row, _| yes(row.usable));
    add(true, Head::text(say!("col-who"), 60.0), |row, _| {
        crate::report::view::portrait(row).into()
    });
    add(any(|row| row.typical.is_some()), Head::text(say!("col-typical"), 60.0), |row, _| {
        crate::report::view::typical::text(row).map_or(Value::Blank, Value::Text)
    });
    add(true, Head::text(say!("col-rule"), 50.0), |row, results| {
        row.rule.as_deref().map_or_else(
            || Value::Text("–".to_owned()),
            |rule| worded::rule(rule, row.rule_sql.as_deref(), results).into(),
        )
    });
    add(true, Head::number(say!("col-coverage")), |row, _| rate(row.rule_coverage));
    add(true, Head::number(say!("col-precision")), |row, _| rate(row.rule_precision));
    columns
}

/// A share that is absent, not withheld, where there is none.
fn rate(share: Option<f64>) -> Value {
    share.map_or(Value::Number(None, 0), |share| Value::Share(Some(share)))
}

/// Writes the sheet.
pub(super) fn write(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let title = crate::report::view::titled(results);
    let mut page = Page::new(book, "sheet-segments", &title, results)?;
    let lead = crate::report::view::lead(results);
    page.note(&lead)?;
    page.row += 1;
    let (heads, cells): (Vec<Head>, Vec<_>) = columns(results).into_iter().unzip();
    let with_value = heads.iter().any(|head| head.name == say!("col-value-share"));
    let top = page.row;
    page.heads(&heads)?;
    for row in label::rows(results) {
        let values: Vec<Value> = cells.iter().map(|cell| cell(row, results)).collect();
        page.line(&values)?;
    }
    if page.row > top + 1 {
        page.sheet.set_freeze_panes(top + 1, 2)?;
        page.sheet.autofilter(top, 0, page.row - 1, u16::try_from(heads.len()).unwrap_or(1) - 1)?;
        let chart =
            bars(top, page.row - 1, with_value, &Theme::in_the_light(&results.heading.look));
        page.sheet.insert_chart(page.row + 1, 1, &chart)?;
    }
    page.finish()
}

/// Share of customers and of value by segment.
fn bars(top: u32, last: u32, with_value: bool, theme: &Theme) -> Chart {
    let sheet = sheet_name("sheet-segments");
    let mut chart = Chart::new_bar();
    let columns: &[(u16, String, u32)] = &[
        (3, say!("share-of-customers"), rgb(theme.segments[0])),
        (4, say!("share-of-value"), rgb(theme.segments[1])),
    ];
    for (column, name, colour) in columns.iter().take(if with_value { 2 } else { 1 }) {
        chart
            .add_series()
            .set_categories((sheet.as_str(), top + 1, 1, last, 1))
            .set_values((sheet.as_str(), top + 1, *column, last, *column))
            .set_name(name.as_str())
            .set_format(rust_xlsxwriter::ChartFormat::new().set_solid_fill(
                rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(*colour)),
            ))
            .set_gap(60);
    }
    chart.title().set_name(&say!("size-and-value")).set_font(ChartFont::new().set_size(13));
    chart.y_axis().set_reverse();
    chart.x_axis().set_num_format("0%").set_min(0.0);
    chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    let rows = last.saturating_sub(top);
    chart.set_width(760).set_height(150 + 46 * rows.min(20));
    chart.set_alt_text(say!("size-and-value"));
    chart
}

/// A colour as Excel counts it.
pub(super) fn rgb(colour: crate::chart::theme::Colour) -> u32 {
    u32::from_be_bytes([0, colour.0, colour.1, colour.2])
}
