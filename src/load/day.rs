//! Days as people and programs write them. One value rarely tells its format; the
//! column does: a format holds if every value fits it.

use crate::day::Day;

/// A day's spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    YearDash,
    YearSlash,
    YearPoint,
    DayDash,
    MonthDash,
    DaySlash,
    MonthSlash,
    DayPoint,
    ShortDayDash,
    ShortMonthDash,
    ShortDaySlash,
    ShortMonthSlash,
    ShortDayPoint,
    Digits,
}

impl Format {
    /// In the order in which formats are named in messages.
    pub(super) const ALL: [Self; 14] = [
        Self::YearDash,
        Self::YearSlash,
        Self::YearPoint,
        Self::DayDash,
        Self::MonthDash,
        Self::DaySlash,
        Self::MonthSlash,
        Self::DayPoint,
        Self::ShortDayDash,
        Self::ShortMonthDash,
        Self::ShortDaySlash,
        Self::ShortMonthSlash,
        Self::ShortDayPoint,
        Self::Digits,
    ];

    /// As it is written in the config and in reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::YearDash => "yyyy-mm-dd",
            Self::YearSlash => "yyyy/mm/dd",
            Self::YearPoint => "yyyy.mm.dd",
            Self::DayDash => "dd-mm-yyyy",
            Self::MonthDash => "mm-dd-yyyy",
            Self::DaySlash => "dd/mm/yyyy",
            Self::MonthSlash => "mm/dd/yyyy",
            Self::DayPoint => "dd.mm.yyyy",
            Self::ShortDayDash => "dd-mm-yy",
            Self::ShortMonthDash => "mm-dd-yy",
            Self::ShortDaySlash => "dd/mm/yy",
            Self::ShortMonthSlash => "mm/dd/yy",
            Self::ShortDayPoint => "dd.mm.yy",
            Self::Digits => "yyyymmdd",
        }
    }

    /// The format of that name; `%d/%m/%Y` is understood too.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.trim().replace("%Y", "yyyy").replace("%y", "yy");
        let name = name.replace("%m", "mm").replace("%d", "dd").to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    pub(super) fn all_names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    pub(super) fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

/// What one value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Seen {
    /// The formats under which it is a day, as bits.
    pub fits: u16,
    /// The formats whose pattern it has, whether the day exists or not.
    pub pattern: u16,
    /// Whether exchanging day and month would make it another day.
    pub order_matters: bool,
}

/// Looks at a trimmed value.
pub(super) fn look(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let Some(parts) = parts(bytes) else { return seen };
    for format in parts.candidates() {
        seen.pattern |= format.bit();
        if parts.read(*format).is_some() {
            seen.fits |= format.bit();
        }
    }
    seen.order_matters = parts.numbers[0] != parts.numbers[1];
    seen
}

/// Days since 1970-01-01 of a trimmed value, where it is a day in that format.
pub(super) fn days(bytes: &[u8], format: Format) -> Option<i32> {
    let parts = parts(bytes)?;
    parts.candidates().contains(&format).then(|| parts.read(format)).flatten()
}

/// Three numbers and what stands between them.
struct Parts {
    numbers: [i32; 3],
    /// How many digits the first and the last have.
    digits: (usize, usize),
    /// 0 for none.
    separator: u8,
}

impl Parts {
    fn candidates(&self) -> &'static [Format] {
        match (self.separator, self.digits) {
            (0, _) => &[Format::Digits],
            (b'-', (4, _)) => &[Format::YearDash],
            (b'/', (4, _)) => &[Format::YearSlash],
            (b'.', (4, _)) => &[Format::YearPoint],
            (b'-', (_, 4)) => &[Format::DayDash, Format::MonthDash],
            (b'/', (_, 4)) => &[Format::DaySlash, Format::MonthSlash],
            (b'.', (_, 4)) => &[Format::DayPoint],
            (b'-', _) => &[Format::ShortDayDash, Format::ShortMonthDash],
            (b'/', _) => &[Format::ShortDaySlash, Format::ShortMonthSlash],
            _ => &[Format::ShortDayPoint],
        }
    }

    fn read(&self, format: Format) -> Option<i32> {
        let [a, b, c] = self.numbers;
        // Two digits of a year as POSIX reads them: 69 is 1969, 68 is 2068.
        let short = |year: i32| if year < 69 { 2000 + year } else { 1900 + year };
        let (year, month, day) = match format {
            Format::YearDash | Format::YearSlash | Format::YearPoint | Format::Digits => (a, b, c),
            Format::DayDash | Format::DaySlash | Format::DayPoint => (c, b, a),
            Format::MonthDash | Format::MonthSlash => (c, a, b),
            Format::ShortDayDash | Format::ShortDaySlash | Format::ShortDayPoint => {
                (short(c), b, a)
            }
            Format::ShortMonthDash | Format::ShortMonthSlash => (short(c), a, b),
        };
        since_epoch(year, month, day)
    }
}

