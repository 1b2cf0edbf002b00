//! Days as people and programs write them. One value rarely tells its format; the
//! column does: a format holds if every value fits it. A time of day only matters where
//! it moves the day into another zone.

use chrono_tz::Tz;

use super::clock::{Clock, Time, local_day};
use super::month::{self, Order};
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
    ShortYearDash,
    ShortYearSlash,
    DayName,
    ShortDayName,
    MonthName,
    YearName,
    Han,
    Digits,
    DigitsTime,
    Excel,
    Seconds,
    Milliseconds,
}

impl Format {
    /// In the order in which formats are named in messages.
    pub(super) const ALL: [Self; 25] = [
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
        Self::ShortYearDash,
        Self::ShortYearSlash,
        Self::DayName,
        Self::ShortDayName,
        Self::MonthName,
        Self::YearName,
        Self::Han,
        Self::Digits,
        Self::DigitsTime,
        Self::Excel,
        Self::Seconds,
        Self::Milliseconds,
    ];

    /// Days written as digits only, which could be numbers too.
    pub(super) const DIGITS: u32 = Self::Digits.bit() | Self::DigitsTime.bit();

    /// Days counted from a first one: numbers, unless their column is a day.
    pub(super) const COUNTS: u32 =
        Self::Excel.bit() | Self::Seconds.bit() | Self::Milliseconds.bit();

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
            Self::ShortYearDash => "yy-mm-dd",
            Self::ShortYearSlash => "yy/mm/dd",
            Self::DayName => "dd mmm yyyy",
            Self::ShortDayName => "dd mmm yy",
            Self::MonthName => "mmm dd yyyy",
            Self::YearName => "yyyy mmm dd",
            Self::Han => "yyyy年mm月dd日",
            Self::Digits => "yyyymmdd",
            Self::DigitsTime => "yyyymmddhhmmss",
            Self::Excel => "excel",
            Self::Seconds => "epoch-s",
            Self::Milliseconds => "epoch-ms",
        }
    }

    /// The format of that name; `%d/%m/%Y` is understood too, and so is a time of day
    /// behind either, which changes nothing.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        if name == "%Y%m%d%H%M%S" {
            return Some(Self::DigitsTime);
        }
        let name = name.split_once("%H").or(name.split_once("%I")).map_or(name, |(day, _)| day);
        let name = name.strip_suffix('T').unwrap_or(name);
        let name = name.replace("%Y", "yyyy").replace("%y", "yy").replace("%m", "mm");
        let name = name.replace("%d", "dd").replace("%b", "mmm").replace("%B", "mmm");
        let name = name.to_lowercase();
        let name = name.split_once("hh:").map_or(name.as_str(), |(day, _)| day).trim();
        // The signs beside the name of a month do not matter.
        let spaced = name.replace(['-', '/', '.', ','], " ");
        let spaced = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_it = |format: &Self| {
            format.name() == name || (spaced.contains("mmm") && format.name() == spaced)
        };
        Self::ALL.into_iter().find(is_it)
    }

    pub(super) fn all_names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    /// The formats with the numbers in the same order, as the first of them.
    pub(super) fn order(self) -> Self {
        match self {
            Self::YearSlash | Self::YearPoint => Self::YearDash,
            Self::DaySlash | Self::DayPoint => Self::DayDash,
            Self::MonthSlash => Self::MonthDash,
            Self::ShortDaySlash | Self::ShortDayPoint => Self::ShortDayDash,
            Self::ShortMonthSlash => Self::ShortMonthDash,
            Self::ShortYearSlash => Self::ShortYearDash,
            other => other,
        }
    }

    pub(super) const fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

/// What one value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Seen {
    /// The formats under which it is a day, as bits; [`Format::COUNTS`] too.
    pub fits: u32,
    /// The formats whose pattern it has, whether the day exists or not; never
    /// [`Format::COUNTS`].
    pub pattern: u32,
    /// Whether it is another day when its numbers are taken in another order.
    pub order_matters: bool,
    /// Whether it is one of the days that systems write for none.
    pub placeholder: bool,
    /// The time behind it.
    pub clock: Clock,
}

