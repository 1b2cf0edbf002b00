//! The short way for the spellings that nearly all cells have: plain numbers, and words
//! and times that can be nothing else. What is not certain at a glance is `None`, and the
//! long way decides; where the short way answers, it answers as the long way does.
//!
//! # References
//!
//! Clinger, W. D. (1990). How to Read Floating Point Numbers Accurately. PLDI '90, 92-101,
//! section 3: where digits and power of ten are both exact doubles, one division is
//! rounded correctly.
//!
//! Langdale, G. and Lemire, D. (2019). Parsing Gigabytes of JSON per Second. The VLDB
//! Journal 28, 941-960, section 3.2.1 (number parsing): eight digits by three products.

use super::distinct;
use super::dress::begins_with_currency;
use super::number::{DECIMALS_OF_MONEY, Form};

/// Above this, whole numbers are no longer exact doubles.
const EXACT: u64 = 1 << 53;
/// 10^22 is the last power of ten that is an exact double; 17 digits need no more.
const POWERS: [f64; 18] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17,
];
/// The same as whole numbers.
const TENS: [u64; 18] = {
    let mut tens = [1; 18];
    let mut n = 1;
    while n < tens.len() {
        tens[n] = 10 * tens[n - 1];
        n += 1;
    }
    tens
};

/// A number of digits, at most one decimal sign between them, and perhaps a minus.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plain {
    /// Digits before the decimal sign.
    pub n_whole: usize,
    /// Digits behind the decimal sign, where there is one.
    pub n_decimals: Option<usize>,
    /// All digits as one number.
    pub digits: u64,
    /// Whether it is marked by a minus, which zero may be.
    pub negative: bool,
    /// Whether it begins with a zero that another digit follows.
    pub padded: bool,
}

impl Plain {
    /// The number with these digits and so many decimals, without a point where there are
    /// none, and with no more zeros before the point than one.
    pub(super) fn of(digits: u64, n_decimals: usize, negative: bool) -> Self {
        let n_digits = digits.checked_ilog10().map_or(1, |last| last as usize + 1);
        Self {
            n_whole: n_digits.saturating_sub(n_decimals).max(1),
            n_decimals: (n_decimals > 0).then_some(n_decimals),
            digits,
            negative,
            padded: false,
        }
    }

    /// Never minus zero.
    #[inline]
    pub(super) fn value(&self) -> f64 {
        value(self.digits, self.n_decimals.unwrap_or(0), self.negative)
    }

    /// Whether the value is at least so much, found without a division.
    #[inline]
    pub(super) fn is_at_least(&self, least: u64) -> bool {
        !self.negative && self.digits >= least.saturating_mul(TENS[self.n_decimals.unwrap_or(0)])
    }

    /// Digits behind the decimal sign, without zeros at the end.
    pub(super) fn decimals(&self) -> u8 {
        let (mut digits, mut left) = (self.digits, self.n_decimals.unwrap_or(0));
        while left > 0 && digits % 10 == 0 {
            (digits, left) = (digits / 10, left - 1);
        }
        // At most 17 digits.
        left as u8
    }

    /// Whether nothing stands behind the decimal sign but zeros.
    #[inline]
    pub(super) fn is_whole(&self) -> bool {
        self.n_decimals.is_none_or(|n| self.digits.is_multiple_of(TENS[n]))
    }
}

/// The number of these digits with so many decimals; never minus zero.
#[inline]
pub(super) fn value(digits: u64, n_decimals: usize, negative: bool) -> f64 {
    let whole = digits as f64;
    let value = if n_decimals == 0 { whole } else { whole / POWERS[n_decimals] };
    if negative && digits > 0 { -value } else { value }
}

/// The number of these digits with so many decimals, as [`value`] gives it; never minus zero.
#[inline]
pub(super) fn shifted(digits: i32, n_decimals: usize) -> f64 {
    // Division by 1 is exact.
    f64::from(digits) / POWERS[n_decimals]
}

