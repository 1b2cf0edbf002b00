//! Numbers as people and programs write them, read strictly: a spelling either belongs
//! to a class of spellings or is no number. Nothing is guessed from one value; whether
//! a comma begins the decimals is settled by the column.

use super::dress::{Dress, undress};
use super::error::Spelling;

/// The sign before the decimals; the other one groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    Point,
    Comma,
}

/// How one value is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// No number.
    Not,
    /// Digits only.
    Integer,
    /// A point that can only begin decimals: `12.5`, `0.123`, `1e5`.
    Point,
    /// `1.234`: decimals or a thousand.
    Point3,
    /// A comma that can only begin decimals: `12,5`.
    Comma,
    /// `1,234`: decimals or a thousand.
    Comma3,
    /// Commas that can only group: `1,234,567`, `1,234.5`.
    CommaGroups,
    /// Points that can only group: `1.234.567`, `1.234,5`.
    PointGroups,
    /// An infinite number.
    Infinite,
    /// Understood but not read.
    Odd(Spelling),
}

impl Form {
    /// Whether it is read as a number under some decimal sign.
    pub(super) fn is_number(self) -> bool {
        !matches!(self, Self::Not | Self::Infinite | Self::Odd(_))
    }

    /// The decimal sign that it proves.
    pub(super) fn proves(self) -> Option<Decimal> {
        match self {
            Self::Point | Self::CommaGroups => Some(Decimal::Point),
            Self::Comma | Self::PointGroups => Some(Decimal::Comma),
            _ => None,
        }
    }
}

/// The class of a trimmed value, whatever its dress.
pub(super) fn form(bytes: &[u8]) -> Form {
    spelled(bytes).0
}

/// The class of a trimmed value without its dress, and the dress.
pub(super) fn spelled(bytes: &[u8]) -> (Form, Dress) {
    let form = plain(bytes);
    if form != Form::Not {
        return (form, Dress::bare(bytes));
    }
    if let Some(undressed) = undress(bytes) {
        let form = plain(&undressed.core);
        if form.is_number() {
            return (form, undressed.dress);
        }
    }
    (odd(bytes), Dress::default())
}

/// What else of a number matters to its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits {
    /// It is 0.
    pub zero: bool,
    /// It is whole, without leading zeros, and written `17850.0`.
    pub dotted: bool,
    /// It has more digits than a 64-bit number with a point can hold.
    pub rounded: bool,
}

/// The traits of a trimmed value of that class.
pub(super) fn traits(bytes: &[u8], form: Form) -> Traits {
    if !form.is_number() {
        return Traits::default();
    }
    Traits {
        zero: !bytes.iter().any(|byte| (b'1'..=b'9').contains(byte)),
        dotted: without_zeros(bytes).is_some(),
        rounded: is_rounded(bytes, form.proves().unwrap_or(Decimal::Point)),
    }
}

/// `17850` of `17850.0`, where that is how a whole number without leading zeros is
/// written.
pub(super) fn without_zeros(bytes: &[u8]) -> Option<&[u8]> {
    let point = memchr::memchr(b'.', bytes)?;
    let (whole, zeros) = (&bytes[..point], &bytes[point + 1..]);
    let digits = whole.strip_prefix(b"-").unwrap_or(whole);
    let sound = !digits.is_empty()
        && digits.iter().all(u8::is_ascii_digit)
        && (digits[0] != b'0' || digits.len() == 1)
        && !zeros.is_empty()
        && zeros.iter().all(|&byte| byte == b'0');
    sound.then_some(whole)
}

/// Amounts have at most this many decimals; more are the noise of a calculation.
pub(super) const DECIMALS_OF_MONEY: u8 = 4;

/// Whether digits are lost when it is read as a 64-bit number with a point.
fn is_rounded(bytes: &[u8], decimal: Decimal) -> bool {
    let mut digits = Vec::new();
    // Every number of 15 digits is held.
    if bytes.len() <= 15 || !canonical(bytes, decimal, &mut digits) {
        return false;
    }
    let Ok(text) = std::str::from_utf8(&digits) else { return false };
    if text.contains(['e', 'E']) || written_decimals(&digits) > DECIMALS_OF_MONEY {
        return false;
    }
    let text = text.strip_prefix('-').unwrap_or(text).trim_start_matches('0');
    let text = if text.contains('.') { text.trim_end_matches('0') } else { text };
    let held = text.parse::<f64>().map(|value| value.to_string()).unwrap_or_default();
    text.trim_end_matches('.') != held.trim_start_matches('0')
}