/// Looks at a trimmed value; `zone` is the declared one.
pub(super) fn look(bytes: &[u8], zone: Option<Tz>) -> Seen {
    let mut seen = Seen { fits: counts(bytes), ..Seen::default() };
    let Some(parts) = parts(bytes) else { return seen };
    seen.placeholder = parts.is_placeholder();
    for format in parts.candidates() {
        seen.pattern |= format.bit();
        let Some(day) = parts.read(*format).filter(|_| !seen.placeholder) else { continue };
        seen.fits |= format.bit();
        // Where day and month could be exchanged, clocks that only one of the readings
        // sees changed are no evidence; the day is the same either way.
        let clock = parts.time.clock(day, zone);
        let disagree = seen.clock != Clock::None && seen.clock != clock;
        seen.clock = if disagree { Clock::Local } else { clock };
    }
    let [first, second, third] = parts.numbers;
    seen.order_matters = match parts.candidates().len() {
        0 | 1 => false,
        2 => first != second,
        _ => first != second || first != third,
    };
    seen
}

/// Days since 1970-01-01 of a trimmed value, where it is a day in that format; a moment
/// is taken to the declared zone.
pub(super) fn days(bytes: &[u8], format: Format, zone: Option<Tz>) -> Option<i32> {
    if format.bit() & Format::COUNTS != 0 {
        return counted(bytes, format, zone);
    }
    let parts = parts(bytes)?;
    // The sign between the numbers may differ where their order is the same.
    let alike = parts.candidates().iter().find(|candidate| candidate.order() == format.order());
    let written = parts.read(*alike.filter(|_| !parts.is_placeholder())?)?;
    parts.time.day(written, zone)
}

/// The first and the last day of the calendar years 1990 to 2050, since 1970-01-01.
/// Beyond them a count of days is not taken for a day.
const COUNTED: std::ops::RangeInclusive<i64> = 7_305..=29_584;
/// 1970-01-01 in a spreadsheet that begins with 1900.
const EXCEL_EPOCH: i64 = 25_569;
const DAY_SECONDS: i64 = 86_400;

/// The formats of [`Format::COUNTS`] under which a value is a day of 1990 to 2050.
fn counts(bytes: &[u8]) -> u32 {
    let Some((whole, _)) = whole_and_fraction(bytes) else { return 0 };
    let day = |format: Format| match format {
        Format::Excel => whole - EXCEL_EPOCH,
        Format::Seconds => whole.div_euclid(DAY_SECONDS),
        _ => whole.div_euclid(DAY_SECONDS * 1000),
    };
    [Format::Excel, Format::Seconds, Format::Milliseconds]
        .into_iter()
        .filter(|format| COUNTED.contains(&day(*format)))
        .fold(0, |bits, format| bits | format.bit())
}