/// Reads a trimmed cell whose decimal sign is `sign`.
#[inline]
pub(super) fn plain(cell: &[u8], sign: u8) -> Option<Plain> {
    let (negative, body) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    if !body.first()?.is_ascii_digit() || body.len() > POWERS.len() {
        return None;
    }
    let (digits, sign_at) = if body.len() <= 8 { word(body, sign)? } else { long(body, sign)? };
    let n_whole = sign_at.unwrap_or(body.len());
    let n_decimals = sign_at.map(|at| body.len() - at - 1);
    let padded = body[0] == b'0' && n_whole > 1;
    Some(Plain { n_whole, n_decimals, digits, negative, padded })
}

/// A number of at most eight bytes without its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    pub digits: u32,
    pub n_decimals: u32,
    /// Whether it begins with a zero that another digit follows.
    pub padded: bool,
    /// Whether nothing stands behind its decimal point but zeros; true without a point.
    pub whole: bool,
}

/// By how many digits there are, from 0 to 7: the highest bytes of a word.
const HIGHEST: [u64; 8] = {
    let mut highest = [0; 8];
    let mut n = 1;
    while n < 8 {
        highest[n] = u64::MAX << (64 - 8 * n);
        n += 1;
    }
    highest
};

/// The number in the first `n` bytes (1 to 8) of a word, the first the lowest, as [`plain`]
/// reads it with a decimal point.
#[inline]
pub(super) fn short(word: u64, n: u32) -> Option<Short> {
    const POINT: u8 = b'.' ^ b'0';
    let begins_with_zero = word as u8 == b'0';
    // The last byte becomes the highest; zeros stand before the first.
    let digits = (word ^ (ONES * u64::from(b'0'))) << (64 - 8 * n);
    let others = (digits.wrapping_add(ONES * 0x76) | digits) & HIGHS;
    if others == 0 {
        let padded = begins_with_zero && n > 1;
        return Some(Short { digits: joined(digits) as u32, n_decimals: 0, padded, whole: true });
    }
    // One byte is no digit, and it is a point; a digit stands before and behind it.
    let at = others.trailing_zeros() - 7;
    let n_decimals = (56 - at) / 8;
    let n_whole = n.wrapping_sub(n_decimals + 1);
    let is_point = (digits >> at) as u8 == POINT && others.is_power_of_two();
    if !is_point || n_decimals == 0 || n_whole == 0 {
        return None;
    }
    // What is below the point goes up by one byte.
    let below = (others >> 7) - 1;
    let digits = (digits & below) << 8 | digits & !(below << 8 | 0xFF);
    Some(Short {
        digits: joined(digits) as u32,
        n_decimals,
        padded: begins_with_zero && n_whole > 1,
        whole: digits & HIGHEST[n_decimals as usize % 8] == 0,
    })
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;

/// Eight digits as one number, the first the lowest byte: neighbours are joined, digits to
/// pairs, pairs to fours and eights.
#[inline]
fn joined(digits: u64) -> u64 {
    const PAIRS: u64 = 0x0000_00FF_0000_00FF;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let low = (pairs & PAIRS).wrapping_mul(100 + (1_000_000 << 32));
    let high = ((pairs >> 16) & PAIRS).wrapping_mul(1 + (10_000 << 32));
    low.wrapping_add(high) >> 32
}

/// The digits of up to eight bytes that begin with one, and where the decimal sign stands
/// among them, without a loop.
#[inline]
fn word(body: &[u8], sign: u8) -> Option<(u64, Option<usize>)> {
    let n = body.len();
    let word = distinct::word(body);
    // The lowest high bit stands in the first byte that is the sign: Mycroft's test for a
    // byte of zeros, exact up to the first.
    let other = word ^ (ONES * u64::from(sign));
    let hits = other.wrapping_sub(ONES) & !other & HIGHS;
    let (word, n, sign_at) = if hits == 0 {
        (word, n, None)
    } else {
        let at = hits.trailing_zeros() / 8;
        if at as usize + 1 == n {
            return None;
        }
        // It is not the first byte, so that no shift is by 64.
        let before = word & (u64::MAX >> (64 - 8 * at));
        (before | (word >> (8 * at) >> 8) << (8 * at), n - 1, Some(at as usize))
    };
    // Zeros go before the first digit until there are eight, the last in the highest byte.
    let shift = 64 - 8 * n as u32;
    let digits = (word << shift) ^ ((ONES * u64::from(b'0')) << shift);
    if (digits.wrapping_add(ONES * 0x76) | digits) & HIGHS != 0 {
        return None;
    }
    Some((joined(digits), sign_at))
}

/// The same of more than eight bytes: of up to sixteen digits as two words, else one after
/// the other.
fn long(body: &[u8], sign: u8) -> Option<(u64, Option<usize>)> {
    let (head, tail) = body.split_at(8);
    match (all_digits(head), all_digits(tail)) {
        (Some(first), Some(last)) => {
            let digits = first * TENS[tail.len()] + last;
            (digits <= EXACT).then_some((digits, None))
        }
        _ => bytes(body, sign),
    }
}

/// The number of one to eight digits and nothing else.
#[inline]
fn all_digits(body: &[u8]) -> Option<u64> {
    if !(1..=8).contains(&body.len()) {
        return None;
    }
    let shift = 64 - 8 * body.len() as u32;
    let digits = (distinct::word(body) << shift) ^ ((ONES * u64::from(b'0')) << shift);
    ((digits.wrapping_add(ONES * 0x76) | digits) & HIGHS == 0).then(|| joined(digits))
}

/// The same of up to eighteen bytes, one after the other.
fn bytes(body: &[u8], sign: u8) -> Option<(u64, Option<usize>)> {
    let (mut digits, mut sign_at) = (0_u64, None);
    for (at, &byte) in body.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            // Eighteen digits stay below 2^63.
            digits = digits * 10 + u64::from(digit);
        } else if byte == sign && sign_at.is_none() && at + 1 < body.len() {
            sign_at = Some(at);
        } else {
            return None;
        }
    }
    (digits <= EXACT).then_some((digits, sign_at))
}