fn plain(bytes: &[u8]) -> Form {
    let body = unsigned(bytes);
    let Some(first) = body.first() else { return Form::Not };
    if !first.is_ascii_digit() && !matches!(first, b'.' | b',') {
        let infinite = body.eq_ignore_ascii_case(b"inf") || body.eq_ignore_ascii_case(b"infinity");
        return if infinite { Form::Infinite } else { Form::Not };
    }
    let (mantissa, has_exponent) = match body.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        None => (body, false),
        Some(at) => {
            let exponent = unsigned(&body[at + 1..]);
            let digits = exponent.iter().all(u8::is_ascii_digit);
            if exponent.is_empty() || exponent.len() > 4 || !digits {
                return Form::Not;
            }
            (&body[..at], true)
        }
    };
    if mantissa.len() > 48 {
        return Form::Not;
    }
    let form = by_signs(mantissa, has_exponent);
    let may_overflow = has_exponent && form.is_number();
    if may_overflow && value(bytes, form.proves().unwrap_or(Decimal::Point)).is_none() {
        return Form::Infinite;
    }
    form
}

fn unsigned(bytes: &[u8]) -> &[u8] {
    match bytes {
        [b'+' | b'-', rest @ ..] => rest,
        _ => bytes,
    }
}

/// The class of digits, points and commas.
fn by_signs(body: &[u8], has_exponent: bool) -> Form {
    let (mut n_points, mut n_commas, mut last_point, mut last_comma) = (0_u32, 0_u32, 0, 0);
    for (at, byte) in body.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' => (n_points, last_point) = (n_points + 1, at),
            b',' => (n_commas, last_comma) = (n_commas + 1, at),
            _ => return Form::Not,
        }
    }
    if n_points + n_commas == 0 {
        return if has_exponent { Form::Point } else { Form::Integer };
    }
    if body.len() as u64 == u64::from(n_points + n_commas) {
        return Form::Not;
    }
    let groups = |end: usize, sign: u8| are_groups(&body[..end], sign);
    match (n_points, n_commas) {
        (1, 0) if !has_exponent && groups(body.len(), b'.') => Form::Point3,
        (1, 0) => Form::Point,
        (0, 1) if !has_exponent && groups(body.len(), b',') => Form::Comma3,
        // A comma at an end is punctuation.
        (0, 1) if last_comma == 0 || last_comma + 1 == body.len() => Form::Not,
        (0, 1) => Form::Comma,
        _ if has_exponent => Form::Not,
        (0, _) if groups(body.len(), b',') || are_lakhs(body) => Form::CommaGroups,
        (_, 0) if groups(body.len(), b'.') => Form::PointGroups,
        (1, _)
            if last_point > last_comma
                && (groups(last_point, b',') || are_lakhs(&body[..last_point])) =>
        {
            Form::CommaGroups
        }
        (_, 1) if last_comma > last_point && groups(last_comma, b'.') => Form::PointGroups,
        _ => Form::Not,
    }
}

/// Whether the digits stand in groups of three, the first of one to three and not 0.
fn are_groups(body: &[u8], sign: u8) -> bool {
    let mut parts = body.split(|&byte| byte == sign);
    let first = parts.next().unwrap_or_default();
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    (1..=3).contains(&first.len())
        && first[0] != b'0'
        && digits(first)
        && parts.all(|part| part.len() == 3 && digits(part))
}

/// Whether the digits stand as in India: three at the end and two in every group before.
fn are_lakhs(body: &[u8]) -> bool {
    let parts: Vec<&[u8]> = body.split(|&byte| byte == b',').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return false };
    (1..=2).contains(&first.len())
        && first[0] != b'0'
        && !middle.is_empty()
        && middle.iter().all(|part| part.len() == 2)
        && last.len() == 3
        && parts.iter().all(|part| part.iter().all(u8::is_ascii_digit))
}

