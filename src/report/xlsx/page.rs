//! One sheet: a title, tables below each other, and how it prints.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::sheet_name;
use crate::chart::Theme;
use crate::format;
use crate::results::Results;
use crate::words::say;

/// Excel takes no longer text into a cell.
const LONGEST: usize = 32_000;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A text.
    Text(String),
    /// A segment's number, or another that is only a name.
    Whole(f64),
    /// A count.
    Count(u64),
    /// A share 0..1, shown in percent; withheld where it is `None`.
    Share(Option<f64>),
    /// Money; withheld where it is `None`.
    Money(Option<f64>),
    /// Another number with so many decimals.
    Number(Option<f64>, usize),
    /// Nothing.
    Blank,
    /// A field that people fill in.
    Fill,
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// How a column stands: its heading and its width in characters.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) width: f64,
    pub(super) number: bool,
}

impl Head {
    /// A column of texts.
    pub(super) fn text(name: String, width: f64) -> Self {
        Self { name, width, number: false }
    }

    /// A column of numbers.
    pub(super) fn number(name: String) -> Self {
        Self { name, width: 15.0, number: true }
    }
}

/// A sheet that is written from above to below.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    /// The next free row.
    pub(super) row: u32,
    accent: Color,
    ink: Color,
    muted: Color,
    line: Color,
    money: String,
    min_cell: usize,
    widths: Vec<f64>,
}

impl<'a> Page<'a> {
    /// A new sheet with a title.
    pub(super) fn new(
        book: &'a mut Workbook,
        id: &str,
        title: &str,
        results: &Results,
    ) -> Result<Self, XlsxError> {
        let theme = Theme::in_the_light(&results.heading.look);
        let colour =
            |c: crate::chart::theme::Colour| Color::RGB(u32::from_be_bytes([0, c.0, c.1, c.2]));
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(id))?;
        sheet.set_screen_gridlines(false);
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&L&A&R&P / &N");
        let mut page = Self {
            sheet,
            row: 0,
            accent: colour(theme.accent),
            ink: colour(theme.ink),
            muted: colour(theme.muted),
            line: colour(theme.grid),
            money: money_format(&results.heading.currency),
            min_cell: results.heading.min_cell,
            widths: Vec::new(),
        };
        let set = Format::new().set_bold().set_font_size(16).set_font_color(page.ink);
        page.sheet.write_string_with_format(0, 0, title, &set)?;
        page.row = 1;
        Ok(page)
    }

    /// A heading between tables.
    pub(super) fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        let set = Format::new().set_bold().set_font_size(12).set_font_color(self.ink);
        self.sheet.write_string_with_format(self.row, 0, text, &set)?;
        self.row += 1;
        Ok(())
    }

    /// A line of small text.
    pub(super) fn note(&mut self, text: &str) -> Result<(), XlsxError> {
        let set = guarded(text, Format::new().set_font_color(self.muted));
        self.sheet.write_string_with_format(self.row, 0, cut(text), &set)?;
        self.row += 1;
        Ok(())
    }

    /// The headings of a table.
    pub(super) fn heads(&mut self, heads: &[Head]) -> Result<(), XlsxError> {
        for (at, head) in (0_u16..).zip(heads) {
            let align = if head.number { FormatAlign::Right } else { FormatAlign::Left };
            let set = Format::new()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(self.accent)
                .set_align(align)
                .set_align(FormatAlign::Top)
                .set_text_wrap();
            let set = guarded(&head.name, set);
            self.sheet.write_string_with_format(self.row, at, cut(&head.name), &set)?;
            let at = usize::from(at);
            if self.widths.len() <= at {
                self.widths.push(0.0);
            }
            self.widths[at] = self.widths[at].max(head.width);
        }
        self.row += 1;
        Ok(())
    }

    /// A row of a table.
    pub(super) fn line(&mut self, values: &[Value]) -> Result<(), XlsxError> {
        for (at, value) in (0_u16..).zip(values) {
            self.cell(at, value)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A cell of the next row.
    fn cell(&mut self, at: u16, value: &Value) -> Result<(), XlsxError> {
        let set = Format::new()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(self.line);
        let (row, sheet) = (self.row, &mut *self.sheet);
        match value {
            Value::Text(text) => {
                let set = guarded(text, set.set_text_wrap().set_num_format("@"));
                sheet.write_string_with_format(row, at, cut(text), &set)?;
            }
            Value::Whole(x) => {
                sheet.write_number_with_format(row, at, *x, &set.set_num_format("0"))?;
            }
            Value::Count(n) => {
                let set = set.set_num_format("#,##0");
                sheet.write_number_with_format(row, at, *n as f64, &set)?;
            }
            Value::Share(Some(x)) if x.is_finite() => {
                sheet.write_number_with_format(row, at, *x, &set.set_num_format("0.0%"))?;
            }
            Value::Money(Some(x)) if x.is_finite() => {
                sheet.write_number_with_format(row, at, *x, &set.set_num_format(&self.money))?;
            }
            Value::Number(Some(x), decimals) if x.is_finite() => {
                let shape = match decimals {
                    0 => "#,##0".to_owned(),
                    n => format!("#,##0.{}", "0".repeat(*n)),
                };
                sheet.write_number_with_format(row, at, *x, &set.set_num_format(shape))?;
            }
            Value::Share(_) | Value::Money(_) => {
                let set = set.set_align(FormatAlign::Right).set_font_color(self.muted);
                sheet.write_string_with_format(row, at, format::withheld(self.min_cell), &set)?;
            }
            Value::Number(..) => {
                let set = set.set_align(FormatAlign::Right).set_font_color(self.muted);
                sheet.write_string_with_format(row, at, "–", &set)?;
            }
            Value::Fill => {
                let set = set.set_background_color(Color::RGB(0x00FF_F9E5)).set_text_wrap();
                sheet.write_blank(row, at, &set)?;
            }
            Value::Blank => {
                sheet.write_blank(row, at, &set)?;
            }
        }
        Ok(())
    }

    /// Sets the widths, after all tables.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        for (at, width) in (0_u16..).zip(&self.widths) {
            self.sheet.set_column_width(at, *width)?;
        }
        Ok(())
    }
}

/// A text that begins like a formula stays a text when the sheet is saved as CSV and read
/// again by hand: it carries the mark of a text.
pub(super) fn guarded(text: &str, set: Format) -> Format {
    let first = text.chars().next();
    let live = first.is_some_and(|c| {
        matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0')
            || matches!(c, '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
    });
    if live { set.set_quote_prefix() } else { set }
}

/// What fits into a cell, hidden characters as escapes.
pub(super) fn cut(text: &str) -> String {
    format::clean(text, LONGEST)
}

/// The number format of money.
fn money_format(currency: &str) -> String {
    let currency = format::clean(currency, 8).replace('"', "");
    if currency.is_empty() {
        "#,##0.00".to_owned()
    } else if currency.chars().any(char::is_alphanumeric) {
        format!("#,##0.00 \"{currency}\"")
    } else {
        format!("\"{currency}\"#,##0.00")
    }
}

/// A count, or that it is withheld.
pub(super) fn count(n: Option<u64>) -> Value {
    n.map_or(Value::Number(None, 0), Value::Count)
}

/// Yes or no.
pub(super) fn yes(flag: bool) -> Value {
    Value::Text(if flag { say!("yes") } else { say!("no") })
}