/// Splits a value; `None` where it has no pattern of a day.
fn parts(bytes: &[u8]) -> Option<Parts> {
    if bytes.len() < 6 || bytes.len() > 40 || !bytes[0].is_ascii_digit() {
        return None;
    }
    if bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit) {
        let numbers = [number(&bytes[..4]), number(&bytes[4..6]), number(&bytes[6..])];
        return Some(Parts { numbers, digits: (4, 2), separator: 0 });
    }
    let digits =
        |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = digits(0);
    let separator = *bytes.get(first).filter(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    let second = digits(first + 1);
    let second_end = first + 1 + second;
    if bytes.get(second_end) != Some(&separator) {
        return None;
    }
    let last = digits(second_end + 1);
    let end = second_end + 1 + last;
    let sizes = matches!((first, second, last), (4, 1..=2, 1..=2) | (1..=2, 1..=2, 4 | 2));
    if !sizes || !is_time(&bytes[end..]) {
        return None;
    }
    let numbers = [
        number(&bytes[..first]),
        number(&bytes[first + 1..second_end]),
        number(&bytes[second_end + 1..end]),
    ];
    Some(Parts { numbers, digits: (first, last), separator })
}

fn number(digits: &[u8]) -> i32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'))
}

/// Nothing, or a time of day such as ` 08:26`, `T08:26:00.000Z`, ` 8:26 PM`, `+02:00`.
fn is_time(rest: &[u8]) -> bool {
    let Some((first, rest)) = rest.split_first() else { return true };
    if !matches!(first, b' ' | b'T') {
        return false;
    }
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=2).contains(&digits)
        && rest.get(digits) == Some(&b':')
        && rest[digits + 1..].first().is_some_and(u8::is_ascii_digit)
        && rest[digits..].iter().all(|byte| {
            byte.is_ascii_digit()
                || matches!(byte, b':' | b'.' | b'Z' | b'+' | b'-' | b' ')
                || matches!(byte.to_ascii_uppercase(), b'A' | b'P' | b'M')
        })
}

/// Days since 1970-01-01, for years 1800 to 2200.
fn since_epoch(year: i32, month: i32, day: i32) -> Option<i32> {
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let day = (1800..=2200).contains(&year).then(|| Day::from_civil(year, month, day).ok())??;
    Some(day.since_epoch())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_have_known_numbers() {
        // 2000-03-01 is day 11017 (30 years, 7 leap days, 60 days).
        for (text, format, expected) in [
            ("1970-01-01", Format::YearDash, 0),
            ("2000-03-01", Format::YearDash, 11_017),
            ("04-09-2012", Format::DayDash, 15_587),
            ("2012-09-04", Format::YearDash, 15_587),
            ("9/4/2012", Format::MonthSlash, 15_587),
            ("9/4/12", Format::ShortMonthSlash, 15_587),
            ("04.09.2012", Format::DayPoint, 15_587),
            ("20120904", Format::Digits, 15_587),
            ("2012-09-04 08:26:00", Format::YearDash, 15_587),
            ("2012-09-04T08:26:00.000+02:00", Format::YearDash, 15_587),
            ("1969-12-31", Format::YearDash, -1),
        ] {
            assert_eq!(days(text.as_bytes(), format), Some(expected), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_have_a_pattern_but_fit_nothing() {
        for text in ["2024-02-30", "2023-02-29", "0000-00-00", "9999-12-31", "32/13/2020"] {
            let seen = look(text.as_bytes());
            assert!(seen.pattern != 0 && seen.fits == 0, "{text}");
        }
    }

    #[test]
    fn day_and_month_are_both_possible_up_to_twelve() {
        let both = Format::DaySlash.bit() | Format::MonthSlash.bit();
        assert_eq!(look(b"02/03/2004").fits, both);
        assert!(look(b"02/03/2004").order_matters);
        assert_eq!(look(b"13/03/2004").fits, Format::DaySlash.bit());
        assert!(!look(b"03/03/2004").order_matters);
    }

    #[test]
    fn what_is_no_day_has_no_pattern() {
        for text in ["415-382-4657", "12:30", "1.2.3", "2020", "12-34", "2020-01-01x", "-1-1-2020"]
        {
            assert_eq!(look(text.as_bytes()), Seen::default(), "{text}");
        }
    }

    #[test]
    fn names_are_found_in_both_spellings() {
        assert_eq!(Format::named("dd/mm/yyyy"), Some(Format::DaySlash));
        assert_eq!(Format::named("%d/%m/%Y"), Some(Format::DaySlash));
        assert_eq!(Format::named("DD-MM-YYYY"), Some(Format::DayDash));
        assert_eq!(Format::named("whatever"), None);
    }
}