/// A number of 5 to 13 digits, with or without a fraction.
fn whole_and_fraction(bytes: &[u8]) -> Option<(i64, &[u8])> {
    if bytes.len() < 5 || !bytes[0].is_ascii_digit() {
        return None;
    }
    let n = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sound = match bytes.get(n..)? {
        [] => true,
        [b'.', fraction @ ..] => fraction.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if !sound || !(5..=13).contains(&n) {
        return None;
    }
    let whole = bytes[..n].iter().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some((whole, &bytes[n..]))
}

/// A day counted from a first one.
fn counted(bytes: &[u8], format: Format, zone: Option<Tz>) -> Option<i32> {
    let (whole, _) = whole_and_fraction(bytes)?;
    if counts(bytes) & format.bit() == 0 {
        return None;
    }
    let seconds = match format {
        Format::Excel => return i32::try_from(whole - EXCEL_EPOCH).ok(),
        Format::Seconds => whole,
        _ => whole.div_euclid(1000),
    };
    local_day(seconds, zone.unwrap_or(Tz::UTC))
}

/// Three numbers and what stands between them.
struct Parts {
    numbers: [i32; 3],
    way: Way,
    time: Time,
}

/// How the three numbers are written.
enum Way {
    Digits,
    DigitsTime,
    /// The year, month and day are known from the word.
    Word(Order),
    /// How many digits the first and the last have, and the sign between them.
    Signs(usize, usize, u8),
}

impl Parts {
    fn candidates(&self) -> &'static [Format] {
        match self.way {
            Way::Digits => &[Format::Digits],
            Way::DigitsTime => &[Format::DigitsTime],
            Way::Word(Order::DayFirst) => &[Format::DayName],
            Way::Word(Order::DayFirstShort) => &[Format::ShortDayName],
            Way::Word(Order::MonthFirst) => &[Format::MonthName],
            Way::Word(Order::YearFirst) => &[Format::YearName],
            Way::Word(Order::Han) => &[Format::Han],
            Way::Signs(4, _, b'-') => &[Format::YearDash],
            Way::Signs(4, _, b'/') => &[Format::YearSlash],
            Way::Signs(4, ..) => &[Format::YearPoint],
            Way::Signs(_, 4, b'-') => &[Format::DayDash, Format::MonthDash],
            Way::Signs(_, 4, b'/') => &[Format::DaySlash, Format::MonthSlash],
            Way::Signs(_, 4, _) => &[Format::DayPoint],
            // A year is written with two digits at least, a day with one.
            Way::Signs(2, _, b'-') => {
                &[Format::ShortDayDash, Format::ShortMonthDash, Format::ShortYearDash]
            }
            Way::Signs(2, _, b'/') => {
                &[Format::ShortDaySlash, Format::ShortMonthSlash, Format::ShortYearSlash]
            }
            Way::Signs(_, _, b'-') => &[Format::ShortDayDash, Format::ShortMonthDash],
            Way::Signs(_, _, b'/') => &[Format::ShortDaySlash, Format::ShortMonthSlash],
            Way::Signs(..) => &[Format::ShortDayPoint],
        }
    }

    fn read(&self, format: Format) -> Option<i32> {
        let [a, b, c] = self.numbers;
        // Two digits of a year as POSIX reads them: 69 is 1969, 68 is 2068.
        let short = |year: i32| if year < 69 { 2000 + year } else { 1900 + year };
        let (year, month, day) = match format {
            Format::DayDash | Format::DaySlash | Format::DayPoint => (c, b, a),
            Format::MonthDash | Format::MonthSlash => (c, a, b),
            Format::ShortDayDash | Format::ShortDaySlash | Format::ShortDayPoint => {
                (short(c), b, a)
            }
            Format::ShortMonthDash | Format::ShortMonthSlash => (short(c), a, b),
            Format::ShortYearDash | Format::ShortYearSlash | Format::ShortDayName => {
                (short(a), b, c)
            }
            _ => (a, b, c),
        };
        since_epoch(year, month, day)
    }

    /// 0000-00-00, 1900-01-01 or 9999-12-31, in whatever order.
    fn is_placeholder(&self) -> bool {
        let mut numbers = self.numbers;
        numbers.sort_unstable();
        let four_digits = match self.way {
            Way::Signs(first, last, _) => first == 4 || last == 4,
            Way::Word(order) => order != Order::DayFirstShort,
            Way::Digits | Way::DigitsTime => true,
        };
        four_digits && matches!(numbers, [0, 0, 0] | [1, 1, 1900] | [12, 31, 9999])
    }
}

/// Splits a value; `None` where it has no pattern of a day.
fn parts(bytes: &[u8]) -> Option<Parts> {
    let may_be = (6..=48).contains(&bytes.len()) && bytes[0].is_ascii_alphanumeric();
    if !may_be || !bytes.iter().any(u8::is_ascii_digit) {
        return None;
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return of_digits(bytes);
    }
    signs(bytes).or_else(|| {
        let spelled = month::spelled(bytes)?;
        let time = Time::read(spelled.rest)?;
        Some(Parts { numbers: spelled.numbers, way: Way::Word(spelled.order), time })
    })
}

