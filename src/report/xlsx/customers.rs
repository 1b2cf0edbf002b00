//! The sheet of customers, which is written only where it is asked for: it holds raw ids.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::page::{cut, guarded};
use super::sheet_name;

/// More customers are not put into a workbook.
pub const MOST_CUSTOMERS: usize = 50_000;

/// One cell of the list of customers.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A text, ids among them.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Empty,
}

/// The list of customers, read cell by cell.
pub struct Listing<'a> {
    /// The names of the columns, the id first.
    pub heads: Vec<String>,
    /// How many customers.
    pub rows: usize,
    /// The cell of a row and a column.
    pub cell: &'a dyn Fn(usize, usize) -> Entry,
}

/// Writes the sheet.
pub(super) fn write(book: &mut Workbook, listing: &Listing) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name("sheet-customers"))?;
    let bold = Format::new().set_bold();
    let text = Format::new().set_num_format("@");
    for (at, head) in (0_u16..).zip(&listing.heads) {
        let set = guarded(head, bold.clone());
        sheet.write_string_with_format(0, at, cut(head), &set)?;
        sheet.set_column_width(at, 16)?;
    }
    let columns = u16::try_from(listing.heads.len()).unwrap_or(u16::MAX);
    for (row, line) in (0..listing.rows).zip(1_u32..) {
        for at in 0..columns {
            match (listing.cell)(row, usize::from(at)) {
                Entry::Text(value) => {
                    let set = guarded(&value, text.clone());
                    // An id is written as it is; only what Excel cannot hold is cut.
                    let value: String = value.chars().take(32_000).collect();
                    sheet.write_string_with_format(line, at, value, &set)?;
                }
                Entry::Number(value) if value.is_finite() => {
                    sheet.write_number(line, at, value)?;
                }
                Entry::Number(_) | Entry::Empty => {}
            }
        }
    }
    if listing.rows > 0 && columns > 0 {
        sheet.set_freeze_panes(1, 1)?;
        let last = u32::try_from(listing.rows).unwrap_or(u32::MAX);
        sheet.autofilter(0, 0, last, columns - 1)?;
    }
    Ok(())
}