/// Writes a number the one way that every reader agrees on: `-1234.5`.
/// Returns whether it is a number under that decimal sign.
pub(super) fn canonical(bytes: &[u8], decimal: Decimal, out: &mut Vec<u8>) -> bool {
    let form = plain_form(bytes);
    if form == Form::Not {
        let undressed = undress(bytes).filter(|u| plain_form(&u.core) != Form::Not);
        return undressed.is_some_and(|undressed| canonical(&undressed.core, decimal, out));
    }
    let fits = match form {
        Form::Integer | Form::Point3 | Form::Comma3 => true,
        _ => form.proves() == Some(decimal),
    };
    if !fits {
        return false;
    }
    let grouping = match decimal {
        Decimal::Point => b',',
        Decimal::Comma => b'.',
    };
    let start = out.len();
    let mut nonzero = false;
    for &byte in bytes {
        match byte {
            b'+' => {
                // The sign of an exponent stays, `1e+5` and `1e5` are the same.
            }
            _ if byte == grouping && form_groups(form, decimal) => {}
            b',' => out.push(b'.'),
            _ => {
                nonzero |= (b'1'..=b'9').contains(&byte);
                out.push(byte);
            }
        }
    }
    if !nonzero && out.get(start) == Some(&b'-') {
        // No minus zero.
        out.remove(start);
    }
    true
}

/// Whether the sign that is not the decimal sign groups thousands in this form.
fn form_groups(form: Form, decimal: Decimal) -> bool {
    match decimal {
        Decimal::Point => matches!(form, Form::CommaGroups | Form::Comma3),
        Decimal::Comma => matches!(form, Form::PointGroups | Form::Point3),
    }
}

/// As [`form`], without the spellings that are not read and without overflow.
fn plain_form(bytes: &[u8]) -> Form {
    let body = unsigned(bytes);
    match body.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => {
            let exponent = unsigned(&body[at + 1..]);
            let sound = !exponent.is_empty()
                && exponent.len() <= 4
                && exponent.iter().all(u8::is_ascii_digit)
                && at > 0;
            if sound { by_signs(&body[..at], true) } else { Form::Not }
        }
        None if body.is_empty() || body.len() > 48 => Form::Not,
        None => by_signs(body, false),
    }
}

