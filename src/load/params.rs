//! What the user may say about a text table, and the sizes that are refused.

use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::day::Format;
use super::dress::Gap;
use super::error::LoadError;
use super::number::Decimal;

/// How a CSV file is written. The `[input.csv]` table of the config; what is not said
/// is found out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CsvParams {
    /// `utf-8` (the default), `latin1` or `windows-1252`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What separates the fields: one character, or `tab`.
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

/// The character set of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Utf8,
    Latin1,
    Windows1252,
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
    pub charset: Charset,
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
}

impl CsvParams {
    /// Checks every setting.
    pub(super) fn check(&self) -> Result<Settings, LoadError> {
        let charset = match self.encoding.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("utf-8" | "utf8") => Charset::Utf8,
            Some("latin1" | "latin-1" | "iso-8859-1") => Charset::Latin1,
            Some("windows-1252" | "cp1252") => Charset::Windows1252,
            Some(_) => return Err(refuse("encoding", "utf-8, latin1 or windows-1252")),
        };
        let delimiter = match self.delimiter.as_deref() {
            None => None,
            Some("tab" | "\\t") => Some(b'\t'),
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
        })
    }
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
    fn tab_can_be_spelled() {
        for spelling in ["tab", "\t", "\\t"] {
            let params = CsvParams { delimiter: Some(spelling.into()), ..CsvParams::default() };
            assert_eq!(params.check().unwrap().delimiter, Some(b'\t'));
        }
    }
}
