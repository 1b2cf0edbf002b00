//! The sheet of those who are likely to leave: by segment, what contacting reaches, and
//! how far the probabilities can be believed.

use rust_xlsxwriter::{Chart, Workbook, XlsxError};

use super::page::{Head, Page, Value};
use super::sheet_name;
use crate::chart::{label, label::Words};
use crate::results::{ChurnResults, Interval, Results};
use crate::words::say;

/// Writes the sheet.
pub(super) fn write(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let words = Words::of(results);
    let mut page = Page::new(book, "sheet-churn", &words.likely, results)?;
    let Some(churn) = label::churn(results) else {
        page.note(&format!("{}: {}.", say!("not-computed"), label::why_no_churn(results)))?;
        return page.finish();
    };
    by_segment(&mut page, results, &words)?;
    lift(&mut page, churn)?;
    calibration(&mut page, churn)?;
    measures(&mut page, churn)?;
    drivers(&mut page, churn)?;
    page.finish()
}

fn by_segment(page: &mut Page, results: &Results, words: &Words) -> Result<(), XlsxError> {
    page.heading(&say!("by-segment"))?;
    let top = page.row;
    page.heads(&[
        Head::text(say!("col-id"), 8.0),
        Head::text(say!("col-segment"), 34.0),
        Head::number(words.happened.clone()),
        Head::number(say!("col-low")),
        Head::number(say!("col-high")),
        Head::number(say!("col-known")),
        Head::number(words.likely.clone()),
        Head::number(say!("col-at-risk")),
        Head::number(say!("col-gone")),
        Head::number(say!("col-contact")),
        Head::number(say!("col-hold-out")),
    ])?;
    for row in label::rows(results) {
        let rate = |x: Option<f64>| match (x, row.known()) {
            (None, Some(0)) => Value::Number(None, 0),
            (x, _) => Value::Share(x),
        };
        let withheld = || Value::Text(say!("withheld-cell"));
        page.line(&[
            Value::Whole(f64::from(row.segment_id)),
            label::name(row).into(),
            rate(row.churn_observed),
            rate(row.churn_low),
            rate(row.churn_high),
            row.known().map_or_else(withheld, Value::Count),
            Value::Share(row.churn_mean),
            row.value_at_risk.map_or(Value::Number(None, 0), |x| Value::Money(Some(x))),
            row.gone.map_or_else(withheld, Value::Count),
            Value::Count(row.contact),
            Value::Count(row.hold_out),
        ])?;
    }
    let last = page.row - 1;
    if last > top {
        let sheet = sheet_name("sheet-churn");
        let mut chart = Chart::new_bar();
        chart
            .add_series()
            .set_categories((sheet.as_str(), top + 1, 1, last, 1))
            .set_values((sheet.as_str(), top + 1, 6, last, 6))
            .set_name(words.likely.as_str())
            .set_gap(60);
        finish(&mut chart, &words.likely);
        chart.y_axis().set_reverse();
        chart.x_axis().set_num_format("0%").set_min(0.0);
        page.sheet.insert_chart(top, 12, &chart)?;
    }
    Ok(())
}

/// What all charts of the sheet have.
fn finish(chart: &mut Chart, title: &str) {
    chart.title().set_name(title);
    chart.legend().set_hidden();
    chart.set_width(560).set_height(320).set_alt_text(title);
}

fn lift(page: &mut Page, churn: &ChurnResults) -> Result<(), XlsxError> {
    if churn.lift.is_empty() {
        return Ok(());
    }
    page.heading(&say!("what-contacting-reaches"))?;
    let top = page.row;
    page.heads(&[
        Head::number(say!("col-contacted")),
        Head::number(say!("col-reached")),
        Head::number(say!("col-lift")),
    ])?;
    for point in &churn.lift {
        page.line(&[
            Value::Share(Some(point.share)),
            Value::Share(Some(point.gain)),
            Value::Number(Some(point.lift), 2),
        ])?;
    }
    let (sheet, last) = (sheet_name("sheet-churn"), page.row - 1);
    let mut chart = Chart::new_scatter();
    chart
        .add_series()
        .set_categories((sheet.as_str(), top + 1, 0, last, 0))
        .set_values((sheet.as_str(), top + 1, 1, last, 1))
        .set_name(say!("col-reached").as_str());
    finish(&mut chart, &say!("what-contacting-reaches"));
    chart.x_axis().set_num_format("0%").set_min(0.0).set_max(1.0).set_name(&say!("col-contacted"));
    chart.y_axis().set_num_format("0%").set_min(0.0).set_max(1.0).set_name(&say!("col-reached"));
    page.sheet.insert_chart(top, 4, &chart)?;
    Ok(())
}

