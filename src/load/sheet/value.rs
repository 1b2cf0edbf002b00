//! What a cell of a sheet holds, and how that is written as text.

use std::io::Write;

use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType};

/// What a cell holds, borrowed from either of the forms in which it is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Nothing,
    Whole(i64),
    Number(f64),
    Text(&'a str),
    Flag(bool),
    Moment(ExcelDateTime),
    /// A day or a day with a time after ISO 8601.
    Iso(&'a str),
    Duration(&'a str),
    Error,
}

impl<'a> From<&'a DataRef<'_>> for Value<'a> {
    fn from(value: &'a DataRef<'_>) -> Self {
        match value {
            DataRef::Empty => Self::Nothing,
            DataRef::Int(whole) => Self::Whole(*whole),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::String(text) => Self::Text(text),
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(yes) => Self::Flag(*yes),
            DataRef::DateTime(moment) => Self::Moment(*moment),
            DataRef::DateTimeIso(text) => Self::Iso(text),
            DataRef::DurationIso(text) => Self::Duration(text),
            DataRef::Error(_) => Self::Error,
        }
    }
}

impl<'a> From<&'a Data> for Value<'a> {
    fn from(value: &'a Data) -> Self {
        match value {
            Data::Empty => Self::Nothing,
            Data::Int(whole) => Self::Whole(*whole),
            Data::Float(number) => Self::Number(*number),
            Data::String(text) => Self::Text(text),
            Data::Bool(yes) => Self::Flag(*yes),
            Data::DateTime(moment) => Self::Moment(*moment),
            Data::DateTimeIso(text) => Self::Iso(text),
            Data::DurationIso(text) => Self::Duration(text),
            Data::Error(_) => Self::Error,
        }
    }
}

impl Value<'_> {
    /// Writes a value; `false` where the cell holds an error.
    pub(super) fn write(self, out: &mut Vec<u8>) -> bool {
        // Writing into a vector cannot fail.
        match self {
            Value::Nothing => {}
            Value::Whole(whole) => drop(write!(out, "{whole}")),
            Value::Number(number) => return write_number(number, out),
            Value::Text(text) | Value::Duration(text) => out.extend_from_slice(text.as_bytes()),
            Value::Flag(yes) => drop(write!(out, "{yes}")),
            Value::Moment(moment) => return write_moment(moment, out),
            Value::Iso(text) => {
                let day = text.strip_suffix("T00:00:00").unwrap_or(text);
                out.extend_from_slice(day.replacen('T', " ", 1).as_bytes());
            }
            Value::Error => return false,
        }
        true
    }
}

/// The shortest text that reads back as the same number; whole numbers without decimals.
fn write_number(number: f64, out: &mut Vec<u8>) -> bool {
    if !number.is_finite() {
        return false;
    }
    let is_wide = number != 0.0 && !(1e-9..1e18).contains(&number.abs());
    if is_wide {
        drop(write!(out, "{number:e}"));
    } else {
        // Plus 0 turns minus 0 into 0.
        drop(write!(out, "{}", number + 0.0));
    }
    true
}

/// A day, a day with a time, or a time alone; `false` for a number that is no day.
fn write_moment(moment: ExcelDateTime, out: &mut Vec<u8>) -> bool {
    const LAST: f64 = 2_958_466.0;
    const PER_DAY: f64 = 86_400.0;
    let days = moment.as_f64();
    if !(0.0..LAST).contains(&days) {
        return false;
    }
    if moment.is_duration() || days < 1.0 {
        let seconds = (days * PER_DAY).round() as u64;
        drop(write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
        return true;
    }
    // Parts below a second are noise of the division of the day.
    let rounded = ExcelDateTime::new(
        (days * PER_DAY).round() / PER_DAY,
        ExcelDateTimeType::DateTime,
        is_1904(moment),
    );
    let (year, month, day, hour, minute, second, _) = rounded.to_ymd_hms_milli();
    drop(write!(out, "{year:04}-{month:02}-{day:02}"));
    if (hour, minute, second) != (0, 0, 0) {
        drop(write!(out, " {hour:02}:{minute:02}:{second:02}"));
    }
    true
}

/// Whether a moment counts from 1904; the type does not say, but the first day does.
fn is_1904(moment: ExcelDateTime) -> bool {
    moment == ExcelDateTime::new(moment.as_f64(), ExcelDateTimeType::DateTime, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(days: f64, kind: ExcelDateTimeType, is_1904: bool) -> Option<String> {
        let mut out = Vec::new();
        let value = Value::Moment(ExcelDateTime::new(days, kind, is_1904));
        value.write(&mut out).then(|| String::from_utf8(out).unwrap())
    }

    fn number(number: f64) -> Option<String> {
        let mut out = Vec::new();
        Value::Number(number).write(&mut out).then(|| String::from_utf8(out).unwrap())
    }

    #[test]
    fn days_are_iso_days_and_times_follow_where_there_are_any() {
        let day = |days| moment(days, ExcelDateTimeType::DateTime, false).unwrap();
        assert_eq!(day(45_292.0), "2024-01-01");
        assert_eq!(day(40_513.351_388_888_9), "2010-12-01 08:26:00");
        assert_eq!(day(45_291.999_999_999), "2024-01-01");
        assert_eq!(day(1.0), "1900-01-01");
        assert_eq!(day(0.354_166_666_666_667), "08:30:00");
        let mac = moment(43_830.0, ExcelDateTimeType::DateTime, true).unwrap();
        assert_eq!(mac, "2024-01-01");
        let hours = moment(1.5, ExcelDateTimeType::TimeDelta, false).unwrap();
        assert_eq!(hours, "36:00:00");
        assert_eq!(moment(-1.0, ExcelDateTimeType::DateTime, false), None);
        assert_eq!(moment(1e9, ExcelDateTimeType::DateTime, false), None);
    }

    #[test]
    fn whole_numbers_have_no_decimals_and_others_their_own() {
        assert_eq!(number(17_850.0).unwrap(), "17850");
        assert_eq!(number(53.85).unwrap(), "53.85");
        assert_eq!(number(-0.0).unwrap(), "0");
        assert_eq!(number(1e21).unwrap(), "1e21");
        assert_eq!(number(f64::NAN), None);
    }
}
