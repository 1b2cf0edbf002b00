//! Numbers as people and programs write them, read strictly: a spelling either belongs
//! to a class of spellings or is no number. Nothing is guessed from one value; whether
//! a comma begins the decimals is settled by the column.

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

/// The class of a trimmed value.
pub(super) fn form(bytes: &[u8]) -> Form {
    let form = plain(bytes);
    if form == Form::Not { odd(bytes) } else { form }
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
        (0, _) if groups(body.len(), b',') => Form::CommaGroups,
        (_, 0) if groups(body.len(), b'.') => Form::PointGroups,
        (1, _) if last_point > last_comma && groups(last_point, b',') => Form::CommaGroups,
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

/// Writes a number the one way that every reader agrees on: `-1234.5`.
/// Returns whether it is a number under that decimal sign.
pub(super) fn canonical(bytes: &[u8], decimal: Decimal, out: &mut Vec<u8>) -> bool {
    let form = plain_form(bytes);
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
    let number = |rest: &str| plain(rest.trim().as_bytes()).is_number();
    let sign = |rest: &str| rest.strip_prefix(['-', '+']).unwrap_or(rest).to_owned();
    let without_sign = sign(text);
    let currencies = ['$', '€', '£', '¥'];
    if let Some(rest) = without_sign.strip_prefix(currencies).or(text.strip_suffix(currencies)) {
        return if number(rest) { Form::Odd(Spelling::Currency) } else { Form::Not };
    }
    if let Some((number_part, code)) = text.rsplit_once(' ')
        && code.len() == 3
        && code.bytes().all(|byte| byte.is_ascii_uppercase())
        && number(number_part)
    {
        return Form::Odd(Spelling::Currency);
    }
    if text.strip_suffix('%').is_some_and(number) {
        return Form::Odd(Spelling::Percent);
    }
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let trailing = text.strip_suffix('-').or(text.strip_prefix('\u{2212}'));
    if bracketed.or(trailing).is_some_and(number) {
        return Form::Odd(Spelling::Negative);
    }
    let hexadecimal = without_sign.strip_prefix("0x").or(without_sign.strip_prefix("0X"));
    if hexadecimal
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_hexdigit()))
    {
        return Form::Odd(Spelling::Programming);
    }
    for gap in ["_", "\u{a0}", "\u{202f}", "'"] {
        if text.contains(gap) && number(&text.replace(gap, "")) {
            return Form::Odd(Spelling::Programming);
        }
    }
    Form::Not
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
            ("$5", Form::Odd(Spelling::Currency)),
            ("$90,000", Form::Odd(Spelling::Currency)),
            ("5 EUR", Form::Odd(Spelling::Currency)),
            ("12%", Form::Odd(Spelling::Percent)),
            ("(12.50)", Form::Odd(Spelling::Negative)),
            ("\u{2212}12.5", Form::Odd(Spelling::Negative)),
            ("0x1F", Form::Odd(Spelling::Programming)),
            ("1_000", Form::Odd(Spelling::Programming)),
            ("1\u{a0}000", Form::Odd(Spelling::Programming)),
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
}