/// The value, where it is a finite number under that decimal sign.
pub(super) fn value(bytes: &[u8], decimal: Decimal) -> Option<f64> {
    let mut digits = Vec::with_capacity(32);
    if !canonical(bytes, decimal, &mut digits) {
        return None;
    }
    let value: f64 = std::str::from_utf8(&digits).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// The digits behind a point, without zeros at the end.
pub(super) fn written_decimals(bytes: &[u8]) -> u8 {
    let Some(point) = memchr::memchr(b'.', bytes) else { return 0 };
    let zeros = bytes[point..].iter().rev().take_while(|&&byte| byte == b'0').count();
    u8::try_from((bytes.len() - point - 1).saturating_sub(zeros)).unwrap_or(u8::MAX)
}

/// How many decimals are written, without zeros at the end.
pub(super) fn decimals(bytes: &[u8], decimal: Decimal) -> u8 {
    let mut digits = Vec::with_capacity(32);
    if !canonical(bytes, decimal, &mut digits) {
        return 0;
    }
    let mantissa = digits.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    let exponent: i64 = digits
        .iter()
        .position(|byte| matches!(byte, b'e' | b'E'))
        .and_then(|at| std::str::from_utf8(&digits[at + 1..]).ok()?.parse().ok())
        .unwrap_or(0);
    let written = i64::from(written_decimals(mantissa));
    u8::try_from((written - exponent).max(0)).unwrap_or(u8::MAX)
}

/// Spellings that people write and that are named in the error.
fn odd(bytes: &[u8]) -> Form {
    if bytes.len() > 40 || !bytes.iter().any(u8::is_ascii_digit) {
        return Form::Not;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Form::Not };
    let without_sign = text.strip_prefix(['-', '+']).unwrap_or(text);
    let hexadecimal = without_sign.strip_prefix("0x").or(without_sign.strip_prefix("0X"));
    let is_hexadecimal = hexadecimal
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_hexdigit()));
    let is_underscored = text.contains('_') && plain(text.replace('_', "").as_bytes()).is_number();
    if is_hexadecimal || is_underscored { Form::Odd(Spelling::Programming) } else { Form::Not }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_has_one_class() {
        for (text, expected) in [
            ("12", Form::Integer),
            ("-12", Form::Integer),
            ("+2", Form::Integer),
            ("00123", Form::Integer),
            ("12.5", Form::Point),
            (".5", Form::Point),
            ("5.", Form::Point),
            ("1e5", Form::Point),
            ("-1.5E-07", Form::Point),
            ("0.123", Form::Point),
            ("1.234", Form::Point3),
            ("1,234", Form::Comma3),
            ("0,123", Form::Comma),
            ("12,5", Form::Comma),
            ("1,234,567", Form::CommaGroups),
            ("1,234.5", Form::CommaGroups),
            ("1.299,99", Form::PointGroups),
            ("1.234.567", Form::PointGroups),
            ("inf", Form::Infinite),
            ("-Infinity", Form::Infinite),
            ("1e999", Form::Infinite),
            ("12,34,567.50", Form::CommaGroups),
            ("1,23,456", Form::CommaGroups),
            ("$5", Form::Integer),
            ("$90,000", Form::Comma3),
            ("5 EUR", Form::Integer),
            ("12%", Form::Integer),
            ("(12.50)", Form::Point),
            ("\u{2212}12.5", Form::Point),
            ("1\u{a0}000", Form::Integer),
            ("1 234,567", Form::Comma),
            ("0x1F", Form::Odd(Spelling::Programming)),
            ("1_000", Form::Odd(Spelling::Programming)),
            ("", Form::Not),
            ("-", Form::Not),
            (".", Form::Not),
            ("1.2.3", Form::Not),
            ("1,2,3", Form::Not),
            ("12,", Form::Not),
            ("e5", Form::Not),
            ("1e", Form::Not),
            ("85123A", Form::Not),
            ("2011-01-05", Form::Not),
        ] {
            assert_eq!(form(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn values_are_read_under_the_decimal_sign() {
        assert_eq!(value(b"1.299,99", Decimal::Comma), Some(1299.99));
        assert_eq!(value(b"1,299.99", Decimal::Point), Some(1299.99));
        assert_eq!(value(b"1,234", Decimal::Point), Some(1234.0));
        assert_eq!(value(b"1,234", Decimal::Comma), Some(1.234));
        assert_eq!(value(b"12,5", Decimal::Point), None);
        assert_eq!(value(b"(1,299.50)", Decimal::Point), Some(-1299.5));
        assert_eq!(value("1\u{202f}299,50 €".as_bytes(), Decimal::Comma), Some(1299.5));
        assert_eq!(value(b"12,34,567", Decimal::Point), Some(1_234_567.0));
        assert_eq!(value(b"(0.00)", Decimal::Point).map(f64::to_bits), Some(0.0_f64.to_bits()));
        assert_eq!(value(b"1.5e+3", Decimal::Point), Some(1500.0));
        assert_eq!(value(b"1.5e-3", Decimal::Point), Some(0.0015));
        assert_eq!(value(b"-0", Decimal::Point).map(f64::to_bits), Some(0.0_f64.to_bits()));
    }

    #[test]
    fn decimals_do_not_count_zeros_at_the_end() {
        assert_eq!(decimals(b"29.85", Decimal::Point), 2);
        assert_eq!(decimals(b"29.50", Decimal::Point), 1);
        assert_eq!(decimals(b"17850.0", Decimal::Point), 0);
        assert_eq!(decimals(b"1,5", Decimal::Comma), 1);
        assert_eq!(decimals(b"1.5e-3", Decimal::Point), 4);
    }

    #[test]
    fn digits_that_would_be_lost_are_noticed() {
        let rounded = |text: &str| traits(text.as_bytes(), form(text.as_bytes())).rounded;
        // 2^53 is the last whole number with all before it; 2^53 + 1 is not held.
        for text in ["9007199254740993", "1234567890123456.78", "1234567890123456789"] {
            assert!(rounded(text), "{text}");
        }
        for text in [
            "9007199254740992",
            "9007199254740994",
            "123456789012345.67",
            "0.30000000000000004",
            "0000000000000012.50",
            "-122.41941550000001",
            "0.1000000000000000055",
            "1e300",
            "100000000000000000000",
            "0.000000000000000000",
            "12345678901234567.0001e3",
        ] {
            assert!(!rounded(text), "{text}");
        }
    }

    #[test]
    fn whole_numbers_written_with_a_point_are_told() {
        for (text, expected) in [
            ("17850.0", Some("17850")),
            ("17850.00", Some("17850")),
            ("0.0", Some("0")),
            ("-1.0", Some("-1")),
            ("017850.0", None),
            ("17850.5", None),
            ("17850.", None),
            ("17850", None),
            (".0", None),
            ("1.0.0", None),
            ("1e5.0", None),
        ] {
            let found = without_zeros(text.as_bytes());
            assert_eq!(found, expected.map(str::as_bytes), "{text}");
        }
    }

    mod property {
        use proptest::prelude::*;

        use super::super::*;

        /// Digits in groups of three.
        fn grouped(whole: u64, mark: &str) -> String {
            let digits = whole.to_string();
            let mut out = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    out.push_str(mark);
                }
                out.push(digit);
            }
            out
        }

        proptest! {
            #[test]
            fn an_amount_in_any_spelling_reads_back_exactly(
                whole in 0_u64..1_000_000_000_000,
                cents in 0_u64..100,
                negative: bool,
                thousands in prop::sample::select(vec![
                    "", ",", ".", " ", "\u{a0}", "\u{202f}", "\u{2009}", "'", "\u{2019}",
                ]),
                comma: bool,
                minus in 0_usize..6,
                unit in prop::sample::select(vec![
                    ("", ""), ("$", ""), ("€ ", ""), ("", " EUR"), ("", "%"), ("", " kr."),
                    ("US$\u{a0}", ""), ("", "\u{a0}zł"), ("CHF ", ""),
                ]),
            ) {
                let decimal = match thousands {
                    "," => Decimal::Point,
                    "." => Decimal::Comma,
                    _ if comma => Decimal::Comma,
                    _ => Decimal::Point,
                };
                let sign = if decimal == Decimal::Comma { ',' } else { '.' };
                let body = format!("{}{sign}{cents:02}", grouped(whole, thousands));
                let (before, after) = unit;
                let text = match (negative, minus) {
                    (false, _) => format!("{before}{body}{after}"),
                    (true, 0) => format!("-{before}{body}{after}"),
                    (true, 1) => format!("{before}-{body}{after}"),
                    (true, 2) => format!("({before}{body}{after})"),
                    (true, 3) => format!("{before}({body}){after}"),
                    (true, 4) => format!("{before}{body}{after}-"),
                    (true, _) => format!("\u{2212}{before}{body}{after}"),
                };
                let (form, _) = spelled(text.as_bytes());
                prop_assert!(form.is_number(), "{}", text);
                let cents = whole * 100 + cents;
                // Exact: both are the double nearest to the same decimal number.
                let expected: f64 = format!("{}.{:02}", cents / 100, cents % 100).parse().unwrap();
                let expected = if negative && cents > 0 { -expected } else { expected };
                let read = value(text.as_bytes(), decimal);
                prop_assert_eq!(read.map(f64::to_bits), Some(expected.to_bits()), "{}", text);
            }

            #[test]
            fn no_text_makes_it_panic(text in "\\PC{0,24}", cut in 0_usize..24) {
                let bytes = text.as_bytes();
                let bytes = &bytes[..cut.min(bytes.len())];
                let (form, _) = spelled(bytes);
                traits(bytes, form);
                let mut out = Vec::new();
                for decimal in [Decimal::Point, Decimal::Comma] {
                    out.clear();
                    if canonical(bytes, decimal, &mut out) {
                        let text = std::str::from_utf8(&out).unwrap();
                        prop_assert!(text.parse::<f64>().is_ok(), "{}", text);
                    }
                }
            }
        }
    }
}
