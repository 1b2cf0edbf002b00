//! The report as a workbook: the same finished numbers as cells that can be sorted, summed
//! and drawn. Numbers are numbers, everything else is text: no cell is a formula.

mod actions;
mod churn;
mod customers;
mod ledger;
mod page;
mod profiles;
mod segments;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::ReportError;
use crate::results::Results;
use crate::words::{self, Language, say};
pub use customers::{Entry, Listing, MOST_CUSTOMERS};

/// Writes the workbook: sheets for segments, profiles, churn, actions and the ledger, and
/// the customers where `listing` is given. The same results give the same bytes.
///
/// # Errors
///
/// `ReportError::Workbook` when the writer refuses, which is a fault of the program.
pub fn xlsx(results: &Results, listing: Option<&Listing>) -> Result<Vec<u8>, ReportError> {
    let language = Language::of(&results.heading.language).unwrap_or_default();
    words::within(language, || book(results, listing))
        .map_err(|e| ReportError::Workbook { reason: e.to_string() })
}

/// The workbook in the language of the thread.
fn book(results: &Results, listing: Option<&Listing>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day: the time of writing would be in the bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = crate::report::view::titled(results);
    book.set_properties(
        &DocProperties::new().set_title(&title).set_author("kohort").set_creation_datetime(&day),
    );
    segments::write(&mut book, results)?;
    profiles::write(&mut book, results)?;
    churn::write(&mut book, results)?;
    actions::write(&mut book, results)?;
    ledger::write(&mut book, results, listing)?;
    if let Some(listing) = listing.filter(|listing| listing.rows <= MOST_CUSTOMERS) {
        customers::write(&mut book, listing)?;
    }
    book.save_to_buffer()
}

/// The name of a sheet: what Excel allows of a message.
fn sheet_name(id: &str) -> String {
    let name = say!(id);
    name.chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\'))
        .take(31)
        .collect()
}

#[cfg(test)]
mod tests;