/// A number with more decimals than amounts have, as programs write what they calculated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Calculated {
    /// Finite, never zero.
    pub value: f64,
    /// Digits behind the decimal point, without zeros at the end.
    pub n_decimals: u8,
}

/// Reads a trimmed cell of more than 15 bytes: digits, a point, more decimals than
/// [`DECIMALS_OF_MONEY`] of which the last is no zero, and perhaps a minus.
///
/// Such a cell is neither a code nor rounded, groups no thousands, and is not [small]: all it
/// may still be is a day by its value.
///
/// [small]: distinct::is_small
#[inline]
pub(super) fn calculated(cell: &[u8]) -> Option<Calculated> {
    let body = cell.strip_prefix(b"-").unwrap_or(cell);
    if cell.len() <= 15 || body.len() > 40 || body.last() == Some(&b'0') {
        return None;
    }
    let point = memchr::memchr(b'.', body)?;
    let (whole, decimals) = (&body[..point], &body[point + 1..]);
    let is_digits = |part: &[u8]| part.iter().fold(true, |all, byte| all & byte.is_ascii_digit());
    let padded = whole.first() == Some(&b'0') && whole.len() > 1;
    if whole.is_empty() || padded || decimals.len() <= usize::from(DECIMALS_OF_MONEY) {
        return None;
    }
    if !(is_digits(whole) && is_digits(decimals)) {
        return None;
    }
    // Ten digits behind zeros or before them are more than a small number has.
    let first = body.iter().position(|byte| (b'1'..=b'9').contains(byte))?;
    if body.len() - first < 10 {
        return None;
    }
    let value = fast_float2::parse(cell).ok()?;
    // At most 38 of them.
    Some(Calculated { value, n_decimals: decimals.len() as u8 })
}

