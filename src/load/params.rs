//! What the user may say about a text table, and the sizes that are refused.

use chrono_tz::Tz;
use encoding_rs::Encoding;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::day::Format;
use super::dress::Gap;
use super::error::LoadError;
use super::number::Decimal;

/// More lines than this are no header.
const MAX_HEADER_LINES: usize = 10;

/// How a CSV file is written. The `[input.csv]` table of the config; what is not said
/// is found out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CsvParams {
    /// The character set, such as `windows-1252`, `utf-16le` or `shift_jis`; found out
    /// where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What separates the fields: one character, `tab`, or `spaces` for runs of blanks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// What encloses a field: one character, or empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The decimal sign of numbers: `.` or `,`; the other one groups thousands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// What groups thousands: `.`, `,`, `'`, a space (of any kind), or empty for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thousands: Option<String>,
    /// How days are written, such as `dd/mm/yyyy`; used in every column that it fits.
    /// `excel`, `epoch-s` and `epoch-ms` are counts of days, seconds and milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// The zone whose days count, such as `Europe/Berlin`: times with another zone are
    /// taken to it, times without one are its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// More spellings that mean missing, in any column; `age=0` in the column `age` only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub null_values: Vec<String>,
    /// Whether the first row names the columns; found out where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// Lines that start with this are skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Lines above the header that are no part of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_lines: Option<usize>,
    /// Lines below the last row, such as totals, that are no part of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_footer: Option<usize>,
    /// Lines that name the columns together; their names are joined by a blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_lines: Option<usize>,
}

/// The sizes above which an input is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file, unpacked.
    pub max_bytes: u64,
    /// Unpacked bytes for one packed byte; looked at above 16 MiB only.
    pub max_ratio: u64,
    /// Columns.
    pub max_columns: usize,
    /// Bytes of one field.
    pub max_cell: usize,
    /// Bytes of one record.
    pub max_line: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 8 << 30,
            max_ratio: 200,
            max_columns: 10_000,
            max_cell: 1 << 20,
            max_line: 16 << 20,
        }
    }
}

/// What groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thousands {
    Nothing,
    Point,
    Comma,
    /// A blank or an apostrophe.
    Gap(Gap),
}

/// [`CsvParams`], checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    /// `None` where it is to be found out.
    pub charset: Option<&'static Encoding>,
    /// A blank stands for runs of blanks.
    pub delimiter: Option<u8>,
    /// `None` where no quote is used.
    pub quote: Option<u8>,
    pub decimal: Option<Decimal>,
    pub thousands: Option<Thousands>,
    pub day: Option<Format>,
    pub zone: Option<Tz>,
    pub nulls: Vec<String>,
    pub header: Option<bool>,
    pub comment: Option<Vec<u8>>,
    pub skip_lines: Option<usize>,
    pub skip_footer: Option<usize>,
    pub header_lines: Option<usize>,
}

impl CsvParams {
    /// Checks every setting.
    pub(super) fn check(&self) -> Result<Settings, LoadError> {
        let charset = self.encoding.as_deref().map(charset).transpose()?;
        let delimiter = match self.delimiter.as_deref() {
            None => None,
            Some("tab" | "\\t") => Some(b'\t'),
            Some("spaces" | " ") => Some(b' '),
            Some(given) => Some(sign(given, "delimiter")?),
        };
        let quote = match self.quote.as_deref() {
            None => Some(b'"'),
            Some("") => None,
            Some(given) => Some(sign(given, "quote")?),
        };
        if delimiter.is_some() && delimiter == quote {
            return Err(refuse("quote", "a character that is not the delimiter"));
        }
        let (decimal, thousands) = self.marks()?;
        let zone = match self.timezone.as_deref().map(str::parse::<Tz>) {
            None => None,
            Some(Ok(zone)) => Some(zone),
            Some(Err(_)) => return Err(refuse("timezone", "a name such as Europe/Berlin or UTC")),
        };
        let day = match self.date_format.as_deref() {
            None => None,
            Some(given) => Some(
                Format::named(given).ok_or_else(|| refuse("date-format", &Format::all_names()))?,
            ),
        };
        let comment = match self.comment.as_deref() {
            None => None,
            Some("") => return Err(refuse("comment", "one character or more")),
            Some(given) => Some(given.as_bytes().to_vec()),
        };
        if self.header_lines.is_some_and(|n| !(1..=MAX_HEADER_LINES).contains(&n)) {
            return Err(refuse("header-lines", &format!("1 to {MAX_HEADER_LINES}")));
        }
        let nulls = self.null_values.iter().map(|null| null.trim().to_owned()).collect();
        Ok(Settings {
            charset,
            delimiter,
            quote,
            decimal,
            thousands,
            day,
            zone,
            nulls,
            header: self.header,
            comment,
            skip_lines: self.skip_lines,
            skip_footer: self.skip_footer,
            header_lines: self.header_lines,
        })
    }
}

