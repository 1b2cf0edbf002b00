//! The time of day behind a day, and what it says of the day: a time in another zone
//! can belong to the day before or after.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// Which clock a time was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Clock {
    /// No time is given.
    #[default]
    None,
    /// A time without a zone.
    Local,
    /// As [`Clock::Local`], but the clocks of the declared zone skipped it.
    Skipped,
    /// As [`Clock::Local`], but the clocks of the declared zone showed it twice.
    Twice,
    /// A time marked `Z`, `UTC` or `GMT`.
    Utc,
    /// A time with its distance from UTC, such as `+02:00`.
    Offset,
}

impl Clock {
    /// Whether the moment is known without a declared zone.
    pub(super) fn is_zoned(self) -> bool {
        matches!(self, Self::Utc | Self::Offset)
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Time {
    /// Since midnight, as written.
    seconds: i32,
    /// Seconds that the clock is ahead of UTC.
    ahead: i32,
    clock: Clock,
}

const DAY: i64 = 86_400;

impl Time {
    /// What follows a day: nothing, or a time such as ` 08:26`, `T08:26:00.000Z`,
    /// `, 8:26 PM`, ` 08:26:00 +02:00`; `None` where it is something else.
    pub(super) fn read(rest: &[u8]) -> Option<Self> {
        if rest.is_empty() {
            return Some(Self::default());
        }
        let rest = rest.strip_prefix(b",").unwrap_or(rest);
        let rest = match rest {
            [b'T', rest @ ..] => rest,
            [b' ', ..] => skip_blanks(rest),
            _ => return None,
        };
        let (hour, rest) = digits(rest, 1..=2)?;
        let (minute, rest) = digits(rest.strip_prefix(b":")?, 1..=2)?;
        let (second, rest) = match rest.strip_prefix(b":") {
            Some(rest) => {
                let (second, rest) = digits(rest, 1..=2)?;
                (second, skip_fraction(rest)?)
            }
            None => (0, rest),
        };
        let (hour, rest) = half_day(hour, skip_blanks(rest))?;
        // A leap second is written 60.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (clock, ahead) = zone(skip_blanks(rest))?;
        Some(Self { seconds: hour * 3600 + minute * 60 + second, ahead, clock })
    }

    /// The time of day of six or four digits.
    pub(super) fn of_digits(digits: &[u8]) -> Option<Self> {
        let part = |at: usize| {
            let two = digits.get(at..at + 2)?;
            let sound = two.iter().all(u8::is_ascii_digit);
            sound.then(|| i32::from(two[0] - b'0') * 10 + i32::from(two[1] - b'0'))
        };
        let (hour, minute, second) = (part(0)?, part(2)?, part(4).unwrap_or(0));
        let seconds = hour * 3600 + minute * 60 + second;
        let sound = hour <= 23 && minute <= 59 && second <= 60;
        sound.then_some(Self { seconds, ahead: 0, clock: Clock::Local })
    }

    /// The clock of a time on `day` (since 1970-01-01), seen from the declared zone.
    pub(super) fn clock(self, day: i32, zone: Option<Tz>) -> Clock {
        let Some(zone) = zone.filter(|_| self.clock == Clock::Local) else { return self.clock };
        let written = i64::from(day) * DAY + i64::from(self.seconds);
        let Some(written) = DateTime::from_timestamp(written, 0) else { return self.clock };
        let possible = zone.offset_from_local_datetime(&written.naive_utc());
        match (possible.earliest(), possible.single()) {
            (None, _) => Clock::Skipped,
            (Some(_), None) => Clock::Twice,
            (Some(_), Some(_)) => Clock::Local,
        }
    }

    /// The local day, given the day as it is written. Without a declared zone every time
    /// belongs to the day that is written with it.
    pub(super) fn day(self, written: i32, zone: Option<Tz>) -> Option<i32> {
        match zone {
            Some(zone) if self.clock.is_zoned() => {
                let seconds = i64::from(written) * DAY + i64::from(self.seconds);
                local_day(seconds - i64::from(self.ahead), zone)
            }
            _ => Some(written),
        }
    }
}

/// The day, since 1970-01-01, on which a moment (seconds since then in UTC) falls in a
/// zone; `None` far outside the years that a calendar knows.
pub(super) fn local_day(seconds: i64, zone: Tz) -> Option<i32> {
    let moment = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    let ahead = zone.offset_from_utc_datetime(&moment).fix().local_minus_utc();
    i32::try_from((seconds + i64::from(ahead)).div_euclid(DAY)).ok()
}

fn skip_blanks(mut rest: &[u8]) -> &[u8] {
    while let [b' ', tail @ ..] = rest {
        rest = tail;
    }
    rest
}

/// A number of so many digits, and what follows.
fn digits(rest: &[u8], sizes: std::ops::RangeInclusive<usize>) -> Option<(i32, &[u8])> {
    let n = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let value = rest[..n].iter().take(4).fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'));
    sizes.contains(&n).then_some((value, &rest[n..]))
}

/// Fractions of a second do not matter to the day.
fn skip_fraction(rest: &[u8]) -> Option<&[u8]> {
    let [b'.' | b',', tail @ ..] = rest else { return Some(rest) };
    let n = tail.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=9).contains(&n).then(|| &tail[n..])
}

/// The hour of 24 where the hour is one of 12.
fn half_day(hour: i32, rest: &[u8]) -> Option<(i32, &[u8])> {
    let [half, tail @ ..] = rest else { return Some((hour, rest)) };
    let is_after_noon = match half.to_ascii_lowercase() {
        b'a' => false,
        b'p' => true,
        _ => return Some((hour, rest)),
    };
    let tail = tail.strip_prefix(b".").unwrap_or(tail);
    let tail = tail.strip_prefix(b"M").or(tail.strip_prefix(b"m"))?;
    let tail = tail.strip_prefix(b".").unwrap_or(tail);
    let hour = (1..=12).contains(&hour).then_some(hour % 12)?;
    Some((if is_after_noon { hour + 12 } else { hour }, tail))
}

/// The zone at the end: nothing, a name of UTC, or hours and minutes from it.
fn zone(rest: &[u8]) -> Option<(Clock, i32)> {
    match rest {
        [] => return Some((Clock::Local, 0)),
        b"Z" | b"z" | b"UTC" | b"GMT" => return Some((Clock::Utc, 0)),
        _ => {}
    }
    let (sign, rest) = match rest {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match digits(rest, 2..=2) {
        Some((hours, [])) => (hours, 0),
        Some((hours, [b':', minutes @ ..])) => match digits(minutes, 2..=2)? {
            (minutes, []) => (hours, minutes),
            _ => return None,
        },
        _ => match digits(rest, 4..=4)? {
            (both, []) => (both / 100, both % 100),
            _ => return None,
        },
    };
    // From -12:00 to +14:00.
    let sound = hours <= 14 && minutes <= 59;
    sound.then_some((Clock::Offset, sign * (hours * 3600 + minutes * 60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rest: &str) -> Option<(i32, i32, Clock)> {
        Time::read(rest.as_bytes()).map(|time| (time.seconds, time.ahead, time.clock))
    }

    #[test]
    fn times_are_read_in_every_spelling() {
        let morning = 8 * 3600 + 26 * 60;
        for (text, seconds, ahead, clock) in [
            ("", 0, 0, Clock::None),
            (" 08:26", morning, 0, Clock::Local),
            ("T08:26:07", morning + 7, 0, Clock::Local),
            (" 8:26 PM", morning + 43_200, 0, Clock::Local),
            (", 8:26:00 p.m.", morning + 43_200, 0, Clock::Local),
            (" 12:00 AM", 0, 0, Clock::Local),
            (" 12:00PM", 43_200, 0, Clock::Local),
            ("T08:26:00.123456789Z", morning, 0, Clock::Utc),
            (" 08:26:00 UTC", morning, 0, Clock::Utc),
            ("T08:26:00+02:00", morning, 7_200, Clock::Offset),
            (" 08:26:00 -0530", morning, -19_800, Clock::Offset),
            ("T08:26+01", morning, 3_600, Clock::Offset),
        ] {
            assert_eq!(read(text), Some((seconds, ahead, clock)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "x",
            " ",
            "T",
            " 8",
            " 24:00",
            " 08:60",
            " 08:26:61",
            " 13:00 PM",
            " 0:30 AM",
            " 08:26x",
            " 08:26 PX",
            "T08:26:00.",
            "T08:26+2",
            "T08:26+15:00",
            "T08:26+02:00x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_belongs_to_the_day_of_its_zone() {
        // 2024-06-30T23:30Z is 01:30 on 1 July in Berlin; 1 July 2024 is day 19,905.
        let late = Time::read(b"T23:30:00Z").unwrap();
        assert_eq!(late.day(19_904, Some(Tz::Europe__Berlin)), Some(19_905));
        assert_eq!(late.day(19_904, Some(Tz::America__New_York)), Some(19_904));
        assert_eq!(late.day(19_904, None), Some(19_904));
        let early = Time::read(b"T00:30:00+02:00").unwrap();
        assert_eq!(early.day(19_905, Some(Tz::UTC)), Some(19_904));
        assert_eq!(early.day(19_905, Some(Tz::Europe__Berlin)), Some(19_905));
        let local = Time::read(b" 23:59").unwrap();
        assert_eq!(local.day(19_904, Some(Tz::Asia__Tokyo)), Some(19_904));
    }

    #[test]
    fn clocks_skip_an_hour_in_spring_and_repeat_one_in_autumn() {
        // Berlin 2024: 31 March (day 19,813) 02:00 to 03:00, 27 October (day 20,023) again.
        let zone = Some(Tz::Europe__Berlin);
        let at = |text: &[u8], day: i32| Time::read(text).unwrap().clock(day, zone);
        assert_eq!(at(b" 02:30", 19_813), Clock::Skipped);
        assert_eq!(at(b" 03:00", 19_813), Clock::Local);
        assert_eq!(at(b" 02:30", 20_023), Clock::Twice);
        assert_eq!(at(b" 02:30Z", 19_813), Clock::Utc);
        assert_eq!(at(b"", 19_813), Clock::None);
        assert_eq!(Time::read(b" 02:30").unwrap().clock(19_813, None), Clock::Local);
    }
}