/// The class of a plain number with a decimal point, as [`super::number::form`] gives it.
#[inline]
pub(super) fn form(cell: &[u8], plain: &Plain) -> Form {
    match plain.n_decimals {
        None => Form::Integer,
        Some(3) if plain.n_whole <= 3 && cell[usize::from(plain.negative)] != b'0' => Form::Point3,
        Some(_) => Form::Point,
    }
}

/// Whether a trimmed cell is no number under any reading: a letter and then letters and
/// digits that are no currency, or a day that begins with a year and a dash. Spellings of infinity are not
/// told here.
#[inline]
pub(super) fn is_no_number(cell: &[u8]) -> bool {
    match cell {
        [b'i' | b'I', ..] => false,
        [b'a'..=b'z' | b'A'..=b'Z', rest @ ..] => {
            rest.iter().all(u8::is_ascii_alphanumeric) && !begins_with_currency(cell)
        }
        [a, b, c, d, b'-', e, _, _, _, _, ..] => {
            [a, b, c, d, e].into_iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// Days since 1970-01-01 of `yyyy-mm-dd`, years 1800 to 2200: Hinnant (2021), "chrono-
/// Compatible Low-Level Date Algorithms", `days_from_civil`, as in [`crate::day`].
#[inline]
pub(super) fn day(cell: &[u8]) -> Option<i32> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = cell else { return None };
    let digits = [a, b, c, d, e, f, g, h].map(|byte| byte.wrapping_sub(b'0'));
    if digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let [a, b, c, d, e, f, g, h] = digits.map(i32::from);
    let (year, month, day) = (a * 1000 + b * 100 + c * 10 + d, e * 10 + f, g * 10 + h);
    if !(1800..=2200).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // The days up to the 28th are in every month.
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let is_there = match month {
        2 => day <= 28 || (day == 29 && is_leap),
        4 | 6 | 9 | 11 => day <= 30,
        _ => true,
    };
    if !is_there {
        return None;
    }
    // 1900-01-01 stands for none.
    if (year, month, day) == (1900, 1, 1) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::super::number::{self, Decimal};
    use super::*;

    const SPELLINGS: [&str; 58] = [
        "0",
        "-0",
        "7",
        "-7",
        "007",
        "12",
        "123456789012345678",
        "1234567890123456789",
        "9007199254740992",
        "9007199254740993",
        "12.5",
        "-12.5",
        "12.50",
        "0.1",
        "0.123",
        "1.234",
        "12.345",
        "123.456",
        "1234.567",
        "012.345",
        "-1.234",
        "-0.000",
        "-0.0",
        "0.3",
        "0.1234567890123456",
        "17850.0",
        "1.",
        ".5",
        ".",
        "-",
        "",
        "--1",
        "1.2.3",
        "1,234",
        "12,5",
        "1.299,99",
        "+5",
        "1e5",
        "5 EUR",
        "EUR5",
        "$5",
        "5%",
        "(5)",
        "5-",
        "K000012",
        "Inf",
        "inf",
        "infinity",
        "NaN",
        "nan1",
        "Jan2024",
        "2024-01-05",
        "2024-01-05 10:11:12",
        "2024-01-05T10:11:12Z",
        "2024-01-05-",
        "1234-",
        "2024-13-45",
        "a1b2_c",
    ];

    #[test]
    fn the_short_way_reads_what_the_long_way_reads() {
        let mut n_plain = 0;
        for text in SPELLINGS {
            let cell = text.as_bytes();
            for (sign, decimal) in [(b'.', Decimal::Point), (b',', Decimal::Comma)] {
                let Some(plain) = plain(cell, sign) else { continue };
                n_plain += 1;
                let value = number::value(cell, decimal).unwrap();
                assert_eq!(plain.value().to_bits(), value.to_bits(), "{text}");
                assert_eq!(plain.decimals(), number::decimals(cell, decimal), "{text}");
                if sign == b'.' {
                    assert_eq!(form(cell, &plain), number::form(cell), "{text}");
                }
            }
            if is_no_number(cell) {
                assert_eq!(number::form(cell), Form::Not, "{text}");
            }
        }
        assert!(n_plain > 30);
        assert!(is_no_number(b"K000012") && is_no_number(b"2024-01-05 10:11:12"));
    }

    #[test]
    fn what_was_calculated_is_read_as_any_other() {
        let mut state = 7_u64;
        let mut n = 0;
        let mut check = |text: &str| {
            let cell = text.as_bytes();
            let Some(calculated) = calculated(cell) else { return };
            n += 1;
            let value = number::value(cell, Decimal::Point).unwrap();
            assert_eq!(calculated.value.to_bits(), value.to_bits(), "{text}");
            assert_eq!(calculated.n_decimals, number::decimals(cell, Decimal::Point), "{text}");
            assert_eq!(number::form(cell), Form::Point, "{text}");
            assert_eq!(number::traits(cell, Form::Point), number::Traits::default(), "{text}");
            if let Some(plain) = plain(cell, b'.') {
                assert!(!distinct::is_small(&plain), "{text}");
            }
        };
        for text in SPELLINGS.iter().chain(&[
            "0.00000000000000001",
            "0.00000001234567890",
            "0.000000012345678901",
            "00.1234567890123456",
            "1234567890123456.5",
            "12345678901.23456",
            "0.1234567890123456.",
            "-0.123456789012345678",
            "1.2345678901234567e5",
        ]) {
            check(text);
        }
        for _ in 0..100_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            let exponent = (state >> 58) as i32 - 20;
            check(&(libm::ldexp((state << 6) as i64 as f64, exponent - 63)).to_string());
        }
        assert!(n > 80_000, "{n}");
    }

    #[test]
    fn a_short_number_is_read_as_any_other() {
        let padded = SPELLINGS.iter().chain(&["0123.45", "00", "0.0", "8.", "1.2.", "12\u{fe}4"]);
        let mut n_short = 0;
        for text in padded {
            let cell = text.as_bytes();
            let body = cell.strip_prefix(b"-").unwrap_or(cell);
            if !(1..=8).contains(&body.len()) || body[0] == b'-' {
                continue;
            }
            // What stands behind a cell must not matter.
            for behind in [b",9.9999", b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF"] {
                let mut bytes = body.to_vec();
                bytes.extend_from_slice(behind);
                let word = u64::from_le_bytes(*bytes.first_chunk().unwrap());
                let found = short(word, body.len() as u32);
                let expected = plain(body, b'.').map(|plain| Short {
                    digits: plain.digits as u32,
                    n_decimals: plain.n_decimals.unwrap_or(0) as u32,
                    padded: plain.padded,
                    whole: plain.is_whole(),
                });
                n_short += usize::from(found.is_some());
                assert_eq!(found, expected, "{text}");
            }
        }
        assert!(n_short > 40, "{n_short}");
    }

    #[test]
    fn random_numbers_are_read_to_the_last_bit() {
        let mut state = 1_u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            let whole = (state >> 20) % 10_u64.pow((state >> 60) as u32);
            let text = format!("{whole}.{:0width$}", state % 1000, width = (state % 9) as usize);
            if let Some(plain) = plain(text.as_bytes(), b'.') {
                assert_eq!(
                    plain.value().to_bits(),
                    text.parse::<f64>().unwrap().to_bits(),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn days_are_read_as_the_long_way_reads_them() {
        use super::super::day::{Format, days};
        let mut n = 0;
        for since in -70_000..90_000 {
            let text = crate::day::Day::from_epoch(since).unwrap().to_string();
            if let Some(day) = day(text.as_bytes()) {
                n += 1;
                assert_eq!(Some(day), days(text.as_bytes(), Format::YearDash, None), "{text}");
            }
        }
        assert!(n > 146_000);
        for text in [
            "2024-00-10",
            "2024-13-10",
            "2024-01-00",
            "2024-01-32",
            "2024-02-30",
            "2023-02-29",
            "1900-02-29",
            "2024-04-31",
            "2024-1-10",
            "1799-01-01",
            "2024-01-1x",
        ] {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
    }
}