fn calibration(page: &mut Page, churn: &ChurnResults) -> Result<(), XlsxError> {
    if churn.calibration.is_empty() {
        return Ok(());
    }
    page.heading(&say!("believed"))?;
    let top = page.row;
    page.heads(&[
        Head::number(say!("col-customers")),
        Head::number(say!("col-predicted")),
        Head::number(say!("col-happened")),
        Head::number(say!("col-low")),
        Head::number(say!("col-high")),
    ])?;
    for bin in &churn.calibration {
        page.line(&[
            Value::Count(bin.n),
            Value::Share(Some(bin.predicted)),
            Value::Share(Some(bin.observed)),
            Value::Share(Some(bin.low)),
            Value::Share(Some(bin.high)),
        ])?;
    }
    let (sheet, last) = (sheet_name("sheet-churn"), page.row - 1);
    let mut chart = Chart::new_scatter();
    chart
        .add_series()
        .set_categories((sheet.as_str(), top + 1, 1, last, 1))
        .set_values((sheet.as_str(), top + 1, 2, last, 2))
        .set_name(say!("col-happened").as_str());
    finish(&mut chart, &say!("believed"));
    chart.x_axis().set_num_format("0%").set_min(0.0).set_name(&say!("col-predicted"));
    chart.y_axis().set_num_format("0%").set_min(0.0).set_name(&say!("col-happened"));
    page.sheet.insert_chart(top, 6, &chart)?;
    Ok(())
}

fn measures(page: &mut Page, churn: &ChurnResults) -> Result<(), XlsxError> {
    page.row += 6;
    page.heading(&say!("how-good"))?;
    page.heads(&[
        Head::text(String::new(), 8.0),
        Head::text(say!("col-measure"), 34.0),
        Head::number(say!("col-model")),
        Head::number(say!("col-low")),
        Head::number(say!("col-high")),
        Head::number(say!("col-base-rate")),
    ])?;
    let (model, base) = (&churn.metrics, &churn.baseline);
    let with: [(&str, Interval, Interval); 4] = [
        ("ROC-AUC", model.roc_auc, base.roc_auc),
        ("PR-AUC", model.pr_auc, base.pr_auc),
        ("log-loss", model.log_loss, base.log_loss),
        ("Brier", model.brier, base.brier),
    ];
    let number = |x: f64| Value::Number(Some(x), 4);
    for (name, own, other) in with {
        page.line(&[
            Value::Blank,
            name.to_owned().into(),
            number(own.value),
            number(own.low),
            number(own.high),
            number(other.value),
        ])?;
    }
    let plain = [
        ("ECE", model.ece, base.ece),
        ("slope", model.slope, base.slope),
        ("intercept", model.intercept, base.intercept),
        ("lift", model.lift_at_budget, base.lift_at_budget),
    ];
    for (name, own, other) in plain {
        let none = Value::Blank;
        let line =
            [Value::Blank, name.to_owned().into(), number(own), none.clone(), none, number(other)];
        page.line(&line)?;
    }
    Ok(())
}

fn drivers(page: &mut Page, churn: &ChurnResults) -> Result<(), XlsxError> {
    if churn.drivers.is_empty() {
        return Ok(());
    }
    page.heading(&say!("what-goes-with-it"))?;
    page.heads(&[
        Head::text(String::new(), 8.0),
        Head::text(say!("col-column"), 34.0),
        Head::number(say!("col-odds")),
        Head::number(say!("col-low")),
        Head::number(say!("col-high")),
    ])?;
    for driver in &churn.drivers {
        page.line(&[
            Value::Blank,
            label::source(&driver.feature).into(),
            Value::Number(Some(driver.odds_ratio), 2),
            Value::Number(Some(driver.low), 2),
            Value::Number(Some(driver.high), 2),
        ])?;
    }
    Ok(())
}