/// `yyyymmdd`, also with hours and minutes, and seconds.
fn of_digits(bytes: &[u8]) -> Option<Parts> {
    let (way, time) = match bytes.len() {
        8 => (Way::Digits, Time::default()),
        12 | 14 => (Way::DigitsTime, Time::of_digits(&bytes[8..])?),
        _ => return None,
    };
    let numbers = [number(&bytes[..4]), number(&bytes[4..6]), number(&bytes[6..8])];
    Some(Parts { numbers, way, time })
}

/// Three numbers with the same sign between them.
fn signs(bytes: &[u8]) -> Option<Parts> {
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
    if !matches!((first, second, last), (4, 1..=2, 1..=2) | (1..=2, 1..=2, 4 | 2)) {
        return None;
    }
    let time = Time::read(&bytes[end..])?;
    let numbers = [
        number(&bytes[..first]),
        number(&bytes[first + 1..second_end]),
        number(&bytes[second_end + 1..end]),
    ];
    Some(Parts { numbers, way: Way::Signs(first, last, separator), time })
}

fn number(digits: &[u8]) -> i32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'))
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
            ("04-Sep-12", Format::ShortDayName, 15_587),
            ("4 September 2012 08:26", Format::DayName, 15_587),
            ("Sep 4, 2012", Format::MonthName, 15_587),
            ("2012-Sep-04", Format::YearName, 15_587),
            ("2012年9月4日", Format::Han, 15_587),
            ("20120904082600", Format::DigitsTime, 15_587),
            ("201209040826", Format::DigitsTime, 15_587),
            ("9/4/2012 8:26 PM", Format::MonthSlash, 15_587),
            ("41156", Format::Excel, 15_587),
            ("41156.351388", Format::Excel, 15_587),
            ("1346747160", Format::Seconds, 15_587),
            ("1346747160000", Format::Milliseconds, 15_587),
        ] {
            assert_eq!(days(text.as_bytes(), format, None), Some(expected), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_have_a_pattern_but_fit_nothing() {
        for text in ["2024-02-30", "2023-02-29", "32/13/2020", "31-Feb-2020", "20240230"] {
            let seen = look(text.as_bytes(), None);
            assert!(seen.pattern != 0 && seen.fits & !Format::COUNTS == 0, "{text}");
            assert!(!seen.placeholder, "{text}");
        }
    }

    #[test]
    fn days_that_systems_write_for_none_fit_nothing() {
        for text in [
            "0000-00-00",
            "1900-01-01",
            "9999-12-31",
            "01/01/1900",
            "12/31/9999",
            "31.12.9999",
            "0000-00-00 00:00:00",
            "1900-01-01T00:00:00Z",
            "01-Jan-1900",
            "99991231",
        ] {
            let seen = look(text.as_bytes(), None);
            assert!(seen.pattern != 0 && seen.fits == 0 && seen.placeholder, "{text}");
            for format in Format::ALL {
                assert_eq!(days(text.as_bytes(), format, None), None, "{text}");
            }
        }
        for text in ["1900-01-02", "2000-01-01", "01-01-00"] {
            assert!(!look(text.as_bytes(), None).placeholder, "{text}");
        }
    }

    #[test]
    fn day_and_month_are_both_possible_up_to_twelve() {
        let both = Format::DaySlash.bit() | Format::MonthSlash.bit();
        assert_eq!(look(b"02/03/2004", None).fits, both);
        assert!(look(b"02/03/2004", None).order_matters);
        assert_eq!(look(b"13/03/2004", None).fits, Format::DaySlash.bit());
        assert!(!look(b"03/03/2004", None).order_matters);
    }

    #[test]
    fn a_year_of_two_digits_may_stand_first_but_not_with_one() {
        let all =
            Format::ShortDayDash.bit() | Format::ShortMonthDash.bit() | Format::ShortYearDash.bit();
        assert_eq!(look(b"02-03-04", None).fits, all);
        assert_eq!(look(b"2-03-04", None).fits, all & !Format::ShortYearDash.bit());
        // Day 20 of October 2016, or day 16 of October 2020.
        let two = Format::ShortDayDash.bit() | Format::ShortYearDash.bit();
        assert_eq!(look(b"20-10-16", None).fits, two);
        assert!(!look(b"04-04-04", None).order_matters);
    }

    #[test]
    fn what_is_no_day_has_no_pattern() {
        for text in ["415-382-4657", "12:30", "1.2.3", "2020", "12-34", "2020-01-01x", "-1-1-2020"]
        {
            assert_eq!(look(text.as_bytes(), None), Seen::default(), "{text}");
        }
    }

    #[test]
    fn numbers_that_count_days_are_told_by_their_size() {
        for (text, expected) in [
            ("45292", Format::Excel.bit()),
            ("45292.75", Format::Excel.bit()),
            ("1704067200", Format::Seconds.bit()),
            ("1704067200000", Format::Milliseconds.bit()),
            // 1989-12-31 and 2051-01-01 in a spreadsheet.
            ("32873", 0),
            ("55154", 0),
            ("17850", 0),
            ("9007199254740993", 0),
        ] {
            let seen = look(text.as_bytes(), None);
            assert_eq!((seen.fits, seen.pattern), (expected, 0), "{text}");
        }
        let in_berlin = days(b"1719790200", Format::Seconds, Some(Tz::Europe__Berlin));
        // 2024-06-30T23:30Z.
        assert_eq!(in_berlin, Some(19_905));
        assert_eq!(days(b"1719790200", Format::Seconds, None), Some(19_904));
    }

    #[test]
    fn a_moment_is_taken_to_the_declared_zone() {
        let zone = Some(Tz::Europe__Berlin);
        let day = |text: &str, zone| days(text.as_bytes(), Format::YearDash, zone);
        assert_eq!(day("2024-06-30T23:30:00Z", zone), Some(19_905));
        assert_eq!(day("2024-06-30T23:30:00Z", None), Some(19_904));
        assert_eq!(day("2024-06-30 23:30", zone), Some(19_904));
        assert_eq!(look(b"2024-03-31 02:30", zone).clock, Clock::Skipped);
        assert_eq!(look(b"31/03/2024 02:30", zone).clock, Clock::Skipped);
        assert_eq!(look(b"2024-10-27 02:30", zone).clock, Clock::Twice);
        assert_eq!(look(b"2024-10-27", zone).clock, Clock::None);
    }

    #[test]
    fn names_are_found_in_both_spellings() {
        assert_eq!(Format::named("dd/mm/yyyy"), Some(Format::DaySlash));
        assert_eq!(Format::named("%d/%m/%Y"), Some(Format::DaySlash));
        assert_eq!(Format::named("DD-MM-YYYY"), Some(Format::DayDash));
        assert_eq!(Format::named("%Y-%m-%d %H:%M:%S"), Some(Format::YearDash));
        assert_eq!(Format::named("%Y-%m-%dT%H:%M"), Some(Format::YearDash));
        assert_eq!(Format::named("dd/mm/yyyy hh:mm"), Some(Format::DaySlash));
        assert_eq!(Format::named("%d-%b-%y"), Some(Format::ShortDayName));
        assert_eq!(Format::named("%B %d, %Y"), Some(Format::MonthName));
        assert_eq!(Format::named("epoch-ms"), Some(Format::Milliseconds));
        assert_eq!(Format::named("whatever"), None);
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
        }
    }

    mod property {
        use proptest::prelude::*;

        use super::super::*;

        /// A day and a time in every spelling that is read, with the format.
        fn spellings(day: Day, (hour, minute): (u32, u32)) -> Vec<(String, Format)> {
            const NAMES: [&str; 12] = [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ];
            let (y, m, d) = day.civil();
            let short = y.rem_euclid(100);
            let name = NAMES[m as usize - 1];
            let (half, twelve) = if hour < 12 { ("AM", hour) } else { ("PM", hour - 12) };
            let twelve = if twelve == 0 { 12 } else { twelve };
            let epoch =
                i64::from(day.since_epoch()) * 86_400 + i64::from(hour * 3600 + minute * 60);
            vec![
                (format!("{y:04}-{m:02}-{d:02}"), Format::YearDash),
                (format!("{y:04}-{m:02}-{d:02}T{hour:02}:{minute:02}:00Z"), Format::YearDash),
                (format!("{y:04}/{m}/{d} {twelve}:{minute:02} {half}"), Format::YearSlash),
                (format!("{y:04}.{m:02}.{d:02}"), Format::YearPoint),
                (format!("{d:02}-{m:02}-{y:04}"), Format::DayDash),
                (format!("{m:02}-{d:02}-{y:04}"), Format::MonthDash),
                (format!("{d}/{m}/{y:04} {hour}:{minute:02}"), Format::DaySlash),
                (format!("{m}/{d}/{y:04}"), Format::MonthSlash),
                (format!("{d:02}.{m:02}.{y:04} {hour:02}:{minute:02}:59"), Format::DayPoint),
                (format!("{d:02}-{m:02}-{short:02}"), Format::ShortDayDash),
                (format!("{m:02}-{d:02}-{short:02}"), Format::ShortMonthDash),
                (format!("{d:02}/{m:02}/{short:02}"), Format::ShortDaySlash),
                (format!("{short:02}-{m:02}-{d:02}"), Format::ShortYearDash),
                (format!("{short:02}/{m:02}/{d:02} {hour}:{minute:02}"), Format::ShortYearSlash),
                (format!("{m}/{d}/{short:02}"), Format::ShortMonthSlash),
                (format!("{d}.{m}.{short:02}"), Format::ShortDayPoint),
                (format!("{d} {name} {y:04}"), Format::DayName),
                (format!("{d:02}-{name}-{short:02}"), Format::ShortDayName),
                (format!("{name} {d}, {y:04} {hour}:{minute:02}"), Format::MonthName),
                (format!("{y:04}-{name}-{d:02}"), Format::YearName),
                (format!("{y:04}年{m}月{d}日"), Format::Han),
                (format!("{y:04}{m:02}{d:02}"), Format::Digits),
                (format!("{y:04}{m:02}{d:02}{hour:02}{minute:02}00"), Format::DigitsTime),
                (format!("{}", day.since_epoch() + 25_569), Format::Excel),
                (format!("{epoch}"), Format::Seconds),
                (format!("{epoch}999"), Format::Milliseconds),
            ]
        }

        proptest! {
            #[test]
            fn a_day_in_any_spelling_reads_back_exactly(
                // 1990-01-01 to 2050-12-31, as two digits of a year and counts allow.
                days_since in 7_305_i32..=29_584,
                hour in 0_u32..24,
                minute in 0_u32..60,
            ) {
                let day = Day::from_epoch(days_since).unwrap();
                for (text, format) in spellings(day, (hour, minute)) {
                    let seen = look(text.as_bytes(), None);
                    prop_assert!(seen.fits & format.bit() != 0, "{}", text);
                    prop_assert_eq!(days(text.as_bytes(), format, None), Some(days_since), "{}", text);
                }
            }

            #[test]
            fn no_text_makes_it_panic(text in "[0-9a-zA-Z年月日:./, +-]{0,30}", other in "\\PC{0,20}") {
                for text in [text, other] {
                    let seen = look(text.as_bytes(), Some(Tz::Europe__Berlin));
                    for format in Format::ALL {
                        let read = days(text.as_bytes(), format, Some(Tz::Europe__Berlin));
                        let alike = Format::ALL.into_iter().filter(|f| f.order() == format.order());
                        let bits = alike.fold(0, |bits, format| bits | format.bit());
                        prop_assert_eq!(read.is_some(), seen.fits & bits != 0, "{}", text);
                    }
                }
            }
        }
    }
}
