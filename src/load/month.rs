//! Days whose month is a word: in English and in the languages of the reports.

/// The months in full, January first: English, Danish, Norwegian, Romanian.
const FULL: [[&str; 12]; 4] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    [
        "ianuarie",
        "februarie",
        "martie",
        "aprilie",
        "mai",
        "iunie",
        "iulie",
        "august",
        "septembrie",
        "octombrie",
        "noiembrie",
        "decembrie",
    ],
];

/// The months in three or four letters, in the same languages.
const SHORT: [[&str; 12]; 4] = [
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sept", "okt", "nov", "dec"],
    ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"],
    ["ian", "feb", "mar", "apr", "mai", "iun", "iul", "aug", "sept", "oct", "noi", "dec"],
];

/// The days of the week as they stand before a day, Monday first.
const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The order in which day, month and year are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// `1-Dec-2010`.
    DayFirst,
    /// `1-Dec-10`.
    DayFirstShort,
    /// `Dec 1, 2010`.
    MonthFirst,
    /// `2010-Dec-01`.
    YearFirst,
    /// `2010年12月1日`.
    Han,
}

/// A day in three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled<'a> {
    pub order: Order,
    /// Year (two digits where the order says so), month, day.
    pub numbers: [i32; 3],
    /// What follows, such as a time of day.
    pub rest: &'a [u8],
}

/// Reads a day whose month is a word; `None` where it is none.
pub(super) fn spelled(bytes: &[u8]) -> Option<Spelled<'_>> {
    if !bytes.iter().any(u8::is_ascii_alphabetic) {
        return han(bytes);
    }
    let (first, rest) = token(weekday_off(bytes))?;
    let (second, rest) = token(between(rest)?)?;
    let (third, rest) = token(between(rest)?)?;
    let (order, numbers) = match (first, second, third) {
        (Token::Number(day, 1..=2), Token::Month(month), Token::Number(year, 4)) => {
            (Order::DayFirst, [year, month, day])
        }
        (Token::Number(day, 1..=2), Token::Month(month), Token::Number(year, 2)) => {
            (Order::DayFirstShort, [year, month, day])
        }
        (Token::Month(month), Token::Number(day, 1..=2), Token::Number(year, 4)) => {
            (Order::MonthFirst, [year, month, day])
        }
        (Token::Number(year, 4), Token::Month(month), Token::Number(day, 1..=2)) => {
            (Order::YearFirst, [year, month, day])
        }
        _ => return None,
    };
    Some(Spelled { order, numbers, rest })
}

enum Token {
    /// A number and how many digits it has.
    Number(i32, usize),
    /// 1 to 12.
    Month(i32),
}

/// A number, also `1st`, or the name of a month, also `Dec.`.
fn token(bytes: &[u8]) -> Option<(Token, &[u8])> {
    let n = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if n > 4 {
        return None;
    }
    if n > 0 {
        let value = bytes[..n].iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'));
        let rest = &bytes[n..];
        let ordinal = rest.get(..2).is_some_and(|two| {
            [b"st", b"nd", b"rd", b"th"].iter().any(|end| two.eq_ignore_ascii_case(*end))
        });
        return Some((Token::Number(value, n), if ordinal { &rest[2..] } else { rest }));
    }
    let n = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, rest) = bytes.split_at(n);
    let month = FULL.iter().chain(&SHORT).find_map(|months| {
        months.iter().position(|month| word.eq_ignore_ascii_case(month.as_bytes()))
    })?;
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    Some((Token::Month(i32::try_from(month).ok()? + 1), rest))
}

/// What follows the sign between two parts.
fn between(bytes: &[u8]) -> Option<&[u8]> {
    let n =
        bytes.iter().take_while(|byte| matches!(byte, b' ' | b'-' | b'/' | b'.' | b',')).count();
    (1..=2).contains(&n).then(|| &bytes[n..])
}

/// `Wed, 01 Dec 2010` without the day of the week.
fn weekday_off(bytes: &[u8]) -> &[u8] {
    let n = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, rest) = bytes.split_at(n);
    let is_weekday = n >= 3
        && WEEKDAYS.iter().any(|day| {
            day.as_bytes().get(..n).is_some_and(|start| word.eq_ignore_ascii_case(start))
                && (n == 3 || n == day.len())
        });
    if is_weekday { between(rest).unwrap_or(bytes) } else { bytes }
}

/// `2010年12月1日`.
fn han(bytes: &[u8]) -> Option<Spelled<'_>> {
    // Most texts do not begin with four digits.
    let starts = bytes.len() >= 14 && bytes[..4].iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(bytes).ok().filter(|_| starts)?;
    let (year, text) = text.split_once('年')?;
    let (month, text) = text.split_once('月')?;
    let (day, rest) = text.split_once(['日', '号'])?;
    let number = |part: &str, sizes: std::ops::RangeInclusive<usize>| {
        let digits = sizes.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| digits)
    };
    let numbers = [number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?];
    Some(Spelled { order: Order::Han, numbers, rest: rest.as_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_and_language_is_read() {
        for (text, order, rest) in [
            ("01-Dec-2010", Order::DayFirst, ""),
            ("1 December 2010 08:26", Order::DayFirst, " 08:26"),
            ("1. desember 2010", Order::DayFirst, ""),
            ("1. DEC. 2010", Order::DayFirst, ""),
            ("1 decembrie 2010", Order::DayFirst, ""),
            ("Wed, 01 Dec 2010", Order::DayFirst, ""),
            ("Wednesday 1st December 2010", Order::DayFirst, ""),
            ("01-DEC-10", Order::DayFirstShort, ""),
            ("Dec 1, 2010", Order::MonthFirst, ""),
            ("December 1st, 2010, 8:26 AM", Order::MonthFirst, ", 8:26 AM"),
            ("2010-Dec-01", Order::YearFirst, ""),
            ("2010年12月1日", Order::Han, ""),
            ("2010年12月01日 08:26", Order::Han, " 08:26"),
        ] {
            let short = order == Order::DayFirstShort;
            let numbers = [if short { 10 } else { 2010 }, 12, 1];
            let expected = Spelled { order, numbers, rest: rest.as_bytes() };
            assert_eq!(spelled(text.as_bytes()), Some(expected), "{text}");
        }
    }

    #[test]
    fn every_month_of_every_language_is_its_number() {
        for months in FULL.iter().chain(&SHORT) {
            for (at, month) in (1..).zip(months) {
                let text = format!("3 {month} 2021");
                assert_eq!(spelled(text.as_bytes()).unwrap().numbers, [2021, at, 3], "{text}");
            }
        }
    }

    #[test]
    fn other_words_are_no_months() {
        for text in [
            "Mar",
            "May 5",
            "5 May",
            "5 Mayor 2010",
            "12 May 20100",
            "Size 10 2010",
            "A1-Dec-2010",
            "Mon 2010",
            "1Dec2010",
            "1--- Dec 2010",
            "年月日",
            "2010年12月",
            "",
        ] {
            assert_eq!(spelled(text.as_bytes()), None, "{text}");
        }
    }
}
