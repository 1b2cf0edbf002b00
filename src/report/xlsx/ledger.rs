//! The ledger: where every row went, what was noticed, and how the run was made.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::customers::{Listing, MOST_CUSTOMERS};
use super::page::{Head, Page, Value, count};
use crate::finding::Severity;
use crate::format;
use crate::results::Results;
use crate::said;
use crate::words::say;

/// Writes the sheet.
pub(super) fn write(
    book: &mut Workbook,
    results: &Results,
    listing: Option<&Listing>,
) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "sheet-ledger", &say!("where-rows-went"), results)?;
    if listing.is_some_and(|listing| listing.rows > MOST_CUSTOMERS) {
        let n = listing.map_or(0, |listing| listing.rows as u64);
        page.note(&say!("too-many-customers", n = n, most = MOST_CUSTOMERS))?;
    }
    accounting(&mut page, results)?;
    lines(&mut page, results)?;
    columns(&mut page, results)?;
    findings(&mut page, results)?;
    method(&mut page, results)?;
    page.finish()
}

fn accounting(page: &mut Page, results: &Results) -> Result<(), XlsxError> {
    let data = &results.data;
    page.heading(&say!("rows"))?;
    page.heads(&[
        Head::text(say!("col-table"), 34.0),
        Head::number(say!("col-rows")),
        Head::number(say!("col-used")),
        Head::number(say!("col-rejected")),
        Head::number(say!("col-excluded")),
        Head::number(say!("col-unmatched")),
    ])?;
    if data.tables.is_empty() {
        let files: Vec<String> = data.files.iter().map(|name| format::clean(name, 120)).collect();
        let numbers = [data.rows, data.used, data.rejected, data.excluded].map(Value::Count);
        let mut line = vec![Value::Text(files.join(", "))];
        line.extend(numbers);
        return page.line(&line);
    }
    for table in &data.tables {
        let files: Vec<String> = table.files.iter().map(|name| format::clean(name, 120)).collect();
        page.line(&[
            Value::Text(format!(
                "{}: {}",
                format::clean(&said::phrase(&table.part), 60),
                files.join(", ")
            )),
            Value::Count(table.rows),
            Value::Count(table.used),
            Value::Count(table.rejected),
            Value::Count(table.excluded),
            count(table.unmatched),
        ])?;
    }
    Ok(())
}

fn lines(page: &mut Page, results: &Results) -> Result<(), XlsxError> {
    if results.data.lines.is_empty() {
        return Ok(());
    }
    page.heading(&say!("purchase-lines"))?;
    page.heads(&[
        Head::text(say!("col-lines"), 34.0),
        Head::number(say!("col-rows")),
        Head::text(say!("col-money"), 18.0),
    ])?;
    for line in &results.data.lines {
        page.line(&[
            format::text(&said::phrase(&line.what)).into(),
            Value::Count(line.lines),
            line.money.as_ref().map_or(Value::Blank, |money| format::clean(money, 60).into()),
        ])?;
    }
    Ok(())
}

fn columns(page: &mut Page, results: &Results) -> Result<(), XlsxError> {
    page.heading(&say!("columns"))?;
    page.heads(&[
        Head::text(say!("col-column"), 34.0),
        Head::text(say!("col-role"), 15.0),
        Head::text(say!("col-family"), 15.0),
        Head::text(say!("col-used-for"), 15.0),
        Head::number(say!("col-missing")),
        Head::text(say!("col-why"), 60.0),
    ])?;
    for column in &results.data.columns {
        page.line(&[
            format::clean(&column.name, 160).into(),
            format::clean(&said::phrase(&column.role), 60).into(),
            format::clean(&said::phrase(&column.family), 60).into(),
            format::clean(&said::phrase(&column.used_for), 60).into(),
            Value::Count(column.missing),
            format::text(&said::clause(&column.why)).into(),
        ])?;
    }
    Ok(())
}

fn findings(page: &mut Page, results: &Results) -> Result<(), XlsxError> {
    page.heading(&say!("findings"))?;
    page.heads(&[
        Head::text(say!("col-code"), 34.0),
        Head::text(say!("col-severity"), 15.0),
        Head::text(say!("col-column"), 20.0),
        Head::number(say!("col-count")),
        Head::text(say!("col-seen"), 15.0),
        Head::text(say!("col-advice"), 60.0),
    ])?;
    for finding in &results.findings {
        let severity = match finding.severity {
            Severity::Serious => say!("serious"),
            Severity::Warning => say!("warning"),
            Severity::Note => say!("note"),
        };
        let column = finding.column.as_deref();
        page.line(&[
            format::clean(&finding.code, 80).into(),
            severity.into(),
            column.map_or(Value::Blank, |name| format::clean(name, 160).into()),
            finding.count.map_or(Value::Blank, Value::Count),
            format::sentence(&finding.told(), column).into(),
            format::sentence(&finding.advised(), column).into(),
        ])?;
    }
    Ok(())
}

fn method(page: &mut Page, results: &Results) -> Result<(), XlsxError> {
    page.heading(&say!("method"))?;
    let facts = [
        (say!("col-run"), format::clean(&results.heading.run, 160)),
        (say!("col-version"), format::clean(&results.method.version, 60)),
        (say!("col-seed"), results.method.seed.to_string()),
        (say!("col-method"), format::clean(&results.choice.method, 60)),
    ];
    for (name, text) in facts {
        page.line(&[name.into(), text.into()])?;
    }
    for line in &said::all_told(&results.method.preparation, &results.method.preparation_said) {
        page.note(&format::text(line))?;
    }
    page.heading(&say!("config-in-full"))?;
    for line in results.method.config.lines() {
        page.note(line)?;
    }
    Ok(())
}
