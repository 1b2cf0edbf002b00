//! A calendar day, as a count of days since 1970-01-01: no clock, no time zone.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
///
/// # Examples
///
/// ```
/// use kohort::day::Day;
/// let day: Day = "2025-12-31".parse()?;
/// assert_eq!(day.since_epoch(), 20_453);
/// assert_eq!(Day::from_epoch(0)?.to_string(), "1970-01-01");
/// # Ok::<(), kohort::day::DayError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Why a text or a number is no day.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a day: expected YYYY-MM-DD between 0001-01-01 and 9999-12-31")]
pub struct DayError;

impl Day {
    /// The day `days` after 1970-01-01.
    ///
    /// # Errors
    ///
    /// A day outside the years 1 to 9999.
    pub fn from_epoch(days: i32) -> Result<Self, DayError> {
        let (year, _, _) = civil(days);
        if (1..=9999).contains(&year) { Ok(Self(days)) } else { Err(DayError) }
    }

    /// Days since 1970-01-01, negative before it.
    #[must_use]
    pub fn since_epoch(self) -> i32 {
        self.0
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    #[must_use]
    pub fn civil(self) -> (i32, u32, u32) {
        civil(self.0)
    }

    /// The day with this year, month (1..12) and day of the month (1..31).
    ///
    /// # Errors
    ///
    /// A day that does not exist, such as 30 February.
    pub fn from_civil(year: i32, month: u32, day: u32) -> Result<Self, DayError> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(DayError);
        }
        let days = days_from_civil(year, month, day);
        if civil(days) == (year, month, day) { Ok(Self(days)) } else { Err(DayError) }
    }
}

/// Days since 1970-01-01 of a civil date: Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms" (2021), `days_from_civil`.
fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = (month as i32 + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse: Hinnant (2021), `civil_from_days`.
fn civil(days: i32) -> (i32, u32, u32) {
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_shifted + 2) / 5 + 1;
    let month = if month_shifted < 10 { month_shifted + 3 } else { month_shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DayError);
        }
        let digits = |range: std::ops::Range<usize>| -> Result<u32, DayError> {
            bytes[range].iter().try_fold(0_u32, |number, byte| {
                if byte.is_ascii_digit() {
                    Ok(number * 10 + u32::from(byte - b'0'))
                } else {
                    Err(DayError)
                }
            })
        };
        Self::from_civil(digits(0..4)? as i32, digits(5..7)?, digits(8..10)?)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_round_trips() {
        for days in -150_000..=150_000 {
            let day = Day::from_epoch(days).unwrap();
            assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in
            ["2023-02-29", "2024-02-30", "2024-13-01", "2024-00-10", "24-01-01", "2024/01/01"]
        {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text}");
        }
    }
}