/// The character set of a label that browsers know.
fn charset(label: &str) -> Result<&'static Encoding, LoadError> {
    let known = Encoding::for_label_no_replacement(label.as_bytes());
    // The one name of Python and Excel that is no label.
    let windows = || label.to_ascii_lowercase().strip_prefix("cp").map(|n| format!("windows-{n}"));
    let again = || Encoding::for_label_no_replacement(windows()?.as_bytes());
    known.or_else(again).ok_or_else(|| {
        let examples = "utf-8, utf-16le, latin1, windows-1252, iso-8859-2 or shift_jis";
        refuse("encoding", &format!("the name of a character set, such as {examples}"))
    })
}

impl CsvParams {
    /// The decimal sign and what groups thousands; either follows from the other where
    /// both are a point or a comma.
    fn marks(&self) -> Result<(Option<Decimal>, Option<Thousands>), LoadError> {
        let decimal = match self.decimal.as_deref() {
            None => None,
            Some(".") => Some(Decimal::Point),
            Some(",") => Some(Decimal::Comma),
            Some(_) => return Err(refuse("decimal", "\".\" or \",\"")),
        };
        let thousands = match self.thousands.as_deref() {
            None => None,
            Some("") => Some(Thousands::Nothing),
            Some(".") => Some(Thousands::Point),
            Some(",") => Some(Thousands::Comma),
            Some("'" | "\u{2019}") => Some(Thousands::Gap(Gap::Apostrophe)),
            Some(" " | "\u{a0}" | "\u{202f}" | "\u{2009}") => Some(Thousands::Gap(Gap::Blank)),
            Some(_) => {
                return Err(refuse(
                    "thousands",
                    "a point, a comma, a space, an apostrophe or empty",
                ));
            }
        };
        let implied = match thousands {
            Some(Thousands::Point) => Some(Decimal::Comma),
            Some(Thousands::Comma) => Some(Decimal::Point),
            _ => None,
        };
        if implied.is_some() && decimal.is_some() && implied != decimal {
            return Err(refuse("thousands", "another sign than decimal"));
        }
        Ok((decimal.or(implied), thousands))
    }
}

/// One ASCII character that can stand between or around fields.
fn sign(given: &str, key: &'static str) -> Result<u8, LoadError> {
    match given.as_bytes() {
        [byte]
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\n\r\0 ".contains(byte) =>
        {
            Ok(*byte)
        }
        _ => Err(refuse(key, "one ASCII character that is no letter, digit, space or line end")),
    }
}

fn refuse(key: &'static str, allowed: &str) -> LoadError {
    LoadError::Setting { key, allowed: allowed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Class, Fault};

    #[test]
    fn nothing_said_is_a_valid_setting() {
        let settings = CsvParams::default().check().unwrap();
        assert_eq!(settings.quote, Some(b'"'));
        assert_eq!(settings.delimiter, None);
    }

    #[test]
    fn a_setting_nobody_knows_is_a_config_error() {
        for params in [
            CsvParams { encoding: Some("ebcdic".into()), ..CsvParams::default() },
            CsvParams { delimiter: Some("ab".into()), ..CsvParams::default() },
            CsvParams { decimal: Some(";".into()), ..CsvParams::default() },
            CsvParams { thousands: Some(";".into()), ..CsvParams::default() },
            CsvParams {
                decimal: Some(",".into()),
                thousands: Some(",".into()),
                ..CsvParams::default()
            },
            CsvParams { timezone: Some("Middle/Earth".into()), ..CsvParams::default() },
            CsvParams { date_format: Some("yydd".into()), ..CsvParams::default() },
            CsvParams { comment: Some(String::new()), ..CsvParams::default() },
            CsvParams { header_lines: Some(0), ..CsvParams::default() },
            CsvParams {
                delimiter: Some(";".into()),
                quote: Some(";".into()),
                ..CsvParams::default()
            },
        ] {
            assert_eq!(params.check().unwrap_err().class(), Class::Config);
        }
    }

    #[test]
    fn character_sets_have_the_names_that_browsers_and_python_know() {
        for (label, expected) in [
            ("UTF-8", "UTF-8"),
            ("latin1", "windows-1252"),
            ("cp1252", "windows-1252"),
            ("CP1250", "windows-1250"),
            ("utf-16", "UTF-16LE"),
            ("shift_jis", "Shift_JIS"),
        ] {
            let params = CsvParams { encoding: Some(label.into()), ..CsvParams::default() };
            assert_eq!(params.check().unwrap().charset.unwrap().name(), expected);
        }
    }

    #[test]
    fn tab_can_be_spelled() {
        for spelling in ["tab", "\t", "\\t"] {
            let params = CsvParams { delimiter: Some(spelling.into()), ..CsvParams::default() };
            assert_eq!(params.check().unwrap().delimiter, Some(b'\t'));
        }
    }
}
